"""The first and last lines of a report: the only ones where its dateline, dates and credits are looked for."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.model import Span

_HEAD, _FOOT = 1_500, 600
_MOST_LINES = 12


def head_lines(text: str) -> list[Span]:
    """The first lines that are not blank, without the white space around them.

    >>> head_lines("\\n One. \\n\\nTwo.")
    [Span(start=2, end=6), Span(start=9, end=13)]
    """
    found = []
    for line in _lines(text, 0, min(_HEAD, len(text))):
        found.append(line)
        if len(found) == _MOST_LINES:
            break
    return found


def foot_lines(text: str) -> list[Span]:
    """The last whole lines that are not blank, the last one first."""
    first = max(0, len(text) - _FOOT)
    if first:
        newline = text.find("\n", first)
        first = newline + 1 if newline >= 0 else len(text)
    return list(_lines(text, first, len(text)))[: -_MOST_LINES - 1 : -1]


def _lines(text: str, start: int, stop: int) -> Iterator[Span]:
    """The trimmed lines that begin between two offsets and are not blank."""
    while start < stop:
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield Span(first, last)
        start = end + 1
