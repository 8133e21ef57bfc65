"""Who asks and who answers in an interview, and whom a label at the head of a turn stands for."""

from __future__ import annotations

from functools import cached_property

from dateline.model import Actor, ActorKind, Annotated, Attribution, Cast, MentionForm, Span, Token

_LETTERS = frozenset("QA")
_WITH = frozenset(("with", "of"))
_TO = frozenset(("to", "with", "by"))
_TALKS = frozenset(("speak", "talk", "sit", "interview", "meet"))


def is_turn(annotated: Annotated, found: Attribution) -> bool:
    """Whether a statement is a turn of an interview: a label that opens a paragraph after the first, and a colon."""
    if not found.source or not found.cue or found.cue[0].end - found.cue[0].start != 1:
        return False
    head = annotated.head_of(found.source[0])
    if head is None or head.paragraph == 0 or found.cue[0].start != found.source[0].end:
        return annotated.text[found.cue[0].start : found.cue[0].end] == ":" and _follows_note(annotated, found, head)
    return annotated.paragraphs[head.paragraph].span.start == found.source[0].start


def _follows_note(annotated: Annotated, found: Attribution, head: Token | None) -> bool:
    """Whether only a note in brackets stands between label and colon ("Ms Doe (through a translator):")."""
    between = annotated.text[found.source[0].end : found.cue[0].start]
    return head is not None and head.paragraph > 0 and between.strip().startswith("(")


class Parties:
    """The persons who speak in one report's interview."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.persons = [a for a in cast.actors if a.kind is ActorKind.PERSON and a.mentions]
        self.by_head = {m.head: a for a in self.persons for m in a.mentions}
        self.by_word = {
            token.i: a
            for a in self.persons
            for m in a.mentions
            if m.form is MentionForm.NAME
            for token in annotated.tokens_in(m.span)
        }

    def of_label(self, span: Span) -> Actor | None:
        """The person whom "Q", "A" or a surname stands for."""
        words = self.annotated.words(span)
        if words == "A":
            return self.answers
        if words == "Q":
            return self.asks
        last = words.split()[-1].strip(".").casefold() if words.split() else ""
        if last in ("interviewer", "question"):
            return self.asks
        named = [a for a in self.persons if a.name.casefold().split()[-1:] == [last] and len(a.name.split()) > 1]
        return named[0] if named else None

    @cached_property
    def answers(self) -> Actor | None:
        """Who is interviewed: "an interview with X", "X spoke with …", else the first person of the report."""
        for token in self.annotated.tokens:
            if token.lemma == "interview" and token.pos == "NOUN":
                for c in token.children:
                    person = self._below(c) if c.dep == "prep" and c.lower in _WITH else None
                    if person is not None:
                        return person
        for token in self.annotated.tokens:
            if token.lemma in _TALKS and token.pos == "VERB" and self._partner(token) is not None:
                subject = token.child("nsubj")
                if subject is not None and subject.i in self.by_head:
                    return self.by_head[subject.i]
        return min(self.persons, key=lambda a: min(m.span for m in a.mentions), default=None)

    @cached_property
    def asks(self) -> Actor | None:
        """Who interviews: "… spoke with X", "interviewed by X"; ``None`` where nobody is named."""
        for token in self.annotated.tokens:
            if token.lemma in _TALKS and token.pos == "VERB":
                person = self._partner(token)
                if person is not None and person is not self.answers:
                    return person
        return None

    def _partner(self, verb: Token) -> Actor | None:
        for c in verb.children:
            if c.dep in ("prep", "agent", "dative") and c.lower in _TO and c.i > verb.i:
                person = self._below(c)
                if person is not None:
                    return person
        return None

    def _below(self, preposition: Token) -> Actor | None:
        """The first person named right after a preposition, however the parser cut the name."""
        first = preposition.i + 1
        near = self.annotated.tokens[first : min(first + 6, preposition.right + 4)]
        return next((self.by_word[t.i] for t in near if t.i in self.by_word), None)
