"""Whether one pair changed at a date, from its own events alone: for records too small to compare pairs with.

What is compared is the tone: the mean weight of an event, where deeds weigh twice as much as words and conflict
counts against cooperation. It does not move when the news merely look at a pair more often. Half a year before the
date is held against three months and against half a year after it. How far such a difference may be chance is told by
a permutation test (Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 2005, chapter 3): the pieces of
four weeks around the date are shuffled, and the tone before and after is taken again. Weeks of one piece stay
together, since events follow from one another. No law of counts is assumed, and no other pair is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dateline.analyse import calibrate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What an event of each quad class weighs.
WEIGHTS = np.array([1.0, 2.0, -1.0, -2.0])
#: Days that are shuffled together.
PIECE = 28
#: Pieces before the date, and after it: both spans after are tried, and the better one pays for that.
BEFORE, AFTER = 6, (3, 6)
#: Fewer events than this around a date, or on one side of it, say nothing.
FEWEST, FEWEST_A_SIDE = 12, 4
SHUFFLES = 4000
_FEWEST_PIECES = 3
_SEED = 1


@dataclass(frozen=True)
class Alone:
    """One answer: ``p``, how often shuffled pieces differ as much; ``effect``, by how much the tone moved, from -4 to
    4; ``before`` and ``after``, events of each quad class in the spans compared; ``days``, their lengths. Without
    ``p``, ``reason`` says why."""

    p: float | None
    effect: float | None
    before: tuple[int, ...]
    after: tuple[int, ...]
    days: tuple[int, int]
    reason: str | None = None

    @property
    def events(self) -> int:
        """Events in both spans together."""
        return sum(self.before) + sum(self.after)


def judge(counts: Floats, at: int) -> Alone:
    """Whether the tone of a pair changed on a day: ``counts`` [days, 4] by quad class, ``at`` one of the days.

    >>> counts = np.zeros((400, 4))
    >>> counts[0:200:9, 0] = counts[200:400:9, 2] = 1
    >>> found = judge(counts, 200)
    >>> found.p < 0.01, found.effect
    (True, -2.0)
    """
    left, right = min(at // PIECE, BEFORE), min((len(counts) - at) // PIECE, AFTER[-1])
    pieces = _pieces(counts, at, left, right)
    before, after = (tuple(int(n) for n in side.sum(0)) for side in (pieces[:left], pieces[left:]))
    days = (left * PIECE, right * PIECE)
    if min(left, right) < _FEWEST_PIECES:
        side, number = ("before", left) if left < _FEWEST_PIECES else ("after", right)
        few = f"{number * PIECE // 7} whole weeks {side} the date, at least {_FEWEST_PIECES * PIECE // 7} are needed"
        return Alone(None, None, before, after, days, few)
    if sum(before) + sum(after) < FEWEST:
        few = f"{_events(sum(before) + sum(after))} around the date, at least {FEWEST} are needed"
        return Alone(None, None, before, after, days, few)
    if min(sum(before), sum(after)) < FEWEST_A_SIDE:
        side, number = ("before", sum(before)) if sum(before) < FEWEST_A_SIDE else ("after", sum(after))
        few = f"{_events(number)} {side} the date, at least {FEWEST_A_SIDE} are needed"
        return Alone(None, None, before, after, days, few)
    p, effect = _shuffled(pieces, left)
    return Alone(p, effect, before, after, days)


def _events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"


def _pieces(counts: Floats, at: int, left: int, right: int) -> Floats:
    """Events of each piece [left + right, 4] around a day."""
    span = counts[at - left * PIECE : at + right * PIECE]
    made: Floats = span.reshape(left + right, PIECE, 4).sum(1)
    return made


def _shuffled(pieces: Floats, left: int) -> tuple[float, float]:
    """How often shuffled pieces differ as much, by the span after that differs most; and by how much these do."""
    order = _orders(len(pieces))
    weight, number = (pieces @ WEIGHTS)[order], pieces.sum(1)[order]
    was, many = weight[:, :left].sum(1), number[:, :left].sum(1)
    ranks, moves = [], []
    for span in AFTER:
        if left + span > len(pieces):
            continue
        part = slice(left, left + span)
        events = number[:, part].sum(1)
        move = weight[:, part].sum(1) / np.maximum(events, 1) - was / np.maximum(many, 1)
        strength = np.abs(move) * np.sqrt(events * many / np.maximum(events + many, 1))
        ranks.append(_rank(strength))
        moves.append(float(move[0]))
    best = int(np.argmin([rank[0] for rank in ranks]))
    together = np.min(ranks, axis=0)
    return float((together <= together[0] + 1e-12).mean()), moves[best]


def _rank(strength: Floats) -> Floats:
    """The share of all that are at least as large as each."""
    ordered = np.sort(strength)
    made: Floats = (len(strength) - np.searchsorted(ordered, strength - 1e-9)) / len(strength)
    return made


@cache
def _orders(size: int) -> Ints:
    """The order that is, then shuffled ones, the same at each call."""
    rng = np.random.default_rng(_SEED)
    return np.stack([np.arange(size), *(rng.permutation(size) for _ in range(SHUFFLES))])


# --- dates nobody named


@dataclass(frozen=True)
class Turn:
    """A day on which the tone seems to have changed: ``p`` of that day; ``q``, how many of all days at least so strong
    are expected to be chance; ``effect`` as above."""

    at: int
    p: float
    q: float
    effect: float


def turns(counts: Floats, level: float = 0.05) -> list[Turn]:
    """The days of ``counts`` [days, 4], at least a quarter apart, at which the tone seems to have changed, in order.

    Every week is asked, and those with a ``p`` of at most ``level`` are candidates. Of many weeks some look so by
    chance: ``q`` is Benjamini and Hochberg's over all of them.
    """
    week = np.arange(_FEWEST_PIECES * PIECE, len(counts) - _FEWEST_PIECES * PIECE + 1, 7)
    found = [judge(counts, int(at)) for at in week]
    p = np.array([np.nan if one.p is None else one.p for one in found])
    q = calibrate.adjusted(p)
    taken: list[Turn] = []
    for index in _by_strength(p, found):
        if p[index] > level:
            break
        if all(abs(int(week[index]) - turn.at) >= _FEWEST_PIECES * PIECE for turn in taken):
            taken.append(Turn(int(week[index]), float(p[index]), float(q[index]), found[index].effect or 0.0))
    return sorted(taken, key=lambda turn: turn.at)


def _by_strength(p: Floats, found: list[Alone]) -> list[int]:
    """Days by ``p``, of like ones the larger move first; those without an answer are left out."""
    known = [i for i in range(len(p)) if not np.isnan(p[i])]
    return sorted(known, key=lambda i: (p[i], -abs(found[i].effect or 0.0), i))
