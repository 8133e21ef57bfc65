"""The connections of one record in one process: one writer at a time, and readers that never wait for it."""

from __future__ import annotations

import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Generic, TypeVar
from weakref import WeakSet

from dateline.errors import QueryError, RecordError
from dateline.record.sqlite.connection import (
    LONG_LOG,
    Connection,
    connect,
    damaged,
    is_sound,
    log_of,
    patiently,
    told,
    transaction,
)

T = TypeVar("T")
#: Connections that are kept open while nobody needs them.
IDLE = 4


class Pool:
    """Lends connections to a record's file. Each is used by one thread at a time; what one reads is one state.

    A file that is deleted, or put in another's place, while it is in use is told at once: what is written to it would
    be lost.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        self.file = Path(os.path.abspath(path))  # the process may go to another folder
        self._idle = [connect(path, create=create)]
        found = self.file.stat()
        self._same = (found.st_dev, found.st_ino)
        # where no lock can be made, each question opens the file anew: somebody else may have begun to write
        self._guest = not os.access(self.file.resolve().parent, os.W_OK)
        # reentrant: a list that is dropped half-way is closed wherever the interpreter tidies up
        self._lock = threading.RLock()
        self._turn = threading.RLock()
        self._streams: WeakSet[Stream[object]] = WeakSet()
        self._own: Connection | None = None
        self._closed = False

    def close(self) -> None:
        """Let go of the file. A write under way is finished; lists that are read half-way end with an error."""
        with self._turn:
            with self._lock:
                self._closed = True
                streams, idle = list(self._streams), self._idle
                idle += [self._own] if self._own else []
                self._idle = []
            for stream in streams:
                stream.cut()
            for connection in idle:
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all or nothing. One at a time, across processes; others wait."""
        with self._turn, told(self.path), self._lent() as db:
            kept, db.slots = db.slots, None  # what a transaction writes may not last
            with self._doubting(db), transaction(db):
                self._check_log(db)
                yield db
            db.slots = kept
            self._shorten(db)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the record, however much is written meanwhile."""
        with told(self.path), self._lent() as db:
            patiently(lambda: db.execute("BEGIN"))
            if db.slots is None:
                db.slots = {}
            with self._doubting(db):
                yield db

    def rows(self, make: Callable[[sqlite3.Connection], Iterator[T]]) -> Stream[T]:
        """A list that is read as it is asked for, all of one state."""

        def read() -> Generator[T, None, None]:
            with self.reading() as db:
                yield from make(db)

        stream = Stream(self.path, read())
        with self._lock:
            self._streams.add(stream)  # type: ignore[arg-type]
        return stream

    def backup(self, path: Path) -> None:
        """A copy of the record as it is now, in one file, made beside readers and writers."""
        if path.exists():
            raise RecordError(str(path), "is there already: name another file for the backup")
        part = path.with_name(path.name + ".part")
        with suppress(FileNotFoundError):
            part.unlink()
        try:
            with told(path), self._lent() as db:
                patiently(lambda: db.execute("VACUUM INTO ?", (os.path.abspath(part),)))
            os.replace(part, path)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()

    def own(self) -> sqlite3.Connection:
        """A connection that is never lent, for those who look at the tables themselves."""
        with self._lock, told(self.path):
            if self._own is None:
                self._own = self._take()
            return self._own

    # --- lending

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        db = self._take()
        try:
            yield db
        finally:
            self._give_back(db)

    def _take(self) -> Connection:
        with self._lock:
            if self._closed:
                raise RecordError(str(self.path), "the record was closed: open it again")
            self._check_place()
            if self._idle:
                return self._idle.pop()
        return connect(self.file, create=False)

    def _give_back(self, db: Connection) -> None:
        try:
            if db.in_transaction:
                db.execute("ROLLBACK")
        except sqlite3.Error:
            db.close()
            return
        with self._lock:
            if not self._closed and not self._guest and len(self._idle) < IDLE:
                self._idle.append(db)
                return
        db.close()

    # --- the file

    @contextmanager
    def _doubting(self, db: sqlite3.Connection) -> Iterator[None]:
        """Rows that make no sense are the fault of a damaged page, where there is one."""
        try:
            yield
        except (zlib.error, UnicodeDecodeError) as error:
            raise damaged(self.path) from error
        except UnicodeEncodeError as error:
            raise QueryError("text", f"{error.object[:60]!r} holds half a character: write it in UTF-8") from error
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            if not is_sound(db):
                raise damaged(self.path) from error
            raise

    def _check_place(self) -> None:
        try:
            found = self.file.stat()
            same = (found.st_dev, found.st_ino) == self._same
        except OSError:
            same = False
        if not same:
            raise RecordError(str(self.path), "was moved, deleted or replaced while it was in use: put it back, or open"
                              " it anew; nothing more is written")  # fmt: skip

    def _check_log(self, db: sqlite3.Connection) -> None:
        if not log_of(self.file).exists() and db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            raise RecordError(str(self.path), "its -wal file was deleted while it was in use: close all that use it, and"
                              " run the same command again")  # fmt: skip

    def _shorten(self, db: sqlite3.Connection) -> None:
        """A log that readers kept from being used again is cut, once none of them needs it."""
        with suppress(sqlite3.Error, FileNotFoundError):
            if log_of(self.file).stat().st_size > LONG_LOG:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Stream(Iterator[T], Generic[T]):
    """Rows of one state of the record, read as they are asked for. One read half-way is best closed.

    Threads may share it. When its record is closed before its end, it raises ``RecordError`` and never just stops.
    """

    def __init__(self, path: Path, rows: Generator[T, None, None]) -> None:
        self._path = path
        self._rows = rows
        self._lock = threading.RLock()
        self._ended = self._cut = False

    def __next__(self) -> T:
        with self._lock:
            if self._cut:
                raise RecordError(str(self._path), "the record was closed before the list was read to its end")
            try:
                return next(self._rows)
            except BaseException:
                self._ended = True
                raise

    def close(self) -> None:
        """Let go of the record; nothing more comes."""
        with self._lock:
            self._ended = True
            self._rows.close()

    def cut(self) -> None:
        """Close it from outside: whoever reads it is told."""
        with self._lock:
            if not self._ended:
                self._cut = True
                self._rows.close()
