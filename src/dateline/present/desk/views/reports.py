"""One report as a screen: its text with what was found in it, beside it each finding, its story and its versions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from dateline.keep import Record
from dateline.model import Span
from dateline.present.desk.views.changed import Change, changes
from dateline.present.desk.views.decided import Decided, decided_in
from dateline.present.desk.views.entries import address, plain
from dateline.present.desk.views.marking import (
    Line,
    lines_of,
    marks_of_entries,
    marks_of_machine,
    marks_of_rest,
    markup_of,
    numbered_in,
    parts_of,
)
from dateline.present.words import title_words
from dateline.record.entries import ActorRef, Correction, Entry, Inside, ReportEntry, StatementEntry, TellingEntry

#: A title is shown so long at most, and a list of the copies of a story.
TITLE, COPIES = 300, 60
_QUOTED = 300


@dataclass(frozen=True, slots=True)
class Card:
    """A statement or event beside the text. ``kind`` is statement or event; ``within`` is the statement around it."""

    kind: str
    key: str
    name: str
    entry: StatementEntry | TellingEntry
    report: ReportEntry
    words: str
    address: str
    lit: bool
    within: Card | None
    day_from: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that tell a date, what they stand for, from where that is known, and whether it is relied on."""

    id: str
    words: str
    first: str | None
    last: str | None
    value: str
    origin: str
    reliable: bool


