"""Folios: what people keep to come back to. One without a key of its own is named after what is in it, and never changes."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from dateline.errors import QueryError
from dateline.record.bundles import storable
from dateline.record.entries import Folio
from dateline.record.frozen import canonical

_COLUMNS = "key, kind, title, body, who, made"
#: keys that are made from the body
_MADE = re.compile(r"f[0-9a-f]{20}")


def keep(db: sqlite3.Connection, folio: Folio) -> Folio:
    """Keep a folio. With a key it takes the place of the one under it; without, the same twice is the first one."""
    body = storable(canonical(folio.body))
    if _MADE.fullmatch(folio.key):
        raise QueryError("folio", f"{folio.key!r} is a key that only a folio's own body gives")
    key = folio.key or _key(folio.kind, body)
    other = db.execute("SELECT kind FROM folios WHERE key = ?", (key,)).fetchone()
    if other and other[0] != folio.kind:
        raise QueryError("folio", f"{key!r} is the key of a {other[0]}")
    how = "REPLACE" if folio.key else "IGNORE"
    db.execute(f"INSERT OR {how} INTO folios ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
               (key, folio.kind, storable(folio.title), body, storable(folio.who), folio.made))  # fmt: skip
    return one(db, key)


def one(db: sqlite3.Connection, key: str) -> Folio:
    """The folio with this key; raises ``QueryError`` where there is none."""
    row = db.execute(f"SELECT {_COLUMNS} FROM folios WHERE key = ?", (storable(key),)).fetchone()
    if row is None:
        raise QueryError("folio", f"nothing is kept under {key!r}")
    return _read(row)


def all_of(db: sqlite3.Connection, kind: str, bodies: bool) -> Iterator[Folio]:
    """The folios of a kind, the newest first; without bodies, whether they are sound is not looked at."""
    if not bodies:
        rows = db.execute("SELECT key, kind, title, NULL, who, made FROM folios WHERE kind = ? ORDER BY made DESC, key",
                          (kind,))  # fmt: skip
        yield from (Folio(*row) for row in rows)
        return
    rows = db.execute(f"SELECT {_COLUMNS} FROM folios WHERE kind = ? ORDER BY made DESC, key", (kind,))
    yield from map(_read, rows)


def drop(db: sqlite3.Connection, key: str) -> bool:
    return db.execute("DELETE FROM folios WHERE key = ?", (storable(key),)).rowcount > 0


def changed(db: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with folios, a line each."""
    for row in db.execute(f"SELECT {_COLUMNS} FROM folios ORDER BY key"):
        if not _read(row).sound:
            yield f"the frozen {row[1]} {row[0]} is not what was frozen"


def _key(kind: str, body: str) -> str:
    return "f" + sha256(f"{kind}\n{body}".encode()).hexdigest()[:20]


def _read(row: tuple[Any, ...]) -> Folio:
    key, kind, title, body, who, made = row
    try:
        told = json.loads(body)
    except ValueError:  # no JSON any more
        return Folio(key, kind, title, None, who, made, sound=False)
    return Folio(key, kind, title, told, who, made, not _MADE.fullmatch(key) or key == _key(kind, body))
