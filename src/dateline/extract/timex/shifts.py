"""Rules for times so many units away: "two weeks ago", "a year earlier", "three days later"."""

from __future__ import annotations

import re

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.grammar import (
    ABOUT,
    NUMBER,
    Context,
    Reading,
    day_reading,
    duration,
    quantity,
    reference,
    rule,
)
from dateline.extract.timex.setting import Point
from dateline.extract.timex.units import (
    WRITTEN,
    has_object,
    length,
    moved,
    same_period,
    unit_value,
)
from dateline.model import TimeType


@rule(rf"(?P<about>{ABOUT})(?P<number>{NUMBER}|a)?G?(?P<unit>[uU])(?:&ab)?(?:&[Q~])?(?P<shift>[gEL]|rD?1)")
def shifted_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """two weeks ago; a year earlier; three days later; five months from now."""
    if m["number"] is None:
        return None
    unit = ctx.word(m.start("unit")).value
    number = quantity(ctx, m.start("number"), m.end("number")) if m["number"] != "a" else "1"
    if number is None or unit not in WRITTEN:
        return None
    shift = m["shift"][0]
    if shift in "EL" and has_object(ctx, m.end()):
        return duration(length(number, unit), last=m.start("shift"))
    sign = -1 if shift in "gE" else 1
    if not number.isdigit():
        if unit in ("TH", "TM", "TS") and ctx.here and ctx.here.date:
            return _hours_away(ctx.here, 0, unit)
        return reference("PAST_REF" if sign < 0 else "FUTURE_REF")
    if len(number) > 5:
        return None
    year_back = unit == "Y" and number == "1" and sign < 0 and not ctx.setting.narrative
    if year_back and (reported := ctx.setting.reported(m.start())):
        return day_reading(same_period(reported, -1), tells=False)
    return _shifted(ctx, int(number) * sign, unit, shift)


def _shifted(ctx: Context, count: int, unit: str, shift: str) -> Reading | None:
    base = ctx.now if shift in "gr" else ctx.here
    if base is None or (shift in "L" and ctx.setting.told is None):
        return Reading(TimeType.DATE, "PAST_REF" if count < 0 else "FUTURE_REF", tells=False)
    if unit == "Q":
        return day_reading(unit_value(base, unit, count))
    if unit in ("TH", "TM", "TS"):
        return _hours_away(base, count, unit)
    return day_reading(unit_value(base, unit, count))


@rule(rf"(?P<number>{NUMBER})(?P<unit>[uU])gD")
def ago_today(ctx: Context, m: re.Match[str]) -> Reading | None:
    """twenty years ago today: the same day of that year."""
    unit = ctx.word(m.start("unit")).value
    number = quantity(ctx, m.start("number"), m.end("number"))
    if ctx.lower(m.end() - 1) != "today" or ctx.anchor is None:
        return None
    if number is None or not number.isdigit() or len(number) > 5:
        return None
    day = moved(ctx.anchor, -int(number), unit)
    return day_reading(day.isoformat()) if day and unit not in ("TH", "TM", "TS") else None


def _hours_away(base: Point, count: int, unit: str) -> Reading | None:
    """Hours and minutes keep the day: the hour that they count from is not known."""
    hours = count / {"TH": 1, "TM": 60, "TS": 3600}[unit]
    day = cal.shifted(base.date, round(hours / 24)) if base.date and abs(hours) < 1e6 else None
    return Reading(TimeType.TIME, f"{day.isoformat()}TXX", cal.days_of(day.isoformat()), tells=False) if day else None
