"""Joins the stages for a record: reports -> readings -> entries. Imported only by what adds, or reads anew."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from itertools import islice
from types import FrameType
from typing import TypeVar

from dateline.load import Failure, again, report_from_text
from dateline.model import (
    DateFrom,
    Origin,
    Published,
    Reading,
    Report,
)
from dateline.present.jsonl import as_json
from dateline.record.bundles import Bundle, bundle_of, fingerprint
from dateline.record.entries import Added, Kept, Progressed, Reread
from dateline.record.store import Store
from dateline.resolve import stories
from dateline.scale.local import Settings, map_reports

T = TypeVar("T")
#: Reports that are kept in one transaction; what is lost at most when the machine goes down.
BATCH = 32
#: Reports that are looked up at once, before they are read.
LOOKED_UP = 64
Notice = Callable[[str], None]


# --- adding


def _bundle(reading: Reading) -> Bundle:
    return bundle_of(reading, as_json, stories.signature)


class Adding:
    """One run of ``add``: what is known is passed over before it is read, the rest is kept batch by batch."""

    def __init__(
        self,
        store: Store,
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
        self.stopped: Callable[[], bool] = lambda: False
        self.keys: list[str] = []

    def run(self, items: Iterable[Report | Reading | Failure]) -> Added:
        self.store.require_writable()
        with _patient(self.notice) as self.stopped, closing(self._bundles(items)) as bundles:
            while batch := list(islice(bundles, BATCH)):
                self._keep(batch)
                if self.stopped():
                    raise KeyboardInterrupt
            self._tell()
            if self.stopped():
                raise KeyboardInterrupt
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
            again = [item for item, print_ in zip(found, prints, strict=True) if print_ in known]
            read = sum(map(_how_many, chunk))
            self.done = replace(self.done, read=self.done.read + read, same=self.done.same + len(again))
            for item in again:
                if isinstance(item, Report) and item.is_unread:
                    self._not_read(item.skipped[0].reason, 1)
            if again:
                self._tell()
            if self.stopped():  # where all is known there is no batch after which to stop
                return
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


class Rereading:
    def __init__(
        self,
        store: Store,
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
        self.keys: list[tuple[str, bool]] = []

    def run(self, kept: Iterable[Kept], everything: bool, only_dates: bool = False) -> Reread:
        """Read what is kept anew; ``only_dates`` leaves the readings alone, but for those under a date that was set."""
        self.store.require_writable()
        changed: set[str] = set()
        read = done = 0
        with _patient(self.notice) as stopped:
            fresh = self._fresh(kept, everything, only_dates)
            with closing(map_reports(fresh, _bundle, self.settings, self.workers)) as bundles:  # type: ignore[type-var]
                while batch := list(islice(bundles, BATCH)):
                    named = list(zip(self.keys[done : done + len(batch)], batch, strict=True))
                    plain = [(key, bundle) for (key, redated), bundle in named if not redated]
                    changed.update(self.store.replace(plain))
                    changed.update(self.store.redate([(key, bundle) for (key, redated), bundle in named if redated]))
                    read, done = read + len(plain), done + len(batch)
                    self.progress(Progressed(read=read, new=len(changed), failed=self.failed))
                    if stopped():
                        raise KeyboardInterrupt
        lost = sum(c.lost is not None for c in self.store.corrections())
        return Reread(read, len(changed), read - len(changed) + self.same, self.failed, lost)

    def _fresh(self, kept: Iterable[Kept], everything: bool, only_dates: bool) -> Iterator[Report | Reading]:
        made_by = None if everything else _made_by(self.settings)
        for one in kept:
            if only_dates and one.day is None:
                continue
            if made_by is not None and one.made_by == made_by:
                self.same += 1
                continue
            found = self._again(one)
            if isinstance(found, Failure):
                self.notice(f"{found.where}: {found.reason}")
                self.failed += 1
            elif found is not None:
                if not only_dates:
                    self.keys.append((one.key, False))
                    yield found
                if one.day and isinstance(found, Report):  # once more, under the date that a person has set
                    self.keys.append((one.key, True))
                    dateline = found.dateline and replace(found.dateline, date=None)
                    day = Published(one.day, DateFrom.GIVEN, True)
                    yield replace(found, published=day, dateline=dateline)

    def _again(self, one: Kept) -> Report | Reading | Failure | None:
        if one.raw is None or one.raw_kind is None:
            return Failure(one.source or one.key, "its bytes were not kept: add it again from its file")
        return again(Origin(one.source or "", one.locator, one.raw_kind, one.raw, one.given))


@cache
def _made_by(settings: Settings) -> str:
    """What a reading made now would be signed with; loads the language model."""
    from dateline.pipeline import Reader

    reading = next(iter(Reader(settings.model, settings.fast).read_many([report_from_text("It rained in Oslo.")])))
    return _bundle(reading).made_by
