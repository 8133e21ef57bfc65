"""What one side of a relation has said of the other: its statements, and the events told inside them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from dateline.record import facets
from dateline.record.entries import StatementEntry, TellingEntry
from dateline.record.facets import token
from dateline.record.sqlite.matches import Matches
from dateline.record.sqlite.projecting import SENTENCE, STATEMENT, TELLING
from dateline.record.sqlite.rows import Rows, chunks
from dateline.record.sqlite.selecting import Selection
from dateline.record.sqlite.sides import Side, profiles_of

Spoken = tuple[StatementEntry, tuple[TellingEntry, ...]]


def spoken(db: sqlite3.Connection, a: Side, b: Side, first: str | None, last: str | None) -> list[Spoken]:
    """Statements whose speaker is of side ``a`` and that speak of side ``b``, each with the events told inside it.

    Each statement of a story once, on a reliable day, in the order of days. It speaks of ``b`` where an actor of that
    side is named or meant in one of its sentences, or addressed.
    """
    of_b = profiles_of(db, b)
    told = _told_by(db, profiles_of(db, a), of_b, (first or "0000", last or "9999-99"))
    mentions = _sentences_with(db, of_b)
    lines = lines_of(db, {report for _, report, *_ in told})
    addressed = set(of_b)
    ids = [id_ for id_, report, sentence, content, addressee in told
           if addressee in addressed or within(lines[report], sentence, json.loads(content)) & mentions]  # fmt: skip
    rows = Rows(db)
    found = [entry for chunk in chunks(ids) for entry in rows.statements(chunk)]
    events = inside(db, rows, ids)
    return [(entry, tuple(events[entry.id])) for entry in found]


_Row = tuple[int, int, int, str, int | None]


def _told_by(db: sqlite3.Connection, speakers: Sequence[int], of_b: Sequence[int], days: tuple[str, str]) -> list[_Row]:
    """Statements by these speakers in reports in which the other side has a part, the first of each story."""
    rows = db.execute(
        "SELECT s.id, e.report, e.sentence, s.content, s.addressee, coalesce(s.day, r.day) AS told, s.distinct_key"
        " FROM statements s JOIN entries e ON e.id = s.id JOIN reports r ON r.id = e.report"
        " WHERE s.speaker IN (SELECT value FROM json_each(?)) AND s.judged IS NOT 'rejected' AND r.reliable = 1"
        " AND e.report IN (SELECT report FROM cast_members WHERE profile IN (SELECT value FROM json_each(?)))"
        " AND told BETWEEN ? AND ?"
        " ORDER BY told, s.key <> s.distinct_key, r.day IS NULL, r.day, r.key, s.key",
        (json.dumps(speakers), json.dumps(of_b), *days))  # fmt: skip
    found: dict[str, _Row] = {}
    for *row, _, distinct in rows:
        found.setdefault(distinct, tuple(row))
    return list(found.values())


def _sentences_with(db: sqlite3.Connection, profiles: Sequence[int]) -> set[int]:
    """The sentences, by their entry, in which one of these actors is named or meant."""
    if not profiles:
        return set()
    asked = (tuple(token(facets.ANY_PROFILE, profile) for profile in profiles),)
    return set(Matches(db, Selection(SENTENCE, facets=asked)).ids().tolist())


Line = tuple[int, int, int, int]


def lines_of(db: sqlite3.Connection, reports: set[int]) -> dict[int, list[Line]]:
    """For each report its sentences: number, start, end, and entry."""
    found: dict[int, list[Line]] = defaultdict(list)
    rows = db.execute(
        'SELECT e.report, s.n, s."start", s."end", e.id FROM sentences s'
        " JOIN entries e ON e.report = s.report AND e.kind = ? AND e.sentence = s.n"
        " WHERE s.report IN (SELECT value FROM json_each(?)) ORDER BY e.report, s.n",
        (SENTENCE, json.dumps(sorted(reports))))  # fmt: skip
    for report, *line in rows:
        found[report].append((line[0], line[1], line[2], line[3]))
    return found


def within(lines: Sequence[Line], sentence: int, content: Sequence[Sequence[int]]) -> set[int]:
    """The sentences over which a statement runs."""
    return {id_ for n, start, end, id_ in lines if n == sentence or any(a < end and start < b for a, b in content)}


def inside(db: sqlite3.Connection, rows: Rows, ids: Sequence[int]) -> dict[int, list[TellingEntry]]:
    """For each statement the events told inside it."""
    pairs = db.execute(
        "SELECT s.id, t.id FROM statements s JOIN entries e ON e.id = s.id"
        " JOIN entries o ON o.report = e.report AND o.kind = ? JOIN tellings t ON t.id = o.id AND t.said_by = s.local"
        " WHERE s.id IN (SELECT value FROM json_each(?)) AND e.kind = ? AND t.judged IS NOT 'rejected' ORDER BY s.id, t.key",
        (TELLING, json.dumps(ids), STATEMENT)).fetchall()  # fmt: skip
    entries = {t.id: t for chunk in chunks([telling for _, telling in pairs]) for t in rows.tellings(chunk)}
    found: dict[int, list[TellingEntry]] = defaultdict(list)
    for statement, telling in pairs:
        found[statement].append(entries[telling])
    return found
