"""One actor with each of its partners: a small mirrored river each, those that changed most first.

Where no change is known they keep the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil

from dateline.present.pictures.data import Key, Moment, Partner, Partners, Quad, Side
from dateline.present.pictures.frame import Sign, heading, key, notes, nothing, swatch
from dateline.present.pictures.lettering import clean, cut, grouped, isolated, name, plural
from dateline.present.pictures.periods import Row, named, spelled
from dateline.present.pictures.scales import cap
from dateline.present.pictures.sheet import SMALL, TEXT, Sheet, Style, wide
from dateline.present.pictures.tables import Table
from dateline.present.pictures.timeline import Time, hatch, runs, year_axis, year_lines

_LEAST, _GAP = 260.0, 24.0
_HALF = 30.0
_NARROWEST = 1.2
_CONFLICT, _COOPERATION = "conf", "coop"
_CONFLICTS = frozenset(quad for quad in Quad if quad.conflict)


def draw(partners: Partners, style: Style) -> str:
    """The small rivers as SVG."""
    title = clean(partners.title) or f"{name(partners.actor, 480, SMALL)} and its partners"
    sheet = Sheet(style, title, describe(partners))
    row = Row.between(partners.unit, partners.first, partners.last)
    ends = f"{named(row.unit, row.start(0))} to {named(row.unit, row.start(row.count - 1))}"
    actor = name(partners.actor, sheet.room / 2, TEXT)
    above = f"Above each line what {actor} did, below it what the partner did. Each has a scale of its own."
    heading(sheet, title, [f"Distinct events by {partners.unit}, {ends}; {_order_told(partners)}.", above])
    if not partners.partners:
        return nothing(sheet, "No partners in this time.")
    key(sheet, [Sign("conflict", swatch(_CONFLICT)), Sign("cooperation", swatch(_COOPERATION))])
    columns = max(1, int((sheet.room + _GAP) // (_LEAST + _GAP)))
    room = (sheet.room - _GAP * (columns - 1)) / columns
    ordered = sorted(partners.partners, key=_order)
    top = sheet.y
    for i, partner in enumerate(ordered):
        left = sheet.left + (i % columns) * (room + _GAP)
        sheet.y = top
        _panel(sheet, partners, partner, Time(row, left, left + room))
        if i % columns == columns - 1:
            top = sheet.y
    notes(sheet, [*_marked(partners), partners.note])
    return sheet.svg()


def table(partners: Partners) -> Table:
    """Each partner with its sums, its change and the verdict; a river has the counts by period."""
    header = ("partner", "change", "verdict", *(f"{a}: {b}" for a in ("out", "back") for b in _KINDS))
    rows = []
    for p in sorted(partners.partners, key=_order):
        sums = [sum(a.events for a in p.acts if (a.side, a.quad.conflict) == kind) for kind in _COLUMNS]
        rows.append((p.name, p.change, p.verdict, *sums))
    return Table(partners.title or f"{partners.actor} and its partners", header, tuple(rows))


_KINDS = ("conflict", "cooperation")
_COLUMNS = tuple((side, conflict) for side in (Side.OUT, Side.BACK) for conflict in (True, False))


def describe(partners: Partners) -> str:
    parts = [f"Relations of {partners.actor}, {_order_told(partners)}."]
    parts += [f"{p.name}: {p.verdict or 'no verdict'}." for p in sorted(partners.partners, key=_order)]
    return " ".join(parts)


def _order(partner: Partner) -> tuple[bool, float]:
    return partner.change is None, -abs(partner.change or 0)


def _order_told(partners: Partners) -> str:
    known = any(p.change is not None for p in partners.partners)
    return "the largest change first" if known else "those with most events first"


def _marked(partners: Partners) -> list[str]:
    return [f"Broken line: {clean(m.label)}, {spelled(m.day)}." for m in partners.moments]


def _panel(sheet: Sheet, partners: Partners, partner: Partner, time: Time) -> None:
    """Name, scale, verdict, the river, and its years."""
    room = time.right - time.left
    sheet.y += 26
    highest = f"highest {grouped(_highest(_counted(partner, time.row)))}"
    short = name(partner.name, room - wide(highest) - 8, TEXT, bold=True)
    sheet.text(time.left, sheet.y, short, size=TEXT, bold=True)
    sheet.text(time.right, sheet.y, highest, anchor="end", css="dim")
    sheet.y += 16
    verdict = clean(partner.verdict) or "no verdict"
    sheet.text(time.left, sheet.y, isolated(cut(verdict, room, SMALL)), css="dim")
    top = sheet.y + 8
    base, low = top + _HALF, top + 2 * _HALF
    year_lines(sheet, time, (top, low))
    _gaps(sheet, time, _known(time.row, partner), top)
    _bars(sheet, partners, partner, time, base)
    for a, b in runs(_known(time.row, partner)):
        sheet.line(time.x(a), base, time.x(b), base, "axis")
    for moment in partners.moments:
        if time.holds(moment.day):
            x = time.of_day(moment.day)
            sheet.path(f"M{x:.2f} {top:.2f}V{low:.2f}", "moment", Key("moment", moment.day.isoformat()))
    sheet.y = low + 2
    year_axis(sheet, time)


def tile(partners: Partners, partner: Partner, style: Style) -> str:
    """The small river of one partner by itself, in few letters: name and verdict stand beside it on the page."""
    title = f"{clean(partners.actor)} and {clean(partner.name)}"
    row = Row.between(partners.unit, partners.first, partners.last)
    counted = _counted(partner, row)
    sheet = Sheet(style, title, f"{partner.verdict or 'no verdict'}; {_sums_told(partners, counted)}")
    time = Time(row, sheet.left, sheet.right)
    sheet.y += 8
    sheet.text(time.right, sheet.y, f"highest {grouped(_highest(counted))}", anchor="end", css="dim")
    frame = _frame(style.width, row, sheet.y + 6, _known(row, partner), partners.moments)
    sheet.put(frame.behind)
    paths: dict[str, list[str]] = defaultdict(list)
    for css, x, y, w, h in _boxes(counted, time, sheet.y + 6 + _HALF):
        paths[css].append(f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h-{w:.1f}z")
    for css, pieces in sorted(paths.items()):
        sheet.path("".join(pieces), css)
    sheet.put(frame.before)
    sheet.y = frame.y
    return sheet.svg()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the tiles of a page have in common, behind the bars and before them, and how far down it goes."""

    behind: tuple[str, ...]
    before: tuple[str, ...]
    y: float


