"""Reports as citations: CSL-JSON (1.0.2), BibTeX, RIS (2001) and plain lines; each report once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.present.exports.job import Job
from dateline.present.exports.plain import one_line, whole
from dateline.record.entries import ReportEntry

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TEX_SIGNS = re.compile(r"[\\{}%&#_$~^]")


def csl_lines(job: Job) -> Iterator[str]:
    """One array of CSL items."""
    yield "["
    for report in job.each_report():
        line = json.dumps(_csl(report), ensure_ascii=False, separators=(",", ":"))
        yield (",\n" if job.rows else "\n") + whole(line)
        job.rows += 1
    yield "\n]\n"


def bibtex_lines(job: Job) -> Iterator[str]:
    """One ``@article`` a report."""
    for report in job.each_report():
        job.rows += 1
        yield _bibtex(report)


def ris_lines(job: Job) -> Iterator[str]:
    """One ``TY  - NEWS`` record a report."""
    for report in job.each_report():
        job.rows += 1
        yield _ris(report)


def plain_lines(job: Job) -> Iterator[str]:
    """One line a report."""
    for report in job.each_report():
        job.rows += 1
        yield cite(report) + "\n"


def cite(r: ReportEntry) -> str:
    """A report in one line: who wrote it, title, publisher, day, address."""
    who = [r.byline, f"“{r.title}”" if r.title else "[no title]", r.publisher or r.source]
    if r.agency and r.agency != r.publisher:
        who.append(f"credit {r.agency}")
    day = long_day(r.published) if r.published else "no date"
    who.append(day if r.reliable or not r.published else f"{day} (date not reliable)")
    end = f". {r.url}" if r.url else "."
    return one_line(", ".join(part for part in who if part) + end)


def _note(r: ReportEntry) -> str | None:
    """What a reader of the citation must know about its date and source."""
    notes = [f"credit {r.agency}" if r.agency else None]
    if r.published and not r.reliable:
        notes.append(f"date {r.published_from or 'guessed'}, not reliable")
    return "; ".join(note for note in notes if note) or None


def _csl(r: ReportEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": r.key, "type": "article-newspaper", "title": r.title, "container-title": r.publisher, "URL": r.url,
        "language": r.language, "note": _note(r),
        "author": [{"literal": r.byline}] if r.byline else None,
        "issued": {"date-parts": [[int(part) for part in r.published.split("-")]]} if r.published else None,
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def _bibtex(r: ReportEntry) -> str:
    year, month, day = r.published.split("-") if r.published else ("", "", "")
    told = {
        "title": r.title, "author": r.byline and "{" + tex(r.byline) + "}", "journal": r.publisher, "year": year,
        "month": month.lstrip("0"), "day": day.lstrip("0"), "url": r.url, "language": r.language, "note": _note(r),
    }  # fmt: skip
    lines = [f"@article{{{r.key},"]
    for name, value in told.items():
        if value:
            written = value if name == "author" else tex_url(value) if name == "url" else tex(value)
            lines.append(f"  {name} = {{{written}}},")
    return "\n".join([*lines, "}", "", ""])


def tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda sign: _TEX[sign.group()], one_line(text))


def tex_url(text: str) -> str:
    """An address without braces, which would end the field; ``\\url`` takes all other signs as they are."""
    return one_line(text).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _ris(r: ReportEntry) -> str:
    told = [
        ("TY", "NEWS"), ("ID", r.key), ("AU", r.byline), ("TI", r.title), ("T2", r.publisher),
        ("PY", r.published and r.published[:4]), ("DA", r.published and r.published.replace("-", "/")),
        ("LA", r.language), ("N1", _note(r)), ("UR", r.url),
    ]  # fmt: skip
    return "".join(f"{tag}  - {one_line(value)}\n" for tag, value in told if value) + "ER  - \n\n"


def long_day(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"
