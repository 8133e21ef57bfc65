"""Whatever the bytes, the readers end, raise nothing, and give records that can be written."""

from __future__ import annotations

import gzip
import io
import json
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.load import Failure, again, read_paths, report_from_text
from dateline.model import Reading, Report
from dateline.present.jsonl import to_line
from tests.load.sources import DATA, archive
from tests.load.test_tables import packed

PAGE = (
    b"<!DOCTYPE html><html><head><title>Ministers agree</title><meta property='og:title' content='Agreed'>"
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"Agreed","datePublished":"2024-03-05"}'
    b"</script></head><body><article><p>OSLO, March 4 (NTB) - The ministers of two countries met on Monday.</p>"
    b"<p>They will meet again in June, a spokesman said.</p></article></body></html>"
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check(data: bytes) -> list[Report | Reading | Failure]:
    told: list[str] = []
    items = list(read_paths(["-"], io.BytesIO(data), None, told.append))
    assert items or not data.strip()
    for item in items:
        if isinstance(item, Failure):
            assert item.where
            assert "\n" not in str(item)
            assert item.count >= 1
            continue
        if isinstance(item, Reading):
            assert item.report.origin is not None
            assert again(item.report.origin) == item
            assert to_line(item)
            continue
        assert item.origin is not None
        assert again(item.origin) == item
        assert item.text.strip("\0 \t\r\n\ufeff"), "a report without any character"
        item.text.encode("utf-8")
        item.id.encode("utf-8")
        assert all(0 <= s.start < s.end <= len(item.text) for s in item.furniture)
    return items


@QUIET
@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    check(data)


@QUIET
@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_random_gzip(data: bytes, at: int, byte: int) -> None:
    packed = bytearray(gzip.compress(data))
    if at < len(packed):
        packed[at] = byte
    check(bytes(packed[: at + 40]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
RECORD = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "text", "title", "published", "dct", "publisher", "language"), JSON)
)


NINJS = ("uri", "body_text", "body_xhtml", "bodies", "headline", "headlines", "versioncreated", "pubstatus", "byline",
         "infosources", "descriptions", "language", "type")  # fmt: skip
ITEM = ("id", "url", "title", "content_html", "content_text", "summary", "date_published", "authors", "language")


@QUIET
@given(st.lists(RECORD | JSON, min_size=1, max_size=6))
def test_random_json_lines(records: list[object]) -> None:
    data = "\n".join(['{"text": "Rain fell."}', *(json.dumps(r) for r in records)]).encode()
    assert len(check(data)) == len(records) + 1


@QUIET
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.integers(0, 2**32))
def test_mutated_json_lines(texts: list[str], seed: int) -> None:
    data = bytearray("\n".join(json.dumps({"text": t}) for t in texts).encode())
    rng = random.Random(seed)
    for _ in range(3):
        data[rng.randrange(len(data))] = rng.randrange(256)
    check(bytes(data))


@settings(QUIET, max_examples=25)
@given(st.integers(0, 2**32))
def test_mutated_pages(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(PAGE)
    for _ in range(rng.randrange(1, 30)):
        at = rng.randrange(len(data))
        if rng.random() < 0.5:
            data[at] = rng.randrange(256)
        else:
            del data[at : at + rng.randrange(40)]
            data = data or bytearray(b"<")
    check(b"<!DOCTYPE html>" + bytes(data))


@QUIET
@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=15)), st.one_of(st.none(), st.text(max_size=12)))
def test_reading_twice_is_the_same(text: str, published: str | None, title: str | None) -> None:
    once = report_from_text(text, published=published, title=title)
    assert once == report_from_text(text, published=published, title=title)
    again = report_from_text(once.text, published=published, title=title)
    assert (again.text, again.furniture, again.dateline) == (once.text, once.furniture, once.dateline)


SEEDS = {
    **{path.name: path.read_bytes() for path in sorted(DATA.iterdir())},
    "archive.warc": archive(),
    "archive.warc.gz": gzip.compress(archive()),
    "events.zip": packed(("20241109121500.export.CSV", (DATA / "20241109121500.export.CSV").read_bytes())),
}
#: Bytes that mean something to one of the formats.
MARKS = st.sampled_from([
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!DOCTYPE x [", b"\"", b"\n", b"\r\n\r\n", b"\t", b"\0", b"\xff",
    b"\xef\xbb\xbf", b"Content-Length: 5", b"WARC/1.0\r\n", b"{", b"}", b"null", b"[]", b"-1", b"=?utf-8?b?",
    b"--outer", b"PK\x01\x02", b";",
    b"&#0;", b"&#x110000;", b"<item/>", b"NULL", b"%",
])  # fmt: skip


CHANGE = st.tuples(st.floats(0, 1), MARKS | st.binary(max_size=5), st.integers(0, 9))


@settings(QUIET, max_examples=300)
@given(st.sampled_from(sorted(SEEDS)), st.lists(CHANGE, max_size=6), st.floats(0, 1))
def test_mutated_sources(name: str, changes: list[tuple[float, bytes, int]], cut: float) -> None:
    data = SEEDS[name]
    for where, bytes_, length in changes:
        at = int(where * len(data))
        data = data[:at] + bytes_ + data[at + length :]
    check(data[: int(len(data) * (0.2 + cut))])


@settings(QUIET, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(sorted(NINJS)), JSON), max_size=6))
def test_random_news_items(pairs: list[tuple[str, object]]) -> None:
    check(json.dumps([{"uri": "urn:x", "versioncreated": "2024-11-08", **dict(pairs)}]).encode())


@settings(QUIET, max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(ITEM)), JSON), max_size=4))
def test_random_json_feeds(items: list[dict[str, object]]) -> None:
    check(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode())


@settings(QUIET, max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), min_size=61, max_size=61), min_size=1, max_size=4))
def test_random_rows(rows: list[list[str]]) -> None:
    first = SEEDS["20241109121500.export.CSV"].split(b"\n")[0]
    check(first + b"\n" + "\n".join("\t".join(row) for row in rows).encode("utf-8", "surrogatepass"))
    head = SEEDS["events.2014.tab"].split(b"\n")[0]
    check(head + b"\n" + "\n".join("\t".join(row[:20]) for row in rows).encode("utf-8", "surrogatepass"))
