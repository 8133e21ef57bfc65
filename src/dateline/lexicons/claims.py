"""Words by which two statements of different reports are held to be on one proposition, or are kept apart."""

from __future__ import annotations

from functools import cache

from dateline.errors import LexiconError
from dateline.lexicons import rows

FILE = "claims.tsv"
KINDS = ("family", "reverse", "empty", "report", "past", "generic", "title", "number", "scale")


@cache
def forms(kind: str) -> dict[str, str]:
    """The forms of all words of a kind, each with the word that stands for it; for numbers, with their value."""
    return _all()[kind]


@cache
def _all() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for number, (kind, word, told) in rows(FILE, 3):
        if kind not in found:
            raise LexiconError(FILE, number, f"{word}: the kind {kind!r} is not listed in the file's head")
        if kind in ("number", "scale"):
            found[kind][word] = told
            continue
        for form in (word, *told.split()):
            found[kind].setdefault(form, word)
    return found
