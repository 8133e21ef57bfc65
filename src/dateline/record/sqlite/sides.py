"""What stands for an actor in a relation, and what a person means who names one."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.errors import QueryError
from dateline.lexicons.actorcodes import kind_of_role
from dateline.lexicons.countries import country_of, is_code, name_of

#: role parts of CAMEO codes that are the state itself
STATE_ROLES = ("", "GOV", "MIL", "LEG", "JUD", "SPY", "COP")
#: roles that Dateline gives besides those of CAMEO
_OWN_ROLES = ("JRN", "PRM", "REL")
_PARTED = re.compile(r"(.+?)\s*:\s*([A-Za-z]{3,9})")
_GLUED = re.compile(r"([A-Z]{3})((?:[A-Z]{3}){1,2})")


def side_of(kind: str, country: str | None, code: str | None, actor: str) -> str:
    """What stands for an actor in a relation: its state where it speaks and acts for it, else the actor alone.

    >>> side_of("person", "PAK", "PAKGOV", "a1"), side_of("group", "SYR", "SYRREB", "a2")
    ('PAK', 'a2')
    """
    if country and (kind == "state" or (code or "").startswith(country)):
        role = (code or country)[len(country) :]
        if kind == "state" or (role and role[:3] in STATE_ROLES) or (not role and kind in ("office", "population")):
            return country
    return actor


#: roles of private people and bodies; opposition, rebels, international bodies and the like speak for themselves
_PRIVATE = ("", "UNK", "CVL", "JRN", "MED", "EDU", "BUS", "LAB", "ELI", "REF", "HLH", "AGR")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor on one side of a telling."""

    kind: str
    country: str | None
    code: str | None
    key: str

    @property
    def side(self) -> str:
        """What stands for it by itself."""
        return side_of(self.kind, self.country, self.code, self.key)

    @property
    def private_of(self) -> str | None:
        """The country whose private citizen or body it is."""
        if not self.country or not (self.code or self.country).startswith(self.country):
            return None
        role = (self.code or "")[len(self.country) :]
        return self.country if role[:3] in _PRIVATE else None


def sides_of(type: str, sources: Iterable[Party], targets: Iterable[Party]) -> tuple[set[str], set[str]]:
    """What stands on either side of an event.

    What a state does to private citizens of another is done to that other state, as in CAMEO, whose codes of citizens
    begin with their country; what it does to its own stays between the two. A people as a whole ("the Russians
    proposed") stands for its state, but where it protests; so do unnamed people of a country who arrest or expel.
    """
    acting = {p.private_of if p.private_of and _for_its_state(type, p) else p.side for p in sources}
    concerned = list(targets)
    found = {p.private_of if p.private_of and acting and p.private_of not in acting else p.side for p in concerned}
    return {s for s in acting if s}, {s for s in found if s}


def _for_its_state(type: str, party: Party) -> bool:
    if party.kind == "population":
        return type != "PROTEST"
    return party.kind == "unnamed" and type in ("COERCE", "SANCTION")


@dataclass(frozen=True, slots=True)
class Part:
    """The actors of a state with one role: its army alone, its companies. ``role`` is the part of CAMEO's code."""

    country: str
    role: str

    @property
    def key(self) -> str:
        """What the part is called: ``USA:MIL``."""
        return f"{self.country}:{self.role}"

    @property
    def code(self) -> str:
        return self.country + self.role

    @property
    def of_state(self) -> bool:
        """Whether the state as a whole stands for these actors."""
        return self.role[:3] in STATE_ROLES


def part_of(name: str) -> Part | None:
    """The part of a state that a name means: ``USA:MIL``, ``United States:MIL`` or ``USAMIL``; ``None`` for others.

    Raises ``QueryError`` for a role that there is not.

    >>> part_of("USA:mil").key, part_of("USAMIL").key, part_of("USA"), part_of("CANADA")
    ('USA:MIL', 'USA:MIL', None, None)
    """
    if (told := _PARTED.fullmatch(name)) and (country := code_of(told[1])):
        role = told[2].upper()
        if not _is_role(role):
            raise QueryError("actor", f"{told[2]!r} is no role: {ROLES_TOLD}")
        return Part(country, role)
    glued = _GLUED.fullmatch(name)
    if glued and is_code(glued[1]) and _is_role(glued[2]) and country_of(name) is None:
        return Part(glued[1], glued[2])
    return None


#: what is said of a role that there is not
ROLES_TOLD = (
    "write GOV (government), MIL (army), LEG (parliament), JUD (courts), SPY (secret services), COP (police), "
    "OPP, PTY, REB, BUS, MED, CVL or another role of CAMEO, as in USA:MIL"
)


def _is_role(code: str) -> bool:
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    return all(kind_of_role(part) is not None or part in _OWN_ROLES for part in parts)


def looks_like_a_part(name: str) -> bool:
    """Whether a name that nobody has may be a code with a role that there is not: ``USAXYZ``."""
    glued = _GLUED.fullmatch(name)
    return bool(glued and is_code(glued[1]))


