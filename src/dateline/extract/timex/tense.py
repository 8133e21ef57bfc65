"""Asks the parse whether the words around a time expression look ahead or back."""

from __future__ import annotations

from functools import cache

from dateline.lexicons import rows
from dateline.model import Annotated, Span, Token

#: PRESENT is a present tense, which puts a day ahead ("the talks start on Friday") but seldom a month
AHEAD, PRESENT, UNKNOWN, BACK = 2, 1, 0, -1


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split()) for _, (kind, words) in rows("times_ahead.tsv", 2)}


def _aux(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep in ("aux", "auxpass")]


def _is_set_for(verb: Token) -> bool:
    """Not "a price set on May 5": the verb "set" looks ahead only before "for", "to"."""
    return verb.lemma != "set" or any(c.dep == "xcomp" or c.lower == "for" for c in verb.children)


def _of_verb(verb: Token) -> int:
    """Where a verb's own form and helpers put it."""
    helpers = _aux(verb)
    words = {h.lower for h in helpers}
    if words & _cues()["modal"]:
        return BACK if "have" in words and not words & {"will", "'ll", "’ll"} else AHEAD
    if "had" in words:
        return BACK
    if any(h.tag == "VBD" for h in helpers):
        return AHEAD if verb.lemma in _cues()["ahead"] and verb.tag == "VBN" and _is_set_for(verb) else BACK
    if any(h.lower in ("has", "have", "had", "'ve", "’ve") for h in helpers):
        return BACK
    if verb.tag == "VBD":
        return BACK
    if any(h.tag == "TO" for h in helpers):
        # "asked them to return on Tuesday" and "a plan to return" look ahead, "sought to return" does not
        above = verb.head
        if any(h.lower == "had" for h in _aux(above)):  # "had threatened to strike in December": it may be over
            return UNKNOWN
        aims = above.lemma == "be" or above.lemma in _cues()["ahead"] or above.lemma in _cues()["aim"]
        return AHEAD if aims or above.pos in ("NOUN", "PROPN") else UNKNOWN
    if verb.tag == "VBN" and not helpers and any(c.dep in ("ccomp", "dobj") for c in verb.children):
        return BACK  # "proposed on Wednesday that …", read as a participle
    if verb.lemma in _cues()["ahead"] and verb.tag in ("VBN", "VBZ", "VBP") and _is_set_for(verb):
        return AHEAD
    if verb.tag == "VBG" and any(h.tag in ("VBZ", "VBP") for h in helpers):
        return PRESENT
    if verb.tag == "VBZ":
        return PRESENT
    if verb.tag == "VBN":
        return BACK
    return UNKNOWN


_MODIFIERS = frozenset(("poss", "compound", "nmod", "amod"))


def _preposition(head: Token) -> str:
    return head.head.lower if head.dep == "pobj" and head.head.tag == "IN" else ""


#: verbs of speech, after which a day stands before the words said ("said on Monday it would rain")
_SPEECH = frozenset(("say", "tell", "announce", "report", "state", "claim", "add", "warn", "declare"))


def _spoken(annotated: Annotated, span: Span) -> Token | None:
    """The verb of speech in the past right before the words, wherever the parse hung them."""
    words = annotated.tokens_in(span)
    at = words[0].i - 1 if words else -1
    if at > 0 and annotated.tokens[at].lower == "on":
        at -= 1
    verb = annotated.tokens[at] if at >= 0 else None
    return verb if verb is not None and verb.lemma in _SPEECH and verb.tag == "VBD" else None


def direction(annotated: Annotated, span: Span) -> int:
    """AHEAD, PRESENT, BACK or UNKNOWN for a span, from the nearest verb above it and the words on the way."""
    head = annotated.head_of(span)
    if head is None:
        return UNKNOWN
    cues = _cues()
    preposition = _preposition(head)
    if preposition in cues["since"] and preposition == "since":
        return BACK
    spoken = _spoken(annotated, span)
    if spoken is not None:
        return _of_verb(spoken)
    for steps, token in enumerate(head.ancestors()):
        if steps > 12:
            return UNKNOWN
        if token.lemma in cues["ahead"] and token.pos in ("ADJ", "NOUN"):
            return AHEAD
        if token.pos not in ("VERB", "AUX") or token.dep in ("aux", "auxpass"):
            continue
        found = _of_verb(token)
        if found == PRESENT and head.dep in _MODIFIERS:  # "follows Tuesday's vote"
            return UNKNOWN
        if found == BACK and preposition in cues["until"]:
            return UNKNOWN
        if found != UNKNOWN:
            return found
    return UNKNOWN


def dates_main_verb(annotated: Annotated, span: Span) -> bool:
    """Whether the words hang on the sentence's main verb in the simple past, outside brackets and quotations."""
    head = annotated.head_of(span)
    if head is None or head.quoted:
        return False
    for token in head.ancestors():
        if token.pos in ("VERB", "AUX"):
            helpers = {h.lower for h in _aux(token)}
            past = token.tag == "VBD" or (token.tag == "VBN" and bool(helpers & {"was", "were"}))
            return past and token.dep == "ROOT" and "had" not in helpers
        if token.dep not in ("prep", "pobj", "npadvmod", "advmod"):
            return False
    return False
