from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Span
from dateline.present.marks import Mark, marks_of, segments
from tests.factories import reading

KINDS = ["content", "source", "cue", "event", "time", "place", "actor"]


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=60))
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(Span(start, end), draw(st.sampled_from(KINDS)), f"x{number}"))
    return text, sorted(marks, key=lambda m: m.span)


@given(marked())
def test_segments_keep_every_character_and_every_mark(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    cut = list(segments(text, marks))
    assert "".join(text[s.span.start : s.span.end] for s in cut) == text
    for mark in marks:
        covered = [s.span for s in cut if mark in s.marks]
        assert (covered[0].start, covered[-1].end) == mark.span
        assert sum(b - a for a, b in covered) == mark.span.end - mark.span.start
    assert sum(len(s.opens) for s in cut) == sum(len(s.closes) for s in cut) == len(marks)


def test_marks_of_a_reading_name_their_findings() -> None:
    found = {(m.kind, m.id) for m in marks_of(reading())}
    assert {
        ("content", "s1"),
        ("source", "s1"),
        ("cue", "s1"),
        ("event", "e1"),
        ("time", "t1"),
        ("actor", "a2"),
    } <= found
