"""Spans of words: a noun phrase, a clause, a clause without what is put into it."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Annotated, Span, Token

#: Marks that never begin or end a source or an unquoted content.
EDGE = frozenset(",;:-–—()[]…")
OPENING = frozenset("\"“„«‹‘'`「")
CLOSING = frozenset("\"”“»›’'´」")
STOPS = frozenset(".!?")

_CUT = frozenset(("advcl", "ccomp", "parataxis", "punct", "acl", "dep"))

Ranges = list[tuple[int, int]]


def trimmed(annotated: Annotated, first: int, last: int) -> tuple[int, int]:
    """The token range without punctuation at its edges (both ends may meet: nothing is left)."""
    tokens = annotated.tokens
    while first < last and (tokens[first].text in EDGE or tokens[first].pos == "SPACE" or tokens[first].text in STOPS):
        first += 1
    while last > first and (
        tokens[last - 1].text in EDGE or tokens[last - 1].pos == "SPACE" or tokens[last - 1].text in STOPS
    ):
        if tokens[last - 1].text == ")" and any(t.text == "(" for t in tokens[max(first, last - 12) : last - 1]):
            break  # "the Ministry of Works (MOW)"
        last -= 1
    return first, last


def without(ranges: Ranges, holes: Iterable[tuple[int, int]]) -> Ranges:
    """Half-open ranges minus other half-open ranges."""
    for hole_first, hole_last in holes:
        rest: Ranges = []
        for first, last in ranges:
            if hole_last <= first or hole_first >= last:
                rest.append((first, last))
                continue
            if first < hole_first:
                rest.append((first, hole_first))
            if hole_last < last:
                rest.append((hole_last, last))
        ranges = rest
    return ranges


def subtree(token: Token) -> tuple[int, int]:
    """The half-open token range from the first to the last word below a token."""
    return token.left, token.right + 1


def spans(annotated: Annotated, ranges: Ranges) -> tuple[Span, ...]:
    """The characters of token ranges, in text order, touching ranges joined, punctuation at the edges cut."""
    joined: Ranges = []
    for first, last in sorted(ranges):
        first, last = trimmed(annotated, first, last)
        if first >= last:
            continue
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(
        annotated.span_of(a, b) for a, b in joined if any(t.text[:1].isalnum() for t in annotated.tokens[a:b])
    )


def noun_phrase(annotated: Annotated, head: Token, avoid: Iterable[tuple[int, int]] = ()) -> tuple[Span, ...]:
    """The words of the noun phrase with this head, with its appositions and relative clauses.

    Participles and clauses that hang on it after a comma are cut: they mostly belong to the verb.
    """
    first, last = subtree(head)
    for child in head.children:
        if child.i > head.i and child.dep in _CUT and child.left > head.i:
            before = annotated.tokens[child.left - 1] if child.left else None
            cut = child.left if child.dep != "punct" else child.i
            if child.dep == "punct" and child.text not in ('"', "”", "“", ";", ":"):
                continue
            if child.dep == "acl" and not (before and before.text in EDGE):
                continue
            last = min(last, cut)
    if first < head.i and annotated.tokens[first].tag in ("WDT", "WP"):
        first += 1  # "a move that neighbouring Mali warned …"
    pieces = without([(first, last)], avoid)
    holding = [p for p in pieces if p[0] <= head.i < p[1]]
    return spans(annotated, holding) or (head.span,)
