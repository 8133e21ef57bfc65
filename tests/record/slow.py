"""What a record must count, worked out anew from its rows, slowly and plainly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from dateline.record.entries import ActorRef, TellingEntry

#: source, target, unit, period, quad, voice -> events, reports, stories, goldstein
Relations = dict[tuple[str, str, str, str, str, str], tuple[int, int, int, float]]


def side(actor: ActorRef) -> str:
    """A state for those who are or act for it, else the actor alone."""
    if actor.country is None:
        return actor.key
    if actor.kind == "state":
        return actor.country
    if not (actor.code or "").startswith(actor.country):
        return actor.key
    role = (actor.code or "")[3:6]
    if role in ("GOV", "MIL", "LEG", "JUD", "SPY", "COP") or (not role and actor.kind in ("office", "population")):
        return actor.country
    return actor.key


def month(day: str) -> str:
    return day[:7] + "-01"


def week(day: str) -> str:
    at = date.fromisoformat(day)
    return (at - timedelta(at.weekday())).isoformat()


def periods(telling: TellingEntry) -> list[tuple[str, str]]:
    """The month and the week in which it began and ended."""
    if telling.day is None or telling.day_end is None:
        return []
    return [(unit, of(telling.day)) for unit, of in (("month", month), ("week", week))
            if of(telling.day) == of(telling.day_end)]  # fmt: skip


def voice(tellings: Sequence[TellingEntry]) -> str | None:
    """Who tells an event as real: a report itself, only somebody in it, or nobody."""
    real = [t for t in tellings if t.reality in ("happened", "ongoing")]
    if not real:
        return None
    return "own" if any(t.said_by is None for t in real) else "said"


def by_event(tellings: Sequence[TellingEntry]) -> list[list[TellingEntry]]:
    found: dict[str, list[TellingEntry]] = defaultdict(list)
    for telling in tellings:
        found[telling.event].append(telling)
    return list(found.values())


def relations(tellings: Sequence[TellingEntry]) -> Relations:
    cells: dict[tuple[str, str, str, str, str, str], list[list[TellingEntry]]] = defaultdict(list)
    for event in by_event(tellings):
        told_by = voice(event)
        if told_by is None or not any(t.reliable for t in event):
            continue
        one = next(t for t in event if t.day and t.reliable)
        pairs = {(side(s), side(t)) for s in one.source for t in one.target if side(s) != side(t)}
        for source, target in pairs:
            for unit, period in periods(one):
                cells[source, target, unit, period, one.quad, told_by].append(event)
    return {cell: _counted(events) for cell, events in cells.items()}


def _counted(events: list[list[TellingEntry]]) -> tuple[int, int, int, float]:
    every = [t for event in events for t in event]
    weights = [sum(t.goldstein for t in event) / len(event) for event in events]
    return len(events), len({t.report.key for t in every}), len({t.report.story for t in every}), round(sum(weights), 3)


def exposure(tellings: Sequence[TellingEntry]) -> dict[tuple[str, str], int]:
    """How many events that reports tell themselves as real, on reliable days, fall in each period."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for event in by_event(tellings):
        if voice(event) == "own" and any(t.reliable for t in event):
            for cell in periods(next(t for t in event if t.day and t.reliable)):
                found[cell] += 1
    return dict(found)


def distinct(tellings: Sequence[TellingEntry]) -> set[frozenset[str]]:
    """Tellings with both sides and a day, put together by type, sides, day and place: keys of tellings."""
    alike: dict[tuple[object, ...], list[TellingEntry]] = defaultdict(list)
    for t in tellings:
        if t.source and t.target and t.day:
            sides = frozenset(map(side, t.source)), frozenset(map(side, t.target))
            alike[t.type, *sides, t.day, t.day_end].append(t)
    found = set()
    for group in alike.values():
        places = {t.place.name for t in group if t.place}
        by_place: dict[str | None, list[str]] = defaultdict(list)
        for t in group:
            by_place[t.place.name if t.place else (min(places) if len(places) == 1 else None)].append(t.key)
        found |= {frozenset(keys) for keys in by_place.values()}
    return found
