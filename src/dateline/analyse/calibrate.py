"""What a statistic is worth: its place among placebo dates, at which nothing in particular is known to have happened.

Relations are never still. A test that believes its own formula calls every third date a change; so a statistic is
compared with its values at other dates of the same and of other pairs of the same table, those that had most nearly
the same volume before the date. The tail of the comparison is smoothed, so that answers beyond the last placebo keep
their order: the excess over the upper tenth follows a generalised Pareto law (Pickands, Annals of Statistics 3, 1975),
fitted by probability-weighted moments (Hosking and Wallis, Technometrics 29, 1987) with no lighter tail than
the exponential's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Placebos are compared in groups of like volume with about so many each, and half of a group is shared with the next.
GROUP = 1200
_MOST_GROUPS = 24
_TAIL = 0.1
_LEAST_TAIL = 15
_HEAVIEST = 0.5
#: Below this many placebos there is nothing to compare with.
FEWEST = 60


@dataclass(frozen=True)
class _Group:
    centre: float
    mean: float
    values: Floats
    threshold: float
    share: float
    scale: float
    shape: float

    def strength(self, values: Floats) -> Floats:
        """Minus the decimal logarithm of the share of placebos at least as large."""
        below = np.searchsorted(self.values, values, side="left")
        plain = -np.log10((len(self.values) - below + 0.5) / (len(self.values) + 0.5))
        excess = np.maximum(values - self.threshold, 0) / self.scale
        if self.shape > 1e-6:
            beyond = np.log1p(self.shape * excess) / self.shape
        else:
            beyond = excess
        smooth = -np.log10(self.share) + beyond / np.log(10)
        made: Floats = np.where(values > self.threshold, smooth, plain)
        return made


@dataclass(frozen=True)
class Reference:
    """A statistic's values at placebo dates, in groups of like volume."""

    groups: tuple[_Group, ...]

    def strength(self, values: Floats, volume: Floats) -> Floats:
        """How rare so large a value is at this volume: ``-log10 p``, between the two nearest groups.

        Strengths of 1.3 and more are below p = .05.
        """
        if len(self.groups) == 1:
            return self.groups[0].strength(values)
        table = np.stack([group.strength(values) for group in self.groups])
        centres = np.array([group.centre for group in self.groups])
        right = np.clip(np.searchsorted(centres, volume), 1, len(centres) - 1)
        gap = centres[right] - centres[right - 1]
        part = np.clip((volume - centres[right - 1]) / np.maximum(gap, 1e-12), 0, 1)
        at = np.arange(len(values))
        made: Floats = table[right - 1, at] * (1 - part) + table[right, at] * part
        return made

    def expected(self, volume: Floats) -> Floats:
        """What placebos of this volume have on average."""
        return np.interp(volume, [group.centre for group in self.groups], [group.mean for group in self.groups])


def reference(values: Floats, volume: Floats) -> Reference:
    """Build a reference from a statistic's values at placebo dates and the volume before each.

    >>> rng = np.random.default_rng(0)
    >>> ref = reference(rng.exponential(size=5000), np.zeros(5000))
    >>> bool(abs(ref.strength(np.array([np.log(1000)]), np.zeros(1))[0] - 3) < 0.3)
    True
    """
    order = np.argsort(volume, kind="stable")
    values, volume = values[order], volume[order]
    count = max(1, min(_MOST_GROUPS, 2 * len(values) // GROUP - 1))
    half = len(values) / (count + 1)
    groups = []
    for number in range(count):
        part = slice(int(number * half), max(int((number + 2) * half), 1) if count > 1 else len(values))
        groups.append(_group(float(volume[part].mean()), values[part]))
    return Reference(tuple(groups))


def _group(centre: float, values: Floats) -> _Group:
    values = np.sort(values)
    tail = max(_LEAST_TAIL, int(_TAIL * len(values)))
    if tail >= len(values):
        return _Group(centre, float(values.mean()), values, float("inf"), 1.0, 1.0, 0.0)
    threshold = float(values[-tail - 1])
    excess = values[-tail:] - threshold
    share = (tail + 0.5) / (len(values) + 0.5)
    mean = float(excess.mean())
    if mean <= 0:
        return _Group(centre, float(values.mean()), values, float("inf"), 1.0, 1.0, 0.0)
    # Hosking and Wallis: a0 = E[X], a1 = E[X (1 - F)], shape = 2 - a0 / (a0 - 2 a1) with their k = -shape
    first = float((excess * (1 - (np.arange(1, tail + 1) - 0.35) / tail)).mean())
    shape = float(np.clip(2 - mean / max(mean - 2 * first, 1e-9), 0, _HEAVIEST))
    return _Group(centre, float(values.mean()), values, threshold, share, mean * (1 - shape), shape)


def steadied(scores: Floats, expected: Floats, far: NDArray[np.bool_], step: float, weight: float = 8.0) -> Floats:
    """How restless each pair is at its own other dates, as a factor to divide its scores by.

    ``scores`` and ``expected`` are [pairs, dates]: a statistic, and what placebos of like volume have on average;
    ``far`` is [asked, dates]: which dates are far enough from the one that is asked about. Answers [pairs, asked]. A
    pair's own mean counts as much as it has months, ``step`` days a date; ``weight`` ordinary months are added.
    """
    relative = scores / np.maximum(expected, 1e-9)
    months = far.sum(1) * step / 28
    own = relative @ far.T.astype(np.float64) / np.maximum(far.sum(1), 1)
    made: Floats = (weight + months * own) / (weight + months)
    return made


def adjusted(p_values: Floats) -> Floats:
    """Benjamini and Hochberg's q: the share of false discoveries if all answers at least so strong are believed.

    (Journal of the Royal Statistical Society B 57, 1995.) NaN for what was not tested, which does not count.

    >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03])).round(3).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    found = np.full(len(p_values), np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(-p_values[tested], kind="stable")]
    count = len(order)
    found[order] = np.minimum(np.minimum.accumulate(p_values[order] * count / np.arange(count, 0, -1)), 1)
    return found
