"""The columns of csv, jsonl and parquet: one table that writes the rows, the data package's schema and the docs.

A row is flat. Text stands as it is in the report; what is not known is null (an empty cell in csv).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.lexicons.codebook import cameo_name
from dateline.model import CODEBOOK, Span
from dateline.record.entries import ActorRef, Entry, SentenceEntry, StatementEntry, TellingEntry
from dateline.record.query import Find


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name and type (``string``, ``integer``, ``number``, ``boolean``, ``date``, ``names``, ``spans``).

    ``names`` is a list of strings, ``spans`` a list of [start, end] pairs in code points of the report's text.
    """

    name: str
    type: str
    about: str
    get: Callable[[Any], Any]


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _of(actor: ActorRef | None, name: str) -> Any:
    return getattr(actor, name) if actor else None


def _actor(prefix: str, who: str, take: Callable[[Any], ActorRef | None]) -> tuple[Field, ...]:
    """The columns of one actor."""
    return (
        Field(prefix, "string", f"name of {who}, the same in all reports", lambda e: _of(take(e), "name")),
        Field(f"{prefix}_here", "string", f"name of {who} in this report", lambda e: _of(take(e), "here")),
        Field(f"{prefix}_key", "string", f"key of {who}", lambda e: _of(take(e), "key")),
        Field(f"{prefix}_kind", "string", f"kind of {who}: person, office, organisation, state, group, population "
              "or unnamed", lambda e: _of(take(e), "kind")),
        Field(f"{prefix}_country", "string", f"country of {who}, ISO 3166-1 alpha-3",
              lambda e: _of(take(e), "country")),
        Field(f"{prefix}_code", "string", f"CAMEO-style code of {who}", lambda e: _of(take(e), "code")),
    )  # fmt: skip


def _side(prefix: str, who: str, take: Callable[[TellingEntry], tuple[ActorRef, ...]]) -> tuple[Field, ...]:
    """The columns of one side of an event, on which several actors may stand; the lists are in the same order."""

    def listed(name: str) -> Callable[[TellingEntry], list[str]]:
        return lambda e: [getattr(actor, name) or "" for actor in take(e)]

    return (
        Field(prefix, "names", f"names of {who}", listed("name")),
        Field(f"{prefix}_keys", "names", f"keys of {who}", listed("key")),
        Field(f"{prefix}_kinds", "names", f"kinds of {who}", listed("kind")),
        Field(f"{prefix}_countries", "names", f"countries of {who}, ISO 3166-1 alpha-3; empty where there is none",
              listed("country")),
        Field(f"{prefix}_codes", "names", f"CAMEO-style codes of {who}; empty where there is none", listed("code")),
    )  # fmt: skip


REPORT = (
    Field("report", "string", "key of the report", lambda e: e.report.key),
    Field("story", "string", "key of the story: the reports that carry the same text or a rewrite of it",
          lambda e: e.report.story),
    Field("report_source", "string", "where the report came from: a file, a line of it, an address",
          lambda e: e.report.source),
    Field("report_title", "string", "title of the report", lambda e: e.report.title),
    Field("report_url", "string", "where the report can be read", lambda e: e.report.url),
    Field("publisher", "string", "who published the report", lambda e: e.report.publisher),
    Field("agency", "string", "agency that the report credits", lambda e: e.report.agency),
    Field("byline", "string", "who wrote the report", lambda e: e.report.byline),
    Field("language", "string", "language of the report, ISO 639-1", lambda e: e.report.language),
    Field("published", "date", "day of publication", lambda e: e.report.published),
    Field("published_from", "string", "where that day was learned: metadata, header, dateline, given or guessed",
          lambda e: e.report.published_from),
    Field("published_reliable", "boolean", "whether that day may enter a trend", lambda e: e.report.reliable),
    Field("sentence_start", "integer", "first character of the sentence, in code points of the report's text",
          lambda e: e.sentence.start),
    Field("sentence_end", "integer", "character behind the sentence", lambda e: e.sentence.end),
    Field("sentence", "string", "the sentence", lambda e: e.text),
)  # fmt: skip

