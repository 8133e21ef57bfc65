"""Search, lists and counts: the same filters find the same, and what a plain look through the rows finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import QueryError
from dateline.kit import kit
from dateline.record.entries import Entry, Hit, SentenceEntry, StatementEntry, TellingEntry
from dateline.record.query import Find, Query
from dateline.record.sqlite import SqliteStore, paging
from dateline.record.sqlite.searching import WINDOW
from tests.factories import bundle, prose, told

RAID = ("Norway attacked Denmark on 2024-05-13 in Oslo.\n"
        "Per Lund, prime minister of Norway, said on 2024-05-12 that Norway aided Sweden on 2024-05-10.\n")  # fmt: skip
TALKS = "Sweden denied that Iron Front attacked Denmark on 2024-05-13.\nSweden met Denmark.\n"
READINGS = (
    told(RAID + prose("raid"), "raid", publisher="Dagen", agency="NTB"),
    told(RAID + prose("raid"), "raid-copy", "2024-05-16", publisher="Bladet"),
    told(TALKS + prose("talks"), "talks", "2024-06-02", publisher="Dagen Norr"),
    told(TALKS + prose("unsure"), "unsure", "2024-06-03", publisher="Bladet", reliable=False),
    told("Red Fist planned to have attacked Sweden on 2024-06-20.\n" + prose("undated"), "undated", None),
    told("Norway attacked Denmark on 2024-05-13.\nDenmark demanded that Norway met Sweden.\nPer Lund accused Denmark.\n"
         + prose("late"),
         "late", "2024-07-01"),
)  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Six reports in five stories, some entries judged by a person."""
    path = tmp_path_factory.mktemp("search") / "r.db"
    store = SqliteStore(path, kit(), lambda: "2024-07-02T00:00:00Z")
    # by a crooked way: earlier versions, a later reading, a correction taken back, a merge undone
    store.keep([bundle(told("Sweden aided Norway.\n" + READINGS[5].text, "late")), bundle(told(TALKS, "talks", None))])
    store.keep([bundle(r) for r in READINGS])
    store.replace([(store.report("raid").key, bundle(told("Red Fist met Norway.\n" + RAID, "raid")))])
    store.replace([(store.report("raid").key, bundle(READINGS[0]))])
    store.undo(store.correct("edit", store.report("late").key, "Kari", None, "date", "2023-01-01").id, "Kari")
    store.undo(store.correct("merge", ["Sweden", "Red Fist"], "Kari").id, "Kari")
    by_report = {(t.report.locator, t.type): t.key for t in store.tellings(Query(copies=True, find=Find.EVENTS))}
    store.correct("reject", by_report["late", "CONSULT"], "Kari")
    store.correct("accept", by_report["raid", "ASSAULT"], "Kari")
    store.correct("edit", by_report["talks", "ASSAULT"], "Kari", None, "reality", "possible")
    rejected = next(s for s in store.statements(Query(copies=True)) if s.report.locator == "unsure")
    store.correct("reject", rejected.key, "Kari")
    yield store
    assert store.check() == []
    store.close()


def _listers(store: SqliteStore) -> dict[Find, Any]:
    return {Find.SENTENCES: store.sentences, Find.STATEMENTS: store.statements, Find.EVENTS: store.tellings}


def everything(store: SqliteStore, find: Find) -> list[Any]:
    lister = _listers(store)[find]
    found = list(lister(Query(find=find, copies=True)))
    if find is not Find.SENTENCES:
        found += lister(Query.of({"find": find, "copies": True, "judged": "rejected"}))
    return found


def pages(store: SqliteStore, query: Query, limit: int = 7) -> list[Hit]:
    found: list[Hit] = []
    cursor = None
    while True:
        hits = store.search(query, limit, cursor)
        assert len(hits.hits) <= limit
        assert hits.more == (hits.cursor is not None)
        found += hits.hits
        cursor = hits.cursor
        if cursor is None:
            return found


