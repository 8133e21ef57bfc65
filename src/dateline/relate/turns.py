"""Whether and when a relation in the record changed, with the sentences on either side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dateline.analyse import alone, details
from dateline.analyse.calibrate import adjusted
from dateline.analyse.change import LEVEL, Change, Question, Verdict, changes_at, placebo_pairs
from dateline.analyse.changes import Candidate, changes_between
from dateline.analyse.panels import WEEKS_AFTER, WEEKS_BEFORE
from dateline.analyse.tables import QUADS, Table
from dateline.keep import Record
from dateline.present.pictures import BeforeAfter, Quad, Rate, Shift, Side
from dateline.record.entries import TellingEntry
from dateline.relate.series import table_of

Floats = NDArray[np.float64]

#: sentences shown on either side of a date, for each direction
SENTENCES = 3
#: with fewer other relations that have events enough, a pair is held against its own months instead
OTHERS = 5
WEEK = timedelta(days=6)
_PIECE_WEEKS = alone.PIECE // 7


class Method(StrEnum):
    """What a difference was held against: dates of other pairs, or the pair's own months in another order."""

    OTHERS = "others"
    ALONE = "alone"


@dataclass(frozen=True)
class Around:
    """The answer to "did it change then?", with the sentences that weigh most before and after, both directions.

    ``others`` is the number of other relations in the record that are busy enough to compare with.
    """

    source: str
    target: str
    change: Change
    method: Method
    others: int
    before: tuple[TellingEntry, ...]
    after: tuple[TellingEntry, ...]

    @property
    def words(self) -> str:
        """The verdict in plain language."""
        if self.change.reason and self.change.verdict is Verdict.TOO_LITTLE:
            return f"too little evidence: {self.change.reason}"
        if self.change.direction:
            return f"changed for the {self.change.direction}"
        return "no change seen"


def around(record: Record, source: str, target: str, day: date, table: Table | None = None) -> Around:
    """Whether the relation of two actors, either direction taken together, changed on a day.

    ``table`` is that of ``table_of``, where somebody has it already: it takes long to make. Raises ``QueryError`` for
    names that the record does not know, ``TableError`` where it holds no events.
    """
    a, b = record.store.side(source), record.store.side(target)
    table = table or table_of(record)
    others = _others(table, a, b)
    if others >= OTHERS:
        method, spans = Method.OTHERS, (WEEKS_BEFORE, WEEKS_AFTER[-1])
        change = changes_at(table, [Question(a, b, day)], detail=True)[0]
    else:
        method, spans = Method.ALONE, (alone.BEFORE * _PIECE_WEEKS, alone.AFTER[-1] * _PIECE_WEEKS)
        change = _by_itself(table, Question(a, b, day), _exposure(record, table))
    before = (day - timedelta(weeks=spans[0]), day - timedelta(days=1))
    after = (day, day + timedelta(weeks=spans[1], days=-1))
    return Around(
        a, b, change, method, others, _evidence(record, a, b, *before), _evidence(record, a, b, *after)
    )  # fmt: skip


def partners_around(record: Record, actor: str, day: date, table: Table | None = None) -> list[Change]:
    """Whether each relation of an actor changed on a day, the surest first, those with too little evidence last.

    ``q`` of each is the share of false discoveries among all of them, if it and all surer ones are believed.
    """
    a, table = record.store.side(actor), table or table_of(record)
    asks = [Question(a, b, day) for b in _partners(table, a)]
    if asks and _others(table, a, asks[0].b) >= OTHERS:
        found = changes_at(table, asks)
    else:
        exposure = _exposure(record, table)
        found = [_by_itself(table, ask, exposure) for ask in asks]
    q = adjusted(np.array([np.nan if c.p is None else c.p for c in found]))
    told = [c if c.p is None else replace(c, q=float(q[i])) for i, c in enumerate(found)]
    return sorted(told, key=lambda c: (c.p is None, c.p or 0, -c.events, c.question.b))


def _partners(table: Table, actor: str) -> list[str]:
    """All that an actor has done something to, or that have done something to it."""
    if actor not in table.actors:
        return []
    number = table.actors.index(actor)
    met = {*table.target[table.source == number].tolist(), *table.source[table.target == number].tolist()}
    return sorted(table.actors[n] for n in met - {number})


def _others(table: Table, a: str, b: str) -> int:
    """How many other pairs have events enough to compare with."""
    own = table.key_of(a, b) if a in table.actors and b in table.actors else -1
    return sum(int(key) != own for key in placebo_pairs(table))


def _evidence(record: Record, a: str, b: str, first: date, last: date) -> tuple[TellingEntry, ...]:
    span = (first.isoformat(), last.isoformat(), SENTENCES)
    found = {t.key: t for t in (*record.store.evidence(a, b, *span), *record.store.evidence(b, a, *span))}
    lines = {(t.report.key, t.sentence): t for t in found.values()}  # one sentence may tell several acts
    return tuple(sorted(lines.values(), key=lambda t: (t.day or "", t.key)))


