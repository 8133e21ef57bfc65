"""Profiles joined one by one, each joining with its reason; the result depends on the set of joinings alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.lexicons.identities import titles
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
    #: reports by state
    countries: dict[str, int] = field(default_factory=dict)
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

    def best(self, side: Side) -> int:
        """The profile of an identity so far that most reports tell."""
        return max(side.members, key=lambda i: (self.seen[i].reports, -i))

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
        {country: seen.reports} if country else {},
        seen.reports,
        _window(seen.first, seen.last),
        {t.office: _window(t.first, t.last) for t in seen.tenures},
    )


def _window(first: str | None, last: str | None) -> Window | None:
    return (first, last or first) if first else None


def _merge(into: Side, other: Side) -> None:
    into.members = sorted(into.members + other.members)
    for country, reports in other.countries.items():
        into.countries[country] = into.countries.get(country, 0) + reports
    into.reports += other.reports
    into.window = both(into.window, other.window)
    for office, window in other.offices.items():
        into.offices[office] = both(into.offices.get(office), window)


def both(left: Window | None, right: Window | None) -> Window | None:
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


def is_telling(office: Office) -> bool:
    """Whether two of one name that share this title of one state are likely one: not "member" or "captain"."""
    last = office.title.rpartition(" ")[2]
    return bool(office.of) and last not in titles("vague") and last not in titles("sport")


def shared_office(left: Side, right: Side, within: int) -> Office | None:
    """An office that both had, at most so many days apart; "former" counts as having had it."""
    few, many = (left, right) if len(left.offices) <= len(right.offices) else (right, left)
    for office in sorted(filter(is_telling, few.offices), key=lambda o: (o.title, o.of or "", o.past)):
        for past in (False, True):
            other = office._replace(past=past)
            if other in many.offices and gap(few.offices[office], many.offices[other]) <= within:
                return office
    return None


def fit(left: Side, right: Side) -> bool:
    """Whether two may be of one state as far as known."""
    return not left.countries or not right.countries or one_state(left, right)


def one_state(left: Side, right: Side) -> bool:
    """Whether some report tells the one of a state of which some report tells the other."""
    return not left.countries.keys().isdisjoint(right.countries)


def main_state(side: Side) -> str | None:
    """The state told in most reports."""
    return min(side.countries, key=lambda c: (-side.countries[c], c)) if side.countries else None


def only(sides: list[Side], times: int) -> Side | None:
    """The one side there is, or the one told so many times as often as all others together."""
    if len(sides) < 2:
        return sides[0] if sides else None
    first, *others = sorted(sides, key=lambda s: (-s.reports, s.root))
    return first if first.reports >= times * sum(s.reports for s in others) else None
