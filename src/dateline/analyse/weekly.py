"""Events as counts by week, Monday to Sunday: of directed pairs by quad class, and of whole actors beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dateline.analyse.tables import Form, Table
from dateline.errors import TableError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_QUADS = 4
#: Friday and Sunday: what happens late in a week tells most of the next one.
_LATE = (4, 6)


def monday_of(day: date) -> date:
    """The Monday of a day's week, as in ISO 8601.

    >>> monday_of(date(2015, 1, 1))
    datetime.date(2014, 12, 29)
    """
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, eq=False)
class Weekly:
    """Counts of events by week, the first of which begins on ``monday``.

    ``counts`` is [pairs, quad classes, weeks]; ``source`` and ``target`` [pairs] point into ``sent`` and ``received``
    [actors, quad classes, weeks], which count all events from, and at, an actor, whoever the other was.
    ``reverse`` [pairs] is the pair of the other direction, -1 where it is not among them. ``names`` are the actors of
    each pair. ``late`` are arrays like ``counts`` of a week's last three days and of its Sunday, where days are known.
    """

    monday: date
    names: tuple[tuple[str, str], ...]
    counts: Floats
    source: Ints
    target: Ints
    reverse: Ints
    sent: Floats
    received: Floats
    late: tuple[Floats, ...] = ()

    @property
    def weeks(self) -> int:
        """How many weeks the counts cover."""
        return int(self.counts.shape[-1])

    def week_of(self, day: date) -> int:
        """The number of a day's week; negative or beyond ``weeks`` for days outside."""
        return (monday_of(day) - self.monday).days // 7

    def until(self, week: int) -> Weekly:
        """The same without the weeks from ``week`` on."""
        shorter = {name: getattr(self, name)[..., :week] for name in ("counts", "sent", "received")}
        return replace(self, **shorter, late=tuple(counts[..., :week] for counts in self.late))

    def spanning(self, monday: date, weeks: int) -> Weekly:
        """The same over other weeks: so many from ``monday`` on, with nothing counted where nothing was."""
        first = (monday - self.monday).days // 7
        before = min(max(-first, 0), weeks)

        def shifted(counts: Floats) -> Floats:
            part = counts[..., max(first, 0) : max(first + weeks, 0)]
            return np.pad(part, [(0, 0)] * (counts.ndim - 1) + [(before, weeks - before - part.shape[-1])])

        counts, sent, received = (shifted(each) for each in (self.counts, self.sent, self.received))
        late = tuple(shifted(each) for each in self.late)
        return replace(self, monday=monday, counts=counts, sent=sent, received=received, late=late)

    def of_class(self, quad: int) -> Weekly:
        """The same with one quad class alone, 0 to 3."""
        counts, sent, received = (each[:, quad : quad + 1] for each in (self.counts, self.sent, self.received))
        late = tuple(each[:, quad : quad + 1] for each in self.late)
        return replace(self, counts=counts, sent=sent, received=received, late=late)

    def day_of(self, week: int) -> date:
        """The Monday of a week."""
        return self.monday + timedelta(days=7 * week)


def weekly(table: Table, before: date, top: int = 300, also: tuple[tuple[str, str], ...] = ()) -> Weekly:
    """Count a table's events by week, for the directed pairs with most events in weeks before that of ``before``.

    Of pairs with equally many events the first in the alphabet are taken. ``also`` are counted whatever their events.
    Raises TableError for a table of net numbers, or a day before
    which it has no events.
    """
    if table.form is not Form.EVENTS:
        raise TableError(table.name, "only events can be counted: a forecast needs the column cameo, not net")
    first = monday_of(table.start)
    week = (table.day + (table.start - first).days) // 7
    key = table.source * len(table.actors) + table.target
    early = week < (monday_of(before) - first).days // 7
    if not early.any():
        raise TableError(table.name, f"no events before {before}: the first is of {table.start}")
    kinds, events = np.unique(key[early], return_counts=True)
    chosen = kinds[np.argsort(-events, kind="stable")][:top]
    number = {name: i for i, name in enumerate(table.actors)}
    asked = [number[a] * len(number) + number[b] for a, b in also if a in number and b in number]
    keys = np.array(list(dict.fromkeys([*asked, *chosen.tolist()])), dtype=np.int64)
    weeks = (table.days - 1 + (table.start - first).days) // 7 + 1
    return _counted(table, first, week, key, keys, weeks)


def whole_weeks(table: Table) -> int:
    """How many of a table's weeks are over by its last day."""
    return (table.days + (table.start - monday_of(table.start)).days) // 7


def _counted(table: Table, first: date, week: Ints, key: Ints, keys: Ints, weeks: int) -> Weekly:
    size = len(table.actors)
    source, target = keys // size, keys % size
    quad = table.value.astype(np.int64)
    order = np.argsort(keys)
    at = np.minimum(np.searchsorted(keys[order], key), len(keys) - 1)
    found = keys[order][at] == key
    pair = order[at]
    senders, sender = np.unique(source, return_inverse=True)
    receivers, receiver = np.unique(target, return_inverse=True)
    where = {int(k): i for i, k in enumerate(keys)}
    weekday = (table.day + (table.start - first).days) % 7
    late = [found & (weekday >= since) for since in _LATE]
    reverse = np.array([where.get(int(k % size * size + k // size), -1) for k in keys], dtype=np.int64)
    return Weekly(
        monday=first,
        names=tuple((table.actors[a], table.actors[b]) for a, b in zip(source, target, strict=True)),
        counts=_sums(len(keys), weeks, pair[found], quad[found], week[found]),
        source=sender,
        target=receiver,
        reverse=reverse,
        sent=_of_actors(senders, table.source, quad, week, weeks),
        received=_of_actors(receivers, table.target, quad, week, weeks),
        late=tuple(_sums(len(keys), weeks, pair[some], quad[some], week[some]) for some in late),
    )


def _of_actors(actors: Ints, column: Ints, quad: Ints, week: Ints, weeks: int) -> Floats:
    at = np.minimum(np.searchsorted(actors, column), len(actors) - 1)
    found = actors[at] == column
    return _sums(len(actors), weeks, at[found], quad[found], week[found])


def _sums(rows: int, weeks: int, row: Ints, quad: Ints, week: Ints) -> Floats:
    flat = np.bincount((row * _QUADS + quad) * weeks + week, minlength=rows * _QUADS * weeks)
    return flat.reshape(rows, _QUADS, weeks).astype(np.float64)
