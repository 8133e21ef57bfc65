"""Words above, deeds below: what one actor said of another, and what it did to it, period by period.

Each kind has a lane of its own, so that kinds are told apart by their place and name and not by colour alone. All lanes
of words have one scale, all lanes of deeds another: there are many more words than deeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dateline.present.pictures.data import Beside, Key, WordsAndDeeds
from dateline.present.pictures.frame import heading, notes, nothing
from dateline.present.pictures.lettering import clean, cut, grouped, name
from dateline.present.pictures.periods import Row, named, spelled
from dateline.present.pictures.sheet import SMALL, TEXT, Sheet, Style, wide
from dateline.present.pictures.tables import Table, Value
from dateline.present.pictures.timeline import Time, axis, hatch, moment_lines, moments, runs, told, year_lines

#: the height of the highest bar of words and of deeds, and the least that a bar of 1 gets
_HIGH, _LEAST = 44.0, 3.0
_NARROWEST, _WIDEST = 1.2, 24.0
_WORDS = ("vcoop", "demands", "denies", "vconf", "shade1")
_DEEDS = ("vcoop", "mcoop", "mconf")
_HATCH = 10.0


@dataclass(frozen=True, slots=True)
class _Group:
    """The lanes of words, or of deeds: what they show, and their names, colours, numbers and scale."""

    kind: str
    title: str
    names: tuple[str, ...]
    colours: tuple[str, ...]
    #: for each lane its number in each place of the picture
    numbers: tuple[tuple[int, ...], ...]

    @property
    def highest(self) -> int:
        return max((number for lane in self.numbers for number in lane), default=0)


def draw(picture: WordsAndDeeds, style: Style) -> str:
    """The lanes as SVG."""
    a, b = name(picture.source, 300, SMALL), name(picture.target, 300, SMALL)
    title = clean(picture.title) or f"{a} towards {b}: what was said, and what was done"
    sheet = Sheet(style, title, describe(picture))
    if not picture.rows:
        heading(sheet, title, [])
        return nothing(sheet, "Nothing was read of this time.")
    row = _row(picture)
    merge = ceil(_NARROWEST * row.count / sheet.room)
    ends = f"{named(row.unit, row.start(0))} to {named(row.unit, row.start(row.count - 1))}"
    each = f"{merge} {picture.unit}s" if merge > 1 else f"one {picture.unit}"
    about = f"Distinct statements and events, {ends}; each bar is {each}. Words and deeds have a scale each."
    heading(sheet, title, [about])
    time = Time(row, sheet.left, sheet.right)
    lines, listed = moments(sheet, time, picture.moments)
    _lanes(sheet, picture, time, _words(picture, f"Words: what {a} said of {b}", merge), merge)
    _lanes(sheet, picture, time, _deeds(picture, f"Deeds: what {a} did to {b}", merge), merge)
    moment_lines(sheet, lines)
    sheet.y += 4
    axis(sheet, time)
    told(sheet, listed)
    unread = "Slanted lines: no report was read." if len(_known(picture, row)) < row.count else ""
    notes(sheet, [unread, "A word and a deed of the same time need not have to do with each other.", picture.note])
    return sheet.svg()


def table(picture: WordsAndDeeds) -> Table:
    """Each known period with its statements and deeds of each kind, and the reports that were read."""
    kinds = (*(f"said: {n}" for n in picture.words), *(f"done: {n}" for n in picture.deeds))
    rows: list[tuple[Value, ...]] = [
        (named(picture.unit, r.period), r.period.isoformat(), *r.words, *r.deeds, r.reports)
        for r in sorted(picture.rows, key=lambda r: r.period)
    ]
    title = picture.title or f"{picture.source} towards {picture.target}: said and done, by {picture.unit}"
    return Table(title, (picture.unit.value, "first day", *kinds, "reports"), tuple(rows))


def describe(picture: WordsAndDeeds) -> str:
    """The picture in words, for those who do not see it."""
    if not picture.rows:
        return "Nothing was read of this time."
    days = [r.period for r in picture.rows]
    said = ", ".join(f"{n} {sum(r.words[i] for r in picture.rows)}" for i, n in enumerate(picture.words))
    done = ", ".join(f"{n} {sum(r.deeds[i] for r in picture.rows)}" for i, n in enumerate(picture.deeds))
    span = f"{spelled(min(days))} to {spelled(max(days))}, by {picture.unit}"
    return f"{picture.source} towards {picture.target}, {span}. Said: {said}. Done: {done}."


def _row(picture: WordsAndDeeds) -> Row:
    days = [r.period for r in picture.rows]
    return Row.between(picture.unit, min(days), max(days))


def _is_known(row: Beside) -> bool:
    return bool(row.reports or any(row.words) or any(row.deeds))


def _known(picture: WordsAndDeeds, row: Row) -> set[int]:
    return {row.index(r.period) for r in picture.rows if _is_known(r)}


def _words(picture: WordsAndDeeds, title: str, merge: int) -> _Group:
    numbers = _numbers(picture, [r.words for r in picture.rows], len(picture.words), merge)
    return _Group("words", title, picture.words, _shades(_WORDS, len(picture.words)), numbers)


def _deeds(picture: WordsAndDeeds, title: str, merge: int) -> _Group:
    numbers = _numbers(picture, [r.deeds for r in picture.rows], len(picture.deeds), merge)
    return _Group("deeds", title, picture.deeds, _shades(_DEEDS, len(picture.deeds)), numbers)


def _shades(colours: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(colours[i % len(colours)] for i in range(count))


def _numbers(
    picture: WordsAndDeeds, counts: Sequence[tuple[int, ...]], kinds: int, merge: int
) -> tuple[tuple[int, ...], ...]:
    """For each kind its number in each place, over all periods that share the place."""
    row = _row(picture)
    lanes = [[0] * ceil(row.count / merge) for _ in range(kinds)]
    for period, each in zip(picture.rows, counts, strict=True):
        for lane, number in zip(lanes, each, strict=True):
            lane[row.index(period.period) // merge] += number
    return tuple(map(tuple, lanes))


def _lanes(sheet: Sheet, picture: WordsAndDeeds, time: Time, group: _Group, merge: int) -> None:
    sheet.y += 20
    sheet.text(sheet.left, sheet.y, cut(group.title, sheet.room, TEXT, bold=True), size=TEXT, bold=True)
    scale = _HIGH / max(group.highest, 1)
    gaps = runs(sorted(set(range(time.row.count)) - _known(picture, time.row)))
    for label, colour, numbers in zip(group.names, group.colours, group.numbers, strict=True):
        sheet.y += 17
        words = f"{clean(label)} "
        tail = f"all {grouped(sum(numbers))}, highest {grouped(max(numbers))}"
        sheet.text(sheet.left, sheet.y, words)
        sheet.text(sheet.left + wide(words) + 6, sheet.y, tail, css="dim")
        high = max(_HATCH, max(numbers) * scale, _LEAST)
        top, base = sheet.y + 5, sheet.y + 5 + high
        sheet.bodies.append((top, base))
        year_lines(sheet, time, (top, base))
        for a, b in gaps:
            hatch(sheet, time.x(a), base - _HATCH, time.x(b) - time.x(a), _HATCH)
        sheet.group(f"{group.kind}: {clean(label)}")
        for place, number in enumerate(numbers):
            if number:
                _bar(sheet, time, (place, merge), (base, max(number * scale, _LEAST)), colour,
                     (group.kind, clean(label), number))  # fmt: skip
        sheet.end_group()
        for a, b in _between(gaps, time.row.count):
            sheet.line(time.x(a), base, time.x(b), base, "axis")
        sheet.y = base


def _between(gaps: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The stretches outside the gaps: there a missing bar is a zero, and the line says so."""
    edges = [0, *(edge for gap in gaps for edge in gap), count]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _bar(
    sheet: Sheet, time: Time, at: tuple[int, int], place: tuple[float, float], colour: str, what: tuple[str, str, int]
) -> None:
    i, merge = at
    base, high = place
    kind, label, number = what
    left, right = time.x(i * merge), time.x(min((i + 1) * merge, time.row.count))
    bare = min((right - left) * (0.84 if right - left > 4 else 1), _WIDEST)
    period = time.row.start(i * merge)
    mark = Key(kind, period.isoformat(), id=label, periods=merge)
    tip = f"{named(time.row.unit, period)}: {label}, {grouped(number)}"
    sheet.rect((left + right - bare) / 2, base - high, bare, high, colour, mark, tip)
