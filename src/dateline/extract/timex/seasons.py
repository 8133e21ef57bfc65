"""Rules for seasons and holidays."""

from __future__ import annotations

import re

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.calendar import Days
from dateline.extract.timex.grammar import (
    Context,
    Reading,
    day_reading,
    holiday,
    repeated,
    rule,
    year_at,
)
from dateline.extract.timex.tense import AHEAD, BACK

_BEFORE_FALL = frozenset(("in", "of", "by", "until", "during", "since", "for", "late", "early", "throughout",
                           "over", "through"))  # fmt: skip


def _is_season(ctx: Context, i: int) -> bool:
    """Not the verbs "fall" and "spring", the fall of a city, or a spring of water."""
    if ctx.word(i).lower not in ("fall", "spring"):
        return True
    if not ctx.tag(i).startswith("NN"):
        return False
    if ctx.word(i).lower == "spring":
        return True
    led_in = ctx.code(i - 1) in "ltxiv" or (ctx.code(i - 1) == "h" and ctx.lower(i - 2) in _BEFORE_FALL)
    return led_in and ctx.code(i + 1) != "O"


@rule(r"(?P<det>h|e)?(?P<rel>t[lx]|[lxtT])?=?(?P<season>S)(?P<of>,?O?)")
def season(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the summer of 1995; last fall; this winter; summer 2007; spring; each summer."""
    i = m.start("season")
    name = ctx.word(i).value
    found = year_at(ctx, m.end())
    if found:
        return day_reading(_season_value(found[0], name), last=found[1])
    if not _is_season(ctx, i):
        return None
    if m["det"] == "e":
        return repeated(f"XXXX-{name}")
    rel = (m["rel"] or "")[-1:]
    first = m.start()
    told = rel in tuple("T=") or (m["det"] == "h" and _goes_with_told(ctx, first))
    here = ctx.here if told else ctx.now
    if here is None:
        return day_reading(f"XXXX-{name}", first=first, last=i + 1)
    if name == "WI" and here.month:
        year, days = _winter(ctx, here.year, here.month, rel, ctx.ahead(first, i + 1))
        return day_reading(_season_value(year, name), first=first, last=i + 1, days=days)
    year = _season_year(ctx, here.year, here.about, name, rel, first, i + 1)
    return day_reading(_season_value(year, name), first=first, last=i + 1)


def _goes_with_told(ctx: Context, first: int) -> bool:
    """Whether "the summer" is that of the point last told: in a history, and in the sentence of a month or day."""
    told = ctx.setting.told
    near = told is not None and told.month is not None and ctx.same_sentence(ctx.setting.told_at, first)
    return ctx.setting.narrative or near


def _winter(ctx: Context, year: int, month: int, rel: str, ahead: int) -> tuple[int, Days | None]:
    """The year that names a winter, and its days. News names it by the December, history by the January."""
    last = year - (1 if month > 2 else 2)  # the December of the latest winter that is over
    now = last + 1 if month in (12, 1, 2) else None
    start = {"l": last, "x": (now or last) + 1}.get(rel, now)
    if start is None:
        back = month < 6 if rel or ahead not in (AHEAD, BACK) else ahead == BACK
        start = last if back and not ctx.setting.narrative else last + 1
    return start + ctx.setting.narrative, cal.days_of(f"{start:04d}-WI") if start > 0 else None


def _season_value(year: int, name: str) -> str | None:
    value = cal.year_value(year)
    return f"{value}-{name}" if value else None


def _season_year(ctx: Context, year: int, month: int | None, name: str, rel: str, first: int, last: int) -> int:
    middle = cal.SEASON_MIDDLE[name]
    if month is None:
        return year - (rel == "l") + (rel == "x")
    same = cal.season_of(month) == name
    if rel == "l":
        return year - (middle >= month or same)
    if rel == "x":
        return year + (middle <= month or same)
    if ctx.setting.narrative or rel or same:
        return year
    if ctx.ahead(first, last) == AHEAD:
        return year + (middle < month)
    return year - (middle > month + 1)


@rule(r"h?YS")
def year_season(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the 1982 summer."""
    return day_reading(_season_value(ctx.number(m.end() - 2), ctx.word(m.end() - 1).value))


@rule(r"(?P<rel>t[lx]|[lxt])?N")
def holiday_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """Christmas 1963; last Thanksgiving; Easter."""
    i = m.end() - 1
    rule_of_day = ctx.word(i).value
    found = year_at(ctx, m.end() + (ctx.code(m.end()) in ",O" and ctx.code(m.end() + 1) == "Y"))
    last = m.end()
    if found:
        year, last = found
    elif ctx.now is None:
        return day_reading(f"XXXX-{rule_of_day}" if rule_of_day[2:3] == "-" else "XXXX-XX-XX")
    else:
        year = _holiday_year(ctx, rule_of_day, (m["rel"] or "")[-1:], m.start(), last)
    day = holiday(rule_of_day, year)
    return day_reading(day.isoformat(), last=last) if day else None


def _holiday_year(ctx: Context, rule_of_day: str, rel: str, first: int, last: int) -> int:
    here = ctx.now
    assert here is not None
    day = holiday(rule_of_day, here.year)
    if day is None:
        return here.year
    today = (here.month or 12, here.day or 28)
    passed = (day.month, day.day) <= today
    if rel == "l":
        return here.year - (not passed)
    if rel == "x" or (not ctx.setting.narrative and ctx.ahead(first, last) == AHEAD):
        return here.year + passed
    if ctx.setting.narrative or rel == "t":
        return here.year
    days = (day - here.date).days if here.date else 0
    return here.year - (days > (21 if ctx.ahead(first, last) == BACK else 60))
