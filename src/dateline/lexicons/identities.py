"""Word lists for matching actors across reports: ``names_parts.tsv``, ``names_family_first.tsv`` and ``titles.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.lexicons import rows

PART_KINDS = frozenset(
    ("title", "suffix", "article", "particle", "nickname", "spelling", "single", "body", "legal", "common")
)
TITLE_KINDS = frozenset(("same", "many", "prefix", "state", "sport", "vague"))


@cache
def name_parts(kind: str) -> Mapping[str, str]:
    """The words of one kind in the names of persons and bodies, each with what it is taken for.

    >>> name_parts("nickname")["bill"], name_parts("suffix")["junior"], "bin" in name_parts("particle")
    ('william', 'jr', True)
    """
    return {word: taken for _, (k, word, taken) in rows("names_parts.tsv", 3) if k == kind}


@cache
def titles(kind: str) -> Mapping[str, str]:
    """The phrases of one kind that name offices and bodies of state, each with what it is taken for.

    >>> titles("same")["premier"], "governor" in titles("many")
    ('prime minister', True)
    """
    return {phrase: taken for _, (k, phrase, taken) in rows("titles.tsv", 3) if k == kind}


@cache
def family_first() -> Mapping[str, bool]:
    """Family names that stand before the given name, and whether each is also another kind of word elsewhere.

    >>> family_first()["zhao"], family_first()["lee"]
    (False, True)
    """
    return {name: flag == "w" for _, (name, flag) in rows("names_family_first.tsv", 2)}
