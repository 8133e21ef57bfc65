"""The axis of time, and the days marked across a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise

from dateline.present.pictures.data import Key, Moment, Unit
from dateline.present.pictures.lettering import clean, isolated, wrap
from dateline.present.pictures.periods import MONTHS, Row, spelled
from dateline.present.pictures.sheet import SMALL, Anchor, Sheet, n, wide

_GAP = 8.0
_LINE = 15.0
_ROWS = 4
_LONGEST = 220.0
_WEEKS = (1, 2, 4, 13, 26)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Time:
    """Where periods lie on a sheet: ``row.count`` of them between ``left`` and ``right``."""

    row: Row
    left: float
    right: float

    @property
    def slot(self) -> float:
        return (self.right - self.left) / self.row.count

    def x(self, place: float) -> float:
        return self.left + place * self.slot

    def of_day(self, day: date) -> float:
        return self.x(self.row.place(day))

    def holds(self, day: date) -> bool:
        return 0 <= self.row.index(day) < self.row.count


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    start: int
    end: int


@lru_cache(64)
def years(row: Row) -> tuple[_Year, ...]:
    """The years of a row, each with its first period and the one after its last."""
    found = []
    for year, group in groupby(range(row.count), key=row.year):
        indices = list(group)
        found.append(_Year(year, indices[0], indices[-1] + 1))
    return tuple(found)


def year_lines(sheet: Sheet, time: Time, body: tuple[float, float]) -> None:
    """A faint line where each year begins; only every so many where there is a crowd of years."""
    every = _every(time)
    for year in years(time.row)[1:]:
        if year.year % every == 0:
            sheet.line(time.x(year.start), body[0], time.x(year.start), body[1], "grid")


def axis(sheet: Sheet, time: Time) -> None:
    """Ticks with weeks or months, and under them the years: each place of the axis can be told its year."""
    top = sheet.y
    sheet.line(time.left, top, time.right, top, "axis")
    sheet.y += 14 if _period_labels(sheet, time, top) else 2
    _year_labels(sheet, time, top)
    sheet.y += 16


def year_axis(sheet: Sheet, time: Time) -> None:
    """The years alone, between the ends of the time."""
    _year_labels(sheet, time, sheet.y)
    sheet.y += 16


def _period_labels(sheet: Sheet, time: Time, top: float) -> bool:
    """Names of weeks or months under their places; false where not even a few to the year fit."""
    choices = _WEEKS if time.row.unit is Unit.WEEK else _MONTHS
    sample = "W53" if time.row.unit is Unit.WEEK else "May"
    step = next((s for s in choices if s * time.slot >= wide(sample) + 6), None)
    if step is None:
        return False
    end = time.left - 4
    for i in range(time.row.count):
        number = _number(time.row, i)
        x, words = time.x(i + 0.5), f"W{number + 1}" if time.row.unit is Unit.WEEK else MONTHS[number]
        if number % step:
            continue
        sheet.line(x, top, x, top + 4, "axis")
        # the labels of a short stretch at a turn of year would run into each other
        if x - wide(words) / 2 >= end and x + wide(words) / 2 <= sheet.right:
            sheet.text(x, top + 15, words, anchor="middle", css="dim")
            end = x + wide(words) / 2 + 4
    return True


def _number(row: Row, i: int) -> int:
    start = row.start(i)
    return start.isocalendar().week - 1 if row.unit is Unit.WEEK else start.month - 1


def _year_labels(sheet: Sheet, time: Time, top: float) -> None:
    every, base = _every(time), sheet.y + 14
    edges = (min(time.left, time.right - wide("2024", bold=True)), time.right)
    end = edges[0] - _GAP
    for year in years(time.row):
        left, right = time.x(year.start), time.x(year.end)
        words = str(year.year)
        half = wide(words, bold=True) / 2
        middle = (left + right) / 2 if every == 1 else left
        middle = min(max(middle, edges[0] + half), edges[1] - half)
        fits = middle - half >= end + _GAP
        if fits and (year.year % every == 0) and (every > 1 or right - left >= half):
            sheet.text(middle, base, words, anchor="middle", bold=True)
            end = middle + half
        if year.start and every == 1:
            sheet.line(left, top, left, top + 4, "axis")
            if end <= left or left < middle - half:
                sheet.line(left, base - 10, left, base + 2, "axis")
    if end < edges[0]:  # none fitted: the first is said all the same
        sheet.text(time.left, base, str(time.row.year(0)), bold=True)


def _every(time: Time) -> int:
    """Each year, or every 2nd, 5th, 10th … has a label."""
    count = len(years(time.row))
    if count <= 2:
        return 1
    each = (time.right - time.left) / (time.row.count / (52.18 if time.row.unit is Unit.WEEK else 12))
    return next((e for e in _YEARS if each * e >= wide("2024", bold=True) + _GAP), 1000)


@dataclass(frozen=True, slots=True)
class _Placed:
    moment: Moment
    x: float
    row: int
    anchor: Anchor
    box: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a marked day, and its piece beside or under the label."""

    moment: Moment
    x: float
    top: float
    bottom: float


