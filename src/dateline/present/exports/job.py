"""What one export has at hand while it runs: the store, the question, what has been left out so far."""

from __future__ import annotations

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from types import TracebackType
from typing import Any

from dateline.present.exports.writing import scratch
from dateline.record.drafts import digest, squeezed
from dateline.record.entries import Entry, ReportEntry, SentenceEntry
from dateline.record.query import Find, Query
from dateline.record.store import Store

#: How many texts, readings and keys are kept at hand: an export's memory must not grow with its rows.
_TEXTS = 64
_KEYS = 50_000


class Seen:
    """Keys met before, in a temporary file of SQLite, so that memory does not grow with them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._near: OrderedDict[str, None] = OrderedDict()
        self._all = database

    def is_new(self, key: str) -> bool:
        """Whether a key is met for the first time; from then on it is not."""
        if key in self._near:
            return False
        self._near[key] = None
        if len(self._near) > _KEYS:
            self._near.popitem(last=False)
        done = self._all.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,))
        return done.rowcount > 0


@dataclass
class Job:
    """One export under way. ``made`` is the time that the caller gives, as ISO 8601."""

    store: Store
    query: Query
    finds: tuple[Find, ...]
    made: str
    entries: int = 0
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    _seen: dict[str, Seen] = field(default_factory=dict)
    _texts: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Job:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, at)

    def each(self) -> Iterator[Entry]:
        """The entries that are asked for, kind after kind, each kind in the order of a search by day."""
        for find in self.finds:
            for entry in self._entries(replace(self.query, find=find), find):
                self.entries += 1
                yield entry

    def _entries(self, query: Query, find: Find) -> Iterator[Entry]:
        if find is Find.STATEMENTS:
            return iter(self.store.statements(query))
        if find is Find.EVENTS:
            return iter(self.store.tellings(query))
        return iter(self.store.sentences(query)) if query.copies else self._sentences_once(query)

    def _sentences_once(self, query: Query) -> Iterator[SentenceEntry]:
        """Of those that the copies of a story share word for word one, as a search shows them: the earliest known.

        Those without a day stand before all others, and speak only for what nobody tells on a day.
        """
        dated = False
        for entry in self.store.sentences(query):
            if entry.report.day is None and not dated:
                dated = True
                for other in self.store.sentences(replace(query, since=query.since or date.min.isoformat())):
                    self.is_new("sentence of a day", _told(other))
            if entry.report.day is not None:
                if self.is_new("sentence", _told(entry)):
                    yield entry
            elif self.is_new("sentence of a day", _told(entry)):
                yield entry

    def each_report(self) -> Iterator[ReportEntry]:
        """The reports of the entries that are asked for, each once; all that match where no kind is asked for."""
        if not self.finds:
            for report in self.store.reports(self.query):
                self.entries += 1
                yield report
            return
        for entry in self.each():
            if self.is_new("report", entry.report.key):
                yield entry.report
            else:
                self.leave_out("further entries of a report that is cited already")

    def is_new(self, what: str, key: str) -> bool:
        """Whether a key of some kind is met for the first time in this export."""
        if what not in self._seen:
            table = "seen (key TEXT PRIMARY KEY) WITHOUT ROWID"
            self._seen[what] = Seen(self._open.enter_context(scratch(table)))
        return self._seen[what].is_new(key)

    def leave_out(self, reason: str) -> None:
        """Count something that the format has no place for."""
        self.left_out[reason] += 1

    def text(self, report: str) -> str:
        """The text of a report."""
        if report not in self._texts:
            self._texts[report] = self.store.text(report)
            if len(self._texts) > _TEXTS:
                self._texts.popitem(last=False)
        return self._texts[report]

    def reading(self, report: str) -> dict[str, Any]:
        """The reading of a report as a JSON object."""
        return self.store.reading(report)


def _told(entry: SentenceEntry) -> str:
    """The same for the same sentence in the reports of one story."""
    return digest(entry.report.story, squeezed(entry.text), size=12)


def both(asked: Find | None, default: Sequence[Find]) -> tuple[Find, ...]:
    """The kinds of entries to write: the one asked for, else the format's own."""
    return (asked,) if asked else tuple(default)
