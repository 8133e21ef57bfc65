"""Answers that take long: worked out aside, kept while the record stays as it is, and told as old when it does not."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from dateline.present.desk.calls import Ended

_REMEMBERED = 256
#: how many times more seldom something that takes minutes is worked out again
_SELDOM = 20


def stamp_of(record: Path) -> str:
    """Changes whenever a record does."""
    parts = []
    for suffix in ("", "-wal"):
        try:
            told = record.with_name(record.name + suffix).stat()
            parts.append(f"{told.st_mtime_ns}.{told.st_size}")
        except OSError:
            parts.append("-")
    return blake2b("|".join(parts).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Worked:
    """An answer, of which state of the record, and which of all answers it is."""

    answer: Any
    stamp: str
    number: int


@dataclass(frozen=True, slots=True)
class _Held:
    """What is worked out: of which state of the record, since when, and the answer before."""

    stamp: str
    begun: float
    number: int
    future: Future[Any]
    last: Worked | None = None

    def worked(self) -> Worked | None:
        """The answer, or where it is an error the one before."""
        if self.future.cancelled() or self.future.exception():
            return self.last
        return Worked(self.future.result(), self.stamp, self.number)


class Aside:
    """Works out one thing at a time, and beside all the rest one that takes minutes. For several threads at once."""

    def __init__(self, record: Path, name: str = "aside") -> None:
        self._record = record
        self._soon = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._slowly = ThreadPoolExecutor(1, thread_name_prefix=f"{name}, slowly")
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()
        self._took: dict[Hashable, float] = {}
        self._numbers = count(1)
        #: seconds after which something that the record has outrun may be worked out again
        self.rest = 30.0

    def close(self) -> None:
        """What is not begun is given up."""
        self._soon.shutdown(wait=False, cancel_futures=True)
        self._slowly.shutdown(wait=False, cancel_futures=True)

    def worked_out(
        self, key: Hashable, work: Callable[[], Any], wait: float = 0.0, minutes: bool = False
    ) -> Worked | None:
        """The answer of ``work``: none while it is worked out for the first time.

        When the record has changed, the old answer stands until the new one is there; a record that changes all the
        time is asked anew only now and then, and what takes ``minutes`` more seldom. An answer is waited for until
        ``wait`` seconds after it was first asked for, unless the last of its kind took longer: the kind is the key, or
        its first part. An error of ``work`` is raised at each call.
        """
        held = self._begun(key, work, minutes)
        left = 0.0 if self._took.get(_kind(key), 0.0) > wait else held.begun + wait - monotonic()
        try:
            return Worked(held.future.result(timeout=max(0.0, left)), held.stamp, held.number)
        except TimeoutError:
            if held.future.done():  # the work's own error
                raise
            return held.last

    def _begun(self, key: Hashable, work: Callable[[], Any], minutes: bool) -> _Held:
        """What is kept under a key, begun anew where the record has changed."""
        stamp, now = stamp_of(self._record), monotonic()
        rest = _SELDOM * self.rest if minutes else self.rest
        with self._lock:
            held = self._held.pop(key, None)
            if held is None or _lost(held.future):
                held = _Held(stamp, now, next(self._numbers), self._submitted(key, work, minutes))
            elif held.stamp != stamp and held.future.done() and now - held.begun >= rest:
                future = self._submitted(key, work, minutes)
                held = _Held(stamp, now, next(self._numbers), future, held.worked())
            self._held[key] = held
            while len(self._held) > _REMEMBERED:
                _, dropped = self._held.popitem(last=False)
                dropped.future.cancel()
            return held

    def _submitted(self, key: Hashable, work: Callable[[], Any], minutes: bool) -> Future[Any]:
        def timed() -> Any:
            begun = monotonic()
            try:
                return work()
            finally:
                self._took[_kind(key)] = monotonic() - begun

        return (self._slowly if minutes else self._soon).submit(timed)


def _kind(key: Hashable) -> Hashable:
    return key[0] if isinstance(key, tuple) else key


def _lost(future: Future[Any]) -> bool:
    """Whether the process that worked on it was ended before it was done."""
    return future.done() and not future.cancelled() and isinstance(future.exception(), Ended)
