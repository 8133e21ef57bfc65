"""csv (RFC 4180, UTF-8, with a header) and jsonl: all columns of ``fields``, a row an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from dateline.present.exports.fields import FIELDS, Field, row
from dateline.present.exports.job import Job
from dateline.present.exports.plain import as_line, printable

_QUOTED = re.compile('[,"\r\n]|^[ \t]|[ \t]$')
#: What a spreadsheet may take for a formula, were it the first sign of a cell; further apostrophes stay as they are.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
_JOIN = "|"


def csv_lines(job: Job) -> Iterator[str]:
    """A header, then a line an entry."""
    fields = FIELDS[job.finds[0]]
    yield ",".join(f.name for f in fields) + "\n"
    cells = [(f.get, _CELLS[f.type]) for f in fields]
    for entry in job.each():
        job.rows += 1
        yield ",".join([write(get(entry)) for get, write in cells]) + "\n"


def jsonl_lines(job: Job) -> Iterator[str]:
    """A JSON object a line."""
    for entry in job.each():
        job.rows += 1
        yield as_line(row(entry))


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what looks like one.

    >>> safe("=1+1"), safe("-5 C"), safe("plain"), safe("'Ndrangheta")
    ("'=1+1", "'-5 C", 'plain', "'Ndrangheta")
    """
    return "'" + text if _FORMULA.match(text) else text


def unsafe(text: str) -> str:
    """What ``safe`` was given.

    >>> unsafe(safe("=1+1")), unsafe(safe("'=1+1")), unsafe("'Ndrangheta")
    ('=1+1', "'=1+1", "'Ndrangheta")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = safe(printable(value))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _truth(value: Any) -> str:
    return "" if value is None else "true" if value else "false"


def _names(value: Any) -> str:
    return _text(_JOIN.join(name.replace(_JOIN, "/") for name in value)) if value else ""


def _spans(value: Any) -> str:
    return _JOIN.join(f"{start}-{end}" for start, end in value)


_CELLS: dict[str, Callable[[Any], str]] = {
    "string": _text,
    "date": _plain,
    "integer": _plain,
    "number": _plain,
    "boolean": _truth,
    "names": _names,
    "spans": _spans,
}


def csv_type(field: Field) -> str:
    """The Table Schema type of a column in csv: lists are text there."""
    return "string" if field.type in ("names", "spans") else field.type