# --- a plain look through the rows


NAMES = ("Norway", "Denmark", "Sweden", "Iron Front", "Red Fist", "Per Lund")
COUNTRIES = {"Norway": "NOR", "Denmark": "DNK", "Sweden": "SWE"}


def _who(entry: Entry, side: str) -> set[tuple[str, str | None, str]]:
    """Names, states and kinds of the actors on a side."""
    if isinstance(entry, StatementEntry):
        refs = [entry.speaker] if side in ("source", "actor") else []
        refs += [entry.addressee] if side == "actor" else []
    elif isinstance(entry, TellingEntry):
        refs = [*(entry.source if side != "target" else ()), *(entry.target if side != "source" else ())]
    else:
        kinds = {"Norway": "state", "Denmark": "state", "Sweden": "state", "Per Lund": "person"}
        states = COUNTRIES | {"Iron Front": "NOR", "Per Lund": "NOR"}
        return {(n, states.get(n), kinds.get(n, "group")) for n in NAMES if n in entry.text}
    return {(r.name, r.country, r.kind) for r in refs if r}


def _named(entry: Entry, side: str, asked: str) -> bool:
    there = _who(entry, side)
    code = COUNTRIES.get(asked, asked if asked in COUNTRIES.values() else None)
    return any((country == code) if code else (name == asked) for name, country, _ in there)


def _day(entry: Entry) -> str | None:
    if isinstance(entry, TellingEntry):
        return entry.day
    return (entry.day if isinstance(entry, StatementEntry) else None) or entry.report.day


def matches(entry: Entry, query: Query) -> bool:
    """What the filters promise, each by itself."""
    judged = getattr(entry, "judged", None)
    words = {w.strip(".,").casefold() for w in entry.text.split()}
    plain = {"publisher": entry.report.publisher, "agency": entry.report.agency}
    reliable = entry.reliable if isinstance(entry, TellingEntry) else entry.report.reliable
    asked = [
        query.words is None or all(w.casefold() in words for w in query.words.split()),
        judged == query.judged if query.judged else judged != "rejected",
        not query.reliable or reliable,
        query.report is None or entry.report.key == query.report,
        query.story is None or entry.report.story == query.story,
        query.country is None or any(c == query.country for _, c, _ in _who(entry, "actor")),
        query.kind is None or any(k == query.kind for _, _, k in _who(entry, "actor")),
        query.since is None or (_day(entry) or "") >= query.since,
        query.until is None or (_day(entry) or "9") <= query.until,
    ]
    asked += [_named(entry, side, name) for side in ("actor", "source", "target") if (name := getattr(query, side))]
    asked += [(plain[name] or "").casefold() == value.casefold() for name in plain if (value := getattr(query, name))]
    asked += [getattr(entry, name) == value for name in ("act", "stance", "sourcing", "form", "type", "quad", "reality")
              if (value := getattr(query, name))]  # fmt: skip
    if query.voice:
        asked.append((getattr(entry, "said_by", None) is None) == (query.voice == "own"))
    return all(asked)


_ACTOR = st.sampled_from([*NAMES, "NOR", "SWE"])
_COMMON: dict[str, st.SearchStrategy[Any]] = {
    "words": st.sampled_from(["attacked", "harbour", "Sweden", "that Norway", "lighthouse copper"]),
    "actor": _ACTOR, "country": st.sampled_from(["NOR", "DNK", "SWE"]),
    "kind": st.sampled_from(["state", "person", "group"]),
    "since": st.sampled_from(["2024-05-10", "2024-05-14", "2024-06-03"]),
    "until": st.sampled_from(["2024-05-13", "2024-06-02", "2024-12-31"]),
    "publisher": st.sampled_from(["Dagen", "bladet", "Dagen Norr"]), "agency": st.just("NTB"),
    "reliable": st.just(True),
}  # fmt: skip
_STATEMENTS = {
    "source": _ACTOR, "act": st.sampled_from(["say", "deny", "demand"]),
    "stance": st.sampled_from(["asserts", "denies"]),
    "sourcing": st.just("named"), "form": st.just("indirect"), "judged": st.sampled_from(["rejected", "accepted"]),
}  # fmt: skip
_EVENTS = {
    "source": _ACTOR, "target": _ACTOR, "type": st.sampled_from(["ASSAULT", "aid", "CONSULT"]),
    "quad": st.sampled_from(["material_conflict", "verbal_cooperation"]),
    "reality": st.sampled_from(["happened", "planned", "denied", "possible"]),
    "voice": st.sampled_from(["own", "said"]),
    "judged": st.sampled_from(["accepted", "edited", "rejected"]),
}  # fmt: skip


