"""What the relation screen shows: its river and counts from the rollups at once, its answers worked out aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import exp
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from dateline.analyse.changes import Candidate
from dateline.errors import DatelineError
from dateline.lexicons.countries import is_code
from dateline.present.desk.pages import link
from dateline.present.desk.state import Desk, Task
from dateline.present.desk.views.asked import Asked, Cell, Told
from dateline.present.desk.views.events_table import events_table
from dateline.present.pictures import Key, Moment, Quad, River, Side, Style, Unit, draw
from dateline.present.pictures.periods import begin, last_day, named, spelled
from dateline.record.entries import PairCount, RelationCount, TellingEntry
from dateline.record.query import Voice
from dateline.relate.series import Series, Span, check_day, river, series
from dateline.relate.turns import Around, around, before_after, changes

#: periods that are drawn where nobody chose a span
MONTHS, WEEKS = 60, 78
WIDE, RATES, NARROW = 1200, 640, 360
#: sentences of a bar that are shown
SENTENCES = 50
#: sentences on either side of the day
EACH = 3
#: sides that are suggested
SIDES, PAIRS = 60, 400
#: seconds that an answer is waited for before the page says that it is being worked out
PATIENCE = 0.1


# --- the pair


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A side that may be asked about: what is typed, and what it means. Names of actors may belong to several."""

    key: str
    name: str

    @property
    def typed(self) -> str:
        return self.name if is_code(self.key) else self.key

    @property
    def meant(self) -> str:
        return self.key if is_code(self.key) else self.name


def busiest(desk: Desk) -> list[PairCount] | None:
    """The busiest pairs of the record; ``None`` while they are being counted for the first time."""
    known = desk.worked_out("busiest pairs", Task(_busiest), PATIENCE)
    found: list[PairCount] | None = known.answer if known else None
    return found


def _busiest(desk: Desk) -> list[PairCount]:
    return desk.record.store.busiest(PAIRS)


def suggestions(desk: Desk) -> list[Suggestion]:
    """Sides of the record to choose from, those with most dealings first."""
    names: dict[str, str] = {}
    for pair in busiest(desk) or ():
        names[pair.a], names[pair.b] = pair.a_name, pair.b_name
        if len(names) >= SIDES:
            break
    return [Suggestion(*side) for side in list(names.items())[:SIDES]]


# --- the screen


@dataclass(frozen=True, slots=True)
class Screen:
    """A relation over time. ``asked`` has the keys of both sides; ``first`` and ``last`` are the days with reports."""

    asked: Asked
    a_name: str
    b_name: str
    picture: River
    first: date
    last: date
    total: int
    said: int
    cut: bool

    @property
    def title(self) -> str:
        return f"{self.a_name} and {self.b_name}"

    @property
    def fields(self) -> dict[str, str]:
        """What stands in the fields of the form: states by their names."""
        a, b = self.asked.a, self.asked.b
        named_ = {"a": self.a_name if is_code(a) else a, "b": self.b_name if is_code(b) else b}
        return {**self.asked.fields, **named_}

    @property
    def began(self) -> str:
        return spelled(self.picture.first)

    @property
    def ended(self) -> str:
        return spelled(last_day(self.asked.by, self.picture.last))

    @property
    def api(self) -> str:
        """Where programs find these numbers."""
        since, until = self.picture.first, last_day(self.asked.by, self.picture.last)
        return link(f"/api/v1/relations/{quote(self.asked.a, safe='')}/{quote(self.asked.b, safe='')}",
                    by=self.asked.by.value, voice=self.asked.voice.value, **{"from": since, "to": until})  # fmt: skip

    @property
    def filters(self) -> dict[str, Any]:
        """What both directions did, as far as one search can ask it: the first's part."""
        since, until = self.picture.first, last_day(self.asked.by, self.picture.last)
        voice = None if self.asked.voice is Told.BOTH else self.asked.voice.value
        return {"source": self.asked.a, "target": self.asked.b, "since": since.isoformat(), "until": until.isoformat(),
                "voice": voice}  # fmt: skip

    def svg(self, width: int = WIDE) -> Markup:
        """The river, each bar a link to its sentences."""
        return _drawn(self.picture, self.asked, width)


