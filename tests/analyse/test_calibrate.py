"""Placebo references and the control of false discoveries, beside scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dateline.analyse import calibrate


def test_strengths_of_placebos_are_those_of_chance() -> None:
    rng = np.random.default_rng(0)
    volume = rng.uniform(0, 5, 20_000)
    values = rng.exponential(1 + volume)  # what is large depends on the volume
    made = calibrate.reference(values, volume)
    fresh = rng.uniform(0, 5, 20_000)
    p = 10.0 ** -made.strength(rng.exponential(1 + fresh), fresh)
    for level in (0.2, 0.05, 0.01):
        assert (p <= level).mean() == pytest.approx(level, rel=0.2)
    low = p[fresh < 1]
    assert (low <= 0.05).mean() == pytest.approx(0.05, abs=0.02)


def test_the_tail_goes_on_beyond_the_last_placebo() -> None:
    values = np.random.default_rng(1).exponential(size=1000)
    made = calibrate.reference(values, np.zeros(1000))
    beyond = made.strength(values.max() * np.array([1.0, 1.5, 2.0, 3.0]), np.zeros(4))
    assert (np.diff(beyond) > 0).all()
    truth = stats.expon.logsf(values.max() * 1.5) / -np.log(10)
    assert beyond[1] == pytest.approx(truth, rel=0.35)


def test_a_heavy_tail_is_found_heavy() -> None:
    values = stats.genpareto.rvs(0.3, size=20_000, random_state=2)
    made = calibrate.reference(values, np.zeros(20_000))
    where = np.array([stats.genpareto.isf(1e-4, 0.3)])
    assert made.strength(where, np.zeros(1))[0] == pytest.approx(4, abs=0.8)  # an exponential tail would say 8


@given(st.lists(st.floats(0, 50), min_size=1, max_size=200), st.floats(0, 60))
def test_strength_never_falls_as_the_value_grows(values: list[float], value: float) -> None:
    made = calibrate.reference(np.array(values), np.zeros(len(values)))
    both = made.strength(np.array([value, value + 1]), np.zeros(2))
    assert np.isfinite(both).all()
    assert both[1] >= both[0] - 1e-9


def test_q_values_are_scipys() -> None:
    p = np.random.default_rng(3).uniform(size=50) ** 2
    assert calibrate.adjusted(p) == pytest.approx(stats.false_discovery_control(p))


def test_what_was_not_tested_does_not_count() -> None:
    p = np.array([0.01, np.nan, 0.5])
    q = calibrate.adjusted(p)
    assert np.isnan(q[1])
    assert q[[0, 2]] == pytest.approx(stats.false_discovery_control(p[[0, 2]]))


def test_a_restless_pair_is_measured_against_itself() -> None:
    scores = np.array([[1.0, 1, 1, 1], [4.0, 4, 4, 4]])
    pace = calibrate.steadied(scores, np.ones((2, 4)), np.ones((1, 4), dtype=bool), 280)
    assert pace[0, 0] == pytest.approx(1)
    assert 3 < pace[1, 0] < 4
    near = np.array([[True, False, True, True]])
    odd = calibrate.steadied(np.array([[1.0, 99, 1, 1]]), np.ones((1, 4)), near, 280)
    assert odd[0, 0] == pytest.approx(1)
