"""What a store of the record can do: the protocol behind which SQLite, and others after it, stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from dateline.record.bundles import Bundle
from dateline.record.entries import (
    ActorEntry,
    Added,
    Correction,
    Counts,
    EventEntry,
    Exposure,
    Hits,
    RelationCount,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
)
from dateline.record.query import Query


class Store(Protocol):
    """Keeps bundles, answers queries, remembers corrections. One suite of contract tests holds for each store.

    All writing is done in transactions: a bundle is there with all its rows, or not at all.
    """

    # --- keeping

    def known(self, fingerprints: Sequence[str]) -> set[str]:
        """Which of these fingerprints are kept already, in whatever version."""

    def keep(self, bundles: Sequence[Bundle]) -> Added:
        """Keep reports with their readings, in one transaction. What is kept already stays as it is."""

    def note_skip(self, source: str, reason: str) -> None:
        """Remember that something could not be kept; the same twice is one."""

    def bundles_kept(self, after: str | None = None) -> Iterator[Any]:
        """(key, origin kind, raw bytes, locator, source, given) of each report's current version, to be read anew."""

    def replace(self, key: str, bundle: Bundle) -> bool:
        """The reading of the current version of a report, made anew; true where anything changed."""

    def close(self) -> None:
        """Let go of the file."""

    # --- asking

    def counts(self, query: Query | None = None) -> Counts: ...

    def search(self, query: Query, limit: int = 20, cursor: str | None = None) -> Hits: ...

    def sentences(self, query: Query) -> Iterator[SentenceEntry]: ...

    def statements(self, query: Query) -> Iterator[StatementEntry]: ...

    def tellings(self, query: Query) -> Iterator[TellingEntry]: ...

    def events(self, query: Query) -> Iterator[EventEntry]: ...

    def reports(self, query: Query) -> Iterator[ReportEntry]: ...

    def actors(self, query: Query) -> Iterator[ActorEntry]: ...

    def actor(self, name: str) -> ActorEntry: ...

    def text(self, report: str, version: int | None = None) -> str: ...

    def reading(self, report: str, version: int | None = None) -> dict[str, Any]: ...

    def relation(self, source: str, target: str, unit: str = "month") -> Iterator[RelationCount]: ...

    def exposure(self, unit: str = "month") -> Iterator[Exposure]: ...

    def status(self) -> dict[str, Any]: ...

    # --- correcting

    def correct(
        self, action: str, target: str, who: str, why: str | None = None, field: str | None = None, value: Any = None
    ) -> Correction: ...

    def undo(self, correction: int, who: str, why: str | None = None) -> Correction: ...

    def corrections(self, target: str | None = None) -> Iterator[Correction]: ...

    # --- saved searches

    def save_search(self, name: str, query: Query) -> None: ...

    def saved_searches(self) -> dict[str, Query]: ...

    def forget_search(self, name: str) -> None: ...
