"""The dateline: place, day and agency at the head of a wire report, in its many printed forms.

The forms follow the stylebooks of the large agencies: place in capitals, a state or country after it, a day without
a year, the agency in brackets, and a dash. Each part but one may be missing, and reprints change the marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from dateline.lexicons import countries, gazetteer, rows
from dateline.load.agencies import Credited, credited, is_known, is_site
from dateline.load.days import DAY, MONTH, WEEKDAY, PrintedDay, day_in, last_weekday, nearest
from dateline.model import Dateline, Span

_LONGEST = 180
_BODY = 60
_MOST_LINES = 8

_WORD = r"[^\W\d_](?:[\w’'.]|-(?=\w))*"
_PLACE = rf"(?P<place>{_WORD}(?:(?:\s?[/&]\s?|\ |\ and\ ){_WORD}){{0,5}}?)"
_REGION = rf"(?:,\s*(?!{WEEKDAY}\b|{MONTH}\b)(?P<region>{_WORD}(?:[ ]{_WORD}){{0,3}}?))?"
_DAY_PART = rf"\b(?:(?P<day>{DAY})|(?P<weekday>{WEEKDAY})\b)"
_CREDIT = (
    r"(?:[(\[](?P<credit>[^()\[\]\n]{2,60})[)\]](?:\s*[(\[](?P<credit2>[^()\[\]\n]{2,60})[)\]])?"
    r"|/(?P<wire>[^/\n]{2,40})/)"
)
#: \x96 and \x97 are the dashes of Windows-1252 read as Latin-1, U+FFFD is one that was lost on the way.
_DASH = r"(?P<close>(?:--+|[—–―‒_|\x96\x97\ufffd]+|\.?-))"
_MARK = rf"(?:{_DASH}|(?P<colon>:))"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_PLACE}{_REGION}(?:[,.]*\s*{_DAY_PART})?[,.]?\s*(?:--|[—–])?\s*{_CREDIT}(?:\s*{_MARK}|\.(?=\s))?",
        rf"{_PLACE}{_REGION}[,.]*\s*{_DAY_PART},?\s*(?P<bare>[A-Z][A-Za-z]+)\s*{_MARK}",
        rf"{_PLACE}{_REGION}[,.]*\s*{_DAY_PART}(?:\s*{_MARK}|(?=\s|$))",
        rf"(?P<day>{DAY})\s*{_CREDIT}\s*{_DASH}",
        rf"{_CREDIT}\s*{_DASH}?",
        rf"{_PLACE}{_REGION}\s*{_MARK}(?=\s|[\"“'‘]|[A-Z])",
    )
)
#: The bracket that ends most wire datelines; before it, on the same line, a title or a byline may have been glued.
_BRACKET = re.compile(r"(?:\((?P<round>[^()\n]{2,40})\)|/(?P<wire>PR[^/\n]{2,30})/)")
_SENTENCE_END = re.compile(r"[.!?…\"”’]\s+(?=[A-ZÀ-Þ]{3})")
_GLUED = 300
_TITLE_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline as printed, with the credit in its bracket; its day may still lack a year."""

    span: Span
    place: str | None
    country: str | None
    day: PrintedDay | None
    weekday: str | None
    credit: Credited

    def dated(self, published: date | None) -> Dateline:
        """The dateline with its day, counted from the publication where no year was printed, and its country then."""
        day = self.day.date if self.day else None
        if day is None and published:
            if self.day:
                day = nearest(self.day.month, self.day.day, published)
            elif self.weekday:
                day = last_weekday(self.weekday, published)
        written = day or published
        country = self.country
        if country and written:  # of the time: Moscow was the Soviet Union's
            country = countries.state_then(country, written.isoformat(), self.place)
        return Dateline(self.span, self.place, country, day.isoformat() if day else None)


def find_dateline(text: str, lines: Sequence[Span]) -> FoundDateline | None:
    """The first dateline in the head of a report, or ``None``.

    >>> found = find_dateline("NAIROBI, Nov 7 (AFP) — Rain fell.", [Span(0, 33)])
    >>> found.place, found.country, found.credit.agency, found.span
    ('Nairobi', 'KEN', 'AFP', Span(start=0, end=22))
    """
    for line in lines[:_MOST_LINES]:
        found = dateline_at(text, line.start, line.end) or _inside(text, line)
        if found:
            return found
    return None


