"""Finds the places that a report names and says which of several namesakes each is.

A name has one sense in a report (Gale, Church and Yarowsky, One sense per discourse, 1992). Which sense that is, the
report's other places decide: the division or state named after a comma ("Paris, Texas"), the states and divisions that
most other names agree on, and the number of people only where nothing else speaks. A name that no gazetteer knows takes
the country of the places around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import exp, log1p

from dateline.extract.gazetteer import COUNTY, DEMONYM, DIVISION, REGION, SEAT, STATE, TOWN, Sense
from dateline.extract.placenames import PlaceName, find_names, home_cues
from dateline.model import Annotated, Place

#: How hard the rest of a report pulls at a name: towards a state, and towards a division of it.
_COUNTRY_PULL, _DIVISION_PULL = 1.8, 2.3
_CUE_PULL = 2.0
_SHARE = 0.4
_MOST_PULL = 4.0
_SHARPNESS = 2.0
_ROUNDS = 3
#: Weight of a place that the gazetteer does not know but a qualifier puts somewhere.
_UNLISTED_WEIGHT = 3.0
#: A place this small in another country than the report's is more likely one at home that is not listed.
_FAR_AND_SMALL = 5.0
#: A town that stands without any word that makes it a place must be as large as this (log10 of its people).
_KNOWN = 5.8


@dataclass(slots=True)
class _Support:
    """How much of a report speaks for each state and each of its divisions."""

    countries: defaultdict[str, float]
    divisions: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, sense: Sense, mass: float) -> None:
        if sense.country is None:
            return
        self.countries[sense.country] += mass
        for division in sense.divisions:
            self.divisions[sense.country, division] += mass / len(sense.divisions)



def _main(masses: dict[str, float], share: float = 0.5) -> str | None:
    """The state that at least this share of the masses speaks for."""
    if not masses:
        return None
    country, mass = max(masses.items(), key=lambda item: (item[1], item[0]))
    return country if mass >= share * sum(masses.values()) else None


@dataclass(slots=True)
class _Group:
    """All mentions of one name: its senses, how likely each is, and what speaks for some from the start."""

    mass: float
    senses: tuple[Sense, ...]
    bonus: list[float]
    chances: list[float] = field(default_factory=list)

    def weigh(self, support: _Support | None) -> None:
        """Set the chances from the weights of the senses and what the rest of the report supports."""
        own = self.chances or [0.0] * len(self.senses)
        by_country: defaultdict[str | None, float] = defaultdict(float)
        for sense, chance in zip(self.senses, own, strict=True):
            by_country[sense.country] += chance * self.mass
        total = sum(support.countries.values()) - self.mass if support is not None else 0.0
        scores = []
        for sense, bonus, chance in zip(self.senses, self.bonus, own, strict=True):
            score = sense.weight + bonus
            if support is not None and sense.country is not None:
                rest = max(support.countries[sense.country] - by_country[sense.country], 0.0)
                pull = _COUNTRY_PULL * log1p(rest)
                pull += _DIVISION_PULL * log1p(self._division_support(sense, chance, support))
                # a report on many states says less about each name than the local page of one
                score += min(_MOST_PULL, pull * min(1.0, rest / max(total, 0.01)) ** _SHARE)
            scores.append(score * _SHARPNESS)
        top = max(scores)
        raw = [exp(score - top) for score in scores]
        total = sum(raw)
        self.chances = [r / total for r in raw]

    def _division_support(self, sense: Sense, chance: float, support: _Support) -> float:
        assert sense.country is not None
        own = chance * self.mass / len(sense.divisions) if sense.divisions else 0.0
        return max([0.0, *(support.divisions[sense.country, d] - own for d in sorted(sense.divisions))])

    def best(self) -> Sense:
        at = max(range(len(self.senses)), key=lambda i: (self.chances[i], -i))
        return self.senses[at]


def _agrees(sense: Sense, within: Sense) -> bool:
    """Whether a sense may lie in the division or state named after its comma."""
    if sense.country != within.country or sense.kind in (STATE, DEMONYM, SEAT):
        return False
    if sense.kind == DIVISION and within.kind != STATE:
        return False
    return not within.divisions or not sense.divisions or bool(within.divisions & sense.divisions)


def _narrowed(listed: tuple[Sense, ...], names: Sequence[PlaceName]) -> tuple[tuple[Sense, ...], tuple[Sense, ...]]:
    """The senses that fit the words after the comma, and those senses of these words that fit; all where none does."""
    counts = Counter(name.within for name in names if name.within)
    if not counts:
        return listed, ()
    within = counts.most_common(1)[0][0]
    if listed and listed[0].kind in (STATE, DEMONYM) and within[0].kind == STATE:  # a list: "China, Japan and Turkey"
        return listed, ()
    fitting = tuple(s for s in listed if any(_agrees(s, w) for w in within))
    if fitting:
        return fitting, tuple(w for w in within if any(_agrees(s, w) for s in fitting))
    divisions = tuple(w for w in within if w.kind == DIVISION)
    peers = tuple(s for s in listed if s.kind == DIVISION and any(s.country == w.country for w in divisions))
    if peers:  # a list of divisions: "Alabama, Georgia, Florida"
        return peers, tuple(w for w in divisions if any(s.country == w.country for s in peers))
    first = within[0]
    if first.kind in (DIVISION, COUNTY) and (not listed or listed[0].weight < 7.5):
        name = Sense(TOWN, names[0].phrase, first.country, first.divisions, _UNLISTED_WEIGHT)
        return (name,), (first,)
    return listed, ()


def _plain_region(listed: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """A sea or continent is not one of the small towns of its name."""
    if listed and listed[0].kind == REGION and listed[0].country is None and not listed[0].doubtful:
        return listed[:1]
    return listed


def _grouped(names: Iterable[PlaceName]) -> dict[str, _Group]:
    by_key: defaultdict[str, list[PlaceName]] = defaultdict(list)
    for name in names:
        by_key[name.key].append(name)
    groups: dict[str, _Group] = {}
    told: defaultdict[str, list[Sense]] = defaultdict(list)
    for key, some in by_key.items():
        listed, within = _narrowed(_plain_region(some[0].senses), some)
        within_key = next((n.within_key for n in some if n.within_key), None)
        if within and within_key:
            told[within_key].extend(within)
        if listed:
            groups[key] = _Group(log1p(len(some)), listed, [0.0] * len(listed))
    for key, within_senses in told.items():
        if key in groups:
            groups[key].bonus = [2.5 if s in within_senses else 0.0 for s in groups[key].senses]
    for group in groups.values():
        group.weigh(None)
    return groups


def _support_of(groups: dict[str, _Group], cues: dict[str, float]) -> _Support:
    support = _Support(defaultdict(float, {code: _CUE_PULL * weight for code, weight in cues.items()}))
    for group in groups.values():
        for sense, chance in zip(group.senses, group.chances, strict=True):
            support.add(sense, chance * group.mass)
    return support


def _settle(groups: dict[str, _Group], cues: dict[str, float]) -> _Support:
    """Let the names of a report settle one another's senses; what they support in the end."""
    support = _support_of(groups, cues)
    for _ in range(_ROUNDS):
        for group in groups.values():
            group.weigh(support)
        support = _support_of(groups, cues)
    return support


