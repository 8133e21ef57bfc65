"""Rates before and after a date, with their 95 % intervals: one row for each direction and quad class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.present.pictures.colours import QUADS
from dateline.present.pictures.data import BeforeAfter, Key, Rate, Shift, Side
from dateline.present.pictures.frame import Sign, heading, key, notes, nothing
from dateline.present.pictures.lettering import clean, grouped, name, wrap
from dateline.present.pictures.periods import spelled
from dateline.present.pictures.scales import cap, round_up, steps
from dateline.present.pictures.sheet import SMALL, TEXT, Sheet, Style, n, wide
from dateline.present.pictures.tables import Table

#: rates that lie further apart than this need a scale of ratios
_APART = 30.0
_ROW = 40.0
_NARROW = 620
_ZERO = 26.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """Rates to places; of ratios where ``low`` is set, and then 0 has a place of its own at the left."""

    left: float
    right: float
    top: float
    low: float | None

    def x(self, rate: float) -> float:
        if self.low is None:
            return self.left + min(rate, self.top) / self.top * (self.right - self.left)
        if rate < self.low:
            return self.left
        start = self.left + _ZERO
        share = math.log(min(rate, self.top) / self.low) / math.log(self.top / self.low)
        return start + share * (self.right - start)


def draw(change: BeforeAfter, style: Style) -> str:
    """The dumbbells as SVG."""
    day = spelled(change.day).replace(" ", "\u00a0")
    title = clean(change.title) or f"{_pair(change)}: before and after {day}"
    sheet = Sheet(style, title, describe(change))
    # a page has a heading of its own
    heading(sheet, "" if sheet.terse else title, ["Events a week, with 95 % intervals."], change.verdict)
    if not change.shifts:
        return nothing(sheet, "Nothing to compare: no events on either side.")
    narrow = style.width < _NARROW
    scale = _scale(sheet, change, narrow)
    _key(sheet, change)
    for side in (Side.OUT, Side.BACK, Side.BOTH):
        shifts = [s for s in change.shifts if s.side is side]
        if shifts:
            _direction(sheet, change, side)
            for shift in shifts:
                _row(sheet, scale, shift, narrow)
    _axis(sheet, scale)
    notes(sheet, [*_remarks(change, scale), change.note])
    return sheet.svg()


def table(change: BeforeAfter) -> Table:
    """Each row of the picture: rates, intervals, the counts they stand on, and the verdict."""
    header = ("from", "to", "quad class", *(f"{h} {w}" for w in ("before", "after") for h in _COLUMNS), "verdict")
    rows = []
    for s in change.shifts:
        a, b = _ends(change, s.side)
        rows.append((a, b, s.quad.words, *_numbers(s.before), *_numbers(s.after), s.verdict))
    return Table(change.title or f"{_pair(change)}, before and after {spelled(change.day)}", header, tuple(rows))


_COLUMNS = ("events a week", "from", "to", "events", "weeks")


def _numbers(rate: Rate | None) -> tuple[float | int | None, ...]:
    if rate is None:
        return (None,) * len(_COLUMNS)
    return (rate.rate, rate.low, rate.high, rate.events, rate.weeks)


def describe(change: BeforeAfter) -> str:
    parts = [f"Events a week before and after {spelled(change.day)}.", change.verdict]
    for s in change.shifts:
        a, b = _ends(change, s.side)
        parts.append(f"{a} to {b}, {s.quad.words}: {_told(s.before)} before, {_told(s.after)} after; {s.verdict}.")
    return " ".join(filter(None, parts))


def _told(rate: Rate | None) -> str:
    return "not known" if rate is None else f"{rate.rate:.2g} a week"


def _pair(change: BeforeAfter) -> str:
    return f"{name(change.source, 480, SMALL)} and {name(change.target, 480, SMALL)}"


def _ends(change: BeforeAfter, side: Side) -> tuple[str, str]:
    return (change.target, change.source) if side is Side.BACK else (change.source, change.target)


def _rates(change: BeforeAfter) -> list[Rate]:
    return [r for s in change.shifts for r in (s.before, s.after) if r is not None]


def _scale(sheet: Sheet, change: BeforeAfter, narrow: bool) -> _Scale:
    rates = _rates(change)
    ends = [x for r in rates for x in (r.rate, r.high) if x]
    top = cap(ends)
    small = [x for r in rates for x in (r.rate, r.low) if x]
    middles = [r.rate for r in rates if r.rate]
    apart = bool(middles) and max(middles) / min(middles) > _APART
    left = sheet.left + (6 if narrow else 152)
    right = sheet.right - (6 if narrow else max(170.0, sheet.room * 0.24))
    if not apart:
        return _Scale(left, right, top, None)
    low = max(min(small), max(middles) / 10_000)
    return _Scale(left, right, max(ends), round_up(low) if round_up(low) <= low else round_up(low / 2.5))


def _key(sheet: Sheet, change: BeforeAfter) -> None:
    signs = [
        Sign("before", lambda s, x, y: _sample(s, x, y, False), 30),
        Sign("after", lambda s, x, y: _sample(s, x, y, True), 30),
    ]
    key(sheet, signs)


def _sample(sheet: Sheet, x: float, y: float, after: bool) -> None:
    sheet.line(x, y - 4, x + 30, y - 4, "thick s-ink" if after else "thin s-ink")
    sheet.circle(x + 15, y - 4, 5.5, "ink" if after else "ring s-ink")


def _direction(sheet: Sheet, change: BeforeAfter, side: Side) -> None:
    sheet.y += 22
    a, b = _ends(change, side)
    join = " ↔ " if side is Side.BOTH else " → "
    room = (sheet.room - wide(join, TEXT, bold=True)) / 2
    words = join.join(name(end, room, TEXT, bold=True) for end in (a, b))
    sheet.text(sheet.left, sheet.y, words, size=TEXT, bold=True)
    sheet.y += 5
    sheet.line(sheet.left, sheet.y, sheet.right, sheet.y, "grid")


def _row(sheet: Sheet, scale: _Scale, shift: Shift, narrow: bool) -> None:
    """A row: its name, both rates with intervals, and the verdict; on a narrow sheet the words go over the marks."""
    room = sheet.room if narrow else sheet.right - scale.right - 16
    lines = wrap(shift.verdict, room - (wide(shift.quad.words + "  ", bold=True) if narrow else 0), SMALL, lines=2)
    numbers, top = _numbers_told(shift), sheet.y
    height = _ROW + (15.0 * max(1, len(lines)) + 2 if narrow else 0)
    for number in _ticks(scale):
        sheet.line(scale.x(number), top + height - _ROW, scale.x(number), top + height, "grid")
    if narrow:
        sheet.text(sheet.left, top + 16, shift.quad.words)
        for i, line in enumerate(lines):
            sheet.text(sheet.right, top + 16 + 15 * i, line, anchor="end", css="dim")
        top += 15.0 * max(1, len(lines)) + 2
    else:
        sheet.text(sheet.left, top + _ROW / 2 + 4, shift.quad.words)
        for i, line in enumerate(lines):
            sheet.text(scale.right + 16, top + (17 if len(lines) + bool(numbers) > 1 else 24) + 15 * i, line)
        if numbers and len(lines) < 2:
            sheet.text(scale.right + 16, top + 32, numbers, css="dim")
    middle = top + _ROW / 2
    _marks(sheet, scale, shift, middle)
    sheet.y = top + _ROW
    sheet.line(sheet.left, sheet.y, sheet.right, sheet.y, "grid")


def _numbers_told(shift: Shift) -> str:
    if shift.before is None or shift.after is None:
        return ""
    return " → ".join(_rounded(r.rate) for r in (shift.before, shift.after)) + " a week"


def _rounded(rate: float) -> str:
    return grouped(rate, 0 if rate >= 20 or not rate else 1 if rate >= 1 else 2)


def _marks(sheet: Sheet, scale: _Scale, shift: Shift, y: float) -> None:
    if shift.before and shift.after:
        x1, x2 = scale.x(shift.before.rate), scale.x(shift.after.rate)
        sheet.line(x1, y - 7, x2, y + 7, "rule")
    css = QUADS[shift.quad]
    for rate, at, after in ((shift.before, y - 7, False), (shift.after, y + 7, True)):
        when = "after" if after else "before"
        if rate is None:
            sheet.text(scale.left + 2, at + 4, f"{when}: not known", css="dim")
            continue
        ground = f"{grouped(rate.events)} events in {grouped(rate.weeks)} weeks"
        tip = f"{when}: {grouped(rate.rate, 2)} a week{_interval(rate)}; {ground}"
        mark = Key("rate", None, shift.side, shift.quad, when)
        _whiskers(sheet, scale, rate, at, css, after)
        sheet.circle(scale.x(rate.rate), at, 5.5, css if after else f"ring s-{css}", mark, tip)


def _interval(rate: Rate) -> str:
    if rate.low is None or rate.high is None:
        return ""
    return f" (95 % interval {grouped(rate.low, 2)} to {grouped(rate.high, 2)})"


def _whiskers(sheet: Sheet, scale: _Scale, rate: Rate, y: float, css: str, after: bool) -> None:
    if rate.low is None or rate.high is None:
        return
    x1, x2 = scale.x(rate.low), scale.x(rate.high)
    sheet.line(x1, y, x2, y, f"{'thick' if after else 'thin'} s-{css}")
    if rate.high > scale.top * 1.0001:
        sheet.path(f"M{n(x2)} {n(y - 5)}L{n(x2 + 7)} {n(y)}L{n(x2)} {n(y + 5)}Z", css)


def _axis(sheet: Sheet, scale: _Scale) -> None:
    y = sheet.y
    sheet.line(scale.left if scale.low is None else scale.left + _ZERO, y, scale.right, y, "axis")
    end = -math.inf
    for number in _ticks(scale):
        words, x = _words(number), scale.x(number)
        if x - wide(words) / 2 < end + 6 or x + wide(words) / 2 > sheet.right or x - wide(words) / 2 < 0:
            continue
        sheet.line(x, y, x, y + 4, "axis")
        sheet.text(x, y + 16, words, anchor="middle", css="dim")
        end = x + wide(words) / 2
    sheet.y += 18
    words = "events a week" + (" (a scale of ratios)" if scale.low is not None else "")
    sheet.y += 14
    sheet.text(scale.left, sheet.y, words, css="dim")


def _ticks(scale: _Scale) -> Sequence[float]:
    if scale.low is None:
        return steps(scale.top, max(2, int((scale.right - scale.left) / 70)))
    found, power = [0.0], math.floor(math.log10(scale.low))
    while 10.0**power <= scale.top:
        found += [x for x in (10.0**power, 3 * 10.0**power) if scale.low <= x * 1.0001 and x <= scale.top]
        power += 1
    return found


def _words(number: float) -> str:
    return grouped(number) if number >= 1 or not number else f"{number:.4f}".rstrip("0")


def _remarks(change: BeforeAfter, scale: _Scale) -> list[str]:
    found = []
    if any(r.high is not None and r.high > scale.top * 1.0001 for r in _rates(change)):
        found.append(f"An arrowhead: the interval goes on beyond {grouped(scale.top, 1)}.")
    found.append("A difference at a date is not yet an effect of what happened then.")
    return found
