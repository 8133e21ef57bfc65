"""Reads statements that the layout attributes: headlines with a colon or a dash, interviews and transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.extract.patterns.found import Found
from dateline.extract.patterns.phrases import EDGE
from dateline.lexicons.speech import sourcing_kind
from dateline.model import Annotated, Paragraph, Span, Token

#: "Q:", "A.", "JANE DOE:", "Ms Doe (through a translator):" at the head of a paragraph.
_LABEL = re.compile(
    r"(?P<who>Q|A|[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|de|van|von|al|bin)){0,4})"
    r"(?: \([^()\n]{1,40}\))?[:.]\s+"
)
_LETTERS = frozenset("QA")
#: A headline is no longer than this many words.
_HEADLINE = 22
_NAMED = frozenset(("PERSON", "ORG", "GPE", "NORP"))


def read_layout(annotated: Annotated) -> list[Found]:
    """Statements of a headline and of an interview's turns; their cue is the colon or dash."""
    return [*_headline(annotated), *_turns(annotated)]


# --- interviews ------------------------------------------------------------------------------------------------


def _turns(annotated: Annotated) -> Iterator[Found]:
    """The turns of an interview: a label and what follows, further paragraphs without a label included."""
    labels = {p.i: label for p in annotated.paragraphs if (label := _label(annotated, p)) is not None}
    spoken = sum(_is_spoken(annotated, annotated.paragraphs[i]) for i in labels)
    if 3 * spoken < 2 * len(labels):
        return  # a table: "Oslo: 1,769."
    if not _is_interview([annotated.words(label[0]) for label in labels.values()]):
        return
    last = max(labels)
    turn: Found | None = None
    for paragraph in annotated.paragraphs:
        label = labels.get(paragraph.i)
        if label is not None:
            who, colon = label
            if turn is not None and turn.content:
                yield turn
            turn = Found(None, [colon], (who,), None, [], True)
            if colon.end < paragraph.span.end:
                start = colon.end + _blanks(annotated.text, colon.end)
                turn.content.append(Span(start, paragraph.span.end))
        elif turn is not None and paragraph.i < last:
            turn.content.append(paragraph.span)
    if turn is not None and turn.content:
        yield turn


def _is_spoken(annotated: Annotated, paragraph: Paragraph) -> bool:
    words = annotated.tokens[paragraph.first : paragraph.last]
    if not words:
        return False
    return words[0].text.strip(":.") in _LETTERS or any(t.pos in ("VERB", "AUX") or t.text == "?" for t in words)


def _blanks(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isspace():
        end += 1
    return end - at


def _label(annotated: Annotated, paragraph: Paragraph) -> tuple[Span, Span] | None:
    """The span of who speaks and of the mark after it, where a paragraph begins with a speaker's label."""
    m = _LABEL.match(annotated.text, paragraph.span.start, paragraph.span.end)
    if m is None:
        return None
    who, mark = m.group("who"), m.group().rstrip()[-1]
    if mark == "." and who not in _LETTERS:
        return None  # "Mr. Osei went …"
    at = m.start() + len(m.group().rstrip()) - 1
    return Span(m.start("who"), m.end("who")), Span(at, at + 1)


def _is_interview(labels: Sequence[str]) -> bool:
    """Whether labels come back, or alternate as question and answer: one alone is a heading."""
    if len(labels) < 2:
        return False
    if set(labels) <= _LETTERS or set(labels) >= _LETTERS:
        return True
    return len(set(labels)) < len(labels) and len(set(labels)) > 1


# --- headlines -------------------------------------------------------------------------------------------------


def _headline(annotated: Annotated) -> Iterator[Found]:
    """ "Minister: we will not pay", "We will not pay - minister"."""
    if len(annotated.paragraphs) < 2:
        return
    line = annotated.paragraphs[0]
    tokens = annotated.tokens[line.first : line.last]
    if not 3 < len(tokens) <= _HEADLINE or (tokens[-1].text in (".", "!") and len(tokens) > 12):
        return
    marks = [t for t in tokens[1:-1] if t.text in (":", "-", "–", "—", "--")]
    for mark in marks:
        before, after = tokens[: mark.i - line.first], tokens[mark.i - line.first + 1 :]
        if mark.text == ":" and _is_speaker(before) and _is_told(after):
            yield _of_headline(annotated, mark, before, after)
            return
        if mark is marks[-1] and _is_speaker(after) and _is_told(before):
            yield _of_headline(annotated, mark, after, before)
            return


def _of_headline(annotated: Annotated, mark: Token, who: Sequence[Token], told: Sequence[Token]) -> Found:
    source = annotated.span_of(who[0].i, who[-1].i + 1)
    content = annotated.span_of(told[0].i, told[-1].i + 1)
    return Found(None, [mark.span], (source,), None, [content], True)


def _is_speaker(words: Sequence[Token]) -> bool:
    """Whether words name somebody who can speak: a short noun phrase with a name or a known kind of speaker."""
    if not 0 < len(words) <= 5 or any(t.pos in ("VERB", "AUX") or t.text in EDGE for t in words):
        return False
    if words[-1].pos not in ("NOUN", "PROPN"):
        return False
    return any(t.ent in _NAMED for t in words) or sourcing_kind(words[-1].lemma.lower()) is not None


def _is_told(words: Sequence[Token]) -> bool:
    return len(words) >= 3 and (any(t.pos in ("VERB", "AUX") for t in words) or any(t.quoted for t in words))
