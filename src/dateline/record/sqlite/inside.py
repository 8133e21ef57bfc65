"""All that one report tells, for a screen that shows it whole: read by its key alone, however large the record is."""

from __future__ import annotations

import sqlite3
from typing import Any

from dateline.model import Span
from dateline.record.bundles import unpacked
from dateline.record.entries import ActorRef, Inside, StatementEntry, TellingEntry
from dateline.record.sqlite.listing import report_id
from dateline.record.sqlite.projecting import STATEMENT, TELLING
from dateline.record.sqlite.rows import REPORT_COLUMNS, REPORT_TABLES, Rows, report_entry

_HEAD = f"""
    SELECT v.text, coalesce(v.redated, v.reading), v.redated NOTNULL,
    (SELECT count(*) FROM reports o WHERE o.story = r.story), {REPORT_COLUMNS} FROM {REPORT_TABLES} WHERE r.id = ?
"""
_CAST = (
    "SELECT c.local, a.key, a.name, a.kind, a.country, a.code, c.name FROM cast_members c"
    " JOIN profiles p ON p.id = c.profile JOIN actors a ON a.id = p.actor WHERE c.report = ?"
)


def inside(db: sqlite3.Connection, key: str) -> Inside:
    """The current version of a report; see ``record.store.Store.inside``."""
    id_ = report_id(db, key)
    text, packed, redated, in_story, *columns = db.execute(_HEAD, (id_,)).fetchone()
    sentences = tuple(Span(*row) for row in db.execute(
        'SELECT "start", "end" FROM sentences WHERE report = ? ORDER BY n', (id_,)))  # fmt: skip
    cast = {local: ActorRef(*facts) for local, *facts in db.execute(_CAST, (id_,))}
    return Inside(report_entry(columns), text, unpacked(packed, text), bool(redated), in_story, sentences, cast)


def inside_between(
    db: sqlite3.Connection, key: str, first: int, last: int
) -> tuple[list[StatementEntry], list[TellingEntry]]:
    """The statements and events of the sentences numbered ``first`` to ``last``, both included, in text order."""
    found: dict[int, list[int]] = {STATEMENT: [], TELLING: []}
    rows = db.execute("SELECT kind, id FROM entries WHERE report = ? AND kind IN (?, ?) AND sentence BETWEEN ? AND ?"
                      " ORDER BY sentence, id", (report_id(db, key), STATEMENT, TELLING, first, last))  # fmt: skip
    for kind, id_ in rows:
        found[kind].append(id_)
    made = Rows(db)
    return made.statements(found[STATEMENT]), made.tellings(found[TELLING])


def sentence_of(db: sqlite3.Connection, key: str, entry: str) -> int | None:
    """The number of the sentence of a report that holds an entry; ``None`` where the report holds none of this key."""
    row: tuple[Any, ...] | None = db.execute(
        "SELECT e.sentence FROM entries e WHERE e.report = ?2 AND e.id IN (SELECT id FROM statements WHERE key = ?1"
        " UNION ALL SELECT id FROM tellings WHERE key = ?1)", (entry, report_id(db, key))).fetchone()  # fmt: skip
    return int(row[0]) if row else None
