"""Has the relation of two actors changed at a date?

The answer compares up to 26 weeks before with one to eight weeks after (``panels``), and asks how often dates at which
nothing in particular happened look as different: dates of other pairs with like volume, and the pair's own other dates
(``calibrate``). It asks twice: of the numbers of events, and of their mix, whatever their number. Only where both moved
has the relation changed; where a pair merely has more of everything, it got more attention. The answer says that there
is a difference at the date. What caused it no count can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.analyse import calibrate
from dateline.analyse.details import Beside, Rate, actors_of, detail_of
from dateline.analyse.panels import (
    WEEKS_AFTER,
    WEEKS_BEFORE,
    CountPanel,
    NetPanel,
    Panel,
    Scores,
    mean_of,
    panel_of,
    scale_of,
)
from dateline.analyse.tables import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: At most so often a date without a change is called one.
LEVEL = 0.05
#: Where the mix of events can be asked, it answers for that, and the numbers need only be as rare as this.
MIX_LEVEL, MILDER_LEVEL = LEVEL, 0.1
#: Fewer events than this around a date say nothing.
FEWEST_EVENTS = 8
FEWEST_WEEKS_BEFORE, FEWEST_WEEKS_AFTER = 4, 2
#: The effect is measured over so many weeks after the date.
EFFECT_WEEKS = 4
#: Pairs that serve as placebos: the busiest, and others spread evenly over the rest by volume.
_BUSIEST, _SPREAD = 200, 200
_LEAST_VOLUME = 20
#: One story is much of two weeks where it makes this share.
_MUCH = 1 / 3
_MOST_PLACEBOS = 16_000
#: Days from the date asked about within which a pair's own placebos would see the same events.
_OVERLAP = 91


class Verdict(StrEnum):
    """The answer in a word."""

    CHANGED = "changed"
    NO_CHANGE = "no_change"
    TOO_LITTLE = "too_little"


class Note(StrEnum):
    """What moved where no change is seen: the number of events, but not their mix."""

    MORE = "more_events"
    FEWER = "fewer_events"


@dataclass(frozen=True)
class Question:
    """Whether the relation of ``a`` and ``b``, either direction taken together, changed on ``at``."""

    a: str
    b: str
    at: date


@dataclass(frozen=True)
class Change:
    """One answer. ``p``: how often the numbers of events differ so much at dates without known change; ``q``: the share
    of false discoveries among all that were asked together, if this and all stronger are believed; ``effect``: > 0
    friendlier, < 0 less friendly, on a scale of logarithms where 1 is a strong shift; ``events``: observations in the
    windows; ``reason``: why there is no answer; ``p_mix``: how often the mix of events differs so much, none for signed
    numbers; ``note``: what moved instead."""

    question: Question
    verdict: Verdict
    p: float | None
    q: float | None
    effect: float | None
    events: int
    reason: str | None = None
    rates: tuple[Rate, ...] = ()
    beside: tuple[Beside, ...] = ()
    p_mix: float | None = None
    note: Note | None = None

    @property
    def mix_moved(self) -> bool:
        """Whether the mix of events moved; true where there is none to ask."""
        return self.p_mix is None or self.p_mix <= MIX_LEVEL

    @property
    def direction(self) -> str | None:
        """``better`` or ``worse`` where the relation changed."""
        if self.verdict is not Verdict.CHANGED or self.effect is None:
            return None
        return "better" if self.effect > 0 else "worse"


# --- calibration -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Joint:
    """References for several scores of a date, and for the sum of their strengths, as in Fisher's method. The windows
    overlap, so that the sum has no law of its own; it is calibrated again."""

    each: tuple[calibrate.Reference, ...]
    sum: calibrate.Reference

    def sums(self, scores: Floats, volume: Floats) -> Floats:
        """One number from all scores [N, K] of dates."""
        return _summed(self.each, scores, volume)


@dataclass(frozen=True)
class Calibration:
    """What the placebo dates of ``grid`` give: a reference for how far the numbers moved, for the same once each pair's
    own pace is taken out, and for how far the mix moved; the last is none for signed numbers, which have no mix."""

    numbers: Joint
    steady: calibrate.Reference
    mix: Joint | None
    grid: Ints
    placebos: int


def grid_of(panel: Panel, pairs: int) -> Ints:
    """Placebo dates, equally far apart: weeks at least, and few enough to stay quick."""
    week = 7 // panel.step
    first, last = (FEWEST_WEEKS_BEFORE + 1) * week, panel.periods - 4 * week
    span = max(last - first, 0)
    step = max(1, -(-span * pairs // (_MOST_PLACEBOS * week))) * week
    return np.arange(first, last + 1, step, dtype=np.int64)


def calibration(panel: Panel, pool: Ints) -> Calibration | None:
    """Score the placebo dates of the pairs in ``pool``; none where too few have enough events around them."""
    grid = grid_of(panel, len(pool))
    pair, at = np.repeat(pool, len(grid)), np.tile(grid, len(pool))
    scores = panel.score(pair, at)
    use = scores.events >= FEWEST_EVENTS
    if use.sum() < calibrate.FEWEST:
        return None
    volume = scores.volume
    numbers = _joint(scores.scores, volume, use)
    sums = numbers.sums(scores.scores, volume)
    pace = _paces(panel, volume, sums, numbers.sum, grid, grid).ravel()
    bare = numbers.sums(panel.score(pair, at, bare=True).scores, volume)
    steady = _kept(sums, bare, numbers.sum.expected(volume) * pace, scores.peak) / pace
    mix = _joint(scores.mix, volume, use) if scores.mix.shape[1] else None
    return Calibration(numbers, calibrate.reference(steady[use], volume[use]), mix, grid, int(use.sum()))


def _joint(scores: Floats, volume: Floats, use: NDArray[np.bool_]) -> Joint:
    each = tuple(calibrate.reference(scores[use, i], volume[use]) for i in range(scores.shape[1]))
    return Joint(each, calibrate.reference(_summed(each, scores, volume)[use], volume[use]))


def _summed(each: Sequence[calibrate.Reference], scores: Floats, volume: Floats) -> Floats:
    made: Floats = np.sum([ref.strength(scores[:, i], volume) for i, ref in enumerate(each)], axis=0)
    return made


def _paces(
    panel: Panel, volume: Floats, sums: Floats, joint: calibrate.Reference, grid: Ints, asked: Ints
) -> Floats:
    """How restless pairs are at their own dates of ``grid`` that lie far from those of ``asked``: [pairs, asked]."""
    expected = joint.expected(volume).reshape(-1, len(grid))
    far = np.abs(grid[None, :] - asked[:, None]) * panel.step >= _OVERLAP
    step = float(np.median(np.diff(grid))) * panel.step if len(grid) > 1 else 7.0
    return calibrate.steadied(sums.reshape(-1, len(grid)), expected, far, step)


def strengths(panel: Panel, made: Calibration, pair: Ints, at: Ints) -> tuple[Floats, Scores]:
    """``-log10 p`` of pairs at dates, with the scores from which it comes."""
    scores = panel.score(pair, at)
    known, where = np.unique(pair, return_inverse=True)
    own = panel.score(np.repeat(known, len(made.grid)), np.tile(made.grid, len(known)))
    shape = (len(known), len(made.grid))
    volumes, totals = own.volume.reshape(shape), made.numbers.sums(own.scores, own.volume).reshape(shape)
    pace = np.ones(len(pair))
    for number in range(len(known)):
        mine = np.flatnonzero(where == number)
        pace[mine] = _paces(panel, volumes[number], totals[number], made.numbers.sum, made.grid, at[mine])[0]
    sums = made.numbers.sums(scores.scores, scores.volume)
    bare = made.numbers.sums(panel.score(pair, at, bare=True).scores, scores.volume)
    kept = _kept(sums, bare, made.numbers.sum.expected(scores.volume) * pace, scores.peak)
    return made.steady.strength(kept / pace, scores.volume), scores


def mixed(made: Calibration, scores: Scores) -> Floats:
    """How often placebos' mix of events moves as much [N]: of their shares, however much there was of everything. NaN
    where there is no mix."""
    if made.mix is None:
        return np.full(len(scores.volume), np.nan)
    strength = made.mix.sum.strength(made.mix.sums(scores.mix, scores.volume), scores.volume)
    return np.asarray(np.minimum(10.0**-strength, 1))


def _kept(sums: Floats, bare: Floats, expected: Floats, peak: Floats) -> Floats:
    """The sums, or what is left of them without the three days that weigh most, where that is no more than placebos
    have and those days are much of what there is: a difference that rests on one story is no change."""
    return np.where((bare < expected) & (peak >= _MUCH), np.minimum(bare, sums), sums)


# --- answers ---------------------------------------------------------------------------------------------------


def changes_at(table: Table, questions: Sequence[Question], detail: bool = False) -> list[Change]:
    """Answer all questions on one table, in their order. ``detail`` adds the rates and the comparisons with others."""
    answers = _answers(table, questions)
    return _with_details(table, answers) if detail else answers


def _with_details(table: Table, answers: list[Change]) -> list[Change]:
    names = sorted({name for x in answers if x.p is not None for name in (x.question.a, x.question.b)})
    actors = actors_of(table, tuple(names))
    made = []
    for answer in answers:
        if answer.p is not None:
            ask = answer.question
            found = detail_of(table, actors, ask.a, ask.b, table.index_of(ask.at))
            answer = replace(answer, rates=found[0], beside=found[1])
        made.append(answer)
    return made


def _answers(table: Table, questions: Sequence[Question]) -> list[Change]:
    if not questions:
        return []
    keys = [table.key_of(question.a, question.b) for question in questions]
    reasons = [_outside(table, question) for question in questions]
    fit = [i for i, reason in enumerate(reasons) if reason is None]
    pool = placebo_pairs(table)
    wanted = np.unique(np.array([*pool.tolist(), *(keys[i] for i in fit)], dtype=np.int64))
    panel = panel_of(table, wanted)
    pair = np.searchsorted(wanted, np.array([keys[i] for i in fit], dtype=np.int64))
    at = np.array([table.index_of(questions[i].at) for i in fit], dtype=np.int64)
    judged = judge(panel, np.searchsorted(wanted, pool), pair, at)
    if judged is None:
        few = "too few other dates in the table to compare with"
        return [_refused(ask, 0, reason or few) for ask, reason in zip(questions, reasons, strict=True)]
    answers = [_refused(ask, 0, str(reason)) for ask, reason in zip(questions, reasons, strict=True)]
    for number, i in enumerate(fit):
        answers[i] = told(questions[i], judged, number)
    return answers


class Judged(NamedTuple):
    """Of N pairs and dates: ``p`` and ``q``, NaN where there is too little; ``effect``; ``events`` in the windows;
    ``mix``, how often the mix moves as much, and ``growth``, the logarithm by which the number of events grew; both NaN
    for signed numbers."""

    p: Floats
    q: Floats
    effect: Floats
    events: Ints
    mix: Floats
    growth: Floats


def judge(panel: CountPanel | NetPanel, pool: Ints, pair: Ints, at: Ints) -> Judged | None:
    """Ask whether pairs changed at dates, given as numbers of a panel's pairs and periods.

    ``pool`` are the pairs whose other dates serve for comparison. None where they have too few. This is the whole of
    the question on arrays alone: counts of a record, by day or by week, are asked the same way as a table.
    """
    made = calibration(panel, pool)
    if made is None:
        return None
    strength, scores = strengths(panel, made, pair, at)
    p = np.where(scores.events >= FEWEST_EVENTS, np.minimum(10.0**-strength, 1), np.nan)
    moved = effects(panel, pair, at), scores.events, mixed(made, scores), growth(panel, pair, at)
    return Judged(p, calibrate.adjusted(p), *moved)


def told(question: Question, judged: Judged, number: int) -> Change:
    """The answer to a question from what was found at its ``number``."""
    p, q, effect, events, mix, grew = (column[number].item() for column in judged)
    if np.isnan(p):
        things = "event" if events == 1 else "events"
        return _refused(question, events, f"{events} {things} around the date, at least {FEWEST_EVENTS} are needed")
    made = Change(question, Verdict.NO_CHANGE, p, q, effect, events, p_mix=None if np.isnan(mix) else mix)
    if p <= (LEVEL if made.p_mix is None else MILDER_LEVEL) and made.mix_moved:
        return replace(made, verdict=Verdict.CHANGED)
    if p <= LEVEL:
        return replace(made, note=Note.MORE if grew > 0 else Note.FEWER)
    return made


def placebo_pairs(table: Table) -> Ints:
    """The pairs whose other dates serve for comparison, by key; the same whatever is asked."""
    keys, volume = np.unique(table.pair_keys(), return_counts=True)
    enough = np.flatnonzero(volume >= _LEAST_VOLUME)
    ranked = enough[np.lexsort((keys[enough], -volume[enough]))]
    rest = ranked[_BUSIEST:]
    if len(rest) > _SPREAD:
        rest = rest[np.linspace(0, len(rest) - 1, _SPREAD).astype(np.int64)]
    return np.sort(keys[np.concatenate([ranked[:_BUSIEST], rest])])


def _outside(table: Table, question: Question) -> str | None:
    """Why a question has no place in the table."""
    for name in (question.a, question.b):
        if name not in table.actors:
            near = get_close_matches(name, table.actors, 3, 0.6)
            return f"{name} is not in {table.name}" + (f"; near: {', '.join(near)}" if near else "")
    if question.a == question.b:
        return f"{question.a} has no relation with itself"
    day, last = table.index_of(question.at), table.start + timedelta(days=table.days - 1)
    if not 0 <= day < table.days:
        return f"{question.at} lies outside the table, {table.start} to {last}"
    if day < 7 * FEWEST_WEEKS_BEFORE:
        return f"{question.at} is less than {FEWEST_WEEKS_BEFORE} weeks after the table's first day, {table.start}"
    if table.days - day < 7 * FEWEST_WEEKS_AFTER:
        return f"{question.at} is less than {FEWEST_WEEKS_AFTER} weeks before the table's last day, {last}"
    return None


def _refused(question: Question, events: int, reason: str) -> Change:
    return Change(question, Verdict.TOO_LITTLE, None, None, None, events, reason)


def effects(panel: CountPanel | NetPanel, pair: Ints, at: Ints) -> Floats:
    """How much friendlier (> 0) or less friendly a relation is after a date.

    Of counts: by how much the log odds of cooperation against conflict grew, both sides shrunk towards the table's own
    odds by two events. Of signed numbers: by how much the sums of weeks moved, on average over all windows, in
    logarithms of the pair's usual week.
    """
    if isinstance(panel, NetPanel):
        return _net_effects(panel, pair, at)
    counts, _, _ = panel.weeks(pair, at)
    usual = 2 * np.array([panel.usual[:2].sum(), panel.usual[2:].sum()])
    sides = [counts[:, :WEEKS_BEFORE].sum(1), counts[:, WEEKS_BEFORE : WEEKS_BEFORE + EFFECT_WEEKS].sum(1)]
    odds = [np.log((s[:, :2].sum(1) + usual[0]) / (s[:, 2:].sum(1) + usual[1])) for s in sides]
    return np.asarray(odds[1] - odds[0])


def growth(panel: CountPanel | NetPanel, pair: Ints, at: Ints) -> Floats:
    """By how much a pair's share of all news grew after a date, as a logarithm; both sides have half an event more than
    they have. NaN for signed numbers."""
    if isinstance(panel, NetPanel):
        return np.full(len(pair), np.nan)
    counts, exposure, _ = panel.weeks(pair, at)
    sides = slice(0, WEEKS_BEFORE), slice(WEEKS_BEFORE, WEEKS_BEFORE + EFFECT_WEEKS)
    rates = [(counts[:, s].sum((1, 2)) + 0.5) / np.maximum(exposure[:, s].sum(1), 1e-9) for s in sides]
    return np.asarray(np.log(rates[1] / rates[0]))


def _net_effects(panel: NetPanel, pair: Ints, at: Ints) -> Floats:
    before, after = (_weekly(panel, pair, at, *weeks) for weeks in ((-WEEKS_BEFORE, 0), (0, WEEKS_AFTER[-1])))
    scale = scale_of(before)[:, None]
    level = mean_of(np.arcsinh(before / scale))
    moves = [mean_of(np.arcsinh(after[:, :weeks] / scale)) - level for weeks in WEEKS_AFTER]
    return np.asarray(np.mean(moves, axis=0))


def _weekly(panel: NetPanel, pair: Ints, at: Ints, first: int, last: int) -> Floats:
    """Sums of the weeks from ``first`` to before ``last`` [N, weeks]; NaN for weeks that the table does not hold."""
    days = np.nan_to_num(panel.window(pair, at, 7 * first, 7 * last)).reshape(len(pair), last - first, 7)
    start = at[:, None] + 7 * np.arange(first, last)
    made: Floats = np.where((start >= 0) & (start + 7 <= panel.periods), days.sum(2), np.nan)
    return made
