"""Small inputs of each kind, made by hand or written here, and what reads them."""

from __future__ import annotations

import gzip
import io
from datetime import date
from pathlib import Path

from dateline.load import Failure, Fetcher, read_paths
from dateline.model import Reading, Report

DATA = Path(__file__).parent / "data"
PAGE = (
    "<!DOCTYPE html><html><head><title>Ministers agree</title></head><body><article>"
    "<p>OSLO, March 4 (NTB) - The ministers of two countries met on Monday in Zürich.</p>"
    "<p>They will meet again in June, a spokesman said to reporters.</p></article></body></html>"
)

Ran = tuple[list[Report], list[Reading], list[Failure], list[str]]


def run(*paths: str | Path, stdin: bytes = b"", given: date | None = None, fetcher: Fetcher | None = None) -> Ran:
    """What the paths gave: reports, readings, failures, notices."""
    told: list[str] = []
    items = list(read_paths([str(p) for p in paths], io.BytesIO(stdin), given, told.append, fetcher=fetcher))
    return (
        [i for i in items if isinstance(i, Report)],
        [i for i in items if isinstance(i, Reading)],
        [i for i in items if isinstance(i, Failure)],
        told,
    )


def record(block: bytes, url: str | None = "http://harbour.example/a", kind: str = "response") -> bytes:
    """One record of a WARC file."""
    fields = [f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:1>", "WARC-Date: 2024-03-05T10:00:00Z"]
    fields += [f"WARC-Target-URI: {url}"] if url else []
    fields += [f"Content-Type: application/http; msgtype={kind}", f"Content-Length: {len(block)}"]
    return ("WARC/1.0\r\n" + "\r\n".join(fields)).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """An HTTP response as bytes."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(body[i : i + 90]), body[i : i + 90]) for i in range(0, len(body), 90)) + (
        b"0\r\n\r\n"
    )


def archive() -> bytes:
    """A WARC file of records of many kinds, three of them pages."""
    page = PAGE.encode("cp1252")
    packed = chunked(gzip.compress(page))
    return b"".join((
        record(b"software: none\r\n", None, "warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(response(page, kind="text/html; charset=windows-1252")),
        record(response(packed, "Content-Encoding: gzip", "Transfer-Encoding: chunked",
                        kind="text/html; charset=cp1252"), "http://harbour.example/b?utm_source=x"),
        record(response(b"gone", status="404 Not Found")),
        record(response(b"\x89PNG", kind="image/png")),
        b"some damage\r\nmore of it\r\n",
        record(response(PAGE.encode()), "<http://harbour.example/c>"),
    ))  # fmt: skip
