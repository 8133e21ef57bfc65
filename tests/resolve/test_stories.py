from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Span
from dateline.resolve.stories import (
    SIGNATURE,
    How,
    Member,
    Why,
    components,
    judge,
    needed,
    order_of_copying,
    overlap,
    prose_of,
    same_story,
    signature,
    wire_credit,
)

LEAD = "The harbour of Granvik stayed closed on Tuesday after a freighter with fertiliser ran onto the breakwater."
SECOND = "Port master Olga Reyn told reporters that divers found two cracks in the hull, one of them four metres long."
THIRD = "Ferries to the outer islands were sent to Halden instead, and some 340 passengers spent the night in a school."
FOURTH = "The owner of the ship, Meridian Lines, declined to comment before its own engineers had been on board."
FIFTH = "A similar accident in 1998 kept the harbour closed for nine days and cost the town a third of its season."
WHOLE = " ".join([LEAD, SECOND, THIRD, FOURTH, FIFTH])

MARKET = (
    "The Granvik Composite Index closed {0} points {1} on {2}, at {3}, brokers said. The index, begun in 1991, tracks "
    "the shares of 40 companies listed on the Granvik Stock Exchange. Turnover came to {4} million crowns. The Halden "
    "Index of small companies ended at {5}, and one crown bought {6} dollars in late trading."
)
MONDAY = MARKET.format("12.31", "up", "Monday", "2,417.80", "318.2", "881.14", "0.1412")
TUESDAY = MARKET.format("7.05", "down", "Tuesday", "2,410.75", "290.9", "879.60", "0.1409")
DEATH = (
    "The army command said on Friday that {0} of {1}, who served with the {2} brigade, was killed when a mine went off "
    "under a patrol. The command gave no further details. An inquiry has been opened, as after every such death."
)
SUMMARY = (
    "Following is a summary of today's main stories at 18:00. -- GRANVIK: " + LEAD + " -- OSTEN: The finance minister "
    "of Osten offered to resign over the price of bread, but the premier asked him to stay for some time. -- "
    "HALDEN: Teachers in Halden called off a strike that was to begin next week, after an offer of higher pay."
)


def tied(a: str, b: str) -> bool:
    """As the record finds them: by shared numbers, then on the text."""
    first, second = signature(a), signature(b)
    near = len(set(first) & set(second)) >= needed(len(first), len(second))
    return near and same_story(overlap(a, b))


@pytest.mark.parametrize(
    "other",
    [
        " ".join([LEAD, SECOND]),
        LEAD,
        "Freighter still stuck\n\n" + WHOLE,
        "GRANVIK, March 3 (NordPress) -- " + WHOLE,
        WHOLE + "\n\n(Writing by A. Holm; editing by B. Lind)",
        " ".join([FIFTH, THIRD, LEAD, FOURTH, SECOND]),
        " ".join(["Nobody could say when ships will call at the port again.", SECOND, THIRD, FOURTH, FIFTH]),
        " ".join([LEAD, "Mayor Tor Lien spoke of a dark day.", SECOND, "Tugs are on the way.", THIRD, FOURTH, FIFTH]),
        WHOLE.replace("340", "410").replace("two cracks", "three cracks").replace("four metres", "five metres"),
        WHOLE.replace("harbour", "port").replace("told reporters", "said").replace("declined", "refused"),
    ],
    ids=["cut", "first sentence", "headline", "dateline", "credit", "reordered", "lead", "update", "numbers", "words"],
)
def test_copies_are_one_story(other: str) -> None:
    assert tied(WHOLE, other)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        (MONDAY, TUESDAY, Why.NUMBERS),
        (
            DEATH.format("Corporal Ivar Moen", "West Halden", "Third Alpine"),
            DEATH.format("Sergeant Nils Rud", "Upper Osten", "Coastal Guards"),
            Why.NAMES,
        ),
        (LEAD, SUMMARY, Why.LISTS),
        (WHOLE, "The finance minister of Osten offered to resign over the price of bread on Monday.", Why.LITTLE),
        ("Talks will go on.", "Talks may go on.", Why.TOO_SHORT),
    ],
)
def test_what_only_looks_alike(a: str, b: str, why: Why) -> None:
    assert judge(overlap(a, b)) is why


def test_a_short_item_inside_a_round_up_does_not_tie_it() -> None:
    items = ["A court in Osten freed the editor of a weekly paper who had been held for eleven days without charge."]
    items += ["The finance minister of Osten offered to resign over the price of bread but was asked to wait."]
    round_up = " ".join([*items, LEAD, "Teachers in Halden called off a strike after an offer of higher pay."])
    assert judge(overlap(LEAD, round_up)) is Why.MIDDLE


LATER = " ".join(
    [
        "Divers began to pump fuel from the wreck off Granvik on Friday, and the mayor hoped for an end to it soon.",
        "The salvage firm has brought two barges and forty men.",
        *(SECOND, FOURTH, FIFTH),
    ]
)


def test_background_repeated_days_later_is_another_story() -> None:
    assert judge(overlap(WHOLE, LATER), days=3) is Why.BACKGROUND
    assert judge(overlap(WHOLE, LATER), days=0).same


def test_furniture_does_not_count() -> None:
    foot = "Meridian Media, 4 Quay Street, Granvik. All rights reserved, no part of this may be printed anywhere else."
    text = f"{LEAD}\n{foot}"
    span = Span(len(LEAD) + 1, len(text))
    assert signature(text, [span]) == signature(LEAD)
    assert overlap(text, LEAD, [span]).identical


def test_a_cut_is_seen_by_containment_where_jaccard_is_low() -> None:
    found = overlap(WHOLE, LEAD)
    assert found.contained == 1.0
    assert found.jaccard < 0.3


