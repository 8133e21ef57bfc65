"""Lists of a record, streamed: entries, reports, versions, and how much there is of each."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from dateline.errors import QueryError
from dateline.record import facets
from dateline.record.bundles import storable, unpacked
from dateline.record.drafts import QUAD_NAMES
from dateline.record.entries import (
    Counts,
    EventEntry,
    Kept,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
)
from dateline.record.facets import token
from dateline.record.profiles import Copied, Kit
from dateline.record.query import Find, Query
from dateline.record.sqlite.matches import GROUPS, HAS_DAY, Matches
from dateline.record.sqlite.postings import DAY, both, how_many, less
from dateline.record.sqlite.postings import blocks_of as slots_of
from dateline.record.sqlite.projecting import KIND_NAMES, SENTENCE, STATEMENT, TELLING
from dateline.record.sqlite.rows import REPORT_COLUMNS, REPORT_TABLES, Rows, chunks, report_entry
from dateline.record.sqlite.selecting import Selection, kind_of, select
from dateline.record.sqlite.stories import order_in


def known(db: sqlite3.Connection, fingerprints: Sequence[str]) -> set[str]:
    rows = db.execute("SELECT fingerprint FROM versions WHERE fingerprint IN (SELECT value FROM json_each(?))",
                      (json.dumps(list(fingerprints)),))  # fmt: skip
    return {row[0] for row in rows}


def report_id(db: sqlite3.Connection, key: str) -> int:
    """The row of a report by its key, or by the id that its caller gave; raises ``QueryError``."""
    rows = db.execute("SELECT id FROM reports WHERE key = ?1 UNION SELECT id FROM reports WHERE locator = ?1 ORDER BY 1",
                      (storable(key),)).fetchall()  # fmt: skip
    if not rows:
        raise QueryError("report", f"no report {key!r} in the record: `dateline search` and `dateline status` show keys")
    return int(rows[0][0])


# --- entries


def matched(db: sqlite3.Connection, selection: Selection) -> tuple[str, list[Any]]:
    """SQL for the ids of the entries that a selection means, and its values."""
    if selection.is_everything:
        return (f"SELECT id FROM entries WHERE kind = {selection.kind} AND id BETWEEN ? AND ?",
                [selection.first, selection.last])  # fmt: skip
    return "SELECT value AS id FROM json_each(?)", [json.dumps(Matches(db, selection).ids().tolist())]


#: by day, and within a day by report and place in it: in whatever order the reports were added
_ORDER = f"x.id / {DAY}, r.key, x.id"


def entry_ids(db: sqlite3.Connection, query: Query, find: Find) -> Iterator[int]:
    """The ids of the entries that match, in the order of days; of each distinct thing one, unless copies are asked for."""
    selection = select(db, query, find)
    ids, values = matched(db, selection)
    dated = f" AND {HAS_DAY[selection.kind]}" if selection.dated else ""
    joined = " JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report"
    if selection.kind == SENTENCE:
        sql = f"SELECT x.id FROM ({ids}) x{joined} WHERE 1{dated} ORDER BY {_ORDER}"
    elif query.copies:
        table = GROUPS[selection.kind][0]
        sql = f"SELECT x.id FROM ({ids}) m JOIN {table} x ON x.id = m.id{joined} WHERE 1{dated} ORDER BY {_ORDER}"
    else:
        table, group, order = GROUPS[selection.kind]
        first = f"row_number() OVER (PARTITION BY {group} ORDER BY {order})"
        sql = (f"SELECT x.id FROM (SELECT x.id AS id, r.key AS key, {first} AS n FROM ({ids}) m"
               f" JOIN {table} x ON x.id = m.id{joined} WHERE 1{dated}) x WHERE x.n = 1"
               f" ORDER BY x.id / {DAY}, x.key, x.id")  # fmt: skip
    for (id_,) in db.execute(sql, values):
        yield id_


def sentences(db: sqlite3.Connection, query: Query) -> Iterator[SentenceEntry]:
    rows = Rows(db)
    for ids in chunks(entry_ids(db, query, kind_of_or(query, Find.SENTENCES))):
        yield from rows.sentences(ids)


def statements(db: sqlite3.Connection, query: Query) -> Iterator[StatementEntry]:
    rows = Rows(db)
    for ids in chunks(entry_ids(db, query, kind_of_or(query, Find.STATEMENTS))):
        yield from rows.statements(ids)


def tellings(db: sqlite3.Connection, query: Query) -> Iterator[TellingEntry]:
    rows = Rows(db)
    for ids in chunks(entry_ids(db, query, kind_of_or(query, Find.EVENTS))):
        yield from rows.tellings(ids)


def kind_of_or(query: Query, find: Find) -> Find:
    """The kind asked for by a list of that kind; raises ``QueryError`` where the query's filters belong to another."""
    kind_of(query if query.find else replace(query, find=find))
    return find


