"""Calendar days as they are printed in heads, datelines and metadata: no relative words, no clock."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from dateline.model import Span

#: Years outside are not kept at all: no day near them could be counted from without leaving the calendar.
_FIRST_YEAR, _LAST_YEAR = 1500, 2999
#: Years outside are kept, but as unreliable: before the first news agency, or beyond any report read today.
RELIABLE_YEARS = range(1800, 2101)

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}"

#: One printed day. The named groups are numbered by the four orders in which newspapers write them.
DAY = (
    rf"(?:{WEEKDAY}\.?,?\s+)?(?:"
    rf"(?P<m1>{MONTH})(?:\.\s*|\s+)(?P<d1>{_DAY})\b(?:(?:\s*,\s*|\s+)(?P<y1>{_YEAR})\b)?"
    rf"|(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{MONTH})\b\.?(?:,?\s+(?P<y2>{_YEAR})\b)?"
    rf"|(?P<y3>{_YEAR})[-/.](?P<m3>[01]?\d)[-/.](?P<d3>[0-3]?\d)\b"
    rf"|(?P<d4>[0-3]?\d)[-/.](?P<m4>[0-3]?\d)[-/.](?P<y4>{_YEAR})\b"
    r")"
)
DAY_PATTERN = re.compile(DAY, re.IGNORECASE)
_STAMP = re.compile(r"\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")


class PrintedDay(NamedTuple):
    """A day as printed; the year is ``None`` where it was left out, as most datelines do."""

    span: Span
    year: int | None
    month: int
    day: int

    @property
    def date(self) -> date | None:
        """The calendar day, where the year is printed and the day exists."""
        return _date(self.year, self.month, self.day) if self.year else None


def day_in(match: re.Match[str]) -> PrintedDay | None:
    """The day in a match of a pattern that holds ``DAY``; ``None`` for one that no calendar has.

    A date of two numbers and a year is read day first; month first where only that gives a day. Where both are
    possible ("03/04/2024") nobody can tell, and it is not read.
    """
    found = match.groupdict()
    order = next((n for n in "1234" if found["m" + n]), None)
    if order is None:
        return None
    day = int(re.sub(r"\D", "", found["d" + order]))
    month = _month(found["m" + order])
    year = int(found["y" + order]) if found["y" + order] else None
    if order == "4":
        if month > 12:
            day, month = month, day
        elif "/" in match[0] and day <= 12 and day != month:
            return None
    if _date(year or 2000, month, day) is None:
        return None
    return PrintedDay(Span(match.start(), match.end()), year, month, day)


def find_day(text: str, start: int = 0, end: int | None = None) -> PrintedDay | None:
    """The first printed day between two offsets.

    >>> find_day("Published: Friday, 8 November 2024").date
    datetime.date(2024, 11, 8)
    >>> find_day("no day here") is None
    True
    """
    for match in DAY_PATTERN.finditer(text, start, len(text) if end is None else end):
        found = day_in(match)
        if found:
            return found
    return None


def day_of(value: object) -> str | None:
    """The ISO day of a metadata value: a day, a date and time, or a printed day with its year; else ``None``.

    The day is the one that the value itself names: its time zone is left as it is.

    >>> day_of("2024-11-08T23:30:00+05:00"), day_of("Nov. 8, 2024"), day_of(20241108)
    ('2024-11-08', '2024-11-08', '2024-11-08')
    >>> day_of("1211-08-") is None, day_of("0000-01-01") is None
    (True, True)
    """
    if isinstance(value, date):  # a datetime is a date as well
        value = f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = value[:80] if isinstance(value, str) else str(value) if 0 < value < 10**8 else ""
    stamp = _STAMP.match(text)
    if stamp:
        found = _date(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    else:
        printed = find_day(text)
        found = printed.date if printed else None
    return found.isoformat() if found else None


def is_believable(day: str) -> bool:
    """Whether an ISO day lies in years from which a news report can be.

    >>> is_believable("2024-11-08"), is_believable("2999-01-01")
    (True, False)
    """
    return int(day[:4]) in RELIABLE_YEARS


def nearest(month: int, day: int, published: date, ahead: int = 3) -> date | None:
    """The last such day of the year that is at most ``ahead`` days after publication.

    A dateline names the day a report was sent: before it was printed, but a clock east of the publisher's may
    already show the next day.

    >>> nearest(12, 30, date(2024, 1, 2)), nearest(11, 7, date(2024, 11, 8))
    (datetime.date(2023, 12, 30), datetime.date(2024, 11, 7))
    """
    for year in range(published.year + 1, published.year - 5, -1):
        found = _date(year, month, day)
        if found and (found - published).days <= ahead:
            return found
    return None


def last_weekday(name: str, published: date) -> date | None:
    """The day with this English weekday name on or before publication.

    >>> last_weekday("Monday", date(2024, 11, 8))
    datetime.date(2024, 11, 4)
    """
    index = next((i for i, w in enumerate(WEEKDAYS) if w.startswith(name.lower()[:3])), None)
    if index is None:
        return None
    return date.fromordinal(published.toordinal() - (published.weekday() - index) % 7)


def _month(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(printed.lower()[:3]))


def _date(year: int | None, month: int, day: int) -> date | None:
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
