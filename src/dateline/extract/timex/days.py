"""Rules for weekdays, "today", "yesterday", and a day wherever it stands beside an expression."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.grammar import (
    Builder,
    Context,
    Reading,
    day_reading,
    reference,
    rule,
)
from dateline.extract.timex.months import day_month, month_day
from dateline.extract.timex.tense import AHEAD, PRESENT
from dateline.extract.timex.words import names_around


def _weekday_near(base: date, weekday: int, ahead: bool) -> date | None:
    """The nearest such weekday at or before the base, or after it."""
    gap = (base.isoweekday() - weekday) % 7
    return cal.shifted(base, (7 - gap if gap else 0) if ahead else -gap)


@rule(r"h?(?P<rel>t[lx]|[lxtT])?=?(?P<weekday>W)\.?(?P<week>[lxt]u)?")
def weekday(ctx: Context, m: re.Match[str]) -> Reading | None:
    """Wednesday; last Friday; next Monday; the previous Tuesday; Thursday last week.

    A bare weekday counts back from the anchor, which may itself be that day, unless the clause looks ahead.
    """
    i = m.start("weekday")
    word = ctx.word(i)
    if not word.lower.endswith("day") and not re.match(r"\.|,?[Md]", ctx.codes[i + 1 : i + 3]):
        return None
    if ctx.lower(i - 1) in names_around()["named_day"] or (ctx.code(i + 1) == "w" and _is_paper(ctx, i + 1)):
        return None
    last = m.end() - (m["week"] is None and ctx.code(m.end() - 1) == "." and len(word.lower) > 5)
    number, rel = ctx.number(i), (m["rel"] or "")[-1:]
    if rel and ctx.is_conjunction(m.start("rel")):
        rel = ""
    first = m.start() if rel else i
    base = _weekday_base(ctx, m.start(), rel)
    if base is None:
        return day_reading(f"XXXX-WXX-{number}", first=first, last=last)
    if m["week"] and ctx.word(m.start("week") + 1).value == "W":
        shift = {"l": -7, "x": 7}.get(m["week"][0], 0)
        found = cal.shifted(base, number - base.isoweekday() + shift)
    else:
        found = _related_weekday(ctx, base, number, rel, first, last)
    return day_reading(found.isoformat() if found else None, first=first, last=last)


def _is_paper(ctx: Context, i: int) -> bool:
    return ctx.lower(i) in names_around()["paper"] and ctx.raw(i)[0].isupper()


def _weekday_base(ctx: Context, first: int, rel: str) -> date | None:
    """The day that a weekday counts from: with "the previous" or in a narrative the day last told."""
    told = ctx.setting.told.date if ctx.setting.told else None
    if told and (ctx.setting.narrative or (rel in tuple("lxT=") and ctx.code(first) in "hT")):
        return told
    return None if ctx.setting.narrative else ctx.anchor


def _related_weekday(ctx: Context, base: date, number: int, rel: str, first: int, last: int) -> date | None:
    if rel == "l":
        return _weekday_near(cal.shifted(base, -1) or base, number, ahead=False)
    if rel == "x":
        return _weekday_near(cal.shifted(base, 1) or base, number, ahead=True)
    if rel in ("t", "T"):
        return cal.shifted(base, number - base.isoweekday())
    return _weekday_near(base, number, ahead=ctx.setting.narrative or ctx.ahead(first, last) in (AHEAD, PRESENT))



@rule(r"(?P<day>D)(?P<part>p)?")
def deictic(ctx: Context, m: re.Match[str]) -> Reading | None:
    """today, yesterday, tomorrow night, tonight."""
    word = ctx.word(m.start())
    shift, _, part = word.value.partition(" ")
    if ctx.raw(m.start())[0].isupper() and ctx.tag(m.start()) == "NNP":
        return None  # a programme's name
    if m["part"]:
        part = ctx.word(m.end() - 1).value
    if word.lower == "today" and (ctx.setting.narrative or ctx.code(m.end()) == "s"):
        return reference("PRESENT_REF") if ctx.setting.narrative else near_day(ctx, 0, part)
    return near_day(ctx, int(shift), part)


def near_day(ctx: Context, shift: int, part: str) -> Reading | None:
    """A part of the day so many days from the anchor; in a narrative such words are a speaker's and stay open."""
    tail = f"T{part}" if part else ""
    if ctx.anchor is None or ctx.setting.narrative:
        return day_reading(f"XXXX-XX-XX{tail}", tells=False)
    day = cal.shifted(ctx.anchor, shift)
    return day_reading(f"{day.isoformat()}{tail}") if day else None


#: how a day may be written after "the night of", "at noon"
_DAY_PATTERNS = {
    "month_day": re.compile(r"(?P<weekday>t?[lx]?W\.?,?h?)?(?P<month>M)\.?h?(?P<day>n-?o|[do])(?![%$])"),
    "day_month": re.compile(r"(?P<weekday>t?[lx]?W\.?,?h?)?h?(?P<day>[do])O?(?P<month>M)\.?"),
    "weekday": re.compile(r"h?(?P<rel>t[lx]|[lxtT])?=?(?P<weekday>W)\.?(?P<week>[lxt]u)?"),
    "deictic": re.compile(r"(?P<day>D)(?P<part>p)?"),
}
_DAY_RULES: tuple[tuple[str, Builder], ...] = (
    ("month_day", month_day),
    ("day_month", day_month),
    ("weekday", weekday),
    ("deictic", deictic),
)


def day_at(ctx: Context, i: int) -> tuple[str, int] | None:
    """The day named from word ``i`` on ("of April 19", "on Monday", "yesterday"), as value and index after it."""
    i += ctx.code(i) in "Oi,"
    i += ctx.code(i) == "h" and ctx.code(i + 1) in "do"
    for name, build in _DAY_RULES:
        m = _DAY_PATTERNS[name].match(ctx.codes, i)
        found = build(ctx, m) if m else None
        if isinstance(found, Reading) and (found.first or i) <= i + 1:
            return found.value[:10] if found.value[0] != "B" else found.value, found.last or (m.end() if m else i)
    return None
