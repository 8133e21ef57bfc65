"""What the partners screen shows: a tile for each relation of one actor, those that changed most first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from markupsafe import Markup

from dateline.analyse.change import Change
from dateline.errors import DatelineError
from dateline.present.desk.pages import link
from dateline.present.desk.state import Desk, Task
from dateline.present.desk.views.asked import Asked, asked_of
from dateline.present.desk.views.events_table import events_table
from dateline.present.desk.views.relation import PATIENCE, shown_span
from dateline.present.pictures import Acts, Moment, Partner, Partners, Quad, Side, Style
from dateline.present.pictures.partners import tile
from dateline.present.pictures.periods import begin, last_day, spelled
from dateline.record.entries import Dealing, PartnerPeriod
from dateline.relate.series import Span, check_day
from dateline.relate.turns import partners_around

#: tiles of one page
TILES = 24
_WIDE = 320


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose partners are shown, how they are ordered, and after how many."""

    asked: Asked
    sort: str
    after: int

    def link(self, **changed: object) -> str:
        told: dict[str, object] = {"sort": self.sort, "after": self.after or None, **self.asked.told(), **changed}
        usual = "change" if told.get("around") else "events"
        return link("/partners", **{k: v for k, v in told.items() if k != "b" and (k, v) != ("sort", usual)})


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """What an address asks; those that changed come first where a day is asked about."""
    asked = asked_of({**given, "b": "", "voice": "", "cell": ""})
    after = given.get("after", "")
    usual = "change" if asked.around else "events"
    sort = given.get("sort", "")
    return Wanted(asked, sort if sort in ("change", "events") and asked.around else usual,
                  min(int(after), 100_000) if after.isdecimal() and len(after) < 7 else 0)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """One relation: its small river, what it counts, and whether it changed."""

    key: str
    name: str
    events: int
    conflict: float
    last: str
    address: str
    svg: Markup
    words: str = ""
    tone: str = "none"
    p: float | None = None
    q: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """The tiles of a page. ``waiting`` says that the relations are still being asked whether they changed."""

    wanted: Wanted
    name: str
    tiles: tuple[Tile, ...]
    total: int
    first: date
    last: date
    days: tuple[date, date]
    waiting: bool
    stale: bool = False
    problem: str = ""

    @property
    def began(self) -> str:
        return spelled(self.first)

    @property
    def until(self) -> date:
        return last_day(self.wanted.asked.by, self.last)

    @property
    def ended(self) -> str:
        return spelled(self.until)


def screen(desk: Desk, wanted: Wanted) -> Screen:
    """The partners of an actor. Raises ``QueryError`` for a name that the record does not know."""
    store = desk.record.store
    asked = replace(wanted.asked, a=store.side(wanted.asked.a))
    wanted = replace(wanted, asked=asked)
    days = tuple(date.fromisoformat(day) if day else date.min for day in store.report_days())
    span = shown_span(asked, days[0], days[1])
    changed, waiting, stale, problem = _changed(desk, asked)
    found, total = _chosen(desk, wanted, changed, span)
    drawn = _drawn(desk, asked, found, span, days[1])
    name = store.called(asked.a)
    drawn = replace(drawn, actor=name)
    tiles = tuple(_tile(asked, drawn, number, d, changed.get(d.partner)) for number, d in enumerate(found))
    return Screen(wanted, name, tiles, total, drawn.first, drawn.last, (days[0], days[1]), waiting, stale, problem)


def _changed(desk: Desk, asked: Asked) -> tuple[dict[str, Change], bool, bool, str]:
    """Whether each relation changed on the day, by partner; and whether that is still being asked, or out of date."""
    day = asked.around
    if day is None:
        return {}, False, False, ""
    known = desk.worked_out(("partners", asked.a, day), Task(_asked_all, (asked.a, day)), PATIENCE)
    if known is None:
        return {}, True, False, ""
    if isinstance(known.answer, str):
        return {}, False, False, known.answer
    return known.answer, False, known.stale, ""


def _asked_all(desk: Desk, a: str, day: date) -> dict[str, Change] | str:
    try:
        check_day(desk.record, day, "date")
        found = partners_around(desk.record, a, day, events_table(desk))
    except DatelineError as error:
        return str(getattr(error, "reason", None) or error)
    return {c.question.b: c for c in found}


def _chosen(
    desk: Desk, wanted: Wanted, changed: Mapping[str, Change], span: Span
) -> tuple[list[Dealing], int]:
    """The partners of this page, in order, and how many there are: all of them are summed for an order by change."""
    ends = span.ends
    if wanted.sort == "events" or not changed:
        return desk.record.store.dealings(wanted.asked.a, *ends, TILES, wanted.after)
    found, total = desk.record.store.dealings(wanted.asked.a, *ends, 100_000, 0)
    return sorted(found, key=lambda d: _place(changed.get(d.partner)))[wanted.after : wanted.after + TILES], total


def _place(change: Change | None) -> tuple[bool, float, int]:
    if change is None:
        return True, 1.0, 0
    return change.p is None, change.p if change.p is not None else 1.0, -change.events


def _drawn(desk: Desk, asked: Asked, found: Sequence[Dealing], span: Span, last: date) -> Partners:
    """The small rivers, all on one span of time."""
    unit, store = asked.by, desk.record.store
    read = [date.fromisoformat(e.period) for e in store.exposure(unit.value, *span.ends, stories=False) if e.reports]
    first, end = (read[0], read[-1]) if read else (begin(unit, last), begin(unit, last))
    counts = store.small_series(asked.a, [d.partner for d in found], unit.value, first.isoformat(), end.isoformat())
    known = frozenset(read)
    days: dict[str, date] = {}
    partners = tuple(Partner(d.name, _acts(counts[d.partner], days), id=d.partner, known=known) for d in found)
    moments = (Moment(asked.around, "asked about"),) if asked.around else ()
    return Partners(asked.a, unit, first, end, partners, moments)


_QUADS = {quad.value: quad for quad in Quad}


def _acts(counts: Sequence[PartnerPeriod], days: dict[str, date]) -> tuple[Acts, ...]:
    """``days`` holds the periods met before: all partners have the same."""
    for period in {c.period for c in counts} - days.keys():
        days[period] = date.fromisoformat(period)
    return tuple([Acts(days[c.period], Side.OUT if c.out else Side.BACK, _QUADS[c.quad], c.events) for c in counts])


def _tile(asked: Asked, drawn: Partners, number: int, dealing: Dealing, change: Change | None) -> Tile:
    words, tone = _words(change)
    partner = drawn.partners[number]
    svg = tile(drawn, replace(partner, verdict=words) if words else partner, _style(number))
    measured = (change.p, change.q, change.reason or "") if change else (None, None, "")
    return Tile(dealing.partner, dealing.name, dealing.events, dealing.conflict, dealing.last,
                replace(asked, b=dealing.partner).link(), Markup(svg), words, tone, *measured)  # fmt: skip


@cache
def _style(number: int) -> Style:
    return Style(_WIDE, prefix=f"tile-{number}", css=False)


def _words(change: Change | None) -> tuple[str, str]:
    if change is None:
        return "", "none"
    if change.p is None:
        return "too little evidence", "none"
    return (f"changed for the {change.direction}", change.direction) if change.direction else ("no change seen", "none")
