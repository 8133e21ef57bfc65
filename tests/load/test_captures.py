"""Web archives: pages with their address and charset, and archives that are damaged or mean harm."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.load.sources import PAGE, archive, record, response, run


def in_members(data: bytes) -> bytes:
    return gzip.compress(data[:700]) + gzip.compress(data[700:])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, in_members])
def test_pages_of_an_archive(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "a.warc").write_bytes(pack(archive()))
    reports, _, failures, told = run(tmp_path / "a.warc")
    assert failures == []
    assert [r.url for r in reports] == [
        "http://harbour.example/a", "http://harbour.example/b?utm_source=x", "http://harbour.example/c",
    ]  # fmt: skip
    assert [r.origin.locator for r in reports if r.origin] == [f"http://harbour.example/{x}" for x in "abc"]
    assert all("in Zürich" in r.text for r in reports)
    assert all(r.published and r.published.value == "2024-03-05" for r in reports)
    assert not any(r.published and r.published.reliable for r in reports)
    (line,) = [t for t in told if "left out" in t]
    assert line.endswith("left out: 1 damaged stretches, 1 request records, 1 responses other than 200, "
                         "1 responses that are no page, 1 warcinfo records")  # fmt: skip


def test_an_archive_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "crawl.bin").write_bytes(archive())
    assert len(run(tmp_path)[0]) == 3
    assert len(run("-", stdin=archive())[0]) == 3


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"WARC/1.0\r\n", "no page in this web archive"),
        (b"WARC/1.0\r\n" * 1000, "no page in this web archive"),
        (b"WARC/" + b"x" * 300_000, "no page in this web archive"),
        (record(response(b"x", kind="image/png")), "no page in this web archive"),
        (record(response(PAGE.encode()))[:-200], "cut short here"),
        (record(response(PAGE.encode())).replace(b"Content-Length: ", b"Content-Length: 99"), "cut short here"),
        (record(response(PAGE.encode())).replace(b"Content-Length: ", b"Content-Length: -"), "no page"),
        (record(response(PAGE.encode())).replace(b"Content-Length: ", b"Content-Length: 99999999"), "50 MB"),
        (record(response(PAGE.encode()), "file:///etc/passwd"), "no page in this web archive"),
        (record(response(b"<html></html>")), "no article text found"),
        (gzip.compress(archive(), mtime=0)[:300], "gzip data is cut short"),
    ],
)
def test_bad_archives(data: bytes, line: str) -> None:
    reports, _, failures, _ = run("-", stdin=data)
    assert reports == []
    assert failures
    assert any(line in str(f) for f in failures)


def test_a_page_that_explodes_is_left_out() -> None:
    bomb = zlib.compress(b"\0" * 60_000_000, 9)
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    gzipped = packed.compress(b"<html>" + b" " * 60_000_000) + packed.flush()
    records = record(response(bomb, "Content-Encoding: deflate")) + record(response(gzipped, "Content-Encoding: gzip"))
    reports, _, failures, told = run("-", stdin=records + record(response(PAGE.encode())))
    assert (len(reports), failures) == (1, [])
    assert "2 pages packed in an unknown way or too large" in " ".join(told)
