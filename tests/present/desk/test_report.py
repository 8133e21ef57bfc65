"""One report on the desk: what is marked, lit, linked and told; and that no text of a report does anything."""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline.keep import Record
from dateline.model import Span, Time, TimeType
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.views.changed import changes
from dateline.present.desk.views.entries import address, pieces, plain, shown
from dateline.present.desk.views.marking import lines_of, parts_of
from dateline.present.desk.views.reports import origin_words, report_shown
from dateline.present.marks import Mark
from dateline.record.entries import ReportEntry, StatementEntry
from dateline.record.sqlite import inside
from tests.factories import prose, told
from tests.present.desk.conftest import BASE, Visitor


def key_of(path: Path, **filters: str) -> str:
    with Record(path, create=False) as record:
        return next(record.statements(**filters)).report.key


def client_of(path: Path) -> TestClient:
    return TestClient(create_app(Settings(path)), base_url=BASE)


def words_of(html: str) -> str:
    """The words of the text column, without brackets."""
    inside_ = re.search(r'<div class="words"[^>]*>(.*?)</div>', html, re.S)
    assert inside_
    bare = re.sub(r"<(?:a|span) class=\"br [^>]*>.*?</(?:a|span)>", "", inside_[1])
    return unescape(re.sub(r"<[^>]+>", "", bare))


def test_the_whole_text_is_shown_with_its_marks(visitor: Visitor, path: Path) -> None:
    key = key_of(path, source="Per Lund")
    html = visitor.get(f"/reports/{key}").text
    with Record(path, create=False) as record:
        text = record.text(key)
        (statement,) = record.statements(report=key)
        (event,) = record.tellings(report=key)
    assert words_of(html) == text
    assert f'data-m="{statement.key}' in html
    assert re.search(rf'class="content[^"]*event[^"]*" data-m="{statement.key} {event.key}"', html)
    for kind in ("source", "cue", "content", "event", "who", "whom"):
        assert re.search(rf'<span class="[^"]*\b{kind}\b[^"]*"', html.split('<div class="words"')[1]), kind
    opens, closes = html.index("[<sub>s1</sub>"), html.index("<sub>s1</sub>]")
    assert opens < html.index("{<sub>e1</sub>") < html.index("<sub>e1</sub>}") <= closes


def test_text_and_findings_lead_to_each_other(visitor: Visitor, path: Path) -> None:
    key = key_of(path, source="Per Lund")
    html = visitor.get(f"/reports/{key}").text
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert len(ids) == len(re.findall(r' id="', html)), "an id stands twice"
    links = re.findall(r'href="#([^"]+)"', html)
    assert links
    assert set(links) <= ids
    with Record(path, create=False) as record:
        (statement,) = record.statements(report=key)
    there = address(statement)
    assert f'href="{there}"' in html.replace("&amp;", "&")
    assert there == f"/reports/{key}?lit={statement.key}#s-{statement.sentence.start}"
    assert f"s-{statement.sentence.start}" in ids


@pytest.mark.parametrize("by_key", [True, False])
def test_a_link_lights_one_sentence(visitor: Visitor, path: Path, by_key: bool) -> None:
    key = key_of(path, source="Per Lund")
    with Record(path, create=False) as record:
        (statement,) = record.statements(report=key)
    start = statement.sentence.start
    html = visitor.get(f"/reports/{key}?lit={statement.key if by_key else f's-{start}'}").text
    assert re.findall(r'class="sentence lit" id="([^"]+)"', html) == [f"s-{start}"]
    assert html.count('class="sentence"') > 1
    assert ("aria-current=\"true\"" in html.split('class="found"')[1].split('class="tiles"')[0]) is by_key
    assert (" on\"" in html) is by_key


def test_a_link_to_what_is_gone_says_so(visitor: Visitor, path: Path) -> None:
    key = key_of(path, source="Per Lund")
    for lit in ("s000000000000", "s-99999", "s-x", "<script>", "e" * 64):
        html = visitor.get(f"/reports/{key}", params={"lit": lit}).text
        assert "not in this report any more" in html
        assert "sentence lit" not in html
        assert "<script>" not in html.split("<main")[1]
    assert "not in this report any more" not in visitor.get(f"/reports/{key}").text


def test_a_missing_report_is_not_found(visitor: Visitor) -> None:
    for address_ in ("/reports/r000", "/reports/r000/text", "/reports/r000/story", "/reports/%00"):
        assert visitor.get(address_).status_code == 404
    assert visitor.get("/reports", follow_redirects=False).headers["location"] == "/sources"


