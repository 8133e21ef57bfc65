"""What all rules share: the context they read, what they return, and the parts that many patterns have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.extract.timex import calendar as cal
from dateline.extract.timex.calendar import Days
from dateline.extract.timex.setting import Point, Setting
from dateline.extract.timex.tense import direction
from dateline.extract.timex.words import Word, Words
from dateline.model import Annotated, Span, TimeType, Token

#: "more than", "at least", "nearly", "up to", "close to"
ABOUT = r"(?:A|Q?Q[R2]|b2){0,2}"
#: "twenty-four", "a hundred", "2", "1,500"
CARDINAL = r"(?:a?(?:n(?:-?[nd]){0,4}|[dY]|f))"
#: "two or three", "12 to 18", "2 1/2", "two and a half", "a few", "several", "a"
NUMBER = rf"(?:a?f(?:O|h)?|{CARDINAL}(?:-?&-?(?:a-?)?b|d/d|[&2-]{CARDINAL})?)"


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression as a rule reads it. ``first`` and ``last`` bound its words where they differ from the match."""

    type: TimeType
    value: str
    days: Days | None = None
    first: int | None = None
    last: int | None = None
    #: whether the narrative goes on from here
    tells: bool = True


def day_reading(value: str | None, **more: object) -> Reading | None:
    """A DATE, or TIME where the value has a time of day, with the days of its value; ``None`` for no value."""
    if value is None:
        return None
    kind = TimeType.TIME if "T" in value and not value.startswith("P") else TimeType.DATE
    return replace(Reading(kind, value, cal.days_of(value)), **more)  # type: ignore[arg-type]


def duration(value: str, **more: object) -> Reading:
    return replace(Reading(TimeType.DURATION, value, tells=False), **more)  # type: ignore[arg-type]


def repeated(value: str) -> Reading:
    return Reading(TimeType.SET, value, tells=False)


def reference(value: str) -> Reading:
    """PRESENT_REF, PAST_REF or FUTURE_REF: a time without a place in the calendar."""
    return Reading(TimeType.DATE, value, tells=False)


@dataclass
class Context:
    """What a rule may look at: the words and their codes, the setting so far, the parse."""

    text: Words
    setting: Setting
    annotated: Annotated
    _tokens: dict[int, Token] = field(default_factory=dict)

    @property
    def codes(self) -> str:
        return self.text.codes

    def word(self, i: int) -> Word:
        return self.text.words[i]

    def lower(self, i: int) -> str:
        """The word at ``i`` in lower case; empty beyond the text."""
        return self.text.words[i].lower if 0 <= i < len(self.text.words) else ""

    def raw(self, i: int) -> str:
        """The word at ``i`` as it is written."""
        word = self.text.words[i]
        return self.text.text[word.start : word.end]

    def is_conjunction(self, i: int) -> bool:
        """Whether the word is the "that" of "said that Monday's vote"."""
        return self.code(i) == "T" and self.tag(i) == "IN"

    def same_sentence(self, i: int, j: int) -> bool:
        """Whether no full stop or end of a paragraph lies between two words."""
        return 0 <= j - i < 60 and not any(code in "._" for code in self.codes[i:j])

    def code(self, i: int) -> str:
        return self.codes[i] if 0 <= i < len(self.codes) else "_"

    def number(self, i: int) -> int:
        return self.text.words[i].number or 0

    def token(self, i: int) -> Token | None:
        """The token of the parse that holds the word."""
        word = self.text.words[i]
        found = self.annotated.tokens_in(Span(word.start, word.end))
        return found[0] if found else None

    def tag(self, i: int) -> str:
        token = self.token(i) if 0 <= i < len(self.codes) and self.codes[i] != "_" else None
        return token.tag if token else ""

    def ahead(self, first: int, last: int) -> int:
        """Whether the clause around the words looks ahead (1), back (-1) or does not tell (0)."""
        return direction(self.annotated, self.text.span(first, last))

    @property
    def anchor(self) -> date | None:
        return self.setting.anchor

    @property
    def now(self) -> Point | None:
        return self.setting.now

    @property
    def here(self) -> Point | None:
        return self.setting.here


