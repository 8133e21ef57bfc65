"""Goes through a report's words and collects the acts that they tell."""

from __future__ import annotations

from dataclasses import replace

from dateline.extract.acts.clauses import Clauses
from dateline.extract.acts.completion import Completion
from dateline.extract.acts.match import Matcher, lemma_of
from dateline.extract.acts.reality import Realities
from dateline.extract.acts.senses import Sense, Senses
from dateline.extract.acts.voices import Voices, demanded, performed, says
from dateline.lexicons.eventbook import event_book
from dateline.model import Act, Annotated, Attribution, Cast, Reality, Span, Token

_SPEAKERS = {"it", "they", "he", "she", "we", "i", "us", "them", "him", "her", "me"}
_MUST = {"must", "should", "ought"}
_FIRST = {"we", "i", "us", "me"}
#: An act's words may stand this many words apart and still be shown as one span.
_WIDEST = 8


def find_acts(annotated: Annotated, attributions: tuple[Attribution, ...], cast: Cast) -> tuple[Act, ...]:
    """All acts of a report in text order.

    A statement's own mood makes acts too (``Act.performed``): they come before the act spoken of.
    """
    book = event_book()
    clauses = Clauses()
    matcher = Matcher(book, clauses, cast)
    realities = Realities(annotated, matcher)
    senses = Senses(matcher, realities)
    voices = Voices(annotated, attributions, cast)
    told: list[Sense] = []
    musts: list[Token] = []
    for token in annotated.tokens:
        if token.pos in ("VERB", "NOUN", "ADJ", "PROPN", "AUX") and lemma_of(token) in book.words:
            sense = senses.of(token)
            if sense is not None and sense.own:
                told.append(sense)
        if token.dep == "aux" and token.lower in _MUST and token.head.pos in ("VERB", "AUX"):
            musts.append(token.head)
    completion = Completion(matcher, senses)
    for sense in reversed(told):  # what stands under an act comes after it as a rule
        completion.complete(sense)
    types: dict[int | None, str] = {s.head.i: s.type for s in told}
    taken = {
        t.i for s in told for t in s.taken if t.pos == "NOUN" and (s.operator == "light" or types.get(t.i) == s.type)
    }
    acts = _demands(musts, {s.head.i for s in told}, annotated, voices, realities, clauses)
    for sense in told:
        if sense.head.i not in taken:
            acts.extend(_acts(sense, annotated, voices, realities, types))
    return tuple(sorted(acts, key=lambda a: a.span.start))


def _demands(
    verbs: list[Token], told: set[int], annotated: Annotated, voices: Voices, realities: Realities, clauses: Clauses
) -> list[Act]:
    """What speakers say that others must do, where the verb itself tells no act."""
    found: list[Act] = []
    for verb in verbs:
        if verb.i not in told:
            sense = demanded(verb, clauses.surface_subjects(verb), voices, realities)
            if sense is not None:
                found.append(_act(sense, annotated, voices, Reality.HAPPENED, True, False))
    return found


def _acts(
    sense: Sense, annotated: Annotated, voices: Voices, realities: Realities, types: dict[int | None, str]
) -> list[Act]:
    reality = realities.of(sense.head, sense.code)
    found: list[Act] = []
    mood = performed(sense, voices, realities)
    if mood is not None and types.get(voices.cue(sense.head)) != mood.type:  # "promised to help" is one promise
        found.append(_act(mood, annotated, voices, Reality.HAPPENED, True, mood.unsure))
    said = says(sense, voices, realities)
    if sense.unsure and not said and not any(voices.cast.of(t.i) for t in sense.targets):
        return found  # a word of many senses tells an act only where it has somebody to act upon
    unsure = sense.unsure or realities.unsure(sense.head)
    act = _act(sense, annotated, voices, Reality.HAPPENED if said else reality, said, unsure)
    found.append(act)
    if sense.mutual and act.sources and act.targets and act.sources != act.targets:  # "A met B": B met A
        found.append(replace(act, sources=act.targets, targets=act.sources))
    return found


def _act(sense: Sense, annotated: Annotated, voices: Voices, reality: Reality, performed: bool, unsure: bool) -> Act:
    sources = _spoken(sense.sources, sense.head, voices)
    targets = _spoken(sense.targets, sense.head, voices)
    return Act(
        type=sense.type, cameo=sense.code, head=sense.head.i, span=_span(sense, annotated), sources=_indexes(sources),
        targets=_indexes(targets), reality=reality, mode=sense.mode, unsure=unsure, performed=performed,
    )  # fmt: skip


def _indexes(tokens: list[Token]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(t.i for t in tokens))


def _spoken(tokens: list[Token], head: Token, voices: Voices) -> list[Token]:
    """Pronouns inside a statement that nobody has resolved stand for its speaker; "we" and "I" always do."""
    found: list[Token] = []
    for token in tokens:
        speakers = voices.speaker(head) if token.lower in _SPEAKERS else []
        # in direct speech "they" are others; in indirect speech they may well be the speaker
        if speakers and (token.lower in _FIRST or not (token.quoted or voices.cast.of(token.i))):
            found.extend(speakers)
        else:
            found.append(token)
    return found


def _span(sense: Sense, annotated: Annotated) -> Span:
    """From the first to the last word that tells the act, without far-off ones."""
    near = [t for t in sense.words if abs(t.i - sense.head.i) <= _WIDEST]
    first = min((t.i for t in near), default=sense.head.i)
    last = max((t.i for t in near), default=sense.head.i)
    return annotated.span_of(min(first, sense.head.i), max(last, sense.head.i) + 1)
