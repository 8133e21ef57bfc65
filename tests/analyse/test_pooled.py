"""Forecasts from few events: they never look ahead, scatter more than Poisson, and mind the pair's own past."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from dateline.analyse.backtest import track_records
from dateline.analyse.pooled import Past, fit_pair, forecast_pair, moved_levels, next_of_pair
from dateline.analyse.quantiles import LEVELS, crps, nb_cdf, nb_quantiles
from dateline.analyse.weekly import Weekly
from dateline.errors import ForecastError
from tests.analyse.test_forecast import counted

POISSON = stats.poisson.ppf


@pytest.fixture(scope="module")
def few() -> Weekly:
    """Six pairs with some hundred events in three years."""
    rng = np.random.default_rng(8)
    return counted(rng, rng.gamma(0.8, 0.3, (6, 4)), 1.5, 156)


def test_probabilities_are_those_of_scipy() -> None:
    counts, mu, alpha = np.array([0.0, 3, 11]), np.array([0.2, 2.0, 5.0]), np.array([3.0, 0.5, 1.0])
    assert nb_cdf(counts, mu, alpha) == pytest.approx(stats.nbinom.cdf(counts, 1 / alpha, 1 / (1 + alpha * mu)))


@pytest.mark.parametrize("horizon", [1, 4])
def test_the_future_does_not_change_a_forecast(few: Weekly, horizon: int) -> None:
    week = 120
    changed = few.counts.copy()
    changed[..., week - horizon + 1 :] += 9
    mine, other = (forecast_pair(w, 0, week, week, (horizon,)) for w in (few, replace(few, counts=changed)))
    assert mine.digest() == other.digest()
    changed[0, :, week - horizon] += 40
    assert forecast_pair(replace(few, counts=changed), 0, week, week, (horizon,)).digest() != mine.digest()


def test_forecasts_are_nearly_those_of_who_knows_the_law() -> None:
    rng = np.random.default_rng(4)
    mean = rng.gamma(2.0, 0.25, (8, 4))
    streams = counted(rng, mean, 1.0, 260)
    mine, best, all_three = 0.0, 0.0, np.zeros(2)
    for pair in range(8):
        made = forecast_pair(streams, pair, 156, 259, (1,))
        actual = streams.counts[pair, :, 156:].T
        law = nb_quantiles(mean[pair], np.ones(4))
        mine += float(crps(made.quantiles[0, :, 0], actual).mean())
        best += float(crps(law[None], actual).mean())
        order = [pair, *(p for p in range(8) if p != pair)]
        ours_first = replace(streams, counts=streams.counts[order])
        [record] = track_records(ours_first, made, [0])
        all_three += record.rivals
        assert record.cover90 >= 0.88
        assert len(record.rivals_cover90) == 2
    assert mine < 1.05 * best
    assert mine < all_three[0]


def test_counts_scatter_more_than_poisson(few: Weekly) -> None:
    past = Past.of(few)
    made = fit_pair(past, 0, 1, few.weeks)
    mu = past.base[0, :, few.weeks]
    assert (made.spread.alpha(mu) * made.factor > 0.05).all()
    high = np.array([3.0] * 4)
    assert (made.quantiles(high)[:, -1] >= POISSON(0.95, high)).all()
    assert made.quantiles(high)[:, -1].max() > POISSON(0.95, 3.0)


def test_a_restless_pair_has_wider_intervals_than_its_pool() -> None:
    rng = np.random.default_rng(6)
    calm = counted(rng, np.full((6, 4), 1.0), 0.05, 156)
    bursts = calm.counts.copy()
    bursts[0] = np.where(np.arange(156) % 6 == 0, 6.0, 0.0)
    restless = fit_pair(Past.of(replace(calm, counts=bursts)), 0, 1, 156)
    other = fit_pair(Past.of(replace(calm, counts=bursts)), 1, 1, 156)
    assert (restless.factor > other.factor).all()
    assert restless.quantiles(np.ones(4))[0, -1] > other.quantiles(np.ones(4))[0, -1]


def test_levels_move_to_where_past_counts_lay() -> None:
    """All of fifty-two weeks lay in the lower half of what was forecast: half-way there."""
    below, upto = np.zeros((1, 52)), np.full((1, 52), 0.5)
    moved = moved_levels(below, upto)
    assert (moved < LEVELS).all()
    assert moved[4] == pytest.approx(0.45 / 1.5, abs=0.01)  # the mean of 2u and u is .45 at .3
    assert moved_levels(below[:, :1], upto[:, :1]) == pytest.approx(LEVELS, abs=0.02)  # one week tells hardly anything


def test_weeks_to_come_and_weeks_that_lie_too_far_ahead(few: Weekly) -> None:
    made = next_of_pair(few, 2, 3)
    rows = list(made.rows())
    assert [(row["week"], row["horizon"]) for row in rows[::4]] == [(few.day_of(156 + i), i + 1) for i in range(3)]
    assert {(row["source"], row["target"]) for row in rows} == {("A02", "B02")}
    late = forecast_pair(few, 0, 155, 157, (1, 2))
    assert np.isnan(late.quantiles).all((-1, -2, -3)).tolist() == [[False, False, True], [False, False, False]]
    with pytest.raises(ForecastError, match="too few"):
        forecast_pair(few, 0, 8, 8, (1,))


def test_a_pair_alone_and_without_events() -> None:
    quiet = counted(np.random.default_rng(0), np.full((1, 4), 1e-12), 0.5, 60)
    assert (next_of_pair(quiet, 0, 2).quantiles[[0, 1], [0, 1]] == 0).all()
