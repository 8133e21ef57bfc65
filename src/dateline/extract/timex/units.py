"""Rules for units of time: durations, "two weeks ago", "last month", "every week", quarters and halves."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.calendar import Days
from dateline.extract.timex.grammar import (
    ABOUT,
    NUMBER,
    Context,
    Reading,
    day_reading,
    duration,
    quantity,
    reference,
    repeated,
    rule,
    year_at,
)
from dateline.extract.timex.setting import Point
from dateline.extract.timex.tense import AHEAD, PRESENT
from dateline.model import TimeType

#: unit -> how a duration of it is written: ("P", "Y") gives P3Y, ("PT", "H") gives PT3H
_WRITTEN = {
    "Y": ("P", "Y"), "M": ("P", "M"), "W": ("P", "W"), "D": ("P", "D"), "FN": ("P", "W"), "Q": ("P", "Q"),
    "DE": ("P", "DE"), "CE": ("P", "CE"), "ML": ("P", "L"), "TH": ("PT", "H"), "TM": ("PT", "M"), "TS": ("PT", "S"),
    "WE": ("P", "WE"),
}  # fmt: skip
#: days in a unit, for the stretch that "the last three months" covers
_IN_DAYS = {"D": 1, "W": 7, "FN": 14}
_IN_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}


def length(number: str, unit: str) -> str:
    """The TIMEX3 value of so many units.

    >>> length("3", "Y"), length("12", "TH"), length("X", "W"), length("2", "FN")
    ('P3Y', 'PT12H', 'PXW', 'P4W')
    """
    if unit == "FN":
        number = str(2 * int(number)) if number.isdigit() else number
    start, letter = _WRITTEN[unit]
    return f"{start}{number}{letter}"


def _stretch(ctx: Context, number: str, unit: str, sign: int) -> Days | None:
    """The days that "the last/next N units" cover, from or to the anchor."""
    base = ctx.now.date if ctx.now else None
    if base is None or not number.isdigit() or len(number) > 5:
        return None
    other = _moved(base, int(number) * sign, unit)
    if other is None:
        return None
    first, last = sorted((base, other))
    return first.isoformat(), last.isoformat()


def _moved(base: date, count: int, unit: str) -> date | None:
    """The day so many units away; the last day of the month where the month is too short."""
    if unit in _IN_DAYS:
        return cal.shifted(base, count * _IN_DAYS[unit])
    if unit not in _IN_MONTHS:
        return base if unit in ("TH", "TM", "TS") else None
    year, month = cal.month_shifted(base.year, base.month, count * _IN_MONTHS[unit])
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
        return _part(moved_year, f"Q{cal.quarter_of(moved_month)}")
    if day is None:
        return _vague(year, point.month, unit)
    if unit == "D":
        moved = cal.shifted(day, count)
        return moved.isoformat() if moved else None
    if unit in ("W", "FN", "WE"):
        moved = cal.shifted(day, count * (14 if unit == "FN" else 7))
        return cal.week_value(moved) + ("-WE" if unit == "WE" else "") if moved else None
    return None


def _part(year: int, part: str) -> str | None:
    value = cal.year_value(year)
    return f"{value}-{part}" if value else None


def _vague(year: int, month: int | None, unit: str) -> str | None:
    """A day or week somewhere in the point's year."""
    value = cal.year_value(year)
    if value is None or unit not in ("D", "W"):
        return None
    return f"{value}-WXX" if unit == "W" else f"{value}-{f'{month:02d}' if month else 'XX'}-XX"


# --- so many units -------------------------------------------------------------------------------------------------

_COUNT = rf"(?P<about>{ABOUT})(?P<det>h)?(?P<rel>t?[lx]|[tT=])?G?(?P<number>{NUMBER})(?P<mid>(?:Q|G|w|[lx])?-?|G-)"


