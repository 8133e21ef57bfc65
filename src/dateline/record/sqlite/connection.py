"""Opens a record's file: checks what it is, brings it up to date, and tells SQLite's errors in the user's words."""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote
from weakref import WeakSet

from dateline.errors import RecordError

T = TypeVar("T")
#: "DTLN": what ``file`` and others tell a record by
APPLICATION = 0x44544C4E
SCHEMA_VERSION = 2
#: How long a writer waits for another one, in seconds: many batches.
PATIENCE = 120.0
#: How long SQLite itself waits, in seconds. Short, so that Ctrl-C is heard and a gap between two batches is not missed.
TRY = 0.05
#: A write-ahead log that has grown beyond this, in bytes, is cut when nobody reads from it.
LONG_LOG = 256 << 20
_MAGIC = b"SQLite format 3\0"
#: where a SQLite file's header tells what it is, see https://www.sqlite.org/fileformat.html#the_database_header
_HEADER, _PAGE_SIZE, _PAGES, _USER_VERSION, _APPLICATION_ID = 100, 16, 28, 60, 68



def _add_forecasts_and_folios(db: sqlite3.Connection) -> None:
    """Version 2 keeps frozen forecasts, and what people keep to come back to."""
    db.execute("CREATE TABLE forecasts (sha256 TEXT PRIMARY KEY, made TEXT NOT NULL, source TEXT NOT NULL,"
               " target TEXT NOT NULL, start TEXT NOT NULL, reported TEXT NOT NULL, method TEXT NOT NULL,"
               " data TEXT NOT NULL, quantiles TEXT NOT NULL, rivals TEXT NOT NULL, seal TEXT NOT NULL)"
               " STRICT, WITHOUT ROWID")  # fmt: skip
    db.execute("CREATE TABLE folios (key TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,"
               " who TEXT NOT NULL, made TEXT NOT NULL) STRICT, WITHOUT ROWID")  # fmt: skip
    db.execute("CREATE INDEX folios_kind ON folios (kind, made)")
    # what others did to one side had no index
    db.execute("CREATE INDEX IF NOT EXISTS relation_target ON relation_counts (target, unit, voice, period, quad, events)")


#: What brings a record of each older version up by one.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _add_forecasts_and_folios}


def connect(path: Path, *, create: bool) -> Connection:
    """The record in a file, made there if it is not and ``create`` says so.

    Raises ``RecordError`` for a file that is no record, one of a newer Dateline, and one that cannot be opened;
    such a file is left as it is.
    """
    with _OPENING:
        if not _is_open(path):
            _check_file(path, create)
        with told(path):
            connection = _open(path)
            try:
                patiently(lambda: _prepare(connection, path, create))
            except BaseException:
                connection.close()
                raise
        found = path.stat()
        connection.file = found.st_dev, found.st_ino
        _LIVE.add(connection)
    return connection


# A process that opens and closes a file by itself loses all locks that its connections hold on it: another process would
# think itself alone, and delete the log under them ("How To Corrupt An SQLite Database File", section 2.2).
_OPENING = threading.RLock()
_LIVE: WeakSet[Connection] = WeakSet()


def _is_open(path: Path) -> bool:
    """Whether a connection of this process has the file open."""
    try:
        found = path.stat()
    except OSError:
        return False
    return any(connection.file == (found.st_dev, found.st_ino) for connection in list(_LIVE))


# --- the file


def _check_file(path: Path, create: bool) -> None:
    """Whether this can be a record at all, from the file's first bytes: SQLite would write beside, or into, a file."""
    head = _head(path)
    if head is None:
        _check_place(path, create)
    elif not head and not create:
        raise RecordError(str(path), "is an empty file, no record: make one with `dateline add`, or name another with"
                          " --record")  # fmt: skip
    elif head:
        _check_head(path, head)


def _head(path: Path) -> bytes | None:
    """The first bytes of the file; ``None`` where there is none."""
    if path.is_dir():
        raise RecordError(str(path), "is a folder: name a file for the record")
    try:
        if not path.exists():
            return None
        if not path.is_file():
            raise RecordError(str(path), "is no ordinary file: name another with --record")
        with path.open("rb") as file:
            return file.read(_HEADER)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RecordError(str(path), f"cannot be opened ({reason}): check the file and its rights") from None