@pytest.mark.parametrize("asked", ["part=0", "part=x", "version=0", "version=-1", "lit=" + "x" * 65])
def test_addresses_that_make_no_sense_are_refused(visitor: Visitor, path: Path, asked: str) -> None:
    assert visitor.get(f"/reports/{key_of(path, source='Per Lund')}?{asked}").status_code == 422


def test_what_a_person_decided_is_shown_and_who(visitor: Visitor, path: Path) -> None:
    key = key_of(path, source="Per Lund")
    with Record(path, create=False) as record:
        (statement,) = record.statements(report=key)
        (event,) = record.tellings(report=key)
        record.correct("edit", statement.key, who="anna", why="misheard", field="stance", value="doubts")
        record.correct("reject", event.key, who="bo")
    html = visitor.get(f"/reports/{key}").text
    card = html.split(f'id="card-{statement.key}"')[1].split("</li>")[0]
    assert '<span class="badge doubts">doubts</span>' in card
    assert re.search(r"Edited \(stance\)</strong> by <bdi>anna</bdi>, <time [^>]+>[^<]+</time>: <bdi>misheard", card)
    card = html.split(f'id="card-{event.key}"')[1].split("</li>")[0]
    assert "Rejected</strong> by <bdi>bo</bdi>" in card
    words = html.split('<div class="words"')[1].split("</div>")[0]
    assert event.key not in words
    assert statement.key in words
    assert 'id="undo-last" class="quiet" disabled' in html  # neither decision is the visitor's own


def test_each_date_tells_where_it_is_from(path: Path) -> None:
    text = "Norway attacked Denmark on 2023-07-29.\n"
    when = Time(Span(27, 37), TimeType.DATE, "2023-07-29", "2023-07-29", "2023-07-29")
    with Record(path) as record:
        record.add_reports([
            replace(told(text + prose("c"), "dated", "2023-08-01"), times=(when,)),
            replace(told(text + prose("d"), "undated", None), times=(when,)),
        ])  # fmt: skip
        keys = {r.day: r.key for r in record.reports() if r.day in ("2023-08-01", None)}
        dated = report_shown(record, keys["2023-08-01"])
        assert [(d.first, d.origin, d.reliable) for d in dated.dates] == [
            ("2023-08-01", "from the page's metadata", True), ("2023-07-29", "the text", True)]  # fmt: skip
        assert [c.day_from for c in dated.cards] == ["told in the text"]
        undated = report_shown(record, keys[None])
        assert [(d.first, d.origin, d.reliable) for d in undated.dates] == [("2023-07-29", "the text", False)]
        record.correct("edit", dated.cards[0].key, who="anna", field="day", value="2023-07-30")
        assert report_shown(record, dated.report.key).cards[0].day_from == "set by a person"
        assert 'class="when" data-t="t1"' in Visitor(client_of(path)).get(f"/reports/{dated.report.key}").text


def test_a_day_of_the_report_tells_where_that_is_from(path: Path) -> None:
    with Record(path, create=False) as record:
        report = next(record.reports())
    told_as = {"metadata": "the page's metadata", "guessed": "guessed", "corrected": "set by a person"}
    for learned, words in told_as.items():
        assert words in origin_words("published", replace(report, published_from=learned))
    assert origin_words("dateline", report) == "from the dateline"


def test_copies_of_the_story_and_reasons(path: Path, visitor: Visitor) -> None:
    with Record(path, create=False) as record:
        keys = [r.key for r in record.reports() if len(record.copies(r.key)[0]) > 1]
        assert len(keys) == 2
    html = visitor.get(f"/reports/{keys[0]}").text
    story = html.split('id="story-h"')[1].split("</section>")[0]
    assert "the earliest known" in story
    assert f'href="/reports/{keys[1]}"' in story
    assert "(this one)" in story
    alone = visitor.get(f"/reports/{keys[0]}/story").text
    assert alone.count("<li>") == 2
    assert "<html" not in alone
    assert "story-h" not in visitor.get(f"/reports/{key_of(path, source='Per Lund')}").text


def test_a_large_story_is_put_in_order_aside(path: Path) -> None:
    with Record(path) as record:
        same = "Norway attacked Denmark on Monday.\n" + prose("wire", 20)
        record.add_reports([told(same, f"reprint{n}", "2023-09-01") for n in range(9)])
        key = next(r.key for r in record.reports() if r.day == "2023-09-01")
    with client_of(path) as client:
        first = client.get(f"/reports/{key}").text
        assert "9 reports" in first
        for _ in range(50):
            again = client.get(f"/reports/{key}/story").text
            if "hx-get" not in again:
                break
            time.sleep(0.1)
        assert again.count("<li>") == 9
        assert "<ol class=\"copies\">" in client.get(f"/reports/{key}").text


