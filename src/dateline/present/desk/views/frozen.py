"""Frozen results: the rows of a search as they were, under an address that never shows others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline import __version__
from dateline.errors import QueryError
from dateline.present.desk.state import Desk
from dateline.present.desk.views.search import filters_of, find_of, in_words
from dateline.present.kept import hit_of
from dateline.present.rows import as_row, entry_row, hit_row
from dateline.record.entries import Entry, Folio, Hit, SentenceEntry
from dateline.record.query import Query
from dateline.record.store import Store

KIND = "result"
#: Rows of a result that are kept; the counts are of all.
MOST = 200
#: Rows on a page.
ROWS = 50
_AT_ONCE = 100
#: What may differ though the entry is the same: how often it is told elsewhere.
_ELSEWHERE = ("reports", "stories", "copies", "report", "local")
_Key = tuple[str, int | None]


def freeze(desk: Desk, query: Query, who: str, title: str = "") -> Folio:
    """Keep what a search finds now: its rows, how many there are, and the state of the record."""
    store = desk.record.store
    find = find_of(query)
    rows, total, exact, more = _rows(store, query)
    if not rows:
        raise QueryError("words", "nothing was found, so there is nothing to freeze")
    body = {
        "query": {**query.as_json(), "find": find.value}, "counts": as_row(store.counts(query)), "total": total,
        "exact": exact, "more": more, "rows": rows, "record": state(store),
    }  # fmt: skip
    return store.keep_folio(KIND, (title or f"Search: {in_words(query)}")[:200], body, who)


def _rows(store: Store, query: Query) -> tuple[list[dict[str, Any]], int, bool, bool]:
    first = hits = store.search(query, _AT_ONCE)
    rows = [hit_row(hit) for hit in hits.hits]
    while hits.cursor and len(rows) < MOST:
        hits = store.search(query, _AT_ONCE, hits.cursor)
        rows += [hit_row(hit) for hit in hits.hits]
    return rows[:MOST], first.total, first.exact, hits.more or len(rows) > MOST


def state(store: Store) -> dict[str, Any]:
    """By what a record is known to be as it was: how much it holds, the last correction, and what shows it."""
    last = next(iter(store.log(limit=1)), None)
    counts = store.counts()
    return {"reports": counts.reports, "statements": counts.statements, "events": counts.events,
            "last_correction": last.id if last else 0, "dateline": __version__}  # fmt: skip


# --- showing


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row as it was kept, and what has become of its entry: "same", "changed", "gone" or "rejected"."""

    hit: Hit
    now: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenView:
    """One page of a frozen result."""

    folio: Folio
    query: Query
    filters: dict[str, str]
    rows: tuple[KeptRow, ...]
    kept: int
    first: int
    onward: int | None


def frozen_view(desk: Desk, key: str, first: int) -> FrozenView:
    """A frozen result as it was, from one row on; each row is held against the record of now."""
    folio = desk.record.store.folio(key)
    if folio.kind != KIND or not isinstance(folio.body, dict):
        raise QueryError("folio", f"no result is frozen under {key!r}")
    kept = folio.body["rows"]
    hits = [hit_of(row) for row in kept[first : first + ROWS]]
    query = Query.of(folio.body["query"])
    onward = first + ROWS if len(kept) > first + ROWS else None
    return FrozenView(folio, query, filters_of(query), tuple(_held(desk.record.store, hits)), len(kept), first, onward)


def _held(store: Store, hits: list[Hit]) -> Iterator[KeptRow]:
    now = store.entries([key_of(hit.entry) for hit in hits])
    for hit in hits:
        entry = now.get(key_of(hit.entry))
        if entry is None:
            yield KeptRow(hit, "gone", ())
            continue
        changed = tuple(_changed(hit.entry, entry))
        rejected = getattr(entry, "judged", None) == "rejected" and "judged" in changed
        yield KeptRow(hit, "rejected" if rejected else "changed" if changed else "same", changed)


def key_of(entry: Entry) -> _Key:
    """By what an entry is found again."""
    if isinstance(entry, SentenceEntry):
        return entry.report.key, entry.sentence.start
    return entry.key, None


def _changed(then: Entry, now: Entry) -> Iterator[str]:
    """The fields of an entry that are not what they were."""
    before, after = entry_row(then), entry_row(now)
    yield from (name.replace("_", " ") for name in before if name not in _ELSEWHERE and before[name] != after.get(name))
    if any(getattr(then.report, name) != getattr(now.report, name) for name in ("title", "published", "publisher")):
        yield "report"
