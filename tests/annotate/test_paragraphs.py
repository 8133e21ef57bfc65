"""Paragraphs: every word of a text stands in exactly one, and none is too long for one pass."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.paragraphs import LONGEST, LONGEST_RUN, is_hard_wrapped, paragraphs
from dateline.model import Span

WRAPPED = """The ministry said on Monday that the bridge over the
river would be closed for the rest of the winter, and
that lorries would have to take the road along the
coast until it had been mended.

No date was given for the work, which needs the consent
of both towns, neither of which has so far been asked
for it."""


def words(text: str) -> list[str]:
    return [text[s.start : s.end] for s in paragraphs(text)]


def test_a_line_is_a_paragraph() -> None:
    assert words("One.\nTwo.\n\n  Three. ") == ["One.", "Two.", "Three."]


def test_hard_wrapped_lines_are_joined() -> None:
    assert is_hard_wrapped(WRAPPED)
    assert len(words(WRAPPED)) == 2


def test_furniture_is_left_out() -> None:
    text = "OSLO, May 1 - Snow fell."
    assert [text[s.start : s.end] for s in paragraphs(text, [Span(0, 14)])] == ["Snow fell."]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "Snow fell on the town. " * 1000
    cut = paragraphs(text)
    assert all(s.end - s.start <= LONGEST for s in cut)
    assert all(text[s.end - 1] == "." for s in cut)


@given(st.text(alphabet="ab. \n\r\u2028", max_size=300))
def test_every_letter_stands_in_one_paragraph(text: str) -> None:
    covered = [i for s in paragraphs(text) for i in range(s.start, s.end)]
    assert covered == sorted(set(covered))
    assert set(covered) >= {i for i, c in enumerate(text) if not c.isspace()}


def test_five_million_characters_without_a_line_end_take_no_time() -> None:
    start = time.perf_counter()
    paragraphs("snow " * 1_000_000)
    assert time.perf_counter() - start < 5


def test_endless_runs_are_cut_and_nothing_is_lost() -> None:
    text = "Norway said " + "“" * 3_000 + "no" + "”" * 3_000 + " on Friday."
    cut = paragraphs(text)
    assert "".join(text[a:b] for a, b in cut).replace(" ", "") == text.replace(" ", "")
    assert max(len(run) for a, b in cut for run in text[a:b].split()) <= LONGEST_RUN
    assert paragraphs("See https://example.org/" + "a" * 300 + " for more.") == [(0, 334)]
