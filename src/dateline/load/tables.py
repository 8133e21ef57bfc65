"""Tables of events (GDELT Events 2.0, ICEWS) -> readings: sources that tell who did what, and no words.

A row gives a report without text, two actors, and one event of PLOVER's types, with CAMEO's code as the table has it
and weights and classes from Dateline's own tables. The day is the table's own day of the event; a day of crawling
never is. Where that day was counted from is not kept by these tables, so that an event's time says nothing of it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version

from dateline.lexicons.actorcodes import country_of_cameo, country_of_fips, kind_of_role, sector
from dateline.lexicons.countries import country_of, name_of
from dateline.lexicons.eventbook import goldstein_of, quad_of, type_of
from dateline.load.days import day_of
from dateline.load.kinds import GDELT_COLUMNS
from dateline.load.outcomes import Failure, Found, Notice, Raw, numbered
from dateline.load.published import as_published
from dateline.load.reports import writable
from dateline.load.urls import host_of, web_address
from dateline.model import (
    Actor,
    ActorKind,
    Credits,
    DateFrom,
    Event,
    Interval,
    MadeBy,
    Place,
    Reading,
    Reality,
    Report,
    Span,
)

GDELT, ICEWS = "gdelt", "icews"
LONGEST_ROW = 50_000
_NOWHERE = Span(0, 0)
_CODE = re.compile(r"(?:0[2-9]|1[0-9]|20)\d{0,2}")
_STATEMENT = re.compile(r"01\d{0,2}")
#: Reasons that are counted for a whole table and told once; all other failures are told row by row.
_NO_ACTOR = "rows that name nobody who acts"
_NO_TYPE = "rows of CAMEO's root 01, public statements, which are no events of PLOVER"
_NO_CODE = "rows with a code that CAMEO does not have"
_NO_DAY = "rows without a day of the calendar"
_COUNTED = (_NO_ACTOR, _NO_TYPE, _NO_CODE, _NO_DAY)

RowReader = Callable[[bytes, str, date | None, Notice], Found | Failure]


def read_rows(raws: Iterable[Raw | Failure], name: str, read: Callable[[Raw], Reading | Report | Failure]) -> Iterator[
    Reading | Report | Failure
]:  # fmt: skip
    """What the rows of a table give; rows left out for a common reason are counted and told together at the end."""
    left_out: Counter[str] = Counter()
    given = False
    for raw in raws:
        found = raw if isinstance(raw, Failure) else read(raw)
        if isinstance(found, Failure) and found.reason in _COUNTED:
            left_out[found.reason] += 1
        else:
            given = True
            yield found
    if not given and not left_out:
        yield Failure(name, "a table without rows: nothing to read")
    for reason in _COUNTED:
        if count := left_out[reason]:
            yield Failure(name, f"{reason} ({count:,})", count)


# --- GDELT Events 2.0 (codebook 2.0 of February 2015) ------------------------------------------------------------


def raws_of_gdelt(lines: Iterable[bytes | None], name: str, place: str) -> Iterator[Raw | Failure]:
    """The rows of an events table of GDELT 2.0."""
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Failure(f"{name}, line {number}", "a line too long to be a row: get the table again")
        elif line.strip():
            yield Raw(GDELT, line.rstrip(b"\r"), f"{name}, line {number}", numbered(place, number))


def reading_of_gdelt(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The reading of one row of GDELT Events 2.0."""
    cells = [cell.strip() for cell in writable(data.decode("utf-8", "replace")).split("\t")]
    if len(cells) != GDELT_COLUMNS or not cells[0].isalnum():
        return Failure(where, f"{len(cells)} columns in a row, where GDELT 2.0 has {GDELT_COLUMNS}: get it again")
    source, target = _gdelt_actor("a1", *cells[5:15]), _gdelt_actor("a2", *cells[15:25])
    url = web_address(cells[60])
    added = as_published(cells[59][:8], DateFrom.GUESSED)
    report = Report(f"gdelt-{cells[0]}", "", published=added, url=url,
                    credits=Credits(publisher=host_of(url) if url else cells[60][:200] or None))  # fmt: skip
    return _reading(report, source, target, cells[26], day_of(cells[1]), _gdelt_place(*cells[51:59]), where)


