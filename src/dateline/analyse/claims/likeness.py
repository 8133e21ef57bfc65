"""Whether two propositions are one: what parts them for certain, and how much of their words they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.analyse.claims.clause import titles
from dateline.analyse.claims.proposition import Proposition
from dateline.analyse.claims.words import Name
from dateline.lexicons.claims import forms

#: What one side has more than the other costs this share of its weight …
_MORE = 0.35
#: … a larger one where the two are opposed: what is denied may be the rest …
_MORE_OPPOSED = 0.5
#: … and what each has that the other lacks, this: "wheat prices" and "maize prices" differ by little and are two.
_SWAPPED = 2.0
#: What a name that the other leaves out weighs more: one village shelled is not villages shelled.
_PARTICULAR = 2.0
#: Likeness from which two propositions are one; 1 is the same words.
SAME = 0.74
#: Within how many days a claim is told again, by the weight of what is shared: few words fit many an event.
_PATIENCE = ((1.6, 30), (2.3, 180), (3.0, 1000))
#: The same where no name is shared.
NAMELESS = 7
#: What it adds that the same is done by the same, and to the same.
_SAME_DOER, _SAME_DEED = 0.04, 0.08
#: What it adds that the record holds both to tell one event: same type, sides, day and place.
_SAME_EVENT = 0.1
#: Days within which a source may correct its own number.
_REVISED = 14
_NUMBER_WEIGHT = 0.4
#: Event types in which both sides do the same (PLOVER 2021).
_MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))


@dataclass(frozen=True, slots=True)
class Weights:
    """How rare each word is over all propositions: 1 for a word told once, towards 0 for one in all of them."""

    total: int
    counts: dict[str, int]

    def of(self, feature: str) -> float:
        return math.log1p(self.total / self.counts.get(feature, 1)) / math.log1p(self.total)

    def of_name(self, name: Name) -> float:
        """A name weighs as much as its rarest word."""
        return max(self.of(word) for word in name)


def features_of(p: Proposition) -> frozenset[str]:
    """All words of a proposition, names and states among them, by which it can be looked up."""
    return p.stems | {word for name in p.names for word in name}


def weights_of(propositions: Iterable[Proposition]) -> Weights:
    """The weights of all words, each text of a story counted as it comes."""
    total, counts = 0, Counter[str]()
    for p in propositions:
        total += 1
        counts.update(features_of(p))
    return Weights(max(total, 1), dict(counts))


def likeness(a: Proposition, b: Proposition, weights: Weights) -> float:
    """0 to 1: how much of their words two propositions share; 0 where something parts them (``are_apart``).

    A Tversky index (Features of similarity, 1977) whose two differences count unlike: words that only one has
    cost little, words of each that the other lacks cost much.
    """
    if are_apart(a, b):
        return 0.0
    shared, more_a, more_b = _compared(a, b, weights)
    if not _is_enough(a, b, shared, more_a + more_b) or _gap(a, b) > patience(shared):
        return 0.0
    each = _MORE if a.against == b.against else _MORE_OPPOSED
    index = shared / (shared + each * max(more_a, more_b) + _SWAPPED * min(more_a, more_b))
    return min(1.0, index + max(_bonus(a, b), _SAME_EVENT if a.events & b.events else 0.0))


def _bonus(a: Proposition, b: Proposition) -> float:
    """What is told of all the same names and in no other number is the likelier one, if it has the same verb.

    A denial may leave names out.
    """
    if a.head is None or a.head != b.head or not a.agent & b.agent or a.numbers != b.numbers:
        return 0.0
    if _unmatched(a.names, b.names | b.soft) and not b.against:
        return 0.0
    if _unmatched(b.names, a.names | a.soft) and not a.against:
        return 0.0
    if not a.patient or not b.patient:
        return _SAME_DOER
    return _SAME_DEED if a.patient <= b.patient or b.patient <= a.patient else 0.0


def patience(weight: float) -> float:
    """Within how many days propositions that share this much weight may be one."""
    return next((days for limit, days in _PATIENCE if weight < limit), math.inf)


def _compared(a: Proposition, b: Proposition, weights: Weights) -> tuple[float, float, float]:
    """The weight of what two propositions share, and of what each has alone."""
    both = _sum(weights, a.stems & b.stems)
    names_a, names_b = _unmatched(a.names, b.names | b.soft), _unmatched(b.names, a.names | a.soft)
    matched = sum(sorted(weights.of_name(n) for n in a.names - names_a))
    both += matched + _NUMBER_WEIGHT * len(a.numbers & b.numbers)
    return both, _more(a, b, names_a, weights), _more(b, a, names_b, weights)


def _more(a: Proposition, b: Proposition, names: Iterable[Name], weights: Weights) -> float:
    """The weight of what only the first has; a name that it tells of in particular, and the other not, weighs more.

    Whoever denies need not repeat the names.
    """
    each = 1.0 if b.against else _PARTICULAR
    verb = {a.head} if a.deeds & b.deeds else set()  # the same deed in another verb
    return _sum(weights, a.stems - b.stems - verb) + each * sum(sorted(weights.of_name(n) for n in names))


def _sum(weights: Weights, words: frozenset[str]) -> float:
    return sum(sorted(weights.of(w) for w in words))


def _is_enough(a: Proposition, b: Proposition, shared: float, more: float) -> bool:
    """Whether what is shared can tell a proposition: three words with a name among them, or two that are all of both.

    Without a name it takes four words, or three that are all of both or of one day, told within a week: "two
    policemen were killed" happens again and again.
    """
    stems = len(a.stems & b.stems)
    names = len(a.names) - len(_unmatched(a.names, b.names | b.soft)) or (
        len(b.names) - len(_unmatched(b.names, a.names | a.soft))
    )
    if stems == 0:
        return False
    if names:
        return stems + names >= 3 or more == 0 or _is_of_one(a, b)
    dated = a.days is not None and a.days == b.days
    return stems >= (3 if more == 0 or dated else 4) and _gap(a, b) <= NAMELESS


def _is_of_one(a: Proposition, b: Proposition) -> bool:
    """Whether the same is said of one person, place or body that is no state: "Dorr is a spy"."""
    if a.head is None or a.head != b.head:
        return False
    return any(not word.startswith("@") and any(word in n for n in a.names) for word in a.agent & b.agent)


def _gap(a: Proposition, b: Proposition) -> int:
    if a.date is None or b.date is None:
        return 0
    return abs((a.date - b.date).days)


# --- what parts two propositions


def are_apart(a: Proposition, b: Proposition) -> bool:
    """Whether something tells that two propositions are not one, whatever words they share.

    One is yet to be and the other is not; one says "stop" or "failed to"; their names, main verbs, numbers or days
    differ; who does it in one suffers it in the other.
    """
    return (
        _overlap(a, b)
        or a.ahead != b.ahead
        or a.reverse != b.reverse
        or bool(_unmatched(a.names, b.names | b.soft) and _unmatched(b.names, a.names | a.soft))
        or _is_of_another(a, b)
        or _is_of_another(b, a)
        or _heads_differ(a, b)
        or _days_differ(a, b)
        or _sides_differ(a, b)
        or _turned_round(a, b)
        or _numbers_differ(a, b)
    )


def _unmatched(names: frozenset[Name], others: frozenset[Name]) -> frozenset[Name]:
    """The names that are no part of one of the others, nor the other way round ("Reik", "Tomas Reik")."""
    return frozenset(n for n in names if not any(n <= o or o <= n for o in others))


def _overlap(a: Proposition, b: Proposition) -> bool:
    """Whether one stands inside the other's words: "denied this and admitted that …" is not its own echo."""
    if a.told.report != b.told.report or a.told.at != b.told.at or a.told.key == b.told.key:
        return False
    if a.whose or b.whose:
        return False  # "rejected Oslo's claim that …": the claim and its denial
    return a.text in b.text or b.text in a.text


