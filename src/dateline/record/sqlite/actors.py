"""Actors of the record: one identity each, with its names, and its roles over time as the reports tell them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence

from dateline.errors import QueryError
from dateline.lexicons.countries import country_of, is_code
from dateline.record import facets
from dateline.record.entries import ActorEntry, ActorStanding, Counterpart, ProfileEntry, RoleSpan
from dateline.record.facets import token
from dateline.record.profiles import Kit, SeenRole
from dateline.record.query import Query
from dateline.record.sqlite.likely import meant
from dateline.record.sqlite.listing import reports_of
from dateline.record.sqlite.postings import Bits, blocks_of, both, how_many, less
from dateline.record.sqlite.projecting import KIND_NAMES, TELLING
from dateline.record.sqlite.selecting import profiles_named

_WORD = re.compile(r"\w+")


def actors(db: sqlite3.Connection, kit: Kit, query: Query) -> Iterator[ActorEntry]:
    """All actors that are no classes, those in most reports first; with filters, the actors of matching entries."""
    if query == Query():
        rows = db.execute(
            "SELECT a.id FROM actors a JOIN profiles p ON p.actor = a.id JOIN cast_members c ON c.profile = p.id"
            " WHERE a.class = 0 GROUP BY a.id ORDER BY count(DISTINCT c.report) DESC, a.key").fetchall()  # fmt: skip
    else:
        found, values = reports_of(db, query)
        rows = db.execute(
            "SELECT p.actor FROM cast_members c JOIN profiles p ON p.id = c.profile JOIN actors a ON a.id = p.actor"
            f" WHERE a.class = 0 AND c.report IN ({found})"
            " GROUP BY p.actor ORDER BY count(DISTINCT c.report) DESC, a.key", values).fetchall()  # fmt: skip
    for (id_,) in rows:
        yield entry(db, kit, id_)


def actor(db: sqlite3.Connection, kit: Kit, name: str) -> ActorEntry:
    """The actor with a key or a name; raises ``QueryError`` where there is none, or several."""
    profiles = profiles_named(db, name)
    ids = sorted({row[0] for p in profiles for row in db.execute("SELECT actor FROM profiles WHERE id = ?", (p,))})
    if not ids:
        ids = _state(db, name)
    if not ids:
        raise QueryError("actor", f"no actor called {name!r} in the record" + meant(db, name))
    if len(ids) > 1:
        exact = [i for i in ids if _name(db, i).casefold() == name.casefold()]
        if len(exact) == 1:
            ids = exact
    if len(ids) > 1:
        named = ", ".join(f"{_name(db, i)} ({_key(db, i)})" for i in ids[:8])
        raise QueryError("actor", f"{name!r} may be several: {named}; name one by its key")
    return entry(db, kit, ids[0])


def _state(db: sqlite3.Connection, name: str) -> list[int]:
    """The state itself, where a name is a country's code or another name of it."""
    code = name if name.isupper() and is_code(name) else country_of(name)
    rows = db.execute("SELECT id FROM actors WHERE kind = 'state' AND country = ? AND code = country ORDER BY id", (code,))
    return [row[0] for row in rows]


def _name(db: sqlite3.Connection, id_: int) -> str:
    return str(db.execute("SELECT name FROM actors WHERE id = ?", (id_,)).fetchone()[0])


def _key(db: sqlite3.Connection, id_: int) -> str:
    return str(db.execute("SELECT key FROM actors WHERE id = ?", (id_,)).fetchone()[0])


def entry(db: sqlite3.Connection, kit: Kit, id_: int) -> ActorEntry:
    """An actor with all that the record knows of it."""
    key, name, kind, country, code, is_class, told = db.execute(
        "SELECT key, name, kind, country, code, class, reasons FROM actors WHERE id = ?", (id_,)).fetchone()  # fmt: skip
    profiles = db.execute("SELECT id, key FROM profiles WHERE actor = ? ORDER BY key", (id_,)).fetchall()
    asked = json.dumps([p for p, _ in profiles])
    names = db.execute(
        "SELECT name, count(*) FROM cast_members WHERE profile IN (SELECT value FROM json_each(?))"
        " GROUP BY name ORDER BY count(*) DESC, name", (asked,)).fetchall()  # fmt: skip
    first, last, reports = db.execute(
        "SELECT min(day), max(day), count(DISTINCT report) FROM cast_members"
        " WHERE profile IN (SELECT value FROM json_each(?))", (asked,)).fetchone()  # fmt: skip
    statements = db.execute(
        "SELECT count(DISTINCT distinct_key) FROM statements WHERE judged IS NOT 'rejected'"
        " AND speaker IN (SELECT value FROM json_each(?))", (asked,)).fetchone()[0]  # fmt: skip
    tellings = how_many(told_of(db, [p for p, _ in profiles]))
    reasons = json.loads(told)
    why = (*reasons["reasons"], *(said for p in reasons["possible"] if (said := _possible(db, id_, p))))
    return ActorEntry(key, name, kind, country, code, bool(is_class), tuple(names), _roles(db, kit, asked), first, last,
                      reports, statements, tellings, why, tuple(k for _, k in profiles))  # fmt: skip


