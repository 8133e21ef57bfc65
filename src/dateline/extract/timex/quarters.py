"""Rules for quarters, halves, fiscal years and what is counted from them: "the third quarter", "year-earlier"."""

from __future__ import annotations

import re

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.grammar import (
    Context,
    Reading,
    day_reading,
    duration,
    rule,
    year_at,
)
from dateline.extract.timex.tense import AHEAD
from dateline.extract.timex.units import (
    part_value,
    same_period,
    unit_value,
)


@rule(r"(?P<det>h)?(?P<year>Y)?(?P<fiscal>F-?)?(?P<number>o)-?(?P<unit>u)(?P<of>O|,)?")
def quarter(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the third quarter; third-quarter; the 1988 third quarter; the third quarter of 1990; fiscal first quarter."""
    if ctx.word(m.start("unit")).value != "Q" or not 1 <= ctx.number(m.start("number")) <= 4:
        return None
    part = f"Q{ctx.number(m.start('number'))}"
    first = m.start() if m["det"] or m["year"] or m["fiscal"] else m.start("number")
    return _part_of_year(ctx, part, m, first, m.end("unit"))


@rule(r"(?P<det>h)?(?P<year>Y)?(?P<fiscal>F-?)?(?P<number>[ol])-?(?P<unit>b)(?P<of>O|,)")
def half_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the first half of 1998; the latter half of this year."""
    if ctx.lower(m.start("unit")) != "half":
        return None
    number = {"first": 1, "second": 2, "last": 2, "latter": 2, "previous": None}.get(ctx.lower(m.start("number")))
    after = m.end() - (m["of"] == ",")
    if number is None or year_at(ctx, m.end()) is None:
        return None
    return _part_of_year(ctx, f"H{number}", m, m.start(), after)


@rule(r"q(?P<of>O|,)?")
def numbered_quarter(ctx: Context, m: re.Match[str]) -> Reading | None:
    """Q3 1998, H1, Q2 of 2020."""
    after = m.end()
    if found := year_at(ctx, after):
        return day_reading(part_value(found[0], ctx.word(m.start()).value), last=found[1])
    if ctx.now is None:
        return None
    last = m.start() + 1
    return day_reading(_nearest_part(ctx, ctx.word(m.start()).value, m.start(), last), last=last)


def _part_of_year(ctx: Context, part: str, m: re.Match[str], first: int, last: int) -> Reading | None:
    if m["year"]:
        return day_reading(part_value(ctx.number(m.start("year")), part), first=first, last=last)
    if found := year_at(ctx, m.end()):
        return day_reading(part_value(found[0], part), first=first, last=found[1])
    if ctx.now is None:
        return day_reading(f"XXXX-{part}", first=first, last=last)
    tells = ctx.ahead(first, last) != AHEAD  # a forecast: "the quarter" is still the one reported on
    return day_reading(_nearest_part(ctx, part, first, last), first=first, last=last, tells=tells)


@rule(r"(?P<owner>[ltxT]u|Y)sF?(?P<number>o)?-?(?P<unit>u)")
def quarter_of_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """this year's third quarter; last year's quarter."""
    found = year_at(ctx, m.start())
    if not found or ctx.word(m.start("unit")).value != "Q":
        return None
    if m["number"]:
        part = f"Q{ctx.number(m.start('number'))}" if ctx.number(m.start("number")) <= 4 else None
    else:
        reported = ctx.setting.reported(m.start())
        part = reported[5:] if reported else None
    return day_reading(part_value(found[0], part), last=m.end()) if part else None


def _nearest_part(ctx: Context, part: str, first: int, last: int) -> str | None:
    """The quarter that has begun, or the one to come where the clause looks ahead."""
    now = ctx.now
    assert now is not None
    month = now.about or 12
    starts = int(part[1]) * 3 - 2 if part[0] == "Q" else int(part[1]) * 6 - 5
    if ctx.ahead(first, last) == AHEAD:
        return part_value(now.year + (starts + 5 < month), part)
    return part_value(now.year - (starts > month), part)


@rule(r"(?P<det>h)?F(?:u)?(?P<year>Y)")
def fiscal_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """fiscal 1989, fiscal year 1990."""
    return day_reading(cal.year_value(ctx.number(m.start("year"))))


@rule(r"hFu")
def the_fiscal_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the fiscal year."""
    return duration("P1Y") if ctx.word(m.end() - 1).value == "Y" else None


@rule(r"h?(?P<year>Y)(?P<unit>[u9])")
def year_period(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the 1988 period, the 1988 quarter: the same part of that year."""
    i = m.start("unit")
    if ctx.lower(i) not in ("period", "quarter") or ctx.code(m.start()) != "h":
        return None
    year = ctx.number(m.start("year"))
    if reported := ctx.setting.reported(m.start()):
        return day_reading(part_value(year, reported[5:]))
    return day_reading(cal.year_value(year))


@rule(r"h8[u9]")
def latest(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the latest quarter, the latest period."""
    if ctx.lower(m.end() - 1) not in ("quarter", "period") or ctx.now is None:
        return None
    return day_reading(ctx.setting.reported(m.start()) or unit_value(ctx.now, "Q", -1))


@rule(r"u-b|us-?b|us?b")
def year_end(ctx: Context, m: re.Match[str]) -> Reading | None:
    """year-end, month's end."""
    if ctx.lower(m.end() - 1) != "end" or ctx.word(m.start()).value not in ("Y", "M", "W"):
        return None
    base = ctx.here if ctx.setting.narrative else ctx.now
    return day_reading(unit_value(base, ctx.word(m.start()).value, 0)) if base else None


@rule(r"[ah]?w?u-[gE](?:u|o-?u|9)?")
def year_ago_period(ctx: Context, m: re.Match[str]) -> Reading | None:
    """year-ago, the year-earlier quarter, the year-ago period."""
    unit = next(i for i in range(m.start(), m.end()) if ctx.code(i) == "u")
    last = m.end()
    if ctx.word(unit).value != "Y" or ctx.now is None:
        return None
    first = m.start() if ctx.code(m.start()) in "ah" else unit
    if "o" in m.group():
        quarter = ctx.number(next(i for i in range(m.start(), m.end()) if ctx.code(i) == "o"))
        value = part_value(ctx.now.year - 1, f"Q{quarter}") if quarter <= 4 else None
    elif reported := ctx.setting.reported(m.start()):
        value = same_period(reported, -1)
    else:
        value = cal.year_value(ctx.now.year - 1)
    return day_reading(value, first=first, last=last, tells=False)