def _check_place(path: Path, create: bool) -> None:
    if not create:
        raise RecordError(str(path), "no such record: make one with `dateline add`, or name another with --record")
    if not path.parent.is_dir():
        raise RecordError(str(path), f"there is no folder {path.parent}: make it first")
    if not os.access(path.parent, os.W_OK):
        raise RecordError(str(path), f"no right to write into {path.parent}: name another file with --record")


def _check_head(path: Path, head: bytes) -> None:
    if not head.startswith(_MAGIC):
        raise RecordError(str(path), "is no record of Dateline, but a file of another kind: name another with --record")
    if len(head) < _HEADER:
        raise RecordError(str(path), f"is cut off after {len(head)} bytes: take up a backup")
    (application,) = struct.unpack_from(">I", head, _APPLICATION_ID)
    if application != APPLICATION:
        raise RecordError(str(path), "is a database of another program, no record of Dateline: name another file with"
                          " --record")  # fmt: skip
    _check_version(path, struct.unpack_from(">I", head, _USER_VERSION)[0])
    _check_length(path, head)


def _check_version(path: Path, version: int) -> None:
    if version > SCHEMA_VERSION:
        raise RecordError(str(path), f"was made by a newer Dateline (schema {version}, this one knows {SCHEMA_VERSION}):"
                          " use that one; nothing was changed")  # fmt: skip


def _check_length(path: Path, head: bytes) -> None:
    """Whether all pages are there that the header tells of; while there is a log, the header may be ahead of the file."""
    (size,) = struct.unpack_from(">H", head, _PAGE_SIZE)
    (pages,) = struct.unpack_from(">I", head, _PAGES)
    there, needed = path.stat().st_size, pages * (65536 if size == 1 else size)
    if there < needed and not any(name.exists() for name in (log_of(path), log_of(path, "-journal"))):
        raise RecordError(str(path), f"is cut off: {there:,} of its {needed:,} bytes are there; take up a backup")


def log_of(path: Path, ending: str = "-wal") -> Path:
    """The write-ahead log of a record, which lies beside the file that a link leads to."""
    real = path.resolve()
    return real.with_name(real.name + ending)


def is_writable(path: Path) -> bool:
    """Whether this process may change the record: a file that is there, and the folder for its log."""
    real = path.resolve()
    return (not real.exists() or os.access(real, os.W_OK)) and os.access(real.parent, os.W_OK)


def is_frozen(path: Path) -> bool:
    """Whether nobody here can write, nor has written what is not yet in the file: it is read without any lock."""
    real, log = path.resolve(), log_of(path)
    if os.access(real.parent, os.W_OK):
        return False
    return not log.exists() or not log.stat().st_size


def _open(path: Path) -> Connection:
    mode = "rwc" if is_writable(path) else "ro"
    # a reader of a file in WAL mode shares memory with writers through a file beside it, which it may have to make
    frozen = "&immutable=1" if is_frozen(path) else ""
    name = quote(os.fsencode(path.absolute()))
    return sqlite3.connect(f"file:{name}?mode={mode}{frozen}", uri=True, timeout=TRY, isolation_level=None,
                           check_same_thread=False, factory=Connection)  # fmt: skip


class Connection(sqlite3.Connection):
    """A connection with what it has read of the table of slots, whose full rows never change."""

    #: column -> the full rows from the first on, as one array; ``None`` while the connection may write
    slots: dict[str, Any] | None = None
    #: device and number of the file, while it is open
    file: tuple[int, int] | None = None

    def close(self) -> None:
        self.file = None
        super().close()


# --- what is in it


def require_writable(path: Path) -> None:
    """Raises ``RecordError`` where nothing can be kept, before anything is read for it."""
    if not is_writable(path):
        raise RecordError(str(path), _REASONS[sqlite3.SQLITE_READONLY])


