"""What the rules for units of time share: how long a unit is, and the unit that lies so many units away."""

from __future__ import annotations

from datetime import date

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.calendar import Days
from dateline.extract.timex.grammar import (
    Context,
)
from dateline.extract.timex.setting import Point

#: unit -> how a duration of it is written: ("P", "Y") gives P3Y, ("PT", "H") gives PT3H
WRITTEN = {
    "Y": ("P", "Y"), "M": ("P", "M"), "W": ("P", "W"), "D": ("P", "D"), "FN": ("P", "W"), "Q": ("P", "Q"),
    "DE": ("P", "DE"), "CE": ("P", "CE"), "ML": ("P", "L"), "TH": ("PT", "H"), "TM": ("PT", "M"), "TS": ("PT", "S"),
    "WE": ("P", "WE"),
}  # fmt: skip
#: days in a unit, for the stretch that "the last three months" covers
_IN_DAYS = {"D": 1, "W": 7, "FN": 14}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}


def length(number: str, unit: str) -> str:
    """The TIMEX3 value of so many units.

    >>> length("3", "Y"), length("12", "TH"), length("X", "W"), length("2", "FN")
    ('P3Y', 'PT12H', 'PXW', 'P4W')
    """
    if unit == "FN":
        number = str(2 * int(number)) if number.isdigit() else number
    start, letter = WRITTEN[unit]
    return f"{start}{number}{letter}"


def stretch(ctx: Context, number: str, unit: str, sign: int) -> Days | None:
    """The days that "the last/next N units" cover, from or to the anchor."""
    base = ctx.now.date if ctx.now else None
    if base is None or not number.isdigit() or len(number) > 5:
        return None
    other = moved(base, int(number) * sign, unit)
    if other is None:
        return None
    first, last = sorted((base, other))
    return first.isoformat(), last.isoformat()


def moved(base: date, count: int, unit: str) -> date | None:
    """The day so many units away; the last day of the month where the month is too short."""
    if unit in _IN_DAYS:
        return cal.shifted(base, count * _IN_DAYS[unit])
    if unit not in MONTHS_IN:
        return base if unit in ("TH", "TM", "TS") else None
    year, month = cal.month_shifted(base.year, base.month, count * MONTHS_IN[unit])
    for day in range(base.day, 27, -1):
        if found := cal.valid_day(year, month, day):
            return found
    return cal.valid_day(year, month, base.day)


def unit_value(point: Point, unit: str, count: int) -> str | None:
    """The value of the unit that lies so many units from the point: a year for years, a week for weeks.

    >>> unit_value(Point(2024, 11, 7), "M", -1), unit_value(Point(2024), "DE", -1)
    ('2024-10', '201')
    """
    if abs(count) > 100_000:
        return None
    year, month, day = point.year, point.about, point.date
    if unit == "Y":
        return cal.year_value(year + count)
    if unit in ("DE", "CE"):
        size = 10 if unit == "DE" else 100
        value = cal.year_value(year + count * size)
        return value[: -1 if unit == "DE" else -2] if value else None
    if unit == "M" and month:
        return cal.month_value(*cal.month_shifted(year, month, count))
    if unit == "Q" and month:
        moved_year, moved_month = cal.month_shifted(year, month, 3 * count)
        return part_value(moved_year, f"Q{cal.quarter_of(moved_month)}")
    if day is None:
        return _vague(year, point.month, unit)
    if unit == "D":
        moved = cal.shifted(day, count)
        return moved.isoformat() if moved else None
    if unit in ("W", "FN", "WE"):
        moved = cal.shifted(day, count * (14 if unit == "FN" else 7))
        return cal.week_value(moved) + ("-WE" if unit == "WE" else "") if moved else None
    return None


def part_value(year: int, part: str) -> str | None:
    value = cal.year_value(year)
    return f"{value}-{part}" if value else None


def _vague(year: int, month: int | None, unit: str) -> str | None:
    """A day or week somewhere in the point's year."""
    value = cal.year_value(year)
    if value is None or unit not in ("D", "W"):
        return None
    return f"{value}-WXX" if unit == "W" else f"{value}-{f'{month:02d}' if month else 'XX'}-XX"



def same_period(period: str, years: int) -> str | None:
    return part_value(int(period[:4]) + years, period[5:])




def has_object(ctx: Context, i: int) -> bool:
    """Whether "before" or "after" governs what follows ("two days after the vote") and is no adverb."""
    if ctx.lower(i - 1) not in ("before", "after"):
        return False
    return ctx.code(i) not in ".,;:?!)_&" and ctx.tag(i - 1) == "IN"
