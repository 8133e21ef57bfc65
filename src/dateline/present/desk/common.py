"""What all processes of a desk share: long answers, the process that reads, pasted reports, and how often who asks."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import TYPE_CHECKING, Any, cast

from dateline.errors import DatelineError
from dateline.present.desk.aside import Aside
from dateline.present.desk.beside import Beside
from dateline.present.desk.calls import Ended, answer_calls, ask
from dateline.present.desk.jobs import Jobs, Pasted
from dateline.present.desk.keeper import Keeper, Outcome, Part
from dateline.present.desk.rates import Rates
from dateline.present.desk.settings import Settings

if TYPE_CHECKING:
    from dateline.present.desk.state import Desk
    from dateline.record.entries import Correction

#: Signing in and changing things, a client and minute.
LOGINS, CHANGES = 10, 240


@dataclass(frozen=True, slots=True)
class Task:
    """Work that another process can do: a function of a module, called with a desk of the same record and ``given``."""

    do: Callable[..., Any]
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it travels between processes: none where who asks has this number already."""

    packed: bytes | None
    stamp: str
    number: int


class Common:
    """One for each desk, whatever the number of its processes. For several threads at once."""

    def __init__(self, settings: Settings) -> None:
        own = replace(settings, apart=False, users=None, audit=None)
        self._aside = Aside(settings.record, "common")
        # nothing shorter waits behind what takes minutes
        self._soon, self._slowly = Beside(_desk, own, nice=10), Beside(_desk, own, nice=10)
        self._keeper = Keeper(settings)
        self._jobs = Jobs(self._keeper.keep)
        self._rates = {"logins": Rates(LOGINS), "changes": Rates(CHANGES)}

    def close(self) -> None:
        """End the processes; what is being worked out is given up."""
        self._aside.close()
        for process in (self._soon, self._slowly, self._keeper):
            process.close()

    def warm(self) -> None:
        """Begin the process for long answers, before somebody waits for it."""
        self._aside.worked_out("warm", lambda: self._soon.ask(_warmed))

    def answer(self, key: Hashable, task: Task, wait: float, minutes: bool, has: int | None) -> Told | None:
        """The answer of a task, worked out by a process of its own; see ``Aside.worked_out``.

        ``has`` is the number of the answer that who asks has from before: it is not sent again.
        """
        process = self._slowly if minutes else self._soon
        found = self._aside.worked_out(key, lambda: process.ask(_done, task), wait, minutes)
        if found is None:
            return None
        return Told(None if found.number == has else found.answer, found.stamp, found.number)

    def allow(self, what: str, client: str) -> bool:
        """Whether a client may try once more to sign in (``logins``) or to change something (``changes``)."""
        return self._rates[what].allow(client)

    # --- reading

    def read(self, parts: list[Part], day: date | None) -> Outcome:
        """The readings of what was sent; nothing is kept."""
        return self._keeper.read(parts, day)

    def keep(self, parts: list[Part], day: date | None) -> Outcome:
        """What was sent, read and kept in the record."""
        return self._keeper.keep(parts, day)

    def date(self, report: str, day: str, who: str, why: str | None) -> Correction:
        """Give a report its day: it is read anew."""
        return self._keeper.date(report, day, who, why)

    def undo(self, correction: int, who: str, why: str | None) -> Correction:
        """Take a correction back; where it was a day, the report is read anew."""
        return self._keeper.undo(correction, who, why)

    def paste(self, pasted: Pasted) -> str:
        """Have a report read and kept, aside: the name of the job. Raises ``QueryError`` for one that is none."""
        return self._jobs.begin(pasted)

    def outcome(self, job: str) -> Outcome | DatelineError | None:
        """What became of a job, or its error; none while it lasts. Raises ``QueryError`` where nobody remembers it."""
        return self._jobs.outcome(job)


# --- in the process for long answers


def _desk(settings: Settings) -> Desk:
    from dateline.present.desk.state import Desk

    return Desk(settings)


def _done(desk: Desk, task: Task) -> bytes:
    return pickle.dumps(task.do(desk, *task.given), pickle.HIGHEST_PROTOCOL)


def _warmed(desk: Desk) -> int:
    from dateline.relate import outlook, turns  # what most tasks need takes a second to load

    return len((outlook, turns))


# --- for the other processes of the desk


class Post:
    """Where the other processes of a desk reach what they share."""

    def __init__(self, common: Common, key: bytes) -> None:
        self._common = common
        self._listener = Listener(authkey=key)
        self.address: Any = self._listener.address
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                pipe = self._listener.accept()
            except (AuthenticationError, EOFError, ConnectionError):
                continue
            except OSError:  # closed
                return
            threading.Thread(target=answer_calls, args=(pipe, self._do), daemon=True).start()

    def _do(self, name: str, *given: Any) -> Any:
        return getattr(self._common, name)(*given)


class _Far:
    """The common part of a desk, in another process: the same methods. Each thread has a connection of its own."""

    def __init__(self, address: Any, key: bytes) -> None:
        self._reach = partial(Client, address, authkey=key)
        self._own = threading.local()

    def __getattr__(self, name: str) -> Any:
        return partial(self._ask, name)

    def close(self) -> None:
        """It is closed where it is."""

    warm = close

    def _ask(self, name: str, *given: Any) -> Any:
        try:
            if not hasattr(self._own, "pipe"):
                self._own.pipe = self._reach()
            return ask(self._own.pipe, name, *given)
        except (EOFError, OSError, AuthenticationError):
            self._leave()
            raise Ended("the desk is closing") from None

    def _leave(self) -> None:
        pipe: Connection | None = self._own.__dict__.pop("pipe", None)
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def far_common(address: Any, key: bytes) -> Common:
    """What the desk's processes share, as one of the others reaches it."""
    return cast(Common, _Far(address, key))
