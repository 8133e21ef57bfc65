"""Typed rows of a record as JSON objects: every field under its own name, spans as ``[start, end]``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from dateline.record.entries import Counts, Entry, Hit, Hits, SentenceEntry, StatementEntry, TellingEntry
from dateline.record.query import Query

_KINDS: dict[type, str] = {SentenceEntry: "sentence", StatementEntry: "statement", TellingEntry: "event"}


#: what is JSON already
_PLAIN = frozenset((str, int, float, bool, type(None)))


@cache
def fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a type of rows; none of what is no row."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """What gives all fields of a row at once."""
    names = fields_of(kind)
    got = attrgetter(*names)
    return got if len(names) > 1 else lambda value: (got(value),)


def as_row(value: Any) -> Any:
    """A row, or anything inside one, ready for JSON.

    >>> from dateline.model import Span
    >>> as_row((Span(0, 4),))
    [[0, 4]]
    """
    kind = value.__class__
    if kind in _PLAIN:
        return value
    if names := fields_of(kind):
        told = _values(kind)(value)
        return dict(zip(names, [v if v.__class__ in _PLAIN else as_row(v) for v in told], strict=True))
    if isinstance(value, tuple | list):
        return [v if v.__class__ in _PLAIN else as_row(v) for v in value]
    if isinstance(value, Mapping):
        return {str(key): as_row(inner) for key, inner in value.items()}
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
