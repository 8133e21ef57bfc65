"""Search in the desk: the same rows and totals as the command line, facets that tell what a click finds, and feeds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from dateline.keep import Record
from dateline.present.desk.app import create_app
from dateline.present.desk.pages import link
from dateline.present.desk.people import People, hash_of
from dateline.present.desk.screens import search as screen
from dateline.present.desk.settings import Settings
from dateline.present.desk.views import search as views
from dateline.record.query import Query
from dateline.record.sqlite import tallies
from tests.present.desk.conftest import BASE, Visitor

SEARCHES = [
    {"find": "events", "actor": "NOR"},
    {"find": "events", "type": "ASSAULT", "reliable": "1"},
    {"find": "events", "type": "ASSAULT", "copies": "1"},
    {"find": "statements"},
    {"stance": "denies"},
    {"words": "attacked", "since": "2023-04-01", "find": "events"},
    {"words": "met Denmark", "find": "sentences", "until": "2022-03-01"},
    {"find": "events", "target": "DNK", "source": "SWE"},
]


def keys_of(html: str) -> list[str]:
    return re.findall(r'<small class="key">(\w+)</small>', html)


def links(html: str, label: str = "") -> list[str]:
    return [unescape(a) for a in re.findall(rf'href="(/[^"]*)"[^>]*>{label}', html)]


def all_pages(visitor: Visitor, address: str) -> tuple[list[str], int]:
    """The keys shown on all pages, by the link to the next one, and how many pages there are."""
    keys, pages = [], 0
    while address:
        found = visitor.get(address)
        assert found.status_code == 200
        keys += keys_of(found.text)
        pages += 1
        onward = re.search(r'rel="next" href="([^"]*)"', found.text)
        address = unescape(onward[1]) if onward else ""
    return keys, pages


def command(*args: str) -> str:
    return subprocess.run([sys.executable, "-m", "dateline", *args], capture_output=True, check=True, text=True).stdout


def as_options(filters: dict[str, str]) -> list[str]:
    words = [filters["words"]] if "words" in filters else []
    flags = ("reliable", "copies")
    return words + [part for name, value in filters.items() if name != "words"
                    for part in ((f"--{name}",) if name in flags else (f"--{name}", value))]  # fmt: skip


@pytest.mark.parametrize("filters", SEARCHES, ids=lambda f: " ".join(f.values()))
def test_the_same_rows_and_totals_as_the_command_line(visitor: Visitor, path: Path, filters: dict[str, str]) -> None:
    told = json.loads(command("search", "--json", "--limit", "1000", "--record", str(path), *as_options(filters)))
    page = visitor.get(link("/search", **filters, limit=200))
    expected = [hit.get("key") if hit["find"] != "sentence" else hit["report"]["key"] for hit in told["hits"]]
    assert expected
    keys, _ = all_pages(visitor, link("/search", **filters, limit=200))
    assert keys == expected
    kind = told["hits"][0]["find"] + "s"
    total = told["total"] if told["exact"] else told["counts"][kind]
    assert re.search(rf">{total:,} {kind[:-1]}s? found", page.text)


@pytest.mark.parametrize("filters", SEARCHES[:6], ids=lambda f: " ".join(f.values()))
def test_what_is_seen_is_what_is_exported(visitor: Visitor, path: Path, filters: dict[str, str]) -> None:
    keys, _ = all_pages(visitor, link("/search", **filters))
    page = visitor.get(link("/search", **filters)).text
    [lines] = [a for a in links(page) if a.startswith("/export?format=jsonl")]
    rows = [json.loads(line) for line in visitor.get(lines).text.splitlines()]
    exported = [row["telling" if row["kind"] == "event" else "statement"] for row in rows]
    assert sorted(exported) == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_pages_without_scripts_hold_each_hit_once(visitor: Visitor) -> None:
    whole, one = all_pages(visitor, "/search?find=events&actor=NOR&limit=200")
    parts, several = all_pages(visitor, "/search?find=events&actor=NOR&limit=7")
    assert parts == whole
    assert (one, several) == (1, -(-len(whole) // 7))


# --- facets


def offered(html: str) -> Iterator[tuple[dict[str, str], int]]:
    """The filters behind each value of a facet, and its number."""
    value = r'<li><a href="(/search[^"]*)"><bdi>.*?</bdi></a> <span class="n">([\d,]+)'
    for address, number in re.findall(value, html):
        yield dict(parse_qsl(urlsplit(unescape(address)).query)), int(number.replace(",", ""))


@pytest.mark.parametrize("address", [
    "/search?find=events", "/search?find=statements", "/search?find=events&actor=NOR&copies=1", "/search?words=Denmark",
    "/search?find=events&since=2023-03-01",
])  # fmt: skip
def test_a_facet_tells_how_many_a_click_finds(visitor: Visitor, path: Path, address: str) -> None:
    told = list(offered(visitor.get(address).text))
    assert {name for filters, _ in told for name in filters} >= {"kind", "actor", "reliable"}
    with Record(path) as record:
        for filters, number in told:
            counts = record.store.counts(views.asked_query(filters))
            found = counts.events or counts.statements or counts.sentences
            if filters.get("copies"):
                found = counts.tellings
            assert number == found, filters


def test_many_matches_are_counted_as_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Record(path) as record:
        few = record.store.facets(Query.of({"find": "events", "copies": True}))
        monkeypatch.setattr(tallies, "FEW", 10)
        many = record.store.facets(Query.of({"find": "events"}))
    assert not many.distinct
    assert many.facets == few.facets
    types = next(facet for facet in few.facets if facet.name == "type")
    assert many.total == few.total == sum(value.count for value in types.values)


def test_a_large_record_is_counted_aside(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "QUICK", 0)
    page = visitor.get("/search?find=events&actor=NOR").text
    assert "is being counted" in page
    [address] = {a for a in links(page) if "facets=1" in a}
    assert list(offered(visitor.get(address).text))


# --- the form


def test_the_form_keeps_what_was_asked(visitor: Visitor) -> None:
    page = visitor.get('/search?words="sweden+met"&find=events&reality=happened&reliable=1&since=2022-01-01').text
    assert 'name="words" type="search" value="&#34;sweden met&#34;"' in page
    assert '<option value="happened" selected>' in page
    assert '<option value="events" selected>' in page
    assert re.search(r'name="reliable" type="checkbox" value="1" checked', page)
    assert 'name="since" type="date" value="2022-01-01"' in page
    assert "<mark" in page


@pytest.mark.parametrize(("address", "field", "reason"), [
    ("/search?since=yesterday", "since", "is no day"),
    ("/search?find=sentences&type=CONSULT", "type", "sentences have none"),
    ("/search?actor=Nobody+Whatever", "actor", "no actor called"),
    ("/search?type=CONSUL", "type", "did you mean CONSULT"),
    ("/search?words=-only", "words", "give one that must be there"),
    ("/search?reliable=perhaps", "reliable", "neither 1 nor 0"),
    ("/search?words=" + "a" * 1001, "words", "longer than 1,000"),
    ("/search?cursor=nonsense", "cursor", "none that a search gave"),
])  # fmt: skip
def test_an_error_stands_beside_its_field(visitor: Visitor, address: str, field: str, reason: str) -> None:
    found = visitor.get(address)
    assert found.status_code == 422
    assert reason in unescape(found.text)
    assert 'role="alert"' in found.text
    if field not in ("cursor", "reliable"):
        assert re.search(rf'name="{field}"[^>]* aria-invalid="true" aria-describedby="wrong-{field}"', found.text)


def test_where_nothing_is_found_it_says_what_to_leave_out(visitor: Visitor) -> None:
    page = visitor.get("/search?find=events&type=ASSAULT&until=2022-02-01").text
    assert "Nothing found." in page
    tips = links(page, "Leave out")
    assert tips
    for tip in tips:
        assert keys_of(visitor.get(tip).text)
    assert "Leave out event type ASSAULT" in page
    assert "/export" not in page


def test_words_that_are_nearly_there(visitor: Visitor) -> None:
    page = visitor.get("/search?words=unicorn+attack&find=events").text
    for tip in (*links(page, "Only the word attack"), *links(page, "Words that begin with atta")):
        assert keys_of(visitor.get(tip).text)
    assert "Only the word attack" in page
    assert "Only the word unicorn" not in page


def test_hostile_words_are_words(visitor: Visitor) -> None:
    nasty = '"><script>alert(1)</script>'
    for name in ("words", "actor", "publisher", "cursor", "find", "since"):
        found = visitor.get("/search", params={name: nasty})
        assert found.status_code in (200, 422)
        assert "<script>alert" not in found.text
    for odd in ("\x00", "\ud800".encode("utf-8", "surrogatepass"), "NEAR(a b)", "*", '"', "a" * 900, "‮"):
        assert visitor.get("/search", params={"words": odd}).status_code in (200, 422)


def test_filters_of_other_kinds_are_left_behind(visitor: Visitor) -> None:
    page = visitor.get("/search?type=CONSULT&actor=NOR").text
    [statements] = links(page, "Statements")
    assert dict(parse_qsl(urlsplit(statements).query)) == {"actor": "NOR", "find": "statements"}
    assert 'aria-current="true">Events' in page


# --- saved searches and feeds

_ATOM = "{http://www.w3.org/2005/Atom}"


def test_save_run_follow_forget(visitor: Visitor, path: Path) -> None:
    name = 'War / "north" & <b>'
    done = visitor.post("/saved", name=name, type="ASSAULT", find="events", reliable="1")
    assert (done.status_code, done.headers["location"]) == (303, "/saved")
    with Record(path) as record:
        assert record.saved() == {name: Query.of({"type": "ASSAULT", "find": "events", "reliable": True})}
    page = visitor.get("/saved").text
    assert unescape(page).count(name) >= 1
    assert "<b>" not in page
    [feed] = [a for a in links(page) if a.endswith(".atom")]
    answer = visitor.get(feed)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.text)
    assert root.findtext(f"{_ATOM}title") == f"Dateline: {name}"
    [page_link] = [e.get("href") for e in root.findall(f"{_ATOM}link") if e.get("rel") == "alternate"]
    keys, _ = all_pages(visitor, str(page_link).removeprefix(BASE))
    assert {e.text.split(":")[-1] for e in root.iter(f"{_ATOM}id") if e.text} - {"search"} >= set(keys)
    entry = root.find(f"{_ATOM}entry/{_ATOM}link")
    assert entry is not None
    assert str(entry.get("href")).startswith(f"{BASE}/reports/")
    assert visitor.get(feed.removesuffix(".atom")).status_code == 200
    assert visitor.post("/saved/forget", name=name).status_code == 303
    assert visitor.get(feed).status_code == 404
    assert visitor.post("/saved/forget", name=name).status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(visitor: Visitor, path: Path) -> None:
    first = visitor.get("/search.atom?type=ASSAULT")
    known = {"if-none-match": f'"other", W/{first.headers["etag"]}'}
    again = visitor.get("/search.atom?type=ASSAULT", headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert visitor.client.head("/search.atom?type=ASSAULT").status_code == 200
    with Record(path) as record:
        newest = next(record.tellings(type="ASSAULT"))
        record.correct("reject", newest.key, who="mia")
    assert visitor.get("/search.atom?type=ASSAULT", headers=known).status_code == 200


@pytest.mark.parametrize("fields", [{"name": " "}, {"name": "x" * 81}, {"name": "a", "since": "never"},
                                    {"name": "a", "find": "sentences", "type": "CONSULT"}])  # fmt: skip
def test_what_makes_no_sense_is_not_saved(visitor: Visitor, path: Path, fields: dict[str, str]) -> None:
    assert visitor.post("/saved", **fields).status_code == 422
    with Record(path) as record:
        assert record.saved() == {}


def test_changes_need_the_forms_own_token(visitor: Visitor, path: Path) -> None:
    for address in ("/saved", "/saved/forget", "/frozen"):
        assert visitor.client.post(address, data={"name": "a", "words": "met"}).status_code == 403
    with Record(path) as record:
        assert record.saved() == {}
        assert list(record.folios("result")) == []


def test_a_desk_that_is_read_only_keeps_nothing(path: Path) -> None:
    with TestClient(create_app(Settings(path, read_only=True)), base_url=BASE) as client:
        page = client.get("/search?words=met").text
        assert "Freeze" not in page
        assert "Save this search" not in page
        token = re.search(r'<meta name="csrf" content="(\w*)"', page)
        assert token
        for address in ("/saved", "/frozen"):
            assert client.post(address, data={"csrf": token[1], "name": "a", "words": "met"}).status_code == 403


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users"
    file.write_text(f"mia:{hash_of('a long password')}\nole:{hash_of('another password')}\n")
    return file


def test_a_feed_key_opens_feeds_of_its_own_user_alone(path: Path, users: Path) -> None:
    settings = Settings(path, users=users)
    with Record(path) as record:
        record.save("war", Query.of({"type": "ASSAULT"}))
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as client:
        key = People(settings).feed_key("mia")
        assert client.get(f"/saved/war.atom?user=mia&key={key}").status_code == 200
        assert client.get(f"/search.atom?type=ASSAULT&user=mia&key={key}").status_code == 200
        for closed in ("/saved/war.atom", f"/saved/war.atom?user=ole&key={key}", "/saved/war.atom?user=mia&key=",
                       f"/saved/war.atom?user=nobody&key={People(settings).feed_key('nobody')}",
                       f"/saved?user=mia&key={key}", f"/search?words=met&user=mia&key={key}",
                       f"/saved/../search?user=mia&key={key}", f"/reports/x.atom?user=mia&key={key}"):  # fmt: skip
            assert client.get(closed).status_code in (303, 307, 404), closed
            assert client.get(closed).headers.get("location", "/login").startswith("/login"), closed
        assert client.post(f"/saved/war.atom?user=mia&key={key}").headers["location"].startswith("/login")
    users.write_text(f"mia:{hash_of('a new password')}\n")
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as client:
        assert client.get(f"/saved/war.atom?user=mia&key={key}").status_code == 303


def test_twenty_rows_a_page() -> None:
    assert screen.ROWS == 20