def _asked(find: str, more: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    # few filters at a time: with all of them nothing is ever found
    names = st.lists(st.sampled_from(sorted(_COMMON | more)), max_size=3, unique=True)
    drawn = names.flatmap(lambda some: st.fixed_dictionaries({n: (_COMMON | more)[n] for n in some}))
    return st.tuples(drawn, st.booleans()).map(lambda d: {**d[0], "find": find, "copies": d[1]})


_QUERIES = st.one_of(_asked("sentences", {}), _asked("statements", _STATEMENTS), _asked("events", _EVENTS))


@settings(max_examples=150)
@given(asked=_QUERIES)
def test_all_ways_to_ask_agree_with_a_plain_look(small: SqliteStore, asked: dict[str, Any]) -> None:
    query = Query.of(asked)
    assert query.find is not None
    lister = _listers(small)[query.find]
    expected = [e for e in everything(small, query.find) if matches(e, query)]
    listed = list(lister(query))
    every = list(lister(Query.of({**asked, "copies": True})))
    found = [h.entry for h in pages(small, query)]
    counts = small.counts(query)

    assert {e.id for e in every} == {e.id for e in expected}
    assert len(every) == len(expected)
    days = [getattr(e, "day", None) or e.report.day or "" for e in every]
    assert days == sorted(days)
    if query.find is not Find.SENTENCES:
        assert sorted(e.id for e in found) == sorted(e.id for e in listed)
    if query.copies:
        assert {e.id for e in found} == {e.id for e in expected}
    assert {e.id for e in listed} <= {e.id for e in expected}
    assert counts.reports == len({e.report.key for e in expected})
    assert counts.stories == len({e.report.story for e in expected})
    if query.find is Find.EVENTS:
        assert (counts.tellings, counts.events) == (len(expected), len({e.event for e in expected}))
        assert len({e.event for e in listed}) == counts.events
        assert {e.key for e in small.events(query)} == {e.event for e in expected}
        assert query.copies or len(listed) == counts.events
    elif query.find is Find.STATEMENTS:
        assert counts.told_statements == len(expected)
        assert query.copies or len(listed) == counts.statements
    else:
        assert counts.sentences == len(expected)
    assert {r.key for r in small.reports(query)} == {e.report.key for e in expected}
    assert {k.key for k in small.origins(query)} == {e.report.key for e in expected}


# --- words


@pytest.mark.parametrize("then", [(), (1,), (99,)])
@pytest.mark.parametrize("gathered", [0, 99])
@pytest.mark.parametrize("asked", [
    {"type": "ASSAULT"}, {"find": "events"}, {"words": "Norway", "find": "events"}, {"words": "Denmark"},
    {"find": "statements", "actor": "NOR"}, {"since": "2024-05-11", "find": "events"}, {"reality": "planned"},
])  # fmt: skip
def test_reports_that_hold_a_match_are_the_same_whatever_way_they_are_found(
    small: SqliteStore, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], gathered: int, then: tuple[int, ...]
) -> None:
    query = Query.of(asked)
    expected = list(small.reports(query))
    assert expected
    for name, value in (("_FEW", 0), ("_AT_FIRST", 1), ("_THEN", then), ("_GATHERED", gathered)):
        monkeypatch.setattr(paging, name, value)
    found, cursor = small.reports_page(query, 1)
    while cursor:
        more, cursor = small.reports_page(query, 1, cursor)
        found += more
    assert found == expected
    assert small.reports_page(query, 99)[0] == expected


