"""Finds who put what on record, as words: the learned reader and the pattern reader, and how their finds are joined."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from dateline.extract.patterns import read_patterns
from dateline.model import Annotated, Attribution, Span

if TYPE_CHECKING:
    from dateline.extract.rankers import StatementRanker


@cache
def _ranker() -> StatementRanker:
    from dateline.extract.rankers import StatementRanker  # LightGBM is loaded with the first report, not before

    return StatementRanker()


def find_attributions(annotated: Annotated, fast: bool = False) -> tuple[Attribution, ...]:
    """All statements of a report as words, in text order; with ``fast``, by patterns alone."""
    patterns = read_patterns(annotated)
    if fast:
        return patterns
    return join(_ranker().read(annotated), patterns)


def join(learned: Iterable[Attribution], patterns: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The learned finds, and those of the patterns that tell of other words.

    A pattern's find is left out when its cue is a learned one's, when it shares a word of its cue, or when more than half of its
    content stands in one learned content or covers one.
    """
    kept = list(learned)
    for find in patterns:
        if not any(_same(find, other) for other in kept):
            kept.append(find)
    return tuple(sorted(kept, key=lambda a: (a.content[0] if a.content else Span(0, 0), a.cue)))


def _same(find: Attribution, other: Attribution) -> bool:
    if find.head is not None and find.head == other.head:
        return True
    if _shared(find.cue, other.cue):
        return True
    both = _shared(find.content, other.content)
    return both > 0.5 * min(_size(find.content), _size(other.content))


def _shared(one: tuple[Span, ...], two: tuple[Span, ...]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)


def _size(spans: tuple[Span, ...]) -> int:
    return sum(span.end - span.start for span in spans)
