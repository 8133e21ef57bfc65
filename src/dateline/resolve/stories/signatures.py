"""Report -> a few dozen whole numbers by which reports that share text find each other.

Three content words in a row make a shingle; of every five shingles in a row the one with the smallest hash is kept
(winnowing: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003).
So any seven content words in a row that two reports share give a shared number, wherever they stand and however long
the rest is: a cut reprint keeps all its numbers in common with the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dateline.model import Span
from dateline.resolve.stories.prose import words_of

#: changes whenever the same text would get another signature: then all signatures of a record are made anew
SIGNATURE = 1

_WINDOW = 5
#: 47 bits: SQLite keeps such a number in six bytes, and a hundred million of them hardly ever meet by chance
_DROPPED_BITS = 17
#: from here on one in eight is kept, so that a book does not fill the table
_DENSE, _SPARSE_MASK = 600, np.uint64(7 << 20)
#: days within which reports are rewritten and written through
_SOON = 7
_FACTORS = tuple(np.uint64(f) for f in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
#: words of four letters and more that say nothing; shorter words are left out without a list. Part of
#: SIGNATURE.
_EMPTY_WORDS = (
    "that this with from have were been they them their there these those which will would could should about after "
    "also more most than then some such when what where while whom whose into over only other said says does being "
    "because between before during under"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


def signature(text: str, furniture: Sequence[Span] = ()) -> tuple[int, ...]:
    """The sampled shingle hashes of a report, sorted; the same on every machine and in every run.

    Empty for a text without words. A text of a few words has one number, which stands for all of it.

    >>> first = "Fog closed the harbour of Narvik on Friday and ferries stayed in port, the pilots' office told us."
    >>> set(signature(first)) <= set(signature(first + " They will sail again when the wind turns to the north."))
    True
    """
    words = words_of(text, furniture)
    hashes = [_hash(w) for w in words if (len(w) > 3 and w not in _EMPTY) or w[0] < ":" or w[0] > "\u0e00"]
    if len(hashes) < 3:
        return (_hash(" ".join(words)) >> _DROPPED_BITS,) if words else ()
    kept = _winnowed(_shingles(np.array(hashes, dtype=np.uint64))) >> np.uint64(_DROPPED_BITS)
    return tuple(sorted(set(kept.tolist())))


def needed(own: int, theirs: int, days: int | None = None) -> int:
    """How many numbers two signatures of these sizes must share to be worth a look at the texts.

    ``days`` lie between the two reports where both dates are reliable: a form that is filled in anew every day (share
    prices, exchange rates) would else bring all its days back for each new one. What is asked does not depend on
    which of the two came first.

    >>> needed(1, 60), needed(4, 60), needed(60, 60), needed(60, 60, days=30)
    (1, 2, 10, 30)
    """
    least = min(own, theirs)
    if least <= 2:
        return 1
    if days is not None and days > _SOON:
        return max(2, least // 2)
    return max(2, least // 6)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _shingles(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hash of each three in a row, well mixed (the finish of splitmix64)."""
    mixed = hashes[:-2] * _FACTORS[0]
    mixed += hashes[1:-1] * _FACTORS[1]
    mixed += hashes[2:] * _FACTORS[2]
    mixed ^= mixed >> np.uint64(30)
    mixed *= _MIX_1
    mixed ^= mixed >> np.uint64(27)
    mixed *= _MIX_2
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _winnowed(shingles: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The smallest of each window; from the far end of a long text one in eight of them."""
    width = min(_WINDOW, len(shingles))
    windows = len(shingles) - width + 1
    kept = shingles[:windows].copy()
    for i in range(1, width):
        np.minimum(kept, shingles[i : i + windows], out=kept)
    if len(kept) <= _DENSE:
        return kept
    tail = kept[_DENSE:]
    return np.concatenate((kept[:_DENSE], tail[(tail & _SPARSE_MASK) == 0]))
