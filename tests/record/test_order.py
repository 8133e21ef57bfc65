"""A record does not depend on the order in which reports were added, nor on how many at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.kit import kit
from dateline.model import Reading, Stance
from dateline.record.query import Find, Query
from dateline.record.sqlite import SqliteStore
from tests.factories import bundle, prose, told
from tests.record.conftest import Make
from tests.record.dump import Dump, differences, dump

RAID = "Norway attacked Denmark on 2024-05-13 in Oslo.\nRed Fist attacked Sweden.\n" + prose("raid")
REWORDED = RAID.replace("candle", "torch").replace("winter", "autumn").replace("Sweden.", "Sweden today.")
LUND = "Per Lund, prime minister of Norway, said on 2024-05-12 that Norway aided Sweden on 2024-05-10.\n"

REPORTS = (
    told(RAID, "raid", publisher="Aftonbladet", agency="NTB", title="A raid"),
    told(RAID, "raid-copy", "2024-05-16", publisher="Bladet"),
    told(REWORDED, "raid-reworded", "2024-05-14", publisher="Kuriren"),
    told(RAID[: RAID.rindex("The raid")], "raid-cut", None, publisher="Dagen"),
    told("Norway attacked Denmark on 2024-05-13.\n" + prose("talks"), "other-story", "2024-05-15", reliable=False),
    told("Norway attacked Denmark on 2024-05-13 in Bergen.\n" + prose("elsewhere"), "other-place"),
    told(LUND + prose("visit"), "lund-2024", "2024-05-13", publisher="Dagen"),
    told("Per Lund, former prime minister of Norway, said that Red Fist met Denmark on 2025-01-03.\n" + prose("later"),
         "lund-2025", "2025-01-04"),
    told("Per A. Lund denied on Monday that Iron Front attacked Denmark on 2024-05-13.\n" + prose("middle"),
         "lund-middle"),
    told("Per Lund accused Denmark on Tuesday.\n" + prose("unknown"), "lund-unknown", "2024-06-20"),
    told("Per Lund, prime minister of Sweden, said that Sweden met Norway on 2024-05-10.\n" + prose("swede"),
         "lund-sweden"),
    told("Lund, prime minister of Norway, said that Norway did not have attacked Denmark.\n" + prose("short"),
         "lund-alone"),
)  # fmt: skip


def kept(folder: Path, name: str, readings: Sequence[Reading], size: int = 100) -> Dump:
    """The dump of a new record to which these were added, so many at a time."""
    store = SqliteStore(folder / name, kit(), lambda: "2024-06-01T00:00:00Z")
    rest = iter(readings)
    while batch := list(islice(rest, size)):
        store.keep([bundle(r) for r in batch])
    assert store.check() == []
    found = dump(store)
    store.close()
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Dump:
    return kept(tmp_path_factory.mktemp("order"), "first.db", REPORTS)


@settings(max_examples=8)
@given(st.permutations(REPORTS), st.integers(1, 13))
def test_order_and_batches_do_not_show(expected: Dump, readings: Sequence[Reading], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert differences(expected, kept(Path(folder), "other.db", readings, size)) == {}


def test_the_set_tries_what_it_should(expected: Dump) -> None:
    stories = {row[-1] for row in expected["reports"]}
    assert len(stories) == len(REPORTS) - 3
    assert len(expected["copies"]) >= 3
    assert {row[4] for row in expected["lost"]} == set()


@settings(max_examples=8)
@given(st.lists(st.sampled_from(range(len(REPORTS))), min_size=1, max_size=6, unique=True), st.randoms())
def test_any_few_in_any_order(some: list[int], random: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        first = kept(at, "a.db", [REPORTS[n] for n in some], 1)
        assert differences(first, kept(at, "b.db", [REPORTS[n] for n in sorted(some)])) == {}
        assert differences(first, kept(at, "c.db", [REPORTS[n] for n in sorted(some, reverse=True)], 2)) == {}


def test_names_of_one_profile_do_not_depend_on_who_came_first(make: Make) -> None:
    one = told("Harbour Union attacked Denmark on Monday.\n" + prose("one"), "one")
    two = told("Harbour Union met Denmark on Monday.\n" + prose("two"), "two")
    stores = [make(), make()]
    stores[0].keep([bundle(one), bundle(two)])
    stores[1].keep([bundle(two)])
    stores[1].keep([bundle(one)])
    assert differences(dump(stores[0]), dump(stores[1])) == {}


def _shown(store: SqliteStore) -> list[object]:
    """What lists and searches give, in the order in which they give it."""
    copies, events = Query(copies=True), Query(find=Find.EVENTS)
    asked = [Query(words="attacked"), Query(), events, Query(stance=Stance.ASSERTS), Query(actor="Norway", copies=True)]
    entries: list[list[Any]] = [list(store.statements(copies)), list(store.tellings(copies))]
    entries.append(list(store.tellings(events)))
    entries += [[hit.entry for hit in store.search(query, 50).hits] for query in asked]
    sentences = [(e.report.key, e.sentence) for e in store.sentences(Query())]
    return [[(e.report.key, e.sentence, getattr(e, "key", None)) for e in several] for several in entries] + [
        sentences, [e.key for e in store.events(Query())], [a.key for a in store.actors(Query())]]  # fmt: skip


def test_lists_and_hits_do_not_tell_who_came_first(make: Make) -> None:
    stores = [make(), make()]
    stores[0].keep([bundle(r) for r in REPORTS])
    for reading in REPORTS[::-1]:
        stores[1].keep([bundle(reading)])
    assert _shown(stores[0]) == _shown(stores[1])


def test_projecting_everything_anew_changes_nothing(make: Make) -> None:
    store = make()
    store.keep([bundle(r) for r in REPORTS])
    before = dump(store)
    keys = [row[0] for row in before["reports"]]
    store.project(keys)
    assert differences(before, dump(store)) == {}
    store.project(keys[::-1][:5])
    assert differences(before, dump(store)) == {}