@rule(_COUNT + r"(?P<unit>[uU])(?:&[uU])?(?P<half>&ab)?(?:&[~Q])?")
def amount(ctx: Context, m: re.Match[str]) -> Reading | None:
    """three years; the last two weeks; a decade; 12-hour; a year and a half; 20 more years."""
    unit = ctx.word(m.start("unit")).value
    number = quantity(ctx, m.start("number"), m.end("number"))
    if number is None or unit not in _WRITTEN or not _counts(ctx, m):
        return None
    if m["half"]:
        number = f"{number}.5"
    relation = _relation(m)
    days = _stretch(ctx, number, unit, relation) if relation else None
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
    return duration(length("0.5", ctx.word(m.end() - 1).value))


@rule(r"(?P<unit>u)-(?P<long>w)")
def unit_long(ctx: Context, m: re.Match[str]) -> Reading | None:
    """month-long, year-long."""
    return duration(length("1", ctx.word(m.start()).value)) if ctx.lower(m.end() - 1) in ("long", "old") else None


@rule(r"(?P<det>h)?(?P<rel>[lx])?(?P<unit>U)(?:&U)?(?P<shift>[gEL]O?)?")
def bare_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """weeks; for decades; the next days; months ago; years later; the coming weeks."""
    i = m.start("unit")
    unit = ctx.word(i).value
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
    if m["det"] or (m["shift"][0] in "EL" and _has_object(ctx, last)):
        return duration(length("X", unit), last=m.start("shift"))
    if m["shift"][0] in "gE":
        return Reading(TimeType.DATE, "PAST_REF", last=last, tells=False)
    return Reading(TimeType.DATE, "FUTURE_REF", last=last, tells=False)


@rule(rf"(?P<about>{ABOUT})(?P<number>{NUMBER}|a)?G?(?P<unit>[uU])(?:&ab)?(?:&[Q~])?(?P<shift>[gEL]|rD?1)")
def shifted_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """two weeks ago; a year earlier; three days later; five months from now."""
    if m["number"] is None:
        return None
    unit = ctx.word(m.start("unit")).value
    number = quantity(ctx, m.start("number"), m.end("number")) if m["number"] != "a" else "1"
    if number is None or unit not in _WRITTEN:
        return None
    shift = m["shift"][0]
    if shift in "EL" and _has_object(ctx, m.end()):
        return duration(length(number, unit), last=m.start("shift"))
    sign = -1 if shift in "gE" else 1
    if not number.isdigit():
        return reference("PAST_REF" if sign < 0 else "FUTURE_REF")
    if len(number) > 5:
        return None
    return _shifted(ctx, int(number) * sign, unit, shift)


def _has_object(ctx: Context, i: int) -> bool:
    """Whether "before" or "after" governs what follows ("two days after the vote") and is no adverb."""
    if ctx.lower(i - 1) not in ("before", "after"):
        return False
    return ctx.code(i) not in ".,;:?!)_&" and ctx.tag(i - 1) == "IN"


def _shifted(ctx: Context, count: int, unit: str, shift: str) -> Reading | None:
    base = ctx.now if shift in "gr" else ctx.here
    if base is None or (shift in "L" and ctx.setting.told is None):
        return Reading(TimeType.DATE, "PAST_REF" if count < 0 else "FUTURE_REF", tells=False)
    if unit == "Y" and count == -1 and ctx.setting.period and not ctx.setting.narrative:
        return day_reading(_same_period(ctx.setting.period, count), tells=False)
    if unit == "Q":
        return day_reading(unit_value(base, unit, count))
    if unit in ("TH", "TM", "TS"):
        return _hours_away(base, count, unit)
    return day_reading(unit_value(base, unit, count))


def _hours_away(base: Point, count: int, unit: str) -> Reading | None:
    """Hours and minutes keep the day: the hour that they count from is not known."""
    hours = count / {"TH": 1, "TM": 60, "TS": 3600}[unit]
    day = cal.shifted(base.date, round(hours / 24)) if base.date and abs(hours) < 1e6 else None
    return Reading(TimeType.TIME, f"{day.isoformat()}TXX", cal.days_of(day.isoformat()), tells=False) if day else None


