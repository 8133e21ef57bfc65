"""A correction is for ever: it outlives readings and versions, is never moved to other words, and can be undone."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import CorrectionError
from dateline.kit import kit
from dateline.record.entries import Correction, StatementEntry, TellingEntry
from dateline.record.query import Find, Judged, Query
from dateline.record.sqlite import SqliteStore
from tests.factories import bundle, prose, read_again, report, told
from tests.record.conftest import Make
from tests.record.dump import differences, dump

COPIES = Query(find=Find.EVENTS, copies=True)
RAID = "Norway attacked Denmark on Monday in Oslo."
AID = "Per Lund, prime minister of Norway, said on 2024-05-12 that Norway aided Sweden on 2024-05-10."
TEXT = f"{RAID}\n{AID}\n" + prose("raid")
COPY = TEXT + "\nDagen."
ELSEWHERE = "Norway attacked Denmark on 2024-05-13.\n" + prose("talks")


@pytest.fixture
def full(store: SqliteStore) -> SqliteStore:
    store.keep([bundle(told(TEXT, "a")), bundle(told(COPY, "b", publisher="Dagen")), bundle(told(ELSEWHERE, "c"))])
    return store


def telling(store: SqliteStore, type_: str = "ASSAULT", id: str = "a") -> TellingEntry:
    every = [*store.tellings(COPIES), *store.tellings(replace(COPIES, judged=Judged.REJECTED))]
    return next(t for t in every if t.report.locator == id and t.type == type_)


def statement(store: SqliteStore, id: str = "a") -> StatementEntry:
    return next(s for s in store.statements(Query(copies=True)) if s.report.locator == id)


def correct(store: SqliteStore, action: str, key: str, field: str | None = None, value: Any = None) -> Correction:
    return store.correct(action, key, "Kari", "looked it up", field, value)


# --- what is kept of a correction


def test_who_when_why_and_before_are_kept(full: SqliteStore) -> None:
    key = telling(full).key
    made = correct(full, "edit", key, "type", "aid")
    assert (made.who, made.why, made.action, made.target, made.field) == ("Kari", "looked it up", "edit", key, "type")
    assert (made.before, made.after, made.undone, made.lost) == ("ASSAULT", "AID", False, None)
    assert made.made.startswith("2024-06-01T")
    assert list(full.corrections()) == [made]
    assert list(full.corrections(key)) == [made]
    assert list(full.corrections(made.report)) == [made]
    assert list(full.corrections("e0")) == []


def test_the_reading_of_the_machine_is_not_touched(full: SqliteStore) -> None:
    key = telling(full).report.key
    before = full.reading(key)
    correct(full, "edit", telling(full).key, "reality", "planned")
    correct(full, "reject", statement(full).key)
    correct(full, "edit", key, "date", "2024-05-22")
    assert full.reading(key) == before


@pytest.mark.parametrize(("field", "value", "shown"), [
    ("type", "AID", "AID"), ("reality", "denied", "denied"), ("day", "2024-05-01", "2024-05-01"), ("day", None, None),
])  # fmt: skip
def test_an_edited_event_says_so(full: SqliteStore, field: str, value: Any, shown: Any) -> None:
    key = telling(full).key
    correct(full, "edit", key, field, value)
    now = next(t for t in full.tellings(Query(copies=True)) if t.key == key)
    assert getattr(now, field) == shown
    assert now.judged == "edited"
    assert full.search(replace(COPIES, judged=Judged.EDITED)).hits[0].entry == now


def test_an_edited_type_brings_its_code_and_weight(full: SqliteStore) -> None:
    correct(full, "edit", telling(full).key, "type", "AID")
    now = next(t for t in full.tellings(replace(COPIES, judged=Judged.EDITED)))
    assert (now.cameo[:2], now.quad) == ("07", "material_cooperation")
    assert now.goldstein > 0


def test_sides_and_speakers_are_set_by_name(full: SqliteStore) -> None:
    correct(full, "edit", telling(full).key, "source", "Sweden")
    correct(full, "edit", telling(full).key, "target", ["Norway", "Sweden"])
    correct(full, "edit", statement(full).key, "speaker", "Denmark")
    now = telling(full)
    assert [a.name for a in now.source] == ["Sweden"]
    assert sorted(a.name for a in now.target) == ["Norway", "Sweden"]
    said = statement(full)
    assert said.speaker is not None
    assert said.speaker.name == "Denmark"
    assert [(r.target, r.events) for r in full.relation("Sweden", "Norway")] == [("NOR", 1)]
    correct(full, "edit", said.key, "speaker", "nobody")
    assert (statement(full).speaker, statement(full).sourcing) == (None, "unnamed")


def test_an_actor_of_another_report_joins_the_cast(full: SqliteStore) -> None:
    full.keep([bundle(told("Iron Front aided Sweden on Monday.\n" + prose("front"), "d"))])
    before = full.actor("Iron Front").reports
    correct(full, "edit", telling(full).key, "source", "Iron Front")
    assert [a.name for a in telling(full).source] == ["Iron Front"]
    assert full.actor("Iron Front").reports == before + 1
    assert full.actor("Iron Front").key == telling(full).source[0].key


def test_a_person_known_by_surname_only_is_the_one_that_was_meant(full: SqliteStore) -> None:
    full.keep([bundle(told("Lund, prime minister of Sweden, said that Sweden met Norway.\n" + prose("lone"), "d"))])
    meant = full.actor("Lund")
    correct(full, "edit", statement(full).key, "speaker", meant.key)
    now = statement(full).speaker
    assert now is not None
    assert now.key == meant.key


# --- rejected ones


def test_what_was_rejected_is_counted_nowhere_but_found(full: SqliteStore) -> None:
    for id_ in ("a", "b"):
        correct(full, "reject", telling(full, "ASSAULT", id_).key)
    correct(full, "reject", telling(full, "ASSAULT", "c").key)
    assert list(full.tellings(Query(type="ASSAULT"))) == []
    assert full.search(Query(type="ASSAULT")).total == 0
    assert full.counts(Query(type="ASSAULT")).events == 0
    assert full.counts().events == 1
    assert list(full.relation("Norway", "Denmark")) == []
    assert [e.events for e in full.exposure()] == [0]
    rejected = Query.of({"judged": "rejected", "find": "events"})
    assert [getattr(h.entry, "judged", None) for h in full.search(rejected).hits] == ["rejected"]
    assert len(list(full.tellings(Query.of({"judged": "rejected", "copies": True, "find": "events"})))) == 3
    assert full.actor("Denmark").tellings == 0


def test_an_event_lives_on_in_the_tellings_that_were_not_rejected(full: SqliteStore) -> None:
    assert [(r.events, r.reports, r.stories) for r in full.relation("Norway", "Denmark")] == [(1, 3, 2)]
    correct(full, "reject", telling(full, "ASSAULT", "c").key)
    assert [(r.events, r.reports, r.stories) for r in full.relation("Norway", "Denmark")] == [(1, 2, 1)]


def test_a_rejected_statement_is_counted_nowhere(full: SqliteStore) -> None:
    assert full.counts().statements == 1
    correct(full, "reject", statement(full, "a").key)
    assert (full.counts().statements, full.counts().told_statements) == (1, 1)
    correct(full, "reject", statement(full, "b").key)
    assert (full.counts().statements, full.counts().told_statements) == (0, 0)
    assert full.actor("Per Lund").statements == 0
    assert full.search(Query(act="say")).total == 0


# --- undo


@pytest.mark.parametrize(("action", "of", "field", "value"), [
    ("accept", "event", None, None), ("reject", "event", None, None), ("edit", "event", "type", "AID"),
    ("edit", "event", "reality", "planned"), ("edit", "event", "day", "2024-04-01"),
    ("edit", "event", "source", "Sweden"), ("edit", "event", "target", "nobody"), ("accept", "statement", None, None),
    ("reject", "statement", None, None), ("edit", "statement", "stance", "denies"),
    ("edit", "statement", "speaker", "Norway"), ("edit", "statement", "day", "2024-04-01"),
    ("edit", "report", "date", "2024-04-30"),
])  # fmt: skip
def test_undo_restores_exactly(full: SqliteStore, action: str, of: str, field: str | None, value: Any) -> None:
    before = dump(full)
    entry = {"event": telling(full).key, "statement": statement(full).key, "report": telling(full).report.key}
    made = correct(full, action, entry[of], field, value)
    assert differences(before, dump(full)) != {}
    back = full.undo(made.id, "Ola", "was right before")
    assert (back.action, back.undoes, back.who) == ("undo", made.id, "Ola")
    assert differences(before, dump(full)) == {}
    assert [c.undone for c in full.corrections()] == [True, False]


def test_undo_of_what_is_undone_or_not_there(full: SqliteStore) -> None:
    made = correct(full, "reject", telling(full).key)
    back = full.undo(made.id, "Ola")
    with pytest.raises(CorrectionError, match="taken back already"):
        full.undo(made.id, "Ola")
    with pytest.raises(CorrectionError, match="is an undo itself"):
        full.undo(back.id, "Ola")
    with pytest.raises(CorrectionError, match="no correction with this number"):
        full.undo(99, "Ola")
    assert len(list(full.corrections())) == 2


def test_of_two_corrections_of_one_field_the_later_holds(full: SqliteStore) -> None:
    key = telling(full).key
    first = correct(full, "edit", key, "type", "AID")
    second = correct(full, "edit", key, "type", "CONSULT")
    assert second.before == "AID"
    full.undo(first.id, "Ola")
    assert telling(full, "CONSULT").key == key
    full.undo(second.id, "Ola")
    assert telling(full, "ASSAULT").key == key
    assert telling(full, "ASSAULT").judged is None


@pytest.mark.parametrize(("action", "target", "field", "value", "says"), [
    ("accept", "e0", None, None, "no statement or event"), ("edit", "event", "type", "WAR", "none of"),
    ("edit", "event", "colour", "red", "cannot be set"), ("edit", "event", "day", "Monday", "no day"),
    ("edit", "event", "source", "Atlantis", "no actor in the record"), ("edit", "event", "reality", "maybe", "none of"),
    ("edit", "event", "type", "ASSAULT", "already"), ("edit", "report", "date", "2024-02-30", "no day"),
    ("paint", "event", None, None, "no such correction"), ("merge", "Norway", None, None, "two actors"),
    ("split", "Norway", None, None, "split takes"), ("edit", "event", None, None, "cannot be set"),
    ("accept", "report", None, None, "no statement or event"), ("split", "state|NOR", None, None, "of its own already"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_kept(
    full: SqliteStore, action: str, target: str, field: str | None, value: Any, says: str
) -> None:
    before = dump(full)
    named = {"event": telling(full).key, "report": telling(full).report.key}.get(target, target)
    with pytest.raises(CorrectionError, match=says):
        correct(full, action, named, field, value)
    assert list(full.corrections()) == []
    assert differences(before, dump(full)) == {}
    with pytest.raises(CorrectionError, match="who made it"):
        full.correct("reject", telling(full).key, " ")


# --- new readings and versions


def again(store: SqliteStore, key: str, text: str, day: str | None = "2024-05-15", **more: Any) -> list[str]:
    """As `reread` does: the kept report read by a newer Dateline, which may see other words in it."""
    return store.replace([(key, bundle(read_again(report(text, "a", day, **more))))])


def test_a_correction_holds_when_the_report_is_read_anew(full: SqliteStore) -> None:
    key = telling(full).report.key
    correct(full, "edit", telling(full).key, "type", "CONSULT")
    before = dump(full)
    assert again(full, key, TEXT) == []
    assert again(full, key, "A line more.\n" + TEXT) == [key]
    now = telling(full, "CONSULT")
    assert (now.judged, now.words) == ("edited", "attacked")
    assert again(full, key, TEXT) == [key]
    assert differences(before, dump(full)) == {}


def test_a_correction_holds_in_the_next_version_and_its_key_stays(full: SqliteStore) -> None:
    key = telling(full).key
    correct(full, "reject", key)
    full.keep([bundle(told("Sweden aided Denmark on Monday.\n" + TEXT, "a", "2024-05-16"))])
    now = telling(full)
    assert (now.key, now.judged, now.report.version) == (key, "rejected", 2)


def test_one_whose_words_are_gone_is_lost_and_never_moved(full: SqliteStore) -> None:
    made = correct(full, "edit", telling(full).key, "type", "CONSULT")
    key = telling(full, "CONSULT").report.key
    other = TEXT.replace(RAID, "Norway attacked Denmark on Tuesday in Oslo.")
    full.keep([bundle(told(other, "a"))])
    [kept] = full.corrections()
    assert (kept.id, kept.lost) == (made.id, "its sentence is no longer in the report")
    assert telling(full).judged is None
    assert full.status()["corrections"]["lost"] == 1
    full.keep([bundle(told(TEXT, "a", "2024-05-15", title="Words back"))])
    assert [c.lost for c in full.corrections()] == [None]
    assert telling(full, "CONSULT").report.key == key
    assert full.status()["corrections"]["lost"] == 0


def test_one_that_nothing_is_found_for_any_more_says_so(full: SqliteStore) -> None:
    correct(full, "edit", telling(full).key, "type", "CONSULT")
    key = telling(full, "CONSULT").report.key
    reading = told(TEXT, "a")
    full.replace([(key, bundle(replace(reading, events=())))])
    [kept] = full.corrections()
    assert kept.lost
    assert "still there" in kept.lost
    full.replace([(key, bundle(reading))])
    assert [c.lost for c in full.corrections()] == [None]
    assert telling(full, "CONSULT").judged == "edited"


def test_one_of_two_like_sentences_is_meant(store: SqliteStore) -> None:
    store.keep([bundle(told(f"{RAID}\n{RAID}\n" + prose("twice"), "a"))])
    first, second = sorted(store.tellings(COPIES), key=lambda t: t.span)
    correct(store, "reject", second.key)
    assert telling(store).key == first.key
    assert telling(store).span == first.span


# --- the date of a report


def test_a_new_date_moves_the_days_that_were_counted_from_it(full: SqliteStore) -> None:
    entry = telling(full)
    assert (entry.day, entry.report.day) == ("2024-05-13", "2024-05-15")
    before = dump(full)
    made = correct(full, "edit", entry.report.key, "date", "2024-05-22")
    assert (made.before, made.after) == ("2024-05-15", "2024-05-22")
    assert full.redate([(entry.report.key, bundle(read_again(report(TEXT, "a", "2024-05-22"))))]) == [entry.report.key]
    now = telling(full)
    assert (now.day, now.report.day, now.report.published_from, now.report.reliable) == (
        "2024-05-20", "2024-05-22", "corrected", True)  # fmt: skip
    assert full.reading(entry.report.key)["published"]["value"] == "2024-05-15"
    [one] = [k for k in full.origins() if k.key == entry.report.key]
    assert (one.day, one.made_by) == ("2024-05-22", "0 toy PLOVER-2021")
    full.undo(made.id, "Ola")
    assert differences(before, dump(full)) == {}
    assert [k.day for k in full.origins()] == [None, None, None]


def test_a_date_that_was_set_makes_an_unreliable_report_count(store: SqliteStore) -> None:
    store.keep([bundle(told("Norway attacked Denmark on 2024-05-13.\n" + prose("x"), "a", reliable=False))])
    assert list(store.relation("Norway", "Denmark")) == []
    assert list(store.exposure()) == []
    made = correct(store, "edit", "a", "date", "2024-05-15")
    assert [e.reports for e in store.exposure()] == [1]
    store.redate([(made.target, bundle(told("Norway attacked Denmark on 2024-05-13.\n" + prose("x"), "a")))])
    assert [r.events for r in store.relation("Norway", "Denmark")] == [1]


def test_the_later_of_two_dates_holds_and_undo_goes_back_to_the_first(full: SqliteStore) -> None:
    key = telling(full).report.key
    first = correct(full, "edit", key, "date", "2024-05-22")
    second = correct(full, "edit", key, "date", "2024-05-29")
    assert (second.before, full.report(key).published) == ("2024-05-22", "2024-05-29")
    full.undo(second.id, "Ola")
    assert full.report(key).published == "2024-05-22"
    full.undo(first.id, "Ola")
    assert (full.report(key).published, full.report(key).published_from) == ("2024-05-15", "metadata")


def test_a_date_that_was_set_holds_for_the_next_version(full: SqliteStore) -> None:
    key = telling(full).report.key
    correct(full, "edit", key, "date", "2024-05-22")
    full.keep([bundle(told(TEXT + "\nMore.", "a", "2024-05-16"))])
    assert (full.report(key).version, full.report(key).published) == (2, "2024-05-22")


# --- all together


ACTIONS = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject"]), st.integers(0, 7), st.none(), st.none()),
    st.tuples(st.just("edit"), st.integers(0, 7), st.just("day"), st.sampled_from(["2024-05-01", "2024-05-13", None])),
    st.tuples(st.just("edit"), st.integers(0, 7), st.just("type"), st.sampled_from(["AID", "ASSAULT"])),
    st.tuples(st.just("edit"), st.integers(0, 7), st.sampled_from(["speaker", "source"]),
              st.sampled_from(["Norway", "Sweden", "nobody"])),
    st.tuples(st.just("date"), st.integers(0, 2), st.just("date"), st.sampled_from(["2024-05-22", "2024-04-30"])),
    st.tuples(st.just("merge"), st.just(0), st.none(),
              st.sampled_from([("Per Lund", "Inger Dahl"), ("Denmark", "Sweden")])),
    st.tuples(st.just("split"), st.integers(0, 2), st.none(), st.sampled_from(["Norway", "Per Lund"])),
    st.tuples(st.just("undo"), st.integers(0, 9), st.none(), st.none()),
    st.tuples(st.just("version"), st.integers(0, 2), st.none(), st.sampled_from(["", "\nInger Dahl met Sweden."])),
)  # fmt: skip
TEXTS = {"a": TEXT, "b": COPY, "c": ELSEWHERE}


def _new(folder: str, name: str) -> SqliteStore:
    return SqliteStore(Path(folder) / name, kit(), lambda: "2024-06-01T00:00:00Z")


@settings(max_examples=20)
@given(st.lists(ACTIONS, max_size=8))
def test_what_was_done_is_what_holds(actions: list[tuple[str, int, str | None, Any]]) -> None:
    """Any doings and undoings, with new versions between: as if only what holds had been done, at the end."""
    with tempfile.TemporaryDirectory() as folder:
        store = _new(folder, "done.db")
        store.keep([bundle(told(text, id_)) for id_, text in TEXTS.items()])
        last: dict[str, tuple[str, str | None]] = {id_: (text, None) for id_, text in TEXTS.items()}
        for action in actions:
            _do(store, action, last)
        assert store.check() == []
        fresh = _new(folder, "fresh.db")
        for made in store.corrections():
            if made.action != "undo" and not made.undone:
                _repeat(fresh, made)
        fresh.keep([bundle(told(text, id_, title=title)) for id_, (text, title) in last.items()])
        assert fresh.check() == []
        there = differences(dump(store), dump(fresh))
        assert set(there) <= {"reports", "versions", "lost"}
        assert _without_version(store) == _without_version(fresh)
        store.project([k.key for k in store.origins()])
        assert set(differences(dump(store), dump(fresh))) <= {"reports", "versions", "lost"}
        store.close()
        fresh.close()


def _without_version(store: SqliteStore) -> list[tuple[Any, ...]]:
    return [(*row[:2], *row[3:]) for row in dump(store)["reports"]]


def _do(store: SqliteStore, action: tuple[str, int, str | None, Any], last: dict[str, tuple[str, str | None]]) -> None:
    what, n, field, value = action
    every: list[TellingEntry | StatementEntry] = [*store.tellings(COPIES), *store.statements(Query(copies=True))]
    keys = sorted(e.key for e in every)
    id_ = "abc"[n % 3]
    try:
        if what == "undo":
            store.undo(n + 1, "Ola")
        elif what == "version":
            added = store.keep([bundle(told(TEXTS[id_] + value, id_, title=value))])
            if added.versions:  # what is known in an earlier version changes nothing
                last[id_] = TEXTS[id_] + value, value
        elif what == "merge":
            store.correct("merge", list(value), "Kari")
        elif what == "split":
            store.correct("split", [value, id_], "Kari")
        elif what == "date":
            store.correct("edit", id_, "Kari", None, field, value)
        elif keys:
            store.correct(what, keys[n % len(keys)], "Kari", None, field, value)
    except CorrectionError:
        pass


def _repeat(store: SqliteStore, made: Correction) -> None:
    """The same correction in another record, by the rows: what it says must not be looked for anew."""
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("INSERT INTO corrections (id, made, who, why, action, target, report, field, before, after, words)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')",
                   (made.id, made.made, made.who, made.why, made.action, made.target, made.report, made.field,
                    json.dumps(made.before), json.dumps(made.after)))  # fmt: skip


def test_a_merge_and_a_split_hold_for_reports_that_come_later(make: Make) -> None:
    store = make()
    store.keep([bundle(told(AID + "\n" + prose("one"), "a"))])
    store.keep([bundle(told("Inger Dahl met Sweden.\n" + prose("two"), "b"))])
    store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    store.keep([bundle(told("Inger Dahl aided Sweden.\n" + prose("three"), "c"))])
    assert store.actor("Inger Dahl").reports == 3
