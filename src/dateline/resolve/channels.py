"""To whom and where something was put on record: the addressee and the medium beside a cue."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.lexicons.cues import word_set
from dateline.lexicons.speech import medium_kind
from dateline.model import Annotated, Cast, Medium, Span, Token

_TELLS = word_set(
    "tell warn ask urge assure inform remind advise brief order call appeal reassure notify promise implore beg command"
    " instruct caution counsel exhort press request invite say complain plead direct encourage pressure threaten"
)
_TO = frozenset(("to", "on", "upon", "with"))
_AT = frozenset(("in", "on", "at", "to", "via", "through", "by", "for", "during", "with", "from", "over", "into"))
_CITES = frozenset(("quote", "cite"))


def addressee_head(cue: Token) -> Token | None:
    """The main word of whom a cue speaks to ("told reporters", "called on Israel to", "was told")."""
    if cue.lemma not in _TELLS:
        return None
    passive = cue.child("nsubjpass")
    if passive is not None:
        return passive
    if cue.lemma not in ("say", "complain"):
        for c in cue.children:
            if c.dep in ("dobj", "dative") and c.pos in ("NOUN", "PROPN", "PRON") and c.tag not in ("WP", "WDT"):
                return c
        # "urged Israel to stop", parsed as a clause with a subject
        clause = cue.child("ccomp", "xcomp")
        if clause is not None and clause.i > cue.i and cue.lemma not in ("tell", "promise", "threaten"):
            to, subject = clause.child("aux"), clause.child("nsubj")
            if to is not None and to.lower == "to" and subject is not None:
                return subject
    allowed = ("on", "upon") if cue.lemma == "call" else ("to",) if cue.lemma in ("say", "complain", "appeal") else _TO
    for c in cue.children:
        if c.dep in ("prep", "dative") and c.lower in allowed and c.i - cue.i <= 2:
            pobj = c.child("pobj")
            if pobj is not None:
                return pobj
    return None


def addressee(annotated: Annotated, cue: Token | None, source: Token | None, cast: Cast) -> str | None:
    """The id of the actor whom the cue speaks to, where one is known and it is no medium."""
    head = addressee_head(cue) if cue is not None else None
    if head is None or _medium_of(annotated, head) is not None:
        return None
    ids = cast.of(head.i)
    own = cast.of(source.i) if source is not None else ()
    return ids[0] if ids and ids != own else None


def medium(annotated: Annotated, cue: Token | None, content: tuple[Span, ...]) -> Medium | None:
    """Where it was put on record: "wrote in Dawn", "told Reuters", "on Twitter", "in a statement"."""
    if cue is None:
        return None
    found = _passing_on(annotated, cue)
    if found is not None:
        return found
    for noun in _beside(cue):
        if any(s.start <= noun.start < s.end for s in content):
            continue
        here = _medium_of(annotated, noun)
        if here is not None and (found is None or noun.pos == "PROPN"):
            found = here
    return found


def _passing_on(annotated: Annotated, cue: Token) -> Medium | None:
    """Who quotes: "the agency quoted a guard as saying" that the men have left."""
    quoting = cue
    if cue.dep == "pcomp" and cue.head.lower == "as":
        quoting = cue.head.head
    if quoting.lemma not in _CITES or quoting.child("dobj") is None:
        return None
    subject = quoting.child("nsubj")
    if subject is None or subject.pos == "PRON":
        return None
    span = annotated.span_of(subject.left, subject.i + 1)
    return Medium(annotated.words(span), span)


def _beside(cue: Token) -> Iterator[Token]:
    """Nouns that hang on a cue as its object or after a preposition, and those after a preposition on these."""
    hosts = [cue]
    if cue.dep in ("pcomp", "xcomp", "advcl") and cue.head.pos in ("VERB", "AUX"):
        hosts.append(cue.head)
    for host in hosts:
        for c in host.children:
            if c.dep in ("dobj", "dative") and c.pos != "ADP" and host is cue and host.lemma in ("tell", "inform"):
                yield c
            elif c.dep in ("prep", "dative") and c.lower in _AT:
                yield from _below(c)


def _below(preposition: Token) -> Iterator[Token]:
    pobj = preposition.child("pobj")
    if pobj is None:
        return
    yield pobj
    for c in pobj.children:
        if c.dep == "prep" and c.lower in ("with", "on", "to", "in", "for", "by", "from"):
            inner = c.child("pobj")
            if inner is not None:
                yield inner


def _is_news_agency(words: list[Token]) -> bool:
    """Whether a phrase is "the Interfax news agency", whose main word is no name."""
    return words[-1].lemma == "agency" and any(t.lower == "news" or medium_kind(t.lower) for t in words[:-1])


def _medium_of(annotated: Annotated, noun: Token) -> Medium | None:
    """The medium that a noun phrase names; networks and outlets by their whole name, else by the main word."""
    words = [t for t in annotated.tokens[noun.left : noun.i + 1] if t.dep in ("compound", "nmod") or t is noun]
    name = " ".join(t.lower for t in words)
    host = noun.head
    if noun.pos == "PROPN" or noun.ent:
        kind = medium_kind(name) or medium_kind(noun.lower)
        kind = kind or next((medium_kind(t.lower) for t in words if medium_kind(t.lower)), None)
        if kind is None and noun.ent in ("ORG", "WORK_OF_ART") and host.dep == "prep" and host.head.lemma == "write":
            kind = "outlet"
        if kind is None:
            return None
    elif medium_kind(noun.lemma.lower()) is None and not _is_news_agency(words):
        return None
    first = noun.left
    while first < noun.i and annotated.tokens[first].pos in ("DET", "PUNCT"):
        first += 1
    if noun.pos == "PROPN":
        first = max(first, words[0].i)
    span = annotated.span_of(first, noun.i + 1)
    return Medium(annotated.words(span), span)


def cited(cue: Token | None) -> Token | None:
    """The main word of whom a report quotes: "the agency reported, citing prosecutors"."""
    if cue is None or cue.lemma not in ("say", "report", "write", "announce"):
        return None
    for c in cue.children:
        if c.dep == "advcl" and c.lemma in _CITES and c.tag == "VBG":
            return c.child("dobj")
    return None
