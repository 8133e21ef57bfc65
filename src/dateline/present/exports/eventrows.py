"""What GDELT, ICEWS and PLOVER share: which events they can hold, and how actors are coded there."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from typing import NamedTuple

from dateline.lexicons.countries import is_code
from dateline.model import Reality
from dateline.present.exports.job import Job
from dateline.record.entries import ActorRef, TellingEntry

QUADS = {"verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4}
_REAL = (Reality.HAPPENED, Reality.ONGOING)


class Coded(NamedTuple):
    """An actor's code in parts: country, known group, roles; each empty where there is none."""

    country: str
    group: str
    roles: tuple[str, ...]


class Act(NamedTuple):
    """One row: a distinct event, and one ordered pair of its actors."""

    number: int
    told: TellingEntry
    source: ActorRef | None
    target: ActorRef | None


def tellings(job: Job) -> Iterator[TellingEntry]:
    """The tellings that are asked for."""
    for entry in job.each():
        if isinstance(entry, TellingEntry):
            yield entry


def happened(job: Job) -> Iterator[Act]:
    """The distinct events that a table without a column for reality can hold, one row a pair of actors.

    What is told as planned, denied or the like, and what only somebody in a report tells, goes in only where the
    query asks for that reality or voice by name; the rest is counted as left out.
    """
    for telling in tellings(job):
        if reason := _misfit(job, telling):
            job.leave_out(reason)
            continue
        for source, target in product(telling.source or (None,), telling.target or (None,)):
            job.rows += 1
            yield Act(_number(telling, source, target), telling, source, target)


def _misfit(job: Job, telling: TellingEntry) -> str | None:
    """Why a telling cannot go in, if it cannot."""
    asked = job.query
    if telling.day is None:
        return "tellings whose event has no known day"
    if asked.reality is None and telling.reality not in _REAL:
        return f"tellings of events that are {telling.reality.replace('_', ' ')}: the format cannot say so"
    if asked.voice is None and telling.said_by is not None:
        return "tellings that stand inside a statement: the format cannot say who tells"
    if not job.is_new("event", telling.event):
        return "further tellings of an event that has its row already"
    return None


def _number(telling: TellingEntry, source: ActorRef | None, target: ActorRef | None) -> int:
    """A number that stays the same for the same event and actors; small enough for a double (53 bits)."""
    return number_of("\t".join([telling.event, source.key if source else "", target.key if target else ""]))


def number_of(key: str) -> int:
    """A number of 53 bits that stays the same for the same key."""
    return int.from_bytes(sha256(key.encode("utf-8", "replace")).digest()[:7], "big") >> 3


def coded(actor: ActorRef | None) -> Coded:
    """The parts of an actor's code.

    >>> coded(ActorRef("a1", "UN", "organisation", None, "IGOUNO"))
    Coded(country='', group='UNO', roles=('IGO',))
    >>> coded(ActorRef("a2", "the army", "organisation", "PAK", "PAKMIL"))
    Coded(country='PAK', group='', roles=('MIL',))
    """
    if actor is None:
        return Coded("", "", ())
    code = actor.code or actor.country or ""
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    if parts and is_code(parts[0]):
        return Coded(parts[0], "", tuple(parts[1:4]))
    if len(parts) > 1 and parts[0] in ("IGO", "IMG", "NGO", "MNC", "NGM"):
        return Coded(actor.country or "", parts[1], (parts[0],))
    return Coded(actor.country or "", "", tuple(parts[:3]))

