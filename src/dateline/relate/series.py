"""A relation in the record as a series: by week, month or day, as a table for the statistics, and as pictures."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dateline.analyse.tables import Table, from_rows
from dateline.errors import QueryError, TableError
from dateline.keep import Record
from dateline.lexicons.eventbook import quad_of
from dateline.present.pictures import Acts, Coverage, DayCount, HeatStrip, Moment, Quad, River, Side, Unit
from dateline.present.pictures.periods import begin
from dateline.record.entries import Exposure, RelationCount
from dateline.record.query import Voice

#: a CAMEO code of each quad class: PLOVER counts requests as verbal conflict, CAMEO's root 02 has no class of its own
_CODES = {"verbal_cooperation": "040", "material_cooperation": "060", "verbal_conflict": "110",
          "material_conflict": "190"}  # fmt: skip
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days asked for, both included; ``None`` is the record's own first or last."""

    first: date | None = None
    last: date | None = None

    def whole(self, unit: Unit) -> Span:
        """From the first day of its first week or month to the last day of its last."""
        first = begin(unit, self.first) if self.first else None
        return Span(first, last_of(unit, begin(unit, self.last)) if self.last else None)

    @property
    def ends(self) -> tuple[str | None, str | None]:
        return _iso(self.first), _iso(self.last)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Period:
    """One week or month of a relation, named by its first day; ``last`` is its last day.

    ``out`` is what the first did to the second, ``back`` the answer: counts by quad class and voice; where both are
    empty nothing was found, which is 0 as far as ``reports`` were read. ``events`` and ``reports`` are all of the
    record in this period.
    """

    first: date
    last: date
    out: tuple[RelationCount, ...]
    back: tuple[RelationCount, ...]
    events: int
    reports: int


@dataclass(frozen=True, slots=True)
class Series:
    """An ordered pair over time. ``source`` and ``target`` are what stands for the two: a code or an actor's key.

    ``periods`` holds each period with a report or an event of the pair; ``gaps`` are the first and last day of each
    time between them of which no report was read.
    """

    source: str
    target: str
    source_name: str
    target_name: str
    unit: Unit
    periods: tuple[Period, ...]
    gaps: tuple[tuple[date, date], ...]

    def total(self, voice: Voice, back: bool = False) -> int:
        """All distinct events of one direction that are told by reports themselves, or only inside statements."""
        return sum(c.events for p in self.periods for c in (p.back if back else p.out) if c.voice == voice.value)


def series(record: Record, source: str, target: str, unit: Unit = Unit.MONTH, span: Span | None = None) -> Series:
    """The relation of an ordered pair and its mirror, period by period.

    A span takes in the weeks or months in which its days lie, whole. Raises ``QueryError`` for names that mean nobody
    or the same, and for a span outside the record or of which nothing was read.
    """
    span = span or Span()
    a, b = record.store.sides(source, target)
    check_span(record, span)
    exposure = {e.period: e for e in record.store.exposure(unit.value, *span.ends, stories=False)}
    out, back = (_by_period(record.store.relation(*pair, unit.value, *span.ends)) for pair in ((a, b), (b, a)))
    starts = sorted({*(p for p, e in exposure.items() if e.reports), *out, *back})
    if not starts and span != Span():
        raise QueryError("relation", _nothing_read(record, span))
    none = Exposure(unit.value, "", 0, 0, 0)
    periods = []
    for start in starts:
        day, of_record = date.fromisoformat(start), exposure.get(start, none)
        pair = tuple(out.get(start, ())), tuple(back.get(start, ()))
        periods.append(Period(day, last_of(unit, day), *pair, of_record.events, of_record.reports))
    names = record.store.called(a), record.store.called(b)
    return Series(a, b, *names, unit, tuple(periods), tuple(_gaps(periods, unit, span)))


def _by_period(counts: Iterable[RelationCount]) -> dict[str, list[RelationCount]]:
    found: dict[str, list[RelationCount]] = defaultdict(list)
    for count in counts:
        found[count.period].append(count)
    return found


def last_of(unit: Unit, start: date) -> date:
    """The last day of the week or month that begins on a day."""
    if unit is Unit.WEEK:
        return start + min(timedelta(days=6), date.max - start)
    return start.replace(day=monthrange(start.year, start.month)[1])


def _gaps(periods: Sequence[Period], unit: Unit, span: Span) -> Iterable[tuple[date, date]]:
    """The times without reports between the periods, and those before and after them that were asked for."""
    if periods and span.first and begin(unit, span.first) < periods[0].first:
        yield begin(unit, span.first), periods[0].first - _DAY
    for one, other in pairwise(periods):
        if one.last + _DAY < other.first:
            yield one.last + _DAY, other.first - _DAY
    if periods and span.last and span.last > periods[-1].last:
        yield periods[-1].last + _DAY, last_of(unit, begin(unit, span.last))


# --- spans and days, held against the record


