"""Rules for repeated times: "every Tuesday", "annually", "per month"."""

from __future__ import annotations

import re

from dateline.extract.timex.grammar import (
    NUMBER,
    Context,
    Reading,
    quantity,
    reference,
    repeated,
    rule,
)
from dateline.extract.timex.tense import AHEAD
from dateline.extract.timex.units import (
    WRITTEN,
    length,
)
from dateline.model import TimeType

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
    return repeated(length(number, unit)) if number and unit in WRITTEN else None


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
    if token is None or token.tag in ("NNP", "NNPS") or ctx.raw(i + 1)[:1].isupper():
        return None  # the Daily Herald, the weekly Arn Post
    if token.dep == "amod" and token.lower != "daily":  # "a quarterly report" is a kind of report
        return None
    return repeated(ctx.word(i).value)


@rule(r"5(?P<unit>u)")
def per_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """per month: how often, said as a length."""
    return Reading(TimeType.SET, length("1", ctx.word(m.start("unit")).value), first=m.start("unit"), tells=False)