@lru_cache(maxsize=20_000)
def _gdelt_actor(
    id: str, code: str, name: str, land: str, group: str, ethnic: str, religion: str, _: str, *roles: str
) -> Actor | None:
    """An actor of ten cells: code, name, country, known group, ethnic group, two religions, three roles."""
    if not code.isascii() or not code.isalpha() or not 3 <= len(code) <= 30:
        return None
    code = code.upper()
    country = country_of_cameo(land)
    if country and code.startswith(land):
        code = country + code[len(land) :]
    kind = next((k for role in roles if (k := kind_of_role(role))), None)
    if kind is None:
        if group:
            kind = ActorKind.ORGANISATION
        elif ethnic or religion:
            kind = ActorKind.POPULATION
        else:
            kind = ActorKind.STATE if country and code == country else ActorKind.UNNAMED
    return Actor(id, _gdelt_name(name, kind, country, code), kind, country, code, (), ())


def _gdelt_name(name: str, kind: ActorKind, country: str | None, code: str) -> str:
    """A state's usual name; for one of its bodies that the table gives the state's name, the code behind it."""
    if kind is ActorKind.STATE and country:
        return name_of(country)
    words = _cased(name) or code
    return f"{words} ({code[3:]})" if country and country_of(words) == country and len(code) > 3 else words


def _cased(name: str) -> str:
    """A name as the table has it, in capitals, as a report would write it; short words may be letters of an acronym.

    >>> _cased("UNITED NATIONS"), _cased("NATO"), _cased("POLICE")
    ('United Nations', 'NATO', 'Police')
    """
    name = " ".join(name.split())[:200]
    return name if len(name) <= 4 or not name.isupper() else name.title()


@lru_cache(maxsize=20_000)
def _gdelt_place(_: str, name: str, country: str, adm1: str, adm2: str, lat: str, lon: str, id: str) -> Place | None:
    """Where the act took place: type, full name, FIPS country, two divisions, latitude, longitude, feature."""
    if not name:
        return None
    where = _coordinates(lat, lon)
    return Place(_NOWHERE, name[:300], country_of_fips(country), *where)


def _coordinates(lat: str, lon: str) -> tuple[float | None, float | None]:
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return None, None
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else (None, None)


# --- ICEWS coded event data (Boschee et al. 2015) ----------------------------------------------------------------

ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_NEEDED = ("Event ID", "Event Date", "Source Name", "CAMEO Code", "Target Name")


def raws_of_icews(lines: Iterable[bytes | None], name: str, place: str) -> Iterator[Raw | Failure]:
    """The rows of an events table of ICEWS; a row keeps the head of its table where that is not the usual one."""
    head: bytes | None = None
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Failure(f"{name}, line {number}", "a line too long to be a row: get the table again")
        elif head is None:
            columns = _cells(line)
            if missing := [column for column in _NEEDED if column not in columns]:
                yield Failure(name, f"no ICEWS table: it has no column {missing[0]}")
                return
            head = b"" if tuple(columns) == ICEWS_COLUMNS else line.rstrip(b"\r") + b"\n"
        elif line.strip():
            yield Raw(ICEWS, head + line.rstrip(b"\r"), f"{name}, line {number}", numbered(place, number))


def _cells(line: bytes) -> list[str]:
    text = writable(line.decode("utf-8", "replace")).lstrip("\ufeff").strip("\r\n").replace("\0", "")
    if '"' not in text:
        return [cell.strip() for cell in text.split("\t")]
    try:
        return [cell.strip() for cell in next(csv.reader([text.replace("\r", " ")], delimiter="\t"), [])]
    except csv.Error:
        return [cell.strip(' "') for cell in text.split("\t")]


_ICEWS_NEEDED = ("Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code")


