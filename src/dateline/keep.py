"""Joins the stages for a record: paths -> reports -> readings -> entries. Only this module knows the order."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, BinaryIO, TypeVar

from dateline.annotate.parse import DEFAULT_MODEL
from dateline.load import Failure, Fetcher, again, check_paths, read_paths, report_from_text
from dateline.model import (
    Actor,
    ActorKind,
    DateFrom,
    Mention,
    MentionForm,
    Origin,
    Published,
    Reading,
    Report,
    Role,
    RoleStatus,
    Span,
)
from dateline.present.jsonl import as_json
from dateline.record.bundles import Bundle, bundle_of, fingerprint
from dateline.record.drafts import CastDraft
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
from dateline.record.profiles import Copied, Copy, Identity, Kit, Profiled, SeenProfile, StoryMember
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from dateline.record.sqlite.listing import Kept
from dateline.resolve import identities, stories
from dateline.scale.local import Settings, map_reports

T = TypeVar("T")
#: Reports that are kept in one transaction; what is lost at most when the machine goes down.
BATCH = 32
#: Reports that are looked up at once, before they are read.
LOOKED_UP = 64
VARIABLE, DEFAULT = "DATELINE_RECORD", "dateline.db"
Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far an add has come: all counts are of reports, since its start; why each was not read, and how often."""

    read: int = 0
    new: int = 0
    same: int = 0
    versions: int = 0
    unread: int = 0
    failed: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def done(self) -> int:
        """How many are kept, known or given up: the rest is still being read."""
        return self.new + self.same + self.versions + self.failed


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading the record anew did; ``lost`` counts the corrections whose words are not found any more."""

    read: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    lost: int = 0


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
        self.store = SqliteStore(self.path, kit(), clock, create=create)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

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
        named = [str(path) for path in paths]
        check_paths(named, fetcher)
        written = self.path.stat() if self.path.exists() else None
        items = read_paths(named, stdin, published, notice, written, fetcher)
        return _Adding(self.store, Settings(model, fast), workers, notice, progress).run(items)

    def add_reports(
        self,
        reports: Iterable[Report | Reading | str],
        *,
        model: str = DEFAULT_MODEL,
        workers: int = 1,
        fast: bool = False,
    ) -> Added:
        """Read and keep reports or texts; readings are kept as they are."""
        items = (report_from_text(r) if isinstance(r, str) else r for r in reports)
        return _Adding(self.store, Settings(model, fast), workers).run(items)

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
        rereading = _Rereading(self.store, Settings(model, fast), workers, notice, progress)
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

    def relation(self, source: str, target: str, by: str = "month") -> Iterator[RelationCount]:
        """Real events of an ordered pair by ``"month"`` or ``"week"``: events, reports, stories, Goldstein sums."""
        return self.store.relation(source, target, by)

    def exposure(self, by: str = "month") -> Iterator[Exposure]:
        """All events, reports and stories of each month or week."""
        return self.store.exposure(by)

    def counts(self, words: str | None = None, **filters: Any) -> Counts:
        """How much there is, or how much matches."""
        return self.store.counts(_query(words, filters))

    def status(self) -> dict[str, Any]:
        """What is in the record, from where and when, and what is not, ready for JSON."""
        return self.store.status()

    def check(self) -> list[str]:
        """What is wrong with the file; empty where all is well."""
        return self.store.check()

    # --- correcting

    def correct(
        self, action: str, target: str | Sequence[str], *, who: str, why: str | None = None, field: str | None = None,
        value: Any = None, model: str = DEFAULT_MODEL,
    ) -> Correction:  # fmt: skip
        """Accept, reject or edit a statement or event, merge or split actors, or date a report; see ``docs/record.md``.

        A report with a new date is read anew, so that its "Wednesday" is counted from there.
        """
        made = self.store.correct(action, target, who, why, field, value)
        return self._with_dates(made, model)

    def undo(self, correction: int, *, who: str, why: str | None = None, model: str = DEFAULT_MODEL) -> Correction:
        """Take a correction back."""
        return self._with_dates(self.store.undo(correction, who, why), model)

    def _with_dates(self, made: Correction, model: str) -> Correction:
        if made.field == "date" and made.report:
            self.reread(query=Query(report=made.report), everything=True, model=model)
        return made

    def corrections(self, target: str | None = None) -> Iterator[Correction]:
        """All corrections, or those of one key, in the order in which they were made."""
        return self.store.corrections(target)

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


# --- adding


def _bundle(reading: Reading) -> Bundle:
    return bundle_of(reading, as_json, stories.signature)


class _Adding:
    """One run of ``add``: what is known is passed over before it is read, the rest is kept batch by batch."""

    def __init__(
        self,
        store: SqliteStore,
        settings: Settings,
        workers: int,
        notice: Notice = lambda _: None,
        progress: Callable[[Progressed], None] = lambda _: None,
    ) -> None:
        self.store = store
        self.settings = settings
        self.workers = workers
        self.notice = notice
        self.progress = progress
        self.done = Progressed()
        self.reasons: Counter[str] = Counter()
        self.keys: list[str] = []

    def run(self, items: Iterable[Report | Reading | Failure]) -> Added:
        with _patient(self.notice) as stopped, closing(self._bundles(items)) as bundles:
            while batch := list(islice(bundles, BATCH)):
                self._keep(batch)
                if stopped():
                    raise KeyboardInterrupt
            self._tell()
        d = self.done
        return Added(d.new, d.versions, d.same, d.unread, d.failed, tuple(self.keys))

    def _bundles(self, items: Iterable[Report | Reading | Failure]) -> Generator[Bundle, None, None]:
        yield from map_reports(self._fresh(items), _bundle, self.settings, self.workers)

    def _fresh(self, items: Iterable[Report | Reading | Failure]) -> Iterator[Report | Reading]:
        """What is not in the record yet; failures are told and remembered."""
        for chunk in _chunks(items, LOOKED_UP):
            found = [item for item in chunk if not isinstance(item, Failure)]
            for item in chunk:
                if isinstance(item, Failure):
                    self._fail(item)
            prints = [fingerprint(item if isinstance(item, Report) else item.report) for item in found]
            known = self.store.known(prints)
            same, read = sum(p in known for p in prints), sum(map(_how_many, chunk))
            self.done = replace(self.done, read=self.done.read + read, same=self.done.same + same)
            if known:
                self._tell()
            yield from (item for item, print_ in zip(found, prints, strict=True) if print_ not in known)

    def _fail(self, failure: Failure) -> None:
        self.notice(f"{failure.where}: {failure.reason}")
        self.store.note_skip(failure.where, failure.reason)
        self._not_read(failure.reason, failure.count)
        self.done = replace(self.done, failed=self.done.failed + failure.count)

    def _not_read(self, reason: str, count: int) -> None:
        self.reasons[reason] += count

    def _tell(self) -> None:
        self.progress(replace(self.done, reasons=tuple(self.reasons.items())))

    def _keep(self, batch: Sequence[Bundle]) -> None:
        added = self.store.keep(batch)
        self.keys.extend(added.keys)
        for bundle in batch:
            if bundle.unread:
                self._not_read(bundle.unread, 1)
        d = self.done
        self.done = replace(d, new=d.new + added.new, versions=d.versions + added.versions, same=d.same + added.same,
                            unread=d.unread + added.unread)  # fmt: skip
        self._tell()


def _how_many(item: Report | Reading | Failure) -> int:
    return item.count if isinstance(item, Failure) else 1


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk


@contextmanager
def _patient(notice: Notice) -> Iterator[Callable[[], bool]]:
    """Ctrl-C is only noted, so that a batch is finished; a second one stops at once. Other threads hear nothing."""
    heard = False

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        if heard:
            raise KeyboardInterrupt
        heard = True
        notice("stopping after the batch under way; Ctrl-C again stops at once")

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: heard
    finally:
        signal.signal(signal.SIGINT, before)


# --- reading anew


class _Rereading:
    def __init__(
        self,
        store: SqliteStore,
        settings: Settings,
        workers: int,
        notice: Notice,
        progress: Callable[[Progressed], None],
    ) -> None:
        self.store = store
        self.settings = settings
        self.workers = workers
        self.notice = notice
        self.progress = progress
        self.failed = 0
        self.same = 0
        self.keys: list[str] = []

    def run(self, kept: Iterable[Kept], everything: bool) -> Reread:
        changed = read = 0
        with _patient(self.notice) as stopped:
            fresh = self._fresh(kept, everything)
            with closing(map_reports(fresh, _bundle, self.settings, self.workers)) as bundles:  # type: ignore[type-var]
                while batch := list(islice(bundles, BATCH)):
                    pairs = list(zip(self.keys[read : read + len(batch)], batch, strict=True))
                    changed += len(self.store.replace(pairs))
                    read += len(batch)
                    self.progress(Progressed(read=read, new=changed, failed=self.failed))
                    if stopped():
                        raise KeyboardInterrupt
        lost = sum(c.lost is not None for c in self.store.corrections())
        return Reread(read, changed, read - changed + self.same, self.failed, lost)

    def _fresh(self, kept: Iterable[Kept], everything: bool) -> Iterator[Report | Reading]:
        made_by = None if everything else _made_by(self.settings)
        for one in kept:
            if made_by is not None and one.made_by == made_by:
                self.same += 1
                continue
            found = self._again(one)
            if isinstance(found, Failure):
                self.notice(f"{found.where}: {found.reason}")
                self.failed += 1
            elif found is not None:
                self.keys.append(one.key)
                yield found

    def _again(self, one: Kept) -> Report | Reading | Failure | None:
        if one.raw is None or one.raw_kind is None:
            return Failure(one.source or one.key, "its bytes were not kept: add it again from its file")
        found = again(Origin(one.source or "", one.locator, one.raw_kind, one.raw, one.given))
        if one.day and isinstance(found, Report):
            dateline = found.dateline and replace(found.dateline, date=None)
            return replace(found, published=Published(one.day, DateFrom.GIVEN, True), dateline=dateline)
        return found


@cache
def _made_by(settings: Settings) -> str:
    """What a reading made now would be signed with; loads the language model."""
    from dateline.pipeline import Reader

    reading = next(iter(Reader(settings.model, settings.fast).read_many([report_from_text("It rained in Oslo.")])))
    return _bundle(reading).made_by


# --- what the stages before the record know


@cache
def kit() -> Kit:
    """The functions of the other stages that a store works with."""
    return Kit(_profile, _group, stories.needed, _compare, _order)


def _profile(actor: CastDraft, report_key: str, day: str | None, text: str) -> Profiled:
    seen = Actor(
        actor.local, actor.name, ActorKind(actor.kind), actor.country, actor.code,
        tuple(Role(r.title, r.of, RoleStatus(r.status), r.span) for r in actor.roles),
        tuple(Mention(span, MentionForm(form), 0) for span, form in actor.mentions),
    )  # fmt: skip
    found = identities.profile_of(seen, report_key, day, text)
    facts = {"offices": found.offices, "one": found.one}
    offices = tuple(identities.normal_title(r.title) for r in actor.roles)
    return Profiled(found.key, found.bucket, found.name, found.kind, found.country, found.code, offices,
                    json.dumps(facts, ensure_ascii=False), not found.one)  # fmt: skip


def _group(profiles: Sequence[SeenProfile]) -> Sequence[Identity]:
    found = identities.group([_seen(p) for p in profiles])
    return [
        Identity(i.members, i.name, i.kind, i.country, i.code, tuple(r.why for r in i.reasons),
                 tuple(f"{p.other}: {p.why}" for p in i.possible), not i.one)
        for i in found
    ]  # fmt: skip


def _seen(p: SeenProfile) -> identities.Seen:
    facts = json.loads(p.facts)
    offices = tuple(identities.Office(*office) for office in facts["offices"])
    profile = identities.Profile(p.key, p.bucket, p.name, ActorKind(p.kind), p.country, p.code, offices, facts["one"])
    tenures = tuple(
        identities.Tenure(identities.Office(o.office, o.of, o.status == RoleStatus.FORMER), o.first, o.last)
        for o in p.offices if o.status != RoleStatus.THEN
    )  # fmt: skip
    return identities.Seen(profile, p.first, p.last, p.reports, tenures)


def _compare(a: str, a_furniture: Sequence[Span], b: str, b_furniture: Sequence[Span], days: int | None) -> Copy:
    shared = stories.overlap(a, b, a_furniture, b_furniture)
    why = stories.judge(shared, days)
    return Copy(shared.contained, shared.jaccard, why.same, why)


def _order(members: Sequence[StoryMember]) -> tuple[Sequence[Copied], str | None]:
    told = [stories.Member(m.key, m.day, m.agency, m.publisher, m.words, m.signature) for m in members]
    order = stories.order_of_copying(told)
    return [Copied(c.key, c.source, c.how, c.kept, c.own) for c in order], stories.wire_credit(told)
