"""What the API answers, as types: made from the rows of a record, so that their names are the same everywhere."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from dateline.analyse.claims import ClaimGroup
from dateline.model import Span
from dateline.record.entries import (
    ActorEntry,
    Correction,
    Counts,
    EventEntry,
    Exposure,
    PartnerCount,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
)
from dateline.record.profiles import Copied

T = TypeVar("T")
Offsets = Annotated[list[int], Field(min_length=2, max_length=2, description="code points of the text, half-open")]
Stage = Literal["sentence", "statement", "event"]


class Row(BaseModel):
    """Nothing but what is declared."""

    model_config = ConfigDict(extra="forbid")


@cache
def _row(row: type, name: str, without: tuple[str, ...] = ()) -> type[BaseModel]:
    """The model of a dataclass: all its fields, always there."""
    hints = get_type_hints(row)
    kept: dict[str, Any] = {f.name: (_told(hints[f.name]), ...) for f in fields(row) if f.name not in without}
    return create_model(name, __base__=Row, __doc__=(row.__doc__ or name).split("\n")[0], **kept)


def _told(hint: Any) -> Any:
    """How a type is written in JSON."""
    if hint is Span:
        return Offsets
    if isinstance(hint, type) and is_dataclass(hint):
        kind: Any = hint
        return _row(kind, hint.__name__.removesuffix("Entry"))
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return Union[tuple(_told(part) for part in inner)]  # noqa: UP007
    if origin is tuple and inner[-1] is Ellipsis:
        return list[_told(inner[0])]  # type: ignore[misc]
    if origin is tuple:
        return tuple[tuple(_told(part) for part in inner)]  # type: ignore[misc]
    return hint


def _entry(row: type, name: str, find: str) -> type[BaseModel]:
    """An entry as ``present.rows`` writes it: with its kind, and without the store's own number."""
    made = _row(row, f"{name}Row", ("id",))
    kind: Any = Literal.__getitem__(find)
    return create_model(name, __base__=made, __doc__=made.__doc__, find=(kind, ...))


Report = _row(ReportEntry, "Report")
Sentence = _entry(SentenceEntry, "Sentence", "sentence")
Statement = _entry(StatementEntry, "Statement", "statement")
Telling = _entry(TellingEntry, "Telling", "event")
Event = _row(EventEntry, "Event")
Actor = _row(ActorEntry, "Actor")
CorrectionMade = _row(Correction, "Correction")
Counted = _row(Counts, "Counts")
Claim = _row(ClaimGroup, "Claim")
CopiedFrom = _row(Copied, "Copied")
_Partner = _row(PartnerCount, "PartnerRow")
_Exposed = _row(Exposure, "ExposureRow", ("stories",))


class Page(Row, Generic[T]):
    """A part of a list; ``next`` is the address of the following part, null at the end."""

    items: list[T]
    next: str | None


def page_of(row: type[BaseModel]) -> Any:
    """A page of such rows."""
    return Page.__class_getitem__(row)


class Partner(_Partner):  # type: ignore[misc,valid-type]
    """What passed between an actor and one other."""

    events: int
    conflict_share: float


class Exposed(_Exposed):  # type: ignore[misc,valid-type]
    """All events and reports of a month or week: what a count is held against."""


# --- search


class _Beside(Row):
    before: str | None = Field(description="the sentence before")
    after: str | None = Field(description="the sentence after")
    score: float
    copies: int = Field(description="further reports that tell the same")


SentenceHit = create_model("SentenceHit", __base__=(Sentence, _Beside))
StatementHit = create_model("StatementHit", __base__=(Statement, _Beside))
EventHit = create_model("EventHit", __base__=(Telling, _Beside))


class Found(Row):
    """What a search found, the best first."""

    query: dict[str, str | bool]
    counts: Counted | None  # type: ignore[valid-type]
    total: int = Field(description="exact where ``exact`` says so, else at least so many")
    exact: bool
    more: bool
    cursor: str | None
    hits: list[SentenceHit | StatementHit | EventHit]  # type: ignore[valid-type]
    next: str | None


# --- reports


class Version(Row):
    """One text that a report has had."""

    version: int
    added: str
    source: str | None
    characters: int
    made_by: str


class Story(Row):
    """The reports of a story in their order of copying."""

    credit: str | None
    order: list[CopiedFrom]  # type: ignore[valid-type]


class Text(Row):
    """The words of a report."""

    report: str
    version: int
    text: str


# --- actors


class ActorLine(Row):
    """An actor in a list."""

    key: str
    name: str
    kind: str
    country: str | None
    code: str | None
    reports: int


# --- relations


class PeriodCount(Row):
    quad: str
    voice: str
    events: int
    stories: int
    reports: int
    goldstein: float
    goldstein_mean: float


class Period(Row):
    """A month or week: what one did to the other, and all that was read of that time."""

    period: str
    last: str
    all_events: int
    reports: int
    out: list[PeriodCount]
    back: list[PeriodCount] = []


class Relation(Row):
    """An ordered pair over time."""

    source: str
    target: str
    source_name: str
    target_name: str
    by: str
    voices: list[str]
    periods: list[Period]
    no_reports: list[list[str]] = Field(description="first and last day of each time without reports")


class Asked(Row):
    a: str
    b: str
    date: str


class Rate(Row):
    source: str
    target: str
    quad: str
    before: float | None
    before_interval: list[float | None]
    after: float | None
    after_interval: list[float | None]
    ratio: float | None
    p: float | None
    events: list[int]
    weeks: list[int]


class Beside(Row):
    actor: str
    aspect: str
    own: float | None
    others: float | None
    gap: float | None
    interval: list[float | None]


_Line = _row(TellingEntry, "TellingWithId")


