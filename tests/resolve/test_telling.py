"""Which acts tell an event worth showing, and who is no target of his own deed."""

from __future__ import annotations

import pytest

from tests.conftest import Annotate
from tests.extract.test_acts import read


def told(annotate: Annotate, sentence: str) -> list[tuple[str, str, str]]:
    events, _, cast = read(annotate(sentence, published="2024-05-15"))
    names = {a.id: a.country or a.name for a in cast.actors}
    return [("+".join(names[i] for i in e.source), e.type, "+".join(names[i] for i in e.target)) for e in events]


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("The minister of Ghana resigned in protest.", "PROTEST"),
        ("The lodge is a mountain retreat in Kenya.", "RETREAT"),
        ("The plan needs the consent of Kenyan farmers.", "AGREE"),
        ("The plan needs the consent of Kenyan farmers.", "REQUEST"),
        ("Kenya is rich after the war.", "ASSAULT"),
        ("The Kenyan talks were long.", "CONSULT"),
        ("Kenya signed a document ending a negotiation with Uganda.", "SANCTION"),
        ("It does not mean that we accept the Ugandan plan, Kenya said.", "REJECT"),
    ],
)
def test_words_that_only_mention_an_act_tell_none(annotate: Annotate, sentence: str, absent: str) -> None:
    assert absent not in [type_ for _, type_, _ in told(annotate, sentence)]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Ghana's president resigned.", ("GHA", "RETREAT", "")),
        ("Two Ghanaian soldiers were killed.", ("", "ASSAULT", "GHA")),
        ("Togo's refusal surprised everybody.", ("TGO", "REJECT", "")),
        ("Ghana withdrew its envoy after talks with Togo.", ("GHA", "CONSULT", "TGO")),
        ("An attack blamed on Togo killed two Ghanaian soldiers.", ("TGO", "ASSAULT", "")),
    ],
)
def test_one_side_is_enough_where_it_tells_something(
    annotate: Annotate, sentence: str, event: tuple[str, str, str]
) -> None:
    assert event in told(annotate, sentence)


def test_nobody_acts_upon_his_own_country(annotate: Annotate) -> None:
    assert told(annotate, "Ghana's president put his armed forces on alert.") == [("GHA", "MOBILIZE", "")]
