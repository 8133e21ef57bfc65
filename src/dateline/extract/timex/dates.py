"""Rules for days, months, years, decades, centuries and seasons."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.calendar import Days
from dateline.extract.timex.grammar import (
    Context,
    Reading,
    day_reading,
    expand_year,
    holiday,
    repeated,
    rule,
    year_at,
)
from dateline.extract.timex.tense import AHEAD, BACK, PRESENT
from dateline.model import TimeType

#: months that are words of their own, too: only with a proper noun's tag, or beside a number
_WORDLIKE = frozenset(("may", "march", "august", "mar", "sun", "sat", "wed", "mon", "jun", "jan"))


def _is_month(ctx: Context, i: int) -> bool:
    """Whether a month's name standing alone is one: not a verb, a person or part of a longer name."""
    word = ctx.word(i)
    if len(word.lower) <= 4 and word.lower not in ("may", "june", "july") and ctx.code(i + 1) != ".":
        return False
    if word.lower not in _WORDLIKE:
        return ctx.tag(i) in ("NNP", "NNPS", "NN", "CD") or word.lower not in ("april", "june")
    if ctx.code(i - 1) == "w" and ctx.tag(i - 1) in ("NNP", "JJ") and ctx.raw(i - 1)[:1].isupper():
        return False  # "the Long March"
    if ctx.tag(i) not in ("NNP", "NN") or ctx.lower(i + 1) in ("on", "for", "to", "of"):
        return ctx.lower(i - 1) in ("in", "since", "last", "of", "by", "until", "late", "early", "mid", "this", "next")
    token = ctx.token(i)
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
        return anchor.year + (0 < gap <= 2 and ahead != BACK)
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
    if found and ctx.code(found[1] - 1) != "n":
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


# --- weekdays ------------------------------------------------------------------------------------------------------


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
    last = m.end() - (m["week"] is None and ctx.code(m.end() - 1) == "." and len(word.lower) > 5)
    number, rel = ctx.number(i), (m["rel"] or "")[-1:]
    first = m.start() if rel or ctx.code(m.start()) != "h" else i
    base = _weekday_base(ctx, m.start(), rel)
    if base is None:
        return day_reading(f"XXXX-WXX-{number}", first=first, last=last)
    if m["week"] and ctx.word(m.start("week") + 1).value == "W":
        shift = {"l": -7, "x": 7}.get(m["week"][0], 0)
        found = cal.shifted(base, number - base.isoweekday() + shift)
    else:
        found = _related_weekday(ctx, base, number, rel, first, last)
    return day_reading(found.isoformat() if found else None, first=first, last=last)


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


# --- years, decades, centuries -------------------------------------------------------------------------------------

#: words that may stand before a bare year
_YEAR_WORDS = frozenset((
    "in", "since", "by", "until", "till", "from", "of", "during", "before", "after", "early", "late", "mid", "year",
    "years", "to", "between", "and", "through", "for", "around", "about", "circa", "ca", "c", "summer", "winter",
    "spring", "autumn", "fall",
))  # fmt: skip


#: words that go before a number of their own ("Resolution 1973")
_NUMBERED = frozenset((
    "resolution", "resolutions", "flight", "route", "no", "number", "article", "section", "chapter", "page", "pages",
    "room", "channel", "boeing", "airbus", "psalm", "unit", "lot", "model", "order", "directive", "box", "highway",
))  # fmt: skip


def _counts_things(ctx: Context, i: int) -> bool:
    """Whether the parse reads the number as counting something ("2000 soldiers")."""
    token = ctx.token(i)
    if token is None:
        return True
    head = token.head
    if token.dep not in ("nummod", "quantmod") or head.i < token.i or head.tag not in ("NNS", "NNPS", "CD"):
        return False
    led_in = ctx.code(i - 1) == "h" or (ctx.lower(i - 1) in _YEAR_WORDS and ctx.number(i) % 100 > 0)
    return not (led_in and (1400 if ctx.setting.narrative else 1800) <= ctx.number(i) <= 2050)


@rule(r"(?P<year>Y)(?P<era>[BX])?")
def year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """1996; 1066 AD; not "1500 men" or "$1900"."""
    i = m.start()
    before, after = ctx.code(i - 1), ctx.code(m.end())
    if m["era"]:
        found = year_at(ctx, i)
        return day_reading(cal.year_value(found[0])) if found else None
    if before in "$#?" or after in "%U$" or (before in "-./" and ctx.code(i - 2) in "dn"):
        return None
    if not _plausible_year(ctx, i):
        return None
    if after == "-" and ctx.code(m.end() + 1) in "uU":
        return None
    return day_reading(cal.year_value(ctx.number(i)))


def _plausible_year(ctx: Context, i: int) -> bool:
    number = ctx.number(i)
    if ctx.lower(i - 1) in _NUMBERED:
        return False
    if ctx.lower(i - 1) in _YEAR_WORDS or ctx.code(i - 1) in "vb(F":
        return 1000 <= number <= 2200 and not _counts_things(ctx, i)
    return 1400 <= number <= 2100 and not _counts_things(ctx, i)


@rule(r"(?:X[dnY]|[dn][BX])")
def year_of_era(ctx: Context, m: re.Match[str]) -> Reading | None:
    """490 BC, AD 70, 70 AD."""
    found = year_at(ctx, m.start())
    return day_reading(cal.year_value(found[0])) if found else None


