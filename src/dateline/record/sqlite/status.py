"""What is in the record, from where and from when; what is not, and why."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from dateline.record.sqlite.connection import log_of
from dateline.record.sqlite.correcting import corrections
from dateline.record.sqlite.listing import counts

#: gaps named for each publisher, the longest first
GAPS = 10
#: days with reports told one by one for each publisher, the newest
DAYS = 92


def status(db: sqlite3.Connection, path: Path, file: Path) -> dict[str, Any]:
    """Counts, sources and their days, gaps, what was not read, dates, corrections, and the file: ready for JSON."""
    return {
        "counts": asdict(counts(db, None)),
        "sources": _sources(db),
        "days": _span(db, "SELECT min(day), max(day) FROM reports WHERE day NOTNULL"),
        "dates": _dates(db),
        "languages": _pairs(db, "SELECT coalesce(language, 'unknown'), count(*) FROM reports WHERE kind = 'report' GROUP BY 1"),
        "unread": _pairs(db, "SELECT unread, count(*) FROM reports WHERE unread NOTNULL GROUP BY 1"),
        "event_rows": db.execute("SELECT count(*) FROM reports WHERE kind = 'events'").fetchone()[0],
        "skipped": {
            "count": db.execute("SELECT count(*) FROM skips").fetchone()[0],
            "reasons": _pairs(db, "SELECT reason, count(*) FROM skips GROUP BY 1"),
        },
        "versions": db.execute("SELECT count(*) FROM versions").fetchone()[0],
        "corrections": {
            "made": db.execute("SELECT count(*) FROM corrections WHERE action <> 'undo'").fetchone()[0],
            "undone": db.execute("SELECT count(*) FROM corrections WHERE action = 'undo'").fetchone()[0],
            "lost": sum(c.lost is not None for c in corrections(db, None)),
        },
        "searches": [row[0] for row in db.execute("SELECT name FROM searches ORDER BY name")],
        "made_by": _pairs(db, "SELECT v.made_by, count(*) FROM reports r JOIN versions v ON v.report = r.id"
                              " AND v.number = r.version GROUP BY 1"),
        "record": {"path": str(path), "bytes": _size(file),
                   "schema": db.execute("PRAGMA user_version").fetchone()[0]},
    }  # fmt: skip


def _pairs(db: sqlite3.Connection, sql: str) -> dict[str, int]:
    return {str(name): n for name, n in sorted(db.execute(sql).fetchall(), key=lambda r: (-r[1], str(r[0])))}


def _span(db: sqlite3.Connection, sql: str) -> dict[str, str | None]:
    first, last = db.execute(sql).fetchone()
    return {"first": first, "last": last}


def _dates(db: sqlite3.Connection) -> dict[str, int]:
    reliable, unreliable, none = db.execute(
        "SELECT coalesce(sum(reliable = 1 AND day NOTNULL), 0), coalesce(sum(reliable = 0 AND day NOTNULL), 0),"
        " coalesce(sum(day IS NULL), 0) FROM reports").fetchone()  # fmt: skip
    return {"reliable": reliable, "unreliable": unreliable, "none": none}


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in (path, log_of(path)) if file.exists())


def _sources(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """The publishers, or agencies where none is told, with their reports by day, and the gaps between."""
    days: dict[str | None, Counter[str]] = {}
    totals: Counter[str | None] = Counter()
    unread: Counter[str | None] = Counter()
    rows = db.execute("SELECT coalesce(publisher, agency), day, count(*), sum(unread NOTNULL) FROM reports"
                      " WHERE kind = 'report' GROUP BY 1, 2 ORDER BY 1, 2")  # fmt: skip
    for name, day, n, not_read in rows:
        totals[name] += n
        unread[name] += not_read
        if day:
            days.setdefault(name, Counter())[day] += n
    return [_source(name, totals[name], unread[name], days.get(name, Counter()))
            for name in sorted(totals, key=lambda n: (-totals[n], n or ""))]  # fmt: skip


def _source(name: str | None, total: int, unread: int, days: Counter[str]) -> dict[str, Any]:
    told = sorted(days)
    return {
        "name": name, "reports": total, "unread": unread, "first": told[0] if told else None,
        "last": told[-1] if told else None, "days_with_reports": len(told), "undated": total - sum(days.values()),
        "months": dict(sorted(_by_month(days).items())), "days": {day: days[day] for day in told[-DAYS:]},
        "gaps": gaps(told),
    }  # fmt: skip


def _by_month(days: Counter[str]) -> Counter[str]:
    months: Counter[str] = Counter()
    for day, n in days.items():
        months[day[:7]] += n
    return months


def gaps(days: list[str]) -> list[dict[str, Any]]:
    """The spans of two days or more without a report between the first and the last, the longest first.

    >>> gaps(["2024-05-01", "2024-05-02", "2024-05-06"])
    [{'first': '2024-05-03', 'last': '2024-05-05', 'days': 3}]
    """
    found = []
    for before, after in pairwise(days):
        start, end = date.fromisoformat(before), date.fromisoformat(after)
        missing = (end - start).days - 1
        if missing > 1:
            found.append({"first": (start + timedelta(days=1)).isoformat(),
                          "last": (end - timedelta(days=1)).isoformat(), "days": missing})  # fmt: skip
    return sorted(found, key=lambda g: (-int(str(g["days"])), str(g["first"])))[:GAPS]


def check(db: sqlite3.Connection, *more: Callable[[sqlite3.Connection], Iterator[str]]) -> list[str]:
    """What is wrong with the file, by SQLite's own check and by the record's; empty where all is well."""
    wrong: list[str] = []
    looks: list[Callable[[sqlite3.Connection], Iterator[str]]] = [_integrity, _dangling, *more]
    looks += [partial(_invariant, what, sql) for what, sql in _INVARIANTS.items()]
    for look in looks:
        try:
            wrong.extend(look(db))
        except sqlite3.DatabaseError as error:  # a damaged page ends one look, not the others
            wrong.append(str(error))
    return list(dict.fromkeys(wrong))


def _integrity(db: sqlite3.Connection) -> Iterator[str]:
    for (told,) in db.execute("PRAGMA integrity_check(20)"):
        yield from (line for line in told.splitlines() if line != "ok" and not line.startswith("***"))


def _dangling(db: sqlite3.Connection) -> Iterator[str]:
    for table, _, parent, _ in islice(db.execute("PRAGMA foreign_key_check"), 20):
        yield f"a row of {table} points to nothing in {parent}"


def _invariant(what: str, sql: str, db: sqlite3.Connection) -> Iterator[str]:
    n = db.execute(sql).fetchone()[0]
    if n:
        yield f"{n} {what}"


_INVARIANTS = {
    "tellings without an event": "SELECT count(*) FROM tellings t LEFT JOIN events v ON v.id = t.event WHERE v.id IS NULL",
    "events without a telling": "SELECT count(*) FROM events v WHERE NOT EXISTS (SELECT 1 FROM tellings t WHERE t.event = v.id)",
    "reports without a story": "SELECT count(*) FROM reports WHERE story IS NULL",
    "stories without a report": "SELECT count(*) FROM stories s WHERE NOT EXISTS (SELECT 1 FROM reports WHERE story = s.id)",
    "actors without a profile": "SELECT count(*) FROM actors a WHERE NOT EXISTS (SELECT 1 FROM profiles WHERE actor = a.id)",
}  # fmt: skip
