"""All partners of one actor: with whom it dealt most, how much of that was conflict, and a small river of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.errors import QueryError
from dateline.keep import Record
from dateline.present.pictures import Acts, Partner, Partners, Quad, Side, Unit
from dateline.present.pictures.periods import begin, spelled
from dateline.record.entries import PartnerCount
from dateline.relate.series import Span, check_span

#: partners that are listed, and drawn, where nobody says how many
SHOWN = 20


def partners(
    record: Record, name: str, span: Span | None = None, limit: int = SHOWN
) -> tuple[list[PartnerCount], int]:
    """With whom an actor had most events, most first, and how many partners it has in all.

    A span takes in the months in which its days lie, whole. Raises ``QueryError`` for a name that means nobody, and
    for a span outside the record.
    """
    span = span or Span()
    key = record.store.side(name)
    check_span(record, span)
    return record.store.partners(key, *span.ends, limit)


def small_rivers(
    record: Record, name: str, found: Sequence[PartnerCount], unit: Unit = Unit.MONTH, span: Span | None = None
) -> Partners:
    """A small river of each partner found, in their order, on one span of time.

    Raises ``QueryError`` where nothing was read of the span.
    """
    span = span or Span()
    exposure = record.store.exposure(unit.value, *span.ends, stories=False)
    read = [date.fromisoformat(e.period) for e in exposure if e.reports]
    if not read:
        raise QueryError("partners", "no report of these days has a reliable date: there is nothing to draw")
    key = record.store.side(name)
    known = frozenset(read)
    drawn = tuple(Partner(p.name, _acts(record, key, p.partner, unit, span), None, _about(p), p.partner, known)
                  for p in found)  # fmt: skip
    first, last = (span.first or read[0], span.last or read[-1])
    return Partners(name, unit, max(begin(unit, first), read[0]), min(begin(unit, last), read[-1]), drawn)


def _about(p: PartnerCount) -> str:
    last = f", last {spelled(date.fromisoformat(p.last))}" if p.last else ""
    return f"{p.events} event{'' if p.events == 1 else 's'}, {p.conflict:.0%} conflict{last}"


def _acts(record: Record, key: str, partner: str, unit: Unit, span: Span) -> tuple[Acts, ...]:
    ways = ((Side.OUT, key, partner), (Side.BACK, partner, key))
    return tuple(
        Acts(date.fromisoformat(count.period), side, Quad(count.quad), count.events)
        for side, source, target in ways
        for count in record.store.relation(source, target, unit.value, *span.ends)
        if count.voice == "own"
    )
