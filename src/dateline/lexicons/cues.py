"""The words that put something on record, with what they take and what they make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.errors import LexiconError
from dateline.lexicons import rows
from dateline.model import Stance, Token


def word_set(words: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(words.split())


FILE = "cues.tsv"
ACTS = word_set(
    "say write report announce explain claim confirm admit agree deny reject doubt believe predict warn threaten"
    " promise demand propose ask accuse criticise praise describe show"
)
TAKES = word_set("that wh inf ing np as pred quote of for about against on with over to")
_POS = frozenset("vnp")


@dataclass(frozen=True, slots=True)
class CueWord:
    """One row of ``cues.tsv``: a verb, noun or preposition that tells of a statement, in one of its uses."""

    lemma: str
    words: tuple[str, ...]
    pos: str
    act: str
    stance: Stance
    takes: frozenset[str]
    hedged: bool


@cache
def cue_words() -> dict[tuple[str, str], tuple[CueWord, ...]]:
    """The rows by (part of speech, first word), longest phrases first, else in the order of the file."""
    found: dict[tuple[str, str], list[CueWord]] = {}
    for number, (lemma, pos, act, stance, takes, hedged) in rows(FILE, 6):
        words = tuple(lemma.split())
        if pos not in _POS or act not in ACTS or not TAKES.issuperset(takes.split()) or hedged not in ("0", "1"):
            raise LexiconError(FILE, number, f"{lemma}: a column holds a value that is not listed in the file's head")
        cue = CueWord(lemma, words, pos, act, Stance(stance), frozenset(takes.split()), hedged == "1")
        found.setdefault((pos, words[0]), []).append(cue)
    return {key: tuple(sorted(cues, key=lambda c: -len(c.words))) for key, cues in sorted(found.items())}


_POS_OF = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADP": "p", "SCONJ": "p"}


@cache
def _forms() -> dict[str, str]:
    """Lemmas that the language model misses: headline and British forms."""
    return {"reit": "reiterate", "tweeted": "tweet", "tweets": "tweet", "says": "say", "said": "say", "quipped": "quip",
            "hoping": "hope", "hoped": "hope"}  # fmt: skip


def cues_at(tokens: Sequence[Token], i: int) -> tuple[CueWord, ...]:
    """The uses that the word at this index may have as a cue; empty for any other word.

    A phrase ("rule out", "according to") is known by its first word; the others must follow within three words.
    """
    token = tokens[i]
    pos = _POS_OF.get(token.pos)
    lemma = token.lemma.lower()
    if pos is None or token.tag == "NNP":
        return ()
    if token.lower == "according" or token.lower == "per":
        pos, lemma = "p", token.lower
    known = cue_words().get((pos, lemma))
    if known is None:
        known = cue_words().get((pos, _forms().get(token.lower, "")))
        if known is None:
            return ()
    if len(known) == 1 and len(known[0].words) == 1:
        return known
    fits = tuple(c for c in known if len(c.words) == 1 or rest_of(tokens, i, c) is not None)
    longest = max((len(c.words) for c in fits), default=0)
    # "rule out" is another word than "rule": the longer phrase hides the shorter
    return tuple(c for c in fits if len(c.words) == longest)


def rest_of(tokens: Sequence[Token], i: int, cue: CueWord) -> tuple[int, ...] | None:
    """The token indexes of a phrase's further words, or ``None`` where they do not follow."""
    found: list[int] = []
    at = i + 1
    for word in cue.words[1:]:
        for j in range(at, min(at + 3, len(tokens))):
            if tokens[j].lower == word and not (word == "on" and tokens[min(j + 1, len(tokens) - 1)].ent == "DATE"):
                found.append(j)
                at = j + 1
                break
        else:
            return None
    return tuple(found)
