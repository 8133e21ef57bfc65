"""Whether one pair changed, from its own events alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dateline.analyse import alone
from dateline.analyse.alone import PIECE, WEIGHTS, judge, turns

AT = 12 * PIECE
USUAL = np.array([0.09, 0.01, 0.05, 0.02])
TURNED = np.array([0.03, 0.01, 0.14, 0.06])


def stream(seed: int, after: np.ndarray | float = 1.0, days: int = 24 * PIECE) -> np.ndarray:
    """Events by day and quad class of a restless pair; from the middle on its usual rates times ``after``."""
    rng = np.random.default_rng(seed)
    rates = np.tile(USUAL, (days, 1)) * np.repeat(rng.gamma(3, 1 / 3, (days // 7 + 1, 1)), 7, axis=0)[:days]
    rates[days // 2 :] *= after
    return rng.poisson(rates).astype(np.float64)


def called(streams: list[np.ndarray]) -> float:
    """The share of answers that say changed."""
    found = [judge(s, AT).p for s in streams]
    told = [p for p in found if p is not None]
    assert len(told) > 0.8 * len(streams)
    return sum(p <= 0.05 for p in told) / len(told)


def test_quiet_streams_are_called_changed_as_rarely_as_promised() -> None:
    assert called([stream(seed) for seed in range(150)]) <= 0.08


@pytest.mark.parametrize("times", [3.0, 1 / 3])
def test_more_or_less_news_is_no_change(times: float) -> None:
    assert called([stream(seed, times) for seed in range(100, 250)]) <= 0.09


def test_planted_changes_are_found_with_their_sign() -> None:
    streams = [stream(seed, TURNED / USUAL) for seed in range(60)]
    assert called(streams) >= 0.7
    assert all((judge(s, AT).effect or -1) < 0 for s in streams)


def test_p_is_that_of_scipy() -> None:
    """With one span after the date the shuffling is scipy's permutation test on the same pieces."""
    counts = stream(3, TURNED / USUAL)[: AT + 3 * PIECE]
    found = judge(counts, AT)
    pieces = counts[AT - 6 * PIECE :].reshape(-1, PIECE, 4).sum(1)

    def tone(before: np.ndarray, after: np.ndarray) -> float:
        sums = [pieces[np.asarray(rows, dtype=int)].sum(0) for rows in (before, after)]
        many = [side.sum() for side in sums]
        means = [side @ WEIGHTS / max(n, 1) for side, n in zip(sums, many, strict=True)]
        return abs(means[1] - means[0]) * float(np.sqrt(many[0] * many[1] / sum(many)))

    exact = stats.permutation_test(
        (np.arange(6), np.arange(6, 9)), tone, vectorized=False, n_resamples=np.inf, alternative="greater"
    )
    assert found.p == pytest.approx(exact.pvalue, abs=0.03)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_friends_and_foes_exchanged_turn_the_answer_round(seed: int) -> None:
    counts = stream(seed, TURNED / USUAL)
    one, other = judge(counts, AT), judge(counts[:, [2, 3, 0, 1]], AT)
    assert one.p == other.p
    assert (one.effect or 0) == pytest.approx(-(other.effect or 0))


def test_what_lies_further_away_has_no_say() -> None:
    counts = stream(5)
    moved = counts.copy()
    moved[: AT - 6 * PIECE] = moved[AT + 6 * PIECE :] = 9
    assert judge(counts, AT) == judge(moved, AT)


@pytest.mark.parametrize(
    ("counts", "at", "reason"),
    [
        (np.zeros((500, 4)), 250, "0 events around the date"),
        (np.ones((500, 4)), 60, "8 whole weeks before the date, at least 12 are needed"),
        (np.ones((500, 4)), 480, "0 whole weeks after the date"),
        (np.ones((20, 4)), 10, "0 whole weeks before the date"),
        (np.vstack([np.ones((250, 4)), np.zeros((250, 4))]), 250, "0 events after the date"),
        (np.vstack([np.zeros((250, 4)), np.ones((250, 4))]), 250, "0 events before the date"),
    ],
)
def test_too_little_says_why(counts: np.ndarray, at: int, reason: str) -> None:
    found = judge(counts, at)
    assert found.p is None
    assert reason in (found.reason or "")


def test_a_side_without_a_class_of_events_is_judged() -> None:
    counts = np.zeros((700, 4))
    counts[100:350:8, 0] = counts[350:600:8, 3] = 1
    found = judge(counts, 350)
    assert found.p is not None
    assert found.p < 0.01
    assert found.effect == pytest.approx(-3)


# --- days that nobody named


def test_a_planted_day_is_found_and_quiet_years_have_none_to_believe() -> None:
    counts = np.vstack([stream(8)[: 12 * PIECE], stream(9, TURNED / USUAL)[12 * PIECE :]])
    found = turns(counts)
    assert found
    strongest = min(found, key=lambda t: t.p)
    assert abs(strongest.at - AT) <= 8 * 7
    assert strongest.effect < 0
    assert strongest.q <= 0.1
    quiet = [turn for seed in range(12) for turn in turns(stream(seed, days=26 * PIECE))]
    assert sum(turn.q <= 0.1 for turn in quiet) <= 2


def test_turns_come_in_order_and_apart() -> None:
    spans = [stream(s, TURNED / USUAL if s % 2 else 1.0, 26 * PIECE)[13 * PIECE :] for s in range(4)]
    found = turns(np.vstack(spans), level=0.1)
    assert len(found) >= 2
    days = [turn.at for turn in found]
    assert days == sorted(days)
    assert min(np.diff(days)) >= 3 * PIECE
    assert all(0 < turn.p <= min(turn.q, 0.1) for turn in found)


def test_the_same_question_has_the_same_answer() -> None:
    counts = stream(11)
    first = judge(counts, AT)
    alone._orders.cache_clear()
    assert judge(counts, AT) == first
    assert turns(np.zeros((40, 4))) == []
