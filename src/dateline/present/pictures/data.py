"""What the pictures show: plain values, no store types. All dates are days; a period is named by its first day.

A week starts on Monday (ISO 8601) and a month on its first day. Counts are of distinct events. What is not known is
left out or ``None``, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    WEEK = "week"
    MONTH = "month"


class Side(StrEnum):
    """The direction of an act between the two actors of a relation."""

    OUT = "out"  # from the first actor to the second
    BACK = "back"  # from the second to the first
    BOTH = "both"  # either way, added up


class Quad(StrEnum):
    """The quad classes of event data (Goldstein; CAMEO and PLOVER use the same four)."""

    VERBAL_COOPERATION = "verbal_cooperation"
    MATERIAL_COOPERATION = "material_cooperation"
    VERBAL_CONFLICT = "verbal_conflict"
    MATERIAL_CONFLICT = "material_conflict"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")

    @property
    def material(self) -> bool:
        return self in (Quad.MATERIAL_COOPERATION, Quad.MATERIAL_CONFLICT)

    @property
    def conflict(self) -> bool:
        return self in (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)


class Stance(StrEnum):
    """One source's position on a claim."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DEMANDS = "demands"
    PREDICTS = "predicts"


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark of a picture stands for; becomes its ``data-`` attributes, and is what an ``href`` callback gets.

    ``period`` is an ISO day: the first of the period that the mark covers. ``periods`` is how many periods it covers.
    """

    kind: str
    period: str | None = None
    side: Side | None = None
    quad: Quad | None = None
    id: str | None = None
    periods: int = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A day worth a line across the picture, with a few words."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Acts:
    """Events of one quad class and direction in one period. ``said`` happened only by what somebody said."""

    period: date
    side: Side
    quad: Quad
    events: int
    said: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read of one period: all its reports, and all events found in them."""

    period: date
    reports: int
    events: int


@dataclass(frozen=True, slots=True)
class River:
    """A relation over time. ``first`` and ``last`` are the first days of the first and last period, both included.

    A period is known if its coverage has a report, or if it has acts. Where ``coverage`` is empty every period is taken
    as known, and the picture says that the coverage is not. A known period without acts is a zero.
    """

    source: str
    target: str
    unit: Unit
    first: date
    last: date
    acts: tuple[Acts, ...]
    coverage: tuple[Coverage, ...] = ()
    moments: tuple[Moment, ...] = ()
    #: draw what was only said to have happened, as a thin outline
    show_said: bool = True
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Events a week with its 95 % interval, and how many events over how many weeks it stands on.

    ``low`` and ``high`` are ``None`` where no interval could be had.
    """

    rate: float
    low: float | None
    high: float | None
    events: int
    weeks: float


@dataclass(frozen=True, slots=True)
class Shift:
    """One quad class and direction before and after a date. A side that is ``None`` is unknown."""

    side: Side
    quad: Quad
    before: Rate | None
    after: Rate | None
    verdict: str


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Rates on either side of a date. ``verdict`` is the finding on the whole relation, in words."""

    source: str
    target: str
    day: date
    shifts: tuple[Shift, ...]
    verdict: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was counted in a period; ``None`` where it is not known."""

    period: date
    events: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """What is expected in one coming period: pairs of (level, value), levels between 0 and 1, ``.5`` among them.

    ``happened`` is what was counted, once it is known.
    """

    period: date
    quantiles: tuple[tuple[float, float], ...]
    happened: int | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """How one method did on past weeks. ``loss`` is its mean score (lower is better); ``cover90`` a share, 0 to 1."""

    method: str
    loss: float
    cover90: float | None
    weeks: int
    #: the method that the picture is about; the others are its rivals
    own: bool = False


@dataclass(frozen=True, slots=True)
class Fan:
    """A forecast: what was counted, what is expected, and how good such forecasts were. ``what`` names the counts."""

    source: str
    target: str
    what: str
    unit: Unit
    past: tuple[Seen, ...]
    steps: tuple[Step, ...]
    track: tuple[Track, ...] = ()
    #: the name of the loss, as in "pinball loss"
    loss: str = "loss"
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One statement on a claim, with the days on which copies of it were printed. ``id`` is the statement's key."""

    day: date
    stance: Stance
    id: str = ""
    copies: tuple[date, ...] = ()
    #: whose claim it is, where the statement names it
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    speaker: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class ClaimLanes:
    """Who took which position on one claim, and when. ``first`` and ``last`` widen the time shown."""

    claim: str
    lanes: tuple[Lane, ...]
    first: date | None = None
    last: date | None = None
    moments: tuple[Moment, ...] = ()
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    day: date
    events: int


@dataclass(frozen=True, slots=True)
class HeatStrip:
    """Counts by day. ``days`` holds each known day, also those with 0; a day that is left out is not known.

    ``what`` names what is counted, in the plural ("events").
    """

    days: tuple[DayCount, ...]
    what: str = "events"
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """One of the relations of an actor. ``change`` is above 0 for better, below for worse, ``None`` for unknown.

    ``known`` names the periods that were read; where it is ``None`` all are taken as known.
    """

    name: str
    acts: tuple[Acts, ...]
    change: float | None = None
    verdict: str = ""
    id: str = ""
    known: frozenset[date] | None = None


@dataclass(frozen=True, slots=True)
class Partners:
    """The relations of one actor, one small river each, drawn in the order of the size of their change."""

    actor: str
    unit: Unit
    first: date
    last: date
    partners: tuple[Partner, ...]
    moments: tuple[Moment, ...] = ()
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """One period of ``WordsAndDeeds``: statements and deeds of each kind, and how many reports were read of it.

    Where there is none of the three the period is not known.
    """

    period: date
    reports: int
    words: tuple[int, ...]
    deeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordsAndDeeds:
    """What one actor said of another, above what it did to it. ``words`` and ``deeds`` name the kinds, in order."""

    source: str
    target: str
    unit: Unit
    words: tuple[str, ...]
    deeds: tuple[str, ...]
    rows: tuple[Beside, ...]
    moments: tuple[Moment, ...] = ()
    title: str = ""
    note: str = ""


Picture = River | BeforeAfter | Fan | ClaimLanes | HeatStrip | Partners | WordsAndDeeds
