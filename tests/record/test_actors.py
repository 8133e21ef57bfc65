"""Actors across reports: one identity each, with its names and roles over time; people merge and split them."""

from __future__ import annotations

from itertools import permutations

import pytest

from dateline.errors import CorrectionError, QueryError
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from tests.factories import bundle, prose, read_again, report, told
from tests.record.conftest import Make
from tests.record.dump import differences, dump

PREMIER = "Per Lund, prime minister of Norway, said that Norway met Sweden."
FORMER = "Per Lund, former prime minister of Norway, said that Norway met Sweden."
SWEDE = "Per Lund, prime minister of Sweden, said that Sweden met Norway."
PLAIN = "Per Lund met Sweden."
OTHER = "Inger Dahl met Sweden."


def keep(store: SqliteStore, *texts: str, published: str = "2024-05-15") -> None:
    start = store.counts().reports
    store.keep([bundle(told(f"{text}\n{prose(f'topic{n}')}", f"r{n}", published))
                for n, text in enumerate(texts, start)])  # fmt: skip


def names(store: SqliteStore) -> list[str]:
    return sorted(a.name for a in store.actors(Query()))


def test_an_actor_has_its_names_and_roles_over_time(store: SqliteStore) -> None:
    keep(store, PREMIER, published="2022-04-12")
    keep(store, PREMIER, published="2024-11-07")
    keep(store, FORMER, published="2025-02-01")
    actor = store.actor("Per Lund")
    assert (actor.kind, actor.country, actor.code, actor.reports) == ("person", "NOR", "NORGOV", 3)
    assert (actor.first, actor.last) == ("2022-04-12", "2025-02-01")
    [role] = actor.roles
    assert (role.title, role.of, role.first, role.last) == ("prime minister", "NOR", "2022-04-12", "2024-11-07")
    assert role.status == ("current", "former")
    assert actor.names == (("Per Lund", 3),)
    assert store.actor(actor.key) == actor


def test_two_terms_of_one_office_are_two_roles(store: SqliteStore) -> None:
    keep(store, PREMIER, published="2010-04-12")
    keep(store, PREMIER, published="2012-11-07")
    keep(store, FORMER, published="2014-02-01")
    keep(store, PREMIER, published="2018-05-01")
    keep(store, PREMIER, published="2018-09-01")
    first, second = store.actor("Per Lund").roles
    assert (first.first, first.last, first.status) == ("2010-04-12", "2012-11-07", ("current", "former"))
    assert (second.first, second.last, second.status) == ("2018-05-01", "2018-09-01", ("current",))
    assert (first.reports, second.reports) == (3, 2)


def test_a_title_in_other_words_is_one_role_called_as_most_call_it(store: SqliteStore) -> None:
    keep(store, PREMIER, PREMIER, "Per Lund, premier of Norway, said that Norway met Sweden.")
    [role] = store.actor("Per Lund").roles
    assert (role.title, role.of, role.reports) == ("prime minister", "NOR", 3)


def test_the_standing_of_actors_counts_their_reports(store: SqliteStore) -> None:
    keep(store, PREMIER, PLAIN, OTHER)
    assert [(a.name, a.reports) for a in store.standing()][:3] == [("Sweden", 3), ("Per Lund", 2), ("Inger Dahl", 1)]
    lund = store.actor("Per Lund")
    assert store.called_like("lund") == store.called_like("per lu") == {lund.key}
    assert store.called_like("nobody here") == store.called_like("…") == set()
    profiles = store.profiles(lund.key)
    assert [p.reports for p in profiles] == [1, 1]
    assert store.holders([p.key for p in profiles]) == dict.fromkeys(lund.profiles, lund.key)


def test_counterparts_are_counted_both_ways(store: SqliteStore) -> None:
    keep(store, PLAIN, "Sweden attacked Per Lund.", "Per Lund aided Denmark.")
    found, many = store.counterparts(store.actor("Per Lund").key)
    told = {c.name: (c.out, c.back) for c in found}
    assert many == len(found) == 2
    assert told["Denmark"] == (1, 0)
    assert told["Sweden"][1] >= 1


def test_merges_and_splits_are_listed(store: SqliteStore) -> None:
    keep(store, PREMIER, OTHER)
    made = store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    store.undo(made.id, "Kari")
    store.correct("reject", next(iter(store.statements(Query()))).key, "Kari")
    assert [(c.action, c.undone) for c in store.joinings()] == [("merge", True)]


