"""The table of a record's events that the statistics ask, made once for many answers."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from dateline.analyse.tables import Table
from dateline.present.desk.state import Desk
from dateline.relate.series import table_of


@dataclass(frozen=True)
class _Made:
    stamp: str
    at: float
    table: Table


_LOCK = threading.Lock()
_MADE: WeakKeyDictionary[Desk, _Made] = WeakKeyDictionary()


def events_table(desk: Desk) -> Table:
    """As ``table_of``; while a record changes all the time, one that is ``desk.rest`` seconds old will do."""
    with _LOCK:
        held = _MADE.get(desk)
        stamp, now = desk.stamp(), monotonic()
        if held is None or (held.stamp != stamp and now - held.at >= desk.rest):
            held = _MADE[desk] = _Made(stamp, now, table_of(desk.record))
        return held.table
