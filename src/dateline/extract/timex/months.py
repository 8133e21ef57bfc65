"""Rules for days of a month and months, with or without their year."""

from __future__ import annotations

import re

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.grammar import (
    Context,
    Reading,
    day_reading,
    expand_year,
    rule,
    year_at,
)
from dateline.extract.timex.tense import AHEAD, BACK, PRESENT

#: months that are words of their own, too: only with a proper noun's tag, or beside a number
_WORDLIKE = frozenset(("may", "march", "august", "mar", "sun", "sat", "wed", "mon", "jun", "jan"))


def _is_month(ctx: Context, i: int) -> bool:
    """Whether a month's name standing alone is one: not a verb, a person or part of a longer name."""
    word = ctx.word(i)
    token = ctx.token(i)
    if token is not None and token.ent == "PERSON":
        return False
    if len(word.lower) <= 4 and word.lower not in ("may", "june", "july") and ctx.code(i + 1) != ".":
        return False
    if word.lower not in _WORDLIKE:
        return ctx.tag(i) in ("NNP", "NNPS", "NN", "CD") or word.lower not in ("april", "june")
    if ctx.code(i - 1) == "w" and ctx.tag(i - 1) in ("NNP", "JJ") and ctx.raw(i - 1)[:1].isupper():
        return False  # "the Long March"
    if ctx.tag(i) not in ("NNP", "NN") or ctx.lower(i + 1) in ("on", "for", "to", "of"):
        return ctx.lower(i - 1) in ("in", "since", "last", "of", "by", "until", "late", "early", "mid", "this", "next")
    named = token is None or token.dep in ("nsubj", "compound", "nsubjpass", "aux")
    return not named or ctx.code(i - 1) in "ivltx"


def _nearest_year(ctx: Context, month: int, day: int | None, first: int, last: int) -> int | None:
    """The year of a month or day written without one.

    News counts from the anchor: back, unless the clause looks ahead. A narrative goes on from the point last told.
    """
    here = ctx.now
    if here is None:
        return None
    if ctx.setting.narrative:
        return _told_year(here.year, here.about, month)
    told = ctx.setting.told
    if told and told.month and told.year != ctx.setting.year and ctx.same_sentence(ctx.setting.told_at, first):
        return _told_year(told.year, told.month, month)  # "jailed in March 2019 and freed in July"
    assert ctx.anchor is not None
    anchor = ctx.anchor
    ahead = ctx.ahead(first, last)
    passed = (month, day or (anchor.day if month == anchor.month else 1)) <= (anchor.month, anchor.day)
    gap = (month - anchor.month) % 12
    if ahead == AHEAD:
        return anchor.year + (passed and month != anchor.month and gap < 9)
    if day is None:
        return anchor.year - (not passed and (ahead == BACK or gap > 4))
    if passed:  # a day without a year is seldom far away
        return anchor.year + (0 < gap <= 2 and ahead == PRESENT)
    return anchor.year - (gap > (2 if ahead == BACK else 4))


def _told_year(year: int, month: int | None, wanted: int) -> int:
    """The year in which a narrative that stands at this month comes to the wanted one."""
    if month is None or wanted >= month - 8:
        return year if month is None or wanted - month < 9 else year - 1
    return year + 1


def _month_day(ctx: Context, month: int, day: int, first: int, last: int) -> Reading | None:
    """A day and month, with the year that follows it or the year that context gives."""
    after = last + (ctx.code(last) == "," and ctx.code(last + 1) in "Yhlx")
    found = year_at(ctx, after + (ctx.code(after) == "O" and ctx.code(after + 1) == "Y"))
    if found and (ctx.code(found[1] - 1) != "n" or ctx.lower(found[1] - 1).isdigit()):
        year, last = found
    else:
        guess = _nearest_year(ctx, month, day, first, last)
        if guess is None:
            return day_reading(f"XXXX-{month:02d}-{day:02d}", last=last) if cal.valid_day(2000, month, day) else None
        year = guess
    if year < 0:
        return day_reading(f"{cal.year_value(year)}-{month:02d}-{day:02d}", last=last)
    found_day = cal.valid_day(year, month, day)
    return day_reading(found_day.isoformat(), last=last) if found_day else None


