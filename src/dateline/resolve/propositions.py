"""Cuts statements into propositions: the words and actors of each sentence told, and whether it is held true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.lexicons.cues import word_set
from dateline.lexicons.speech import stance_kind
from dateline.model import Annotated, Cast, Span, Stance, Statement, Token
from dateline.resolve.stance import clause_heads, is_negated, verdict

#: Nouns for something said by others; a denial that names no more than one of these speaks of what went before.
REPORT_NOUNS = word_set(
    "speculation rumour rumor report allegation accusation charge claim suggestion insinuation assertion notion"
    " statement story criticism contention theory idea impression perception issue matter affair talk remark comment"
    " account version complaint finding"
)
_EMPTY = word_set(
    "be have do make take get go come give say tell use put keep let see know think want will would can could may might"
    " shall should must all any some such other many more most own same very much new last next first one two thing"
    " way time day year week month people fact part lot kind case today yesterday tomorrow mere then there true"
)
#: What is denied to somebody and not denied as untrue.
_REFUSED = word_set("access entry visa permission request bail right aid help parole leave freedom chance justice")
_AGAINST = (Stance.DENIES, Stance.DOUBTS)
_POS = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))


@dataclass(frozen=True, slots=True)
class Proposition:
    """One sentence of a statement: its features (actor ids and word stems) and the stance its words take.

    ``target`` is what a verdict speaks of ("any speculation about X" in "… is baseless"), else the whole.
    ``vague`` is true where nothing but a report noun is named ("the allegations").
    """

    statement: Statement
    span: Span
    features: frozenset[str]
    position: Stance
    negated: bool
    vague: bool
    #: True where a report noun heads what is denied ("speculation about interference")
    of_report: bool
    #: False for a mere noun phrase ("praised the plan"), which asserts nothing that can be denied
    is_clause: bool
    #: features of what the sentence speaks of: its subject
    subject: frozenset[str]


def _is_deniable(statement: Statement, head: Token | None) -> bool:
    """Whether what is denied is a proposition.

    "Denied attacking" and "rejected reports" deny one, "rejected the offer" and "refused to go" do not.
    """
    if head is None or statement.cue is None:
        return False
    if head.pos in ("VERB", "AUX"):
        return head.tag != "VB" or not any(c.lower == "to" for c in head.children)
    if head.lemma.lower() in REPORT_NOUNS:
        return True
    return statement.cue.act == "deny" and head.lemma.lower() not in _REFUSED


class Propositions:
    """The propositions of one report's statements."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.cast = cast
        self.named: dict[int, str] = {}
        for actor in cast.actors:
            for mention in actor.mentions:
                for token in annotated.tokens_in(mention.span):
                    if token.pos == "PROPN":
                        self.named.setdefault(token.i, actor.id)

    def of(self, statement: Statement) -> Iterator[Proposition]:
        """The propositions of one statement in text order."""
        heads = clause_heads(self.annotated, statement.content)
        for span in statement.content:
            for number, words in self._sentences(span):
                inside = [h for h in heads if h.sentence == number and span.start <= h.start < span.end]
                found = self._one(statement, words, inside[:1])
                if found is not None:
                    yield found

    def _sentences(self, span: Span) -> Iterator[tuple[int, list[Token]]]:
        words: list[Token] = []
        for token in self.annotated.tokens_in(span):
            if words and token.sentence != words[-1].sentence:
                yield words[-1].sentence, words
                words = []
            words.append(token)
        if words:
            yield words[-1].sentence, words

    def _one(self, statement: Statement, words: list[Token], heads: list[Token]) -> Proposition | None:
        head = heads[0] if heads else None
        kind = verdict(head) if head is not None else None
        position = statement.stance
        target: Token | None = None
        if kind is not None and head is not None:
            position = Stance(kind)
            target = head.child("nsubj", "nsubjpass", "csubj")
        elif position in _AGAINST:
            target = head if head is not None and head.pos in ("NOUN", "PROPN") else None
        elif statement.stance is not Stance.ASSERTS and len(statement.content) > 1:
            position = Stance.ASSERTS
        if kind is None and position in _AGAINST and not _is_deniable(statement, head):
            return None
        told = words
        if target is not None and kind is not None:
            told = [w for w in words if target.left <= w.i <= target.right] or words
        features = self._features(told)
        of_report = target is not None and target.lemma.lower() in REPORT_NOUNS
        bare = frozenset(f for f in features if f not in REPORT_NOUNS)
        if not features and not of_report:
            return None
        span = Span(words[0].start, words[-1].end)
        negated = head is not None and kind is None and is_negated(head)
        acts = statement.cue is not None and statement.cue.act in ("accuse", "deny", "reject", "predict")
        clause = acts or (head is not None and (head.pos in ("VERB", "AUX") or head.tag == "VBG"))
        vague = of_report and not bare
        subject = self._subject(head)
        return Proposition(statement, span, bare, position, negated, vague, of_report, clause, subject)

    def _subject(self, head: Token | None) -> frozenset[str]:
        if head is None:
            return frozenset()
        subject = head.child("nsubj", "nsubjpass") if head.pos in ("VERB", "AUX") else head
        if subject is None:
            return frozenset()
        return frozenset({subject.lemma.lower()[:6], *(f"@{i}" for i in self.cast.of(subject.i))})

    def _features(self, words: list[Token]) -> frozenset[str]:
        found: set[str] = set()
        for token in words:
            actor = self.named.get(token.i)
            ids = (actor,) if actor is not None else self.cast.by_head.get(token.i, ())
            if ids:
                found.update(f"@{i}" for i in ids)
            if actor is None and token.pos in _POS:
                lemma = token.lemma.lower()
                if lemma not in _EMPTY and lemma[:1].isalnum() and stance_kind(lemma) is None:
                    found.add(lemma if lemma in REPORT_NOUNS else lemma[:6])
        return frozenset(found)