# --- names that may be places ------------------------------------------------------------------------------------


def _is_borne_out(sense: Sense, some: Sequence[PlaceName], support: _Support) -> bool:
    """Whether the report's sure places and the words beside it bear out that a doubtful name is this place."""
    cued = sum(name.cue for name in some)
    if sense.country is None:
        return cued > 0
    home = max((support.divisions[sense.country, d] for d in sorted(sense.divisions)), default=0.0)
    country = support.countries[sense.country]
    if some[0].person:
        return 2 * cued >= len(some) and (home >= 0.3 or country >= 1.0)
    if cued:
        return home >= 0.3 or sense.weight >= 4.0 or (country >= 0.6 and sense.weight >= 3.0)
    at_home = (home >= 1.0 and sense.weight >= 3.0) or (country >= 0.6 and sense.weight >= 4.5)
    return at_home or (sense.weight >= _KNOWN and not sense.doubtful)


def _accepted(maybe: Sequence[PlaceName], sure: dict[str, _Group], support: _Support) -> dict[str, _Group]:
    """The doubtful names that are places after all."""
    by_key: defaultdict[str, list[PlaceName]] = defaultdict(list)
    for name in maybe:
        if name.key not in sure:
            by_key[name.key].append(name)
    accepted = {}
    for key, group in _grouped(name for some in by_key.values() for name in some).items():
        group.weigh(support)
        if key in by_key and _is_borne_out(group.best(), by_key[key], support):
            accepted[key] = group
    return accepted


