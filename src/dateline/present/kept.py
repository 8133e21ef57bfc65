"""Rows of entries that were kept as JSON, back as entries: what ``rows.hit_row`` made, whenever that was."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from dateline.model import Span
from dateline.record.entries import Entry, Hit, SentenceEntry, StatementEntry, TellingEntry

_KINDS: dict[str, type[Entry]] = {"sentence": SentenceEntry, "statement": StatementEntry, "event": TellingEntry}


def hit_of(row: Mapping[str, Any]) -> Hit:
    """The hit that a row was made from; raises ``ValueError`` for a row that is none.

    Fields that came later have their default: rows that were kept long ago lack them.
    """
    try:
        entry = _made(_KINDS[row["find"]], {"id": 0, **row})
        return Hit(entry, row.get("before"), row.get("after"), row.get("score", 0.0), row.get("copies", 0))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"no row of a search: {error}") from None


def _made(hint: Any, value: Any) -> Any:
    """A value of JSON as a type says it."""
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        return _made(next(part for part in get_args(hint) if part is not type(None)), value)
    if hint is Span:
        return Span(*value)
    if get_origin(hint) is tuple:
        return tuple(_made(get_args(hint)[0], inner) for inner in value)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        return hint(**{name: _made(hints[name], value[name]) for name in hints if name in value})
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
