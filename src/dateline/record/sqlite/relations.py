"""Relations from the rollups: an ordered pair by week or month, and what its counts are held against."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from dateline.errors import QueryError
from dateline.lexicons.countries import country_of, is_code
from dateline.record.drafts import QUAD_NAMES, REAL
from dateline.record.entries import EventRow, Exposure, RelationCount, TellingEntry
from dateline.record.sqlite.distinct import MONTH, WEEK
from dateline.record.sqlite.rows import Rows
from dateline.record.sqlite.selecting import profiles_named
from dateline.record.sqlite.sides import side_of

VOICES = {1: "own", 2: "said"}


def side(db: sqlite3.Connection, name: str) -> str:
    """What a name stands for in a relation: a state's code, else the key of one actor; raises ``QueryError``."""
    code = name if name.isupper() and is_code(name) else country_of(name)
    if code:
        return code
    actors = db.execute(
        "SELECT DISTINCT a.key, a.name, a.kind, a.country, a.code FROM profiles p JOIN actors a ON a.id = p.actor"
        " WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY a.key",
        (json.dumps(profiles_named(db, name)),)).fetchall()  # fmt: skip
    if not actors:
        raise QueryError("actor", f"no actor called {name!r} in the record")
    if len(actors) > 1:
        named = ", ".join(f"{n} ({k})" for k, n, *_ in actors[:5])
        raise QueryError("actor", f"{name!r} may be several: {named}; name one by its key")
    key, _, kind, country, code = actors[0]
    return side_of(kind, country, code, key)


def relation(db: sqlite3.Connection, source: str, target: str, unit: str) -> Iterator[RelationCount]:
    """The real events of an ordered pair, period by period; periods without any are left out."""
    _check(unit)
    sides = side(db, source), side(db, target)
    rows = db.execute(
        "SELECT period, quad, voice, events, reports, stories, goldstein FROM relation_counts"
        " WHERE source = ? AND target = ? AND unit = ? ORDER BY period, quad, voice", (*sides, unit))  # fmt: skip
    for period, quad, voice, events, reports, stories, goldstein in rows:
        yield RelationCount(*sides, unit, period, QUAD_NAMES[quad], VOICES[voice], events, reports, stories, goldstein)


def exposure(db: sqlite3.Connection, unit: str) -> Iterator[Exposure]:
    """All real events told by reports themselves, and all reports with a reliable date, of each week or month."""
    _check(unit)
    stories = _stories(db, unit)
    rows = db.execute("SELECT period, events, reports FROM exposure WHERE unit = ? AND (events > 0 OR reports > 0)"
                      " ORDER BY period", (unit,))  # fmt: skip
    for period, events, reports in rows:
        yield Exposure(unit, period, events, reports, stories.get(period, 0))


def _stories(db: sqlite3.Connection, unit: str) -> dict[str, int]:
    day = "date(substr(day, 1, 8) || '01')" if unit == MONTH else "date(day, '-' || ((strftime('%w', day) + 6) % 7) || ' days')"
    rows = db.execute(f"SELECT {day}, count(DISTINCT story) FROM reports WHERE day NOTNULL AND reliable = 1 GROUP BY 1")
    return dict(rows.fetchall())


def _check(unit: str) -> None:
    if unit not in (MONTH, WEEK):
        raise QueryError("by", f"{unit!r} is neither week nor month")


def event_rows(db: sqlite3.Connection) -> Iterator[EventRow]:
    """Every ordered pair of every real event that reports themselves tell, on one reliable day, in the order of days."""
    rows = db.execute(
        "SELECT p.day, p.source, p.target, v.type, v.key FROM events v JOIN pairs p ON p.event = v.id"
        " WHERE v.happened = 1 AND v.reliable = 1 AND v.day NOTNULL AND coalesce(v.day_end, v.day) = v.day"
        " ORDER BY p.day, p.source, p.target, v.key")  # fmt: skip
    yield from (EventRow(*row) for row in rows)


def first_told(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Events that count, with the day of the earliest report that tells them as real in its own voice."""
    real = ", ".join(f"'{reality}'" for reality in REAL)
    yield from db.execute(
        "SELECT v.key, min(r.day) FROM events v JOIN tellings t ON t.event = v.id JOIN entries e ON e.id = t.id"
        " JOIN reports r ON r.id = e.report WHERE v.happened = 1 AND v.reliable = 1 AND v.day NOTNULL"
        f" AND t.said_by IS NULL AND t.reality IN ({real}) AND t.judged IS NOT 'rejected' AND r.day NOTNULL"
        " GROUP BY v.id ORDER BY v.key")  # fmt: skip


def report_days(db: sqlite3.Connection) -> tuple[str | None, str | None]:
    """The first and the last reliable day with a report; ``None`` where there is none."""
    first, last = db.execute("SELECT min(day), max(day) FROM reports WHERE reliable = 1").fetchone()
    return first, last


def evidence(
    db: sqlite3.Connection, source: str, target: str, first: str, last: str, limit: int
) -> list[TellingEntry]:
    """The tellings of a pair's real events from one day to another that weigh most: by weight, then by stories."""
    sides = side(db, source), side(db, target)
    rows = db.execute(
        "SELECT (SELECT t.id FROM tellings t JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report"
        " WHERE t.event = v.id AND t.judged IS NOT 'rejected' ORDER BY r.day IS NULL, r.day, r.key, t.key LIMIT 1)"
        " FROM pairs p JOIN events v ON v.id = p.event"
        " WHERE p.source = ? AND p.target = ? AND p.day BETWEEN ? AND ? AND v.happened = 1 AND v.reliable = 1"
        " ORDER BY abs(v.goldstein) DESC, v.stories DESC, p.day, v.key LIMIT ?", (*sides, first, last, limit))  # fmt: skip
    return Rows(db).tellings([row[0] for row in rows])
