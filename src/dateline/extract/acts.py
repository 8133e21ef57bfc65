"""Finds acts of the codebook's types, as words: who did what to whom, and whether it happened."""

from __future__ import annotations

from dateline.model import Act, Annotated, Attribution, Cast


def find_acts(annotated: Annotated, attributions: tuple[Attribution, ...], cast: Cast) -> tuple[Act, ...]:
    """All acts of a report in text order."""
    return ()
