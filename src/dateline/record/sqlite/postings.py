"""Which entries have which facet: a set of bits for each facet, so that any filters together are quickly answered.

Each entry has a number, its slot, given once and in the order of writing; the lower bits of its id. The slots of a
facet are kept in blocks, a few as a list of numbers, many as one bit for each (after Chambi, Lemire, Kaser and Godin,
"Better bitmap performance with Roaring bitmaps", Software: Practice and Experience 2016). All filters of a search are
joined by operations on whole blocks, whether or not their entries ever meet.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
Numbers = NDArray[np.int64]

#: how far the day of an entry is moved up in its id; below it stands the slot
DAY = 1 << 27
#: slots in a block of a facet, and in a row of ids
BLOCK, ROW = 1 << 15, 1 << 12
#: bytes of a block as bits; a shorter one is a list of numbers of two bytes each
_DENSE = BLOCK // 8
#: rows of slots that a connection keeps at hand, at most: some 16 million entries
_KEPT = 4_096
#: so few slots are looked up one by one
_FEW = 100


# --- writing


class Postings:
    """Gathers what a transaction adds and takes away; ``save`` writes it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._next: int | None = None
        self._ids: list[int] = []
        self._sentences: list[int] = []
        self._facets: dict[str, list[int]] = defaultdict(list)
        self._gone: dict[str, list[int]] = defaultdict(list)

    def take(self, day: int) -> int:
        """The id of a new entry of a day, counted as ``date.toordinal`` does, 0 for none. The day's order is the ids'."""
        if self._next is None:
            self._next = how_many_slots(self.db)
        slot = self._next + len(self._ids)
        if slot >= DAY:
            raise sqlite3.DataError(f"more than {DAY:,} entries")
        self._ids.append(day * DAY + slot)
        self._sentences.append(slot)
        return self._ids[-1]

    def add(self, id_: int, sentence: int, facets: Iterable[str]) -> None:
        """The facets of a new entry, and the id of the sentence in which it stands."""
        assert self._next is not None
        slot = id_ % DAY
        self._sentences[slot - self._next] = sentence % DAY
        for facet in facets:
            self._facets[facet].append(slot)

    def drop(self, facet: str, ids: Iterable[int]) -> None:
        """Entries that have a facet no more."""
        self._gone[facet].extend(id_ % DAY for id_ in ids)

    def save(self) -> None:
        """Write all that was gathered."""
        self._save_slots()
        self._merge(self._facets, add=True)
        self._merge(self._gone, add=False)
        self._next = None
        for gathered in (self._ids, self._sentences, self._facets, self._gone):
            gathered.clear()

    def _save_slots(self) -> None:
        if self._next is None or not self._ids:
            return
        ids, sentences = np.array(self._ids, "<i8"), np.array(self._sentences, "<u4")
        at = self._next
        while len(ids):
            block, filled = divmod(at, ROW)
            new = ids[: ROW - filled].tobytes(), sentences[: ROW - filled].tobytes()
            known = self.db.execute("SELECT ids, sentences FROM slots WHERE block = ?", (block,)).fetchone() or (b"", b"")
            self.db.execute("INSERT OR REPLACE INTO slots (block, ids, sentences) VALUES (?, ?, ?)",
                            (block, known[0] + new[0], known[1] + new[1]))  # fmt: skip
            ids, sentences, at = ids[ROW - filled :], sentences[ROW - filled :], (block + 1) * ROW

    def _merge(self, changes: Mapping[str, list[int]], add: bool) -> None:
        by_block: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for facet, slots in changes.items():
            for slot in slots:
                by_block[slot // BLOCK][facet].append(slot % BLOCK)
        for block, facets in sorted(by_block.items()):
            known = dict(self.db.execute(
                "SELECT facet, bits FROM postings WHERE block = ? AND facet IN (SELECT value FROM json_each(?))",
                (block, json.dumps(list(facets)))).fetchall())  # fmt: skip
            rows = [(facet, block, _merged(known.get(facet, b""), slots, add)) for facet, slots in sorted(facets.items())]
            self.db.executemany("INSERT OR REPLACE INTO postings (facet, block, bits) VALUES (?, ?, ?)", rows)


def _merged(known: bytes, slots: list[int], add: bool) -> bytes:
    """A block with some slots more, or fewer."""
    if add and len(known) + 2 * len(slots) < _DENSE:
        return known + np.array(slots, "<u2").tobytes()  # slots only ever grow
    flags = _flags(known)
    flags[slots] = add
    left = np.flatnonzero(flags)
    return left.astype("<u2").tobytes() if 2 * len(left) < _DENSE else np.packbits(flags, bitorder="little").tobytes()


def _flags(kept: bytes) -> NDArray[np.bool_]:
    if len(kept) == _DENSE:
        return np.unpackbits(np.frombuffer(kept, np.uint8), bitorder="little").view(np.bool_)
    flags = np.zeros(BLOCK, np.bool_)
    flags[np.frombuffer(kept, "<u2")] = True
    return flags


# --- asking


def blocks_of(db: sqlite3.Connection, facets: Sequence[str]) -> dict[int, Bits]:
    """The blocks of the slots that have one of these facets."""
    dense: dict[int, list[Bits]] = defaultdict(list)
    sparse: dict[int, list[NDArray[np.uint16]]] = defaultdict(list)
    if len(facets) == 1:
        rows = db.execute("SELECT block, bits FROM postings WHERE facet = ?", tuple(facets))
    else:
        rows = db.execute("SELECT block, bits FROM postings WHERE facet IN (SELECT value FROM json_each(?))",
                          (json.dumps(list(facets)),))  # fmt: skip
    for block, bits in rows:
        if len(bits) == _DENSE:
            dense[block].append(np.frombuffer(bits, np.uint8))
        else:
            sparse[block].append(np.frombuffer(bits, "<u2"))
    for block, lists in sparse.items():
        flags = np.zeros(BLOCK, np.bool_)
        flags[np.concatenate(lists)] = True
        dense[block].append(np.packbits(flags, bitorder="little"))
    return {block: reduce(np.bitwise_or, parts) for block, parts in dense.items()}


def both(a: Mapping[int, Bits], b: Mapping[int, Bits]) -> dict[int, Bits]:
    return {block: bits & b[block] for block, bits in a.items() if block in b}


def less(a: Mapping[int, Bits], b: Mapping[int, Bits]) -> dict[int, Bits]:
    return {block: bits & ~b[block] if block in b else bits for block, bits in a.items()}


def slots_in(blocks: Mapping[int, Bits]) -> Numbers:
    """The numbers of all slots in some blocks, in their order."""
    if not blocks:
        return np.empty(0, np.int64)
    first, last = min(blocks), max(blocks)
    if last - first < 2 * len(blocks):  # few are missing: all at once
        none = np.zeros(_DENSE, np.uint8)
        bits = np.concatenate([blocks.get(block, none) for block in range(first, last + 1)])
        return np.flatnonzero(np.unpackbits(bits, bitorder="little").view(np.bool_)) + first * BLOCK
    return np.concatenate([np.flatnonzero(np.unpackbits(bits, bitorder="little").view(np.bool_)) + block * BLOCK
                           for block, bits in sorted(blocks.items())])  # fmt: skip


def how_many(blocks: Mapping[int, Bits]) -> int:
    """The number of slots in some blocks."""
    return sum(int.from_bytes(bits.tobytes(), "little").bit_count() for bits in blocks.values())


def how_many_slots(db: sqlite3.Connection) -> int:
    """The number of slots that were given so far, which is the next."""
    row = db.execute("SELECT block, length(ids) / 8 FROM slots ORDER BY block DESC LIMIT 1").fetchone()
    return row[0] * ROW + row[1] if row else 0


def has(blocks: Mapping[int, Bits], slot: int) -> bool:
    bits = blocks.get(slot // BLOCK)
    return bits is not None and bool(bits[slot % BLOCK // 8] >> (slot % 8) & 1)


def has_each(blocks: Mapping[int, Bits], slots: Numbers) -> NDArray[np.bool_]:
    """Which of some slots are in the blocks."""
    found = np.zeros(len(slots), np.bool_)
    at = slots // BLOCK
    for block in np.unique(at).tolist():
        if (bits := blocks.get(block)) is not None:
            here = np.flatnonzero(at == block)
            within = slots[here] % BLOCK
            found[here] = bits[within // 8] >> (within % 8).astype(np.uint8) & 1
    return found


def ids_of(db: sqlite3.Connection, slots: Numbers) -> Numbers:
    """The ids of the entries in these slots."""
    return _looked_up(db, "ids", "<i8", slots)


def sentences_of(db: sqlite3.Connection, slots: Numbers) -> Numbers:
    """The slots of the sentences in which the entries in these slots stand."""
    return _looked_up(db, "sentences", "<u4", slots)


def _looked_up(db: sqlite3.Connection, column: str, kind: str, slots: Numbers) -> Numbers:
    if not len(slots):
        return np.empty(0, np.int64)
    if len(slots) < _FEW:
        sql = f"SELECT block, {column} FROM slots WHERE block IN (SELECT value FROM json_each(?))"
        rows = dict(db.execute(sql, (json.dumps(sorted(set((slots // ROW).tolist()))),)).fetchall())
        each = [np.frombuffer(rows[slot // ROW], kind)[slot % ROW] for slot in slots.tolist()]
        return np.array(each, np.int64)
    first, last = int(slots.min()) // ROW, int(slots.max()) // ROW
    kept = getattr(db, "slots", None)
    if kept is not None and last < _KEPT:
        found: Numbers = _all_to(db, kept, column, kind, last)[slots]
        return found
    parts = db.execute(f"SELECT {column} FROM slots WHERE block BETWEEN ? AND ? ORDER BY block", (first, last))
    full = np.frombuffer(b"".join([row[0] for row in parts]), kind)  # only the last row can be short
    found = full[slots - first * ROW if first else slots]
    return found


def _all_to(db: sqlite3.Connection, kept: dict[str, Numbers], column: str, kind: str, last: int) -> Numbers:
    """The whole column up to a row. Rows that are full never change: each connection reads them once."""
    known = kept.get(column, np.empty(0, kind))
    rows = len(known) // ROW
    if last < rows:
        return known
    parts = [row[0] for row in db.execute(f"SELECT {column} FROM slots WHERE block >= ? ORDER BY block", (rows,))]
    whole = np.concatenate([known, np.frombuffer(b"".join(parts), kind)])
    kept[column] = whole[: len(whole) // ROW * ROW]
    return whole
