"""Reading for others: a process beside the desk, so that everybody else is answered while it reads.

One request at a time, in its order; few may wait. What has no answer in time is ended, and the next finds a fresh one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DeskError
from dateline.present.desk.beside import Beside
from dateline.present.desk.settings import Settings
from dateline.record.entries import Added, Correction

if TYPE_CHECKING:
    from dateline.load import Failure
    from dateline.model import Reading, Report
    from dateline.pipeline import Reader

#: Reports of one request, seconds in which they are begun, seconds after which the process is ended, and requests that
#: are taken at once.
MOST, SECONDS, END, WAITING = 200, 60.0, 120.0, 4
#: Reports that are read at once, between two looks at the clock.
_BATCH = 8


class TooMany(DeskError):
    """A request holds more reports than are read at once."""

    status = 413


class Busy(DeskError):
    """Too many requests wait already."""

    status = 429


@dataclass(frozen=True, slots=True)
class Part:
    """Something that was sent: a name, a media type, and its bytes."""

    name: str
    type: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not read, why, and how many of it."""

    where: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: readings as lines of JSON, or what was kept. ``left`` are those there was no time for."""

    readings: tuple[str, ...] = ()
    added: Added = field(default_factory=Added)
    refused: tuple[Refused, ...] = ()
    left: int = 0


class Keeper:
    """The process that reads, begun with the first request."""

    def __init__(self, settings: Settings, end: float = END) -> None:
        self._waiting = threading.Semaphore(WAITING)
        self._beside = Beside(_Worker, settings.record, settings.model, settings.fast, nice=5, end=end)

    def read(self, parts: list[Part], day: date | None) -> Outcome:
        """The readings of what was sent; nothing is kept."""
        found: Outcome = self._ask(_Worker.read, parts, day)
        return found

    def keep(self, parts: list[Part], day: date | None) -> Outcome:
        """What was sent, read and kept in the record."""
        found: Outcome = self._ask(_Worker.keep, parts, day)
        return found

    def date(self, report: str, day: str, who: str, why: str | None) -> Correction:
        """Give a report its day: it is read anew."""
        made: Correction = self._ask(_Worker.date, report, day, who, why)
        return made

    def undo(self, correction: int, who: str, why: str | None) -> Correction:
        """Take a correction back; where it was a day, the report is read anew."""
        made: Correction = self._ask(_Worker.undo, correction, who, why)
        return made

    def close(self) -> None:
        """End the process, whatever it does."""
        self._beside.close()

    def _ask(self, task: Callable[..., Any], *given: Any) -> Any:
        if not self._waiting.acquire(blocking=False):
            raise Busy("much is being read just now: try again in a minute")
        try:
            return self._beside.ask(task, *given)
        finally:
            self._waiting.release()


# --- in the process


class _Worker:
    """Does what is asked of the process, with the language model loaded once."""

    def __init__(self, record: Path, model: str, fast: bool) -> None:
        self.record, self.model, self.fast = record, model, fast
        self._reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        from dateline.pipeline import Reader

        if self._reader is None:
            self._reader = Reader(self.model, self.fast)
        return self._reader

    def read(self, parts: list[Part], day: date | None) -> Outcome:
        from dateline.present.jsonl import to_line

        items, refused = _sorted_out(parts, day)
        readings = [to_line(reading) for reading in self._in_time(items)]
        return Outcome(tuple(readings), refused=refused, left=len(items) - len(readings))

    def keep(self, parts: list[Part], day: date | None) -> Outcome:
        from dateline.keep import Record
        from dateline.record.bundles import fingerprint

        items, refused = _sorted_out(parts, day)
        with Record(self.record, create=False) as record:
            prints = [fingerprint(item if _is_report(item) else item.report) for item in items]  # type: ignore[union-attr,arg-type]
            known = record.store.known(prints)
            fresh = [item for item, print_ in zip(items, prints, strict=True) if print_ not in known]
            read = _Counted(self._in_time(fresh))
            added = record.add_reports(read, model=self.model, fast=self.fast)
        same = added.same + len(items) - len(fresh)
        done = Added(added.new, added.versions, same, added.unread, sum(r.count for r in refused), added.keys)
        return Outcome(added=done, refused=refused, left=len(fresh) - read.count)

    def date(self, report: str, day: str, who: str, why: str | None) -> Correction:
        from dateline.keep import Record

        with Record(self.record, create=False) as record:
            return record.correct("edit", report, who=who, why=why, field="date", value=day, model=self.model,
                                  fast=self.fast)  # fmt: skip

    def undo(self, correction: int, who: str, why: str | None) -> Correction:
        from dateline.keep import Record

        with Record(self.record, create=False) as record:
            return record.undo(correction, who=who, why=why, model=self.model, fast=self.fast)

    def _in_time(self, items: list[Report | Reading]) -> Iterator[Reading]:
        """The readings of as many as there is time for, in their order."""
        if any(_is_report(item) for item in items):
            _ = self.reader  # loading it is not their fault
        until = time.monotonic() + SECONDS
        left = iter(items)
        while (batch := list(islice(left, _BATCH))) and time.monotonic() < until:
            reports = [item for item in batch if _is_report(item)]
            read = self.reader.read_many(reports) if reports else iter(())  # type: ignore[arg-type]
            for item in batch:
                yield next(read) if _is_report(item) else item  # type: ignore[misc]


class _Counted:
    """Counts what passes."""

    def __init__(self, items: Iterable[Reading]) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Iterator[Reading]:
        for item in self.items:
            self.count += 1
            yield item


def _is_report(item: Report | Reading) -> bool:
    from dateline.model import Report

    return isinstance(item, Report)


def _sorted_out(parts: list[Part], day: date | None) -> tuple[list[Report | Reading], tuple[Refused, ...]]:
    """The reports of all parts, and what is none; raises ``TooMany``."""
    from dateline.load import Failure

    items: list[Report | Reading] = []
    refused: list[Refused] = []
    for item in _loaded(parts, day):
        if isinstance(item, Failure):
            refused.append(Refused(item.where, item.reason, item.count))
        else:
            items.append(item)
        if len(items) + len(refused) > MOST:
            raise TooMany(f"more than {MOST} reports in one request: send them in several; nothing was kept")
    return items, tuple(refused)


def _loaded(parts: list[Part], day: date | None) -> Iterator[Report | Reading | Failure]:
    from dateline.load import read_upload

    for part in parts:
        yield from read_upload(BytesIO(part.data), part.name, part.type, day)
