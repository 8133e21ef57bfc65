"""Says who is who in one report: names, titles, acronyms and pronouns that stand for the same actor."""

from __future__ import annotations

from dateline.model import Annotated, Attribution, Cast, Place


def resolve_actors(annotated: Annotated, places: tuple[Place, ...], attributions: tuple[Attribution, ...]) -> Cast:
    """The actors of a report with their roles and mentions."""
    return Cast((), {}, {})
