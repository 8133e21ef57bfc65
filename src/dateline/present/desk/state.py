"""One record, served by one process: what it keeps in memory."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dateline.keep import Record
from dateline.present.desk.aside import Aside, Worked, stamp_of
from dateline.present.desk.common import Common, Task
from dateline.present.desk.discreet import discreetly
from dateline.present.desk.people import People
from dateline.present.desk.settings import Settings

__all__ = ["Desk", "Known", "Task"]

_REMEMBERED = 64


@dataclass(frozen=True)
class Known:
    """An answer that was worked out, and whether the record has changed since."""

    answer: Any
    stale: bool


class Desk:
    """One record, served. Everything in it may be used by several threads at once.

    ``common`` is what the desk's processes share: one of its own unless it is given.
    """

    def __init__(self, settings: Settings, common: Common | None = None) -> None:
        self.settings = settings
        self.people = People(settings)
        self.record = Record(settings.record, create=False)
        self.record.store = discreetly(self.record.store)
        self.common = common or Common(settings)
        self._aside = Aside(settings.record)
        self._lock = threading.Lock()
        self._told: OrderedDict[Hashable, Worked] = OrderedDict()

    def close(self) -> None:
        """Let go of the record; what is being worked out is given up."""
        self._aside.close()
        self.common.close()
        self.record.close()

    def warm(self) -> None:
        """Begin the process for long answers, where there is one, before somebody waits for it."""
        if self.settings.apart:
            self.common.warm()

    @property
    def rest(self) -> float:
        """Seconds after which something that the record has outrun may be worked out again."""
        return self._aside.rest

    @rest.setter
    def rest(self, seconds: float) -> None:
        self._aside.rest = seconds

    def stamp(self) -> str:
        """Changes whenever the record does: for ETags, and to tell whether an answer still stands."""
        return stamp_of(self.settings.record)

    def worked_out(
        self, key: Hashable, work: Callable[[], Any] | Task, wait: float = 0.0, minutes: bool = False
    ) -> Known | None:
        """The answer of ``work``, which may take long: none while it is worked out for the first time.

        See ``Aside.worked_out``. A ``Task`` is done by a process of its own, for all processes of the desk, where the
        settings say ``apart``; anything else in a thread of this one, and should be short.
        """
        stamp = self.stamp()
        if not isinstance(work, Task):
            found = self._aside.worked_out(key, work, wait, minutes)
        elif self.settings.apart:
            found = self._from_others(stamp, key, work, wait, minutes)
        else:
            found = self._aside.worked_out(key, partial(work.do, self, *work.given), wait, minutes)
        return Known(found.answer, found.stamp != stamp) if found else None

    def _from_others(self, stamp: str, key: Hashable, task: Task, wait: float, minutes: bool) -> Worked | None:
        """The answer of a task, asked for only where it is not here already."""
        with self._lock:
            here = self._told.get(key)
        if here and here.stamp == stamp:
            return here
        told = self.common.answer(key, task, wait, minutes, here.number if here else None)
        if told is None:
            return here
        answer = pickle.loads(told.packed) if told.packed is not None else here and here.answer
        found = Worked(answer, told.stamp, told.number)
        with self._lock:
            self._told.pop(key, None)
            self._told[key] = found
            while len(self._told) > _REMEMBERED:
                self._told.popitem(last=False)
        return found
