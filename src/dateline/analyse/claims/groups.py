"""Propositions -> claims across reports: candidates from an inverted index, then clusters about a core."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.analyse.claims.likeness import (
    NAMELESS,
    SAME,
    Weights,
    are_apart,
    features_of,
    is_revision,
    likeness,
    patience,
    weights_of,
)
from dateline.analyse.claims.proposition import Proposition
from dateline.analyse.claims.propositions import propositions_of
from dateline.analyse.claims.told import ClaimGroup, Independent, Position, Taken, Told

#: A second opinion on a pair of candidates, -1 to 1; an embedding may give it.
Closer = Callable[[Proposition, Proposition], float]

#: Words in more propositions than this are looked up among those of the same weeks alone …
_COMMON = 300
#: … which are counted in runs of this many days, each with the run before and behind.
_WINDOW = 10
#: How many words of a proposition are looked up, the rarest first, and how many of them a candidate must share.
_LOOKED_UP = 10
_SHARED = 2
#: How many members of a cluster speak for it.
_CORE = 8
#: What a second opinion may add to a likeness or take from it.
_OPINION = 0.08
#: The mean likeness of two cores may lie this much below the likeness of the pair that joins them.
_SLACK = 0.1
#: A sentence of this many words that two reports share to the letter was copied.
_COPIED = 8


def group(
    told: Iterable[Told], least: int = 2, closer: Closer | None = None, sample: Sample | None = None
) -> tuple[ClaimGroup, ...]:
    """Claims across reports, in the order of their first statement; the order of ``told`` does not matter.

    Only claims on which at least ``least`` statements take a position are given, what one source says twice in one
    story counted once; with 1, each statement that nobody else repeats is one of its own. ``closer`` may judge pairs
    of candidates as an extra: it cannot join what names, numbers, days or roles part. Where ``told`` is not all there
    is, a ``sample`` of all tells how rare words are. About linear in the number of statements.
    """
    asked = {t.key: t for t in told}
    every = asked if sample is None else {t.key: t for t in sample.told} | asked
    kept = sorted(every.values(), key=lambda t: (t.day or "9999", t.report, t.at, t.key))
    found = sorted(propositions_of(kept), key=lambda p: p.order)
    propositions = [p for p in found if p.told.key in asked]
    weights = weights_of(propositions) if sample is None else _weights(propositions, found, sample)
    nodes = _nodes(propositions, weights)
    clusters = _Clusters([n[0] for n in nodes], weights, closer)
    claims = [_claim([p for i in members for p in nodes[i]]) for members in clusters.found()]
    return tuple(sorted((c for c in claims if _size(c) >= least), key=lambda c: (c.first.day or "9999", c.key)))


@dataclass(frozen=True, slots=True)
class Sample:
    """Statements drawn evenly from ``of`` statements, for which they stand."""

    told: Sequence[Told]
    of: int


def _weights(propositions: Sequence[Proposition], found: Sequence[Proposition], sample: Sample) -> Weights:
    """How rare words are in all that the sample stands for: as in the sample, and at least as often as is known."""
    drawn = {t.key for t in sample.told}
    each = max(1.0, sample.of / max(1, len(drawn)))
    told = weights_of(p for p in found if p.told.key in drawn)
    known = weights_of(propositions).counts
    counts = {f: max(known.get(f, 0), round(told.counts.get(f, 0) * each)) for f in known}
    return Weights(max(round(told.total * each), len(propositions), 1), counts)


def _size(claim: ClaimGroup) -> int:
    """How many statements a claim has, what one source says again in the same story counted once."""
    return len({(p.story or p.report, _who(p), p.position, p.against) for p in claim.positions})


def candidates(propositions: Sequence[Proposition]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, the lower first, that share two of their rarest words: all that need be compared.

    A common word ("nuclear") is only looked up among propositions of the same weeks, so that the number of pairs
    grows with the number of propositions and not with its square.
    """
    features = [features_of(p) for p in propositions]
    counts = Counter(f for found in features for f in found)
    index: dict[str | tuple[str, int], list[int]] = defaultdict(list)
    for i, (p, found) in enumerate(zip(propositions, features, strict=True)):
        looked_up = sorted(found, key=lambda f: (counts[f], f))[:_LOOKED_UP]
        rare = [f for f in looked_up if counts[f] <= _COMMON]
        common = looked_up[len(rare) :]
        week = p.date.toordinal() // _WINDOW if p.date else -9
        shared = Counter(j for f in rare for j in index[f])
        for f in common:
            for near in (week - 1, week, week + 1):
                posted = index.get((f, near), [])
                shared.update(posted if len(posted) <= _COMMON else ())
        yield from ((j, i) for j in sorted(shared) if shared[j] >= min(_SHARED, len(looked_up)))
        for f in rare:
            index[f].append(i)
        for f in common:
            index[f, week].append(i)


