"""Odd requests: made from the OpenAPI, and of odd paths, parameters and headers, for the API and for the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.present.desk.odd_requests import ask_all, desk_of, make_record

EXAMPLES = 210


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a-secret-place") / "odd.db"
    make_record(path)
    return path


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with desk_of(path) as client:
        yield client


def test_nothing_breaks_the_api(client: TestClient, path: Path) -> None:
    tally = ask_all(client, EXAMPLES, number=1, secret=str(path.parent))
    assert tally.wrong == []
    statuses = {status for _, status in tally.answers}
    assert statuses >= {200, 404, 422}
    assert max(statuses) < 500
    assert sum(tally.answers.values()) > EXAMPLES * 0.8


_ODD = ["'", '"', "\x00", "..", "../../etc/passwd", "%", "<script>alert(1)</script>", "\u202e", "\ud7ff", "1e309", "-1",
        "9" * 40, "NaN", "null", "[]", "{}", "' OR 1=1 --", "*", "\\", "a" * 5_000, "\n", "\r\nx: y", "é", "𝕏",
        "OR", "-"]  # fmt: skip
_TEXTS = st.one_of(st.sampled_from(_ODD), st.text(max_size=30))
_PAGES = ("/relation", "/relation/cell", "/partners", "/reports/", "/search", "/saved", "/saved/", "/frozen/",
          "/claims",
          "/claims/", "/actors", "/actors/", "/sources", "/codebook", "/codebook/", "/corrections", "/brief", "/export",
          "/login", "/static/", "/api/v1/", "/api/v1/reports/", "/api/v1/search", "/api/v1/tellings", "/api/v1/actors/",
          "/api/v1/relations/", "/api/v1/export", "/")  # fmt: skip
_NAMES = st.sampled_from([
    "a", "b", "by", "from", "to", "around", "date", "voice", "words", "find", "actor", "source", "target", "since",
    "until", "limit", "cursor", "format", "lit", "name", "kind", "side", "period", "page", "year", "wait", "version",
    "then", "report",
])  # fmt: skip
_HEADERS = st.dictionaries(
    st.sampled_from(["accept", "accept-language", "if-none-match", "if-modified-since", "range", "hx-request", "cookie",
                     "content-type", "content-length", "authorization", "x-forwarded-for", "origin", "te"]),
    st.one_of(st.sampled_from(["*", "text/html", "application/x-ndjson", "bytes=0-", "de-DE,xx;q=9", "dateline=x.y.z",
                               "Bearer", "Bearer x", "true", "-1", "٣", '"', "a" * 9_000]),
              st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)),
    max_size=3,
)  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(page=st.sampled_from(_PAGES), rest=_TEXTS, asked=st.dictionaries(_NAMES, _TEXTS, max_size=4), headers=_HEADERS,
       deeper=st.booleans())  # fmt: skip
def test_odd_addresses_and_headers(
    client: TestClient, path: Path, page: str, rest: str, asked: dict[str, str], headers: dict[str, str], deeper: bool
) -> None:
    address = page + (quote(rest, safe="") if page.endswith("/") and deeper else "")
    query = "&".join(f"{name}={quote(value.encode('utf-8', 'replace'), safe='')}" for name, value in asked.items())
    client.cookies.clear()
    sent = {name: value.encode() for name, value in headers.items()}
    answer = client.get(f"{address}?{query}", headers=sent, follow_redirects=False)
    told = answer.text
    assert answer.status_code < 500 or answer.status_code == 503, (address, query, told[:300])
    assert str(path.parent) not in told
    assert "Traceback" not in told
    assert "<script>alert(1)" not in told
    assert "x" not in answer.headers
    if page.startswith("/api/") and answer.status_code >= 400 and answer.status_code != 421:
        assert list(answer.json()) == ["detail"]
