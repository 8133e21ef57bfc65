"""Reads cue nouns ("his claim that …") and "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extract.patterns.found import Found
from dateline.extract.patterns.phrases import noun_phrase, spans, subtree, without
from dateline.extract.patterns.verbs import subject_of
from dateline.lexicons.cues import CueWord, rest_of, word_set
from dateline.model import Annotated, Token

#: Verbs whose subject makes the statement that their object names ("made a promise to", "issued a warning that").
_VIEWS = word_set("view opinion word judgment judgement assessment eye mind account telling estimate reckoning")
_NAMED = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_SUPPORT = word_set("make issue give voice express repeat release offer send utter deliver post raise renew have")


def read_noun(annotated: Annotated, noun: Token, uses: Sequence[CueWord]) -> Found | None:
    """The statement that a noun with a clause of its own tells of: "his claim that …", "reports that …"."""
    clause = _clause_of(noun, uses)
    if clause is None:
        return _in_the_view(annotated, noun)
    first, last = subtree(clause)
    content = spans(annotated, [(first, last)])
    if not content:
        return None
    source = _owner(noun)
    words = noun_phrase(annotated, source, [(noun.i, last)]) if source is not None else ()
    return Found(noun, [noun.span], words, source, list(content), False, uses[0].act, "noun")


def _in_the_view(annotated: Annotated, noun: Token) -> Found | None:
    """ "In Lund's view, the plan is dead": the clause that the phrase stands beside."""
    owner, preposition = noun.child("poss"), noun.head
    if owner is None or noun.lemma not in _VIEWS or preposition.lower not in ("in", "to", "by"):
        return None
    clause = _governing(annotated, preposition)
    if clause is None:
        return None
    content = spans(annotated, without([subtree(clause)], [subtree(preposition)]))
    if not content:
        return None
    return Found(noun, [noun.span], noun_phrase(annotated, owner), owner, list(content), False, "believe", "according")


def _clause_of(noun: Token, uses: Sequence[CueWord]) -> Token | None:
    for c in noun.children:
        if c.i < noun.i or c.dep not in ("acl", "ccomp", "relcl"):
            continue
        mark = c.child("mark")
        if mark is not None and mark.lower == "that" and any("that" in u.takes for u in uses):
            return c
        # "a promise to", but not "the statement to"
        to = c.child("aux")
        if c.dep == "acl" and to is not None and to.lower == "to" and any("inf" in u.takes for u in uses):
            return c
        if c.dep == "relcl" and c.children and c.children[0].lower == "that" and c.children[0].dep == "mark":
            return c
    verb = noun.head
    if noun.dep in ("nsubj", "attr") and verb.lemma == "be":  # "his message was that …"
        clause = verb.child("ccomp")
        if clause is not None and clause.i > verb.i and clause.child("mark") is not None:
            return clause
    return None


def _owner(noun: Token) -> Token | None:
    owner = noun.child("poss")
    if owner is not None:
        return owner
    for c in noun.children:
        if c.dep in ("prep", "agent") and c.lower in ("by", "from", "of", "among", "in"):
            pobj = c.child("pobj")
            if pobj is not None and (c.lower in ("by", "from", "among") or pobj.ent in _NAMED):
                return pobj
    if noun.dep == "dobj" and noun.head.lemma in _SUPPORT:
        return subject_of(noun.head)
    return None


def read_preposition(annotated: Annotated, word: Token, uses: Sequence[CueWord]) -> Found | None:
    """The statement that "according to X" makes of its clause."""
    use = uses[0]
    rest = rest_of(annotated.tokens, word.i, use) or ()
    last = annotated.tokens[rest[-1]] if rest else word
    source = last.child("pobj", "pcomp")
    if source is None:
        return None
    if source.lower in ("which", "whom") or (use.lemma == "per" and source.ent not in ("PERSON", "ORG", "GPE")):
        return None
    phrase = subtree(word)
    clause = _governing(annotated, word)
    if clause is None:
        return None
    first, end = subtree(clause)
    content = spans(annotated, without([(first, end)], [phrase]))
    if not content:
        return None
    cue = annotated.span_of(word.i, last.i + 1)
    words = noun_phrase(annotated, source)
    return Found(word, [cue], words, source, list(content), False, "report", "according")


def _governing(annotated: Annotated, word: Token) -> Token | None:
    """The clause that a phrase at its edge speaks for: up to the nearest finite verb."""
    token = word
    for head in word.ancestors():
        token = head
        if head.pos in ("VERB", "AUX") and head.tag not in ("VBG", "VB", "VBN"):
            return head
        if head.pos in ("VERB", "AUX") and (head.child("nsubj", "nsubjpass") is not None or head.dep == "ROOT"):
            return head
    return token if token is not word else None
