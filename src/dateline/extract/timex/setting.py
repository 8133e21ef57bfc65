"""What relative time expressions of a report are counted from: the anchor day and the point last spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dateline.extract.timex import calendar as cal

_POINT = re.compile(
    r"(?P<bc>BC)?(?P<year>\d{4})"
    r"(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|Q(?P<quarter>[1-4])|(?P<season>SP|SU|FA|WI)|W(?P<week>\d\d)))?"
)


#: a bare year further ahead than this is an aside ("was not known until 1956")
_LEAP = 5


#: so many words after a report last spoke of a quarter, it does so no more
_FORGOTTEN = 300


@dataclass(frozen=True, slots=True)
class Point:
    """A year with what is known below it. Years before Christ are negative (490 BC is -490)."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    season: str | None = None

    @property
    def date(self) -> date | None:
        """The day itself, where the point is as fine as that."""
        return cal.valid_day(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def about(self) -> int | None:
        """The month, or the middle month of the season or quarter."""
        if self.month:
            return self.month
        if self.season:
            return cal.SEASON_MIDDLE[self.season]
        return self.quarter * 3 - 1 if self.quarter else None


def point_of(value: str) -> Point | None:
    """The point that a TIMEX3 value names; ``None`` for durations, references and unknown years."""
    m = _POINT.match(value)
    if not m:
        return None
    year = int(m["year"]) * (-1 if m["bc"] else 1)
    if m["week"]:
        days = cal.days_of(value)
        monday = date.fromisoformat(days[0]) if days else None
        return Point(monday.year, monday.month, monday.day) if monday else None
    month, day, quarter = (int(m[k]) if m[k] else None for k in ("month", "day", "quarter"))
    return Point(year, month, day, quarter, m["season"])


@dataclass
class Setting:
    """Changes while a report is read from top to bottom.

    ``narrative`` is true for a text that tells history: there a bare month or "the next day" follows what was told
    before, while in news it lies beside the anchor. ``told`` is the point last spoken of; ``line`` is where the story
    stands: a passing mention of another year ("a treaty of 1907", "not known until 1956") does not move it.
    """

    anchor: date | None
    narrative: bool = False
    told: Point | None = None
    told_leads: bool = False  #: whether the expression last told opened its sentence
    told_at: int = 0  #: index of the word after the expression last told
    line: Point | None = None
    period: str | None = None  #: the quarter last spoken of, as a value
    period_at: int = 0
    _aside: Point | None = field(default=None, repr=False)

    def note(self, value: str, leads: bool, at: int) -> None:
        """Remember the point that an expression named, which ends at word ``at``; ``leads``: the story goes on here."""
        if value in ("P6M", "P9M"):  # results of more than a quarter: "a year earlier" is now the year before
            self.period = None
        point = point_of(value)
        if point is None:
            return
        if point.quarter:
            self.period, self.period_at = value, at
        self.told, self.told_at, self.told_leads = point, at, leads
        if self._moves(point, leads):
            self.line, self._aside = point, None

    def _moves(self, point: Point, leads: bool) -> bool:
        """Whether the story goes on from the point."""
        if self.line is None:
            return True
        ahead = point.year - self.line.year
        if point.about is None:
            return leads and 0 < ahead <= _LEAP
        if leads or ahead == 0 or (self._aside and self._aside.year == point.year):
            return True
        self._aside = point
        return False

    def reported(self, at: int) -> str | None:
        """The quarter that "a year earlier" at word ``at`` is compared with, if one was spoken of not long before."""
        if self.period is None or at - self.period_at > _FORGOTTEN:
            return None
        self.period_at = at
        return self.period

    @property
    def year(self) -> int | None:
        """The anchor's year."""
        return self.anchor.year if self.anchor else None

    @property
    def here(self) -> Point | None:
        """What "the same day", "two weeks later" count from: the point last told, else the anchor."""
        return self.told or self.now

    @property
    def now(self) -> Point | None:
        """What "ago", "last month" and bare months count from: the anchor; in a narrative where the story stands."""
        if self.narrative and self.line:
            return self.line
        return Point(self.anchor.year, self.anchor.month, self.anchor.day) if self.anchor else None
