"""What is known of a series of weekly counts at the end of each week: the numbers a forecast is made from.

Nothing here looks ahead: the number at origin ``o`` is made from the weeks before ``o`` alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dateline.analyse.weekly import Weekly

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

#: Means are taken over so many weeks; the last stands for all.
_SPANS = (1, 2, 4, 8, 13, 26, 52, 10_000)
#: Fading means lose half of their memory in so many weeks.
HALF_LIVES = (3.0, 8.0, 20.0, 60.0)
_NEAR = (2, 8, 52)
#: Events a week that are added before logarithms are taken.
_LITTLE = 0.05


def span_mean(counts: Floats, span: int) -> Floats:
    """The mean of the last ``span`` weeks before each origin: [..., weeks] -> [..., weeks + 1]; 0 where none is known.

    >>> span_mean(np.array([2.0, 4.0, 6.0]), 2).tolist()
    [0.0, 2.0, 3.0, 5.0]
    """
    weeks = counts.shape[-1]
    total = np.concatenate([np.zeros((*counts.shape[:-1], 1)), counts.cumsum(-1)], axis=-1)
    origin = np.arange(weeks + 1)
    begin = np.maximum(origin - span, 0)
    made: Floats = (total[..., origin] - total[..., begin]) / np.maximum(origin - begin, 1)
    return made


def faded(counts: Floats, half_life: float) -> tuple[Floats, Floats]:
    """Sums [..., weeks + 1] of counts that fade with age, and the faded number of weeks [weeks + 1] behind them."""
    keep = 0.5 ** (1 / half_life)
    weeks = counts.shape[-1]
    sums = np.zeros((*counts.shape[:-1], weeks + 1))
    known = np.zeros(weeks + 1)
    for week in range(weeks):
        sums[..., week + 1] = keep * sums[..., week] + counts[..., week]
        known[week + 1] = keep * known[week] + 1
    return sums, known


def shrunk_means(weekly: Weekly, half_life: float, weight: float = 4.0) -> Floats:
    """Fading means [pairs, quads, origins], shrunk towards what the pair's volume and the class's share would give.

    The mean of a gamma-Poisson posterior whose prior counts for ``weight`` weeks: a pair that is seldom heard of keeps
    a small chance of each class.
    """
    sums, known = faded(weekly.counts, half_life)
    share = (sums.sum(0) + 1) / (sums.sum((0, 1)) + len(sums[0]))
    floor = (sums.sum((0, 1)) + 1) / (len(sums) * (known + 1)) * 0.02
    pair = (sums.sum(1) + weight * floor) / (known + weight)
    prior = pair[:, None] * share
    made: Floats = (sums + weight * prior) / (known + weight)
    return made


def base_rate(weekly: Weekly) -> Floats:
    """A first guess [pairs, quads, origins] of a coming week's mean, above 0: a short memory mixed with a long one."""
    made: Floats = 0.35 * shrunk_means(weekly, 8.0) + 0.65 * shrunk_means(weekly, 60.0) + 1e-4
    return made


def features(weekly: Weekly) -> Floats32:
    """All features [pairs, quads, origins, features]; origins are 0 to ``weeks``, the last being now."""
    base = np.log(base_rate(weekly))
    columns = [span_mean(weekly.counts, span) for span in _SPANS]
    columns += [shrunk_means(weekly, half_life) for half_life in HALF_LIVES]
    columns += [np.log(column + 1e-4) - base for column in columns[-len(HALF_LIVES) :]]
    columns.append(base)
    for span in _NEAR:
        columns += _around(weekly, span)
    columns += _turns(weekly) + _late(weekly) + _swings(weekly.counts)
    columns.append(np.arange(base.shape[1], dtype=float)[None, :, None])
    return np.stack([np.broadcast_to(c, base.shape).astype(np.float32) for c in columns], axis=-1)


def _around(weekly: Weekly, span: int) -> list[Floats]:
    """The pair's other classes, the other direction, and all that either actor did and met."""
    pair = span_mean(weekly.counts, span)
    back = _reversed(weekly, pair)
    sent = span_mean(weekly.sent, span)[weekly.source]
    received = span_mean(weekly.received, span)[weekly.target]
    whole = [pair, back, sent, received]
    return [
        *(column.sum(1, keepdims=True) for column in whole),
        *whole[1:],
        pair[:, 2:3],
        pair[:, 3:4],
        span_mean(weekly.counts.sum((0, 1)), span)[None, None],
    ]


def _reversed(weekly: Weekly, column: Floats) -> Floats:
    """The same column of the other direction, 0 where that is not among the pairs."""
    known = (weekly.reverse >= 0)[:, None, None]
    made: Floats = np.where(known, column[weekly.reverse], 0)
    return made


def _turns(weekly: Weekly) -> list[Floats]:
    """How the pair, either actor and the whole world did of late against their usual, as logarithms."""
    everything = weekly.counts.sum((0, 1))[None, None]
    whole = [
        (weekly.counts.sum(1, keepdims=True), None),
        (weekly.sent, weekly.source),
        (weekly.received, weekly.target),
        (everything, None),
    ]
    made = []
    for counts, index in whole:
        for near, far in ((1, 26), (4, 52)):
            turn = np.log(span_mean(counts, near) + _LITTLE) - np.log(span_mean(counts, far) + _LITTLE)
            made.append(turn if index is None else turn[index])
    return made


def _late(weekly: Weekly) -> list[Floats]:
    """Events of the last days before each origin: the series' own, the pair's, and the other direction's."""
    made = []
    for counts in weekly.late:
        last = span_mean(counts, 1)
        back = _reversed(weekly, last)
        made += [last, last.sum(1, keepdims=True), back, back.sum(1, keepdims=True)]
    return made


def _swings(counts: Floats) -> list[Floats]:
    """How much the series moved of late: its deviation, its share of quiet weeks, and weeks since its last event."""
    mean, square = span_mean(counts, 26), span_mean(counts**2, 26)
    quiet = np.zeros((*counts.shape[:-1], counts.shape[-1] + 1))
    for week in range(counts.shape[-1]):
        quiet[..., week + 1] = np.where(counts[..., week] > 0, 0, quiet[..., week] + 1)
    return [np.sqrt(np.maximum(square - mean**2, 0)), span_mean((counts == 0).astype(float), 26), quiet]