def _nodes(propositions: Sequence[Proposition], weights: Weights) -> list[list[Proposition]]:
    """Propositions in like words, as one: copies are compared once. Few words told long apart are two."""
    alike: dict[tuple[object, ...], list[Proposition]] = defaultdict(list)
    for p in propositions:
        alike[
            p.ahead, p.head, p.stems, p.names, p.agent, p.patient, p.reverse, p.numbers, p.days, p.soft
        ].append(p)  # fmt: skip
    found: list[list[Proposition]] = []
    for members in alike.values():
        weight = sum(sorted(weights.of(f) for f in features_of(members[0])))
        found += _parted(members, patience(weight) if members[0].names else NAMELESS)
    return sorted(found, key=lambda node: node[0].order)


def _parted(members: Sequence[Proposition], days: float) -> Iterator[list[Proposition]]:
    """Members in the order of their days, cut where more than ``days`` lie between two."""
    run: list[Proposition] = []
    for p in members:
        last = run[-1].date if run else None
        if last is not None and p.date is not None and (p.date - last).days > days:
            yield run
            run = []
        run.append(p)
    if run:
        yield run


class _Clusters:
    """Joins the likest pairs first, and only clusters whose cores are all like each other: no chains that drift."""

    def __init__(self, nodes: Sequence[Proposition], weights: Weights, closer: Closer | None) -> None:
        self.nodes = nodes
        self.weights = weights
        self.closer = closer
        self.known: dict[tuple[int, int], float] = {}
        self.members = {i: [i] for i in range(len(nodes))}
        self.home = list(range(len(nodes)))

    def found(self) -> list[list[int]]:
        """The clusters as lists of node indexes in their order."""
        pairs = [(-score, i, j) for i, j in candidates(self.nodes) if (score := self._like(i, j)) >= SAME]
        for _, i, j in sorted(pairs):
            a, b = sorted((self.home[i], self.home[j]))
            if a != b and self._are_one(self.members[a], self.members[b]):
                self._join(a, b)
        return [self.members[a] for a in sorted(self.members)]

    def _join(self, a: int, b: int) -> None:
        for i in self.members[b]:
            self.home[i] = a
        self.members[a] = sorted(self.members[a] + self.members.pop(b))

    def _are_one(self, one: Sequence[int], two: Sequence[int]) -> bool:
        total = 0.0
        core, other = one[:_CORE], two[:_CORE]
        for i in core:
            for j in other:
                if are_apart(self.nodes[i], self.nodes[j]):
                    return False
                total += self._like(i, j)
        return total / (len(core) * len(other)) >= SAME - _SLACK

    def _like(self, i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in self.known:
            a, b = self.nodes[pair[0]], self.nodes[pair[1]]
            score = likeness(a, b, self.weights)
            if score and self.closer is not None:
                score += _OPINION * max(-1.0, min(1.0, self.closer(a, b)))
            self.known[pair] = score
        return self.known[pair]


# --- one claim


def _claim(members: Sequence[Proposition]) -> ClaimGroup:
    ordered = sorted(members, key=lambda p: p.order)
    mine: dict[str, Proposition] = {}
    for p in ordered:
        mine.setdefault(p.told.key, p)
    taken = list(mine.values())
    positions = tuple(_position(p, taken) for p in taken)
    first = taken[0]
    return ClaimGroup(
        key=claim_key(first.told.key, first.number),
        text=_best(taken).text,
        first=first.told,
        positions=positions,
        wordings=tuple(dict.fromkeys(p.text for p in taken if not p.vague)),
        contested=_is_contested(positions),
        independent=_independent(taken, positions),
    )


def claim_key(told: str, number: int) -> str:
    """The key of a claim that a statement tells in a sentence of its content, counted from 0.

    >>> claim_key("s29cc6332aa5f", 0), claim_key("s29cc6332aa5f", 2)
    ('c29cc6332aa5f', 'c29cc6332aa5f-2')
    """
    return "c" + told.removeprefix("s") + (f"-{number}" if number else "")


def _best(members: Sequence[Proposition]) -> Proposition:
    """Whose words tell the claim: the earliest assertion in full, without "not" and with its subject named."""

    def rank(p: Proposition) -> tuple[bool, bool, bool, tuple[str, str, int, str, int]]:
        return (p.negated or p.vague, p.own, p.position is not Taken.ASSERTS, p.order)

    return min(members, key=rank)


def _position(p: Proposition, members: Sequence[Proposition]) -> Position:
    told = p.told
    return Position(
        told.key, told.report, told.story, told.speaker, told.day, p.position, p.against, told.hedged, p.text,
        _whose(p, members), p.number, told.at, told.act,
    )  # fmt: skip


def _whose(p: Proposition, members: Sequence[Proposition]) -> str | None:
    """The source whose claim a denial or doubt names as such, where that source is among those who are for it."""
    if not p.whose or not p.against:
        return None
    for other in members:
        speaker = other.told.speaker
        if other.against or speaker is None or other is p:
            continue
        if any(n <= o or o <= n for n in p.whose for o in other.by):
            return speaker.id
    return None


def _is_contested(positions: Sequence[Position]) -> bool:
    """Whether one source is for the claim and another against it."""
    pro = {_who(p) for p in positions if not p.against}
    contra = {_who(p) for p in positions if p.against}
    return bool(pro and contra) and len(pro | contra) > 1


def _who(p: Position) -> str:
    return p.speaker.id if p.speaker else f"?{p.report}"


def _independent(members: Sequence[Proposition], positions: Sequence[Position]) -> tuple[Independent, ...]:
    origin = _origins(members)
    found = []
    for taken in Taken:
        for against in (False, True):
            some = [p for p in positions if p.position is taken and p.against is against]
            if some:
                named = {p.speaker.id for p in some if p.speaker and p.speaker.named}
                others = {_who(p) for p in some if not (p.speaker and p.speaker.named)}
                found.append(Independent(
                    taken, against, len(some), len({p.report for p in some}), len({origin[p.told] for p in some}),
                    len(named), len(others)))  # fmt: skip
    return tuple(found)


def _origins(members: Sequence[Proposition]) -> dict[str, str]:
    """For each statement the first of those that are copies of it: of one story, or the same sentence to the letter."""
    first: dict[tuple[str, ...], str] = {}
    root: dict[str, str] = {}
    for p in members:
        told = p.told
        line = " ".join(told.sentence.lower().split())
        marks = [("story", told.story)] if told.story else [("report", told.report)]
        if told.agency or line.count(" ") + 1 >= _COPIED:
            marks.append(("line", line))
        known = sorted({_root(root, first[m]) for m in marks if m in first})
        root[told.key] = known[0] if known else told.key
        for other in known[1:]:
            root[other] = known[0]
        for m in marks:
            first.setdefault(m, told.key)
    return {key: _root(root, key) for key in root}


def _root(root: dict[str, str], key: str) -> str:
    while root[key] != key:
        key = root[key]
    return key


__all__ = ["Closer", "Sample", "candidates", "claim_key", "group", "is_revision"]
