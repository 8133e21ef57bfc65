"""JSON Lines -> reports: one object a line, each bad line a failure of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dateline.load.decoding import NotText, decode
from dateline.load.ninjs import is_ninjs, report_of_ninjs
from dateline.load.outcomes import LONGEST, LONGEST_WORDS, TOO_LONG, Failure, Found, Notice, Raw, numbered, told
from dateline.load.published import as_published
from dateline.load.reports import is_blank, report_from_text, writable
from dateline.load.urls import page_name, web_address
from dateline.model import DateFrom

_KINDS = {"bool": "true or false", "str": "a string", "list": "a list", "int": "a number", "float": "a number"}

JSON = "json"


def report_of_line(line: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
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


def report_of_record(record: Any, where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The report in one JSON value; its own date comes before the one given for the whole run."""
    if not isinstance(record, dict):
        return Failure(where, f'{_kind(record)} and no object: write it as {{"text": …}}')
    if is_ninjs(record):
        return report_of_ninjs(record, where, given, notice)
    text = record.get("text")
    if not isinstance(text, str):
        lack = '"text" is no string' if "text" in record else 'the object has no "text"'
        return Failure(where, f"{lack}: give the report's words under that key")
    if is_blank(text):
        return Failure(where, '"text" is empty: nothing to read')
    if len(text) > LONGEST:
        return Failure(where, TOO_LONG)
    stated = record.get("published")
    if stated is None:
        stated = record.get("dct")
    published = as_published(stated, DateFrom.METADATA)
    if stated not in (None, ""):
        _tell_bad_date(stated, published, where, notice)
    url = web_address(record.get("url"))
    own = record.get("id")
    report = report_from_text(
        text,
        id=own,
        title=record.get("title"),
        published=published or given,
        publisher=record.get("publisher"),
        language=record.get("language"),
        url=url,
    )
    named = bool(own) if isinstance(own, str) else isinstance(own, int) and not isinstance(own, bool)
    return Found(told(report, where, notice), report.id if named else page_name(url))


def _tell_bad_date(stated: Any, published: Any, where: str, notice: Notice) -> None:
    shown = writable(json.dumps(stated, ensure_ascii=False))[:40]
    if published is None:
        notice(f"{where}: published {shown} is not a day of the calendar (YYYY-MM-DD); read without it")
    elif not published.reliable:
        notice(f"{where}: published {shown} cannot be right; kept, but marked as not reliable")


def raws_of_lines(lines: Iterable[bytes | None], name: str, place: str) -> Iterator[Raw | Failure]:
    """The bytes of each line that is not blank; a line that is ``None`` was too long to keep."""
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Failure(f"{name}, line {number}", f"a line of more than {LONGEST_WORDS}: cut it into reports")
        elif line.strip(b" \t\r\n\0\xef\xbb\xbf"):
            yield Raw(JSON, line, f"{name}, line {number}", numbered(place, number))


def raws_of_document(data: bytes, name: str, place: str) -> Iterator[Raw] | None:
    """The items of a file that is one JSON value, an object or a list of objects; ``None`` where it is not."""
    try:
        value = json.loads(decode(data).text)
    except (ValueError, RecursionError, NotText):
        return None
    if isinstance(value, list):
        return (raw_of_value(v, JSON, f"{name}, item {i}", numbered(place, i)) for i, v in enumerate(value, 1))
    return iter([raw_of_value(value, JSON, name, place)])


def raw_of_value(value: Any, kind: str, where: str, place: str) -> Raw:
    """A JSON value that stood among others, as bytes of its own."""
    return Raw(kind, json.dumps(value, separators=(",", ":")).encode("ascii"), where, place)


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
        return f"{error.msg.lower().removesuffix(' at')} at column {error.pos + 1}"
    return "a number too long"


def _kind(value: Any) -> str:
    return _KINDS.get(type(value).__name__, "null")