def _possible(db: sqlite3.Connection, id_: int, told: str) -> str | None:
    """Who it may be as well, and why it was not joined; ``None`` where a person has joined them."""
    profile, _, why = told.partition(": ")
    row = db.execute("SELECT a.id, a.name, a.key FROM profiles p JOIN actors a ON a.id = p.actor WHERE p.key = ?",
                     (profile,)).fetchone()  # fmt: skip
    if row is None or row[0] == id_:
        return None
    return f"may be the same as {row[1]} ({row[2]}): {why}"


def told_of(db: sqlite3.Connection, profiles: Sequence[int]) -> dict[int, Bits]:
    """Where the tellings stand that have one of these profiles on either side, without those that were rejected."""
    sides = [token(side, profile) for profile in profiles for side in (facets.SOURCE_PROFILE, facets.TARGET_PROFILE)]
    found = both(blocks_of(db, [token(facets.KIND, KIND_NAMES[TELLING])]), blocks_of(db, sides))
    return less(found, blocks_of(db, [token(facets.JUDGED, "rejected")]))


def _roles(db: sqlite3.Connection, kit: Kit, profiles: str) -> tuple[RoleSpan, ...]:
    """Titles over time: a "former" between two terms of one office parts them."""
    rows = db.execute(
        "SELECT s.title, s.of, s.status, s.day, r.key FROM role_sightings s JOIN reports r ON r.id = s.report"
        " WHERE s.profile IN (SELECT value FROM json_each(?)) ORDER BY s.day, r.key, s.title", (profiles,))  # fmt: skip
    return tuple(kit.roles([SeenRole(*row) for row in rows]))


# --- lists


def standing(db: sqlite3.Connection) -> list[ActorStanding]:
    """All actors that are no classes, those in most reports first."""
    rows = db.execute(
        "SELECT a.key, a.name, a.kind, a.country, a.code, count(DISTINCT c.report) AS reports FROM actors a"
        " JOIN profiles p ON p.actor = a.id JOIN cast_members c ON c.profile = p.id WHERE a.class = 0"
        " GROUP BY a.id ORDER BY reports DESC, a.key")  # fmt: skip
    return [ActorStanding(*row) for row in rows]


def called(db: sqlite3.Connection, words: str) -> set[str]:
    """The keys of the actors of whose names one holds all words, or such as begin with them."""
    asked = " AND ".join(f'"{word}" *' for word in _WORD.findall(words))
    if not asked:
        return set()
    rows = db.execute(
        "SELECT DISTINCT a.key FROM names n JOIN profile_names o ON o.id = n.rowid AND o.seen > 0"
        " JOIN profiles p ON p.id = o.profile JOIN actors a ON a.id = p.actor WHERE names MATCH ?", (asked,))  # fmt: skip
    return {row[0] for row in rows}


def profiles_of_actor(db: sqlite3.Connection, key: str) -> list[ProfileEntry]:
    """What an actor was joined from, what is in most reports first."""
    rows = db.execute(
        "SELECT p.key, p.name, p.kind, p.country, p.code, count(DISTINCT c.report) AS reports, min(c.day), max(c.day)"
        " FROM actors a JOIN profiles p ON p.actor = a.id JOIN cast_members c ON c.profile = p.id WHERE a.key = ?"
        " GROUP BY p.id ORDER BY reports DESC, p.key", (key,))  # fmt: skip
    return [ProfileEntry(*row) for row in rows]


def holders(db: sqlite3.Connection, profiles: Sequence[str]) -> dict[str, str]:
    """For each profile that some report has, by its key, the key of its actor now."""
    rows = db.execute("SELECT p.key, a.key FROM profiles p JOIN actors a ON a.id = p.actor"
                      " WHERE p.key IN (SELECT value FROM json_each(?))", (json.dumps(list(profiles)),))  # fmt: skip
    return dict(rows.fetchall())


def counterparts(db: sqlite3.Connection, key: str, limit: int) -> tuple[list[Counterpart], int]:
    """Who stands on the other side of the distinct events that this very actor has a part in, and how many do."""
    rows = db.execute(
        "WITH mine AS MATERIALIZED (SELECT ta.telling, ta.side, t.event FROM actors a JOIN profiles p ON p.actor = a.id"
        " JOIN telling_actors ta ON ta.profile = p.id JOIN tellings t ON t.id = ta.telling"
        " WHERE a.key = ?1 AND t.judged IS NOT 'rejected')"
        " SELECT o.actor, m.side, count(DISTINCT m.event) FROM mine m JOIN telling_actors ta ON ta.telling = m.telling"
        " AND ta.side = 1 - m.side JOIN profiles o ON o.id = ta.profile GROUP BY 1, 2", (key,)).fetchall()  # fmt: skip
    told: dict[int, list[int]] = {}
    for actor_, side, events in rows:
        told.setdefault(actor_, [0, 0])[side] = events
    ids = sorted(told, key=lambda id_: (-sum(told[id_]), id_))
    facts = {row[0]: row[1:] for row in db.execute(
        "SELECT id, key, name, kind, country, code FROM actors WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids[: 2 * limit]),))}  # fmt: skip
    found = [Counterpart(*facts[id_], *told[id_]) for id_ in ids if id_ in facts and facts[id_][0] != key]
    return sorted(found, key=lambda c: (-c.out - c.back, c.key))[:limit], len(told)