def events(db: sqlite3.Connection, query: Query) -> Iterator[EventEntry]:
    """The distinct events that a telling matches, in the order of days."""
    once = replace(query, copies=False)
    for ids in chunks(entry_ids(db, once, kind_of_or(once, Find.EVENTS))):
        yield from events_told_by(db, ids)


def events_told_by(db: sqlite3.Connection, ids: Sequence[int]) -> Iterator[EventEntry]:
    """The distinct events that these tellings tell, in their order."""
    rows = db.execute(
        "SELECT t.id, v.key, v.type, v.quad, v.day, v.place, v.goldstein, v.happened, v.tellings, v.reports,"
        " v.stories, v.reliable FROM tellings t JOIN events v ON v.id = t.event"
        " WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))  # fmt: skip
    by_id = {row[0]: row[1:] for row in rows}
    for key, type_, quad, day, place, goldstein, happened, *told, reliable in map(by_id.__getitem__, ids):
        tellings_, reports_, stories = told
        yield EventEntry(key, type_, QUAD_NAMES[quad], day, place, goldstein, happened, tellings_, reports_, stories,
                         bool(reliable))  # fmt: skip


def counts(db: sqlite3.Connection, query: Query | None) -> Counts:
    """How much there is, or how much matches: reports, stories, distinct statements and events."""
    if query is None or query == Query():

        def one(sql: str) -> int:
            return int(db.execute(sql).fetchone()[0])

        rejected = slots_of(db, [token(facets.JUDGED, "rejected")])
        counted = {kind: slots_of(db, [token(facets.KIND, name)]) for kind, name in KIND_NAMES.items()}
        told_by = {kind: how_many(less(slots, rejected)) for kind, slots in counted.items()}
        # without a rejected telling, all events count, and their number stands in the smallest index
        held = " WHERE tellings > 0" if how_many(both(counted[TELLING], rejected)) else ""
        return Counts(
            reports=one("SELECT count(*) FROM reports"),
            stories=one("SELECT count(*) FROM stories"),
            statements=one("SELECT count(DISTINCT distinct_key) FROM statements WHERE judged IS NOT 'rejected'"),
            events=one(f"SELECT count(*) FROM events{held}"),
            actors=one("SELECT count(*) FROM actors WHERE class = 0"),
            tellings=told_by[TELLING],
            told_statements=told_by[STATEMENT],
            sentences=told_by[SENTENCE],
        )  # fmt: skip
    find = kind_of(query)
    selection = select(db, query, find)
    ids, values = matched(db, selection)
    dated = f" AND {HAS_DAY[selection.kind]}" if selection.dated else ""
    table, group = ("entries", "x.id") if selection.kind == SENTENCE else GROUPS[selection.kind][:2]
    found = db.execute(
        f"SELECT count(DISTINCT e.report), count(DISTINCT r.story), count(DISTINCT {group}), count(*) FROM ({ids}) m"
        f" JOIN {table} x ON x.id = m.id JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report WHERE 1{dated}",
        values).fetchone()  # fmt: skip
    reports_, stories, distinct, all_ = found
    if find is Find.SENTENCES:
        return Counts(reports_, stories, sentences=all_)
    if find is Find.STATEMENTS:
        return Counts(reports_, stories, statements=distinct, told_statements=all_)
    return Counts(reports_, stories, events=distinct, tellings=all_)


# --- reports


def reports(db: sqlite3.Connection, query: Query) -> Iterator[ReportEntry]:
    """All reports, in the order of days; with filters, those that hold a matching entry."""
    if query == Query():
        rows = db.execute(f"SELECT {REPORT_COLUMNS} FROM {REPORT_TABLES} ORDER BY r.day IS NULL, r.day, r.key")
        yield from map(report_entry, rows)
        return
    found, values = reports_of(db, query)
    rows = db.execute(f"SELECT {REPORT_COLUMNS} FROM {REPORT_TABLES} WHERE r.id IN ({found})"
                      " ORDER BY r.day IS NULL, r.day, r.key", values)  # fmt: skip
    yield from map(report_entry, rows)


def reports_of(db: sqlite3.Connection, query: Query) -> tuple[str, list[Any]]:
    """SQL for the rows of the reports that hold a matching entry, and its values."""
    selection = select(db, query, kind_of(query))
    ids, values = matched(db, selection)
    table = "entries" if selection.kind == SENTENCE else GROUPS[selection.kind][0]
    dated = f" WHERE {HAS_DAY[selection.kind]}" if selection.dated else ""
    return (f"SELECT e.report FROM ({ids}) m JOIN {table} x ON x.id = m.id JOIN entries e ON e.id = x.id"
            f" JOIN reports r ON r.id = e.report{dated}"), values  # fmt: skip


def report(db: sqlite3.Connection, key: str) -> ReportEntry:
    row = db.execute(f"SELECT {REPORT_COLUMNS} FROM {REPORT_TABLES} WHERE r.id = ?", (report_id(db, key),)).fetchone()
    return report_entry(row)


def versions(db: sqlite3.Connection, key: str) -> list[dict[str, Any]]:
    """The versions of a report, oldest first: number, when it was kept, from where, how long, read by what."""
    rows = db.execute("SELECT number, added, source, text, made_by FROM versions WHERE report = ? ORDER BY number",
                      (report_id(db, key),))  # fmt: skip
    return [{"version": number, "added": added, "source": source, "characters": len(text), "made_by": made_by}
            for number, added, source, text, made_by in rows]  # fmt: skip


def copies(db: sqlite3.Connection, kit: Kit, key: str) -> tuple[list[Copied], str | None]:
    """The reports of this report's story in their order of copying, and the wire credit."""
    story = db.execute("SELECT story FROM reports WHERE id = ?", (report_id(db, key),)).fetchone()[0]
    return order_in(db, kit, story)


def _version(db: sqlite3.Connection, key: str, number: int | None) -> tuple[str, bytes]:
    id_ = report_id(db, key)
    row = db.execute("SELECT v.text, v.reading FROM versions v JOIN reports r ON r.id = v.report WHERE r.id = ?"
                     " AND v.number = coalesce(?, r.version)", (id_, number)).fetchone()  # fmt: skip
    if row is None:
        raise QueryError("version", f"report {key} has no version {number}")
    return row[0], row[1]


def text(db: sqlite3.Connection, key: str, number: int | None = None) -> str:
    return _version(db, key, number)[0]


def reading(db: sqlite3.Connection, key: str, number: int | None = None) -> dict[str, Any]:
    """The machine's reading of a version, as it was made."""
    text_, packed = _version(db, key, number)
    return unpacked(packed, text_)


def origins(db: sqlite3.Connection, query: Query | None) -> Iterator[Kept]:
    """What came in, of every report or of those that match, in the order in which they were first kept."""
    wanted, values = "", list[Any]()
    if query is not None and query != Query():
        reports_, values = reports_of(db, query)
        wanted = f"WHERE r.id IN ({reports_})"
    rows = db.execute(
        "SELECT r.key, r.kind, v.source, r.locator, v.raw_kind, v.raw, v.given, v.made_by, v.redated ISNULL,"
        " (SELECT c.after FROM corrections c"
        " WHERE c.target = r.key AND c.field = 'date' AND c.action = 'edit' AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id)"
        " ORDER BY c.id DESC LIMIT 1) FROM reports r JOIN versions v ON v.report = r.id AND v.number = r.version"
        f" {wanted} ORDER BY r.id", values)  # fmt: skip
    for key, kind, source, locator, raw_kind, raw, given, made_by, undated, day in rows:
        made = "" if day and undated else made_by  # nothing has read it under the date that was set
        yield Kept(key, kind, source, locator, raw_kind, zlib.decompress(raw) if raw else None, given, made,
                   json.loads(day) if day else None)  # fmt: skip


# --- saved searches


def save_search(db: sqlite3.Connection, name: str, query: Query, now: str) -> None:
    if not name.strip():
        raise QueryError("name", "a saved search needs a name")
    db.execute("INSERT OR REPLACE INTO searches (name, query, saved) VALUES (?, ?, ?)",
               (name, json.dumps(query.as_json(), ensure_ascii=False), now))  # fmt: skip


def saved_searches(db: sqlite3.Connection) -> dict[str, Query]:
    rows = db.execute("SELECT name, query FROM searches ORDER BY name")
    return {name: Query.of(json.loads(query)) for name, query in rows}


def forget_search(db: sqlite3.Connection, name: str) -> bool:
    return db.execute("DELETE FROM searches WHERE name = ?", (name,)).rowcount > 0
