"""Counts: three ways, of what really happened, on days that can be relied on, and each thing once."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import QueryError
from dateline.kit import kit
from dateline.record.entries import EventEntry
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from tests.factories import bundle, prose, told
from tests.record import slow

COPIES = Query(copies=True)


def keep(store: SqliteStore, *texts: str, reliable: bool = True, published: str | None = "2024-05-15") -> None:
    """Each text is a story of its own."""
    start = store.counts().reports
    store.keep([bundle(told(f"{text}\n{prose(f'topic{n}')}", f"r{n}", published, reliable=reliable))
                for n, text in enumerate(texts, start)])  # fmt: skip


def events(store: SqliteStore) -> list[EventEntry]:
    return list(store.events(Query()))


def agrees(store: SqliteStore) -> bool:
    """Whether events, relations and exposure are what a plain recount of the tellings gives."""
    tellings = list(store.tellings(COPIES))
    with closing(sqlite3.connect(store.path)) as db:
        quads = {1: "verbal_cooperation", 2: "material_cooperation", 3: "verbal_conflict", 4: "material_conflict"}
        kept = {(s, t, unit, period, quads[quad], {1: "own", 2: "said"}[voice]): (n, reports, stories, round(g, 3))
                for s, t, unit, period, quad, voice, n, reports, stories, g in
                db.execute("SELECT * FROM relation_counts")}  # fmt: skip
    assert kept == slow.relations(tellings)
    shown = {(e.unit, e.period): e.events for unit in ("month", "week") for e in store.exposure(unit) if e.events}
    assert shown == slow.exposure(tellings)
    complete = {t.key for t in tellings if t.source and t.target and t.day}
    grouped = {frozenset({t.key for t in group} & complete) for group in slow.by_event(tellings)}
    assert grouped - {frozenset()} == slow.distinct(tellings)
    reports = [r for r in store.reports(Query()) if r.day and r.reliable]
    for unit, of in (("month", slow.month), ("week", slow.week)):
        counted = {e.period: (e.reports, e.stories) for e in store.exposure(unit) if e.reports}
        days = {of(str(r.day)) for r in reports}
        assert counted == {
            p: (sum(of(str(r.day)) == p for r in reports), len({r.story for r in reports if of(str(r.day)) == p}))
            for p in days
        }
    counts = store.counts()
    assert counts.tellings == len(tellings)
    assert counts.events == len({t.event for t in tellings}) == len(list(store.events(Query())))
    assert counts.stories == len({r.story for r in store.reports(Query())})
    for event in store.events(Query()):
        group = [t for t in tellings if t.event == event.key]
        assert (event.tellings, event.reports, event.stories) == (
            len(group), len({t.report.key for t in group}), len({t.report.story for t in group}))  # fmt: skip
        assert {0: None, 1: "own", 2: "said"}[event.happened] == slow.voice(group)
    return True


# --- distinct events


def test_one_act_told_in_three_stories_is_one_event(store: SqliteStore) -> None:
    keep(store, *["Norway attacked Denmark on 2024-05-13 in Oslo."] * 3)
    [event] = events(store)
    assert (event.tellings, event.reports, event.stories) == (3, 3, 3)
    counts = store.counts()
    assert (counts.reports, counts.stories, counts.events) == (3, 3, 1)


@pytest.mark.parametrize("other", [
    "Norway attacked Denmark on 2024-05-12.", "Norway met Denmark on 2024-05-13.",
    "Norway attacked Sweden on 2024-05-13.",
    "Denmark attacked Norway on 2024-05-13.", "Iron Front attacked Denmark on 2024-05-13.", "Norway attacked Denmark.",
    "Norway attacked on 2024-05-13.",
])  # fmt: skip
def test_another_day_type_or_side_is_another_event(store: SqliteStore, other: str) -> None:
    keep(store, "Norway attacked Denmark on 2024-05-13.", other)
    assert len(events(store)) == 2


def test_a_telling_without_a_place_joins_the_only_place(store: SqliteStore) -> None:
    plain, oslo, bergen = (f"Norway attacked Denmark on 2024-05-13{w}." for w in ("", " in Oslo", " in Bergen"))
    keep(store, plain, oslo)
    assert [(e.place, e.tellings) for e in events(store)] == [("Oslo", 2)]
    keep(store, bergen)
    assert sorted((e.place or "", e.tellings) for e in events(store)) == [("", 1), ("Bergen", 1), ("Oslo", 1)]


def test_a_government_stands_for_its_state_and_a_group_for_itself(store: SqliteStore) -> None:
    keep(store,
         "Per Lund, prime minister of Norway, said that Norway met Denmark.\nPer Lund attacked Sweden on 2024-05-13.",
         "Norway attacked Sweden on 2024-05-13.", "Iron Front attacked Sweden on 2024-05-13.")  # fmt: skip
    told_ = [e for e in events(store) if e.type == "ASSAULT"]
    assert sorted(e.tellings for e in told_) == [1, 2]
    assert [(r.source, r.events) for r in store.relation("Norway", "Sweden")] == [("NOR", 1)]
    front = store.actor("Iron Front").key
    assert [(r.source, r.target, r.events) for r in store.relation("Iron Front", "SWE")] == [(front, "SWE", 1)]


# --- what happened, and when


@pytest.mark.parametrize("text", [
    "Norway did not have attacked Denmark on 2024-05-13.", "Norway planned to have attacked Denmark on 2024-05-13.",
    "Sweden denied that Norway attacked Denmark on 2024-05-13.",
    "Sweden demanded that Norway attacked Denmark on 2024-05-13.",
])  # fmt: skip
def test_what_did_not_happen_is_in_no_count_of_what_happened(store: SqliteStore, text: str) -> None:
    keep(store, text)
    assert [(e.happened, e.tellings) for e in events(store)] == [(0, 1)]
    assert list(store.relation("Norway", "Denmark")) == []
    assert [e.events for e in store.exposure()] == [0]


def test_what_is_only_said_is_counted_apart(store: SqliteStore) -> None:
    keep(store, "Sweden said that Norway attacked Denmark on 2024-05-13.")
    assert [(r.voice, r.events) for r in store.relation("Norway", "Denmark")] == [("said", 1)]
    assert [e.events for e in store.exposure()] == [0]
    keep(store, "Norway attacked Denmark on 2024-05-13.")
    assert [(r.voice, r.events, r.reports) for r in store.relation("Norway", "Denmark")] == [("own", 1, 2)]
    assert [e.events for e in store.exposure()] == [1]
    assert [t.said_by is None for t in store.tellings(Query.of({"voice": "own"}))] == [True]
    assert len(list(store.tellings(Query.of({"voice": "said", "copies": True})))) == 1


def test_a_day_that_cannot_be_relied_on_is_in_no_trend(store: SqliteStore) -> None:
    keep(store, "Norway attacked Denmark on 2024-05-13.", reliable=False)
    assert list(store.relation("Norway", "Denmark")) == []
    assert list(store.exposure()) == []
    assert list(store.tellings(Query(type="ASSAULT", reliable=True))) == []
    assert len(list(store.tellings(Query(type="ASSAULT")))) == 1
    keep(store, "Norway attacked Denmark on 2024-05-13.")
    assert [r.events for r in store.relation("Norway", "Denmark")] == [1]


def test_units_and_names_that_make_no_sense_are_refused(store: SqliteStore) -> None:
    keep(store, "Norway attacked Denmark on 2024-05-13.")
    with pytest.raises(QueryError, match="week nor month"):
        list(store.relation("Norway", "Denmark", "year"))
    with pytest.raises(QueryError, match="no actor called"):
        list(store.relation("Atlantis", "Denmark"))
    with pytest.raises(QueryError, match="week nor month"):
        list(store.exposure("day"))
    assert [r.period for r in store.relation("NOR", "DNK", "week")] == ["2024-05-13"]
    assert [r.period for r in store.relation("NOR", "DNK")] == ["2024-05-01"]


# --- within a story

STORY = (
    "Per Lund, prime minister of Norway, said on 2024-05-12 that every ship of the coast guard would leave the harbour"
    " before winter and that Norway aided Sweden on 2024-05-10.\n"
    "Red Fist attacked the old lighthouse of the village and the railway bridge.\nNorway accused Denmark.\n"
)
_KEPT = ("said", "that", "attacked", "aided", "accused", "of", "on")


def _reworded(text: str) -> str:
    """One word in twenty changed."""
    words = text.split(" ")
    for n in range(7, len(words), 20):
        if words[n].islower() and words[n].isalpha() and words[n] not in _KEPT:
            words[n] = "quite"
    return " ".join(words)


@pytest.mark.parametrize("make_copy", [
    lambda text: text, _reworded, lambda text: text[: text.rindex("The story")], lambda text: "Harbour news\n" + text,
    lambda text: text.replace("would leave", "will leave").replace("the old lighthouse", "an old lighthouse"),
])  # fmt: skip
def test_a_story_tells_each_thing_once(store: SqliteStore, make_copy: object) -> None:
    text = STORY + prose("story", 12)
    store.keep([bundle(told(text, "first", publisher="Dagen"))])
    one = store.counts()
    copy = make_copy(text)  # type: ignore[operator]
    store.keep([bundle(told(copy, "copy", "2024-05-16", publisher="Bladet", title="Other words"))])
    both = store.counts()
    assert (both.reports, both.stories) == (2, 1)
    assert (both.statements, both.events) == (one.statements, one.events) == (1, 3)
    assert (both.told_statements, both.tellings) == (2, 6)
    assert len(list(store.statements(Query()))) == 1
    assert [s.copies for s in store.statements(Query())] == [2]
    assert {t.report.locator for t in store.tellings(Query())} == {"first"}
    assert len(list(store.tellings(COPIES))) == 6
    assert agrees(store)


def test_a_copy_without_a_day_or_with_another_tells_the_same_event(store: SqliteStore) -> None:
    acts = "Norway attacked the southern border of Denmark.\nNorway attacked Denmark on Wednesday.\n"
    text = acts + prose("story", 12)
    for name, day, reliable in (("none", None, True), ("late", "2024-06-05", False), ("first", "2024-05-17", True)):
        store.keep([bundle(told(text, name, day, reliable=reliable))])
    assert store.counts().stories == 1
    by_day = {e.day: e.tellings for e in events(store)}
    assert by_day == {None: 3, "2024-05-15": 3}
    assert [(r.events, r.reports) for r in store.relation("Norway", "Denmark")] == [(1, 3)]
    keep(store, "Norway attacked Denmark on Wednesday.", published="2024-06-05")
    assert {e.day: e.tellings for e in events(store)} == {**by_day, "2024-06-05": 1}, "another story, another day"


def test_a_story_that_tells_of_two_days_has_two_events(store: SqliteStore) -> None:
    line = "Norway attacked Denmark on 2024-05-{} in the harbour of the old village by the sea.\n"
    text = line.format("13") + line.format("14") + prose("story", 12)
    store.keep([bundle(told(text, "a")), bundle(told(text, "b", "2024-05-16")), bundle(told(text, "c", None))])
    assert sorted((e.day or "", e.tellings) for e in events(store)) == [("2024-05-13", 3), ("2024-05-14", 3)]


def test_the_earliest_speaks_for_its_copies_whenever_it_came(store: SqliteStore) -> None:
    text = STORY + prose("story", 12)
    store.keep([bundle(told(text, "later", "2024-05-16"))])
    store.keep([bundle(told(text, "earlier", "2024-05-14"))])
    assert {s.report.locator for s in store.statements(Query())} == {"earlier"}
    assert {r.story for r in store.reports(Query())} == {"t" + store.report("earlier").key[1:]}
    order, _ = store.copies("later")
    assert [c.key for c in order] == [store.report("earlier").key, store.report("later").key]


def test_two_statements_of_one_report_stay_two(store: SqliteStore) -> None:
    line = "Per Lund said that every ship of the coast guard would leave the harbour before winter.\n"
    store.keep([bundle(told(line + line.replace("Per Lund", "Inger Dahl") + line + prose("x"), "a"))])
    assert store.counts().statements == 3


# --- anything at all


_NAMES = st.sampled_from(["Norway", "Denmark", "Iron Front", "Red Fist", "Per Lund"])
_DAYS = st.sampled_from(["", " on 2024-05-13", " on 2024-05-14", " on 2024-06-01", " on Monday"])
_ACT = st.builds(
    "{}{} {}{}{}{}".format,
    st.sampled_from(["", "", "Sweden said that ", "Sweden denied that "]), _NAMES,
    st.sampled_from(["attacked", "aided", "planned to have attacked"]),
    st.one_of(st.just(""), _NAMES.map(" {}".format)),
    _DAYS, st.sampled_from(["", " in Oslo", " in Bergen"]),
)  # fmt: skip
_REPORTS = st.lists(
    st.tuples(st.integers(0, 2), st.lists(_ACT, min_size=1, max_size=3),
              st.sampled_from(["2024-05-15", "2024-05-16", None]),
              st.booleans()),
    min_size=1, max_size=5)  # fmt: skip


@settings(max_examples=20)
@given(_REPORTS, st.integers(0, 4))
def test_what_is_counted_is_what_is_there(drawn: list[tuple[int, list[str], str | None, bool]], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "r.db", kit(), lambda: "2024-06-01T00:00:00Z")
        readings = [told(prose(f"topic{topic}", 10) + "\n" + "\n".join(acts), f"r{n}", day, reliable=reliable)
                    for n, (topic, acts, day, reliable) in enumerate(drawn)]  # fmt: skip
        store.keep([bundle(r) for r in readings[:size]])
        store.keep([bundle(r) for r in readings[size:]])
        assert store.check() == []
        assert agrees(store)
        store.close()
