"""Change at a date: found where it was planted, and not where only the news changed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from dateline.analyse.change import FEWEST_EVENTS, Change, Note, Question, Verdict, changes_at, judge, placebo_pairs
from dateline.analyse.panels import CountPanel, NetPanel, medians, panel_of, without_story
from dateline.analyse.tables import Table, from_rows
from tests.analyse import streams

BREAK, THAW = (0.3, 0.2, 5.0, 9.0), (4.0, 6.0, 0.3, 0.1)
PLANTED = {0: BREAK, 1: BREAK, 2: THAW, 3: THAW}


def ask(pair: int, at: int = streams.AT) -> Question:
    return Question(*streams.names(pair), streams.day(at))


@pytest.fixture(scope="module")
def planted() -> Table:
    return streams.table(1, PLANTED)


def test_planted_changes_are_found_with_their_direction(planted: Table) -> None:
    answers = changes_at(planted, [ask(pair) for pair in PLANTED])
    assert [answer.verdict for answer in answers] == [Verdict.CHANGED] * 4
    assert [answer.direction for answer in answers] == ["worse", "worse", "better", "better"]


def test_quiet_pairs_are_called_changed_as_rarely_as_promised() -> None:
    asked = [ask(pair, at) for pair in range(streams.PAIRS) for at in (150, 220, 290, 360, 430)]
    told = [answer for seed in range(2) for answer in changes_at(streams.table(seed), asked)]
    assert count(told) / len(told) < 0.09


def count(answers: list[Change]) -> int:
    return sum(answer.verdict is Verdict.CHANGED for answer in answers)


@pytest.mark.parametrize("news", [0.4, 3.0])
def test_a_swing_of_all_news_is_no_change(news: float) -> None:
    asked = [ask(pair) for pair in range(streams.PAIRS)]
    swung = count(changes_at(streams.table(5, news=news), asked))
    assert swung <= count(changes_at(streams.table(5), asked)) + 2


@pytest.mark.parametrize(("times", "note"), [(4.0, Note.MORE), (0.15, Note.FEWER)])
def test_more_or_less_of_everything_for_some_pairs_is_no_change(times: float, note: Note) -> None:
    asked = range(10, 30)
    answers = changes_at(streams.table(7, dict.fromkeys(asked, (times,) * 4)), [ask(pair) for pair in asked])
    assert count(answers) <= 3
    noted = [answer for answer in answers if answer.note]
    assert len(noted) >= 5
    assert all(x.note is note and x.verdict is Verdict.NO_CHANGE and x.p and x.p <= 0.05 for x in noted)


def test_the_verdict_needs_both_numbers_and_mix(planted: Table) -> None:
    for answer in changes_at(planted, [ask(pair) for pair in range(streams.PAIRS)]):
        assert answer.p is not None
        assert answer.p_mix is not None
        assert (answer.verdict is Verdict.CHANGED) == (answer.p <= 0.1 and answer.p_mix <= 0.05)


def test_signed_numbers_have_no_mix() -> None:
    answer = changes_at(streams.net(streams.rows(1, PLANTED)), [ask(0)])[0]
    assert (answer.p_mix, answer.note) == (None, None)
    assert answer.verdict is Verdict.CHANGED
    assert answer.p == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("form", ["events", "net"])
def test_one_story_told_over_and_over_is_no_change(form: str) -> None:
    quiet = streams.rows(6)
    flooded = list(quiet)
    for pair in range(10, 30):
        for number in range(90):
            flooded.append((streams.day(streams.AT + number % 2).isoformat(), *streams.names(pair), "190"))
    asked = [ask(pair) for pair in range(10, 30)]
    tables = [from_rows("t", rows) if form == "events" else streams.net(rows) for rows in (quiet, flooded)]
    before, after = (count(changes_at(table, asked)) for table in tables)
    assert after <= before + 1


def test_net_numbers_find_the_same_changes() -> None:
    answers = changes_at(streams.net(streams.rows(1, PLANTED)), [ask(pair) for pair in PLANTED])
    assert [answer.direction for answer in answers[:2]] == ["worse", "worse"]
    assert all(answer.effect is not None and answer.effect > 0 for answer in answers[2:])


def test_the_order_of_the_two_actors_and_what_else_is_asked_do_not_matter(planted: Table) -> None:
    one = changes_at(planted, [ask(0)])[0]
    turned = Question(one.question.b, one.question.a, one.question.at)
    many = changes_at(planted, [ask(7), turned, ask(9)])[1]
    assert (one.p, one.effect, one.events) == pytest.approx((many.p, many.effect, many.events))


def test_the_same_questions_get_the_same_answers(planted: Table) -> None:
    asked = [ask(pair) for pair in range(8)]
    assert changes_at(planted, asked) == changes_at(planted, asked)


def test_q_is_of_all_that_were_asked(planted: Table) -> None:
    answers = changes_at(planted, [ask(pair) for pair in range(streams.PAIRS)])
    assert all(a.q is not None and a.p is not None and a.q >= a.p * 0.999 for a in answers if a.p is not None)
    assert changes_at(planted, [ask(0)])[0].q == pytest.approx(changes_at(planted, [ask(0)])[0].p)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question("A0Z", "B0", streams.day(300)), "A0Z is not in stream; near: A"),
        (Question("A00", "A00", streams.day(300)), "A00 has no relation with itself"),
        (Question("A00", "A01", streams.day(300)), "0 events around the date"),
        (Question("A00", "B0", date(2029, 1, 1)), "lies outside the table, 2030-01-07 to"),
        (Question("A00", "B0", streams.day(10)), "less than 4 weeks after the table's first day"),
        (Question("A00", "B0", streams.day(streams.DAYS - 5)), "less than 2 weeks before the table's last day"),
    ],
)
def test_questions_without_an_answer_say_why(planted: Table, question: Question, said: str) -> None:
    answer = changes_at(planted, [question])[0]
    assert answer.verdict is Verdict.TOO_LITTLE
    assert answer.p is None
    assert said in str(answer.reason)


def test_a_table_with_one_small_pair_is_refused_not_guessed() -> None:
    rows = [(streams.day(n * 3).isoformat(), "A", "B", "036") for n in range(60)]
    answer = changes_at(from_rows("small", rows), [Question("A", "B", streams.day(90))])[0]
    assert answer.verdict is Verdict.TOO_LITTLE
    assert "too few other dates" in str(answer.reason)


def test_no_questions_no_answers(planted: Table) -> None:
    assert changes_at(planted, []) == []


def test_details_tell_rates_by_direction_and_others(planted: Table) -> None:
    answer = changes_at(planted, [ask(0)], detail=True)[0]
    assert [(r.source, r.quad) for r in answer.rates[::4]] == [(name, "verbal cooperation") for name in ("A00", "B0")]
    worst = [r for r in answer.rates if r.quad == "material conflict"]
    assert all(r.after > r.before and r.after_interval[0] <= r.after <= r.after_interval[1] for r in worst)
    gaps = {(b.actor, b.aspect): b for b in answer.beside}
    assert gaps["B0", "conflict"].gap > 0 > gaps["B0", "cooperation"].gap
    assert gaps["B0", "conflict"].interval[0] > 0


def test_weekly_counts_give_nearly_the_daily_answer(planted: Table) -> None:
    panel = panel_of(planted, placebo_pairs(planted))
    assert isinstance(panel, CountPanel)
    weeks = panel.periods // 7
    counts = panel.counts[:, : weeks * 7].reshape(panel.pairs, weeks, 7, 4).sum(2)
    weekly = CountPanel(counts, panel.exposure[: weeks * 7].reshape(weeks, 7).sum(1), step=7)
    pair = np.arange(8)
    daily = panel.score(pair, np.full(8, 42 * 7))
    assert weekly.score(pair, np.full(8, 42)).volume == pytest.approx(daily.volume)
    quiet = daily.peak < 0.2
    assert weekly.score(pair, np.full(8, 42)).scores[quiet] == pytest.approx(daily.scores[quiet], rel=0.2, abs=0.3)


def test_arrays_are_asked_like_tables(planted: Table) -> None:
    keys = placebo_pairs(planted)
    asked = [ask(pair) for pair in range(6)]
    pair = np.array([int(np.searchsorted(keys, planted.key_of(q.a, q.b))) for q in asked])
    judged = judge(panel_of(planted, keys), np.arange(len(keys)), pair, np.full(6, streams.AT))
    assert judged is not None
    assert judged.p.tolist() == pytest.approx([answer.p for answer in changes_at(planted, asked)])


def test_medians_leave_out_what_is_missing() -> None:
    nan = np.nan
    assert medians(np.array([[3.0, 1, nan, 2], [nan] * 4, [4, nan, 2, nan]])).tolist() == [2, 0, 3]


def test_only_days_that_stand_out_are_left_out() -> None:
    calm = np.ones((1, 14))
    flood = calm.copy()
    flood[0, 5:7] = 90
    assert np.isfinite(without_story(calm, np.ones(1))).all()
    assert np.nansum(without_story(flood, np.ones(1))) <= 12


def test_the_window_of_events_is_26_weeks_before_and_8_after() -> None:
    rows = streams.rows(2)
    for number in (-182, -1, 0, 55, 56, -183):
        rows.append(((streams.START + timedelta(days=300 + number)).isoformat(), "X", "Y", f"03{number % 8}"))
    answer = changes_at(from_rows("window", rows), [Question("X", "Y", streams.day(300))])[0]
    assert (answer.events, answer.verdict) == (4, Verdict.TOO_LITTLE)
    assert str(FEWEST_EVENTS) in str(answer.reason)


def test_a_panel_of_net_numbers_is_one() -> None:
    table = streams.net(streams.rows(3))
    panel = panel_of(table, np.unique(table.pair_keys()))
    assert isinstance(panel, NetPanel)
    assert panel.volumes.sum() == len(table.day)
    assert np.median(panel.exposure) == pytest.approx(1, abs=0.2)
