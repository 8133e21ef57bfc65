from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from dateline import __version__
from dateline.present.overview import render_status, sparkline
from dateline.present.terminal import as_text

COUNTS = {
    "reports": 1_204, "stories": 900, "statements": 10, "events": 5, "actors": 7, "tellings": 6, "told_statements": 12,
    "sentences": 9_000,
}  # fmt: skip


def source(name: str | None, **facts: Any) -> dict[str, Any]:
    """A source of ten reports in May 2024, but for what is said."""
    usual = {
        "name": name, "reports": 10, "unread": 0, "first": "2024-05-01", "last": "2024-05-20", "days_with_reports": 8,
        "undated": 0, "months": {"2024-05": 10}, "days": {"2024-05-01": 2, "2024-05-20": 8}, "gaps": [],
    }  # fmt: skip
    return usual | facts


def status(**facts: Any) -> dict[str, Any]:
    """What an orderly record of one source says, but for what is said here."""
    usual: dict[str, Any] = {
        "counts": COUNTS, "sources": [source("Fjordposten")], "days": {"first": "2024-05-01", "last": "2024-05-20"},
        "dates": {"reliable": 10, "unreliable": 0, "none": 0}, "languages": {"en": 10}, "unread": {}, "event_rows": 0,
        "skipped": {"count": 0, "reasons": {}}, "versions": 10, "corrections": {"made": 0, "undone": 0, "lost": 0},
        "searches": [], "made_by": {f"{__version__} x PLOVER-2021": 10},
        "record": {"path": "dateline.db", "bytes": 1_500_000, "schema": 1},
    }  # fmt: skip
    return usual | facts


def shown(**facts: Any) -> str:
    return " ".join(as_text(render_status(status(**facts)), 80, False).split())


def test_counts_come_three_ways() -> None:
    text = shown()
    assert "1,204 reports in 900 stories 10 statements, told 12 times 5 events, told 6 times" in text
    assert "dateline.db, 1.5 MB, schema 1" in text


def test_a_short_time_is_shown_by_days_and_a_long_one_by_months() -> None:
    assert "▂··················█" in shown()
    long = {"first": "2020-01-01", "last": "2024-05-31"}
    assert "·" * 23 + "█" in shown(days=long, sources=[source("A")])


def test_what_there_is_nothing_to_say_about_is_left_out() -> None:
    text = shown()
    for heading in ("Skipped", "Corrections", "Not read", "Days without reports", "reread"):
        assert heading not in text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"sources": [source(None, unread=2, undated=1)]}, "no publisher told 10 reports, 2024-05-01 to 2024-05-20"),
        ({"sources": [source("A", unread=2, undated=1)]}, "on 8 days, 1 without a day, 2 not read"),
        ({"sources": [source("A"), source("B")]}, "each line of bars runs from 2024-05-01 to 2024-05-20"),
        ({"sources": [source(f"S{n}") for n in range(25)]}, "and 5 more sources"),
        (
            {"sources": [source("A", gaps=[{"first": "2024-05-03", "last": "2024-05-09", "days": 7}])]},
            "A 2024-05-03 to 2024-05-09 (7 days)",
        ),
        ({"dates": {"reliable": 1, "unreliable": 3, "none": 2}}, "3 with one that is not reliable"),
        ({"unread": {"language fr: not read": 4}}, "4 × language fr: not read"),
        (
            {"skipped": {"count": 2, "reasons": {"broken JSON (column 3)": 1, "broken JSON (column 7)": 1}}},
            "2 × broken JSON",
        ),
        ({"corrections": {"made": 3, "undone": 1, "lost": 2}}, "2 lost: their words are no longer found"),
        ({"made_by": {"0.0.1 x PLOVER-2021": 4, f"{__version__} x PLOVER-2021": 6}}, "4 were made by another version"),
    ],
)
def test_what_is_missing_is_said(facts: dict[str, Any], said: str) -> None:
    assert said in shown(**facts)
    assert said not in shown()


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    told = status(sources=[source("A name that is long " * 6, gaps=[{"first": "x", "last": "y", "days": 3}] * 9)])
    assert all(cell_len(line) <= width for line in as_text(render_status(told), width, False).split("\n"))


@pytest.mark.parametrize(
    ("months", "first", "last", "bars"),
    [
        ({}, "2024-01", "2024-03", "···"),
        ({"2024-01": 1}, "2024-01", "2024-01", "█"),
        ({"2024-01": 8, "2024-03": 1}, "2024-01", "2024-03", "█·▁"),
        ({"2024-02-28": 1, "2024-03-01": 4}, "2024-02-28", "2024-03-02", "▂·█·"),
        ({"1990-01": 1, "2029-12": 1}, "1990-01", "2029-12", "█" + "·" * 22 + "█"),
    ],
)
def test_sparkline(months: dict[str, int], first: str, last: str, bars: str) -> None:
    assert sparkline(months, first, last) == bars
