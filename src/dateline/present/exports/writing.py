"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

from dateline.errors import ExportError

_NUMBERS = count()
#: Signs that are gathered before they are written.
CHUNK = 1 << 16
_DATABASE = b"SQLite format 3\0"
_ADVICE = {
    errno.ENOSPC: "no space is left on the disk; free some, or write to another one",
    errno.EDQUOT: "your share of the disk is used up; free some, or write to another one",
    errno.EFBIG: "the file grew larger than this disk allows; narrow the filters, or write to another one",
    errno.EACCES: "it may not be written; choose a folder that you may write to",
    errno.EPERM: "it may not be written; choose a folder that you may write to",
    errno.EROFS: "the disk can only be read; write to another one",
    errno.ENOENT: "there is no such folder; make it first",
    errno.ENOTDIR: "a part of the path is a file and no folder",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENAMETOOLONG: "the name is too long",
}


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes its name only when all is written; after an error nothing is left of it.

    What is no plain file (a pipe, a terminal) is written straight. Errors of writing become ``ExportError``.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        if path.is_dir():
            raise ExportError(str(path), _ADVICE[errno.EISDIR])
        with _told(path), path.open("wb") as out:
            yield out
        return
    _guard(path)
    part = _beside(path)
    with _told(path):
        try:
            with part.open("wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _guard(path: Path) -> None:
    """What is there already is written over, but for a file that may only be read, and for a database: a record."""
    if not path.exists():
        return
    if not os.access(path, os.W_OK):
        raise ExportError(str(path), "the file that is there may only be read; name another one")
    with path.open("rb") as there:
        if there.read(len(_DATABASE)) == _DATABASE:
            raise ExportError(str(path), "the file that is there is a database, perhaps a record; name another one")


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes its name only when all is written. It must be new or empty."""
    path = Path(os.path.realpath(path))
    with _told(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise ExportError(str(path), "it is there already; name a new or an empty folder")
        part = _beside(path)
        try:
            part.mkdir()
            yield part
            if path.exists():
                path.rmdir()
            os.replace(part, path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def encoded(chunks: Iterator[str], out: BinaryIO) -> None:
    """Write text as UTF-8, in pieces of some size."""
    buffer = io.StringIO()
    for chunk in chunks:
        buffer.write(chunk)
        if buffer.tell() > CHUNK:
            out.write(buffer.getvalue().encode("utf-8"))
            buffer.seek(0)
            buffer.truncate()
    out.write(buffer.getvalue().encode("utf-8"))


@contextmanager
def scratch(table: str) -> Iterator[sqlite3.Connection]:
    """A database with one table in a temporary file, which is gone at the end; its errors become ``ExportError``."""
    made = sqlite3.connect("", isolation_level=None)
    try:
        made.execute("PRAGMA journal_mode = OFF")
        made.execute(f"CREATE TABLE {table}")
        made.execute("BEGIN")
        yield made
    except sqlite3.Error as error:
        raise ExportError(gettempdir(), f"{error}; free some space there, or name another folder in TMPDIR") from error
    finally:
        made.close()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}-{next(_NUMBERS)}.part")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Errors of the system as one that names the file and what to do."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = _ADVICE.get(error.errno or 0, error.strerror or str(error))
        raise ExportError(str(path), reason) from error
