"""Whose a statement is: the actor behind the source's words, and whether the source is named, unnamed or a class."""

from __future__ import annotations

from dateline.lexicons.speech import sourcing_kind
from dateline.model import Actor, ActorKind, Annotated, Cast, MentionForm, Source, Sourcing, Span, Token
from dateline.resolve.interviews import Parties
from dateline.resolve.stance import first_seen

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_SOME = frozenset(("some", "many", "others", "most", "few", "several", "both", "all", "those", "these", "everyone"))
_ONE = frozenset(("one", "another", "someone", "somebody", "anyone", "nobody", "no-one", "none"))
_PLURAL = frozenset(("NNS", "NNPS"))


class Sources:
    """Says whose statements are, for all statements of one report."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.cast = cast
        self.actors = {actor.id: actor for actor in cast.actors}
        self.seen = first_seen(annotated)

    def resolve(self, spans: tuple[Span, ...]) -> Source | None:
        """The source of a statement; ``None`` where the text names none."""
        if not spans:
            return None
        head = source_head(self.annotated, spans)
        if head is None:
            return None
        named = self._named(spans, head)
        if named is not None and named.kind is ActorKind.PERSON:
            return Source(spans, named.id, Sourcing.NAMED)
        actor = named or self._actor(head)
        return Source(spans, actor.id if actor else None, _sourcing(self.annotated, head, actor))

    def _named(self, spans: tuple[Span, ...], head: Token) -> Actor | None:
        """Who is named beside the words of an office: a name says more than a title."""
        if head.lemma == "interview":
            return Parties(self.annotated, self.cast).answers
        if head.pos not in ("NOUN", "PROPN") or head.ent == "PERSON":
            return None
        return self._named_after(spans, head)

    def _actor(self, head: Token) -> Actor | None:
        ids = self.cast.of(head.i)
        return self.actors.get(ids[0]) if ids else None

    def _named_after(self, spans: tuple[Span, ...], head: Token) -> Actor | None:
        """The person named after a comma or after the words of an office, whatever the parser hung the name on.

        "the Bishop of Oslo, Aino Sarpi" and "Minister of Works Anneke Voss", but not "a friend of Anneke Voss".
        """
        for span in spans:
            for token in self.annotated.tokens_in(span):
                if token.lower in _RELATIVE:
                    break
                ids = self.cast.by_head.get(token.i) if token.pos == "PROPN" and token.i > head.i else None
                actor = self.actors.get(ids[0]) if ids else None
                if actor is None or not (actor.kind is ActorKind.PERSON or token.dep == "appos"):
                    continue
                start = _first_of_name(self.annotated, token)
                if self.annotated.tokens[start - 1].text == "," or _is_of_office(token, head, start):
                    return actor
        return None


def source_head(annotated: Annotated, spans: tuple[Span, ...]) -> Token | None:
    """The main word of a source; for "who" and "which" that of the noun they take up."""
    head = annotated.head_of(spans[-1]) or annotated.head_of(spans[0])
    if head is None or head.lower not in _RELATIVE:
        return head
    for above in head.ancestors():
        if above.dep == "relcl":
            return above.head
    return head


def _first_of_name(annotated: Annotated, last: Token) -> int:
    """The token index of the first capitalised word of a name, given its last."""
    first = last.i
    while first > 0 and annotated.tokens[first - 1].pos == "PROPN":
        first -= 1
    return first


def _is_of_office(name: Token, head: Token, first: int) -> bool:
    """Whether a name of three words or more stands in "Minister of Works Anneke Voss", where "of" took it all."""
    return head.pos == "PROPN" and name.i - first >= 2 and name.dep == "pobj" and name.head.head is head


def _sourcing(annotated: Annotated, head: Token, actor: Actor | None) -> Sourcing:
    """Named, unnamed or collective, by the words; a pronoun is what the words are that it takes up."""
    if head.pos == "PRON" and head.lower not in _SOME and head.lower not in _ONE:
        return _sourcing_of_pronoun(annotated, head, actor)
    if actor is not None and _is_name_of(head, actor):
        return Sourcing.NAMED
    by_words = _sourcing_by_words(head)
    if by_words is not None:
        return by_words
    if actor is not None:
        return _sourcing_of_actor(actor)
    return Sourcing.COLLECTIVE if head.tag in _PLURAL else Sourcing.UNNAMED


def _is_name_of(head: Token, actor: Actor) -> bool:
    """Whether a word is the name of one person, body or state ("the MoD"), not of a party's many ("Democrats")."""
    if actor.kind not in (ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.STATE) or head.lower.endswith("s"):
        return False
    return any(m.head == head.i and m.form in (MentionForm.NAME, MentionForm.ACRONYM) for m in actor.mentions)


def _sourcing_of_pronoun(annotated: Annotated, head: Token, actor: Actor | None) -> Sourcing:
    if actor is None:
        return Sourcing.COLLECTIVE if head.lower == "they" else Sourcing.NAMED
    if actor.kind is ActorKind.PERSON and any(m.form is MentionForm.NAME for m in actor.mentions):
        return Sourcing.NAMED
    for mention in actor.mentions:
        token = annotated.tokens[mention.head] if 0 <= mention.head < len(annotated.tokens) else None
        if token is not None and token.pos != "PRON":
            return _sourcing_by_words(token) or _sourcing_of_actor(actor)
    return _sourcing_of_actor(actor)


def _sourcing_of_actor(actor: Actor) -> Sourcing:
    if actor.kind is ActorKind.UNNAMED:
        return Sourcing.UNNAMED
    if actor.kind is ActorKind.POPULATION:
        return Sourcing.COLLECTIVE
    return Sourcing.NAMED


def _has_name(head: Token) -> bool:
    """Whether a name stands in a noun phrase ("a Reuters team") or beside it."""
    return any(c.pos == "PROPN" and c.ent not in ("GPE", "NORP", "LOC") for c in head.children)


def _sourcing_by_words(head: Token) -> Sourcing | None:
    """What a noun phrase alone tells; ``None`` for one like "the minister", whose bearer was named before."""
    if head.lower in _ONE:
        return Sourcing.UNNAMED
    if head.lower in _SOME:
        return Sourcing.COLLECTIVE
    if head.pos == "PROPN":
        plural = head.tag == "NNPS" and head.ent in ("NORP", "") and sourcing_kind(head.lemma.lower()) != "organisation"
        return Sourcing.COLLECTIVE if plural else Sourcing.NAMED
    if any(c.dep == "appos" and c.pos == "PROPN" for c in head.children):
        return Sourcing.NAMED
    kind = sourcing_kind(head.lemma.lower())
    determiner = head.child("det")
    article = determiner.lower if determiner is not None else ""
    if kind == "organisation" and article in ("a", "an", "another") and not _has_name(head):
        return Sourcing.UNNAMED
    if kind == "organisation":
        return Sourcing.NAMED if head.tag != "NNS" or head.lower == "police" else Sourcing.COLLECTIVE
    if head.tag in _PLURAL or (kind == "class" and head.lemma == "people"):
        return Sourcing.UNNAMED if kind == "person" else Sourcing.COLLECTIVE
    if article in ("a", "an", "another", "one", "no") or (not article and head.child("nummod") is not None):
        return Sourcing.UNNAMED
    if kind == "document":
        return Sourcing.NAMED
    return None
