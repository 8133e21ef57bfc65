"""What the matches of a query are made of: how many have each value of each facet, so that a search can be narrowed.

Few matches are counted as a search shows them: of each distinct thing one. Many are counted as told, each copy on its
own, by joining the bits of their slots with those of each facet. Actors, roles and publishers are too many to be tried
one by one: those of some matches, spread evenly over all, are.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from dateline.lexicons.cues import ACTS
from dateline.lexicons.eventbook import TYPES
from dateline.model import ActorKind, Form, Reality, Sourcing, Stance
from dateline.record import facets
from dateline.record.entries import Facet, Facets, FacetValue
from dateline.record.facets import token
from dateline.record.query import QUADS, Query, Voice
from dateline.record.sqlite.matches import GROUPS, Matches
from dateline.record.sqlite.postings import BLOCK, DAY, Bits, Numbers, blocks_of, both, how_many, ids_of, slots_in
from dateline.record.sqlite.projecting import SENTENCE, STATEMENT, TELLING
from dateline.record.sqlite.selecting import Selection, kind_of, select

#: So many matches are counted one by one, the distinct ones.
FEW = 2_000
#: The matches whose actors, roles and publishers are tried; how many of each; how many are told.
SAMPLE, TRIED, TOLD = 400, 14, 8
#: Profiles of one actor that are looked up at once.
_PROFILES = 500
_KIND, _RELIABLE = ("kind", facets.ACTOR_KIND, tuple(ActorKind)), ("reliable", facets.RELIABLE, ("true",))
#: the facets whose values are few and known: name of the filter, letters of the facet, values
_CLOSED: dict[int, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    SENTENCE: (_KIND, _RELIABLE),
    STATEMENT: (
        ("act", facets.ACT, tuple(sorted(ACTS))), ("stance", facets.STANCE, tuple(Stance)),
        ("sourcing", facets.SOURCING, tuple(Sourcing)), ("form", facets.FORM, tuple(Form)), _KIND, _RELIABLE,
    ),
    TELLING: (
        ("type", facets.TYPE, TYPES), ("quad", facets.QUAD, QUADS), ("reality", facets.REALITY, tuple(Reality)),
        ("voice", facets.VOICE, tuple(Voice)), _KIND, _RELIABLE,
    ),
}  # fmt: skip
_OPEN = ("actor", "role", "publisher")


def tallies(db: sqlite3.Connection, query: Query) -> Facets:
    """The values of each facet among the matches of a query, those with most matches first."""
    selection = select(db, query, kind_of(query))
    matches = Matches(db, selection)
    found = _found(matches)
    total = how_many(found)
    few = total <= FEW
    count = _distinct(db, selection, query, found) if few else _as_told(db, found)
    told = [Facet(name, _closed(count, letters, values)) for name, letters, values in _CLOSED[selection.kind]]
    some = _some(db, found)
    told += [Facet(name, tuple(_most(_open(db, name, selection.kind, some), count))) for name in _OPEN]
    return Facets(tuple(facet for facet in told if facet.values), count(None), few and not query.copies)


def _found(matches: Matches) -> dict[int, Bits]:
    """The slots of all matches as bits."""
    selection = matches.selection
    if selection.words is None and not selection.first and not selection.dated:
        return matches.blocks
    return _packed(matches.ids() % DAY)


def _some(db: sqlite3.Connection, found: dict[int, Bits]) -> list[int]:
    """The ids of some matches, spread evenly over all in the order of writing."""
    slots = slots_in(found)
    some: list[int] = ids_of(db, slots[:: max(1, len(slots) // SAMPLE)]).tolist()
    return some


def _packed(slots: Numbers) -> dict[int, Bits]:
    if not len(slots):
        return {}
    flags = np.zeros((int(slots.max()) // BLOCK + 1) * BLOCK, np.bool_)
    flags[slots] = True
    bits = np.packbits(flags, bitorder="little").reshape(-1, BLOCK // 8)
    return {block: bits[block] for block in np.unique(slots // BLOCK).tolist()}


# --- counting

#: how many matches have one of some facets; all of them for none
Count = Callable[[Sequence[str] | None], int]


def _as_told(db: sqlite3.Connection, found: dict[int, Bits]) -> Count:
    def count(tokens: Sequence[str] | None) -> int:
        return how_many(both(found, blocks_of(db, tokens)) if tokens else found)

    return count


def _distinct(db: sqlite3.Connection, selection: Selection, query: Query, found: dict[int, Bits]) -> Count:
    """Counts distinct statements and events, unless copies are asked for; every sentence is one."""
    slots = slots_in(found)
    groups = np.arange(len(slots))
    if not query.copies and selection.kind != SENTENCE and len(slots):
        groups = _groups(db, selection.kind, slots)

    def count(tokens: Sequence[str] | None) -> int:
        if tokens is None:
            return len(np.unique(groups))
        return len(np.unique(groups[_has(blocks_of(db, tokens), slots)]))

    return count


def _groups(db: sqlite3.Connection, kind: int, slots: Numbers) -> Numbers:
    """A number for each slot, the same for entries that tell the same."""
    table, group, _ = GROUPS[kind]
    rows = db.execute(f"SELECT x.id, {group} FROM {table} x WHERE x.id IN (SELECT value FROM json_each(?))",
                      (json.dumps(ids_of(db, slots).tolist()),))  # fmt: skip
    numbers: dict[object, int] = {}
    by_slot = {id_ % DAY: numbers.setdefault(told, len(numbers)) for id_, told in rows}
    return np.array([by_slot.get(slot, -1) for slot in slots.tolist()], np.int64)


def _has(blocks: dict[int, Bits], slots: Numbers) -> NDArray[np.bool_]:
    """Which of some slots, in their order, are in the blocks."""
    has = np.zeros(len(slots), np.bool_)
    for block, bits in blocks.items():
        first, last = np.searchsorted(slots, (block * BLOCK, (block + 1) * BLOCK))
        if first < last:
            at = slots[first:last] % BLOCK
            has[first:last] = (bits[at // 8] >> (at % 8).astype(np.uint8)) & 1
    return has


def _closed(count: Count, letters: str, values: Iterable[str]) -> tuple[FacetValue, ...]:
    told = [FacetValue(value, None, number) for value in values if (number := count([token(letters, value)]))]
    return tuple(sorted(told, key=lambda v: -v.count))


def _most(tried: Iterator[tuple[str, str | None, list[str]]], count: Count) -> list[FacetValue]:
    told = [FacetValue(value, label, number) for value, label, tokens in tried if (number := count(tokens))]
    return sorted(told, key=lambda v: (-v.count, v.label or v.value))[:TOLD]


# --- what is tried

_ACTORS = {
    SENTENCE: "SELECT DISTINCT e.report, c.profile FROM entries e JOIN cast_members c ON c.report = e.report",
    STATEMENT: "SELECT e.id, p.id FROM entries e JOIN statements st ON st.id = e.id"
               " JOIN profiles p ON p.id IN (st.speaker, st.addressee)",
    TELLING: "SELECT e.id, a.profile FROM entries e JOIN telling_actors a ON a.telling = e.id",
}  # fmt: skip


def _open(
    db: sqlite3.Connection, name: str, kind: int, ids: Sequence[int]
) -> Iterator[tuple[str, str | None, list[str]]]:
    """The values that most of some entries have: what a filter asks for, what it is called, and its facets."""
    asked = json.dumps(list(ids))
    here = " WHERE e.id IN (SELECT value FROM json_each(?))"
    if name == "publisher":
        rows = db.execute(f"SELECT r.publisher FROM entries e JOIN reports r ON r.id = e.report{here}", (asked,))
        for (value,), _ in Counter(row for row in rows if row[0]).most_common(TRIED):
            yield value, None, [token(facets.PUBLISHER, value)]
        return
    profiles = Counter(profile for _, profile in db.execute(_ACTORS[kind] + here, (asked,)))
    if name == "role":
        yield from _roles(db, profiles)
    else:
        yield from _actors(db, profiles)


def _actors(db: sqlite3.Connection, profiles: Counter[int]) -> Iterator[tuple[str, str | None, list[str]]]:
    rows = db.execute("SELECT p.id, a.id, a.key, a.name FROM profiles p JOIN actors a ON a.id = p.actor"
                      " WHERE p.id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(profiles)),))  # fmt: skip
    seen: Counter[tuple[int, str, str]] = Counter()
    for profile, *actor in rows:
        seen[tuple(actor)] += profiles[profile]
    for (id_, key, name), _ in islice(seen.most_common(), TRIED):
        ids = db.execute("SELECT id FROM profiles WHERE actor = ? LIMIT ?", (id_, _PROFILES))
        yield key, name, [token(facets.ANY_PROFILE, profile) for (profile,) in ids]


def _roles(db: sqlite3.Connection, profiles: Counter[int]) -> Iterator[tuple[str, str | None, list[str]]]:
    most = [profile for profile, _ in profiles.most_common(SAMPLE)]
    rows = db.execute("SELECT DISTINCT profile, office FROM role_sightings WHERE profile IN"
                      " (SELECT value FROM json_each(?))", (json.dumps(most),))  # fmt: skip
    seen: Counter[str] = Counter()
    for profile, office in rows:
        seen[office] += profiles[profile]
    for office, _ in seen.most_common(TRIED):
        yield office, None, [token(facets.OFFICE, office)]
