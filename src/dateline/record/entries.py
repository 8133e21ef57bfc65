"""What a record gives back: typed rows, each with its report, its sentence and its words.

Offsets are code points of the report's text, half-open. Days are ``YYYY-MM-DD``. Keys are the public, stable ids:
``r…`` report, ``t…`` story, ``a…`` actor, ``s…`` statement, ``e…`` telling of an event, ``v…`` distinct event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dateline.model import Place, Span


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, always three ways: reports, stories, and distinct statements and events.

    ``tellings`` and ``told_statements`` count each report of a story on its own; ``actors`` leaves classes such as
    "government source" out.
    """

    reports: int = 0
    stories: int = 0
    statements: int = 0
    events: int = 0
    actors: int = 0
    tellings: int = 0
    told_statements: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report as the record lists it, without its text."""

    key: str
    title: str | None
    url: str | None
    publisher: str | None
    agency: str | None
    byline: str | None
    language: str | None
    published: str | None
    published_from: str | None
    reliable: bool
    day: str | None
    unread: str | None
    story: str | None
    version: int
    kind: str = "report"
    #: where it came from, for people: a file, a line, a URL
    source: str | None = None
    #: the id that the caller gave, or the locator that stands for it
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as an entry names it: its identity across reports, and the name in this report."""

    key: str
    name: str
    kind: str
    country: str | None
    code: str | None
    here: str | None = None


@dataclass(frozen=True, slots=True)
class SentenceEntry:
    id: int
    report: ReportEntry
    sentence: Span
    text: str


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A statement: who put what on record. ``text`` is its sentence, ``content_text`` the words of the content."""

    id: int
    key: str
    report: ReportEntry
    sentence: Span
    text: str
    form: str
    sourcing: str | None
    speaker: ActorRef | None
    addressee: ActorRef | None
    act: str | None
    cue: str | None
    stance: str
    hedged: bool
    medium: str | None
    day: str | None
    day_end: str | None
    content: tuple[Span, ...]
    content_text: str
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    source_text: str | None
    local: str
    judged: str | None = None
    #: in how many reports of its story the same statement stands
    copies: int = 1


@dataclass(frozen=True, slots=True)
class TellingEntry:
    """An event as one report tells it. ``words`` are the words that tell the act, ``text`` is their sentence."""

    id: int
    key: str
    event: str
    report: ReportEntry
    sentence: Span
    text: str
    span: Span
    words: str
    type: str
    mode: str | None
    cameo: str
    quad: str
    goldstein: float
    source: tuple[ActorRef, ...]
    target: tuple[ActorRef, ...]
    day: str | None
    day_end: str | None
    day_from: str | None
    reliable: bool
    place: Place | None
    reality: str
    said_by: str | None
    unsure: bool
    local: str
    judged: str | None = None
    #: the speaker of the statement inside which it was told
    said_by_actor: ActorRef | None = None
    #: how many reports and stories tell the same event
    reports: int = 1
    stories: int = 1


Entry = SentenceEntry | StatementEntry | TellingEntry


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found, with the sentences beside it; ``score`` orders the hits, higher first."""

    entry: Entry
    before: str | None
    after: str | None
    score: float
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found. ``more`` is true where further hits exist; ``total`` is exact up to ``counted_to``."""

    hits: tuple[Hit, ...]
    total: int
    more: bool
    exact: bool
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many matches have a value: ``value`` is what a filter asks for, ``label`` what people call it."""

    value: str
    label: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter of ``Query`` among some matches, those with most of them first."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What matches are made of. ``distinct`` says that each distinct thing counts once, else each telling of it."""

    facets: tuple[Facet, ...]
    total: int
    distinct: bool


@dataclass(frozen=True, slots=True)
class EventEntry:
    """A distinct event: the same type, source, target, day and place, over all its tellings."""

    key: str
    type: str
    quad: str
    day: str | None
    place: str | None
    goldstein: float
    #: 1 told as real by a report itself, 2 told as real only inside statements, 0 not told as real
    happened: int
    tellings: int
    reports: int
    stories: int
    reliable: bool


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A title held, from the first to the last day on which a report told so."""

    title: str
    of: str | None
    first: str | None
    last: str | None
    status: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One identity across reports. ``is_class`` marks what is no single actor ("government source")."""

    key: str
    name: str
    kind: str
    country: str | None
    code: str | None
    is_class: bool
    names: tuple[tuple[str, int], ...] = ()
    roles: tuple[RoleSpan, ...] = ()
    first: str | None = None
    last: str | None = None
    reports: int = 0
    statements: int = 0
    tellings: int = 0
    reasons: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorStanding:
    """An actor in a list, and in how many reports it is."""

    key: str
    name: str
    kind: str
    country: str | None
    code: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """What an actor of some reports looks like: equal ones are one actor; actors are joined from these."""

    key: str
    name: str
    kind: str
    country: str | None
    code: str | None
    reports: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An actor on the other side of distinct events, of whatever reality: ``out`` towards it, ``back`` by it."""

    key: str
    name: str
    kind: str
    country: str | None
    code: str | None
    out: int
    back: int


@dataclass(frozen=True, slots=True)
class RelationCount:
    """Real events of an ordered pair in one week or month, by quad class, with what the count is held against."""

    source: str
    target: str
    unit: str
    period: str
    quad: str
    #: told by reports themselves, or only said to have happened
    voice: str
    events: int
    reports: int
    stories: int
    #: the sum over the events
    goldstein: float

    @property
    def mean(self) -> float:
        """Goldstein's weight per event."""
        return round(self.goldstein / self.events, 4)


