"""Weeks, months and days in a row: which there are, what they are called, and where a day lies among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.present.pictures.data import Unit

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """Periods in a row, each as wide as the next. ``step`` periods lie in one place where there are too many."""

    unit: Unit
    first: date
    count: int

    @classmethod
    def between(cls, unit: Unit, first: date, last: date) -> Row:
        """The periods from that of ``first`` to that of ``last``; at least one."""
        start = begin(unit, first)
        return cls(unit, start, max(1, _distance(unit, start, begin(unit, last)) + 1))

    def start(self, i: int) -> date:
        """The first day of the ``i``-th period, which may lie outside."""
        if self.unit is Unit.WEEK:
            return self.first + timedelta(weeks=i)
        months = self.first.year * 12 + self.first.month - 1 + i
        return date(months // 12, months % 12 + 1, 1)

    def index(self, day: date) -> int:
        """In which period a day lies; below 0 or above the last where it lies outside."""
        return _distance(self.unit, self.first, begin(self.unit, day))

    def place(self, day: date) -> float:
        """Where a day begins, in periods from the start of the first.

        >>> Row(Unit.MONTH, date(2024, 3, 1), 12).place(date(2024, 4, 16))
        1.5
        """
        i = self.index(day)
        start = self.start(i)
        return i + (day - start).days / (self.start(i + 1) - start).days

    def year(self, i: int) -> int:
        """The year that the ``i``-th period is counted to; for weeks that of ISO 8601."""
        return self.start(i).isocalendar().year if self.unit is Unit.WEEK else self.start(i).year


def begin(unit: Unit, day: date) -> date:
    """The first day of the period that a day lies in."""
    return day - timedelta(days=day.weekday()) if unit is Unit.WEEK else day.replace(day=1)


def _distance(unit: Unit, one: date, other: date) -> int:
    if unit is Unit.WEEK:
        return (other - one).days // 7
    return (other.year - one.year) * 12 + other.month - one.month


def named(unit: Unit, day: date) -> str:
    """What a period is called, with its year.

    >>> named(Unit.WEEK, date(2024, 12, 30)), named(Unit.MONTH, date(2024, 12, 1))
    ('2025-W01', 'Dec 2024')
    """
    if unit is Unit.MONTH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02}"


def spelled(day: date) -> str:
    """A day as a sentence has it.

    >>> spelled(date(1985, 3, 11))
    '11 Mar 1985'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def last_day(unit: Unit, start: date, periods: int = 1) -> date:
    row = Row(unit, start, periods)
    return row.start(periods) - _DAY
