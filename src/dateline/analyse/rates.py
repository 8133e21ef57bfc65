"""Two tests of what lies before and after a date: of rates of counts with an exposure, and of shares of counts.

Rates: the negative-binomial likelihood-ratio test of one rate against two.

Counts ``y`` of periods with exposure ``x`` have the means ``rate * x``. Given the dispersion, the rate that makes them
likeliest solves ``sum((y - mu) / (1 + alpha * mu)) = 0``, found by a few steps of scoring (McCullagh and Nelder,
"Generalized Linear Models", 1989, section 2.5). The last axis of every array is the period; all others are free.

Shares: the likelihood-ratio test of one binomial share against two, where shares scatter from period to period. Given
the totals, it does not matter whether there was more or less of everything.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 4
_TINY = 1e-12


class Rates(NamedTuple):
    """The test of one rate against two: ``ratio`` is twice the gain in log likelihood, about chi-squared with one
    degree of freedom where nothing changed; ``before`` and ``after`` are events a unit of exposure."""

    ratio: Floats
    before: Floats
    after: Floats


def fit_rate(counts: Floats, exposure: Floats, alpha: Floats, mask: Floats) -> Floats:
    """The likeliest rate of the periods in ``mask``; 0 where they hold no event or no exposure.

    >>> float(fit_rate(np.array([2.0, 4.0]), np.array([1.0, 2.0]), np.array(0.5), np.ones(2)).round(6))
    2.0
    """
    rate = (counts * mask).sum(-1) / np.maximum((exposure * mask).sum(-1), _TINY)
    for _ in range(_STEPS):
        weight = mask / (1 + alpha[..., None] * rate[..., None] * exposure)
        rate = (counts * weight).sum(-1) / np.maximum((exposure * weight).sum(-1), _TINY)
    made: Floats = rate
    return made


def log_likelihood(counts: Floats, means: Floats, alpha: Floats, mask: Floats) -> Floats:
    """The negative binomial's log likelihood, without the terms that the means do not touch."""
    size = 1 / np.maximum(alpha, 1e-9)[..., None]
    means = np.maximum(means, _TINY)
    made: Floats = ((counts * np.log(means / (means + size)) - size * np.log1p(means / size)) * mask).sum(-1)
    return made


def compare(counts: Floats, exposure: Floats, alpha: Floats, before: Floats, after: Floats) -> Rates:
    """Test whether the periods of the masks ``before`` and ``after`` have one rate."""
    first, second = (fit_rate(counts, exposure, alpha, mask) for mask in (before, after))
    both = fit_rate(counts, exposure, alpha, before + after)

    def likelihood(rate: Floats, mask: Floats) -> Floats:
        return log_likelihood(counts, rate[..., None] * exposure, alpha, mask)

    gain = likelihood(first, before) + likelihood(second, after) - likelihood(both, before + after)
    return Rates(np.maximum(2 * gain, 0), first, second)


def compare_shares(
    part: Floats, whole: Floats, rho: Floats, before: Floats, after: Floats, usual: float, weight: float
) -> Floats:
    """Test whether ``part`` is one share of ``whole`` before and after: > 0 where it is larger after, < 0 smaller.

    The size is twice the gain in log likelihood. A period of n events whose correlation is ``rho`` tells as much as
    n / (1 + (n - 1) rho) events on their own, and counts for so many (Williams, Applied Statistics 31, 1982, procedure
    II). Before the date, ``weight`` events that have the ``usual`` share are added: where a pair had hardly any
    events yet, its later ones are held against what is usual.
    """
    worth = 1 / (1 + np.maximum(whole - 1, 0) * rho[..., None])
    first, every = (part * worth * before).sum(-1) + weight * usual, (whole * worth * before).sum(-1) + weight
    second, later = (part * worth * after).sum(-1), (whole * worth * after).sum(-1)
    gain = _binomial(first, every) + _binomial(second, later) - _binomial(first + second, every + later)
    made: Floats = np.maximum(2 * gain, 0) * np.sign(second * every - first * later)
    return made


def _binomial(part: Floats, whole: Floats) -> Floats:
    """The largest log likelihood of a share, without the binomial coefficient."""
    other = np.maximum(whole - part, 0)
    share = np.maximum(part, _TINY) / np.maximum(whole, _TINY)
    rest = np.maximum(other, _TINY) / np.maximum(whole, _TINY)
    made: Floats = part * np.log(share) + other * np.log(rest)
    return made


def interval(events: float, exposure: float, inflation: float, level: float = 0.95) -> tuple[float, float]:
    """An interval for a rate from a number of events whose variance is ``inflation`` times a Poisson count's.

    Garwood's exact interval (Biometrika 28, 1936) on the number of events divided by the inflation, so that no events
    at all still give an upper end.

    >>> tuple(round(end, 2) for end in interval(10, 1, 1))
    (4.8, 18.39)
    """
    from scipy.special import gammaincinv

    if exposure <= 0:
        return 0.0, float("inf")
    kept, tail = events / inflation, (1 - level) / 2
    low = float(gammaincinv(kept, tail)) if kept > 0 else 0.0
    return low * inflation / exposure, float(gammaincinv(kept + 1, 1 - tail)) * inflation / exposure
