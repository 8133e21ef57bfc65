"""Invented data for pictures: the same at every call."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.present.pictures.data import (
    Acts,
    BeforeAfter,
    Coverage,
    Moment,
    Quad,
    Rate,
    River,
    Shift,
    Side,
    Unit,
)
from dateline.present.pictures.periods import Row

LONG = "The Extraordinarily Long-Named Provisional Council of the North"
HOSTILE = "<script>alert('x')</script> & \u202egnorts\x00"
ARABIC, HEBREW = "وزارة الخارجية", "משרד החוץ"
THAW = (
    Moment(date(1983, 9, 1), "Airliner shot down"),
    Moment(date(1985, 3, 11), "New leader"),
    Moment(date(1985, 11, 19), "First summit"),
    Moment(date(1986, 10, 11), "Second summit"),
    Moment(date(1987, 12, 8), "Treaty signed"),
)
CROWD = tuple(Moment(date(1985, 3, 1) + timedelta(days=9 * i), f"Something of note, number {i}") for i in range(12))


def number(*parts: int) -> int:
    """A number from 0 to 9 that looks random and is not."""
    found = 7
    for part in parts:
        found = (found * 1_103_515_245 + 12_345 + part * 2_654_435_761) % 2**31
    return (found >> 8) % 10


def river(
    unit: Unit = Unit.MONTH,
    first: date = date(1983, 1, 1),
    last: date = date(1987, 12, 1),
    *,
    names: tuple[str, str] = ("Northland", "Southland"),
    gaps: tuple[int, ...] = (),
    outlier: int | None = None,
    moments: tuple[Moment, ...] = (),
    covered: bool = True,
    show_said: bool = True,
    turn: date | None = None,
) -> River:
    """A relation in which each period has some acts, cooperation growing and conflict falling after ``turn``."""
    row, acts, coverage = Row.between(unit, first, last), [], []
    for i in range(row.count):
        period = row.start(i)
        if i in gaps:
            continue
        coverage.append(Coverage(period, 20 + number(i, 5) * 3, 60 + number(i, 6) * 7))
        for s, side in enumerate((Side.OUT, Side.BACK)):
            for q, quad in enumerate(Quad):
                events = number(i, s, q) // (4 if quad.material else 1)
                if turn and period >= turn:
                    events = events // 3 if quad.conflict else events * 2
                if i == outlier and side is Side.OUT and quad is Quad.VERBAL_CONFLICT:
                    events = 500
                acts.append(Acts(period, side, quad, events, number(i, s, q, 9) // 4))
    return River(
        *names, unit, first, last, tuple(acts), tuple(coverage) if covered else (), moments, show_said, note="Invented."
    )


def rate(mean: float, weeks: int = 26) -> Rate:
    half = 1.96 * (mean / weeks) ** 0.5
    return Rate(mean, max(0.0, mean - half), mean + half + 0.05, round(mean * weeks), weeks)


def before_after(names: tuple[str, str] = ("Northland", "Southland"), times: float = 1.0) -> BeforeAfter:
    verdicts = ("changed: better", "no change seen", "too little evidence", "changed: worse, 2.3 times as many")
    shifts = [
        Shift(side, quad, rate(2.4 * times / (i + 1)), rate((3.9 if i != 3 else 1.4) / (i + 1)), verdicts[i])
        for side in (Side.OUT, Side.BACK)
        for i, quad in enumerate(Quad)
    ]
    shifts[6] = Shift(Side.BACK, Quad.VERBAL_CONFLICT, rate(1), None, "too little evidence")
    return BeforeAfter(*names, date(1985, 3, 11), tuple(shifts), "No change seen at the date.", note="Invented.")
