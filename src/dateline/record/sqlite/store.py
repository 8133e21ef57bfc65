"""The store on SQLite: the protocol's methods, each in its own transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from dateline.record.bundles import Bundle, storable
from dateline.record.coverage import CodeCounts, Coverage, Wanted
from dateline.record.entries import (
    ActorEntry,
    ActorRef,
    ActorStanding,
    Added,
    Correction,
    Counterpart,
    Counts,
    DayRow,
    Dealing,
    Entry,
    EventEntry,
    EventRow,
    Exposure,
    Facets,
    Folio,
    Hits,
    Inside,
    Kept,
    PairCount,
    PartnerCount,
    PartnerPeriod,
    ProfileEntry,
    RelationCount,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
    Told,
)
from dateline.record.frozen import Frozen
from dateline.record.profiles import Copied, Kit
from dateline.record.query import Find, Query, Voice
from dateline.record.sqlite import (
    actors,
    correcting,
    coverage,
    dealings,
    folios,
    frozen,
    inside,
    listing,
    nearby,
    paging,
    pairs,
    relations,
    searching,
    sides,
    spoken,
    status,
    tallies,
)
from dateline.record.sqlite.connection import require_writable
from dateline.record.sqlite.pool import Pool
from dateline.record.sqlite.writing import Writer

T = TypeVar("T")


class SqliteStore:
    """A record in one SQLite file; see ``record.store.Store`` for what each method does.

    One writer at a time, across processes: others wait. Readers never wait. ``kit`` is what the stages before know;
    ``now`` gives the time of writing in UTC.
    """

    def __init__(self, path: Path, kit: Kit, now: Callable[[], str], *, create: bool = True) -> None:
        self.path = path
        self.kit = kit
        self.now = now
        self.pool = Pool(path, create=create)

    @property
    def file(self) -> Path:
        """The record's file, wherever the process has gone since it was named."""
        return self.pool.file

    @property
    def db(self) -> sqlite3.Connection:
        """A connection for those who look at the tables themselves."""
        return self.pool.own()

    def close(self) -> None:
        self.pool.close()

    def require_writable(self) -> None:
        """Raises ``RecordError`` where nothing can be kept."""
        require_writable(self.file)

    def backup(self, path: Path) -> None:
        self.pool.backup(path)

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        with self.pool.writing() as db:
            yield Writer(db, self.kit, self.now())

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self.pool.reading() as db:
            yield db

    def _each(self, rows: Callable[[sqlite3.Connection], Iterator[T]]) -> Iterator[T]:
        return self.pool.rows(rows)

    # --- keeping

    def known(self, fingerprints: Sequence[str]) -> set[str]:
        with self._reading() as db:
            return listing.known(db, fingerprints)

    def keep(self, bundles: Sequence[Bundle]) -> Added:
        with self._writing() as writer:
            return writer.keep(bundles)

    def note_skip(self, source: str, reason: str) -> None:
        source, reason = storable(source), storable(reason)  # a file's name may be no text
        with self._reading() as db:
            if db.execute("SELECT 1 FROM skips WHERE source = ? AND reason = ?", (source, reason)).fetchone():
                return
        with self._writing() as writer:
            writer.db.execute("INSERT OR IGNORE INTO skips (source, reason, first) VALUES (?, ?, ?)",
                              (source, reason, self.now()))  # fmt: skip

    def origins(self, query: Query | None = None) -> Iterator[Kept]:
        return self._each(lambda db: listing.origins(db, query))

    def replace(self, bundles: Sequence[tuple[str, Bundle]]) -> list[str]:
        with self._writing() as writer:
            changed = [key for key, bundle in bundles if writer.replace_reading(key, bundle)]
            writer.finish()
            return changed

    def redate(self, bundles: Sequence[tuple[str, Bundle]]) -> list[str]:
        with self._writing() as writer:
            changed = [key for key, bundle in bundles if writer.replace_redated(key, bundle)]
            writer.finish()
            return changed

    def project(self, keys: Sequence[str]) -> None:
        with self._writing() as writer:
            for key in keys:
                writer.project_again(listing.report_id(writer.db, key))
            writer.finish()

    # --- asking

    def counts(self, query: Query | None = None) -> Counts:
        with self._reading() as db:
            return listing.counts(db, query)

    def search(self, query: Query, limit: int = 20, cursor: str | None = None) -> Hits:
        with self._reading() as db:
            return searching.search(db, query, limit, cursor)

    def facets(self, query: Query) -> Facets:
        with self._reading() as db:
            return tallies.tallies(db, query)

    def sentences(self, query: Query) -> Iterator[SentenceEntry]:
        return self._each(lambda db: listing.sentences(db, query))

    def statements(self, query: Query) -> Iterator[StatementEntry]:
        return self._each(lambda db: listing.statements(db, query))

    def saying(self, asked: Sequence[str], most: int) -> tuple[list[StatementEntry], bool]:
        with self._reading() as db:
            return nearby.saying(db, asked, most)

    def sample(self, most: int) -> tuple[list[StatementEntry], int]:
        with self._reading() as db:
            return nearby.sample(db, most)

    def statements_with(self, keys: Iterable[str]) -> list[StatementEntry]:
        with self._reading() as db:
            return nearby.with_keys(db, keys)

    def mentioning(self, actor: str, limit: int = 5) -> list[StatementEntry]:
        with self._reading() as db:
            return nearby.mentioning(db, actor, limit)

    def told_inside(self, statements: Sequence[StatementEntry]) -> dict[str, tuple[TellingEntry, ...]]:
        with self._reading() as db:
            return nearby.told_inside(db, statements)

    def tellings(self, query: Query) -> Iterator[TellingEntry]:
        return self._each(lambda db: listing.tellings(db, query))

    def events(self, query: Query) -> Iterator[EventEntry]:
        return self._each(lambda db: listing.events(db, query))

    def reports(self, query: Query) -> Iterator[ReportEntry]:
        return self._each(lambda db: listing.reports(db, query))

    def page(self, find: Find, query: Query, limit: int, cursor: str | None = None) -> tuple[list[Entry], str | None]:
        with self._reading() as db:
            return paging.rows_of(db, query, find, limit, cursor)

    def events_page(self, query: Query, limit: int, cursor: str | None = None) -> tuple[list[EventEntry], str | None]:
        with self._reading() as db:
            return paging.events(db, query, limit, cursor)

    def reports_page(self, query: Query, limit: int, cursor: str | None = None) -> tuple[list[ReportEntry], str | None]:
        with self._reading() as db:
            return paging.reports(db, query, limit, cursor)

    def ranked_actors(self, query: Query, name: str | None = None) -> list[tuple[str, int]]:
        with self._reading() as db:
            return paging.named(db, name) if name else paging.ranked(db, query)

    def actor_lines(self, keys: Sequence[str]) -> list[ActorRef]:
        with self._reading() as db:
            return paging.actor_lines(db, keys)

    def corrections_page(
        self, target: str | None, limit: int, cursor: str | None = None
    ) -> tuple[list[Correction], str | None]:
        with self._reading() as db:
            return paging.corrected(db, target, limit, cursor)

    def report(self, key: str) -> ReportEntry:
        with self._reading() as db:
            return listing.report(db, key)

    def versions(self, key: str) -> list[dict[str, Any]]:
        with self._reading() as db:
            return listing.versions(db, key)

    def copies(self, key: str) -> tuple[list[Copied], str | None]:
        with self._reading() as db:
            return listing.copies(db, self.kit, key)

    def text(self, report: str, version: int | None = None) -> str:
        with self._reading() as db:
            return listing.text(db, report, version)

    def reading(self, report: str, version: int | None = None) -> dict[str, Any]:
        with self._reading() as db:
            return listing.reading(db, report, version)

    def inside(self, key: str) -> Inside:
        with self._reading() as db:
            return inside.inside(db, key)

    def inside_between(self, key: str, first: int, last: int) -> tuple[list[StatementEntry], list[TellingEntry]]:
        with self._reading() as db:
            return inside.inside_between(db, key, first, last)

    def sentence_of(self, key: str, entry: str) -> int | None:
        with self._reading() as db:
            return inside.sentence_of(db, key, entry)

    def actors(self, query: Query) -> Iterator[ActorEntry]:
        return self._each(lambda db: actors.actors(db, self.kit, query))

    def actor(self, name: str) -> ActorEntry:
        with self._reading() as db:
            return actors.actor(db, self.kit, name)

    def standing(self) -> list[ActorStanding]:
        with self._reading() as db:
            return actors.standing(db)

    def called_like(self, words: str) -> set[str]:
        with self._reading() as db:
            return actors.called(db, words)

    def profiles(self, actor: str) -> list[ProfileEntry]:
        with self._reading() as db:
            return actors.profiles_of_actor(db, actor)

    def holders(self, profiles: Sequence[str]) -> dict[str, str]:
        with self._reading() as db:
            return actors.holders(db, profiles)

    def counterparts(self, actor: str, limit: int = 20) -> tuple[list[Counterpart], int]:
        with self._reading() as db:
            return actors.counterparts(db, actor, limit)

    def joinings(self) -> list[Correction]:
        with self._reading() as db:
            return correcting.joinings(db)

    def relation(
        self, source: str, target: str, unit: str = "month", first: str | None = None, last: str | None = None
    ) -> Iterator[RelationCount]:
        return self._each(lambda db: relations.relation(db, source, target, unit, first, last))

    def sides(self, source: str, target: str) -> tuple[str, str]:
        with self._reading() as db:
            a, b = relations.sides(db, source, target)
            return a.key, b.key

    def called(self, side: str) -> str:
        with self._reading() as db:
            return sides.named(db, side)

    def days(
        self, source: str, target: str, first: str | None = None, last: str | None = None
    ) -> Iterator[DayRow]:
        return self._each(lambda db: pairs.days(db, *relations.sides(db, source, target), first, last))

    def partners(
        self, name: str, first: str | None = None, last: str | None = None, limit: int = 20
    ) -> tuple[list[PartnerCount], int]:
        with self._reading() as db:
            return relations.partners(db, name, first, last, limit)

    def dealings(
        self, name: str, first: str | None = None, last: str | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[list[Dealing], int]:
        with self._reading() as db:
            return dealings.dealings(db, name, first, last, limit, offset)

    def small_series(
        self, side: str, partners: Collection[str], unit: str, first: str, last: str
    ) -> dict[str, list[PartnerPeriod]]:
        with self._reading() as db:
            return dealings.series(db, side, partners, unit, first, last)

    def busiest(self, limit: int = 1) -> list[PairCount]:
        with self._reading() as db:
            return dealings.busiest(db, limit)

    def behind(
        self, source: str, target: str, unit: str, periods: tuple[str, str], quads: Collection[str], voice: Voice,
        limit: int = 100,
    ) -> Told:  # fmt: skip
        with self._reading() as db:
            return dealings.behind(db, source, target, unit, periods, quads, voice, limit)

    def spoken(
        self, source: str, target: str, first: str | None = None, last: str | None = None
    ) -> list[tuple[StatementEntry, tuple[TellingEntry, ...]]]:
        with self._reading() as db:
            return spoken.spoken(db, *relations.sides(db, source, target), first, last)

    def deeds(
        self, source: str, target: str, first: str | None = None, last: str | None = None
    ) -> list[TellingEntry]:
        with self._reading() as db:
            return pairs.deeds(db, *relations.sides(db, source, target), first, last)

    def side(self, name: str) -> str:
        with self._reading() as db:
            return relations.side(db, name)

    def event_rows(self) -> Iterator[EventRow]:
        return self._each(relations.event_rows)

    def evidence(self, source: str, target: str, first: str, last: str, limit: int = 5) -> list[TellingEntry]:
        with self._reading() as db:
            return relations.evidence(db, source, target, first, last, limit)

    def exposure(
        self, unit: str = "month", first: str | None = None, last: str | None = None, stories: bool = True
    ) -> Iterator[Exposure]:
        return self._each(lambda db: relations.exposure(db, unit, first, last, stories))

    def first_told(self) -> Iterator[tuple[str, str]]:
        return self._each(relations.first_told)

    def report_days(self) -> tuple[str | None, str | None]:
        with self._reading() as db:
            return relations.report_days(db)

    def status(self) -> dict[str, Any]:
        with self._reading() as db:
            return status.status(db, self.path, self.file)

    def check(self) -> list[str]:
        with self._reading() as db:
            return status.check(db, frozen.changed, folios.changed)

    def coverage(self) -> Coverage:
        with self._reading() as db:
            return coverage.coverage(db)

    def reports_listed(
        self, wanted: Wanted, limit: int = 100, cursor: str | None = None
    ) -> tuple[list[ReportEntry], int, str | None]:
        with self._reading() as db:
            return coverage.listed(db, wanted, limit, cursor)

    def skips(self, limit: int = 100) -> list[tuple[str, str, str]]:
        with self._reading() as db:
            return coverage.skips(db, limit)

    def code_counts(self, asked: Sequence[tuple[str, str]]) -> CodeCounts:
        with self._reading() as db:
            return coverage.code_counts(db, asked)

    def fine_counts(self) -> CodeCounts:
        with self._reading() as db:
            return coverage.fine_counts(db)

    def coded(self, type_: str, cameo: str, limit: int = 3) -> list[TellingEntry]:
        with self._reading() as db:
            return coverage.coded(db, type_, cameo, limit)

    def of_role(self, role: str, limit: int = 3) -> list[ActorRef]:
        with self._reading() as db:
            return coverage.of_role(db, role, limit)

    def entry(self, key: str, at: int | None = None) -> Entry:
        with self._reading() as db:
            return coverage.entry(db, key, at)

    def entries(self, keys: Sequence[tuple[str, int | None]]) -> dict[tuple[str, int | None], Entry]:
        with self._reading() as db:
            return coverage.entries(db, keys)

    # --- correcting

    def correct(
        self, action: str, target: str | Sequence[str], who: str, why: str | None = None, field: str | None = None,
        value: Any = None,
    ) -> Correction:  # fmt: skip
        with self._writing() as writer:
            return correcting.correct(writer, action, target, correcting.Made(who, why), field, value)

    def undo(self, correction: int, who: str, why: str | None = None) -> Correction:
        with self._writing() as writer:
            return correcting.undo(writer, correction, correcting.Made(who, why))

    def corrections(self, target: str | None = None) -> Iterator[Correction]:
        return self._each(lambda db: correcting.corrections(db, target))

    def log(
        self, who: str | None = None, report: str | None = None, before: int | None = None, limit: int | None = None
    ) -> Iterator[Correction]:
        return self._each(lambda db: correcting.log(db, who, report, before, limit))

    # --- frozen forecasts

    def freeze(self, forecast: Frozen) -> Frozen:
        with self._writing() as writer:
            return frozen.freeze(writer.db, forecast, self.now())

    def frozen(self, source: str | None = None, target: str | None = None) -> Iterator[Frozen]:
        return self._each(lambda db: frozen.frozen(db, source, target))

    # --- folios

    def keep_folio(self, kind: str, title: str, body: Any, who: str, key: str | None = None) -> Folio:
        with self._writing() as writer:
            return folios.keep(writer.db, Folio(key or "", kind, title, body, who, self.now()))

    def folio(self, key: str) -> Folio:
        with self._reading() as db:
            return folios.one(db, key)

    def folios(self, kind: str, *, bodies: bool = True) -> Iterator[Folio]:
        return self._each(lambda db: folios.all_of(db, kind, bodies))

    def drop_folio(self, key: str) -> bool:
        with self._writing() as writer:
            return folios.drop(writer.db, key)

    # --- saved searches

    def save_search(self, name: str, query: Query) -> None:
        with self._writing() as writer:
            listing.save_search(writer.db, name, query, self.now())

    def saved_searches(self) -> dict[str, Query]:
        with self._reading() as db:
            return listing.saved_searches(db)

    def forget_search(self, name: str) -> bool:
        with self._writing() as writer:
            return listing.forget_search(writer.db, name)
