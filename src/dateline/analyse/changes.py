"""When has the relation of two actors changed? Candidate dates, each with how far it may be chance.

Every week of the table is asked the question of ``change``, whether what follows differs from what went before by more
than placebo dates do. Weeks that stand above their neighbours are candidates, and the day of the turn is looked for
around each. Who looks at a hundred weeks finds five at twenty to one by chance: ``q`` corrects for all weeks that were
looked at (Benjamini and Hochberg; neighbouring weeks share most of their data, a dependence under which the method
holds: Benjamini and Yekutieli, Annals of Statistics 29, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dateline.analyse import calibrate
from dateline.analyse.change import (
    FEWEST_EVENTS,
    FEWEST_WEEKS_AFTER,
    FEWEST_WEEKS_BEFORE,
    MIX_LEVEL,
    Calibration,
    calibration,
    effects,
    mixed,
    placebo_pairs,
    strengths,
)
from dateline.analyse.panels import CountPanel, NetPanel, panel_of
from dateline.analyse.tables import Table
from dateline.errors import TableError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Two candidates lie at least so many days apart: nearer ones see the same weeks.
APART = 56
#: So many weeks on either side of a candidate are searched for the day of the turn.
_NEAR = 4
#: Candidates with a larger share of false discoveries are not told.
LEVEL = 0.2


@dataclass(frozen=True)
class Candidate:
    """A date at which a relation seems to have changed. ``p`` as for one date asked about, ``q`` for all weeks looked
    at; ``effect`` > 0 friendlier."""

    at: date
    p: float
    q: float
    effect: float

    @property
    def direction(self) -> str:
        """``better`` or ``worse``."""
        return "better" if self.effect > 0 else "worse"


def changes_between(table: Table, a: str, b: str, level: float = LEVEL) -> list[Candidate]:
    """Candidate dates of one pair, strongest first. Raises TableError where nothing can be compared."""
    key = table.key_of(a, b) if a in table.actors and b in table.actors else None
    if key is None:
        unknown = next((name for name in (a, b) if name not in table.actors), a)
        raise TableError(table.name, f"{unknown} is not in the table")
    pool = placebo_pairs(table)
    keys = np.unique(np.append(pool, key))
    panel = panel_of(table, keys)
    made = calibration(panel, np.searchsorted(keys, pool))
    if made is None:
        raise TableError(table.name, "too few other dates in the table to compare with")
    found = scan(panel, made, int(np.searchsorted(keys, key)), level)
    return [Candidate(table.start + timedelta(days=at), p, q, effect) for at, p, q, effect in found]


def scan(
    panel: CountPanel | NetPanel, made: Calibration, pair: int, level: float = LEVEL
) -> list[tuple[int, float, float, float]]:
    """(period, p, q, effect) of one pair's candidates, strongest first."""
    week = 7 // panel.step
    at = np.arange(FEWEST_WEEKS_BEFORE * week, panel.periods - FEWEST_WEEKS_AFTER * week + 1, week, dtype=np.int64)
    p = _p_values(panel, made, pair, at)
    q = calibrate.adjusted(p)
    found: list[tuple[int, float, float, float]] = []
    for peak in _peaks(p, at, APART // panel.step):
        if not q[peak] <= level:
            break
        near, best = _sharpened(panel, made, pair, int(at[peak]), float(p[peak]))
        if any(abs(near - other[0]) < _NEAR * week for other in found):
            continue  # the same turn, seen from further away
        effect = float(effects(panel, np.array([pair]), np.array([near]))[0])
        found.append((near, best, float(q[peak]), effect))
    return found


def _p_values(panel: CountPanel | NetPanel, made: Calibration, pair: int, at: Ints) -> Floats:
    strength, scores = strengths(panel, made, np.full(len(at), pair), at)
    p, mix = np.minimum(10.0**-strength, 1), mixed(made, scores)
    p = np.where(mix > MIX_LEVEL, np.maximum(p, mix), p)  # more of everything is no turn
    return np.where(scores.events >= FEWEST_EVENTS, p, np.nan)


def _peaks(p: Floats, at: Ints, apart: int) -> list[int]:
    """Dates from the strongest on, each at least ``apart`` from all before it."""
    taken: list[int] = []
    for index in np.argsort(p, kind="stable").tolist():  # NaN come last
        if np.isnan(p[index]):
            break
        if all(abs(int(at[index] - at[other])) >= apart for other in taken):
            taken.append(index)
    return taken


def _sharpened(panel: CountPanel | NetPanel, made: Calibration, pair: int, at: int, p: float) -> tuple[int, float]:
    """The period within four weeks of a candidate that parts the month before from the month after best.

    The test itself is strongest where the worst follows, which may be weeks after the turn.
    """
    week = 7 // panel.step
    low = max(at - _NEAR * week, FEWEST_WEEKS_BEFORE * week)
    days = np.arange(low, min(at + _NEAR * week + 1, panel.periods - FEWEST_WEEKS_AFTER * week), dtype=np.int64)
    best = int(days[contrasts(panel, pair, days).argmax()]) if len(days) else at
    near = float(_p_values(panel, made, pair, np.array([best]))[0])
    return (at, p) if np.isnan(near) or near > max(10 * p, 0.05) else (best, near)


def contrasts(panel: CountPanel | NetPanel, pair: int, at: Ints) -> Floats:
    """How sharply each date parts four weeks before from four after: chi-squared of cooperation and of conflict, or
    of the signed numbers on the scale of their logarithms."""
    span = _NEAR * 7 // panel.step
    if isinstance(panel, NetPanel):
        days = np.nan_to_num(panel.values[pair].astype(np.float64) / panel.exposure)
        size = np.abs(days[days != 0])
        series = np.arcsinh(days / (np.median(size) if len(size) else 1.0))[:, None]
    else:
        counts = panel.counts[pair].astype(np.float64)
        series = np.stack([counts[:, :2].sum(1), counts[:, 2:].sum(1)], 1)
    running = np.concatenate([np.zeros((1, series.shape[1])), np.cumsum(series, axis=0)])
    low, high = np.maximum(at - span, 0), np.minimum(at + span, panel.periods)
    before = (running[at] - running[low]) / np.maximum(at - low, 1)[:, None]
    after = (running[high] - running[at]) / np.maximum(high - at, 1)[:, None]
    spread = 1.0 if isinstance(panel, NetPanel) else before + after + 1 / span
    return np.asarray(((after - before) ** 2 / spread).sum(1))