def dateline_at(text: str, start: int, end: int, strong: bool = False) -> FoundDateline | None:
    """The dateline that begins at an offset of a line; ``strong`` asks for a known agency or a known region."""
    if not (text[start].isupper() or text[start] in "([/" or text[start].isdigit()):
        return None
    stop = min(end, start + _LONGEST)
    bracketed = _bracketed_place(text, start, stop)
    if bracketed:
        return bracketed
    for form in _FORMS:
        match = form.match(text, start, stop)
        if match is None:
            continue
        candidate = _Candidate(text, match, end)
        if candidate.is_dateline() and (candidate.is_strong() or not strong):
            return candidate.found()
    return None


def _inside(text: str, line: Span) -> FoundDateline | None:
    """A dateline behind a title or a byline on the same line, where nothing but a dateline can be meant.

    Of the places that the words may be cut to, one in capitals counts most, then one that is known, then the longest.
    """
    found = [dateline_at(text, start, line.end, strong=True) for start in _inner_starts(text, line)]
    ranked = [
        ((not text[f.span.start : f.span.start + 3].isupper(), f.country is None, f.span.start), f) for f in found if f
    ]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _inner_starts(text: str, line: Span) -> list[int]:
    """Where a dateline may begin inside a line: after a sentence, and at each capital before an agency's bracket."""
    stop = min(line.end, line.start + _GLUED)
    starts = {gap.end() for gap in _SENTENCE_END.finditer(text, line.start, stop)}
    for bracket in _BRACKET.finditer(text, line.start, stop):
        if is_known((bracket["round"] or bracket["wire"]).split("/")[0].strip()):
            first = max(line.start + 1, bracket.start() - 90)
            starts |= {i for i in range(first, bracket.start()) if text[i].isupper() and text[i - 1].isspace()}
    return sorted(starts)


_BRACKETED_PLACE = re.compile(rf"\({_PLACE}{_REGION}\)\s*{_DASH}\s")


def _bracketed_place(text: str, start: int, stop: int) -> FoundDateline | None:
    """A place in brackets, as broadcasters print it: "(NEW YORK) — "."""
    match = _BRACKETED_PLACE.match(text, start, stop)
    if match is None or is_known(match["place"]):
        return None
    place, region = match["place"], match["region"]
    if not (_knows(place, region) or (place.isupper() and len(place) > 4)):
        return None
    return FoundDateline(
        Span(start, match.end("close")), _printed(place), country_of_place(place, region), None, None, Credited()
    )


def _without_stop(place: str | None) -> str | None:
    """A place without the full stop that Russian wires put behind it ("MOSCOW. Nov 7"); "D.C." keeps its own.

    >>> _without_stop("MOSCOW."), _without_stop("Washington D.C.")
    ('MOSCOW', 'Washington D.C.')
    """
    if place is None or not place.endswith(".") or "." in place.split()[-1][:-1]:
        return place
    return place[:-1]


def _end_of_wrapped(text: str, end: int, furthest: int) -> int:
    """The end of a line that was broken to a width: the next line goes on with a small letter."""
    while end < min(len(text), furthest):
        following = end + 1
        while following < len(text) and text[following] in " \t":
            following += 1
        if following >= len(text) or not text[following].islower():
            break
        newline = text.find("\n", following)
        end = newline if newline >= 0 else len(text)
    return end


