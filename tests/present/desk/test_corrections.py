"""Decisions on the desk: made and taken back by forms, in the log, and as a file; refused where they make no sense."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.keep import Record
from dateline.present.desk.app import create_app
from dateline.present.desk.people import hash_of
from dateline.present.desk.settings import Settings
from dateline.present.desk.views.editing import changed_fields, fields_of
from dateline.record.entries import Correction, StatementEntry, TellingEntry
from tests.present.desk.conftest import BASE, Visitor


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record(path, create=False) as found:
        yield found


@pytest.fixture
def statement(record: Record) -> StatementEntry:
    return next(record.statements(source="Per Lund"))


@pytest.fixture
def event(record: Record, statement: StatementEntry) -> TellingEntry:
    return next(record.tellings(report=statement.report.key))


def made(record: Record) -> list[tuple[str, str, str | None]]:
    return [(c.action, c.target, c.field) for c in record.corrections()]


def card(html: str, key: str) -> str:
    return html.split(f'id="card-{key}"')[1].split("</li>")[0]


def test_accept_reject_and_undo(visitor: Visitor, record: Record, statement: StatementEntry) -> None:
    report = statement.report.key
    answer = visitor.post("/corrections", accept=statement.key, report=report, why=" it is so ")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{report}?lit={statement.key}#card-{statement.key}"
    (first,) = record.corrections()
    assert (first.action, first.who, first.why) == ("accept", "desk", "it is so")
    visitor.post("/corrections", reject=statement.key, report=report)
    html = visitor.get(f"/reports/{report}").text
    assert "Rejected</strong> by" in card(html, statement.key)
    undo = re.search(r'id="undo-last" class="quiet" name="undo" value="(\d+)"', html)
    assert undo
    visitor.post("/corrections", undo=undo[1], report=report)
    assert next(record.statements(report=report)).judged == "accepted"
    assert "Accepted</strong> by" in card(visitor.get(f"/reports/{report}").text, statement.key)


def test_an_edit_makes_a_correction_for_each_field_that_changed(
    visitor: Visitor, record: Record, statement: StatementEntry, event: TellingEntry
) -> None:
    report = statement.report.key
    form = visitor.get(f"/reports/{report}?lit={event.key}&edit=1").text.split('class="sheet edit"')[1]
    form = form.split("</form>")[0]
    given = dict(re.findall(r'<input id="f-(\w+)" name="\w+" value="([^"]*)"', form))
    assert given.keys() == {"day", "source", "target"}
    for name in ("type", "reality"):
        chosen = re.search(rf'<select id="f-{name}".*?<option value="(\w+)" selected', form, re.S)
        assert chosen
        given[name] = chosen[1]
    unchanged = visitor.post("/corrections", edit=event.key, report=report, **given)
    assert unchanged.status_code == 409
    assert "nothing was changed in the form" in unchanged.text
    given |= {"reality": "denied", "target": "Norway; Denmark", "day": "", "why": "as told later"}
    assert visitor.post("/corrections", edit=event.key, report=report, **given).status_code == 303
    assert [field for *_, field in made(record)] == ["reality", "target"]  # the day was unknown before
    now = next(record.tellings(report=report))
    assert (now.reality, now.day) == ("denied", None)
    assert sorted(actor.name for actor in now.target) == ["Denmark", "Norway"]
    html = visitor.get(f"/reports/{report}?lit={event.key}&edit=1").text
    assert "as told later" in html
    assert re.search(r'name="target" value="(Norway; Denmark|Denmark; Norway)"', html)
    assert 'class="sheet edit"' not in visitor.get(f"/reports/{report}?lit={event.key}").text
    assert 'class="sheet edit"' not in visitor.get(f"/reports/{report}?edit=1").text


def test_what_a_form_says(statement: StatementEntry, event: TellingEntry) -> None:
    assert [f.name for f in fields_of(statement)] == ["speaker", "stance", "day"]
    assert changed_fields(statement, {"speaker": " Per  Lund ", "stance": statement.stance}) == []
    assert changed_fields(statement, {"speaker": "", "day": "unknown"}) == [("speaker", "nobody"), ("day", None)]
    assert changed_fields(event, {"source": "Norway;Sweden;", "day": "2024-01-02"}) == [
        ("day", "2024-01-02"), ("source", ["Norway", "Sweden"])]  # fmt: skip
    assert changed_fields(event, {"target": "nobody", "name": "x"}) == [("target", "nobody")]


@pytest.mark.parametrize(("asked", "reason"), [
    ({"accept": "s0"}, "no statement or event"), ({"undo": "99"}, "no correction with this number"),
    ({"undo": "x"}, "is no number"), ({"undo": "9" * 40}, "is no number"), ({}, "nothing was asked for"),
    ({"edit": "s0"}, "not in this report"), ({"date": "r000", "day": "2024-01-01"}, "no report"),
    ({"edit": "KEY", "stance": "perhaps"}, "is none of"), ({"edit": "KEY", "speaker": "Nobody At All"}, "no actor"),
    ({"edit": "KEY", "day": "soon"}, "is no day"), ({"date": "REPORT", "day": "2024-02-31"}, "is no day"),
])  # fmt: skip
def test_what_makes_no_sense_is_told_and_changes_nothing(
    visitor: Visitor, record: Record, statement: StatementEntry, asked: dict[str, str], reason: str
) -> None:
    names = {"KEY": statement.key, "REPORT": statement.report.key}
    asked = {name: names.get(value, value) for name, value in asked.items()}
    for more in ({"report": statement.report.key}, {}):
        if not more and "edit" in asked:
            continue
        answer = visitor.post("/corrections", **asked, **more)
        assert answer.status_code == 409
        assert re.search(r'role="alert">Not done: [^<]*' + reason, answer.text)
    by_script = visitor.client.post("/corrections", data={**asked, "report": statement.report.key},
                                    headers={"hx-request": "true", "x-csrf-token": visitor.token()})  # fmt: skip
    assert by_script.text == ""
    assert by_script.headers["hx-reswap"] == "none"
    assert reason in json.loads(by_script.headers["hx-trigger"])["told"]
    assert made(record) == []


def test_an_undo_cannot_be_made_twice(visitor: Visitor, record: Record, statement: StatementEntry) -> None:
    visitor.post("/corrections", accept=statement.key)
    assert visitor.post("/corrections", undo="1").status_code == 303
    assert "was taken back already" in visitor.post("/corrections", undo="1").text
    assert "is an undo itself" in visitor.post("/corrections", undo="2").text
    assert len(made(record)) == 2


def test_a_decision_needs_the_pages_token(visitor: Visitor, record: Record, statement: StatementEntry) -> None:
    assert visitor.client.post("/corrections", data={"accept": statement.key}).status_code == 403
    assert visitor.client.post("/corrections", data={"accept": statement.key, "csrf": "0" * 64}).status_code == 403
    assert made(record) == []


def test_who_decides_is_who_signed_in(path: Path, tmp_path: Path, record: Record, statement: StatementEntry) -> None:
    users = tmp_path / "users"
    users.write_text("".join(f"{name}:{hash_of('a long password')}\n" for name in ("anna", "bo")), "utf-8")
    report = statement.report.key
    visitors = {}
    app = create_app(Settings(path, users=users))
    for name in ("anna", "bo"):
        client = TestClient(app, base_url=BASE, follow_redirects=False)
        client.post("/login", data={"name": name, "password": "a long password"})
        visitors[name] = Visitor(client)
    visitors["anna"].post("/corrections", reject=statement.key, report=report, who="bo")
    assert [c.who for c in record.corrections()] == ["anna"]
    assert 'name="undo" value="1"' in visitors["anna"].get(f"/reports/{report}").text.split("</form>")[1]
    for_bo = visitors["bo"].get(f"/reports/{report}").text
    assert 'id="undo-last" class="quiet" disabled' in for_bo  # the key undoes one's own decisions alone
    assert 'name="undo" value="1"' in card(for_bo, statement.key)


def test_a_read_only_desk_offers_no_decision_and_takes_none(
    path: Path, record: Record, statement: StatementEntry
) -> None:
    record.correct("accept", statement.key, who="anna")
    visitor = Visitor(TestClient(create_app(Settings(path, read_only=True)), base_url=BASE))
    for address in (f"/reports/{statement.report.key}?lit={statement.key}&edit=1", "/corrections"):
        html = visitor.get(address).text
        assert 'method="post"' not in html.split("<main")[1]
        assert "<button" not in html.split("<main")[1].replace("<button>Show</button>", "")
    assert visitor.post("/corrections", undo="1").status_code == 403
    assert visitor.post("/corrections", reject=statement.key).status_code == 403
    assert len(made(record)) == 1


@pytest.mark.parametrize("then", [
    "//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "/login", "/corrections\r\nx: y",
    "javascript:alert(1)", "/reports//elsewhere.example\\",
])  # fmt: skip
def test_a_decision_leads_to_no_other_site(visitor: Visitor, statement: StatementEntry, then: str) -> None:
    answer = visitor.post("/corrections", accept=statement.key, then=then)
    assert answer.headers["location"] == "/corrections"
    there = "/corrections?who=desk&before=40"
    assert visitor.post("/corrections", undo="1", then=there).headers["location"] == there
    elsewhere = visitor.post("/corrections", accept=statement.key, report="//elsewhere.example/x")
    assert elsewhere.headers["location"].startswith("/reports/")


def test_a_report_gets_its_day(visitor: Visitor, record: Record, statement: StatementEntry) -> None:
    report = statement.report.key
    answer = visitor.post("/corrections", date=report, day="2023-02-28", report=report, why="the print edition")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{report}"
    assert record.report(report).published == "2023-02-28"
    html = visitor.get(f"/reports/{report}").text
    assert "set by a person" in html
    assert '<time datetime="2023-02-28">' in html
    visitor.post("/corrections", undo="1", report=report)
    assert record.report(report).published == "2023-03-01"


# --- the log


def many(record: Record, statement: StatementEntry, event: TellingEntry) -> None:
    for n in range(60):
        who = "anna" if n % 3 else "=bo"
        action = "accept" if n % 2 else "reject"
        record.correct(action, statement.key if n % 5 else event.key, who=who, why=f"reason {n}, \"so\"")
    record.undo(60, who="anna")
    record.correct("merge", ["Norway", "Denmark"], who="anna")


def numbers(html: str) -> list[int]:
    return [int(n) for n in re.findall(r'<tr id="c-(\d+)"', html)]


def test_the_log_page_by_page_and_filtered(
    visitor: Visitor, record: Record, statement: StatementEntry, event: TellingEntry
) -> None:
    many(record, statement, event)
    first = visitor.get("/corrections").text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    second = visitor.get(older[1].replace("&amp;", "&")).text
    assert numbers(first) + numbers(second) == list(range(62, 0, -1))
    assert 'rel="next"' not in second
    by_bo = visitor.get("/corrections", params={"who": "=bo"}).text
    assert numbers(by_bo) == [c.id for c in reversed(list(record.corrections())) if c.who == "=bo"]
    about = visitor.get("/corrections", params={"report": event.key, "who": "anna"}).text
    assert numbers(about) == [c.id for c in reversed(list(record.corrections(event.key))) if c.who == "anna"]
    assert len(numbers(visitor.get("/corrections", params={"report": statement.report.key}).text)) == 50
    assert "No decision fits" in visitor.get("/corrections?who=nobody").text
    row = first.split('id="c-60"')[1].split("</tr>")[0]
    assert "undone" in row
    assert "<button" not in row
    assert "undo of 60" in first.split('id="c-61"')[1].split("</tr>")[0]
    assert "<button" in first.split('id="c-59"')[1].split("</tr>")[0]
    assert "/actors/" in first.split('id="c-62"')[1].split("</tr>")[0]


def test_an_empty_log_says_what_to_do(visitor: Visitor) -> None:
    html = visitor.get("/corrections").text
    assert "Nobody has decided anything yet" in html
    assert 'href="/search"' in html


def test_the_log_as_files_holds_all(
    visitor: Visitor, record: Record, statement: StatementEntry, event: TellingEntry
) -> None:
    many(record, statement, event)
    all_: list[Correction] = list(record.corrections())
    lines = visitor.get("/corrections/log.jsonl")
    assert lines.headers["content-disposition"] == 'attachment; filename="corrections.jsonl"'
    rows = [json.loads(line) for line in lines.text.splitlines()]
    assert [(r["id"], r["who"], r["why"], r["undoes"]) for r in rows] == [(c.id, c.who, c.why, c.undoes) for c in all_]
    table = visitor.get("/corrections/log.csv")
    assert table.headers["content-type"].startswith("text/csv")
    cells = list(csv.DictReader(io.StringIO(table.text)))
    assert [int(c["id"]) for c in cells] == [c.id for c in all_]
    assert cells[0]["who"] == "'=bo"  # no spreadsheet takes it for a formula
    assert cells[1]["why"] == 'reason 1, "so"'
    assert json.loads(cells[61]["after"]) == list(all_[61].after)
    filtered = visitor.get("/corrections/log.jsonl", params={"who": "=bo"}).text.splitlines()
    assert len(filtered) == sum(c.who == "=bo" for c in all_)


def test_the_log_is_quick_where_it_is_long(path: Path) -> None:
    """No line of the log looks through all others."""
    import sqlite3

    from dateline.record.sqlite import correcting

    asked: list[str] = []
    db = sqlite3.connect(path)
    db.set_trace_callback(asked.append)
    list(correcting.log(db, None, "r1", 9, 50))
    db.set_trace_callback(None)
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert plan
    assert not [step for step in plan if step.startswith("SCAN")], plan
    db.close()
