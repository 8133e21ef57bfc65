"""What the desk keeps in memory: the open record, how new it is, and answers that take long, worked out aside."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from dateline.keep import Record
from dateline.present.desk.people import People
from dateline.present.desk.settings import Settings

_REMEMBERED = 256


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
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[str, Future[Any]]] = OrderedDict()

    def close(self) -> None:
        """Let go of the record; what is being worked out is given up."""
        self._aside.shutdown(wait=False, cancel_futures=True)
        self.record.close()

    def stamp(self) -> str:
        """Changes whenever the record does: for ETags, and to tell whether an answer still stands."""
        parts = []
        for name in (str(self.settings.record), f"{self.settings.record}-wal"):
            try:
                told = self.settings.record.with_name(name.rsplit("/", 1)[-1]).stat()
                parts.append(f"{told.st_mtime_ns}.{told.st_size}")
            except OSError:
                parts.append("-")
        return blake2b("|".join(parts).encode(), digest_size=8).hexdigest()

    def worked_out(self, key: Hashable, work: Callable[[], Any], wait: float = 0.0) -> Known | None:
        """The answer of ``work``, which may take long: none while it is worked out for the first time.

        One thing is worked out at a time, aside; when the record has changed the old answer stands until the new one is
        there, and is marked. ``wait`` seconds are given to a first answer. An error of ``work`` is raised at each call.
        """
        stamp = self.stamp()
        with self._lock:
            held = self._answers.pop(key, None)
            if held is None or (held[0] != stamp and held[1].done()):
                old = held[1] if held else None
                held = (stamp, self._aside.submit(work))
                if old is not None and not held[1].done() and old.exception() is None:
                    self._answers[key, "old"] = (stamp, old)
            self._answers[key] = held
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
            old_held = self._answers.get((key, "old"))
        future = held[1]
        if not future.done():
            if old_held is not None:
                return Known(old_held[1].result(), True)
            try:
                return Known(future.result(timeout=wait), False) if wait else None
            except TimeoutError:
                return None
        return Known(future.result(), held[0] != stamp)
