"""What the next weeks will bring in a relation of the record: forecasts, kept ones, and how they fared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from dateline.analyse.backtest import RIVALS, rival_quantiles
from dateline.analyse.forecast import WIDE, Forecasts, Known, forecast_weeks, learns, least_weeks, next_weeks
from dateline.analyse.pooled import PAIRS, forecast_pair, next_of_pair
from dateline.analyse.quantiles import NAMES, covered, crps
from dateline.analyse.tables import QUADS, from_rows
from dateline.analyse.weekly import Weekly, monday_of, weekly
from dateline.errors import ForecastError
from dateline.keep import Record
from dateline.lexicons.eventbook import quad_of
from dateline.record.entries import EventRow
from dateline.record.frozen import Frozen

#: a record must have reports in so many weeks before the first that is forecast
LEAST_WEEKS = 26
#: a track record is of so many of the last weeks, and of fewer where models are dear
PAST_WEEKS, _DEAR_WEEKS = 104, 26
_WEEK = timedelta(weeks=1)
#: a CAMEO code of each quad class: the first root that it begins with
_CODES = dict(zip((quad.replace(" ", "_") for quad in QUADS), ("030", "060", "090", "140"), strict=True))


class Method(StrEnum):
    """How a forecast was made."""

    BOOSTED = "boosted"
    POOLED = "pooled"


@dataclass(frozen=True, eq=False)
class Outlook:
    """The forecast of one direction of a relation, with what it was made from.

    ``made`` holds the pair alone; ``weekly`` all that was counted before ``start``, the Monday of the first week
    forecast, and the pair first. ``read`` are the Mondays of weeks with reports, ``reported`` the last day with one.
    ``data`` is the fingerprint of the events.
    """

    source: str
    target: str
    start: date
    reported: date
    method: Method
    made: Forecasts
    weekly: Weekly
    read: frozenset[date]
    data: str

    @property
    def events(self) -> int:
        """How many events of the pair it was made from."""
        return int(self.weekly.counts[0].sum())

    @property
    def frozen(self) -> Frozen:
        """As it is kept in a record, with the rivals' quantiles as they stand now."""
        each = zip(RIVALS, (26, None), strict=True)
        rivals = {name: rival_quantiles(self.weekly.counts[0], last).round(4).tolist() for name, last in each}
        return Frozen(self.source, self.target, self.start.isoformat(), self.reported.isoformat(), self.method.value,
                      self.data, tuple(self.made.ordered()), rivals)  # fmt: skip


@dataclass(frozen=True)
class _Events:
    """The events that may be known, the weeks with reports before ``start``, and the pair."""

    rows: tuple[tuple[str, str, str, str], ...]
    read: frozenset[date]
    start: date
    reported: date
    pair: tuple[str, str]


def outlook(record: Record, source: str, target: str, weeks: int = 4, start: date | None = None) -> Outlook:
    """Forecast what the first will do to the second in the weeks after the record's last whole week.

    With ``start``, a day of the first week that is forecast, as if no report from that week on were known. Weeks
    without a report count as weeks without events. Raises ``QueryError`` for names that the record does not know, and
    ``ForecastError`` where there is too little to go on.
    """
    events = _events(record, (record.store.side(source), record.store.side(target)), start)
    _check(record, events, (source, target))
    known = _counted(events, WIDE)
    wide = Known.of(known, 1)
    if learns(wide, 1, known.weeks):
        method, made = Method.BOOSTED, next_weeks(wide, weeks)
    else:
        known = _counted(events, PAIRS)
        method, made = Method.POOLED, next_of_pair(known, 0, weeks)
    return Outlook(*events.pair, events.start, events.reported, method, made, known, events.read, _fingerprint(events))


def past(found: Outlook, horizons: Sequence[int]) -> Forecasts | None:
    """Forecasts of weeks that have passed, made the same way from the weeks before each; ``None`` where there are none.

    Counts are those known by now: an event that was told a week late is counted in its own week. ``track_records`` of
    ``found.weekly`` scores them.
    """
    weeks = found.weekly.weeks
    span = _DEAR_WEEKS if found.method is Method.BOOSTED else PAST_WEEKS
    first = max(weeks - span, LEAST_WEEKS + max(horizons) - 1, least_weeks(max(horizons)))
    if first >= weeks:
        return None
    if found.method is Method.BOOSTED:
        return forecast_weeks(Known.of(found.weekly, 1), first, weeks - 1, horizons)
    return forecast_pair(found.weekly, 0, first, weeks - 1, horizons)


# --- what is known ---------------------------------------------------------------------------------------------


