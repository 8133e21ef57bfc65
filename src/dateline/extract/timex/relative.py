"""Rules for one unit that stands in relation to now: "last month", "the next day", "that year", "the week of May 5"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.days import day_at
from dateline.extract.timex.grammar import (
    Context,
    Reading,
    day_reading,
    duration,
    rule,
)
from dateline.extract.timex.setting import Point
from dateline.extract.timex.tense import AHEAD, PRESENT
from dateline.extract.timex.units import (
    WRITTEN,
    has_object,
    length,
    stretch,
    unit_value,
)


@rule(r"(?P<det>h)?(?P<rel>t[lx]|[lxtT1])=?(?:F|G)?(?P<unit>u)|(?P<same>[hT]=)G?(?P<unit2>u)")
def related_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """last month, this week, the next day, the previous year, that decade, the same day, the current quarter."""
    i = m.end() - 1
    unit = ctx.word(i).value
    rel = (m["rel"] or "=")[-1]
    if rel == "l" and ctx.code(m.end()) == "O":  # "the last week of August"
        return duration(length("1", unit)) if unit in WRITTEN else None
    if rel == "1" and ctx.lower(i - 1) != "current" and ctx.code(i - 2) != "1":
        return None
    if rel in "tl" and ctx.raw(i)[0].isupper() and ctx.tag(i) == "NNP" and ctx.code(m.start() - 1) not in "._":
        return None  # a programme's name: "This Week"
    if rel == "=":
        return _same_unit(ctx, unit, m)
    if unit == "D" and rel in "l1" and not m["det"]:
        return None
    if unit in ("TH", "TM"):
        return duration(length("1", unit)) if m["det"] or rel in "lx" else None
    near = ctx.lower(i - 1) in ("last", "past", "coming", "current") or (ctx.lower(i - 1) == "next" and unit != "D")
    told = rel == "T" or (bool(m["det"]) and (ctx.setting.narrative or not near))
    aside = ctx.setting.narrative and unit in ("Y", "DE", "CE") and not ctx.setting.told_leads
    base = ctx.here if told and not aside else ctx.now
    count = {"l": -1, "x": 1}.get(rel, 0)
    if base is None or (told and count and ctx.setting.told is None):
        return _unanchored(unit)
    days = stretch(ctx, "1", unit, -1) if ctx.lower(i - 1) == "past" and not told else None
    found = day_reading(_period_value(ctx, base, unit, count, i))
    return replace(found, days=days or found.days) if found else None


def _unanchored(unit: str) -> Reading | None:
    """A related unit in a report without any date: its kind of value with the places unknown."""
    blank = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX", "Q": "XXXX-QX", "WE": "XXXX-WXX-WE",
             "DE": "XXX", "CE": "XX"}.get(unit)  # fmt: skip
    return day_reading(blank)


def _period_value(ctx: Context, base: Point, unit: str, count: int, at: int) -> str | None:
    """The related unit's value; a quarter or day keeps to what was last told."""
    if unit == "Q" and count == 0 and (reported := ctx.setting.reported(at)):
        return reported
    if unit == "WE" and base.date:
        return unit_value(base, unit, count)
    return unit_value(base, unit, count)


def _same_unit(ctx: Context, unit: str, m: re.Match[str]) -> Reading | None:
    if ctx.here is None:
        return _unanchored(unit)
    return day_reading(unit_value(ctx.here, unit, 0))


@rule(r"hG?(?P<unit>u)(?P<shift>[EL]|[lx])?")
def the_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the quarter, the weekend, the year, the week, the day before, the day after."""
    i = m.start("unit")
    unit = ctx.word(i).value
    here = ctx.here
    if m["shift"]:
        return _day_beside(ctx, m, unit)
    if unit == "Q":
        return day_reading(ctx.setting.reported(i) or (unit_value(here, "Q", 0) if here else None))
    if unit == "WE" and ctx.now:
        return day_reading(_weekend(ctx, m.start(), m.end()))
    if unit == "Y":
        if ctx.lower(m.end()) in ("ended", "ending", "to"):
            return duration("P1Y")
        base = here if ctx.setting.narrative else ctx.now
        return day_reading(cal.year_value(base.year)) if base else duration("P1Y")
    if unit == "D" and here and ctx.codes[max(0, m.start() - 2) : m.start()] in ("Ei", "Li"):
        return day_reading(unit_value(here, "D", 0))  # "later in the day"
    if unit in ("M", "W") and here:
        return day_reading(unit_value(here if unit == "M" else ctx.now or here, unit, 0))
    return None


def _weekend(ctx: Context, first: int, last: int) -> str | None:
    """The weekend before the anchor, or after it where the clause looks ahead."""
    now = ctx.now
    if now is None or now.date is None:
        return None
    if now.date.isoweekday() >= 6 or ctx.ahead(first, last) in (AHEAD, PRESENT):
        return unit_value(now, "WE", 0)
    return unit_value(now, "WE", -1)


def _day_beside(ctx: Context, m: re.Match[str], unit: str) -> Reading | None:
    """the day before, the year after, the day following: beside the point last told."""
    if ctx.here is None or (m["shift"] in "EL" and has_object(ctx, m.end())):
        return None
    if m["shift"] in "lx" and ctx.code(m.end()) in "wu":
        return None
    word = ctx.lower(m.end() - 1)
    if word in ("previously", "earlier", "later", "beforehand"):
        return None
    sign = -1 if m["shift"] in "El" else 1
    return day_reading(unit_value(ctx.here, unit, sign))




@rule(r"huOh?(?=[WMd])")
def week_of_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the week of Nov. 11."""
    found = day_at(ctx, m.end())
    if ctx.lower(m.start() + 1) != "week" or found is None:
        return None
    days = cal.days_of(found[0])
    return day_reading(cal.week_value(date.fromisoformat(days[0])), last=found[1]) if days else None