_WEEKDAY_BEFORE = r"(?P<weekday>t?[lx]?W\.?,?h?)?"


@rule(_WEEKDAY_BEFORE + r"h?(?P<day>[do])O?(?P<month>M)\.?")
def day_month(ctx: Context, m: re.Match[str]) -> Reading | None:
    """14 March 1999; Thursday, the 14th of March; 3rd March."""
    month, day = m.start("month"), ctx.number(m.start("day"))
    if not 1 <= day <= 31:
        return None
    return _month_day(ctx, ctx.number(month), day, m.start(), m.end())


@rule(_WEEKDAY_BEFORE + r"(?P<month>M)\.?h?(?P<day>n-?o|[do])(?![%$])")
def month_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """March 14, 1999; Thursday, Oct. 5; March eighth; May twenty-first."""
    i = m.start("day")
    day = sum(ctx.number(k) for k in range(i, m.end("day")) if ctx.code(k) != "-")
    if not 1 <= day <= 31 or _ends_sentence(ctx, m.end("month")):
        return None
    if ctx.code(m.end()) in "Uu" and ctx.code(i) != "o":
        return None
    return _month_day(ctx, ctx.number(m.start("month")), day, m.start(), m.end())


def _ends_sentence(ctx: Context, i: int) -> bool:
    """Whether the point at word ``i`` follows a whole month's name, and so is no mark of abbreviation."""
    return ctx.code(i) == "." and _is_whole(ctx, i - 1)


def _is_whole(ctx: Context, i: int) -> bool:
    return len(ctx.lower(i)) > 4 or ctx.lower(i) in ("may", "june", "july")


@rule(r"(?P<one>[do])(?P<join>[-&2,/])(?:h)?(?P<two>[do])O?(?P<month>M)\.?")
def days_month(ctx: Context, m: re.Match[str]) -> tuple[Reading, ...] | None:
    """6 and 7 January 1916; 15-22 February: two days that share month and year."""
    second = _month_day(ctx, ctx.number(m.start("month")), ctx.number(m.start("two")), m.start(), m.end())
    return _with_first_day(ctx, ctx.number(m.start("one")), second, m.start("one"), m.start("two"))


def _with_first_day(ctx: Context, day: int, second: Reading | None, i: int, at: int) -> tuple[Reading, ...] | None:
    if second is None or not 1 <= day <= 31:
        return None
    value = second.value[:-2] + f"{day:02d}"
    if value[0] not in "XB" and cal.days_of(value) is None:
        return None
    one = day_reading(value, first=i, last=i + 1)
    two = day_reading(second.value, first=at, last=second.last)
    return (one, two) if one and two else None


@rule(r"(?P<one>[do]M|M\.?[do])(?P<join>[-2])(?P<two>[do]M|M\.?[do])(?=,?[Yy])")
def day_to_day(ctx: Context, m: re.Match[str]) -> tuple[Reading, ...] | None:
    """26 June - 4 August 1952: the year goes with both."""
    found = year_at(ctx, m.end() + (ctx.code(m.end()) == ","))
    if not found:
        return None
    year, last = found
    (month, day), (other_month, other_day) = (_parts(ctx, m.start(g), m.end(g)) for g in ("one", "two"))
    first_day = cal.valid_day(year - ((other_month, other_day) < (month, day)), month, day)
    last_day = cal.valid_day(year, other_month, other_day)
    if first_day is None or last_day is None:
        return None
    one = day_reading(first_day.isoformat(), last=m.end("one"))
    two = day_reading(last_day.isoformat(), first=m.start("two"), last=last)
    return (one, two) if one and two else None


def _parts(ctx: Context, first: int, last: int) -> tuple[int, int]:
    """Month and day of a stretch of words that names both."""
    named = {ctx.code(i): ctx.number(i) for i in range(first, last)}
    return named["M"], named.get("d", 0) or named.get("o", 0)


