"""Rules for lengths of time: "three years", "the last two weeks", "12-hour", "decades"."""

from __future__ import annotations

import re

from dateline.extract.timex.grammar import (
    ABOUT,
    NUMBER,
    Context,
    Reading,
    day_reading,
    duration,
    quantity,
    repeated,
    rule,
)
from dateline.extract.timex.units import (
    MONTHS_IN,
    WRITTEN,
    has_object,
    length,
    stretch,
    unit_value,
)
from dateline.model import TimeType

_COUNT = rf"(?P<about>{ABOUT})(?P<det>h)?(?P<rel>t?[lx]|[t=])?G?(?P<number>{NUMBER})(?P<mid>(?:Q|G|w|[lx])?-?|G-)"


@rule(_COUNT + r"(?P<unit>[uU])(?:&[uU])?(?P<half>&ab)?(?:&[~Q])?")
def amount(ctx: Context, m: re.Match[str]) -> Reading | None:
    """three years; the last two weeks; a decade; 12-hour; a year and a half; 20 more years."""
    unit = ctx.word(m.start("unit")).value
    number = quantity(ctx, m.start("number"), m.end("number"))
    if number is None or unit not in WRITTEN or not _counts(ctx, m):
        return None
    if m["half"]:
        number = f"{number}.5"
    relation = _relation(m)
    days = stretch(ctx, number, unit, relation) if relation else None
    first, last = _amount_start(ctx, m), _after_amount(ctx, m.end())
    reported = bool(m["det"]) or ctx.code(m.start() - 1) == "o"  # "the nine months", "the first nine months"
    return duration(length(number, unit), days=days, first=first, last=last, tells=reported)


def _amount_start(ctx: Context, m: re.Match[str]) -> int:
    """The first word, without the preposition of "over the past two weeks" and the article of "a 50-year-old man"."""
    if m["det"] and ctx.lower(m.start()) in ("over", "within", "under"):
        return m.start() + 1
    return m.start() + (ctx.code(m.start()) in "ah" and ctx.code(m.end("unit") - 2) == "-")


def _counts(ctx: Context, m: re.Match[str]) -> bool:
    """Whether the number counts the unit: not "Aug. 2 days", not "one" in "no one year"."""
    i = m.start("number")
    between = ctx.codes[m.end("number") : m.start("unit")]
    if "w" in between and (m["unit"] == "u" or between != "w" or ctx.tag(m.end("number")) != "JJ"):
        return False
    if ctx.code(i) == "d" and ctx.code(i - 1) in "M" and m.start() == i:
        return False
    if ctx.code(i) == "f" and ctx.lower(i - 1) == "as":  # "the third attack in as many days"
        return False
    if ctx.code(i) == "f" and ctx.lower(i) == "some" and ctx.code(m.start("unit")) == "u":
        return False
    if ctx.word(m.start("unit")).value == "Q" and not m["rel"]:  # "three quarters of the troops", "in some quarters"
        return ctx.code(i) in "nd" and "-" not in m.group() and ctx.code(m.end("unit")) != "O"
    return not (ctx.code(i) == "Y" and ctx.code(m.start("unit")) == "u" and "-" not in m.group())


def _after_amount(ctx: Context, last: int) -> int:
    """The end of the expression with "-old", "long" taken in."""
    after = last + (ctx.code(last) == "-")
    if ctx.lower(after) in ("old", "olds", "long"):
        return after + 1
    return last


def _relation(m: re.Match[str]) -> int:
    """-1 for "the last N units", 1 for "the next N units", 0 for neither."""
    letters = (m["rel"] or "") + (m["mid"] or "")
    return -1 if "l" in letters else 1 if "x" in letters else 0


@rule(rf"(?P<about>{ABOUT})(?P<det>a)(?:G-?)?(?P<unit>u)(?P<half>&ab)?(?:&Q)?")
def one_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """a week; nearly an hour; a year and a half; a full day."""
    unit = ctx.word(m.start("unit")).value
    after = ctx.code(m.end("unit"))
    if unit in ("WE", "Q") or (after == "-" and ctx.code(m.end("unit") + 1) == "w"):
        return None
    if ctx.lower(m.start() - 1) in ("once", "twice", "thrice", "times"):
        return repeated(length("1", unit))
    last = _after_amount(ctx, m.end())
    first = m.start("unit") if ctx.code(m.end()) == "-" and last > m.end() else m.start()
    return duration(length("1.5" if m["half"] else "1", unit), first=first, last=last)


@rule(r"(?P<number>b)-(?:a-)?(?P<unit>u)|(?P<number2>b)a(?P<unit2>u)")
def half_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """half an hour, half-century."""
    if ctx.lower(m.start()) != "half":
        return None
    unit = ctx.word(m.end() - 1).value
    if ctx.code(m.end()) != "g":
        return duration(length("0.5", unit))
    months = MONTHS_IN.get(unit, 0) // 2
    if ctx.now is None or not months:
        return Reading(TimeType.DATE, "PAST_REF", last=m.end() + 1, tells=False)
    value = unit_value(ctx.now, "M" if months < 12 else "Y", -months if months < 12 else -months // 12)
    return day_reading(value, last=m.end() + 1)


@rule(r"auOau")
def quarter_century(ctx: Context, m: re.Match[str]) -> Reading | None:
    """a quarter of a century."""
    if (ctx.lower(m.start() + 1), ctx.lower(m.end() - 1)) != ("quarter", "century"):
        return None
    return duration("P25Y")


@rule(r"(?P<unit>u)-(?P<long>w)")
def unit_long(ctx: Context, m: re.Match[str]) -> Reading | None:
    """month-long, year-long."""
    return duration(length("1", ctx.word(m.start()).value)) if ctx.lower(m.end() - 1) in ("long", "old") else None


@rule(r"(?P<det>h)?(?P<rel>[lx])?(?P<unit>U)(?:&U)?(?P<shift>[gEL]O?)?")
def bare_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """weeks; for decades; the next days; months ago; years later; the coming weeks."""
    i = m.start("unit")
    unit = ctx.word(i).value
    if (ctx.lower(i - 2), ctx.lower(i - 1)) == ("as", "many"):
        return None
    if m["shift"] and m["shift"][0] in "gEL" and not m["rel"]:
        return _vaguely_shifted(ctx, m)
    if unit in ("TS", "Q") and not m["rel"]:
        return None
    last = m.end() if m["shift"] is None else m.start("shift")
    relation = {"l": -1, "x": 1}.get(m["rel"] or "", 0)
    if m["det"] and not relation and unit not in ("Y", "D", "M", "W"):
        return None
    if relation and m["rel"]:
        return duration(length("X", unit), last=last)
    if m["det"] and ctx.code(last) not in "OEL" and ctx.lower(last) not in ("ahead", "since", "following"):
        return None
    return duration(length("X", unit), last=last)


def _vaguely_shifted(ctx: Context, m: re.Match[str]) -> Reading | None:
    unit = ctx.word(m.start("unit")).value
    last = m.end() - (m["shift"][-1] == "O")
    if m["det"] or (m["shift"][0] in "EL" and has_object(ctx, last)):
        return duration(length("X", unit), last=m.start("shift"))
    if m["shift"][0] in "gE":
        return Reading(TimeType.DATE, "PAST_REF", last=last, tells=False)
    return Reading(TimeType.DATE, "FUTURE_REF", last=last, tells=False)
