"""Turns words found into statements: whose, what kind of act, with what stance, to whom, where and when."""

from __future__ import annotations

from dateline.model import Annotated, Attribution, Cast, Statement, Time


def resolve_statements(
    annotated: Annotated, attributions: tuple[Attribution, ...], cast: Cast, times: tuple[Time, ...]
) -> tuple[Statement, ...]:
    """The statements of a report in text order."""
    return ()
