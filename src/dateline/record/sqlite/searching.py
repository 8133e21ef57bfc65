"""Search: the newest matches are fetched in windows and ranked within, so that no search is slow.

The index gives matches in the order of days. A window of them, the newest first, is ranked by how well each
sentence answers; the next page goes on in the window, then in the next one. Without words, the order is that of days.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from dateline.errors import QueryError
from dateline.record.drafts import squeezed
from dateline.record.entries import Hit, Hits
from dateline.record.query import Query
from dateline.record.sqlite.projecting import SENTENCE, STATEMENT, TELLING
from dateline.record.sqlite.rows import Rows
from dateline.record.sqlite.selecting import Selection, kind_of, select

#: Matches that are ranked together.
WINDOW = 300
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Match:
    id: int
    report: int
    sentence: int
    group: str
    copies: int
    score: float = 0.0


def search(db: sqlite3.Connection, query: Query, limit: int, cursor: str | None) -> Hits:
    """The best matches; ``total`` is exact where all matches fit one window."""
    selection = select(db, query, kind_of(query))
    last, skip = _position(cursor, selection)
    found, more = _window(db, selection, last)
    kept = found if query.copies else _once(db, selection, found)
    rows = Rows(db)
    if query.words:
        kept = _ranked(rows, kept, query.words)
    page = kept[skip : skip + limit]
    entries = {entry.id: entry for entry in rows.of(selection.kind, [m.id for m in page])}
    hits = [Hit(entries[m.id], *rows.neighbours(m.report, m.sentence), m.score, m.copies) for m in page if m.id in entries]
    onward = None
    if skip + limit < len(kept):
        onward = f"{last}:{skip + limit}"
    elif more:
        onward = f"{found[-1].id - 1}:0"
    exact = not more and cursor is None
    return Hits(tuple(hits), len(kept), onward is not None, exact, onward)


def _position(cursor: str | None, selection: Selection) -> tuple[int, int]:
    if cursor is None:
        return selection.last, 0
    last, _, skip = cursor.partition(":")
    if not (last.isdecimal() and skip.isdecimal() and len(cursor) < 40):
        raise QueryError("cursor", f"{cursor!r} is none that a search gave")
    return min(int(last), selection.last), int(skip)


#: what entries of each kind that tell the same share, and whether they have a day
_GROUP = {
    SENTENCE: ("", "''", "r.day NOTNULL"),
    STATEMENT: ("JOIN statements x ON x.id = e.id", "x.distinct_key", "(x.day NOTNULL OR r.day NOTNULL)"),
    TELLING: ("JOIN tellings x ON x.id = e.id", "x.event", "x.day NOTNULL"),
}


def _window(db: sqlite3.Connection, selection: Selection, last: int) -> tuple[list[_Match], bool]:
    """The newest matches not after ``last``, and whether there are more."""
    join, group, has_day = _GROUP[selection.kind]
    dated = f"AND {has_day}" if selection.dated else ""
    rest = f"JOIN reports r ON r.id = e.report {join}"
    if selection.is_everything:
        sql = (f"SELECT e.id, e.report, e.sentence, {group} FROM entries e {rest} WHERE e.kind = ? AND e.id BETWEEN ? AND ?"
               f" {dated} ORDER BY e.id DESC LIMIT {WINDOW + 1}")  # fmt: skip
        rows = db.execute(sql, (selection.kind, selection.first, last))
    else:
        sql = (f"SELECT e.id, e.report, e.sentence, {group} FROM search s CROSS JOIN entries e ON e.id = s.rowid {rest}"
               f" WHERE search MATCH ? AND s.rowid BETWEEN ? AND ? {dated} ORDER BY s.rowid DESC LIMIT {WINDOW + 1}")  # fmt: skip
        rows = db.execute(sql, (selection.match, selection.first, last))
    found = [_Match(id_, report, sentence, str(told), 0) for id_, report, sentence, told in rows]
    return found[:WINDOW], len(found) > WINDOW


def _once(db: sqlite3.Connection, selection: Selection, found: list[_Match]) -> list[_Match]:
    """One match for each distinct thing: the one that speaks for all that match, wherever it stands among them."""
    if selection.kind == SENTENCE:
        return _sentences_once(db, found)
    kept = []
    seen: set[str] = set()
    for match in found:
        if match.group in seen:
            continue
        seen.add(match.group)
        first, copies = _speaker(db, selection, match)
        if first == match.id:
            kept.append(_Match(match.id, match.report, match.sentence, match.group, copies))
        elif any(m.id == first for m in found):
            other = next(m for m in found if m.id == first)
            kept.append(_Match(other.id, other.report, other.sentence, other.group, copies))
    return kept


_MEMBERS = {
    STATEMENT: ("SELECT x.id FROM statements x JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report"
                " WHERE x.distinct_key = ? ORDER BY x.key <> x.distinct_key, r.day IS NULL, r.day, r.key, x.key"),
    TELLING: ("SELECT x.id FROM tellings x JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report"
              " WHERE x.event = ? ORDER BY r.day IS NULL, r.day, r.key, x.key"),
}  # fmt: skip
#: an event told more often than this is not looked through to the end
MOST_TOLD = 200


def _speaker(db: sqlite3.Connection, selection: Selection, match: _Match) -> tuple[int, int]:
    """The entry that speaks for all that match and tell the same, and how many others there are."""
    members = [row[0] for row in db.execute(_MEMBERS[selection.kind] + f" LIMIT {MOST_TOLD}", (match.group,))]
    if len(members) == 1:
        return match.id, 0
    for member in members:
        if member == match.id or _matches(db, selection, member):
            return member, len(members) - 1
    return match.id, len(members) - 1


def _matches(db: sqlite3.Connection, selection: Selection, id_: int) -> bool:
    if not selection.first <= id_ <= selection.last:
        return False
    if selection.is_everything:
        return True
    row = db.execute("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (selection.match, id_)).fetchone()
    return row is not None


def _sentences_once(db: sqlite3.Connection, found: list[_Match]) -> list[_Match]:
    """One sentence of those that the copies of a story share word for word: the earliest."""
    rows = Rows(db)
    groups: dict[tuple[str | None, str], list[_Match]] = {}
    lines = {entry.id: entry for entry in rows.sentences([m.id for m in found])}
    for match in found:
        entry = lines[match.id]
        groups.setdefault((entry.report.story, squeezed(entry.text)), []).append(match)
    order = {m.id: n for n, m in enumerate(found)}
    kept = []
    for members in groups.values():
        first = min(members, key=lambda m: (lines[m.id].report.day or "9", lines[m.id].report.key, m.sentence))
        kept.append(_Match(first.id, first.report, first.sentence, "", len(members) - 1))
    return sorted(kept, key=lambda m: order[m.id])


# --- ranking


def _ranked(rows: Rows, found: list[_Match], words: str) -> list[_Match]:
    """Matches by how well their sentence answers: the words asked for, close together, early in the report, dense."""
    wanted = [w.casefold() for w in _WORD.findall(words) if w != "OR"]
    lines = {entry.id: entry.text for entry in rows.sentences([m.id for m in found])}
    scored = [_Match(m.id, m.report, m.sentence, m.group, m.copies, score(lines.get(m.id, ""), wanted, m.sentence))
              for m in found]  # fmt: skip
    return sorted(scored, key=lambda m: (-m.score, -m.id))


def score(line: str, wanted: list[str], sentence: int) -> float:
    """How well a sentence answers, above 0: words found, their closeness and density, and its place in the report.

    >>> wanted = ["grain", "ships"]
    >>> score("Grain ships sailed.", wanted, 0) > score("Ships with much grain sailed.", wanted, 0)
    True
    """
    words = [w.casefold() for w in _WORD.findall(line)]
    at = [(i, w) for i, word in enumerate(words) for w in wanted if _is_form(word, w)]
    if not at:
        return 0.1 / (1 + sentence)
    found = len({w for _, w in at})
    gaps = sum(b - a for (a, _), (b, _) in pairwise(at)) / max(1, len(at) - 1)
    closeness = found / len(wanted) / max(1.0, gaps)
    density = len(at) / sqrt(len(words))
    return round(found / len(wanted) + 0.5 * closeness + 0.5 * density + 0.2 / (1 + sentence), 4)


def _is_form(word: str, wanted: str) -> bool:
    """Whether a word is the wanted one or looks like another form of it ("denied" for "deny")."""
    if word == wanted:
        return True
    stem = wanted[: max(4, len(wanted) - 2)]
    return len(wanted) > 3 and word.startswith(stem) and abs(len(word) - len(wanted)) < 4
