"""The relation and partners screens: their answers, the sentences behind their numbers, and what they refuse."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline.errors import QueryError
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.views.asked import Asked, Cell, Told, asked_of
from dateline.present.pictures import Side, Unit, stylesheet
from dateline.record.query import Voice
from dateline.relate.series import Span
from tests.factories import prose, told
from tests.peace_and_war import kept
from tests.present.desk.conftest import BASE, Visitor

STATIC = Path(__file__).parents[3] / "src" / "dateline" / "present" / "desk" / "static"
PART = {"hx-request": "true"}
NORWAY = "/relation?a=NOR&b=DNK"


@pytest.fixture(scope="module")
def north(made_once: Path) -> Iterator[Visitor]:
    """A desk whose record nobody changes."""
    with TestClient(create_app(Settings(made_once)), base_url=BASE) as client:
        yield Visitor(client)


def settled(visitor: Visitor, address: str, **more: Any) -> str:
    """The page, once its answer has been worked out."""
    for _ in range(300):
        text = str(visitor.get(address, **more).text)
        if "is being asked" not in text and "being made" not in text and "being gathered" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError(f"{address}: no answer within 15 seconds")


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))).split())


def links(text: str, path: str) -> list[str]:
    return [unescape(a) for a in re.findall(r'href="([^"]+)"', text) if a.startswith(path)]


# --- what an address asks


@given(
    by=st.sampled_from(Unit),
    around=st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    first=st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    voice=st.sampled_from(Told),
    whole=st.booleans(),
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30),
)
@settings(max_examples=100, deadline=None)
def test_an_address_holds_all_that_is_asked(
    by: Unit, around: date | None, first: date | None, voice: Told, whole: bool, name: str
) -> None:
    from urllib.parse import parse_qsl, urlsplit

    asked = Asked(name.strip(), "DNK", by, around, Span(first), voice, whole)
    assert asked_of(dict(parse_qsl(urlsplit(asked.link()).query))) == asked


@pytest.mark.parametrize(("bar", "cell"), [
    ("1986-10-01.out.conflict", Cell(date(1986, 10, 1), Side.OUT, "conflict")),
    ("1986-10.back.verbal_cooperation", Cell(date(1986, 10, 1), Side.BACK, "verbal_cooperation")),
    ("1986-10-17.out.cooperation.3", Cell(date(1986, 10, 1), Side.OUT, "cooperation", 3)),
])  # fmt: skip
def test_a_bar_of_an_address(bar: str, cell: Cell) -> None:
    assert asked_of({"cell": bar}).cell == cell


@pytest.mark.parametrize("given_", [
    {"by": "year"}, {"around": "yesterday"}, {"from": "1986-02-30"}, {"to": "0001-01-01"}, {"voice": "loud"},
    {"cell": "1986-13-01.out.conflict"}, {"cell": "1986-10-01.both.conflict"}, {"cell": "1986-10-01.out.war"},
    {"a": "x" * 300}, {"cell": "9999-12-31.out.conflict"},
])  # fmt: skip
def test_what_makes_no_sense_is_refused(given_: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        asked_of(given_)


# --- the screen


def test_the_first_visit_shows_the_busiest_relation(north: Visitor) -> None:
    text = words(settled(north, "/relation"))
    assert "The busiest relation of this record" in text
    assert "Denmark and" in text or "and Denmark" in text


def test_it_opens_with_its_answer(north: Visitor) -> None:
    text = settled(north, f"{NORWAY}&around=2023-02-27")
    answer = words(text)
    assert re.search(r"Changed for the worse around Mon 27 Feb 2023 Other dates|Changed for the worse around Mon 27 Feb"
                     r" 2023 Shuffle the months", answer)  # fmt: skip
    assert "(p 0.0" in answer or "(p < 0.001" in answer
    order = [answer.index(part) for part in ("Changed for the worse", "The sentences that weigh most", "What they did")]
    assert order == sorted(order)
    assert "Norway met Denmark on Monday." in answer
    assert "Norway {attacked} Denmark" in answer or "Norway attacked Denmark" in answer


def test_a_day_is_offered_where_nobody_asked(north: Visitor) -> None:
    seen = words(settled(north, NORWAY))
    assert "Nobody asked about this day" in seen
    assert re.search(r"\(q \d\.\d\d\)", seen)
    assert re.search(r"Days that stand out .{0,20}2023 for the worse p 0\.0\d\d, q 0\.\d\d", seen)


def test_without_evidence_the_answer_says_so(north: Visitor) -> None:
    seen = words(settled(north, "/relation?a=NOR&b=SWE&around=2023-02-27"))
    assert "Too little evidence around Mon 27 Feb 2023" in seen
    assert "events around the date, at least" in seen


def test_a_day_outside_the_record_is_told_in_place_of_an_answer(north: Visitor) -> None:
    seen = words(settled(north, f"{NORWAY}&around=1990-01-01"))
    assert "No answer" in seen
    assert "1990-01-01 lies outside the record" in seen
    assert "What they did" in seen


@pytest.mark.parametrize(("address", "status", "reason"), [
    ("/relation?a=NOR&b=Atlantis", 404, "no actor called 'Atlantis'"),
    ("/relation?a=NOR&b=NOR", 404, "are the same actor"),
    ("/relation?a=NOR&b=DNK&around=soon", 422, "'soon' is no day"),
    ("/relation?a=NOR&b=DNK&from=2023-05-01&to=2023-01-01", 422, "comes after"),
    ("/relation/cell?a=NOR&b=DNK", 422, "name two actors and a bar"),
    ("/partners?a=Atlantis", 404, "no actor called 'Atlantis'"),
    ("/relation/words?a=NOR&b=DNK&period=2023-13-01", 422, "is no day"),
])  # fmt: skip
def test_what_cannot_be_shown_is_told_with_the_form(north: Visitor, address: str, status: int, reason: str) -> None:
    answer = north.get(address)
    assert answer.status_code == status
    assert reason in unescape(answer.text)


def test_hostile_names_stay_words(north: Visitor) -> None:
    text = north.get("/relation", params={"a": '"><script>alert(1)</script>', "b": "<svg onload=alert(1)>"}).text
    assert "<script>alert" not in text
    assert "<svg onload" not in text


def test_an_empty_record_says_what_to_do(tmp_path: Path) -> None:
    from dateline.keep import Record

    Record(tmp_path / "none.db").close()
    with TestClient(create_app(Settings(tmp_path / "none.db")), base_url=BASE) as client:
        for address in ("/relation", "/partners"):
            text = client.get(address).text
            if "Looking for the busiest" in text:
                text = client.get(address).text
            assert "dateline add" in text
        assert client.get("/relation?a=NOR&b=DNK").status_code == 422


@pytest.mark.parametrize(("around", "first", "last"), [
    (None, date(1993, 1, 1), date(1997, 12, 20)),  # the last five years
    (date(1995, 12, 1), date(1993, 1, 1), date(1997, 12, 20)),
    (date(1985, 3, 11), date(1982, 9, 1), date(1987, 8, 31)),  # as many on either side
    (date(1980, 1, 5), date(1980, 1, 3), date(1984, 12, 31)),  # from the first report on
    (date(2020, 1, 5), date(1993, 1, 1), date(1997, 12, 20)),  # outside
])  # fmt: skip
def test_five_years_around_the_day_are_drawn(around: date | None, first: date, last: date) -> None:
    from dateline.present.desk.views.relation import shown_span

    span = shown_span(Asked("A", "B", around=around), date(1980, 1, 3), date(1997, 12, 20))
    assert (span.first, span.last) == (first, last)


# --- pictures under the policy


def test_pictures_carry_no_rules_of_their_own(north: Visitor) -> None:
    for address in (NORWAY, "/partners?a=NOR&around=2023-02-27", "/relation/forecast?a=NOR&b=DNK",
                    "/relation/words?a=NOR&b=DNK"):  # fmt: skip
        text = settled(north, address)
        assert "<style" not in text
        assert not re.search(r"<[^>]+\sstyle=", text)
        assert not re.search(r"<script>|<[^>]+\son\w+=", text)


def test_the_rules_of_pictures_are_those_of_the_pictures() -> None:
    held = (STATIC / "pictures.css").read_text("utf-8").split("\n", 1)[1]
    assert held == stylesheet(), "write stylesheet() of dateline.present.pictures under the head line of pictures.css"


def test_ids_of_a_page_are_told_once(north: Visitor) -> None:
    for address in (f"{NORWAY}&around=2023-02-27&cell=2023-03-01.out.conflict", "/partners?a=DNK&around=2023-02-27"):
        ids = re.findall(r'\sid="([^"]+)"', settled(north, address))
        assert sorted(set(ids)) == sorted(ids)


def test_five_years_of_bars_are_light() -> None:
    from dateline.present.pictures import Acts, Coverage, Quad, River, Style, draw

    months = [date(1983 + i // 12, i % 12 + 1, 1) for i in range(60)]
    acts = tuple(Acts(m, side, quad, 3 + i % 7, 2) for i, m in enumerate(months)
                 for side in (Side.OUT, Side.BACK) for quad in Quad)  # fmt: skip
    river = River("United States", "Soviet Union", Unit.MONTH, months[0], months[-1], acts,
                  tuple(Coverage(m, 9, 30) for m in months))  # fmt: skip
    asked = Asked("USA", "SUN", around=date(1985, 3, 11))
    assert len(draw(river, Style(1200, href=asked.hrefs(), css=False)).encode()) < 110_000
    few = River("United States", "Soviet Union", Unit.MONTH, months[0], months[-1], acts[::2], river.coverage)
    assert len(draw(few, Style(1200, href=asked.hrefs(), css=False)).encode()) < 100_000


# --- each number opens to its sentences


def test_each_bar_opens_to_as_many_sentences_as_it_counts(north: Visitor) -> None:
    text = north.get(f"{NORWAY}&whole=1").text
    bars = re.findall(r'<a href="(/relation/cell[^"]+)"><title>([^<]+)</title>', text)
    assert len(bars) > 20
    for address, tip in bars[::5]:
        numbers = [int(n) for n in re.findall(r"(\d+) (?:verbal|material|only said)", unescape(tip))]
        part = north.get(unescape(address), headers=PART)
        assert part.text.count('<article class="entry') == sum(numbers), (address, tip)


def test_the_numbers_are_those_of_the_record_and_open_to_them(north: Visitor, made_once: Path) -> None:
    from dateline.keep import Record

    rows = words(north.get("/relation/numbers?a=NOR&b=DNK&whole=1", headers=PART).text)
    with Record(made_once, create=False) as record:
        counts = {(c.period, c.quad, c.voice): c.events for c in record.relation("NOR", "DNK")}
        for (period, quad, voice), events in counts.items():
            told = record.store.behind("NOR", "DNK", "month", (period, period), [quad], Voice(voice))
            assert told.events == events == len(told.tellings)
    assert sum(counts.values()) > 50
    assert re.search(r"May 2023 0 0 0 \d+ ", rows)


def test_a_bar_without_scripts_is_a_page_with_its_panel_filled(north: Visitor) -> None:
    cell = "/relation/cell?a=NOR&b=DNK&cell=2023-05-01.out.conflict"
    whole, part = north.get(cell), north.get(cell, headers=PART)
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert words(part.text) in words(whole.text)
    assert "Norway → Denmark: conflict, May 2023" in words(whole.text)
    assert part.headers["hx-push-url"] == cell


def test_a_bar_of_what_was_only_said(tmp_path: Path) -> None:
    said = "Per Lund, premier of Sweden, said on 2024-05-02 that Norway attacked Denmark on 2024-05-01.\n"
    with kept(tmp_path / "r.db") as record:
        record.add_reports([told(said + prose("said"), "said", "2024-05-02")])
    with TestClient(create_app(Settings(tmp_path / "r.db")), base_url=BASE) as client:
        cell = "/relation/cell?a=NOR&b=DNK&cell=2024-05-01.out.conflict"
        found = words(client.get(f"{cell}&voice=said", headers=PART).text)
        assert "1 of material conflict, only said to have happened" in found
        assert "as told by" in found
        assert "Nothing of this kind" in words(client.get(f"{cell}&voice=own", headers=PART).text)
        late = words(client.get("/relation?a=NOR&b=DNK&from=2024-01-01").text)
        assert "0 events, 1 only said to have happened" in late


def test_the_answer_alone_tells_the_address_of_the_view(north: Visitor) -> None:
    asked = "/relation/answer?a=NOR&b=DNK&around=2023-02-27"
    settled(north, asked, headers=PART)
    part = north.get(f"{asked}&push=1", headers=PART)
    assert part.headers["hx-push-url"] == "/relation?a=NOR&b=DNK&around=2023-02-27"
    assert 'data-around="2023-02-27"' in part.text
    assert "<html" not in part.text
    assert "<html" in north.get(asked).text


def test_choices_keep_what_else_was_chosen(north: Visitor) -> None:
    text = north.get(f"{NORWAY}&around=2023-02-27&voice=own").text
    weekly = [a for a in links(text, "/relation?") if "by=week" in a]
    assert weekly
    assert all("around=2023-02-27" in a and "voice=own" in a for a in weekly)


# --- folds


def test_a_forecast_with_its_track_record(north: Visitor) -> None:
    seen = words(settled(north, "/relation/forecast?a=NOR&b=DNK"))
    assert "Norway towards Denmark: events a week" in seen
    assert "Track record" in seen
    assert "all weeks" in seen


def test_no_forecast_says_why(north: Visitor) -> None:
    assert "No forecast:" in words(settled(north, "/relation/forecast?a=NOR&b=SWE"))


def test_words_beside_deeds_open_to_their_sentences(north: Visitor) -> None:
    text = settled(north, "/relation/words?a=NOR&b=DNK")
    periods = links(text, "/relation/words?")
    attacked = next(a for a in periods if "period=2023-05-01" in a)
    assert "Norway attacked Denmark" in words(north.get(attacked).text)


# --- partners


def test_partners_by_events(north: Visitor) -> None:
    text = north.get("/partners?a=DNK").text
    names = re.findall(r'<h2><a href="[^"]+"><bdi>([^<]+)</bdi></a></h2>', text)
    assert set(names) == {"Norway", "Sweden"}
    assert "/relation?a=DNK&b=NOR" in links(text, "/relation?")


def test_partners_that_changed_come_first_with_q(north: Visitor) -> None:
    address = "/partners?a=DNK&around=2023-02-27"
    for _ in range(300):
        text = north.get(address).text
        if "is being asked" not in text:
            break
        time.sleep(0.05)
    names = re.findall(r'<h2><a href="[^"]+"><bdi>([^<]+)</bdi></a></h2>', text)
    assert names[0] == "Norway"
    assert re.search(r"Norway ▼ changed for the worse p 0\.0\d\d, q 0\.\d\d", words(text))
    assert "/relation?a=DNK&b=NOR&around=2023-02-27" in links(text, "/relation?")


def test_the_pages_of_partners_hold_each_once(north: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.present.desk.views import partners

    monkeypatch.setattr(partners, "TILES", 1)
    first = north.get("/partners?a=DNK").text
    (after,) = [a for a in links(first, "/partners?") if "after=" in a]
    both = re.findall(r"<h2><a [^>]+><bdi>([^<]+)", first + north.get(after).text)
    assert sorted(both) == ["Norway", "Sweden"]


def test_dealings_are_those_of_the_partners_of_the_record(made_once: Path) -> None:
    from dateline.keep import Record

    with Record(made_once, create=False) as record:
        slow, total = record.store.partners("DNK")
        quick, quick_total = record.store.dealings("DNK")
        assert quick_total == total == len(slow)
        assert [(d.partner, d.events, round(d.conflict, 6)) for d in quick] == [
            (p.partner, p.events, round(p.conflict, 6)) for p in slow]  # fmt: skip
        series = record.store.small_series("DNK", [d.partner for d in quick], "month", "0000", "9999")
        assert {k: sum(c.events for c in v) for k, v in series.items()} == {d.partner: d.events for d in quick}
        (pair,) = record.store.busiest(1)
        assert pair.events == max(d.events for d in quick)


def test_small_rivers_are_read_partner_by_partner(made_once: Path) -> None:
    import sqlite3

    from dateline.record.sqlite import dealings

    db = sqlite3.connect(made_once)
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    dealings.series(db, "DNK", ["SWE", "NOR"], "month", "0000", "9999")
    db.set_trace_callback(None)
    selects = [sql for sql in asked if "relation_counts" in sql]
    assert len(selects) == 2
    for sql in selects:
        plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "PRIMARY KEY (source=? AND target=? AND unit=? AND period>? AND period<?)" in plan
    db.close()


def test_what_others_did_to_a_side_is_found_by_an_index(made_once: Path) -> None:
    import sqlite3

    db = sqlite3.connect(made_once)
    plan = db.execute("EXPLAIN QUERY PLAN SELECT source, sum(events) FROM relation_counts WHERE target = ? AND unit = ?"
                      " AND voice = ? GROUP BY source", ("DNK", "month", 1)).fetchall()  # fmt: skip
    assert "relation_target" in " ".join(str(row) for row in plan)
    db.close()