@lru_cache(16)
def _frame(width: int, row: Row, top: float, known: tuple[int, ...], moments: tuple[Moment, ...]) -> _Frame:
    behind, before = (Sheet(Style(width), "", "") for _ in range(2))
    time = Time(row, behind.left, behind.right)
    base, low = top + _HALF, top + 2 * _HALF
    year_lines(behind, time, (top, low))
    _gaps(behind, time, known, top)
    for a, b in runs(known):
        before.line(time.x(a), base, time.x(b), base, "axis")
    for moment in moments:
        if time.holds(moment.day):
            before.path(f"M{time.of_day(moment.day):.1f} {top:.1f}V{low:.1f}", "moment")
    before.y = low + 2
    year_axis(before, time)
    return _Frame(behind.drawn(), before.drawn(), before.y)


def _sums_told(partners: Partners, counted: _Cells) -> str:
    parts = []
    for side, words in ((Side.OUT, "by"), (Side.BACK, "towards")):
        for conflict, kind in ((False, "cooperation"), (True, "conflict")):
            number = sum([cell[conflict] for (_, way), cell in counted.items() if way is side])
            parts.append(f"{number} of {kind} {words} {clean(partners.actor)}")
    return ", ".join(parts)


def _boxes(counted: _Cells, time: Time, base: float) -> Iterator[tuple[str, float, float, float, float]]:
    """Each part of each bar: its class, its place, its size."""
    cells, merge = _merged(counted, time)
    top, slot = cap(map(sum, cells.values())), time.slot
    share = 0.84 if slot > 4 else 1
    for (place, side), cell in sorted(cells.items()):
        if side is Side.BOTH:
            continue
        left, right = time.left + place * merge * slot, time.left + min((place + 1) * merge, time.row.count) * slot
        for conflict, start, end in _ends(cell, top):
            y = base - end if side is Side.OUT else base + start
            yield _CONFLICT if conflict else _COOPERATION, left, y, (right - left) * share, end - start


