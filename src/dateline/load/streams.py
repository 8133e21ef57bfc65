"""A file or standard input as bytes: unpacked where it is gzip, whole or line by line, never more than a limit."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from dateline.load.decoding import wide_encoding

_CHUNK = 1 << 16
_HEAD = 1 << 16
GZIP = b"\x1f\x8b"
_ANY_GZIP = 31  # zlib: a gzip header and the largest window


class CutShort(Exception):
    """The bytes ended or broke before their end; the message says how far they came and what to do."""


class Source:
    """The bytes of one input. Read either ``all`` or ``lines``, once; ``head`` may be looked at before."""

    def __init__(self, stream: BinaryIO) -> None:
        first = _read(stream, _CHUNK)
        while 0 < len(first) < 2 and (more := _read(stream, _CHUNK)):  # a pipe may give a byte at a time
            first += more
        plain = _plain(stream, first)
        self._chunks = _unzipped(stream, first) if first[:2] == GZIP else plain
        self.head = b""
        #: why the bytes ended before their end, where they did
        self.broken: str | None = None
        #: how many lines ``lines`` has given
        self.line_count = 0
        self._fill_head()

    def _fill_head(self) -> None:
        pieces, size = [], 0
        try:
            for chunk in self._chunks:
                pieces.append(chunk)
                size += len(chunk)
                if size >= _HEAD:
                    break
        except CutShort as error:
            self.broken = str(error)
        self.head = b"".join(pieces)

    def pieces(self) -> Iterator[bytes]:
        """All bytes from the start; where they break, ``broken`` says why and the pieces end."""
        yield self.head
        if self.broken:
            return
        try:
            yield from self._chunks
        except CutShort as error:
            self.broken = str(error)

    def all(self, limit: int) -> bytes | None:
        """All bytes, ``None`` where there are more than the limit; see ``broken`` for whether they are whole."""
        pieces, size = [], 0
        for piece in self.pieces():
            size += len(piece)
            if size > limit:
                return None
            pieces.append(piece)
        return b"".join(pieces)

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """The lines without their ends, as UTF-8; ``None`` for one that is longer than the limit.

        Of bytes that break off, the last, unfinished line is not given.
        """
        parts: list[bytes] = []
        size = 0
        for piece in self._as_utf8():
            first, *others = piece.split(b"\n")
            for more in (first, *others)[:-1] if others else ():
                size += len(more)
                parts.append(more)
                self.line_count += 1
                yield b"".join(parts) if size <= limit else None
                parts, size = [], 0
            rest = others[-1] if others else first
            size += len(rest)
            parts = [] if size > limit else [*parts, rest]
        if size and not self.broken:
            self.line_count += 1
            yield b"".join(parts) if size <= limit else None

    def _as_utf8(self) -> Iterator[bytes]:
        encoding = wide_encoding(self.head)
        if encoding is None:
            yield from self.pieces()
            return
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        for piece in self.pieces():
            yield decoder.decode(piece).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _read(stream: BinaryIO, size: int) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise CutShort(f"cannot be read on ({(error.strerror or str(error)).lower()}): check the file") from error


def _plain(stream: BinaryIO, first: bytes) -> Iterator[bytes]:
    while first:
        yield first
        first = _read(stream, _CHUNK)


def _unzipped(stream: BinaryIO, packed: bytes) -> Iterator[bytes]:
    """What gzip data hold, member after member, at most a chunk at a time however well they are packed."""
    size = 0
    while packed[:2] == GZIP:
        unpacker = zlib.decompressobj(_ANY_GZIP)
        while not unpacker.eof:
            if not packed and not (packed := _read(stream, _CHUNK)):
                raise CutShort(f"gzip data is cut short ({size:,} bytes came out): get the file again")
            try:
                chunk = unpacker.decompress(packed, _CHUNK)
            except zlib.error:
                raise CutShort(f"gzip data is damaged ({size:,} bytes came out): get the file again") from None
            size += len(chunk)
            packed = unpacker.unconsumed_tail
            if chunk:
                yield chunk
        packed = unpacker.unused_data or _read(stream, _CHUNK)
        if len(packed) == 1:
            packed += _read(stream, _CHUNK)
