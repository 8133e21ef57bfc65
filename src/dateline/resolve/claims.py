"""Groups statements of one report that take a position on the same proposition."""

from __future__ import annotations

from dateline.model import Annotated, Cast, Claim, Statement


def find_claims(annotated: Annotated, statements: tuple[Statement, ...], cast: Cast) -> tuple[Claim, ...]:
    """The claims of a report in the order of their first statement."""
    return ()
