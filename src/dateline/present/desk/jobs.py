"""Reports that somebody pastes into the desk: read in the process beside it, while everybody else is answered."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from secrets import token_hex

from dateline.errors import DatelineError, QueryError
from dateline.present.desk.keeper import Outcome, Part

#: Readings whose outcome can still be asked for, and readings that may wait.
REMEMBERED, WAITING = 50, 8


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

    def __init__(self, keep: Callable[[list[Part], date | None], Outcome]) -> None:
        self._keep = keep
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="adding")
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Future[Outcome]] = OrderedDict()

    def begin(self, pasted: Pasted) -> str:
        """Have a report read and kept; the name of the job. Raises ``QueryError`` for one that makes no sense."""
        if not pasted.text.strip():
            raise QueryError("text", "nothing was pasted")
        day = _day(pasted.published)
        part = Part("the pasted report", "application/json", pasted.content())
        with self._lock:
            if sum(not job.done() for job in self._jobs.values()) >= WAITING:
                raise QueryError("text", "much is being read just now: try again in a minute")
            name = token_hex(8)
            self._jobs[name] = self._aside.submit(self._keep, [part], day)
            while len(self._jobs) > REMEMBERED:
                self._jobs.popitem(last=False)
            return name

    def outcome(self, name: str) -> Outcome | DatelineError | None:
        """What became of a job, or its error; none while it lasts. Raises ``QueryError`` where nobody remembers it."""
        with self._lock:
            found = self._jobs.get(name)
        if found is None:
            raise QueryError("report", "this was read before the desk was opened again: look for it in the sources")
        if not found.done():
            return None
        try:
            return found.result()
        except DatelineError as error:
            return error


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        raise QueryError("published", f"{published!r} is no day; write it as 2024-11-08") from None
