"""What single lemmas tell the rankers: how often each was a cue or a source in the training data, and its vector.

A table is made of counts. For training, the counts of a document's own fold are taken off first, so that no ranker
sees an answer in its own question (two-fold target encoding, with more folds).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dateline.model import Token

#: the columns of a lemma's row: rates of being a cue, the cue of a statement proper, a cue of a direct
#: quotation, a source's head; and how sure these are
STATS: Final = ("cue", "said", "quoted", "source", "seen")
VECTOR: Final = 16
#: how a content's main word hangs on its cue: "said [it rained]", "wants [to go]", "condemned [the attack]",
#: "spoke of [peace]", "[It rained], he said" where the parse has the cue below, any other way
RELATIONS: Final = ("clause", "xcomp", "object", "prep", "above", "other")
COLUMNS: Final = 5 + len(RELATIONS)
_GROUP: Final = {
    "ccomp": 0, "parataxis": 0, "advcl": 0, "acl": 0, "pcomp": 0, "relcl": 0, "xcomp": 1, "acomp": 1, "oprd": 1,
    "dobj": 2, "attr": 2, "nsubjpass": 2, "dative": 2, "prep": 3, "agent": 3,
}  # fmt: skip

_CLASS: Final = {"VERB": "v", "AUX": "x", "NOUN": "n", "PROPN": "P", "ADJ": "a", "ADV": "r", "ADP": "p", "SCONJ": "p",
                 "PART": "p", "PRON": "o", "PUNCT": "u", "DET": "o", "INTJ": "i", "CCONJ": "o"}  # fmt: skip
_SMOOTH: Final = 4.0


def key_of(token: Token) -> str:
    """Lemma and class of word; all names share one key, so that no name is ever learned.

    Lemmas come from the parse and may be capitalised; numbers share one key too.
    """
    kind = _CLASS.get(token.pos, "z")
    if kind in ("P", "z"):
        return kind
    lemma = token.lemma.lower()
    return f"{lemma}|{kind}" if lemma.isalpha() or kind == "u" else kind


def relation(cue: Token, root: Token) -> int:
    """The place in ``RELATIONS`` of the way from a content's main word to its cue."""
    if root.head is cue and root is not cue:
        return _GROUP.get(root.dep, 5)
    if root.head.head is cue and root.head.dep in ("prep", "agent", "prt", "advmod"):
        return 3
    at = cue
    for _ in range(4):
        if at is root:
            return 4
        at = at.head
    return 5


class LemmaTable:
    """Rates and vectors of lemmas, with the class of word's mean for all that the table does not hold."""

    def __init__(
        self,
        counts: Mapping[str, Sequence[float]],
        vectors: Mapping[str, Sequence[float]],
    ) -> None:
        """``counts``: key -> seen, cue, said, quoted, source, then one for each of ``RELATIONS``.

        A bare class ("v") holds the sums of its words.
        """
        self._priors = {k: _rates(row, row) for k, row in counts.items() if "|" not in k}
        self._rows = {k: _rates(row, counts[k.rsplit("|", 1)[1]]) for k, row in counts.items() if "|" in k}
        self._ways = {k: _ways(row, counts[k.rsplit("|", 1)[1]]) for k, row in counts.items() if "|" in k and row[1]}
        self._prior_ways = {k: _ways(row, row) for k, row in counts.items() if "|" not in k}
        self._no_way = (0.0,) * len(RELATIONS)
        self._vectors = vectors
        self._none = [0.0] * VECTOR
        self._unknown = (0.0, 0.0, 0.0, 0.0, 0.0)

    @staticmethod
    def key(token: Token) -> str:
        return key_of(token)

    def stats(self, key: str) -> tuple[float, ...]:
        """The row of ``STATS`` for a key."""
        row = self._rows.get(key)
        if row is not None:
            return row
        return self._priors.get(key[key.rfind("|") + 1 :], self._unknown)

    def ways(self, key: str) -> tuple[float, ...]:
        """How often the contents of this cue hang on it in each of ``RELATIONS``."""
        ways = self._ways.get(key)
        if ways is not None:
            return ways
        return self._prior_ways.get(key[key.rfind("|") + 1 :], self._no_way)

    def vector(self, lemma: str) -> Sequence[float]:
        """The lemma's vector, all zero when it has none."""
        return self._vectors.get(lemma, self._none)


def _rates(row: Sequence[float], of_class: Sequence[float]) -> tuple[float, ...]:
    seen, total = row[0], max(1.0, of_class[0])
    rates = [(row[i] + _SMOOTH * of_class[i] / total) / (seen + _SMOOTH) for i in range(1, 5)]
    return (*rates, seen / (seen + 10.0))


def _ways(row: Sequence[float], of_class: Sequence[float]) -> tuple[float, ...]:
    cues, total = sum(row[5:]), max(1.0, sum(of_class[5:]))
    return tuple((row[i] + _SMOOTH * of_class[i] / total) / (cues + _SMOOTH) for i in range(5, COLUMNS))
