"""Daily series of many pairs, and how far each moved at a date: one score for every aspect and window.

A date splits a series. Before it lie up to 26 weeks, after it windows of one, two, four and eight weeks: a break of
relations shows within days, a thaw within weeks, and which it will be nobody knows beforehand. All windows are whole
weeks, so that weekends weigh alike on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dateline.analyse import dispersion, rates
from dateline.analyse.tables import STORY_DAYS, Form, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEEKS_BEFORE = 26
WEEKS_AFTER = (1, 2, 4, 8)
_LONGEST = WEEKS_AFTER[-1]
_BATCH = 8000
#: The aspects of a relation that are tested, as columns of the quad classes. Material conflict counts within conflict
#: and once more by itself: deeds against each other say more of a relation than words.
ASPECTS = {"cooperation": (0, 1), "conflict": (2, 3), "material conflict": (3,)}
#: The shares of all events that are tested: whether the mix moved, however much there was.
SHARES = ("conflict", "material conflict")
#: So many events with the table's own mix are added to what lies before a date.
_USUAL_EVENTS = 5.0
#: This share of the table's mean volume is added to every week's exposure, so that a thin week bounds what it can say.
_FLOOR = 0.02
#: One story is coded as at most so many different events.
STORY_EVENTS = 6
#: A story's days stand out where they have this many events more than so many times the usual.
FLOOD_EVENTS, FLOOD_TIMES = 4, 4
#: Fewer days than this have no median to go by.
_FEW_DAYS = 4


class Scores(NamedTuple):
    """Of N pairs and dates: ``scores`` [N, K], larger for larger moves; ``mix`` [N, M], the same of shares alone, which
    more or less of everything does not move; ``volume`` [N], what was there before the date, as a logarithm; ``events``
    [N], observations in the windows on both sides together; ``peak`` [N], the share of the first two weeks after the
    date that one story may have made."""

    scores: Floats
    mix: Floats
    volume: Floats
    events: Ints
    peak: Floats


class Panel(Protocol):
    """Series of many pairs over the same periods."""

    @property
    def pairs(self) -> int: ...

    @property
    def periods(self) -> int: ...

    @property
    def step(self) -> int:
        """Days a period: 1 or 7."""

    @property
    def volumes(self) -> Floats:
        """Observations of each pair in the whole table."""

    def score(self, pair: Ints, at: Ints, bare: bool = False) -> Scores:
        """How far pairs moved at dates; ``bare``, without the three days on end that weigh most in each window."""


# --- counts of events ------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class CountPanel:
    """Events of pairs by quad class: ``counts`` [pairs, periods, 4]; ``exposure`` [periods], all events of the period,
    or all reports; ``step``, days a period (1 or 7); ``everybody`` [4], all events by quad class, those of the panel's
    own pairs where it is not given."""

    counts: NDArray[np.float32]
    exposure: Floats
    step: int = 1
    everybody: Floats | None = None

    @property
    def pairs(self) -> int:
        return len(self.counts)

    @property
    def periods(self) -> int:
        return len(self.exposure)

    @cached_property
    def volumes(self) -> Floats:
        return np.asarray(self.counts.sum((1, 2)), dtype=np.float64)

    @cached_property
    def _running(self) -> NDArray[np.float32]:
        running = np.zeros((self.pairs, self.periods + 1, 4), dtype=np.float32)
        np.cumsum(self.counts, axis=1, out=running[:, 1:])
        return running

    @cached_property
    def _exposed(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(self.exposure)])

    @cached_property
    def _usual_week(self) -> float:
        return max(float(self._exposed[-1]) / max(self.periods * self.step / 7, 1), 1e-9)

    def weeks(self, pair: Ints, at: Ints) -> tuple[Floats, Floats, Floats]:
        """Counts [N, weeks, 4], exposure and mask [N, weeks] of the weeks around dates; out of the table is masked.

        The exposure leaves the pair's own events out, which would else hide its own surges.
        """
        week = 7 // self.step
        edges = at[:, None] + week * np.arange(-WEEKS_BEFORE, _LONGEST + 1)
        inside = (edges[:, :-1] >= 0) & (edges[:, 1:] <= self.periods)
        edges = np.clip(edges, 0, self.periods)
        mask = inside.astype(np.float64)
        counts = np.diff(self._running[pair[:, None], edges], axis=1).astype(np.float64) * mask[..., None]
        others = np.diff(self._exposed[edges], axis=1) - counts.sum(2)
        exposure = (np.maximum(others, 0) / self._usual_week + _FLOOR) / (1 + _FLOOR)
        return counts, exposure * mask, mask

    def _days_after(self, pair: Ints, at: Ints) -> Floats:
        """Counts [N, days, 4] of the days after dates, 0 out of the table; no days where the periods are weeks."""
        days = 7 * _LONGEST if self.step == 1 else 0
        when = at[:, None] + np.arange(days)
        found = self.counts[pair[:, None], np.clip(when, 0, self.periods - 1)].astype(np.float64)
        made: Floats = found * ((when >= 0) & (when < self.periods))[..., None]
        return made

    def score(self, pair: Ints, at: Ints, bare: bool = False) -> Scores:
        """Likelihood ratios, aspect by aspect and window by window, with each series' own dispersion."""
        parts = [self._score(pair[i : i + _BATCH], at[i : i + _BATCH], bare) for i in range(0, len(pair), _BATCH)]
        return _joined(parts, len(ASPECTS) * len(WEEKS_AFTER), len(SHARES) * len(WEEKS_AFTER))

    def _score(self, pair: Ints, at: Ints, bare: bool) -> Scores:
        counts, exposure, mask = self.weeks(pair, at)
        days = self._days_after(pair, at)
        number = np.arange(-WEEKS_BEFORE, _LONGEST)
        before = mask * (number < 0)
        rates_moved, shares_moved = [], []
        for weeks in WEEKS_AFTER:
            after = mask * ((number >= 0) & (number < weeks))
            told = self._told(counts, days, before, weeks, bare)
            rates_moved += [_likelihood_ratio(series, exposure, before, after) for series in told.values()]
            whole = told["cooperation"] + told["conflict"]
            for share in SHARES:
                part = np.minimum(told[share], told["conflict"])
                shares_moved.append(np.abs(_share_ratio(part, whole, before, after, self._usual_shares[share])))
        every = counts.sum(2)
        volume = np.log1p((every * before).sum(1))
        events = every.sum(1).astype(np.int64)
        return Scores(np.stack(rates_moved, 1), np.stack(shares_moved, 1), volume, events, _peak(days.sum(2)))

    def _told(self, counts: Floats, days: Floats, before: Floats, weeks: int, bare: bool) -> dict[str, Floats]:
        """Events a week [N, weeks] of each aspect, without the story that floods the window after the date."""
        told = {}
        for aspect, classes in ASPECTS.items():
            series = counts[..., list(classes)].sum(2)
            rate = (series * before).sum(1) / np.maximum(before.sum(1), 1) / 7
            told[aspect] = series - _flooded(days[..., list(classes)].sum(2), weeks, rate, bare)
        return told

    @cached_property
    def usual(self) -> Floats:
        """The share of each quad class among all events [4]."""
        every = self.counts.sum((0, 1), dtype=np.float64) if self.everybody is None else self.everybody
        return np.asarray(every / max(float(every.sum()), 1.0))

    @cached_property
    def _usual_shares(self) -> dict[str, float]:
        return {aspect: float(self.usual[list(classes)].sum()) for aspect, classes in ASPECTS.items()}


