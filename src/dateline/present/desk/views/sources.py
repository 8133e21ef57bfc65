"""What a record covers and what it does not: sources by day, gaps, copies, what was not read, doubtful dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.errors import QueryError
from dateline.present.desk.pages import link
from dateline.present.desk.state import Desk, Known, Task
from dateline.present.desk.views.entries import plain
from dateline.present.overview import sparkline
from dateline.present.pictures.data import DayCount, HeatStrip, Key
from dateline.present.words import kind_of
from dateline.record.coverage import COUNTED, Coverage, Gap, Lack, SourceCoverage, Wanted
from dateline.record.entries import ReportEntry

#: How a source that reports do not name is asked for.
NAMELESS = "-"
#: Seconds that a first visitor waits for the numbers before they are worked out aside.
PATIENCE = 0.05
#: Sources in one table, gaps in one list, days drawn in one picture: each of them is a link.
MOST_SOURCES, MOST_GAPS, MOST_DAYS = 100, 10, 250
#: A source with reports on fewer days than this has nothing to be missed.
OFTEN = 4
REPORTS = "/sources/reports"

LACKS: dict[Lack, str] = {
    Lack.UNREAD: "not read",
    Lack.UNDATED: "without a day",
    Lack.UNRELIABLE: "with a day that is not reliable",
    Lack.COPY: "copies of another report",
    Lack.WIRE: "with an agency's credit",
}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the list that shows them."""

    number: int
    percent: int
    address: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as the table shows it. ``bars`` are its reports over the whole record's time."""

    name: str
    address: str
    covered: SourceCoverage
    reports: Share
    copies: Share
    wire: Share
    unread: Share
    undated: Share
    unreliable: Share
    bars: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not in the record, how often, and the list of it."""

    words: str
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap in a source, for a list of gaps of several."""

    source: str
    address: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class SourcesView:
    """All that the screen shows; ``stale`` where the record has changed since it was counted.

    ``all`` are the numbers of what is shown: of the whole record, or of the source that was chosen. ``years`` are
    those that may be drawn, each with its address; the picture holds those from ``first`` to ``last``.
    """

    stale: bool
    coverage: Coverage
    chosen: SourceRow | None
    all: SourceRow
    rows: tuple[SourceRow, ...]
    more: int
    strip: HeatStrip
    years: tuple[tuple[int, str], ...]
    drawn: tuple[int, int] | None
    gaps: tuple[Missing, ...]
    unread: tuple[Reason, ...]
    skipped: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is worked out of a record, once for all visitors."""

    coverage: Coverage
    whole: SourceRow
    rows: tuple[SourceRow, ...]
    span: tuple[str, str] | None


def known(desk: Desk) -> Known | None:
    """The coverage of the record (``Counted``), worked out aside; none while it is counted for the first time."""
    return desk.worked_out("coverage", Task(_covered), PATIENCE)


def _covered(desk: Desk) -> Counted:
    return _counted(desk.record.coverage())


def _counted(coverage: Coverage) -> Counted:
    whole = _whole(coverage)
    span = (whole.days[0][0], whole.days[-1][0]) if whole.days else None
    rows = tuple(_row(s, span, s.name or NAMELESS) for s in coverage.sources[:MOST_SOURCES])
    return Counted(coverage, _row(whole, span, None), rows, span)


def sources_view(counted: Counted, stale: bool, source: str | None, year: int | None) -> SourcesView:
    """The screen of a record, or of one of its sources; raises ``QueryError`` for a source that it does not have."""
    coverage = counted.coverage
    chosen = _row(_source(coverage, source), counted.span, source) if source is not None else None
    years, drawn, shown = _years(dict((chosen or counted.whole).covered.days), year, source)
    unread = tuple(Reason(words, n, link(REPORTS, lack=Lack.UNREAD, reason=words)) for words, n in coverage.unread)
    return SourcesView(
        stale, coverage, chosen, chosen or counted.whole, counted.rows, len(coverage.sources) - len(counted.rows),
        _strip(shown, chosen), years, drawn, _gaps(coverage, chosen), unread, _skipped(coverage),
    )  # fmt: skip


def _source(coverage: Coverage, asked: str) -> SourceCoverage:
    name = None if asked == NAMELESS else asked
    found = next((s for s in coverage.sources if s.name == name), None)
    if found is None:
        raise QueryError("report", f"no source {asked!r} in the record")
    return found


def _days(sources: Iterable[SourceCoverage]) -> dict[str, int]:
    days: Counter[str] = Counter()
    for source in sources:
        days.update(dict(source.days))
    return dict(days)


def _whole(coverage: Coverage) -> SourceCoverage:
    """The whole record as if it were one source."""
    s = coverage.sources
    return SourceCoverage(
        None, coverage.reports, coverage.stories, coverage.reports - coverage.stories, sum(x.wire for x in s),
        sum(x.unread for x in s), sum(x.undated for x in s), sum(x.unreliable for x in s),
        tuple(sorted(_days(s).items())), (),
    )  # fmt: skip


def name_of(source: str | None) -> str:
    return plain(source) if source is not None else "no publisher told"


def _row(source: SourceCoverage, span: tuple[str, str] | None, asked: str | None) -> SourceRow:
    def share(number: int, lack: Lack | None = None) -> Share:
        percent = round(100 * number / source.reports) if source.reports else 0
        return Share(number, percent, link(REPORTS, source=asked, lack=lack))

    return SourceRow(
        name_of(source.name), link("/sources", source=asked), source, share(source.reports),
        share(source.copies, Lack.COPY), share(source.wire, Lack.WIRE), share(source.unread, Lack.UNREAD),
        share(source.undated, Lack.UNDATED), share(source.unreliable, Lack.UNRELIABLE),
        _bars(source, span) if span else "",
    )  # fmt: skip


def _bars(source: SourceCoverage, span: tuple[str, str]) -> str:
    months: Counter[str] = Counter()
    for day, n in source.days:
        months[day[:7]] += n
    return sparkline(months, span[0][:7], span[1][:7])


# --- the picture


def _years(
    counts: dict[str, int], year: int | None, source: str | None
) -> tuple[tuple[tuple[int, str], ...], tuple[int, int] | None, dict[str, int]]:
    """The years to choose from, those drawn, and their days: as many years up to the chosen one as stay light."""
    per: Counter[int] = Counter(int(day[:4]) for day in counts)
    if not per:
        return (), None, {}
    last = year if year is not None and year in per else max(per)
    first, drawn = last, per[last]
    for earlier in sorted((y for y in per if y < last), reverse=True):
        if drawn + per[earlier] > MOST_DAYS:
            break
        first, drawn = earlier, drawn + per[earlier]
    shown = {day: n for day, n in counts.items() if first <= int(day[:4]) <= last}
    years = tuple((y, link("/sources", source=source, year=y)) for y in sorted(per))
    return years, (first, last), shown


def _strip(counts: dict[str, int], chosen: SourceRow | None) -> HeatStrip:
    days = tuple(DayCount(date.fromisoformat(day), n) for day, n in sorted(counts.items()))
    name = f"Reports of {chosen.name} by day" if chosen else "Reports by day"
    return HeatStrip(days, what="reports", title=name, note="Hatched: no report on these days.")


def opens(source: str | None, key: Key) -> str | None:
    """Where a cell of the picture leads: to the reports of its day."""
    return link(REPORTS, source=source, on=key.period) if key.period else None


def months_of(strip: HeatStrip, source: str | None) -> list[tuple[str, int, str]]:
    """The numbers behind the picture, by month, each with the list of its reports."""
    months: Counter[str] = Counter()
    for one in strip.days:
        months[one.day.isoformat()[:7]] += one.events
    return [(month, n, link(REPORTS, source=source, since=f"{month}-01", until=_month_end(month)))
            for month, n in sorted(months.items())]  # fmt: skip


def _month_end(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    after = date(year + number // 12, number % 12 + 1, 1) if year < 9999 or number < 12 else date.max
    return date.fromordinal(after.toordinal() - 1).isoformat() if after != date.max else after.isoformat()


# --- what is missing


def _gaps(coverage: Coverage, chosen: SourceRow | None) -> tuple[Missing, ...]:
    """The longest gaps: of the chosen source, or of all that report often."""
    sources = [chosen.covered] if chosen else [s for s in coverage.sources if len(s.days) >= OFTEN]
    named = [(name_of(s.name), link("/sources", source=s.name or NAMELESS), s.gaps) for s in sources]
    found = [Missing(name, address, gap) for name, address, gaps in named for gap in gaps]
    return tuple(sorted(found, key=lambda m: (-m.gap.days, m.gap.first, m.source))[:MOST_GAPS])


def _skipped(coverage: Coverage) -> tuple[Reason, ...]:
    alike: Counter[str] = Counter()
    for reason, n in coverage.skipped:
        alike[kind_of(reason)] += n
    ordered = sorted(alike.items(), key=lambda r: (-r[1], r[0]))
    return tuple(Reason(plain(words), n, "/sources/skipped") for words, n in ordered)


_ADDRESS = re.compile(r"(?i)https?://")


def where_words(source: str) -> str:
    """Where something came from, without the folders of the desk's own disk.

    >>> where_words("/home/anna/in/may.jsonl, line 3"), where_words("https://example.org/a/b")
    ('may.jsonl, line 3', 'https://example.org/a/b')
    """
    return plain(source if _ADDRESS.match(source) else re.split(r"[/\\]", source)[-1])


# --- lists of reports


@dataclass(frozen=True, slots=True)
class ReportList:
    """Some reports of a source, some days or something that they lack. ``exact`` is false where there are more."""

    title: str
    reports: tuple[ReportEntry, ...]
    total: int
    exact: bool
    onward: str | None


def wanted_of(
    source: str | None, on: str | None, since: str | None, until: str | None, lack: str | None, reason: str | None
) -> Wanted:
    """What an address asks for; raises ``QueryError`` for what makes no sense."""
    try:
        what = Lack(lack) if lack else None
    except ValueError:
        raise QueryError("lack", f"{lack!r} is none of " + ", ".join(Lack)) from None
    name = None if source is None else "" if source == NAMELESS else source
    return Wanted(name, _day("since", on or since), _day("until", on or until), what, reason or None)


def _day(name: str, value: str | None) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise QueryError(name, f"{value!r} is no day; write it as 2024-11-08") from None


def report_list(desk: Desk, wanted: Wanted, limit: int, cursor: str | None) -> ReportList:
    """A page of the reports that are wanted."""
    reports, total, onward = desk.record.store.reports_listed(wanted, limit, cursor)
    return ReportList(_title(wanted), tuple(reports), total, total < COUNTED, onward)


def _title(wanted: Wanted) -> str:
    words = "Reports"
    if wanted.source is not None:
        words += f" of {name_of(wanted.source)}" if wanted.source else " that name no publisher"
    if wanted.lack:
        words += f" {LACKS[wanted.lack]}"
    if wanted.reason:
        words += f": {plain(wanted.reason)}"
    if wanted.since and wanted.since == wanted.until:
        return f"{words} on {wanted.since}"
    if wanted.since:
        words += f" from {wanted.since}"
    return f"{words} until {wanted.until}" if wanted.until else words
