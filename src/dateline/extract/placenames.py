"""Finds the words of a report that name places, or may: from the language model's names and from the gazetteer.

The language model misses town names that look like surnames or ordinary words, above all in headlines and in front of
other nouns ("Ashford police"); the gazetteer finds those, but finds persons and companies as well. So each name is
``sure`` or not, and has a ``cue`` or not: a word beside it that makes it a place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from dateline.extract.gazetteer import (
    COUNTY,
    DEMONYM,
    DIVISION,
    STATE,
    TOWN,
    Sense,
    abbreviation,
    senses,
)
from dateline.lexicons import read_text, rows
from dateline.lexicons.gazetteer import key_of
from dateline.model import Annotated, Name, Span, Token

_PLACE_LABELS = {"GPE", "LOC", "FAC", "NORP"}
_LONGEST = 5
_LINKS = {"of", "and", "the", "de", "del", "la", "al", "el", "es", "-", "&", "upon", "on", "in", "du", "des", "da",
          "do", "ez", "ash", "under", "le", "les"}  # fmt: skip
#: A town inside a longer name must be at least this large (log10 of its people): "Leeds United", not "Hall of Fame".
_LARGE_PART = 4.7
#: A town must be at least this large to be a place where it "says" something.
_SPEAKS = 5.5
_SAYING = {"said", "says", "told", "added", "explained", "recalled", "testified", "asked", "replied"}
_CUE_KINDS = ("before", "after", "of", "area", "way", "media")
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
_PARTIES = {"D", "R", "I"}
#: Labels under which the small model hides places ("in Winnipeg" as a date); other labels are not looked into.
_LOOK_INTO = {"PERSON", "ORG", "PRODUCT", "DATE", "TIME", "LANGUAGE", "EVENT", "LAW", "CARDINAL"}
_DASHES = {"-", "--", "—", "–", "---", ",", "("}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Words that may name a place, with the senses of the lexicons; none for a name that only the model knows.

    ``within`` are the senses of the division or state named right after a comma, ``within_key`` is its key.
    ``sure``: a place whatever the rest of the report says. ``cue``: a word beside it says so. ``person``: part of a
    person's longer name somewhere in the report.
    """

    span: Span
    phrase: str
    key: str
    sentence: int
    senses: tuple[Sense, ...]
    sure: bool
    cue: bool = False
    person: bool = False
    within: tuple[Sense, ...] = ()
    within_key: str | None = None


@dataclass(frozen=True, slots=True)
class _Cues:
    before: frozenset[str]
    after: frozenset[str]
    of: frozenset[str]
    area: frozenset[str]
    way: frozenset[str]
    media: frozenset[str]
    country: dict[str, dict[str, float]]


@cache
def _cues() -> _Cues:
    words: dict[str, set[str]] = {kind: set() for kind in _CUE_KINDS}
    country: dict[str, dict[str, float]] = {}
    for _, (kind, some, told) in rows("place_cues.tsv", 3):
        if kind != "country":
            words[kind].update(some.split())
            continue
        weights = {code: float(weight) for code, weight in (pair.split(":") for pair in told.split())}
        for word in some.split():
            country.setdefault(word, {}).update(weights)
    sets = {kind: frozenset(words[kind]) for kind in _CUE_KINDS}
    return _Cues(**sets, country=country)


@cache
def _stops() -> frozenset[str]:
    lines = read_text("place_stops.txt").split("\n")
    return _outlets() | {line for line in lines if line and not line.startswith("#")}


@cache
def _outlets() -> frozenset[str]:
    return frozenset(cells[0] for _, cells in rows("media.tsv") if cells[1] == "outlet")


def home_cues(annotated: Annotated) -> dict[str, float]:
    """How much a report's everyday words tell of the country it was written in ("sheriff", "councillor", "crore")."""
    told: defaultdict[str, float] = defaultdict(float)
    known = _cues().country
    for word in sorted({token.lower for token in annotated.tokens} & known.keys()):
        for code, weight in known[word].items():
            told[code] += weight
    return told


