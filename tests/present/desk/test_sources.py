"""Sources and coverage: every number opens to its reports, and nothing is left out without a word."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline import Record
from dateline.model import Credits, DateFrom, Published, Report
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.views import sources
from dateline.record.coverage import Lack, Wanted
from tests.factories import prose
from tests.present.desk.conftest import BASE, Visitor

WIRE = "Norway warned Denmark on Monday that it would close the strait. "


def report(
    id_: str, text: str, day: str | None, publisher: str | None, agency: str | None = None, doubtful: bool = False
) -> Report:
    published = Published(day, DateFrom.GUESSED if doubtful else DateFrom.METADATA, not doubtful) if day else None
    return Report(id_, text, published=published, credits=Credits(publisher, agency), language="en")


@pytest.fixture(scope="session")
def covered_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers and a wire: a gap, a copy, a doubtful day, none, and a report in another language."""
    path = tmp_path_factory.mktemp("coverage") / "papers.db"
    wire = WIRE + prose("w", 60)
    with Record(path) as record:
        record.add_reports([
            report("w1", wire, "2024-03-01", "North Wire", "North Wire"),
            report("p1", wire, "2024-03-02", "The <b>Post</b>", "North Wire"),
            report("p2", "Sweden thanked Norway. " + prose("p2"), "2024-03-20", "The <b>Post</b>"),
            report("p3", "Sweden praised Norway. " + prose("p3"), "2022-05-05", "The <b>Post</b>", doubtful=True),
            report("p4", "Sweden blamed Norway. " + prose("p4"), None, "The <b>Post</b>"),
            report("n1", "Sweden met Norway. " + prose("n1"), "2024-03-03", None),
        ], fast=True)  # fmt: skip
        record.store.note_skip("/secret/folder/may.jsonl, line 3", "broken JSON (expecting value at column 3): mend it")
        record.add([_german(tmp_path_factory.mktemp("german"))], fast=True)
    return path


def _german(folder: Path) -> Path:
    text = ("Die Bundesregierung hat am Montag neue Maßnahmen gegen die Krise angekündigt. Der Minister sagte, "
            "dass die Arbeiten noch in diesem Jahr beginnen sollen und dass alle daran beteiligt werden.\n")
    (folder / "bericht.txt").write_text(text * 3, "utf-8")
    return folder / "bericht.txt"


@pytest.fixture
def papers(covered_once: Path) -> Iterator[Visitor]:
    with TestClient(create_app(Settings(covered_once, read_only=True)), base_url=BASE) as client:
        yield Visitor(client)


def counted(visitor: Visitor, address: str) -> str:
    """The page once it has been counted."""
    for _ in range(100):
        answer = visitor.get(address)
        if "Being counted" not in answer.text:
            assert answer.status_code == 200
            return str(answer.text)
        time.sleep(0.05)
    raise AssertionError("not counted in five seconds")


def number_of(page: str, words: str) -> int:
    found = re.search(r"<b>(?:<a[^>]*>)?(\d+)(?:</a>)?</b> " + words, page)
    assert found, words
    return int(found[1])


def test_the_numbers_of_the_record(papers: Visitor) -> None:
    page = counted(papers, "/sources")
    assert number_of(page, "reports in") == 7
    assert number_of(page, "copies of an earlier report") == 1
    assert number_of(page, "with an agency's credit") == 1
    assert number_of(page, "not read") == 1
    assert number_of(page, "with one that is not reliable") == 1


def test_every_number_opens_to_as_many_reports(papers: Visitor) -> None:
    page = counted(papers, "/sources")
    links = re.findall(r'href="(/sources/reports[^"]*)">(\d+)</a>', page)
    assert len(links) > 12
    for address, number in links:
        listed = papers.get(address.replace("&amp;", "&")).text
        assert listed.count('<a href="/reports/') == int(number), address


def test_a_cell_of_the_picture_opens_its_day(papers: Visitor) -> None:
    page = counted(papers, "/sources")
    assert 'href="/sources/reports?on=2024-03-02"' in page
    assert papers.get("/sources/reports?on=2024-03-02").text.count('<a href="/reports/') == 1


def test_one_source_with_its_gaps(papers: Visitor) -> None:
    page = counted(papers, "/sources?source=The+%3Cb%3EPost%3C/b%3E")
    assert "The &lt;b&gt;Post" in page
    assert "<b>Post" not in page
    assert '<time datetime="2024-03-03">' in page  # after the day of the copy
    assert number_of(page, "reports in") == 4
    assert papers.get("/sources?source=Nobody").status_code == 404


