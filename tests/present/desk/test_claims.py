"""Claims on the desk: the list, one claim, and that page and command give the same answer."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import dateline.present.desk.views.claims as views
import dateline.relate.claims as relate
from dateline.errors import QueryError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.state import Known
from tests.factories import prose, told
from tests.present.desk.conftest import BASE, Visitor, asked

ATTACK = "Sweden attacked Denmark near Bergen"
LUND, DAHL, BO = "Per Lund, premier of Norway,", "Inger Dahl, premier of Sweden,", "Åse Bø, premier of Denmark,"
LINES = [
    (f"{LUND} said on 2023-03-01 that {ATTACK}.", "2023-03-01", "Post"),
    (f"{DAHL} denied on 2023-03-02 that {ATTACK}.", "2023-03-02", "Herald"),
    (f"{BO} said on 2023-03-03 that {ATTACK}.", "2023-03-03", "Post"),
    (f"{BO} said on 2023-03-05 that Denmark aided Norway with forty cod trawlers.", "2023-03-05", "Herald"),
    (f"{LUND} said on 2023-03-06 that Denmark aided Norway with forty cod trawlers.", "2023-03-06", "Post"),
    (f"{LUND} said on 2023-04-06 that Norway met Sweden.", "2023-04-06", "Post"),
]


def add(record: Record, *lines: tuple[str, str, str], first: int = 0) -> None:
    record.add_reports([told(f"{line}\n{prose(f'topic{n}')}", f"q{n}", day, publisher=publisher)
                        for n, (line, day, publisher) in enumerate(lines, first)])  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "claims.db"
    with Record(made) as record:
        add(record, *LINES)
    return made


def keys(page: str) -> list[str]:
    return re.findall(r'<h2 class="quote" dir="auto"><a href="/claims/(c[^"#]+)"', page)


def attack(path: Path) -> str:
    with Record(path) as record:
        return relate.claims(record, "attacked")[0].key


def test_most_sources_come_first_and_contested_ones_are_marked(visitor: Visitor, path: Path) -> None:
    page = asked(visitor, "/claims")
    with Record(path) as record:
        assert keys(page) == [c.key for c in relate.claims(record)]
    assert len(keys(page)) == 2
    assert page.index(ATTACK) < page.index("trawlers")
    assert page.count('<span class="badge contested">') == 1
    assert "2 assert<" in page
    assert "1 denies<" in page
    assert page.count("No verdict on truth is ever given") == 1


def test_words_and_contested_narrow_the_list(visitor: Visitor, path: Path) -> None:
    assert keys(asked(visitor, "/claims?contested=1")) == [attack(path)]
    assert keys(asked(visitor, "/claims?words=attacked+Denmark")) == [attack(path)]
    assert keys(asked(visitor, "/claims?words=trawler")) != [attack(path)]
    assert keys(asked(visitor, "/claims?words=trawler&contested=true")) == []
    nothing = asked(visitor, "/claims?words=xylophone")
    assert "Search all statements" in nothing


def test_the_page_and_the_command_give_the_same_answer(visitor: Visitor, path: Path) -> None:
    for words in ("attacked", "trawler", ""):
        shown = CliRunner().invoke(app, ["claims", *words.split(), "--json", "--record", str(path)])
        rows = [json.loads(line) for line in shown.stdout.splitlines()]
        assert keys(asked(visitor, f"/claims?words={words}")) == [row["key"] for row in rows]
    key = attack(path)
    by_key = CliRunner().invoke(app, ["claims", key, "--record", str(path)])
    assert by_key.stdout.startswith(key)


def test_each_mark_of_the_lanes_opens_its_sentence(visitor: Visitor, path: Path) -> None:
    page = asked(visitor, f"/claims/{attack(path)}")
    wide = page[page.index('<div class="on-wide">') : page.index('<div class="on-narrow">')]
    targets = re.findall(r'<a href="(/reports/[^"]+)"', wide)
    assert len(targets) == 3
    for target in targets:
        address, _, sentence = target.partition("#")
        lit = re.search(r"lit=(s\w+)", address)
        report = visitor.get(address.replace("&amp;", "&"))
        assert report.status_code == 200
        assert f'id="{sentence}"' in report.text
        assert lit
        assert lit[1] in report.text


def test_first_appearance_wordings_and_sources(visitor: Visitor, path: Path) -> None:
    page = asked(visitor, f"/claims/{attack(path)}")
    first = page[page.index('id="first"') : page.index('id="independent"')]
    assert "Per Lund" in first
    assert 'datetime="2023-03-01"' in first
    wordings = page[page.index('id="wordings"') : page.index('id="statements"')]
    assert "3 statements by 3 sources" in wordings
    rows = re.findall(r'<tr><th scope="row"><a href="#(\w+)">.*?</tr>', page)
    assert rows == ["asserts", "denies"]
    assert page.count('class="who" href="/actors/a') >= 3
    assert "is true" not in page[page.index("<main") : page.index("<svg")]


def test_whose_claim_a_denial_names_is_told(path: Path) -> None:
    with Record(path) as record:
        [claim] = relate.claims(record, "attacked")
        one, *more = claim.positions
        named = replace(claim, positions=(one, replace(more[0], names_whose=one.speaker.id if one.speaker else None)))
        assert [t.answers for t in views.takings_of(named)] == [None, "Per Lund"]
        assert [s.answers for lane in relate.lanes(named).lanes for s in lane.stands] == [None, "Per Lund"]


def test_copies_are_no_further_sources(path: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "copies.db") as record:
        text = f"{LUND} said on 2023-03-01 that {ATTACK}.\n" + prose("same", 30)
        record.add_reports([told(text, f"r{n}", f"2023-03-0{n}", publisher=f"Paper {n}") for n in (1, 2, 3)])
        add(record, LINES[1])
        [claim] = relate.claims(record)
        row = views.row_of(claim)
        assert (row.sources, row.statements, row.reports) == (2, 4, 4)
        [lund, dahl] = relate.lanes(claim).lanes
        assert [len(s.copies) for s in lund.stands] == [2]
        assert [len(s.copies) for s in dahl.stands] == [0]
        assert [t.copy for t in views.takings_of(claim)].count(True) == 2


def test_the_address_of_a_claim_outlives_later_and_earlier_reports(visitor: Visitor, path: Path) -> None:
    key = attack(path)
    with Record(path) as record:
        add(record, (f"{LUND} said on 2023-05-01 that {ATTACK}.", "2023-05-01", "Post"), first=20)
        assert relate.claims(record, "attacked")[0].key == key
        add(record, (f"{BO} said on 2022-12-24 that {ATTACK}.", "2022-12-24", "Post"), first=30)
        earlier = relate.claims(record, "attacked")[0].key
        assert earlier != key
        assert relate.claim_with(record, key).claims[0].key == earlier
    assert f'<span class="key">{earlier}</span>' in asked(visitor, f"/claims/{key}")
    assert asked(visitor, f"/claims?words={key}").count("/claims/") > 0


@pytest.mark.parametrize("key", ["c000000000000", "c123", "x", "c000000000000-1", "%00", "c" * 4000])
def test_a_claim_that_is_not_there_is_not_found(visitor: Visitor, key: str) -> None:
    asked(visitor, "/claims")
    assert visitor.get(f"/claims/{key}").status_code == 404


def test_a_rejected_statement_takes_no_position(path: Path) -> None:
    key = attack(path)
    with Record(path) as record:
        denial = next(iter(record.statements(stance="denies")))
        record.correct("reject", denial.key, who="anna")
        assert not relate.claims(record, "attacked")[0].contested
        assert [p.position for p in relate.claim_with(record, key).claims[0].positions] == ["asserts", "asserts"]


def test_csv_has_the_rows_of_the_page(visitor: Visitor, path: Path) -> None:
    asked(visitor, "/claims")
    listed = list(csv.DictReader(io.StringIO(visitor.get("/claims.csv").text.removeprefix("\ufeff"))))
    assert [row["key"] for row in listed] == keys(asked(visitor, "/claims"))
    assert next((row["asserts"], row["denies"], row["contested"]) for row in listed) == ("2", "1", "yes")
    one = list(csv.DictReader(io.StringIO(visitor.get(f"/claims/{attack(path)}.csv").text.removeprefix("\ufeff"))))
    assert [(row["source"], row["position"]) for row in one] == [
        ("Per Lund", "asserts"), ("Inger Dahl", "denies"), ("Åse Bø", "asserts")]  # fmt: skip


def test_pages_of_a_long_list(path: Path) -> None:
    with Record(path) as record:
        known = Known(relate.all_claims(record), stale=False)
    first = views.claims_view(known, limit=1)
    second = views.claims_view(known, after=first.cursor, limit=1)
    assert (first.total, second.total) == (2, 2)
    assert first.cursor == first.claims[0].key
    assert second.cursor is None
    assert [c.key for c in (*first.claims, *second.claims)] == [c.key for c in views.claims_view(known).claims]


def test_an_empty_record_says_what_to_do(tmp_path: Path) -> None:
    Record(tmp_path / "empty.db").close()
    with TestClient(create_app(Settings(tmp_path / "empty.db")), base_url=BASE) as client:
        assert "dateline add" in asked(Visitor(client), "/claims")


# --- large records


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every record counts as large."""
    monkeypatch.setattr(relate, "SMALL", 0)
    monkeypatch.setattr(views, "SMALL", 0)