def check_span(record: Record, span: Span) -> None:
    """Raises ``QueryError`` for a span that ends before it begins or lies outside the record."""
    if span.first and span.last and span.first > span.last:
        raise QueryError("--from", f"{span.first} comes after --to {span.last}: turn them round")
    if span.first or span.last:
        first, last = _reported(record)
        if span.first and span.first > last:
            raise QueryError("--from", f"{span.first} lies outside the record: {_from_to(first, last)}")
        if span.last and span.last < first:
            raise QueryError("--to", f"{span.last} lies outside the record: {_from_to(first, last)}")


def check_day(record: Record, day: date, option: str) -> None:
    """Raises ``QueryError`` for a day before the record's first report or after its last."""
    first, last = _reported(record)
    if not first <= day <= last:
        raise QueryError(option, f"{day} lies outside the record: {_from_to(first, last)}")


def _reported(record: Record) -> tuple[date, date]:
    first, last = record.store.report_days()
    if first is None or last is None:
        raise TableError(str(record.path), "no report of the record has a reliable day: nothing can be counted by time")
    return date.fromisoformat(first), date.fromisoformat(last)


def _from_to(first: date, last: date) -> str:
    return f"its reports are of {first} to {last}; choose a day between"


def _nothing_read(record: Record, span: Span) -> str:
    first, last = _reported(record)
    return (f"nothing was read of {span.first or first} to {span.last or last}: the record has no report of these days;"
            f" its reports are of {first} to {last}")  # fmt: skip


# --- a table for the statistics


def table_of(record: Record) -> Table:
    """All real events of a record that reports themselves tell on a reliable day, as a table for the statistics.

    Raises ``TableError`` where there are none.
    """
    rows = ((row.day, row.source, row.target, _CODES[quad_of(row.type)]) for row in record.event_rows())
    return from_rows(record.path.stem, rows, every_row=True)


# --- pictures


def river(
    record: Record,
    source: str,
    target: str,
    unit: Unit = Unit.MONTH,
    moments: Sequence[Moment] = (),
    span: Span | None = None,
    voices: Sequence[Voice] = tuple(Voice),
) -> River:
    """The mirrored river of a relation, from the first to the last period with reports, or those that hold a span.

    With the voice ``said`` alone the bars are what was only said to have happened. Raises ``TableError`` where no
    report has a reliable day.
    """
    found = series(record, source, target, unit, span)
    coverage = tuple(Coverage(p.first, p.reports, p.events) for p in found.periods)
    days = [c.period for c in coverage if c.reports] or [p.first for p in found.periods]
    if not days:
        raise TableError(str(record.path), "no report of the record has a reliable day: nothing to draw")
    acts = [a for p in found.periods for side, counts in ((Side.OUT, p.out), (Side.BACK, p.back))
            for a in _acts(p.first, side, counts, voices)]  # fmt: skip
    only_said = tuple(voices) == (Voice.SAID,)
    title = f"{source} and {target}: only said to have happened, by {unit.value}" if only_said else ""
    return River(source, target, unit, min(days), max(days), tuple(acts), coverage, tuple(moments),
                 show_said=Voice.SAID in voices and not only_said, title=title)  # fmt: skip


def _acts(period: date, side: Side, counts: Iterable[RelationCount], voices: Sequence[Voice]) -> list[Acts]:
    found: dict[str, dict[str, int]] = {}
    for count in counts:
        if count.voice in voices:
            found.setdefault(count.quad, {})[count.voice] = count.events
    first, second = (voices[0].value, voices[1].value) if len(voices) > 1 else (voices[0].value, "")
    return [Acts(period, side, Quad(quad), told.get(first, 0), told.get(second, 0))
            for quad, told in sorted(found.items())]  # fmt: skip


def heat(
    record: Record, source: str, target: str, span: Span | None = None, voices: Sequence[Voice] = (Voice.OWN,)
) -> HeatStrip:
    """How many events each day had between the two, either way: a 0 for each other day of a week that was read."""
    span = span or Span()
    a, b = record.store.sides(source, target)
    check_span(record, span)
    counts: dict[date, int] = defaultdict(int)
    for week in record.store.exposure("week", *span.ends, stories=False):
        if week.reports:
            start = date.fromisoformat(week.period)
            counts |= {start + timedelta(days=i): 0 for i in range((last_of(Unit.WEEK, start) - start).days + 1)}
    for row in record.store.days(a, b, *span.ends):
        counts[date.fromisoformat(row.day)] = row.events * (Voice.OWN in voices) + row.said * (Voice.SAID in voices)
    first, last = span.first or date.min, span.last or date.max
    days = tuple(DayCount(day, n) for day, n in sorted(counts.items()) if first <= day <= last)
    if not days and span != Span():
        raise QueryError("relation", _nothing_read(record, span))
    return HeatStrip(days, title=f"{source} and {target}: events by day, either way",
                     note="A day is known where a report of its week (Monday to Sunday) was read.")  # fmt: skip
