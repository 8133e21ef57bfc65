"""Frozen forecasts: each kept once, never changed, and held against its seal whenever it is read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.record.frozen import Frozen, canonical

_COLUMNS = "source, target, start, reported, method, data, quantiles, rivals, made, sha256, seal"


def freeze(db: sqlite3.Connection, forecast: Frozen, now: str) -> Frozen:
    """Keep a forecast; one that is kept already stays as it was first made. Gives the one that is kept."""
    new = replace(forecast, made=now)
    values = (new.source, new.target, new.start, new.reported, new.method, new.data, canonical(new.rows),
              canonical(new.rivals), new.made, new.sha256, new.seal)  # fmt: skip
    db.execute(f"INSERT OR IGNORE INTO forecasts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    kept = db.execute(f"SELECT {_COLUMNS} FROM forecasts WHERE sha256 = ?", (new.sha256,)).fetchone()
    return _read(kept)


def frozen(db: sqlite3.Connection, source: str | None, target: str | None) -> Iterator[Frozen]:
    """All frozen forecasts, or those of a pair, in the order in which they were made."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM forecasts WHERE (?1 IS NULL OR source = ?1)"
                      " AND (?2 IS NULL OR target = ?2) ORDER BY made, start, source, target, sha256",
                      (source, target))  # fmt: skip
    yield from map(_read, rows)


def changed(db: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with frozen forecasts, a line each."""
    for forecast in frozen(db, None, None):
        if not forecast.sound:
            ends = f"{forecast.source} towards {forecast.target}, from {forecast.start}"
            yield f"the frozen forecast of {ends}, is not what was frozen"


def _read(row: tuple[Any, ...]) -> Frozen:
    source, target, start, reported, method, data, quantiles, rivals, made, sha256, seal = row
    try:
        found = Frozen(source, target, start, reported, method, data, tuple(json.loads(quantiles)),
                       json.loads(rivals), made)  # fmt: skip
        return replace(found, sound=(found.sha256, found.seal) == (sha256, seal))
    except (ValueError, TypeError):  # no JSON any more
        return Frozen(source, target, start, reported, method, data, (), {}, made, sound=False)
