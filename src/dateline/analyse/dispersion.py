"""How much more counts scatter than a Poisson process: the negative binomial's dispersion, shrunk towards a pool.

The variance of a count with mean mu is ``mu + alpha * mu**2`` (NB2: Cameron and Trivedi, "Regression Analysis of Count
Data", 2013, section 3.3). Few weeks of few events tell little about alpha, so that each series' own estimate counts as
much as its events and a pooled value fills the rest, as edgeR does for genes (Robinson and Smyth, Biostatistics 9,
2008).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: The pooled value weighs as much as weeks whose squared means add up to this.
WEIGHT = 20.0
#: Dispersion where nothing at all is known: weekly counts of pairs of states lie between .2 and 2.
USUAL = 0.5
_LEAST = 1e-3
#: How alike the events of a week are in kind where nothing is known: their correlation.
USUAL_LIKENESS = 0.1


def moments(counts: Floats, means: Floats, mask: Floats) -> tuple[Floats, Floats]:
    """Numerator and denominator of the moment estimate, ``sum((y - mu)^2 - y) / sum(mu^2)``, over the last axis."""
    over = (((counts - means) ** 2 - counts) * mask).sum(-1)
    return over, (means**2 * mask).sum(-1)


def shrunk(counts: Floats, means: Floats, mask: Floats, pooled: float = USUAL, weight: float = WEIGHT) -> Floats:
    """Dispersion of each series, shrunk towards ``pooled``; never below a thousandth.

    >>> y = np.array([[0.0, 9, 0, 9, 0, 9]])
    >>> bool(shrunk(y, np.full_like(y, 4.5), np.ones_like(y))[0] > 0.5)
    True
    """
    over, squares = moments(counts, means, mask)
    made: Floats = np.maximum((over + weight * pooled) / (squares + weight), _LEAST)
    return made


def pooled(counts: Floats, means: Floats, mask: Floats) -> float:
    """One dispersion for many series, each of which weighs by its information but none more than ``WEIGHT``.

    Without the limit the three busiest pairs of a table would speak for all others.
    """
    over, squares = moments(counts, means, mask)
    share = np.minimum(1.0, WEIGHT / np.maximum(squares, 1e-12))
    known = float((squares * share).sum())
    if known < WEIGHT:
        return USUAL
    return float(np.clip((over * share).sum() / known, 0.05, 3.0))


def likeness(part: Floats, whole: Floats, shares: Floats, mask: Floats, weight: float = WEIGHT) -> Floats:
    """How alike the events of one period are in kind: the correlation rho with which the variance of ``part`` of
    ``whole`` is ``n p (1 - p) (1 + (n - 1) rho)``, shrunk towards the usual.

    (Moment estimate: Williams, Applied Statistics 31, 1982.)

    >>> whole = np.full((1, 8), 10.0)
    >>> either = np.array([[10.0, 0, 10, 0, 10, 0, 10, 0]])
    >>> bool(likeness(either, whole, np.full((1, 8), 0.5), np.ones((1, 8)))[0] > 0.5)
    True
    """
    spread = shares * (1 - shares)
    over = (((part - whole * shares) ** 2 - whole * spread) * mask).sum(-1)
    known = (whole * np.maximum(whole - 1, 0) * spread * mask).sum(-1)
    made: Floats = np.clip((over + weight * USUAL_LIKENESS) / (known + weight), _LEAST, 0.9)
    return made
