"""Search: the newest matches are fetched in windows and ranked within, so that no search is slow.

The index gives matches in the order of days. A window of them, the newest first, is ranked by how well each
sentence answers; the next page goes on in the window, then in the next one. Without words, the order is that of days.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from itertools import compress
from math import sqrt
from typing import NamedTuple

import numpy as np

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


class _Match(NamedTuple):
    id: int
    report: int
    key: str
    sentence: int
    day: str | None
    #: what entries of its kind that tell the same share; of a sentence its story
    group: object
    copies: int = 0
    score: float = 0.0


def search(db: sqlite3.Connection, query: Query, limit: int, cursor: str | None) -> Hits:
    """The best matches; ``total`` is exact where all matches fit one window. A ``limit`` of 0 asks for that alone."""
    selection = select(db, query, kind_of(query))
    last, skip = _position(cursor, selection)
    matches = Matches(db, selection)
    rows, first = Rows(db), cursor is None
    while True:
        newest = matches.newest(last, WINDOW + 1)
        found, more = _fetched(db, selection.kind, newest[:WINDOW]), len(newest) > WINDOW
        exact = first and not more
        kept = found if query.copies else _once(rows, matches, found, exact)
        if kept[skip:] or not more:
            break
        last, skip, first = newest[WINDOW - 1] - 1, 0, False  # others speak for all of these
    if query.words and limit:
        kept = _ranked(rows, kept, query.words)
    page = kept[skip : skip + limit]
    entries = {entry.id: entry for entry in rows.of(selection.kind, [m.id for m in page])}
    beside = rows.neighbours([(m.report, m.sentence) for m in page])
    hits = [Hit(entries[m.id], *beside[m.report, m.sentence], m.score, m.copies) for m in page if m.id in entries]
    onward = None
    if skip + limit < len(kept):
        onward = f"{last}:{skip + limit}"
    elif more:
        onward = f"{newest[WINDOW - 1] - 1}:0"
    return Hits(tuple(hits), len(kept), onward is not None, exact, onward)


def _position(cursor: str | None, selection: Selection) -> tuple[int, int]:
    if cursor is None:
        return selection.last, 0
    last, _, skip = cursor.partition(":")
    if not (last.isdecimal() and skip.isdecimal() and len(cursor) < 40):
        raise QueryError("cursor", f"{cursor!r} is none that a search gave")
    return min(int(last), selection.last), int(skip)


_GROUP = {
    SENTENCE: ("", "r.story"),
    STATEMENT: ("JOIN statements x ON x.id = e.id", "x.distinct_key"),
    TELLING: ("JOIN tellings x ON x.id = e.id", "x.event"),
}


def _fetched(db: sqlite3.Connection, kind: int, ids: list[int]) -> list[_Match]:
    join, group = _GROUP[kind]
    rows = db.execute(
        f"SELECT e.id, e.report, r.key, e.sentence, r.day, {group} FROM entries e JOIN reports r ON r.id = e.report {join}"
        " WHERE e.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))  # fmt: skip
    return sorted((_Match(*row) for row in rows), key=_order)


def _order(match: _Match) -> tuple[int, str, int]:
    """The newest first; within a day by report and place in it, in whatever order the reports were added."""
    return -(match.id // DAY), match.key, match.id


def _once(rows: Rows, matches: Matches, found: list[_Match], whole: bool) -> list[_Match]:
    """One match for each distinct thing: the one that speaks for all that match, wherever it stands among them.

    ``whole`` says that there are no others than those found.
    """
    kind = matches.selection.kind
    if kind == SENTENCE:
        return _sentences_once(rows, found, [] if whole else _elsewhere(rows.db, matches, found))
    told = _told_more_than_once(rows.db, kind, {m.group for m in found})
    groups: dict[object, _Match] = {}
    for match in found:
        groups.setdefault(match.group, match)
    speakers = _speakers(rows.db, matches, [m for m in groups.values() if m.group in told], told)
    at = {m.id: m for m in found}
    kept = []
    for match in groups.values():
        if match.group not in told:
            kept.append(match)
            continue
        first, copies = speakers[match.group]
        if first in at:
            kept.append(at[first]._replace(copies=copies))
    return kept


#: an event told more often than this is not looked through to the end
MOST_TOLD = 200


def _told_more_than_once(db: sqlite3.Connection, kind: int, groups: set[object]) -> dict[object, int]:
    """Those of some groups that have several entries, and how many."""
    table, group, _ = GROUPS[kind]
    rows = db.execute(f"SELECT {group}, count(*) FROM {table} x WHERE {group} IN (SELECT value FROM json_each(?))"
                      f" GROUP BY {group} HAVING count(*) > 1", (json.dumps(sorted(groups)),))  # fmt: skip
    return dict(rows.fetchall())


def _speakers(
    db: sqlite3.Connection, matches: Matches, found: list[_Match], told: dict[object, int]
) -> dict[object, tuple[int, int]]:
    """For each match the entry that speaks for all that match and tell the same, and how many others there are."""
    members: dict[object, list[int]] = {}
    few = [match.group for match in found if told[match.group] <= MOST_TOLD]
    for asked in (few, *([match.group] for match in found if told[match.group] > MOST_TOLD)):
        for group, id_ in _members(db, matches.selection.kind, asked):
            members.setdefault(group, []).append(id_)
    everyone = [id_ for ids in members.values() for id_ in ids]
    among = set(compress(everyone, matches.among(np.array(everyone, np.int64)).tolist()))
    return {
        match.group: (next((id_ for id_ in members[match.group] if id_ == match.id or id_ in among), match.id),
                      len(members[match.group]) - 1)
        for match in found
    }  # fmt: skip


def _members(db: sqlite3.Connection, kind: int, groups: Sequence[object]) -> list[tuple[object, int]]:
    """The entries of some groups, each group's in the order in which they speak; of a single one not all."""
    table, group, order = GROUPS[kind]
    most = f" LIMIT {MOST_TOLD}" if len(groups) == 1 else ""
    return db.execute(f"SELECT {group}, x.id FROM json_each(?) j CROSS JOIN {table} x ON {group} = j.value"
                      " JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report"
                      f" ORDER BY {order}{most}", (json.dumps(groups),)).fetchall()  # fmt: skip


