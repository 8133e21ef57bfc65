"""What the grouping of claims takes and gives: statements as the record tells them, and claims across reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Taken(StrEnum):
    """What one source makes of one claim. A question takes no position."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DEMANDS = "demands"
    PREDICTS = "predicts"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who made a statement: the identity's key, its name, and the words of the report that name it.

    ``key`` is ``None`` where the report names somebody whom the record does not know.
    """

    key: str | None
    name: str
    words: str
    country: str | None = None
    #: False for an unnamed or collective source ("officials"), whom no two reports need mean alike
    named: bool = True
    #: person, state, organisation …: an "it" is no person, a "she" no state
    kind: str | None = None

    @property
    def id(self) -> str:
        """What two statements by one source share: the key, and for a class ("the ministry") its words as well."""
        if self.key and self.named and self.name[:1].isupper():
            return self.key
        words = [w for w in self.words.lower().split() if w not in ("the", "a", "an")]
        return f"{self.key or ''}|{' '.join(words)}"


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event told inside a statement: its type, its sides as identity keys, and the distinct event's key."""

    key: str
    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    reality: str
    day: str | None
    #: True where words of the report told the day, not its date of publication
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One statement of the record, with what tells whose it is and what it is about. Days are ``YYYY-MM-DD``.

    ``day`` is the day of the statement, else of its report; ``published`` is that of the report, from which "on
    Tuesday" counts. ``words`` is the text of the content, ``sentence`` that of its sentence.
    """

    key: str
    report: str
    story: str | None
    day: str | None
    published: str | None
    speaker: Speaker | None
    act: str | None
    stance: str
    hedged: bool
    words: str
    sentence: str
    addressee: str | None = None
    events: tuple[ToldEvent, ...] = ()
    publisher: str | None = None
    agency: str | None = None
    #: where in its report it stands
    at: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """What a statement takes as its position on a claim.

    ``against`` is true for a denial, a doubt, and for a demand or prediction that it be not so. ``names_whose`` is
    the speaker (``Speaker.id``) whose claim a denial or doubt says it speaks of ("rejected Oslo's claim"). ``number``
    is that of the sentence in the statement's content, ``at`` where the statement's sentence begins in its report.
    """

    told: str
    report: str
    story: str | None
    speaker: Speaker | None
    day: str | None
    position: Taken
    against: bool
    hedged: bool
    words: str
    names_whose: str | None = None
    number: int = 0
    at: int = 0
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Independent:
    """How many take one position: statements, and sources that are not copies of each other.

    ``origins`` counts the statements of one story once, and an agency's text once however many print it;
    ``speakers`` are those who are named and differ; ``unnamed`` those told apart only by their words.
    """

    position: Taken
    against: bool
    statements: int
    reports: int
    origins: int
    speakers: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """One claim across reports: its wording, who first told it, and all positions in the order of their days.

    ``key`` is that of the first statement, with a "c", and outlives later ones. ``text`` is what the earliest
    assertion says, else the earliest of all. ``contested`` is true where one source is for it and another against it.
    Nothing here says whether it is true.
    """

    key: str
    text: str
    first: Told
    positions: tuple[Position, ...]
    wordings: tuple[str, ...]
    contested: bool
    independent: tuple[Independent, ...]


class _Actor(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def country(self) -> str | None: ...


class _Report(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def story(self) -> str | None: ...
    @property
    def day(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def agency(self) -> str | None: ...


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


class StatementRow(Protocol):
    """What is taken from the record's ``StatementEntry``."""

    @property
    def key(self) -> str: ...
    @property
    def report(self) -> _Report: ...
    @property
    def speaker(self) -> _Actor | None: ...
    @property
    def addressee(self) -> _Actor | None: ...
    @property
    def act(self) -> str | None: ...
    @property
    def stance(self) -> str: ...
    @property
    def hedged(self) -> bool: ...
    @property
    def day(self) -> str | None: ...
    @property
    def content_text(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def source_text(self) -> str | None: ...
    @property
    def sourcing(self) -> str | None: ...
    @property
    def sentence(self) -> _Spanned: ...


class TellingRow(Protocol):
    """What is taken from the record's ``TellingEntry``."""

    @property
    def event(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def source(self) -> Iterable[_Actor]: ...
    @property
    def target(self) -> Iterable[_Actor]: ...
    @property
    def reality(self) -> str: ...
    @property
    def day(self) -> str | None: ...
    @property
    def day_from(self) -> str | None: ...
    @property
    def said_by(self) -> str | None: ...
    @property
    def report(self) -> _Report: ...


def told_of(statement: StatementRow, tellings: Iterable[TellingRow]) -> Told:
    """A statement of the record, with those of the tellings that stand inside it; others are passed over."""
    report = statement.report
    return Told(
        key=statement.key,
        report=report.key,
        story=report.story,
        day=statement.day or report.day,
        published=report.day or report.published,
        speaker=_speaker(statement),
        act=statement.act,
        stance=str(statement.stance),
        hedged=statement.hedged,
        words=statement.content_text,
        sentence=statement.text,
        addressee=statement.addressee.name if statement.addressee else None,
        events=tuple(
            sorted(
                (_event(t) for t in tellings if t.said_by == statement.key and t.report.key == report.key),
                key=lambda e: (e.key, e.type, e.source, e.target, e.reality, e.day or ""),
            )
        ),
        publisher=report.publisher,
        agency=report.agency,
        at=statement.sentence.start,
    )


def _speaker(statement: StatementRow) -> Speaker | None:
    actor, words = statement.speaker, statement.source_text
    if actor is None:
        return Speaker(None, words, words, named=statement.sourcing == "named") if words else None
    named = statement.sourcing == "named"
    return Speaker(actor.key, actor.name, words or actor.name, actor.country, named, actor.kind)


def _event(telling: TellingRow) -> ToldEvent:
    source = tuple(sorted(a.key for a in telling.source))
    target = tuple(sorted(a.key for a in telling.target))
    dated = telling.day_from == "text"
    return ToldEvent(telling.event, telling.type, source, target, str(telling.reality), telling.day, dated)