def test_an_earlier_version_shows_with_what_changed(path: Path) -> None:
    old = "Norway attacked Denmark on Monday.\nPer Lund, premier of Norway, said that Sweden attacked Denmark.\n"
    with Record(path) as record:
        record.add_reports([told(old + prose("v"), "twice", "2023-10-01")])
        key = next(r.key for r in record.reports() if r.day == "2023-10-01")
        record.add_reports([told(old.replace("Monday", "Tuesday") + prose("v"), "twice", "2023-10-01")])
        assert record.report(key).version == 2
    visitor = Visitor(client_of(path))
    now = visitor.get(f"/reports/{key}").text
    assert f'href="/reports/{key}?version=1"' in now
    assert "What changed" not in now
    before = visitor.get(f"/reports/{key}?version=1").text
    assert "This is version 1" in before
    assert "on Monday" in words_of(before)
    assert re.search(r"<del>\s*Monday\.</del><ins>\s*Tuesday\.</ins>", before)
    assert 'class="content' in before
    assert "Accept" not in before
    assert words_of(visitor.get(f"/reports/{key}?version=2").text) == words_of(now)
    assert visitor.get(f"/reports/{key}?version=3").status_code == 404
    assert "Monday" in visitor.get(f"/reports/{key}/text?version=1").text
    alone = visitor.get(f"/reports/{key}/text")
    assert alone.headers["content-type"] == "text/plain; charset=utf-8"
    assert alone.headers["content-disposition"] == f'attachment; filename="{key}.txt"'


def test_changes_say_all_that_changed() -> None:
    def told_(before: str, after: str) -> list[tuple[str, str]]:
        return [piece for change in changes(before, after) for piece in change.pieces]

    assert told_("a\nb\nc", "a\nc") == [("kept", "1 line the same"), ("removed", "b"), ("kept", "1 line the same")]
    assert told_("x", "x") == [("kept", "1 line the same")]
    assert told_("one two", "one 2") == [("same", "one"), ("removed", " two"), ("added", " 2")]
    begun = time.process_time()
    many = "\n".join(f"line {n}" for n in range(100_000))
    assert told_(many, many + "\nnew") == [("added", "new")]
    assert told_("\n".join(["same"] * 100_000), "same") == [("removed", "same")]
    told_("word " * 300_000, "other " * 300_000)
    assert time.process_time() - begun < 3


def test_a_long_report_comes_in_parts_and_a_link_finds_its_own(path: Path) -> None:
    line = "Per Lund, premier of Norway, said on 2023-03-01 that Sweden attacked Denmark " + "x" * 850 + "."
    lines = [line] * 600
    with Record(path) as record:
        record.add_reports([told("\n".join(lines), "long", "2023-11-01")])
        key = next(r.key for r in record.reports() if r.day == "2023-11-01")
        length = len(record.text(key))
        *_, last = record.statements(report=key, copies=True)
    assert length > 500_000
    with client_of(path) as client:
        client.get("/login")
        begun = time.process_time()
        first = client.get(f"/reports/{key}").text
        assert time.process_time() - begun < 1.5
        assert len(first) < 1_500_000
        assert "Part 1 of 10" in first
        lit = client.get(f"/reports/{key}?lit={last.key}").text
        assert "Part 10 of 10" in lit
        assert f'class="sentence lit" id="s-{last.sentence.start}"' in lit
        parts = [words_of(client.get(f"/reports/{key}?part={n}").text) for n in range(1, 11)]
        assert "".join(parts) == "\n".join(lines)
        assert "Part 10 of 10" in client.get(f"/reports/{key}?part=99").text


def test_a_row_of_a_table_has_no_text(path: Path) -> None:
    assert parts_of(0, [Span(0, 0)]) == [Span(0, 0)]