@dataclass(frozen=True, slots=True)
class DayRow:
    """Real events between two sides, either way, on one day: those that reports tell, and those only said to be."""

    day: str
    events: int
    said: int


@dataclass(frozen=True, slots=True)
class Dealings:
    """How many events passed between an actor and one other.

    ``partner`` is a state's code or an actor's key; ``out`` is what the actor did to it, ``back`` the other way.
    """

    partner: str
    name: str
    out_cooperation: int
    out_conflict: int
    back_cooperation: int
    back_conflict: int

    @property
    def events(self) -> int:
        return self.out_cooperation + self.out_conflict + self.back_cooperation + self.back_conflict

    @property
    def conflict(self) -> float:
        """The share of conflict among the events, 0 to 1."""
        return (self.out_conflict + self.back_conflict) / self.events


@dataclass(frozen=True, slots=True)
class PartnerCount(Dealings):
    """What passed between an actor and one other, told by reports themselves on reliable days.

    Cooperation and conflict are distinct events; ``stories`` and ``reports`` tell any of them, ``last`` is the last
    day.
    """

    stories: int
    reports: int
    last: str | None


@dataclass(frozen=True, slots=True)
class PairCount:
    """A pair of sides and how many events passed between them, either way."""

    a: str
    b: str
    a_name: str
    b_name: str
    events: int


@dataclass(frozen=True, slots=True)
class Dealing(Dealings):
    """With whom an actor had how many events, as the rollup by month has them; ``last`` is the last month of one."""

    last: str


@dataclass(frozen=True, slots=True)
class PartnerPeriod:
    """Events of one class with one partner in one period: what the actor did (``out``), or the partner."""

    period: str
    out: bool
    quad: str
    events: int


@dataclass(frozen=True, slots=True)
class Told:
    """The events behind a count, each by one telling, and how many there are: the list may hold fewer."""

    tellings: tuple[TellingEntry, ...]
    events: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One ordered pair of one real event, told by reports themselves, on one reliable day."""

    day: str
    source: str
    target: str
    type: str
    event: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """All events, reports and stories of one week or month."""

    unit: str
    period: str
    events: int
    reports: int
    stories: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided: who, when, why, and what it was before. ``lost`` tells why it holds no longer."""

    id: int
    made: str
    who: str
    why: str | None
    action: str
    target: str
    report: str | None
    field: str | None
    before: Any
    after: Any
    undoes: int | None = None
    undone: bool = False
    lost: str | None = None


@dataclass(frozen=True, slots=True)
class Folio:
    """What a person keeps to come back to, under a key: a frozen result, a brief. ``body`` is JSON; ``made`` is UTC.

    ``sound`` is false for one whose body is not what its key was made from; always true where the key was given.
    """

    key: str
    kind: str
    title: str
    body: Any
    who: str
    made: str
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Inside:
    """The current version of one report: its text, what the machine read in it, its sentences, and who is in it.

    ``reading`` is without corrections, but under the date that a person has set where ``redated`` says so. ``cast``
    gives the actor that each local id of the reading stands for; ``in_story`` counts the reports of its story.
    """

    report: ReportEntry
    text: str
    reading: dict[str, Any]
    redated: bool
    in_story: int
    sentences: tuple[Span, ...]
    cast: dict[str, ActorRef]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report's current version as it came, to be read anew. ``day`` is the date that a person has set."""

    key: str
    kind: str
    source: str | None
    locator: str
    raw_kind: str | None
    raw: bytes | None
    given: str | None
    made_by: str
    day: str | None


@dataclass(frozen=True, slots=True)
class Added:
    """What one add did: new reports, new versions of known ones, known ones, and what could not be kept."""

    new: int = 0
    versions: int = 0
    same: int = 0
    unread: int = 0
    failed: int = 0
    keys: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far an add has come: all counts are of reports, since its start; why each was not read, and how often."""

    read: int = 0
    new: int = 0
    same: int = 0
    versions: int = 0
    unread: int = 0
    failed: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def done(self) -> int:
        """How many are kept, known or given up: the rest is still being read."""
        return self.new + self.same + self.versions + self.failed


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading the record anew did; ``lost`` counts the corrections whose words are not found any more."""

    read: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    lost: int = 0