def _peak(daily: Floats) -> Floats:
    """The share of the first two weeks [N, days] that lies within three days on end, as far as one story makes it."""
    if not daily.shape[1]:
        return np.zeros(len(daily))
    running = np.concatenate([np.zeros((len(daily), 1)), np.cumsum(daily[:, :14], axis=1)], axis=1)
    most = (running[:, STORY_DAYS:] - running[:, :-STORY_DAYS]).max(1)
    made: Floats = np.minimum(most, STORY_EVENTS) / np.maximum(running[:, -1], 1)
    return made


def _flooded(daily: Floats, weeks: int, rate: Floats, bare: bool) -> Floats:
    """What to take from each week [N, weeks before and after] so that no one story makes a change.

    Where the three days on end that have most, as long as a story is told, stand far above the window's other days and
    above ``rate``, the days before the date [N], they count for as many as those. If ``bare`` they always do, but no
    more than ``STORY_EVENTS`` are taken.
    """
    taken = np.zeros((len(daily), WEEKS_BEFORE + _LONGEST))
    days = 7 * weeks
    if daily.shape[1] < days:
        return taken
    running = np.concatenate([np.zeros((len(daily), 1)), np.cumsum(daily[:, :days], axis=1)], axis=1)
    blocks = running[:, STORY_DAYS:] - running[:, :-STORY_DAYS]
    row, first = np.arange(len(daily)), blocks.argmax(1)
    most = blocks[row, first]
    usual = np.maximum((running[:, -1] - most) / (days - STORY_DAYS), rate) * STORY_DAYS
    story = most > (usual if bare else FLOOD_EVENTS + FLOOD_TIMES * usual)
    extra = np.minimum(most - usual, STORY_EVENTS) if bare else most - usual
    share = np.where(story, extra / np.maximum(most, 1), 0)
    for day in (first, first + 1, first + 2):
        np.add.at(taken, (row, WEEKS_BEFORE + day // 7), daily[row, day] * share)
    return taken


def _likelihood_ratio(series: Floats, exposure: Floats, before: Floats, after: Floats) -> Floats:
    total = (series * before).sum(1) / np.maximum((exposure * before).sum(1), 1e-12)
    later = (series * after).sum(1) / np.maximum((exposure * after).sum(1), 1e-12)
    means = (total[:, None] * before + later[:, None] * after) * exposure
    alpha = dispersion.shrunk(series, means, before + after)
    return rates.compare(series, exposure, alpha, before, after).ratio


def _share_ratio(part: Floats, whole: Floats, before: Floats, after: Floats, usual: float) -> Floats:
    shares = np.zeros(part.shape)
    for side in (before, after):
        shares += ((part * side).sum(1) / np.maximum((whole * side).sum(1), 1e-9))[:, None] * side
    rho = dispersion.likeness(part, whole, np.clip(shares, 0, 1), before + after)
    return rates.compare_shares(part, whole, rho, before, after, usual, _USUAL_EVENTS)


# --- signed numbers --------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class NetPanel:
    """One signed number a pair and day, NaN for none: ``values`` [pairs, days]; ``exposure`` [days], how much news
    there was, about 1."""

    values: NDArray[np.float32]
    exposure: Floats
    step: int = 1

    @property
    def pairs(self) -> int:
        return len(self.values)

    @property
    def periods(self) -> int:
        return len(self.exposure)

    @cached_property
    def volumes(self) -> Floats:
        return np.asarray(np.isfinite(self.values).sum(1), dtype=np.float64)

    def window(self, pair: Ints, at: Ints, first: int, last: int) -> Floats:
        """Numbers [N, last - first] of the days from ``first`` to before ``last``, counted from the date, each divided
        by its day's exposure; NaN out of the table."""
        days = at[:, None] + np.arange(first, last)
        inside = (days >= 0) & (days < self.periods)
        days = np.clip(days, 0, self.periods - 1)
        found = self.values[pair[:, None], days] / self.exposure[days]
        made: Floats = np.where(inside, found, np.nan)
        return made

    def score(self, pair: Ints, at: Ints, bare: bool = False) -> Scores:
        """The move of the median day, in units of the pair's own usual day, on a scale that tames the tails."""
        parts = [self._score(pair[i : i + _BATCH], at[i : i + _BATCH], bare) for i in range(0, len(pair), _BATCH)]
        return _joined(parts, len(WEEKS_AFTER), 0)

    def _score(self, pair: Ints, at: Ints, bare: bool) -> Scores:
        before = self.window(pair, at, -7 * WEEKS_BEFORE, 0)
        after = self.window(pair, at, 0, 7 * _LONGEST)
        scale, middle = scale_of(before), medians(before)
        level = np.arcsinh(middle / scale)
        usual = mean_of(np.abs(before))
        moves = []
        for weeks in WEEKS_AFTER:
            days = after[:, : 7 * weeks]
            kept = without_story(days, usual, bare)
            told = np.isfinite(kept).any(1)  # no news is no move
            if not bare:
                kept = _filled(kept, days, middle)
            moves.append(np.where(told, np.abs(np.arcsinh(medians(kept) / scale) - level), 0.0))
        events = np.isfinite(before).sum(1) + np.isfinite(after).sum(1)
        return Scores(np.stack(moves, 1), np.zeros((len(pair), 0)), np.log(scale), events, np.ones(len(pair)))


def without_story(values: Floats, usual: Floats, always: bool = False) -> Floats:
    """The numbers [N, days] without the three days on end that weigh most, where they stand far above the other days
    and above ``usual`` [N], the mean size before, or ``always``: one story may fill them."""
    size = np.nan_to_num(np.abs(values))
    running = np.concatenate([np.zeros((len(values), 1)), np.cumsum(size, axis=1)], axis=1)
    blocks = running[:, STORY_DAYS:] - running[:, :-STORY_DAYS]
    row, first = np.arange(len(values)), blocks.argmax(1)
    most = blocks[row, first]
    day = np.arange(values.shape[1])
    inside = (day >= first[:, None]) & (day < first[:, None] + STORY_DAYS)
    others = (running[:, -1] - most) / np.maximum((np.isfinite(values) & ~inside).sum(1), 1)
    highest = np.where(inside, size, 0).max(1)
    story = always | (highest > FLOOD_TIMES * np.maximum(others, usual))
    made: Floats = np.where(inside & story[:, None], np.nan, values)
    return made


def _filled(kept: Floats, days: Floats, usual: Floats) -> Floats:
    """What is kept of ``days`` [N, days], with the usual number [N] for days that were left out where hardly any are
    left: the median of one or two days says little."""
    few = np.isfinite(kept).sum(1) < _FEW_DAYS
    made: Floats = np.where(few[:, None] & np.isfinite(days) & ~np.isfinite(kept), usual[:, None], kept)
    return made


def mean_of(values: Floats) -> Floats:
    """The mean of each row's numbers; 0 for rows without any."""
    made: Floats = np.nan_to_num(values).sum(1) / np.maximum(np.isfinite(values).sum(1), 1)
    return made


def medians(values: Floats) -> Floats:
    """The median of each row's numbers; 0 for rows without any, as no news is no move."""
    ordered = np.sort(values, axis=1)  # NaN come last
    count = np.isfinite(values).sum(1)
    row = np.arange(len(values))
    low, high = np.maximum((count - 1) // 2, 0), np.minimum(count // 2, values.shape[1] - 1)
    made: Floats = np.where(count > 0, (ordered[row, low] + ordered[row, high]) / 2, 0.0)
    return np.nan_to_num(made)


def scale_of(values: Floats) -> Floats:
    """A pair's usual day: the median size of its numbers, never 0."""
    size = medians(np.abs(values))
    made: Floats = np.where(size > 1e-9, size, 1.0)
    return made


def _joined(parts: list[Scores], columns: int, shares: int) -> Scores:
    if not parts:
        none = np.zeros(0)
        return Scores(np.zeros((0, columns)), np.zeros((0, shares)), none, none.astype(np.int64), none)
    return Scores(*(np.concatenate(column) for column in zip(*parts, strict=True)))


# --- from a table ----------------------------------------------------------------------------------------------


def panel_of(table: Table, keys: Ints) -> CountPanel | NetPanel:
    """The series of some pairs of a table, by their ``pair_keys``, with the exposure of the whole table."""
    keys = np.asarray(keys, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    found = table.pair_keys()
    at = np.searchsorted(keys[order], found)
    at = np.minimum(at, max(len(keys) - 1, 0))
    rows = np.flatnonzero(keys[order][at] == found) if len(keys) else np.zeros(0, dtype=np.int64)
    pair, day = order[at[rows]], table.day[rows]
    if table.form is Form.NET:
        values = np.full((len(keys), table.days), np.nan, dtype=np.float32)
        values[pair, day] = table.value[rows]
        return NetPanel(values, _news(table, found))
    counts = np.zeros((len(keys), table.days, 4), dtype=np.float32)
    np.add.at(counts, (pair, day, table.value[rows].astype(np.int64)), 1)
    everybody = np.bincount(table.value.astype(np.int64), minlength=4).astype(np.float64)
    return CountPanel(counts, np.bincount(table.day, minlength=table.days).astype(np.float64), everybody=everybody)


def _news(table: Table, keys: Ints) -> Floats:
    """How much news a day had beside the usual: the mean size of the numbers, each in units of its own pair's, smoothed
    over the week around the day, whose weekends are in every window alike."""
    _, pair = np.unique(keys, return_inverse=True)
    size = np.minimum(np.abs(table.value), 50 * np.median(np.abs(table.value)))
    usual = np.bincount(pair, size) / np.bincount(pair)
    relative = size / np.maximum(usual[pair], 1e-9)
    daily = np.bincount(table.day, relative, minlength=table.days)
    kernel = np.ones(7)
    smooth = np.convolve(daily, kernel, "same") / np.convolve(np.ones(table.days), kernel, "same")
    middle = float(np.median(smooth[smooth > 0])) if (smooth > 0).any() else 1.0
    return np.clip(smooth / middle, 0.1, 10)
