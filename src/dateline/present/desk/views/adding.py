"""Reports that somebody pastes into the desk: read in the process beside it, while everybody else is answered."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from secrets import token_hex
from typing import TYPE_CHECKING

from dateline.errors import DatelineError, QueryError
from dateline.present.desk.views.entries import plain
from dateline.record.entries import ReportEntry

if TYPE_CHECKING:
    from dateline.present.desk.api.keeper import Keeper, Outcome
    from dateline.present.desk.state import Desk

#: Letters of a pasted report; readings whose outcome can still be asked for; readings that may wait.
LONGEST, REMEMBERED, WAITING = 1_000_000, 50, 8


@dataclass(frozen=True, slots=True)
class Pasted:
    """A report as somebody put it into the form."""

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""

    def content(self) -> bytes:
        """The same as a line of JSON that the readers of files know."""
        told = {"text": self.text, "title": self.title.strip(), "publisher": self.publisher.strip(),
                "published": self.published}  # fmt: skip
        return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False).encode()


class Jobs:
    """What is being read for whom; each is asked for by a name that nobody can guess."""

    def __init__(self) -> None:
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="adding")
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Future[Outcome]] = OrderedDict()

    def begin(self, keeper: Keeper, pasted: Pasted) -> str:
        """Have a report read and kept; the name of the job. Raises ``QueryError`` for one that makes no sense."""
        from dateline.present.desk.api.keeper import Part

        if not pasted.text.strip():
            raise QueryError("text", "nothing was pasted")
        day = _day(pasted.published)
        part = Part("the pasted report", "application/json", pasted.content())
        with self._lock:
            if sum(not job.done() for job in self._jobs.values()) >= WAITING:
                raise QueryError("text", "much is being read just now: try again in a minute")
            name = token_hex(8)
            self._jobs[name] = self._aside.submit(keeper.keep, [part], day)
            while len(self._jobs) > REMEMBERED:
                self._jobs.popitem(last=False)
            return name

    def outcome(self, name: str) -> Future[Outcome]:
        """What became of a job; raises ``QueryError`` where nobody remembers it."""
        with self._lock:
            found = self._jobs.get(name)
        if found is None:
            raise QueryError("report", "this was read before the desk was opened again: look for it in the sources")
        return found


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        raise QueryError("published", f"{published!r} is no day; write it as 2024-11-08") from None


@dataclass(frozen=True, slots=True)
class Added:
    """What the page of a job shows: reports, or why there are none. ``known`` was in the record already."""

    done: bool
    reports: tuple[ReportEntry, ...] = ()
    known: bool = False
    reasons: tuple[str, ...] = ()


def added(desk: Desk, job: Future[Outcome]) -> Added:
    """How far a job has come."""
    if not job.done():
        return Added(False)
    try:
        found = job.result()
    except DatelineError as error:
        return Added(True, reasons=(plain(str(error)),))
    reports = tuple(desk.record.report(key) for key in found.added.keys)
    reasons = [plain(one.reason) for one in found.refused] + [plain(r.unread) for r in reports if r.unread]
    if found.left:
        reasons.append("there was no time to read it: try again")
    return Added(True, reports, bool(found.added.same), tuple(reasons))
