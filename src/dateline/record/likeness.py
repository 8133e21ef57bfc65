"""Which statements of a story are one statement, told again in other reports or in other words."""

from __future__ import annotations

from collections.abc import Sequence

#: key, report, speaker, act, words of the content
Told = tuple[str, str, str | None, str | None, frozenset[str]]
#: Share of the words of both that two contents must have in common.
ALIKE = 0.6


def same_statements(told: Sequence[Told]) -> dict[str, str]:
    """For each statement the key of the one that stands for it: the first, in the order given, that it is like.

    Like are statements of different reports with the same speaker, or one unknown, whose contents share most words.

    >>> a = ("s1", "r1", "x", "say", frozenset("the ships will sail".split()))
    >>> b = ("s2", "r2", "x", "say", frozenset("the ships will sail soon".split()))
    >>> same_statements([a, b])
    {'s1': 's1', 's2': 's1'}
    """
    chosen: dict[str, str] = {}
    first: list[tuple[Told, set[str]]] = []
    for one in told:
        key, report, *_ = one
        for other, reports in first:
            if report not in reports and _alike(one, other):
                chosen[key] = other[0]
                reports.add(report)
                break
        else:
            chosen[key] = key
            first.append((one, {report}))
    return chosen


def _alike(a: Told, b: Told) -> bool:
    if a[2] and b[2] and a[2] != b[2]:
        return False
    return alike(a[4], b[4])


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two share most of their words."""
    either = len(a | b)
    return either > 0 and len(a & b) >= ALIKE * either
