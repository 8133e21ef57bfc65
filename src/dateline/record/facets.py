"""Facets as words of the search index: "act is deny" becomes one token that no text holds."""

from __future__ import annotations

import re
from hashlib import blake2b

#: what a token may hold besides its two-letter name: the index cuts words at anything else
_PLAIN = re.compile(r"[a-z0-9]+")


def token(name: str, value: object) -> str:
    """The index token of a facet; it ends in a digit so that no stemmer touches it.

    >>> token("ac", "deny"), token("re", True)
    ('acqqdeny0', 'reqqtrue0')
    """
    text = str(value).lower()
    if not _PLAIN.fullmatch(text):
        text = "x" + blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{name}qq{text}0"


# the two-letter names
KIND, PUBLISHER, AGENCY, RELIABLE, REPORT, STORY = "en", "pu", "ag", "re", "rp", "sy"
ANY_COUNTRY, SOURCE_COUNTRY, TARGET_COUNTRY = "co", "sc", "tc"
ANY_PROFILE, SOURCE_PROFILE, TARGET_PROFILE = "pf", "sp", "tp"
ACTOR_KIND, OFFICE = "ki", "of"
ACT, STANCE, SOURCING, FORM = "ac", "st", "so", "fo"
TYPE, QUAD, REALITY, VOICE = "ty", "qu", "ra", "vo"
JUDGED = "ju"
