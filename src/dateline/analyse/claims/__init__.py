"""Claims across reports: statements on one proposition, who takes which position on it, and since when.

Precision goes before recall, and no verdict on truth is ever given.
"""

from __future__ import annotations

from dateline.analyse.claims.groups import Closer, Sample, claim_key, group
from dateline.analyse.claims.told import (
    ClaimGroup,
    Independent,
    Position,
    Speaker,
    Taken,
    Told,
    ToldEvent,
    told_of,
)

__all__ = [
    "ClaimGroup",
    "Closer",
    "Independent",
    "Position",
    "Sample",
    "Speaker",
    "Taken",
    "Told",
    "ToldEvent",
    "claim_key",
    "group",
    "told_of",
]
