"""Who wrote and who sent a report, and the lines of its head and foot that are not its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.lexicons import rows
from dateline.load.agencies import Credited, credited, is_agency_staff, is_known
from dateline.model import Span

_LONGEST = 160

_PARTICLE = r"(?:de|da|do|dos|del|della|di|du|la|le|van|von|der|den|ten|ter|bin|bint|ibn|al|el|e|y|zu|st)"
_NAME_WORD = r"(?:[A-ZÀ-ÞŁŚŞŠŽČĆĐİ][\w’'\-]*\.?)"
_NAME = rf"{_NAME_WORD}(?:[ ](?:{_NAME_WORD}|{_PARTICLE})){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:,?\ (?:and|AND|&|with)\ |,\ |/){_NAME}){{0,5}}"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|BYLINE:|Byline:|Written by|Reported by|Author:|Words by|Story by)\s+(?P<names>{_NAMES})"
    r"\s*(?:[|,–—\-/(:•]\s*(?P<of>[^\n]{0,90}))?[.:]?"
)
#: A byline glued before a dateline: its names in small letters first, so that the place's capitals do not join them.
_PLAIN_WORD = rf"(?![A-ZÀ-Þ]{{3}}){_NAME_WORD}"
_PLAIN_NAME = rf"{_PLAIN_WORD}(?:[ ](?:{_PLAIN_WORD}|{_PARTICLE})){{0,4}}"
_PLAIN_NAMES = rf"{_PLAIN_NAME}(?:(?:,?\ (?:and|&|with)\ |,\ ){_PLAIN_NAME}){{0,4}}"
_INLINE_BYLINES = tuple(
    re.compile(
        rf"(?:[Bb]y|BY)\s+(?:[a-z]+\s+)?(?P<names>{names})(?:,\s*(?P<of>[^\n]{{3,40}}?))?"
        r"\s*[.,:|–—\-]?\s+(?=\(?[A-ZÀ-Þ]{3})"
    )
    for names in (_PLAIN_NAMES, _NAMES)
)
_REPORTING = re.compile(
    r"[(\[]?(?:Additional )?(?:Reporting|Writing) (?:and writing )?by (?P<names>[^;()\[\]]{3,120}?)"
    r"(?:[;.]|, [Ee]diting|[)\]]|$)"
)
_SOURCE_LABEL = (
    r"(?:source|sources|news source|via|courtesy(?: of)?|credits?|agency|originally published (?:by|in|on|at)"
    r"|this (?:article|story|report) (?:was |has been )?(?:originally |first )?"
    r"(?:published|appeared|released) (?:by|in|on|at)"
    r"|with (?:additional )?(?:agency )?inputs?(?: from)?|with agency reports|with reports from|from)"
)
_SOURCE_LINE = re.compile(
    rf"\W{{0,3}}(?P<label>{_SOURCE_LABEL})\b\s*(?P<mark>[:\-–—]?)\s*(?P<name>[^\n]{{2,90}}?)\W*", re.IGNORECASE
)
_SOURCE_AT_END = re.compile(r"(?:[.!?\"”’)]\s+)(?P<line>(?:Source|SOURCE|Via)\s*:\s*(?P<name>[^\n:]{2,40}?)\W*)$")
_SIGN_OFF = re.compile(
    r"(?:[(\[]\s*(?P<bracket>[^()\[\]\n]{2,40})\s*[)\]]|[-–—_]{1,3}\s*(?P<dash>[\w./&\- ]{2,40}))\W*"
)
_INITIALS = re.compile(r"[a-z]{2,5}(?:[/\-][a-z]{2,5}){1,5}\W*")
_RIGHTS = re.compile(r"(?:©|\([Cc]\)|copyright\b)[\s\d,.\-–©]*(?:by\s+)?(?P<name>[^.\n|]{2,60})?", re.IGNORECASE)
_STAFF_CREDIT = re.compile(r".{0,120}\b(?:contributed to this (?:report|story|article)|contributed reporting)\b.{0,40}")


_NOBODY = Credited()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the head or foot that is not prose, and the credit it gives."""

    span: Span
    byline: str | None = None
    credit: Credited = _NOBODY


