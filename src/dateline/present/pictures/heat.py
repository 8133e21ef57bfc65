"""A year a row, a day a cell: how many were counted each day."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.present.pictures.data import HeatStrip, Key
from dateline.present.pictures.frame import Sign, heading, key, notes, nothing, swatch
from dateline.present.pictures.lettering import clean, grouped
from dateline.present.pictures.periods import MONTHS, spelled
from dateline.present.pictures.scales import Classes
from dateline.present.pictures.sheet import Sheet, Style, wide
from dateline.present.pictures.tables import Table
from dateline.present.pictures.timeline import hatch, runs

_NARROW = 700
_COLOURS = ("heat1", "heat2", "heat3", "heat4", "heat5")
_DAY = timedelta(days=1)
#: cells of no more pixels touch each other
_CLOSE = 4.0
#: a leap year gives each day its column; 29 February stays empty in other years
_LEAP = 2024


def draw(strip: HeatStrip, style: Style) -> str:
    """The strip as SVG."""
    title = clean(strip.title) or f"{clean(strip.what).capitalize()} by day"
    sheet = Sheet(style, title, describe(strip))
    counts = {c.day: c.events for c in strip.days}
    if not counts:
        heading(sheet, title, [])
        return nothing(sheet, "No day is known.")
    first, last = min(counts), max(counts)
    known = f"{spelled(first)} to {spelled(last)}, {grouped(sum(counts.values()))} in all"
    heading(sheet, title, [f"Each row is a year, each cell a day. {known}."])
    classes = Classes.of(list(counts.values()), len(_COLOURS))
    shades = _shades(len(classes.tops) + 1)
    _key(sheet, counts, classes, shades, (last - first).days + 1 > len(counts))
    narrow = style.width < _NARROW
    left = sheet.left + wide("2024", bold=True) + 8
    right = sheet.right if narrow else sheet.right - wide(grouped(max(_years(counts).values()))) - 8
    halves = ((1, 6), (7, 12)) if narrow else ((1, 12),)
    _months(sheet, left, right, halves)
    years = range(first.year, last.year + 1)
    high = 18.0 if len(years) <= 12 else 12.0
    for year in years:
        sheet.text(sheet.left, sheet.y + high / 2 + 4, str(year), bold=True)
        if not narrow:
            total = _years(counts).get(year)
            words = "–" if total is None else grouped(total)
            sheet.text(sheet.right, sheet.y + high / 2 + 4, words, anchor="end", css="dim")
        for half in halves:
            cells = (left, right, high - 1)
            _cells(sheet, strip, counts, classes, shades, _days(year, half), cells, (first, last))
            sheet.y += high
        sheet.y += 3 if narrow else 0
    lasting = any((d.month, d.day) == (3, 1) and d.year % 4 for d in counts)
    notes(sheet, ["29 February is a gap in years that have none." if lasting else "", strip.note])
    return sheet.svg()


def table(strip: HeatStrip) -> Table:
    """Each known day and its count."""
    rows = tuple((c.day.isoformat(), c.events) for c in sorted(strip.days, key=lambda c: c.day))
    return Table(strip.title or f"{strip.what} by day", ("day", strip.what), rows)


def describe(strip: HeatStrip) -> str:
    counts = {c.day: c.events for c in strip.days}
    if not counts:
        return "No day is known."
    most = max(counts, key=lambda day: (counts[day], -day.toordinal()))
    years = ", ".join(f"{year}: {number}" for year, number in sorted(_years(counts).items()))
    return f"{strip.what} by day. {years}. Most on {spelled(most)}: {counts[most]}."


def _years(counts: dict[date, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for day, number in counts.items():
        found[day.year] = found.get(day.year, 0) + number
    return found


def _shades(count: int) -> list[str]:
    """So many steps of the ramp, spread over the whole of it."""
    if count == 1:
        return ["heat3"]
    return [_COLOURS[round(i * (len(_COLOURS) - 1) / (count - 1))] for i in range(count)]


def _key(sheet: Sheet, counts: dict[date, int], classes: Classes, shades: list[str], gaps: bool) -> None:
    signs = [Sign("0", swatch("zero"))] if 0 in counts.values() else []
    if any(counts.values()):
        words = classes.words(counts.values())
        signs += [Sign(w, swatch(shade)) for w, shade in zip(words, shades, strict=True)]
    if gaps:
        signs.append(Sign("not known", lambda s, x, y: hatch(s, x, y - 9, 14, 10)))
    key(sheet, signs, lead="a day")


def _column(day: date, months: tuple[int, int]) -> int:
    return (day.replace(year=_LEAP) - date(_LEAP, months[0], 1)).days


def _columns(months: tuple[int, int]) -> int:
    end = date(_LEAP + 1, 1, 1) if months[1] == 12 else date(_LEAP, months[1] + 1, 1)
    return (end - date(_LEAP, months[0], 1)).days


def _widest(halves: tuple[tuple[int, int], ...]) -> int:
    return max(_columns(half) for half in halves)


def _months(sheet: Sheet, left: float, right: float, halves: tuple[tuple[int, int], ...]) -> None:
    """The names of the months over their columns; two lines where a year has two rows."""
    columns = _widest(halves)
    for half in halves:
        sheet.y += 14
        for month in range(half[0], half[1] + 1):
            x = left + _column(date(_LEAP, month, 1), half) / columns * (right - left)
            sheet.text(x, sheet.y, MONTHS[month - 1], css="dim")
    sheet.y += 5


def _days(year: int, months: tuple[int, int]) -> list[date]:
    day, found = date(year, months[0], 1), []
    while day.year == year and day.month <= months[1]:
        found.append(day)
        if day == date.max:
            break
        day += _DAY
    return found


def _cells(
    sheet: Sheet,
    strip: HeatStrip,
    counts: dict[date, int],
    classes: Classes,
    shades: list[str],
    days: list[date],
    place: tuple[float, float, float],
    span: tuple[date, date],
) -> None:
    left, right, high = place
    months = (days[0].month, days[-1].month)
    # both halves of a year have cells of one width
    each = (right - left) / (_columns((1, 12)) if months == (1, 12) else _columns((7, 12)))
    unknown = [i for i, day in enumerate(days) if day not in counts and span[0] <= day <= span[1]]
    # in few letters: one pattern under the whole row, which the known days cover
    gaps = [(unknown[0], unknown[-1] + 1)] if unknown and sheet.terse and each <= _CLOSE else runs(unknown)
    for a, b in gaps:
        x1, x2 = left + _column(days[a], months) * each, left + (_column(days[b - 1], months) + 1) * each
        hatch(sheet, x1, sheet.y, x2 - x1, high)
    for day in days:
        if day in counts:
            number = counts[day]
            css = shades[classes.of_number(number)] if number else "zero"
            x = left + _column(day, months) * each
            tip = f"{spelled(day)}: {grouped(number)}"
            key, wide_ = Key("day", day.isoformat()), each * (0.9 if each > _CLOSE else 1)
            if sheet.terse:
                with sheet.link(key, tip):
                    sheet.box(x, sheet.y, wide_, high, css)
            else:
                sheet.rect(x, sheet.y, wide_, high, css, key, tip)
