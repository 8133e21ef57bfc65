"""The reports of one story -> which was first, and which was most likely copied from which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: a story with more reports than this looks for the model of a report among its first ones only
_MOST_MODELS = 200
#: shares of a signature: of a text with one word in twenty changed about three numbers in four are left
_MOST = 0.7
_LONGER = 1.12


class How(StrEnum):
    """How a report was made from an earlier one."""

    FIRST = "first"
    REPRINT = "reprint"
    CUT = "cut"
    EXTENDED = "extended"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True)
class Member:
    """One report of a story. ``when`` is its day, or day and time, in ISO 8601; ``None`` where it is not reliable."""

    key: str
    when: str | None
    agency: str | None
    publisher: str | None
    words: int
    signature: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A report of a story, the earlier one that it was most likely made from, and how.

    ``kept`` is the share of that one's text that it keeps, ``own`` the share of its own text that is not from there;
    both are estimates from signatures.
    """

    key: str
    source: str | None
    how: How
    kept: float
    own: float


def order_of_copying(members: Iterable[Member]) -> tuple[Copied, ...]:
    """The members, earliest known first, each but the first with the earlier one that it was most likely made from.

    Reports without a reliable day stand last. Within a day an agency's own report stands before a reprint that
    credits it, and of an agency's own the shorter before the longer (wires write a report through, from a flash to
    the last lead); of reprints the longer before the shorter (they are cut). Which came first within a day stays a
    guess all the same where no time of day is known.
    """
    ranked = sorted(set(members), key=_rank)
    copied: list[Copied] = []
    sets = [frozenset(m.signature) for m in ranked]
    for i, member in enumerate(ranked):
        copied.append(_copied(member, sets[i], ranked[: min(i, _MOST_MODELS)], sets))
    return tuple(copied)


def wire_credit(members: Iterable[Member]) -> str | None:
    """The agency of the earliest report that credits one; among reports of that day, the one credited most."""
    credited = sorted((m for m in set(members) if m.agency), key=_rank)
    if not credited:
        return None
    day = (credited[0].when or "")[:10]
    counts = Counter(m.agency for m in credited if (m.when or "")[:10] == day)
    return min(counts, key=lambda agency: (-counts[agency], agency or ""))


def components(keys: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The story of each report, named by the smallest key in it; the order of keys and links does not matter.

    >>> components(["a", "b", "c", "d"], [("c", "b"), ("d", "c")])
    {'a': 'a', 'b': 'b', 'c': 'b', 'd': 'b'}
    """
    links = list(links)
    parent = {key: key for key in sorted({*keys, *(key for link in links for key in link)})}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {key: root(key) for key in parent}


def _rank(member: Member) -> tuple[bool, str, bool, int, str]:
    own = bool(member.agency) and member.publisher in (None, member.agency)
    return (member.when is None, member.when or "", not own, member.words if own else -member.words, member.key)


def _copied(
    member: Member, shingles: frozenset[int], earlier: Sequence[Member], sets: Sequence[frozenset[int]]
) -> Copied:
    best, shared, most = -1, 0, -1.0
    for i in range(len(earlier)):
        common = len(shingles & sets[i])
        union = len(shingles) + len(sets[i]) - common
        likeness = common / union if union else 1.0
        if likeness > most:
            best, shared, most = i, common, likeness
    if best < 0:
        return Copied(member.key, None, How.FIRST, 0.0, 1.0)
    kept = shared / len(sets[best]) if sets[best] else 1.0
    own = 1 - shared / len(shingles) if shingles else 0.0
    return Copied(member.key, earlier[best].key, _how(member, earlier[best], kept, own), round(kept, 3), round(own, 3))


def _how(member: Member, source: Member, kept: float, own: float) -> How:
    if kept >= _MOST and member.words > _LONGER * source.words:
        return How.EXTENDED
    if own <= 1 - _MOST:
        return How.CUT if source.words > _LONGER * member.words else How.REPRINT if kept >= _MOST else How.REWRITE
    return How.REWRITE
