"""When a report was published: what was given, what its metadata, its first lines or its dateline say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.load.days import DAY, day_in, day_of, is_believable
from dateline.model import DateFrom, Published, Span

_LONGEST = 110
_BODY = 200
_MOST_LINES = 8
_LABEL = (
    r"(?:(?:first|last|originally|article|story|publication|publish|release|web|post)\s+)?"
    r"(?P<label>publish(?:ed)?|posted|publication|pubdate|release[ds]?|issued|updated|modified|created|dated?|on|at)"
    r"\s*(?:(?:date|on|at)\b)?\s*[:\-–—]?\s*"
)
#: what may stand behind the day: clock times, zones in capitals, marks; possessive, so that no line is tried twice
_CLOCK = (
    r"(?:[\s,|•·@()\[\]\-–—+:.\d]|\b(?:at|am|pm|hrs|hours|eastern|local|time|updated|published)\b|\b[ap]\.m\b"
    r"|\b(?-i:[A-Z]{2,5})\b)*+"
)
_HEADER = re.compile(
    rf"\W*(?:{_LABEL}){{0,2}}(?:[\d:.,\s()]{{1,12}}(?-i:[A-Z]{{2,4}})?\)?[\s,|]{{1,3}})?{DAY}{_CLOCK}(?:\bby\b.*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeaderDate:
    span: Span
    value: str


def find_header_date(text: str, lines: Sequence[Span]) -> HeaderDate | None:
    """The day that a line of its own above the report gives with its year; an update counts last.

    >>> find_header_date("date 2024-11-08\\n\\nText.", [Span(0, 15), Span(17, 22)]).value
    '2024-11-08'
    """
    updated = None
    for line in lines[:_MOST_LINES]:
        if line.end - line.start > _BODY:
            break
        found, is_update = _header_date(text, line)
        if found and not is_update:
            return found
        updated = updated or found
    return updated


def find_foot_date(text: str, lines: Sequence[Span]) -> HeaderDate | None:
    """The day that a line of its own below the report gives; there only one that says what it is.

    >>> find_foot_date("Text.\\n\\nPublished: 8 November 2024", [Span(7, 33)]).value
    '2024-11-08'
    >>> find_foot_date("Text.\\n\\n8 November 2024", [Span(7, 22)])
    """
    for line in lines:
        match = _HEADER.fullmatch(text, line.start, line.end) if line.end - line.start <= _LONGEST else None
        if match and (match["label"] or "").lower() not in ("", "on", "at"):
            return _header_date(text, line)[0]
    return None


def _header_date(text: str, line: Span) -> tuple[HeaderDate | None, bool]:
    if line.end - line.start > _LONGEST:
        return None, False
    match = _HEADER.fullmatch(text, line.start, line.end)
    printed = day_in(match) if match else None
    if match is None or printed is None or printed.date is None:
        return None, False
    label = (match["label"] or "").lower()
    return HeaderDate(line, printed.date.isoformat()), label in ("updated", "modified")


def as_published(value: object, origin: DateFrom) -> Published | None:
    """A publication date from a metadata value; ``None`` where it names no day that a calendar has.

    >>> as_published("2999-01-01", DateFrom.METADATA).reliable, as_published("1211-08-", DateFrom.METADATA)
    (False, None)
    """
    if value is None or isinstance(value, Published):
        return value
    day = day_of(value)
    return Published(day, origin, origin is not DateFrom.GUESSED and is_believable(day)) if day else None


def choose(
    stated: Published | None, header: HeaderDate | None, dateline: date | None, guess: str | None
) -> Published | None:
    """The best of what is known: stated by caller or metadata, the header's, the dateline's with its year, a guess."""
    if stated:
        return stated
    if header:
        return as_published(header.value, DateFrom.HEADER)
    if dateline:
        return as_published(dateline, DateFrom.DATELINE)
    return as_published(guess, DateFrom.GUESSED)
