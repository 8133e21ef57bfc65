"""What the desk keeps in memory: the open record, how new it is, and answers that take long, worked out aside."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import blake2b
from time import monotonic
from typing import Any

from dateline.keep import Record
from dateline.present.desk.discreet import discreetly
from dateline.present.desk.people import People
from dateline.present.desk.settings import Settings

_REMEMBERED = 256
#: how many times more seldom something that takes minutes is worked out again
_SELDOM = 20


@dataclass(frozen=True)
class _Held:
    """What is worked out: of which state of the record, since when, and the answer before."""

    stamp: str
    begun: float
    future: Future[Any]
    last: Any = None


@dataclass(frozen=True)
class Task:
    """Work that another process can do: a function of a module, called with a desk of the same record and ``given``."""

    do: Callable[..., Any]
    given: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Known:
    """An answer that was worked out, and whether the record has changed since."""

    answer: Any
    stale: bool


class Desk:
    """One record, served. Everything in it may be used by several threads at once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.people = People(settings)
        self.record = Record(settings.record, create=False)
        self.record.store = discreetly(self.record.store)
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
        #: for what takes minutes, so that nothing shorter waits behind it
        self._slowly = ThreadPoolExecutor(1, thread_name_prefix="slowly")
        #: for tasks, where the desk is served: threads would keep it from answering anybody meanwhile
        self._apart: Executor | None = None
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, _Held] = OrderedDict()
        #: set when the desk closes, for work that takes long
        self.closing = threading.Event()
        #: seconds after which something that the record has outrun may be worked out again
        self.rest = 30.0

    def close(self) -> None:
        """Let go of the record; what is being worked out is given up."""
        self.closing.set()
        self._aside.shutdown(wait=False, cancel_futures=True)
        self._slowly.shutdown(wait=False, cancel_futures=True)
        if self._apart is not None:
            self._apart.shutdown(wait=False, cancel_futures=True)
        self.record.close()

    def warm(self) -> None:
        """Begin the process apart, where there is one, before somebody waits for it."""
        if self.settings.apart:
            self.worked_out("warm", Task(_warmed))

    def stamp(self) -> str:
        """Changes whenever the record does: for ETags, and to tell whether an answer still stands."""
        parts = []
        for suffix in ("", "-wal"):
            try:
                told = self.settings.record.with_name(self.settings.record.name + suffix).stat()
                parts.append(f"{told.st_mtime_ns}.{told.st_size}")
            except OSError:
                parts.append("-")
        return blake2b("|".join(parts).encode(), digest_size=8).hexdigest()

    def worked_out(
        self, key: Hashable, work: Callable[[], Any] | Task, wait: float = 0.0, minutes: bool = False
    ) -> Known | None:
        """The answer of ``work``, which may take long: none while it is worked out for the first time.

        One thing is worked out at a time, aside. When the record has changed, the old answer stands, marked as stale,
        until the new one is there; a record that changes all the time is asked anew only now and then. ``wait`` seconds
        are given to an answer that is not there yet. An error of ``work`` is raised at each call. What takes
        ``minutes`` is worked out beside all the rest, and more seldom. A ``Task`` is done by a process of its own where
        the settings say ``apart``.
        """
        held, fresh = self._held(key, work, minutes)
        try:
            return Known(held.future.result(timeout=wait), stale=not fresh)
        except TimeoutError:
            if held.future.done():  # the work's own error
                raise
            return Known(held.last, stale=True) if held.last is not None else None

    def _held(self, key: Hashable, work: Callable[[], Any] | Task, minutes: bool) -> tuple[_Held, bool]:
        """What is kept under a key, begun anew where the record has changed; and whether it is up to date."""
        stamp, now = self.stamp(), monotonic()
        rest = _SELDOM * self.rest if minutes else self.rest
        with self._lock:
            held = self._answers.pop(key, None)
            if held is None or (held.future.done() and isinstance(held.future.exception(), BrokenExecutor)):
                held = _Held(stamp, now, self._begun(work, minutes))
            elif held.stamp != stamp and held.future.done() and now - held.begun >= rest:
                last = held.last if held.future.exception() else held.future.result()
                held = _Held(stamp, now, self._begun(work, minutes), last)
            self._answers[key] = held
            while len(self._answers) > _REMEMBERED:
                _, dropped = self._answers.popitem(last=False)
                dropped.future.cancel()
            return held, held.stamp == stamp

    def _begun(self, work: Callable[[], Any] | Task, minutes: bool) -> Future[Any]:
        if not isinstance(work, Task):
            return (self._slowly if minutes else self._aside).submit(work)
        if not self.settings.apart:
            return (self._slowly if minutes else self._aside).submit(work.do, self, *work.given)
        if self._apart is None:
            self._apart = _process(self.settings)
        try:
            return self._apart.submit(_done_apart, work)
        except BrokenExecutor:  # the process was ended from outside
            self._apart = _process(self.settings)
            return self._apart.submit(_done_apart, work)


# --- the process apart


_OWN: list[Desk] = []


def _process(settings: Settings) -> Executor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, context, _begin_apart, (replace(settings, apart=False, users=None, audit=None),))


def _begin_apart(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk alone hears it, and ends this process
    os.nice(10)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _OWN.append(Desk(settings))


def _end_with_parent() -> None:
    """A desk that is killed closes nothing: its process ends by itself."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _warmed(desk: Desk) -> bool:
    from dateline.relate import outlook, turns  # what most tasks need takes a second to load

    return bool(turns and outlook and desk)


def _done_apart(task: Task) -> Any:
    return task.do(_OWN[0], *task.given)
