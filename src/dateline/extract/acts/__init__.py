"""Finds acts of the codebook's types, as words: who did what to whom, and whether it happened."""

from __future__ import annotations

from dateline.extract.acts.engine import find_acts

__all__ = ["find_acts"]
