"""What a record covers: from which sources and days it has reports, and what its entries are coded as."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: The reports of one list are counted up to here.
COUNTED = 10_000


class Lack(StrEnum):
    """Why reports are looked at apart from others."""

    UNREAD = "unread"  # nothing was read in them
    UNDATED = "undated"  # no day is known
    UNRELIABLE = "unreliable"  # a day is known, but may enter no trend
    COPY = "copy"  # not the earliest known report of their story
    WIRE = "wire"  # with the credit of an agency that is not the source itself


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two reports of a source without any, first and last included."""

    first: str
    last: str
    days: int


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """The reports of one source: its publisher, or its agency where none is told; ``None`` where neither is.

    ``stories`` are distinct. ``copies`` are not the earliest known report of their story; ``wire`` carry the credit of
    an agency that is not the source itself. ``days`` are those with reports, in order, and how many; the longest gaps
    come first.
    """

    name: str | None
    reports: int
    stories: int
    copies: int
    wire: int
    unread: int
    undated: int
    unreliable: int
    days: tuple[tuple[str, int], ...]
    gaps: tuple[Gap, ...]

    @property
    def first(self) -> str | None:
        return self.days[0][0] if self.days else None

    @property
    def last(self) -> str | None:
        return self.days[-1][0] if self.days else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All sources, those with most reports first. ``skipped`` could not be kept at all, by reason."""

    reports: int = 0
    stories: int = 0
    event_rows: int = 0
    sources: tuple[SourceCoverage, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports are listed; ``source`` is ``""`` for those that name none. Days are both included."""

    source: str | None = None
    since: str | None = None
    until: str | None = None
    lack: Lack | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """How often each code is told in a record, by kind: ``type``, ``quad``, ``reality`` … ``cameo`` and ``role``.

    Of roles the actors are counted, classes such as "government source" left out. Rejected entries count nowhere.
    """

    by_kind: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, kind: str, code: str) -> int:
        return self.by_kind.get(kind, {}).get(code, 0)
