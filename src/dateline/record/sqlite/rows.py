"""Ids of entries -> typed rows. Reports, texts and actors are fetched once for many rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from dateline.model import Place, Span
from dateline.record.drafts import QUAD_NAMES
from dateline.record.entries import ActorRef, ReportEntry, SentenceEntry, StatementEntry, TellingEntry

#: rows fetched at once, and texts and reports kept for the next
CHUNK, KEPT = 500, 2_000

REPORT_COLUMNS = (
    "r.key, r.title, r.url, r.publisher, r.agency, r.byline, r.language, r.published, r.published_from, r.reliable,"
    " r.day, r.unread, s.key, r.version, r.kind, v.source, r.locator"
)
REPORT_TABLES = (
    "reports r JOIN stories s ON s.id = r.story JOIN versions v ON v.report = r.id AND v.number = r.version"
)


def report_entry(row: Sequence[Any]) -> ReportEntry:
    """A report from the columns ``REPORT_COLUMNS``."""
    values = list(row)
    values[9] = bool(values[9])
    return ReportEntry(*values)


def chunks(ids: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """The ids in lists of a few hundred."""
    ids = iter(ids)
    while chunk := list(islice(ids, size)):
        yield chunk


class Rows:
    """Makes rows, with what it has fetched before at hand."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._reports: dict[int, ReportEntry] = {}
        self._texts: dict[int, str] = {}
        self._lines: dict[int, str] = {}
        self._profiles: dict[int, ActorRef] = {}

    # --- what rows share

    def _fetch(self, reports: set[int]) -> None:
        if len(self._reports) > KEPT:
            self._reports.clear()
            self._texts.clear()
        missing = sorted(reports - self._reports.keys())
        rows = self.db.execute(
            f"SELECT r.id, v.text, {REPORT_COLUMNS} FROM {REPORT_TABLES} WHERE r.id IN (SELECT value FROM json_each(?))",
            (json.dumps(missing),))  # fmt: skip
        for id_, text, *row in rows:
            self._reports[id_] = report_entry(row)
            self._texts[id_] = text

    def _actors(self, profiles: set[int]) -> None:
        if len(self._profiles) > 20_000:
            self._profiles.clear()
        missing = sorted(profiles - self._profiles.keys())
        rows = self.db.execute(
            "SELECT p.id, a.key, a.name, a.kind, a.country, a.code, p.name FROM profiles p JOIN actors a ON a.id = p.actor"
            " WHERE p.id IN (SELECT value FROM json_each(?))", (json.dumps(missing),))  # fmt: skip
        for id_, *facts in rows:
            self._profiles[id_] = ActorRef(*facts)

    def report(self, id_: int) -> ReportEntry:
        if id_ not in self._reports:
            self._fetch({id_})
        return self._reports[id_]

    def text(self, id_: int) -> str:
        if id_ not in self._texts:
            self._fetch({id_})
        return self._texts[id_]

    def _sorted(self, ids: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        found = {row[0]: row for row in rows}
        return [found[id_] for id_ in ids if id_ in found]

    # --- the three kinds

    def sentences(self, ids: Sequence[int]) -> list[SentenceEntry]:
        rows = self._sorted(ids, self.db.execute(
            'SELECT e.id, e.report, s."start", s."end" FROM entries e'
            " JOIN sentences s ON s.report = e.report AND s.n = e.sentence"
            " WHERE e.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)))  # fmt: skip
        self._fetch({row[1] for row in rows})
        return [SentenceEntry(id_, self._reports[report], Span(start, end), self._texts[report][start:end])
                for id_, report, start, end in rows]  # fmt: skip

    def lines(self, ids: Sequence[int]) -> dict[int, str]:
        """The sentences of some entries: cut out by SQLite, without the rest of the text."""
        missing = [id_ for id_ in ids if id_ not in self._lines]
        rows = self.db.execute(
            'SELECT e.id, e.report, s."start", s."end", substr(v.text, s."start" + 1, s."end" - s."start")'
            " FROM json_each(?) j CROSS JOIN entries e ON e.id = j.value"
            " JOIN sentences s ON s.report = e.report AND s.n = e.sentence"
            " JOIN reports r ON r.id = e.report JOIN versions v ON v.report = r.id AND v.number = r.version",
            (json.dumps(missing),)) if missing else ()  # fmt: skip
        for id_, report, start, end, line in rows:
            # SQLite stops at a null character
            self._lines[id_] = line if len(line) == end - start else self.text(report)[start:end]
        return self._lines

    def statements(self, ids: Sequence[int], copies: dict[int, int] | None = None) -> list[StatementEntry]:
        rows = self._sorted(ids, self.db.execute(
            'SELECT t.id, e.report, s."start", s."end", t.key, t.local, t.form, t.sourcing, t.speaker, t.addressee, t.act,'
            " t.cue, t.stance, t.hedged, t.medium, t.day, t.day_end, t.content, t.spans, t.judged,"
            " (SELECT count(*) FROM statements o WHERE o.distinct_key = t.distinct_key)"
            " FROM statements t JOIN entries e ON e.id = t.id"
            " JOIN sentences s ON s.report = e.report AND s.n = e.sentence"
            " WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)))  # fmt: skip
        self._fetch({row[1] for row in rows})
        self._actors({p for row in rows for p in (row[8], row[9]) if p is not None})
        return [self._statement(row) for row in rows]

    def _statement(self, row: tuple[Any, ...]) -> StatementEntry:
        (id_, report, start, end, key, local, form, sourcing, speaker, addressee, act, cue, stance, hedged, medium, day,
         day_end, content, spans, judged, copies) = row  # fmt: skip
        text = self._texts[report]
        told = tuple(Span(*s) for s in json.loads(content))
        source_spans, cue_spans = (tuple(Span(*s) for s in side) for side in json.loads(spans))
        return StatementEntry(
            id=id_, key=key, report=self._reports[report], sentence=Span(start, end), text=text[start:end], form=form,
            sourcing=sourcing, speaker=self._profiles.get(speaker), addressee=self._profiles.get(addressee), act=act,
            cue=cue, stance=stance, hedged=bool(hedged), medium=medium, day=day, day_end=day_end, content=told,
            content_text=" ".join(text[a:b] for a, b in told), source_spans=source_spans, cue_spans=cue_spans,
            source_text=" ".join(text[a:b] for a, b in source_spans) or None, local=local, judged=judged, copies=copies,
        )  # fmt: skip

    def tellings(self, ids: Sequence[int]) -> list[TellingEntry]:
        rows = self._sorted(ids, self.db.execute(
            'SELECT t.id, e.report, s."start", s."end", t.key, t.local, v.key, t.type, t.mode, t.cameo, t.quad,'
            ' t.goldstein, t."start", t."end", t.day, t.day_end, t.day_from, t.reliable, t.place, t.reality, t.said_by,'
            " t.unsure, t.judged, v.reports, v.stories"
            " FROM tellings t JOIN entries e ON e.id = t.id JOIN events v ON v.id = t.event"
            " JOIN sentences s ON s.report = e.report AND s.n = e.sentence"
            " WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)))  # fmt: skip
        self._fetch({row[1] for row in rows})
        sides = self._sides([row[0] for row in rows])
        speakers = self._speakers({row[1] for row in rows if row[20]})
        return [self._telling(row, sides.get(row[0], ((), ())), speakers.get((row[1], row[20]))) for row in rows]

    def _sides(self, ids: Sequence[int]) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
        found: dict[int, tuple[list[int], list[int]]] = {}
        rows = self.db.execute("SELECT telling, side, profile FROM telling_actors WHERE telling IN"
                               " (SELECT value FROM json_each(?)) ORDER BY telling, side, profile", (json.dumps(ids),))  # fmt: skip
        for telling, side, profile in rows:
            found.setdefault(telling, ([], []))[side].append(profile)
        self._actors({p for sides in found.values() for side in sides for p in side})
        return {telling: (tuple(s), tuple(t)) for telling, (s, t) in found.items()}

    def _speakers(self, reports: set[int]) -> dict[tuple[int, str], tuple[str, int | None]]:
        """For each statement of some reports, by its local id: its key, and the profile of its speaker."""
        rows = self.db.execute(
            "SELECT e.report, st.local, st.key, st.speaker FROM entries e JOIN statements st ON st.id = e.id"
            " WHERE e.kind = 2 AND e.report IN (SELECT value FROM json_each(?))", (json.dumps(sorted(reports)),)).fetchall()  # fmt: skip
        self._actors({speaker for *_, speaker in rows if speaker is not None})
        return {(report, local): (key, speaker) for report, local, key, speaker in rows}

    def _telling(
        self, row: tuple[Any, ...], sides: tuple[tuple[int, ...], tuple[int, ...]], said: tuple[str, int | None] | None
    ) -> TellingEntry:
        (id_, report, s_start, s_end, key, local, event, type_, mode, cameo, quad, goldstein, start, end, day, day_end,
         day_from, reliable, place, reality, _, unsure, judged, reports, stories) = row  # fmt: skip
        text = self._texts[report]
        where = Place(span=Span(start, end), **json.loads(place)) if place else None
        return TellingEntry(
            id=id_, key=key, event=event, report=self._reports[report], sentence=Span(s_start, s_end),
            text=text[s_start:s_end], span=Span(start, end), words=text[start:end], type=type_, mode=mode, cameo=cameo,
            quad=QUAD_NAMES[quad], goldstein=goldstein, source=tuple(self._profiles[p] for p in sides[0]),
            target=tuple(self._profiles[p] for p in sides[1]), day=day, day_end=day_end, day_from=day_from,
            reliable=bool(reliable), place=where, reality=reality, said_by=said[0] if said else None,
            unsure=bool(unsure), local=local, judged=judged,
            said_by_actor=self._profiles.get(said[1]) if said and said[1] is not None else None,
            reports=reports, stories=stories,
        )  # fmt: skip

    def of(self, kind: int, ids: Sequence[int]) -> list[Any]:
        """The rows of one kind of entry (1 sentence, 2 statement, 3 telling), in the order of the ids."""
        return (self.sentences, self.statements, self.tellings)[kind - 1](ids)

    def neighbours(self, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[str | None, str | None]]:
        """The sentences before and after some, each given by its report and its number in it."""
        asked = {(report, n + step) for report, n in places for step in (-1, 1)}
        rows = self.db.execute(
            'SELECT s.report, s.n, s."start", s."end" FROM json_each(?) j CROSS JOIN sentences s'
            " ON s.report = json_extract(j.value, '$[0]') AND s.n = json_extract(j.value, '$[1]')",
            (json.dumps(sorted(asked)),))  # fmt: skip
        beside = {(report, n): self.text(report)[start:end] for report, n, start, end in rows}
        return {(report, n): (beside.get((report, n - 1)), beside.get((report, n + 1))) for report, n in places}
