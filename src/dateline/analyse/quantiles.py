"""Quantiles of negative-binomial counts, and the score that tells how good quantiles are.

Counts with mean ``mu`` have the variance ``mu + alpha * mu**2`` (NB2: Cameron and Trivedi, "Regression Analysis of
Count Data", 2013, section 3.3). Quantiles are scored by the pinball loss, whose mean over even levels is half the
continuous ranked probability score (Gneiting and Raftery, JASA 102, 2007, section 4.2; Laio and Tamea, HESS 11, 2007).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: The ten levels of a forecast: .05, .15 … .95.
LEVELS: Floats = np.arange(0.05, 1, 0.1)
NAMES = tuple(f"q{round(100 * level):02d}" for level in LEVELS)
#: Counts beyond this are not followed one by one: no pair of states has so many events in a week.
_TINY = 1e-12
_MOST = 20_000


def pinball(quantiles: Floats, counts: Floats, levels: Floats = LEVELS) -> Floats:
    """The pinball loss of each quantile: ``quantiles`` [..., levels] against ``counts`` [...].

    >>> pinball(np.array([[1.0, 3.0]]), np.array([2.0]), np.array([0.1, 0.9])).round(2).tolist()
    [[0.1, 0.1]]
    """
    gap = counts[..., None] - quantiles
    loss: Floats = np.maximum(levels * gap, (levels - 1) * gap)
    return loss


def crps(quantiles: Floats, counts: Floats) -> Floats:
    """The continuous ranked probability score of ten quantiles, in events; smaller is better.

    >>> round(float(crps(np.full((1, 10), 3.0), np.array([5.0]))[0]), 9)  # a point forecast: the absolute error
    2.0
    """
    score: Floats = 2 * pinball(quantiles, counts).mean(-1)
    return score


def covered(quantiles: Floats, counts: Floats) -> NDArray[np.bool_]:
    """Whether each count lies between its lowest and its highest quantile, both included."""
    inside: NDArray[np.bool_] = (quantiles[..., 0] <= counts) & (counts <= quantiles[..., -1])
    return inside


def log_likelihood(counts: Floats, mu: Floats, alpha: Floats) -> Floats:
    """The logarithm of each count's negative-binomial probability."""
    from scipy.special import gammaln

    r = 1 / alpha
    made: Floats = (
        gammaln(counts + r) - gammaln(r) - gammaln(counts + 1) - r * np.log1p(alpha * mu)
        + counts * (np.log(mu) - np.log(mu + r))
    )  # fmt: skip
    return made


def nb_cdf(counts: Floats, mu: Floats, alpha: Floats) -> Floats:
    """The negative-binomial probability of at most so many; 0 below 0.

    >>> nb_cdf(np.array([-1.0, 0.0]), np.full(2, 2.0), np.full(2, 0.5)).tolist()
    [0.0, 0.25]
    """
    from scipy.special import betainc

    size = 1 / alpha
    made: Floats = np.where(counts < 0, 0.0, betainc(size, np.maximum(counts, 0) + 1, size / (size + mu)))
    return made


def nb_quantiles(mu: Floats, alpha: Floats, levels: Any = LEVELS, smooth: float = 0.0) -> Floats:
    """Quantiles [n, levels] of negative-binomial counts; ``levels`` rise; [levels], or [n, levels].

    With ``smooth`` 0 they are whole counts; with 1 each count's probability lies evenly between it and the one before,
    so that quantiles move with the level; between, a mean of the two.

    >>> nb_quantiles(np.array([2.0]), np.array([0.5])).tolist()
    [[0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 6.0]]
    """
    asked = np.broadcast_to(np.asarray(levels, dtype=np.float64), (len(mu), np.shape(levels)[-1]))
    out = np.zeros(asked.shape)
    rows, size, odds = np.arange(len(mu)), 1 / alpha, alpha * mu / (1 + alpha * mu)
    below, chance = np.zeros(len(mu)), np.exp(-np.log1p(alpha * mu) / alpha)
    for k in range(_MOST):
        upto, ask = below + chance, asked[rows]
        # a level that is a step of the distribution belongs to that step, whatever the last bits are
        here = (ask > below[:, None] + _TINY) & (ask <= upto[:, None] + _TINY)
        part = k - 1 + (ask - below[:, None]) / np.maximum(chance, 1e-300)[:, None]
        out[rows] += np.where(here, (1 - smooth) * k + smooth * np.maximum(part, 0), 0)
        more = ask[:, -1] > upto + _TINY
        if not more.any():
            break
        rows, size, odds, below = rows[more], size[more], odds[more], upto[more]
        chance = chance[more] * (k + size) / (k + 1) * odds
    return out
