"""The events of a pair one by one: what the rollups do not hold, such as parts of a state, single days, all partners."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.record.drafts import QUAD_NAMES, QUAD_NUMBERS, REAL
from dateline.record.entries import DayRow, PartnerCount, RelationCount, TellingEntry
from dateline.record.sqlite.distinct import MONTH, OWN, after, periods_of
from dateline.record.sqlite.rows import Rows
from dateline.record.sqlite.sides import Side, condition, named

VOICES = {1: "own", 2: "said"}
_ALWAYS = ("0000", "9999-99")


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    day: str
    day_end: str
    quad: int
    voice: int
    goldstein: float


def real_events(db: sqlite3.Connection, a: Side, b: Side, span: tuple[str, str]) -> list[Event]:
    """The real events of an ordered pair whose reliable day lies in a span, each once, in the order of days."""
    (of_a, values_a), (of_b, values_b) = condition(a, 0), condition(b, 1)
    rows = db.execute(
        "SELECT v.id, v.day, coalesce(v.day_end, v.day), v.quad, v.happened, v.goldstein"
        " FROM pairs p JOIN events v ON v.id = p.event"
        " WHERE p.source IN (SELECT value FROM json_each(?)) AND p.target IN (SELECT value FROM json_each(?))"
        f" AND p.day BETWEEN ? AND ? AND v.happened > 0 AND v.reliable = 1{of_a}{of_b}"
        " GROUP BY v.id ORDER BY v.day, v.key", (a.listed(), b.listed(), *span, *values_a, *values_b))  # fmt: skip
    return [Event(*row) for row in rows]


def counted(db: sqlite3.Connection, a: Side, b: Side, unit: str, periods: tuple[str, str]) -> Iterator[RelationCount]:
    """What the rollup would hold of a pair that it does not know, from the first to the last period."""
    first, last = periods
    end = after(unit, last) if last[:1] != "9" else last
    cells: dict[tuple[str, int, int], list[Event]] = defaultdict(list)
    for event in real_events(db, a, b, (first, end)):
        period = dict(periods_of(event.day, event.day_end)).get(unit)
        if period is not None and first <= period <= last:
            cells[period, event.quad, event.voice].append(event)
    for (period, quad, voice), events in sorted(cells.items()):
        reports, stories = _tellers(db, [event.id for event in events])
        goldstein = round(sum(event.goldstein for event in events), 4)
        yield RelationCount(a.key, b.key, unit, period, QUAD_NAMES[quad], VOICES[voice], len(events), reports, stories,
                            goldstein)  # fmt: skip


def _tellers(db: sqlite3.Connection, events: Sequence[int]) -> tuple[int, int]:
    """How many distinct reports and stories tell one of the events."""
    reports, stories = db.execute(
        "SELECT count(DISTINCT e.report), count(DISTINCT r.story) FROM tellings t JOIN entries e ON e.id = t.id"
        " JOIN reports r ON r.id = e.report WHERE t.judged IS NOT 'rejected'"
        " AND t.event IN (SELECT value FROM json_each(?))", (json.dumps(list(events)),)).fetchone()  # fmt: skip
    return reports, stories


def days(
    db: sqlite3.Connection, a: Side, b: Side, first: str | None = None, last: str | None = None
) -> Iterator[DayRow]:
    """How many real events between two sides, either way, each day has; those longer than a day are left out."""
    found: dict[str, list[int]] = {}
    span = (first or _ALWAYS[0], last or _ALWAYS[1])
    # what two do together stands in both directions, and is one event
    either = {event.id: event for pair in ((a, b), (b, a)) for event in real_events(db, *pair, span)}
    for event in either.values():
        if event.day == event.day_end:
            found.setdefault(event.day, [0, 0])[event.voice != OWN] += 1
    yield from (DayRow(day, own, said) for day, (own, said) in sorted(found.items()))


def deeds(db: sqlite3.Connection, a: Side, b: Side, first: str | None, last: str | None) -> list[TellingEntry]:
    """The material events and agreements of an ordered pair that reports themselves tell, in the order of days.

    Each once, by the earliest telling in a report's own voice.
    """
    real = ", ".join(f"'{reality}'" for reality in REAL)
    found = [e.id for e in real_events(db, a, b, (first or _ALWAYS[0], last or _ALWAYS[1])) if e.voice == OWN]
    rows = db.execute(
        "SELECT (SELECT t.id FROM tellings t JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report"
        f" WHERE t.event = v.id AND t.judged IS NOT 'rejected' AND t.said_by IS NULL AND t.reality IN ({real})"
        " ORDER BY r.day IS NULL, r.day, r.key, t.key LIMIT 1)"
        " FROM json_each(?) j JOIN events v ON v.id = j.value WHERE v.quad IN (?, ?) OR v.type = 'AGREE' ORDER BY j.key",
        (json.dumps(found), QUAD_NUMBERS["material_cooperation"], QUAD_NUMBERS["material_conflict"]))  # fmt: skip
    return Rows(db).tellings([row[0] for row in rows if row[0] is not None])


# --- partners


def partners(db: sqlite3.Connection, side: Side, first: str, last: str, limit: int) -> tuple[list[PartnerCount], int]:
    """Whom an actor dealt with, those with most events first, at most ``limit``; and how many there are.

    Counts are those of the rollup by month, of what reports themselves tell; ``first`` and ``last`` are months.
    """
    sums: dict[str, list[list[int]]] = {}
    for at, (own, other) in enumerate((("source", "target"), ("target", "source"))):
        rows = db.execute(
            f"SELECT {other}, quad, sum(events) FROM relation_counts WHERE {own} = ? AND unit = ? AND voice = ?"
            f" AND period BETWEEN ? AND ? GROUP BY {other}, quad", (side.key, MONTH, OWN, first, last))  # fmt: skip
        for partner, quad, events in rows:
            sums.setdefault(partner, [[0, 0], [0, 0]])[at][quad > 2] += events
    ordered = sorted(sums, key=lambda partner: (-sum(map(sum, sums[partner])), partner))
    end = after(MONTH, last) if last[:1] != "9" else last
    return [_partner(db, side.key, partner, sums[partner], (first, end)) for partner in ordered[:limit]], len(ordered)


def _partner(
    db: sqlite3.Connection, side: str, partner: str, sums: Sequence[Sequence[int]], span: tuple[str, str]
) -> PartnerCount:
    """The distinct tellers of all that passed between the two, and the last day of it."""
    reports, stories, last = db.execute(
        "SELECT count(DISTINCT e.report), count(DISTINCT r.story), max(v.day) FROM"
        " (SELECT event, day FROM pairs WHERE source = ?1 AND target = ?2 AND day >= ?3 AND day < ?4"
        " UNION SELECT event, day FROM pairs WHERE source = ?2 AND target = ?1 AND day >= ?3 AND day < ?4) p"
        " JOIN events v ON v.id = p.event JOIN tellings t ON t.event = v.id AND t.judged IS NOT 'rejected'"
        " JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report"
        f" WHERE v.happened = {OWN} AND v.reliable = 1 AND substr(v.day, 1, 7) = substr(v.day_end, 1, 7)",
        (side, partner, *span)).fetchone()  # fmt: skip
    (out_good, out_bad), (back_good, back_bad) = sums
    return PartnerCount(partner, named(db, partner), out_good, out_bad, back_good, back_bad, stories, reports, last)
