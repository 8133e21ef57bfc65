"""TIMEX3 values (TimeML 1.2.1, section 2.2) and the calendar days that they cover."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

Days = tuple[str, str]

#: first and last month of a season; winter runs into the next year
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
#: middle month of a season in the year that names it, to see which season is nearer
SEASON_MIDDLE = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE|-\d)?(?:T.*)?$")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI|\d\d)$")
_YEARS = re.compile(r"\d{2,4}$")


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or ``None`` where the calendar has no such day.

    >>> valid_day(1999, 2, 30) is None
    True
    """
    if not (1 <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shifted(day: date, days: int) -> date | None:
    """The day so many days away, or ``None`` beyond the years 1 to 9999."""
    if abs(days) > 3_660_000:
        return None
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_shifted(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months away.

    >>> month_shifted(2024, 1, -1)
    (2023, 12)
    """
    count = year * 12 + month - 1 + months
    return count // 12, count % 12 + 1


def year_value(year: int) -> str | None:
    """Four digits, or ``None`` for a year that TIMEX3 cannot write.

    >>> year_value(1989), year_value(-489)
    ('1989', 'BC0489')
    """
    if 1 <= year <= MAXYEAR:
        return f"{year:04d}"
    return f"BC{-year:04d}" if -MAXYEAR <= year < 0 else None


def month_value(year: int, month: int) -> str | None:
    value = year_value(year)
    return f"{value}-{month:02d}" if value else None


def week_value(day: date) -> str:
    """The ISO 8601 week of a day.

    >>> week_value(date(1998, 1, 8))
    '1998-W02'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_of(month: int) -> int:
    return (month - 1) // 3 + 1


def season_of(month: int) -> str:
    return ("WI", "SP", "SU", "FA")[month % 12 // 3]


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the "anonymous Gregorian" computus, Meeus 1991).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _month_days(year: int, first: int, last: int) -> Days | None:
    """From the first day of one month to the last of another, both of one year."""
    if not 1 <= year <= MAXYEAR:
        return None
    return f"{year:04d}-{first:02d}-01", f"{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}"


def _season_days(year: int, season: str) -> Days | None:
    if season != "WI":
        return _month_days(year, *SEASON_MONTHS[season])
    if not 1 <= year < MAXYEAR:
        return None
    return f"{year:04d}-12-01", f"{year + 1:04d}-02-{29 if isleap(year + 1) else 28}"


def _week_days(year: int, week: int, rest: str | None) -> Days | None:
    first, last = (0, 6) if rest is None else (5, 6) if rest == "-WE" else (int(rest[1]) - 1, int(rest[1]) - 1)
    try:
        monday = date.fromisocalendar(year, week, 1)
        return (monday + timedelta(days=first)).isoformat(), (monday + timedelta(days=last)).isoformat()
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def days_of(value: str) -> Days | None:
    """First and last day of a TIMEX3 value, both included; ``None`` for one without a place in the calendar.

    A season is the meteorological one of the northern half of the world; a century counts as people speak ("the
    20th century": 1900 to 1999), as TIMEX3's two digits do.

    >>> days_of("2024-Q1"), days_of("199"), days_of("P3Y")
    (('2024-01-01', '2024-03-31'), ('1990-01-01', '1999-12-31'), None)
    """
    if m := _DAY.match(value):
        day = valid_day(int(m[1]), int(m[2]), int(m[3]))
        return (day.isoformat(), day.isoformat()) if day else None
    if m := _WEEK.match(value):
        return _week_days(int(m[1]), int(m[2]), m[3])
    if m := _PART.match(value):
        year, part = int(m[1]), m[2]
        if part in SEASON_MONTHS:
            return _season_days(year, part)
        if part[0] == "Q":
            return _month_days(year, int(part[1]) * 3 - 2, int(part[1]) * 3)
        if part[0] == "H":
            return _month_days(year, int(part[1]) * 6 - 5, int(part[1]) * 6)
        return _month_days(year, int(part), int(part)) if 1 <= int(part) <= 12 else None
    if _YEARS.match(value):
        low, high = int(value.ljust(4, "0")), int(value.ljust(4, "9"))
        return (f"{max(low, 1):04d}-01-01", f"{high:04d}-12-31") if high else None
    return None
