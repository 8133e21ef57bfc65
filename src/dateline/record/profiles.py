"""What a store needs to know of the other stages: functions that come in as arguments, and the records they give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.model import Span
from dateline.record.drafts import CastDraft
from dateline.record.entries import RoleSpan


@dataclass(frozen=True, slots=True)
class Profiled:
    """What an actor of one report looks like from outside: equal keys are one actor, unless a person splits them.

    Profiles that could ever be one actor share a ``bucket``. ``offices`` are the normal forms of the actor's roles in
    this report, in their order; ``facts`` is JSON that the grouping alone reads.
    """

    key: str
    bucket: str
    name: str
    kind: str
    country: str | None
    code: str | None
    offices: tuple[str, ...] = ()
    facts: str = "{}"
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class SeenOffice:
    office: str
    of: str | None
    status: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SeenRole:
    """A title that one report gave an actor; ``day`` is the report's, ``None`` where none is reliable."""

    title: str
    of: str | None
    status: str
    day: str | None
    report: str


@dataclass(frozen=True, slots=True)
class SeenProfile:
    """A profile with the days on which reports told of it, and of it in each office."""

    key: str
    bucket: str
    name: str
    kind: str
    country: str | None
    code: str | None
    facts: str
    first: str | None
    last: str | None
    reports: int
    offices: tuple[SeenOffice, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Profiles that are one actor, why each joined, and which others it might be as well."""

    members: tuple[str, ...]
    name: str
    kind: str
    country: str | None
    code: str | None
    reasons: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """How much two texts share, and whether their reports are one story, with the reason."""

    contained: float
    jaccard: float
    same: bool
    why: str


@dataclass(frozen=True, slots=True)
class StoryMember:
    """A report as the order of copying needs it; ``day`` only where it is reliable."""

    key: str
    day: str | None
    agency: str | None
    publisher: str | None
    words: int
    signature: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """One report of a story: from which earlier one it was most likely copied, and how."""

    key: str
    source: str | None
    how: str
    kept: float
    own: float


@dataclass(frozen=True, slots=True)
class Kit:
    """What the stages before the record know, as functions of values alone."""

    #: (actor, report key, day, text) -> profile
    profile: Callable[[CastDraft, str, str | None, str], Profiled]
    #: (the profiles of one bucket, the keys of those that a person took out) -> who is one
    group: Callable[[Sequence[SeenProfile], Collection[str]], Sequence[Identity]]
    #: numbers of sampled shingles of two texts, and days between -> how many they must share to be worth a look
    needed: Callable[[int, int, int | None], int]
    #: (text, furniture, text, furniture, days apart) -> what they share
    compare: Callable[[str, Sequence[Span], str, Sequence[Span], int | None], Copy]
    #: members -> their order of copying, and the wire credit
    order: Callable[[Sequence[StoryMember]], tuple[Sequence[Copied], str | None]]
    #: titles as reports gave them to one actor -> each with the time in which it was held
    roles: Callable[[Sequence[SeenRole]], Sequence[RoleSpan]]


Json = dict[str, Any]
