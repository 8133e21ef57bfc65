"""Typed rows of a record as JSON objects: every field under its own name, spans as ``[start, end]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from dateline.record.entries import Counts, Entry, Hit, Hits, SentenceEntry, StatementEntry, TellingEntry
from dateline.record.query import Query

_KINDS: dict[type, str] = {SentenceEntry: "sentence", StatementEntry: "statement", TellingEntry: "event"}


#: the fields of each type that was written before; none for what is no row
_FIELDS: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _FIELDS[kind]


def as_row(value: Any) -> Any:
    """A row, or anything inside one, ready for JSON.

    >>> from dateline.model import Span
    >>> as_row((Span(0, 4),))
    [[0, 4]]
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if names := _names(type(value)):
        return {name: as_row(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): as_row(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [as_row(inner) for inner in value]
    return value


def entry_row(entry: Entry) -> dict[str, Any]:
    """A sentence, a statement or an event as one object: ``find`` tells its kind."""
    row = {"find": _KINDS[type(entry)], **as_row(entry)}
    del row["id"]  # the store's own number, which no two records share
    return row


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit as one object: its entry; ``before`` and ``after`` are the sentences beside it."""
    beside = {"before": hit.before, "after": hit.after, "score": round(hit.score, 4), "copies": hit.copies}
    return {**entry_row(hit.entry), **beside}


def hits_row(query: Query, counts: Counts | None, hits: Hits) -> dict[str, Any]:
    """All that a search gave, as ``dateline search --json`` prints it."""
    return {
        "query": query.as_json(),
        "counts": as_row(counts),
        "total": hits.total,
        "exact": hits.exact,
        "more": hits.more,
        "cursor": hits.cursor,
        "hits": [hit_row(hit) for hit in hits.hits],
    }
