"""How well forecasts did in weeks that have passed, beside two rivals that anybody can make in their head.

The rivals are the quantiles of the last 26 known weeks and of all known weeks of the same series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.analyse.forecast import Forecasts
from dateline.analyse.quantiles import LEVELS, covered, crps
from dateline.analyse.weekly import Weekly

Floats = NDArray[np.float64]

RIVALS = ("last 26 weeks", "all weeks")
_LAST, _DRAWS, _SEED = 26, 1000, 0


@dataclass(frozen=True)
class Gain:
    """How much smaller the forecasts' score is than a rival's, as a share, with a 95 % interval over weeks."""

    rival: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class TrackRecord:
    """The score of one horizon's forecasts: mean CRPS in events, and the share of counts from ``q05`` to ``q95``."""

    horizon: int
    weeks: int
    forecasts: int
    crps: float
    rivals: tuple[float, ...]
    gains: tuple[Gain, ...]
    cover90: float
    #: the share of counts between the rivals' own lowest and highest quantiles
    rivals_cover90: tuple[float, ...] = ()


def rival_quantiles(counts: Floats, last: int | None = None) -> Floats:
    """A series' own quantiles [series, 10] over its known weeks [series, weeks], or the ``last`` of them."""
    known = counts[..., -last:] if last else counts
    return np.moveaxis(np.quantile(known, LEVELS, axis=-1), 0, -1)


def track_records(weekly: Weekly, forecasts: Forecasts, pairs: list[int] | None = None) -> tuple[TrackRecord, ...]:
    """Score each horizon's forecasts of weeks that are known by now, of all pairs or of some.

    The pairs of the forecasts must be the first of ``weekly``.
    """
    known = [(i, weekly.week_of(day)) for i, day in enumerate(forecasts.weeks) if weekly.week_of(day) < weekly.weeks]
    chosen = pairs if pairs is not None else list(range(len(forecasts.names)))
    counts = weekly.counts[chosen]
    made = []
    for at, horizon in enumerate(forecasts.horizons):
        found = [(forecasts.quantiles[at, i][chosen], week) for i, week in known]
        scored = [_scores(q, counts, week, horizon) for q, week in found if not np.isnan(q).any()]
        if scored:
            made.append(_summary(horizon, np.array([score for score, _ in scored]), [c for _, c in scored]))
    return tuple(made)


def _scores(quantiles: Floats, counts: Floats, week: int, horizon: int) -> tuple[list[float], list[float]]:
    """The week's CRPS, summed over series, of the forecast and either rival; how many counts each covered, and all."""
    actual, before = counts[..., week], counts[..., : week - horizon + 1]
    all_three = (quantiles, rival_quantiles(before, _LAST), rival_quantiles(before))
    held = [float(covered(each, actual).sum()) for each in all_three]
    return [float(crps(each, actual).sum()) for each in all_three], [*held, float(actual.size)]


def _summary(horizon: int, scores: Floats, held: list[list[float]]) -> TrackRecord:
    *inside, size = (int(each) for each in np.sum(held, axis=0))
    means = scores.sum(0) / size
    draws = np.random.default_rng(_SEED).integers(len(scores), size=(_DRAWS, len(scores)))
    again = scores[draws].sum(1)
    gains = tuple(_gain(rival, scores.sum(0), again, i) for i, rival in enumerate(RIVALS, 1))
    rivals = tuple(means[1:].tolist())
    return TrackRecord(horizon, len(scores), size, float(means[0]), rivals, gains, inside[0] / size,
                       tuple(each / size for each in inside[1:]))  # fmt: skip


def _gain(rival: str, total: Floats, again: Floats, i: int) -> Gain:
    with np.errstate(divide="ignore", invalid="ignore"):
        share, drawn = 1 - total[0] / total[i], 1 - again[:, 0] / again[:, i]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Gain(rival, float(share), float(low), float(high))
