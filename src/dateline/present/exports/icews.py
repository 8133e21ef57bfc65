"""Events as ICEWS writes them: 20 columns parted by tabs under a header, nothing quoted (Boschee et al. 2015)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.lexicons import rows
from dateline.lexicons.codebook import cameo_name
from dateline.lexicons.countries import name_of
from dateline.model import Place
from dateline.present.exports.eventrows import Act, coded, happened, number_of
from dateline.present.exports.job import Job
from dateline.present.exports.plain import cell
from dateline.record.entries import ActorRef

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
TYPES = {
    "Event ID": "integer", "Event Date": "date", "Intensity": "number", "Story ID": "integer",
    "Sentence Number": "integer", "Latitude": "number", "Longitude": "number",
}  # fmt: skip
#: Names of countries as ICEWS writes them, where they are not ours.
_NAMES = {"RUS": "Russian Federation", "PSE": "Occupied Palestinian Territory"}


def icews_lines(job: Job) -> Iterator[str]:
    """A header, then one line an ordered pair of actors of a distinct event."""
    yield "\t".join(COLUMNS) + "\n"
    for act in happened(job):
        yield "\t".join(cell(value) for value in _cells(act)) + "\n"


def _cells(act: Act) -> list[str]:
    told = act.told
    report = told.report
    return [
        str(act.number), told.day or "", *_actor(act.source), cameo_name(told.cameo) or told.type, told.cameo,
        str(told.goldstein), *_actor(act.target), str(number_of(report.story or report.key)), "",
        report.publisher or "", *_place(told.place),
    ]  # fmt: skip


def _actor(actor: ActorRef | None) -> list[str]:
    if actor is None:
        return ["", "", ""]
    code = coded(actor)
    sectors = [name for name in (_sectors().get(role) for role in code.roles) if name]
    return [actor.name, ",".join(sectors), _country(code.country)]


def _place(place: Place | None) -> list[str]:
    if place is None:
        return [""] * 6
    country = place.country or ""
    city = "" if country and place.name == name_of(country) else place.name
    lat, lon = ("" if value is None else str(value) for value in (place.lat, place.lon))
    return [city, "", "", _country(country), lat, lon]


def _country(code: str) -> str:
    return _NAMES.get(code, name_of(code)) if code else ""


@cache
def _sectors() -> dict[str, str]:
    """The sector of ICEWS for a role code: the first that the table lists."""
    names = {"JRN": "Media"}
    for _, (name, code, _) in rows("icews_sectors.tsv", 3):
        names.setdefault(code, name)
    return names
