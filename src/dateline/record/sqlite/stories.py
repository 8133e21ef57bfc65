"""Stories in the record: candidates by shared shingles, verified pairs, and what hangs together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from dateline.model import Span
from dateline.record.profiles import Copied, Kit, StoryMember
from dateline.record.sqlite.projecting import Touched

#: At most so many candidates are compared with the text of a new report: those that share most.
LOOKED_AT = 50


def link(db: sqlite3.Connection, kit: Kit, report: int, signature: Sequence[int], touched: Touched) -> None:
    """Keep a report's signature, and its verified pairs with the reports before it."""
    _pair(db, kit, report, signature)
    db.executemany("INSERT OR IGNORE INTO shingles (hash, report) VALUES (?, ?)", [(h, report) for h in signature])
    db.execute("UPDATE reports SET signed = ? WHERE id = ?", (len(signature), report))
    touched.reports.add(report)


def relink(db: sqlite3.Connection, kit: Kit, report: int, touched: Touched) -> None:
    """The pairs of a report anew, because its day is another: the days between two count in the verdict."""
    db.execute("DELETE FROM copies WHERE a = ? OR b = ?", (report, report))
    _pair(db, kit, report, _signature(db, report))
    touched.reports.add(report)


def unlink(db: sqlite3.Connection, report: int) -> None:
    """Forget a report's signature and pairs, before it gets others."""
    db.execute("DELETE FROM shingles WHERE report = ?", (report,))
    db.execute("DELETE FROM copies WHERE a = ? OR b = ?", (report, report))


_SHARED = """
    WITH shared AS (
        SELECT report, count(*) AS n FROM shingles WHERE hash IN (SELECT value FROM json_each(?1)) GROUP BY report
    )
    SELECT r.id, n, r.signed, CASE WHEN r.reliable THEN r.day END FROM shared JOIN reports r ON r.id = report
    WHERE n > 1 OR r.signed <= 2 OR ?2 <= 2 ORDER BY n DESC, r.key
"""


def _pair(db: sqlite3.Connection, kit: Kit, report: int, signature: Sequence[int]) -> None:
    if not signature:
        return
    text, furniture, day = _text(db, report)
    for other in _candidates(db, kit, report, signature, day):
        theirs, their_furniture, their_day = _text(db, other)
        pair = kit.compare(theirs, their_furniture, text, furniture, days_apart(their_day, day))
        if pair.same:
            told = (round(pair.contained, 4), round(pair.jaccard, 4), pair.why)
            db.execute("INSERT OR REPLACE INTO copies (a, b, contained, jaccard, why) VALUES (?, ?, ?, ?, ?)",
                       (min(report, other), max(report, other), *told))  # fmt: skip


def _candidates(db: sqlite3.Connection, kit: Kit, own: int, signature: Sequence[int], day: str | None) -> list[int]:
    """The reports that share enough of a signature to be worth a look, those that share most first."""
    size = len(signature)
    rows = db.execute(_SHARED, (json.dumps(signature), size))
    found = [other for other, shared, theirs, their_day in rows
             if other != own and shared >= kit.needed(size, theirs, days_apart(their_day, day))]  # fmt: skip
    return found[:LOOKED_AT]


def _text(db: sqlite3.Connection, report: int) -> tuple[str, list[Span], str | None]:
    """The text of a report, its furniture, and its day where that is reliable."""
    text, furniture, day = db.execute(
        "SELECT v.text, v.furniture, CASE WHEN r.reliable THEN r.day END FROM reports r"
        " JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.id = ?", (report,)).fetchone()  # fmt: skip
    return text, [Span(*s) for s in json.loads(furniture)], day


def days_apart(a: str | None, b: str | None) -> int | None:
    """How many days lie between two days; ``None`` where one is unknown."""
    if not a or not b:
        return None
    return abs(date.fromisoformat(a).toordinal() - date.fromisoformat(b).toordinal())