# --- one report's names ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Search:
    annotated: Annotated
    label: dict[int, Name]
    person_parts: Counter[str]
    taken: set[int] = field(default_factory=set)
    names: list[PlaceName] = field(default_factory=list)

    @property
    def tokens(self) -> Sequence[Token]:
        return self.annotated.tokens

    def phrase(self, first: int, last: int) -> str:
        return " ".join(self.annotated.words(self.annotated.span_of(first, last)).split())


def find_names(annotated: Annotated) -> list[PlaceName]:
    """All names that are or may be places, in text order and without overlaps."""
    label = {i: name for name in annotated.names for i in range(name.first, name.last)}
    parts = Counter(
        t.lower
        for name in annotated.names
        if name.label == "PERSON" and name.last - name.first > 1
        for t in annotated.tokens[name.first : name.last]
    )
    search = _Search(annotated, label, parts)
    for name in annotated.names:
        if name.label in _PLACE_LABELS:
            _from_model(search, name)
    _county_lists(search)
    _from_gazetteer(search)
    _unlisted_again(search)
    search.names += _in_dateline(annotated)
    search.names.sort(key=lambda n: n.span)
    return search.names


def _in_dateline(annotated: Annotated) -> list[PlaceName]:
    """The places in the report's dateline, which is no prose and was not parsed: "BAKU/YEREVAN, Nov 7 (AFP) —"."""
    dateline = annotated.report.dateline
    if dateline is None or dateline.place is None:
        return []
    head = re.split(r"[\d(—–]|--| - ", annotated.words(dateline.span), maxsplit=1)[0]
    pieces = [(m.start(), m.group().strip()) for m in re.finditer(r"[^,/\n;]+", head)]
    found: list[PlaceName] = []
    for at, piece in reversed(pieces):
        start = dateline.span.start + head.index(piece, at) if piece else 0
        name = _dateline_piece(piece, Span(start, start + len(piece)), found[-1:], dateline.country)
        if name is not None:
            found.append(name)
    return found


def _dateline_piece(piece: str, span: Span, after: Sequence[PlaceName], country: str | None) -> PlaceName | None:
    """One place of a dateline; ``after`` is the place printed right of it, which may say where it lies."""
    if not piece[:1].isupper() or _MONTH.fullmatch(key_of(piece)):
        return None
    short = abbreviation(piece)
    listed = (short,) if short is not None else senses(piece)
    if not listed and after:
        return None
    if not after and country is not None and not any(s.kind in (DIVISION, STATE) for s in listed):
        listed = tuple(s for s in listed if s.country == country) or listed
    within = tuple(s for s in after[0].senses if s.kind in (DIVISION, STATE, COUNTY)) if after else ()
    within_key = after[0].key if within else None
    return PlaceName(span, piece, key_of(piece), -1, listed, True, True, False, within, within_key)


def _add(search: _Search, first: int, last: int, listed: tuple[Sense, ...], sure: bool) -> None:
    phrase = search.phrase(first, last)
    span = search.annotated.span_of(first, last)
    if phrase.endswith(("-", "–", "—")):  # "Hanoi- based", as some wires print it
        phrase = phrase[:-1]
        span = Span(span.start, span.end - 1)
    within, within_key = _qualifier(search, last)
    cue = bool(within) or _has_cue(search, first, last)
    search.names.append(
        PlaceName(span, phrase, key_of(phrase), search.tokens[first].sentence,
                  listed, sure, cue, last - first == 1 and search.person_parts[search.tokens[first].lower] > 0,
                  within, within_key)
    )  # fmt: skip
    search.taken.update(range(first, last))


def _has_cue(search: _Search, first: int, last: int) -> bool:
    tokens, cues = search.tokens, _cues()
    sentence = search.annotated.sentences[tokens[first].sentence]
    after = tokens[last].lower if last < sentence.last else ""
    before = tokens[first - 1].lower if first > sentence.first else ""
    if before in cues.before:
        return not (after in ("'s", "’s") and before in ("to", "from", "between"))
    if after in cues.after or _heads_dateline(search, first, last):
        return True
    two_before = tokens[first - 2].lower.rstrip(".") if first > sentence.first + 1 else ""
    return (before == "of" and (two_before or ",") in cues.of) or (before == "," and two_before in cues.way)


