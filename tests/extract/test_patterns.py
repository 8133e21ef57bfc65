"""The pattern reader: who said what, as words, on sentences of every make."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.extract.patterns import read_patterns
from dateline.model import Annotated

Annotate = Callable[..., Annotated]
Told = tuple[str, str, list[str]]


def told(annotated: Annotated) -> list[Told]:
    """(source, cue, pieces of content) of each statement, final marks cut."""
    return [
        (
            " ".join(annotated.words(s) for s in a.source),
            " ".join(annotated.words(s) for s in a.cue),
            [annotated.words(s).rstrip(" ,.”\"'") for s in a.content],
        )
        for a in read_patterns(annotated)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not pay,” said Maria Lund.", ("Maria Lund", "said", ["We will not pay"])),
        ("“We will not pay,” he was quoted as saying.", ("he", "was quoted", ["We will not pay"])),
        ("The union has named its demands, the Gazette reported on Friday.",
         ("the Gazette", "reported", ["The union has named its demands"])),
        ('"We will not pay," Lund told Reuters.', ("Lund", "told", ["We will not pay"])),
        ('Lund said: "We will not pay."', ("Lund", "said", ["We will not pay"])),
        ('Lund said, "We will not pay."', ("Lund", "said", ["We will not pay"])),
        ('"We will not pay," he said, "until June."', ("he", "said", ["We will not pay", "until June"])),
        ('"We came at night," recalled Amina Sule, 43. "We ran."',
         ("Amina Sule, 43", "recalled", ["We came at night", "We ran"])),
        ("‘We will not pay,’ he said.", ("he", "said", ["We will not pay"])),
        ("''We will not pay,'' he said.", ("he", "said", ["We will not pay"])),
        ('"Will you resign?" a reporter asked.', ("a reporter", "asked", ["Will you resign?"])),
        ("The plan may be “dead,” said Lund.", ("Lund", "said", ["The plan may be “dead"])),
        ('“We will not pay,” he said. said an expert.', ("an expert", "said", ["We will not pay"])),
        ("“We will not pay” , said spokesperson Ola Berg in a weekly interview. press briefing in Oslo.",
         ("spokesperson Ola Berg", "said", ["We will not pay"])),
    ],
)  # fmt: skip
def test_direct(annotate: Annotate, text: str, expected: Told) -> None:
    assert told(annotate(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan is dead, officials said.", ("officials", "said", ["The plan is dead"])),
        ("Lund said the plan was dead.", ("Lund", "said", ["the plan was dead"])),
        ("Lund said on Monday that the plan was dead.", ("Lund", "said", ["that the plan was dead"])),
        ("Lund said on Monday it would close the dam.", ("Lund", "said", ["it would close the dam"])),
        ("The plan, he said, is dead.", ("he", "said", ["The plan", "is dead"])),
        ("According to Mali, Chad bombed the camp.", ("Mali", "According to", ["Chad bombed the camp"])),
        ("Five people died, according to police.", ("police", "according to", ["Five people died"])),
        ("Five people died in the fire, police say.", ("police", "say", ["Five people died in the fire"])),
        ("He asked whether the road was safe.", ("He", "asked", ["whether the road was safe"])),
        ("They urged Mali to release the men.", ("They", "urged", ["Mali to release the men"])),
        ("Mali threatened to expel the envoys.", ("Mali", "threatened", ["to expel the envoys"])),
        ("Chad accused Mali of attacking the camp.", ("Chad", "accused", ["Mali of attacking the camp"])),
        ("Mali denied attacking the camp.", ("Mali", "denied", ["attacking the camp"])),
        ("Mali denied the allegations.", ("Mali", "denied", ["the allegations"])),
        ("The ministry termed all speculation as inaccurate.",
         ("The ministry", "termed", ["all speculation as inaccurate"])),
        ("He called the move a mistake.", ("He", "called", ["the move a mistake"])),
        ("He described the move as a mistake.", ("He", "described", ["the move as a mistake"])),
        ("His claim that the vote was rigged angered many.", ("His", "claim", ["that the vote was rigged"])),
        ("In Moe's view, the plan is dead.", ("Moe's", "view", ["the plan is dead"])),
        ("He was quoted as saying the talks had failed.", ("He", "saying", ["the talks had failed"])),
        ("The men have left, the agency quoted a guard as saying.", ("a guard", "quoted", ["The men have left"])),
        ("The agency quoted a guard as saying the men had left.", ("a guard", "saying", ["the men had left"])),
        ("Chad called the vote in the north a “farce”.", ("Chad", "called", ["the vote in the north a “farce"])),
        ("She issued a statement saying Sunday's vote was unfair.", ("She", "saying", ["Sunday's vote was unfair"])),
        ("She is said to have left.", ("", "is said", ["She", "to have left"])),
        ("It was reported that five people had died.", ("", "was reported", ["that five people had died"])),
        ("The minister was told that the bridge was unsafe.", ("", "was told", ["that the bridge was unsafe"])),
        ("The plan was welcomed by unions.", ("unions", "was welcomed", ["The plan"])),
        ("As he put it, the plan is dead.", ("he", "put", ["the plan is dead"])),
        ("The ministry could not confirm the report.", ("The ministry", "could not confirm", ["the report"])),
        ("Lund, who said the plan was dead, smiled.", ("who", "said", ["the plan was dead"])),
        ("The news agency Tarpress said the plan was dead.",
         ("The news agency Tarpress", "said", ["the plan was dead"])),
    ],
)  # fmt: skip
def test_indirect(annotate: Annotate, text: str, expected: Told) -> None:
    assert told(annotate(text)) == [expected]


MOVE = """The government said it would close the dam for repairs,
a move that neighbouring Mali warned would leave a million people without water.""".replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad said Mali denied the attack.",
         [("Chad", "said", ["Mali denied the attack"]), ("Mali", "denied", ["the attack"])]),
        ("The talks failed, the ministry said, adding that no date had been set.",
         [("the ministry", "said", ["The talks failed"]), ("the ministry", "adding", ["that no date had been set"])]),
        (MOVE,
         [("The government", "said", ["it would close the dam for repairs"]),
          ("neighbouring Mali", "warned", ["would leave a million people without water"])]),
        ("France condemned the attack and called for an inquiry.",
         [("France", "condemned", ["the attack"]), ("France", "called", ["for an inquiry"])]),
        ("He called on witnesses to come forward and asked the public to be patient.",
         [("He", "called", ["witnesses to come forward"]), ("He", "asked", ["the public to be patient"])]),
    ],
)  # fmt: skip
def test_several(annotate: Annotate, text: str, expected: list[Told]) -> None:
    assert told(annotate(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        'Prices rose "sharply" in May.',
        "It was a “historic” victory for the town.",
        "The minister will announce the plan on Friday.",
        "She wants to say goodbye.",
        "Snow fell in Oslo.",
        "The army released two prisoners on Friday.",
        "The ministry has released the journalist Ola Berg.",
        "Oslo: 1,769.\n\nBergen: 804.\n\nOslo: 12.",
    ],
)
def test_nobody_is_credited(annotate: Annotate, text: str) -> None:
    assert told(annotate(text)) == []


def test_one_quotation_over_two_paragraphs(annotate: Annotate) -> None:
    text = "“We came at night,” said Lund. “Nobody saw us.\n\n“We left at dawn.”"
    assert told(annotate(text)) == [("Lund", "said", ["We came at night", "Nobody saw us", "We left at dawn"])]


def test_a_paragraph_of_nothing_but_a_quotation_belongs_to_the_speaker_before(annotate: Annotate) -> None:
    text = "Lund said the plan was dead.\n\n“It was never alive.”"
    assert told(annotate(text))[1] == ("Lund", "", ["It was never alive"])


def test_an_interview(annotate: Annotate) -> None:
    text = "Q: Will you pay?\n\nA: No.\n\nWe will not.\n\nQ: And then?\n\nA: Then we go home."
    assert [(s, c) for s, _, c in told(annotate(text))] == [
        ("Q", ["Will you pay?"]), ("A", ["No", "We will not"]), ("Q", ["And then?"]), ("A", ["Then we go home"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "source", "content"),
    [
        ("Minister: we will not pay", "Minister", "we will not pay"),
        ("‘We will not pay’ - finance minister", "finance minister", "‘We will not pay’"),
    ],
)
def test_headlines(annotate: Annotate, line: str, source: str, content: str) -> None:
    [one] = read_patterns(annotate(f"{line}\n\nSnow fell in Oslo on Monday."))
    assert line[slice(*one.source[0])] == source
    assert line[slice(*one.content[0])] == content


PIECES = st.sampled_from(
    ["“We will not pay,” ", '"', "said ", "Lund ", ". ", "according to ", "\n\n", "that ", ": ", "told ",
     "was quoted as ", "saying ", "’", "‘No’ ", "— ", "denied ", "the report ", "\u200f", "🙂 ", "Q: ", ", "]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_odd_text_gives_spans_of_words_in_order(annotate: Annotate, text: str) -> None:
    attributions = read_patterns(annotate(text))
    assert [a.content[0] for a in attributions] == sorted(a.content[0] for a in attributions)
    for a in attributions:
        assert a.content
        for span in (*a.cue, *a.source, *a.content):
            assert 0 <= span.start < span.end <= len(text)
        for one, two in pairwise(a.content):
            assert one.end <= two.start


def test_a_speaker_goes_on_in_a_quotation_of_its_own(annotate: Annotate) -> None:
    found = told(annotate("Lund said the talks had failed. “It is over.” The guests left."))
    assert found == [("Lund", "said", ["the talks had failed"]), ("Lund", "", ["It is over"])]


def test_two_cues_of_one_speaker(annotate: Annotate) -> None:
    found = told(annotate("Anna Lund said he had left and called the vote a farce."))
    assert [one[1:] for one in found] == [("said", ["he had left"]), ("called", ["the vote a farce"])]


def test_the_charge_just_told(annotate: Annotate) -> None:
    found = told(annotate("Troops burned two villages, the minister said, a charge that Zambia rejected."))
    assert [source for source, _, _ in found] == ["the minister", "Zambia"]
