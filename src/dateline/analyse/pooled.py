"""How many events the next weeks will bring, where too few are known to learn from: a record of a few hundred reports.

1. *The mean* mixes fading means of three memories, each shrunk towards the pair's volume (gamma-Poisson).
2. *The spread* is negative-binomial, never Poisson: one dispersion for all series as a function of the mean, by
   maximum likelihood, and each series' own as far as its events bear it out (as ``dispersion`` has it).
3. *The conformal step* holds the pair's own past weeks against the forecasts that would have been made of them. Counts
   are whole numbers, so that a count takes up a range of levels and not one (the mean PIT of Czado, Gneiting and Held,
   Biometrics 65, 2009); each level asked for is moved to the one that so many of the past weeks lay below, the less
   the fewer these weeks are (conformal predictive systems: Vovk and others, Machine Learning 108, 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.analyse.dispersion import moments
from dateline.analyse.forecast import LEAST_WEEKS, REFIT, Forecasts, Spread, common_spread
from dateline.analyse.history import shrunk_means
from dateline.analyse.quantiles import LEVELS, nb_cdf, nb_quantiles
from dateline.analyse.weekly import Weekly
from dateline.errors import ForecastError

Floats = NDArray[np.float64]

#: Half-lives in weeks, with their shares. Where little happens a long memory is the better one: chosen on small
#: records that were cut out of a large table, and on the demo's (docs/design, what forecasts a week of events).
_MEMORIES = ((8.0, 0.2), (60.0, 0.3), (400.0, 0.5))
#: Learned from are so many of the last weeks, and so many of the pairs: those that come first.
_LEARNED, PAIRS = 260, 25
#: Forecasts are held against past weeks from the one that had so many before it.
_FIRST = 13
#: A series' own dispersion weighs like the pool's where so much of squared excess was to be expected of it.
_OWN = 30.0
#: Levels are moved half-way towards what past weeks say where there are so many.
_HALF = 52.0
_GRID = np.linspace(0, 1, 401)


@dataclass(frozen=True, eq=False)
class Past:
    """Weekly counts with the first guess [pairs, quads, origins] at each origin."""

    weekly: Weekly
    base: Floats

    @classmethod
    def of(cls, weekly: Weekly) -> Past:
        means = [share * shrunk_means(weekly, half_life) for half_life, share in _MEMORIES]
        return cls(weekly, np.sum(means, axis=0) + 1e-4)


@dataclass(frozen=True, eq=False)
class Pooled:
    """What was learned for one pair and horizon: its classes' spread, and the levels at which quantiles are taken."""

    spread: Spread
    factor: Floats
    levels: Floats

    def quantiles(self, mu: Floats) -> Floats:
        """The quantiles [quads, 10] at the means [quads]."""
        return nb_quantiles(mu, self.spread.alpha(mu) * self.factor, self.levels)


def fit_pair(past: Past, pair: int, horizon: int, origin: int) -> Pooled:
    """Learn from the weeks before ``origin`` how far a pair's counts lie from the first guess ``horizon`` weeks ahead.

    Raises ForecastError where fewer than ``LEAST_WEEKS`` weeks lie before.
    """
    if origin < LEAST_WEEKS + horizon:
        raise ForecastError(f"{origin} weeks before the forecast are too few: {LEAST_WEEKS + horizon} are needed")
    stop = origin - horizon + 1
    origins = np.arange(max(min(_FIRST, stop // 2), stop - _LEARNED), stop)
    counts, mu = past.weekly.counts[..., origins + horizon - 1], past.base[..., origins]
    spread = common_spread(counts.ravel(), mu.ravel())
    own_counts, own_mu = counts[pair], mu[pair]
    factor = _factor(own_counts, own_mu, spread)
    alpha = spread.alpha(own_mu) * factor[:, None]
    below, upto = (nb_cdf(at, own_mu, alpha) for at in (own_counts - 1, own_counts))
    return Pooled(spread, factor, moved_levels(below, upto))


def _factor(counts: Floats, mu: Floats, spread: Spread) -> Floats:
    """By how much each class's dispersion differs from the pool's: its own squared excess against the one expected."""
    over, _ = moments(counts, mu, np.ones_like(mu))
    expected = (spread.alpha(mu) * mu**2).sum(-1)
    made: Floats = np.clip((over + _OWN) / (expected + _OWN), 0.2, 5.0)
    return made


def moved_levels(below: Floats, upto: Floats, levels: Floats = LEVELS) -> Floats:
    """The levels of the forecast [levels] below which past counts lay as often as ``levels`` say.

    ``below`` and ``upto`` [classes, weeks] are the forecast's probabilities of fewer than, and of at most, what was
    counted.

    >>> at = np.linspace(0, 1, 1001)[None]  # counts as they were forecast: nothing is moved
    >>> bool(np.allclose(moved_levels(at[:, :-1], at[:, 1:]), LEVELS, atol=0.01))
    True
    """
    weeks = below.shape[-1]
    share = np.clip((_GRID[:, None] - below.ravel()) / np.maximum(upto - below, 1e-9).ravel(), 0, 1).mean(-1)
    mixed = (weeks * share + _HALF * _GRID) / (weeks + _HALF)
    made: Floats = np.clip(np.interp(levels, mixed, _GRID), 1e-3, 1 - 1e-3)
    return made


# --- weeks of one pair -----------------------------------------------------------------------------------------


def forecast_pair(weekly: Weekly, pair: int, first: int, last: int, horizons: Sequence[int]) -> Forecasts:
    """Forecast a pair's weeks ``first`` to ``last``, each as if it were not known yet, as ``forecast_weeks`` does.

    Weeks that lie further ahead than a horizon reaches are NaN.
    """
    past = Past.of(weekly)
    made = np.full((len(horizons), last - first + 1, 1, weekly.counts.shape[1], len(LEVELS)), np.nan)
    for at, horizon in enumerate(horizons):
        model, made_at = None, 0
        for week in range(first, min(last, weekly.weeks + horizon - 1) + 1):
            origin = week - horizon + 1
            if model is None or origin - made_at >= REFIT:
                model, made_at = fit_pair(past, pair, horizon, origin), origin
            made[at, week - first, 0] = model.quantiles(past.base[pair, :, origin])
    weeks = tuple(weekly.day_of(week) for week in range(first, last + 1))
    return Forecasts((weekly.names[pair],), weeks, tuple(horizons), made)


def next_of_pair(weekly: Weekly, pair: int, weeks: int) -> Forecasts:
    """Forecast a pair's weeks after the last known one, the first at horizon 1, the second at 2, and so on."""
    now, past = weekly.weeks, Past.of(weekly)
    horizons = tuple(range(1, weeks + 1))
    made = np.full((weeks, weeks, 1, weekly.counts.shape[1], len(LEVELS)), np.nan)
    for at, horizon in enumerate(horizons):
        made[at, at, 0] = fit_pair(past, pair, horizon, now).quantiles(past.base[pair, :, now])
    days = tuple(weekly.day_of(now + at) for at in range(weeks))
    return Forecasts((weekly.names[pair],), days, horizons, made)