@lru_cache(32)  # many look at the same few relations
def _drawn(picture: River, asked: Asked, width: int) -> Markup:
    prefix = "river" if width == WIDE else f"river-{width}"
    return Markup(draw(picture, Style(width, href=asked.hrefs(), prefix=prefix, css=False)))


def screen(desk: Desk, asked: Asked) -> Screen:
    """The river of a pair and its counts. Raises ``QueryError`` for names and spans that the record does not know."""
    store = desk.record.store
    a, b = store.sides(asked.a, asked.b)
    asked = replace(asked, a=a, b=b)
    days = store.report_days()
    first, last = (date.fromisoformat(day) if day else date.min for day in days)
    span = shown_span(asked, first, last)
    names = store.called(a), store.called(b)
    drawn = river(desk.record, a, b, asked.by, _moments(asked), span, asked.voice.voices)
    drawn = replace(drawn, source=names[0], target=names[1], title=_title(asked, names))
    told = [(act.events, act.said) for act in drawn.acts]
    own, said = sum(n for n, _ in told), sum(n for _, n in told)
    if asked.voice is Told.SAID:
        own, said = 0, own
    return Screen(asked, *names, drawn, first, last, own, said, cut=begin(asked.by, first) < drawn.first)


def shown_span(asked: Asked, first: date, last: date) -> Span:
    """The span asked for; else the last years of the record, or those around the day asked about."""
    if asked.whole or asked.span != Span():
        return asked.span
    count = MONTHS if asked.by is Unit.MONTH else WEEKS
    end = last
    if asked.around and first <= asked.around <= last:
        end = min(last, last_day(asked.by, begin(asked.by, asked.around), count // 2))
    start = max(first, _back(asked.by, end, count - 1))
    # where the record begins later, there is room for what comes after
    return Span(start, max(end, min(last, last_day(asked.by, begin(asked.by, start), count))))


def _back(unit: Unit, day: date, periods: int) -> date:
    if unit is Unit.WEEK:
        return begin(unit, day) - timedelta(weeks=min(periods, (day - date.min).days // 7 - 1))
    months = max(12, day.year * 12 + day.month - 1 - periods)
    return date(months // 12, months % 12 + 1, 1)


def _moments(asked: Asked) -> tuple[Moment, ...]:
    return (Moment(asked.around, "asked about"),) if asked.around else ()


def _title(asked: Asked, names: tuple[str, str]) -> str:
    said = "only said to have happened, " if asked.voice is Told.SAID else ""
    return f"{names[0]} and {names[1]}: {said}by {asked.by.value}"


# --- the answer


@dataclass(frozen=True, slots=True)
class Shifted:
    """By what factor a relation and those with all other partners changed, for one aspect."""

    name: str
    aspect: str
    own: float
    others: float
    gap: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the relation changed on a day, in words, with what it was held against and its evidence.

    ``offered`` is set where nobody asked about the day: it is the one that stands out most. ``problem`` tells why there
    is no answer. ``narrow`` and ``wide`` are the picture of before and after.
    """

    day: date | None
    words: str
    tone: str
    held: str = ""
    events: int = 0
    note: str = ""
    offered: Candidate | None = None
    problem: str = ""
    wide: str = ""
    narrow: str = ""
    rates: tuple[Any, ...] = ()
    shifted: tuple[Shifted, ...] = ()
    before: tuple[TellingEntry, ...] = ()
    after: tuple[TellingEntry, ...] = ()
    stale: bool = False


def turns(desk: Desk, asked: Asked, wait: float = 0.0) -> list[Candidate] | None:
    """Days that stand out in a relation, strongest first; ``None`` while they are being looked for."""
    known = desk.worked_out(("turns", asked.a, asked.b), Task(_turns, (asked.a, asked.b)), wait)
    found: list[Candidate] | None = known.answer if known else None
    return found


def _turns(desk: Desk, a: str, b: str) -> list[Candidate]:
    try:
        return changes(desk.record, a, b, events_table(desk))
    except DatelineError:
        return []  # the answer tells why


def answer(desk: Desk, asked: Asked, names: tuple[str, str]) -> Answer | None:
    """The answer for the day asked about, else for the day that stands out most; ``None`` while it is worked out."""
    day, offered = asked.around, None
    if day is None:
        found = turns(desk, asked, PATIENCE)
        if found is None:
            return None
        if not found:
            return Answer(None, "No day stands out", "none", problem=_why_none(desk, asked))
        offered = found[0]
        day = offered.at
    known = desk.worked_out(("around", asked.a, asked.b, day), Task(_around, (asked.a, asked.b, day, names)), PATIENCE)
    if known is None:
        return None
    made: Answer = known.answer
    return replace(made, offered=offered, stale=known.stale)


def _around(desk: Desk, a: str, b: str, day: date, names: tuple[str, str]) -> Answer:
    try:
        check_day(desk.record, day, "date")
        return _told(around(desk.record, a, b, day, events_table(desk)), names)
    except DatelineError as error:
        return Answer(day, "No answer", "none", problem=getattr(error, "reason", str(error)))


def _why_none(desk: Desk, asked: Asked) -> str:
    try:
        desk.record.store.side(asked.a), desk.record.store.side(asked.b)
    except DatelineError as error:
        return str(getattr(error, "reason", error))
    return "Every week of the record was asked, and none of them differs from others. Ask about a day of your own."


def _told(found: Around, names: tuple[str, str]) -> Answer:
    change = found.change
    day = change.question.at
    if change.p is None:
        return Answer(day, "Too little evidence", "none", problem=change.reason or "", events=change.events,
                      before=_weighty(found.before), after=_weighty(found.after))  # fmt: skip
    words = f"Changed for the {change.direction}" if change.direction else "No change seen"
    shifts = replace(before_after(found, *names), verdict="")
    href = _rates_href(found)
    wide, narrow = (
        Markup(draw(shifts, Style(width, href=href, prefix=f"rates-{width}", css=False))) if change.rates else ""
        for width in (RATES, NARROW)
    )
    note = _NOTES.get(change.note or "", "")
    return Answer(
        day, words, change.direction or "none", _held(found), change.events, note, wide=wide, narrow=narrow,
        rates=change.rates, shifted=_shifted(found, names), before=_weighty(found.before), after=_weighty(found.after),
    )  # fmt: skip


_NOTES = {
    "more_events": "There were more events after it, alike in kind: more attention, not another relation.",
    "fewer_events": "There were fewer events after it, alike in kind: less attention, not another relation.",
}


def _held(found: Around) -> str:
    p = found.change.p or 0.0
    often = "in fewer than 1 of 1,000 cases" if p < 0.001 else f"in {p * 100:.2g} of 100 cases"
    if found.method == "alone":
        return (f"Shuffle the months around that day, and they differ at least as much {often} (p {_p(p)}). The record"
                " has too few other relations to hold it against, so it is held against its own months.")  # fmt: skip
    return (f"Other dates differ at least as much {often} (p {_p(p)}): dates of {found.others:,} other relations, and"
            " of this one at other times.")  # fmt: skip


def _weighty(tellings: Sequence[TellingEntry]) -> tuple[TellingEntry, ...]:
    """Those that weigh most, in the order of days."""
    top = sorted(tellings, key=lambda t: (-abs(t.goldstein), -t.stories, t.day or "", t.key))[:EACH]
    return tuple(t for t in tellings if t in top)


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _shifted(found: Around, names: tuple[str, str]) -> tuple[Shifted, ...]:
    return tuple(
        Shifted(names[0] if line.actor == found.source else names[1], line.aspect, exp(line.own), exp(line.others),
                exp(line.gap), *(exp(end) for end in line.interval))
        for line in found.change.beside
    )  # fmt: skip


def _rates_href(found: Around) -> Any:
    """Where a rate leads: to the events of its direction and class in its weeks."""
    weeks = found.change.rates[0].weeks if found.change.rates else (0, 0)
    day = found.change.question.at

    def href(key: Key) -> str | None:
        if key.kind != "rate" or key.quad is None:
            return None
        ends = (found.source, found.target) if key.side is Side.OUT else (found.target, found.source)
        before = key.id == "before"
        since = day - timedelta(weeks=weeks[0]) if before else day
        until = day - timedelta(days=1) if before else day + timedelta(weeks=weeks[1], days=-1)
        return link("/search", find="events", source=ends[0], target=ends[1], quad=key.quad.value, voice="own",
                    since=since, until=until, reliable=True)  # fmt: skip

    return href


# --- the sentences of a bar


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some of a bar's events: of one kind and voice. ``more`` are not shown."""

    words: str
    events: int
    tellings: tuple[TellingEntry, ...]

    @property
    def more(self) -> int:
        return self.events - len(self.tellings)


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a bar counts, each event once by the sentence that tells it first."""

    title: str
    bundles: tuple[Bundle, ...]
    filters: dict[str, Any]
    period: tuple[date, date]

    @property
    def events(self) -> int:
        return sum(b.events for b in self.bundles)


def sentences(desk: Desk, asked: Asked, cell: Cell) -> Sentences:
    """The sentences behind a bar of the river, material acts first."""
    store = desk.record.store
    a, b = (asked.a, asked.b) if cell.side is Side.OUT else (asked.b, asked.a)
    first, last = cell.first, cell.last(asked.by)
    bundles = []
    for voice in asked.voice.voices:
        for quad in reversed(cell.quads):
            told = store.behind(a, b, asked.by.value, (first.isoformat(), last.isoformat()), [quad.value], voice,
                                SENTENCES)  # fmt: skip
            if told.events:
                bundles.append(Bundle(_kind_words(quad, voice), told.events, told.tellings))
    title = f"{store.called(a)} → {store.called(b)}: {cell.kind.replace('_', ' ')}, {cell.words(asked.by)}"
    end = last_day(asked.by, first, cell.periods)
    filters = {"find": "events", "source": a, "target": b, "since": first.isoformat(), "until": end.isoformat(),
               "reliable": True, "quad": cell.kind if len(cell.quads) == 1 else None,
               "voice": None if asked.voice is Told.BOTH else asked.voice.value}  # fmt: skip
    return Sentences(title, tuple(bundles), filters, (first, end))


def _kind_words(quad: Quad, voice: Voice) -> str:
    return quad.words if voice is Voice.OWN else f"{quad.words}, only said to have happened"


# --- the numbers


@dataclass(frozen=True, slots=True)
class Number:
    """How many events of a direction and class there are, how many more that were only said to have happened."""

    own: int
    said: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the table. Where no report was read the numbers are not known."""

    name: str
    first: date
    numbers: tuple[Number, ...]
    reports: int
    events: int


def numbers(desk: Desk, shown: Screen) -> list[Row]:
    """The table behind the river: each known period, both ways, by quad class."""
    asked, drawn = shown.asked, shown.picture
    found = series(desk.record, asked.a, asked.b, asked.by, Span(drawn.first, drawn.last))
    return [_row(asked, found, at) for at in range(len(found.periods))]


def _row(asked: Asked, found: Series, at: int) -> Row:
    p = found.periods[at]
    each = tuple(
        _number(asked, counts, Cell(p.first, side, quad.value))
        for side, counts in ((Side.OUT, p.out), (Side.BACK, p.back)) for quad in Quad
    )  # fmt: skip
    return Row(named(asked.by, p.first), p.first, each, p.reports, p.events)


def _number(asked: Asked, counts: Sequence[RelationCount], cell: Cell) -> Number:
    told = {c.voice: c.events for c in counts if c.quad == cell.kind}
    return Number(told.get("own", 0), told.get("said", 0), asked.link("/relation/cell", cell=cell))
