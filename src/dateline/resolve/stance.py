"""What a statement makes of its content: asserts, denies, doubts, demands, predicts or asks, and whether it hedges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.lexicons.cues import CueWord, cues_at, word_set
from dateline.lexicons.speech import sourcing_kind, stance_kind
from dateline.model import Annotated, Span, Stance, Token

_SAID = frozenset(("say", "write", "report", "announce", "explain", "claim", "describe", "show", "believe", "confirm"))
_COPULAS = frozenset(("be", "remain", "seem", "look", "appear", "call", "term"))
_GROUNDS = frozenset(("evidence", "truth", "proof", "basis", "foundation", "substance"))
_WONDERS = frozenset(("whether", "if", "why", "how", "what", "who", "when", "where", "which"))
_PAST = frozenset(("did", "had", "has", "have", "'ve", "’ve", "was", "were"))
_NOT_OWN = word_set("you who what that this nothing nobody none")
#: What one has no part in, and what one is not where one denies a deed.
_PARTS = word_set("role part hand knowledge involvement link tie connection responsibility")
_BEHIND = word_set("responsible involved behind guilty innocent complicit involve")
#: Verbs whose negation denies no deed ("we did not know").
_NO_DEEDS = word_set("know think believe want wish expect see hear say tell decide need have be get do like understand")
_PREPOSITIONS = frozenset(("of", "for", "about", "against", "on", "over", "with"))


def use_of(annotated: Annotated, cue: Token | None, content: tuple[Span, ...]) -> CueWord | None:
    """Which use of a cue the content fits ("called for an inquiry" demands, "called him a thief" describes)."""
    if cue is None:
        return None
    uses = cues_at(annotated.tokens, cue.i)
    if len(uses) < 2 or not content:
        return uses[0] if uses else None
    first = annotated.tokens_in(content[0])[:1]
    if not first:
        return uses[0]
    for take in _takes_of(annotated, first[0], cue, content[0]):
        for use in uses:
            if take in use.takes:
                return use
    return uses[0]


def _takes_of(annotated: Annotated, first: Token, cue: Token, span: Span) -> tuple[str, ...]:
    """The kinds of complement that a content looks like, likeliest first."""
    head = annotated.head_of(span)
    if first.quoted or first.tag in ("``", '"'):
        return ("quote", "that", "pred")
    if head is None:
        return ("that",)
    if cue.child("oprd") is not None:
        return ("pred",)
    to = head.child("aux")
    if to is not None and to.lower == "to":
        return ("inf",)
    xcomp = cue.child("xcomp")
    if xcomp is not None and span.start <= xcomp.start < span.end and head.dep in ("dobj", "dative"):
        return ("inf", "pred")
    if head.dep in ("prep", "pobj", "pcomp") and (first.lower in _PREPOSITIONS or first.head.lower in _PREPOSITIONS):
        word = first.lower if first.lower in _PREPOSITIONS else first.head.lower
        return (word, "inf") if word == "on" else (word,)
    if first.lower in _WONDERS:
        return ("wh", "that")
    if head.tag == "VBG":
        return ("ing",)
    if head.pos in ("VERB", "AUX"):
        return ("that", "quote", "inf")
    if any(t.lower == "as" and t.head is cue for t in annotated.tokens_in(span)):
        return ("as", "np")
    return ("np", "pred")


def first_seen(annotated: Annotated) -> dict[str, int]:
    """Where each noun and verb, by its lemma, stands first in a report."""
    seen: dict[str, int] = {}
    for token in annotated.tokens:
        if token.pos in ("NOUN", "VERB"):
            seen.setdefault(token.lemma.lower(), token.i)
    return seen


def stance_of(
    annotated: Annotated,
    cue: Token | None,
    use: CueWord | None,
    content: tuple[Span, ...],
    source: Token | None,
    seen: Mapping[str, int] | None = None,
) -> Stance:
    """The stance of a statement: the cue's, unless it is negated or the content's own words decide.

    ``seen`` tells where words stand first (``first_seen``): to negate what the report told before is to deny it.
    """
    stance = use.stance if use is not None else Stance.ASSERTS
    heads = clause_heads(annotated, content)
    if cue is not None and is_negated(cue):
        return _negated(cue, use, stance)
    if stance is not Stance.ASSERTS or not heads:
        return stance
    if use is not None and use.act not in _SAID:
        return _by_verdict(heads[:1], cue) or stance
    if all(_is_question(annotated, content)):
        return Stance.ASKS
    heads_of_verdict = heads if len(heads) <= 2 else heads[:1]
    denied = any(_denies_what_was_told(h, source, seen or {}) for h in heads[:1])
    verdict_given = _by_verdict(heads_of_verdict, cue)
    return verdict_given or (Stance.DENIES if denied else None) or _by_mood(heads, source) or stance


def _denies_what_was_told(head: Token, source: Token | None, seen: Mapping[str, int]) -> bool:
    """Whether a clause flatly negates a deed told before: "we did not cut the cable", "there was no attack"."""
    if head.pos not in ("VERB", "AUX"):
        return False
    absent = next((c for c in head.children if c.dep in ("attr", "dobj") and c.i > head.i and _is_none(c)), None)
    if absent is not None and head.lemma in ("be", "have", "play"):
        return seen.get(absent.lemma.lower(), head.i) < head.left
    if _has_no_part(head):
        return True
    helpers = {c.lower for c in head.children if c.dep in ("aux", "auxpass")}
    subject = head.child("nsubj", "nsubjpass")
    if subject is not None and _is_none(subject) and helpers & _PAST:
        return seen.get(subject.lemma.lower(), head.i) < head.left
    if not (helpers & _PAST or head.tag == "VBD") or head.lemma in _NO_DEEDS or not is_negated(head):
        return False
    if subject is None or not _is_own(subject, source):
        return False
    return seen.get(head.lemma.lower(), head.i) < head.left


def is_flat_no(annotated: Annotated, content: tuple[Span, ...]) -> bool:
    """Whether a content's first clause is negated in the past: "there was no agreement", "we did not offer jobs"."""
    for head in clause_heads(annotated, content)[:1]:
        past = head.tag == "VBD" or any(c.lower in _PAST for c in head.children if c.dep in ("aux", "auxpass"))
        none = any(c.dep in ("attr", "dobj", "nsubj", "nsubjpass") and _is_none(c) for c in head.children)
        return past and head.lemma not in _NO_DEEDS - {"have"} and (none or is_negated(head))
    return False


