"""Words that tell with what stance, by whose mouth and where something was put on record."""

from __future__ import annotations

from functools import cache

from dateline.errors import LexiconError
from dateline.lexicons import rows

_KINDS = {
    "stance.tsv": ("denies", "doubts", "predicts", "hedge"),
    "sourcing.tsv": ("organisation", "class", "expert", "person", "document"),
    "media.tsv": ("outlet", "channel"),
}


@cache
def kinds(name: str) -> dict[str, str]:
    """The words of one of the three files with the kind of each."""
    found: dict[str, str] = {}
    for number, (word, kind) in rows(name, 2):
        if kind not in _KINDS[name]:
            raise LexiconError(name, number, f"{word}: the kind {kind!r} is not listed in the file's head")
        found[word] = kind
    return found


def stance_kind(lemma: str) -> str | None:
    """denies, doubts, predicts or hedge; ``None`` for any other word."""
    return kinds("stance.tsv").get(lemma)


def sourcing_kind(lemma: str) -> str | None:
    """organisation, class, expert, person or document; ``None`` for any other word."""
    return kinds("sourcing.tsv").get(lemma)


def medium_kind(words: str) -> str | None:
    """outlet or channel; ``None`` for any other words."""
    return kinds("media.tsv").get(words)
