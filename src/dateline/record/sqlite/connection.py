"""Opens a record's file: checks what it is, brings it up to date, and tells SQLite's errors in the user's words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from dateline.errors import RecordError

#: "DTLN": what ``file`` and others tell a record by
APPLICATION = 0x44544C4E
SCHEMA_VERSION = 1
#: How long a writer waits for another one, in seconds: many batches.
PATIENCE = 120.0
_HEADER = b"SQLite format 3\0"

#: What brings a record of each older version up by one.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """The record in a file, made there if it is not and ``create`` says so.

    Raises ``RecordError`` for a file that is no record, one of a newer Dateline, and one that cannot be opened.
    """
    _check_file(path, create)
    with told(path):
        connection = _open(path)
        try:
            _prepare(connection, path, create)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise RecordError(str(path), "is a folder: name a file for the record")
    try:
        head = path.open("rb").read(16) if path.exists() else None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RecordError(str(path), f"cannot be opened ({reason}): check the file and its rights") from None
    if head is None:
        if not create:
            raise RecordError(str(path), "no such record: make one with `dateline add`, or name another with --record")
        if not path.parent.is_dir():
            raise RecordError(str(path), f"there is no folder {path.parent}: make it first")
        if not os.access(path.parent, os.W_OK):
            raise RecordError(str(path), f"no right to write into {path.parent}: name another file with --record")
    elif head and head != _HEADER:
        raise RecordError(str(path), "is no record of Dateline, but a file of another kind: name another with --record")


def _open(path: Path) -> sqlite3.Connection:
    writable = not path.exists() or os.access(path, os.W_OK)
    # a reader of a file in WAL mode needs to write its shared memory, unless nobody can write at all
    mode = "rwc" if writable else "ro"
    frozen = "" if writable or os.access(path.parent, os.W_OK) else "&immutable=1"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}{frozen}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _prepare(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA mmap_size = 1073741824")
    application, version = (connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version"))
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables and not application and create:
        _make(connection)
    elif application != APPLICATION:
        what = "an empty database" if not tables else "a database of another program"
        raise RecordError(str(path), f"is {what}, no record of Dateline: name another file with --record")
    elif version > SCHEMA_VERSION:
        raise RecordError(str(path), f"was made by a newer Dateline (schema {version}, this one knows {SCHEMA_VERSION}):"
                          " use that one; nothing was changed")  # fmt: skip
    elif version < SCHEMA_VERSION:
        _migrate(connection, version)
    connection.execute("PRAGMA synchronous = NORMAL")


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA journal_mode = WAL")
    schema = files("dateline.record").joinpath("schema.sql").read_text("utf-8")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # two at once: the first made it
            for statement in _statements(schema):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    for step in range(version, SCHEMA_VERSION):
        with transaction(connection):
            MIGRATIONS[step](connection)
            connection.execute(f"PRAGMA user_version = {step + 1}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; a writer waits for the one before."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors as ``RecordError``, with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise RecordError(str(path), _reason(error)) from error


_KEPT = "what was kept before is still there"


def _reason(error: sqlite3.Error) -> str:
    text = str(error).lower()
    if "full" in text:
        return f"the disk is full: free some space and run the same command again; {_KEPT}"
    if "malformed" in text or "not a database" in text or "corrupt" in text or "disk image" in text:
        return ("the file is damaged: keep a copy of it, run `dateline status --check`, and take up a backup; "
                "reports on pages that are whole can still be read")  # fmt: skip
    if "readonly" in text or "read-only" in text:
        return "the file cannot be written to: check its rights, or name another with --record"
    if "locked" in text or "busy" in text:
        return f"another program has been writing to it for {PATIENCE:.0f} seconds: try again when it is done; {_KEPT}"
    if "unable to open" in text:
        return "cannot be opened: check the file, its folder and their rights"
    if "disk i/o" in text:
        return f"the disk gave an error: check it, and the space on it; {_KEPT}"
    return f"SQLite says: {error}; {_KEPT}"
