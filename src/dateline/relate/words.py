"""What was said against what was done: one side's words about another, and its deeds, in the same weeks or months."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateline.keep import Record
from dateline.present.pictures import Beside, Unit, WordsAndDeeds
from dateline.present.pictures.periods import begin
from dateline.record.drafts import REAL
from dateline.record.entries import ActorRef, StatementEntry, TellingEntry
from dateline.record.sqlite.sides import STATE_ROLES, side_of
from dateline.relate.series import Span, check_span, last_of


class Said(StrEnum):
    """What a statement about the other side does; each does one thing, the first that fits.

    ``denied``: its stance is to deny; ``demanded``: it asks for something; ``accused``: it accuses, criticises,
    rejects, warns or threatens, or says that the other side did something hostile; ``promised``: it promises, agrees or
    proposes, or tells of a friendly act that the speaker's side plans, and ``accused`` again where that act is hostile;
    ``other``: all else, such as descriptions.
    """

    PROMISED = "promised"
    DEMANDED = "demanded"
    DENIED = "denied"
    ACCUSED = "accused"
    OTHER = "other"


class Done(StrEnum):
    """What a deed is: an agreement, or a material act of cooperation or conflict."""

    AGREED = "agreed"
    COOPERATED = "cooperated"
    FOUGHT = "fought"


_PROMISES = frozenset(("promise", "agree", "propose"))
_ACCUSES = frozenset(("accuse", "criticise", "reject", "warn", "threaten"))


@dataclass(frozen=True, slots=True)
class Inside:
    """An event told inside a statement. ``own`` says that the speaker's side does it, else the other one does."""

    key: str
    type: str
    quad: str
    reality: str
    own: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One statement about the other side, in whatever many reports of its story it stands."""

    key: str
    day: str
    said: Said
    act: str | None
    stance: str
    speaker: str
    text: str
    reports: int
    inside: tuple[Inside, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """One distinct event towards the other side, told by reports themselves; ``key`` is that of its telling."""

    key: str
    event: str
    day: str
    done: Done
    type: str
    text: str
    reports: int
    stories: int


@dataclass(frozen=True, slots=True)
class SaidAndDone:
    """The words and the deeds of one week or month, each with the key of its sentence, in the order of days.

    ``reports`` is how many reports of the record are of this period: with 0 nothing is known of what was said in it.
    """

    period: date
    last: date
    reports: int
    words: tuple[Words, ...]
    deeds: tuple[Deed, ...]

    @property
    def said(self) -> dict[Said, int]:
        """How many statements did what; all kinds are there."""
        counts = Counter(w.said for w in self.words)
        return {said: counts[said] for said in Said}

    @property
    def done(self) -> dict[Done, int]:
        """How many deeds of each kind; all kinds are there."""
        counts = Counter(d.done for d in self.deeds)
        return {done: counts[done] for done in Done}

    def told(self, own: bool) -> dict[str, int]:
        """The events told inside the statements, by reality: those of the speaker's side, or those of the other."""
        counts = Counter(i.reality for w in self.words for i in w.inside if i.own is own)
        return dict(sorted(counts.items()))


