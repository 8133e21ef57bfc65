"""Reports that are very long, very short, or hold what no report should: kept, found and given back as they are."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import Record
from dateline.errors import DatelineError, QueryError
from dateline.model import MadeBy, Origin, Reading, Report, Span
from dateline.record.query import Query
from tests.factories import prose, read_again, report, told
from tests.record.adding import dump_of


def kept(path: Path, reading: Reading) -> str:
    """Keeps a reading and asks all that can be asked of it; its key."""
    with Record(path) as record:
        added = record.add_reports([reading])
        assert (added.new, added.same) == (1, 0)
        assert record.add_reports([reading]).same == 1
        (found,) = record.reports()
        for ask in (record.statements, record.events, record.tellings, record.sentences, record.actors):
            list(ask())
        for by in ("month", "week"):
            list(record.relation("NOR", "DNK", by))
            list(record.exposure(by))
        record.status()
        record.search("Norway")
        record.counts()
        record.copies(found.key)
        record.versions(found.key)
        record.store.project([found.key])
        assert record.check() == []
        assert record.report(found.key) == found
        assert record.report(reading.id) == found
        return found.key


def text_of(path: Path, key: str) -> str:
    with Record(path) as record:
        assert record.reading(key)["text"] == record.text(key)
        assert record.versions(key)[0]["characters"] == len(record.text(key))
        return record.text(key)


def test_half_a_million_characters(tmp_path: Path) -> None:
    lines = []
    for n in range(1_000):
        lines.append(f"Norway attacked Denmark on {2000 + n // 300}-{1 + n % 12:02d}-{1 + n % 28:02d} in Oslo.")
        lines.append(f"Per Lund said that Sweden aided Norway for the {n}th time, in words that go on" + " and on" * 60)
    reading = told("\n".join(lines), "long")
    assert len(reading.text) > 500_000
    key = kept(tmp_path / "r.db", reading)
    with Record(tmp_path / "r.db") as record:
        counts = record.counts()
        assert (counts.tellings, counts.told_statements, counts.sentences) == (2_000, 1_000, 2_000)
        assert record.search("999th").hits[0].entry.report.key == key
    assert text_of(tmp_path / "r.db", key) == reading.text


@pytest.mark.parametrize("text", [" ", "\n\n", ".", "…", "\u200b", "Norway", "🇳🇴" * 10], ids=ascii)
def test_without_sentences(tmp_path: Path, text: str) -> None:
    key = kept(tmp_path / "r.db", Reading(report(text, "short"), made_by=MadeBy("0", "toy")))
    assert text_of(tmp_path / "r.db", key) == text


def test_without_anything(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_reports([Reading(report("", "nothing", None))])
        assert record.check() == []
        assert record.counts().reports == 1


def test_a_sentence_beyond_the_text(tmp_path: Path) -> None:
    reading = replace(told("Norway attacked Denmark.", "r"), sentences=(Span(0, 24), Span(24, 24), Span(30, 40)))
    kept(tmp_path / "r.db", reading)


ODD = ["\x00", "\x00\x00\x01\x1f", "\ufffe\uffff", "\u2028\u2029", "\U0010ffff", "\r\r", "a\u0300\u0301" * 50, "\u202e"]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_characters(tmp_path: Path, odd: str) -> None:
    text = f"Norway attacked Denmark{odd} on 2024-05-13.\nPer Lund said that {odd} Sweden aided Norway.\n{odd}"
    key = kept(tmp_path / "r.db", told(text, "odd", title=odd, publisher=odd, agency=odd))
    assert text_of(tmp_path / "r.db", key) == text
    with Record(tmp_path / "r.db") as record:
        assert record.search("Sweden aided").hits
        assert len(list(record.tellings())) == 2
        (found,) = record.reports()
        assert (found.title, found.publisher, found.agency) == (odd, odd, odd)


def test_lone_surrogates_are_kept_as_marks_of_what_is_missing(tmp_path: Path) -> None:
    """They are no characters and cannot be stored as such; offsets stay as they are."""
    text = "Norway attacked \udcffDenmark on 2024-05-13.\nPer Lund said that \ud800 Sweden aided Norway."
    made = Report("odd\udcff", text, title="\ud83d", origin=Origin("odd\udcff.txt", "odd\udcff", "text", b"x"))
    key = kept(tmp_path / "r.db", read_again(made))
    assert text_of(tmp_path / "r.db", key) == text.replace("\udcff", "\ufffd").replace("\ud800", "\ufffd")


IDS = ["it's", 'a "quoted" one', "two\nlines", "a;b--c", "%_", "r'); DROP TABLE reports;--", "\x00", "x" * 10_000,
       "Ä" * 300, "*", "a\tb", "0"]  # fmt: skip


@pytest.mark.parametrize("id", IDS, ids=lambda id: ascii(id)[:20])
def test_odd_ids(tmp_path: Path, id: str) -> None:
    key = kept(tmp_path / "r.db", told("Norway attacked Denmark.\nPer Lund said that Sweden met Norway.", id))
    with Record(tmp_path / "r.db") as record:
        assert record.report(id).key == key
        assert record.report(id).locator == id
        assert len(list(record.statements(report=id))) == 1
        made = record.correct("reject", next(record.statements()).key, who=id, why=id)
        assert (made.who, made.why) == (id, id)
        assert record.counts().statements == 0
        record.save(id, Query(words="Norway", publisher=id))
        assert record.saved() == {id: Query(words="Norway", publisher=id)}


DAYS = ["0001-01-01", "0001-01-02", "0001-12-31", "0999-02-28", "1582-10-10", "1900-02-28", "2024-02-29", "9998-12-31",
        "9999-01-01", "9999-12-01", "9999-12-26", "9999-12-31"]  # fmt: skip


def test_half_a_character_in_a_question(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_reports([told("Norway attacked Denmark.\nPer Lund said that Sweden met Norway.", "r")])
        key = next(record.statements()).key
        questions = (
            lambda: record.search(publisher="\udcff"), lambda: record.actor("\udcff"),
            lambda: record.correct("reject", key, who="\udcff"), lambda: record.save("\udcff", Query()),
        )  # fmt: skip
        for ask in questions:
            with suppress(DatelineError):
                ask()
        assert record.counts().statements == 1


@pytest.mark.parametrize("day", DAYS)
def test_the_edges_of_the_calendar(tmp_path: Path, day: str) -> None:
    text = f"Norway attacked Denmark on {day} in Oslo.\nPer Lund said on {day} that Sweden aided Norway on {day}."
    key = kept(tmp_path / "r.db", told(text, "r", day))
    with Record(tmp_path / "r.db") as record:
        (event,) = record.relation("NOR", "DNK")
        assert (event.events, event.period) == (1, day[:8] + "01")
        (week,) = record.relation("NOR", "DNK", "week")
        assert week.period <= day
        assert [e.day for e in record.events(since=day, until=day)] == [day, day]
        months = list(record.exposure())
        assert [(m.period, m.events, m.reports, m.stories) for m in months] == [(day[:8] + "01", 1, 1, 1)]
        weeks = list(record.exposure("week"))
        assert [(w.period, w.events, w.reports, w.stories) for w in weeks] == [(week.period, 1, 1, 1)]
        assert record.search("Norway", since=day, until=day).hits
        assert record.report(key).day == day


@pytest.mark.parametrize("day", ["2023-02-29", "0000-01-01", "2024-13-01", "yesterday", "10000-01-01", ""])
def test_days_that_no_calendar_has(tmp_path: Path, day: str) -> None:
    reading = told("Norway attacked Denmark in Oslo.\nPer Lund said that Sweden met Norway.", "r", day)
    kept(tmp_path / "r.db", reading)
    with Record(tmp_path / "r.db") as record:
        assert record.counts().events == 2
        assert [r.day for r in record.reports()] == [None]


def test_without_any_day(tmp_path: Path) -> None:
    text = "Norway attacked Denmark.\nPer Lund said that Sweden met Norway.\n" + prose("x")
    kept(tmp_path / "r.db", told(text, "r", None))
    with Record(tmp_path / "r.db") as record:
        assert record.search("Norway attacked").hits[0].entry.report.day is None
        assert not record.search("Norway attacked", since="0001-01-01").hits
        assert list(record.relation("NOR", "DNK")) == []
        assert record.counts().events == 2
    assert dump_of(tmp_path / "r.db")["exposure"] == []


WORDS = ['"', '""', "'", "*", "a*", "(", "NEAR(", "a AND", "NOT", "-", "^a", "\x00", "\udcff", "words:a", "facets:a",
         "🇳🇴", " ", "x" * 5_000, "a " * 3_000, "{a}", "a + b", ":", "\\"]  # fmt: skip


@pytest.mark.parametrize("words", WORDS, ids=lambda words: ascii(words)[:20])
def test_odd_searches(tmp_path: Path, words: str) -> None:
    """Found or not, or told what is wrong with it: nothing else."""
    with Record(tmp_path / "r.db") as record:
        record.add_reports([told("Norway attacked Denmark.\nPer Lund said that Sweden met Norway.", "r")])
        for ask in (record.search, record.counts, lambda w: list(record.statements(w))):
            with suppress(QueryError):
                ask(words)
        assert record.search("Norway").hits


def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    where = os.fsdecode(b"r\xff.txt")
    made = Report(where, "Norway attacked Denmark.", origin=Origin(where, where, "text", b"Norway attacked Denmark."))
    kept(tmp_path / "r.db", read_again(made))
    with Record(tmp_path / "r.db") as record:
        record.store.note_skip(where, "no such file")
        assert record.status()["skipped"]["count"] == 1
        assert [r.source for r in record.reports()] == ["r\ufffd.txt"]
