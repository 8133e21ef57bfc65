"""A relation in the record as a series: the table that the statistics read, and the mirrored river."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dateline.analyse.tables import Table, from_rows
from dateline.errors import TableError
from dateline.keep import Record
from dateline.lexicons.eventbook import quad_of
from dateline.present.pictures import Acts, Coverage, Moment, Quad, River, Side, Unit
from dateline.record.entries import RelationCount

#: a CAMEO code of each quad class: PLOVER counts requests as verbal conflict, CAMEO's root 02 has no class of its own
_CODES = {"verbal_cooperation": "040", "material_cooperation": "060", "verbal_conflict": "110",
          "material_conflict": "190"}  # fmt: skip


def table_of(record: Record) -> Table:
    """All real events of a record that reports themselves tell on a reliable day, as a table for the statistics.

    Raises ``TableError`` where there are none.
    """
    rows = ((row.day, row.source, row.target, _CODES[quad_of(row.type)]) for row in record.event_rows())
    return from_rows(record.path.stem, rows, every_row=True)


def river(
    record: Record, source: str, target: str, unit: Unit = Unit.MONTH, moments: Sequence[Moment] = ()
) -> River:
    """The mirrored river of a relation, from the first to the last period of the record with reports."""
    out = list(record.relation(source, target, unit.value))
    back = list(record.relation(target, source, unit.value))
    coverage = tuple(Coverage(date.fromisoformat(e.period), e.reports, e.events) for e in record.exposure(unit.value))
    days = [c.period for c in coverage if c.reports] or [date.fromisoformat(r.period) for r in (*out, *back)]
    if not days:
        raise TableError(str(record.path), "no report of the record has a reliable day: nothing to draw")
    acts = (*_acts(out, Side.OUT), *_acts(back, Side.BACK))
    return River(source, target, unit, min(days), max(days), acts, coverage, tuple(moments))


def _acts(counts: Iterable[RelationCount], side: Side) -> list[Acts]:
    found: dict[tuple[str, str], list[int]] = {}
    for count in counts:
        cell = found.setdefault((count.period, count.quad), [0, 0])
        cell[count.voice != "own"] += count.events
    return [Acts(date.fromisoformat(period), side, Quad(quad), own, said)
            for (period, quad), (own, said) in sorted(found.items())]  # fmt: skip
