"""What a relation may bring, and what was said against what was done: both worked out aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from dateline.errors import DatelineError, QueryError
from dateline.present.desk.pages import link
from dateline.present.desk.state import Desk, Known, Task
from dateline.present.desk.views.asked import Asked
from dateline.present.desk.views.relation import NARROW, PATIENCE, RATES
from dateline.present.pictures import Fan, Key, Style, draw
from dateline.present.pictures.periods import begin, last_day, named, spelled
from dateline.record.entries import StatementEntry, TellingEntry
from dateline.relate.series import Span
from dateline.relate.words import DONE, SAID, Done, Said, SaidAndDone, picture, said_and_done

WEEKS = 4
#: statements and deeds of one period that are shown, and periods that are drawn where nobody chose a span
MOST, MONTHS = 60, 60

_HOW = {"boosted": "Boosted trees over all busy pairs of the record.",
        "pooled": "Pooled counts: the record has too few events for trees to learn from."}  # fmt: skip


# --- the forecast


@dataclass(frozen=True, slots=True)
class Expected:
    """One coming week: the median of each quad class, and between which counts nine in ten such weeks lie."""

    week: date
    cells: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The fans of a direction, with their numbers and how they were made; or why there is none."""

    fans: tuple[Markup, ...] = ()
    expected: tuple[Expected, ...] = ()
    track: tuple[tuple[str, str, float, float | None, int], ...] = ()
    how: str = ""
    events: int = 0
    weeks: int = 0
    read: int = 0
    start: date = date.min
    reported: date = date.min
    problem: str = ""


def forecast(desk: Desk, asked: Asked, names: tuple[str, str]) -> Known | None:
    """What the first will do to the second in the weeks after the record; ``None`` while it is worked out."""
    return desk.worked_out(("forecast", asked.a, asked.b), Task(_forecast, (asked, names)), PATIENCE)


def _forecast(desk: Desk, asked: Asked, names: tuple[str, str]) -> Forecast:
    from dateline.analyse.tables import QUADS
    from dateline.relate.fans import fans
    from dateline.relate.outlook import outlook, past

    try:
        found = outlook(desk.record, asked.a, asked.b, WEEKS)
        passed = past(found, (1,))
    except DatelineError as error:
        return Forecast(problem=str(getattr(error, "reason", None) or error))
    drawn = fans(names, found.made, found.weekly, passed.at_horizon(1) if passed else None, found.read)
    expected = tuple(
        Expected(week, tuple(((float(q[4]) + float(q[5])) / 2, float(q[0]), float(q[-1]))
                             for q in found.made.quantiles[at, at, 0]))
        for at, week in enumerate(found.made.weeks)
    )  # fmt: skip
    track = tuple((quad, t.method, t.loss, t.cover90, t.weeks)
                  for quad, fan in zip(QUADS, drawn, strict=True) for t in fan.track)  # fmt: skip
    return Forecast(tuple(_fan(fan, i) for i, fan in enumerate(drawn)), expected, track, _HOW[found.method.value],
                    found.events, found.weekly.weeks, len(found.read), found.start, found.reported)  # fmt: skip


def _fan(fan: Fan, number: int) -> Markup:
    short = replace(fan, title=fan.what.capitalize())
    return Markup(draw(short, Style(NARROW, prefix=f"fan-{number}", css=False)))


# --- said against done


@dataclass(frozen=True, slots=True)
class Period:
    """One row of the table: statements and deeds of each kind, with where their sentences are."""

    name: str
    first: date
    said: tuple[int, ...]
    done: tuple[int, ...]
    reports: int
    address: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What the first said of the second and did towards it, period by period; or why that cannot be told."""

    wide: str = ""
    narrow: str = ""
    kinds: tuple[str, ...] = (*SAID, *DONE)
    periods: tuple[Period, ...] = ()
    problem: str = ""


def saying(desk: Desk, asked: Asked, names: tuple[str, str]) -> Known | None:
    """Words and deeds by week or month; ``None`` while they are gathered."""
    asked = replace(asked, cell=None, around=None)
    return desk.worked_out(("words", asked), Task(_saying, (asked, names)), PATIENCE)


def _rows(desk: Desk, asked: Asked) -> list[SaidAndDone]:
    return said_and_done(desk.record, asked.a, asked.b, asked.by, asked.span)


def _saying(desk: Desk, asked: Asked, names: tuple[str, str]) -> Saying:
    try:
        rows = _rows(desk, asked)
    except DatelineError as error:
        return Saying(problem=str(getattr(error, "reason", None) or error))
    rows = rows if asked.whole or asked.span != Span() else rows[-MONTHS:]
    if not any(row.words or row.deeds for row in rows):
        return Saying(problem=f"nothing is on record that {names[0]} said of {names[1]} or did towards it in this time")
    drawn = picture(rows, *names, asked.by)
    wide, narrow = (
        Markup(draw(drawn, Style(width, href=lambda key: _href(asked, key), prefix=f"words-{width}", css=False)))
        for width in (2 * RATES - 80, NARROW)
    )
    periods = tuple(
        Period(named(asked.by, r.period), r.period, tuple(r.said[kind] for kind in Said),
               tuple(r.done[kind] for kind in Done), r.reports, _address(asked, r.period))
        for r in rows if r.words or r.deeds
    )  # fmt: skip
    return Saying(wide, narrow, periods=periods)


def _href(asked: Asked, key: Key) -> str | None:
    return _address(asked, date.fromisoformat(key.period), key.periods) if key.period else None


def _address(asked: Asked, first: date, periods: int = 1) -> str:
    """Where the sentences of a period are."""
    return link("/relation/words", a=asked.a, b=asked.b, by=asked.by.value, period=first,
                to=last_day(asked.by, first, periods))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """The statements and deeds of some periods, in words and as entries; ``more`` are not shown."""

    title: str
    words: tuple[tuple[str, StatementEntry], ...]
    deeds: tuple[tuple[str, TellingEntry], ...]
    more: int


def spoken(desk: Desk, asked: Asked, names: tuple[str, str], first: date, last: date) -> Spoken:
    """The sentences behind a bar of words and deeds."""
    if last < first:
        raise QueryError("to", f"{last} comes before {first}")
    span = Span(begin(asked.by, first), last)
    rows = said_and_done(desk.record, asked.a, asked.b, asked.by, span)
    entry = desk.record.store.entry
    kinds: dict[Any, str] = {**dict(zip(Said, SAID, strict=True)), **dict(zip(Done, DONE, strict=True))}
    words = [(kinds[w.said], w.key) for row in rows for w in row.words]
    deeds = [(kinds[d.done], d.key) for row in rows for d in row.deeds]
    title = f"{names[0]} towards {names[1]}: said and done, {spelled(first)} to {spelled(last)}"
    told = tuple((kind, e) for kind, key in words[:MOST] if isinstance(e := entry(key), StatementEntry))
    done = tuple((kind, e) for kind, key in deeds[:MOST] if isinstance(e := entry(key), TellingEntry))
    return Spoken(title, told, done, len(words) + len(deeds) - len(told) - len(done))