HOSTILE = (
    "<script>alert(1)</script>", "<svg onload=alert(1)>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)",
    "</title></main><iframe src=javascript:alert(1)>", "{{ 7*7 }}{% raw %}", "javascript:alert(1)", "\u202ereversed",
    "\x00\x1b[31m", "data:text/html,<script>alert(1)</script>", "<!--", "]]>", "&lt;script&gt;",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_of_a_report_is_taken_for_markup(path: Path, words: str) -> None:
    text = f"Per Lund, premier of Norway, said that Sweden attacked Denmark {words} again."
    reading = told(text, words, "2023-12-01", title=words)
    credits = replace(reading.report.credits, publisher=words, agency=words, byline=words)
    with Record(path) as record:
        record.add_reports([replace(reading, report=replace(reading.report, url=words, credits=credits))])
        key = next(r.key for r in record.reports() if r.day == "2023-12-01")
        entry = next(iter(record.store.inside_between(key, 0, 9)[0]), None)
        if entry:
            record.correct("reject", entry.key, who=words or "x", why=words)
    with client_of(path) as client:
        for address_ in (f"/reports/{key}", f"/corrections?{urlencode({'who': words})}", "/corrections"):
            html = client.get(address_).text
            assert "\x00" not in html
            assert "\u202e" not in html
            main = html.split("<main")[1].split("</main>")[0]
            assert not re.search(r"<(script|svg|img|iframe|object|embed|style|base|meta)\b", main, re.I)
            assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', main))
            for target in re.findall(r'(?:href|action|src)="([^"]*)"', html):
                assert unescape(target).startswith(("/", "#", "http://", "https://")), target
        page = client.get(f"/reports/{key}").text
        assert plain(" ".join(words.split())) in unescape(page.split("<h1")[1].split("</h1>")[0])


def test_ten_megabytes_of_markup_show_quickly(path: Path) -> None:
    """In the title, and as one sentence that never ends."""
    markup = "<div><p title='" * 700_000
    first = "Norway attacked Denmark on Monday.\n"
    with Record(path) as record:
        record.add_reports([told(first + markup, "t", "2023-12-02", title=markup)])
        key = next(r.key for r in record.reports() if r.day == "2023-12-02")
        *_, sentence = record.sentences(report=key)
    assert len(sentence.text) == len(markup)
    with client_of(path) as client:
        client.get(f"/reports/{key}")
        begun = time.process_time()
        answer = client.get(f"/reports/{key}")
        assert time.process_time() - begun < 1
        assert len(answer.content) < 1_000_000
        assert "&lt;div&gt;&lt;p title=" in answer.text.split("<h1")[1].split("</h1>")[0]
        assert words_of(answer.text) == (first + markup)[:60_000]
        words = "".join(p.text for p in shown(sentence, "div").pieces)
        assert len(words) < 2_000


# --- pieces of text


_KINDS = st.sampled_from(["content", "event", "when", "actor"])
_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), _KINDS), max_size=12)


@given(_SPANS, st.integers(1, 50))
def test_no_word_is_lost_or_doubled_whatever_is_marked(spans: list[tuple[int, int, str]], size: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(90))
    sentences = [Span(5, 20), Span(20, 45), Span(50, 88)]
    marks = [Mark(Span(at, min(90, at + long)), kind, f"s{n}") for n, (at, long, kind) in enumerate(spans)]
    told_ = []
    opened: list[str] = []
    for part in parts_of(len(text), sentences, size):
        for line in lines_of(text, part, sentences, marks, {}, ""):
            for bit in line.bits:
                opened += [b.name for b in bit.opens]
                told_.append(bit.text)
                for bracket in bit.closes:
                    opened.remove(bracket.name)
        assert opened == []
    assert "".join(told_) == text


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_an_entry_shows_its_whole_sentence(text: str, start: int, length: int) -> None:
    entry = _statement(text, Span(start, start + length))
    assert "".join(p.text for p in pieces(entry)) == plain(text)


def test_a_very_long_sentence_is_cut_around_its_words() -> None:
    entry = _statement("a" * 500_000, Span(400_000, 400_010))
    words = "".join(p.text for p in pieces(entry))
    assert len(words) < 2_000
    assert [p.text for p in pieces(entry) if "said" in p.classes] == ["a" * 10]
    assert shown(entry).copies == "in 3 reports of its story"


def _statement(text: str, content: Span) -> Any:
    report = ReportEntry("r1", None, None, None, None, None, None, None, None, False, None, None, None, 1)
    whole = Span(0, len(text))
    return StatementEntry(
        id=1, key="s1", report=report, sentence=whole, text=text, form="indirect", sourcing=None, speaker=None,
        addressee=None, act=None, cue=None, stance="asserts", hedged=False, medium=None, day=None, day_end=None,
        content=(content,), content_text="", source_spans=(), cue_spans=(), source_text=None, local="s1", copies=3,
    )  # fmt: skip



# --- speed


def test_only_this_reports_rows_are_read(path: Path) -> None:
    """Nothing is scanned: every table is entered by a key or an index."""
    asked: list[str] = []
    db = sqlite3.connect(path)
    key = db.execute("SELECT key FROM reports LIMIT 1").fetchone()[0]
    db.set_trace_callback(asked.append)
    inside.inside(db, key)
    inside.inside_between(db, key, 0, 99)
    inside.sentence_of(db, key, "s0")
    db.set_trace_callback(None)
    assert len(asked) > 5
    for sql in asked:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN") and "json_each" not in step], sql
    db.close()
