"""Finds the places that a report names and says which of several namesakes each is.

Names come from the language model and from the gazetteer, which sees what the model missed. A name has one sense in a
report (Gale, Church and Yarowsky 1992). Which sense that is, the report's other places decide: a state or county named
after a comma ("Paris, Texas"), the states and divisions that most other names agree on, and the number of people only
where nothing else speaks. A name that no gazetteer knows takes the country of the places around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log1p

from dateline.extract.gazetteer import (
    COUNTY,
    DEMONYM,
    DIVISION,
    REGION,
    SEAT,
    STATE,
    TOWN,
    Sense,
    abbreviation,
    senses,
)
from dateline.lexicons.gazetteer import key_of
from dateline.model import Annotated, Name, Place, Span, Token

_PLACE_LABELS = {"GPE", "LOC", "FAC", "NORP"}
_LONGEST = 5
_LINKS = {"of", "and", "the", "de", "del", "la", "al", "el", "es", "-", "&", "upon", "on", "in", "du", "des", "da", "do"}
_BEFORE_PLACES = {"in", "from", "near", "to", "outside", "at", "around", "across", "towards", "toward", "through", "into",
                  "throughout", "within", "of", "between", "inside", "via", "leaving", "visit", "visiting"}  # fmt: skip
_AREAS = {"county", "township", "parish", "borough", "village", "province", "district", "governorate", "oblast",
          "municipality", "region", "prefecture", "shire", "state", "city", "valley", "twp", "island", "river", "lake",
          "bay", "mountains", "desert", "peninsula"}  # fmt: skip
_WAYS = {"street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "boulevard", "blvd", "highway", "route", "way",
         "court", "circle", "terrace", "expressway", "turnpike", "parkway", "crescent", "close"}  # fmt: skip
#: A town must be at least this large (log10 of its people) to be seen where the language model saw no place.
_LARGE = 5.0
#: A name that no listed sense fits may be a place too small for the gazetteer: as if it had this many people (log10).
_SMALL = 2.6


@dataclass(frozen=True, slots=True)
class _Mention:
    """Words that may name a place. ``within`` is the sense that the words after a comma give."""

    span: Span
    phrase: str
    key: str
    sentence: int
    senses: tuple[Sense, ...]
    within: Sense | None = None


@dataclass(slots=True)
class _Found:
    """What the search over one report has gathered."""

    annotated: Annotated
    names: dict[int, Name]
    inside: dict[int, Name]
    mentions: list[_Mention] = field(default_factory=list)
    seen_as_place: Counter[str] = field(default_factory=Counter)
    seen_as_other: Counter[str] = field(default_factory=Counter)


# --- finding the words -----------------------------------------------------------------------------------------


def _phrase(annotated: Annotated, first: int, last: int) -> str:
    return " ".join(annotated.words(annotated.span_of(first, last)).split())


def _trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """A name without its article, possessive and punctuation at either end."""
    while first < last and (tokens[first].lower in ("the", "a", "an") or not tokens[first].text[0].isalnum()):
        first += 1
    while last > first and (tokens[last - 1].text in ("'s", "’s", "'", "’") or not _is_wordlike(tokens[last - 1])):
        last -= 1
    return first, last


def _is_wordlike(token: Token) -> bool:
    return any(c.isalnum() for c in token.text)


def _longest(annotated: Annotated, first: int, limit: int) -> tuple[int, tuple[Sense, ...]] | None:
    """The longest listed name that starts at a token: where it ends, and what it may stand for."""
    tokens = annotated.tokens
    limit = min(limit, first + _LONGEST)
    last = first + 1
    while last < limit and (tokens[last].text[:1].isupper() or tokens[last].lower in _LINKS):
        last += 1
    while last > first:
        if tokens[last - 1].text[:1].isupper() and (found := senses(_phrase(annotated, first, last))):
            return last, found
        last -= 1
    return None


def _add(found: _Found, first: int, last: int, listed: tuple[Sense, ...]) -> None:
    annotated = found.annotated
    phrase = _phrase(annotated, first, last)
    token = annotated.tokens[first]
    within = _qualifier(annotated, last)
    found.mentions.append(
        _Mention(annotated.span_of(first, last), phrase, key_of(phrase), token.sentence, listed, within)
    )


def _qualifier(annotated: Annotated, last: int) -> Sense | None:
    """The division or state named right after a comma: "Paris, Texas", "Vanderburgh, Ind.", "Arles, France"."""
    tokens = annotated.tokens
    if last + 1 >= len(tokens) or tokens[last].text not in (",", "(") or not tokens[last + 1].text[:1].isupper():
        return None
    if (short := abbreviation(tokens[last + 1].text)) is not None:
        return short
    hit = _longest(annotated, last + 1, min(len(tokens), last + 4))
    if hit is None:
        return None
    return next((s for s in hit[1] if s.kind in (DIVISION, STATE, COUNTY) and s.weight >= 5), None)


def _named(found: _Found, name: Name) -> None:
    """The places inside a name that the language model takes for one."""
    annotated = found.annotated
    tokens = annotated.tokens
    first, last = _trim(tokens, name.first, name.last)
    if first >= last:
        return
    phrase = _phrase(annotated, first, last)
    listed = senses(phrase)
    if listed:
        found.seen_as_place[key_of(phrase)] += 1
        _add(found, first, last, listed)
        return
    is_way = tokens[last - 1].lower.rstrip(".") in _WAYS and last - first > 1
    parts = [] if is_way else list(_parts(annotated, first, last))
    for start, end, some in parts:
        if some:
            found.seen_as_place[key_of(_phrase(annotated, start, end))] += 1
        _add(found, start, end, some)
    if not parts and name.label in ("GPE", "LOC", "FAC") and any(c.isupper() for c in phrase):
        _add(found, first, last, ())


def _parts(annotated: Annotated, first: int, last: int) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
    """The listed names inside a longer one, left to right: "downtown Chicago", "Cairo, Egypt"."""
    at = first
    while at < last:
        hit = _longest(annotated, at, last) if annotated.tokens[at].text[:1].isupper() else None
        if hit is None:
            at += 1
            continue
        yield at, hit[0], hit[1]
        at = hit[0]


def _fits_unnamed(found: _Found, first: int, last: int, listed: tuple[Sense, ...]) -> bool:
    """Whether words that the language model does not take for a place are one all the same."""
    tokens = found.annotated.tokens
    sense, token = listed[0], tokens[first]
    if last - first == 1 and token.text.isupper() and sense.kind == TOWN and len(token.text) < 5:
        return False
    key = key_of(_phrase(found.annotated, first, last))
    name = found.inside.get(first)
    before = tokens[first - 1].lower if first else ""
    whole = name is None or (name.first >= first - 1 and name.last <= last + 1)
    if name is not None and name.label == "PERSON":
        if not whole:
            return False
        if found.seen_as_place[key] > found.seen_as_other[key]:
            return True
        return _qualifier(found.annotated, last) is not None or (before in _BEFORE_PLACES and sense.weight >= _LARGE)
    if sense.kind != TOWN and not sense.doubtful:
        return True
    if found.seen_as_place[key]:
        return whole or sense.weight >= _LARGE
    if sense.weight >= _LARGE and (name is None or name.label == "ORG"):
        return before in _BEFORE_PLACES or name is not None
    return False


def _scan(found: _Found) -> None:
    """Listed names among the words that no place name covers."""
    annotated, tokens = found.annotated, found.annotated.tokens
    covered = [m.span for m in found.mentions]
    ends = {s.start: s.end for s in covered}
    at, until = 0, -1
    while at < len(tokens):
        token = tokens[at]
        if token.start in ends:
            until = max(until, ends[token.start])
        if token.start < until or not token.text[:1].isupper():
            at += 1
            continue
        at = _scan_at(found, at)
    found.mentions.sort(key=lambda m: m.span)
    del annotated


def _scan_at(found: _Found, at: int) -> int:
    """Look at one capitalised word; the token to go on with."""
    annotated, tokens = found.annotated, found.annotated.tokens
    token = tokens[at]
    if (name := found.inside.get(at)) is not None and name.label in _PLACE_LABELS:
        return at + 1
    if "-" in token.text and (head := token.text.rsplit("-", 1)[0]) and (some := senses(head)):
        if some[0].kind in (STATE, DEMONYM) and not senses(token.text):
            span = Span(token.start, token.start + len(head))
            found.mentions.append(_Mention(span, head, key_of(head), token.sentence, some))
        return at + 1
    short = abbreviation(token.text) if at and tokens[at - 1].text == "," else abbreviation(token.text, alone=True)
    if short is not None and (at and tokens[at - 1].text == "," or "." in token.text):
        _add(found, at, at + 1, (short,))
        return at + 1
    hit = _longest(annotated, at, annotated.sentences[token.sentence].last)
    if hit is None or not _fits_unnamed(found, at, hit[0], hit[1]):
        return at + 1
    _add(found, at, hit[0], hit[1])
    return hit[0]


def _find_mentions(annotated: Annotated) -> list[_Mention]:
    inside = {i: name for name in annotated.names for i in range(name.first, name.last)}
    found = _Found(annotated, {n.first: n for n in annotated.names}, inside)
    for name in annotated.names:
        if name.label in _PLACE_LABELS:
            _named(found, name)
        elif name.label in ("PERSON", "ORG"):
            found.seen_as_other[key_of(_phrase(annotated, name.first, name.last))] += 1
    _scan(found)
    return found.mentions


# --- deciding among namesakes ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Support:
    """How much of a report speaks for each state and each of its divisions."""

    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    divisions: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, sense: Sense, mass: float) -> None:
        if sense.country is None:
            return
        self.countries[sense.country] += mass
        for division in sense.divisions:
            self.divisions[sense.country, division] += mass / len(sense.divisions)


@dataclass(slots=True)
class _Group:
    """All mentions of one name: its senses and how likely each is."""

    key: str
    count: int
    senses: tuple[Sense, ...]
    chances: list[float]


_COUNTRY_PULL, _DIVISION_PULL = 1.2, 1.6


def _chances(group_senses: Sequence[Sense], support: _Support | None, own: Sequence[float], mass: float) -> list[float]:
    """The likelihood of each sense given its weight and what the rest of the report supports."""
    scores = []
    for sense, chance in zip(group_senses, own, strict=True):
        score = sense.weight
        if support is not None and sense.country is not None:
            rest = support.countries[sense.country] - sum(
                c * mass for s, c in zip(group_senses, own, strict=True) if s.country == sense.country
            )
            score += _COUNTRY_PULL * log1p(max(rest, 0.0))
            best = 0.0
            for division in sense.divisions:
                near = support.divisions[sense.country, division] - chance * mass / len(sense.divisions)
                best = max(best, near)
            score += _DIVISION_PULL * log1p(best)
        scores.append(score * 2.0)
    top = max(scores)
    raw = [exp(s - top) for s in scores]
    total = sum(raw)
    return [r / total for r in raw]


def _agrees(sense: Sense, within: Sense) -> bool:
    if sense.country != within.country:
        return False
    return not within.divisions or not sense.divisions or bool(within.divisions & sense.divisions)


def _groups(mentions: Sequence[_Mention]) -> dict[str, _Group]:
    by_key: defaultdict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[mention.key].append(mention)
    groups = {}
    for key, some in by_key.items():
        listed = some[0].senses
        within = Counter(m.within for m in some if m.within is not None).most_common(1)
        if within:
            region = within[0][0]
            fitting = tuple(s for s in listed if _agrees(s, region))
            unlisted = Sense(TOWN, some[0].phrase, region.country, region.divisions, 3.0)
            listed = fitting or (unlisted,)
        if listed:
            groups[key] = _Group(key, len(some), listed, _chances(listed, None, [0.0] * len(listed), 0.0))
    return groups


def _support_of(groups: dict[str, _Group]) -> _Support:
    support = _Support()
    for group in groups.values():
        mass = log1p(group.count)
        for sense, chance in zip(group.senses, group.chances, strict=True):
            support.add(sense, chance * mass)
    return support


def _decide(groups: dict[str, _Group]) -> _Support:
    """Let the names of a report settle one another's senses; what they support in the end."""
    support = _support_of(groups)
    for _ in range(3):
        for group in groups.values():
            group.chances = _chances(group.senses, support, group.chances, log1p(group.count))
        support = _support_of(groups)
    return support