def _is_of_another(a: Proposition, b: Proposition) -> bool:
    """Whether the first speaks of "his" or "the senator", and the second names somebody who is not its speaker."""
    others = _unmatched(b.names, a.names | a.soft)
    if a.open and others:
        return True
    titled = bool(a.agent) and a.agent <= titles()
    return titled and any(n <= b.agent for n in others)


def _heads_differ(a: Proposition, b: Proposition) -> bool:
    if a.head is None or b.head is None or a.head == b.head or a.deeds & b.deeds:
        return False
    return a.head not in b.stems and b.head not in a.stems


def _days_differ(a: Proposition, b: Proposition) -> bool:
    if a.days is None or b.days is None:
        return False
    return a.days[1] < b.days[0] or b.days[1] < a.days[0]


def _sides_differ(a: Proposition, b: Proposition) -> bool:
    """Whether the same verb is told of others, or of the same the other way round."""
    if a.head is None or a.head != b.head:
        return False
    return _strangers(a.agent, b.agent) or _strangers(a.patient, b.patient)


def _turned_round(a: Proposition, b: Proposition) -> bool:
    """Whether the events told have their sides exchanged; two who meet or agree do so either way round."""
    return any((type_, target, source) in b.deeds for type_, source, target in a.deeds
               if source != target and type_ not in _MUTUAL)  # fmt: skip


def _strangers(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sides are both told and share nothing; "the country" and "the senator" may be somebody named."""
    one, two = (frozenset(w for w in side if w not in forms("generic")) for side in (one, two))
    if not one or not two or one & two:
        return False
    return (one <= titles()) == (two <= titles())


def _numbers_differ(a: Proposition, b: Proposition) -> bool:
    """Whether numbers are told that differ, unless one source corrects its own within days."""
    if not a.numbers or not b.numbers or a.numbers <= b.numbers or b.numbers <= a.numbers:
        return False
    return not is_revision(a, b)


def is_revision(a: Proposition, b: Proposition) -> bool:
    """Whether one source tells the same as before with another number, within two weeks."""
    one, two = a.told.speaker, b.told.speaker
    if one is None or two is None or one.id != two.id or _gap(a, b) > _REVISED:
        return False
    return a.stems == b.stems and a.names == b.names and a.position == b.position