def test_one_of_no_known_state_joins_the_only_known(store: SqliteStore) -> None:
    keep(store, PREMIER, PLAIN)
    actor = store.actor("Per Lund")
    assert actor.reports == 2
    assert len(actor.profiles) == 2
    assert any("the only state told" in why for why in actor.reasons)


def test_two_of_two_states_stay_two_and_say_so(store: SqliteStore) -> None:
    keep(store, PREMIER, published="2010-01-01")
    keep(store, SWEDE, published="2024-05-15")
    with pytest.raises(QueryError, match="may be several"):
        store.actor("Per Lund")
    both = [a for a in store.actors(Query()) if a.name == "Per Lund"]
    assert sorted(a.country or "" for a in both) == ["NOR", "SWE"]
    for one, other in (both, both[::-1]):
        assert any(why.startswith(f"may be the same as Per Lund ({other.key}): same full name") for why in one.reasons)
    made = store.correct("merge", [a.key for a in both], "Kari")
    assert not any("may be the same" in why for why in store.actor("Per Lund").reasons)
    store.undo(made.id, "Kari")
    assert store.actor(both[0].key) == both[0]


def test_a_surname_alone_is_nobody(store: SqliteStore) -> None:
    keep(store, PREMIER, "Lund met Denmark.", "Lund met Norway.")
    assert names(store).count("Lund") == 2
    assert store.actor("Per Lund").reports == 1


def test_reports_weigh_when_several_states_are_told(make: Make) -> None:
    """Told of one state many times as often as of another, a name without a state is counted to the first."""
    many = make()
    for n in range(4):
        keep(many, PREMIER, published=f"2010-01-0{n + 1}")
    keep(many, SWEDE, published="2024-05-15")
    keep(many, PLAIN, published="2010-01-09")
    norwegian = next(a for a in many.actors(Query()) if a.country == "NOR" and a.kind == "person")
    assert norwegian.reports == 5


def test_the_order_of_bridging_names_does_not_show(make: Make) -> None:
    texts = [PREMIER, PLAIN, "Per A. Lund met Denmark.", SWEDE]
    dumps = []
    for order in permutations(range(4)):
        store = make()
        store.keep([bundle(told(f"{texts[n]}\n{prose(f'topic{n}')}", f"r{n}")) for n in order])
        dumps.append(dump(store))
    assert all(differences(dumps[0], other) == {} for other in dumps[1:])


# --- merged and split


def test_merged_actors_are_one_until_it_is_undone(store: SqliteStore) -> None:
    keep(store, PREMIER, OTHER)
    before = dump(store)
    made = store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari", "one and the same")
    one = store.actor("Inger Dahl")
    assert store.actor("Per Lund") == one
    assert one.reports == 2
    assert "merged by a person" in one.reasons
    assert sorted(n for n, _ in one.names) == ["Inger Dahl", "Per Lund"]
    assert len(list(store.tellings(Query(source="Per Lund")))) == 1
    with pytest.raises(CorrectionError, match="are one actor already"):
        store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    store.undo(made.id, "Ola")
    assert differences(before, dump(store)) == {}


def test_a_merge_takes_in_a_third_that_joins_one_of_the_two_later(store: SqliteStore) -> None:
    keep(store, PLAIN, OTHER)
    made = store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    keep(store, PREMIER)
    assert store.actor("Per Lund").reports == 3
    assert len(store.actor("Per Lund").profiles) == 3
    store.undo(made.id, "Ola")
    assert store.actor("Per Lund").reports == 2
    assert store.actor("Inger Dahl").reports == 1


def test_two_merges_that_meet_make_one_of_three(store: SqliteStore) -> None:
    keep(store, PREMIER, OTHER, "Åse Bø met Sweden.")
    first = store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    store.correct("merge", ["Inger Dahl", "Åse Bø"], "Kari")
    assert store.actor("Åse Bø").reports == 3
    store.undo(first.id, "Ola")
    assert store.actor("Per Lund").reports in (1, 3)
    assert store.actor("Åse Bø").reports >= 2


def test_a_merge_into_a_government_changes_the_side(store: SqliteStore) -> None:
    keep(store, PREMIER, "Red Fist attacked Denmark on 2024-05-13.")
    before = dump(store)
    fist = store.actor("Red Fist").key
    assert [r.source for r in store.relation("Red Fist", "Denmark")] == [fist]
    made = store.correct("merge", ["Red Fist", "Per Lund"], "Kari")
    assert [(r.source, r.events) for r in store.relation("Norway", "Denmark")] == [("NOR", 1)]
    store.undo(made.id, "Ola")
    assert differences(before, dump(store)) == {}