# --- what hangs together


def renew_stories(db: sqlite3.Connection, kit: Kit, touched: Touched) -> None:
    """The stories of the reports touched, and of all that hang or hung together with them.

    A story is a connected component of verified pairs: it does not depend on the order in which reports came.
    Reports whose story has changed are touched as well: what they tell is counted anew.
    """
    left = _concerned(db, touched.reports)
    while left:
        component = _component(db, min(left))
        left -= component
        _make_story(db, kit, component, touched)


def _concerned(db: sqlite3.Connection, reports: set[int]) -> set[int]:
    """The reports, and all that were in one story with one of them."""
    rows = db.execute(
        "SELECT o.id FROM reports r JOIN reports o ON o.story = r.story"
        " WHERE r.story IS NOT NULL AND r.id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(reports)),))  # fmt: skip
    return reports | {row[0] for row in rows}


def _component(db: sqlite3.Connection, start: int) -> set[int]:
    found, edge = {start}, [start]
    while edge:
        at = edge.pop()
        beside = db.execute("SELECT b FROM copies WHERE a = ? UNION SELECT a FROM copies WHERE b = ?", (at, at))
        for (other,) in beside.fetchall():
            if other not in found:
                found.add(other)
                edge.append(other)
    return found


def _make_story(db: sqlite3.Connection, kit: Kit, members: set[int], touched: Touched) -> None:
    """One story for these reports, named after the earliest known."""
    ids = json.dumps(sorted(members))
    rows = db.execute("SELECT id, key, day, agency, story FROM reports WHERE id IN (SELECT value FROM json_each(?))",
                      (ids,)).fetchall()  # fmt: skip
    if len(members) == 1:
        earliest, credit = rows[0][1], rows[0][3]
    else:
        order, credit = kit.order(story_members(db, sorted(members)))
        earliest = order[0].key
    key = "t" + earliest[1:]
    known = db.execute("SELECT id, credit FROM stories WHERE key = ?", (key,)).fetchone()
    if known is None:
        story = db.execute("INSERT INTO stories (key, credit) VALUES (?, ?)", (key, credit)).lastrowid
    else:
        story = known[0]
        if known[1] != credit:
            db.execute("UPDATE stories SET credit = ? WHERE id = ?", (credit, story))
    for id_, *_, before in rows:
        if before != story:
            db.execute("UPDATE reports SET story = ? WHERE id = ?", (story, id_))
            touched.reports.add(id_)
            if before is not None:
                db.execute("DELETE FROM stories WHERE id = ? AND NOT EXISTS"
                           " (SELECT 1 FROM reports WHERE story = ?)", (before, before))  # fmt: skip


def story_members(db: sqlite3.Connection, reports: list[int]) -> list[StoryMember]:
    """The reports as the order of copying needs them."""
    rows = db.execute(
        "SELECT r.id, r.key, CASE WHEN r.reliable THEN r.day END, r.agency, r.publisher, v.text FROM reports r"
        " JOIN versions v ON v.report = r.id AND v.number = r.version"
        " WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.key", (json.dumps(reports),)).fetchall()  # fmt: skip
    return [StoryMember(key, day, agency, publisher, len(text.split()), _signature(db, id_))
            for id_, key, day, agency, publisher, text in rows]  # fmt: skip


def _signature(db: sqlite3.Connection, report: int) -> tuple[int, ...]:
    return tuple(r[0] for r in db.execute("SELECT hash FROM shingles WHERE report = ? ORDER BY hash", (report,)))


def order_in(db: sqlite3.Connection, kit: Kit, story: int) -> tuple[list[Copied], str | None]:
    """The reports of a story in their order of copying, and its wire credit."""
    members = [r[0] for r in db.execute("SELECT id FROM reports WHERE story = ? ORDER BY id", (story,))]
    order, credit = kit.order(story_members(db, members))
    return list(order), credit
