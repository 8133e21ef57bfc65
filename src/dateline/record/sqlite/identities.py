"""Actors across reports in the record: the profiles of a bucket, grouped anew whenever a report touches it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline.record.drafts import digest
from dateline.record.profiles import Identity, Kit, SeenOffice, SeenProfile
from dateline.record.sqlite.projecting import Touched
from dateline.record.sqlite.sides import Party


def renew_actors(db: sqlite3.Connection, kit: Kit, touched: Touched) -> None:
    """Who is one actor, in every bucket touched and those that a person has joined with it.

    Where a profile passes to another actor, or its actor comes to stand for another side, the reports that have it are
    touched: their statements and events are counted anew.
    """
    _rename(db, touched.profiles)
    merges = _merges(db)
    buckets = _joined_buckets(db, touched.buckets, merges)
    if not buckets:
        return
    apart = _set_apart(db)
    seen = _seen(db, buckets)
    groups = [group for bucket in sorted(seen) for group in _grouped(kit, seen[bucket], apart)]
    left = _unseen(db, buckets)
    for identity in _with_merges(groups, merges):
        left |= _assign(db, identity, touched)
    db.execute("DELETE FROM actors WHERE id IN (SELECT value FROM json_each(?))"
               " AND NOT EXISTS (SELECT 1 FROM profiles WHERE actor = actors.id)", (json.dumps(sorted(left)),))  # fmt: skip


def _grouped(kit: Kit, profiles: Sequence[SeenProfile], apart: set[str]) -> list[Identity]:
    alone = {p.key for p in profiles} & apart
    return [replace(group, reasons=("set apart by a person",)) if alone.issuperset(group.members) else group
            for group in kit.group(profiles, alone)]  # fmt: skip


def _rename(db: sqlite3.Connection, profiles: set[int]) -> None:
    """A profile is called as most reports call it; of several such names, kinds and codes, the first in the alphabet."""
    rows = db.execute("SELECT profile, name, kind, code, seen FROM profile_names WHERE seen > 0"
                      " AND profile IN (SELECT value FROM json_each(?))", (json.dumps(sorted(profiles)),))  # fmt: skip
    told: dict[int, tuple[Counter[str], Counter[str], Counter[str]]] = {}
    for profile, name, kind, code, seen in rows:
        names, kinds, codes = told.setdefault(profile, (Counter(), Counter(), Counter()))
        names[name] += seen
        kinds[kind] += seen
        codes[code] += seen if code else 0
    db.executemany("UPDATE profiles SET name = ?1, kind = ?2, code = ?3 WHERE id = ?4"
                   " AND (name, kind) IS NOT (?1, ?2) OR id = ?4 AND code IS NOT ?3",
                   [(_most(names), _most(kinds), _most(codes) or None, profile)
                    for profile, (names, kinds, codes) in sorted(told.items())])  # fmt: skip


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))


def _unseen(db: sqlite3.Connection, buckets: set[str]) -> set[int]:
    """Let go of the actors of profiles that no report has any more, and say which actors those were."""
    rows = db.execute(
        "SELECT id, actor FROM profiles WHERE bucket IN (SELECT value FROM json_each(?)) AND actor NOTNULL"
        " AND NOT EXISTS (SELECT 1 FROM cast_members c WHERE c.profile = profiles.id)",
        (json.dumps(sorted(buckets)),)).fetchall()  # fmt: skip
    db.executemany("UPDATE profiles SET actor = NULL WHERE id = ?", [(profile,) for profile, _ in rows])
    return {actor for _, actor in rows}


# --- what people joined


def _merges(db: sqlite3.Connection) -> list[list[str]]:
    """The lists of profile keys that a person has said are one actor, without those that were set apart later."""
    rows = db.execute(
        "SELECT action, after FROM corrections c WHERE (action = 'merge' OR action = 'split' AND report IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id) ORDER BY id")  # fmt: skip
    merges: list[list[str]] = []
    for action, after in rows:
        told = json.loads(after)
        if action == "merge":
            merges.append(told)
        else:
            merges = [[key for key in merge if key != told] for merge in merges]
    return merges


def _set_apart(db: sqlite3.Connection) -> set[str]:
    """The profiles that a person has said are no part of the actor they were joined to."""
    rows = db.execute(
        "SELECT after FROM corrections c WHERE action = 'split' AND report IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id)")  # fmt: skip
    return {json.loads(row[0]) for row in rows}


def _joined_buckets(db: sqlite3.Connection, buckets: set[str], merges: Sequence[Sequence[str]]) -> set[str]:
    """The buckets, and those whose profiles a person joined with theirs."""
    joined = set(buckets)
    sides = [{bucket_of(db, key) for key in merge} - {None} for merge in merges]
    grown = True
    while grown:
        grown = False
        for side in sides:
            if side & joined and not side <= joined:
                joined |= {s for s in side if s is not None}
                grown = True
    return joined


def bucket_of(db: sqlite3.Connection, profile: str) -> str | None:
    """The bucket of a profile, ``None`` where no report has it."""
    row = db.execute("SELECT bucket FROM profiles WHERE key = ?", (profile,)).fetchone()
    return row[0] if row else None


def _with_merges(groups: Sequence[Identity], merges: Sequence[Sequence[str]]) -> list[Identity]:
    """The groups, those made one that a person has merged."""
    at = {key: n for n, group in enumerate(groups) for key in group.members}
    parent = list(range(len(groups)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for merge in merges:
        found = sorted({root(at[key]) for key in merge if key in at})
        for other in found[1:]:
            parent[other] = found[0]
    united: dict[int, list[Identity]] = {}
    for n, group in enumerate(groups):
        united.setdefault(root(n), []).append(group)
    return [_one(parts) for parts in united.values()]


def _one(parts: Sequence[Identity]) -> Identity:
    first = parts[0]
    if len(parts) == 1:
        return first
    reasons = (*dict.fromkeys(r for part in parts for r in part.reasons), "merged by a person")
    members = tuple(sorted(m for part in parts for m in part.members))
    best = max(parts, key=lambda p: (p.country is not None, len(p.name), p.name))
    return Identity(members, best.name, best.kind, best.country, best.code, reasons, first.possible, first.is_class)


# --- rows


def _seen(db: sqlite3.Connection, buckets: set[str]) -> dict[str, list[SeenProfile]]:
    """All profiles of the buckets that some report has, with the days on which they were seen."""
    asked = json.dumps(sorted(buckets))
    rows = db.execute(
        "SELECT p.id, p.key, p.bucket, p.name, p.kind, p.country, p.code, p.facts,"
        " (SELECT min(day) FROM cast_members c WHERE c.profile = p.id),"
        " (SELECT max(day) FROM cast_members c WHERE c.profile = p.id),"
        " (SELECT sum(seen) FROM profile_names n WHERE n.profile = p.id)"
        " FROM profiles p WHERE p.bucket IN (SELECT value FROM json_each(?)) ORDER BY p.bucket, p.key", (asked,))  # fmt: skip
    found: dict[str, list[SeenProfile]] = {}
    several = rows.fetchall()
    alone = _alone(several)
    for id_, key, bucket, name, kind, country, code, facts, first, last, sightings in several:
        if not sightings:
            continue
        offices = () if bucket in alone else _offices(db, id_)
        seen = SeenProfile(key, bucket, name, kind, country, code, facts, first, last, sightings, offices)
        found.setdefault(bucket, []).append(seen)
    return found


def _alone(rows: Sequence[tuple[object, ...]]) -> set[object]:
    """The buckets with one profile: nobody there can be joined, so that their offices need not be fetched."""
    counts: dict[object, int] = {}
    for row in rows:
        counts[row[2]] = counts.get(row[2], 0) + 1
    return {bucket for bucket, n in counts.items() if n == 1}


def _offices(db: sqlite3.Connection, profile: int) -> tuple[SeenOffice, ...]:
    rows = db.execute(
        "SELECT office, of, status, min(day), max(day) FROM role_sightings WHERE profile = ?"
        " GROUP BY office, of, status ORDER BY office, of, status", (profile,))  # fmt: skip
    return tuple(SeenOffice(*row) for row in rows)


def _assign(db: sqlite3.Connection, identity: Identity, touched: Touched) -> set[int]:
    """Give an identity its profiles; says from which actors they came."""
    members = json.dumps(identity.members)
    rows = db.execute("SELECT id, actor FROM profiles WHERE key IN (SELECT value FROM json_each(?))",
                      (members,)).fetchall()  # fmt: skip
    key = actor_key(identity)
    reasons = json.dumps({"reasons": identity.reasons, "possible": identity.possible}, ensure_ascii=False)
    facts = (identity.name, identity.kind, identity.country, identity.code, identity.is_class, reasons)
    known = db.execute("SELECT id, name, kind, country, code, class, reasons FROM actors WHERE key = ?",
                       (key,)).fetchone()  # fmt: skip
    if known is None:
        actor = db.execute("INSERT INTO actors (key, name, kind, country, code, class, reasons)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?)", (key, *facts)).lastrowid  # fmt: skip
    else:
        actor = known[0]
        if known[1:] != facts:
            db.execute("UPDATE actors SET name = ?, kind = ?, country = ?, code = ?, class = ?, reasons = ?"
                       " WHERE id = ?", (*facts, actor))  # fmt: skip
    is_other = known is None or _side(known[2:5], key) != _side(facts[1:4], key)
    for profile, before in rows:
        if before == actor and not is_other:
            continue
        db.execute("UPDATE profiles SET actor = ? WHERE id = ?", (actor, profile))
        if before is not None:
            touched.reports.update(
                r[0] for r in db.execute("SELECT DISTINCT report FROM cast_members WHERE profile = ?", (profile,)))  # fmt: skip
    return {before for _, before in rows if before not in (None, actor)}


def _side(facts: Sequence[Any], key: str) -> tuple[object, ...]:
    """All of an actor that decides what stands for it in relations."""
    kind, country, code = facts
    party = Party(kind, country, code, key)
    return party.side, party.private_of, kind == "population"


def actor_key(identity: Identity) -> str:
    """The public id of an identity: made from the first of its members, so that it depends on no order."""
    return "a" + digest(identity.members[0])
