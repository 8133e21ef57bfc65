"""Forecasts of weekly counts: what they learn from, how they are scored, and that they never look ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dateline.analyse.backtest import rival_quantiles, track_records
from dateline.analyse.forecast import (
    Forecasts,
    Known,
    Spread,
    _spread,
    fit,
    forecast_weeks,
    learns,
    next_weeks,
    quantiles,
)
from dateline.analyse.history import base_rate, faded, features, span_mean
from dateline.analyse.quantiles import LEVELS, NAMES, covered, crps, log_likelihood, nb_quantiles
from dateline.analyse.tables import Form, from_rows
from dateline.analyse.weekly import Weekly, weekly, whole_weeks
from dateline.errors import ForecastError, TableError

MONDAY = date(2020, 1, 6)


def counted(rng: np.random.Generator, mean: np.ndarray, alpha: float, weeks: int = 80) -> Weekly:
    """Streams of negative-binomial counts [pairs, 4, weeks] with means [pairs, 4], between as many states."""
    size = 1 / alpha
    shape = (weeks, *mean.shape)
    counts = np.moveaxis(rng.negative_binomial(size, size / (size + mean), shape), 0, -1).astype(float)
    each = np.arange(len(mean))
    names = tuple((f"A{i:02}", f"B{i:02}") for i in each)
    nobody = np.full(len(mean), -1)
    return Weekly(MONDAY, names, counts, each, each, nobody, counts, counts)


@pytest.fixture(scope="module")
def streams() -> Weekly:
    rng = np.random.default_rng(5)
    return counted(rng, rng.gamma(0.7, 1.5, (40, 4)), 0.8)


@pytest.fixture(scope="module")
def known(streams: Weekly) -> Known:
    return Known.of(streams)


# --- quantiles and their score ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mu", [0.01, 0.3, 2.0, 40.0])
@pytest.mark.parametrize("alpha", [0.05, 1.0, 9.0])
def test_quantiles_are_those_of_scipy(mu: float, alpha: float) -> None:
    size = 1 / alpha
    expected = stats.nbinom.ppf(LEVELS, size, size / (size + mu))
    assert nb_quantiles(np.array([mu]), np.array([alpha]))[0].tolist() == expected.tolist()


@given(st.floats(0.001, 200), st.floats(0.02, 40), st.floats(0, 1))
def test_quantiles_rise_and_smooth_ones_lie_below(mu: float, alpha: float, smooth: float) -> None:
    whole = nb_quantiles(np.array([mu]), np.array([alpha]))[0]
    between = nb_quantiles(np.array([mu]), np.array([alpha]), smooth=smooth)[0]
    assert (np.diff(between) >= -1e-9).all()
    assert (between <= whole + 1e-9).all()
    assert (between >= whole - smooth - 1e-9).all()


def test_likelihood_is_that_of_scipy() -> None:
    counts, mu, alpha = np.array([0.0, 3, 11]), np.array([0.2, 2.0, 5.0]), np.array([3.0, 0.5, 1.0])
    expected = stats.nbinom.logpmf(counts, 1 / alpha, 1 / (1 + alpha * mu))
    assert log_likelihood(counts, mu, alpha) == pytest.approx(expected)


def test_crps_is_the_integral_over_thresholds() -> None:
    """An independent form: the squared distance between the two distribution functions, integrated (Hersbach 2000).

    Ten equally weighted points have the mean of |x - y| less half the mean of |x - x'|; pinball losses at the middles
    of ten equal parts of the levels give the same number.
    """
    rng = np.random.default_rng(0)
    for _ in range(50):
        points, count = np.sort(rng.gamma(1, 3, 10)), float(rng.poisson(3))
        spread = np.abs(points[:, None] - points).mean() / 2
        energy = np.abs(points - count).mean() - spread
        assert float(crps(points[None], np.array([count]))[0]) == pytest.approx(energy)


def test_rivals_are_the_series_own_quantiles() -> None:
    counts = np.arange(40.0)[None]
    assert rival_quantiles(counts, 26)[0] == pytest.approx(np.quantile(np.arange(14.0, 40), LEVELS))
    assert rival_quantiles(counts)[0] == pytest.approx(np.quantile(np.arange(40.0), LEVELS))


# --- counting --------------------------------------------------------------------------------------------------

ROWS = [
    ("2020-01-07", "USA", "IRN", "173"),
    ("2020-01-07", "USA", "IRN", "173"),
    ("2020-01-12", "IRN", "USA", "036"),
    ("2020-01-15", "USA", "IRN", "112"),
    ("2020-01-20", "FRA", "USA", "061"),
    ("2020-01-28", "USA", "FRA", "190"),
]


def test_weeks_begin_on_monday_and_pairs_are_directed() -> None:
    counts = weekly(from_rows("t", ROWS), date(2020, 1, 22))
    assert counts.monday == MONDAY
    assert set(counts.names) == {("IRN", "USA"), ("USA", "IRN")}
    at = counts.names.index(("USA", "IRN"))
    assert counts.counts[at, 2].tolist() == [0, 1, 0, 0]
    assert counts.reverse[at] == 1 - at
    assert counts.sent[counts.source[at], 3].tolist() == [1, 0, 0, 1]  # one is towards a third state
    assert counts.late[1].sum() == 1  # the Sunday's


def test_a_pair_asked_for_is_counted_whatever_its_events() -> None:
    counts = weekly(from_rows("t", ROWS), date(2020, 1, 22), 1, (("USA", "FRA"), ("XXX", "USA")))
    assert counts.names[0] == ("USA", "FRA")
    assert len(counts.names) == 2


def test_the_last_week_counts_only_when_it_is_over() -> None:
    assert whole_weeks(from_rows("t", ROWS)) == 3
    assert whole_weeks(from_rows("t", [*ROWS, ("2020-02-02", "USA", "FRA", "190")])) == 4


@pytest.mark.parametrize(("monday", "weeks", "totals"), [
    ("2019-12-30", 3, [0, 3, 1]), ("2020-01-13", 4, [1, 1, 1, 0]), ("2019-12-23", 2, [0, 0]), ("2020-03-02", 2, [0, 0]),
])  # fmt: skip
def test_weeks_before_and_after_the_events_hold_none(monday: str, weeks: int, totals: list[int]) -> None:
    counts = weekly(from_rows("t", ROWS, every_row=True), date(2020, 2, 3), 9)
    other = counts.spanning(date.fromisoformat(monday), weeks)
    assert other.weeks == weeks
    assert other.day_of(0).isoformat() == monday
    assert other.counts.sum((0, 1)).tolist() == totals
    assert all(late.shape == other.counts.shape for late in other.late)
    assert other.of_class(2).counts.shape == (len(counts.names), 1, weeks)


def test_net_numbers_cannot_be_counted() -> None:
    with pytest.raises(TableError, match="cameo"):
        weekly(from_rows("t", [("2020-01-01", "A", "B", 1.5)], Form.NET), date(2020, 1, 9))


def test_no_events_before_the_first_week() -> None:
    with pytest.raises(TableError, match="no events before"):
        weekly(from_rows("t", ROWS), date(2020, 1, 7))


# --- what is known ---------------------------------------------------------------------------------------------


def test_fading_sums() -> None:
    sums, weight = faded(np.array([4.0, 2.0]), 1.0)
    assert sums.tolist() == [0, 4, 4]
    assert weight.tolist() == [0, 1, 1.5]


def test_features_never_look_ahead(streams: Weekly) -> None:
    origin = 50
    changed = streams.counts.copy()
    changed[..., origin:] = 77
    after = replace(streams, counts=changed, sent=changed, received=changed)
    assert np.array_equal(features(streams)[:, :, : origin + 1], features(after)[:, :, : origin + 1])
    assert np.array_equal(base_rate(streams)[..., : origin + 1], base_rate(after)[..., : origin + 1])


def test_span_means_over_the_weeks_there_are() -> None:
    assert span_mean(np.array([[3.0, 1, 2]]), 10).tolist() == [[0, 3, 2, 2]]


# --- forecasts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("horizon", [1, 3])
def test_the_future_does_not_change_a_forecast(streams: Weekly, known: Known, horizon: int) -> None:
    week = 60
    changed = streams.counts.copy()
    changed[..., week - horizon + 1 :] += 50
    after = Known.of(replace(streams, counts=changed, sent=changed, received=changed))
    mine, other = (forecast_weeks(k, week, week, (horizon,)) for k in (known, after))
    assert np.array_equal(mine.quantiles, other.quantiles)
    assert mine.digest() == other.digest()


def test_the_past_does_change_it(streams: Weekly, known: Known) -> None:
    changed = streams.counts.copy()
    changed[..., 59] += 50
    after = Known.of(replace(streams, counts=changed, sent=changed, received=changed))
    mine, other = (forecast_weeks(k, 60, 60, (1,)) for k in (known, after))
    assert (other.quantiles.mean((0, 1, 3, 4)) > mine.quantiles.mean((0, 1, 3, 4))).all()


def test_dispersion_of_simulated_streams_is_recovered() -> None:
    rng = np.random.default_rng(1)
    mean = rng.gamma(1.0, 1.0, 60_000) + 0.01
    for alpha in (0.3, 2.0):
        counts = rng.negative_binomial(1 / alpha, 1 / (1 + alpha * mean)).astype(float)
        found = _spread(counts, mean)[0].alpha(np.array([0.3, 1.0, 3.0]))
        assert found == pytest.approx([alpha] * 3, rel=0.12)


def test_simulated_streams_are_forecast_nearly_as_by_who_knows_their_law() -> None:
    rng = np.random.default_rng(2)
    mean = rng.gamma(0.7, 1.5, (60, 4))
    streams = counted(rng, mean, 0.8)
    made = forecast_weeks(Known.of(streams), 60, 79, (1,))
    actual = np.moveaxis(streams.counts[..., 60:], -1, 0)
    law = nb_quantiles(mean.ravel(), np.full(mean.size, 0.8)).reshape(60, 4, 10)
    mine, best = crps(made.quantiles[0], actual).mean(), crps(law[None], actual).mean()
    assert mine < 1.04 * best
    record = track_records(streams, made)[0]
    assert record.forecasts == 60 * 4 * 20
    assert record.crps == pytest.approx(mine)
    assert all(gain.low > 0 for gain in record.gains[:1])
    assert 0.88 <= record.cover90 <= 0.97


def test_quantiles_rise(known: Known) -> None:
    model = fit(known, 1, 70)
    assert (np.diff(quantiles(known, model, 71), axis=-1) >= 0).all()


def test_next_weeks_have_one_horizon_each(known: Known, streams: Weekly) -> None:
    made = next_weeks(known, 2)
    rows = list(made.rows())
    assert len(rows) == 2 * 40 * 4
    assert {(row["week"], row["horizon"]) for row in rows} == {
        (MONDAY + timedelta(weeks=80), 1),
        (MONDAY + timedelta(weeks=81), 2),
    }
    assert list(rows[0])[-10:] == list(NAMES)
    assert {row["source"] for row in made.only(("A03", "B03")).rows()} == {"A03"}


def test_weeks_too_far_ahead_are_left_out(known: Known) -> None:
    made = forecast_weeks(known, 79, 81, (1, 2))
    assert np.isnan(made.quantiles).all((-1, -2, -3)).tolist() == [[False, False, True], [False, False, False]]
    with pytest.raises(ForecastError, match="too far ahead"):
        forecast_weeks(known, 85, 86, (1, 2))


def test_too_few_weeks(known: Known) -> None:
    with pytest.raises(ForecastError, match="too few"):
        forecast_weeks(known, 8, 8, (1,))


def test_few_pairs_are_forecast_as_they_are_among_many(streams: Weekly, known: Known) -> None:
    few = forecast_weeks(Known.of(streams, 3), 70, 70, (1,))
    assert np.array_equal(few.quantiles, forecast_weeks(known, 70, 70, (1,)).quantiles[:, :, :3])


def test_a_few_busy_pairs_are_too_few_for_trees() -> None:
    rng = np.random.default_rng(9)
    known = Known.of(counted(rng, np.full((3, 4), 2.0), 0.3, 60))
    assert not learns(known, 1, 60)
    assert fit(known, 1, 60).trees is None
    assert learns(Known.of(counted(rng, np.full((30, 4), 2.0), 0.3, 60)), 1, 60)


def test_streams_without_events() -> None:
    quiet = counted(np.random.default_rng(0), np.full((2, 4), 1e-12), 0.5, 40)
    assert (forecast_weeks(Known.of(quiet), 38, 39, (1, 4)).quantiles == 0).all()


def test_learning_takes_the_pairs_that_were_busiest_then() -> None:
    rng = np.random.default_rng(3)
    streams = counted(rng, rng.gamma(0.7, 1.5, (400, 4)), 0.8, 40)
    known = Known.of(streams, 10)
    first = streams.counts[..., :20].sum((1, 2))
    assert set(known.busiest[20]) == set(np.argsort(-first, kind="stable")[:300])


def test_a_digest_knows_a_forecast_again() -> None:
    values = np.arange(40.0).reshape(1, 1, 1, 4, 10)
    made = Forecasts((("A", "B"),), (MONDAY,), (1,), values)
    assert made.digest() == replace(made).digest()
    assert made.digest() != replace(made, quantiles=values + 0.01).digest()
    assert made.digest() != replace(made, names=(("B", "A"),)).digest()


def test_the_highest_quantile_never_falls_below_the_next() -> None:
    made = Spread(2.0, -0.8, 0.92).quantiles(np.geomspace(0.001, 50, 200))
    assert (np.diff(made, axis=-1) >= 0).all()


def test_covered_includes_both_ends() -> None:
    assert covered(np.array([[1.0, 3.0]] * 3), np.array([1.0, 3.0, 4.0])).tolist() == [True, True, False]