def _known(row: Row, partner: Partner) -> tuple[int, ...]:
    return tuple(range(row.count)) if partner.known is None else _places(row, partner.known)


@lru_cache(8)  # many partners, one span of time
def _places(row: Row, days: frozenset[date]) -> tuple[int, ...]:
    return tuple(sorted({row.index(day) for day in days} & set(range(row.count))))


def _gaps(sheet: Sheet, time: Time, known: Collection[int], top: float) -> None:
    known = set(known)
    for a, b in runs([i for i in range(time.row.count) if i not in known]):
        hatch(sheet, time.x(a), top, time.x(b) - time.x(a), 2 * _HALF)


def _bars(sheet: Sheet, partners: Partners, partner: Partner, time: Time, base: float) -> None:
    cells, merge = _merged(_counted(partner, time.row), time)
    top = cap(map(sum, cells.values()))
    for (place, side), cell in sorted(cells.items()):
        if side is Side.BOTH:
            continue
        left, right = time.x(place * merge), time.x(min((place + 1) * merge, time.row.count))
        period = time.row.start(place * merge)
        for conflict, start, end in _ends(cell, top):
            y = base - end if side is Side.OUT else base + start
            kind = "conflict" if conflict else "cooperation"
            mark = Key(kind, period.isoformat(), side, None, partner.id or clean(partner.name), merge)
            tip = f"{clean(partner.name)}, {named(partners.unit, period)}: {plural(cell[conflict], 'event')} of {kind}"
            sheet.rect(left, y, (right - left) * (0.84 if time.slot > 4 else 1), end - start,
                       _CONFLICT if conflict else _COOPERATION, mark, tip)  # fmt: skip


#: Events of cooperation and of conflict, by place and direction.
_Cells = dict[tuple[int, Side], list[int]]


def _counted(partner: Partner, row: Row) -> _Cells:
    """Events by period; those of all other times are in the place -1."""
    cells: _Cells = defaultdict(lambda: [0, 0])
    places = _starts(row)
    for act in partner.acts:
        cells[places.get(act.period, -1), act.side][act.quad in _CONFLICTS] += act.events
    return cells


def _merged(counted: _Cells, time: Time) -> tuple[_Cells, int]:
    """The places that are drawn, and how many periods share one."""
    merge = ceil(_NARROWEST / time.slot) if time.slot < _NARROWEST else 1
    cells: _Cells = defaultdict(lambda: [0, 0])
    for (place, side), (good, bad) in counted.items():
        if place >= 0:
            cell = cells[place // merge, side]
            cell[0] += good
            cell[1] += bad
    return cells, merge


@lru_cache(8)
def _starts(row: Row) -> dict[date, int]:
    """The places of a row by the first days of their periods."""
    return {row.start(i): i for i in range(row.count)}


def _ends(cell: Sequence[int], top: float) -> Iterator[tuple[bool, float, float]]:
    """The parts of a bar, and how far from the line each begins and ends: conflict lies next to it."""
    above, below = cell
    scale = _HALF / max(top, below + above)
    if above:
        yield False, below * scale, below * scale + above * scale
    if below:
        yield True, 0, below * scale


def _highest(counted: _Cells) -> int:
    """The highest number of one direction in one period: the scale of this river."""
    return max(map(sum, counted.values()), default=0)
