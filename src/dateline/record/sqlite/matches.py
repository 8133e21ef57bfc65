"""The entries that a selection means: words from the full-text index of sentences, filters from the postings."""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dateline.record import facets
from dateline.record.facets import token
from dateline.record.sqlite.postings import (
    DAY,
    Bits,
    Numbers,
    blocks_of,
    both,
    has,
    has_each,
    how_many,
    how_many_slots,
    ids_of,
    less,
    sentences_of,
    slots_in,
)
from dateline.record.sqlite.projecting import KIND_NAMES, SENTENCE, STATEMENT, TELLING
from dateline.record.sqlite.selecting import LAST, Selection

_ENTRIES = {
    SENTENCE: "entries x JOIN reports r ON r.id = x.report AND x.kind = 1",
    STATEMENT: "statements x JOIN entries e ON e.id = x.id JOIN reports r ON r.id = e.report",
    TELLING: "tellings x",
}
#: an entry without a day of its own does not match a span of days; a sentence has its report's
HAS_DAY = {SENTENCE: "r.day NOTNULL", STATEMENT: "(x.day NOTNULL OR r.day NOTNULL)", TELLING: "x.day NOTNULL"}
#: the table of statements and tellings, what those share that tell the same, and the order in which they speak for the
#: others: first the one that stands at the front
GROUPS = {
    STATEMENT: ("statements", "x.distinct_key", "x.key <> x.distinct_key, r.day IS NULL, r.day, r.key, x.key"),
    TELLING: ("tellings", "x.event", "r.day IS NULL, r.day, r.key, x.key"),
}
#: so many sentences that have the words are quickly looked up with all that stands in them
_FEW_LINES = 1_500
#: where one in so many entries matches, the first few matches are found by a look at the first entries
_WIDE, _AT_AN_END = 8, 500
#: as long as looking up one of them takes looking through so many slots
_LOOK_UP = 250


