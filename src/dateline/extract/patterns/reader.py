"""Joins the rules: quotations first, then every other cue of the parse, then headlines and interviews."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.extract.patterns.direct import DirectReader
from dateline.extract.patterns.found import Found
from dateline.extract.patterns.layout import read_layout
from dateline.extract.patterns.nouns import read_noun, read_preposition
from dateline.extract.patterns.verbs import VerbReader
from dateline.lexicons.cues import cues_at, word_set
from dateline.model import Annotated, Attribution, Quotation, Span

#: The score of a find by a cue that need not put anything on record ("believe", "offer", "his idea that").
WEAK = 0.5
#: Complements that are clauses: what a cue with one tells is a statement wherever it stands.
_CLAUSES = frozenset(("that", "inf", "ing", "of", "quote", "according"))
_STRONG = frozenset(("deny", "reject", "accuse"))
_TOLD = word_set("say write report announce claim confirm admit deny reject warn threaten promise demand accuse")
_CUE_POS = frozenset(("VERB", "AUX", "NOUN", "ADP", "SCONJ"))


def read_patterns(annotated: Annotated) -> tuple[Attribution, ...]:
    """All statements that the rules find, in text order; ``head`` is the token index of the cue's main word."""
    direct = DirectReader(annotated)
    found = direct.read()
    found.extend(_read_words(annotated, direct))
    found.extend(_read_layout(annotated, found))
    return _in_order(annotated, found)


def _read_words(annotated: Annotated, direct: DirectReader) -> list[Found]:
    verbs = VerbReader(annotated)
    found: list[Found] = []
    tokens = annotated.tokens
    for token in tokens:
        if token.pos not in _CUE_POS:
            continue
        uses = cues_at(tokens, token.i)
        if not uses or token.i in direct.by_cue or token.i in direct.taken:
            continue
        pos = uses[0].pos
        if pos == "v":
            one = verbs.read(token, uses)
        elif pos == "n":
            one = read_noun(annotated, token, uses)
        else:
            one = read_preposition(annotated, token, uses)
        if one is not None:
            found.append(one)
    return found


def _read_layout(annotated: Annotated, found: list[Found]) -> list[Found]:
    """Headlines and turns of interviews, but for those that a cue has told already."""
    marks = {span for one in found for span in one.cue}
    return [one for one in read_layout(annotated) if one.cue[0] not in marks]


def _is_worth(one: Found, enclosing: bool) -> bool:
    """Whether a statement told inside another is one of its own and not a mere turn of phrase of its speaker."""
    if one.direct or one.head is None or not (enclosing or one.head.quoted):
        return True
    return _is_strong(one)


def _is_strong(one: Found) -> bool:
    """Whether somebody named by a noun plainly puts something on record, outside quotation marks."""
    if one.head is None:
        return True
    if one.act not in _TOLD or (one.frame not in _CLAUSES and one.act not in _STRONG) or one.head.quoted:
        return False
    return one.source_head is not None and one.source_head.pos in ("NOUN", "PROPN")


def _enclosed(found: list[Found], contents: list[tuple[Span, ...]]) -> list[bool]:
    """For each statement whether its cue stands inside the content of another."""
    spans = sorted((s, n) for n, content in enumerate(contents) for s in content)
    heads = sorted((one.head.start, n) for n, one in enumerate(found) if one.head is not None)
    inside = [False] * len(found)
    open_spans: list[tuple[Span, int]] = []
    at = 0
    for start, n in heads:
        while at < len(spans) and spans[at][0].start <= start:
            open_spans.append(spans[at])
            at += 1
        open_spans = [(s, m) for s, m in open_spans if s.end > start]
        inside[n] = any(m != n for _, m in open_spans)
    return inside


def _in_order(annotated: Annotated, found: list[Found]) -> tuple[Attribution, ...]:
    attributions = []
    contents = [_whole_quotations(annotated.quotations, o.content, o.head.start if o.head else -1) for o in found]
    for one, content, enclosed in zip(found, contents, _enclosed(found, contents), strict=True):
        if content and _is_worth(one, enclosed):
            head = one.head.i if one.head is not None else None
            score = 1.0 if one.direct or _is_strong(one) else WEAK
            attributions.append(Attribution(tuple(one.cue), one.source, content, head, score))
    return tuple(sorted(attributions, key=lambda a: (a.content[0], a.head if a.head is not None else -1)))


def _whole_quotations(quotations: Sequence[Quotation], content: list[Span], cue: int) -> tuple[Span, ...]:
    """Content spans widened to the end of a quotation that begins inside them, joined where they touch."""
    widened: list[Span] = []
    for span in sorted(content):
        start, end = span
        at = bisect_left(quotations, start, key=lambda q: q.span.end)
        for quotation in quotations[at : at + 50]:
            if quotation.outer.start >= end:
                break
            if start <= quotation.span.start and end < quotation.span.end and not start <= cue < quotation.span.end:
                end = quotation.span.end
        if widened and start <= widened[-1].end:
            widened[-1] = Span(widened[-1].start, max(end, widened[-1].end))
        else:
            widened.append(Span(start, end))
    return tuple(widened)
