"""What was looked up, kept while the record stays as it is, and for some seconds where it changes all the time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    stamp: str
    at: float
    answer: T


class Recent(Generic[T]):
    """The last so many answers. For several threads at once.

    One thing is looked up by one thread, and others wait for it; what differs is looked up side by side.
    """

    def __init__(self, most: int = 1, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._clock = most, clock
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, key: Hashable, stamp: str, rest: float, look: Callable[[], T]) -> T:
        """What ``look`` gives, or gave for this state of the record; or for another, less than ``rest`` seconds ago.

        >>> recent = Recent()
        >>> recent.of("a", "1", 20, lambda: "new"), recent.of("a", "1", 20, lambda: "newer")
        ('new', 'new')
        """
        with self._lock:
            busy = self._busy.setdefault(key, threading.Lock())
        with busy:
            try:
                held = self._held(key, stamp, rest)
                return held.answer if held else self._keep(key, _Kept(stamp, self._clock(), look())).answer
            finally:
                with self._lock:
                    self._busy.pop(key, None)

    def _held(self, key: Hashable, stamp: str, rest: float) -> _Kept[T] | None:
        with self._lock:
            held = self._kept.get(key)
            if held is None or (held.stamp != stamp and self._clock() - held.at >= rest):
                return None
            self._kept.move_to_end(key)
            return held

    def _keep(self, key: Hashable, kept: _Kept[T]) -> _Kept[T]:
        with self._lock:
            self._kept[key] = kept
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return kept
