"""The fields of an entry that a person may set, and what a form says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.keep import Record
from dateline.lexicons.eventbook import TYPES
from dateline.model import Reality, Stance
from dateline.present.desk.views.entries import plain
from dateline.record.amend import NOBODY, STATEMENT_FIELDS, TELLING_FIELDS
from dateline.record.entries import ActorRef, StatementEntry, TellingEntry

_CHOICES: dict[str, tuple[str, ...]] = {
    "stance": tuple(Stance), "reality": tuple(Reality), "type": tuple(TYPES),
}  # fmt: skip
_ABOUT = {
    "speaker": "A name of the record, or nobody",
    "source": "Names of the record, several with ; between them, or nobody",
    "target": "Names of the record, several with ; between them, or nobody",
    "day": "As 2024-11-08; empty where nobody knows",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form with its value as it stands."""

    name: str
    value: str
    choices: tuple[str, ...]
    about: str


def fields_of(entry: StatementEntry | TellingEntry) -> list[Field]:
    """What may be set of an entry."""
    names = STATEMENT_FIELDS if isinstance(entry, StatementEntry) else TELLING_FIELDS
    return [Field(name, _value(getattr(entry, name)), _CHOICES.get(name, ()), _ABOUT.get(name, "")) for name in names]


def _value(value: Any) -> str:
    if isinstance(value, ActorRef):
        return value.here or value.name
    if isinstance(value, tuple):
        return "; ".join(map(_value, value))
    return "" if value is None else str(value)


def changed_fields(entry: StatementEntry | TellingEntry, given: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The fields whose value in a form is another than it was, with what the record takes."""
    found: list[tuple[str, Any]] = []
    for field in fields_of(entry):
        said = given.get(field.name)
        if said is not None and " ".join(said.split()) not in (field.value, " ".join(plain(field.value).split())):
            found.append((field.name, _meant(field.name, said.strip())))
    return found


def _meant(name: str, value: str) -> Any:
    if name == "day":
        return None if value.lower() in ("", "none", "unknown") else value
    if name in ("source", "target", "speaker"):
        names = [part.strip() for part in value.split(";") if part.strip()] if name != "speaker" else [value]
        return names if len(names) > 1 else (names or [NOBODY])[0] or NOBODY
    return value


def entry_of(record: Record, report: str, key: str) -> StatementEntry | TellingEntry | None:
    """The statement or event of a report with this key."""
    number = record.store.sentence_of(report, key)
    if number is None:
        return None
    statements, tellings = record.store.inside_between(report, number, number)
    inside: list[StatementEntry | TellingEntry] = [*statements, *tellings]
    return next((e for e in inside if e.key == key), None)
