"""What the record covers: reports by source and day, lists of them by what they lack, and how often each code is told."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.errors import QueryError
from dateline.record import facets
from dateline.record.bundles import storable
from dateline.record.coverage import COUNTED, CodeCounts, Coverage, Gap, Lack, SourceCoverage, Wanted
from dateline.record.entries import ActorRef, Entry, ReportEntry, TellingEntry
from dateline.record.facets import token
from dateline.record.sqlite.postings import blocks_of, both, how_many, ids_of, less, slots_in
from dateline.record.sqlite.projecting import KIND_NAMES, STATEMENT, TELLING
from dateline.record.sqlite.rows import REPORT_COLUMNS, REPORT_TABLES, Rows, report_entry
from dateline.record.sqlite.status import gaps

#: so many of the newest tellings of a type are looked through for one of its finer codes
LOOKED = 2_000
_NAME = "coalesce(r.publisher, r.agency)"
_UNREAD, _UNDATED = "r.unread NOTNULL", "r.day ISNULL"
_UNRELIABLE = "r.day NOTNULL AND r.reliable = 0"
_COPY = "substr(r.key, 2) <> (SELECT substr(s.key, 2) FROM stories s WHERE s.id = r.story)"  # a story bears the key of its earliest
_WIRE = "r.agency NOTNULL AND r.publisher NOTNULL AND r.agency <> r.publisher"
_LACKS = {
    Lack.UNREAD: _UNREAD, Lack.UNDATED: _UNDATED, Lack.UNRELIABLE: _UNRELIABLE, Lack.COPY: _COPY, Lack.WIRE: _WIRE,
}  # fmt: skip


# --- sources


def coverage(db: sqlite3.Connection) -> Coverage:
    """Reports by source and day; takes about a second for each million reports."""
    sums = ", ".join(f"sum({_LACKS[lack]})" for lack in (Lack.UNREAD, Lack.UNRELIABLE, Lack.COPY, Lack.WIRE))
    days: dict[str | None, Counter[str]] = {}
    told: dict[str | None, list[int]] = {}
    rows = db.execute(f"SELECT {_NAME}, r.day, count(*), {sums} FROM reports r WHERE r.kind = 'report' GROUP BY 1, 2")
    for name, day, n, *lacking in rows:
        total = told.setdefault(name, [0, 0, 0, 0, 0])
        for i, more in enumerate((n, *lacking)):
            total[i] += more
        if day:
            days.setdefault(name, Counter())[day] += n
    stories = dict(db.execute(f"SELECT {_NAME}, count(DISTINCT r.story) FROM reports r WHERE r.kind = 'report' GROUP BY 1"))
    sources = [_source(name, total, stories[name], days.get(name, Counter())) for name, total in told.items()]
    return Coverage(
        reports=sum(s.reports for s in sources),
        stories=db.execute("SELECT count(DISTINCT story) FROM reports WHERE kind = 'report'").fetchone()[0],
        event_rows=db.execute("SELECT count(*) FROM reports WHERE kind = 'events'").fetchone()[0],
        sources=tuple(sorted(sources, key=lambda s: (-s.reports, s.name or ""))),
        unread=_most(db, "SELECT unread, count(*) FROM reports WHERE unread NOTNULL GROUP BY 1"),
        skipped=_most(db, "SELECT reason, count(*) FROM skips GROUP BY 1"),
        languages=_most(db, "SELECT coalesce(language, 'unknown'), count(*) FROM reports WHERE kind = 'report' GROUP BY 1"),
    )


def _source(name: str | None, told: Sequence[int], stories: int, days: Counter[str]) -> SourceCoverage:
    reports, unread, unreliable, copies, wire = told
    missing = gaps(sorted(days))
    return SourceCoverage(
        name, reports, stories, copies, wire, unread, reports - sum(days.values()), unreliable,
        tuple(sorted(days.items())), tuple(Gap(**gap) for gap in missing),
    )  # fmt: skip


def _most(db: sqlite3.Connection, sql: str) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((str(name), n) for name, n in db.execute(sql)), key=lambda r: (-r[1], r[0])))


# --- lists of reports


def listed(
    db: sqlite3.Connection, wanted: Wanted, limit: int, cursor: str | None
) -> tuple[list[ReportEntry], int, str | None]:
    """Reports in the order of days, those without a day first; how many there are, counted up to ``COUNTED``.

    The last is the cursor by which the same list goes on.
    """
    where, values = _where(wanted)
    total = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM reports r WHERE {where} LIMIT {COUNTED})", values).fetchone()[0]
    after, at = _after(cursor)
    # ids first, in the order of an index: what else is told of them is looked up for one page only
    found = db.execute(f"SELECT r.id, r.day FROM reports r WHERE {where}{after} ORDER BY r.day, r.id LIMIT ?",
                       [*values, *at, limit + 1]).fetchall()  # fmt: skip
    page = found[:limit]
    rows = db.execute(f"SELECT r.id, {REPORT_COLUMNS} FROM {REPORT_TABLES} WHERE r.id IN (SELECT value FROM json_each(?))",
                      (json.dumps([id_ for id_, _ in page]),))  # fmt: skip
    by_id = {row[0]: report_entry(row[1:]) for row in rows}
    onward = f"{page[-1][1] or ''}:{page[-1][0]}" if len(found) > limit else None
    return [by_id[id_] for id_, _ in page], total, onward


def _after(cursor: str | None) -> tuple[str, list[Any]]:
    if cursor is None:
        return "", []
    day, colon, id_ = cursor.partition(":")
    if not (colon and id_.isascii() and id_.isdecimal() and len(cursor) < 40):
        raise QueryError("cursor", f"{cursor!r} is none that a list gave")
    if not day:
        return " AND (r.day NOTNULL OR r.id > ?)", [int(id_)]
    return " AND r.day >= ? AND (r.day > ? OR r.id > ?)", [storable(day), storable(day), int(id_)]


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    parts, values = ["r.kind = 'report'"], list[Any]()
    if wanted.source == "":
        parts.append("r.publisher ISNULL AND r.agency ISNULL")
    elif wanted.source is not None:
        parts.append("(r.publisher = ? OR (r.publisher ISNULL AND r.agency = ?))")
        values += [storable(wanted.source)] * 2
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day:
            parts.append(f"r.day {sign} ?")
            values.append(day)
    if wanted.lack:
        parts.append(f"({_LACKS[wanted.lack]})")
    if wanted.reason:
        parts.append("r.unread = ?")
        values.append(storable(wanted.reason))
    return " AND ".join(parts), values


def skips(db: sqlite3.Connection, limit: int) -> list[tuple[str, str, str]]:
    """What could not be kept: where it came from, why, and when that was first seen; the newest first."""
    return db.execute("SELECT source, reason, first FROM skips ORDER BY first DESC, source, reason LIMIT ?", (limit,)).fetchall()


# --- codes


_OF_TELLINGS = {"type": facets.TYPE, "quad": facets.QUAD, "reality": facets.REALITY, "voice": facets.VOICE}
_OF_STATEMENTS = {"stance": facets.STANCE, "sourcing": facets.SOURCING, "form": facets.FORM, "act": facets.ACT}


def code_counts(db: sqlite3.Connection, asked: Sequence[tuple[str, str]]) -> CodeCounts:
    """How often each (kind, code) is told, by sets of bits: the same codes for all, whatever they are called."""
    rejected = blocks_of(db, [token(facets.JUDGED, "rejected")])
    of_kind = {kind: less(blocks_of(db, [token(facets.KIND, KIND_NAMES[kind])]), rejected) for kind in (STATEMENT, TELLING)}
    found: dict[str, dict[str, int]] = {}
    for kind, code in asked:
        facet, entries = (_OF_TELLINGS[kind], TELLING) if kind in _OF_TELLINGS else (_OF_STATEMENTS[kind], STATEMENT)
        found.setdefault(kind, {})[code] = how_many(both(blocks_of(db, [token(facet, code)]), of_kind[entries]))
    return CodeCounts(found)


def fine_counts(db: sqlite3.Connection) -> CodeCounts:
    """How often each CAMEO code is told, and how many actors have each role code; looks at all of them."""
    cameo = db.execute("SELECT cameo, count(*) FROM tellings WHERE judged IS NOT 'rejected' GROUP BY 1")
    roles: Counter[str] = Counter()
    for country, code, n in db.execute("SELECT country, code, count(*) FROM actors WHERE class = 0 AND code NOTNULL GROUP BY 1, 2"):
        if role := role_of(code, country):
            roles[role] += n
    return CodeCounts({"cameo": dict(cameo), "role": dict(roles)})


def role_of(code: str, country: str | None) -> str:
    """The role in an actor's code: what stands behind its country, or where there is none, in front.

    >>> role_of("USAGOV", "USA"), role_of("IGOUNO", None), role_of("USA", "USA")
    ('GOV', 'IGO', '')
    """
    rest = code[3:] if country and code.startswith(country) else code
    return rest[:3]


def coded(db: sqlite3.Connection, type_: str, cameo: str, limit: int) -> list[TellingEntry]:
    """Some tellings of a CAMEO code, the newest first, among the newest of its type."""
    held = both(blocks_of(db, [token(facets.TYPE, type_)]), blocks_of(db, [token(facets.KIND, KIND_NAMES[TELLING])]))
    ids = ids_of(db, slots_in(held))
    if len(ids) > LOOKED:
        ids = np.partition(ids, len(ids) - LOOKED)[-LOOKED:]
    rows = db.execute("SELECT t.id FROM json_each(?) j JOIN tellings t ON t.id = j.value"
                      " WHERE t.cameo = ? AND t.judged IS NOT 'rejected' ORDER BY 1 DESC LIMIT ?",
                      (json.dumps(ids.tolist()), storable(cameo), limit))  # fmt: skip
    return Rows(db).tellings([row[0] for row in rows])


def of_role(db: sqlite3.Connection, role: str, limit: int) -> list[ActorRef]:
    """Some actors with a role code, by name."""
    rows = db.execute("SELECT key, name, kind, country, code FROM actors WHERE class = 0 AND ((country NOTNULL AND code ="
                      " country || ?1) OR code = ?1 OR (country ISNULL AND code LIKE ?1 || '%')) ORDER BY id LIMIT ?2",
                      (storable(role), limit))  # fmt: skip
    return sorted((ActorRef(*row) for row in rows), key=lambda a: (a.name, a.key))


# --- entries by their keys


def entries(db: sqlite3.Connection, keys: Sequence[tuple[str, int | None]]) -> dict[tuple[str, int | None], Entry]:
    """Statements and tellings by key, sentences by the key of their report and an offset; those that are there."""
    rows, found = Rows(db), dict[tuple[str, int | None], Entry]()
    wanted = json.dumps([storable(key) for key, at in keys if at is None])
    for kind, table in ((STATEMENT, "statements"), (TELLING, "tellings")):
        ids = db.execute(f"SELECT min(id) FROM {table} WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key", (wanted,))
        found |= {(one.key, None): one for one in rows.of(kind, [row[0] for row in ids])}
    for key, at in keys:
        if at is not None and (id_ := _sentence(db, key, at)) is not None:
            found[key, at] = rows.sentences([id_])[0]
    return found


def _sentence(db: sqlite3.Connection, report: str, at: int) -> int | None:
    row = db.execute(
        "SELECT e.id FROM reports r JOIN sentences s ON s.report = r.id JOIN entries e ON e.report = r.id AND e.kind = 1"
        ' AND e.sentence = s.n WHERE r.key = ? AND s."start" <= ? AND s."end" > ? LIMIT 1', (storable(report), at, at)).fetchone()  # fmt: skip
    return row[0] if row else None


def entry(db: sqlite3.Connection, key: str, at: int | None) -> Entry:
    """One of ``entries``; raises ``QueryError`` where it is not there."""
    found = entries(db, [(key, at)]).get((key, at))
    if found is None:
        raise QueryError({"s": "statement", "e": "event"}.get(key[:1], "report"), f"no entry {key!r} in the record")
    return found
