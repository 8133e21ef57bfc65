"""What is in a record and what is not, for a terminal: counts, sources over time, gaps, what was skipped and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from dateline import __version__
from dateline.present.terminal import clean, section
from dateline.present.words import count_words, kind_of

_BARS = "▁▂▃▄▅▆▇█"
_WIDTH = 24
#: A record of fewer days than this shows each of them.
_SHORT = 62
_SOURCES, _GAPS, _REASONS = 20, 3, 12
#: A source with reports on fewer days than this has nothing to be missed; --json tells its gaps all the same.
_OFTEN = 4


def render_status(status: Mapping[str, Any]) -> RenderableType:
    """The status of a record as sections; what there is nothing to say about is left out."""
    return Group(
        *map(Text, _counts(status)),
        *section("By source", [*_sources(status)]),
        *section("Days without reports", [*_gaps(status)]),
        *section("Dates", [*_dates(status)]),
        *section("Not read", [*_listed(status["unread"])]),
        *section("Skipped", [*_skipped(status)]),
        *section("Corrections", [*_corrections(status)]),
        *section("File", [*_file(status)]),
        Text(),
    )


def _counts(status: Mapping[str, Any]) -> Iterator[str]:
    c = status["counts"]
    yield f"{c['reports']:,} reports in {c['stories']:,} stories"
    yield f"{c['statements']:,} statements, told {c['told_statements']:,} times"
    yield f"{c['events']:,} events, told {c['tellings']:,} times"
    yield f"{c['actors']:,} actors, {c['sentences']:,} sentences"


# --- sources


def sparkline(counts: Mapping[str, int], first: str, last: str, width: int = _WIDTH) -> str:
    """A bar for each stretch of days or months between two, a dot where there is nothing, the highest for the most.

    >>> sparkline({"2024-01": 1, "2024-02": 4, "2024-05": 2}, "2024-01", "2024-06")
    '▂█··▄·'
    """
    start, stretch = _number(first), max(1, _number(last) - _number(first) + 1)
    bins = [0] * min(width, stretch)
    for when, n in counts.items():
        bins[(_number(when) - start) * len(bins) // stretch] += n
    top = max(bins, default=0)
    return "".join(_BARS[max(0, (n * len(_BARS) + top - 1) // top - 1)] if n else "·" for n in bins)


def _number(when: str) -> int:
    """A month ("2024-05") or a day ("2024-05-17") as a number that grows by one with each."""
    return date.fromisoformat(when).toordinal() if len(when) > 7 else int(when[:4]) * 12 + int(when[5:7])


def _bars(source: Mapping[str, Any], first: str, last: str) -> str:
    """A source over the whole record's time: by days where that is short, else by months."""
    if _number(last) - _number(first) < _SHORT:
        return sparkline(source["days"], first, last, width=_SHORT)
    return sparkline(source["months"], first[:7], last[:7])


def _sources(status: Mapping[str, Any]) -> Iterator[Text]:
    sources, days = status["sources"], status["days"]
    for source in sources[:_SOURCES]:
        line = Text("  ")
        line.append(clean(source["name"] or "no publisher told"), "bold")
        line.append(f"  {count_words(source['reports'], 'report')}")
        if source["first"]:
            on = count_words(source["days_with_reports"], "day")
            line.append(f", {source['first']} to {source['last']}, on {on}")
        if source["undated"]:
            line.append(f", {source['undated']:,} without a day")
        if source["unread"]:
            line.append(f", {source['unread']:,} not read")
        if source["first"]:
            line.append("\n      " + _bars(source, days["first"], days["last"]), "cyan")
        yield line
    if len(sources) > 1 and days["first"]:
        yield Text(f"  each line of bars runs from {days['first']} to {days['last']}", "dim")
    if len(sources) > _SOURCES:
        yield Text(f"  and {len(sources) - _SOURCES:,} more sources: --json lists all", "dim")


def _gaps(status: Mapping[str, Any]) -> Iterator[Text]:
    for source in status["sources"][:_SOURCES]:
        gaps: Sequence[Mapping[str, Any]] = source["gaps"]
        if not gaps or source["days_with_reports"] < _OFTEN:
            continue
        told = "; ".join(f"{g['first']} to {g['last']} ({g['days']:,} days)" for g in gaps[:_GAPS])
        more = f"; and {len(gaps) - _GAPS} shorter ones" if len(gaps) > _GAPS else ""
        yield Text.assemble("  ", (clean(source["name"] or "no publisher told"), "bold"), f"  {told}{more}")


# --- the rest


def _dates(status: Mapping[str, Any]) -> Iterator[Text]:
    dates, total = status["dates"], status["counts"]["reports"]
    if not total:
        return
    yield Text(f"  {count_words(dates['reliable'], 'report')} with a reliable day")
    if dates["unreliable"]:
        yield Text(f"  {dates['unreliable']:,} with one that is not reliable: they enter no trend", "yellow")
    if dates["none"]:
        yield Text(f"  {dates['none']:,} without any: give it with `dateline correct date REPORT DAY`", "yellow")


def _listed(reasons: Mapping[str, int]) -> Iterator[Text]:
    for reason, n in [*reasons.items()][:_REASONS]:
        yield Text(clean(f"  {n:,} × {reason}"))
    if len(reasons) > _REASONS:
        yield Text(f"  and {len(reasons) - _REASONS:,} more kinds: --json lists all", "dim")


def _skipped(status: Mapping[str, Any]) -> Iterator[Text]:
    alike: Counter[str] = Counter()
    for reason, n in status["skipped"]["reasons"].items():
        alike[kind_of(reason)] += n
    return _listed(dict(sorted(alike.items(), key=lambda r: (-r[1], r[0]))))


def _corrections(status: Mapping[str, Any]) -> Iterator[Text]:
    made, undone, lost = (status["corrections"][name] for name in ("made", "undone", "lost"))
    if made:
        yield Text(f"  {made:,} made, {undone:,} taken back")
    if lost:
        yield Text(f"  {lost:,} lost: their words are no longer found, see `dateline correct list`", "red")


def _file(status: Mapping[str, Any]) -> Iterator[Text]:
    record = status["record"]
    yield Text(clean(f"  {record['path']}, {size_words(record['bytes'])}, schema {record['schema']}"))
    older = sum(n for made, n in status["made_by"].items() if made.split(" ")[0] not in ("", __version__))
    for made, n in status["made_by"].items():
        yield Text(clean(f"  {count_words(n, 'reading')} by {made or 'the source itself'}"), "dim")
    if older:
        yield Text(f"  {older:,} were made by another version of Dateline: `dateline reread` makes them anew", "yellow")


def size_words(size: int) -> str:
    """A number of bytes for people.

    >>> size_words(900), size_words(1_500_000)
    ('900 bytes', '1.5 MB')
    """
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} bytes"
