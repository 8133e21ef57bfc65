"""Which time expression dates which act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dateline.extract.times import find_times
from dateline.model import Annotated
from dateline.resolve.dates import time_of

Annotate = Callable[..., Annotated]

ANCHOR = date(2024, 11, 7)


@pytest.mark.parametrize(
    ("sentence", "act", "words"),
    [
        ("The rebels attacked Arnburg on Friday, the mayor said on Saturday.", "attacked", "Friday"),
        ("The rebels attacked Arnburg on Friday, the mayor said on Saturday.", "said", "Saturday"),
        ("The minister said Thursday that troops had crossed the border on Monday.", "said", "Thursday"),
        ("The minister said Thursday that troops had crossed the border on Monday.", "crossed", "Monday"),
        ("Arnland said Thursday the talks had failed.", "said", "Thursday"),
        ("Arnland said Thursday the talks had failed.", "failed", None),
        ("The army killed five people on Friday in Arnburg.", "killed", "Friday"),
        ("Friday's attack drew condemnation.", "attack", "Friday"),
        ("The attack took place last Wednesday.", "attack", "last Wednesday"),
        ("The two leaders met in Arnburg last month and signed a deal.", "met", "last month"),
        ("The two leaders met in Arnburg last month and signed a deal.", "signed", "last month"),
        ("The prime minister agreed on Tuesday to send aid.", "agreed", "Tuesday"),
        ("The prime minister agreed on Tuesday to send aid.", "send", None),
        ("Rebels began shelling the city on Sunday.", "shelling", "Sunday"),
        ("Arnland violated the 2015 treaty.", "violated", None),
        ("In March the government banned exports.", "banned", "March"),
        ('"We will meet on Friday," he said on Monday.', "meet", "Friday"),
        ('"We will meet on Friday," he said on Monday.', "said", "Monday"),
        ("Rebels struck the port overnight, killing two people.", "killing", "overnight"),
        ("The talks, held in Arnburg on Wednesday, failed.", "talks", "Wednesday"),
        ("The talks, held in Arnburg on Wednesday, failed.", "failed", None),
        ("Thursday's raid killed four people.", "killed", "Thursday"),
        ("The opposition condemned Wednesday's arrest.", "condemned", None),
        ("He was expelled in 2019 and jailed in 2021.", "expelled", "2019"),
        ("He was expelled in 2019 and jailed in 2021.", "jailed", "2021"),
        ("He left the army and joined the police in 2021.", "left", None),
        ("Hamas released two hostages on Tuesday after Qatar mediated.", "mediated", None),
        ("The siege lasted three days.", "lasted", None),
        ("He now lives in Arnburg.", "lives", None),
        ("Nobody knew.", "knew", None),
    ],
)
def test_time_of(annotate: Annotate, sentence: str, act: str, words: str | None) -> None:
    annotated = annotate(sentence)
    token = next(t for t in annotated.tokens if t.text == act)
    time = time_of(annotated, find_times(annotated, ANCHOR), token)
    assert (annotated.words(time.span) if time else None) == words


def test_a_time_of_another_sentence_dates_nothing(annotate: Annotate) -> None:
    annotated = annotate("The minister resigned. On Monday the king spoke.")
    token = next(t for t in annotated.tokens if t.text == "resigned")
    assert time_of(annotated, find_times(annotated, ANCHOR), token) is None
