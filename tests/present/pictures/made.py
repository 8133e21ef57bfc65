"""Invented data for pictures: the same at every call."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import blake2b

from dateline.present.pictures import (
    Acts,
    BeforeAfter,
    Beside,
    ClaimLanes,
    Coverage,
    DayCount,
    Fan,
    HeatStrip,
    Lane,
    Moment,
    Partner,
    Partners,
    Quad,
    Rate,
    River,
    Seen,
    Shift,
    Side,
    Stance,
    Stand,
    Step,
    Track,
    Unit,
    WordsAndDeeds,
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
    """A number from 0 to 9 that looks random, is the same at every call, and is more often low than high."""
    mixed = blake2b(repr(parts).encode(), digest_size=2).digest()
    return mixed[0] * mixed[1] * 10 // 65_536


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
    seed: int = 0,
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
                events = number(i, s, q, seed) // (3 if quad.material else 1) + (0 if quad.material else 1)
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


def fan(
    weeks: int = 4,
    past: int = 26,
    *,
    levels: tuple[float, ...] = (0.05, 0.25, 0.5, 0.75, 0.95),
    outlier: int | None = None,
    unknown: tuple[int, ...] = (),
    happened: tuple[int | None, ...] = (7, 3, 27, None),
    names: tuple[str, str] = ("Northland", "Southland"),
) -> Fan:
    start = date(2024, 9, 2)
    seen = tuple(
        Seen(start + timedelta(weeks=i), None if i in unknown else 500 if i == outlier else number(i) + number(i, 1))
        for i in range(past)
    )
    steps = tuple(
        Step(
            start + timedelta(weeks=past + i),
            tuple((level, round(20 * level) + (i if level > 0.5 else 0.0)) for level in levels),
            happened[i] if i < len(happened) else None,
        )
        for i in range(weeks)
    )
    track = (
        Track("Dateline", 1.234, 0.923, 104, own=True),
        Track("last 26 weeks", 1.31, 0.881, 104),
        Track("all weeks", 1.402, None, 104),
    )
    return Fan(*names, "verbal conflict", Unit.WEEK, seen, steps, track, "pinball loss", note="Invented.")


def day(n: int) -> date:
    return date(2024, 3, 4) + timedelta(days=n)


def lanes() -> ClaimLanes:
    """A claim that is asserted first on 4 March 2024, with three copies, and denied the day after."""
    ministry = (
        Stand(day(0), Stance.ASSERTS, "s1", (day(0), day(1), day(2))),
        Stand(day(9), Stance.ASSERTS, "s2"),
    )
    minister = (
        Stand(day(1), Stance.DENIES, "s3", (day(1),), "The Defence Ministry"),
        Stand(day(2), Stance.DENIES, "s4"),
        Stand(day(2), Stance.DEMANDS, "s5"),
    )
    others = (Stand(day(12), Stance.PREDICTS, "s6"), Stand(day(70), Stance.DOUBTS, "s7"))
    return ClaimLanes(
        "Troops crossed the border river at night",
        (Lane("Analysts", others), Lane("The foreign minister", minister), Lane("The Defence Ministry", ministry)),
        moments=(Moment(day(30), "Ceasefire"),),
        note="Invented.",
    )


def crowded_lanes() -> ClaimLanes:
    many = tuple(Stand(day(i // 9), list(Stance)[i % 5], f"s{i}", (day(i // 9),)) for i in range(90))
    late = (Stand(day(900), Stance.DENIES, "late"),)
    return ClaimLanes(f"{HOSTILE} " * 9, (Lane(LONG * 2, many), Lane(ARABIC, late), Lane(HOSTILE, late)))


def heat(first: date = date(2019, 3, 1), days: int = 1900, unknown: range = range(700, 760)) -> HeatStrip:
    known = [i for i in range(days) if i not in unknown]
    return HeatStrip(tuple(DayCount(first + timedelta(days=i), number(i) // 2) for i in known), note="Invented.")


def words_and_deeds(
    unit: Unit = Unit.MONTH, first: date = date(1983, 1, 1), last: date = date(1987, 12, 1), *,
    names: tuple[str, str] = ("Northland", "Southland"), gaps: tuple[int, ...] = (), moments: tuple[Moment, ...] = (),
) -> WordsAndDeeds:  # fmt: skip
    """What was said and done in each period; of those in ``gaps`` nothing is known."""
    row = Row.between(unit, first, last)
    rows = []
    for i in range(row.count):
        if i not in gaps:
            words = tuple(max(0, number(7, i, kind) - 3) for kind in range(5))
            deeds = tuple(max(0, number(8, i, kind) - 5) for kind in range(3))
            rows.append(Beside(row.start(i), 3, words, deeds))
    said = ("promised or agreed", "demanded", "denied", "accused or warned", "said else")
    done = ("agreements", "material cooperation", "material conflict")
    return WordsAndDeeds(*names, unit, said, done, tuple(rows), moments, note="Invented.")


def partners() -> Partners:
    first, last = date(1983, 1, 1), date(1987, 12, 1)

    def partner(name: str, change: float | None, verdict: str) -> Partner:
        turn = date(1985, 3, 1) if change and change > 0.2 else None
        return Partner(name, river(turn=turn, seed=len(name) + len(verdict)).acts, change, verdict)

    return Partners(
        "Northland",
        Unit.MONTH,
        first,
        last,
        (
            partner("Westland", 0.05, "no change seen"),
            partner("Southland", 0.9, "changed: better"),
            partner("Island", None, "too little evidence"),
            partner("Eastland", -1.2, "changed: worse"),
            partner(HOSTILE, 0.3, LONG * 2),
            Partner(ARABIC, (), 0.0, "no change seen", known=frozenset({first, last})),
        ),
        (Moment(date(1985, 3, 11), "New leader"),),
        note="Invented.",
    )
