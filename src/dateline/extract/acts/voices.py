"""Whose voice each word of a report stands in, and the acts that a statement's own mood makes.

"We will send aid," France said: that France says so is an act (AGREE) beside the aid that it speaks of. The rules are
those of a reading (``reading.md``, "What an actor itself says it will do …").
"""

from __future__ import annotations

from dateline.extract.acts.compose import hostile, outer_code
from dateline.extract.acts.reality import Realities
from dateline.extract.acts.senses import Sense
from dateline.lexicons.eventbook import type_of
from dateline.model import ActorKind, Annotated, Attribution, Cast, Reality, Token

_FIRST = {"i", "we", "us", "me"}
_PRONOUNS = {"it", "they", "he", "she", "we", "i"}
_VOICES = {ActorKind.STATE, ActorKind.OFFICE, ActorKind.PERSON, ActorKind.ORGANISATION}
#: Types of acts that are done by saying so: "We condemn the attack."
_REAL = (Reality.HAPPENED, Reality.ONGOING)
_SAYING = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"}


class Voices:
    """The speaker of each word that stands inside a statement."""

    def __init__(self, annotated: Annotated, attributions: tuple[Attribution, ...], cast: Cast) -> None:
        self.annotated, self.cast = annotated, cast
        self._voice: dict[int, Attribution] = {}
        self._kinds = {a.id: (a.kind, a.country) for a in cast.actors}
        self._speakers: dict[int, list[Token]] = {}
        budget = 8 * len(annotated.tokens) + 100  # many statements one inside the other would cost their product
        sized = sorted(attributions, key=lambda a: (-sum(s.end - s.start for s in a.content), a.content[:1]))
        for attribution in sized:  # the innermost is written last
            for span in attribution.content:
                tokens = annotated.tokens_in(span)
                budget -= len(tokens)
                if budget < 0:
                    return
                for token in tokens:
                    self._voice[token.i] = attribution

    def speaker(self, token: Token) -> list[Token]:
        """The head words of the source in whose statement this word stands; empty in the reporter's voice."""
        attribution = self._voice.get(token.i)
        if attribution is None:
            return []
        key = id(attribution)
        if key not in self._speakers:
            heads = [self.annotated.head_of(span) for span in attribution.source]
            self._speakers[key] = [h for h in heads if h is not None]
        return self._speakers[key]

    def cue(self, token: Token) -> int | None:
        """The token index of the cue under which this word stands."""
        attribution = self._voice.get(token.i)
        return attribution.head if attribution is not None else None

    def inside(self, token: Token) -> bool:
        """Whether a word stands inside a statement."""
        return token.i in self._voice

    def same(self, subjects: list[Token], speakers: list[Token]) -> bool:
        """Whether the subject is the speaker: the same actor, its state, or "we"."""
        if not subjects or not speakers:
            return False
        if any(s.lower in _FIRST for s in subjects):
            return True
        mine = {i for s in speakers for i in self.cast.of(s.i)}
        theirs = {i for s in subjects for i in self.cast.of(s.i)}
        if not theirs:
            return subjects[0].lower in _PRONOUNS
        if mine & theirs:
            return True
        return any(self._speaks_for(a, b) for a in sorted(mine) for b in sorted(theirs))

    def _speaks_for(self, speaker: str, subject: str) -> bool:
        kind, country = self._kinds.get(speaker, (None, None))
        subject_kind, subject_country = self._kinds.get(subject, (None, None))
        return (
            country is not None and country == subject_country and subject_kind is ActorKind.STATE and kind in _VOICES
        )


