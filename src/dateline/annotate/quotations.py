"""Finds what stands between quotation marks: straight, curly, doubled, single, guillemets, over several paragraphs.

Marks are paired paragraph by paragraph. A paragraph whose last opening mark is not closed is taken to the
paragraph's end; where the next paragraph opens with the same kind of mark, both belong to one quotation (the
convention of repeated opening marks: Chicago Manual of Style, 13.30). A stray mark never loses more than its own
paragraph. All work is linear in the length of a paragraph, whose length ``paragraphs.LONGEST`` bounds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Quotation, Span

#: Which marks may close a quotation that a mark opens. Editors mix curly and straight marks in one quotation.
_CLOSES = {
    '"': ('"', "”"),
    "“": ("”", '"', "''"),
    "”": ("”", '"'),  # some sites print the closing form on both sides
    "„": ("“", "”", '"'),
    "«": ("»",),
    "‹": ("›",),
    "``": ("''", '"'),
    "''": ("''", '"', "”"),
    "「": ("」",),
}
_MARK = re.compile(r"``|''|[“”„«»‹›‘’\"「」']")
_SAME_BOTH_SIDES = frozenset(('"', "''", "”"))
_BEFORE_OPENING = frozenset("([{—–-/“‘\"'«:;=>*")
#: Words that begin with an apostrophe and open nothing.
_CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|bout|round|nuff|cos|un|ere|neath|ll|re|ve|[ndostm])\b", re.I)
#: Where a quotation without a closing mark ends if its own sentence goes on with who said it.
_SAID = re.compile(
    r"[,.?!]\s+(?=(?:(?:he|she|they|the\s+\w+|(?:[A-Z][\w.’'-]+\s+){1,3})\s*(?:said|says|added|told|wrote|asked)"
    r"|said\s+[\w.]+)\b)"
)
#: A single-quoted run that ends in "s'" may as well be a possessive plural: only a short one is believed.
_SHORT = 120


class _Run(NamedTuple):
    """One outermost quotation of one paragraph: offsets with and without marks, and the mark that opened it."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    closed: bool
    mark: str


def _before(text: str, at: int, start: int) -> str:
    return text[at - 1] if at > start else " "


def _after(text: str, at: int, end: int) -> str:
    return text[at] if at < end else " "


def _opens(text: str, at: int, length: int, paragraph: Span) -> bool:
    """Whether a mark stands as an opening one does: a space, bracket or dash before it, a word right after."""
    before = _before(text, at, paragraph.start)
    after = _after(text, at + length, paragraph.end)
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace() and after not in ",.;:!?)"


def _shuts(text: str, at: int, length: int, paragraph: Span) -> bool:
    """Whether a mark stands as a closing one does: no space before it, a space or a stop after it."""
    return not _before(text, at, paragraph.start).isspace() and not _after(text, at + length, paragraph.end).isalnum()


def _is_apostrophe(text: str, at: int, paragraph: Span) -> bool:
    """Whether a single mark stands inside a word or for letters left out: don't, the '90s, 'til."""
    if _before(text, at, paragraph.start).isalnum() and _after(text, at + 1, paragraph.end).isalnum():
        return True
    after = text[at + 1 : at + 5]
    if after[:2].isdigit() and after[2:3] in ("s", " ", ""):
        return True
    return bool(_CLIPPED.match(text, at + 1, min(at + 8, paragraph.end)))


class _SingleMarks:
    """Where single-quoted runs of one paragraph may close.

    Listed once: a search from each opening mark would be quadratic.
    """

    def __init__(self, text: str, paragraph: Span) -> None:
        self.text = text
        self.paragraph = paragraph
        self._closers: dict[str, tuple[list[int], list[int]]] = {}

    def _listed(self, closing: str) -> tuple[list[int], list[int]]:
        """Closing marks before a space or a stop: those after any letter but s, and those that may be a plural's."""
        known = self._closers.get(closing)
        if known is not None:
            return known
        text, (start, end) = self.text, self.paragraph
        sure: list[int] = []
        plural: list[int] = []
        at = text.find(closing, start, end)
        while at >= 0:
            if not _after(text, at + 1, end).isalnum() and not _before(text, at, start).isspace():
                (plural if text[at - 1] == "s" else sure).append(at)
            at = text.find(closing, at + 1, end)
        self._closers[closing] = sure, plural
        return sure, plural

    def close(self, start: int, closing: str) -> int:
        """Where a run that opens at ``start`` closes, or -1; a mark after s only where no better one follows."""
        sure, plural = self._listed(closing)
        at = bisect_right(sure, start + 1)
        if at < len(sure):
            return sure[at]
        at = bisect_right(plural, start + 1)
        return plural[at] if at < len(plural) and plural[at] - start <= _SHORT else -1

    def run(self, at: int, mark: str, carries_on: bool) -> _Run | None:
        """The single-quoted run that opens here, if one does."""
        text, paragraph = self.text, self.paragraph
        if mark == "’" or _is_apostrophe(text, at, paragraph) or not _opens(text, at, 1, paragraph):
            return None
        close = self.close(at, "'" if mark == "'" else "’")
        if close > at + 1:
            return _Run(at, at + 1, close, close + 1, True, mark)
        if close < 0 and carries_on and mark == "‘" and not text[paragraph.start : at].strip():
            return _Run(at, at + 1, paragraph.end, paragraph.end, False, mark)
        return None


