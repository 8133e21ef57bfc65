from __future__ import annotations

import dataclasses

from dateline.model import Skipped, Span
from dateline.present.text import to_text
from tests.factories import TEXT, reading


def test_without_colour_nothing_is_lost() -> None:
    shown = to_text(reading())
    assert "\x1b" not in shown
    assert "[Bergen {had sunk e1} a ferry s1]" in shown
    assert "Monday (2024-05-13)" in shown
    for words in ("Oslo", "said", "named, indirect, asserts, Mon 13 May 2024", "Bergen → –", "ASSAULT 190  happened"):
        assert words in shown
    assert "as told by Oslo" in shown


def test_fits_the_width_asked_for() -> None:
    assert max(map(len, to_text(reading(TEXT * 5), width=80).split("\n"))) <= 80


def test_colour_is_only_added() -> None:
    import re

    coloured = to_text(reading(), colour=True)
    assert "\x1b[" in coloured
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in plain.split("\n")] == to_text(reading()).split("\n")


def test_control_characters_never_reach_the_terminal() -> None:
    shown = to_text(reading(TEXT + " \x1b]0;title\x07 \u202ereversed"))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_markup_of_the_report_is_shown_as_it_stands() -> None:
    assert "[red]not markup[/red] :smile:" in to_text(reading(TEXT + " [red]not markup[/red] :smile:"))


def test_what_was_skipped_is_said() -> None:
    empty = dataclasses.replace(
        reading(), statements=(), events=(), skipped=(Skipped(Span(0, 4), "language ur: not read"),)
    )
    assert "language ur: not read" in to_text(empty)