def _events(record: Record, pair: tuple[str, str], start: date | None) -> _Events:
    _, last = record.store.report_days()
    if last is None:
        raise ForecastError(f"{record.path}: no report of the record has a reliable day: there is nothing to go on")
    reported = date.fromisoformat(last)
    after = monday_of(reported + timedelta(days=1))
    begin = after if start is None else monday_of(start)
    if begin > after:
        raise ForecastError(f"{start} is too far ahead: the record's last whole week with reports is that of"
                            f" {after - _WEEK}")  # fmt: skip
    weeks = (date.fromisoformat(e.period) for e in record.exposure("week") if e.reports)
    read = frozenset(week for week in weeks if week < begin)
    rows = list(record.event_rows())
    if begin < after:
        told = dict(record.store.first_told())
        # what only reports without a day tell may have been told at any time
        rows = [row for row in rows if told.get(row.event, "9999") < begin.isoformat()]
    first = min(read, default=begin).isoformat()
    kept = tuple(_row(row) for row in rows if first <= row.day < begin.isoformat())
    return _Events(kept, read, begin, reported, pair)


def _row(row: EventRow) -> tuple[str, str, str, str]:
    return row.day, row.source, row.target, _CODES[quad_of(row.type)]


def _check(record: Record, events: _Events, names: tuple[str, str]) -> None:
    """Raises ``ForecastError`` where nothing can be forecast, and says why."""
    (source, target), (a, b) = names, events.pair
    if a == b:
        raise ForecastError(f"{source} and {target} are one actor, {a}")
    if len(events.read) < LEAST_WEEKS:
        raise ForecastError(f"{record.path}: too short a record: {len(events.read)} weeks with reports before"
                            f" {events.start}, and {LEAST_WEEKS} are needed")  # fmt: skip
    if not any(row[1:3] == (a, b) for row in events.rows):
        back = sum(row[1:3] == (b, a) for row in events.rows)
        hint = f"; {target} did something to {source} {back} times: ask for {target} {source}" if back else ""
        raise ForecastError(f"nothing on record before {events.start} that {source} did to {target}: there is nothing"
                            f" to forecast from{hint}")  # fmt: skip


def _counted(events: _Events, top: int) -> Weekly:
    """Counts by week, from the first week with reports to the last before ``start``; the pair first."""
    table = from_rows("record", events.rows, every_row=True)
    first = min(events.read)
    return weekly(table, events.start, top, (events.pair,)).spanning(first, (events.start - first).days // 7)


def _fingerprint(events: _Events) -> str:
    lines = [f"{min(events.read)} {events.start}", *("\t".join(row) for row in sorted(events.rows))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# --- kept forecasts --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """How a kept forecast of one week did: counts by quad class, whether each lay from q05 to q95, CRPS in events.

    ``rivals`` are the rivals' CRPS, by their name. All of them are means over the quad classes.
    """

    week: date
    horizon: int
    counts: tuple[int, ...]
    inside: tuple[bool, ...]
    crps: float
    rivals: dict[str, float]


@dataclass(frozen=True)
class Kept:
    """A kept forecast, with the scores of those of its weeks that have passed: later reports are in the record."""

    frozen: Frozen
    scores: tuple[Score, ...]


def kept(record: Record, source: str | None = None, target: str | None = None) -> list[Kept]:
    """The forecasts that were frozen, of one pair or of all, with how they have done by now.

    One that is not what was frozen any more is not scored.
    """
    found = list(record.frozen(source, target))
    _, last = record.store.report_days()
    counted = _observed(record, found) if found else {}
    return [Kept(f, tuple(_scores(f, counted, last or "")) if f.sound else ()) for f in found]


def _observed(record: Record, found: Iterable[Frozen]) -> dict[tuple[str, str, str, int], int]:
    """How many events there are by source, target, Monday and quad class (1 to 4), for the pairs asked for."""
    pairs = {(f.source, f.target) for f in found}
    quads = {name: number for number, name in enumerate(_CODES, 1)}
    counts: dict[tuple[str, str, str, int], int] = {}
    for row in record.event_rows():
        if (row.source, row.target) in pairs:
            monday = monday_of(date.fromisoformat(row.day)).isoformat()
            key = (row.source, row.target, monday, quads[quad_of(row.type)])
            counts[key] = counts.get(key, 0) + 1
    return counts


def _scores(frozen: Frozen, counted: dict[tuple[str, str, str, int], int], last: str) -> Iterable[Score]:
    rivals = {name: np.array(values) for name, values in frozen.rivals.items()}
    for week in frozen.weeks:
        if last <= (week + timedelta(days=6)).isoformat():
            continue
        rows = sorted((r for r in frozen.rows if r["week"] == week.isoformat()), key=lambda r: int(r["quad"]))
        made = np.array([[row[name] for name in NAMES] for row in rows])
        keys = [(frozen.source, frozen.target, row["week"], row["quad"]) for row in rows]
        counts = np.array([counted.get(key, 0) for key in keys], dtype=float)
        yield Score(week, int(rows[0]["horizon"]), tuple(int(n) for n in counts),
                    tuple(bool(held) for held in covered(made, counts)), float(crps(made, counts).mean()),
                    {name: float(crps(values, counts).mean()) for name, values in rivals.items()})  # fmt: skip
