"""Finds the places that a report names and says which of several namesakes each is."""

from __future__ import annotations

from dateline.model import Annotated, Place


def find_places(annotated: Annotated) -> tuple[Place, ...]:
    """All places of a report in text order."""
    return ()
