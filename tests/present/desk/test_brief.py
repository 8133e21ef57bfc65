"""Briefs: picked, put in order, kept in the words as they were, taken away as files."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline import Record
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.views import brief as briefs
from dateline.present.desk.views import brief_files
from tests.present.desk.conftest import BASE, Visitor


@pytest.fixture
def denial(path: Path) -> str:
    with Record(path) as record:
        return next(iter(record.statements(stance="denies"))).key


@pytest.fixture
def attack(path: Path) -> str:
    with Record(path) as record:
        return next(iter(record.tellings(type="ASSAULT", voice="own"))).key


def begun(visitor: Visitor, title: str = "North") -> str:
    answer = visitor.post("/brief/new", title=title)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def order(page: str) -> list[str]:
    return re.findall(r'class="item (\w+)" id="item-\d+"', page)


def test_nothing_is_picked_yet(visitor: Visitor) -> None:
    page = visitor.get("/brief")
    assert page.status_code == 200
    assert "Nothing has been picked yet" in page.text


def test_an_entry_is_picked_once_and_stands_with_its_citation(visitor: Visitor, denial: str) -> None:
    assert visitor.post("/brief/pick", key=denial).status_code == 303
    again = visitor.client.post("/brief/pick", data={"key": denial}, headers={
        "hx-request": "true", "x-csrf-token": visitor.token()})  # fmt: skip
    assert "Already in the brief" in again.text
    page = visitor.get("/brief").text
    assert order(page) == ["entry"]
    assert '<li id="note-1">' in page
    assert f"lit={denial}" in page
    assert "denies" in page
    assert "Inger Dahl" in page


def test_the_first_pick_makes_a_brief_and_goes_back_to_where_it_was_asked(visitor: Visitor, denial: str) -> None:
    token = visitor.token()
    there = visitor.client.post("/brief/pick", data={"key": denial, "csrf": token}, follow_redirects=False,
                                headers={"referer": f"{BASE}/search?words=Denmark"})  # fmt: skip
    elsewhere = visitor.client.post("/brief/pick", data={"key": denial, "csrf": token}, follow_redirects=False,
                                    headers={"referer": "https://elsewhere.example/x"})  # fmt: skip
    assert there.headers["location"] == "/search?words=Denmark"
    assert re.fullmatch(r"/brief/b[0-9a-f]{10}", elsewhere.headers["location"])


def test_a_sentence_is_picked_by_its_report_and_place(visitor: Visitor, path: Path) -> None:
    with Record(path) as record:
        one = next(iter(record.sentences("Denmark")))
    visitor.post("/brief/pick", key=one.report.key, at=str(one.sentence.start))
    page = visitor.get("/brief").text
    assert f"{one.report.key} at {one.sentence.start}" in page
    assert " ".join(one.text.split()) in page


def test_order_headings_and_remarks(visitor: Visitor, denial: str) -> None:
    brief = begun(visitor)
    visitor.post("/brief/pick", key=denial)
    visitor.post(brief, do="heading", text="What was <b>said</b>")
    visitor.post(brief, do="remark", text="First line\nsecond line")
    assert order(visitor.get(brief).text) == ["entry", "heading", "remark"]
    assert visitor.post(brief, do="up", item="2").headers["location"].endswith("#item-2")
    assert order(visitor.get(brief).text) == ["heading", "entry", "remark"]
    visitor.post(brief, do="up", item="2")
    visitor.post(brief, do="down", item="3")
    assert order(visitor.get(brief).text) == ["heading", "entry", "remark"]
    visitor.post(brief, do="rewrite", item="2", text="Denials")
    visitor.post(brief, do="remove", item="3")
    page = visitor.get(brief).text
    assert order(page) == ["heading", "entry"]
    assert "Denials" in page
    assert "<b>said" not in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"do": "explode"}, 422), ({"do": "up", "item": "99"}, 422), ({"do": "heading", "text": " "}, 422),
        ({"do": "rename", "text": "x" * 300}, 422), ({"do": "remark", "text": "x" * 10_001}, 422), ({}, 422),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(visitor: Visitor, fields: dict[str, str], status: int) -> None:
    assert visitor.post(begun(visitor), **fields).status_code == status


def test_words_that_were_picked_cannot_be_rewritten(visitor: Visitor, denial: str) -> None:
    brief = begun(visitor)
    visitor.post("/brief/pick", key=denial)
    assert visitor.post(brief, do="rewrite", item="1", text="Sweden admitted it").status_code == 422
    assert "Sweden admitted" not in visitor.get(brief).text


def test_several_briefs_by_name(visitor: Visitor, denial: str) -> None:
    one, two = begun(visitor, "One"), begun(visitor, "Two")
    assert begun(visitor, " One ") == one != two
    visitor.get(two)
    visitor.post("/brief/pick", key=denial)
    assert order(visitor.get(two).text) == ["entry"]
    assert order(visitor.get(one).text) == []
    visitor.post(two, do="rename", text="Zwei")
    assert "Zwei" in visitor.get("/brief").text
    assert visitor.post(two, do="drop").status_code == 303
    assert visitor.get(two).status_code == 404
    assert visitor.get(one).status_code == 200


def test_a_brief_says_what_was_corrected_since(visitor: Visitor, path: Path, denial: str, attack: str) -> None:
    brief = begun(visitor)
    for key in (denial, attack):
        visitor.post("/brief/pick", key=key)
    assert 'class="wrong changed"' not in visitor.get(brief).text
    with Record(path) as record:
        record.correct("edit", denial, who="anna", why="she only doubted it", field="stance", value="doubts")
        rejected = record.correct("reject", attack, who="bo")
    page = visitor.get(brief).text
    assert page.count('class="wrong changed"') == 2
    assert "Corrected since; it now reads:" in page
    assert "doubts" in page
    assert "she only doubted it" in page
    assert "Rejected since. By bo" in page
    assert "denies" in page.split("Corrected since")[0]  # as it was picked
    with Record(path) as record:
        record.undo(rejected.id, who="bo")
    assert "Rejected since" not in visitor.get(brief).text


def test_a_picture_is_kept_as_it_was_drawn(visitor: Visitor) -> None:
    visitor.get("/sources")
    assert visitor.post("/brief/pick", picture="/sources?source=-", title="Without a name").status_code == 303
    brief = begun(visitor, "Brief")
    page = visitor.get(brief).text
    drawing = re.search(r'<img src="([^"]+\.svg)" alt="([^"]+)"', page)
    assert drawing
    assert "reports by day" in drawing[2]
    svg = visitor.get(drawing[1])
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in svg.headers["content-security-policy"]
    assert svg.text.startswith("<svg")


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/relation", "/login", "/relation?a=Nobody&b=None"]
)
def test_only_pictures_of_this_desk_are_kept(visitor: Visitor, address: str) -> None:
    assert visitor.post("/brief/pick", picture=address).status_code in (404, 422)


def test_a_desk_that_only_shows_keeps_nothing(path: Path, denial: str) -> None:
    with TestClient(create_app(Settings(path, read_only=True)), base_url=BASE) as client:
        visitor = Visitor(client)
        assert visitor.post("/brief/pick", key=denial).status_code == 403
        assert visitor.post("/brief/new", title="x").status_code == 403
        assert "<textarea" not in visitor.get("/brief").text


def test_a_sentence_without_an_end_is_cut(path: Path) -> None:
    with Record(path) as record:
        one = next(record.sentences())
    cut = briefs._sentence(replace(one, text="talks " * 10_000))
    assert cut.endswith("talks …")
    assert 9_900 < len(cut) <= briefs.LONGEST + 2
    assert briefs._sentence(one) == " ".join(one.text.split())


@pytest.mark.parametrize("address", ["/relation?a=NOR&b=DNK", "/partners?a=NOR", "/relation/words?a=NOR&b=DNK"])
def test_each_picture_can_be_picked(visitor: Visitor, address: str) -> None:
    assert visitor.post("/brief/pick", picture=address, title="A picture").status_code == 303
    assert visitor.get(begun(visitor, "Brief") + "/pictures/1.svg").text.startswith("<svg")


# --- files


def test_markdown_holds_the_words_and_their_sources(visitor: Visitor, denial: str) -> None:
    brief = begun(visitor, "*North* [x](javascript:alert(1))")
    visitor.post("/brief/pick", key=denial)
    visitor.post(brief, do="remark", text="<script>alert(1)</script> and **stars**")
    answer = visitor.get(f"{brief}/export?format=md")
    assert answer.content == visitor.get(f"{brief}/export?format=md").content
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.text
    assert re.search(r"^> .*denied.*\[\^1\]$", text, re.MULTILINE)
    assert re.search(rf"^\[\^1\]: .*{denial}", text, re.MULTILINE)
    assert f"<{BASE}/reports/" in text
    assert "<script" not in text
    assert "](java" not in text
    assert "**stars" not in text


def test_a_word_document_is_the_same_twice(visitor: Visitor, denial: str) -> None:
    brief = begun(visitor)
    visitor.post(brief, do="heading", text="Denials")
    visitor.post("/brief/pick", key=denial)
    visitor.get("/sources")
    visitor.post("/brief/pick", picture="/sources", title="Coverage")
    first, second = (visitor.get(f"{brief}/export?format=docx").content for _ in range(2))
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None
    document = Document(io.BytesIO(first))
    words = "\n".join(p.text for p in document.paragraphs)
    assert "Denials" in words
    assert "denied" in words
    assert f"[{denial}]" in words
    assert "Coverage" in words
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_without_python_docx_the_page_says_how_to_get_it(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    answer = visitor.get(f"{begun(visitor)}/export?format=docx")
    assert answer.status_code == 501
    assert "dateline[docx]" in answer.text


def test_no_other_format(visitor: Visitor) -> None:
    assert visitor.get(f"{begun(visitor)}/export?format=exe").status_code == 422


@given(st.text(max_size=60))
def test_markdown_never_takes_words_for_markup(text: str) -> None:
    escaped = brief_files._escaped(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<>\[\]#|!]", escaped)
    assert re.sub(r"\\(.)", r"\1", escaped.replace("&lt;", "<")) == " ".join(text.split())