def _unclosed(text: str, opened: tuple[int, int, str], end: int, carries_on: bool) -> _Run:
    """A quotation without its closing mark: to the end, or to the words that say whose it is."""
    outer_start, start, mark = opened
    said = None if carries_on else _SAID.search(text, start, end)
    stop = said.start() + 1 if said else end
    return _Run(outer_start, start, stop, stop, False, mark)


def _is_nested(marks: list[re.Match[str]], i: int, kind: str) -> bool:
    """Whether an opening mark inside an open quotation has a closing mark of its own: “ … “ … ” … ”."""
    following = [m.group() for m in marks[i + 1 : i + 3]]
    return len(following) == 2 and all(f in _CLOSES[kind] and f != '"' for f in following)


def _paragraph(text: str, paragraph: Span, carries_on: bool) -> list[_Run]:
    """The outermost quotations of one paragraph; ``carries_on`` where the next paragraph opens with a mark."""
    found: list[_Run] = []
    opened: tuple[int, int, str] | None = None  # outer start, inner start, mark
    inner = 0  # same marks opened inside
    skip_to = paragraph.start
    singles = _SingleMarks(text, paragraph)
    marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
    for i, m in enumerate(marks):
        at, mark = m.start(), m.group()
        if at < skip_to:
            continue
        if opened is None:
            if mark in ("'", "‘", "’"):
                run = singles.run(at, mark, carries_on)
                if run is not None:
                    found.append(run)
                    skip_to = run.outer_end
            elif mark in _CLOSES and (mark not in _SAME_BOTH_SIDES or not _is_stray(text, m, paragraph)):
                opened, inner = (at, m.end(), mark), 0
            continue
        kind = opened[2]
        if mark in _CLOSES[kind] and not _reopens(text, m, kind, paragraph):
            if inner:
                inner -= 1
                continue
            found.append(_Run(opened[0], opened[1], at, m.end(), True, kind))
            opened = None
        elif mark == kind and mark in ("“", "«", "„") and _is_nested(marks, i, kind):
            inner += 1
        elif mark == kind or (mark in _CLOSES[kind] and mark in _CLOSES):  # opened anew without having been closed
            found.append(_unclosed(text, opened, at, False))
            opened = (at, m.end(), mark)
    if opened is not None:
        found.append(_unclosed(text, opened, paragraph.end, carries_on))
    return found


def _is_stray(text: str, m: re.Match[str], paragraph: Span) -> bool:
    """Whether a mark that can open and close stands where only a closing one does: inches, a lost opening mark."""
    length = m.end() - m.start()
    return _shuts(text, m.start(), length, paragraph) and not _opens(text, m.start(), length, paragraph)


def _reopens(text: str, m: re.Match[str], kind: str, paragraph: Span) -> bool:
    """Whether a mark that could close the open quotation stands where only an opening one does."""
    mark = m.group()
    if mark not in _SAME_BOTH_SIDES or (mark == "”" and kind != "”"):
        return False
    at, length = m.start(), m.end() - m.start()
    return (
        _before(text, at, paragraph.start).isspace()
        and _opens(text, at, length, paragraph)
        and not _shuts(text, at, length, paragraph)
    )


def _opening_mark(text: str, paragraph: Span) -> str:
    m = _MARK.match(text, paragraph.start, paragraph.end)
    return m.group() if m else ""


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """All outermost quotations in text order.

    >>> [q.span for q in find_quotations('"Yes," she said. "No."', [Span(0, 22)])]
    [Span(start=1, end=5), Span(start=18, end=21)]
    """
    quotations: list[Quotation] = []
    group = -1
    carried: str | None = None  # mark of the quotation that the last paragraph left open
    for n, paragraph in enumerate(paragraphs):
        following = _opening_mark(text, paragraphs[n + 1]) if n + 1 < len(paragraphs) else ""
        runs = _paragraph(text, paragraph, following in _CLOSES or following == "‘")
        left_open: str | None = None
        for i, run in enumerate(runs):
            first = i == 0 and not text[paragraph.start : run.outer_start].strip()
            if not (first and carried is not None and _same_kind(carried, run.mark)):
                group += 1
            if text[run.start : run.end].strip():
                span = Span(run.start, run.end)
                quotations.append(Quotation(span, Span(run.outer_start, run.outer_end), group, run.closed))
            if not run.closed and run.outer_end == paragraph.end:
                left_open = run.mark
        carried = left_open
    return quotations


def _same_kind(carried: str, mark: str) -> bool:
    """Whether a paragraph's opening mark can go on with the quotation left open before it."""
    return carried == mark or {carried, mark} <= {'"', "“", "”"}
