"""What people decided, as screens show it: beside each entry, and in the log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dateline.present.desk.views.entries import plain
from dateline.record.entries import Correction


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions about one entry that hold, oldest first, and the fields that they set."""

    made: tuple[Correction, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def last(self) -> Correction | None:
        return self.made[-1] if self.made else None


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the log in words."""

    correction: Correction
    what: str
    before: str
    after: str
    state: str
    can_undo: bool = field(default=False)


def decided_in(log: Iterable[Correction]) -> dict[str, Decided]:
    """For each target the decisions that hold."""
    found: dict[str, list[Correction]] = {}
    for c in log:
        if c.action != "undo" and not c.undone:
            found.setdefault(c.target, []).append(c)
    return {key: Decided(tuple(made), tuple(c.field for c in made if c.field)) for key, made in found.items()}


def logged(c: Correction) -> Logged:
    """A correction as a line of the log."""
    what = f"undo of {c.undoes}" if c.undoes is not None else f"{c.action} {c.field or ''}".strip()
    state = "undone" if c.undone else f"lost: {c.lost}" if c.lost else ""
    after = f"{c.action}ed" if c.action in ("accept", "reject") else c.after
    return Logged(c, what, value_words(c.before), value_words(after), state, c.action != "undo" and not c.undone)


def value_words(value: Any) -> str:
    """A value of a correction for people.

    >>> value_words(None), value_words([{"name": "Norway"}, {"name": "Sweden"}]), value_words([])
    ('–', 'Norway and Sweden', 'nobody')
    """
    if isinstance(value, list | tuple):
        return " and ".join(map(value_words, value)) or "nobody"
    if isinstance(value, dict):
        return plain(str(value.get("name") or json.dumps(value, ensure_ascii=False)))
    return "–" if value is None else plain(str(value).replace("_", " "))