def find_byline(text: str, lines: Sequence[Span]) -> Line | None:
    """The first line of the head that names the writers.

    >>> find_byline("By JANE DOE and JOHN ROE, Associated Press Writer", [Span(0, 49)])
    Line(span=Span(start=0, end=49), byline='Jane Doe and John Roe', credit=Credited(agency='AP', publisher=None))
    """
    for line in lines:
        if line.end - line.start > _LONGEST:
            continue
        match = _BYLINE.fullmatch(text, line.start, line.end)
        if match and (found := _byline(line, match["names"], match["of"])):
            return found
    return None


def inline_bylines(text: str, line: Span) -> Iterator[tuple[Line, int]]:
    """Bylines that may open a line on which a dateline follows, each with the offset where that would begin."""
    for form in _INLINE_BYLINES:
        match = form.match(text, line.start, min(line.end, line.start + _LONGEST))
        if match and (found := _byline(Span(line.start, match.end("names")), match["names"], match["of"])):
            yield found, match.end()


def _byline(span: Span, names: str, of: str | None) -> Line | None:
    """The writers' names as a reading prints them; a desk ("Staff Reporter") or an agency is no writer."""
    words = [w.strip(".,").lower() for w in re.split(r"[\s/]+", names)]
    if any(w in _words("not") for w in words):
        return None
    credit = credited(of) if of and _is_affiliation(of) else Credited()
    people, agencies = [], []
    for name in re.split(r",?\s+(?:and|AND|&|with)\s+|,\s+|/", names):
        parts = _without_desk(name).split()
        name = " ".join(parts) or name
        if is_agency_staff(name):
            agencies.append(name)
        elif all(p.strip(".,").lower() in _words("desk") for p in parts):
            agencies.append("")
        elif len(parts) >= 2:
            people.append(name)
        elif people:
            credit = credit.or_else(credited(name)) if is_known(name) else credit
        else:
            return None
    for agency in filter(None, agencies):
        credit = credit.or_else(credited(agency))
    if not people and not agencies:
        return None
    return Line(span, _joined([_cased(p) for p in people]), credit)


def _without_desk(name: str) -> str:
    """A name without the post before it: "Staff Writer Jane Doe", "Sportswriter Jane Doe"."""
    parts = name.split()
    while len(parts) > 2 and (parts[0].lower() in _words("desk") or is_known(parts[0])):
        del parts[0]
    return " ".join(parts)


def _is_affiliation(words: str) -> bool:
    """Whether words behind the names name an employer rather than a place, an hour or a title."""
    found = credited(words)
    return bool(found.agency) or (bool(found.publisher) and is_known(words.strip(" .")))


def _joined(people: list[str]) -> str | None:
    if not people:
        return None
    return people[0] if len(people) == 1 else ", ".join(people[:-1]) + " and " + people[-1]


def _cased(name: str) -> str:
    """
    >>> _cased("JANE O'NEIL-DOE"), _cased("Jane McDoe")
    ("Jane O'Neil-Doe", 'Jane McDoe')
    """
    name = name.rstrip(".") if not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", name) else name
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)


# --- the foot --------------------------------------------------------------------------------------------------


def foot_line(text: str, line: Span) -> Line | None:
    """What a line of the foot is, where it is not prose: a source, a sign-off, rights, or a line from the lexicon.

    >>> foot_line("Source: IANS", Span(0, 12)).credit
    Credited(agency='IANS', publisher=None)
    """
    length = line.end - line.start
    if length > 3 * _LONGEST:
        return None
    words = text[line.start : line.end]
    if length <= _LONGEST:
        if found := _source_line(words):
            return Line(line, None, found)
        if found := _sign_off(words):
            return Line(line, None, found)
        if _INITIALS.fullmatch(words) and length < 30:
            return Line(line)
    return _rights(line, words) or _reporting(line, words) or (Line(line) if is_furniture(words) else None)


