"""Rules for clock times, parts of the day, "today" and words that refer to now, the past and the future."""

from __future__ import annotations

import re

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.days import day_at, near_day
from dateline.extract.timex.grammar import Context, Reading, day_reading, reference, rule
from dateline.extract.timex.tense import BACK
from dateline.model import TimeType


@rule(r"hu(?P<side>[EL])D")
def beyond(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the day before yesterday, the day after tomorrow."""
    shift, _, part = ctx.word(m.end() - 1).value.partition(" ")
    if ctx.word(m.start() + 1).value != "D" or shift == "0":
        return None
    return near_day(ctx, int(shift) * 2, part)


# --- parts of the day ----------------------------------------------------------------------------------------------


def _told_day(ctx: Context) -> str:
    """The day that "that morning", "at 3 p.m." belong to."""
    here = ctx.here
    if here is None:
        return "XXXX-XX-XX"
    if here.date:
        return here.date.isoformat()
    if here.year < 0:
        return f"{cal.year_value(here.year)}-XX-XX"
    return f"{cal.year_value(here.year)}-{f'{here.month:02d}' if here.month else 'XX'}-XX"


@rule(r"(?P<det>[ha])?(?P<rel>o|[lxtT])?=?(?P<edge>v-?)?(?P<part>p)U?(?P<of>[Oi,])?")
def part_of_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """this morning; last night; Monday night; the night of June 20; that afternoon; night."""
    i = m.start("part")
    part = ctx.word(i).value
    rel = m["rel"] or ""
    if ctx.raw(i)[0].isupper() and ctx.code(i - 1) not in "._htlWD" and ctx.tag(i).startswith("NNP"):
        return None  # a name: the newspaper Dawn
    if after := day_at(ctx, i + 1 + (ctx.code(i + 1) == "U")):
        return day_reading(f"{after[0]}T{part}", first=m.start(), last=after[1])
    if rel == "l" and not ctx.setting.narrative and ctx.anchor and not m["det"]:
        day = cal.shifted(ctx.anchor, -1)
        return day_reading(f"{day.isoformat()}T{part}" if day else None, last=i + 1)
    if rel == "t" and not ctx.setting.narrative and ctx.anchor:
        return day_reading(f"{ctx.anchor.isoformat()}T{part}", last=i + 1)
    return _loose_part(ctx, m, i, part, rel)


def _is_after_what_was_done(ctx: Context, i: int) -> bool:
    """Whether the day last told lies ahead and the words tell what is over ("votes on May 22. He rang at night")."""
    told = ctx.here.date if ctx.here else None
    if told is None or ctx.anchor is None or ctx.setting.narrative or told <= ctx.anchor:
        return False
    return ctx.ahead(i, i + 1) == BACK


def _loose_part(ctx: Context, m: re.Match[str], i: int, part: str, rel: str) -> Reading | None:
    told = ctx.here.date if ctx.here else None
    if rel in ("l", "x") and told:
        day = cal.shifted(told, -1 if rel == "l" else 1)
        return day_reading(f"{day.isoformat()}T{part}" if day else None, last=i + 1)
    if rel == "T" or (m["det"] == "h" and ctx.code(i + 1) != "O" and not rel):
        day_told = "XXXX-XX-XX" if _is_after_what_was_done(ctx, i) else _told_day(ctx)
        return day_reading(f"{day_told}T{part}", first=m.start(), last=i + 1)
    if rel or ctx.tag(i) not in ("NN", "NNP"):
        return None
    if ctx.code(i - 1) in "WDN,":
        return day_reading(f"XXXX-XX-XXT{part}", first=i, last=i + 1, tells=False)
    if ctx.code(i - 1) in "Qi" or ctx.lower(i - 1) in ("by", "during", "that", "all"):
        return day_reading(f"XXXX-XX-XXT{part}", first=i, last=i + 1, tells=False)
    return None


@rule(r"h?(?P<edge>v)UO")
def small_hours(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the early hours of Sunday."""
    after = day_at(ctx, m.end())
    if ctx.lower(m.end() - 2) != "hours" or after is None:
        return None
    return day_reading(f"{after[0]}T{'NI' if ctx.lower(m.start('edge')) == 'late' else 'MO'}", last=after[1])


@rule(r"7")
def overnight(ctx: Context, m: re.Match[str]) -> Reading | None:
    """overnight."""
    if after := day_at(ctx, m.end()):
        return day_reading(f"{after[0]}TNI", last=after[1])
    if ctx.setting.narrative or ctx.anchor is None or ctx.tag(m.start()) not in ("RB", "NN", "JJ"):
        return None
    day = cal.shifted(ctx.anchor, -1)
    return day_reading(f"{day.isoformat()}TNI" if day else None)


# --- the clock -----------------------------------------------------------------------------------------------------


def _clock(ctx: Context, i: int, half: int | None) -> str | None:
    """HH:MM of the digits at word ``i``; ``half`` is 0 for a.m., 12 for p.m., ``None`` for neither."""
    parts = re.split(r"[:.]", ctx.word(i).lower)
    if len(parts) == 1 and len(parts[0]) == 4 and half is None:
        parts = [parts[0][:2], parts[0][2:]]
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) > 2:
        return None
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + half
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