# --- by itself


def _by_itself(table: Table, ask: Question, exposure: Floats) -> Change:
    """The answer from the pair's own events, where the record has hardly another relation."""
    at, last = table.index_of(ask.at), table.start + timedelta(days=table.days - 1)
    if ask.a == ask.b:
        return _refused(ask, f"{ask.a} has no relation with itself")
    if not 0 <= at < table.days:
        return _refused(ask, f"{ask.at} lies outside the record, whose events are from {table.start} to {last}")
    out, back = _daily(table, ask.a, ask.b), _daily(table, ask.b, ask.a)
    found = alone.judge(out + back, at)
    if found.p is None or found.effect is None:
        return _refused(ask, found.reason or "", found.events)
    weeks = (found.days[0] // 7, found.days[1] // 7)
    rates = chain(
        _rates(out, exposure, at, weeks, (ask.a, ask.b)), _rates(back, exposure, at, weeks, (ask.b, ask.a))
    )  # fmt: skip
    verdict = Verdict.CHANGED if found.p <= LEVEL else Verdict.NO_CHANGE
    return Change(ask, verdict, found.p, None, found.effect, found.events, None, tuple(rates),
                  _beside(table, out + back, ask, at, weeks))  # fmt: skip


def _refused(ask: Question, reason: str, events: int = 0) -> Change:
    return Change(ask, Verdict.TOO_LITTLE, None, None, None, events, reason)


def _daily(table: Table, source: str, target: str) -> Floats:
    """Events of one direction by day and quad class [days, 4]."""
    counts = np.zeros((table.days, len(QUADS)))
    if source in table.actors and target in table.actors:
        number = table.actors.index(source), table.actors.index(target)
        rows = np.flatnonzero((table.source == number[0]) & (table.target == number[1]))
        np.add.at(counts, (table.day[rows], table.value[rows].astype(np.int64)), 1)
    return counts


def _exposure(record: Record, table: Table) -> Floats:
    """How much news there was on each day of the table, a usual week's adding up to 1: reports of its week."""
    days = np.zeros(table.days)
    for week in record.exposure("week"):
        at = table.index_of(date.fromisoformat(week.period))
        days[max(at, 0) : max(at + 7, 0)] = week.reports / 7
    return days / max(float(days.mean()) * 7, 1e-9)


def _rates(
    counts: Floats, exposure: Floats, at: int, weeks: tuple[int, int], names: tuple[str, str]
) -> list[details.Rate]:
    """The quad classes of one direction before and after, by pieces of four weeks."""
    span = slice(at - 7 * weeks[0], at + 7 * weeks[1])
    pieces = counts[span].reshape(-1, alone.PIECE, len(QUADS)).sum(1)
    news = exposure[span].reshape(-1, alone.PIECE).sum(1)
    before = (np.arange(len(pieces)) < weeks[0] // _PIECE_WEEKS).astype(np.float64)
    return [
        details.compared(pieces[:, quad], news, before, 1 - before, (*names, name), _PIECE_WEEKS)
        for quad, name in enumerate(QUADS)
    ]


def _beside(table: Table, own: Floats, ask: Question, at: int, weeks: tuple[int, int]) -> tuple[details.Beside, ...]:
    """How both actors' relations with all their other partners moved."""
    actors = details.actors_of(table, (ask.a, ask.b))
    both = np.stack([own[:, :2].sum(1), own[:, 2:].sum(1)], 1)
    return tuple(b for name in (ask.a, ask.b) for b in details.beside(both, actors, name, at, weeks))


# --- days that nobody named


def changes(record: Record, source: str, target: str, table: Table | None = None) -> list[Candidate]:
    """Days on which the relation of two actors seems to have changed, strongest first.

    Raises ``QueryError`` for names that the record does not know, ``TableError`` where it holds no events.
    """
    table, a, b = table or table_of(record), record.store.side(source), record.store.side(target)
    if _others(table, a, b) >= OTHERS and {a, b} <= set(table.actors):
        return changes_between(table, a, b)
    found = alone.turns(_daily(table, a, b) + _daily(table, b, a))
    turns = [Candidate(table.start + timedelta(days=turn.at), turn.p, turn.q, turn.effect) for turn in found]
    return sorted(turns, key=lambda turn: (turn.p, turn.at))


# --- the picture


def before_after(found: Around, source: str, target: str) -> BeforeAfter:
    """Rates before and after the day, by direction and quad class, with 95 % intervals."""
    shifts = tuple(_shift(found.source, rate) for rate in found.change.rates)
    return BeforeAfter(source, target, found.change.question.at, shifts, found.words)


def _shift(source: str, rate: details.Rate) -> Shift:
    side = Side.OUT if rate.source == source else Side.BACK
    before = Rate(rate.before, *rate.before_interval, rate.events[0], rate.weeks[0])
    after = Rate(rate.after, *rate.after_interval, rate.events[1], rate.weeks[1])
    return Shift(side, Quad(rate.quad.replace(" ", "_")), before, after, "")
