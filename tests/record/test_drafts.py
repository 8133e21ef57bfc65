"""The rows that one reading gives, their keys, and corrections laid over them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicons.eventbook import TYPES
from dateline.present.jsonl import as_json
from dateline.record.amend import Decision, amended
from dateline.record.bundles import packed, unpacked
from dateline.record.drafts import Draft, believable, digest, draft_of, squeezed
from dateline.record.facets import token
from dateline.record.likeness import Told, same_statements
from tests.factories import bundle, prose, reading, told

TEXT = ("Norway attacked Denmark on Monday in Oslo.\n"
        "Per Lund, prime minister of Norway, said that Norway aided Sweden.\n") + prose("raid")  # fmt: skip


def draft(text: str = TEXT, day: str = "2024-05-15", key: str = "r1") -> Draft:
    return draft_of(as_json(told(text, "r", day)), key)


def keys(of: Draft) -> set[str]:
    return {s.key for s in of.statements} | {t.key for t in of.tellings}


# --- keys


def test_keys_outlive_other_words_around_and_another_day() -> None:
    whole = draft()
    assert keys(draft("A line before.\n" + TEXT + "\nAnd one behind.")) == keys(whole)
    assert keys(draft(TEXT, "2024-09-09")) == keys(whole)
    assert keys(draft("Sweden met Denmark.\n" + TEXT)) > keys(whole)


def test_keys_are_those_of_the_report_and_of_its_words() -> None:
    assert not keys(draft()) & keys(draft(key="r2"))
    changed = draft(TEXT.replace("attacked Denmark", "attacked Sweden"))
    assert len(keys(changed) & keys(draft())) == 2


def test_like_findings_have_keys_of_their_own_in_their_order() -> None:
    line = "Norway attacked Denmark.\n"
    once, twice = draft(line), draft(line + line)
    assert once.tellings[0].key == twice.tellings[0].key
    assert len({t.key for t in twice.tellings}) == 2


_LINES = st.sampled_from(["Norway attacked Denmark.", "Per Lund said that Sweden met Norway.", "Nothing."])


@given(st.lists(_LINES, max_size=8))
def test_keys_are_never_given_twice(lines: list[str]) -> None:
    found = draft("\n".join(lines))
    every = [s.key for s in found.statements] + [t.key for t in found.tellings]
    assert len(every) == len(set(every))


def test_findings_know_their_sentence() -> None:
    found = draft()
    assert [t.sentence for t in found.tellings] == [0, 1]
    assert [s.sentence for s in found.statements] == [1]
    assert found.mentioned[0] == ("a1", "a2")
    assert found.mentioned[2] == ()
    start, end = found.sentences[1]
    assert TEXT[start:end].startswith("Per Lund")


def test_a_reading_without_sentences_is_one_sentence() -> None:
    found = draft_of(as_json(reading()), "r1")
    assert len(found.sentences) == 1
    assert {t.sentence for t in found.tellings} == {0}


@pytest.mark.parametrize(("day", "kept"), [
    ("2024-02-29", "2024-02-29"), ("2023-02-29", None), ("", None), (None, None), ("Monday", None), ("2024", None),
    ("0000-01-01", None), ("9999-12-31", "9999-12-31"), ("20240501", "2024-05-01"),
])  # fmt: skip
def test_only_days_of_the_calendar_are_believed(day: str | None, kept: str | None) -> None:
    assert believable(day) == kept


def test_an_unreliable_date_makes_no_telling_reliable() -> None:
    def reliable(**more: Any) -> list[bool]:
        return [t.reliable for t in draft_of(as_json(told(TEXT, "r", **more)), "r1").tellings]

    assert reliable() == [True, False], "the second has no day"
    assert reliable(reliable=False) == [False, False]
    assert reliable(published=None) == [False, False]


@given(st.text(max_size=40))
def test_packed_readings_come_back(text: str) -> None:
    told_ = {"text": text, "id": "x", "actors": [text]}
    assert unpacked(packed(told_), text) == told_


def test_digests_tell_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", None) == digest("a", "None")
    assert squeezed(" A\u00a0 b\nC ") == "a b c"


@given(st.text(min_size=1), st.text(min_size=1))
def test_facets_are_single_words_of_the_index(a: str, b: str) -> None:
    one, two = token("pu", a), token("pu", b)
    assert one.isascii()
    assert " " not in one
    assert (one == two) == (a.lower() == b.lower())
    assert token("ag", a) != one


# --- corrections over a draft


def decide(of: Draft, action: str, field: str | None = None, value: Any = None, n: int = 0, what: str = "e") -> Draft:
    entry = (of.tellings if what == "e" else of.statements)[n]
    after, lost = amended(of, [Decision(1, action, entry.key, field, value, entry.words)], TEXT)
    assert lost == {}
    return after


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_can_be_set(type_: str) -> None:
    now = decide(draft(), "edit", "type", type_).tellings[0]
    assert (now.type, now.mode, now.judged) == (type_, None, "edited")
    assert now.quad in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def test_decisions_hold_in_their_order() -> None:
    of = draft()
    key, words = of.tellings[0].key, of.tellings[0].words
    made = [Decision(1, "reject", key, None, None, words), Decision(2, "edit", key, "reality", "planned", words),
            Decision(3, "accept", key, None, None, words)]  # fmt: skip
    judged = [amended(of, made[:n], TEXT)[0].tellings[0].judged for n in range(4)]
    assert judged == [None, "rejected", "edited", "accepted"]
    assert amended(of, made, TEXT)[0].tellings[0].reality == "planned"
    assert of.tellings[0].judged is None, "the draft itself is not touched"


def test_a_decision_touches_nothing_else() -> None:
    of = draft()
    now = decide(of, "edit", "day", "2024-04-01")
    assert now.tellings[1:] == of.tellings[1:]
    assert (now.statements, now.cast, now.sentences) == (of.statements, of.cast, of.sentences)
    assert now.tellings[0].day_from == "corrected"
    back = replace(now.tellings[0], day="2024-05-13", day_end="2024-05-13", day_from="text", judged=None)
    assert back == of.tellings[0]


def test_a_decision_without_its_words_is_lost_with_the_reason() -> None:
    of = draft()
    gone = Decision(1, "reject", "e0", None, None, {"sentence": "no such line."})
    there = Decision(2, "reject", "e1", None, None, {"sentence": "norway attacked denmark on monday in oslo."})
    after, lost = amended(of, [gone, there], TEXT)
    assert after == of
    assert lost[1] == "its sentence is no longer in the report"
    assert lost[2].startswith("its sentence is still there")


def test_people_are_found_again_by_name_though_their_number_changed() -> None:
    of = draft()
    sweden = {"local": "a4", "name": "Sweden", "kind": "state", "country": "SWE", "code": "SWE"}
    assert decide(of, "edit", "source", [sweden]).tellings[0].source == ("a4",)
    assert decide(of, "edit", "source", [{**sweden, "local": "a1"}]).tellings[0].source == ("a4",)
    finland = {"name": "Finland", "kind": "state", "country": "FIN", "code": "FIN"}
    now = decide(of, "edit", "source", [finland, finland])
    assert now.tellings[0].source == ("x5", "x5")
    assert [c.name for c in now.cast[4:]] == ["Finland"]
    assert decide(of, "edit", "speaker", [], what="s").statements[0].speaker is None


# --- like statements


def _told(key: str, report: str, words: str, speaker: str | None = "x") -> Told:
    return key, report, speaker, "say", frozenset(words.split())


def test_like_statements_of_several_reports_are_one() -> None:
    same = same_statements([
        _told("s1", "r1", "the ships will sail on friday"), _told("s2", "r2", "the ships will sail friday"),
        _told("s3", "r3", "the ships will sail on friday", None), _told("s4", "r2", "the trains will stop"),
        _told("s5", "r3", "the ships will sail on friday", "y"), _told("s6", "r1", ""), _told("s7", "r2", ""),
    ])  # fmt: skip
    assert same == {"s1": "s1", "s2": "s1", "s3": "s1", "s4": "s4", "s5": "s5", "s6": "s6", "s7": "s7"}


def test_like_statements_of_one_report_stay_two() -> None:
    same = same_statements([_told("s1", "r1", "we will sail"), _told("s2", "r1", "we will sail"),
                            _told("s3", "r2", "we will sail"), _told("s4", "r2", "we will sail")])  # fmt: skip
    assert same == {"s1": "s1", "s2": "s2", "s3": "s1", "s4": "s2"}


def test_a_bundle_says_what_it_is_of() -> None:
    one = bundle(told(TEXT, "a", publisher="Dagen"))
    assert (one.kind, one.publisher, one.day, one.made_by) == ("report", "Dagen", "2024-05-15", "0 toy PLOVER-2021")
    assert one.fingerprint != bundle(told(TEXT, "b", publisher="Dagen")).fingerprint
    assert one.fingerprint != bundle(told(TEXT, "a", publisher="Bladet")).fingerprint
    assert one.key == bundle(told("Other.", "a")).key