@rule(r"(?P<one>[dn])(?:[-/2&])(?P<two>[dnY]B)")
def years_of_era(ctx: Context, m: re.Match[str]) -> tuple[Reading, ...] | None:
    """499-493 BC: both years are before Christ."""
    found = year_at(ctx, m.start("two"))
    earlier = ctx.number(m.start("one"))
    if not found or earlier <= -found[0]:
        return None
    one = day_reading(cal.year_value(-earlier), first=m.start(), last=m.start() + 1, tells=False)
    two = day_reading(cal.year_value(found[0]), first=m.start("two"), last=m.end())
    return (one, two) if one and two else None


@rule(r"(?P<from>Y)(?P<join>[-/])(?P<to>d)(?![.\d]?[UuM%])")
def years(ctx: Context, m: re.Match[str]) -> tuple[Reading, ...] | None:
    """1914-18, 2007/08: two years, the second cut to two digits."""
    first, two = ctx.number(m.start("from")), ctx.number(m.start("to"))
    word = ctx.word(m.start("to"))
    second = first - first % 100 + two + (100 if two <= first % 100 else 0)
    if len(word.lower) != 2 or second - first > 60 or not _plausible_year(ctx, m.start()):
        return None
    one = day_reading(cal.year_value(first), first=m.start(), last=m.start() + 1)
    other = day_reading(cal.year_value(second), first=m.start("to"), last=m.end(), tells=False)
    return (one, other) if one and other else None


@rule(r"(?:h?u)?(?P<year>nn?-?n?n?&?n?(?:-?n)?)")
def spoken(ctx: Context, m: re.Match[str]) -> Reading | None:
    """nineteen ninety-six; the year two thousand."""
    i = m.start("year")
    found = year_at(ctx, i)
    named = m.start() < i and ctx.lower(i - 1) == "year"
    if not found or found[1] - i < 2 or ctx.code(found[1]) in "UunG%$-":
        return None
    if not 1400 <= found[0] <= 2100 or (ctx.lower(i + 1) in ("hundred", "thousand") and not named):
        return None
    return day_reading(cal.year_value(found[0]), first=m.start() if named else i, last=found[1])


@rule(r"y")
def short_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """'89 after a word that leads in a year."""
    if ctx.lower(m.start() - 1) not in _YEAR_WORDS and ctx.code(m.start() - 1) not in "-vS":
        return None
    return day_reading(cal.year_value(expand_year(ctx.number(m.start()), ctx)))


@rule(r"(?:h?u)(?P<year>Y|y|X[dnY]|[dn][BX])")
def the_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the year 1950."""
    found = year_at(ctx, m.start("year"))
    if not found or ctx.word(m.start("year") - 1).value != "Y":
        return None
    return day_reading(cal.year_value(found[0]), last=found[1])


@rule(r"(?:h?U)(?P<year>Y)")
def the_years(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the years 1955 to 1957: the first of them."""
    if ctx.word(m.start("year") - 1).value != "Y":
        return None
    return day_reading(cal.year_value(ctx.number(m.start("year"))))


@rule(r"h?(?P<part>v-?)?(?P<decade>k|j)(?P<bc>B)?")
def decade(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the 1990s; the early '80s; the nineties; the 470s BC."""
    word = ctx.word(m.start("decade"))
    number = word.number or 0
    if m["decade"] == "j":
        if ctx.code(m.start("decade") - 1) not in "hv-" or ctx.lower(m.start() - 1) in ("his", "her", "their"):
            return None
        number = number * 10
    if number < 100 and not m["bc"]:
        century = ctx.here.year - ctx.here.year % 100 if ctx.here and ctx.here.year > 0 else 1900
        number += century if century + number <= (ctx.here.year if ctx.here else 1999) else century - 100
    if m["bc"]:
        return Reading(TimeType.DATE, f"BC{number // 10:03d}")
    if number < 1000:
        return None
    return day_reading(f"{number // 10:03d}", tells=False)


@rule(r"h?(?P<part>v-?)?(?P<century>n-o|o)-?(?P<unit>u)(?P<bc>B)?")
def century(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the 20th century; nineteenth-century; the 4th century BC; the twenty-first century."""
    if ctx.word(m.start("unit")).value != "CE":
        return None
    i = m.start("century")
    number = sum(ctx.number(k) for k in range(i, m.end("century")) if ctx.code(k) != "-")
    if not 1 <= number <= 30:
        return None
    value = f"{number - 1:02d}"
    return Reading(TimeType.DATE, "BC" + value) if m["bc"] else day_reading(value, tells=False)


# --- seasons and holidays ------------------------------------------------------------------------------------------


_SEASON_WORDS = frozenset(("in", "of", "by", "until", "during", "since", "for", "late", "early", "throughout",
                           "over", "through"))  # fmt: skip


def _is_season(ctx: Context, i: int) -> bool:
    """Not the verbs "fall" and "spring", the fall of a city, or a spring of water."""
    if ctx.word(i).lower not in ("fall", "spring"):
        return True
    if not ctx.tag(i).startswith("NN"):
        return False
    if ctx.word(i).lower == "spring":
        return True
    led_in = ctx.code(i - 1) in "ltxiv" or (ctx.code(i - 1) == "h" and ctx.lower(i - 2) in _SEASON_WORDS)
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
    here = ctx.here if m["det"] == "h" or rel in tuple("T=") else ctx.now
    if here is None:
        return day_reading(f"XXXX-{name}", first=first, last=i + 1)
    if name == "WI" and here.month:
        year, days = _winter(ctx, here.year, here.month, rel, ctx.ahead(first, i + 1))
        return day_reading(_season_value(year, name), first=first, last=i + 1, days=days)
    year = _season_year(ctx, here.year, here.about, name, rel, first, i + 1)
    return day_reading(_season_value(year, name), first=first, last=i + 1)


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
