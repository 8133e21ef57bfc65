"""Finds time expressions and says which days they cover."""

from __future__ import annotations

from datetime import date

from dateline.model import Annotated, Time


def find_times(annotated: Annotated, anchor: date | None) -> tuple[Time, ...]:
    """All time expressions of a report in text order; relative ones count from ``anchor``."""
    return ()
