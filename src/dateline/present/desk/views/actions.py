"""What every view ends with: where its rows can be had in other formats, and how it is cited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dateline.present.exports import Format, formats_of
from dateline.present.exports.citations import long_day, tex, tex_url
from dateline.present.exports.plain import one_line
from dateline.record.query import Find

#: What people call each format, and for whom it is.
ABOUT: dict[Format, tuple[str, str]] = {
    Format.CSV: ("CSV", "for spreadsheets"),
    Format.JSONL: ("JSON Lines", "for programs: every field"),
    Format.PARQUET: ("Parquet", "for DuckDB, pandas, R"),
    Format.GDELT: ("GDELT", "the columns of GDELT 2.0"),
    Format.ICEWS: ("ICEWS", "the columns of ICEWS"),
    Format.PLOVER: ("PLOVER", "as POLECAT has them"),
    Format.ANNOTATION: ("Web Annotation", "W3C, JSON-LD"),
    Format.SCHEMA_ORG: ("schema.org", "quotations and claims"),
    Format.BRAT: ("brat", "a zip of texts with annotations"),
    Format.FTM: ("FollowTheMoney", "for Aleph and OpenSanctions tools"),
    Format.CSL: ("CSL-JSON", "the reports, for Zotero"),
    Format.BIBTEX: ("BibTeX", "the reports, for LaTeX"),
    Format.RIS: ("RIS", "the reports, for EndNote"),
    Format.CITATION: ("Citations", "the reports, a line each"),
}
#: The formats that hold reports alone.
CITATIONS = (Format.CITATION, Format.BIBTEX, Format.RIS, Format.CSL)


@dataclass(frozen=True, slots=True)
class Export:
    """One way to take the rows of a view away."""

    name: str
    about: str
    address: str
    citation: bool


def exports_of(kind: str | None, filters: Mapping[str, Any]) -> list[Export]:
    """The formats that take entries of a kind ("sentences", "statements", "events"; "reports" for citations alone)."""
    find = Find(kind) if kind in tuple(Find) else None
    formats = CITATIONS if kind == "reports" else formats_of(find)
    asked = urlencode(told({**filters, "find": find}))
    return [Export(*ABOUT[f], f"/export?format={f.value}" + (asked and f"&{asked}"), f in CITATIONS) for f in formats]


def told(filters: Mapping[str, Any]) -> dict[str, str]:
    """Filters as they stand in an address.

    >>> told({"words": "grain", "since": None, "copies": True})
    {'words': 'grain', 'copies': '1'}
    """
    return {name: "1" if v is True else str(v) for name, v in filters.items() if v not in (None, False, "")}


@dataclass(frozen=True, slots=True)
class Citation:
    """How a view is cited: author-year text, BibTeX, RIS and CSL-JSON."""

    text: str
    bibtex: str
    ris: str
    csl: str


def citation_of(title: str | None, record: str, address: str, day: str) -> Citation:
    """The citation of a view of a record, by its whole address, as it was seen on a day."""
    name = one_line(f"{title or 'View'}: the record “{record}”")
    year, month, number = day.split("-")
    bibtex = "\n".join((
        f"@misc{{dateline{year}{month}{number},", "  author = {{Dateline}},", f"  title = {{{tex(name)}}},",
        f"  year = {{{year}}},", f"  url = {{{tex_url(address)}}},", f"  urldate = {{{day}}},", "}"))  # fmt: skip
    ris = "\n".join(("TY  - ELEC", "AU  - Dateline", f"TI  - {name}", f"PY  - {year}", f"UR  - {one_line(address)}",
                     f"Y2  - {day.replace('-', '/')}", "ER  - "))  # fmt: skip
    csl = {"id": f"dateline{year}{month}{number}", "type": "webpage", "title": name,
           "author": [{"literal": "Dateline"}], "issued": {"date-parts": [[int(year)]]}, "URL": address,
           "accessed": {"date-parts": [[int(year), int(month), int(number)]]}}  # fmt: skip
    text = f"Dateline ({year}). {name}. Seen on {long_day(day)}. {address}"
    return Citation(text, bibtex, ris, json.dumps(csl, ensure_ascii=False, indent=1))