def _has_no_part(head: Token) -> bool:
    """Whether a clause says that its subject has nothing to do with it, or is not behind it."""
    for c in head.children:
        if c.i < head.i:
            continue
        if head.lemma == "have" and c.dep == "dobj" and (c.lower == "nothing" or (_is_none(c) and c.lemma in _PARTS)):
            return c.lower != "nothing" or any(g.lemma == "do" for g in (*c.children, *head.children))
        if head.lemma == "be" and c.lemma in _BEHIND and (is_negated(head) or c.lemma == "innocent"):
            return True
    return False


def _is_none(noun: Token) -> bool:
    return any(c.dep == "det" and c.lower == "no" for c in noun.children)


def _is_own(subject: Token, source: Token | None) -> bool:
    """Whether a clause's subject may be who speaks: a pronoun, "our ships", or the same word."""
    if subject.lower == "none" and subject.child("prep") is not None:
        return True  # "none of our men"
    if subject.pos == "PRON":
        return subject.lower not in _NOT_OWN
    owner = subject.child("poss")
    return (owner is not None and owner.pos == "PRON") or (source is not None and subject.lower == source.lower)


def _negated(cue: Token, use: CueWord | None, stance: Stance) -> Stance:
    """ "did not deny" asserts, "did not confirm" doubts, "does not believe" denies."""
    if stance is Stance.DENIES:
        return Stance.ASSERTS
    if use is not None and use.act == "believe":
        return Stance.DENIES
    if use is not None and use.act in ("confirm", "say", "announce", "admit", "report", "promise", "predict"):
        return Stance.DOUBTS
    return stance


def is_negated(token: Token) -> bool:
    """Whether a verb or adjective carries "not", "never", or a subject with "no"."""
    for c in token.children:
        if c.dep == "neg" or c.lower in ("never", "n't", "hardly", "nor"):
            return True
        if c.dep in ("nsubj", "nsubjpass") and (
            c.lower in ("no-one", "nobody", "none", "nothing")
            or any(g.dep == "det" and g.lower in ("no", "neither") for g in c.children)
        ):
            return True
    return False