@rule(r"(?P<month>M)\.?(?P<one>[do])(?P<join>[-&2/])(?P<two>[do])(?![U%:])")
def month_days(ctx: Context, m: re.Match[str]) -> tuple[Reading, ...] | None:
    """April 6-7, 1915; May 4 and 5: two days that share month and year."""
    month = ctx.number(m.start("month"))
    second = _month_day(ctx, month, ctx.number(m.start("two")), m.start(), m.end())
    if second is None or not 1 <= ctx.number(m.start("one")) <= 31:
        return None
    value = second.value[:-2] + f"{ctx.number(m.start('one')):02d}"
    one = day_reading(value, first=m.start(), last=m.end("one"))
    two = day_reading(second.value, first=m.start("two"), last=second.last)
    if one is None or two is None or (value[0] not in "XB" and one.days is None):
        return None
    return one, two


@rule(r"I")
def iso_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """2004-05-06, 2004-05-06T10:30Z."""
    value = ctx.word(m.start()).value
    return day_reading(value) if cal.days_of(value) else None


@rule(r"(?<![d/.])d/d(?![d/%])")
def nine_eleven(ctx: Context, m: re.Match[str]) -> Reading | None:
    """9/11: the day in 2001."""
    if (ctx.number(m.start()), ctx.number(m.end() - 1)) != (9, 11):
        return None
    return day_reading("2001-09-11", tells=False)


@rule(r"K")
def slashed_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """5/6/2004 (month first, unless only the other order is a day), 13.6.2004 (day first)."""
    raw = ctx.word(m.start()).value
    one, two, year = (int(part) for part in re.split(r"[/.]", raw))
    if len(raw) - max(raw.rfind("/"), raw.rfind(".")) == 3:
        year = expand_year(year, ctx)
    orders = ((two, one), (one, two)) if "." in raw else ((one, two), (two, one))
    for month, day in orders:
        if found := cal.valid_day(year, month, day):
            return day_reading(found.isoformat())
    return None


@rule(r"h?(?P<month>M)\.?")
def month(ctx: Context, m: re.Match[str]) -> Reading | None:
    """October 1984; Oct 1984; May of 1789; June last year; November of that year; December."""
    i = m.start("month")
    number = ctx.number(i)
    after = m.end()
    j = after + (ctx.code(after) == "," and ctx.code(after + 1) == "Y")
    j += ctx.code(j) == "O" and (ctx.code(j + 1) in "YhT=" or ctx.code(j + 1) == "y")
    found = year_at(ctx, j)
    if found and (j == after or ctx.code(j) in "YyhT=ltx"):
        return day_reading(cal.month_value(found[0], number), first=i, last=found[1])
    if m.start() < i and ctx.word(i).lower in _WORDLIKE:
        return None  # "the March"
    if not _is_month(ctx, i) or ctx.code(after) in "do":  # "February 30"
        return None
    year = _nearest_year(ctx, number, None, i, after)
    last = after - (ctx.code(after - 1) == "." and _is_whole(ctx, i))
    return day_reading(cal.month_value(year, number) if year is not None else f"XXXX-{number:02d}", first=i, last=last)


@rule(r"(?P<first>M)\.?(?:[-&2/]|,&?)(?P<second>M)\.?(?=,?O?[Yy])")
def months_of_year(ctx: Context, m: re.Match[str]) -> tuple[Reading, ...] | None:
    """August and September 1914; May-August 1950: the year goes with both."""
    i = m.end() + (ctx.code(m.end()) == ",")
    found = year_at(ctx, i + (ctx.code(i) == "O"))
    if not found:
        return None
    one = day_reading(cal.month_value(found[0], ctx.number(m.start())), last=m.start() + 1)
    two = day_reading(cal.month_value(found[0], ctx.number(m.start("second"))), first=m.start("second"), last=found[1])
    return (one, two) if one and two else None


@rule(r"(?P<rel>t[lx]|[lxtT])=?(?P<month>M)")
def related_month(ctx: Context, m: re.Match[str]) -> Reading | None:
    """last May, this September, next January: the nearest before, in or after the anchor's month."""
    here = ctx.now
    number = ctx.number(m.start("month"))
    if here is None or here.month is None:
        return day_reading(f"XXXX-{number:02d}")
    rel = m["rel"][-1]
    year = here.year
    if rel == "l":
        year -= number >= here.month
    elif rel == "x":
        year += number <= here.month
    return day_reading(cal.month_value(year, number))
