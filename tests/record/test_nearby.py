"""Statements near some words, a sample of all, and what others say about an actor."""

from __future__ import annotations

from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from tests.factories import bundle, prose, told

LINES = (
    "Per Lund, premier of Norway, said that Sweden attacked Denmark.",
    "Inger Dahl, premier of Sweden, denied that Sweden attacked Denmark.\nInger Dahl said that Norway met Denmark.",
    "Åse Bø, premier of Denmark, said that Norway aided Denmark.",
    "Per Lund said that Norway met Sweden.\nÅse Bø denied that it was so.",
)


def keep(store: SqliteStore, *texts: str) -> None:
    store.keep([bundle(told(f"{text}\n{prose(f'topic{n}')}", f"r{n}", f"2024-05-{n + 1:02}"))
                for n, text in enumerate(texts)])  # fmt: skip


def test_statements_that_hold_the_words(store: SqliteStore) -> None:
    keep(store, *LINES)
    found, whole = store.saying(["attacked Denmark"], 100)
    assert whole
    told_by = [(s.speaker.name, s.stance) for s in found if s.speaker]
    assert told_by == [("Per Lund", "asserts"), ("Inger Dahl", "denies")]
    several, _ = store.saying(["attacked Denmark", "aided", "aided"], 100)
    assert len(several) == 3
    assert store.saying([], 100) == ([], True)


def test_a_denial_beside_what_is_found_comes_along(store: SqliteStore) -> None:
    keep(store, *LINES)
    found, _ = store.saying(["met Sweden"], 100)
    assert [s.stance for s in found] == ["asserts", "denies"]


def test_words_that_are_everywhere_are_passed_over(store: SqliteStore) -> None:
    keep(store, *LINES)
    found, whole = store.saying(["Denmark", "aided Denmark"], 2)
    assert not whole
    assert [s.speaker.name for s in found if s.speaker] == ["Åse Bø"]


def test_a_rejected_statement_is_in_no_answer(store: SqliteStore) -> None:
    keep(store, *LINES)
    denial = next(s for s in store.statements(Query(words="attacked")) if s.stance == "denies")
    store.correct("reject", denial.key, "Kari")
    assert [s.stance for s in store.saying(["attacked"], 100)[0]] == ["asserts"]
    assert store.statements_with([denial.key]) == []
    assert store.sample(100)[1] == 5


def test_a_sample_is_even_and_always_the_same(store: SqliteStore) -> None:
    keep(store, *LINES)
    every = [s.key for s in store.statements(Query(copies=True))]
    assert [s.key for s in store.sample(100)[0]] == every
    some, total = store.sample(3)
    assert (len(some), total) == (3, 6)
    assert store.sample(3) == (some, total)
    assert store.sample(0) == ([], 6)


def test_the_events_told_inside_statements(store: SqliteStore) -> None:
    keep(store, *LINES)
    statements = list(store.statements(Query(words="attacked", copies=True)))
    inside = store.told_inside(statements)
    assert {key: [t.type for t in events] for key, events in inside.items()} == {s.key: ["ASSAULT"] for s in statements}
    assert [s.key for s in store.statements_with(s.key for s in statements)] == [s.key for s in statements]


def test_what_others_say_about_an_actor(store: SqliteStore) -> None:
    keep(store, *LINES, "Inger Dahl, premier of Sweden, said that Per Lund met Norway.")
    lund = store.actor("Per Lund").key
    assert [(s.speaker.name, s.content_text) for s in store.mentioning(lund) if s.speaker] == [
        ("Inger Dahl", "Per Lund met Norway")]  # fmt: skip
    assert len(store.mentioning(store.actor("Denmark").key, 2)) == 2
    assert store.mentioning("a000000000000") == []
