"""What a name may stand for: every sense that the lexicons know for a phrase, each with a weight of its own.

Weights are decimal logarithms of a number of people, so that towns, divisions and states can be compared: a town of a
million weighs 6, a state 8. They are what is left to decide where a report's own context says nothing.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log10
from typing import NamedTuple

from dateline.lexicons import countries, rows
from dateline.lexicons.gazetteer import Town, key_of, towns

STATE, DIVISION, COUNTY, REGION, TOWN = "state", "division", "county", "region", "town"
DEMONYM, SEAT = "demonym", "seat"
#: Kinds of regions.tsv that are first-level divisions.
_DIVISIONS = {"state", "province", "nation"}
_STATE_WEIGHT, _DIVISION_WEIGHT, _REGION_WEIGHT, _COUNTY_WEIGHT = 8.0, 7.0, 6.5, 5.0
_DOUBT = 2.0
#: What a name that is not a town's main one takes from its weight: many are old, foreign or mistaken.
_OTHER_NAME = 1.2
#: Towns of one name that are looked at: the largest; the rest of a name borne forty times decides nothing.
_MOST = 40


class Sense(NamedTuple):
    """One thing that a name may stand for. ``divisions`` are first-level divisions it may lie in; empty for unknown."""

    kind: str
    name: str
    country: str | None
    divisions: frozenset[str]
    weight: float
    doubtful: bool = False
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None


class _Regions(NamedTuple):
    senses: dict[str, tuple[Sense, ...]]
    abbreviations: dict[str, Sense]
    free_abbreviations: dict[str, Sense]


def _mark(phrase: str, mark: str) -> tuple[str, bool]:
    return (phrase[:-1], True) if phrase.endswith(mark) else (phrase, False)


def _region(name: str, doubtful: bool, country: str, kind: str, code: str) -> Sense:
    division = kind in _DIVISIONS
    weight = _DIVISION_WEIGHT - (1.0 if doubtful else 0) if division else _REGION_WEIGHT - (_DOUBT if doubtful else 0)
    return Sense(DIVISION if division else REGION, name, None if country == "-" else country,
                 frozenset([code] if code else ()), weight, doubtful)  # fmt: skip


def _plurals(word: str) -> tuple[str, ...]:
    return (word,) if word.endswith(("s", "sh", "ch", "ese", "men", "man")) else (word, word + "s")


@cache
def _regions() -> _Regions:
    senses: dict[str, tuple[Sense, ...]] = {}
    short: dict[str, Sense] = {}
    free: dict[str, Sense] = {}

    def add(phrase: str, sense: Sense) -> None:
        key = key_of(phrase)
        senses[key] = (*senses.get(key, ()), sense)

    for _, (names, country, kind, code, demonyms, abbreviations) in rows("regions.tsv", 6):
        shown = [_mark(name, "?") for name in names.split("|")]
        for name, doubtful in shown:
            add(name, _region(name, doubtful, country, kind, code))
        for word, doubtful in (_mark(word, "?") for word in demonyms.split("|") if word):
            for form in _plurals(word):
                sense = Sense(DEMONYM, form, None if country == "-" else country, frozenset([code] if code else ()),
                              5.0 if doubtful else _DIVISION_WEIGHT, doubtful)  # fmt: skip
                add(form, sense)
        for word, everywhere in (_mark(word, "!") for word in abbreviations.split("|") if word):
            sense = _region(shown[0][0], False, country, kind, code)
            short[word] = sense
            if everywhere:
                free[word] = sense
    return _Regions(senses, short, free)


@cache
def _counties() -> dict[str, frozenset[str]]:
    return {key_of(name): frozenset(states.split()) for _, (name, states) in rows("us_counties.tsv", 2)}


def abbreviation(word: str, alone: bool = False) -> Sense | None:
    """The division that an abbreviation stands for after a town and a comma, or ``alone`` in running text.

    >>> abbreviation("Ind.").name, abbreviation("Me.", alone=True)
    ('Indiana', None)
    """
    bare = word.replace(".", "")
    if not bare or (alone and "." not in word and bare not in ("NSW", "PEI", "NWT", "QLD")):
        return None
    return (_regions().free_abbreviations if alone else _regions().abbreviations).get(bare)


def _state_senses(phrase: str) -> list[Sense]:
    found: list[Sense] = []
    doubtful = countries.is_doubtful(phrase)
    weight = _STATE_WEIGHT - (1.0 if doubtful else 0)
    if (code := countries.country_of(phrase)) is not None:
        found.append(Sense(STATE, countries.name_of(code), code, frozenset(), weight, doubtful))
    elif (code := countries.demonym_of(phrase)) is not None:
        found.append(Sense(DEMONYM, phrase, code, frozenset(), weight, doubtful))
    elif (code := countries.seat_of(phrase)) is not None and not doubtful:
        found.append(Sense(SEAT, phrase, code, frozenset(), 7.0, doubtful))
    return found


def _is_strange(town: Town, phrase: str) -> bool:
    """Whether a name is neither a town's main name nor its beginning ("Frankfurt am Main")."""
    return town.other_name and not key_of(town.name).startswith(key_of(phrase) + " ")


def _town_senses(phrase: str) -> list[Sense]:
    capital = countries.capital_of(phrase)
    found = []
    for town in towns(phrase)[:_MOST]:
        weight = log10(max(town.population, 100)) - (_OTHER_NAME if _is_strange(town, phrase) else 0)
        if town.country == capital:  # only the largest of the name is the capital
            weight, capital = weight + 0.8, None
        found.append(Sense(TOWN, town.name, town.country, frozenset([town.division]), weight, False,
                           town.lat, town.lon, town.geonames))  # fmt: skip
    return found


def _with_coordinates(found: list[Sense], named: list[Sense]) -> list[Sense]:
    """Regions with the coordinates of the town of their name and state: "Kidal", "Gaza"."""
    at = {town.country: town for town in reversed(named)}
    return [
        s._replace(lat=at[s.country].lat, lon=at[s.country].lon, geonames=at[s.country].geonames)
        if s.kind == REGION and s.country in at else s
        for s in found
    ]  # fmt: skip


@lru_cache(maxsize=50_000)
def senses(phrase: str) -> tuple[Sense, ...]:
    """All senses of a phrase that is written like a name, the weightiest first; none for a phrase that is no place.

    >>> [(s.kind, s.country) for s in senses("Kashmir")][0]
    ('region', None)
    >>> senses("Lahore")[0].country, senses("the")
    ('PAK', ())
    """
    if not phrase or not any(c.isupper() for c in phrase):
        return ()
    name = phrase[4:] if phrase[:4] in ("the ", "The ") else phrase
    key = key_of(name)
    found = _state_senses(name)
    found += _regions().senses.get(key, ())
    if (states := _counties().get(key)) is not None:
        found.append(Sense(COUNTY, name, "USA", states, _COUNTY_WEIGHT))
    found = _with_coordinates(found, named := _town_senses(name)) + named
    return tuple(sorted(found, key=lambda s: -s.weight))
