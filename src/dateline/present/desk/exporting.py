"""An export on its way to a browser or a program: the bytes of ``dateline export --out -``, piece by piece."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from itertools import chain
from queue import Empty, Full, Queue

from fastapi import HTTPException
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import iterate_in_threadpool

from dateline.errors import ExportError
from dateline.keep import utc_now
from dateline.present.desk.state import Desk
from dateline.present.exports import Format, export, formats_of, media, suffix
from dateline.present.exports.writing import CHUNK
from dateline.record.query import Find, Query
from dateline.record.store import Store

#: Pieces that are written ahead of a slow reader; exports that run at once.
AHEAD, MOST = 8, 8
_RUNNING = threading.BoundedSemaphore(MOST)
#: Formats whose text is not told by its media type alone to be UTF-8.
_TEXT = ("text/", "application/x-bibtex", "application/x-research-info-systems")


def exported(desk: Desk, query: Query, format: Format, *, body: bool = True) -> Response:
    """The answer that carries an export; an error before its first bytes is raised, one after them cuts it off.

    Raises ``ExportError`` for entries that the format does not hold.
    """
    if query.find is not None and format not in formats_of(query.find):
        raise ExportError(format, f"holds no {query.find}")
    headers = {"content-disposition": f'attachment; filename="{file_name(desk, query, format)}"'}
    kind = media(format) + ("; charset=utf-8" if media(format).startswith(_TEXT) else "")
    if not body:
        desk.record.store.search(query, 1)  # what GET would refuse, HEAD does
        return StreamingResponse(iter(()), media_type=kind, headers=headers)
    if not _RUNNING.acquire(blocking=False):
        raise HTTPException(503, f"{MOST} exports are running already; try again in a minute", {"retry-after": "60"})
    pieces = Pieces(desk.record.store, query, format, utc_now(), _RUNNING.release)
    try:
        first = next(pieces, b"")
    except BaseException:
        pieces.close()
        raise
    return StreamingResponse(_sent(pieces, first), media_type=kind, headers=headers)


async def _sent(pieces: Pieces, first: bytes) -> AsyncIterator[bytes]:
    try:
        async for piece in iterate_in_threadpool(chain((first,), pieces)):
            yield piece
    finally:
        pieces.close()


def file_name(desk: Desk, query: Query, format: Format) -> str:
    """A name of plain letters, whatever was asked for: record, kind of entries, words."""
    told = [desk.settings.record.stem, query.find or "", query.words or "", query.actor or query.type or ""]
    plain = re.sub(r"[^a-z0-9]+", "-", " ".join(told).lower()).strip("-")[:60].strip("-")
    return (plain or "dateline") + suffix(format)


class Pieces(Iterator[bytes]):
    """What an export writes, as it is written by a thread of its own, which waits for its reader.

    Whoever stops half-way closes it. An error of the export is raised where its bytes end.
    """

    def __init__(
        self, store: Store, query: Query, format: Format, made: str, done: Callable[[], None] = lambda: None
    ) -> None:
        self._done = done
        self._queue: Queue[bytes | None] = Queue(AHEAD)
        self._error: Exception | None = None
        self._gone = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, args=(store, query, format, made), daemon=True, name="export")
        self._thread.start()

    def __next__(self) -> bytes:
        if self._ended:
            raise StopIteration
        piece = self._queue.get()
        if piece is not None:
            return piece
        self._ended = True
        if self._error is not None:
            raise self._error
        raise StopIteration

    def close(self) -> None:
        """Nobody reads on: the export ends at its next piece."""
        self._gone.set()
        with suppress(Empty):
            while True:
                self._queue.get_nowait()

    def _run(self, store: Store, query: Query, format: Format, made: str) -> None:
        out = _Out(self)
        try:
            export(store, query, format, out, made=made)  # type: ignore[arg-type]
            out.flush_all()
        except _Gone:
            pass
        except Exception as error:  # it belongs to the reader: nobody else can tell of it
            self._error = error
        finally:
            self._done()
            with suppress(_Gone):
                self.put(None)

    def put(self, piece: bytes | None) -> None:
        while not self._gone.is_set():
            with suppress(Full):
                self._queue.put(piece, timeout=0.2)
                return
        raise _Gone


class _Gone(Exception):
    """The reader of an export has left."""


class _Out:
    """A file that can only be written to, as a pipe is; gathers what comes into pieces of some size."""

    closed = False

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._gathered = bytearray()
        self._at = 0

    def write(self, data: bytes) -> int:
        self._gathered += data
        self._at += len(data)
        if len(self._gathered) >= CHUNK:
            self.flush_all()
        return len(data)

    def flush_all(self) -> None:
        if self._gathered:
            self._pieces.put(bytes(self._gathered))
            self._gathered.clear()

    def flush(self) -> None:
        """Pieces go when they are large enough."""

    def tell(self) -> int:
        return self._at

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        """The export ends by itself."""


def format_of(name: str, find: Find | None) -> Format:
    """The format of a name; raises ``ExportError`` with those there are."""
    try:
        return Format(name.lower())
    except ValueError:
        raise ExportError("format", f"there is no {name!r}; there are " + ", ".join(formats_of(find))) from None
