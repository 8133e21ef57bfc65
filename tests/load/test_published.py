"""Publication dates: where each was learned, and whether it may be relied on."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.load import report_from_text
from dateline.load.days import day_of
from dateline.model import DateFrom

BODY = "The cabinet met on Monday and settled the budget."


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("date 2024-11-08", "2024-11-08"),
        ("Published: 8 November 2024", "2024-11-08"),
        ("Published on Friday, November 8, 2024 at 7:04 PM IST", "2024-11-08"),
        ("Nov. 8, 2024", "2024-11-08"),
        ("Nov. 8, 2024 | 10:30 a.m. ET", "2024-11-08"),
        ("8th November 2024, 10:30 GMT", "2024-11-08"),
        ("Fri Nov 8 2024", "2024-11-08"),
        ("08.11.2024", "2024-11-08"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("03/04/2024", None),  # third of April or fourth of March: nobody can tell
        ("Friday, November 8", None),
        ("30 February 2024", None),
        ("On November 8, 2024 the court was closed", None),
    ],
)
def test_header(line: str, day: str | None) -> None:
    report = report_from_text(f"{line}\n\n{BODY}")
    assert (report.published.value if report.published else None) == day
    if report.published:
        assert (report.published.origin, report.published.reliable) == (DateFrom.HEADER, True)
        assert report.text[slice(*report.furniture[0])] == line


def test_first_publication_comes_before_an_update() -> None:
    report = report_from_text(f"Updated: 9 November 2024\nPublished: 8 November 2024\n\n{BODY}")
    assert report.published is not None
    assert report.published.value == "2024-11-08"


def test_many_short_words_do_not_hold_the_header_up() -> None:
    assert report_from_text("8 November 2024 " + "at am pm ET " * 7 + "rain\n\n" + BODY).published is None


def test_order_of_origins() -> None:
    text = f"Nov. 8, 2024\n\nOSLO, Nov. 7, 2024 (NTB) - {BODY}"
    assert report_from_text(text, published="2024-11-09").published.origin is DateFrom.GIVEN  # type: ignore[union-attr]
    assert report_from_text(text).published.origin is DateFrom.HEADER  # type: ignore[union-attr]
    assert report_from_text(text[14:]).published.origin is DateFrom.DATELINE  # type: ignore[union-attr]
    guessed = report_from_text(BODY, guess="2024-11-08").published
    assert guessed is not None
    assert (guessed.origin, guessed.reliable) == (DateFrom.GUESSED, False)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-11-08", "2024-11-08"),
        ("2024-11-08T23:30:00+05:00", "2024-11-08"),
        ("20241108", "2024-11-08"),
        (20241108, "2024-11-08"),
        ("Nov. 8, 2024", "2024-11-08"),
        (date(2024, 11, 8), "2024-11-08"),
        (datetime(2024, 11, 8, 12), "2024-11-08"),
        ("1211-08-", None), ("0000-01-01", None), ("2024-13-01", None), ("2024-11", None), ("9999-12-31", None),
        ("", None), (None, None), (True, None), (10**30, None), ([], None), ("٢٠٢٤-١١-٠٨", None),
    ],
)  # fmt: skip
def test_day_of(value: object, day: str | None) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize(("day", "reliable"), [("2999-01-01", False), ("1799-12-31", False), ("1995-04-01", True)])
def test_reliable(day: str, reliable: bool) -> None:
    published = report_from_text(BODY, published=day).published
    assert published is not None
    assert published.reliable is reliable


@given(st.one_of(st.text(max_size=40), st.integers(), st.text(alphabet="0123456789-/. NovTZ:", max_size=25)))
def test_day_of_never_raises(value: object) -> None:
    day = day_of(value)
    assert day is None or date.fromisoformat(day)
