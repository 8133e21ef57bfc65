"""What every store must do: one suite for the protocol ``Store``. A new store adds one line to ``STORES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from dateline.errors import CorrectionError, QueryError, RecordError
from dateline.kit import kit
from dateline.record.bundles import fingerprint
from dateline.record.entries import Entry, SentenceEntry, StatementEntry, TellingEntry
from dateline.record.frozen import Frozen
from dateline.record.query import Find, Judged, Query
from dateline.record.sqlite import SqliteStore
from dateline.record.store import Store
from tests.factories import bundle, prose, read_again, report, told

Open = Callable[[], Store]


def _sqlite(folder: Path) -> Store:
    return SqliteStore(folder / "record.db", kit(), lambda: "2024-06-01T00:00:00Z")


STORES: dict[str, Callable[[Path], Store]] = {"sqlite": _sqlite}

RAID = "Norway attacked Denmark on Monday in Oslo.\n" + (
    "Per Lund, prime minister of Norway, said that Norway aided Sweden on 2024-05-10.\n" + prose("raid")
)
TALKS = "Sweden met Denmark on 2024-05-20.\n" + prose("talks")
A = told(RAID, "a", publisher="Dagen")
COPY = told(RAID, "b", "2024-05-16", agency="NTB")
B = told(TALKS, "c", "2024-05-21")


@pytest.fixture(params=sorted(STORES))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """opened() -> one more handle of the same record."""
    handles: list[Store] = []

    def one() -> Store:
        handles.append(STORES[request.param](tmp_path))
        return handles[-1]

    yield one
    for store in handles:
        store.close()


@pytest.fixture
def store(opened: Open) -> Iterator[Store]:
    made = opened()
    yield made
    assert made.check() == []


@pytest.fixture
def full(store: Store) -> Store:
    store.keep([bundle(A), bundle(COPY), bundle(B)])
    return store


# --- keeping


def test_an_empty_record_answers(store: Store) -> None:
    assert store.counts().reports == 0
    assert store.search(Query(words="harbour")).hits == ()
    assert not any(store.reports(Query()))
    assert not any(store.actors(Query()))
    assert not any(store.exposure())
    assert not any(store.first_told())
    assert not any(store.frozen())
    assert store.report_days() == (None, None)
    assert store.status()["counts"]["reports"] == 0


def test_what_is_kept_is_known_and_kept_once(store: Store) -> None:
    prints = [fingerprint(A.report), fingerprint(B.report)]
    assert store.known(prints) == set()
    added = store.keep([bundle(A)])
    assert (added.new, added.same, len(added.keys)) == (1, 0, 1)
    assert store.known(prints) == {prints[0]}
    again = store.keep([bundle(A), bundle(B)])
    assert (again.new, again.same) == (1, 1)
    assert store.counts().reports == 2


def test_a_bundle_that_cannot_be_kept_leaves_nothing_of_its_batch(store: Store) -> None:
    wrong = replace(bundle(B), text=None)  # type: ignore[arg-type]
    with pytest.raises(Exception):  # noqa: B017, PT011
        store.keep([bundle(A), wrong])
    assert store.counts().reports == 0
    assert store.keep([bundle(A)]).new == 1


def test_versions_are_numbered_and_readable(full: Store) -> None:
    longer = RAID + "\nSweden accused Norway."
    added = full.keep([bundle(told(longer, "a", publisher="Dagen"))])
    [key] = added.keys
    assert added.versions == 1
    assert [v["version"] for v in full.versions(key)] == [1, 2]
    assert (full.text(key), full.text(key, 1)) == (longer, RAID)
    assert full.reading(key, 1)["text"] == RAID
    assert full.report(key).version == full.report("a").version == 2
    assert [r.key for r in full.reports(Query())].count(key) == 1


def test_readings_are_replaced_only_where_they_differ(full: Store) -> None:
    key = full.report("a").key
    assert full.replace([(key, bundle(A))]) == []
    assert full.replace([(key, bundle(told("More.\n" + RAID, "a", publisher="Dagen")))]) == [key]
    assert full.text(key).startswith("More.")
    assert full.replace([("r0", bundle(A))]) == []
    before = full.counts()
    full.project([key])
    assert full.counts() == before


def test_origins_give_back_what_came_in(full: Store) -> None:
    kept = list(full.origins())
    assert [(k.locator, k.raw, k.raw_kind, k.source) for k in kept[:1]] == [("a", RAID.encode(), "text", "a.txt")]
    assert len(kept) == 3
    assert [k.locator for k in full.origins(Query(publisher="Dagen"))] == ["a"]


def test_skips_are_remembered_once(store: Store) -> None:
    for _ in range(2):
        store.note_skip("x.pdf", "no reader")
    assert store.status()["skipped"] == {"count": 1, "reasons": {"no reader": 1}}


# --- asking


def test_counts_are_three(full: Store) -> None:
    counts = full.counts()
    assert (counts.reports, counts.stories, counts.statements, counts.events) == (3, 2, 1, 3)
    assert (counts.told_statements, counts.tellings) == (2, 5)
    assert next(iter(full.status())) == "counts"
    assert full.status()["counts"]["stories"] == 2


def test_lists_search_and_counts_agree(full: Store) -> None:
    query = Query(find=Find.EVENTS, actor="Norway")
    tellings = list(full.tellings(query))
    assert {h.entry.id for h in full.search(query).hits} == {t.id for t in tellings}
    assert full.counts(query).events == len(tellings) == len(list(full.events(query))) == 2
    assert {r.key for r in full.reports(query)} == {full.report("a").key, full.report("b").key}
    assert len(list(full.tellings(Query(find=Find.EVENTS, actor="Norway", copies=True)))) == 4


def test_entries_open_to_their_words(full: Store) -> None:
    entries: list[Entry] = [*full.tellings(Query()), *full.statements(Query()), *full.sentences(Query())]
    for entry in entries:
        text = full.text(entry.report.key)
        assert text[slice(*entry.sentence)] == entry.text
        if isinstance(entry, TellingEntry):
            assert text[slice(*entry.span)] == entry.words
        if isinstance(entry, StatementEntry):
            assert " ".join(text[slice(*s)] for s in entry.content) == entry.content_text


def test_lists_are_in_the_order_of_days(full: Store) -> None:
    days = [str(t.day) for t in full.tellings(Query(copies=True))]
    assert days == sorted(days)
    reports = [str(r.day) for r in full.reports(Query())]
    assert reports == sorted(reports)


def test_pages_hold_each_match_once(full: Store) -> None:
    query, seen, cursor = Query(words="the"), [], None
    while True:
        hits = full.search(query, 2, cursor)
        seen += [h.entry.id for h in hits.hits]
        cursor = hits.cursor
        if not hits.more:
            break
    assert len(seen) == len(set(seen)) == 12
    assert isinstance(full.search(query, 1).hits[0].entry, SentenceEntry)


def test_the_story_tells_who_copied(full: Store) -> None:
    order, credit = full.copies("b")
    assert [c.key for c in order] == [full.report("a").key, full.report("b").key]
    assert (order[0].source, order[1].source, credit) == (None, order[0].key, "NTB")


def test_actors_and_relations(full: Store) -> None:
    actor = full.actor("Per Lund")
    assert (actor.reports, actor.statements, actor.country) == (2, 1, "NOR")
    assert full.actor(actor.key) == actor
    assert {a.name for a in full.actors(Query())} == {"Norway", "Denmark", "Sweden", "Per Lund"}
    assert {a.name for a in full.actors(Query(words="met"))} == {"Denmark", "Sweden"}
    [month] = full.relation("Norway", "Denmark")
    assert (month.period, month.voice, month.events, month.reports, month.stories) == ("2024-05-01", "own", 1, 2, 1)
    assert [(e.events, e.reports, e.stories) for e in full.exposure()] == [(2, 3, 2)]
    assert [e.period for e in full.exposure("week")] == ["2024-05-13", "2024-05-20"]


@pytest.mark.parametrize("ask", [
    lambda s: s.text("r0"), lambda s: s.reading("a", 7), lambda s: s.report("nothing"), lambda s: s.actor("Nobody"),
    lambda s: s.search(Query(actor="Nobody")), lambda s: s.copies("r0"), lambda s: s.versions("r0"),
    lambda s: list(s.relation("Nobody", "Norway")), lambda s: s.search(Query(), 5, "nonsense"),
    lambda s: list(s.tellings(Query(act="say"))), lambda s: s.counts(Query(story="t0")),
    lambda s: s.save_search("", Query()),
])  # fmt: skip
def test_what_is_not_there_is_a_query_error(full: Store, ask: Callable[[Store], object]) -> None:
    with pytest.raises(QueryError):
        ask(full)


# --- correcting


def test_corrections_hold_and_are_undone(full: Store) -> None:
    one = next(t for t in full.tellings(Query(copies=True)) if t.report.locator == "c")
    made = full.correct("reject", one.key, "Kari", "never took place")
    assert list(full.tellings(Query(type="CONSULT"))) == []
    assert [t.key for t in full.tellings(Query(judged=Judged.REJECTED, find=Find.EVENTS))] == [one.key]
    assert [(c.who, c.why, c.undone) for c in full.corrections(one.key)] == [("Kari", "never took place", False)]
    full.keep([bundle(told(TALKS + "\nMore.", "c", "2024-05-21"))])
    assert list(full.tellings(Query(type="CONSULT"))) == []
    full.undo(made.id, "Ola")
    assert [t.key for t in full.tellings(Query(type="CONSULT"))] == [one.key]
    with pytest.raises(CorrectionError):
        full.undo(made.id, "Ola")
    with pytest.raises(CorrectionError):
        full.correct("reject", "e0", "Kari")
    assert [c.action for c in full.corrections()] == ["reject", "undo"]


def test_a_corrected_date_leaves_the_reading_alone(full: Store) -> None:
    key = full.report("a").key
    before = full.reading(key)
    made = full.correct("edit", key, "Kari", None, "date", "2024-05-22")
    assert full.redate([(key, bundle(read_again(report(RAID, "a", "2024-05-22"))))]) == [key]
    assert [t.day for t in full.tellings(Query(report=key, type="ASSAULT"))] == ["2024-05-20"]
    assert full.reading(key) == before
    full.undo(made.id, "Kari")
    assert [t.day for t in full.tellings(Query(report=key, type="ASSAULT"))] == ["2024-05-13"]
    assert full.redate([(key, bundle(read_again(report(RAID, "a", "2024-05-22"))))]) == []


def test_actors_are_merged_and_parted(full: Store) -> None:
    made = full.correct("merge", ["Per Lund", "Sweden"], "Kari")
    assert full.actor("Per Lund") == full.actor("Sweden")
    full.undo(made.id, "Kari")
    assert full.actor("Per Lund") != full.actor("Sweden")


# --- frozen forecasts


def outlook(target: str = "DNK", high: float = 2.0) -> Frozen:
    row = {"source": "NOR", "target": target, "quad": 4, "week": "2024-05-27", "horizon": 1, "q05": 0.0, "q95": high}
    return Frozen("NOR", target, "2024-05-27", "2024-05-26", "pooled", "f00d", (row,), {"all weeks": [[0.0, 1.5]]})


def test_a_forecast_is_frozen_once_and_stays_as_it_was(store: Store) -> None:
    first = store.freeze(outlook())
    assert first.sound
    assert first.made == "2024-06-01T00:00:00Z"
    assert replace(first, made="") == outlook()
    assert store.freeze(outlook()) == first
    # the same forecast from other data is the same: what was kept first stays
    assert store.freeze(replace(outlook(), data="beef", method="boosted")) == first
    assert list(store.frozen()) == [first]
    second = store.freeze(outlook(high=3.0))
    assert second.sha256 != first.sha256
    assert {f.sha256 for f in store.frozen("NOR", "DNK")} == {first.sha256, second.sha256}


def test_frozen_forecasts_of_a_pair(store: Store) -> None:
    for target in ("SWE", "DNK"):
        store.freeze(outlook(target))
    assert [f.target for f in store.frozen("NOR")] == ["DNK", "SWE"]
    assert [f.target for f in store.frozen("NOR", "SWE")] == ["SWE"]
    assert list(store.frozen("SWE", "NOR")) == []


def test_when_an_event_was_first_told_and_when_reports_are_of(full: Store) -> None:
    told_on = dict(full.first_told())
    assert sorted(told_on[row.event] for row in full.event_rows()) == ["2024-05-15", "2024-05-21"]
    assert full.report_days() == ("2024-05-15", "2024-05-21")


# --- saved searches, and the store itself


def test_a_folio_is_kept_once_and_never_changes(store: Store) -> None:
    first = store.keep_folio("result", "The raid", {"keys": ["s1", "e2"], "counts": {"reports": 2}}, "mia")
    assert (first.title, first.who, first.made, first.sound) == ("The raid", "mia", "2024-06-01T00:00:00Z", True)
    again = store.keep_folio("result", "Another name", {"counts": {"reports": 2}, "keys": ["s1", "e2"]}, "ole")
    assert again == first == store.folio(first.key)
    other = store.keep_folio("result", "The raid", {"keys": ["e2", "s1"], "counts": {"reports": 2}}, "mia")
    assert other.key != first.key
    assert store.keep_folio("brief", "The raid", first.body, "mia").key != first.key
    with pytest.raises(QueryError, match="only a folio's own body gives"):
        store.keep_folio("result", "The raid", {}, "mia", first.key)
    assert store.folio(first.key) == first
    assert sorted(folio.key for folio in store.folios("result")) == sorted([first.key, other.key])


def test_a_folio_with_a_key_is_replaced_and_dropped(store: Store) -> None:
    store.keep_folio("brief", "A", {"keys": []}, "mia", "b1")
    kept = store.keep_folio("brief", "B \udcf8", {"keys": ["s1"]}, "ole", "b1")
    assert list(store.folios("brief")) == [kept]
    assert kept.body == {"keys": ["s1"]}
    assert kept.title == "B \ufffd"
    with pytest.raises(QueryError, match="the key of a brief"):
        store.keep_folio("result", "A", {}, "mia", "b1")
    assert store.drop_folio("b1")
    assert not store.drop_folio("b1")
    assert list(store.folios("brief")) == []
    with pytest.raises(QueryError, match="nothing is kept under 'b1'"):
        store.folio("b1")


@pytest.mark.parametrize("query", [
    Query(find=Find.EVENTS), Query(find=Find.STATEMENTS), Query(words="attacked"),
    Query(find=Find.EVENTS, copies=True), Query(find=Find.EVENTS, since="2024-05-15"),
])  # fmt: skip
def test_facets_tell_how_many_a_narrower_query_finds(full: Store, query: Query) -> None:
    found = full.facets(query)
    counts = full.counts(query)
    once = {Find.EVENTS: counts.events, Find.STATEMENTS: counts.statements}.get(query.find or Find.SENTENCES)
    total = counts.tellings if query.copies else counts.sentences if once is None else once
    assert found.total == total
    assert {facet.name for facet in found.facets} >= {"actor", "kind", "reliable"}
    for facet in found.facets:
        assert [v.count for v in facet.values] == sorted((v.count for v in facet.values), reverse=True)
        for value in facet.values:
            asked = True if facet.name == "reliable" else value.value
            narrower = full.counts(Query.of({**query.as_json(), facet.name: asked}))
            told_ = narrower.tellings if query.copies else narrower.events or narrower.statements or narrower.sentences
            assert value.count == told_, (facet.name, value)


def test_saved_searches(store: Store) -> None:
    query = Query(words="grain", copies=True)
    store.save_search("grain", query)
    assert store.saved_searches() == {"grain": query}
    assert store.forget_search("grain")
    assert not store.forget_search("grain")


def test_another_handle_sees_what_was_kept(store: Store, opened: Open) -> None:
    other = opened()
    store.keep([bundle(A)])
    assert other.counts().reports == 1
    assert other.keep([bundle(A)]).same == 1


def test_a_list_is_one_state_of_the_record(full: Store, opened: Open) -> None:
    lines = full.sentences(Query())
    first = next(lines)
    opened().keep([bundle(told("Sweden aided Norway.\n" + prose("new"), "d", "2024-05-30"))])
    assert len([first, *lines]) == 23
    assert len(list(full.sentences(Query()))) == 30


def test_two_threads_write_and_nothing_is_lost(store: Store, opened: Open) -> None:
    def add(to: Store, name: str) -> None:
        for n in range(5):
            to.keep([bundle(told(prose(f"{name}{n}"), f"{name}{n}"))])

    threads = [Thread(target=add, args=(to, name)) for to, name in ((store, "x"), (store, "y"), (opened(), "z"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.counts().reports == 15


def test_a_backup_holds_what_was_kept(full: Store, tmp_path: Path) -> None:
    full.require_writable()
    full.backup(tmp_path / "backup.db")
    assert (tmp_path / "backup.db").stat().st_size > 0
    assert full.file is None or full.file.exists()


def test_a_closed_store_says_so(opened: Open) -> None:
    store = opened()
    store.close()
    with pytest.raises(RecordError):
        store.counts()


def test_a_report_with_all_that_is_in_it(full: Store) -> None:
    key = full.report("a").key
    inside = full.inside(key)
    assert inside.report == full.report(key)
    assert (inside.text, inside.reading) == (full.text(key), full.reading(key))
    assert (inside.redated, inside.in_story) == (False, len(full.copies(key)[0]))
    assert inside.cast.keys() == {a["id"] for a in inside.reading["actors"]}
    last = len(inside.sentences) - 1
    statements, tellings = full.inside_between(key, 0, last)
    whole = Query(report=key, copies=True)
    assert sorted(statements, key=lambda s: s.key) == sorted(full.statements(whole), key=lambda s: s.key)
    assert sorted(tellings, key=lambda t: t.key) == sorted(full.tellings(whole), key=lambda t: t.key)
    assert tellings
    for entry in tellings:
        number = full.sentence_of(key, entry.key)
        assert number is not None
        assert inside.sentences[number] == entry.sentence
        assert entry in full.inside_between(key, number, number)[1]
    assert full.sentence_of(key, "s0") is None
    assert full.inside_between(key, last + 1, last + 9) == ([], [])
    full.correct("reject", tellings[0].key, "anna")
    assert full.inside_between(key, 0, last)[1][0].judged == "rejected"
    full.correct("edit", key, "anna", None, "date", "2024-01-02")
    assert full.inside(key).report.published == "2024-01-02"
    with pytest.raises(QueryError):
        full.inside("r0")


def test_the_log_of_corrections_is_cut_into_pages(full: Store) -> None:
    event = next(full.tellings(Query(report="a")))
    for who in ("anna", "bo", "anna"):
        full.correct("accept", event.key, who)
    full.undo(2, "bo")
    full.correct("edit", event.report.key, "bo", None, "date", "2024-01-02")
    assert list(full.log()) == list(full.corrections())[::-1]
    assert [c.id for c in full.log(limit=2)] == [5, 4]
    assert [c.id for c in full.log(before=4, limit=2)] == [3, 2]
    assert [c.id for c in full.log(who="anna")] == [3, 1]
    assert [c.id for c in full.log(who="bo", before=5)] == [4, 2]
    assert [c.id for c in full.log(report=event.key)] == [4, 3, 2, 1]
    assert [c.id for c in full.log(report=event.report.key)] == [5, 4, 3, 2, 1]
    assert [c.undone for c in full.log(report=event.key)] == [False, False, True, False]
    assert list(full.log(who="nobody")) == []