def test_a_profile_is_split_off_and_back(store: SqliteStore) -> None:
    keep(store, PREMIER, PLAIN)
    before = dump(store)
    unknown = next(p for p in store.actor("Per Lund").profiles if p.endswith("?"))
    made = store.correct("split", unknown, "Kari", "another man")
    both = [a for a in store.actors(Query()) if a.name == "Per Lund"]
    assert [a.reports for a in both] == [1, 1]
    assert any("set apart by a person" in a.reasons for a in both)
    keep(store, "Per Lund aided Denmark.")
    assert sorted(a.reports for a in store.actors(Query()) if a.name == "Per Lund") == [1, 2]
    assert store.correct("split", [store.actor(both[0].key).key, "r0"], "Kari").action == "split"
    store.undo(2, "Ola")
    store.undo(made.id, "Ola")
    assert store.actor("Per Lund").reports == 3
    assert {row[0] for row in before["actors"]} <= {row[0] for row in dump(store)["actors"]}


def test_what_was_joined_over_the_one_set_apart_falls_apart(store: SqliteStore) -> None:
    """Two that only a third held together are two when that is taken out."""
    keep(store, "Per A. Lund, prime minister of Norway, said that Norway met Sweden.", PLAIN, PREMIER)
    whole = store.actor("Per Lund")
    for profile in whole.profiles:
        made = store.correct("split", profile, "Kari")
        store.undo(made.id, "Ola")
        assert store.actor("Per Lund") == whole


@pytest.mark.parametrize("name", ["Per Lund", "Åse Bø"])
def test_an_actor_of_one_report_is_split_from_its_namesakes(store: SqliteStore, name: str) -> None:
    keep(store, f"{name} met Sweden.", f"{name} aided Sweden.", f"{name} met Denmark.")
    before = dump(store)
    made = store.correct("split", [name, "r1"], "Kari", "a namesake")
    assert sorted(a.reports for a in store.actors(Query()) if a.name == name) == [1, 2]
    key = store.report("r1").key
    store.replace([(key, bundle(read_again(report(f"Anew.\n{name} aided Sweden.\n{prose('topic1')}", "r1"))))])
    assert sorted(a.reports for a in store.actors(Query()) if a.name == name) == [1, 2]
    store.replace([(key, bundle(told(f"{name} aided Sweden.\n{prose('topic1')}", "r1")))])
    store.undo(made.id, "Ola")
    assert differences(before, dump(store)) == {}


def test_a_split_after_a_merge_takes_out_what_was_merged(store: SqliteStore) -> None:
    keep(store, PREMIER, OTHER)
    store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    dahl = next(p for p in store.actor("Per Lund").profiles if "dahl" in p)
    made = store.correct("split", dahl, "Ola")
    assert store.actor("Per Lund").reports == store.actor("Inger Dahl").reports == 1
    store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    assert store.actor("Per Lund").reports == 2
    store.undo(made.id, "Ola")
    assert store.actor("Per Lund").reports == 2


def test_a_merge_of_actors_that_are_gone_is_told_as_lost(store: SqliteStore) -> None:
    keep(store, PREMIER, OTHER)
    store.correct("merge", ["Per Lund", "Inger Dahl"], "Kari")
    text = f"{OTHER}\n{prose('topic1')}"
    store.keep([bundle(told(text.replace("Inger Dahl", "Norway"), "r1"))])
    assert [c.lost for c in store.corrections()] == ["no report tells of the actor any more"]
    assert store.status()["corrections"]["lost"] == 1
    assert store.actor("Per Lund").reports == 1
    store.keep([bundle(told(text, "r1", title="Words back"))])
    assert [c.lost for c in store.corrections()] == [None]
    assert store.actor("Per Lund").reports == 2


def test_merges_are_by_key_or_name_or_profile_and_only_of_what_is_there(store: SqliteStore) -> None:
    keep(store, PREMIER, OTHER)
    with pytest.raises(CorrectionError, match="no such actor"):
        store.correct("merge", ["Per Lund", "Nobody"], "Kari")
    profile = store.actor("Inger Dahl").profiles[0]
    store.correct("merge", [store.actor("Per Lund").key, profile], "Kari")
    assert store.actor("Inger Dahl").reports == 2
    with pytest.raises(CorrectionError, match="is not in report"):
        store.correct("split", ["Norway", "r1"], "Kari")
    with pytest.raises(CorrectionError, match="no report 'r9'"):
        store.correct("split", ["Norway", "r9"], "Kari")
