"""What a programmer calls to keep a record and to ask it; what reads and keeps is imported when it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.kit import kit
from dateline.model import DEFAULT_MODEL, Reading, Report
from dateline.record.coverage import Coverage
from dateline.record.entries import (
    ActorEntry,
    Added,
    Correction,
    Counts,
    Entry,
    EventEntry,
    EventRow,
    Exposure,
    Folio,
    Hits,
    PartnerCount,
    Progressed,
    RelationCount,
    ReportEntry,
    Reread,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
)
from dateline.record.frozen import Frozen
from dateline.record.profiles import Copied
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from dateline.record.store import Store

if TYPE_CHECKING:
    from dateline.load import Fetcher

VARIABLE, DEFAULT = "DATELINE_RECORD", "dateline.db"
Notice = Callable[[str], None]


def record_path(path: str | Path | None = None) -> Path:
    """The record's file: the one named, else that of the environment, else ``dateline.db`` here."""
    return Path(path or os.environ.get(VARIABLE) or DEFAULT)


def utc_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Record:
    """What is kept of many reports, in one file: add, search, count, correct, export.

    All methods that take ``filters`` take the fields of ``Query`` by name. Use it as a context manager, or close it.

    >>> from dateline import Record
    >>> import tempfile, os
    >>> with tempfile.TemporaryDirectory() as folder, Record(os.path.join(folder, "r.db")) as record:
    ...     added = record.add_reports(["Norway denied on Monday that it had expelled two Danish diplomats."])
    ...     [(s.speaker.name, s.stance) for s in record.statements(stance="denies")]
    [('Norway', 'denies')]
    """

    def __init__(
        self, path: str | Path | None = None, *, create: bool = True, clock: Callable[[], str] = utc_now
    ) -> None:
        self.path = record_path(path)
        self.store: Store = SqliteStore(self.path, kit(), clock, create=create)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def backup(self, path: str | Path) -> None:
        """Copy the record as it is now into a file of its own, while others read it or add to it."""
        self.store.backup(Path(path))

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # --- adding

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        stdin: BinaryIO | None = None,
        published: date | None = None,
        model: str = DEFAULT_MODEL,
        workers: int = 1,
        fast: bool = False,
        notice: Notice = lambda _: None,
        progress: Callable[[Progressed], None] = lambda _: None,
        fetcher: Fetcher | None = None,
    ) -> Added:
        """Read the reports of files, folders and addresses, and keep what is new.

        Raises ``MissingInput`` before anything is read where a path is not there. What cannot be read is told to
        ``notice``, remembered, and passed over. On Ctrl-C what has been read is kept, then ``KeyboardInterrupt`` is
        raised; the same call goes on where it stopped.
        """
        from dateline.keeping import Adding
        from dateline.load import check_paths, read_paths
        from dateline.scale.local import Settings

        named = [str(path) for path in paths]
        check_paths(named, fetcher)
        written = self.store.file.stat() if self.store.file else None
        items = read_paths(named, stdin, published, notice, written, fetcher)
        added = Adding(self.store, Settings(model, fast), workers, notice, progress).run(items)
        if added.versions:
            self._read_with_dates(added.keys, model, fast)
        return added

    def add_reports(
        self,
        reports: Iterable[Report | Reading | str],
        *,
        model: str = DEFAULT_MODEL,
        workers: int = 1,
        fast: bool = False,
    ) -> Added:
        """Read and keep reports or texts; readings are kept as they are."""
        from dateline.keeping import Adding
        from dateline.load import report_from_text
        from dateline.scale.local import Settings

        items = (report_from_text(r) if isinstance(r, str) else r for r in reports)
        added = Adding(self.store, Settings(model, fast), workers).run(items)
        if added.versions:
            self._read_with_dates(added.keys, model, fast)
        return added

    def reread(
        self,
        *,
        query: Query | None = None,
        everything: bool = False,
        model: str = DEFAULT_MODEL,
        workers: int = 1,
        fast: bool = False,
        notice: Notice = lambda _: None,
        progress: Callable[[Progressed], None] = lambda _: None,
    ) -> Reread:
        """Read the kept reports anew from their bytes: those that an earlier version read, or everything.

        Corrections hold; one whose words are not found any more is kept as lost. Reports without bytes are passed over.
        """
        from dateline.keeping import Rereading
        from dateline.scale.local import Settings

        rereading = Rereading(self.store, Settings(model, fast), workers, notice, progress)
        return rereading.run(self.store.origins(query), everything)

    # --- asking

    def search(self, words: str | None = None, *, limit: int = 20, cursor: str | None = None, **filters: Any) -> Hits:
        """The best matches, ranked, each with its sentence and its neighbours; the last answer's ``cursor`` goes on."""
        return self.store.search(_query(words, filters), limit, cursor)

    def statements(self, words: str | None = None, **filters: Any) -> Iterator[StatementEntry]:
        """Statements in the order of days; those of copies are given once unless ``copies=True``."""
        return self.store.statements(_query(words, filters))

    def tellings(self, words: str | None = None, **filters: Any) -> Iterator[TellingEntry]:
        """Events as reports tell them; of each distinct event the earliest telling unless ``copies=True``."""
        return self.store.tellings(_query(words, filters))

    def events(self, words: str | None = None, **filters: Any) -> Iterator[EventEntry]:
        """Distinct events, each with how many tellings, reports and stories tell it."""
        return self.store.events(_query(words, filters))

    def sentences(self, words: str | None = None, **filters: Any) -> Iterator[SentenceEntry]:
        return self.store.sentences(_query(words, filters))

    def reports(self, words: str | None = None, **filters: Any) -> Iterator[ReportEntry]:
        """Reports, or those that hold a matching entry, in the order of their days."""
        return self.store.reports(_query(words, filters))

    def actors(self, words: str | None = None, **filters: Any) -> Iterator[ActorEntry]:
        """Actors, or those of the reports that match, those in most reports first."""
        return self.store.actors(_query(words, filters))

    def actor(self, name: str) -> ActorEntry:
        """The actor with this key or name."""
        return self.store.actor(name)

    def report(self, key: str) -> ReportEntry:
        return self.store.report(key)

    def versions(self, key: str) -> list[dict[str, Any]]:
        """The versions of a report, oldest first."""
        return self.store.versions(key)

    def copies(self, key: str) -> tuple[list[Copied], str | None]:
        """The reports of this one's story in their order of copying, and the story's wire credit."""
        return self.store.copies(key)

    def text(self, key: str, version: int | None = None) -> str:
        return self.store.text(key, version)

    def reading(self, key: str, version: int | None = None) -> dict[str, Any]:
        """The machine's reading of a report, as ``dateline read --format jsonl`` gave it, without corrections."""
        return self.store.reading(key, version)

    def relation(
        self, source: str, target: str, by: str = "month", first: str | None = None, last: str | None = None
    ) -> Iterator[RelationCount]:
        """Real events of an ordered pair by ``"month"`` or ``"week"``: events, reports, stories, Goldstein sums.

        A state stands for its government, army, parliament and so on; ``USA:MIL`` is its army alone.
        """
        return self.store.relation(source, target, by, first, last)

    def partners(
        self, name: str, first: str | None = None, last: str | None = None, limit: int = 20
    ) -> list[PartnerCount]:
        """With whom an actor had most events, in the months that hold the days from ``first`` to ``last``."""
        return self.store.partners(name, first, last, limit)[0]

    def event_rows(self) -> Iterator[EventRow]:
        """Every ordered pair of every real event on one reliable day: a table for statistics of your own."""
        return self.store.event_rows()

    def exposure(self, by: str = "month") -> Iterator[Exposure]:
        """All events, reports and stories of each month or week."""
        return self.store.exposure(by)

    def counts(self, words: str | None = None, **filters: Any) -> Counts:
        """How much there is, or how much matches."""
        return self.store.counts(_query(words, filters))

    def status(self) -> dict[str, Any]:
        """What is in the record, from where and when, and what is not, ready for JSON."""
        return self.store.status()

    def coverage(self) -> Coverage:
        """Reports by source and day, gaps between them, and what was not read or has no reliable day."""
        return self.store.coverage()

    def entry(self, key: str, at: int | None = None) -> Entry:
        """A statement or telling by its key; with ``at``, the sentence of report ``key`` that holds this offset."""
        return self.store.entry(key, at)

    def check(self) -> list[str]:
        """What is wrong with the file; empty where all is well."""
        return self.store.check()

    # --- correcting

    def correct(
        self, action: str, target: str | Sequence[str], *, who: str, why: str | None = None, field: str | None = None,
        value: Any = None, model: str = DEFAULT_MODEL, fast: bool = False,
    ) -> Correction:  # fmt: skip
        """Accept, reject or edit a statement or event, merge or split actors, or date a report; see ``docs/record.md``.

        A report with a new date is read anew, so that its "Wednesday" is counted from there.
        """
        made = self.store.correct(action, target, who, why, field, value)
        if made.field == "date":
            self._read_with_dates([made.target], model, fast)
        return made

    def undo(
        self, correction: int, *, who: str, why: str | None = None, model: str = DEFAULT_MODEL, fast: bool = False
    ) -> Correction:
        """Take a correction back."""
        made = self.store.undo(correction, who, why)
        if made.field == "date":
            self._read_with_dates([made.target], model, fast)
        return made

    def _read_with_dates(self, keys: Iterable[str], model: str, fast: bool = False) -> None:
        """Those of the reports that have a date set by a person are read once more, under it."""
        held = (c for c in self.store.corrections() if c.field == "date" and c.action == "edit" and not c.undone)
        dated = sorted({c.target for c in held} & set(keys))
        if not dated:
            return
        from dateline.keeping import Rereading
        from dateline.scale.local import Settings

        # one run for all of them: each run loads the language model
        rereading = Rereading(self.store, Settings(model, fast), 1, lambda _: None, lambda _: None)
        origins = (kept for key in dated for kept in self.store.origins(Query(report=key)))
        rereading.run(origins, everything=True, only_dates=True)

    def corrections(self, target: str | None = None) -> Iterator[Correction]:
        """All corrections, or those of one key, in the order in which they were made."""
        return self.store.corrections(target)

    # --- frozen forecasts

    def freeze(self, forecast: Frozen) -> Frozen:
        """Keep a forecast for ever, with the time of this; one that is kept already stays as it is."""
        return self.store.freeze(forecast)

    def frozen(self, source: str | None = None, target: str | None = None) -> Iterator[Frozen]:
        """The frozen forecasts, or those of one or both sides; ``sound`` is false for one that was changed since."""
        sides = (self.store.side(name) if name else None for name in (source, target))
        return self.store.frozen(*sides)

    # --- folios

    def keep_folio(self, kind: str, title: str, body: Any, who: str, key: str | None = None) -> Folio:
        """Keep a frozen result ("result") or a brief ("brief") for people to come back to.

        With a key it takes the place of what is under it. Without, its key is made from kind and body: the same twice
        is the first one, and it never changes.
        """
        return self.store.keep_folio(kind, title, body, who, key)

    def folio(self, key: str) -> Folio:
        return self.store.folio(key)

    def folios(self, kind: str) -> Iterator[Folio]:
        """The folios of a kind, the newest first."""
        return self.store.folios(kind)

    def drop_folio(self, key: str) -> bool:
        """Drop a folio; false where there is none of this key."""
        return self.store.drop_folio(key)

    # --- saved searches

    def save(self, name: str, query: Query) -> None:
        """Keep a search under a name; a name used before is given to this one."""
        self.store.save_search(name, query)

    def saved(self) -> dict[str, Query]:
        return self.store.saved_searches()

    def forget(self, name: str) -> bool:
        """Forget a saved search; false where there is none of this name."""
        return self.store.forget_search(name)


def _query(words: str | None, filters: dict[str, Any]) -> Query:
    return Query.of({"words": words, **filters})