@dataclass(frozen=True, slots=True)
class CopyOf:
    """A report of the same story, in the order of copying."""

    report: ReportEntry
    how: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of a story as far as they are listed; ``reports`` counts all."""

    copies: tuple[CopyOf, ...]
    credit: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class Skip:
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The report's screen. ``part`` of ``parts`` counts from 1; ``version`` is set for an earlier one."""

    report: ReportEntry
    title: str
    length: int
    lines: list[Line]
    part: int
    parts: int
    lit: str
    missing: bool
    cards: list[Card] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    cast: list[tuple[ActorRef, str]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    version: int | None = None
    changed: list[Change] = field(default_factory=list)
    log: list[Correction] = field(default_factory=list)
    undo: Correction | None = None
    names: list[str] = field(default_factory=list)
    in_story: int = 1

    @property
    def words(self) -> Markup:
        """Its text, marked."""
        return markup_of(self.lines)


def report_shown(record: Record, key: str, *, lit: str = "", part: int | None = None, who: str = "") -> Shown:
    """The current version of a report; raises ``QueryError`` for a report that is not there.

    ``lit`` is the key of an entry, or the id of a sentence (``s-120``): its part is shown unless ``part`` asks for
    another. ``who`` asks, and may undo what they decided last.
    """
    held = record.store.inside(key)
    parts = parts_of(len(held.text), held.sentences)
    sentence = _sentence(record, held, lit)
    number = _part(parts, held.sentences, sentence, part)
    first, last = numbered_in(held.sentences, parts[number])
    statements, tellings = record.store.inside_between(held.report.key, first, last)
    log = list(record.store.corrections(held.report.key))
    keys = {s.local: s.key for s in statements} | {t.local: t.key for t in tellings}
    marks = [*marks_of_entries(statements, tellings, held.reading), *marks_of_rest(held.reading)]
    mine = [c for c in log if c.who == who and c.action != "undo" and not c.undone]
    return Shown(
        held.report, _title(held), len(held.text),
        lines_of(held.text, parts[number], held.sentences[first : last + 1], marks, keys, lit),
        number + 1, len(parts), lit, bool(lit) and sentence is None,
        cards=_cards(statements, tellings, held, decided_in(log), lit), dates=_dates(held, parts[number]),
        cast=_cast(held), claims=_claims(held, keys), skipped=_skipped(held), versions=record.store.versions(key),
        log=log, undo=max(mine, key=lambda c: c.id, default=None),
        names=sorted({actor.here or actor.name for actor in held.cast.values()}), in_story=held.in_story,
    )  # fmt: skip


def version_shown(record: Record, key: str, version: int, part: int | None = None) -> Shown:
    """An earlier version of a report as it was read then, and what has changed since."""
    report = record.store.report(key)
    reading, now = record.store.reading(key, version), record.store.text(key)
    text = reading["text"]
    sentences = [Span(*s) for s in reading.get("sentences", ())]
    parts = parts_of(len(text), sentences)
    number = _part(parts, sentences, None, part)
    first, last = numbered_in(sentences, parts[number])
    marks = [*marks_of_machine(reading), *marks_of_rest(reading)]
    return Shown(
        report, _cut(reading["title"] or report.title or report.key), len(text),
        lines_of(text, parts[number], sentences[first : last + 1], marks, {}, ""), number + 1, len(parts), "", False,
        versions=record.store.versions(key), version=version, changed=changes(text, now),
    )  # fmt: skip


def story_of(record: Record, key: str, reports: int) -> Story:
    """The story of a report; takes long where thousands of reports carry it."""
    order, credit = record.store.copies(key)
    copies = [CopyOf(record.store.report(c.key), c.how, c.source) for c in order[:COPIES]]
    return Story(tuple(copies), credit, max(reports, len(order)))


def _sentence(record: Record, held: Inside, lit: str) -> int | None:
    """The number of the sentence that is to be lit."""
    if lit.startswith("s-"):
        start = int(lit[2:]) if lit[2:].isdecimal() and len(lit) < 12 else -1
        return next((n for n, s in enumerate(held.sentences) if s.start == start), None)
    return record.store.sentence_of(held.report.key, lit) if lit else None


def _part(parts: Sequence[Span], sentences: Sequence[Span], sentence: int | None, asked: int | None) -> int:
    if asked is not None:
        return min(max(asked, 1), len(parts)) - 1
    if sentence is None:
        return 0
    return max(0, bisect_right([p.start for p in parts], sentences[sentence].start) - 1)


def _title(held: Inside) -> str:
    if held.report.title:
        return _cut(held.report.title)
    if held.report.kind == "events":
        return "A row of a table of events"
    from dateline.present.jsonl import from_json

    return _cut(title_words(from_json({**held.reading, "actors": [], "statements": [], "events": []}).report))


def _cut(title: str) -> str:
    words = title if len(title) <= TITLE else title[:TITLE] + " …"
    return plain(" ".join(words.split()))


# --- beside the text


def _cards(
    statements: list[StatementEntry], tellings: list[TellingEntry], held: Inside, decided: dict[str, Decided], lit: str
) -> list[Card]:
    """Statements and events in the order of the text, each knowing the statement inside which it stands."""
    cards: dict[str, Card] = {}
    around = _around(statements)
    for s in sorted(statements, key=lambda s: -sum(b - a for a, b in s.content)):  # those around others first
        judged = decided.get(s.key, Decided())
        origin = "corrected" if "day" in judged.fields else "text"  # a statement has no other day
        cards[s.key] = Card("statement", s.key, s.local, s, s.report, _quoted(s.content_text), address(s), s.key == lit,
                            cards.get(around.get(s.key, "")), origin_words(origin, held.report) if s.day else "",
                            judged)  # fmt: skip
    for t in tellings:
        own = "the table's own" if held.report.kind == "events" and t.day_from is None else None
        origin = own or origin_words(t.day_from, held.report) if t.day else ""
        cards[t.key] = Card("event", t.key, t.local, t, t.report, _quoted(t.words), address(t), t.key == lit,
                            cards.get(t.said_by or ""), origin, decided.get(t.key, Decided()))  # fmt: skip
    return sorted(cards.values(), key=lambda c: (_begins(c.entry), c.kind == "event", c.key))


def _around(statements: Sequence[StatementEntry]) -> dict[str, str]:
    """For each statement whose words stand inside another's content: the key of the innermost such."""
    opening = sorted((span.start, -span.end, s.key) for s in statements for span in s.content)
    starts = sorted((min((*s.cue_spans, *s.source_spans, *s.content)).start, s.key) for s in statements if s.content)
    found: dict[str, str] = {}
    open_: list[tuple[int, str]] = []
    i = 0
    for start, key in starts:
        while i < len(opening) and opening[i][0] <= start:
            open_.append((-opening[i][1], opening[i][2]))
            i += 1
        open_ = [one for one in open_ if one[0] > start]
        inner = next((other for end, other in reversed(open_) if other != key), None)
        if inner is not None:
            found[key] = inner
    return found


def _begins(entry: Entry) -> int:
    if isinstance(entry, StatementEntry):
        return min((span.start for span in (*entry.source_spans, *entry.cue_spans, *entry.content)), default=0)
    return entry.span.start if isinstance(entry, TellingEntry) else entry.sentence.start


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return plain(words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …")


#: Where a day comes from, in words.
_ORIGINS = {
    "text": "told in the text",
    "dateline": "from the dateline",
    "corrected": "set by a person",
    "metadata": "from the page's metadata",
    "header": "from a line of the text's head",
    "given": "given when the report was added",
    "guessed": "guessed",
}


def origin_words(origin: str | None, report: ReportEntry) -> str:
    """From where a day is known.

    >>> origin_words("text", None), origin_words(None, None)
    ('told in the text', 'nobody told from where')
    """
    if origin == "published":
        return f"the report's own day, {_ORIGINS.get(report.published_from or '', 'nobody told from where')}"
    return _ORIGINS.get(origin or "", "nobody told from where")


def _dates(held: Inside, part: Span) -> list[Dated]:
    """The report's own day and those that it tells: where the first is not relied on, none is, as for its events."""
    report, line = held.report, held.reading["dateline"]
    found = []
    if report.published:
        found.append(Dated("", "published", report.published, None, report.published,
                           origin_words(report.published_from, report), report.reliable))  # fmt: skip
    if line and (line["date"] or line["place"]):
        told = _quoted(held.text[slice(*line["span"])])
        found.append(Dated("", told, line["date"], None, line["date"] or "a place alone", "the dateline",
                           report.reliable and bool(line["date"])))  # fmt: skip
    for number, t in enumerate(held.reading["times"], 1):
        if part.start <= t["span"][0] < part.end:
            found.append(Dated(f"t{number}", _quoted(held.text[slice(*t["span"])]), t["start"], t["end"], t["value"],
                               "the text", report.reliable and t["start"] is not None))  # fmt: skip
    return found


def _cast(held: Inside) -> list[tuple[ActorRef, str]]:
    """Who is in the report, with their roles as it tells them."""
    from dateline.present.jsonl import _actor_of
    from dateline.present.words import role_words

    told = {a["id"]: a for a in held.reading["actors"]}
    return [(actor, plain(role_words(_actor_of(told[local])))[:_QUOTED] if local in told else "")
            for local, actor in sorted(held.cast.items(), key=lambda one: (len(one[0]), one[0]))]  # fmt: skip


def _claims(held: Inside, keys: dict[str, str]) -> list[dict[str, Any]]:
    def position(told: dict[str, Any]) -> dict[str, Any]:
        actor = held.cast.get(told["actor"] or "")
        return {"who": actor, "position": told["position"], "name": told["statement"],
                "key": keys.get(told["statement"], "")}  # fmt: skip

    return [{"text": _quoted(c["text"]), "positions": [position(p) for p in c["positions"]]}
            for c in held.reading["claims"]]  # fmt: skip


def _skipped(held: Inside) -> list[Skip]:
    told = [Skip(_quoted(held.text[slice(*s["span"])][: 2 * _QUOTED]), plain(s["reason"]))
            for s in held.reading["skipped"]]  # fmt: skip
    if held.report.unread and not any(s.reason == held.report.unread for s in told):
        told.insert(0, Skip("", plain(held.report.unread)))
    return told