def _heads_dateline(search: _Search, first: int, last: int) -> bool:
    """Whether capitals open a sentence and a dash follows: "TORQUAY — Two men …"."""
    tokens = search.tokens
    if last >= len(tokens) or not tokens[first].text.isupper() or len(tokens[first].text) < 4:
        return False
    return search.annotated.sentences[tokens[first].sentence].first == first and tokens[last].text in _DASHES


def _qualifier(search: _Search, last: int) -> tuple[tuple[Sense, ...], str | None]:
    """The division or state named right after a comma: "Paris, Texas", "Vanderburgh, Ind.", "Arles, France"."""
    tokens = search.tokens
    if last + 1 >= len(tokens) or tokens[last].text not in (",", "(") or not tokens[last + 1].text[:1].isupper():
        return (), None
    if (short := abbreviation(tokens[last + 1].text)) is not None:
        return (short,), key_of(tokens[last + 1].text)
    hit = _longest(search, last + 1, min(len(tokens), last + 5))
    if hit is None:
        return (), None
    end, listed = hit
    if end < len(tokens) and tokens[end].text in ("'s", "’s"):
        return (), None
    told = tuple(s for s in listed if s.kind in (DIVISION, STATE, COUNTY) and s.weight >= 4.5)
    return told, (key_of(search.phrase(last + 1, end)) if told else None)


def _longest(search: _Search, first: int, limit: int) -> tuple[int, tuple[Sense, ...]] | None:
    """The longest listed name that starts at a token: where it ends, and what it may stand for."""
    tokens = search.tokens
    limit = min(limit, first + _LONGEST)
    last = first + 1
    while last < limit and (tokens[last].text[:1].isupper() or tokens[last].lower in _LINKS):
        last += 1
    while last > first:
        if tokens[last - 1].text[:1].isupper() and (found := senses(search.phrase(first, last))):
            return last, found
        last -= 1
    return None


def _is_stop(key: str) -> bool:
    return key in _stops()


# --- what the language model found -----------------------------------------------------------------------------


def _trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """A name without its article, possessive and punctuation at either end."""
    while first < last and (tokens[first].lower in ("the", "a", "an") or not tokens[first].text[0].isalnum()):
        first += 1
    while last > first and (tokens[last - 1].text in ("'s", "’s") or not any(map(str.isalnum, tokens[last - 1].text))):
        last -= 1
    return first, last


def _short_division(search: _Search, first: int, last: int) -> Sense | None:
    """The division that an abbreviation stands for: after a comma or a party, or one that is plain anywhere."""
    tokens = search.tokens
    if last - first > 2 or len(tokens[first].text) > 6:
        return None
    before = tokens[first - 1].text if first else ""
    leads = before in (",", "(") or (before == "-" and first > 1 and tokens[first - 2].text in _PARTIES)
    return abbreviation(search.phrase(first, last), alone=not leads)


def _from_model(search: _Search, name: Name) -> None:
    first, last = _trim(search.tokens, name.first, name.last)
    if first >= last:
        return
    if (short := _short_division(search, first, last)) is not None:
        _add(search, first, last, (short,), True)
        return
    phrase = search.phrase(first, last)
    if phrase.lower() in _outlets():
        return
    listed = senses(phrase)
    if name.label == "NORP":
        listed = tuple(s for s in listed if s.kind != TOWN)
    if listed:
        _add(search, first, last, listed, _is_trusted(search, first, last, listed, name.label))
        return
    parts = [] if _is_way(search, first, last) else list(_parts(search, first, last))
    for start, end, some in parts:
        _add(search, start, end, some, True)
    if not parts and name.label != "NORP" and _may_be_unlisted(search, name.label, first, last):
        _add(search, first, last, (), True)


def _may_be_unlisted(search: _Search, label: str, first: int, last: int) -> bool:
    """Whether a name that no list has may be a place: no surname, no acronym, no newspaper, no bare "South".

    The small model calls persons and companies GPE too often to be believed without a word that makes it a place.
    """
    words = search.tokens[first:last]
    if not words[0].text[:1].isupper():
        return False
    is_area = words[-1].lower.rstrip(".") in _cues().area | _cues().way
    if not is_area and any(search.person_parts[w.lower] for w in words if len(w.text) > 2):
        return False
    if label == "GPE" and not is_area and not _has_cue(search, first, last) and not _qualifier(search, last)[0]:
        return False
    phrase = search.phrase(first, last)
    return (len(words) > 1 or not phrase.isupper()) and "(" not in phrase and not _is_stop(phrase.lower())


