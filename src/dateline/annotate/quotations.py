"""Finds what stands between quotation marks: straight, curly, single, guillemets, over several paragraphs.

Marks are paired paragraph by paragraph. A paragraph whose last opening mark is not closed is taken to the
paragraph's end; where the next paragraph opens with the same kind of mark, both belong to one quotation (the
convention of repeated opening marks: Chicago Manual of Style, 13.30). A stray mark never loses more than its own
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.model import Quotation, Span

_CLOSES = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", "``": "''", "「": "」"}
_MARK = re.compile(r"``|''|[“”„«»‹›‘’\"「」']")
_DOUBLE = {'"', "“", "„", "«", "``", "''", "「"}


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a single mark stands inside or right after a word without a pair: don't, the '90s, workers'."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isalnum() and after.isalnum():
        return True
    return after.isdigit() and text[at + 2 : at + 4].rstrip("s")[:1].isdigit()


def _opens(text: str, at: int, end: int, size: int = 1) -> bool:
    """Whether a straight mark looks like an opening one: space or bracket before it, a word right after."""
    before = text[at - 1] if at else " "
    after = text[at + size] if at + size < end else " "
    return (before.isspace() or before in '([—–-/“"«:') and not after.isspace()


def _single_close(text: str, start: int, end: int, closing: str) -> int:
    """Where a single-quoted run that opens at ``start`` closes, or -1: the mark before a space or a stop."""
    at = start + 1
    last = -1
    while (at := text.find(closing, at, end)) >= 0:
        after = text[at + 1] if at + 1 < len(text) else " "
        if not after.isalnum() and not text[at - 1].isspace():
            if text[at - 1] in ".,!?;…" or text[at - 1] != "s":
                return at
            if last < 0:
                last = at  # may be a plural's apostrophe: taken only where no better mark follows
        at += 1
    return last


def _paragraph(text: str, paragraph: Span) -> list[tuple[int, int, int, int, bool, str]]:
    """(outer start, inner start, inner end, outer end, closed, opening mark) of the outermost quotations."""
    found: list[tuple[int, int, int, int, bool, str]] = []
    opened: tuple[int, int, str] | None = None  # outer start, inner start, mark
    skip_to = paragraph.start
    for m in _MARK.finditer(text, paragraph.start, paragraph.end):
        at, mark = m.start(), m.group()
        if at < skip_to:
            continue
        if opened is None:
            if mark in ("'", "‘", "’"):
                if mark == "’" or _is_apostrophe(text, at) or not _opens(text, at, paragraph.end):
                    continue
                closing = "'" if mark == "'" else "’"
                close = _single_close(text, at, paragraph.end, closing)
                if close > at + 1:
                    found.append((at, at + 1, close, close + 1, True, mark))
                    skip_to = close + 1
            elif mark == '"' or mark in _CLOSES:
                opened = (at, m.end(), mark)
            elif mark == "''" and _opens(text, at, paragraph.end, 2):
                opened = (at, m.end(), mark)  # two apostrophes on both sides, as some databases print
            elif mark == "”" and _opens(text, at, paragraph.end):
                opened = (at, m.end(), "“")  # some sites print the closing form on both sides
            continue
        kind = opened[2]
        closes = (
            (kind in ('"', "''") and mark == kind) or mark in _CLOSES.get(kind, "") or (kind in "“„" and mark == '"')
        )
        if closes:
            found.append((opened[0], opened[1], at, m.end(), True, kind))
            opened = None
        elif mark == kind and mark in ("“", "«"):  # opened anew without having been closed
            found.append((opened[0], opened[1], at, at, False, kind))
            opened = (at, m.end(), mark)
    if opened is not None:
        found.append((opened[0], opened[1], paragraph.end, paragraph.end, False, opened[2]))
    return found


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """All outermost quotations in text order.

    >>> [q.span for q in find_quotations('"Yes," she said. "No."', [Span(0, 22)])]
    [Span(start=1, end=5), Span(start=18, end=21)]
    """
    quotations: list[Quotation] = []
    group = -1
    open_mark: str | None = None  # mark of the quotation that the last paragraph left open
    for paragraph in paragraphs:
        runs = _paragraph(text, paragraph)
        carried = open_mark
        open_mark = None
        for i, (outer_start, start, end, outer_end, closed, mark) in enumerate(runs):
            continues = i == 0 and carried == mark and not text[paragraph.start : outer_start].strip()
            if not continues:
                group += 1
            if start < end:
                quotations.append(Quotation(Span(start, end), Span(outer_start, outer_end), group, closed))
            if not closed and outer_end == paragraph.end and mark in _DOUBLE:
                open_mark = mark
    return quotations