Builder = Callable[[Context, re.Match[str]], "Reading | tuple[Reading, ...] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over code letters and what makes a reading of its match."""

    name: str
    pattern: re.Pattern[str]
    build: Builder


RULES: list[Rule] = []


def rule(pattern: str) -> Callable[[Builder], Builder]:
    """Register a builder for a pattern over the code letters of ``words.CODES``."""

    def register(build: Builder) -> Builder:
        RULES.append(Rule(build.__name__, re.compile(pattern), build))
        return build

    return register


def expand_year(two: int, ctx: Context) -> int:
    """The full year of two digits: in a narrative of the century last told, else the nearest to the anchor."""
    base = ctx.here.year if ctx.here else 2000
    century = base - base % 100
    if ctx.setting.narrative:
        return century + two
    return min((century - 100 + two, century + two, century + 100 + two), key=lambda y: (abs(y - base), y))


def year_at(ctx: Context, i: int) -> tuple[int, int] | None:
    """A year written from word ``i`` on, as (year, index after it): "1996", "'96", "480 BC", "AD 70", "last year"."""
    code = ctx.code(i)
    if code == "X" and ctx.code(i + 1) in "dnY" and ctx.number(i + 1) > 0:
        return ctx.number(i + 1), i + 2
    if code in ("d", "n", "Y") and ctx.number(i) > 0 and ctx.code(i + 1) in ("B", "X"):
        return (-1 if ctx.code(i + 1) == "B" else 1) * ctx.number(i), i + 2
    if code == "Y":
        return ctx.number(i), i + 1
    if code == "y":
        return expand_year(ctx.number(i), ctx), i + 1
    if code == "n" and is_early_year(ctx, i):
        return ctx.number(i), i + 1
    if code == "n":
        return spoken_year(ctx, i)
    return _year_word_at(ctx, i)


def is_early_year(ctx: Context, i: int) -> bool:
    """Whether three digits in a history are a year ("in 732") and count nothing ("732 ships")."""
    word = ctx.word(i)
    if not ctx.setting.narrative or len(word.lower) != 3 or not word.lower.isdigit() or ctx.code(i + 1) in "%Uu$BX":
        return False
    token = ctx.token(i)
    return token is not None and (token.dep not in ("nummod", "quantmod") or token.head.i < token.i)


def _year_word_at(ctx: Context, i: int) -> tuple[int, int] | None:
    """ "last year", "the following year", "that same year", "the year 2000"."""
    if ctx.code(i) == "O":
        i += 1
    article = ctx.code(i) == "h"
    i += article
    if article and ctx.code(i) == "u" and ctx.word(i).value == "Y":
        return year_at(ctx, i + 1) if ctx.code(i + 1) in "Yn" else None
    steps = ctx.code(i)
    if steps not in "ltxT=" or steps == "":
        return None
    j = i + 1 + (ctx.code(i + 1) == "=")
    if ctx.code(j) != "u" or ctx.word(j).value != "Y":
        return None
    base = ctx.here if article or steps in "T=" else ctx.now
    shift = {"l": -1, "x": 1}.get(steps, 0)
    return (base.year + shift, j + 1) if base else None


def spoken_year(ctx: Context, i: int) -> tuple[int, int] | None:
    """A year in words: "nineteen ninety-six", "nineteen oh five", "two thousand and four", "twenty ten"."""
    first = ctx.number(i)
    j = i + 1
    if first == 2 and ctx.lower(j) == "thousand":
        j += 1
        if ctx.code(j) == "&" and ctx.code(j + 1) == "n" and ctx.number(j + 1) < 100:
            j += 1
        tail, j = _two_digits(ctx, j)
        return 2000 + (tail or 0), j
    if not 10 <= first <= 20:
        return None
    if ctx.lower(j) == "hundred":
        return (first * 100, j + 1) if first != 10 else None
    tail, end = _two_digits(ctx, j)
    if tail is None or (tail < 10 and ctx.lower(j) != "oh"):
        return None
    return first * 100 + tail, end


def _two_digits(ctx: Context, i: int) -> tuple[int | None, int]:
    """A spoken number under a hundred from word ``i`` on, and the index after it."""
    i += ctx.code(i) == "-" and ctx.code(i + 1) == "n"
    if ctx.code(i) != "n" or ctx.word(i).number is None or ctx.number(i) > 99:
        return None, i
    value = ctx.number(i)
    if value == 0:
        return (ctx.number(i + 1), i + 2) if ctx.code(i + 1) == "n" and 0 < ctx.number(i + 1) < 10 else (None, i)
    j = i + 1 + (ctx.code(i + 1) == "-")
    if value >= 20 and ctx.code(j) == "n" and 0 < ctx.number(j) < 10:
        return value + ctx.number(j), j + 1
    return value, i + 1


def quantity(ctx: Context, first: int, last: int) -> str | None:
    """A number phrase as TIMEX3 writes it in a duration: "2", "2.5", "X" for an unnamed number.

    A range keeps its lower end ("two to three weeks": P2W).
    """
    total, current, seen, half = 0, 0, False, ""
    for i in range(first, last):
        code, word = ctx.code(i), ctx.word(i)
        if code == "f":
            return {"couple": "2", "dozen": "12"}.get(word.lower, "X")
        if code == "b" or code == "/":  # half; any fraction is read as a half but quarters
            half = ".5"
            continue
        if half and code == "d":
            break
        if code in "2" or (code == "&" and ctx.code(i + 1) not in "ab-") or (code == "&" and ctx.lower(i) == "or"):
            break
        if code == "-" and ctx.code(i + 1) == "d":
            break
        if code == "d" and ctx.code(i + 1) == "/":
            continue
        if code in "dnY" and word.number is None:
            if not re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,3}", word.value):
                return None
            return word.value
        if code in "dnY":
            seen, (total, current) = True, _add(total, current, ctx.number(i))
    if not seen:
        return f"0{half}" if half else "1"
    return f"{total + current}{half}"


def _add(total: int, current: int, number: int) -> tuple[int, int]:
    if number == 100:
        return total, (current or 1) * 100
    if number == 1000 and current:
        return total + current * 1000, 0
    return total, current + number


def holiday(rule_of_day: str, year: int) -> date | None:
    """The day of a holiday's rule (see ``lexicons/times_holidays.tsv``) in a year."""
    if not 1 <= year <= 9999:
        return None
    if rule_of_day.startswith("easter"):
        return cal.shifted(cal.easter(year), int(rule_of_day[6:])) if year > 1582 else None
    if rule_of_day[2:3] == "-":
        return cal.valid_day(year, int(rule_of_day[:2]), int(rule_of_day[3:]))
    month, weekday, nth = (int(part) for part in rule_of_day.split(":"))
    days = [d for d in range(1, 32) if (day := cal.valid_day(year, month, d)) and day.isoweekday() == weekday]
    return cal.valid_day(year, month, days[nth - 1 if nth > 0 else nth])