def _sentences_once(rows: Rows, found: list[_Match], elsewhere: list[_Match]) -> list[_Match]:
    """One sentence of those that the copies of a story share word for word: the earliest."""
    stories: dict[object, list[_Match]] = defaultdict(list)
    for match in (*found, *elsewhere):
        stories[match.group].append(match)
    lines = rows.lines([m.id for members in stories.values() if len(members) > 1 for m in members])
    first: dict[int, _Match] = {}
    for members in stories.values():
        if len(members) == 1:
            first[members[0].id] = members[0]
            continue
        same: dict[str, list[_Match]] = defaultdict(list)
        for match in members:
            same[squeezed(lines[match.id])].append(match)
        for copies in same.values():
            spoken = min(copies, key=lambda m: (m.day or "9", m.key, m.sentence))
            first[spoken.id] = spoken._replace(copies=len(copies) - 1)
    return [first[m.id] for m in found if m.id in first]


def _elsewhere(db: sqlite3.Connection, matches: Matches, found: list[_Match]) -> list[_Match]:
    """The other sentences that match in the stories of some."""
    stories = json.dumps(sorted({m.group for m in found}))
    rows = db.execute(
        "SELECT e.id, e.report, r.key, e.sentence, r.day, r.story FROM (SELECT j.value AS story FROM json_each(?) j"
        " WHERE (SELECT count(*) FROM reports o WHERE o.story = j.value) > 1) s CROSS JOIN reports r ON r.story = s.story"
        " CROSS JOIN entries e ON e.report = r.id AND e.kind = ?", (stories, SENTENCE))  # fmt: skip
    known = {m.id for m in found}
    others = [_Match(*row) for row in rows if row[0] not in known]
    return list(compress(others, matches.among(np.array([m.id for m in others], np.int64)).tolist()))


# --- ranking


def _ranked(rows: Rows, found: list[_Match], words: str) -> list[_Match]:
    """Matches by how well their sentence answers: the words asked for, close together, early in the report, dense."""
    forms = _Forms(words)
    lines = rows.lines([m.id for m in found])
    scored = [_Match(*m[:-1], forms.score(lines.get(m.id, ""), m.sentence)) for m in found]
    return sorted(scored, key=lambda m: (-m.score, *_order(m)))


class _Forms(dict[str, tuple[str, ...]]):
    """Which of the words asked for a word of a sentence is a form of; each word is looked at once."""

    def __init__(self, asked: str) -> None:
        super().__init__()
        self.wanted = [w.casefold() for w in _WORD.findall(asked) if w != "OR"]

    def __missing__(self, word: str) -> tuple[str, ...]:
        self[word] = forms = tuple(w for w in self.wanted if _is_form(word, w))
        return forms

    def score(self, line: str, sentence: int) -> float:
        """How well a sentence answers, above 0: words found, their closeness and density, its place in the report.

        >>> forms = _Forms("grain ships")
        >>> forms.score("Grain ships sailed.", 0) > forms.score("Ships with much grain sailed.", 0)
        True
        """
        words = _WORD.findall(line.casefold())
        at = [(i, wanted) for i, forms in enumerate(map(self.__getitem__, words)) if forms for wanted in forms]
        if not at:
            return 0.1 / (1 + sentence)
        found = len({wanted for _, wanted in at})
        gaps = (at[-1][0] - at[0][0]) / max(1, len(at) - 1)  # between one and the next, on average
        closeness = found / len(self.wanted) / max(1.0, gaps)
        density = len(at) / sqrt(len(words))
        return round(found / len(self.wanted) + 0.5 * closeness + 0.5 * density + 0.2 / (1 + sentence), 4)


def _is_form(word: str, wanted: str) -> bool:
    """Whether a word is the wanted one or looks like another form of it ("denied" for "deny")."""
    if word == wanted:
        return True
    return len(wanted) > 3 and abs(len(word) - len(wanted)) < 4 and word.startswith(_stem(wanted))


def _stem(wanted: str) -> str:
    return wanted[: max(4, len(wanted) - 2)]