def source_at_end(text: str) -> Line | None:
    """A source named behind the last sentence, on the same line."""
    tail = max(0, len(text) - 80)
    match = _SOURCE_AT_END.search(text, tail)
    if match is None or not is_known(match["name"].strip()):
        return None
    start = match.start("line")
    return Line(Span(start, start + len(match["line"].rstrip())), None, credited(match["name"]))


def _source_line(words: str) -> Credited | None:
    match = _SOURCE_LINE.fullmatch(words)
    if match is None:
        return None
    name = match["name"].strip()
    found = credited(name)
    # without a colon only a known name is a credit: "Via Appia was closed."
    plain = match["label"].lower().startswith("with ") and re.fullmatch(_NAMES, name.rstrip(". "))
    if plain and not found.agency:
        found = credited(name, unknown_is_agency=True)
    if not match["mark"] and not (found.agency or is_known(name)):
        return None
    if match["label"].lower() == "from" and not is_known(name):
        return None
    return found if len(name.split()) <= 8 else None


def _sign_off(words: str) -> Credited | None:
    match = _SIGN_OFF.fullmatch(words)
    name = (match["bracket"] or match["dash"]).strip() if match else ""
    name = re.sub(r"(?i)^with (?:additional )?(?:agency )?inputs?(?: from)? ", "", name)
    return credited(name) if name and any(is_known(p.strip()) for p in (name, *name.split("/"))) else None


def _rights(line: Span, words: str) -> Line | None:
    match = _RIGHTS.match(words)
    if match is None:
        return None
    name = re.sub(r"(?i)\b(?:all rights.*|inc|ltd|llc)\b.*", "", match["name"] or "").strip(" ,.")
    return Line(line, None, credited(name) if name and credited(name).agency else Credited())


def _reporting(line: Span, words: str) -> Line | None:
    if _STAFF_CREDIT.fullmatch(words):
        return Line(line)
    match = _REPORTING.match(words)
    if match is None:
        return None
    people = re.split(r",?\s+and\s+|,\s+", re.sub(r"\s+in\s+[A-Z][\w’'. \-]*", "", match["names"]).strip(" ."))
    people = [p for p in people if re.fullmatch(_NAME, p) and len(p.split()) > 1]
    return Line(line, None if words.lstrip("([").startswith("Additional") else _joined(people))


@cache
def _words(wanted: str) -> frozenset[str]:
    return frozenset(word for _, (kind, word) in rows("bylines.tsv", 2) if kind == wanted)


@cache
def _furniture() -> tuple[tuple[str, ...], frozenset[str]]:
    starts, whole = [], set()
    for _, (kind, words) in rows("furniture.tsv", 2):
        if kind == "starts":
            starts.append(words)
        else:
            whole.add(words)
    return tuple(starts), frozenset(whole)


def is_furniture(words: str) -> bool:
    """Whether a whole line is an appeal to the reader, a right or an end mark.

    >>> is_furniture("(more)"), is_furniture("Click here for pictures."), is_furniture("More people came.")
    (True, True, False)
    """
    starts, whole = _furniture()
    low = words.strip().casefold()
    if len(low) > 300:
        return False
    if len(low) > 140 and not low.lstrip("(* ").startswith(("copyright", "©", "(c)", "this material")):
        return False
    if low in whole or low.strip(" ()[]<>*-–—_.:/\\\t") in whole or re.fullmatch(r"[#*\-–—_=~•·.\s]{1,40}", low):
        return True
    start = low.lstrip("([*-–—>»•· ")
    if not start.startswith(starts):
        return False
    matched = max((s for s in starts if start.startswith(s)), key=len)
    after = start[len(matched) : len(matched) + 1]
    return not (after.isalpha() and matched[-1].isalpha())
