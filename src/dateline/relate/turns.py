"""Whether and when a relation in the record changed, with the sentences on either side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.analyse import details
from dateline.analyse.change import Change, Question, Verdict, changes_at, placebo_pairs
from dateline.analyse.changes import Candidate, changes_between
from dateline.analyse.panels import WEEKS_AFTER, WEEKS_BEFORE
from dateline.analyse.tables import Table
from dateline.errors import TableError
from dateline.keep import Record
from dateline.present.pictures import BeforeAfter, Quad, Rate, Shift, Side
from dateline.record.entries import TellingEntry
from dateline.relate.series import table_of

#: sentences shown on either side of a date, for each direction
SENTENCES = 3
#: other relations with events enough that a record must hold before one of them is judged
OTHERS = 5
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Around:
    """The answer to "did it change then?", with the sentences that weigh most before and after, both directions."""

    source: str
    target: str
    change: Change
    before: tuple[TellingEntry, ...]
    after: tuple[TellingEntry, ...]

    @property
    def words(self) -> str:
        """The verdict in plain language."""
        if self.change.reason:
            return f"too little evidence: {self.change.reason}"
        if self.change.direction:
            return f"changed for the {self.change.direction}"
        return "no change seen"


def around(record: Record, source: str, target: str, day: date) -> Around:
    """Whether the relation of two actors, either direction taken together, changed on a day.

    Raises ``QueryError`` for names that the record does not know.
    """
    a, b = record.store.side(source), record.store.side(target)
    table = table_of(record)
    change = _believed(changes_at(table, [Question(a, b, day)], detail=True)[0], table)
    before = (day - timedelta(weeks=WEEKS_BEFORE), day - timedelta(days=1))
    after = (day, day + timedelta(weeks=WEEKS_AFTER[-1], days=-1))
    return Around(a, b, change, _evidence(record, a, b, *before), _evidence(record, a, b, *after))


def _believed(change: Change, table: Table) -> Change:
    """The answer, but for a record that has hardly another relation to compare with: there it is no answer.

    On a record of one busy pair the pair's own dates are all there is to calibrate with; on "The thaw" that missed four
    changes of six and found one that was none (2026-11-23).
    """
    lack = _lack_of_others(table, change.question.a, change.question.b)
    if change.p is None or lack is None:
        return change
    return replace(change, verdict=Verdict.TOO_LITTLE, p=None, q=None, effect=None, reason=lack)


def _lack_of_others(table: Table, a: str, b: str) -> str | None:
    """Why a pair cannot be judged for want of other relations; ``None`` where there are enough."""
    own = table.key_of(a, b)
    others = sum(int(key) != own for key in placebo_pairs(table))
    if others >= OTHERS:
        return None
    return f"other relations in the record busy enough to compare with: {others}; at least {OTHERS} are needed"


def _evidence(record: Record, a: str, b: str, first: date, last: date) -> tuple[TellingEntry, ...]:
    span = (first.isoformat(), last.isoformat(), SENTENCES)
    found = {t.key: t for t in (*record.store.evidence(a, b, *span), *record.store.evidence(b, a, *span))}
    lines = {(t.report.key, t.sentence): t for t in found.values()}  # one sentence may tell several acts
    return tuple(sorted(lines.values(), key=lambda t: (t.day or "", t.key)))


def changes(record: Record, source: str, target: str) -> list[Candidate]:
    """Days on which the relation of two actors seems to have changed, strongest first.

    Raises ``TableError`` where the record holds too few other relations to compare with.
    """
    table, a, b = table_of(record), record.store.side(source), record.store.side(target)
    if lack := _lack_of_others(table, a, b):
        raise TableError(str(record.path), f"too little evidence: {lack}")
    return changes_between(table, a, b)



def before_after(found: Around, source: str, target: str) -> BeforeAfter:
    """Rates before and after the day, by direction and quad class, with 95 % intervals."""
    shifts = tuple(_shift(found.source, rate) for rate in found.change.rates)
    return BeforeAfter(source, target, found.change.question.at, shifts, found.words)


def _shift(source: str, rate: details.Rate) -> Shift:
    side = Side.OUT if rate.source == source else Side.BACK
    before = _rate(rate.before, rate.before_interval, WEEKS_BEFORE)
    after = _rate(rate.after, rate.after_interval, WEEKS_AFTER[-1])
    return Shift(side, Quad(rate.quad.replace(" ", "_")), before, after, "")


def _rate(rate: float, interval: tuple[float, float], weeks: int) -> Rate:
    return Rate(rate, *interval, round(rate * weeks), weeks)