def _same_period(period: str, years: int) -> str | None:
    return _part(int(period[:4]) + years, period[5:])


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
        value = _part(ctx.now.year - 1, f"Q{quarter}") if quarter <= 4 else None
    elif ctx.setting.period:
        value = _same_period(ctx.setting.period, -1)
    else:
        value = cal.year_value(ctx.now.year - 1)
    return day_reading(value, first=first, last=last, tells=False)


# --- one unit that stands in relation to now ------------------------------------------------------------------------


@rule(r"(?P<det>h)?(?P<rel>t[lx]|[lxtT1])=?(?:F|G)?(?P<unit>u)|(?P<same>[hT]=)G?(?P<unit2>u)")
def related_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """last month, this week, the next day, the previous year, that decade, the same day, the current quarter."""
    i = m.end() - 1
    unit = ctx.word(i).value
    rel = (m["rel"] or "=")[-1]
    if rel == "l" and ctx.code(m.end()) == "O":  # "the last week of August"
        return duration(length("1", unit)) if unit in _WRITTEN else None
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
    told = rel == "T" or (bool(m["det"]) and not near)
    base = ctx.here if told and not (ctx.setting.narrative and unit in ("Y", "DE", "CE")) else ctx.now
    count = {"l": -1, "x": 1}.get(rel, 0)
    if base is None or (told and count and ctx.setting.told is None):
        return _unanchored(unit)
    return day_reading(_period_value(ctx, base, unit, count))


def _unanchored(unit: str) -> Reading | None:
    """A related unit in a report without any date: its kind of value with the places unknown."""
    blank = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX", "Q": "XXXX-QX", "WE": "XXXX-WXX-WE",
             "DE": "XXX", "CE": "XX"}.get(unit)  # fmt: skip
    return day_reading(blank)


def _period_value(ctx: Context, base: Point, unit: str, count: int) -> str | None:
    """The related unit's value; a quarter or day keeps to what was last told."""
    if unit == "Q" and count == 0 and ctx.setting.period:
        return ctx.setting.period
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
        return day_reading(ctx.setting.period or (unit_value(here, "Q", 0) if here else None))
    if unit == "WE" and ctx.now:
        return day_reading(_weekend(ctx, m.start(), m.end()))
    if unit == "Y":
        if ctx.lower(m.end()) in ("ended", "ending", "to"):
            return duration("P1Y")
        base = here if ctx.setting.narrative else ctx.now
        return day_reading(cal.year_value(base.year)) if base else duration("P1Y")
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
    if ctx.here is None or (m["shift"] in "EL" and _has_object(ctx, m.end())):
        return None
    if m["shift"] in "lx" and ctx.code(m.end()) in "wu":
        return None
    word = ctx.lower(m.end() - 1)
    if word in ("previously", "earlier", "later", "beforehand"):
        return None
    sign = -1 if m["shift"] in "El" else 1
    return day_reading(unit_value(ctx.here, unit, sign))


# --- repeated ------------------------------------------------------------------------------------------------------

_EACH = {"Y": "P1Y", "M": "P1M", "W": "P1W", "D": "XXXX-XX-XX", "Q": "P1Q", "TH": "PT1H", "TM": "PT1M",
         "WE": "XXXX-WXX-WE", "DE": "P1DE", "CE": "P1CE", "FN": "P2W"}  # fmt: skip


@rule(r"nu")
def one_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """one day: some day to come, where the clause looks ahead."""
    if (ctx.lower(m.start()), ctx.lower(m.end() - 1)) != ("one", "day") or ctx.ahead(m.start(), m.end()) != AHEAD:
        return None
    return reference("FUTURE_REF")


@rule(r"e(?P<what>u|W|M|S|p|P|o?u)")
def each(ctx: Context, m: re.Match[str]) -> Reading | None:
    """every year, each Thursday, every morning, each July."""
    i = m.end() - 1
    word, code = ctx.word(i), ctx.code(i)
    if code == "u":
        return repeated(_EACH[word.value]) if word.value in _EACH else None
    if code == "W":
        return repeated(f"XXXX-WXX-{word.number}")
    if code == "M":
        return repeated(f"XXXX-{word.number or 0:02d}")
    return repeated(f"XXXX-{word.value}" if code == "S" else f"XXXX-XX-XXT{word.value}")