def said_and_done(
    record: Record, a: str, b: str, unit: Unit = Unit.MONTH, span: Span | None = None
) -> list[SaidAndDone]:
    """What side ``a`` said about side ``b`` and did towards it, for each week or month with reports or deeds.

    Statements count whose speaker belongs to ``a`` and that name or mean an actor of ``b``, each once a story, on a
    reliable day. Deeds are agreements and material events that reports themselves tell; what somebody says to have
    happened is no deed. Nobody has paired a word with a deed: they stand beside each other by their time alone. A span
    takes in the weeks or months in which its days lie, whole. Raises ``QueryError`` for names that mean nobody or the
    same, and for a span outside the record.
    """
    span = span or Span()
    source, target = record.store.sides(a, b)
    check_span(record, span)
    span = span.whole(unit)
    words: dict[str, list[Words]] = defaultdict(list)
    deeds: dict[str, list[Deed]] = defaultdict(list)
    for statement, inside in record.store.spoken(source, target, *span.ends):
        found = _words(statement, inside, source, target)
        words[_period(unit, found.day)].append(found)
    for telling in record.store.deeds(source, target, *span.ends):
        if telling.day and telling.day_end and _period(unit, telling.day) == _period(unit, telling.day_end):
            deeds[_period(unit, telling.day)].append(_deed(telling))
    reports = {e.period: e.reports for e in record.store.exposure(unit.value, *span.ends, stories=False) if e.reports}
    rows = []
    for period in sorted({*reports, *words, *deeds}):
        start = date.fromisoformat(period)
        both = tuple(words[period]), tuple(deeds[period])
        rows.append(SaidAndDone(start, last_of(unit, start), reports.get(period, 0), *both))
    return rows


def _period(unit: Unit, day: str) -> str:
    return begin(unit, date.fromisoformat(day)).isoformat()


def _words(statement: StatementEntry, told: Sequence[TellingEntry], source: str, target: str) -> Words:
    inside = tuple(found for telling in told for found in _inside(telling, source, target))
    said = _said(statement, inside)
    day = statement.day or statement.report.day or ""
    speaker = statement.speaker.name if statement.speaker else ""
    text = " ".join(statement.text.split())
    return Words(statement.key, day, said, statement.act, statement.stance, speaker, text, statement.copies, inside)


def _said(statement: StatementEntry, inside: Sequence[Inside]) -> Said:
    planned = {i.quad.endswith("cooperation") for i in inside if i.own and i.reality == "planned"}
    if statement.stance == "denies":
        return Said.DENIED
    if statement.stance == "demands":
        return Said.DEMANDED
    if statement.act in _ACCUSES or any(_is_blame(i) for i in inside):
        return Said.ACCUSED
    if statement.act in _PROMISES or True in planned:
        return Said.PROMISED
    return Said.ACCUSED if False in planned else Said.OTHER


def _is_blame(i: Inside) -> bool:
    """Whether the other side is said to have done something hostile; PLOVER counts requests as conflict, we do not."""
    return not i.own and i.quad.endswith("conflict") and i.type != "REQUEST" and i.reality in REAL


def _inside(telling: TellingEntry, source: str, target: str) -> Iterable[Inside]:
    """The event, where one of the two sides does it; twice where both do."""
    for side, own in ((source, True), (target, False)):
        if any(_is_of(actor, side) for actor in telling.source):
            yield Inside(telling.key, telling.type, telling.quad, telling.reality, own)


def _is_of(actor: ActorRef, side: str) -> bool:
    country, _, role = side.partition(":")
    if role and role[:3] not in STATE_ROLES:
        return actor.country == country and (actor.code or "").startswith(country + role)
    # a general speaks of what his country does
    return side_of(actor.kind, actor.country, actor.code, actor.key) == country


def _deed(telling: TellingEntry) -> Deed:
    if telling.quad == "material_conflict":
        done = Done.FOUGHT
    else:
        done = Done.COOPERATED if telling.quad == "material_cooperation" else Done.AGREED
    text = " ".join(telling.text.split())
    told = telling.reports, telling.stories
    return Deed(telling.key, telling.event, telling.day or "", done, telling.type, text, *told)


def picture(rows: Sequence[SaidAndDone], a: str, b: str, unit: Unit) -> WordsAndDeeds:
    """Words above and deeds below, period by period."""
    said = tuple(Beside(r.period, r.reports, tuple(r.said[kind] for kind in Said), tuple(r.done[kind] for kind in Done))
                 for r in rows)  # fmt: skip
    return WordsAndDeeds(a, b, unit, SAID, DONE, said)


#: the kinds as people read them, in the order of ``Said`` and ``Done``
SAID = ("promised or agreed", "demanded", "denied", "accused or warned", "said else")
DONE = ("agreements", "material cooperation", "material conflict")
