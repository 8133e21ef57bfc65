"""Loads the event lexicon: verb, noun and adjective patterns by PLOVER type, word sets, codes and operators.

The files lie in ``lexicons/events``. A line of a type file holds the kind of head (``v``, ``n``, ``a``), the pattern,
its CAMEO code and its options; ``operators.tsv`` holds the words that turn an act spoken of into another act or
another reality ("agreed to", "call for", "denied").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.errors import LexiconError
from dateline.lexicons import codebook, rows

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
#: How much each kind of slot adds to a pattern's weight: the heaviest pattern that fits a head wins.
_WEIGHTS = {"obj": 4, "pp": 5, "prep": 3, "xcomp": 4, "with": 4, "subj": 3, "particle": 4}
#: The lemma that stands for any word in a slot, and how much such a slot adds.
ANY = "*"
_WEIGHT_OF_ANY = 2
#: The lemma that stands for a name of a person, or a pronoun for one, in a slot of the object.
PERSON = "+person"
#: The code of a pattern that is no act: it keeps the lighter patterns of its head away ("met a deadline").
NO_ACT = "0"
_ROUTES = {
    "v": ("xcomp", "ccomp", "obj"),
    "n": ("acl", "of", "for", "to", "compound"),
    "a": ("xcomp", "ccomp", "of", "subj"),
}


class Slot(NamedTuple):
    """One word that must stand beside the head: its kind, the prepositions asked for, the lemmas asked for."""

    kind: str
    preps: frozenset[str]
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a type file. ``to`` and ``source`` say where the two sides stand, in the order to try.

    A line with the code ``-`` says that the words tell no act ("released a statement").
    """

    type: str
    cameo: str
    kind: str
    slots: tuple[Slot, ...]
    to: tuple[str, ...]
    source: tuple[str, ...]
    mutual: bool
    mode: str | None
    unsure: bool
    weight: int


class Operator(NamedTuple):
    """A word that governs an act: its class, the particle it needs, and how the act hangs on it (``routes``).

    ``code`` is the CAMEO code that the operator has where it governs no act of the lexicon, if any.
    """

    name: str
    particle: str
    routes: frozenset[str]
    code: str


@dataclass(frozen=True, slots=True)
class EventBook:
    """The whole event lexicon, by head lemma; patterns and operators of a head, heaviest first."""

    patterns: Mapping[str, Mapping[str, tuple[Pattern, ...]]]
    operators: Mapping[str, Mapping[str, tuple[Operator, ...]]]
    words: frozenset[str]


def word_sets() -> dict[str, frozenset[str]]:
    """The named word sets of ``sets.tsv``; a set may name sets that stand above it."""
    sets: dict[str, frozenset[str]] = {}
    for number, (name, lemmas) in rows("events/sets.tsv", 2):
        if not name.startswith("@"):
            raise LexiconError("events/sets.tsv", number, f"the name of a set starts with @: {name!r}")
        sets[name[1:]] = _lemmas(lemmas, sets, "events/sets.tsv", number)
    return sets


def _lemmas(written: str, sets: Mapping[str, frozenset[str]], file: str, number: int) -> frozenset[str]:
    found: set[str] = set()
    for word in written.split("|"):
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in sets:
            found |= sets[word[1:]]
        else:
            raise LexiconError(file, number, f"no set of that name: {word}")
    return frozenset(found - {""})


def _slot(word: str, sets: Mapping[str, frozenset[str]], file: str, number: int) -> Slot:
    """One slot of a pattern.

    >>> sorted(_slot("pp:on=alert|trial", {}, "", 0).lemmas)
    ['alert', 'trial']
    """
    kind, _, rest = word.partition(":")
    if kind == "pp":
        preps, _, lemmas = rest.partition("=")
        return Slot("pp", frozenset(preps.split("|")), _lemmas(lemmas, sets, file, number))
    if kind == "prep":
        return Slot("prep", frozenset(rest.split("|")), frozenset())
    if kind in ("obj", "xcomp", "with", "subj"):
        return Slot(kind, frozenset(), _lemmas(rest, sets, file, number))
    raise LexiconError(file, number, f"no such slot: {word!r}")


def _pattern(kind: str, words: list[str], code: str, options: str, given: tuple[str, Mapping[str, frozenset[str]], str, int]) -> Pattern:  # fmt: skip  # noqa: E501
    type_, sets, file, number = given
    slots: list[Slot] = []
    for word in words:
        if ":" in word:
            slots.append(_slot(word, sets, file, number))
        else:
            slots.append(Slot("particle", frozenset(), frozenset(word.split("|"))))
    to: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    mode, mutual, unsure = None, False, False
    for option in options.split():
        name, _, value = option.partition(":")
        if name == "to":
            to = tuple(value.split("|"))
        elif name == "from":
            source = tuple(value.split("|"))
        elif name == "mode":
            mode = value
        elif name == "mutual":
            mutual = True
        elif name == "unsure":
            unsure = True
        else:
            raise LexiconError(file, number, f"no such option: {option!r}")
    if not to:
        preps = [p for s in slots if s.kind == "prep" for p in sorted(s.preps)]
        to = (*preps, "obj", "poss")
    weight = sum(_WEIGHTS[s.kind] if ANY not in s.lemmas else _WEIGHT_OF_ANY for s in slots)
    return Pattern(type_, code, kind, tuple(slots), to, source, mutual, mode, unsure, weight)