def clause_heads(annotated: Annotated, content: tuple[Span, ...]) -> list[Token]:
    """The main word of each sentence of a content."""
    heads: list[Token] = []
    for span in content:
        inside = annotated.tokens_in(span)
        if not inside:
            continue
        low, high = inside[0].i, inside[-1].i
        for token in inside:
            outside = token.head is token or not low <= token.head.i <= high
            if outside and token.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
                heads.append(token)
    return heads


def verdict(head: Token) -> str | None:
    """denies or doubts where a clause calls its subject so: "the reports are baseless", "there is no evidence"."""
    negated = is_negated(head)
    if head.tag == "VBN" and not negated and head.child("auxpass") and stance_kind(head.lower) == "denies":
        return "denies"  # "these stories are invented"
    for c in head.children:
        if c.dep in ("acomp", "attr", "oprd", "dobj") and c.i > head.i:
            kind = stance_kind(c.lemma.lower())
            if kind in ("denies", "doubts") and head.lemma in _COPULAS:
                return None if negated else kind
            if negated and c.lemma in ("true", "correct", "accurate", "so", "case"):
                return "denies"
            none = negated or any(g.lower in ("no", "little") for g in c.children if g.dep in ("det", "amod"))
            if none and c.lemma in _GROUNDS:
                return "denies"
    return None


def _by_verdict(heads: Sequence[Token], cue: Token | None) -> Stance | None:
    for head in heads:
        kind = verdict(head)
        if kind is not None:
            return Stance(kind)
    if cue is not None:  # "termed all speculation as inaccurate", "called the report a lie"
        complement = cue.child("oprd")
        obj = cue.child("dobj")
        near = [*cue.children, *(obj.children if obj is not None else ())]
        as_word = next((c for c in near if c.lower == "as" and c.i > cue.i), None)
        words = [complement] if complement is not None else list(as_word.children) if as_word is not None else []
        for word in words:
            if stance_kind(word.lemma.lower()) in ("denies", "doubts"):
                return Stance(stance_kind(word.lemma.lower()) or "denies")
    return None


def _by_mood(heads: Sequence[Token], source: Token | None) -> Stance | None:
    head = heads[0]
    modals = {c.lower for c in head.children if c.dep == "aux"}
    if modals & {"must", "should", "ought"} or (head.lemma in ("need", "have") and _takes_infinitive(head)):
        return Stance.DEMANDS
    complements = [c for c in head.children if c.dep in ("acomp", "oprd", "advmod")]
    if any(stance_kind(c.lemma.lower()) == "predicts" for c in complements):
        return Stance.PREDICTS
    expert = source is not None and sourcing_kind(source.lemma.lower()) == "expert"
    if expert and modals & {"will", "would", "'ll", "could", "may", "might", "wo"}:
        return Stance.PREDICTS
    if any(stance_kind(c.lemma.lower()) == "doubts" for c in complements):
        return Stance.DOUBTS
    return None


def _takes_infinitive(head: Token) -> bool:
    clause = head.child("xcomp")
    to = clause.child("aux") if clause is not None else None
    return to is not None and to.lower == "to" and head.child("dobj") is None


def _is_question(annotated: Annotated, content: tuple[Span, ...]) -> list[bool]:
    asked = []
    for span in content:
        last = annotated.text[span.end - 1 : span.end + 1]
        asked.append("?" in last and any(t.quoted for t in annotated.tokens_in(span)[:1]))
    return asked


def is_hedged(annotated: Annotated, cue: Token | None, use: CueWord | None, content: tuple[Span, ...]) -> bool:
    """Whether the cue or the content's first clause keeps a distance: "reportedly", "may have", "suggested"."""
    if use is not None and use.hedged:
        return True
    if cue is not None:
        if stance_kind(cue.lemma.lower()) == "hedge":
            return True
        if any(c.dep == "advmod" and stance_kind(c.lower) == "hedge" for c in cue.children):
            return True
    return any(_hedges(head) for head in clause_heads(annotated, content)[:1])


def _hedges(head: Token) -> bool:
    if stance_kind(head.lemma.lower()) == "hedge" and head.pos == "VERB":
        return True
    for c in head.children:
        if c.dep == "aux" and c.lower in ("may", "might", "could"):
            return True
        if c.dep == "advmod" and stance_kind(c.lower) == "hedge":
            return True
    return False