def test_among_the_statements_near_the_words_the_same_claims_are_found(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record(path) as record:
        # many more, so that what is asked for is rare
        add(record, *((f"{LUND} said that Norway met Sweden in Topic{n}.", "2023-06-01", "Post") for n in range(40)),
            first=100)  # fmt: skip
        whole = {words: relate.claims(record, words) for words in ("attacked", "trawler", "xylophone")}
        monkeypatch.setattr(relate, "SMALL", 0)
        for words, claims in whole.items():
            found = relate.claims_about(record, words)
            assert list(found.claims) == claims
            assert found.compared < found.statements == 46
        for claim in whole["attacked"]:
            for key in (claim.key, "c" + claim.positions[-1].told[1:]):
                found = relate.claim_with(record, key)
                assert found.claims == (claim,)
                assert not found.is_whole
        with pytest.raises(QueryError, match="no claim"):
            relate.claim_with(record, "c000000000000")


def test_words_that_are_everywhere_are_looked_for_among_all_claims(
    path: Path, monkeypatch: pytest.MonkeyPatch, large: None
) -> None:
    monkeypatch.setattr(relate, "_MOST", 1)
    with Record(path) as record:
        assert relate.claims_about(record, "Denmark").is_whole


def test_the_desk_of_a_large_record_says_what_was_held_against_each_other(
    visitor: Visitor, path: Path, large: None
) -> None:
    page = asked(visitor, "/claims?words=trawlers")
    assert "near these words, of 6" in page
    one = asked(visitor, f"/claims/{keys(page)[0]}")
    assert "nearest to it, of 6 in the record" in one


def test_all_claims_are_worked_out_in_another_process_where_the_desk_is_served(path: Path) -> None:
    with Record(path) as record:
        expected = [c.key for c in relate.claims(record)]
    with TestClient(create_app(Settings(path, apart=True)), base_url=BASE) as client:
        assert keys(asked(Visitor(client), "/claims")) == expected


# --- hostile words


def test_words_of_reports_are_shown_as_text(tmp_path: Path) -> None:
    nasty = "Sweden attacked Denmark <script>alert(1)</script> \u202etxet\u202c <svg onload=alert(2)>"
    path = tmp_path / "nasty.db"
    with Record(path) as record:
        add(record, (f"{LUND} said that {nasty}.", "2023-03-01", "<b>Post</b>"),
            (f"{DAHL} denied that {nasty}.", "2023-03-02", '"><img src=x>'))  # fmt: skip
    with TestClient(create_app(Settings(path)), base_url=BASE) as client:
        visitor = Visitor(client)
        listed = asked(visitor, "/claims")
        for page in (listed, asked(visitor, f"/claims/{keys(listed)[0]}"),
                     asked(visitor, "/claims?words=%22%3E%3Cscript%3Ealert(3)")):  # fmt: skip
            assert "<script>alert" not in page
            assert "<svg onload" not in page
            assert "<img src=x" not in page
            assert "\u202e" not in page
        assert "&lt;script&gt;alert(1)" in listed
