"""How many events the next weeks will bring: quantiles of weekly counts, for many directed pairs at once.

A forecast is made in three steps, all of them from weeks that have passed:

1. *The mean.* Each series' fading means, shrunk towards its pair's volume (gamma-Poisson), are corrected by small
   boosted trees over what else is known: other classes, the other direction, both actors' other dealings, the last
   days (LightGBM: Ke et al., NIPS 2017). The trees minimise a negative-binomial deviance, so that one flood of events
   does not teach them much, and are believed only as far as weeks they have not seen bear them out.
2. *The spread.* Counts are negative-binomial, never Poisson, with a dispersion that all series share as a function of
   the mean, by maximum likelihood over weeks the trees have not seen.
3. *The conformal step.* Counts are whole numbers and most are 0, so that the plain interval of nine in ten holds more
   than 98 %. The highest quantile is lowered, a little, towards what the interval should have held in the weeks that
   were set aside (split conformal: Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005,
   chapter 2).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dateline.analyse.history import base_rate, features
from dateline.analyse.quantiles import LEVELS, NAMES, covered, log_likelihood, nb_quantiles
from dateline.analyse.weekly import Weekly
from dateline.errors import ForecastError

if TYPE_CHECKING:
    from lightgbm import Booster

Floats = NDArray[np.float64]

#: Fewer known weeks than this tell nothing that could be learned from; and trees need so many to learn from.
LEAST_WEEKS, _FOR_TREES = 8, 12
#: Trees learn from so many of the last weeks, from the first that has some weeks before it.
_LEARNED, _FIRST = 110, 13
#: The share of those weeks that is set aside, to choose how far to believe the trees and how far counts scatter.
_ASIDE = 0.3
#: A model serves so many weeks of a run before it is made anew.
REFIT = 13
_ROUNDS = 60
_TREES: dict[str, Any] = {
    "learning_rate": 0.05,
    "num_leaves": 6,
    "min_data_in_leaf": 500,
    "lambda_l2": 50.0,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
#: The dispersion that the trees' deviance supposes.
_SUPPOSED = 1.0
_BELIEFS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
#: Models learn from so many directed pairs at least, however few are asked for: the busiest of so many at each origin.
_PAIRS, WIDE = 300, 1000
#: Trees need so many series and weeks with events, and so many in all: below that no leaf could be filled.
_EVENTFUL, _LEAST_ROWS = 400, 3000
#: What the interval from the lowest to the highest quantile should hold, of counts of which most are 0.
COVERAGE = 0.967
#: The highest quantile is taken at one of these levels, and lies so far between a whole count and the one before.
_TOPS, _BETWEEN = (0.95, 0.94, 0.93), 0.25


@dataclass(frozen=True)
class Spread:
    """The dispersion ``exp(level + slope * (log(mu) + 2))``, and the level at which the highest quantile is taken."""

    level: float
    slope: float
    top: float = _TOPS[0]

    def alpha(self, mu: Floats) -> Floats:
        """The dispersion at each mean."""
        made: Floats = np.exp(np.clip(self.level + self.slope * (np.log(mu) + 2), -4, 4))
        return made

    def quantiles(self, mu: Floats) -> Floats:
        """The ten quantiles [n, 10] at each mean."""
        alpha = self.alpha(mu)
        made = nb_quantiles(mu, alpha)
        made[:, -1] = np.maximum(nb_quantiles(mu, alpha, [self.top], _BETWEEN)[:, 0], made[:, -2])
        return made


@dataclass(frozen=True, eq=False)
class Model:
    """What was learned for one horizon from the weeks before ``origin``."""

    horizon: int
    origin: int
    trees: Booster | None
    belief: float
    spread: Spread


@dataclass(frozen=True, eq=False)
class Known:
    """A table's weeks with all that forecasts are made from; made once for any number of models.

    The first ``top`` pairs are forecast. Learned from are, of all pairs, those with most events before each origin:
    ``busiest`` [origins, 300 or ``top``]. A pair that is among the busiest today and was quiet a year ago has grown
    since; who learned from its quiet weeks would learn that quiet pairs grow.
    """

    weekly: Weekly
    top: int
    features: NDArray[np.float32]
    base: Floats
    busiest: NDArray[np.int64]

    @classmethod
    def of(cls, weekly: Weekly, top: int | None = None) -> Known:
        """Compute features and first guesses at every origin."""
        top = min(top or len(weekly.names), len(weekly.names))
        learned = max(top, _PAIRS)
        before = np.pad(weekly.counts.sum(1).cumsum(-1), ((0, 0), (1, 0)))
        busiest = np.argsort(-before, axis=0, kind="stable")[:learned].T
        return cls(weekly, top, features(weekly), base_rate(weekly), busiest)


def fit(known: Known, horizon: int, origin: int) -> Model:
    """Learn from the weeks before ``origin`` to forecast the week ``origin + horizon - 1`` and later ones.

    Raises ForecastError where fewer than ``LEAST_WEEKS`` weeks lie before.
    """
    if origin < LEAST_WEEKS + horizon:
        raise ForecastError(f"{origin} weeks before the forecast are too few: {LEAST_WEEKS + horizon} are needed")
    if not learns(known, horizon, origin):
        return _without_trees(known, horizon, origin)
    origins = _learned(horizon, origin)
    cut = int(len(origins) * (1 - _ASIDE))
    aside = origins[cut + horizon - 1 :]
    raised = _raised(_grow(known, origins[:cut], horizon), _rows(known, aside))
    counts, base = _targets(known, aside, horizon), _first_guess(known, aside)
    belief, spread = _believe(counts, base, raised, len(aside))
    spread = _conformal(spread, counts, _mean(base, raised, belief))
    return Model(horizon, origin, _grow(known, origins, horizon) if belief else None, belief, spread)


def least_weeks(horizon: int) -> int:
    """How many weeks must lie before one that is forecast so far ahead."""
    return LEAST_WEEKS + 2 * horizon - 1


def learns(known: Known, horizon: int, origin: int) -> bool:
    """Whether the weeks before ``origin`` hold enough for trees to learn from."""
    origins = _learned(horizon, origin)
    if len(origins) < _FOR_TREES:
        return False
    targets = _targets(known, origins, horizon)
    return int(np.count_nonzero(targets)) >= _EVENTFUL and len(targets) >= _LEAST_ROWS


def _learned(horizon: int, origin: int) -> NDArray[np.int64]:
    """The origins whose weeks trees learn from."""
    stop = origin - horizon + 1
    return np.arange(max(_FIRST, stop - _LEARNED), stop)


def _without_trees(known: Known, horizon: int, origin: int) -> Model:
    """The first guess alone, where few weeks are known: it is not learned, so that all weeks tell how it did."""
    stop = origin - horizon + 1
    origins = np.arange(min(_FIRST, stop // 2), stop)
    counts, base = _targets(known, origins, horizon), _first_guess(known, origins)
    spread, _ = _spread(counts, base)
    return Model(horizon, origin, None, 0.0, _conformal(spread, counts, base))


def predict(known: Known, model: Model, origin: int) -> Floats:
    """The means [top, quads] of the week ``origin + horizon - 1``, from the weeks before ``origin``."""
    base = known.base[: known.top, :, origin].ravel()
    rows = known.features[: known.top, :, origin].reshape(len(base), -1)
    raised = _raised(model.trees, rows) if model.trees else np.zeros_like(base)
    return _mean(base, raised, model.belief).reshape(known.top, -1)


def quantiles(known: Known, model: Model, origin: int) -> Floats:
    """The quantiles [pairs, quads, 10] of the week ``origin + horizon - 1``."""
    mu = predict(known, model, origin)
    return model.spread.quantiles(mu.ravel()).reshape(*mu.shape, len(LEVELS))


# --- many weeks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Forecasts:
    """Quantiles [horizons, weeks, pairs, quads, 10] of the counts of ``weeks``, given by their Mondays.

    NaN stands where a week cannot be forecast at a horizon.
    """

    names: tuple[tuple[str, str], ...]
    weeks: tuple[date, ...]
    horizons: tuple[int, ...]
    quantiles: Floats

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row a horizon, week, pair and quad class (1 to 4), with the quantiles as ``q05`` … ``q95``."""
        for (h, horizon), (w, week) in product(enumerate(self.horizons), enumerate(self.weeks)):
            for (p, (source, target)), quad in product(enumerate(self.names), range(4)):
                found = self.quantiles[h, w, p, quad]
                if np.isnan(found[0]):
                    continue
                head = {"source": source, "target": target, "quad": quad + 1, "week": week, "horizon": horizon}
                yield head | {name: round(q, 4) for name, q in zip(NAMES, found.tolist(), strict=True)}

    def only(self, pair: tuple[str, str]) -> Forecasts:
        """One pair's forecasts."""
        at = self.names.index(pair)
        return replace(self, names=(pair,), quantiles=self.quantiles[:, :, at : at + 1])

    def at_horizon(self, horizon: int) -> Forecasts:
        """Those made so many weeks ahead."""
        at = self.horizons.index(horizon)
        return replace(self, horizons=(horizon,), quantiles=self.quantiles[at : at + 1])

    def of_class(self, quad: int) -> Forecasts:
        """One quad class alone, 0 to 3."""
        return replace(self, quantiles=self.quantiles[:, :, :, quad : quad + 1])

    def digest(self) -> str:
        """SHA-256 of the rows as canonical JSON, by which a frozen forecast is known again."""
        text = json.dumps(self.ordered(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def ordered(self) -> list[dict[str, Any]]:
        """The rows in the order of weeks, horizons, pairs and quad classes, ready for JSON."""
        rows = [row | {"week": row["week"].isoformat()} for row in self.rows()]
        rows.sort(key=lambda row: (row["week"], row["horizon"], row["source"], row["target"], row["quad"]))
        return rows


def forecast_weeks(known: Known, first: int, last: int, horizons: Sequence[int], refit: int = REFIT) -> Forecasts:
    """Forecast the weeks ``first`` to ``last`` (numbers of ``Weekly``), each from the weeks that lay before it.

    A week at horizon h is forecast from what was known at the end of the week h weeks before; models are made anew
    every ``refit`` weeks. Weeks that lie further ahead than a horizon reaches are NaN. Raises ForecastError where no
    week can be forecast, or too few weeks are known.
    """
    weekly = known.weekly
    made = np.full((len(horizons), last - first + 1, known.top, weekly.counts.shape[1], len(LEVELS)), np.nan)
    for at, horizon in enumerate(horizons):
        model: Model | None = None
        for week in range(first, min(last, weekly.weeks + horizon - 1) + 1):
            origin = week - horizon + 1
            if model is None or origin - model.origin >= refit:
                model = fit(known, horizon, origin)
            made[at, week - first] = quantiles(known, model, origin)
    if np.isnan(made).all():
        raise ForecastError(f"{weekly.day_of(first)} is too far ahead: the last whole week known is of "
                            f"{weekly.day_of(weekly.weeks - 1)}")  # fmt: skip
    weeks = tuple(weekly.day_of(week) for week in range(first, last + 1))
    return Forecasts(weekly.names[: known.top], weeks, tuple(horizons), made)


def next_weeks(known: Known, weeks: int) -> Forecasts:
    """Forecast the weeks after the last known one, the first at horizon 1, the second at 2, and so on; others are NaN.
    """
    now = known.weekly.weeks
    horizons = tuple(range(1, weeks + 1))
    made = np.full((weeks, weeks, known.top, known.weekly.counts.shape[1], len(LEVELS)), np.nan)
    for at, horizon in enumerate(horizons):
        made[at, at] = quantiles(known, fit(known, horizon, now), now)
    days = tuple(known.weekly.day_of(now + at) for at in range(weeks))
    return Forecasts(known.weekly.names[: known.top], days, horizons, made)


# --- the steps -------------------------------------------------------------------------------------------------


# Rows to learn from are those of each origin's busiest pairs, origin by origin.


def _targets(known: Known, origins: NDArray[np.int64], horizon: int) -> Floats:
    made: Floats = known.weekly.counts[known.busiest[origins], :, (origins + horizon - 1)[:, None]].ravel()
    return made


def _first_guess(known: Known, origins: NDArray[np.int64]) -> Floats:
    made: Floats = known.base[known.busiest[origins], :, origins[:, None]].ravel()
    return made


def _believe(counts: Floats, base: Floats, raised: Floats, weeks: int) -> tuple[float, Spread]:
    """How far to follow the trees, and the spread then: no further than the weeks set aside bear out.

    That is the smallest belief whose loss lies within one standard error, over weeks, of the best (Breiman and others,
    "Classification and Regression Trees", 1984, section 3.4.3): a few weeks of a few big stories prove little.
    """
    spreads = [_spread(counts, _mean(base, raised, belief))[0] for belief in _BELIEFS]
    losses = []
    for belief, spread in zip(_BELIEFS, spreads, strict=True):
        mu = _mean(base, raised, belief)
        losses.append(-log_likelihood(counts, mu, spread.alpha(mu)).reshape(weeks, -1).mean(1))
    best = losses[int(np.argmin([loss.mean() for loss in losses]))]
    worse = [loss - best for loss in losses]
    good = next(i for i, more in enumerate(worse) if more.mean() <= more.std() / np.sqrt(weeks))
    return _BELIEFS[good], spreads[good]


def _rows(known: Known, origins: NDArray[np.int64]) -> NDArray[np.float32]:
    return known.features[known.busiest[origins], :, origins[:, None]].reshape(-1, known.features.shape[-1])


def _deviance(scores: Floats, data: Any) -> tuple[Floats, Floats]:
    """Gradient, and expected second derivative, of the negative-binomial deviance by the logarithm of the mean."""
    mu = np.exp(np.clip(scores, -12, 6))
    scatter = 1 + _SUPPOSED * mu
    return (mu - data.get_label()) / scatter, mu / scatter + 1e-6


def _grow(known: Known, origins: NDArray[np.int64], horizon: int) -> Booster:
    import lightgbm

    guess = np.log(_first_guess(known, origins))
    data = lightgbm.Dataset(_rows(known, origins), _targets(known, origins, horizon), init_score=guess)
    return lightgbm.train({**_TREES, "objective": _deviance}, data, _ROUNDS)


def _raised(trees: Booster, rows: NDArray[np.float32]) -> Floats:
    """What the trees add to the logarithm of the first guess."""
    found = trees.predict(rows, raw_score=True, num_threads=1)
    return np.clip(np.asarray(found, dtype=np.float64), -6, 6)


def _mean(base: Floats, raised: Floats, belief: float) -> Floats:
    made: Floats = np.exp(np.clip(np.log(base) + belief * raised, -12, 8))
    return made


def _spread(counts: Floats, mu: Floats) -> tuple[Spread, float]:
    """The dispersion of greatest likelihood, and what is minimised: the mean negative logarithm, a little held back."""
    from scipy.optimize import minimize

    def loss(at: Floats) -> float:
        spread = Spread(float(at[0]), float(at[1]))
        held = 1e-4 * ((at[0] - 1) ** 2 + (at[1] + 0.3) ** 2)
        return float(-log_likelihood(counts, mu, spread.alpha(mu)).mean() + held)

    found = minimize(loss, [1.0, -0.3], method="Nelder-Mead", options={"maxiter": 80, "xatol": 0.01, "fatol": 1e-6})
    return Spread(float(found.x[0]), float(found.x[1])), float(found.fun)


def common_spread(counts: Floats, mu: Floats) -> Spread:
    """The dispersion, as a function of the mean, under which counts with these means are most likely."""
    return _spread(counts, mu)[0]


def _conformal(spread: Spread, counts: Floats, mu: Floats) -> Spread:
    """Lower the highest quantile until the interval holds no more than ``COVERAGE`` of the counts set aside."""
    for top in _TOPS:
        narrower = Spread(spread.level, spread.slope, top)
        if covered(narrower.quantiles(mu), counts).mean() <= COVERAGE:
            break
    return narrower
