"""Who took which position on one claim, and when: a lane for each speaker. Nothing here says what is true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateline.present.pictures.data import ClaimLanes, Key, Lane, Moment, Stance, Stand, Unit
from dateline.present.pictures.frame import Sign, heading, key, notes, nothing
from dateline.present.pictures.lettering import clean, grouped, isolated, name, plural, wrap
from dateline.present.pictures.periods import Row, spelled
from dateline.present.pictures.sheet import SMALL, Sheet, Style, wide
from dateline.present.pictures.tables import Table
from dateline.present.pictures.timeline import Time, axis, moment_lines, moments, told, year_lines

_NARROW = 620
_NAMES = 190.0
_LEVEL = 14.0
_LEVELS = 6
_MARK = 5.5
_TICKS = 9.0
#: numbers of marks without room lie so far apart
_APART = 44.0
#: longer stretches have months on their axis, shorter ones weeks
_WEEKS = 400
_WORDS = {
    Stance.ASSERTS: "asserted",
    Stance.DENIES: "denied",
    Stance.DOUBTS: "doubted",
    Stance.DEMANDS: "demanded",
    Stance.PREDICTS: "predicted",
}


@dataclass(slots=True)
class _Stack:
    """Marks over one another at about one place: where, and how many had no room."""

    places: list[tuple[Stand, float, int]] = field(default_factory=list)
    over: list[tuple[float, int]] = field(default_factory=list)

    @property
    def levels(self) -> int:
        """How many rows of marks there are, with one for the numbers of those that had no room."""
        return max((level for _, _, level in self.places), default=0) + 1 + bool(self.over)


def draw(claim: ClaimLanes, style: Style) -> str:
    """The lanes as SVG."""
    title = clean(claim.title) or f"“{isolated(clean(claim.claim))}”: who said what"
    sheet = Sheet(style, title, describe(claim))
    stands = [s for lane in claim.lanes for s in lane.stands]
    count = plural(len(stands), "independent statement")
    heading(sheet, title, [f"{count} by {plural(len(claim.lanes), 'speaker')}. No verdict on what is true."])
    if not stands:
        return nothing(sheet, "Nobody has taken a position on this.")
    _key(sheet, stands)
    narrow = style.width < _NARROW
    row = _row(claim, stands)
    time = Time(row, sheet.left + (8 if narrow else _NAMES + 16), sheet.right - 8)
    first = min(stands, key=lambda s: (s.day, s.id))
    asked = [Moment(first.day, "first appearance"), *claim.moments]
    sheet.y += 4
    lines, listed = moments(sheet, time, asked)
    under = sheet.here()
    for lane in _ordered(claim.lanes):
        _lane(sheet, time, lane, first, narrow)
    sheet.beneath(under, lambda: moment_lines(sheet, lines))
    axis(sheet, time)
    told(sheet, listed)
    notes(sheet, [claim.note])
    return sheet.svg()


def table(claim: ClaimLanes) -> Table:
    """Each statement: when, who, which position, whose claim it answers, and when copies of it were printed."""
    header = ("day", "speaker", "position", "answers", "copies", "days of copies", "statement")
    rows = sorted(
        (s.day.isoformat(), lane.speaker, s.stance.value, s.answers or "", len(s.copies), _days(s.copies), s.id)
        for lane in claim.lanes
        for s in lane.stands
    )
    return Table(claim.title or claim.claim, header, tuple(rows))


def _days(copies: Sequence[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(copies))


def describe(claim: ClaimLanes) -> str:
    parts = [f"Positions on the claim: {claim.claim}."]
    for lane in _ordered(claim.lanes):
        said = ", ".join(f"{_WORDS[s.stance]} on {spelled(s.day)}" for s in _sorted(lane))
        parts.append(f"{lane.speaker}: {said or 'nothing'}.")
    return " ".join(parts)


def _sorted(lane: Lane) -> list[Stand]:
    return sorted(lane.stands, key=lambda s: (s.day, s.stance, s.id))


def _ordered(lanes: Sequence[Lane]) -> list[Lane]:
    """The speakers in the order in which they first spoke."""
    with_words = [lane for lane in lanes if lane.stands]
    return sorted(with_words, key=lambda lane: (min(s.day for s in lane.stands), lane.speaker))


def _row(claim: ClaimLanes, stands: Sequence[Stand]) -> Row:
    days = [day for s in stands for day in (s.day, *s.copies)]
    first, last = min([*days, claim.first or date.max]), max([*days, claim.last or date.min])
    unit = Unit.WEEK if (last - first).days <= _WEEKS else Unit.MONTH
    # a few weeks at least, so that a single day has some time around it
    if (last - first).days < 28:
        first, last = first - timedelta(days=7), last + timedelta(days=14)
    return Row.between(unit, first, last)


def _key(sheet: Sheet, stands: Sequence[Stand]) -> None:
    found = {s.stance for s in stands}
    signs = [Sign(_WORDS[stance], _sign(stance), 12) for stance in Stance if stance in found]
    if any(s.copies for s in stands):
        signs.append(Sign("printed copy", lambda s, x, y: s.line(x + 4, y - 8, x + 4, y, "thin s-ink"), 10))
    key(sheet, signs)


def _sign(stance: Stance) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: _shape(sheet, stance, x + 6, y - 4, None, None)


def _lane(sheet: Sheet, time: Time, lane: Lane, first: Stand, narrow: bool) -> None:
    stack = _stacked(time, lane)
    copies = any(s.copies for s in lane.stands)
    high = stack.levels * _LEVEL + (_TICKS if copies else 0) + 12
    label = _label(lane)
    sheet.line(sheet.left, sheet.y, sheet.right, sheet.y, "grid")
    if narrow:
        _named(sheet, lane, label, sheet.room, sheet.y)
        top = sheet.y + 34
    else:
        lines = _named(sheet, lane, label, _NAMES, sheet.y)
        top, high = sheet.y, max(high, 15 * lines + 10)
    base = top + high - (_TICKS if copies else 0) - 12
    year_lines(sheet, time, (top, top + high))
    sheet.bodies.append((top, top + high))
    sheet.line(time.left - 8, base, time.right + 8, base, "grid")
    for stand, x, level in stack.places:
        _stand(sheet, lane, stand, x, base - level * _LEVEL, stand is first)
    for x, more in stack.over:
        left = min(x - _MARK, sheet.right - wide(f"+{more}"))
        sheet.text(left, base - _LEVELS * _LEVEL + 4, f"+{more}", css="haloed")
    for stand in lane.stands:
        for day in sorted(stand.copies):
            at, mark = time.of_day(day), Key("copy", day.isoformat(), id=stand.id or None)
            sheet.line(at, base + 8, at, base + 8 + _TICKS, f"thin s-{stand.stance.value}", mark)
    sheet.y = top + high


def _label(lane: Lane) -> str:
    copies = sum(len(s.copies) for s in lane.stands)
    said = plural(len(lane.stands), "statement")
    return said + (f", {grouped(copies)} {'copy' if copies == 1 else 'copies'}" if copies else "")


def _named(sheet: Sheet, lane: Lane, label: str, room: float, top: float) -> int:
    """The speaker on one or two lines, then how much was said; returns how many lines that took."""
    speaker = clean(lane.speaker) or "nobody named"
    lines = wrap(speaker, room, SMALL, bold=True, lines=1 if room > _NAMES else 2)
    for i, line in enumerate(lines):
        sheet.text(sheet.left, top + 16 + 15 * i, isolated(line), bold=True)
    sheet.text(sheet.left, top + 16 + 15 * len(lines), name(label, room, SMALL), css="dim")
    return len(lines) + 1


def _stacked(time: Time, lane: Lane) -> _Stack:
    """Marks of one lane, those that would cover each other one over the other."""
    stack, ends, left_out = _Stack(), [float("-inf")] * _LEVELS, []
    for stand in _sorted(lane):
        x = time.of_day(stand.day)
        level = next((i for i, end in enumerate(ends) if x - _MARK - 2 >= end), None)
        if level is None:
            left_out.append(x)
            continue
        ends[level] = x + _MARK
        stack.places.append((stand, x, level))
    for x in left_out:
        near = stack.over and x - stack.over[-1][0] < _APART
        stack.over = [*stack.over[:-1], (stack.over[-1][0], stack.over[-1][1] + 1)] if near else [*stack.over, (x, 1)]
    return stack


def _stand(sheet: Sheet, lane: Lane, stand: Stand, x: float, y: float, first: bool) -> None:
    answers = f", answering {clean(stand.answers)}" if stand.answers else ""
    copies = f"; copies: {len(stand.copies)}" if stand.copies else ""
    tip = f"{spelled(stand.day)}: {clean(lane.speaker)} {_WORDS[stand.stance]} it{answers}{copies}"
    mark = Key("first" if first else "statement", stand.day.isoformat(), id=stand.id or None)
    if first:
        sheet.circle(x, y, _MARK + 3, "ring s-ink")
    _shape(sheet, stand.stance, x, y, mark, tip)


def _shape(sheet: Sheet, stance: Stance, x: float, y: float, mark: Key | None, tip: str | None) -> None:
    """Each position has a shape of its own, and a colour."""
    r, css = _MARK, stance.value
    if stance is Stance.ASSERTS:
        sheet.circle(x, y, r, css, mark, tip)
    elif stance is Stance.PREDICTS:
        sheet.circle(x, y, r - 1, f"ring s-{css}", mark, tip)
    elif stance is Stance.DEMANDS:
        sheet.polygon([(x, y - r), (x + r, y + r - 1), (x - r, y + r - 1)], css, mark, tip)
    elif stance is Stance.DOUBTS:
        sheet.polygon([(x - r, y), (x, y - r), (x + r, y), (x, y + r)], f"ring s-{css}", mark, tip)
    else:
        sheet.rect(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1, css, mark, tip)
        sheet.line(x - 3, y, x + 3, y, "halo")