def test_signatures_never_change() -> None:
    """Records keep them for years: a change here needs a new SIGNATURE number."""
    assert SIGNATURE == 1
    assert signature("Granvik") == (33697396112576,)
    assert signature(LEAD) == (17259228501895, 36905987078660)
    assert signature("") == signature(" \n…") == ()


def test_all_of_a_cut_is_found_again_in_the_whole() -> None:
    assert set(signature(" ".join([LEAD, SECOND]))) <= set(signature(WHOLE))


def test_of_a_very_long_text_the_far_end_is_kept_thinly() -> None:
    book = " ".join(f"{word} {i}" for i, word in enumerate(random.Random(3).choices(WHOLE.split(), k=5000)))
    assert 300 < len(signature(book)) < 1_200


@pytest.mark.parametrize(
    ("own", "theirs", "days", "least"),
    [(0, 5, None, 1), (2, 90, None, 1), (3, 90, None, 2), (60, 60, None, 10), (60, 60, 7, 10), (60, 60, 8, 30)],
)
def test_needed_is_the_same_from_both_sides(own: int, theirs: int, days: int | None, least: int) -> None:
    assert needed(own, theirs, days) == needed(theirs, own, days) == least


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("Following is a list of major news items at noon.", True),
        ("The following are the day's main events.", True),
        ("News in brief: -- Osten votes. -- Halden waits. -- Granvik digs.", True),
        ("1. Osten votes\n2. Halden waits\n3. Granvik digs", True),
        ("He came in 2001. She came in 2002. They left in 2003. All is well.", False),
        ("The mayor - a former pilot - spoke -- at length -- of the storm.", False),
        (WHOLE, False),
    ],
)
def test_lists(text: str, is_list: bool) -> None:
    assert prose_of(text).is_list is is_list


def test_the_same_words_in_another_dress() -> None:
    dressed = LEAD.replace("harbour", "har\u00adbour").replace("fertiliser", "\ufb01rst fertiliser")
    assert prose_of(dressed).words == prose_of(LEAD.replace("fertiliser", "first fertiliser")).words
    assert overlap("It cost 1,200 crowns, the port’s head said", "it cost 1200 crowns, the port's head said").identical


def test_without_dates_weekdays_tell_days_apart() -> None:
    assert judge(overlap(WHOLE, LATER)) is Why.BACKGROUND
    assert judge(overlap(WHOLE, LATER.replace("on Friday", "on Tuesday"))).same


def test_a_page_of_two_reports_does_not_tie_them() -> None:
    other = " ".join(
        [
            "The finance minister of Osten offered to resign on Tuesday over the price of bread, which has doubled.",
            "The premier asked him to stay until parliament has passed the budget, his spokesman Per Aas said.",
            "Bakers in the capital closed their shops for an hour in protest, and students marched to the ministry.",
            "Prices have risen since the spring, when a drought cut the harvest in the south by nearly a half.",
        ]
    )
    page = " ".join([LEAD, SECOND, other])
    assert not (tied(page, WHOLE) and tied(page, other))


def member(key: str, when: str | None, text: str, agency: str | None = None, publisher: str | None = None) -> Member:
    return Member(key, when, agency, publisher, len(prose_of(text).words), signature(text))


def test_order_of_copying() -> None:
    members = [
        member("wire-1", "2024-03-05", LEAD, "NordPress"),
        member("wire-2", "2024-03-05", WHOLE, "NordPress"),
        member("paper", "2024-03-06", WHOLE, "NordPress", "Osten Daily"),
        member("site", "2024-03-07", " ".join([LEAD, SECOND, THIRD]), None, "halden.example"),
        member("undated", None, WHOLE),
    ]
    told = [(c.key, c.source, c.how) for c in order_of_copying(members)]
    assert told == [
        ("wire-1", None, How.FIRST),
        ("wire-2", "wire-1", How.EXTENDED),
        ("paper", "wire-2", How.REPRINT),
        ("site", "wire-2", How.CUT),
        ("undated", "wire-2", How.REPRINT),
    ]
    assert wire_credit(members) == "NordPress"
    shuffled = members[:]
    random.Random(7).shuffle(shuffled)
    assert order_of_copying(shuffled) == order_of_copying(members)


def test_no_credit_and_no_members() -> None:
    assert wire_credit([member("a", "2024-01-01", LEAD)]) is None
    assert wire_credit([]) is None
    assert order_of_copying([]) == ()


words = st.lists(st.sampled_from([*WHOLE.split(), "Osten", "17", "3,5", "—", "雨", ""]), max_size=60).map(" ".join)
texts = st.one_of(words, st.text(max_size=200), st.text(alphabet=string.punctuation + " \n\0", max_size=40))


@given(texts, texts)
@settings(max_examples=150, deadline=None)
def test_symmetric_and_never_raises(a: str, b: str) -> None:
    assert overlap(a, b) == overlap(b, a)
    assert judge(overlap(a, b)) is judge(overlap(b, a))
    found = overlap(a, b)
    assert 0 <= found.contained <= 1
    assert 0 <= found.of_longer <= 1


@given(texts)
@settings(max_examples=150, deadline=None)
def test_identical_text_is_one_story(text: str) -> None:
    own = signature(text)
    assert list(own) == sorted(set(own))
    assert all(0 <= number < 1 << 63 for number in own)
    assert same_story(overlap(text, text), days=400)
    assert overlap(prose_of(text), prose_of(text)).identical


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))), st.randoms())
def test_components_do_not_depend_on_order(links: list[tuple[str, str]], pick: random.Random) -> None:
    other = [(b, a) for a, b in links]
    pick.shuffle(other)
    assert components("abcdefgh", links) == components("hgfedcba", other)
