"""Turns acts found into events: whose, when, where, told by whom, and whether they happened."""

from __future__ import annotations

from dateline.model import Act, Annotated, Cast, Event, Place, Statement, Time


def resolve_events(
    annotated: Annotated,
    acts: tuple[Act, ...],
    cast: Cast,
    statements: tuple[Statement, ...],
    times: tuple[Time, ...],
    places: tuple[Place, ...],
) -> tuple[Event, ...]:
    """The events of a report in text order."""
    return ()