def _is_trusted(search: _Search, first: int, last: int, listed: tuple[Sense, ...], label: str) -> bool:
    """Whether the model's word is enough: not for the bare first or last name of a person in the same report."""
    token = search.tokens[first]
    if last - first > 1 or label == "NORP" or (listed[0].kind in (STATE, DEMONYM) and not listed[0].doubtful):
        return True
    if search.person_parts[token.lower]:
        return False
    return listed[0].weight >= _SPEAKS or not _says(search, first, last)


def _says(search: _Search, first: int, last: int) -> bool:
    """Whether a verb of saying stands right beside: capitals speak, towns do not."""
    tokens = search.tokens
    after = tokens[last].lower if last < len(tokens) else ""
    return after in _SAYING or (first > 0 and tokens[first - 1].lower in _SAYING)


def _is_way(search: _Search, first: int, last: int) -> bool:
    return last - first > 1 and search.tokens[last - 1].lower.rstrip(".") in _cues().way


def _parts(search: _Search, first: int, last: int) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
    """The listed names inside a longer one, left to right: "downtown Chicago", "Cairo, Egypt"."""
    at = first
    while at < last:
        if at > first and (short := _short_division(search, at, at + 1)) is not None:
            yield at, at + 1, (short,)
            at += 1
            continue
        hit = _longest(search, at, last) if search.tokens[at].text[:1].isupper() else None
        if hit is None or not _is_good_part(search, at, hit[0], hit[1]):
            at += 1
            continue
        yield at, hit[0], hit[1]
        at = hit[0]


def _is_good_part(search: _Search, first: int, last: int, listed: tuple[Sense, ...]) -> bool:
    if last - first == 1 and _is_stop(search.tokens[first].lower):
        return False
    best = listed[0]
    return not best.doubtful and (best.kind != TOWN or best.weight >= _LARGE_PART)


# --- what the gazetteer finds besides ----------------------------------------------------------------------------


def _from_gazetteer(search: _Search) -> None:
    at = 0
    tokens = search.tokens
    while at < len(tokens):
        if at in search.taken or not tokens[at].text[:1].isupper():
            at += 1
            continue
        at = _look_at(search, at)


def _look_at(search: _Search, at: int) -> int:
    """Look at one capitalised word; the token to go on with."""
    token = search.tokens[at]
    if token.lower == "the":
        return at + 1
    name = search.label.get(at)
    if "-" in token.text and _hyphened(search, at):
        return at + 1
    for last in (at + 2, at + 1) if len(token.text) < 3 else (at + 1,):
        if last <= len(search.tokens) and (short := _short_division(search, at, last)) is not None:
            _add(search, at, last, (short,), True)
            return last
    if name is not None and name.label not in _LOOK_INTO:
        return at + 1
    hit = _longest(search, at, search.annotated.sentences[token.sentence].last)
    if hit is None:
        if len(token.text) > 3 and token.text.isalpha() and _heads_dateline(search, at, at + 1):
            _add(search, at, at + 1, (), True)
        return at + 1
    if any(i in search.taken for i in range(at, hit[0])):
        return at + 1
    last, listed = hit
    sure = _stands_alone(search, at, last, listed)
    if sure is None:
        return at + 1
    _add(search, at, last, listed, sure)
    return last


def _hyphened(search: _Search, at: int) -> bool:
    """The state inside "U.S.-led" or "D-S.C."; whether there was one."""
    token = search.tokens[at]
    if senses(token.text):
        return False
    listed: tuple[Sense, ...]
    head, tail = token.text.rsplit("-", 1)
    if head in _PARTIES and (short := abbreviation(tail)) is not None:
        listed = (short,)
        span, phrase = Span(token.end - len(tail), token.end), tail
    elif (listed := senses(head)) and listed[0].kind in (STATE, DEMONYM, DIVISION):
        span, phrase = Span(token.start, token.start + len(head)), head
    else:
        return False
    search.names.append(PlaceName(span, phrase, key_of(phrase), token.sentence, listed, True))
    search.taken.add(at)
    return True


