"""The codebook: each code has a definition, a number and sentences."""

from __future__ import annotations

import re
import time

import pytest

from dateline.lexicons import LexiconError, codebook, cues, definitions, rows
from dateline.lexicons.eventbook import TYPES
from dateline.model import Form, Reality, Sourcing, Stance
from dateline.present.desk.views import codebook as views
from dateline.record.query import QUADS, Voice
from tests.present.desk.conftest import Visitor

CLOSED = {"reality": Reality, "stance": Stance, "sourcing": Sourcing, "form": Form, "voice": Voice, "quad": QUADS,
          "act": cues.ACTS}  # fmt: skip


def counted(visitor: Visitor, address: str) -> str:
    for _ in range(100):
        text = str(visitor.get(address).text)
        if "Being counted" not in text and "being counted" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError("not counted in five seconds")


@pytest.mark.parametrize("kind", CLOSED)
def test_each_value_of_a_closed_set_is_defined(kind: str) -> None:
    assert {d.code for d in definitions.definitions() if d.kind == kind} == set(map(str, CLOSED[kind]))


def test_each_role_of_the_lexicons_is_defined() -> None:
    roles = {cells[1] for _, cells in rows("roles.tsv")} | {cells[0] for _, cells in rows("cameo_roles.tsv", 2)}
    assert {role for role in roles if role} <= {d.code for d in definitions.definitions() if d.kind == "role"}


def test_a_line_that_defines_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "rows", lambda *_: iter([(7, ["reality", "dreamt", "", ""])]))
    with pytest.raises(LexiconError, match="line 7"):
        definitions.definitions.__wrapped__()


def test_no_two_codes_share_an_address() -> None:
    each = len(TYPES) + len(definitions.definitions()) + len(codebook.cameo())
    assert len(views.codes()) == each


def test_all_codes_stand_on_the_page_with_their_counts(visitor: Visitor) -> None:
    page = counted(visitor, "/codebook")
    for code in (*TYPES, "042", "GOV", "called_off", "denies", "unnamed", "mixed"):
        assert f'href="/codebook/{code}"' in page
    assert "PLOVER-2021" in page
    told = re.search(r'href="/search\?find=events&amp;type=ASSAULT">(\d+)</a>', page)
    assert told
    assert int(told[1]) > 3


def test_each_code_has_a_page(visitor: Visitor) -> None:
    for code in list(views.codes())[::17]:
        assert visitor.get(f"/codebook/{code}").status_code == 200, code
    assert visitor.get("/codebook/ZZZ").status_code == 404
    assert visitor.get("/codebook/%3Cscript%3E").status_code == 404


def test_a_code_with_three_sentences_and_a_search(visitor: Visitor) -> None:
    page = counted(visitor, "/codebook/ASSAULT")
    assert page.count('<article class="entry') == 3
    assert "material conflict" in page
    assert "attacked" in page
    assert 'href="/search?find=events&amp;type=ASSAULT"' in page
    assert "lit=e" in page


@pytest.mark.parametrize(
    ("code", "words"),
    [("190", "attacked"), ("denies", "denied"), ("called_off", "No entry"), ("LAB", "No entry"), ("010", "Not used"),
     ("own", "Norway"), ("AGREE", "Words by which it is found"), ("gov", "The executive")],
)  # fmt: skip
def test_pages_of_codes(visitor: Visitor, code: str, words: str) -> None:
    assert words in counted(visitor, f"/codebook/{code}")


def test_a_fine_code_leads_to_the_coarser_one(visitor: Visitor) -> None:
    page = counted(visitor, "/codebook/0312")
    assert 'href="/codebook/031"' in page
    assert 'href="/codebook/AGREE"' in page
    assert "+5.2" in page


def test_numbers_of_fine_codes_and_roles_open_to_what_they_count(visitor: Visitor) -> None:
    page = counted(visitor, "/codebook")
    fine = re.search(r'href="/codebook/190\?whole=1">(\d+)×</a>', page)
    assert fine
    assert visitor.get("/codebook/190?whole=1").text.count('<article class="entry') == min(int(fine[1]), 100)
    role = re.search(r'href="/codebook/GOV\?whole=1">(\d+)</a>', page)
    assert role
    assert visitor.get("/codebook/GOV?whole=1").text.count('<li><a class="who"') == int(role[1])


def test_rejected_entries_are_not_counted(visitor: Visitor) -> None:
    def told() -> int:
        found = re.search(r"told (\d+) time", counted(visitor, "/codebook/ASSAULT"))
        assert found
        return int(found[1])

    from dateline import Record
    from dateline.present.desk.state import Desk

    desk: Desk = visitor.client.app.state.desk  # type: ignore[attr-defined]
    desk.rest = 0
    before = told()
    with Record(desk.settings.record) as record:
        record.correct("reject", next(iter(record.tellings(type="ASSAULT"))).key, who="anna")
    for _ in range(100):
        if told() == before - 1:
            return
        time.sleep(0.05)
    raise AssertionError("the rejected event is still counted")