@rule(r"(?P<clock>[Cdn])(?P<half>c)(?P<zone>z)?")
def clock_half(ctx: Context, m: re.Match[str]) -> Reading | None:
    """10:30 p.m., 5pm EST, 10 a.m. Wednesday."""
    return _timed(ctx, m, _clock(ctx, m.start(), ctx.word(m.start("half")).number))


@rule(r"(?P<clock>C|[Ydn](?=z|w|U))(?P<hours>[wU])?(?P<zone>z)?")
def clock(ctx: Context, m: re.Match[str]) -> Reading | None:
    """19:00, 03:00hrs, 0530 GMT."""
    i = m.start()
    named = m["hours"] is not None and ctx.lower(i + 1) in ("hrs", "hours")
    local = ctx.lower(i + 1) == "local" and ctx.lower(i - 1) == "at"
    if ctx.code(i) != "C" and not (local or (m["zone"] and (named or not m["hours"]))):
        return None
    last = m.end() if named or not m["hours"] else i + 1
    if ctx.code(i - 1) in ":-/" or (ctx.code(i) != "C" and len(ctx.word(i).lower) != 4):
        return None
    return _timed(ctx, m, _clock(ctx, i, None), last)


@rule(r"(?P<moment>m)")
def noon(ctx: Context, m: re.Match[str]) -> Reading | None:
    """noon Thursday, midnight."""
    return _timed(ctx, m, ctx.word(m.start()).value)


def _timed(ctx: Context, m: re.Match[str], clock_time: str | None, last: int | None = None) -> Reading | None:
    if clock_time is None:
        return None
    last = last or m.end()
    if after := day_at(ctx, last):
        return day_reading(f"{after[0]}T{clock_time}", last=after[1])
    day = _told_day(ctx) if ctx.setting.narrative or ctx.anchor is None else ctx.anchor.isoformat()
    return day_reading(f"{day}T{clock_time}", last=last)


# --- words without a place in the calendar ---------------------------------------------------------------------------


@rule(r"[103]")
def reference_word(ctx: Context, m: re.Match[str]) -> Reading | None:
    """now, currently, recent, previously, soon."""
    i = m.start()
    if ctx.code(i) == "3" and _is_relative(ctx, i):
        return None
    return reference({"1": "PRESENT_REF", "0": "PAST_REF", "3": "FUTURE_REF"}[ctx.code(i)])


def _is_relative(ctx: Context, i: int) -> bool:
    """Whether "soon" is soon after something told, and not from now on."""
    if ctx.lower(i - 1) in ("as", "so", "too") or ctx.code(i + 1) in "EL":
        return True
    return ctx.setting.narrative or ctx.ahead(i, i + 1) == BACK


@rule(r"\+")
def former(ctx: Context, m: re.Match[str]) -> Reading | None:
    """former, in a narrative, where it is a time and not a person's title of today."""
    token = ctx.token(m.start())
    return reference("PAST_REF") if ctx.setting.narrative and token is not None and token.dep == "amod" else None


@rule(r"0(?P<unit>U)(?:&U)?")
def recent_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """recent years: no number, and no edge."""
    return reference("PAST_REF") if ctx.lower(m.start()) == "recent" else None


@rule(r"hl(?![uUMWSpndfGYN=])")
def the_past(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the past."""
    is_noun = ctx.lower(m.end() - 1) == "past" and ctx.tag(m.end() - 1) == "NN"
    return reference("PAST_REF") if is_noun else None


@rule(r"h?w?6")
def future(ctx: Context, m: re.Match[str]) -> Reading | None:
    """the future, the near future, future."""
    last = m.end()
    if ctx.code(m.start()) != "h":
        stands = ctx.setting.narrative or ctx.lower(last - 2) == "near" or ctx.code(last - 2) == "i"
        return reference_at("FUTURE_REF", last - 1, last) if stands else None
    if last - m.start() == 3 and ctx.lower(m.start() + 1) not in ("near", "foreseeable", "immediate", "distant"):
        return reference_at("FUTURE_REF", last - 1, last) if ctx.tag(last - 1) == "JJ" else None
    return reference("FUTURE_REF") if ctx.code(last) != "O" else None


def reference_at(value: str, first: int, last: int) -> Reading:
    return Reading(TimeType.DATE, value, first=first, last=last, tells=False)


@rule(r"tU")
def these_days(ctx: Context, m: re.Match[str]) -> Reading | None:
    """these days."""
    return reference("PRESENT_REF") if ctx.lower(m.start()) == "these" and ctx.lower(m.end() - 1) == "days" else None

