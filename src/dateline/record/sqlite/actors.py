"""Actors of the record: one identity each, with its names, and its roles over time as the reports tell them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.errors import QueryError
from dateline.lexicons.countries import country_of, is_code
from dateline.record.entries import ActorEntry, RoleSpan
from dateline.record.query import Query
from dateline.record.sqlite.likely import meant
from dateline.record.sqlite.listing import reports_of
from dateline.record.sqlite.selecting import profiles_named

#: how a role was held: these stretch the time in which it is known to be held
_HOLDING = ("current", "acting")


def actors(db: sqlite3.Connection, query: Query) -> Iterator[ActorEntry]:
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
        yield entry(db, id_)


def actor(db: sqlite3.Connection, name: str) -> ActorEntry:
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
    return entry(db, ids[0])


def _state(db: sqlite3.Connection, name: str) -> list[int]:
    """The state itself, where a name is a country's code or another name of it."""
    code = name if name.isupper() and is_code(name) else country_of(name)
    rows = db.execute("SELECT id FROM actors WHERE kind = 'state' AND country = ? AND code = country ORDER BY id", (code,))
    return [row[0] for row in rows]


def _name(db: sqlite3.Connection, id_: int) -> str:
    return str(db.execute("SELECT name FROM actors WHERE id = ?", (id_,)).fetchone()[0])


def _key(db: sqlite3.Connection, id_: int) -> str:
    return str(db.execute("SELECT key FROM actors WHERE id = ?", (id_,)).fetchone()[0])


def entry(db: sqlite3.Connection, id_: int) -> ActorEntry:
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
    tellings = db.execute(
        "SELECT count(DISTINCT t.id) FROM telling_actors ta JOIN tellings t ON t.id = ta.telling"
        " WHERE t.judged IS NOT 'rejected' AND ta.profile IN (SELECT value FROM json_each(?))",
        (asked,)).fetchone()[0]  # fmt: skip
    reasons = json.loads(told)
    why = (*reasons["reasons"], *(said for p in reasons["possible"] if (said := _possible(db, id_, p))))
    return ActorEntry(key, name, kind, country, code, bool(is_class), tuple(names), _roles(db, asked), first, last,
                      reports, statements, tellings, why, tuple(k for _, k in profiles))  # fmt: skip


def _possible(db: sqlite3.Connection, id_: int, told: str) -> str | None:
    """Who it may be as well, and why it was not joined; ``None`` where a person has joined them."""
    profile, _, why = told.partition(": ")
    row = db.execute("SELECT a.id, a.name, a.key FROM profiles p JOIN actors a ON a.id = p.actor WHERE p.key = ?",
                     (profile,)).fetchone()  # fmt: skip
    if row is None or row[0] == id_:
        return None
    return f"may be the same as {row[1]} ({row[2]}): {why}"


def _roles(db: sqlite3.Connection, profiles: str) -> tuple[RoleSpan, ...]:
    rows = db.execute(
        "SELECT office, of, status, min(day), max(day), count(DISTINCT report), max(title) FROM role_sightings"
        " WHERE profile IN (SELECT value FROM json_each(?)) GROUP BY office, of, status ORDER BY office, of, status",
        (profiles,)).fetchall()  # fmt: skip
    spans: dict[tuple[str, str | None], list[Sequence[Any]]] = {}
    for row in rows:
        spans.setdefault((row[0], row[1]), []).append(row)
    found = [_span(rows) for rows in spans.values()]
    return tuple(sorted(found, key=lambda r: (r.first or "9", r.title, r.of or "")))


def _span(rows: Sequence[Sequence[Any]]) -> RoleSpan:
    """One office over time: "former" and "then" are kept as what was said, but stretch no time of holding."""
    holding = [r for r in rows if r[2] in _HOLDING]
    firsts = [r[3] for r in holding if r[3]]
    lasts = [r[4] for r in holding if r[4]]
    title = (holding or rows)[0][6]
    statuses = tuple(sorted({r[2] for r in rows}))
    return RoleSpan(title, rows[0][1], min(firsts, default=None), max(lasts, default=None), statuses,
                    sum(r[5] for r in rows))  # fmt: skip