class _Candidate:
    """What a form matched, and the questions that decide whether it is a dateline."""

    def __init__(self, text: str, match: re.Match[str], line_end: int) -> None:
        groups = match.groupdict()
        self.start, self.end = match.start(), match.start() + len(match[0].rstrip())
        self.place: str | None = _without_stop(groups.get("place"))
        self.region: str | None = groups.get("region")
        self.day = day_in(match) if groups.get("day") else None
        self.bad_day = bool(groups.get("day")) and self.day is None
        self.weekday: str | None = groups.get("weekday")
        self.bare: str | None = groups.get("bare")
        first = groups.get("credit") or groups.get("wire") or self.bare
        self.brackets = [c for c in (first, groups.get("credit2")) if c]
        self.close: str | None = groups.get("close")
        self.colon = bool(groups.get("colon"))
        line_end = _end_of_wrapped(text, line_end, self.end + 400)
        self.rest = text[self.end : min(line_end, self.end + 400)].lstrip()
        self.rest_length = line_end - self.end
        self.spaced = self.end < len(text) and (text[self.end].isspace() or text[match.start("close") - 1].isspace())

    def is_dateline(self) -> bool:
        if self.bad_day or not self._follows_well():
            return False
        if self.bare and not (self.bare[0].isupper() and is_known(self.bare)):
            return False
        if self.place is None:
            return self._credit_is_known()
        if not self._place_looks_right():
            return False
        if self.brackets:
            return self._is_credited()
        if self.day or self.weekday:
            return self._is_dated()
        return self._is_bare()

    def is_strong(self) -> bool:
        """Whether it is a dateline even in the middle of a line."""
        if self.place is None or not (self.close or self._is_caps()):
            return False
        if self._credit_is_known():
            return self._is_caps() or _is_large_city(self.place)
        return bool(self.close) and self._is_caps() and self._region_known()

    def _follows_well(self) -> bool:
        """Prose begins after it: a capital, a digit, a quotation mark; or the dateline has a line of its own."""
        return not self.rest or not self.rest[0].islower() or (self._is_caps() and self._credit_is_known())

    def _place_looks_right(self) -> bool:
        assert self.place is not None
        words = self.place.replace("/", " ").replace("&", " ").split()
        first = words[0].strip(".").lower()
        if self.place.strip().upper() in _words("not") or first in _words("no_start"):
            return False
        if is_known(self.place) or self.place.endswith(("’s", "'s", "’S", "'S")):
            return False
        if any(w.endswith(".") and len(w) > 5 for w in words):  # "St." and "D.C." are parts of names; "Day." is not
            return False
        return all(w[0].isupper() or w.strip(".'’").lower() in _words("small") or w == "and" for w in words)

    def _is_caps(self) -> bool:
        """In capitals; particles and a prefix ("McALLEN") may be small."""
        if not self.place:
            return False
        words = [w for w in re.split(r"[\s/&]+", self.place) if w.lower() not in _words("small")]
        letters = [c for w in words for c in w if c.isalpha()]
        upper = sum(c.isupper() for c in letters)
        return upper >= 3 and bool(words) and all(w[-1].isupper() or w[-1] in ".'’" for w in words) and (
            upper >= 0.7 * len(letters)
        )  # fmt: skip

    def _credit_is_known(self) -> bool:
        return any(is_known(part.strip()) for b in self.brackets for part in (b, *re.split(r"[/,]", b)))

    def _credit_is_site(self) -> bool:
        return any(is_site(part.strip()) for b in self.brackets for part in (b, *re.split(r"[/,]", b)))

    def _is_acronym(self) -> bool:
        """The bracket only shortens the words before it: "Central News Agency (CNA)"."""
        assert self.place is not None
        words = (self.place + " " + (self.region or "")).replace("-", " ").split()
        initials = "".join(w[0] for w in words if w[0].isupper()).upper()
        letters = "".join(c for c in self.brackets[0] if c.isalpha()).upper()
        return len(words) > 1 and len(letters) > 1 and (letters in initials or initials in letters)

    def _is_credited(self) -> bool:
        known = self._credit_is_known() or self._credit_is_site()
        if self._is_caps():
            return known or (bool(self.close) and self._region_fits())
        if self.day or self.weekday:
            return known or bool(self.close)
        if self._is_acronym():
            return False
        assert self.place is not None
        place_known = _knows(self.place, self.region)
        return known and (place_known or (bool(self.close) and len(self.place.split()) <= 3))

    def _is_dated(self) -> bool:
        assert self.place is not None
        if not (self.close or self.colon):
            alone = not self.rest and _knows(self.place, self.region)
            return alone or (self._is_caps() and self._region_fits() and self.rest[:1].isupper())
        return self._region_fits() and (self._is_caps() or _knows(self.place, self.region))

    def _is_bare(self) -> bool:
        """Nothing but a place and a mark: the line behind it must be a report's first sentence."""
        assert self.place is not None
        if self.rest_length < _BODY or not self._region_fits() or not self._is_prose():
            return False
        if self.colon:
            people = 100_000 if self._is_caps() else 500_000
            return not self.region and not self._is_speaker() and _is_large_city(self.place, people)
        if self._is_caps():
            return self.spaced or _knows(self.place, self.region)
        return self.close != "-" and (_knows_city(self.place) or self._region_known())

    def _is_speaker(self) -> bool:
        """Whether what follows is said in the first person: "HALE: We will …" is a transcript."""
        first = re.match(r"[\"“'‘]?([^\W\d_]+)", self.rest)
        return first is not None and first[1].lower() in _words("speech")

    def _is_prose(self) -> bool:
        """Whether a sentence follows, and no headline: headlines have no full stop, or capitals on most words."""
        words = [w for w in self.rest[:120].split()[:-1] if w[0].isalpha()]
        if len(words) >= 4 and sum(w[0].isupper() for w in words) > _TITLE_SHARE * len(words):
            return False
        return any(mark in self.rest for mark in ".!?") or self.rest_length > 2 * _BODY

    def _region_known(self) -> bool:
        return self.region is not None and _region_country(self.region) is not None

    def _region_fits(self) -> bool:
        """No region, a known one, or words that could be one: capitalised, but not a headline in capitals."""
        if self.region is None or self._region_known():
            return True
        words = self.region.split()
        return len(words) <= 3 and not self.region.isupper() and all(w[0].isupper() for w in words)

    def found(self) -> FoundDateline:
        credit = Credited()
        for bracket in self.brackets:
            credit = credit.or_else(credited(bracket, unknown_is_agency=True))
        place = _printed(self.place) if self.place else None
        country = country_of_place(self.place, self.region) if self.place else None
        return FoundDateline(Span(self.start, self.end), place, country, self.day, self.weekday, credit)