def _prepare(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    """Pragmas and checks; all of it can be done twice."""
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA mmap_size = 1073741824")
    connection.execute(f"PRAGMA journal_size_limit = {LONG_LOG}")
    application, version, tables = (connection.execute(sql).fetchone()[0] for sql in (
        "PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master"))  # fmt: skip
    if not tables:
        if not create:
            raise RecordError(str(path), "is an empty record: fill it with `dateline add`")
        _make(connection)
    elif application != APPLICATION:
        raise RecordError(str(path), "is a database of another program, no record of Dateline: name another file with"
                          " --record")  # fmt: skip
    else:
        _check_version(path, version)
        if is_writable(path):
            _log_ahead(connection)
        if version < SCHEMA_VERSION:
            _migrate(connection, path)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer beside each other; a record restored from a backup is not in this mode."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 4096")
    # before all else and not through the log: whoever looks at the file from now on knows what it is
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    _log_ahead(connection)
    schema = files("dateline.record").joinpath("schema.sql").read_text("utf-8")
    with transaction(connection):
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # two at once: the first made it
            for statement in _statements(schema):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # from here on the file alone, copied, is a record


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """All steps or none; where two processes come at once, the second finds nothing to do.

    Foreign keys are off meanwhile, so that a step can make a table anew, and checked at the end.
    """
    if not is_writable(path):
        raise RecordError(str(path), "was made by an older Dateline and must be brought up to date, but cannot be"
                          " written to: make a copy where you have the right to write")  # fmt: skip
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for step in range(version, SCHEMA_VERSION):
            if step not in MIGRATIONS:
                raise RecordError(str(path), f"was made by a Dateline too old to be brought up to date (schema {step}):"
                                  " add its reports to a new record")  # fmt: skip
            MIGRATIONS[step](connection)
            connection.execute(f"PRAGMA user_version = {step + 1}")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise RecordError(str(path), "could not be brought up to date: rows would point to nothing; it is as it was")


# --- transactions


def patiently(do: Callable[[], T]) -> T:
    """What ``do`` gives, tried again while another program holds the file. Signals are heard in between."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return do()
        except sqlite3.OperationalError as error:
            if _primary(error) not in _HELD or time.monotonic() > end:
                raise
            time.sleep(0.002)  # SQLite has waited already, but not for each kind of lock


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; a writer waits for the one before."""
    try:
        patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite has rolled back itself after some errors
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise


# --- errors


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors as ``RecordError``, with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise RecordError(str(path), _reason(error)) from error


def is_sound(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def damaged(path: Path) -> RecordError:
    return RecordError(str(path), _DAMAGED)


def _primary(error: sqlite3.Error) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)  # errors of Python's own module have none
    return None if code is None else code & 0xFF


_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_KEPT = "what was kept before is still there"
_DAMAGED = ("the file is damaged: keep a copy of it, run `dateline status --check`, and take up a backup; "
            "reports on pages that are whole can still be read")  # fmt: skip
_REASONS = {
    sqlite3.SQLITE_FULL: f"the disk is full: free some space and run the same command again; {_KEPT}",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: "the file cannot be written to: check its rights, or name another with --record",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check the file, the files beside it (-wal, -shm), its folder and their"
                             " rights",
    sqlite3.SQLITE_IOERR: f"the disk gave an error: check it, and the space on it; {_KEPT}",
    sqlite3.SQLITE_TOOBIG: "something in it is larger than SQLite can keep (a thousand million bytes)",
    **dict.fromkeys(
        _HELD, f"another program has been writing to it for {PATIENCE:.0f} seconds: try again when it is done; {_KEPT}"
    ),
}  # fmt: skip


def _reason(error: sqlite3.Error) -> str:
    known = _REASONS.get(_primary(error) or 0)
    if known is None and any(sign in str(error) for sign in _SIGNS_OF_DAMAGE):
        known = _DAMAGED
    return known or f"SQLite says: {' '.join(str(error).split())}; {_KEPT}"


#: damage that has no code of its own: a full-text index that cannot be opened, text that is none
_SIGNS_OF_DAMAGE = ("constructor failed", "malformed", "Could not decode to UTF-8")