@pytest.mark.parametrize(("words", "found"), [
    ("attacked", 6), ("ATTACKED", 6), ("attack", 6), ("attacked oslo", 2), ('"attacked denmark"', 5),
    ('"denmark attacked"', 0), ("attac*", 6), ("attacked -oslo", 4), ("oslo OR 2024-06-20", 3),
    ('attacked -"Iron Front"', 4), ("", None), ("?!", None), ("lighthouse zebra", 0),
])  # fmt: skip
def test_words(small: SqliteStore, words: str, found: int | None) -> None:
    query = Query(words=words, copies=True)
    if found is None:
        assert len(pages(small, query)) == len(everything(small, Find.SENTENCES))
        return
    entries = [h.entry for h in pages(small, query)]
    assert len(entries) == found
    assert all(isinstance(e, SentenceEntry) for e in entries)


def test_only_words_to_leave_out_is_an_error(small: SqliteStore) -> None:
    with pytest.raises(QueryError, match="give one that must be there"):
        small.search(Query(words="-attacked"))


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_no_words_break_the_search(small: SqliteStore, words: str) -> None:
    with suppress(QueryError):  # where all words are to be left out
        assert small.search(Query(words=words)).hits is not None


def test_hits_are_ranked_and_have_their_neighbours(small: SqliteStore) -> None:
    hits = small.search(Query(words="Norway attacked Denmark")).hits
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    first = hits[0]
    assert first.before is None
    assert first.after is not None
    assert first.entry.text.startswith("Norway attacked Denmark")


def test_copies_are_shown_once_by_the_earliest_with_their_number(small: SqliteStore) -> None:
    [hit] = small.search(Query(words="oslo")).hits
    assert (hit.entry.report.locator, hit.copies) == ("raid", 1)
    [event] = small.search(Query.of({"type": "ASSAULT", "voice": "own", "reality": "happened", "words": "oslo"})).hits
    assert event.entry.report.locator == "raid"
    [said] = small.search(Query(act="say")).hits
    assert (said.entry.report.locator, said.copies) == ("raid", 1)
    assert len(small.search(Query(act="say", copies=True)).hits) == 2


# --- filters


def test_filters_choose_what_is_looked_for(small: SqliteStore) -> None:
    assert isinstance(small.search(Query(type="AID")).hits[0].entry, TellingEntry)
    assert isinstance(small.search(Query(act="deny")).hits[0].entry, StatementEntry)
    assert isinstance(small.search(Query(source="Per Lund")).hits[0].entry, StatementEntry)
    assert isinstance(small.search(Query(actor="Norway")).hits[0].entry, SentenceEntry)
    assert [s.speaker.name for s in small.statements(Query(role="prime minister")) if s.speaker] == ["Per Lund"]
    assert [s.speaker.name for s in small.statements(Query(role="minister")) if s.speaker] == ["Per Lund"]


