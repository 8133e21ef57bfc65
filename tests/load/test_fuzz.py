"""Whatever the bytes, the readers end, raise nothing, and give records that can be written."""

from __future__ import annotations

import gzip
import io
import json
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.load import Failure, read_paths, report_from_text
from dateline.model import Report

PAGE = (
    b"<!DOCTYPE html><html><head><title>Ministers agree</title><meta property='og:title' content='Agreed'>"
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"Agreed","datePublished":"2024-03-05"}'
    b"</script></head><body><article><p>OSLO, March 4 (NTB) - The ministers of two countries met on Monday.</p>"
    b"<p>They will meet again in June, a spokesman said.</p></article></body></html>"
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check(data: bytes) -> list[Report | Failure]:
    told: list[str] = []
    items = list(read_paths(["-"], io.BytesIO(data), None, told.append))
    assert items or not data.strip()
    for item in items:
        if isinstance(item, Failure):
            assert item.where
            assert "\n" not in str(item)
            continue
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
