"""Finds who put what on record, as words: the learned reader and the pattern reader, and how their finds are joined."""

from __future__ import annotations

from dateline.model import Annotated, Attribution


def find_attributions(annotated: Annotated, fast: bool = False) -> tuple[Attribution, ...]:
    """All statements of a report as words, in text order; with ``fast``, by patterns alone."""
    return ()