class Change(Row):
    """Whether a relation changed on a day."""

    question: Asked
    verdict: Literal["changed", "no_change", "too_little"]
    p: float | None
    q: float | None
    effect: float | None
    events: int
    reason: str | None
    rates: list[Rate]
    beside: list[Beside]
    p_mix: float | None
    note: str | None
    direction: Literal["better", "worse"] | None


class Around(Change):
    """The same, with the sentences that weigh most on either side."""

    words: str
    method: str
    others: int
    before: list[_Line]  # type: ignore[valid-type]
    after: list[_Line]  # type: ignore[valid-type]


class Turn(Row):
    """A day that stands out."""

    date: str
    direction: str | None
    p: float
    q: float
    effect: float


class Quantiles(Row):
    """The forecast of one week and quad class."""

    model_config = ConfigDict(extra="allow")

    source: str
    target: str
    week: str
    horizon: int


class Outlook(Row):
    """What the next weeks will bring."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    source: str
    target: str
    begins: str = Field(alias="from")
    reported: str
    method: str
    events: int
    weeks: int
    weeks_with_reports: int
    sha256: str
    data: str
    forecast: list[Quantiles]
    track: list[dict[str, Any]]


class Score(Row):
    week: str
    horizon: int
    counts: list[int]
    inside: list[bool]
    crps: float
    rivals: dict[str, float]


class KeptForecast(Row):
    """A forecast that was frozen, with the scores of its weeks that have passed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    sha256: str
    made: str
    source: str
    target: str
    begins: str = Field(alias="from")
    weeks: int
    reported: str
    method: str
    data: str
    sound: bool
    in_hindsight: bool
    forecast: list[dict[str, Any]]
    rivals: dict[str, list[list[float]]]
    scores: list[Score]


class InsideWords(Row):
    key: str
    type: str
    quad: str
    reality: str
    own: bool


class SaidWords(Row):
    key: str
    day: str
    said: str
    act: str | None
    stance: str
    speaker: str
    text: str
    reports: int
    inside: list[InsideWords]


class DoneDeed(Row):
    key: str
    event: str
    day: str
    done: str
    type: str
    text: str
    reports: int
    stories: int


class WordsAndDeeds(Row):
    """What was said and what was done in one month or week."""

    period: str
    last: str
    reports: int
    said: dict[str, int]
    done: dict[str, int]
    inside: dict[str, Any]
    words: list[SaidWords]
    deeds: list[DoneDeed]


class PartnerList(Row):
    """With whom an actor had most events."""

    actor: str
    total: int
    partners: list[Partner]


# --- the record


class Code(Row):
    kind: str
    code: str
    name: str
    about: str
    quad: str | None
    goldstein: float | None
    type: str | None
    above: str | None


class Codebook(Row):
    """All codes, and which codebook this is."""

    version: str
    codes: list[Code]


class Days(Row):
    first: str | None
    last: str | None


class GapOfDays(Row):
    first: str
    last: str
    days: int


class SourceStatus(Row):
    name: str | None
    reports: int
    unread: int
    first: str | None
    last: str | None
    days_with_reports: int
    undated: int
    months: dict[str, int]
    days: dict[str, int]
    gaps: list[GapOfDays]


class Status(Row):
    """What is in the record, from where and when, and what is not."""

    counts: Counted  # type: ignore[valid-type]
    sources: list[SourceStatus]
    days: Days
    dates: dict[str, int]
    languages: dict[str, int]
    unread: dict[str, int]
    event_rows: int
    skipped: dict[str, Any]
    versions: int
    corrections: dict[str, int]
    searches: list[str]
    made_by: dict[str, int]
    record: dict[str, str | int]


class Saved(Row):
    """A search kept under a name."""

    name: str
    query: dict[str, str | bool]
    search: str = Field(description="the address that runs it")


class NotRead(Row):
    """What could not be read, and why."""

    where: str
    reason: str
    count: int


class Kept(Row):
    """What was kept of a request. ``left`` counts the reports that there was no time for: send them again."""

    new: int
    versions: int
    same: int
    unread: int
    failed: int
    left: int
    keys: list[str]
    not_read: list[NotRead]


class Readings(Row):
    """Readings of a request's reports, each as the schema of a reading says; nothing of it was kept."""

    readings: list[dict[str, Any]]
    not_read: list[NotRead]
    left: int


class Where(Row):
    where: list[str]
    reason: str


class Problem(Row):
    """Why there is no answer."""

    detail: str | list[Where]


class Later(Row):
    """An answer that is being worked out: ask again."""

    detail: str


class CorrectionAsked(BaseModel):
    """What a person decides. ``target`` is a key; for merge and split all actors', or the actor's and the report's."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [
        {"action": "reject", "target": "s0123456789abcdef", "why": "he denied it"},
        {"action": "edit", "target": "e0123456789abcdef", "field": "reality", "value": "planned"},
    ]})  # fmt: skip

    action: Literal["accept", "reject", "edit", "merge", "split", "date"]
    target: Annotated[str, Field(min_length=1, max_length=500)] | Annotated[
        list[Annotated[str, Field(min_length=1, max_length=500)]], Field(min_length=1, max_length=50)
    ]
    field: Annotated[str, Field(max_length=50)] | None = None
    value: Annotated[str, Field(max_length=500)] | Annotated[
        list[Annotated[str, Field(max_length=500)]], Field(max_length=50)
    ] | None = None
    why: Annotated[str, Field(max_length=2000)] | None = None


class UndoAsked(BaseModel):
    """Why a correction is taken back."""

    model_config = ConfigDict(extra="forbid")

    why: Annotated[str, Field(max_length=2000)] | None = None
