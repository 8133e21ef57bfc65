"""Web archives (WARC) -> pages as they were fetched, and pages fetched now: bytes with their address."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from dateline.load.days import day_of
from dateline.load.decoding import NotText, decode
from dateline.load.outcomes import LONGEST, TOO_LONG, Failure, Found, Notice, Raw, told
from dateline.load.pages import PageHints, report_of_page
from dateline.load.reports import is_blank, report_from_text
from dateline.load.urls import canonical, web_address
from dateline.model import Report

CAPTURE = "capture"
_LONGEST_RECORD = 50_000_000
_LONGEST_HEAD = 64_000
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:\-]{2,30})", re.IGNORECASE)


def captured(body: bytes, where: str, url: str, charset: str | None, day: str | None, plain: bool = False) -> Raw:
    """A page, or with ``plain`` a text, with what was known when it was fetched."""
    facts = {"url": url, "charset": charset, "day": day, "plain": plain}
    head = json.dumps(facts, separators=(",", ":")).encode("ascii")
    return Raw(CAPTURE, head + b"\n" + body, where, canonical(url))


def report_of_capture(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The report in a page that was fetched at a known address."""
    head, _, body = data.partition(b"\n")
    try:
        facts = json.loads(head)
        url, hints = facts["url"], PageHints(web_address(facts["url"]), facts["charset"], facts["day"])
        plain = facts["plain"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return Failure(where, "what was kept of this page is damaged: fetch it again")
    try:
        report = (_report_of_plain if plain else report_of_page)(body, where, given, notice, hints)
    except NotText as error:
        return Failure(where, str(error))
    return report if isinstance(report, Failure) else Found(report, canonical(url))


def _report_of_plain(
    data: bytes, where: str, given: date | None, notice: Notice, hints: PageHints
) -> Report | Failure:
    decoded = decode(data, charset=hints.charset)
    if decoded.note:
        notice(f"{where}: {decoded.note}")
    if is_blank(decoded.text):
        return Failure(where, "no words at this address: nothing to read")
    if len(decoded.text) > LONGEST:
        return Failure(where, TOO_LONG)
    return told(report_from_text(decoded.text, published=given, guess=hints.day, url=hints.url), where, notice)


# --- WARC 1.0 and 1.1 (ISO 28500:2017) --------------------------------------------------------------------------


def raws_of_archive(pieces: Iterable[bytes], name: str, notice: Notice) -> Iterator[Raw | Failure]:
    """The web pages of an archive; records of other kinds are counted and told once, at its end."""
    left_out: Counter[str] = Counter()
    stream = _Stream(pieces)
    number = pages = 0
    while (fields := _next_head(stream, left_out)) is not None:
        number += 1
        where = f"{name}, record {number}"
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            left_out["records without a length"] += 1
            continue
        size = int(length)
        if reason := _other_record(fields):
            left_out[reason] += 1
            stream.skip(size)
        elif size > _LONGEST_RECORD:
            stream.skip(size)
            yield Failure(where, "a page of more than 50 MB: not read")
        else:
            block = stream.read(size)
            if len(block) < size:
                yield Failure(where, "the archive is cut short here: get it again")
                break
            found = _page_of(block, fields, where)
            if isinstance(found, str):
                left_out[found] += 1
            else:
                pages += 1
                yield found
    if left_out:
        listed = ", ".join(f"{count:,} {reason}" for reason, count in sorted(left_out.items(), key=lambda i: i[0]))
        notice(f"{name}: left out: {listed}")
    if not pages:
        yield Failure(name, f"no page in this web archive ({number:,} records): get it again, or name another")


def _next_head(stream: _Stream, left_out: Counter[str]) -> dict[str, str] | None:
    """The fields of the next record's head; what stands before it and is none is passed over and counted."""
    lost = False
    while (line := stream.line(_LONGEST_HEAD)) is not None:
        if line.startswith(b"WARC/"):
            if lost:
                left_out["damaged stretches"] += 1
            return stream.fields()
        lost = lost or bool(line.strip())
    if lost:
        left_out["damaged stretches"] += 1
    return None


def _other_record(fields: dict[str, str]) -> str | None:
    kind = fields.get("warc-type", "").lower()
    if kind != "response":
        return f"{_shown(kind)} records"
    if not fields.get("content-type", "").lower().startswith("application/http"):
        return "responses that are not HTTP"
    return None


def _shown(words: str) -> str:
    return words[:20] if words.isalnum() and words.isascii() else "unknown"


def _page_of(block: bytes, fields: dict[str, str], where: str) -> Raw | str:
    """The page in an HTTP response; else in words what it is."""
    url = web_address(fields.get("warc-target-uri", "").strip("<>"))
    if url is None:
        return "responses without a web address"
    stream = _Stream([block])
    status = stream.line(_LONGEST_HEAD) or b""
    if not re.match(rb"HTTP/\d(?:\.\d)? 200\b", status):
        return "responses other than 200"
    http = stream.fields()
    kind = http.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _PAGE_TYPES:
        return "responses that are no page"
    body = _unpacked(stream.read(_LONGEST_RECORD), http)
    if body is None:
        return "pages packed in an unknown way or too large"
    charset = _CHARSET.search(http.get("content-type", ""))
    day = day_of(fields.get("warc-date"))
    return captured(body, f"{where} ({url})", url, charset[1].lower() if charset else None, day)


def _unpacked(body: bytes, http: dict[str, str]) -> bytes | None:
    """A response's body without transfer and content encoding; archives often hold it so, whatever its head says."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        body = _joined_chunks(body)
    encoding = http.get("content-encoding", "").strip().lower()
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflate(body, 31)
    if encoding == "deflate":
        return _inflate(body, 15) or _inflate(body, -15)
    if encoding in ("br", "zstd", "compress"):
        return body if b"<" in body[:500] else None
    return body


def _inflate(body: bytes, window: int) -> bytes | None:
    unpacker = zlib.decompressobj(window)
    try:
        plain = unpacker.decompress(body, _LONGEST_RECORD)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else plain


def _joined_chunks(body: bytes) -> bytes:
    """A chunked body (RFC 9112, section 7.1) joined; as it is where it is not chunked after all."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 40)
        size = body[at:end].partition(b";")[0].strip() if end > 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return b"".join(parts) if parts else body
        length = int(size, 16)
        if length == 0:
            break
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts)


