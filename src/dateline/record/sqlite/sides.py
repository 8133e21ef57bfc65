"""What stands for an actor in a relation, and what a person means who names one."""

from __future__ import annotations

import json
import re
import sqlite3
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

    ``part`` is set where only some of the actors for whom these stand are meant.
    """

    key: str
    stands: tuple[str, ...]
    part: Part | None = None

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
    return Side(part.key, (part.country,), part) if part.of_state else Side(part.key, tuple(keys))


def _roles_there(db: sqlite3.Connection, country: str) -> str:
    rows = db.execute("SELECT DISTINCT substr(code, 4, 3) FROM actors WHERE country = ?1 AND length(code) > 3"
                      " AND substr(code, 1, 3) = ?1 ORDER BY 1", (country,)).fetchall()  # fmt: skip
    return "; there are " + ", ".join(row[0] for row in rows) if rows else ""


def condition(side: Side, at: int) -> tuple[str, list[str]]:
    """SQL that holds for an event ``v`` whose side (0 source, 1 target) is meant, and its values.

    The earliest telling speaks for an event here too, as in ``pairs``.
    """
    if side.part is None:
        return "", []
    sql = (
        " AND EXISTS (SELECT 1 FROM telling_actors ta JOIN profiles f ON f.id = ta.profile JOIN actors a ON a.id = f.actor"
        " WHERE ta.telling = (SELECT min(t.id) FROM tellings t WHERE t.event = v.id AND t.judged IS NOT 'rejected')"
        f" AND ta.side = {at} AND a.country = ? AND substr(a.code, 1, {len(side.part.code)}) = ? AND a.kind <> 'state')"
    )
    return sql, [side.part.country, side.part.code]


def profiles_of(db: sqlite3.Connection, side: Side) -> list[int]:
    """The profiles of all actors for whom a side stands."""
    if side.part is not None or (len(side.stands) == 1 and is_code(side.stands[0])):
        code = side.part.code if side.part else ""
        rows = db.execute("SELECT p.id, a.kind, a.country, a.code, a.key FROM actors a JOIN profiles p ON p.actor = a.id"
                          " WHERE a.country = ? AND substr(coalesce(a.code, ''), 1, ?) = ? ORDER BY p.id",
                          (side.stands[0], len(code), code))  # fmt: skip
        return [row[0] for row in rows if side_of(*row[1:]) == side.stands[0] and not (code and row[1] == "state")]
    rows = db.execute("SELECT p.id FROM actors a JOIN profiles p ON p.actor = a.id WHERE a.key IN"
                      " (SELECT value FROM json_each(?)) ORDER BY p.id", (side.listed(),))  # fmt: skip
    return [row[0] for row in rows]
