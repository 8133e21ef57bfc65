"""Profiles joined one by one, each joining with its reason; the result depends on the set of joinings alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.resolve.identities.offices import days_between
from dateline.resolve.identities.profiles import Office, Seen


class Joining(NamedTuple):
    """Why two profiles are one identity; the keys in the order of the alphabet."""

    left: str
    right: str
    why: str


class Possible(NamedTuple):
    """Another identity, by its key, that may be the same but was not joined, and why it was not."""

    other: str
    why: str


Window = tuple[str, str]


@dataclass(slots=True)
class Side:
    """What is known of the profiles joined so far, as one."""

    root: int
    members: list[int]
    countries: set[str] = field(default_factory=set)
    reports: int = 0
    window: Window | None = None
    offices: dict[Office, Window | None] = field(default_factory=dict)


class Joined:
    """Profiles by number, which of them are one, and why."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.seen = seen
        self._parent = list(range(len(seen)))
        self._sides = {i: _side(i, s) for i, s in enumerate(seen)}
        self.joinings: list[tuple[int, Joining]] = []
        self.doubts: list[tuple[int, int, str]] = []

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def side(self, i: int) -> Side:
        return self._sides[self.root(i)]

    def sides(self, numbers: Iterable[int]) -> list[Side]:
        """The identities so far of these profiles, each once, in the order of their first profile."""
        return [self._sides[r] for r in sorted({self.root(i) for i in numbers})]

    def join(self, i: int, j: int, why: str) -> None:
        a, b = self.root(i), self.root(j)
        if a == b:
            return
        left, right = sorted((self.seen[i].profile.key, self.seen[j].profile.key))
        self.joinings.append((i, Joining(left, right, why)))
        low, high = min(a, b), max(a, b)
        self._parent[high] = low
        _merge(self._sides[low], self._sides.pop(high))

    def doubt(self, i: int, j: int, why: str) -> None:
        """Note two that may be one but were not joined."""
        self.doubts.append((min(i, j), max(i, j), why))

    def components(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.seen)):
            found[self.root(i)].append(i)
        return [found[r] for r in sorted(found)]


def _side(i: int, seen: Seen) -> Side:
    country = seen.profile.country
    return Side(
        i,
        [i],
        {country} if country else set(),
        seen.reports,
        _window(seen.first, seen.last),
        {t.office: _window(t.first, t.last) for t in seen.tenures},
    )


def _window(first: str | None, last: str | None) -> Window | None:
    return (first, last or first) if first else None


def _merge(into: Side, other: Side) -> None:
    into.members = sorted(into.members + other.members)
    into.countries |= other.countries
    into.reports += other.reports
    into.window = _both(into.window, other.window)
    for office, window in other.offices.items():
        into.offices[office] = _both(into.offices.get(office), window)


def _both(left: Window | None, right: Window | None) -> Window | None:
    if left is None or right is None:
        return left or right
    return min(left[0], right[0]), max(left[1], right[1])


def gap(left: Window | None, right: Window | None) -> int:
    """The days between two windows of time; 0 where they overlap, a very large number where one is not known."""
    if left is None or right is None:
        return 10**9
    if left[0] <= right[1] and right[0] <= left[1]:
        return 0
    return days_between(left[1], right[0]) if left[1] < right[0] else days_between(right[1], left[0])


def shared_office(left: Side, right: Side, within: int) -> Office | None:
    """An office that both had, at most so many days apart; "former" counts as having had it."""
    few, many = (left, right) if len(left.offices) <= len(right.offices) else (right, left)
    for office in sorted(few.offices, key=lambda o: (o.title, o.of or "", o.past)):
        for past in (False, True):
            other = office._replace(past=past)
            if office.of and other in many.offices and gap(few.offices[office], many.offices[other]) <= within:
                return office
    return None


def fit(left: Side, right: Side) -> bool:
    """Whether two may be of one state as far as known."""
    return not left.countries or not right.countries or left.countries == right.countries
