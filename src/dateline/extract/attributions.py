"""Finds who put what on record, as words: the learned reader and the pattern reader, and how their finds are joined."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dateline.extract.patterns import read_patterns
from dateline.extract.sifting import sift
from dateline.model import Annotated, Attribution, Span

if TYPE_CHECKING:
    from dateline.extract.rankers import StatementRanker

_AGREE: Final = 0.8  # share of their letters that two contents of one cue must have in common to be one content
_WEAK: Final = 0.5  # the score that the rules give a cue that need not put anything on record
_DOUBT: Final = 0.3  # a find of the rules alone needs this score of the rankers where they were asked about its cue
_GAP: Final = 5  # characters between two paragraphs of one quotation: marks and line ends
_NEAR: Final = 24  # characters: what may stand between the end of a content and the next cue of its speaker
_CELL: Final = 256  # characters: finds are compared only with those that stand in the same cells of the text


@cache
def _ranker() -> StatementRanker:
    from dateline.extract.rankers import StatementRanker  # LightGBM is loaded with the first report, not before

    return StatementRanker()


def find_attributions(annotated: Annotated, fast: bool = False) -> tuple[Attribution, ...]:
    """All statements of a report as words, in text order; with ``fast``, by patterns alone."""
    patterns = read_patterns(annotated)
    if fast:
        return patterns
    weighed = _ranker().weigh(annotated, patterns)
    return join(sift(annotated, weighed.finds), patterns, weighed.cues)


def join(
    learned: Iterable[Attribution], patterns: Iterable[Attribution], cues: Mapping[int, float] | None = None
) -> tuple[Attribution, ...]:
    """The learned finds, and those of the patterns that tell of other words.

    A pattern's find is left out when a learned one has the same cue, or when more than half of the shorter of the
    two contents is shared. It is left out too when the rankers, asked about its cue (``cues``: token index to score),
    thought little of it, unless it stands inside another statement: their training data marks no such ones.
    """
    patterns = list(patterns)
    kept, cutting = _snapped(learned, patterns)
    cells: dict[int, list[Attribution]] = {}
    for find in kept:
        for cell in _cells(find):
            cells.setdefault(cell, []).append(find)
    for find in patterns:
        rivals = {id(r): r for cell in _cells(find) for r in cells.get(cell, ())}
        if any(_same(find, rival) for rival in rivals.values()):
            continue
        doubted = cues is not None and find.head is not None and cues.get(find.head, 1.0) < _DOUBT
        doubted = doubted and find.head not in cutting
        if not doubted or any(_is_inside(find, rival) or _reports(find, rival) for rival in rivals.values()):
            kept.append(find)
    return tuple(sorted(kept, key=_place))


def _snapped(
    learned: Iterable[Attribution], patterns: Sequence[Attribution]
) -> tuple[list[Attribution], frozenset[int | None]]:
    """The learned finds with the edges of the rules' find for the same cue, where the two all but agree.

    Told too are the cues (token indexes) of the rules' finds that a learned content had swallowed.
    The rankers choose among cut pieces of a phrase ("a former ambassador"); the rules take the whole noun phrase
    ("Maria Lund, a former ambassador") and the quotation from mark to mark.
    """
    by_letter = {i: find for find in patterns for span in find.cue for i in range(span.start, span.end)}
    by_content = {find.content[0].start: find for find in patterns if find.content}
    by_start = sorted((find.cue[0].start, n) for n, find in enumerate(patterns) if find.cue)
    snapped = []
    cutting: set[int | None] = set()
    for find in learned:
        twin = next((by_letter[i] for s in find.cue for i in range(s.start, s.end) if i in by_letter), None)
        if twin is not None and twin.source and not find.source and _shared(twin.source, find.content):
            find = replace(twin, score=find.score)  # "…," he was quoted as saying: the content had run into the source
        elif twin is not None:
            if not find.source:
                find = replace(find, source=twin.source)
            if find.source and twin.source and _shared(find.source, twin.source) >= _size(find.source):
                find = replace(find, source=twin.source)
            shared = _shared(find.content, twin.content)
            if _is_piece(find, twin, shared) or shared >= _AGREE * (_size(find.content) + _size(twin.content) - shared):
                find = replace(find, content=twin.content)
            else:
                after = _goes_on(find, twin, patterns, by_start)
                if after is not None:
                    find = replace(find, content=twin.content)
                    cutting.add(after.head)
        else:
            # a stranded second cue right after the first names the better source ("he said. said an expert.")
            other = by_content.get(find.content[0].start) if find.content else None
            if other is not None and find.cue and other.cue and 0 < other.cue[0].start - find.cue[-1].end <= 3:
                find = other
        snapped.append(find)
    return snapped, frozenset(cutting)


def _goes_on(
    find: Attribution, twin: Attribution, patterns: Sequence[Attribution], by_start: Sequence[tuple[int, int]]
) -> Attribution | None:
    """The rules' find by the same speaker that a content ran into ("he had left | and called the vote a farce")."""
    if len(find.content) != 1 or len(twin.content) != 1 or find.content[0].start != twin.content[0].start:
        return None
    first, last = twin.content[0].end, find.content[0].end
    at = bisect_left(by_start, (first, 0))
    if at == len(by_start) or by_start[at][0] >= min(last, first + _NEAR):
        return None
    other = patterns[by_start[at][1]]
    return other if other.source == twin.source else None


def _is_piece(find: Attribution, whole: Attribution, shared: int) -> bool:
    """Whether one content is a mere piece of another: one paragraph of a quotation that began in the one before.

    Only marks and line ends stand between the paragraphs of one quotation.
    """
    if shared < 0.95 * _size(find.content) or 2 * _size(find.content) >= _size(whole.content):
        return False
    return any(two.start - one.end <= _GAP for one, two in pairwise(whole.content))


def _place(find: Attribution) -> tuple[Span, tuple[Span, ...]]:
    return (find.content[0] if find.content else Span(0, 0), find.cue)


def _cells(find: Attribution) -> Iterator[int]:
    for span in (*find.cue, *find.content):
        yield from range(span.start // _CELL, span.end // _CELL + 1)


def _same(find: Attribution, other: Attribution) -> bool:
    if find.head is not None and find.head == other.head:
        return True
    if _shared(find.cue, other.cue):
        return True
    if (find.score > _WEAK and _is_inside(find, other)) or _is_inside(other, find) or _reports(find, other):
        return False  # a statement told inside another is one of its own
    return _shared(find.content, other.content) > 0.5 * min(_size(find.content), _size(other.content))


def _is_inside(inner: Attribution, outer: Attribution) -> bool:
    """Whether a statement stands, cue and all, inside less than two thirds of another's content."""
    return (
        bool(inner.cue)
        and _shared(inner.cue, outer.content) == _size(inner.cue)
        and 3 * _size(inner.content) < 2 * _size(outer.content)
    )


def _reports(outer: Attribution, inner: Attribution) -> bool:
    """Whether somebody passes on another's whole statement ("Oslo has denied it, the agency reported on Friday")."""
    return (
        outer.score > _WEAK
        and bool(inner.cue)
        and bool(outer.cue)
        and _shared(inner.cue, outer.content) == _size(inner.cue)
        and not _shared(outer.cue, inner.content)
        and outer.cue[0].start > outer.content[-1].end
    )


def _shared(one: tuple[Span, ...], two: tuple[Span, ...]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)


def _size(spans: tuple[Span, ...]) -> int:
    return sum(span.end - span.start for span in spans)
