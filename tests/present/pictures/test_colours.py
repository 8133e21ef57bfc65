"""Contrast by WCAG 2.2 on white, on the page's paper and on its dark background."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.present.pictures.colours import COLOURS, DARK, LIGHT, QUADS, STANCES, contrast

#: grid lines and the ground of a known 0 carry no meaning alone
MARKS = sorted(set(COLOURS) - {"paper", "grid", "zero", "ink", "dim"})
PAIRS = [(role, ground, at) for role in MARKS for at, grounds in enumerate((LIGHT, DARK)) for ground in grounds]


@pytest.mark.parametrize(("role", "ground", "at"), PAIRS)
def test_marks_stand_out(role: str, ground: str, at: int) -> None:
    assert contrast(COLOURS[role][at], ground) >= 3


@pytest.mark.parametrize("role", ("ink", "dim"))
@pytest.mark.parametrize("at", (0, 1))
def test_words_can_be_read(role: str, at: int) -> None:
    for ground in ((*LIGHT, COLOURS["zero"][0]), (*DARK, COLOURS["zero"][1]))[at]:
        assert contrast(COLOURS[role][at], ground) >= 4.5


@pytest.mark.parametrize("at", (0, 1))
def test_material_and_verbal_differ_in_grey(at: int) -> None:
    for light, dark in (("vcoop", "mcoop"), ("vconf", "mconf")):
        assert contrast(COLOURS[light][at], COLOURS[dark][at]) >= 3


@pytest.mark.parametrize("at", (0, 1))
@pytest.mark.parametrize(("ramp", "steps"), (("heat", 5), ("shade", 4)))
def test_steps_of_a_ramp_go_one_way_and_differ(ramp: str, steps: int, at: int) -> None:
    ground = (LIGHT[1], DARK[0])[at]
    rising = [contrast(COLOURS[f"{ramp}{i}"][at], ground) for i in range(1, steps + 1)]
    assert all(b / a >= 1.3 for a, b in pairwise(rising))


def test_each_class_has_a_colour() -> None:
    assert {*QUADS.values(), *STANCES.values()} <= set(COLOURS)