class Matches:
    """Answers of one selection, in one state of the record."""

    def __init__(self, db: sqlite3.Connection, selection: Selection) -> None:
        self.db = db
        self.selection = selection

    @property
    def _only_words(self) -> bool:
        s = self.selection
        return s.kind == SENTENCE and s.words is not None and not s.facets and not s.without

    def newest(self, last: int, count: int) -> list[int]:
        """The newest ids not after ``last``, at most so many, newest first."""
        if self.selection.is_everything:
            return self._of_all(last, count)
        if self._only_words:
            return self._with_words(last, count)
        if (found := self._near(self.selection.first, last, count, "DESC")) is not None:
            return found
        ids = self._found if self.selection.words is None else self._all_said
        return _top(ids[ids <= last] if last < self.selection.last else ids, count)

    def oldest(self, first: int, last: int = LAST, count: int = -1) -> list[int]:
        """The oldest ids from ``first`` to ``last``, at most so many, oldest first."""
        first, last = max(first, self.selection.first), min(last, self.selection.last)
        if self.selection.is_everything:
            sql = (f"SELECT x.id FROM {_ENTRIES[self.selection.kind]} WHERE x.id BETWEEN ? AND ?{self._dated}"
                   " ORDER BY x.id LIMIT ?")  # fmt: skip
            return [row[0] for row in self.db.execute(sql, (first, last, count))]
        if self._only_words:
            sql = ("SELECT s.rowid FROM search s CROSS JOIN entries e ON e.id = s.rowid"
                   " WHERE search MATCH ? AND s.rowid BETWEEN ? AND ? ORDER BY s.rowid LIMIT ?")  # fmt: skip
            return [row[0] for row in self.db.execute(sql, (self.selection.words, first, last, count))]
        if (found := self._near(first, last, count, "ASC")) is not None:
            return found
        ids = self._found if self.selection.words is None else self._all_said
        within = ids[(ids >= first) & (ids <= last)]
        if 0 <= count < len(within):
            within = np.partition(within, count)[:count]
        return np.sort(within).tolist()  # type: ignore[no-any-return]

    def ids(self) -> Numbers:
        """All of them, in the order of days."""
        if self.selection.is_everything:
            first, last = self.selection.first, self.selection.last
            sql = f"SELECT x.id FROM {_ENTRIES[self.selection.kind]} WHERE x.id BETWEEN ? AND ?{self._dated} ORDER BY x.id"
            return np.fromiter((row[0] for row in self.db.execute(sql, (first, last))), np.int64)
        if self._only_words:
            return np.array(self._with_words(self.selection.last, -1)[::-1], np.int64)
        return np.sort(self._found if self.selection.words is None else self._all_said)

    def slots(self) -> Numbers:
        """The slots of all of them, in their order."""
        return np.sort((self._found if self.selection.words is None else self._all_said) % DAY)

    def has(self, id_: int) -> bool:
        """Whether an entry of the kind asked for is one of them."""
        s = self.selection
        if not s.first <= id_ <= s.last:
            return False
        if s.is_everything:
            return True
        return has(self.blocks, id_ % DAY) and (s.words is None or self._has_words(id_))

    def among(self, ids: Numbers) -> NDArray[np.bool_]:
        """Which of these ids of entries of the kind asked for are among them."""
        s = self.selection
        within: NDArray[np.bool_] = (ids >= s.first) & (ids <= s.last)
        if s.is_everything:
            return within
        if s.words is not None:
            return within & self._said(ids)
        return within & has_each(self.blocks, ids % DAY)

    # --- filters

    @cached_property
    def blocks(self) -> dict[int, Bits]:
        """The slots of the entries that the filters leave, whatever words and days are asked for."""
        s = self.selection
        found = blocks_of(self.db, [token(facets.KIND, KIND_NAMES[s.kind])])
        if s.dated:
            found = both(found, blocks_of(self.db, [token(facets.DATED, KIND_NAMES[s.kind])]))
        for group in sorted(s.facets, key=len):
            found = both(found, blocks_of(self.db, group))
        return less(found, blocks_of(self.db, s.without)) if s.without else found

    @cached_property
    def _found(self) -> Numbers:
        """The ids that the filters leave, in the order of writing."""
        return self._within(ids_of(self.db, slots_in(self.blocks)))

    def _within(self, ids: Numbers) -> Numbers:
        """Those of some ids that stand within the days."""
        first, last = self.selection.first, self.selection.last
        return ids if first == 0 and last == LAST else ids[(ids >= first) & (ids <= last)]

    def _near(self, first: int, last: int, count: int, way: str) -> list[int] | None:
        """The first ids from one end, by a look at the entries there; none where too few of them match for that."""
        if self.selection.words is not None or not 0 < count < _AT_AN_END:
            return None
        if _WIDE * how_many(self.blocks) < how_many_slots(self.db):
            return None
        rows = self.db.execute(f"SELECT id FROM entries WHERE id BETWEEN ? AND ? ORDER BY id {way} LIMIT ?",
                               (first, last, 2 * _WIDE * count)).fetchall()  # fmt: skip
        ids = np.array([id_ for (id_,) in rows], np.int64)
        found = ids[has_each(self.blocks, ids % DAY)]
        if len(found) < count and len(rows) == 2 * _WIDE * count:
            return None
        return found[:count].tolist()  # type: ignore[no-any-return]

    @property
    def _dated(self) -> str:
        return f" AND {HAS_DAY[self.selection.kind]}" if self.selection.dated else ""

    def _of_all(self, last: int, count: int) -> list[int]:
        sql = (f"SELECT x.id FROM {_ENTRIES[self.selection.kind]} WHERE x.id BETWEEN ? AND ?{self._dated}"
               " ORDER BY x.id DESC LIMIT ?")  # fmt: skip
        return [row[0] for row in self.db.execute(sql, (self.selection.first, last, count))]

    # --- words

    def _with_words(self, last: int, count: int) -> list[int]:
        rows = self.db.execute(
            "SELECT s.rowid FROM search s CROSS JOIN entries e ON e.id = s.rowid"
            " WHERE search MATCH ? AND s.rowid BETWEEN ? AND ? ORDER BY s.rowid DESC LIMIT ?",
            (self.selection.words, self.selection.first, last, count))  # fmt: skip
        return [row[0] for row in rows]

    @cached_property
    def _worded(self) -> Numbers:
        """The ids of all sentences that have the words.

        All at once: the index gives a hundred thousand in some 15 ms, but takes .1 ms to tell of one sentence.
        """
        # one text for all of them: a row each would take longer than finding them
        told = self.db.execute("SELECT group_concat(rowid, ' ') FROM search WHERE search MATCH ?",
                               (self.selection.words,)).fetchone()[0]  # fmt: skip
        return np.fromstring(told or "", np.int64, sep=" ")

    @cached_property
    def _all_said(self) -> Numbers:
        """The ids of all that the filters leave and whose sentences have the words."""
        worded = self._worded
        left = how_many(self.blocks)
        if not left or not len(worded):
            return np.empty(0, np.int64)
        if len(worded) < _FEW_LINES and _LOOK_UP * len(worded) < left:
            return self._in_lines(worded)
        slots = slots_in(self.blocks)
        lines = sentences_of(self.db, slots)
        has_words = np.zeros(max(int((worded % DAY).max()), int(lines.max())) + 1, np.bool_)
        has_words[worded % DAY] = True
        return self._within(ids_of(self.db, slots[has_words[lines]]))

    def _said(self, ids: Numbers) -> NDArray[np.bool_]:
        """Which of these ids are among all that the filters leave and whose sentences have the words."""
        if not len(ids):
            return np.empty(0, np.bool_)
        # of words alone not all are known: those of some days are quickly told
        said = np.array(self.oldest(int(ids.min()), int(ids.max())), np.int64) if self._only_words else self._all_said
        slots = ids % DAY
        there = np.zeros(int(max(slots.max(initial=0), (said % DAY).max(initial=0))) + 1, np.bool_)
        there[said % DAY] = True
        return there[slots]

    def _in_lines(self, lines: Numbers) -> Numbers:
        """The ids of what stands in some sentences and passes the filters."""
        rows = self.db.execute(
            "SELECT e.id FROM json_each(?) j CROSS JOIN entries s ON s.id = j.value CROSS JOIN entries e"
            " ON e.report = s.report AND e.kind = ? AND e.sentence = s.sentence WHERE e.id BETWEEN ? AND ?",
            (json.dumps(lines.tolist()), self.selection.kind, self.selection.first, self.selection.last))  # fmt: skip
        ids = np.array([id_ for (id_,) in rows], np.int64)
        return ids[has_each(self.blocks, ids % DAY)]

    def _has_words(self, id_: int) -> bool:
        """Whether the sentence of an entry has the words."""
        found = self.db.execute(
            "SELECT 1 FROM entries e JOIN entries s ON s.report = e.report AND s.kind = 1 AND s.sentence = e.sentence"
            " JOIN search ON search.rowid = s.id WHERE e.id = ? AND search MATCH ?", (id_, self.selection.words))  # fmt: skip
        return found.fetchone() is not None


def _top(ids: Numbers, count: int) -> list[int]:
    """The largest numbers, largest first."""
    if len(ids) > count:
        ids = np.partition(ids, len(ids) - count)[-count:]
    return np.sort(ids)[::-1].tolist()  # type: ignore[no-any-return]
