"""Says which actors of different reports are one: a function of the set of what the reports tell, not of its order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dateline.lexicons.identities import titles
from dateline.model import ActorKind
from dateline.resolve.identities.bodies import join_bodies
from dateline.resolve.identities.names import normal_name
from dateline.resolve.identities.offices import (
    RoleSighting,
    RoleSpan,
    is_single_office,
    normal_title,
    roles_over_time,
)
from dateline.resolve.identities.people import join_persons
from dateline.resolve.identities.profiles import Office, Profile, Seen, Tenure, gather, profile_of
from dateline.resolve.identities.unions import Joined, Joining, Possible

__all__ = [
    "Identity",
    "Joining",
    "Office",
    "Possible",
    "Profile",
    "RoleSighting",
    "RoleSpan",
    "Seen",
    "Tenure",
    "gather",
    "group",
    "is_single_office",
    "normal_name",
    "normal_title",
    "profile_of",
    "roles_over_time",
]

#: How many identities that may be the same are told of one; more help nobody to decide.
_MOST_POSSIBLE = 10
#: The sectors of public office: in them and on a sports field the same name may be two persons.
_PUBLIC = frozenset(("GOV", "LEG", "MIL", "JUD", "SPY"))


@dataclass(frozen=True, slots=True)
class Identity:
    """One actor over all reports: the profiles that are it, and why.

    ``key`` is that of its first member in the order of the alphabet. ``reasons`` has one sentence for each joining.
    ``possible`` are other identities, by key, that may be the same. ``doubt`` says why it may be two actors after
    all, else ``None``. ``one`` is false for a class of actors that is no identity ("officials" of a state).
    """

    key: str
    members: tuple[str, ...]
    name: str
    kind: ActorKind
    country: str | None
    code: str | None
    one: bool
    reasons: tuple[Joining, ...] = ()
    possible: tuple[Possible, ...] = ()
    doubt: str | None = None


def group(
    profiles: Sequence[Seen],
    *,
    alone: Collection[str] = (),
    together: Collection[tuple[str, str]] = (),
) -> tuple[Identity, ...]:
    """The identities among profiles, which must hold all of each bucket they touch, sorted by key.

    ``alone`` are keys that a person took out: they join nothing. ``together`` are pairs of keys that a person
    joined, of whatever buckets; pairs with a key that is not here are passed over.
    """
    buckets: dict[str, list[Seen]] = defaultdict(list)
    for seen in sorted(profiles, key=lambda s: s.profile.key):
        buckets[seen.profile.bucket].append(seen)
    every = [seen for bucket in sorted(buckets) for seen in buckets[bucket]]
    joined = Joined(every)
    offset = 0
    for bucket in sorted(buckets):
        _join_bucket(joined, buckets[bucket], offset, frozenset(alone))
        offset += len(buckets[bucket])
    numbers = {seen.profile.key: i for i, seen in enumerate(every)}
    for left, right in sorted({(min(p), max(p)) for p in together}):
        if left in numbers and right in numbers:
            joined.join(numbers[left], numbers[right], "joined by hand")
    return _identities(joined)


def _join_bucket(joined: Joined, bucket: list[Seen], offset: int, alone: frozenset[str]) -> None:
    """Join one bucket by itself, and write its joinings down among all."""
    numbers = [n for n, seen in enumerate(bucket) if seen.profile.key not in alone]
    if len(numbers) < 2:
        return
    own = Joined([bucket[n] for n in numbers])
    kind = bucket[0].profile.key.partition("|")[0]
    if kind == "person":
        join_persons(own)
    elif kind == "body":
        join_bodies(own)
    by_key = {bucket[n].profile.key: offset + n for n in numbers}
    for _, joining in own.joinings:
        joined.join(by_key[joining.left], by_key[joining.right], joining.why)
    for i, j, why in own.doubts:
        joined.doubt(offset + numbers[i], offset + numbers[j], why)


def _identities(joined: Joined) -> tuple[Identity, ...]:
    reasons: dict[int, list[Joining]] = defaultdict(list)
    for i, joining in joined.joinings:
        reasons[joined.root(i)].append(joining)
    keys = {}
    components = joined.components()
    for members in components:
        keys[joined.root(members[0])] = min(joined.seen[i].profile.key for i in members)
    possible: dict[int, dict[str, str]] = defaultdict(dict)
    for i, j, why in joined.doubts:
        a, b = joined.root(i), joined.root(j)
        if a != b:
            possible[a].setdefault(keys[b], why)
            possible[b].setdefault(keys[a], why)
    found = [_identity(joined, m, keys, reasons, possible) for m in components]
    return tuple(sorted(found, key=lambda identity: identity.key))


def _identity(
    joined: Joined,
    members: list[int],
    keys: dict[int, str],
    reasons: dict[int, list[Joining]],
    possible: dict[int, dict[str, str]],
) -> Identity:
    root = joined.root(members[0])
    seen = [joined.seen[i] for i in members]
    country = _country(seen)
    others = sorted(possible[root].items())[:_MOST_POSSIBLE] if root in possible else []
    return Identity(
        keys[root],
        tuple(sorted(s.profile.key for s in seen)),
        _display(seen),
        ActorKind(_weighed((s.profile.kind.value, s.reports) for s in seen) or ""),
        country,
        _weighed((s.profile.code, s.reports) for s in seen if s.profile.country == country),
        all(s.profile.one for s in seen),
        tuple(sorted(reasons[root])) if root in reasons else (),
        tuple(Possible(other, why) for other, why in others),
        _doubt(seen),
    )


def _weighed(values: Iterable[tuple[str | None, int]]) -> str | None:
    """The value of most reports, of several such the first in the alphabet."""
    counts: Counter[str] = Counter()
    for value, reports in values:
        if value:
            counts[value] += reports
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _country(seen: list[Seen]) -> str | None:
    """The state told in most reports; none where two are told as often."""
    counts: Counter[str] = Counter()
    for s in seen:
        if s.profile.country:
            counts[s.profile.country] += s.reports
    most = [c for c in counts if counts[c] == max(counts.values())]
    return most[0] if len(most) == 1 else None


def _display(seen: list[Seen]) -> str:
    """The name of most reports, a full one before a surname, a name before its letters."""
    counts: Counter[str] = Counter()
    for s in seen:
        counts[s.profile.name] += s.reports
    return min(counts, key=lambda n: (" " not in n, -counts[n], -len(n), n))


def _doubt(seen: list[Seen]) -> str | None:
    """Why one name may be two persons: some reports tell of sport, some of public office."""
    if seen[0].profile.kind is not ActorKind.PERSON:
        return None
    held = {t.office.title for s in seen for t in s.tenures}
    sport = sorted(t for t in held if t.rpartition(" ")[2] in titles("sport"))
    public = sorted(t for t in held if is_single_office(t))
    if sport and public:
        return f"some reports tell of sport ({sport[0]}), some of public office ({public[0]}): these may be two persons"
    return None
