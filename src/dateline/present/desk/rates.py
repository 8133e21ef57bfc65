"""How often somebody may ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from time import monotonic

_CLIENTS = 4096


class Rates:
    """So many requests a minute for each client; the oldest clients are forgotten. For several threads at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, client: str) -> bool:
        now = monotonic()
        with self._lock:
            left, then = self._seen.pop(client, (float(self.most), now))
            left = min(self.most, left + (now - then) * self.most / 60)
            self._seen[client] = (max(left - 1, 0.0), now)
            while len(self._seen) > _CLIENTS:
                self._seen.popitem(last=False)
        return left >= 1
