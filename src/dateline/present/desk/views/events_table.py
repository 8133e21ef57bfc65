"""The table of a record's events that the statistics ask, made once for many answers."""

from __future__ import annotations

from functools import partial
from weakref import WeakKeyDictionary

from dateline.analyse.tables import Table
from dateline.present.desk.recent import Recent
from dateline.present.desk.state import Desk
from dateline.relate.series import table_of

_MADE: WeakKeyDictionary[Desk, Recent[Table]] = WeakKeyDictionary()


def events_table(desk: Desk) -> Table:
    """As ``table_of``; while a record changes all the time, one that is ``desk.rest`` seconds old will do."""
    made = _MADE.setdefault(desk, Recent())
    return made.of("table", desk.stamp(), desk.rest, partial(table_of, desk.record))
