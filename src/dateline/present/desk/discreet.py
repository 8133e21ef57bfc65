"""The record without the places on the desk's own disk: a file is told by its name, never by its folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from operator import is_
from typing import Any, cast

from dateline.model import Span
from dateline.present.rows import fields_of
from dateline.record.entries import ActorRef, Dealing, Exposure, PartnerPeriod, RelationCount, ReportEntry
from dateline.record.store import Store

_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.\-]*://")
_ABSOLUTE = re.compile(r"/|[A-Za-z]:[\\/]|\\\\|file:")


def without_folders(source: str) -> str:
    """Where something came from, without folders.

    >>> without_folders("/home/anna/in/may.jsonl, line 3"), without_folders("https://example.org/a/b")
    ('may.jsonl, line 3', 'https://example.org/a/b')
    """
    if _ADDRESS.match(source) and not source.lower().startswith("file:"):
        return source
    return re.split(r"[/\\]", source)[-1]


def _locator(told: str) -> str:
    """The id of a report's caller stays as it is, whatever stands in it; the path of a file does not."""
    return without_folders(told) if _ABSOLUTE.match(told) else told


def discreet(value: Any) -> Any:
    """A row, or rows, with the report in it told without folders; itself where it tells none."""
    kind = value.__class__
    if kind in _PLACELESS:
        return value
    if kind is ReportEntry:
        return _report(value)
    if isinstance(value, tuple | list):
        parts = [discreet(part) for part in value]
        if all(map(is_, parts, value)):
            return value
        return parts if kind is list else kind(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, dict):
        return {key: discreet(inner) for key, inner in value.items()}
    return _inside(value) if fields_of(kind) else value


#: what is told of nearly always, and never of a place
_PLACELESS = frozenset((str, int, float, bool, type(None), Span, ActorRef, RelationCount, PartnerPeriod, Dealing,
                        Exposure))  # fmt: skip


def _report(value: ReportEntry) -> ReportEntry:
    source, locator = value.source, value.locator
    told = {"source": source and without_folders(source), "locator": locator and _locator(locator)}
    return value if (told["source"], told["locator"]) == (source, locator) else _with(value, told)


def _inside(value: Any) -> Any:
    names = fields_of(value.__class__)
    if isinstance(getattr(value, "report", None), ReportEntry):  # by far the most: nothing else in them tells a place
        names = ("report",)
    told = {name: new for name in names if (new := discreet(old := getattr(value, name))) is not old}
    return _with(value, told) if told else value


def _with(value: Any, told: dict[str, Any]) -> Any:
    """The row with some fields told anew; ``dataclasses.replace`` takes five times as long."""
    kind = value.__class__
    return kind(*[told[name] if name in told else getattr(value, name) for name in fields_of(kind)])


class Discreet:
    """A store whose rows tell no folders; all else is the store's own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return _telling(found) if name not in _UNTOUCHED and callable(found) else found

    def status(self) -> dict[str, Any]:
        told = self._store.status()
        return {**told, "record": {**told["record"], "path": without_folders(told["record"]["path"])}}

    def versions(self, key: str) -> list[dict[str, Any]]:
        return [{**v, "source": v["source"] and without_folders(v["source"])} for v in self._store.versions(key)]

    def skips(self, *given: Any, **named: Any) -> list[tuple[str, str, str]]:
        skipped = self._store.skips(*given, **named)
        return [(without_folders(source), reason, first) for source, reason, first in skipped]


#: What is read anew from its place, or has no rows.
_UNTOUCHED = frozenset(("origins", "known", "keep", "replace", "redate", "project", "close", "backup", "event_rows",
                        "first_told", "exposure", "relation", "text", "reading"))  # fmt: skip


def _telling(method: Callable[..., Any]) -> Callable[..., Any]:
    def told(*given: Any, **named: Any) -> Any:
        answer = method(*given, **named)
        return _Each(answer) if isinstance(answer, Iterator) else discreet(answer)

    return told


class _Each(Iterator[Any]):
    """A list whose rows tell no folders, read as it is asked for."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)

    def __next__(self) -> Any:
        return discreet(next(self._rows))

    def close(self) -> None:
        close = getattr(self._rows, "close", None)
        if close is not None:
            close()


def discreetly(store: Store) -> Store:
    """The store, for those who tell others what is in it."""
    return cast(Store, Discreet(store))
