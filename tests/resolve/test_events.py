"""Whose an event is, when and where it was, and by whom it was told."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.extract.acts import find_acts
from dateline.extract.attributions import find_attributions
from dateline.extract.places import find_places
from dateline.extract.times import find_times
from dateline.lexicons.eventbook import event_book, goldstein_of, quad_of, type_of
from dateline.model import Annotated, Cast, Event, Statement
from dateline.resolve.actors import resolve_actors
from dateline.resolve.events import resolve_events
from dateline.resolve.statements import resolve_statements
from tests.conftest import Annotate

DAY = date(2024, 5, 15)


def read(annotated: Annotated) -> tuple[tuple[Event, ...], tuple[Statement, ...], Cast]:
    times, places = find_times(annotated, DAY), find_places(annotated)
    attributions = find_attributions(annotated, fast=True)
    cast = resolve_actors(annotated, places, attributions)
    statements = resolve_statements(annotated, attributions, cast, times)
    acts = find_acts(annotated, attributions, cast)
    return resolve_events(annotated, acts, cast, statements, times, places), statements, cast


def countries(cast: Cast, ids: tuple[str, ...]) -> list[str | None]:
    return [cast.get(i).country for i in ids]


@pytest.mark.parametrize(
    ("sentence", "start", "origin"),
    [
        ("Kenya attacked Uganda on Monday.", "2024-05-13", "text"),
        ("Kenya attacked Uganda.", "2024-05-15", "published"),
        ("Kenya urged Uganda to withdraw.", "2024-05-15", "published"),
        ("Kenya will attack Uganda next month.", "2024-06-01", "text"),
        ("Kenya and Uganda agreed to meet on November 19.", "2024-05-15", "published"),
        ("Kenya and Uganda agreed on Monday to meet in June.", "2024-05-13", "text"),
        ("Kenya said that Uganda had attacked its troops.", "2024-05-15", "published"),
        ("Kenya had attacked Uganda in 1981.", "1981-01-01", "text"),
    ],
)
def test_day_of_an_event(annotate: Annotate, sentence: str, start: str, origin: str) -> None:
    event = read(annotate(sentence, published="2024-05-15"))[0][0]
    assert event.time is not None
    assert (event.time.start, event.time.origin) == (start, origin)


@pytest.mark.parametrize(
    "sentence", ["Kenya will attack Uganda.", "Kenya did not attack Uganda.", "Kenya may attack Uganda."]
)
def test_what_has_not_happened_has_no_day_of_its_own(annotate: Annotate, sentence: str) -> None:
    assert [e.time for e in read(annotate(sentence, published="2024-05-15"))[0]] == [None]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya had attacked Uganda.",
        "The treaty that Kenya had signed with Uganda lapsed.",
        "Uganda sued Kenya, which had attacked its ships and seized a port.",
    ],
)
def test_nobody_knows_the_day_of_what_lies_before_the_news(annotate: Annotate, sentence: str) -> None:
    last = read(annotate(sentence, published="2024-05-15"))[0][-1]
    assert (last.reality, last.time) == ("happened", None)


def test_what_lay_before_an_agreement_is_no_part_of_it(annotate: Annotate) -> None:
    text = (
        "The United States, Kenya and Japan agreed in Tokyo on Monday to make civil flights over the North Pacific"
        " safer, nearly two years after a Kenyan fighter had shot down a Ugandan airliner there."
    )
    *agreed, shot = read(annotate(text, published="2024-05-15"))[0]
    assert [(e.type, len(e.source), len(e.target)) for e in agreed] == [("AGREE", 1, 2)] * 3
    assert (shot.type, shot.time) == ("ASSAULT", None)


def test_a_year_is_the_whole_year(annotate: Annotate) -> None:
    event = read(annotate("Kenya imposed sanctions on Uganda in 1980.", published="2024-05-15"))[0][0]
    assert event.time is not None
    assert (event.time.start, event.time.end) == ("1980-01-01", "1980-12-31")


def test_place_stands_in_the_clause_of_the_act(annotate: Annotate) -> None:
    first, *_ = read(annotate("Kenya and Uganda held talks in Arusha."))[0]
    assert first.place is not None
    assert first.place.name == "Arusha"


def test_mutual_act_is_one_event_a_direction(annotate: Annotate) -> None:
    events, _, cast = read(annotate("Kenya, Uganda and Rwanda signed a treaty."))
    sides = [(countries(cast, e.source), countries(cast, e.target)) for e in events]
    assert sides == [(["KEN"], ["UGA", "RWA"]), (["UGA"], ["KEN", "RWA"]), (["RWA"], ["KEN", "UGA"])]


def test_states_that_share_one_head_word_each_take_part(annotate: Annotate) -> None:
    events, _, cast = read(annotate("British and French ministers met on Friday."))
    assert {tuple(countries(cast, e.source)) for e in events} == {("GBR",), ("FRA",)}


def test_nobody_acts_upon_itself(annotate: Annotate) -> None:
    for sentence in ("Kenya criticised Kenya.", "Kenya said Kenya would attack Kenya."):
        for event in read(annotate(sentence))[0]:
            assert not set(event.source) & set(event.target)


def test_act_without_any_actor_is_left_out(annotate: Annotate) -> None:
    assert read(annotate("It was attacked. The storm killed the roses."))[0] == ()


def test_innermost_statement_tells_the_event(annotate: Annotate) -> None:
    events, statements, cast = read(annotate("Kenya said Uganda denied that it attacked Rwanda."))
    event = next(e for e in events if e.type == "ASSAULT")
    teller = next(s for s in statements if s.id == event.said_by)
    assert teller.source is not None
    assert teller.source.actor is not None
    assert cast.get(teller.source.actor).country == "UGA"
    assert event.reality == "denied"


def test_performed_act_is_told_by_the_reporter(annotate: Annotate) -> None:
    events = read(annotate('"We will send aid to Uganda," Kenya said.'))[0]
    assert [(e.type, e.said_by is None) for e in events] == [("AGREE", True), ("AID", False)]


def test_refused_offer_was_made(annotate: Annotate) -> None:
    events = read(annotate("Kenya rejected Uganda's offer of talks."))[0]
    assert [e.reality for e in events if e.type == "AGREE"] == ["happened"]


def test_spans_of_sides_are_the_words_that_name_them(annotate: Annotate) -> None:
    annotated = annotate("Kenyan troops who wore no uniforms shelled two Ugandan towns.")
    event = next(e for e in read(annotated)[0] if e.type == "ASSAULT")
    assert event.source_span is not None
    assert event.target_span is not None
    assert annotated.words(event.source_span) == "Kenyan troops"
    assert annotated.words(event.target_span) == "two Ugandan towns"


def test_every_code_of_the_lexicon_has_its_tables() -> None:
    book = event_book()
    for table in book.patterns.values():
        for patterns in table.values():
            for p in patterns:
                if p.cameo.isdigit() and p.cameo != "0":
                    assert quad_of(p.type)
                    assert isinstance(goldstein_of(p.cameo, p.type), float)


@pytest.mark.parametrize(
    ("code", "type_"), [("042", "CONSULT"), ("0871", "RETREAT"), ("1123", "ACCUSE"), ("081", "CONCEDE")]
)
def test_type_of_a_code(code: str, type_: str) -> None:
    assert type_of(code) == type_


def test_what_is_done_by_saying_so_is_done_when_it_is_said() -> None:
    import dateline

    text = "Kenya said on Monday that it would hold talks with Uganda next week."
    reading = dateline.read(text, published="2024-05-15")
    days = {(e.type, e.reality.value): e.time.start for e in reading.events if e.time}
    assert days["AGREE", "happened"] == "2024-05-13"
    assert days["CONSULT", "planned"] == "2024-05-20"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kenya and Uganda quarrelled over fish in Togo.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya and Uganda accepted inspections.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya and Uganda agreed to open consulates in Accra.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya and Uganda met, and instructed their negotiators.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya and Uganda spoke, after talks between their ministers.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya handed John Okello to Ugandan diplomats.", {("KEN", "UGA")}),
        ("Kenyan President John Okello received Ugandan Trade Secretary Paul Mugisha.", {("KEN", "UGA")}),
    ],
)
def test_both_sides_of_an_event(annotate: Annotate, sentence: str, expected: set[tuple[str, str]]) -> None:
    events, _, cast = read(annotate(sentence, published="2024-05-15"))
    pairs = {(s, t) for e in events for s in countries(cast, e.source) for t in countries(cast, e.target)}
    assert expected <= pairs
    assert all(source != target for source, target in pairs)


@pytest.mark.parametrize(
    ("sentence", "word", "start"),
    [
        ("Kenya expelled two Ugandans on Monday in answer to the arrest of a Kenyan officer.", "arrest", None),
        ("Kenya released a Ugandan envoy some weeks before the two presidents met.", "met", None),
        ("They worked together in July 1975, when Kenya attacked Uganda.", "attacked", "1975-07-01"),
        ("Kenya invited Uganda's president to Nairobi in June.", "invited", "2024-05-15"),
    ],
)
def test_what_the_news_answers_is_no_news(annotate: Annotate, sentence: str, word: str, start: str | None) -> None:
    annotated = annotate(sentence, published="2024-05-15")
    days = [e.time.start if e.time else None for e in read(annotated)[0]
            if sentence[e.span.start : e.span.end].startswith(word)]  # fmt: skip
    assert set(days) <= {start}
