"""The likelihood-ratio test beside independent implementations on the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from dateline.analyse import dispersion, rates

COUNTS = np.array([3.0, 0, 2, 5, 1, 4, 0, 2, 9, 7, 12, 6])
EXPOSURE = np.array([1.0, 0.8, 1.1, 1.3, 0.9, 1.0, 0.7, 1.2, 1.0, 1.1, 1.4, 0.9])
AFTER = (np.arange(12) >= 8).astype(float)
ALPHA = np.array(0.4)


def test_log_likelihood_is_scipys_up_to_a_constant() -> None:
    size = 1 / float(ALPHA)

    def scipys(means: np.ndarray) -> float:
        return float(stats.nbinom.logpmf(COUNTS, size, size / (size + means)).sum())

    low, high = 2.0 * EXPOSURE, 5.0 * EXPOSURE
    ours = [float(rates.log_likelihood(COUNTS, means, ALPHA, np.ones(12))) for means in (low, high)]
    assert ours[0] - ours[1] == pytest.approx(scipys(low) - scipys(high), abs=1e-9)


def test_the_ratio_is_statsmodels() -> None:
    sm = pytest.importorskip("statsmodels.api")
    family = sm.families.NegativeBinomial(alpha=float(ALPHA))
    design = np.column_stack([np.ones(12), AFTER])
    one, two = (
        sm.GLM(COUNTS, x, family=family, offset=np.log(EXPOSURE)).fit(tol=1e-12, maxiter=200)
        for x in (design[:, :1], design)
    )
    ours = rates.compare(COUNTS, EXPOSURE, ALPHA, 1 - AFTER, AFTER)
    assert float(ours.ratio) == pytest.approx(2 * (two.llf - one.llf), rel=1e-4)
    assert float(ours.before) == pytest.approx(np.exp(two.params[0]), rel=1e-4)
    assert float(ours.after) == pytest.approx(np.exp(two.params.sum()), rel=1e-4)


def test_the_rate_is_where_scipys_likelihood_is_highest() -> None:
    from scipy.optimize import minimize_scalar

    size = 1 / float(ALPHA)

    def minus(rate: float) -> float:
        return -float(stats.nbinom.logpmf(COUNTS, size, size / (size + rate * EXPOSURE)).sum())

    best = minimize_scalar(minus, bounds=(0.1, 20), method="bounded", options={"xatol": 1e-9}).x
    assert float(rates.fit_rate(COUNTS, EXPOSURE, ALPHA, np.ones(12))) == pytest.approx(best, rel=1e-5)


def test_the_interval_is_garwoods() -> None:
    for events in (0, 1, 7, 40):
        low, high = rates.interval(events, 2.0, 1.0)
        assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * events) / 4 if events else 0)
        assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * events + 2) / 4)
    assert rates.interval(7, 2.0, 3.0)[1] > rates.interval(7, 2.0, 1.0)[1]


def test_rows_of_many_series_are_independent() -> None:
    both = np.stack([COUNTS, COUNTS[::-1]])
    ratio = rates.compare(both, np.stack([EXPOSURE] * 2), np.array([0.4, 0.4]), 1 - AFTER, AFTER).ratio
    assert float(ratio[0]) == pytest.approx(float(rates.compare(COUNTS, EXPOSURE, ALPHA, 1 - AFTER, AFTER).ratio))


def test_no_events_and_no_exposure_are_no_difference() -> None:
    zero = rates.compare(np.zeros(12), EXPOSURE, ALPHA, 1 - AFTER, AFTER)
    assert float(zero.ratio) == pytest.approx(0, abs=1e-9)
    assert np.isfinite(rates.compare(COUNTS, np.zeros(12), ALPHA, 1 - AFTER, AFTER).ratio)


def test_dispersion_goes_to_the_truth_with_data_and_to_the_pool_without() -> None:
    rng = np.random.default_rng(0)
    means = np.full((1, 4000), 6.0)
    much = rng.negative_binomial(1 / 0.8, (1 / 0.8) / (1 / 0.8 + means)).astype(float)
    assert float(dispersion.shrunk(much, means, np.ones_like(means))[0]) == pytest.approx(0.8, rel=0.1)
    little = np.array([[1.0, 0.0, 0.0, 1.0]])
    shrunk = dispersion.shrunk(little, np.full((1, 4), 0.5), np.ones((1, 4)), 0.7)
    assert float(shrunk[0]) == pytest.approx(0.7, abs=0.1)


def test_poisson_counts_have_hardly_any_dispersion() -> None:
    counts = np.random.default_rng(1).poisson(20.0, (1, 500)).astype(float)
    assert float(dispersion.shrunk(counts, np.full((1, 500), 20.0), np.ones((1, 500)))[0]) < 0.02


WHOLE = np.array([5.0, 3, 4, 9, 2, 6, 1, 4, 12, 9, 14, 8])
PART = np.array([1.0, 0, 2, 2, 1, 1, 0, 0, 7, 5, 12, 3])


def share_ratio(part: np.ndarray = PART, whole: np.ndarray = WHOLE, rho: float = 0.15, weight: float = 0.0) -> float:
    return float(rates.compare_shares(part, whole, np.array(rho), 1 - AFTER, AFTER, 0.3, weight))


def test_the_ratio_of_shares_is_statsmodels() -> None:
    sm = pytest.importorskip("statsmodels.api")
    design = np.column_stack([np.ones(12), AFTER])
    worth = WHOLE / (1 + (WHOLE - 1) * 0.15)
    one, two = (
        sm.GLM(PART / WHOLE, x, family=sm.families.Binomial(), var_weights=worth).fit(tol=1e-12, maxiter=200)
        for x in (design[:, :1], design)
    )
    assert share_ratio() == pytest.approx(one.deviance - two.deviance, rel=1e-6)


def test_without_likeness_the_ratio_of_shares_is_scipys_g() -> None:
    part = np.array([[(PART * side).sum(), ((WHOLE - PART) * side).sum()] for side in (1 - AFTER, AFTER)])
    found = stats.chi2_contingency(part, correction=False, lambda_="log-likelihood")
    assert share_ratio(rho=0.0) == pytest.approx(float(found.statistic), rel=1e-9)


def test_more_of_everything_moves_no_share() -> None:
    times = 1 + 3 * AFTER
    even = np.full(12, 4.0)
    assert share_ratio(even * times, 2 * even * times) == pytest.approx(0, abs=1e-9)
    assert share_ratio() > 0 > share_ratio(WHOLE - PART)
    assert share_ratio(np.zeros(12), np.zeros(12)) == 0


def test_a_pair_with_nothing_before_is_held_against_the_usual() -> None:
    assert share_ratio(PART * AFTER, WHOLE * AFTER) == pytest.approx(0, abs=1e-9)
    assert share_ratio(PART * AFTER, WHOLE * AFTER, weight=5) > 1


def test_likeness_is_that_of_scipys_beta_binomial() -> None:
    rho, share, whole = 0.3, 0.4, np.full((1, 6000), 9.0)
    size = (1 - rho) / rho
    part = stats.betabinom.rvs(9, share * size, (1 - share) * size, size=(1, 6000), random_state=4).astype(float)
    shares, mask = np.full((1, 6000), share), np.ones((1, 6000))
    assert float(dispersion.likeness(part, whole, shares, mask)[0]) == pytest.approx(rho, rel=0.05)
    plain = stats.binom.rvs(9, share, size=(1, 6000), random_state=5).astype(float)
    assert float(dispersion.likeness(plain, whole, shares, mask)[0]) < 0.01
    few = dispersion.likeness(np.array([[1.0, 0, 2, 1]]), np.full((1, 4), 2.0), np.full((1, 4), 0.5), np.ones((1, 4)))
    assert float(few[0]) == pytest.approx(dispersion.USUAL_LIKENESS, abs=0.05)
