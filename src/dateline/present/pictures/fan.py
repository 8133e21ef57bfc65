"""A forecast as a fan: what was counted, what is expected, what then happened, and how good such forecasts were."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.present.pictures.data import Fan, Key, Step, Track
from dateline.present.pictures.frame import Sign, heading, key, notes, nothing, paragraphs, swatch
from dateline.present.pictures.lettering import clean, cut, grouped, name, plural
from dateline.present.pictures.periods import Row, named
from dateline.present.pictures.scales import cap, steps
from dateline.present.pictures.sheet import SMALL, TEXT, Sheet, Style, n, wide
from dateline.present.pictures.tables import Table
from dateline.present.pictures.timeline import Time, axis, hatch, runs, year_lines

_HEIGHT = 220.0
_WIDEST = 44.0
#: with less room a period, older ones are left out
_EACH = 11.0
#: what happened is cut off where it is that many times as high as all else
_DWARFS = 3.0
_ROW = 24.0
_GOAL = 0.9


@dataclass(frozen=True, slots=True)
class _Plot:
    time: Time
    top: float
    base: float
    limit: float

    def y(self, number: float) -> float:
        return self.base - min(number, self.limit) / self.limit * (self.base - self.top)

    def bar(self, i: int) -> tuple[float, float]:
        half = min(self.time.slot * 0.9, _WIDEST) / 2
        return self.time.x(i + 0.5) - half, self.time.x(i + 0.5) + half


def draw(fan: Fan, style: Style) -> str:
    """The fan as SVG."""
    pair = " → ".join(name(end, 480, SMALL) for end in (fan.source, fan.target))
    title = clean(fan.title) or f"{pair}: {clean(fan.what)}, {plural(len(fan.steps), fan.unit)} ahead"
    sheet = Sheet(style, title, describe(fan))
    if not fan.steps:
        heading(sheet, title, [])
        return nothing(sheet, "No forecast: too little to go on.")
    inner, outer = _bands(fan.steps)
    whole, fan = len(fan.past), _recent(fan, sheet.room)
    shown = "" if len(fan.past) == whole else f" Only the last {plural(len(fan.past), fan.unit)} before it are drawn."
    heading(sheet, title, [f"Distinct events a {fan.unit}.{shown}"])
    _key(sheet, fan, inner, outer)
    periods = [*(s.period for s in fan.past), *(s.period for s in fan.steps)]
    row = Row.between(fan.unit, min(periods), max(periods))
    limit = _limit(fan, outer)
    time = Time(row, sheet.left + wide(grouped(limit)) + 8, sheet.right)
    sheet.y += 30
    plot = _Plot(time, sheet.y, sheet.y + _HEIGHT, limit)
    _ground(sheet, plot, fan)
    _fan(sheet, plot, fan, inner, outer)
    # where numbers have no room beside each other, those of what happened stay
    taken = _happened(sheet, plot, fan, outer)
    _past(sheet, plot, fan, taken)
    sheet.y = plot.base
    axis(sheet, time)
    _track(sheet, fan)
    notes(sheet, [*_remarks(fan, limit), fan.note])
    return sheet.svg()


def _recent(fan: Fan, room: float) -> Fan:
    """The forecast with only so much of the past that its own periods can be seen."""
    most = max(int(room / _EACH) - len(fan.steps), len(fan.steps), 4)
    return replace(fan, past=tuple(sorted(fan.past, key=lambda s: s.period)[-most:]))


def table(fan: Fan) -> Table:
    """Each period with its count or its quantiles; ``track_table`` has the track record."""
    levels = sorted({level for s in fan.steps for level, _ in s.quantiles})
    header = (fan.unit.value, "first day", "counted", *(f"{round(level * 100, 1):g} % quantile" for level in levels))
    rows: list[tuple[str | int | float | None, ...]] = [
        (named(fan.unit, s.period), s.period.isoformat(), s.events, *(None for _ in levels)) for s in fan.past
    ]
    for s in fan.steps:
        values = dict(s.quantiles)
        rows.append((named(fan.unit, s.period), s.period.isoformat(), s.happened, *(values.get(x) for x in levels)))
    return Table(fan.title or f"{fan.source} → {fan.target}: {fan.what}", header, tuple(rows))


def track_table(fan: Fan) -> Table:
    """How each method did on past periods."""
    header = ("method", fan.loss, "share inside the 90 % interval", f"{fan.unit}s")
    return Table("Track record", header, tuple((t.method, t.loss, t.cover90, t.weeks) for t in fan.track))


def describe(fan: Fan) -> str:
    parts = [f"Forecast of {fan.what} from {fan.source} to {fan.target}."]
    for s in fan.steps:
        low, high = _ends(s, _bands(fan.steps)[1])
        happened = "" if s.happened is None else f"; {s.happened} happened"
        parts.append(f"{named(fan.unit, s.period)}: median {_value(s, 0.5):g}, {low:g} to {high:g}{happened}.")
    return " ".join(parts)


def _bands(found: Sequence[Step]) -> tuple[float, float]:
    """The lower levels of the inner and the outer band: the widest pair, and that next to one half."""
    lower = sorted({level for s in found for level, _ in s.quantiles if level < 0.5})
    if not lower:
        return 0.5, 0.5
    inner = min(lower[1:] or lower, key=lambda level: abs(level - 0.25))
    return inner, lower[0]


def _value(step: Step, level: float) -> float:
    """The quantile at a level, or at the nearest that there is."""
    return min(step.quantiles, key=lambda pair: (abs(pair[0] - level), pair[0]))[1] if step.quantiles else 0.0


def _ends(step: Step, level: float) -> tuple[float, float]:
    return _value(step, level), _value(step, 1 - level)


def _limit(fan: Fan, outer: float) -> float:
    """Where the scale ends: the forecast is never cut off, and what happened only where it dwarfs the forecast."""
    past = [float(s.events) for s in fan.past if s.events is not None]
    happened = [float(s.happened) for s in fan.steps if s.happened is not None]
    high = max(cap(past), *(_ends(s, outer)[1] for s in fan.steps), 1.0)
    high = max([high, *(x for x in happened if x <= _DWARFS * high)])
    # above what is cut off there is room for its number
    return high * (1.15 if max([*past, *happened, 0]) > high else 1.05)


def _key(sheet: Sheet, fan: Fan, inner: float, outer: float) -> None:
    signs = [Sign("counted", _dotted, 22), Sign("median", lambda s, x, y: s.line(x, y - 4, x + 14, y - 4, "median"))]
    if inner != outer:
        signs.append(Sign(f"{_share(inner)} interval", swatch("band50")))
    if outer < 0.5:
        signs.append(Sign(f"{_share(outer)} interval", swatch("band90")))
    if any(s.happened is not None for s in fan.steps):
        signs.append(Sign("what happened", lambda s, x, y: s.circle(x + 7, y - 4, 5, "ring s-ink")))
    if any(_missed(s, outer) for s in fan.steps):
        signs.append(Sign("… outside the interval", lambda s, x, y: _diamond(s, x + 7, y - 4, None, None)))
    key(sheet, signs)


def _share(level: float) -> str:
    return f"{round((1 - 2 * level) * 100):d} %"


def _dotted(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(x, y - 4, x + 22, y - 4, "thin s-dim")
    sheet.circle(x + 11, y - 4, 3, "ink")


def _missed(step: Step, outer: float) -> bool:
    low, high = _ends(step, outer)
    return step.happened is not None and not low <= step.happened <= high


def _ground(sheet: Sheet, plot: _Plot, fan: Fan) -> None:
    """Grid, the place where the forecast begins, and periods of which nothing is known."""
    year_lines(sheet, plot.time, (plot.top, plot.base))
    for number in steps(plot.limit, 5):
        sheet.line(plot.time.left, plot.y(number), plot.time.right, plot.y(number), "grid")
        sheet.text(plot.time.left - 6, plot.y(number) + 4, grouped(number), anchor="end", css="dim")
    row = plot.time.row
    counted = {row.index(s.period) for s in fan.past if s.events is not None} | {row.index(s.period) for s in fan.steps}
    for a, b in runs([i for i in range(row.count) if i not in counted]):
        hatch(sheet, plot.time.x(a), plot.top, plot.time.x(b) - plot.time.x(a), plot.base - plot.top)
    start = plot.time.of_day(min(s.period for s in fan.steps))
    sheet.line(start, plot.top - 12, start, plot.base, "rule")
    ahead, back = "forecast", "counted"
    if start + 6 + wide(ahead) <= sheet.right:
        sheet.text(start + 6, plot.top - 8, ahead, css="dim")
    else:
        sheet.text(start - 6, plot.top - 8, f"{ahead} ▸", anchor="end", css="dim")
        return
    if start - 6 - wide(back) >= sheet.left:
        sheet.text(start - 6, plot.top - 8, back, anchor="end", css="dim")


def _fan(sheet: Sheet, plot: _Plot, fan: Fan, inner: float, outer: float) -> None:
    for step in fan.steps:
        i = plot.time.row.index(step.period)
        left, right = plot.bar(i)
        for level, css in ((outer, "band90"), (inner, "band50")):
            low, high = _ends(step, level)
            if level < 0.5 and (css == "band90" or inner != outer):
                top, bottom = plot.y(high), max(plot.y(low), plot.y(high) + 3)
                tip = f"{named(fan.unit, step.period)}: {_share(level)} interval, {low:g} to {high:g}"
                mark = Key("forecast", step.period.isoformat(), id=_share(level).replace("\u202f", " "))
                sheet.rect(left, min(top, plot.base - 3), right - left, bottom - top, css, mark, tip)
        y = plot.y(_value(step, 0.5))
        sheet.line(left, y, right, y, "under")
        sheet.line(left, y, right, y, "median", Key("median", step.period.isoformat()))


def _past(sheet: Sheet, plot: _Plot, fan: Fan, taken: list[tuple[float, float]]) -> None:
    """Dots joined where they follow each other; what is not known breaks the line."""
    row = plot.time.row
    known = {row.index(s.period): s for s in fan.past if s.events is not None}
    for a, b in runs(sorted(known)):
        places = [(plot.time.x(i + 0.5), plot.y(known[i].events or 0)) for i in range(a, b)]
        if len(places) > 1:
            sheet.path("M" + "L".join(f"{n(x)} {n(y)}" for x, y in places), "thin s-dim")
    radius = min(3.0, max(1.0, plot.time.slot * 0.35))
    for i, seen in sorted(known.items(), key=lambda pair: -(pair[1].events or 0)):
        number, x = seen.events or 0, plot.time.x(i + 0.5)
        tip = f"{named(fan.unit, seen.period)}: {grouped(number)} counted"
        sheet.circle(x, plot.y(number), radius, "ink", Key("counted", seen.period.isoformat()), tip)
        if number > plot.limit:
            _beyond(sheet, plot, x, number, taken)


def _beyond(sheet: Sheet, plot: _Plot, x: float, number: int, taken: list[tuple[float, float]]) -> None:
    """A count above the scale: an arrowhead, and the number where there is room for it."""
    sheet.polygon([(x - 5, plot.top + 1), (x, plot.top - 7), (x + 5, plot.top + 1)], "ink")
    words = grouped(number)
    left = x + 8 if x + 8 + wide(words, bold=True) <= sheet.right else x - 8 - wide(words, bold=True)
    right = left + wide(words, bold=True)
    if all(right + 4 < a or left - 4 > b for a, b in taken):
        sheet.text(left, plot.top + 11, words, bold=True, css="haloed")
        taken.append((left, right))


def _happened(sheet: Sheet, plot: _Plot, fan: Fan, outer: float) -> list[tuple[float, float]]:
    """What happened in the weeks of the forecast; returns where numbers stand above the scale."""
    taken: list[tuple[float, float]] = []
    for step in fan.steps:
        if step.happened is None:
            continue
        x, y = plot.time.x(plot.time.row.index(step.period) + 0.5), plot.y(step.happened)
        tip = f"{named(fan.unit, step.period)}: {grouped(step.happened)} happened"
        mark = Key("happened", step.period.isoformat())
        if _missed(step, outer):
            _diamond(sheet, x, y, mark, tip)
        else:
            sheet.circle(x, y, 5, "ring s-ink", mark, tip)
        if step.happened > plot.limit:
            _beyond(sheet, plot, x, step.happened, taken)
    return taken


def _diamond(sheet: Sheet, x: float, y: float, mark: Key | None, tip: str | None) -> None:
    sheet.polygon([(x - 6.5, y), (x, y - 6.5), (x + 6.5, y), (x, y + 6.5)], "denies", mark, tip)


def _track(sheet: Sheet, fan: Fan) -> None:
    """How such forecasts did: the loss of each method as a bar, and how often its interval held as a dot."""
    if not fan.track:
        return
    sheet.y += 26
    weeks = max(t.weeks for t in fan.track)
    sheet.text(sheet.left, sheet.y, f"Track record, {grouped(weeks)} past {fan.unit}s", size=TEXT, bold=True)
    sheet.y += 4
    paragraphs(sheet, [_skill(fan)])
    sheet.y += 16
    third = (sheet.room - 24) / 3
    bars, ruler = sheet.left + third + 12, sheet.left + 2 * third + 24
    sheet.text(bars, sheet.y, _fitting(third, f"{clean(fan.loss)}, low is good", clean(fan.loss)), css="dim")
    sheet.text(ruler, sheet.y, _fitting(third, "inside its 90 % interval", "in the 90 %"), css="dim")
    sheet.y += 6
    most = max(t.loss for t in fan.track) or 1.0
    low = min(0.7, *(math.floor(t.cover90 * 10) / 10 for t in fan.track if t.cover90 is not None), 1.0)
    numbers = max(wide(f"{_loss(t.loss)}") for t in fan.track) + 8
    for t in sorted(fan.track, key=lambda t: (t.loss, t.method)):
        sheet.line(sheet.left, sheet.y, sheet.right, sheet.y, "grid")
        _method(sheet, t, third, (bars, third - numbers, most), (ruler, third - wide("100 %") - 14, low))
        sheet.y += _ROW


def _fitting(room: float, *choices: str) -> str:
    """The first choice that fits; the last one is cut."""
    return next((words for words in choices if wide(words) <= room), cut(choices[-1], room, SMALL))


def _loss(loss: float) -> str:
    return grouped(loss, 2) if loss >= 0.1 else f"{loss:.2g}"


def _skill(fan: Fan) -> str:
    own = [t for t in fan.track if t.own]
    rivals = [t for t in fan.track if not t.own and t.loss > 0]
    if not own or not rivals:
        return ""
    parts = []
    for rival in rivals:
        gain = (1 - own[0].loss / rival.loss) * 100
        parts.append(f"{abs(gain):.1f} % {'below' if gain >= 0 else 'above'} “{rival.method}”")
    return f"Its {fan.loss} is {' and '.join(parts)}."


def _method(
    sheet: Sheet, t: Track, third: float, bars: tuple[float, float, float], ruler: tuple[float, float, float]
) -> None:
    base = sheet.y + 16
    sheet.text(sheet.left, base, name(t.method, third, SMALL, bold=t.own), bold=t.own)
    left, room, most = bars
    long = t.loss / most * room
    mark = Key("track", id=t.method)
    sheet.rect(left, sheet.y + 7, long, 10, "band50" if t.own else "shade1", mark, f"{t.method}: {t.loss:.4g}")
    sheet.text(left + long + 6, base, _loss(t.loss), bold=t.own)
    start, span, low = ruler
    if t.cover90 is None:
        sheet.text(start, base, "not known", css="dim")
        return
    goal = start + (_GOAL - low) / (1 - low) * span
    sheet.line(start, sheet.y + 12, start + span, sheet.y + 12, "rule")
    sheet.line(goal, sheet.y + 5, goal, sheet.y + 19, "axis")
    x = start + (t.cover90 - low) / (1 - low) * span
    sheet.circle(x, sheet.y + 12, 5, "band50" if t.own else "ring s-dim", mark, f"{t.method}: {t.cover90:.1%}")
    sheet.text(sheet.right, base, f"{t.cover90 * 100:.0f} %", anchor="end", bold=t.own)


def _remarks(fan: Fan, limit: float) -> list[str]:
    found = []
    if any((s.events or 0) > limit for s in fan.past) or any((s.happened or 0) > limit for s in fan.steps):
        found.append("An arrowhead: the count lies above the scale; its number stands beside it.")
    if any(s.events is None for s in fan.past):
        found.append("Slanted lines: nothing is known.")
    if any(t.cover90 is not None for t in fan.track):
        found.append("An interval of 90 % should hold 90 % of the time: the upright line.")
    return found
