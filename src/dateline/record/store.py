"""What a store of the record can do: the protocol behind which SQLite, and others after it, stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from dateline.record.bundles import Bundle
from dateline.record.coverage import CodeCounts, Coverage, Wanted
from dateline.record.entries import (
    ActorEntry,
    ActorRef,
    ActorStanding,
    Added,
    Correction,
    Counterpart,
    Counts,
    DayRow,
    Dealing,
    Entry,
    EventEntry,
    EventRow,
    Exposure,
    Facets,
    Folio,
    Hits,
    Inside,
    Kept,
    PairCount,
    PartnerCount,
    PartnerPeriod,
    ProfileEntry,
    RelationCount,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
    Told,
)
from dateline.record.frozen import Frozen
from dateline.record.profiles import Copied
from dateline.record.query import Find, Query, Voice


class Store(Protocol):
    """Keeps bundles, answers queries, remembers corrections. One suite of contract tests holds for each store.

    All writing is done in transactions: a bundle is there with all its rows, or not at all. A list is one state of the
    record, whatever is written while it is read. What is asked for and is not there raises ``QueryError``, a
    correction that makes no sense ``CorrectionError``, and what is wrong with the store itself ``RecordError``.
    """

    @property
    def file(self) -> Path | None:
        """The file in which all is kept, so that nobody reads it as a report; ``None`` for a store without one."""

    def close(self) -> None:
        """Let go of what is open; nothing can be asked afterwards."""

    def require_writable(self) -> None:
        """Raises ``RecordError`` where nothing can be kept."""

    def backup(self, path: Path) -> None:
        """A copy of all that is kept now, in a new file, while others go on writing."""

    def check(self) -> list[str]:
        """What is wrong with what is kept; empty where all is well."""

    # --- keeping

    def known(self, fingerprints: Sequence[str]) -> set[str]:
        """Which of these fingerprints are kept already, in whatever version."""

    def keep(self, bundles: Sequence[Bundle]) -> Added:
        """Keep reports with their readings, in one transaction. What is kept already stays as it is."""

    def note_skip(self, source: str, reason: str) -> None:
        """Remember that something could not be kept; the same twice is one."""

    def origins(self, query: Query | None = None) -> Iterator[Kept]:
        """The current version of every report, or of those that match, as it came, to be read anew."""

    def replace(self, bundles: Sequence[tuple[str, Bundle]]) -> list[str]:
        """New readings of the current versions of reports, by key; gives the keys of those that changed."""

    def redate(self, bundles: Sequence[tuple[str, Bundle]]) -> list[str]:
        """What was read in reports under the dates that a person has set; the readings themselves stay."""

    def project(self, keys: Sequence[str]) -> None:
        """Make the rows of reports anew from their readings and the corrections that hold."""

    # --- asking

    def counts(self, query: Query | None = None) -> Counts:
        """How much there is, or how much matches."""

    def search(self, query: Query, limit: int = 20, cursor: str | None = None) -> Hits:
        """The best matches; all pages together hold each match once."""

    def facets(self, query: Query) -> Facets:
        """How many matches have each value of each facet."""

    def sentences(self, query: Query) -> Iterator[SentenceEntry]:
        """The sentences that match, in the order of days."""

    def statements(self, query: Query) -> Iterator[StatementEntry]:
        """The statements that match, in the order of days."""

    def saying(self, asked: Sequence[str], most: int) -> tuple[list[StatementEntry], bool]:
        """The statements in whose words all words of one of the questions stand, with the denials and doubts of their
        reports; a question that more than ``most`` sentences answer is passed over, which the second value denies."""

    def sample(self, most: int) -> tuple[list[StatementEntry], int]:
        """At most so many statements, evenly over all, and how many there are."""

    def statements_with(self, keys: Iterable[str]) -> list[StatementEntry]:
        """The statements with these keys, without those that a person rejected."""

    def mentioning(self, actor: str, limit: int = 5) -> list[StatementEntry]:
        """The newest statements by others in whose sentences the actor with this key is named or meant."""

    def told_inside(self, statements: Sequence[StatementEntry]) -> dict[str, tuple[TellingEntry, ...]]:
        """For each statement, by its key, the events told inside it."""

    def tellings(self, query: Query) -> Iterator[TellingEntry]:
        """The tellings of events that match, in the order of days."""

    def events(self, query: Query) -> Iterator[EventEntry]:
        """The distinct events that a matching telling tells."""

    def reports(self, query: Query) -> Iterator[ReportEntry]:
        """All reports, or those that hold a matching entry, in the order of days."""

    def page(self, find: Find, query: Query, limit: int, cursor: str | None = None) -> tuple[list[Entry], str | None]:
        """The next entries of one kind in the order of days, and where to go on; all pages together are the list."""

    def events_page(self, query: Query, limit: int, cursor: str | None = None) -> tuple[list[EventEntry], str | None]:
        """The next of ``events``, and where to go on."""

    def reports_page(self, query: Query, limit: int, cursor: str | None = None) -> tuple[list[ReportEntry], str | None]:
        """The next of ``reports``, and where to go on."""

    def ranked_actors(self, query: Query, name: str | None = None) -> list[tuple[str, int]]:
        """The keys of ``actors`` with their numbers of reports, or of the actors with a name that holds some words."""

    def actor_lines(self, keys: Sequence[str]) -> list[ActorRef]:
        """Some actors by their keys, in this order, with their names alone."""

    def corrections_page(
        self, target: str | None, limit: int, cursor: str | None = None
    ) -> tuple[list[Correction], str | None]:
        """The next of ``corrections``, and where to go on."""

    def report(self, key: str) -> ReportEntry:
        """The report with this key, or with this id of its caller's."""

    def versions(self, key: str) -> list[dict[str, Any]]:
        """The versions of a report, oldest first."""

    def copies(self, key: str) -> tuple[list[Copied], str | None]:
        """The reports of this one's story in their order of copying, and the story's wire credit."""

    def text(self, report: str, version: int | None = None) -> str:
        """The text of a report, of its current version where none is named."""

    def reading(self, report: str, version: int | None = None) -> dict[str, Any]:
        """The machine's reading of a version, without corrections."""

    def inside(self, key: str) -> Inside:
        """The current version of one report, with all that is in it but its entries."""

    def inside_between(self, key: str, first: int, last: int) -> tuple[list[StatementEntry], list[TellingEntry]]:
        """The statements and events, rejected ones too, of the sentences of a report numbered from first to last."""

    def sentence_of(self, key: str, entry: str) -> int | None:
        """The number of the sentence of a report that holds this statement or event."""

    def actors(self, query: Query) -> Iterator[ActorEntry]:
        """All actors, or those of the reports that hold a matching entry, those in most reports first."""

    def actor(self, name: str) -> ActorEntry:
        """The actor with this key or name."""

    def standing(self) -> list[ActorStanding]:
        """All actors that are no classes, those in most reports first; it takes a look at every report."""

    def called_like(self, words: str) -> set[str]:
        """The keys of the actors of whose names one holds all words, or such as begin with them."""

    def profiles(self, actor: str) -> list[ProfileEntry]:
        """What the actor with this key was joined from, what is in most reports first."""

    def holders(self, profiles: Sequence[str]) -> dict[str, str]:
        """For each profile that some report has, by its key, the key of its actor now."""

    def counterparts(self, actor: str, limit: int = 20) -> tuple[list[Counterpart], int]:
        """Who stands on the other side of events that the actor with this key has a part in, and how many do."""

    def joinings(self) -> list[Correction]:
        """All merges and splits that people made, in the order of making."""

    def relation(
        self, source: str, target: str, unit: str = "month", first: str | None = None, last: str | None = None
    ) -> Iterator[RelationCount]:
        """The real events of an ordered pair, by ``"month"`` or ``"week"``; of the periods that hold a span, whole."""

    def sides(self, source: str, target: str) -> tuple[str, str]:
        """What two names stand for in a relation, parts of a state (``USA:MIL``) too; never one and the same."""

    def called(self, side: str) -> str:
        """What people call a side."""

    def days(
        self, source: str, target: str, first: str | None = None, last: str | None = None
    ) -> Iterator[DayRow]:
        """The real events between two sides, either way, day by day."""

    def partners(
        self, name: str, first: str | None = None, last: str | None = None, limit: int = 20
    ) -> tuple[list[PartnerCount], int]:
        """With whom an actor had most events in the months that hold a span, and how many partners there are."""

    def dealings(
        self, name: str, first: str | None = None, last: str | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[list[Dealing], int]:
        """As ``partners``, from the rollup alone: without the reports and stories that tell the events."""

    def small_series(
        self, side: str, partners: Collection[str], unit: str, first: str, last: str
    ) -> dict[str, list[PartnerPeriod]]:
        """What passed between a side and each of some partners, period by period, as reports themselves tell it."""

    def busiest(self, limit: int = 1) -> list[PairCount]:
        """The pairs with most real events that reports themselves tell, either way; takes a while."""

    def behind(
        self, source: str, target: str, unit: str, periods: tuple[str, str], quads: Collection[str], voice: Voice,
        limit: int = 100,
    ) -> Told:  # fmt: skip
        """The events that ``relation`` counts from one period to another, in the order of days, each once."""

    def spoken(
        self, source: str, target: str, first: str | None = None, last: str | None = None
    ) -> list[tuple[StatementEntry, tuple[TellingEntry, ...]]]:
        """What one side said of another, statement by statement, each with the events told inside it."""

    def deeds(
        self, source: str, target: str, first: str | None = None, last: str | None = None
    ) -> list[TellingEntry]:
        """The material events and agreements of an ordered pair that reports themselves tell."""

    def side(self, name: str) -> str:
        """What a name stands for in a relation: a state's code, else the key of one actor."""

    def event_rows(self) -> Iterator[EventRow]:
        """Every ordered pair of every real event told by reports themselves, on one reliable day, in order of days."""

    def evidence(self, source: str, target: str, first: str, last: str, limit: int = 5) -> list[TellingEntry]:
        """The tellings of a pair's real events between two days that weigh most."""

    def exposure(
        self, unit: str = "month", first: str | None = None, last: str | None = None, stories: bool = True
    ) -> Iterator[Exposure]:
        """All events, reports and (which takes longer) stories of each month or week."""

    def first_told(self) -> Iterator[tuple[str, str]]:
        """The key of each event of ``event_rows``, with the day of the earliest report that tells it as real."""

    def report_days(self) -> tuple[str | None, str | None]:
        """The first and the last reliable day with a report; ``None`` where there is none."""

    def status(self) -> dict[str, Any]:
        """What is kept, from where and when, and what is not, ready for JSON; ``counts`` comes first."""

    def coverage(self) -> Coverage:
        """Reports by source and day, with gaps and what is lacking; takes a while in a large record."""

    def reports_listed(
        self, wanted: Wanted, limit: int = 100, cursor: str | None = None
    ) -> tuple[list[ReportEntry], int, str | None]:
        """Reports by source, days and what they lack; how many, counted up to 10,000; and where the list goes on."""

    def skips(self, limit: int = 100) -> list[tuple[str, str, str]]:
        """What could not be kept, the newest first: where it came from, why, and when that was first seen."""

    def code_counts(self, asked: Sequence[tuple[str, str]]) -> CodeCounts:
        """How often codes are told, asked for as (kind, code); kinds are filters of ``Query``."""

    def fine_counts(self) -> CodeCounts:
        """How often each CAMEO code is told, and how many actors have each role; takes a while in a large record."""

    def coded(self, type_: str, cameo: str, limit: int = 3) -> list[TellingEntry]:
        """Some of the newest tellings of a type that have a CAMEO code."""

    def of_role(self, role: str, limit: int = 3) -> list[ActorRef]:
        """Some actors with a role code."""

    def entry(self, key: str, at: int | None = None) -> Entry:
        """A statement or telling by its key; with ``at``, the sentence of report ``key`` that holds this offset."""

    def entries(self, keys: Sequence[tuple[str, int | None]]) -> dict[tuple[str, int | None], Entry]:
        """Those statements, tellings and sentences that are there, asked for as ``entry`` does."""

    # --- correcting

    def correct(
        self, action: str, target: str | Sequence[str], who: str, why: str | None = None, field: str | None = None,
        value: Any = None,
    ) -> Correction:  # fmt: skip
        """Make a correction: one more row, and all that it is about as it says."""

    def undo(self, correction: int, who: str, why: str | None = None) -> Correction:
        """Take a correction back: one more row, and all as if it had not been made."""

    def corrections(self, target: str | None = None) -> Iterator[Correction]:
        """All corrections in the order in which they were made, or those about one key."""

    def log(
        self, who: str | None = None, report: str | None = None, before: int | None = None, limit: int | None = None
    ) -> Iterator[Correction]:
        """The corrections, newest first: of one person, about one report, older than the one numbered ``before``."""

    # --- frozen forecasts

    def freeze(self, forecast: Frozen) -> Frozen:
        """Keep a forecast with the time of this; one that is kept already stays as it is. Gives the one kept."""

    def frozen(self, source: str | None = None, target: str | None = None) -> Iterator[Frozen]:
        """The frozen forecasts, or those of one or both sides, in the order of making; a changed one says so."""

    # --- folios: what people keep to come back to

    def keep_folio(self, kind: str, title: str, body: Any, who: str, key: str | None = None) -> Folio:
        """Keep a frozen result, a brief. With a key it takes the place of the one under it; without, its key is made
        from kind and body: the same twice is the first one, and what stands under such a key never changes."""

    def folio(self, key: str) -> Folio:
        """The folio with this key."""

    def folios(self, kind: str, *, bodies: bool = True) -> Iterator[Folio]:
        """The folios of a kind, the newest first; a list of many does without their bodies."""

    def drop_folio(self, key: str) -> bool:
        """Drop a folio; false where there is none."""

    # --- saved searches

    def save_search(self, name: str, query: Query) -> None:
        """Keep a search under a name; a name used before is given to this one."""

    def saved_searches(self) -> dict[str, Query]:
        """The saved searches by name."""

    def forget_search(self, name: str) -> bool:
        """Forget a saved search; false where there is none of this name."""