def _stands_alone(search: _Search, first: int, last: int, listed: tuple[Sense, ...]) -> bool | None:
    """Whether words that the model takes for no place are one: ``True``, ``False`` for maybe, ``None`` for no."""
    name = search.label.get(first)
    label = name.label if name is not None else ""
    best, token = listed[0], search.tokens[first]
    if name is not None and label == "PERSON" and not _is_whole(search, name, first, last):
        return None
    if (label == "LANGUAGE" and best.kind == DEMONYM) or _leads_way(search, last):
        return None
    single = last - first == 1
    if single and token.text.isupper() and len(token.text) < 5 and best.kind == TOWN:
        return None
    if best.kind != TOWN and not best.doubtful:
        return True
    if single and _is_stop(token.lower) and not _qualifier(search, last)[0]:
        return None
    if best.kind == TOWN and _beside_name(search, first, last):
        return None
    return False


def _is_whole(search: _Search, name: Name, first: int, last: int) -> bool:
    """Whether a listed name is all of a person's name, but for an article, or a possessive, area or title after it."""
    start, end = _trim(search.tokens, name.first, name.last)
    if start < first or end <= last:
        return start >= first
    after = search.tokens[last].lower
    return after in ("'s", "’s") or after in _cues().after or _is_area(search, last)


def _is_area(search: _Search, last: int) -> bool:
    return last < len(search.tokens) and search.tokens[last].lower in _cues().area


def _leads_way(search: _Search, last: int) -> bool:
    """Whether the name of a street goes on after these words: "Pennsylvania Avenue"."""
    tokens = search.tokens
    return last < len(tokens) and tokens[last].text[:1].isupper() and tokens[last].lower.rstrip(".") in _cues().way


def _beside_name(search: _Search, first: int, last: int) -> bool:
    """Whether the words are part of another name: "Mr Lincoln", "Paris Hilton", "Chelsea Road", "Boston Globe"."""
    tokens, cues = search.tokens, _cues()
    sentence = search.annotated.sentences[tokens[first].sentence]
    name = search.label.get(first)
    if first > sentence.first:
        before = tokens[first - 1]
        if before.text[:1].isupper() and before.pos == "PROPN" and before.lower not in cues.before:
            return name is None or name.label != "ORG"
    if last >= sentence.last:
        return False
    after = tokens[last]
    if after.lower in cues.media:
        return True
    other = search.label.get(last)
    return other is not None and other.label == "PERSON" and after.text[:1].isupper()


def _unlisted_again(search: _Search) -> None:
    """Further mentions of places that only their first mention showed to be such: "in Vrondeku … Vrondeku voters"."""
    known = {name.key for name in search.names if name.sure and not name.senses and _is_put_in(search, name)}
    if not known:
        return
    for token in search.tokens:
        if token.i in search.taken or token.lower not in known or not token.text[:1].isupper():
            continue
        name = search.label.get(token.i)
        if name is None or name.label not in ("PERSON", "FAC", "LOC"):
            _add(search, token.i, token.i + 1, (), True)


def _is_put_in(search: _Search, name: PlaceName) -> bool:
    """Whether a one-word name stands after "in" or "near", or heads a dateline."""
    first = search.annotated.tokens_in(name.span)[0].i
    if " " in name.key or name.key.endswith("s"):
        return False
    before = search.tokens[first - 1].lower if first else ""
    return before in ("in", "near", "outside") or _heads_dateline(search, first, first + 1)


def _county_lists(search: _Search) -> None:
    """The names before "counties": "Clay, Grant and Otter Tail counties"."""
    tokens = search.tokens
    for token in tokens:
        if token.lower != "counties":
            continue
        at = token.i - 1
        first = search.annotated.sentences[token.sentence].first
        while at >= first and (tokens[at].text[:1].isupper() or tokens[at].text in (",", "and", "&")):
            end = at + 1
            while at >= first and tokens[at].text[:1].isupper():
                at -= 1
            if end > at + 1 and not any(i in search.taken for i in range(at + 1, end)):
                listed = tuple(s for s in senses(search.phrase(at + 1, end) + " County") if s.kind == COUNTY)
                if listed:
                    _add(search, at + 1, end, listed, True)
            if end == at + 1:
                at -= 1