@pytest.mark.parametrize(("asked", "says"), [
    ({"act": "say", "type": "AID"}, "ask for one of them"), ({"find": "sentences", "type": "AID"}, "have none"),
    ({"find": "events", "act": "say"}, "have none"), ({"find": "statements", "target": "Norway"}, "have none"),
    ({"actor": "Norge"}, "no actor called"), ({"actor": "Pet Lund"}, "did you mean Per Lund"),
    ({"source": "Atlantis"}, "no actor called"), ({"publisher": "Dager"}, "did you mean Dagen"),
    ({"agency": "TASS"}, "nothing of 'TASS'"), ({"role": "prime ministre"}, "did you mean prime minister"),
    ({"country": "Atlantis"}, "is no country"), ({"story": "t0"}, "no story"), ({"report": "r0"}, "no report"),
    ({"type": "WAR"}, "none of"), ({"quad": "war"}, "none of"), ({"reality": "maybe"}, "none of"),
    ({"since": "Monday"}, "no day"), ({"colour": "red"}, "no such filter"),
    ({"reliable": "yes"}, "neither true nor false"),
    ({"words": 3}, "no text"),
])  # fmt: skip
def test_what_makes_no_sense_is_told_with_what_to_do(small: SqliteStore, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        small.search(Query.of(asked))


def test_a_report_is_named_by_key_or_by_the_id_it_came_with(small: SqliteStore) -> None:
    key = small.report("raid").key
    assert {e.report.key for e in small.sentences(Query(report="raid"))} == {key}
    assert small.counts(Query(report="raid")) == small.counts(Query(report=key))
    story = small.report("raid").story
    assert {e.report.locator for e in small.sentences(Query(story=story, copies=True))} == {"raid", "raid-copy"}


@pytest.mark.parametrize("cursor", ["", "x", "1:x", ":", "1", "-1:0", "1:2:3", "9" * 60 + ":1"])
def test_a_cursor_that_no_search_gave_is_refused(small: SqliteStore, cursor: str) -> None:
    with pytest.raises(QueryError, match="cursor"):
        small.search(Query(words="harbour"), 5, cursor)


def test_pages_give_all_matches_of_many_windows_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = SqliteStore(tmp_path_factory.mktemp("pages") / "r.db", kit(), lambda: "2024-07-02T00:00:00Z")
    many = [told(prose(f"p{n}", 40), f"r{n}", f"2024-05-{n % 28 + 1:02d}") for n in range(WINDOW // 20)]
    store.keep([bundle(r) for r in many])
    entries = [h.entry for h in pages(store, Query(words="the"), 50)]
    assert len(entries) == len({e.id for e in entries}) == 40 * len(many) > 2 * WINDOW - 40
    hits = store.search(Query(words="the"), 10)
    assert (hits.exact, hits.more) == (False, True)
    store.close()


# --- saved searches, status


def test_saved_searches_are_kept_replaced_and_forgotten(small: SqliteStore) -> None:
    query = Query.of({"words": "grain", "find": "events", "type": "aid", "reliable": True, "since": "2024-05-01"})
    small.save_search("grain", Query(words="wheat"))
    small.save_search("grain", query)
    assert small.saved_searches() == {"grain": query}
    assert small.status()["searches"] == ["grain"]
    assert small.forget_search("grain")
    assert not small.forget_search("grain")
    with pytest.raises(QueryError, match="needs a name"):
        small.save_search(" ", query)


def test_the_status_tells_what_is_there_and_what_is_not(small: SqliteStore) -> None:
    status = small.status()
    assert status["counts"] == {
        "reports": 6, "stories": 5, "statements": 3, "events": 7, "actors": 6, "tellings": 11, "told_statements": 4,
        "sentences": 48,
    }  # fmt: skip
    assert status["dates"] == {"reliable": 4, "unreliable": 1, "none": 1}
    assert status["days"] == {"first": "2024-05-15", "last": "2024-07-01"}
    bladet = next(s for s in status["sources"] if s["name"] == "Bladet")
    assert (bladet["reports"], bladet["first"], bladet["last"]) == (2, "2024-05-16", "2024-06-03")
    assert bladet["months"] == {"2024-05": 1, "2024-06": 1}
    assert bladet["gaps"] == [{"first": "2024-05-17", "last": "2024-06-02", "days": 17}]
    assert status["corrections"] == {"made": 6, "undone": 2, "lost": 0}
    assert status["versions"] == 8
    assert status["made_by"] == {"0 toy PLOVER-2021": 6}
