"""What comes in: the same twice is nothing new, a corrected report is the next version, another text another report."""

from __future__ import annotations

import pytest

from dateline.errors import QueryError
from dateline.model import Reading
from dateline.record.entries import Added
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from tests.factories import bundle, prose, told
from tests.record.conftest import Make
from tests.record.dump import contents, differences, dump

TEXT = "Norway attacked Denmark on Monday in Oslo.\nPer Lund said that Norway aided Sweden.\n" + prose("raid")
LONGER = TEXT + "\nSweden accused Norway on Tuesday."
OTHER = "Sweden met Denmark on Monday.\n" + prose("talks")


def keep(store: SqliteStore, *readings: Reading) -> Added:
    return store.keep([bundle(r) for r in readings])


def test_the_same_report_twice_changes_nothing(store: SqliteStore) -> None:
    keep(store, told(TEXT, "a"), told(TEXT, "b", publisher="Dagen"), told(OTHER, "c"))
    before = contents(store)
    added = keep(store, told(OTHER, "c"), told(TEXT, "a"), told(TEXT, "b", publisher="Dagen"))
    assert (added.new, added.versions, added.same) == (0, 0, 3)
    assert contents(store) == before


def test_the_same_report_twice_in_one_batch_is_one(store: SqliteStore) -> None:
    added = keep(store, told(TEXT, "a"), told(TEXT, "a"))
    assert (added.new, added.same) == (1, 1)
    assert store.counts().reports == 1


@pytest.mark.parametrize("copy", [told(TEXT, "b"), told(TEXT, "b", publisher="Dagen"), told(TEXT, "b", "2024-05-16")])
def test_the_same_text_under_another_id_is_another_report_of_the_story(store: SqliteStore, copy: Reading) -> None:
    keep(store, told(TEXT, "a"), copy)
    counts = store.counts()
    assert (counts.reports, counts.stories) == (2, 1)
    assert (counts.events, counts.tellings, counts.statements, counts.told_statements) == (2, 4, 1, 2)


def test_a_longer_text_under_the_same_id_is_the_next_version(store: SqliteStore) -> None:
    [key] = keep(store, told(TEXT, "a")).keys
    first = store.reading(key)
    added = keep(store, told(LONGER, "a", "2024-05-16", title="Longer"))
    assert (added.new, added.versions, added.keys) == (0, 1, (key,))
    assert [v["version"] for v in store.versions(key)] == [1, 2]
    assert (store.text(key, 1), store.text(key, 2), store.text(key)) == (TEXT, LONGER, LONGER)
    assert store.reading(key, 1) == first
    assert store.reading(key)["text"] == LONGER
    entry = store.report(key)
    assert (entry.version, entry.title, entry.published) == (2, "Longer", "2024-05-16")
    assert [t.type for t in store.tellings(Query(type="ACCUSE"))] == ["ACCUSE"]
    assert store.counts().reports == 1
    with pytest.raises(QueryError, match="no version 3"):
        store.text(key, 3)


def test_the_rows_are_those_of_the_new_version(make: Make) -> None:
    once, twice = make(), make()
    keep(once, told(LONGER, "a"))
    keep(twice, told(TEXT, "a"))
    keep(twice, told(LONGER, "a"))
    there = differences(dump(once), dump(twice))
    assert set(there) == {"reports", "versions"}
    assert [row[2] for row in there["reports"][1]] == [2]


def test_what_only_the_old_version_told_is_gone(store: SqliteStore) -> None:
    keep(store, told(LONGER, "a"))
    keep(store, told(TEXT.replace("Per Lund", "Inger Dahl"), "a"))
    assert {a.name for a in store.actors(Query())} == {"Denmark", "Inger Dahl", "Norway", "Sweden"}
    assert store.counts().actors == 4
    with pytest.raises(QueryError):
        store.search(Query(actor="Per Lund"))
    assert list(store.tellings(Query(type="ACCUSE"))) == []
    assert store.search(Query(words="accused")).total == 0


def test_the_same_id_with_quite_another_text_is_another_report(store: SqliteStore) -> None:
    added = keep(store, told(TEXT, "a"), told(OTHER, "a"))
    assert added.new == 2
    assert len(set(added.keys)) == 2
    assert {store.text(key) for key in added.keys} == {TEXT, OTHER}
    assert keep(store, told(TEXT, "a"), told(OTHER, "a")).same == 2
    assert keep(store, told(OTHER + "\nSweden aided Norway.", "a")).versions == 1


def test_a_report_that_comes_back_to_an_earlier_text(store: SqliteStore) -> None:
    [key] = keep(store, told(TEXT, "a")).keys
    keep(store, told(LONGER, "a"))
    assert keep(store, told(TEXT, "a")).same == 1, "kept already: the folder of both is added again and again"
    again = keep(store, told(TEXT, "a", "2024-05-20"))
    assert (again.versions, again.keys) == (1, (key,))
    assert store.text(key) == TEXT
    assert list(store.tellings(Query(type="ACCUSE"))) == []


def test_a_text_changed_bit_by_bit_stays_one_report_when_it_returns(store: SqliteStore) -> None:
    lines = [prose(topic, 8) for topic in ("north", "south")]
    start, middle, end = lines[0], lines[0][: len(lines[0]) * 3 // 4] + "\n" + lines[1], lines[1]
    added = [keep(store, told(text, "a")) for text in (start, middle, end, start + "\nNorway met Sweden.")]
    assert [a.versions for a in added] == [0, 1, 1, 1]


def test_a_corrected_headline_is_a_version_and_not_another_report(store: SqliteStore) -> None:
    keep(store, told(TEXT, "a", title="Raid"))
    assert keep(store, told(TEXT, "a", title="Raid on Oslo")).versions == 1
    assert store.counts().reports == 1


def test_a_version_leaves_the_story_whose_words_it_no_longer_has(store: SqliteStore, make: Make) -> None:
    a, b = told(TEXT, "a"), told(TEXT, "b")
    half = TEXT.split("\n")[:5]
    changed = told("\n".join(half) + "\n" + prose("elsewhere", 30), "b")
    keep(store, a, b)
    assert store.counts().stories == 1
    assert keep(store, changed).versions == 1
    fresh = make()
    keep(fresh, a, changed)
    assert set(differences(dump(store), dump(fresh))) == {"reports", "versions"}


def test_unread_and_skipped_are_remembered(store: SqliteStore) -> None:
    store.note_skip("a.txt", "no text")
    store.note_skip("a.txt", "no text")
    store.note_skip("b.txt", "no text")
    status = store.status()
    assert status["skipped"] == {"count": 2, "reasons": {"no text": 2}}