def _best(group: _Group) -> Sense:
    return max(zip(group.chances, (-i for i in range(len(group.senses))), group.senses, strict=True))[2]


def _place(mention: _Mention, sense: Sense) -> Place:
    name = mention.phrase if sense.kind in (DEMONYM, SEAT) else sense.name
    return Place(mention.span, name, sense.country, sense.lat, sense.lon, sense.geonames)


def _main_country(support: _Support) -> str | None:
    if not support.countries:
        return None
    country, mass = max(support.countries.items(), key=lambda item: (item[1], item[0]))
    return country if mass >= 0.5 * sum(support.countries.values()) else None


def _unlisted(mentions: Sequence[_Mention], at: int, chosen: dict[str, Sense], main: str | None) -> str | None:
    """The country of a place that no gazetteer knows: its sentence's, else the report's."""
    mention = mentions[at]
    if main is not None:
        return main
    near = [m for m in mentions[max(0, at - 8) : at + 9] if m.sentence == mention.sentence and m.key in chosen]
    near.sort(key=lambda m: abs(m.span.start - mention.span.start))
    return next((c for m in near if (c := chosen[m.key].country) is not None), None)


def find_places(annotated: Annotated) -> tuple[Place, ...]:
    """All places of a report in text order, with the people and adjectives that stand for states ("Turkish").

    ``country`` is ``None`` for places of no or several states ("Europe", "the Nile") and for those nothing is known of.
    """
    mentions = _find_mentions(annotated)
    groups = _groups(mentions)
    support = _decide(groups)
    chosen = {key: _best(group) for key, group in groups.items()}
    main = _main_country(support)
    places = []
    for at, mention in enumerate(mentions):
        if (sense := chosen.get(mention.key)) is not None:
            places.append(_place(mention, sense))
        else:
            places.append(Place(mention.span, mention.phrase, _unlisted(mentions, at, chosen, main)))
    return tuple(places)
