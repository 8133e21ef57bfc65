"""Finds time expressions, gives them TIMEX3 values (TimeML 1.2.1) and says which days they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dateline.extract.timex import (  # noqa: F401  (their rules register themselves)
    amounts,
    days,
    hours,
    months,
    quarters,
    relative,
    repeated,
    seasons,
    shifts,
    years,
)
from dateline.extract.timex.grammar import RULES, Builder, Context, Reading
from dateline.extract.timex.setting import Setting
from dateline.extract.timex.tense import dates_main_verb
from dateline.extract.timex.words import Words, read_words
from dateline.model import Annotated, Time, TimeType

#: a text tells history where it names at least so many years long past …
_MANY_YEARS = 6
#: … and at most one day near its own ("on Monday", "yesterday", "last week") in so many words
_WORDS_PER_DAY = 900


def find_times(annotated: Annotated, anchor: date | None) -> tuple[Time, ...]:
    """All time expressions of a report in text order; relative ones count from ``anchor``.

    Without an anchor they keep a value with unknown places (``XXXX-WXX-3``) and no days.
    """
    words = read_words(annotated.text, (p.span for p in annotated.paragraphs))
    setting = Setting(anchor, is_narrative(words, anchor) and _is_told_in_the_past(annotated))
    context = Context(words, setting, annotated)
    found_times: list[_Placed] = []
    done = 0
    for match, build in _candidates(words.codes):
        if match.start() < done:
            continue
        found = build(context, match)
        for reading in found if isinstance(found, tuple) else (found,) if found else ():
            first, done = _bounds(context, reading, match, done)
            placed = _joined(context, found_times, _Placed(first, done, reading))
            if placed.reading.tells:
                setting.note(placed.reading.value, _leads(context, placed), placed.last)
            found_times.append(placed)
    return tuple(_time(words, placed) for placed in found_times)


class _Placed(NamedTuple):
    """A reading with its half-open range of words."""

    first: int
    last: int
    reading: Reading


def _time(words: Words, placed: _Placed) -> Time:
    start, end = placed.reading.days or (None, None)
    return Time(words.span(placed.first, placed.last), placed.reading.type, placed.reading.value, start, end)


#: a whole day, and a time of day whose own day is not written beside it
_WHOLE_DAY = re.compile(r"(?:[0-9]{4}|XXXX)-(?:[0-9]{2}-[0-9]{2}|WXX-[1-7])$")
#: letters between a day and its time: nothing, "at", a comma, "in the"
_BETWEEN = frozenset(("", "Q", ",", "ih", ",Q"))


def _joined(ctx: Context, before: list[_Placed], placed: _Placed) -> _Placed:
    """A time of day taken together with the day just before it: "Monday night", "May 8 at 1:00 a.m."."""
    time = placed.reading.value.find("T")
    if placed.reading.type is not TimeType.TIME or not before or time < 0:
        return placed
    day = before[-1]
    between = ctx.codes[day.last : placed.first]
    if between not in _BETWEEN or not _WHOLE_DAY.match(day.reading.value) or _has_own_day(ctx, placed):
        return placed
    value = day.reading.value + placed.reading.value[time:]
    before.pop()
    return _Placed(day.first, placed.last, Reading(TimeType.TIME, value, day.reading.days))


def _has_own_day(ctx: Context, placed: _Placed) -> bool:
    """Whether the expression names its day itself ("the night of June 20")."""
    return any(code in "MWDt" for code in ctx.codes[placed.first : placed.last])


#: "in 732 the", "(732)", "20 August 636,": three digits that count nothing
_EARLY_YEAR = re.compile(r"(?:[i(]|(?<=d)M)n(?=[,.)_&ht])")


def is_narrative(words: Words, anchor: date | None) -> bool:
    """Whether the words are those of a history, whose dates count from one another and not from the anchor."""
    near = sum(words.codes.count(code) for code in "WD") + words.codes.count("lu") - words.codes.count("hlu")
    told = [w.number for w, code in zip(words.words, words.codes, strict=True) if code == "Y" and w.number]
    past = sum(anchor is None or year < anchor.year - 1 for year in told) + 3 * words.codes.count("B")
    past += sum(len(words.words[m.start() + 1].lower) == 3 for m in _EARLY_YEAR.finditer(words.codes))
    return past >= _MANY_YEARS and near * _WORDS_PER_DAY <= len(words.codes)


def _is_told_in_the_past(annotated: Annotated) -> bool:
    """Whether three in four finite verbs are in the past; an essay full of years speaks of the present."""
    past = sum(token.tag == "VBD" for token in annotated.tokens)
    present = sum(token.tag in ("VBZ", "VBP") for token in annotated.tokens)
    return past >= 3 * present


def _candidates(codes: str) -> Iterator[tuple[re.Match[str], Builder]]:
    """Matches of all rules: leftmost first (an article does not count), then longest, then in the rules' order."""
    found = [
        (m.start() + (codes[m.start()] == "h"), -m.end(), i, m)
        for i, rule in enumerate(RULES)
        for m in rule.pattern.finditer(codes)
    ]
    found.sort(key=lambda c: c[:3])
    for _, _, i, match in found:
        yield match, RULES[i].build


#: a mark and at most two words before an expression: it opens its sentence
_SENTENCE_START = re.compile(r"[._:;(?][^.;:?()]{0,2}$")


#: a paragraph of at most so many words without a full stop is a heading
_HEADING = 12


def _in_heading(codes: str, i: int) -> bool:
    start, end = codes.rfind("_", max(0, i - _HEADING), i), codes.find("_", i, i + _HEADING)
    return (start >= 0 or i < _HEADING) and 0 <= end < start + _HEADING + 2 and codes[end - 1] != "."


def _leads(ctx: Context, placed: _Placed) -> bool:
    """Whether the story goes on from the expression: it opens its sentence, or dates the sentence's main verb."""
    if ctx.code(placed.first - 1) in "-2&" and ctx.code(placed.first - 2) in "YyM":
        return False  # the end of a stretch: "from 1775 to 1780"
    if _in_heading(ctx.codes, placed.first) or _SENTENCE_START.search(ctx.codes, placed.first - 4, placed.first):
        return True
    return dates_main_verb(ctx.annotated, ctx.text.span(placed.first, placed.last))


#: words that say "about" before a number only; before anything else they are prepositions
_PREPOSITIONS = frozenset(("over", "within", "under", "at"))
#: letters that may stand before an expression and belong to it: "early", "the end of", "about"
_BEFORE = re.compile(r"(?:A|Q?Q[R2]|b2)*(?:h?bOh?|hvO|[EL]|vi|v-?|[EL]ih?|h)?$")


def _bounds(ctx: Context, reading: Reading, match: re.Match[str], done: int) -> tuple[int, int]:
    """First word and end of the expression, widened to the left over "early", "the end of", "about"."""
    first = reading.first if reading.first is not None else match.start()
    last = reading.last if reading.last is not None else match.end()
    return _widened(ctx, max(first, done), done), last


def _widened(ctx: Context, first: int, done: int) -> int:
    low = max(done, first - 8)
    m = _BEFORE.search(ctx.codes, low, first)
    start = m.start() if m else first
    if ctx.lower(start) in _PREPOSITIONS:
        start += 1
    return start if start < first and _belongs(ctx, start, first) else first


def _belongs(ctx: Context, start: int, first: int) -> bool:
    """Whether the words before belong to the expression: an article alone, or "at" alone, does not."""
    before = ctx.codes[start:first]
    return before not in ("h", "E", "L") or ctx.lower(start) in ("earlier", "later")
