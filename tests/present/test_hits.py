from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from dateline.model import Span
from dateline.present.found import found_spans
from dateline.present.hits import render_hit
from dateline.present.terminal import as_text
from dateline.record.entries import Hit
from tests.present.rows_by_hand import HITS, STATEMENT, TELLING


def shown(hit: Hit, words: str | None = None, width: int = 100, colour: bool = False) -> str:
    return as_text(render_hit(1, hit, words, colour), width, colour)


def test_a_statement_shows_who_how_when_and_its_words() -> None:
    text = shown(HITS[0])
    assert "Oslo (NOR)  ·  said  ·  named, indirect, asserts  ·  Mon 13 May 2024" in text
    assert "The day was calm. Oslo said on Monday [that Bergen had sunk a ferry]. Nobody drowned." in text
    assert "Fjordposten, credit NTB · Tue 14 May 2024 · in 3 reports of its story · s1" in text


def test_an_event_shows_its_sides_its_reality_and_who_tells_it() -> None:
    text = shown(HITS[1])
    assert "Bergen → –  ASSAULT 190  happened  ·  Sun 12 May 2024  ·  as told by Oslo" in text
    assert "that Bergen {had sunk} a ferry." in text
    assert "(not reliable)" in text
    assert "told in 4 reports, 2 stories" in text


def test_a_sentence_shows_its_report() -> None:
    text = shown(HITS[2], "ferry")
    assert "A ferry" in text
    assert "had sunk a *ferry*. Nobody drowned." in text
    assert "r1" in text


def test_found_words_are_lit_with_colour_and_starred_without() -> None:
    assert "*Bergen* had *sunk* a ferry" in shown(HITS[0], '"bergen" sunk')
    coloured = shown(HITS[0], "bergen", colour=True)
    assert "*" not in coloured
    assert "\x1b[1;4" in coloured


def test_rejected_and_unsure_are_said() -> None:
    text = shown(Hit(replace(TELLING, unsure=True, judged="rejected"), None, None, 1.0))
    assert "happened?" in text
    assert "rejected" in text


def test_a_statement_without_speaker_and_with_words_elsewhere() -> None:
    odd = replace(STATEMENT, speaker=None, source_text=None, content=(Span(500, 520),), text="Bad \x1b[2J words.\nSo")
    text = shown(Hit(odd, None, None, 1.0))
    assert "nobody named" in text
    assert "\x1b" not in text
    assert "words. So" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for hit in HITS:
        assert all(cell_len(line) <= width for line in shown(hit, "ferry", width).split("\n"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ship", ["ships", "shipping"]),
        ("ship -grain", ["ships", "shipping"]),
        ('"of grain"', ["of grain"]),
        ('"grain of"', []),
        ("gra* OR cafe", ["grain", "café", "granary"]),
        ("NEAR(", []),
        ("-ships", []),
        ("***", []),
        (None, []),
    ],
)
def test_what_a_search_found(words: str | None, found: list[str]) -> None:
    text = "Two ships of grain left the café; shipping a granary."
    assert [text[a:b] for a, b in found_spans(text, words)] == found
