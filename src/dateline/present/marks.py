"""Which words of a report belong to which finding: the one cutting that the terminal and the page both draw."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Reading, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Words marked as part of a finding: ``kind`` is source, cue, content, event, time, place or actor."""

    span: Span
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two boundaries, with the marks that cover it, widest first."""

    span: Span
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def marks_of(reading: Reading) -> list[Mark]:
    """Every mark of a reading, in text order, wider before narrower."""
    found: list[Mark] = []
    for s in reading.statements:
        found += [Mark(span, "content", s.id) for span in s.content]
        if s.cue:
            found += [Mark(span, "cue", s.id) for span in s.cue.spans]
        if s.source:
            found += [Mark(span, "source", s.id) for span in s.source.spans]
    found += [Mark(e.span, "event", e.id) for e in reading.events]
    found += [Mark(t.span, "time", f"t{i}") for i, t in enumerate(reading.times, 1)]
    found += [Mark(p.span, "place", f"p{i}") for i, p in enumerate(reading.places, 1)]
    found += [Mark(m.span, "actor", a.id) for a in reading.actors for m in a.mentions]
    found = [m for m in found if m.span.start < m.span.end]
    return sorted(found, key=lambda m: (m.span.start, -m.span.end, _ORDER[m.kind], m.id))


_ORDER = {"content": 0, "source": 1, "cue": 2, "actor": 3, "event": 4, "place": 5, "time": 6}


def segments(text: str, marks: list[Mark]) -> Iterator[Segment]:
    """The whole text cut at every boundary of a mark, in order; nothing is lost or doubled.

    >>> [text for text in ("abc"[s.span.start:s.span.end] for s in segments("abc", [Mark(Span(1, 2), "time", "t1")]))]
    ['a', 'b', 'c']
    """
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.span.start, []).append(mark)
        ends.setdefault(mark.span.end, []).append(mark)
    cuts = sorted({0, len(text), *starts, *ends})
    active: list[Mark] = []
    for first, last in itertools.pairwise(cuts):
        if first in ends:
            closing = set(map(id, ends[first]))
            active = [m for m in active if id(m) not in closing]
        opens = starts.get(first, ())
        if opens:
            active = [*active, *opens]
        closes = tuple([m for m in reversed(active) if m.span.end == last]) if last in ends else ()
        yield Segment(Span(first, last), tuple(active), tuple(opens), closes)