@rule(rf"e(?P<number>{NUMBER})(?P<unit>U)")
def each_few(ctx: Context, m: re.Match[str]) -> Reading | None:
    """every two weeks."""
    number = quantity(ctx, m.start("number"), m.end("number"))
    unit = ctx.word(m.start("unit")).value
    return repeated(length(number, unit)) if number and unit in _WRITTEN else None


@rule(r"V(?P<part>[pP])?|W[P]")
def weekdays(ctx: Context, m: re.Match[str]) -> Reading | None:
    """Mondays, Tuesday nights."""
    value = f"XXXX-WXX-{ctx.number(m.start())}"
    return repeated(value + (f"T{ctx.word(m.end() - 1).value}" if m.end() - m.start() > 1 else ""))


@rule(r"4")
def adverb(ctx: Context, m: re.Match[str]) -> Reading | None:
    """daily, weekly, annually: not in names ("the Daily Herald")."""
    i = m.start()
    token = ctx.token(i)
    if token is None or token.tag in ("NNP", "NNPS"):
        return None
    if token.dep == "amod" and token.lower != "daily":  # "a quarterly report" is a kind of report
        return None
    return repeated(ctx.word(i).value)


@rule(r"5(?P<unit>u)")
def per_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """per month: how often, said as a length."""
    return Reading(TimeType.SET, length("1", ctx.word(m.start("unit")).value), first=m.start("unit"), tells=False)


# --- quarters, halves, fiscal years ---------------------------------------------------------------------------------


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
        return day_reading(_part(found[0], ctx.word(m.start()).value), last=found[1])
    if ctx.now is None:
        return None
    last = m.start() + 1
    return day_reading(_nearest_part(ctx, ctx.word(m.start()).value, m.start(), last), last=last)


def _part_of_year(ctx: Context, part: str, m: re.Match[str], first: int, last: int) -> Reading | None:
    if m["year"]:
        return day_reading(_part(ctx.number(m.start("year")), part), first=first, last=last)
    if found := year_at(ctx, m.end()):
        return day_reading(_part(found[0], part), first=first, last=found[1])
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
        part = ctx.setting.period[5:] if ctx.setting.period else None
    return day_reading(_part(found[0], part), last=m.end()) if part else None


def _nearest_part(ctx: Context, part: str, first: int, last: int) -> str | None:
    """The quarter that has begun, or the one to come where the clause looks ahead."""
    now = ctx.now
    assert now is not None
    month = now.about or 12
    starts = int(part[1]) * 3 - 2 if part[0] == "Q" else int(part[1]) * 6 - 5
    if starts <= month or (ctx.ahead(first, last) == AHEAD and starts + 2 >= month):
        return _part(now.year, part)
    return _part(now.year if starts - month <= 3 and not ctx.setting.narrative and month > 9 else now.year - 1, part)


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
    if ctx.setting.period:
        return day_reading(_part(year, ctx.setting.period[5:]))
    return day_reading(cal.year_value(year))


@rule(r"h8[u9]")
def latest(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the latest quarter, the latest period."""
    if ctx.lower(m.end() - 1) not in ("quarter", "period") or ctx.now is None:
        return None
    return day_reading(ctx.setting.period or unit_value(ctx.now, "Q", -1))


@rule(r"u-b|us-?b|us?b")
def year_end(ctx: Context, m: re.Match[str]) -> Reading | None:
    """year-end, month's end."""
    if ctx.lower(m.end() - 1) != "end" or ctx.word(m.start()).value not in ("Y", "M", "W"):
        return None
    base = ctx.here if ctx.setting.narrative else ctx.now
    return day_reading(unit_value(base, ctx.word(m.start()).value, 0)) if base else None