def moments(sheet: Sheet, time: Time, asked: Sequence[Moment]) -> tuple[list[Line], list[tuple[str, str]]]:
    """The labels of marked days, none over another or over another's line.

    Returns the lines, to be drawn once all of the picture is, and what is to be listed beneath, each with its number:
    where the labels have no room beside each other numbers stand for them. Days outside the picture are listed too.
    """
    plain = [Moment(m.day, clean(m.label)) for m in asked]
    inside = sorted((m for m in plain if time.holds(m.day)), key=lambda m: (m.day, m.label))
    outside = [m for m in plain if not time.holds(m.day)]
    notes = [("", f"Not in the time shown: {m.label} ({spelled(m.day)}).") for m in outside]
    if not inside:
        return [], notes
    sheet.y += 6
    placed = _spread(sheet, time, inside)
    if placed is None:
        lines, told = _numbered(sheet, time, inside)
        return lines, told + notes
    height = (max(p.row for p in placed) + 1) * _LINE
    sheet.y += height + 4
    lines = []
    for p in reversed(placed):
        y = sheet.y - p.row * _LINE - 4
        shift = 4 if p.anchor == "start" else -4
        # a page may move the day that is asked about
        css = "moment-told" if sheet.terse else ""
        sheet.text(p.x + shift, y, isolated(p.moment.label), anchor=p.anchor, css=css)
        lines.append(Line(p.moment, p.x, y - 11, sheet.y))
    return lines, notes


def _spread(sheet: Sheet, time: Time, asked: Sequence[Moment]) -> list[_Placed] | None:
    """Each label in the lowest row where it and its line cross no other; ``None`` where there is no such way."""
    placed: list[_Placed] = []
    for moment in reversed(asked):
        x = time.of_day(moment.day)
        long = wide(moment.label) + _GAP
        if long > _LONGEST:
            return None
        sides: list[tuple[Anchor, tuple[float, float]]] = [("start", (x, x + long)), ("end", (x - long, x))]
        found = next(
            (
                _Placed(moment, x, row, anchor, box)
                for row in range(_ROWS)
                for anchor, box in sides
                if box[0] >= sheet.left and box[1] <= sheet.right and _free(x, row, box, placed)
            ),
            None,
        )
        if found is None:
            return None
        placed.append(found)
    return placed


def _free(x: float, row: int, box: tuple[float, float], placed: Sequence[_Placed]) -> bool:
    for other in placed:
        meets = box[0] < other.box[1] and other.box[0] < box[1]
        if meets and other.row == row:
            return False
        if row <= other.row and box[0] - 3 < other.x < box[1] + 3:  # its line would run through this label
            return False
        if other.row < row and other.box[0] - 3 < x < other.box[1] + 3:
            return False
    return True


