"""GDELT Events 2.0: 61 columns parted by tabs, no header (GDELT Event Codebook V2.0, 2015).

Empty where a report does not tell: tone, ethnic and religious groups, places of the actors, root events.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateline.lexicons.countries import name_of
from dateline.lexicons.country_codes import fips_of
from dateline.model import Place
from dateline.present.exports.eventrows import QUADS, Act, coded, happened
from dateline.present.exports.job import Job
from dateline.present.exports.plain import cell
from dateline.record.entries import ActorRef

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
NUMBERS = {
    "GLOBALEVENTID": "integer", "SQLDATE": "integer", "MonthYear": "integer", "Year": "integer",
    "FractionDate": "number", "IsRootEvent": "integer", "QuadClass": "integer", "GoldsteinScale": "number",
    "NumMentions": "integer", "NumSources": "integer", "NumArticles": "integer", "AvgTone": "number",
    "DATEADDED": "integer",
    **{f"{who}Geo_{name}": "number" for who in ("Actor1", "Actor2", "Action") for name in ("Lat", "Long")},
    **{f"{who}Geo_Type": "integer" for who in ("Actor1", "Actor2", "Action")},
}  # fmt: skip
#: Codes of CAMEO countries that are not those of ISO, and sectors of PLOVER that CAMEO names otherwise.
_COUNTRIES = {"ROU": "ROM", "TLS": "TMP"}
_ROLES = {"JRN": "MED", "UNK": ""}
_NO_PLACE = ("0", "", "", "", "", "", "", "")


def gdelt_lines(job: Job) -> Iterator[str]:
    """One line an ordered pair of actors of a distinct event."""
    added = "".join(c for c in job.made if c.isdigit())[:14].ljust(14, "0")
    for act in happened(job):
        yield "\t".join(cell(value) for value in _cells(act, added)) + "\n"


def _cells(act: Act, added: str) -> list[str]:
    told = act.told
    day = (told.day or "").replace("-", "")
    return [
        str(act.number), day, day[:6], day[:4], fraction(told.day or ""),
        *_actor(act.source), *_actor(act.target),
        "", told.cameo, told.cameo[:3], told.cameo[:2], str(QUADS[told.quad]), str(told.goldstein),
        str(told.reports), str(told.stories), str(told.reports), "",
        *_NO_PLACE, *_NO_PLACE, *_place(told.place), added, told.report.url or f"urn:dateline:{told.report.key}",
    ]  # fmt: skip


def fraction(day: str) -> str:
    """The year with the part of it that is gone, as GDELT counts: 30 days a month, 365 a year.

    >>> fraction("2013-04-02")
    '2013.2521'
    """
    when = date.fromisoformat(day)
    return f"{when.year}.{min(int(((when.month - 1) * 30 + when.day) / 365 * 10_000 + 0.5), 9999):04d}"


def _actor(actor: ActorRef | None) -> list[str]:
    if actor is None:
        return [""] * len(_ACTOR)
    code = coded(actor)
    country = _COUNTRIES.get(code.country, code.country)
    roles = [role for role in (_ROLES.get(role, role) for role in code.roles) if role]
    whole = country + "".join(roles) if not code.group else "".join(roles) + code.group
    three = [*roles, "", "", ""][:3]
    return [whole, actor.name, country, code.group, "", "", "", *three]


def _place(place: Place | None) -> tuple[str, ...]:
    """Type 1 is a country, 3 a town in the USA, 4 one elsewhere (codebook, ActionGeo_Type)."""
    if place is None:
        return _NO_PLACE
    country = place.country or ""
    fips = fips_of(country) or ""
    lat, lon = ("" if value is None else str(value) for value in (place.lat, place.lon))
    if country and place.name == name_of(country):
        return ("1", place.name, fips, fips, "", lat, lon, fips)
    name = f"{place.name}, {name_of(country)}" if country else place.name
    return ("3" if country == "USA" else "4", name, fips, fips, "", lat, lon, "")