STATEMENT = (
    Field("kind", "string", "statement", lambda e: "statement"),
    Field("statement", "string", "key of the statement", lambda e: e.key),
    *_actor("speaker", "the speaker", lambda e: e.speaker),
    Field("sourcing", "string", "named, unnamed or collective", lambda e: e.sourcing),
    Field("source_words", "string", "the words that name the speaker", lambda e: e.source_text),
    Field("cue", "string", "lemma of the word that reports: say, deny, warn …", lambda e: e.cue),
    Field("act", "string", "what the speaker does by speaking", lambda e: e.act),
    Field("stance", "string", "asserts, denies, doubts, demands, predicts or asks", lambda e: e.stance),
    Field("hedged", "boolean", "whether it was said with reserve", lambda e: e.hedged),
    Field("form", "string", "direct, indirect or mixed", lambda e: e.form),
    Field("content", "string", "the words of what was put on record", lambda e: e.content_text),
    *_actor("addressee", "the addressee", lambda e: e.addressee),
    Field("medium", "string", "outlet that the speaker spoke to", lambda e: e.medium),
    Field("day", "date", "day on which it was said, or the first of several", lambda e: e.day),
    Field("day_end", "date", "last day on which it may have been said", lambda e: e.day_end),
    Field("content_spans", "spans", "where the content stands", lambda e: _spans(e.content)),
    Field("source_spans", "spans", "where the speaker is named", lambda e: _spans(e.source_spans)),
    Field("cue_spans", "spans", "where the word that reports stands", lambda e: _spans(e.cue_spans)),
    Field("judged", "string", "accepted, edited or rejected by a person", lambda e: e.judged),
    Field("copies", "integer", "in how many reports of the story the same statement stands", lambda e: e.copies),
    *REPORT,
)  # fmt: skip

EVENT = (
    Field("kind", "string", "event", lambda e: "event"),
    Field("telling", "string", "key of this telling of the event", lambda e: e.key),
    Field("event", "string", "key of the event, the same in all its tellings", lambda e: e.event),
    Field("type", "string", "PLOVER type", lambda e: e.type),
    Field("mode", "string", "PLOVER mode", lambda e: e.mode),
    Field("cameo", "string", "CAMEO code", lambda e: e.cameo),
    Field("cameo_name", "string", "name of the CAMEO code", lambda e: cameo_name(e.cameo)),
    Field("quad", "string", "quad class: verbal or material, cooperation or conflict", lambda e: e.quad),
    Field("goldstein", "number", "weight on the Goldstein scale, from -10 (conflict) to 10", lambda e: e.goldstein),
    Field("reality", "string", "happened, ongoing, planned, possible, demanded, denied, negated or called_off",
          lambda e: e.reality),
    *_side("source", "those who act", lambda e: e.source),
    *_side("target", "those acted upon", lambda e: e.target),
    Field("day", "date", "day of the event, or the first of several", lambda e: e.day),
    Field("day_end", "date", "last day of the event", lambda e: e.day_end),
    Field("day_from", "string", "what the day was counted from", lambda e: e.day_from),
    Field("day_reliable", "boolean", "whether the day may enter a trend", lambda e: e.reliable),
    Field("place", "string", "where it happened", lambda e: e.place and e.place.name),
    Field("place_country", "string", "country of the place, ISO 3166-1 alpha-3", lambda e: e.place and e.place.country),
    Field("latitude", "number", "latitude of the place", lambda e: e.place and e.place.lat),
    Field("longitude", "number", "longitude of the place", lambda e: e.place and e.place.lon),
    Field("geonames", "integer", "GeoNames id of the place", lambda e: e.place and e.place.geonames),
    *_actor("said_by", "the speaker inside whose statement it was told", lambda e: e.said_by_actor),
    Field("said", "boolean", "whether it was told inside a statement and not by the report itself",
          lambda e: e.said_by is not None),
    Field("unsure", "boolean", "whether another reading remains", lambda e: e.unsure),
    Field("words", "string", "the words that tell the act", lambda e: e.words),
    Field("words_start", "integer", "first character of these words", lambda e: e.span.start),
    Field("words_end", "integer", "character behind these words", lambda e: e.span.end),
    Field("judged", "string", "accepted, edited or rejected by a person", lambda e: e.judged),
    Field("told_in_reports", "integer", "how many reports tell the event", lambda e: e.reports),
    Field("told_in_stories", "integer", "how many stories tell the event", lambda e: e.stories),
    Field("codebook", "string", "version of the codebook", lambda e: CODEBOOK),
    *REPORT,
)  # fmt: skip

SENTENCE = (Field("kind", "string", "sentence", lambda e: "sentence"), *REPORT)

#: The columns of each kind of entry.
FIELDS: dict[Find, tuple[Field, ...]] = {
    Find.SENTENCES: SENTENCE,
    Find.STATEMENTS: STATEMENT,
    Find.EVENTS: EVENT,
}


def find_of(entry: Entry) -> Find:
    """The kind of an entry."""
    if isinstance(entry, StatementEntry):
        return Find.STATEMENTS
    return Find.SENTENCES if isinstance(entry, SentenceEntry) else Find.EVENTS


def row(entry: Entry) -> dict[str, Any]:
    """An entry as one flat row, by the names of its columns."""
    return {field.name: field.get(entry) for field in FIELDS[find_of(entry)]}


def union(finds: Sequence[Find]) -> tuple[Field, ...]:
    """The columns of several kinds of entries, each name once, in order."""
    named: dict[str, Field] = {}
    for find in finds:
        for field in FIELDS[find]:
            named.setdefault(field.name, field)
    return tuple(named.values())


def markdown(find: Find) -> str:
    """The columns of a kind of entry as the table that the docs show."""
    lines = ["| column | type | holds |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{f.name}` | {f.type} | {f.about} |" for f in FIELDS[find])])
