"""Facets of entries as short keys: "act is deny" becomes one token."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

#: what a token may hold besides its two-letter name; anything else becomes a hash
_PLAIN = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 15)
def token(name: str, value: object) -> str:
    """The token of a facet.

    >>> token("ac", "deny"), token("re", True)
    ('ac.deny', 're.true')
    """
    text = str(value).lower()
    if not _PLAIN.fullmatch(text):
        text = "x" + blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{name}.{text}"


# the two-letter names
KIND, PUBLISHER, AGENCY, RELIABLE, REPORT = "en", "pu", "ag", "re", "rp"
ANY_COUNTRY, SOURCE_COUNTRY, TARGET_COUNTRY = "co", "sc", "tc"
ANY_PROFILE, SOURCE_PROFILE, TARGET_PROFILE = "pf", "sp", "tp"
ACTOR_KIND, OFFICE = "ki", "of"
ACT, STANCE, SOURCING, FORM = "ac", "st", "so", "fo"
TYPE, QUAD, REALITY, VOICE = "ty", "qu", "ra", "vo"
JUDGED = "ju"
#: of entries whose day somebody told
DATED = "dy"