def reading_of_icews(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The reading of one row of ICEWS."""
    head, line_end, row = data.rpartition(b"\n")
    columns = _cells(head) if line_end else list(ICEWS_COLUMNS)
    cells = _cells(row)
    if len(cells) != len(columns):
        return Failure(where, f"{len(cells)} columns in a row under a head of {len(columns)}: get it again")
    if missing := [column for column in _ICEWS_NEEDED if column not in columns]:
        return Failure(where, f"no column {', '.join(missing)} in the head of a table of ICEWS: get it again")
    of = {column: "" if cell == "NULL" else cell for column, cell in zip(columns, cells, strict=True)}
    day = day_of(of["Event Date"])
    source = _icews_actor("a1", of["Source Name"], of.get("Source Sectors", ""), of.get("Source Country", ""))
    target = _icews_actor("a2", of["Target Name"], of.get("Target Sectors", ""), of.get("Target Country", ""))
    # the number of an event is its own only together with its day
    id = f"icews-{of['Event ID'][:40]}-{(day or '').replace('-', '')}"
    report = Report(id, "", published=as_published(day, DateFrom.GUESSED),
                    credits=Credits(publisher=of.get("Publisher", "")[:200] or None))  # fmt: skip
    return _reading(report, source, target, _padded(of["CAMEO Code"]), day, _icews_place(of), where)


def _padded(code: str) -> str:
    """A code of CAMEO with the zero that spreadsheets take off; ICEWS writes none shorter than three digits.

    >>> _padded("43"), _padded("831"), _padded("10"), _padded("112"), _padded("1823")
    ('043', '0831', '010', '112', '1823')
    """
    return "0" + code if len(code) == 2 or (len(code) == 3 and code[:2] > "20") else code


@lru_cache(maxsize=20_000)
def _icews_actor(id: str, name: str, sectors: str, land: str) -> Actor | None:
    if not name:
        return None
    country = country_of(land) if land else None
    found = sector(sectors)
    role, kind = found or ("", ActorKind.STATE if country and country_of(name) == country else ActorKind.UNNAMED)
    return Actor(id, name[:200], kind, country, (country or "") + role or None, (), ())


def _icews_place(of: dict[str, str]) -> Place | None:
    name = next((of[c] for c in ("City", "District", "Province", "Country") if of.get(c)), None)
    if name is None:
        return None
    land = of.get("Country", "")
    where = _coordinates(of.get("Latitude", ""), of.get("Longitude", ""))
    return Place(_NOWHERE, name[:300], country_of(land) if land else None, *where)


# --- both ------------------------------------------------------------------------------------------------------


def _reading(
    report: Report, source: Actor | None, target: Actor | None, code: str, day: str | None, place: Place | None,
    where: str,
) -> Found | Failure:  # fmt: skip
    if source is None:
        return Failure(where, _NO_ACTOR)
    made_by = _made_by("GDELT Events 2.0" if report.id.startswith("gdelt") else "ICEWS")
    if _STATEMENT.fullmatch(code):
        return Failure(where, _NO_TYPE)
    if not _CODE.fullmatch(code):
        return Failure(where, _NO_CODE)
    if day is None:
        return Failure(where, _NO_DAY)
    type_ = type_of(code)
    event = Event(
        id="e1",
        type=type_,
        mode=None,
        cameo=code,
        quad=quad_of(type_),
        goldstein=goldstein_of(code, type_),
        source=("a1",),
        target=("a2",) if target else (),
        span=_NOWHERE,
        source_span=None,
        target_span=None,
        time=Interval(day, day),
        place=place,
        reality=Reality.HAPPENED,
        said_by=None,
        unsure=False,
    )
    actors = (source, target) if target else (source,)
    return Found(Reading(report, actors, places=(place,) if place else (), events=(event,),
                         made_by=made_by), report.id)  # fmt: skip


@cache
def _made_by(table: str) -> MadeBy:
    """The version of Dateline, from its own metadata, as a stage imports nothing of the package's front; the table."""
    try:
        return MadeBy(version("dateline"), table)
    except PackageNotFoundError:
        return MadeBy("unknown", table)