def code_of(name: str) -> str | None:
    """The state that a code or a name means."""
    return name if name.isupper() and is_code(name) else country_of(name)


# --- one side of a relation, as it is asked of the tables ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: ``key`` is what it is called, ``stands`` what stands for its actors in ``pairs``.

    ``part`` or ``actor`` (a key) is set where only some of the actors for whom these stand are meant.
    """

    key: str
    stands: tuple[str, ...]
    part: Part | None = None
    actor: str | None = None

    @property
    def whole(self) -> bool:
        """Whether all for whom it stands are meant, so that the rollup knows its counts."""
        return self.part is None and self.actor is None

    def listed(self) -> str:
        """What stands for it, as the JSON that SQL takes."""
        return json.dumps(self.stands)


def named(db: sqlite3.Connection, key: str) -> str:
    """What people call a side: the country's name, the actor's, or the key itself."""
    country, _, role = key.partition(":")
    if is_code(country):
        return name_of(country) + (f", {role}" if role else "")
    row = db.execute("SELECT name FROM actors WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else key


def side_of_part(db: sqlite3.Connection, part: Part) -> Side:
    """The side that a part of a state is; raises ``QueryError`` where the record has no such actor."""
    keys = [row[0] for row in db.execute(
        "SELECT key FROM actors WHERE country = ? AND substr(code, 1, ?) = ? AND kind <> 'state' ORDER BY key",
        (part.country, len(part.code), part.code))]  # fmt: skip
    if not keys:
        raise QueryError("actor", f"no actor of {name_of(part.country)} with the role {part.role} in the record"
                         + _roles_there(db, part.country))  # fmt: skip
    return Side(part.key, (part.country,) if part.of_state else (*keys, part.country), part)


def side_of_actor(db: sqlite3.Connection, key: str) -> Side:
    """The side that a state's code or an actor's key is: for a private citizen its country may stand as well."""
    row = db.execute("SELECT kind, country, code, key FROM actors WHERE key = ?", (key,)).fetchone()
    nation = Party(*row).private_of if row else None
    return Side(key, (key, nation), actor=key) if nation and nation != key else Side(key, (key,))


def _roles_there(db: sqlite3.Connection, country: str) -> str:
    rows = db.execute("SELECT DISTINCT substr(code, 4, 3) FROM actors WHERE country = ?1 AND length(code) > 3"
                      " AND substr(code, 1, 3) = ?1 ORDER BY 1", (country,)).fetchall()  # fmt: skip
    return "; there are " + ", ".join(row[0] for row in rows) if rows else ""


def condition(side: Side, at: int) -> tuple[str, list[str]]:
    """SQL that holds for an event ``v`` whose side (0 source, 1 target) is meant, and its values.

    The earliest telling speaks for an event here too, as in ``pairs``.
    """
    if side.whole:
        return "", []
    if side.part is None:
        which, values = "a.key = ?", [str(side.actor)]
    else:
        which = f"a.country = ? AND substr(a.code, 1, {len(side.part.code)}) = ? AND a.kind <> 'state'"
        values = [side.part.country, side.part.code]
    sql = (
        " AND EXISTS (SELECT 1 FROM telling_actors ta JOIN profiles f ON f.id = ta.profile JOIN actors a ON a.id = f.actor"
        " WHERE ta.telling = (SELECT min(t.id) FROM tellings t WHERE t.event = v.id AND t.judged IS NOT 'rejected')"
        f" AND ta.side = {at} AND {which})"
    )
    return sql, values


def profiles_of(db: sqlite3.Connection, side: Side) -> list[int]:
    """The profiles of all actors for whom a side stands."""
    if (part := side.part) is not None and not part.of_state:
        rows = db.execute("SELECT p.id FROM actors a JOIN profiles p ON p.actor = a.id WHERE a.country = ?"
                          " AND substr(a.code, 1, ?) = ? AND a.kind <> 'state' ORDER BY p.id",
                          (part.country, len(part.code), part.code))  # fmt: skip
        return [row[0] for row in rows]
    if part is not None or (side.actor is None and is_code(side.stands[0])):
        code = part.code if part else ""
        rows = db.execute("SELECT p.id, a.kind, a.country, a.code, a.key FROM actors a JOIN profiles p ON p.actor = a.id"
                          " WHERE a.country = ? AND substr(coalesce(a.code, ''), 1, ?) = ? ORDER BY p.id",
                          (side.stands[0], len(code), code))  # fmt: skip
        return [row[0] for row in rows if side_of(*row[1:]) == side.stands[0] and not (code and row[1] == "state")]
    rows = db.execute("SELECT p.id FROM actors a JOIN profiles p ON p.actor = a.id WHERE a.key = ? ORDER BY p.id",
                      (side.key,))  # fmt: skip
    return [row[0] for row in rows]