def test_a_source_without_a_name_can_be_opened(papers: Visitor) -> None:
    assert "no publisher told" in counted(papers, "/sources?source=-")
    assert papers.get("/sources/reports?source=-").text.count('<a href="/reports/') == 2


def test_what_was_not_read_is_told_without_folders(papers: Visitor) -> None:
    page = counted(papers, "/sources")
    assert "broken JSON" in page
    assert "language" in page.split("What was not read")[1]
    skipped = papers.get("/sources/skipped").text
    assert "may.jsonl, line 3" in skipped
    assert "/secret" not in skipped + page


@pytest.mark.parametrize(
    ("asked", "status"),
    [("lack=all", 422), ("on=yesterday", 422), ("cursor=x", 422), ("cursor=1:²", 422),
     ("since=2024-01-01&until=2024-12-31", 200), ("source=%00%ff", 200), ("reason=%27%3B+DROP", 200)],
)  # fmt: skip
def test_odd_questions(papers: Visitor, asked: str, status: int) -> None:
    assert papers.get(f"/sources/reports?{asked}").status_code == status


def test_an_empty_record_says_how_to_add(tmp_path: Path) -> None:
    Record(tmp_path / "new.db").close()
    with TestClient(create_app(Settings(tmp_path / "new.db")), base_url=BASE) as client:
        page = counted(Visitor(client), "/sources")
        assert "dateline add" in page
        assert '<textarea id="paste-text"' in page
    with TestClient(create_app(Settings(tmp_path / "new.db", read_only=True)), base_url=BASE) as client:
        page = counted(Visitor(client), "/sources")
        assert "<textarea" not in page
        assert client.get("/add").status_code == 403


def test_a_pasted_report_is_read_aside_and_kept(tmp_path: Path) -> None:
    Record(tmp_path / "new.db").close()
    with TestClient(create_app(Settings(tmp_path / "new.db", fast=True)), base_url=BASE) as client:
        visitor = Visitor(client)
        answer = visitor.post("/add", text=WIRE + prose("paste"), title="A <i>warning</i>", published="2024-03-04")
        assert answer.status_code == 303
        job = answer.headers["location"]
        assert visitor.get("/sources").status_code == 200  # others are answered meanwhile
        page = _read(visitor, job)
        assert "A &lt;i&gt;warning" in page
        key = re.search(r'href="/reports/(r\w+)"', page)
        assert key
        with Record(tmp_path / "new.db") as record:
            assert record.report(key[1]).day == "2024-03-04"
        assert visitor.post("/add", text="  ").status_code == 422
        assert visitor.post("/add", text="x", published="soon").status_code == 422
        assert visitor.get("/add/0000").status_code == 404


def _read(visitor: Visitor, job: str) -> str:
    for _ in range(600):
        page = str(visitor.get(job).text)
        if "Being read" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("not read in a minute")


def test_the_guide_is_put_away_for_good(visitor: Visitor) -> None:
    assert "guided" not in visitor.client.cookies
    assert visitor.post("/guided").headers["location"] == "/relation"
    assert visitor.client.cookies["guided"] == "1"


# --- the store


def test_lists_go_on_where_they_stopped(covered_once: Path) -> None:
    with Record(covered_once) as record:
        whole, total, _ = record.store.reports_listed(Wanted(), 100)
        pages, cursor = [], None
        while True:
            some, _, cursor = record.store.reports_listed(Wanted(), 2, cursor)
            pages += some
            if cursor is None:
                break
        assert [r.key for r in pages] == [r.key for r in whole]
        assert total == len(whole) == 7
        copies, _, _ = record.store.reports_listed(Wanted(lack=Lack.COPY), 10)
        assert [r.locator for r in copies] == ["p1"]


def test_an_entry_by_its_key(path: Path) -> None:
    with Record(path) as record:
        statement, telling = next(record.statements()), next(record.tellings())
        sentence = next(record.sentences())
        assert record.entry(statement.key).key == statement.key
        assert record.entry(telling.key).key == telling.key
        inside = record.entry(sentence.report.key, sentence.sentence.start + 1)
        assert inside.text == sentence.text
        with pytest.raises(Exception, match="no entry"):
            record.entry("s000")
        asked = [(telling.key, None), ("e000", None), (sentence.report.key, sentence.sentence.start), ("r000", 5)]
        assert set(record.store.entries(asked)) == {asked[0], asked[2]}


def test_months_end_where_they_do() -> None:
    assert sources._month_end("2024-02") == "2024-02-29"
    assert sources._month_end("9999-12") == "9999-12-31"
