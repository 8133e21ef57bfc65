"""One actor with each of its partners: a small mirrored river each, those that changed most first.

Where no change is known they keep the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import ceil

from dateline.present.pictures.data import Key, Partner, Partners, Side
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
    highest = f"highest {grouped(_highest(partner, time.row))}"
    short = name(partner.name, room - wide(highest) - 8, TEXT, bold=True)
    sheet.text(time.left, sheet.y, short, size=TEXT, bold=True)
    sheet.text(time.right, sheet.y, highest, anchor="end", css="dim")
    sheet.y += 16
    verdict = clean(partner.verdict) or "no verdict"
    sheet.text(time.left, sheet.y, isolated(cut(verdict, room, SMALL)), css="dim")
    top = sheet.y + 8
    base, low = top + _HALF, top + 2 * _HALF
    year_lines(sheet, time, (top, low))
    _gaps(sheet, time, partner, top)
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
    sheet = Sheet(style, title, f"{partner.verdict or 'no verdict'}; {_sums_told(partners, partner)}")
    row = Row.between(partners.unit, partners.first, partners.last)
    time = Time(row, sheet.left, sheet.right)
    sheet.y += 8
    sheet.text(time.right, sheet.y, f"highest {grouped(_highest(partner, row))}", anchor="end", css="dim")
    top = sheet.y + 6
    base, low = top + _HALF, top + 2 * _HALF
    year_lines(sheet, time, (top, low))
    _gaps(sheet, time, partner, top)
    paths: dict[str, list[str]] = defaultdict(list)
    for css, x, y, w, h in _boxes(partner, time, base):
        paths[css].append(f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h-{w:.1f}z")
    for css, pieces in sorted(paths.items()):
        sheet.path("".join(pieces), css)
    for a, b in runs(_known(row, partner)):
        sheet.line(time.x(a), base, time.x(b), base, "axis")
    for moment in partners.moments:
        if time.holds(moment.day):
            sheet.path(f"M{time.of_day(moment.day):.1f} {top:.1f}V{low:.1f}", "moment")
    sheet.y = low + 2
    year_axis(sheet, time)
    return sheet.svg()


def _sums_told(partners: Partners, partner: Partner) -> str:
    parts = []
    for side, words in ((Side.OUT, "by"), (Side.BACK, "towards")):
        for conflict, kind in ((False, "cooperation"), (True, "conflict")):
            number = sum(a.events for a in partner.acts if a.side is side and a.quad.conflict is conflict)
            parts.append(f"{number} of {kind} {words} {clean(partners.actor)}")
    return ", ".join(parts)


def _boxes(partner: Partner, time: Time, base: float) -> Iterator[tuple[str, float, float, float, float]]:
    """Each part of each bar: its class, its place, its size."""
    sums, merge = _sums(partner, time)
    top = cap(_totals(sums))
    for (place, side, conflict), number in sorted(sums.items()):
        if number and side is not Side.BOTH:
            start, end = _ends(sums, (place, side, conflict), top)
            left, right = time.x(place * merge), time.x(min((place + 1) * merge, time.row.count))
            y = base - end if side is Side.OUT else base + start
            bare = (right - left) * (0.84 if time.slot > 4 else 1)
            yield _CONFLICT if conflict else _COOPERATION, left, y, bare, end - start


def _known(row: Row, partner: Partner) -> tuple[int, ...]:
    return tuple(range(row.count)) if partner.known is None else _places(row, partner.known)


@lru_cache(8)  # many partners, one span of time
def _places(row: Row, days: frozenset[date]) -> tuple[int, ...]:
    return tuple(sorted({row.index(day) for day in days} & set(range(row.count))))


def _gaps(sheet: Sheet, time: Time, partner: Partner, top: float) -> None:
    known = set(_known(time.row, partner))
    for a, b in runs([i for i in range(time.row.count) if i not in known]):
        hatch(sheet, time.x(a), top, time.x(b) - time.x(a), 2 * _HALF)


def _bars(sheet: Sheet, partners: Partners, partner: Partner, time: Time, base: float) -> None:
    sums, merge = _sums(partner, time)
    top = cap(_totals(sums))
    for (place, side, conflict), number in sorted(sums.items()):
        if not number or side is Side.BOTH:
            continue
        start, end = _ends(sums, (place, side, conflict), top)
        left, right = time.x(place * merge), time.x(min((place + 1) * merge, time.row.count))
        y = base - end if side is Side.OUT else base + start
        period = time.row.start(place * merge)
        kind = "conflict" if conflict else "cooperation"
        mark = Key(kind, period.isoformat(), side, None, partner.id or clean(partner.name), merge)
        tip = f"{clean(partner.name)}, {named(partners.unit, period)}: {plural(number, 'event')} of {kind}"
        sheet.rect(left, y, (right - left) * (0.84 if time.slot > 4 else 1), end - start,
                   _CONFLICT if conflict else _COOPERATION, mark, tip)  # fmt: skip


_Sums = dict[tuple[int, Side, bool], int]


def _sums(partner: Partner, time: Time) -> tuple[_Sums, int]:
    """Events by place, side and kind, and how many periods share a place."""
    merge = ceil(_NARROWEST / time.slot) if time.slot < _NARROWEST else 1
    sums: _Sums = defaultdict(int)
    places = _starts(time.row)
    for act in partner.acts:
        place = places.get(act.period, -1)
        if place >= 0:
            sums[place // merge, act.side, act.quad.conflict] += act.events
    return sums, merge


@lru_cache(8)
def _starts(row: Row) -> dict[date, int]:
    """The places of a row by the first days of their periods."""
    return {row.start(i): i for i in range(row.count)}


def _ends(sums: _Sums, part: tuple[int, Side, bool], top: float) -> tuple[float, float]:
    """How far from the line a part of a bar begins and ends: conflict lies next to it."""
    place, side, conflict = part
    below, above = sums.get((place, side, True), 0), sums.get((place, side, False), 0)
    scale = _HALF / max(top, below + above)
    start = 0 if conflict else below * scale
    return start, start + (below if conflict else above) * scale


def _totals(sums: dict[tuple[int, Side, bool], int]) -> list[int]:
    found: dict[tuple[int, Side], int] = defaultdict(int)
    for (place, side, _), number in sums.items():
        found[place, side] += number
    return list(found.values())


def _highest(partner: Partner, row: Row) -> int:
    """The highest number of one direction in one period: the scale of this river."""
    sums: _Sums = defaultdict(int)
    places = _starts(row)
    for act in partner.acts:
        sums[places.get(act.period, -1), act.side, act.quad.conflict] += act.events
    return max(_totals(sums), default=0)
