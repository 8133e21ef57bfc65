"""The mirrored river of a relation: what the first did to the second above the line, the answer below it.

Cooperation and conflict have a panel each, on one scale, so that every bar stands on a line of its own and the two
directions face each other. Material acts lie next to the line, verbal ones beyond them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from dateline.present.pictures.colours import QUADS
from dateline.present.pictures.data import Key, Quad, River, Side, Unit
from dateline.present.pictures.frame import Sign, heading, key, notes, nothing, swatch
from dateline.present.pictures.lettering import clean, grouped, name, plural
from dateline.present.pictures.periods import Row, named, spelled
from dateline.present.pictures.scales import Classes, cap, steps
from dateline.present.pictures.sheet import SMALL, Sheet, Style, n, wide
from dateline.present.pictures.tables import Table
from dateline.present.pictures.timeline import (
    Time,
    axis,
    hatch,
    moment_lines,
    moments,
    runs,
    told,
    year_lines,
)

#: pixels that all four lanes share, and the least that each gets
_HEIGHT, _LEAST = 330.0, 22.0
#: how high the place of a bar is that can be clicked, at least
_HIT = 24.0
#: narrower bars run into each other: then several periods share one
_NARROWEST = 1.2
_WIDEST = 40.0
_TICK = 26.0
_STRIP = 9.0
_NUMBER = 15.0
_BEFORE = 8.0
#: stands for the height of what is drawn once for many: no drawing is so high
_HEIGHT_HERE = 987654321.0
#: an outline over narrower bars would hide them
_OUTLINED = 3.5
_PANELS = (
    ("Cooperation", (Quad.MATERIAL_COOPERATION, Quad.VERBAL_COOPERATION)),
    ("Conflict", (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)),
)


@dataclass(slots=True)  # a drawing makes one for each period: frozen ones take three times as long
class _Bin:
    """Periods that share one place: which, what was counted in them, and whether they are known."""

    start: int
    periods: int
    known: int
    events: dict[tuple[Side, Quad], int]
    said: dict[tuple[Side, Quad], int]
    reports: int
    all_events: int
    #: its first day, as a key has it, and what it is called
    day: str
    words: str
    #: sums of ``events`` and ``said`` by lane, which are asked for again and again
    totals: dict[tuple[Side, tuple[Quad, ...]], int]
    claims: dict[tuple[Side, tuple[Quad, ...]], int]

    def total(self, side: Side, quads: tuple[Quad, ...]) -> int:
        return self.totals.get((side, quads), 0)

    def claimed(self, side: Side, quads: tuple[Quad, ...]) -> int:
        return self.claims.get((side, quads), 0)


@dataclass(frozen=True, slots=True)
class _Lane:
    """One direction of one panel: where its line is, and which way and how far it grows."""

    side: Side
    quads: tuple[Quad, ...]
    base: float
    sign: int
    top: float
    scale: float

    def y(self, number: float) -> float:
        return self.base + self.sign * min(number, self.top) * self.scale


def draw(river: River, style: Style) -> str:
    """The river as SVG."""
    row = Row.between(river.unit, river.first, river.last)
    pair = _pair(river, 60)
    title = clean(river.title) or f"{pair}: who did what to whom, by {river.unit}"
    sheet = Sheet(style, title, describe(river))
    merge = _merge(row, style.width)
    crowded = river.show_said and (style.width - 60) / row.count * merge < _OUTLINED
    river = replace(river, show_said=river.show_said and not crowded)
    bins = _bins(river, row, merge)
    # a page has a heading of its own
    heading(sheet, "" if sheet.terse else title, [_subtitle(river, row, merge)])
    if not river.acts and not river.coverage:
        return nothing(sheet, "No events and no reports in this time.")
    heights = _heights(river, bins)
    top = cap(number for numbers in heights.values() for number in numbers)  # where the scale of all lanes ends
    time = Time(row, sheet.left + _gutter(top), sheet.right)
    sheet.facts = {"unit": row.unit.value, "first": row.first.isoformat(), "count": str(row.count),
                   "left": n(time.left), "right": n(time.right)}  # fmt: skip
    marks = sheet.y
    lines, listed = moments(sheet, time, river.moments)
    if sheet.terse:  # room for the handle of the day that is asked about
        sheet.y = max(sheet.y, marks + _HIT)
        sheet.facts |= {"top": n(marks)}
    highest = {lane: max(1, min(max(numbers), top)) for lane, numbers in heights.items()}
    cut = _panels(sheet, river, time, bins, top, highest)
    _coverage(sheet, river, time, bins)
    moment_lines(sheet, lines)
    axis(sheet, time)
    sheet.facts |= {"bottom": n(sheet.y)}
    told(sheet, listed)
    left_out = "What was only said to have happened has no room at this width; the table has it."
    hidden = [left_out] if crowded and any(a.said for a in river.acts) else []
    notes(sheet, [*_remarks(river, bins, cut, top), *hidden, river.note])
    return sheet.svg()


def table(river: River) -> Table:
    """Each known period with its counts in both directions, what was only said to have happened, and the coverage."""
    row = Row.between(river.unit, river.first, river.last)
    columns = [(side, quad) for side in (Side.OUT, Side.BACK) for quad in Quad]
    ends = {Side.OUT: (river.source, river.target), Side.BACK: (river.target, river.source)}
    heads = [f"{' → '.join(ends[side])}: {quad.words}" for side, quad in columns]
    header = (river.unit.value, "first day", *heads, *(f"{h}, only said" for h in heads), "reports", "all events")
    rows = []
    for b in _bins(river, row, 1):
        period = row.start(b.start)
        numbers = [
            counts.get(column, 0) if b.known else None for counts in (b.events, b.said) for column in columns
        ]
        covered = (b.reports, b.all_events) if b.known and river.coverage else (None, None)
        rows.append((named(river.unit, period), period.isoformat(), *numbers, *covered))
    return Table(river.title or f"{river.source} and {river.target}, by {river.unit}", header, tuple(rows))


def describe(river: River) -> str:
    """The picture in words, for those who do not see it."""
    told_, said = 0, 0
    sums: dict[tuple[Side, bool], int] = defaultdict(int)
    for act in river.acts:
        sums[act.side, act.quad.conflict] += act.events
        told_, said = told_ + act.events, said + act.said
    parts = [f"Events by {river.unit}, {spelled(river.first)} to {spelled(river.last)}."]
    for side, (a, b) in ((Side.OUT, (river.source, river.target)), (Side.BACK, (river.target, river.source))):
        parts.append(f"{a} to {b}: {sums[side, False]} of cooperation, {sums[side, True]} of conflict.")
    parts.append(f"{said} more were only said to have happened." if said else "")
    return " ".join(filter(None, parts))


def _pair(river: River, letters: int) -> str:
    return f"{_short(river.source, letters)} and {_short(river.target, letters)}"


def _short(actor: str, letters: int) -> str:
    return name(actor, letters * 8.0, SMALL)


def _subtitle(river: River, row: Row, merge: int) -> str:
    each = f"{merge} {river.unit}s" if merge > 1 else f"one {river.unit}"
    ends = f"{named(row.unit, row.start(0))} to {named(row.unit, row.start(row.count - 1))}"
    return f"Distinct events, {ends}; each bar is {each}. Above each line the one way, below it the other."


def _merge(row: Row, width: int) -> int:
    """How many periods share a bar, so that bars can be seen."""
    return ceil(_NARROWEST * row.count / (width - 60))


def _bins(river: River, row: Row, merge: int) -> list[_Bin]:
    events: dict[int, dict[tuple[Side, Quad], int]] = defaultdict(lambda: defaultdict(int))
    said: dict[int, dict[tuple[Side, Quad], int]] = defaultdict(lambda: defaultdict(int))
    places_of: dict[date, int] = {}
    for act in river.acts:
        place = places_of.get(act.period)
        if place is None:
            place = places_of[act.period] = row.index(act.period)
        events[place][act.side, act.quad] += act.events
        said[place][act.side, act.quad] += act.said
    coverage = {row.index(c.period): c for c in river.coverage}
    found = []
    for start in range(0, row.count, merge):
        places = range(start, min(start + merge, row.count))
        covered = [coverage[i] for i in places if i in coverage]
        known = len([i for i in places if i in events or (i in coverage and coverage[i].reports)])
        told_ = _added([events[i] for i in places if i in events])
        said_ = _added([said[i] for i in places if i in said])
        first, last = row.start(start), row.start(places[-1])
        words = named(row.unit, first)
        found.append(
            _Bin(
                start,
                len(places),
                known if coverage else len(places),
                told_,
                said_,
                sum([c.reports for c in covered]),
                sum([c.events for c in covered]),
                first.isoformat(),
                words if len(places) == 1 else f"{words} to {named(row.unit, last)}",
                _by_lane(told_),
                _by_lane(said_),
            )
        )
    return found


_LANES = {quad: quads for _, quads in _PANELS for quad in quads}


def _by_lane(counts: dict[tuple[Side, Quad], int]) -> dict[tuple[Side, tuple[Quad, ...]], int]:
    sums: dict[tuple[Side, tuple[Quad, ...]], int] = {}
    for (side, quad), number in counts.items():
        lane = side, _LANES[quad]
        sums[lane] = sums.get(lane, 0) + number
    return sums


def _added(parts: list[dict[tuple[Side, Quad], int]]) -> dict[tuple[Side, Quad], int]:
    if len(parts) < 2:
        return {column: number for part in parts for column, number in part.items() if number}
    total: dict[tuple[Side, Quad], int] = defaultdict(int)
    for part in parts:
        for column, number in part.items():
            total[column] += number
    return {column: number for column, number in total.items() if number}


def _heights(river: River, bins: list[_Bin]) -> dict[tuple[Side, tuple[Quad, ...]], list[int]]:
    """The heights of all bars and outlines of each lane."""
    found: dict[tuple[Side, tuple[Quad, ...]], list[int]] = {}
    for side in (Side.OUT, Side.BACK):
        for _, quads in _PANELS:
            lane = side, quads
            numbers = [b.totals.get(lane, 0) for b in bins]
            if river.show_said:
                numbers += [b.claims.get(lane, 0) for b in bins]
            found[lane] = numbers
    return found


def _gutter(top: float) -> float:
    return max(wide(grouped(top)), wide("00")) + 8


def _panels(
    sheet: Sheet, river: River, time: Time, bins: list[_Bin], top: float,
    highest: Mapping[tuple[Side, tuple[Quad, ...]], float],
) -> int:  # fmt: skip
    """Both panels; returns how many bars were cut off."""
    scale = _HEIGHT / max(sum(highest.values()), 4)
    cut = 0
    for label, quads in _PANELS:
        _panel_key(sheet, river, bins, label, quads)
        ends = (highest[Side.OUT, quads], highest[Side.BACK, quads])
        cut += _panel(sheet, river, time, bins, label, quads, (ends, scale, top))
        sheet.y += 10
    return cut


def _panel_key(sheet: Sheet, river: River, bins: list[_Bin], label: str, quads: tuple[Quad, ...]) -> None:
    sheet.text(sheet.left, sheet.y + 18, label, size=15, bold=True)
    signs = [Sign("material" if q.material else "verbal", swatch(QUADS[q])) for q in quads]
    if river.show_said and any(b.said for b in bins):
        signs.append(Sign("only said to have happened", lambda s, x, y: s.rect(x, y - 9, 14, 10, "said")))
    sheet.y += 2
    key(sheet, signs, left=sheet.left + wide("Cooperation", 15, bold=True) + 12)


def _panel(
    sheet: Sheet,
    river: River,
    time: Time,
    bins: list[_Bin],
    label: str,
    quads: tuple[Quad, ...],
    measures: tuple[tuple[float, float], float, float],
) -> int:
    (up, down), scale, top = measures
    above, below = (max(_LEAST, up * scale), max(_LEAST, down * scale))
    _direction(sheet, river, bins, Side.OUT, quads)
    over = [_cut(bins, side, quads, top) for side in (Side.OUT, Side.BACK)]
    sheet.y += 8 + (_NUMBER if over[0] else 0)
    base = sheet.y + above
    sheet.bodies.append((base - above, base + below))
    lanes = (
        _Lane(Side.OUT, quads, base, -1, top, scale),
        _Lane(Side.BACK, quads, base, 1, top, scale),
    )
    _grid(sheet, time, lanes, (above, below))
    year_lines(sheet, time, (base - above, base + below))
    _gaps(sheet, time, bins, base - above, above + below)
    for lane in lanes:
        sheet.group(f"{label}, {' to '.join(_ends(river, lane.side))}")
        _bars(sheet, river, time, bins, lane)
        sheet.end_group()
    _baseline(sheet, time, bins, base)
    for lane in lanes:
        _cut_numbers(sheet, time, bins, lane)
    sheet.y = base + below + 4 + (_NUMBER if over[1] else 0)
    _direction(sheet, river, bins, Side.BACK, quads)
    return len(over[0]) + len(over[1])


def _ends(river: River, side: Side) -> tuple[str, str]:
    return (river.source, river.target) if side is Side.OUT else (river.target, river.source)


def _direction(sheet: Sheet, river: River, bins: list[_Bin], side: Side, quads: tuple[Quad, ...]) -> None:
    """Which way the lane goes, and its highest number."""
    sheet.y += 14
    numbers = [b.total(side, quads) for b in bins]
    highest = f"highest {grouped(max(numbers, default=0))}"
    arrow = "▲ " if side is Side.OUT else "▼ "
    bare = wide(f"{arrow}{' → '.join(clean(end) for end in _ends(river, side))}", bold=True)
    tails = (f"{highest}, all {grouped(sum(numbers))}", highest, "")
    tail = next((t for t in tails if bare + _BEFORE + wide(t) <= sheet.room), "")
    a, b = _fit(_ends(river, side), sheet.room - wide(f"{arrow} → ", bold=True) - _BEFORE - wide(tail))
    words = f"{arrow}{a} → {b}"
    sheet.text(sheet.left, sheet.y, words, bold=True)
    if tail:
        sheet.text(sheet.left + wide(words, bold=True) + _BEFORE, sheet.y, tail, css="dim")


def _fit(names: tuple[str, str], room: float) -> tuple[str, str]:
    """Two names in the room, cut where they must; a short one leaves what it does not need to the other."""
    needs = [wide(clean(x), bold=True) for x in names]
    first = min(needs[0], max(room / 2, room - needs[1]))
    a, b = name(names[0], first, SMALL, bold=True), name(names[1], room - first, SMALL, bold=True)
    return a, b


def _grid(sheet: Sheet, time: Time, lanes: tuple[_Lane, _Lane], heights: tuple[float, float]) -> None:
    scale = lanes[0].scale
    marks = [s for s in steps(max(heights) / scale, 99) if s]
    step = next((s for s in _round_steps() if s * scale >= _TICK), None)
    sheet.text(time.left - 6, lanes[0].base + 4, "0", anchor="end", css="dim")
    if step is None or not marks:
        return
    for lane, height in zip(lanes, heights, strict=True):
        number = step
        while number * scale <= height + 0.5 and number <= lane.top:
            y = lane.y(number)
            sheet.line(time.left, y, time.right, y, "grid")
            sheet.text(time.left - 6, y + 4, grouped(number), anchor="end", css="dim")
            number += step


def _round_steps() -> Iterator[int]:
    for power in range(9):
        yield from (10**power, 2 * 10**power, 5 * 10**power)


def _gaps(sheet: Sheet, time: Time, bins: list[_Bin], top: float, height: float) -> None:
    unknown = [i for i, b in enumerate(bins) if not b.known]
    for a, b in runs(unknown):
        left, right = time.x(bins[a].start), time.x(bins[b - 1].start + bins[b - 1].periods)
        hatch(sheet, left, top, right - left, height)


def _baseline(sheet: Sheet, time: Time, bins: list[_Bin], y: float) -> None:
    """Drawn only where the count is known: a zero has a line, a gap has none."""
    for a, b in runs([i for i, bin_ in enumerate(bins) if bin_.known]):
        sheet.line(time.x(bins[a].start), y, time.x(bins[b - 1].start + bins[b - 1].periods), y, "axis")


def _bar(time: Time, b: _Bin) -> tuple[float, float]:
    """The left and right edge of a bar."""
    left, whole = time.x(b.start), time.slot * b.periods
    bare = min(whole * 0.84 if whole > 4 else whole, _WIDEST)
    return left + (whole - bare) / 2, left + (whole + bare) / 2


def _bars(sheet: Sheet, river: River, time: Time, bins: list[_Bin], lane: _Lane) -> None:
    if sheet.terse:
        _linked(sheet, river, time, bins, lane)
        return
    for b in bins:
        total = b.total(lane.side, lane.quads)
        # a bar that is cut off keeps the shares of its parts
        shrink = min(1.0, lane.top / total) if total else 1.0
        reached = 0.0
        for quad in lane.quads:
            number = b.events.get((lane.side, quad), 0)
            if number:
                _part(sheet, river, time, b, lane, quad, (reached, reached + number * shrink))
                reached += number * shrink
    if river.show_said:
        _outline(sheet, time, bins, lane)


def _linked(sheet: Sheet, river: River, time: Time, bins: list[_Bin], lane: _Lane) -> None:
    """Each bar as one link, that a finger can hit, with what was only said in it; then the outline, by itself."""
    kind = "conflict" if lane.quads[0].conflict else "cooperation"
    for b in bins:
        total = b.total(lane.side, lane.quads)
        said = b.claimed(lane.side, lane.quads) if river.show_said else 0
        if not total and not said:
            continue
        left, right = _bar(time, b)
        with sheet.link(Key(kind, b.day, lane.side, periods=b.periods), _bar_told(b, lane, said)):
            high = abs(lane.y(max(total, said)) - lane.base)
            if high < _HIT or said > total:
                reach = max(high, _HIT)
                sheet.box(left, lane.base - (reach if lane.sign < 0 else 0), right - left, reach, "hit")
            shrink, reached = min(1.0, lane.top / total) if total else 1.0, 0.0
            for quad in lane.quads:
                number = b.events.get((lane.side, quad), 0) * shrink
                if number:
                    y1, y2 = lane.y(reached), lane.y(reached + number)
                    sheet.box(left, min(y1, y2), right - left, abs(y2 - y1), QUADS[quad])
                    reached += number
    if river.show_said:
        pieces = _pieces(time, bins, lane)
        if pieces:
            sheet.twice("".join([d for d, _, _ in pieces]), "halo", "said")


def _bar_told(b: _Bin, lane: _Lane, said: int) -> str:
    parts = [f"{b.events[lane.side, q]} {q.words}" for q in reversed(lane.quads) if b.events.get((lane.side, q))]
    return f"{b.words}: {', '.join([*parts, *([f'{said} only said to have happened'] if said else [])])}"


def _part(
    sheet: Sheet, river: River, time: Time, b: _Bin, lane: _Lane, quad: Quad, between: tuple[float, float]
) -> None:
    left, right = _bar(time, b)
    y1, y2 = lane.y(between[0]), lane.y(between[1])
    tip = f"{b.words}: {plural(b.events[lane.side, quad], 'event')} of {quad.words}"
    mark = Key("events", b.day, lane.side, quad, periods=b.periods)
    sheet.rect(left, min(y1, y2), right - left, abs(y2 - y1), QUADS[quad], mark, tip)


def _outline(sheet: Sheet, time: Time, bins: list[_Bin], lane: _Lane) -> None:
    """What was only said to have happened, a piece for each bar."""
    pieces = _pieces(time, bins, lane)
    if pieces:  # light under the whole outline, so that it is seen on dark bars
        sheet.path("".join(d for d, _, _ in pieces), "halo")
    for d, b, number in pieces:
        mark = Key("said", b.day, lane.side, periods=b.periods)
        sheet.path(d, "said", mark, f"{b.words}: {plural(number, 'event')} only said to have happened")


def _pieces(time: Time, bins: list[_Bin], lane: _Lane) -> list[tuple[str, _Bin, int]]:
    """The stepped outline of what was only said to have happened, cut into one piece for each bar."""
    before, pieces = 0, []
    numbers = [b.claimed(lane.side, lane.quads) for b in bins]
    for b, number, after in zip(bins, numbers, [*numbers[1:], 0], strict=True):
        if number:
            left, right = time.x(b.start), time.x(b.start + b.periods)
            down = "" if after else f"V{n(lane.base)}"
            d = f"M{n(left)} {n(lane.y(before))}V{n(lane.y(number))}H{n(right)}{down}"
            pieces.append((d, b, number))
        before = number
    return pieces


def _cut(bins: list[_Bin], side: Side, quads: tuple[Quad, ...], top: float) -> list[_Bin]:
    lane = side, quads
    return [b for b in bins if b.totals.get(lane, 0) > top]


def _cut_numbers(sheet: Sheet, time: Time, bins: list[_Bin], lane: _Lane) -> None:
    """A break through each bar that is cut off, and its number at the end of it."""
    taken: list[tuple[float, float]] = []
    for b in sorted(_cut(bins, lane.side, lane.quads, lane.top), key=lambda b: -b.total(lane.side, lane.quads)):
        left, right = _bar(time, b)
        edge = lane.y(lane.top)
        y, a, z = edge - lane.sign * 12, left - 2, right + 2
        sheet.polygon([(a, y + 3), (z, y - 3), (z, y + 1), (a, y + 7)], "paper")
        words = grouped(b.total(lane.side, lane.quads))
        half = wide(words, bold=True) / 2
        middle = min(max((left + right) / 2, time.left + half), sheet.right - half)
        if all(middle + half + 4 < x1 or middle - half - 4 > x2 for x1, x2 in taken):
            sheet.text(middle, edge + (-4 if lane.sign < 0 else 13), words, anchor="middle", bold=True)
            taken.append((middle - half, middle + half))


def _coverage(sheet: Sheet, river: River, time: Time, bins: list[_Bin]) -> None:
    """Two strips beneath, light where little was read."""
    if not river.coverage:
        return
    _strip(sheet, river.unit, time, bins, "Reports read", [_each(b.reports, b.known) for b in bins])
    _strip(sheet, river.unit, time, bins, "All events found", [_each(b.all_events, b.known) for b in bins])


def _each(number: int, periods: int) -> int:
    """The mean of a few periods as a whole number; what is not 0 stays at least 1."""
    return max(1, round(number / periods)) if number and periods else 0


class _Cell(NamedTuple):
    """One place of a strip."""

    start: int
    periods: int
    day: str
    tip: str
    css: str


@lru_cache(32)
def _linked_cells(time: Time, cells: tuple[_Cell, ...], targets: tuple[str | None, ...]) -> tuple[str, ...]:
    """A strip in pieces, between which its height stands: what was read is the same for all relations of a time."""
    sheet = Sheet(Style(), "", "")
    for cell, target in zip(cells, targets, strict=True):
        left, right = time.x(cell.start), time.x(cell.start + cell.periods)
        with sheet.linked(target, cell.tip):
            sheet.box(left, _HEIGHT_HERE, right - left, _STRIP, cell.css)
    return tuple("\n".join(sheet.drawn()).split(f"{_HEIGHT_HERE:.1f}"))


def _strip(sheet: Sheet, unit: Unit, time: Time, bins: list[_Bin], what: str, numbers: list[int]) -> None:
    classes = Classes.of(numbers, 4)
    shades = _shades(len(classes.tops) + 1)
    words = classes.words(numbers)
    key(sheet, [Sign(w, swatch(s)) for w, s in zip(words, shades, strict=False)], lead=f"{what} a {unit}")
    cells = [
        _Cell(b.start, b.periods, b.day, f"{b.words}: {what.lower()}, {grouped(number)} a {unit}",
              shades[classes.of_number(number)])
        for b, number in zip(bins, numbers, strict=True) if number
    ]  # fmt: skip
    if cells and sheet.terse:
        targets = tuple([sheet.target(Key("coverage", c.day, id=what, periods=c.periods)) for c in cells])
        sheet.put([f"{sheet.y:.1f}".join(_linked_cells(time, tuple(cells), targets))])
    else:
        for c in cells:
            left, right = time.x(c.start), time.x(c.start + c.periods)
            mark = Key("coverage", c.day, periods=c.periods)
            sheet.rect(left, sheet.y, right - left, _STRIP, c.css, mark, c.tip)
    for a, z in runs([i for i, number in enumerate(numbers) if not number]):
        left, right = time.x(bins[a].start), time.x(bins[z - 1].start + bins[z - 1].periods)
        hatch(sheet, left, sheet.y, right - left, _STRIP)
    sheet.bodies.append((sheet.y, sheet.y + _STRIP))
    sheet.y += _STRIP + 2


def _shades(count: int) -> list[str]:
    """The grey steps for so many classes, the darkest always among them."""
    return {1: ["shade3"], 2: ["shade1", "shade3"], 3: ["shade1", "shade2", "shade4"]}.get(
        count, ["shade1", "shade2", "shade3", "shade4"]
    )


def _remarks(river: River, bins: list[_Bin], cut: int, top: float) -> list[str]:
    found = []
    if cut:
        bars = "One bar is" if cut == 1 else f"{cut} bars are"
        found.append(f"{bars} cut off at {grouped(top)}: the number at the end of a broken bar is its full height.")
    if any(not b.known for b in bins):
        found.append("Slanted lines: no report was read, so nothing is known. A plain line is a count of 0.")
    if not river.coverage:
        found.append("How much was read in this time is not known.")
    return found
