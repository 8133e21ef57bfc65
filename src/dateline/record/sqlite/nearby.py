"""Statements near some words, and a sample of all: what claims are looked for among, where the record is large."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from dateline.record import facets
from dateline.record.entries import StatementEntry, TellingEntry
from dateline.record.facets import token
from dateline.record.query import Find, Query
from dateline.record.sqlite.matches import Matches
from dateline.record.sqlite.projecting import SENTENCE, STATEMENT
from dateline.record.sqlite.rows import Rows, chunks
from dateline.record.sqlite.selecting import LAST, Selection, select
from dateline.record.sqlite.spoken import inside, lines_of, within

#: sentences looked at together, and how often at most
_WINDOW, _WINDOWS = 40, 4
_NOT_REJECTED = "s.judged IS NOT 'rejected'"


def saying(db: sqlite3.Connection, asked: Sequence[str], most: int) -> tuple[list[StatementEntry], bool]:
    """The statements in one of whose sentences all words of a question stand, and the denials and doubts beside them.

    A question that more than ``most`` sentences answer is passed over; the second value says that none was.
    """
    lines: set[int] = set()
    whole = True
    for words in dict.fromkeys(asked):
        found = Matches(db, select(db, Query(words=words), Find.SENTENCES)).ids()
        whole &= len(found) <= most
        lines.update(found.tolist() if len(found) <= most else ())
    return _entries(db, _over(db, lines)), whole


def mentioning(db: sqlite3.Connection, actor: str, limit: int) -> list[StatementEntry]:
    """The newest statements by others in whose sentences an actor, by its key, is named or meant; newest first."""
    profiles = [row[0] for row in db.execute("SELECT p.id FROM actors a JOIN profiles p ON p.actor = a.id WHERE a.key = ?",
                                             (actor,))]  # fmt: skip
    if not profiles:
        return []
    asked = (tuple(token(facets.ANY_PROFILE, profile) for profile in profiles),)
    matches = Matches(db, Selection(SENTENCE, facets=asked))
    found: list[StatementEntry] = []
    last = LAST
    for _ in range(_WINDOWS):
        newest = matches.newest(last, _WINDOW)
        told = _entries(db, _over(db, set(newest), answers=False))
        found += [s for s in reversed(told) if not (s.speaker and s.speaker.key == actor) and s.copies <= 1]
        if len(found) >= limit or len(newest) < _WINDOW:
            break
        last = newest[-1] - 1
    return list({s.key: s for s in found}.values())[:limit]


def _over(db: sqlite3.Connection, lines: set[int], answers: bool = True) -> list[int]:
    """The statements that run over these sentences; "denied the charge" is told of by the sentences beside it."""
    reports = {row[0] for some in chunks(sorted(lines)) for row in db.execute(
        "SELECT DISTINCT report FROM entries WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(some),))}  # fmt: skip
    there = lines_of(db, reports)
    found: dict[int, list[int]] = {}
    beside: dict[int, list[int]] = {}
    rows = db.execute(
        "SELECT s.id, e.report, e.sentence, s.content, s.stance IN ('denies', 'doubts') FROM entries e"
        f" JOIN statements s ON s.id = e.id WHERE e.kind = {STATEMENT} AND {_NOT_REJECTED}"
        " AND e.report IN (SELECT value FROM json_each(?)) ORDER BY s.id", (json.dumps(sorted(reports)),))  # fmt: skip
    for id_, report, sentence, content, is_answer in rows:
        if within(there[report], sentence, json.loads(content)) & lines:
            found.setdefault(report, []).append(id_)
        elif is_answer and answers:
            beside.setdefault(report, []).append(id_)
    return sorted(id_ for report, ids in found.items() for id_ in (*ids, *beside.get(report, ())))


def sample(db: sqlite3.Connection, most: int) -> tuple[list[StatementEntry], int]:
    """At most so many statements, evenly over all days, and how many statements there are."""
    (total,) = db.execute(f"SELECT count(*) FROM statements s WHERE {_NOT_REJECTED}").fetchone()
    if not most:
        return [], total
    each = max(1, -(-total // most))
    rows = db.execute("SELECT id FROM (SELECT s.id AS id, row_number() OVER (ORDER BY s.id) AS n FROM statements s"
                      f" WHERE {_NOT_REJECTED}) WHERE n % ? = 0", (each,))  # fmt: skip
    return _entries(db, [row[0] for row in rows]), total


def with_keys(db: sqlite3.Connection, keys: Iterable[str]) -> list[StatementEntry]:
    """The statements with these keys, in the order of days."""
    rows = db.execute(f"SELECT s.id FROM statements s WHERE s.key IN (SELECT value FROM json_each(?)) AND {_NOT_REJECTED}"
                      " ORDER BY s.id", (json.dumps(sorted(keys)),))  # fmt: skip
    return _entries(db, [row[0] for row in rows])


def _entries(db: sqlite3.Connection, ids: Sequence[int]) -> list[StatementEntry]:
    rows = Rows(db)
    return [entry for some in chunks(ids) for entry in rows.statements(some)]


def told_inside(db: sqlite3.Connection, statements: Sequence[StatementEntry]) -> dict[str, tuple[TellingEntry, ...]]:
    """For each statement, by its key, the events told inside it."""
    keys = {s.id: s.key for s in statements}
    rows = Rows(db)
    found: dict[str, tuple[TellingEntry, ...]] = {}
    for some in chunks(sorted(keys)):
        found |= {keys[id_]: tuple(events) for id_, events in inside(db, rows, some).items()}
    return found