def _read_type(type_: str, sets: Mapping[str, frozenset[str]], into: dict[str, dict[str, list[Pattern]]]) -> None:
    file = f"events/{type_}.tsv"
    for number, (kind, pattern, code, options) in rows(file, 4):
        if kind not in into:
            raise LexiconError(file, number, f"the kind of a pattern is v, n or a, not {kind!r}")
        if not code.isdigit() and code != "-":
            raise LexiconError(file, number, f"not a CAMEO code: {code!r}")
        heads, *words = pattern.split()
        made = _pattern(kind, words, code, options, (type_, sets, file, number))
        for lemma in sorted(_lemmas(heads, sets, file, number)):
            into[kind].setdefault(lemma, []).append(made)


def _read_operators(sets: Mapping[str, frozenset[str]]) -> dict[str, dict[str, tuple[Operator, ...]]]:
    found: dict[str, dict[str, list[Operator]]] = {"v": {}, "n": {}, "a": {}}
    file = "events/operators.tsv"
    for number, (name, kind, words, routes, code) in rows(file, 5):
        if kind not in found:
            raise LexiconError(file, number, f"the kind of an operator is v, n or a, not {kind!r}")
        heads, _, particle = words.partition(" ")
        ways = frozenset(routes.split("|")) if routes not in ("", "-") else frozenset(_ROUTES[kind])
        operator = Operator(name, particle.strip(), ways, "" if code == "-" else code)
        for lemma in sorted(_lemmas(heads, sets, file, number)):
            found[kind].setdefault(lemma, []).append(operator)
    # an operator with a particle ("rule out") goes before the bare verb
    return {k: {w: tuple(sorted(ops, key=lambda o: not o.particle)) for w, ops in d.items()} for k, d in found.items()}


@cache
def event_book() -> EventBook:
    """The event lexicon, read once."""
    sets = word_sets()
    into: dict[str, dict[str, list[Pattern]]] = {"v": {}, "n": {}, "a": {}}
    for type_ in TYPES:
        _read_type(type_, sets, into)
    patterns = {k: {w: tuple(sorted(ps, key=lambda p: -p.weight)) for w, ps in d.items()} for k, d in into.items()}
    operators = _read_operators(sets)
    words = frozenset(w for kind in "vna" for w in (*patterns[kind], *operators[kind]))
    return EventBook(patterns, operators, words)


@cache
def _types() -> dict[str, codebook.TypeEntry]:
    return {entry.name: entry for entry in codebook.types()}


def code_of(type_: str) -> str:
    """The CAMEO code that stands for a PLOVER type.

    >>> code_of("AID")
    '070'
    """
    return _types()[type_].cameo


@cache
def mended_lemmas() -> dict[str, str]:
    """Verb lemmas that the parser's lemmatizer gets wrong, with the verbs meant ("staged" is no "stag")."""
    return {wrong: right for _, (wrong, right) in rows("events/lemmas.tsv", 2)}


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split("|")) for _, (name, words, _) in rows("events/cues.tsv", 3)}


def cue(name: str) -> frozenset[str]:
    """A named list of words of ``cues.tsv`` that decide who acts and whether an act is real.

    >>> "accuse" in cue("blame")
    True
    """
    return _cues()[name]


def quad_of(type_: str) -> str:
    """The quad class of a PLOVER type.

    >>> quad_of("AID")
    'material_cooperation'
    """
    return _types()[type_].quad


def goldstein_of(code: str, type_: str) -> float:
    """The Goldstein weight of a CAMEO code, of its root where the code is not in the table, else of its type's code."""
    listed = codebook.listed_code(code) or codebook.listed_code(code_of(type_))
    return codebook.cameo()[listed][1] if listed else 0.0


#: PLOVER type of each CAMEO root (PLOVER manual, table of CAMEO equivalents); 08 splits into CONCEDE and RETREAT.
_TYPE_OF_ROOT = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
    "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip


def type_of(code: str) -> str:
    """The PLOVER type that a CAMEO code belongs to.

    >>> type_of("0871"), type_of("0841"), type_of("085")
    ('RETREAT', 'RETREAT', 'CONCEDE')

    PLOVER-2021 counts as RETREAT what is given up for good: resigning (0831), returning and releasing (084), letting
    others in (086), and all of 087.
    """
    return "RETREAT" if code.startswith(("0831", "084", "086", "087")) else _TYPE_OF_ROOT[code[:2]]
