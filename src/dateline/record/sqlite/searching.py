"""Search: the newest matches are fetched in windows and ranked within, so that no search is slow.

The index gives matches in the order of days. A window of them, the newest first, is ranked by how well each
sentence answers; the next page goes on in the window, then in the next one. Without words, the order is that of days.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

from dateline.errors import QueryError
from dateline.record.drafts import squeezed
from dateline.record.entries import Hit, Hits
from dateline.record.query import Query
from dateline.record.sqlite.matches import GROUPS, Matches
from dateline.record.sqlite.postings import DAY
from dateline.record.sqlite.projecting import SENTENCE, STATEMENT, TELLING
from dateline.record.sqlite.rows import Rows
from dateline.record.sqlite.selecting import Selection, kind_of, select

#: Matches that are ranked together.
WINDOW = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Match:
    id: int
    report: int
    key: str
    sentence: int
    group: str
    copies: int
    score: float = 0.0


def search(db: sqlite3.Connection, query: Query, limit: int, cursor: str | None) -> Hits:
    """The best matches; ``total`` is exact where all matches fit one window."""
    selection = select(db, query, kind_of(query))
    last, skip = _position(cursor, selection)
    matches = Matches(db, selection)
    newest = matches.newest(last, WINDOW + 1)
    found, more = _fetched(db, selection.kind, newest[:WINDOW]), len(newest) > WINDOW
    rows = Rows(db)
    kept = found if query.copies else _once(rows, matches, found)
    if query.words:
        kept = _ranked(rows, kept, query.words)
    page = kept[skip : skip + limit]
    entries = {entry.id: entry for entry in rows.of(selection.kind, [m.id for m in page])}
    hits = [Hit(entries[m.id], *rows.neighbours(m.report, m.sentence), m.score, m.copies) for m in page if m.id in entries]
    onward = None
    if skip + limit < len(kept):
        onward = f"{last}:{skip + limit}"
    elif more:
        onward = f"{newest[WINDOW - 1] - 1}:0"
    exact = not more and cursor is None
    return Hits(tuple(hits), len(kept), onward is not None, exact, onward)


def _position(cursor: str | None, selection: Selection) -> tuple[int, int]:
    if cursor is None:
        return selection.last, 0
    last, _, skip = cursor.partition(":")
    if not (last.isdecimal() and skip.isdecimal() and len(cursor) < 40):
        raise QueryError("cursor", f"{cursor!r} is none that a search gave")
    return min(int(last), selection.last), int(skip)


#: what entries of each kind that tell the same share
_GROUP = {
    SENTENCE: ("", "''"),
    STATEMENT: ("JOIN statements x ON x.id = e.id", "x.distinct_key"),
    TELLING: ("JOIN tellings x ON x.id = e.id", "x.event"),
}


def _fetched(db: sqlite3.Connection, kind: int, ids: list[int]) -> list[_Match]:
    join, group = _GROUP[kind]
    rows = db.execute(
        f"SELECT e.id, e.report, r.key, e.sentence, {group} FROM entries e JOIN reports r ON r.id = e.report {join}"
        " WHERE e.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))  # fmt: skip
    found = [_Match(id_, report, key, sentence, str(told), 0) for id_, report, key, sentence, told in rows]
    return sorted(found, key=_order)


def _order(match: _Match) -> tuple[int, str, int]:
    """The newest first; within a day by report and place in it, in whatever order the reports were added."""
    return -(match.id // DAY), match.key, match.id


def _once(rows: Rows, matches: Matches, found: list[_Match]) -> list[_Match]:
    """One match for each distinct thing: the one that speaks for all that match, wherever it stands among them."""
    if matches.selection.kind == SENTENCE:
        return _sentences_once(rows, found)
    at = {m.id: m for m in found}
    told = _told_more_than_once(rows.db, matches.selection.kind, {m.group for m in found})
    kept = []
    seen: set[str] = set()
    for match in found:
        if match.group in seen:
            continue
        seen.add(match.group)
        if match.group not in told:
            kept.append(match)
            continue
        first, copies = _speaker(rows.db, matches, match)
        if first in at:
            kept.append(replace(at[first], copies=copies))
    return kept


#: an event told more often than this is not looked through to the end
MOST_TOLD = 200


def _told_more_than_once(db: sqlite3.Connection, kind: int, groups: set[str]) -> set[str]:
    table, group, _ = GROUPS[kind]
    asked = sorted(groups) if kind == STATEMENT else sorted(map(int, groups))
    rows = db.execute(f"SELECT {group} FROM {table} x WHERE {group} IN (SELECT value FROM json_each(?))"
                      f" GROUP BY {group} HAVING count(*) > 1", (json.dumps(asked),))  # fmt: skip
    return {str(row[0]) for row in rows}


def _speaker(db: sqlite3.Connection, matches: Matches, match: _Match) -> tuple[int, int]:
    """The entry that speaks for all that match and tell the same, and how many others there are."""
    table, group, order = GROUPS[matches.selection.kind]
    rows = db.execute(f"SELECT x.id FROM {table} x JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report"
                      f" WHERE {group} = ? ORDER BY {order} LIMIT {MOST_TOLD}", (match.group,))  # fmt: skip
    members = [row[0] for row in rows]
    for member in members:
        if member == match.id or matches.has(member):
            return member, len(members) - 1
    return match.id, len(members) - 1


def _sentences_once(rows: Rows, found: list[_Match]) -> list[_Match]:
    """One sentence of those that the copies of a story share word for word: the earliest."""
    groups: dict[tuple[str | None, str], list[_Match]] = {}
    lines = {entry.id: entry for entry in rows.sentences([m.id for m in found])}
    for match in found:
        entry = lines[match.id]
        groups.setdefault((entry.report.story, squeezed(entry.text)), []).append(match)
    order = {m.id: n for n, m in enumerate(found)}
    kept = []
    for members in groups.values():
        first = min(members, key=lambda m: (lines[m.id].report.day or "9", lines[m.id].report.key, m.sentence))
        kept.append(replace(first, copies=len(members) - 1))
    return sorted(kept, key=lambda m: order[m.id])


# --- ranking


def _ranked(rows: Rows, found: list[_Match], words: str) -> list[_Match]:
    """Matches by how well their sentence answers: the words asked for, close together, early in the report, dense."""
    wanted = [w.casefold() for w in _WORD.findall(words) if w != "OR"]
    lines = rows.lines([m.id for m in found])
    scored = [_Match(m.id, m.report, m.key, m.sentence, m.group, m.copies,
                     score(lines.get(m.id, ""), wanted, m.sentence)) for m in found]  # fmt: skip
    return sorted(scored, key=lambda m: (-m.score, *_order(m)))


def score(line: str, wanted: list[str], sentence: int) -> float:
    """How well a sentence answers, above 0: words found, their closeness and density, and its place in the report.

    >>> wanted = ["grain", "ships"]
    >>> score("Grain ships sailed.", wanted, 0) > score("Ships with much grain sailed.", wanted, 0)
    True
    """
    words = _WORD.findall(line.casefold())
    begun = tuple(_stem(w) for w in wanted)
    at = [(i, w) for i, word in enumerate(words) if word.startswith(begun) for w in wanted if _is_form(word, w)]
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
    return len(wanted) > 3 and word.startswith(_stem(wanted)) and abs(len(word) - len(wanted)) < 4


def _stem(wanted: str) -> str:
    return wanted[: max(4, len(wanted) - 2)]
