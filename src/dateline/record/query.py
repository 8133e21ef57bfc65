"""What is asked of a record: one set of filters for search, export, the page and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from dateline.errors import QueryError
from dateline.model import ActorKind, Form, Reality, Sourcing, Stance


class Find(StrEnum):
    """Which entries are looked for."""

    SENTENCES = "sentences"
    STATEMENTS = "statements"
    EVENTS = "events"


class Voice(StrEnum):
    """Who tells an event: the report itself, or only somebody in it."""

    OWN = "own"
    SAID = "said"


class Judged(StrEnum):
    """What a person decided about an entry."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Query:
    """Words and filters; all that are given must hold. ``None`` or ``False`` asks for nothing.

    ``words`` is a list of words that must all be there, ``"phrases"`` in quotation marks, ``begin*``, ``-without``
    and ``this OR that``. ``actor``, ``source`` and ``target`` are a name, an actor's key or a country's ISO 3166-1
    alpha-3 code (which takes in all actors of that country). ``since`` and ``until`` are days, both included, and
    are held against the day on which a thing was said or began; a day that nobody told never matches. An entry
    that a person has rejected matches only where ``judged`` asks for it. With ``copies`` each report of a story
    gives its own entries; without, the earliest known one speaks for all.
    """

    words: str | None = None
    find: Find | None = None
    actor: str | None = None
    source: str | None = None
    target: str | None = None
    role: str | None = None
    country: str | None = None
    kind: ActorKind | None = None
    act: str | None = None
    stance: Stance | None = None
    sourcing: Sourcing | None = None
    form: Form | None = None
    type: str | None = None
    quad: str | None = None
    reality: Reality | None = None
    voice: Voice | None = None
    since: str | None = None
    until: str | None = None
    publisher: str | None = None
    agency: str | None = None
    report: str | None = None
    story: str | None = None
    reliable: bool = False
    judged: Judged | None = None
    copies: bool = False

    def as_json(self) -> dict[str, Any]:
        """Only what is asked for, ready for JSON; ``Query.of`` reads it again.

        >>> Query(words="grain", find=Find.EVENTS).as_json()
        {'words': 'grain', 'find': 'events'}
        """
        asked = {name: value for name, value in asdict(self).items() if value not in (None, False)}
        return {name: value.value if isinstance(value, StrEnum) else value for name, value in asked.items()}

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Query:
        """The query that names and values make; raises ``QueryError`` for a name or value that makes no sense."""
        known = {f.name: f for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in asked.items():
            if name not in known:
                raise QueryError(name, "no such filter; there are " + ", ".join(known))
            if value is None or value is False or value == "":
                continue
            values[name] = _value(name, value)
        return cls(**values)


_CLOSED: dict[str, type[StrEnum]] = {
    "find": Find,
    "kind": ActorKind,
    "stance": Stance,
    "sourcing": Sourcing,
    "form": Form,
    "reality": Reality,
    "voice": Voice,
    "judged": Judged,
}
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def _value(name: str, value: Any) -> Any:
    if name in ("reliable", "copies"):
        if not isinstance(value, bool):
            raise QueryError(name, f"{value!r} is neither true nor false")
        return value
    if not isinstance(value, str):
        raise QueryError(name, f"{value!r} is no text")
    if name in _CLOSED:
        try:
            return _CLOSED[name](value.lower())
        except ValueError:
            raise QueryError(name, f"{value!r} is none of " + ", ".join(_CLOSED[name])) from None
    if name in ("since", "until"):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise QueryError(name, f"{value!r} is no day; write it as 2024-11-08") from None
    if name == "quad" and value not in QUADS:
        raise QueryError(name, f"{value!r} is none of " + ", ".join(QUADS))
    if name == "type":
        from dateline.lexicons.eventbook import TYPES  # help must not wait for the lexicon

        if value.upper() not in TYPES:
            raise QueryError(name, f"{value!r} is none of " + ", ".join(TYPES))
        return value.upper()
    return value
