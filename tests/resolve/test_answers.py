"""Whom an act answers that names nobody."""

from __future__ import annotations

import pytest

from tests.conftest import Annotate
from tests.resolve.test_events import countries, read


@pytest.mark.parametrize(
    ("text", "type_", "target"),
    [
        ("Kenya expelled three Ugandan diplomats. Uganda protested.", "ACCUSE", ["KEN"]),
        ("Kenya expelled three Ugandan diplomats. Uganda protested and threatened to answer.", "THREATEN", ["KEN"]),
        ("Kenya accused Uganda of spying. The Ugandan government denied the charge.", "REJECT", ["KEN"]),
        ("Kenya accused Uganda of spying. Many reporters came. Uganda rejected the charges.", "REJECT", ["KEN"]),
        ("Kenya tested a missile on Monday. Uganda condemned the test.", "ACCUSE", ["KEN"]),
        ("Kenya opened its border on Monday. Uganda welcomed the step.", "SUPPORT", ["KEN"]),
        ("Kenya accused Uganda of theft and protested.", "ACCUSE", ["UGA"]),
        ("Kenya arrested a Ugandan journalist. Uganda demanded his release.", "REQUEST", ["KEN"]),
        # nobody acted before, or two did, or something new is told
        ("Uganda protested.", "ACCUSE", []),
        ("Kenya opened a port. Rain fell for days. The crops grew. Then came the floods. Uganda condemned the step.",
         "ACCUSE", []),
        ("Kenya opened its border. The Ugandan parliament rejected the step.", "REJECT", []),
        ("Kenya held elections. Uganda refused to raise taxes on Monday.", "REJECT", []),
        ("Kenya opened its border. Uganda rejected the budget.", "REJECT", []),
    ],
)  # fmt: skip
def test_whom_an_act_answers(annotate: Annotate, text: str, type_: str, target: list[str]) -> None:
    events, _, cast = read(annotate(text, published="2024-05-15"))
    found = [e for e in events if e.type == type_ and e.reality.value == "happened"]
    assert found
    assert countries(cast, found[-1].target) == target
