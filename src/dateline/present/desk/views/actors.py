"""Actors: the list, and one of them with names, roles, quotes, dealings, and why its mentions were taken for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.errors import QueryError
from dateline.keep import Record
from dateline.lexicons.countries import country_of, is_code, name_of
from dateline.model import ActorKind
from dateline.present.desk.state import Desk, Known, Task
from dateline.present.desk.views.decided import Logged, logged
from dateline.present.desk.views.entries import plain
from dateline.record.drafts import digest
from dateline.record.entries import (
    ActorEntry,
    ActorStanding,
    Correction,
    Counterpart,
    Hit,
    ProfileEntry,
    RoleSpan,
    StatementEntry,
)
from dateline.record.query import Find, Query

#: Actors on one page, entries of each kind on an actor's page, and seconds that a first answer is waited for.
SHOWN, ENTRIES, PATIENCE = 50, 5, 0.1
COUNTERPARTS = 12
#: What an actor page shows of long lists.
_NAMES, _PROFILES = 40, 60
_POSSIBLE = re.compile(r"may be the same as (?P<name>.+) \((?P<key>a[0-9a-f]{12})\): (?P<why>.+)", re.DOTALL)
_KEY = re.compile(r"a[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ActorsView:
    """A page of the list; ``cursor`` is the actor after which the next page begins."""

    actors: tuple[ActorStanding, ...]
    total: int
    cursor: str | None
    stale: bool


@dataclass(frozen=True, slots=True)
class RoleBar:
    """A role, and where it lies in the time of all roles: from ``left`` over ``width``, in hundredths."""

    role: RoleSpan
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Possible:
    """Somebody who may be the same, and why it was not joined."""

    key: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ActorView:
    """One actor. ``side`` is what stands for it in relations: its state, or itself."""

    actor: ActorEntry
    side: str
    side_name: str
    roles: tuple[RoleBar, ...]
    first: str | None
    last: str | None
    reasons: tuple[str, ...]
    possible: tuple[Possible, ...]
    profiles: tuple[ProfileEntry, ...]
    more_profiles: int
    names: tuple[tuple[str, int], ...]
    more_names: int
    said: tuple[Hit, ...]
    about: tuple[StatementEntry, ...]
    did: tuple[Hit, ...]
    suffered: tuple[Hit, ...]
    counterparts: tuple[Counterpart, ...]
    all_counterparts: int
    decided: tuple[Logged, ...]


# --- the list


def standing(desk: Desk) -> Known | None:
    """All actors, those in most reports first, worked out aside."""
    return desk.worked_out("actors", Task(_standing), PATIENCE)


def _standing(desk: Desk) -> Any:
    return desk.record.store.standing()


def actors_view(
    record: Record, known: Known, words: str = "", kind: str = "", country: str = "", after: str | None = None,
    limit: int = SHOWN,
) -> ActorsView:  # fmt: skip
    """A page of the actors called so, of a kind and a state; raises ``QueryError`` for what is no kind or state."""
    every: Sequence[ActorStanding] = known.answer
    kinds = _kind(kind) if kind.strip() else None
    code = _country(country) if country.strip() else None
    called = record.store.called_like(words) if words.strip() else None
    kept = [a for a in every if (called is None or a.key in called) and (kinds is None or a.kind == kinds)
            and (code is None or a.country == code)]  # fmt: skip
    start = next((n for n, a in enumerate(kept, 1) if a.key == after), 0) if after else 0
    page = kept[start : start + limit]
    cursor = page[-1].key if start + limit < len(kept) else None
    return ActorsView(tuple(page), len(kept), cursor, known.stale)


def _kind(asked: str) -> str:
    try:
        return ActorKind(asked.strip().lower()).value
    except ValueError:
        raise QueryError("kind", f"{asked!r} is none of " + ", ".join(ActorKind)) from None


def _country(asked: str) -> str:
    told = asked.strip()
    code = told.upper() if is_code(told.upper()) else country_of(told)
    if not code:
        raise QueryError("country", f"{told!r} is no country: give its name or its ISO 3166-1 alpha-3 code, as PAK")
    return code


# --- one actor


def is_key(name: str) -> bool:
    """Whether this is the key of an actor, be it there or not."""
    return _KEY.fullmatch(name) is not None


def actor_of(record: Record, name: str) -> ActorEntry:
    """The actor with a key, that of one whose key was another before a merge or split, or a name."""
    if is_key(name) and not record.store.profiles(name) and (now := now_called(record, name)):
        name = now
    return record.actor(name)


def now_called(record: Record, key: str) -> str | None:
    """The key by now of an actor that people have merged or split."""
    store = record.store
    touched = dict.fromkeys(p for made in reversed(store.joinings()) for p in profiles_of(made))
    for now in dict.fromkeys(store.holders(list(touched)).values()):
        if any("a" + digest(profile.key) == key for profile in store.profiles(now)):
            return now
    return None


def profiles_of(made: Correction) -> list[str]:
    """The profiles that a merge joined or a split set apart."""
    after = made.after
    return [after] if isinstance(after, str) else list(after or ())


def actor_view(record: Record, actor: ActorEntry) -> ActorView:
    """An actor as its page and the API show it."""
    store, key = record.store, actor.key
    profiles = store.profiles(key)
    counterparts, many = store.counterparts(key, COUNTERPARTS)
    side = store.side(key) if not actor.is_class else key
    possible = tuple(Possible(m["key"], plain(m["name"]), plain(m["why"]))
                     for m in map(_POSSIBLE.fullmatch, actor.reasons) if m)  # fmt: skip
    reasons = tuple(plain(r) for r in actor.reasons if not _POSSIBLE.fullmatch(r))
    roles, first, last = bars(actor.roles)
    return ActorView(
        actor, side, name_of(side) if is_code(side) else plain(actor.name), roles, first, last, reasons, possible,
        tuple(profiles[:_PROFILES]), max(0, len(profiles) - _PROFILES), actor.names[:_NAMES],
        max(0, len(actor.names) - _NAMES), _newest(record, Query(source=key, find=Find.STATEMENTS)),
        tuple(store.mentioning(key, ENTRIES)), _newest(record, Query(source=key, find=Find.EVENTS)),
        _newest(record, Query(target=key, find=Find.EVENTS)), tuple(counterparts), many, _decided(record, actor),
    )  # fmt: skip


def _newest(record: Record, query: Query) -> tuple[Hit, ...]:
    return record.store.search(query, ENTRIES).hits


def _decided(record: Record, actor: ActorEntry) -> tuple[Logged, ...]:
    """What people decided about who is this actor, newest first."""
    mine = {actor.key, *map(_called, actor.profiles)}
    found = [c for c in record.store.joinings() if mine & {c.target, *map(_called, profiles_of(c))}]
    return tuple(_worded(logged(c), c) for c in reversed(found))


def _called(profile: str) -> str:
    """Kind and name of a profile, without its state: what was set apart from an actor is called as it is."""
    return "|".join(profile.split("|")[:2])


def _worded(line: Logged, made: Correction) -> Logged:
    names = " and ".join(profile_words(p) for p in profiles_of(made))
    if made.action == "merge":
        return replace(line, what=f"merged {names}")
    where = f" in report {made.report}" if made.report else ""
    return replace(line, what=f"set {names} apart{where}")


def profile_words(key: str) -> str:
    """A profile's key for people.

    >>> profile_words("person|per lund|NOR")
    'per lund (person, NOR)'
    """
    kind, _, rest = key.partition("|")
    name, _, where = rest.partition("|")
    facts = ", ".join(part for part in (kind, *where.split("|")) if part not in ("", "?"))
    return plain(f"{name or kind} ({facts})" if name else key)


def bars(roles: Sequence[RoleSpan]) -> tuple[tuple[RoleBar, ...], str | None, str | None]:
    """Roles with their places in the time of all of them, and the first and last day of that."""
    days = sorted(day for r in roles for day in (r.first, r.last) if day)
    if not days:
        return tuple(RoleBar(r, 0, 0) for r in roles), None, None
    start, end = _number(days[0]), _number(days[-1])
    length = max(1, end - start)
    found = []
    for role in roles:
        if not role.first or not role.last:
            found.append(RoleBar(role, 0, 0))
            continue
        from_, to = (98 * (_number(day) - start) / length for day in (role.first, role.last))
        found.append(RoleBar(role, round(from_, 2), round(to - from_ + 2, 2)))
    return tuple(found), days[0], days[-1]


def _number(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()
