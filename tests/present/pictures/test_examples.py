"""The pictures in the documentation are those that are drawn today."""

from __future__ import annotations

import pytest

from dateline.present.pictures import draw
from tests.present.pictures.examples import EXAMPLES, FOLDER
from tests.present.pictures.layout import faults


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_is_up_to_date(name: str) -> None:
    svg = draw(EXAMPLES[name])
    kept = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert kept == svg, "draw them anew: python -m tests.present.pictures.examples"
    assert faults(svg) == []


def test_no_example_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(EXAMPLES)
