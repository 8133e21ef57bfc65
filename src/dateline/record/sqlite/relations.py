"""Relations from the rollups: an ordered pair by week or month, and what its counts are held against."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from dateline.errors import QueryError
from dateline.lexicons.countries import name_of
from dateline.record.drafts import QUAD_NAMES, REAL
from dateline.record.entries import EventRow, Exposure, PartnerCount, RelationCount, TellingEntry
from dateline.record.sqlite import pairs
from dateline.record.sqlite.distinct import MONTH, WEEK, month_of, week_of
from dateline.record.sqlite.likely import nearest_names
from dateline.record.sqlite.pairs import VOICES, counted
from dateline.record.sqlite.rows import Rows
from dateline.record.sqlite.selecting import profiles_named
from dateline.record.sqlite.sides import (
    ROLES_TOLD,
    Side,
    code_of,
    looks_like_a_part,
    part_of,
    side_of,
    side_of_actor,
    side_of_part,
)


def side(db: sqlite3.Connection, name: str) -> str:
    """What a name stands for in a relation: a state's code, else the key of one actor.

    Raises ``QueryError`` where nobody or several have the name, and for a part of a state such as ``USA:MIL``.
    """
    if part := part_of(name):
        raise QueryError("actor", f"{name} is a part of {part.country}: here whole states and actors are held against"
                         f" each other; ask for {part.country}")  # fmt: skip
    return _whole(db, name)


def _whole(db: sqlite3.Connection, name: str) -> str:
    if code := code_of(name):
        return code
    actors = db.execute(
        "SELECT DISTINCT a.key, a.name, a.kind, a.country, a.code FROM profiles p JOIN actors a ON a.id = p.actor"
        " WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY a.key",
        (json.dumps(profiles_named(db, name)),)).fetchall()  # fmt: skip
    if not name.strip():
        raise QueryError("actor", "the name is empty: give a name, an actor's key, or a country's code")
    if not actors:
        raise QueryError("actor", f"no actor called {name!r} in the record" + _hint(db, name))
    if len(actors) > 1:
        named = ", ".join(f"{n} ({k})" for k, n, *_ in actors[:5])
        raise QueryError("actor", f"{name!r} may be several: {named}; name one by its key")
    key, _, kind, country, code = actors[0]
    return side_of(kind, country, code, key)


def _hint(db: sqlite3.Connection, name: str) -> str:
    near = nearest_names(db, name)
    if looks_like_a_part(name) and set(near) <= {name[:3], name_of(name[:3])}:
        return f"; for actors of {name[:3]} with a role " + ROLES_TOLD
    if near:
        return "; did you mean " + " or ".join(near) + "?"
    return "; `dateline search` looks for the words"


def sides(db: sqlite3.Connection, source: str, target: str) -> tuple[Side, Side]:
    """Both sides of a relation; raises ``QueryError`` for names that mean nobody, several, or one and the same."""
    a, b = _side(db, source), _side(db, target)
    if a.key == b.key:
        raise QueryError("relation", f"{source!r} and {target!r} are the same actor ({a.key}): name another, or see"
                         f" `dateline partners {a.key}`")  # fmt: skip
    if a.stands == b.stands and (a.part or b.part):
        raise QueryError("relation", f"{a.key} and {b.key} are parts of one state, whose dealings with itself are not"
                         " counted: name another side")  # fmt: skip
    return a, b


def _side(db: sqlite3.Connection, name: str) -> Side:
    if part := part_of(name):
        return side_of_part(db, part)
    return side_of_actor(db, _whole(db, name))


def relation(
    db: sqlite3.Connection, source: str, target: str, unit: str, first: str | None = None, last: str | None = None
) -> Iterator[RelationCount]:
    """The real events of an ordered pair, period by period; periods without any are left out.

    With ``first`` and ``last`` only the periods in which these days lie, those between, and all of them whole.
    """
    _check(unit)
    a, b = sides(db, source, target)
    span = _span(unit, first, last)
    if not (a.whole and b.whole):
        yield from counted(db, a, b, unit, span)
        return
    rows = db.execute(
        "SELECT period, quad, voice, events, reports, stories, goldstein FROM relation_counts WHERE source = ? AND"
        " target = ? AND unit = ? AND period BETWEEN ? AND ? ORDER BY period, quad, voice", (*a.stands, *b.stands, unit, *span))  # fmt: skip
    for period, quad, voice, events, reports, stories, goldstein in rows:
        yield RelationCount(a.key, b.key, unit, period, QUAD_NAMES[quad], VOICES[voice], events, reports, stories, goldstein)


def partners(
    db: sqlite3.Connection, name: str, first: str | None, last: str | None, limit: int
) -> tuple[list[PartnerCount], int]:
    """With whom an actor had most events in the months that hold a span, and how many partners there are."""
    key = side(db, name)
    return pairs.partners(db, Side(key, (key,)), *_span(MONTH, first, last), limit)


def _span(unit: str, first: str | None, last: str | None) -> tuple[str, str]:
    """The first days of the first and the last period."""
    begin = month_of if unit == MONTH else week_of
    return begin(first) if first else "0000", begin(last) if last else "9999-99"


def exposure(
    db: sqlite3.Connection, unit: str, first: str | None = None, last: str | None = None, stories: bool = True
) -> Iterator[Exposure]:
    """All real events told by reports themselves, and all reports with a reliable date, of each week or month.

    Counting ``stories`` takes a look at every report; without it they are 0, and the rollup alone is read.
    """
    _check(unit)
    counted = _stories(db, unit) if stories else {}
    rows = db.execute("SELECT period, events, reports FROM exposure WHERE unit = ? AND (events > 0 OR reports > 0)"
                      " AND period BETWEEN ? AND ? ORDER BY period", (unit, *_span(unit, first, last)))  # fmt: skip
    for period, events, reports in rows:
        yield Exposure(unit, period, events, reports, counted.get(period, 0))


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
    # each by the index of days: together they would look at every report
    ends = (f"SELECT day FROM reports WHERE day NOTNULL AND reliable = 1 ORDER BY day {way} LIMIT 1" for way in ("", "DESC"))
    first, last = (db.execute(sql).fetchone() for sql in ends)
    return (first[0], last[0]) if first and last else (None, None)


def evidence(
    db: sqlite3.Connection, source: str, target: str, first: str, last: str, limit: int
) -> list[TellingEntry]:
    """The tellings of a pair's real events from one day to another that weigh most: by weight, then by stories."""
    both = _whole(db, source), _whole(db, target)
    rows = db.execute(
        "SELECT (SELECT t.id FROM tellings t JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report"
        " WHERE t.event = v.id AND t.judged IS NOT 'rejected' ORDER BY r.day IS NULL, r.day, r.key, t.key LIMIT 1)"
        " FROM pairs p JOIN events v ON v.id = p.event"
        " WHERE p.source = ? AND p.target = ? AND p.day BETWEEN ? AND ? AND v.happened = 1 AND v.reliable = 1"
        " ORDER BY abs(v.goldstein) DESC, v.stories DESC, p.day, v.key LIMIT ?", (*both, first, last, limit))  # fmt: skip
    return Rows(db).tellings([row[0] for row in rows])
