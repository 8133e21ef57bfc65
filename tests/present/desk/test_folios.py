"""Frozen results: the rows of a search stay as they were, once, and are marked where the record has moved on."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from dateline.keep import Record
from dateline.present.desk.views import frozen
from dateline.present.kept import hit_of
from dateline.present.rows import hit_row
from tests.factories import prose, told
from tests.present.desk.conftest import Visitor
from tests.present.desk.test_search import all_pages, keys_of

WAR = {"type": "ASSAULT", "find": "events", "reliable": "1"}


def freeze(visitor: Visitor, **fields: str) -> str:
    done = visitor.post("/frozen", **fields)
    assert done.status_code == 303
    return str(done.headers["location"])


@pytest.mark.parametrize("find", ["sentences", "statements", "events"])
def test_a_row_of_json_is_the_hit_again(path: Path, find: str) -> None:
    with Record(path) as record:
        hits = record.search("Denmark", find=find).hits
        assert hits
        for hit in hits:
            row = json.loads(json.dumps(hit_row(hit)))
            assert hit_row(hit_of(row)) == hit_row(hit)


@pytest.mark.parametrize("row", [{}, {"find": "cake"}, {"find": "event"}, {"find": "sentence", "report": 7},
                                 {"find": "statement", "report": {"key": "r1"}}])  # fmt: skip
def test_what_is_no_row_says_so(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no row of a search"):
        hit_of(row)


def test_a_frozen_result_shows_the_rows_of_the_search(visitor: Visitor) -> None:
    shown, _ = all_pages(visitor, "/search?type=ASSAULT&find=events&reliable=1")
    address = freeze(visitor, **WAR, title="The war")
    kept, pages = all_pages(visitor, address)
    assert kept == shown
    assert len(kept) > 30
    assert pages == 1
    page = unescape(visitor.get(address).text)
    assert "<h1><bdi>The war</bdi></h1>" in page
    assert f"{len(kept)} events in " in page
    assert "changed since" not in page
    assert 'href="/search?find=events&type=ASSAULT&reliable=1"' in page
    assert address in visitor.get("/frozen").text


def test_the_same_result_twice_is_one(visitor: Visitor, path: Path) -> None:
    first = freeze(visitor, **WAR, title="The war")
    assert freeze(visitor, **WAR, title="Another name") == first
    assert freeze(visitor, **WAR, copies="1") != first
    with Record(path) as record:
        folios = list(record.folios("result"))
        assert len(folios) == 2
        assert {folio.who for folio in folios} == {"desk"}


def test_it_never_changes_and_tells_what_the_record_has(visitor: Visitor, path: Path) -> None:
    address = freeze(visitor, **WAR)
    before = visitor.get(f"{address}.json").content
    keys = keys_of(visitor.get(address).text)
    with Record(path) as record:
        record.correct("reject", keys[0], who="mia")
        record.correct("edit", keys[1], who="mia", field="type", value="COERCE")
        record.add_reports([told("Norway attacked Denmark on Monday.\n" + prose("new"), "new", "2023-12-11")])
    assert visitor.get(f"{address}.json").content == before
    page = visitor.get(address).text
    assert keys_of(page) == keys
    assert "rejected since" in page
    assert re.search(r"changed since: [^<]*type", page)
    assert page.count("since</span>") + page.count("changed since") == 2
    assert keys[0] not in keys_of(visitor.get("/search?type=ASSAULT&find=events&reliable=1").text)
    again = freeze(visitor, **WAR)
    assert again != address


def test_an_entry_that_is_gone_is_told(visitor: Visitor, path: Path) -> None:
    address = freeze(visitor, words="attacked", find="statements")
    [key, *_] = keys_of(visitor.get(address).text)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE statements SET key = 'other' WHERE key = ?", (key,))
        db.commit()
    page = visitor.get(address).text
    assert page.count("no longer in the record") == 1
    assert key in keys_of(page)


def test_a_body_that_was_changed_is_told(visitor: Visitor, path: Path) -> None:
    address = freeze(visitor, **WAR)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE folios SET body = replace(body, 'Norway', 'Sweden')")
        db.commit()
    assert "not what was frozen" in visitor.get(address).text


def test_a_long_result_keeps_its_first_rows(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen, "MOST", 12)
    monkeypatch.setattr(frozen, "_AT_ONCE", 5)
    monkeypatch.setattr(frozen, "ROWS", 5)
    address = freeze(visitor, **WAR)
    kept, pages = all_pages(visitor, address)
    shown, _ = all_pages(visitor, "/search?type=ASSAULT&find=events&reliable=1")
    assert kept == shown[:12]
    assert pages == 3
    assert "the first 12 are kept" in visitor.get(address).text
    told_ = visitor.get(f"{address}.json").json()
    assert len(told_["rows"]) == 12
    assert told_["more"] is True
    assert told_["counts"]["events"] == len(shown)
    assert told_["query"] == {"type": "ASSAULT", "find": "events", "reliable": True}
    assert told_["record"]["reports"] == 103


def test_what_cannot_be_frozen(visitor: Visitor) -> None:
    assert "nothing to freeze" in visitor.post("/frozen", words="unicorn").text
    assert visitor.post("/frozen", words="unicorn").status_code == 422
    assert visitor.post("/frozen", since="never").status_code == 422


@pytest.mark.parametrize("key", ["f00", "b1", "..%2f..%2fetc", "%00", "x" * 3000])
def test_a_key_that_nothing_is_under(visitor: Visitor, path: Path, key: str) -> None:
    with Record(path) as record:
        record.keep_folio("brief", "Mine", {"items": []}, "mia", "b1")
    for address in (f"/frozen/{key}", f"/frozen/{key}.json"):
        assert visitor.get(address).status_code == 404


def test_hostile_words_stay_words(visitor: Visitor, path: Path) -> None:
    with Record(path) as record:
        record.add_reports([told('Sweden met Denmark on Monday <img src=x onerror="alert(1)">.\n' + prose("evil"),
                                 "evil", "2024-01-08")])  # fmt: skip
    address = freeze(visitor, words="onerror", title="</h1><script>alert(1)</script>")
    for page in (visitor.get(address).text, visitor.get("/frozen").text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
