"""Lists page by page: what comes after a place in them, without counting what comes before.

The order is that of ``listing``: by day, within a day by report and place in it. A place is the last entry shown, so a
page costs the same wherever it stands, and what is added meanwhile moves nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from dateline.errors import QueryError
from dateline.record.entries import ActorRef, Correction, Entry, EventEntry, ReportEntry
from dateline.record.query import Find, Query
from dateline.record.sqlite.correcting import corrections
from dateline.record.sqlite.listing import events_told_by, kind_of_or, reports_of
from dateline.record.sqlite.matches import GROUPS, Matches
from dateline.record.sqlite.postings import DAY, Numbers, ids_of
from dateline.record.sqlite.projecting import SENTENCE
from dateline.record.sqlite.rows import REPORT_COLUMNS, REPORT_TABLES, Rows, report_entry
from dateline.record.sqlite.selecting import kind_of, profiles_named, select

#: matches that are put in order together after the first; a day of more is walked report by report
BATCH, LONG_DAY = 400, 3_000
#: matching entries whose reports are gathered at once; among more, reports are looked through one after the other
_FEW = 3_000
#: reports that are looked through entry by entry, which mostly are enough; those that are then
_AT_FIRST, _THEN = 100, (200, 400)
#: matches whose reports are gathered at once where the first reports hold hardly any
_GATHERED = 20_000
Place = tuple[int, str, int]


def entries(db: sqlite3.Connection, query: Query, find: Find, limit: int, cursor: str | None) -> tuple[list[int], str | None]:
    """The ids of the next entries that match, of each distinct thing one unless copies are asked for, and how to go on."""
    selection = select(db, query, kind_of_or(query, find))
    matches = Matches(db, selection)
    once = selection.kind != SENTENCE and not query.copies
    found = list(islice(_spoken(db, matches, _after(cursor), once, limit), limit + 1))
    onward = ":".join(map(str, found[limit - 1])) if len(found) > limit else None
    return [id_ for *_, id_ in found[:limit]], onward


def rows_of(db: sqlite3.Connection, query: Query, find: Find, limit: int, cursor: str | None) -> tuple[list[Entry], str | None]:
    """The next sentences, statements or tellings."""
    ids, onward = entries(db, query, find, limit, cursor)
    return Rows(db).of({Find.SENTENCES: 1, Find.STATEMENTS: 2, Find.EVENTS: 3}[find], ids), onward


def events(db: sqlite3.Connection, query: Query, limit: int, cursor: str | None) -> tuple[list[EventEntry], str | None]:
    """The next distinct events."""
    ids, onward = entries(db, replace(query, copies=False), Find.EVENTS, limit, cursor)
    return list(events_told_by(db, ids)), onward


def _after(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    day, _, rest = cursor.partition(":")
    key, _, id_ = rest.rpartition(":")
    if not (day.isdecimal() and id_.isdecimal() and key and len(cursor) < 120):
        raise QueryError("cursor", f"{cursor[:40]!r} is none that a list gave")
    if int(id_) // DAY != int(day):
        raise QueryError("cursor", f"{cursor[:40]!r} is none that a list gave")
    return int(day), key, int(id_)


# --- in order


def _in_order(db: sqlite3.Connection, matches: Matches, after: Place | None, wanted: int) -> Iterator[Place]:
    """All matches behind a place, as (day, key of the report, id); so many are wanted, or some more."""
    first = 0
    if after is not None:
        yield from (place for place in _of_day(db, matches, after[0], after) if place > after)
        first = (after[0] + 1) * DAY
    size = 20 + 3 * wanted // 2  # the last day of a batch is put off, and copies are passed over
    while batch := matches.oldest(first, count=size):
        last = batch[-1] // DAY
        whole = batch if len(batch) < size else [id_ for id_ in batch if id_ // DAY < last]
        if whole:
            yield from _placed(db, whole)
            first = (whole[-1] // DAY + 1) * DAY
        else:
            yield from _of_day(db, matches, last, None)
            first = (last + 1) * DAY
        size = BATCH


def _of_day(db: sqlite3.Connection, matches: Matches, day: int, after: Place | None) -> Iterable[Place]:
    found = matches.oldest(day * DAY, (day + 1) * DAY - 1, LONG_DAY + 1)
    return _placed(db, found) if len(found) <= LONG_DAY else _walked(db, matches, day, after)


def _placed(db: sqlite3.Connection, ids: Sequence[int]) -> list[Place]:
    rows = db.execute("SELECT e.id, r.key FROM json_each(?) j CROSS JOIN entries e ON e.id = j.value"
                      " JOIN reports r ON r.id = e.report", (json.dumps(ids),))  # fmt: skip
    return sorted((id_ // DAY, key, id_) for id_, key in rows)


def _walked(db: sqlite3.Connection, matches: Matches, day: int, after: Place | None) -> Iterator[Place]:
    """The matches of a day that has very many, such as all entries without a day: report after report."""
    rows = db.execute(
        "SELECT r.key, e.id FROM reports r CROSS JOIN entries e ON e.report = r.id AND e.kind = ?"
        " WHERE r.key >= ? AND e.id BETWEEN ? AND ? ORDER BY r.key, e.id",
        (matches.selection.kind, after[1] if after else "", day * DAY, (day + 1) * DAY - 1))  # fmt: skip
    for key, id_ in rows:
        if matches.has(id_):
            yield day, key, id_


def _spoken(
    db: sqlite3.Connection, matches: Matches, after: Place | None, once: bool, wanted: int
) -> Iterator[Place]:
    """Those of the matches that speak for all that tell the same, in order."""
    places = _in_order(db, matches, after, wanted)
    if not once:
        yield from places
        return
    size = 10 + 3 * wanted // 2
    while chunk := list(islice(places, size)):
        speakers = _speakers(db, matches, [id_ for *_, id_ in chunk])
        yield from (place for place in chunk if place[2] in speakers)
        size = BATCH


def _speakers(db: sqlite3.Connection, matches: Matches, ids: Sequence[int]) -> set[int]:
    """Those of some entries that stand before all others that match and tell the same."""
    table, group, order = GROUPS[matches.selection.kind]
    groups = [row[0] for row in db.execute(
        f"SELECT DISTINCT {group} FROM {table} x WHERE x.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))]  # fmt: skip
    asked = (json.dumps(sorted(groups)),)
    alone = {row[0] for row in db.execute(
        f"SELECT min(x.id) FROM {table} x WHERE {group} IN (SELECT value FROM json_each(?)) GROUP BY {group}"
        " HAVING count(*) = 1", asked)}  # fmt: skip
    wanted = set(ids)
    crowded = sorted({row[0] for row in db.execute(
        f"SELECT {group} FROM {table} x WHERE x.id IN (SELECT value FROM json_each(?))",
        (json.dumps([id_ for id_ in ids if id_ not in alone]),))})  # fmt: skip
    rows = db.execute(
        f"SELECT {group}, x.id FROM json_each(?) j CROSS JOIN {table} x ON {group} = j.value JOIN entries e ON e.id = x.id"
        f" JOIN reports r ON r.id = e.report ORDER BY {group}, {order}", (json.dumps(crowded),))  # fmt: skip
    first: dict[object, int] = {}
    for told, id_ in rows:
        if told not in first and (id_ in wanted or matches.has(id_)):
            first[told] = id_
    return (alone & wanted) | (set(first.values()) & wanted)


# --- reports


def reports(db: sqlite3.Connection, query: Query, limit: int, cursor: str | None) -> tuple[list[ReportEntry], str | None]:
    """The next reports, in the order of their days; with filters those that hold a matching entry."""
    place = _after_report(cursor)
    if query == Query():
        found = list(islice(_reports_after(db, place), limit + 1))
    else:
        found = list(islice(_holding(db, query, place), limit + 1))
    shown = json.dumps([id_ for id_, *_ in found[:limit]])
    rows = {row[0]: row[1:] for row in db.execute(
        f"SELECT r.id, {REPORT_COLUMNS} FROM {REPORT_TABLES} WHERE r.id IN (SELECT value FROM json_each(?))", (shown,))}  # fmt: skip
    onward = f"{found[limit - 1][1] or ''}:{found[limit - 1][2]}" if len(found) > limit else None
    return [report_entry(rows[id_]) for id_, *_ in found[:limit]], onward


def _after_report(cursor: str | None) -> tuple[str | None, str] | None:
    if cursor is None:
        return None
    day, colon, key = cursor.partition(":")
    if not (colon and key and len(cursor) < 80 and len(day) in (0, 10)):
        raise QueryError("cursor", f"{cursor[:40]!r} is none that a list gave")
    return day or None, key


_Dated = tuple[int, str | None, str]


def _reports_after(db: sqlite3.Connection, place: tuple[str | None, str] | None) -> Iterator[_Dated]:
    """The ids, days and keys of all reports behind a place, those without a day last."""
    day, key = place or ("", "")
    if day is not None:
        # one day at a time: within it by key, which its index does not know
        yield from db.execute("SELECT id, day, key FROM reports WHERE day = ? AND key > ? ORDER BY key", (day, key))
        yield from db.execute("SELECT id, day, key FROM reports WHERE day > ? ORDER BY day, key", (day,))
        key = ""
    few = db.execute("SELECT count(*) FROM (SELECT 1 FROM reports WHERE day IS NULL LIMIT 2001)").fetchone()[0] <= 2_000
    undated = "day IS NULL" if few else "+day IS NULL"  # among many, the index of keys is quicker
    yield from db.execute(f"SELECT id, day, key FROM reports WHERE {undated} AND key > ? ORDER BY key", (key,))


def _holding(db: sqlite3.Connection, query: Query, place: tuple[str | None, str] | None) -> Iterator[_Dated]:
    """Those of the reports behind a place that hold a matching entry."""
    selection = select(db, query, kind_of(query))
    matches = Matches(db, selection)
    few = matches.oldest(0, count=_FEW + 1)
    if len(few) <= _FEW:
        rows = db.execute("SELECT DISTINCT r.id, r.day, r.key FROM json_each(?) j CROSS JOIN entries e ON e.id = j.value"
                          " JOIN reports r ON r.id = e.report ORDER BY r.day IS NULL, r.day, r.key", (json.dumps(few),))  # fmt: skip
        yield from (row for row in rows if place is None or _order(row[1:]) > _order(place))
        return
    if selection.kind == SENTENCE and selection.first > 2 * DAY and place is None:  # a sentence has the day of its report
        place = (date.fromordinal(selection.first // DAY - 1).isoformat(), "￿")
    reports_ = _reports_after(db, place)
    chunk = list(islice(reports_, _AT_FIRST))
    yield from _looked_through(db, matches, chunk)
    if len(chunk) < _AT_FIRST:
        return
    slots = matches.slots()
    for size in _THEN:
        chunk = list(islice(reports_, size))
        yield from _with_one_of(db, slots, chunk)
    if len(slots) < _GATHERED:  # and far between
        holding = {id_ for (id_,) in db.execute(
            "SELECT DISTINCT e.report FROM json_each(?) j CROSS JOIN entries e ON e.id = j.value",
            (json.dumps(ids_of(db, slots).tolist()),))}  # fmt: skip
        yield from (row for row in reports_ if row[0] in holding)
    while chunk := list(islice(reports_, 2_000)):
        yield from _with_one_of(db, slots, chunk)


def _looked_through(db: sqlite3.Connection, matches: Matches, reports_: Sequence[_Dated]) -> Iterator[_Dated]:
    """Those of some reports that hold a match, by a look at each of their entries."""
    told = db.execute("SELECT e.report, e.id FROM json_each(?) j CROSS JOIN entries e ON e.report = j.value AND e.kind = ?",
                      (json.dumps([id_ for id_, *_ in reports_]), matches.selection.kind)).fetchall()  # fmt: skip
    there = matches.among(np.array([id_ for _, id_ in told], np.int64))
    holding = {report for (report, _), hit in zip(told, there.tolist(), strict=True) if hit}
    return (row for row in reports_ if row[0] in holding)


def _with_one_of(db: sqlite3.Connection, slots: Numbers, reports_: Sequence[_Dated]) -> Iterator[_Dated]:
    """Those of some reports that hold an entry in one of these slots.

    The entries of a report were written together, its first sentence before all others.
    """
    rows = db.execute(f"SELECT e.report, e.id % {DAY}, (SELECT count(*) FROM entries o WHERE o.report = e.report)"
                      f" FROM json_each(?) j CROSS JOIN entries e ON e.report = j.value AND e.kind = {SENTENCE}"
                      " AND e.sentence = 0", (json.dumps([id_ for id_, *_ in reports_]),)).fetchall()  # fmt: skip
    report, first, count = np.array(rows, np.int64).reshape(-1, 3).T
    begin, end = np.searchsorted(slots, (first, first + count))
    holding = set(report[begin < end].tolist())
    return (row for row in reports_ if row[0] in holding)


def _order(place: tuple[str | None, str]) -> tuple[bool, str, str]:
    return place[0] is None, place[0] or "", place[1]


# --- corrections


def corrected(
    db: sqlite3.Connection, target: str | None, limit: int, cursor: str | None
) -> tuple[list[Correction], str | None]:
    """The next corrections, in the order in which they were made."""
    if cursor is not None and not (cursor.isdecimal() and len(cursor) < 19):
        raise QueryError("cursor", f"{cursor[:40]!r} is none that a list gave")
    last = int(cursor or 0)
    found = list(islice((c for c in corrections(db, target) if c.id > last), limit + 1))
    return found[:limit], str(found[limit - 1].id) if len(found) > limit else None


# --- actors


def ranked(db: sqlite3.Connection, query: Query) -> list[tuple[str, int]]:
    """The keys of all actors that are no classes with their numbers of reports, most first; or of those that match."""
    wanted, values = "", list[object]()
    if query != Query():
        found, values = reports_of(db, query)
        wanted = f" AND c.report IN ({found})"
    rows = db.execute(
        "SELECT a.key, count(DISTINCT c.report) AS n FROM cast_members c JOIN profiles p ON p.id = c.profile"
        f" JOIN actors a ON a.id = p.actor WHERE a.class = 0{wanted} GROUP BY a.id ORDER BY n DESC, a.key", values)  # fmt: skip
    return [(key, n) for key, n in rows]


def named(db: sqlite3.Connection, name: str) -> list[tuple[str, int]]:
    """The same of the actors with a name that holds all these words."""
    profiles = profiles_named(db, name)
    rows = db.execute(
        "SELECT a.key, count(DISTINCT c.report) AS n FROM profiles p JOIN actors a ON a.id = p.actor"
        " JOIN cast_members c ON c.profile = p.id WHERE a.class = 0 AND p.id IN (SELECT value FROM json_each(?))"
        " GROUP BY a.id ORDER BY n DESC, a.key", (json.dumps(profiles),))  # fmt: skip
    return [(key, n) for key, n in rows]


def actor_lines(db: sqlite3.Connection, keys: Sequence[str]) -> list[ActorRef]:
    """Some actors by their keys, in this order; one that is gone is left out."""
    rows = {row[0]: ActorRef(*row) for row in db.execute(
        "SELECT key, name, kind, country, code FROM actors WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),))}  # fmt: skip
    return [rows[key] for key in keys if key in rows]