def _chosen(names: Sequence[PlaceName], cues: dict[str, float]) -> tuple[dict[str, Sense], _Support]:
    """The sense of every name that is a place, and what the report as a whole supports.

    Doubtful names are looked at twice: those found on the first look speak for others.
    """
    groups = _grouped(name for name in names if name.sure)
    support = _settle(groups, cues)
    maybe = [name for name in names if not name.sure]
    for _ in range(2):
        more = _accepted(maybe, groups, support)
        if not more:
            break
        groups |= more
        support = _settle(groups, cues)
    return {key: group.best() for key, group in groups.items()}, support


# --- places ------------------------------------------------------------------------------------------------------


def _place(name: PlaceName, sense: Sense) -> Place:
    shown = name.phrase if sense.kind in (DEMONYM, SEAT) else sense.name
    return Place(name.span, shown, sense.country, sense.lat, sense.lon, sense.geonames)


def _home(names: Sequence[PlaceName], chosen: dict[str, Sense], cues: dict[str, float]) -> str | None:
    """The state that most of a report's places lie in and its everyday words tell of."""
    counts = Counter(name.key for name in names if name.key in chosen)
    masses = defaultdict(float, cues)
    for key, count in counts.items():
        if (country := chosen[key].country) is not None:
            masses[country] += log1p(count)
    return _main(masses)


def _country_nearby(names: Sequence[PlaceName], at: int, chosen: dict[str, Sense]) -> str | None:
    """The country of the nearest known place in the same sentence."""
    name = names[at]
    near = [n for n in names[max(0, at - 8) : at + 9] if n.sentence == name.sentence and n.key in chosen]
    near.sort(key=lambda n: (abs(n.span.start - name.span.start), n.span))
    return next((c for n in near if (c := chosen[n.key].country) is not None), None)


def _brought_home(sense: Sense, name: PlaceName, rest: float, home: str | None) -> Sense:
    """A small namesake abroad gives way to a place at home that the gazetteer does not know.

    ``rest`` is what the report's other names support of the namesake's state: any of it keeps the namesake.
    """
    far = (sense.kind == TOWN and sense.weight < _FAR_AND_SMALL) or (sense.kind == REGION and sense.doubtful)
    if not far or name.within or rest > 0.3 or home is None or sense.country in (None, home):
        return sense
    return Sense(TOWN, name.phrase, home, frozenset(), _UNLISTED_WEIGHT)


def find_places(annotated: Annotated) -> tuple[Place, ...]:
    """All places of a report in text order, with the peoples and adjectives that stand for states ("Turkish").

    ``country`` is ``None`` for places of no or of several states ("Europe", "the Nile") and for those of which nothing
    is listed. Only towns have coordinates and a GeoNames id.
    """
    names = find_names(annotated)
    if not names:
        return ()
    cues = home_cues(annotated)
    chosen, support = _chosen(names, cues)
    home = _home(names, chosen, cues)
    mass = {key: log1p(count) for key, count in Counter(name.key for name in names).items()}
    places = []
    for at, name in enumerate(names):
        sense = chosen.get(name.key)
        if sense is not None and (name.sure or name.cue or not name.person):
            told = support.countries[sense.country or ""] - _CUE_PULL * cues.get(sense.country or "", 0.0)
            places.append(_place(name, _brought_home(sense, name, told - mass[name.key], home)))
        elif name.sure and (country := home or _country_nearby(names, at, chosen)) is not None:
            places.append(Place(name.span, name.phrase, country))
    return tuple(places)
