"""What lies under an answer: rates by direction and quad class, and how the same actors' other relations moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.analyse import dispersion, rates
from dateline.analyse.panels import WEEKS_AFTER, WEEKS_BEFORE, CountPanel
from dateline.analyse.tables import QUADS, Form, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WEEKS = WEEKS_AFTER[-1]
_NORMAL = 1.959964


@dataclass(frozen=True)
class Rate:
    """One direction and quad class before and after: events a week of usual news, each with a 95 % interval; ``p`` is
    the likelihood ratio's own, for reading beside the calibrated one, never for the verdict. ``events`` and ``weeks``
    are those before and after."""

    source: str
    target: str
    quad: str
    before: float
    before_interval: tuple[float, float]
    after: float
    after_interval: tuple[float, float]
    ratio: float
    p: float
    events: tuple[int, int] = (0, 0)
    weeks: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Beside:
    """Difference in differences: by how much the log rate of the pair moved (``own``), that of ``actor`` with all its
    other partners (``others``), and the difference (``gap``) with a 95 % interval; for one aspect."""

    actor: str
    aspect: str
    own: float
    others: float
    gap: float
    interval: tuple[float, float]


def rates_of(counts: Floats, exposure: Floats, at: int, source: str, target: str, step: int = 1) -> tuple[Rate, ...]:
    """The four quad classes of one direction: ``counts`` [periods, 4], ``exposure`` [periods], ``at`` a period.

    Up to 26 weeks before are compared with up to 8 after; the test is the negative binomial's likelihood ratio.
    """
    panel = CountPanel(counts[None].astype(np.float32), exposure, step)
    weekly, exposed, mask = panel.weeks(np.zeros(1, dtype=np.int64), np.array([at], dtype=np.int64))
    before, after = sides(mask)
    made = []
    for quad, name in enumerate(QUADS):
        made.append(compared(weekly[0, :, quad], exposed[0], before[0], after[0], (source, target, name)))
    return tuple(made)


def sides(mask: Floats) -> tuple[Floats, Floats]:
    """The mask of the weeks before, and of those after."""
    number = np.arange(-WEEKS_BEFORE, _WEEKS)
    return mask * (number < 0), mask * (number >= 0)


def compared(
    series: Floats, exposure: Floats, before: Floats, after: Floats, names: tuple[str, str, str], weeks: int = 1
) -> Rate:
    """One series of counts [periods] with its exposure, in usual weeks, and the masks of the periods before and after.

    ``names`` are source, target and quad class; a period lasts so many ``weeks``.
    """
    from scipy.special import chdtrc

    alpha = _dispersion(series[None], exposure[None], before[None], after[None])
    test = rates.compare(series[None], exposure[None], alpha, before[None], after[None])
    low, high = (_interval(series, exposure, float(alpha[0]), side) for side in (before, after))
    ratio = float(test.ratio[0])
    events = (round(float((series * before).sum())), round(float((series * after).sum())))
    lasts = (weeks * round(float(before.sum())), weeks * round(float(after.sum())))
    p = float(chdtrc(1, ratio))
    return Rate(*names, float(test.before[0]), low, float(test.after[0]), high, ratio, p, events, lasts)


def _dispersion(series: Floats, exposure: Floats, before: Floats, after: Floats) -> Floats:
    means = np.zeros_like(series)
    for side in (before, after):
        rate = (series * side).sum(1) / np.maximum((exposure * side).sum(1), 1e-12)
        means += rate[:, None] * side * exposure
    return dispersion.shrunk(series, means, before + after)


def _interval(series: Floats, exposure: Floats, alpha: float, side: Floats) -> tuple[float, float]:
    events, exposed, weeks = float((series * side).sum()), float((exposure * side).sum()), float(side.sum())
    # a sum of n weeks with mean mu each has n (mu + alpha mu^2) of variance: 1 + alpha mu times a Poisson count's
    return rates.interval(events, exposed, 1 + alpha * events / max(weeks, 1))


# --- difference in differences ---------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Actors:
    """Daily events of every actor with all others together, by aspect: ``counts`` [actors, days, 2]."""

    names: tuple[str, ...]
    counts: NDArray[np.float32]


def actors_of(table: Table, names: tuple[str, ...]) -> Actors:
    """The series of some actors of a table of events."""
    number = {name: i for i, name in enumerate(names)}
    place = np.array([number.get(actor, -1) for actor in table.actors], dtype=np.int64)
    counts = np.zeros((len(names), table.days, 2), dtype=np.float32)
    aspect = (table.value >= 2).astype(np.int64)
    for side in (place[table.source], place[table.target]):
        mine = np.flatnonzero(side >= 0)
        np.add.at(counts, (side[mine], table.day[mine], aspect[mine]), 1)
    return Actors(names, counts)


def beside(
    own: Floats, actors: Actors, name: str, at: int, weeks: tuple[int, int] = (WEEKS_BEFORE, _WEEKS)
) -> tuple[Beside, ...]:
    """How the pair's cooperation and conflict, ``own`` [days, 2], moved beside those of an actor with all others.

    So many ``weeks`` before and after the day ``at`` are compared.
    """
    others = np.maximum(actors.counts[actors.names.index(name)] - own, 0)
    found = []
    for column, aspect in enumerate(("cooperation", "conflict")):
        moved, noise = _moved(own[:, column], at, weeks)
        around, more = _moved(others[:, column], at, weeks)
        gap, width = moved - around, _NORMAL * float(np.sqrt(noise + more))
        found.append(Beside(name, aspect, moved, around, gap, (gap - width, gap + width)))
    return tuple(found)


def _moved(series: Floats, at: int, spans: tuple[int, int]) -> tuple[float, float]:
    """By how much the log rate moved, and the variance of that; half an event is added to either side."""
    days = len(series)
    low, high = max(at - 7 * spans[0], 0), min(at + 7 * spans[1], days)
    sums = np.array([series[low:at].sum(), series[at:high].sum()], dtype=np.float64) + 0.5
    weeks = np.array([max(at - low, 1), max(high - at, 1)]) / 7
    level = sums / weeks
    # the usual dispersion: weeks of the same actor are alike in that
    noise = (1 / sums + dispersion.USUAL / weeks).sum()
    return float(np.log(level[1] / level[0])), float(noise)


def detail_of(table: Table, actors: Actors, a: str, b: str, at: int) -> tuple[tuple[Rate, ...], tuple[Beside, ...]]:
    """Rates of both directions, and both actors beside their other partners; nothing for tables of signed numbers."""
    if table.form is Form.NET:
        return (), ()
    exposure = np.bincount(table.day, minlength=table.days).astype(np.float64)
    number = {name: i for i, name in enumerate(table.actors)}
    both = np.zeros((table.days, 2))
    found: list[Rate] = []
    for source, target in ((a, b), (b, a)):
        rows = np.flatnonzero((table.source == number[source]) & (table.target == number[target]))
        counts = np.zeros((table.days, 4))
        np.add.at(counts, (table.day[rows], table.value[rows].astype(np.int64)), 1)
        both += np.stack([counts[:, :2].sum(1), counts[:, 2:].sum(1)], 1)
        found.extend(rates_of(counts, exposure, at, source, target))
    return tuple(found), (*beside(both, actors, a, at), *beside(both, actors, b, at))
