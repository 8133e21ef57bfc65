"""Cuts a report's text into paragraphs, each short enough for one pass of the language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dateline.model import Span

#: A longer paragraph is cut at a sentence end: the parser's memory grows with the length of one text.
LONGEST = 6_000
#: A longer run without white space is cut: the tokenizer looks through all the rest of it for each mark it takes off.
LONGEST_RUN = 400
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")
_BLOCK = re.compile(r"(?:[^\n\r\u2028\u2029\x0b\x0c]+)")
_BLANK_LINE = re.compile(r"\n[ \t\r\u00a0]*\n")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


def is_hard_wrapped(text: str) -> bool:
    """Whether single line ends fall inside sentences, as in mail and old wire text set to a fixed width.

    >>> is_hard_wrapped("One.\\nTwo.\\n\\nThree.")
    False
    """
    blocks = [b.strip("\n").split("\n") for b in _BLANK_LINE.split(text)]
    inner = [line.rstrip() for block in blocks for line in block[:-1] if line.strip()]
    if len(inner) < 3:
        return False
    open_ended = sum(line[-1:] not in ".!?:;\"”'’»)" for line in inner)
    wide = sum(40 <= len(line) <= 100 for line in inner)
    return open_ended >= 0.6 * len(inner) and wide >= 0.7 * len(inner)


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _blocks(text: str) -> Iterator[Span]:
    if is_hard_wrapped(text):
        start = 0
        for gap in _BLANK_LINE.finditer(text):
            yield Span(start, gap.start())
            start = gap.end()
        yield Span(start, len(text))
    else:
        for block in _BLOCK.finditer(text):
            yield Span(block.start(), block.end())


def _cut(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a block that is too long for one pass or holds endless runs; nearly always the block itself."""
    start = span.start
    for run in _LONG_RUN.finditer(text, span.start, span.end):
        yield from _cut_at_sentences(text, Span(start, run.end()))
        start = run.end()
    yield from _cut_at_sentences(text, Span(start, span.end))


def _cut_at_sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        window = text[start : start + LONGEST]
        ends = [m.end() for m in _SENTENCE_END.finditer(window)]
        at = ends[-1] if ends else window.rfind(" ") + 1
        if at <= 0:
            at = LONGEST
        yield Span(start, start + at)
        start += at
    yield Span(start, span.end)


def _without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    start = span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)


def paragraphs(text: str, furniture: Iterable[Span] = ()) -> list[Span]:
    """The paragraphs of a text, trimmed of white space, without the spans given as furniture.

    >>> paragraphs("One.\\n\\n  Two. ")
    [Span(start=0, end=4), Span(start=8, end=12)]
    """
    holes = list(furniture)
    found: list[Span] = []
    for block in _blocks(text):
        for piece in _without(block, holes):
            for part in _cut(text, piece):
                trimmed = _trim(text, part.start, part.end)
                if trimmed:
                    found.append(trimmed)
    return found