class _Stream:
    """Pieces of bytes, read by lines and by lengths; never more held than asked for and one piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._at = 0

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._held = self._held[self._at :] + piece
        self._at = 0
        return True

    def line(self, limit: int) -> bytes | None:
        """The next line with its end, or as much of it as the limit; ``None`` at the end of all bytes."""
        while (end := self._held.find(b"\n", self._at, self._at + limit)) < 0:
            if len(self._held) - self._at >= limit or not self._more():
                end = min(len(self._held), self._at + limit) - 1
                break
        line = self._held[self._at : end + 1]
        self._at = end + 1
        return line or None

    def fields(self) -> dict[str, str]:
        """The fields of a head up to its blank line, names in lower case; the first of each name counts."""
        found: dict[str, str] = {}
        size = 0
        while (line := self.line(_LONGEST_HEAD)) is not None and line.strip():
            size += len(line)
            if size > _LONGEST_HEAD:
                break
            name, colon, value = line.decode("utf-8", "replace").partition(":")
            if colon:
                found.setdefault(name.strip().lower(), value.strip())
        return found

    def read(self, size: int) -> bytes:
        parts = []
        while size > 0:
            if self._at >= len(self._held) and not self._more():
                break
            part = self._held[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        while size > 0:
            held = len(self._held) - self._at
            step = min(held, size)
            self._at += step
            size -= step
            if size > 0 and not self._more():
                return
