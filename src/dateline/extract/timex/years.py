"""Rules for years, decades and centuries."""

from __future__ import annotations

import re

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.grammar import (
    Context,
    Reading,
    day_reading,
    expand_year,
    is_early_year,
    rule,
    year_at,
)
from dateline.extract.timex.words import names_around
from dateline.model import TimeType

#: words that may stand before a bare year
_YEAR_WORDS = frozenset((
    "in", "since", "by", "until", "till", "from", "of", "during", "before", "after", "early", "late", "mid", "year",
    "years", "to", "between", "and", "through", "for", "around", "about", "circa", "ca", "c", "summer", "winter",
    "spring", "autumn", "fall",
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
    if ctx.lower(i - 1) in names_around()["numbered"]:
        return False
    if ctx.lower(i - 1) in _YEAR_WORDS or ctx.code(i - 1) in "vb(F":
        return 1000 <= number <= 2200 and not _counts_things(ctx, i)
    return 1400 <= number <= 2100 and not _counts_things(ctx, i)


_EARLY_YEAR_WORDS = frozenset(("in", "since", "by", "until", "till", "from", "after", "before", "early", "late", "("))


@rule(r"n")
def early_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """in 732; in a text that tells of years before Christ, one of those."""
    i = m.start()
    told = ctx.setting.told
    year = -ctx.number(i) if told and told.year < 0 else ctx.number(i)
    if ctx.lower(i - 1) not in _EARLY_YEAR_WORDS or not is_early_year(ctx, i) or (told and abs(told.year - year) > 100):
        return None
    return day_reading(cal.year_value(year))


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
