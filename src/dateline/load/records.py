"""JSON Lines -> reports: one object a line, each bad line a failure of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.load.decoding import NotText, decode
from dateline.load.published import as_published
from dateline.load.reports import is_blank, report_from_text, writable
from dateline.model import DateFrom, Report

#: A longer report is no report: many run together, or a file of another kind. Memory and time grow with its length.
LONGEST = 500_000
LONGEST_WORDS = "500,000 characters"
#: A page or a list of reports must be held whole; lines of JSON need not.
LONGEST_DOCUMENT = 100_000_000

_KINDS = {"bool": "true or false", "str": "a string", "list": "a list", "int": "a number", "float": "a number"}

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was found but not read: where, and in one sentence why and what to do next.

    ``count`` is how many there were, where like things are told together (the rows of a table).
    """

    where: str
    reason: str
    count: int = 1

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def report_of_line(line: bytes, where: str, given: date | None, notice: Notice) -> Report | Failure:
    """The report in one line of JSON."""
    try:
        record = json.loads(_text_of_line(line, where, notice))
    except NotText as error:
        return Failure(where, str(error))
    except RecursionError:
        return Failure(where, "JSON nested too deeply to be a report: mend or delete this line")
    except ValueError as error:
        return Failure(where, f"broken JSON ({_reason(error)}): mend or delete this line")
    return report_of_record(record, where, given, notice)


def report_of_record(record: Any, where: str, given: date | None, notice: Notice) -> Report | Failure:
    """The report in one JSON value; its own date comes before the one given for the whole run."""
    if not isinstance(record, dict):
        return Failure(where, f'{_kind(record)} and no object: write it as {{"text": …}}')
    text = record.get("text")
    if not isinstance(text, str):
        lack = '"text" is no string' if "text" in record else 'the object has no "text"'
        return Failure(where, f"{lack}: give the report's words under that key")
    if is_blank(text):
        return Failure(where, '"text" is empty: nothing to read')
    if len(text) > LONGEST:
        return Failure(where, f"a report of more than {LONGEST_WORDS}: cut it into reports")
    stated = record.get("published")
    if stated is None:
        stated = record.get("dct")
    published = as_published(stated, DateFrom.METADATA)
    if stated not in (None, ""):
        _tell_bad_date(stated, published, where, notice)
    report = report_from_text(
        text,
        id=record.get("id"),
        title=record.get("title"),
        published=published or given,
        publisher=record.get("publisher"),
        language=record.get("language"),
    )
    return told(report, where, notice)


def told(report: Report, where: str, notice: Notice) -> Report:
    """The report itself, after its whole text's being skipped was told."""
    for skipped in report.skipped:
        notice(f"{where}: {skipped.reason}")
    return report


def _tell_bad_date(stated: Any, published: Any, where: str, notice: Notice) -> None:
    shown = writable(json.dumps(stated, ensure_ascii=False))[:40]
    if published is None:
        notice(f"{where}: published {shown} is not a day of the calendar (YYYY-MM-DD); read without it")
    elif not published.reliable:
        notice(f"{where}: published {shown} cannot be right; kept, but marked as not reliable")


def reports_of_lines(
    lines: Iterable[bytes | None], name: str, given: date | None, notice: Notice
) -> Iterator[Report | Failure]:
    """One report or failure for each line that is not blank; a line that is ``None`` was too long to keep."""
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Failure(f"{name}, line {number}", f"a line of more than {LONGEST_WORDS}: cut it into reports")
        elif line.strip(b" \t\r\n\0\xef\xbb\xbf"):
            yield report_of_line(line, f"{name}, line {number}", given, notice)


def reports_of_document(
    data: bytes, name: str, given: date | None, notice: Notice
) -> Iterator[Report | Failure] | None:
    """The reports of a file that is one JSON value, an object or a list of objects; ``None`` where it is not."""
    try:
        value = json.loads(decode(data).text)
    except (ValueError, RecursionError, NotText):
        return None
    if isinstance(value, list):
        return (report_of_record(v, f"{name}, item {i}", given, notice) for i, v in enumerate(value, 1))
    return iter([report_of_record(value, name, given, notice)])


def _text_of_line(line: bytes, where: str, notice: Notice) -> str:
    """A line as text: UTF-8 in all but damaged files, of which each such line is told."""
    if b"\0" not in line:
        try:
            return line.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    decoded = decode(line)
    if decoded.note:
        notice(f"{where}: {decoded.note}")
    return decoded.text


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at column {error.pos + 1}"
    return "a number too long"


def _kind(value: Any) -> str:
    return _KINDS.get(type(value).__name__, "null")