def _numbered(sheet: Sheet, time: Time, asked: Sequence[Moment]) -> tuple[list[Line], list[tuple[str, str]]]:
    """Numbers over the lines, with a list beneath; numbers that have no room side by side share a label ("3–5")."""
    groups: list[list[int]] = []
    places = [time.of_day(m.day) for m in asked]
    for i in range(len(asked)):
        groups.append([i])
        while len(groups) > 1 and _close(sheet, groups[-2], groups[-1], places):
            last = groups.pop()
            groups[-1] += last
    sheet.y += _LINE + 4
    for group in groups:
        sheet.text(_middle(sheet, group, places), sheet.y - 4, _span(group), anchor="middle", bold=True)
    listed = [(str(i + 1), f"{spelled(m.day)}: {m.label}") for i, m in enumerate(asked)]
    return [Line(m, x, sheet.y, sheet.y + 4) for m, x in zip(asked, places, strict=True)], listed


def _middle(sheet: Sheet, group: Sequence[int], places: Sequence[float]) -> float:
    """The middle of a group's lines, moved so that its label stays on the sheet."""
    half = wide(_span(group), bold=True) / 2
    return min(max((places[group[0]] + places[group[-1]]) / 2, sheet.left + half), sheet.right - half)


def _span(group: Sequence[int]) -> str:
    return str(group[0] + 1) if len(group) == 1 else f"{group[0] + 1}–{group[-1] + 1}"


def _close(sheet: Sheet, one: Sequence[int], other: Sequence[int], places: Sequence[float]) -> bool:
    half = (wide(_span(one), bold=True) + wide(_span(other), bold=True)) / 2
    return _middle(sheet, other, places) - _middle(sheet, one, places) < half + 4


def moment_lines(sheet: Sheet, lines: Sequence[Line]) -> None:
    """The lines of marked days, through the bodies of the picture and not through its words."""
    for line in lines:
        tip = f"{spelled(line.moment.day)}: {line.moment.label}"
        mark = Key("moment", line.moment.day.isoformat())
        bodies = "".join(f"M{n(line.x)} {n(top)}V{n(bottom)}" for top, bottom in sheet.bodies)
        sheet.path(f"M{n(line.x)} {n(line.top)}V{n(line.bottom)}{bodies}", "moment", mark, tip)


def hatch(sheet: Sheet, x: float, y: float, w: float, h: float, key: Key | None = None) -> None:
    """Slanted lines over a place of which nothing is known, cut off at its edges; a pattern that prints."""
    sheet.rect(x, y, w, h, "gap zero", key, None)
    pieces, pitch = [], 6.0
    start = x - h
    # the lines lie on one grid over the whole sheet, so that gaps side by side look like one
    start -= start % pitch
    count = int((w + h) / pitch) + 2
    for i in range(count):
        a = start + i * pitch
        x1, x2 = max(a, x), min(a + h, x + w)
        if x2 > x1:
            pieces.append(f"M{x1:.1f} {y + h - (x1 - a):.1f}L{x2:.1f} {y + h - (x2 - a):.1f}")
    if pieces:
        sheet.path("".join(pieces), "hatch")


def runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in a row as stretches, each with its first and the one after its last.

    >>> runs([1, 2, 3, 7])
    [(1, 4), (7, 8)]
    """
    if not indices:
        return []
    breaks = [i for i, (a, b) in enumerate(pairwise(indices), 1) if b != a + 1]
    return [(indices[a], indices[b - 1] + 1) for a, b in pairwise([0, *breaks, len(indices)])]


def told(sheet: Sheet, lines: Sequence[tuple[str, str]]) -> None:
    """The list of marked days, each with the number that stands for it."""
    sheet.y += 6 if lines else 0
    indent = max((wide(number, bold=True) for number, _ in lines), default=0)
    for number, words in lines:
        for i, line in enumerate(wrap(words, sheet.room - indent - 8, SMALL)):
            sheet.y += SMALL * 1.3
            if number and not i:
                sheet.text(sheet.left + indent, sheet.y, number, anchor="end", bold=True)
            sheet.text(sheet.left + (indent + 8 if indent else 0), sheet.y, isolated(line))