# --- places ----------------------------------------------------------------------------------------------------


def country_of_place(place: str, region: str | None = None) -> str | None:
    """The country of a dateline's place: a named state or country decides, else the best known place of that name.

    >>> country_of_place("PARIS"), country_of_place("PARIS", "Mo."), country_of_place("TBILISI", "Georgia")
    ('FRA', 'USA', 'GEO')
    """
    first = re.split(r"\s*[/&]\s*| and ", place)[0]
    capital = countries.capital_of(first)
    if region:
        if capital and capital == countries.country_of(region):
            return capital
        if found := _region_country(region):
            return found
    return capital or countries.country_of(place) or countries.country_of(first) or _city_country(first)


def _knows(place: str, region: str | None) -> bool:
    return country_of_place(place, region) is not None


def _knows_city(place: str) -> bool:
    """Whether it is a city, and no country: "Israel: …" opens a title more often than a report."""
    first = re.split(r"\s*[/&]\s*| and ", place)[0]
    if countries.country_of(first) and not countries.capital_of(first):
        return False
    return bool(countries.capital_of(first) or _city_country(first))


def _is_large_city(place: str, people: int = 500_000) -> bool:
    """A capital or a city that is no surname: "Obama: …" is a speaker, though Obama is a town in Japan."""
    if countries.capital_of(place):
        return True
    found = gazetteer.towns(place)
    return bool(found) and found[0].population > people and _knows_city(place)


def _region_country(region: str) -> str | None:
    known = _regions()
    plain = region.replace(".", "").replace(" ", "")
    for form in (region, plain, _printed(region)):
        if form in known:
            return known[form]
    return countries.country_of(region)


def _city_country(place: str) -> str | None:
    found = gazetteer.towns(place)
    return found[0].country if found else None


def _printed(place: str) -> str:
    """A place's name as a reading writes it: capitals only where names have them.

    >>> _printed("RIO DE JANEIRO"), _printed("PORT-AU-PRINCE"), _printed("Gaza City"), _printed("BAKU/YEREVAN")
    ('Rio de Janeiro', 'Port-au-Prince', 'Gaza City', 'Baku/Yerevan')
    """
    place = re.sub(r"^(?:aboard|near)\s+(?:the\s+)?(?=\w)", "", " ".join(place.split()), flags=re.IGNORECASE)
    letters = [c for c in place if c.isalpha()]
    if sum(c.isupper() for c in letters) < 0.7 * len(letters) or (len(letters) < 4 and "." in place):
        return place
    pieces = re.split(r"([\s/&\-]+)", place)
    return "".join(_cased(piece, i == 0 or "/" in pieces[i - 1]) for i, piece in enumerate(pieces))


def _cased(word: str, first: bool) -> str:
    if not first and word.lower() in _words("small") and word.lower() not in ("el", "as", "a"):
        return word.lower()
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?\.?", word):
        return word
    prefix = re.match(r"Mc|Mac(?=[A-Z])|De(?=[A-Z])|[NOD]['’](?=\w{2})|[NOD]['’]", word)
    if prefix:
        return prefix[0] + word[prefix.end() :].capitalize()
    return word[:1] + word[1:].lower()


@cache
def _regions() -> dict[str, str]:
    """States and provinces by name and by the short forms of datelines, dots and spaces left out of these."""
    known: dict[str, str] = {}
    for _, (names, country, _, _, _, short) in rows("regions.tsv", 6):
        if country != "-":
            known |= {name.rstrip("?"): country for name in names.split("|")}
            known |= {form.rstrip("!").replace(" ", ""): country for form in short.split("|") if form}
    return known


@cache
def _words(wanted: str) -> frozenset[str]:
    return frozenset(words for _, (kind, words) in rows("datelines.tsv", 2) if kind == wanted)