def performed(sense: Sense, voices: Voices, realities: Realities) -> Sense | None:
    """The act that a speaker does by speaking of this act: AGREE, THREATEN, REJECT, REQUEST; ``None`` for none."""
    speakers = voices.speaker(sense.head)
    verb = _verb(sense.head)
    if verb is None:
        return None
    mood = realities.mood(verb)
    if not speakers:
        return _told_refusal(sense, verb, voices, realities)
    mine = voices.same(sense.sources, speakers)
    reality = realities.of(sense.head, sense.code)
    if mine and mood.modal in ("will", "would") and not mood.perfect:
        if reality is Reality.PLANNED:
            return _made(sense, outer_code("promise", sense.code, "030"), sense.sources, sense.targets)
        if reality is Reality.POSSIBLE:
            return _conditional(sense, verb)
        if reality is Reality.NEGATED and mood.negated and not hostile(sense.code):
            return _made(sense, outer_code("refuse", sense.code, "120"), sense.sources, sense.targets)
        return None
    ordered = verb.tag == "VB" and not (mood.finite or mood.to or mood.modal or mood.negated)
    ordered = ordered and not any(c.dep in ("nsubj", "nsubjpass", "mark") for c in verb.children)
    if mine or not (mood.modal == "must" or ordered) or not sense.sources or mood.perfect:
        return None
    if reality not in (Reality.DEMANDED, Reality.NEGATED):
        return None
    return _made(sense, outer_code("demand", sense.code, "100"), speakers, sense.sources)


def _conditional(sense: Sense, verb: Token) -> Sense:
    """What a speaker will do on a condition: an offer, but a threat where it is hostile or stands before "unless"."""
    marks = {m.lower for c in verb.all("advcl") for m in c.children if m.dep == "mark"}
    name = "threaten" if hostile(sense.code) or "unless" in marks else "promise"
    return _made(sense, outer_code(name, sense.code, "030"), sense.sources, sense.targets)


def _told_refusal(sense: Sense, verb: Token, voices: Voices, realities: Realities) -> Sense | None:
    """ "X will not meet Y" in the reporter's own voice: somebody must have heard X refuse, so it is kept as unsure."""
    mood = realities.mood(verb)
    if mood.modal != "will" or not mood.negated or mood.perfect or hostile(sense.code) or sense.type == "REJECT":
        return None
    if voices.inside(sense.head) or realities.of(sense.head, sense.code) is not Reality.NEGATED:
        return None
    made = _made(sense, outer_code("refuse", sense.code, "120"), sense.sources, sense.targets)
    made.unsure = True
    return made


def demanded(verb: Token, doers: list[Token], voices: Voices, realities: Realities) -> Sense | None:
    """The REQUEST that a speaker makes by saying that another must do something that is no act of the lexicon."""
    speakers = voices.speaker(verb)
    mood = realities.mood(verb)
    if not speakers or not doers or mood.modal != "must" or mood.perfect or voices.same(doers, speakers):
        return None
    if not any(voices.cast.of(t.i) for t in doers) or not any(voices.cast.of(t.i) for t in speakers):
        return None
    words = [verb, *(c for c in verb.children if c.dep in ("aux", "neg"))]
    return Sense(verb, "100", "REQUEST", words, speakers, doers, operator="mood")


def _verb(head: Token) -> Token | None:
    """The finite verb that carries the mood of an act: the word itself, or the light verb above a noun."""
    token = head
    for _ in range(4):
        if token.pos in ("VERB", "AUX"):
            return token
        if token.head is token or token.dep not in ("dobj", "conj", "acomp", "attr", "nsubjpass", "compound"):
            return None
        token = token.head
    return None


def _made(sense: Sense, code: str, sources: list[Token], targets: list[Token]) -> Sense:
    return Sense(sense.head, code, type_of(code), sense.words, sources, targets, operator="mood")


def says(sense: Sense, voices: Voices, realities: Realities) -> bool:
    """Whether the words of a statement do the act by being said: "We condemn the attack," in the speaker's present."""
    verb = sense.head.head if sense.head.pos == "ADJ" else sense.head
    if sense.type not in _SAYING or verb.pos not in ("VERB", "AUX") or not voices.inside(sense.head):
        return False
    mood = realities.mood(verb)
    if mood.past or mood.modal or mood.negated or mood.perfect or not mood.finite:
        return False
    if realities.of(sense.head, sense.code) not in _REAL:  # "it doesn't mean that we accept it"
        return False
    return voices.same(sense.sources, voices.speaker(sense.head))
