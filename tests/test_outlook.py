"""What the record lets expect: forecasts from its own events, kept as they were made, and scored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

from dateline.analyse.backtest import track_records
from dateline.analyse.quantiles import NAMES, crps
from dateline.errors import ForecastError, QueryError
from dateline.keep import Record
from dateline.model import Reading
from dateline.present.cli import app
from dateline.record.entries import EventRow
from dateline.relate.fans import fans
from dateline.relate.outlook import Method, kept, outlook, past
from tests.factories import prose, told

START, WEEKS = date(2022, 1, 3), 60
CLOCK = "2023-03-01T08:00:00Z"


def week(number: int) -> date:
    return START + timedelta(weeks=number)


def reports(first: int, last: int) -> list[Reading]:
    """A report on each Tuesday: Norway attacks Denmark every other week, Sweden always meets Denmark."""
    found = []
    for n in range(first, last):
        tuesday = (week(n) + timedelta(days=1)).isoformat()
        lines = ["Sweden met Denmark on Monday.", *(["Norway attacked Denmark on Monday."] if n % 2 else [])]
        found.append(told("\n".join(lines) + "\n" + prose(f"w{n}", 20), f"r{n}", tuesday))
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("record") / "r.db"
    with Record(made, clock=lambda: CLOCK) as record:
        record.add_reports(reports(0, WEEKS))
    return made


@pytest.fixture
def own(path: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    with Record(path, create=False) as record:
        record.backup(tmp_path / "own.db")
    return tmp_path / "own.db"


def run(*words: str, record: Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*words, "--record", str(record)])
    return done.exit_code, done.stdout, done.stderr


# --- the forecast ----------------------------------------------------------------------------------------------


def test_the_first_week_is_the_one_after_the_last_whole_one(path: Path) -> None:
    with Record(path, create=False) as record:
        found = outlook(record, "Norway", "DNK", 3)
        # the last report is of a Tuesday: its week is not over
        assert found.made.weeks == tuple(week(WEEKS - 1 + i) for i in range(3))
        assert (found.method, found.events, len(found.read)) == (Method.POOLED, 29, WEEKS - 1)
        assert found.weekly.names[0] == ("NOR", "DNK")
        assert found.weekly.counts[0].sum(-1).tolist() == [0, 0, 0, 29]
        rows = list(found.made.rows())
        assert {row["q95"] for row in rows if row["quad"] == 3} == {0.0}
        assert all(row["q15"] == 0 and row["q95"] >= 1 for row in rows if row["quad"] == 4)


def test_what_was_reported_later_is_not_known(own: Path, path: Path) -> None:
    """Also where it tells of an earlier day."""
    late = told(f"Norway attacked Denmark on {week(30)}.\n" + prose("late"), "late", week(45).isoformat())
    with Record(own) as record, Record(path, create=False) as other:
        record.add_reports([late])
        for then, same in ((week(40) + timedelta(days=3), True), (week(50), False)):
            mine, theirs = outlook(record, "NOR", "DNK", 2, then), outlook(other, "NOR", "DNK", 2, then)
            assert mine.start == then - timedelta(days=then.weekday())
            assert (mine.data == theirs.data) is same
            assert mine.events - theirs.events == (0 if same else 1)
            assert mine.weekly.weeks == (mine.start - START).days // 7


def test_weeks_without_reports_count_as_quiet(path: Path, own: Path) -> None:
    with Record(own) as record:
        record.add_reports([told("Sweden met Denmark on Monday.\n" + prose("z"), "z", week(WEEKS + 9).isoformat())])
        found = outlook(record, "NOR", "DNK", 1)
        assert found.start == week(WEEKS + 9)
        assert found.weekly.weeks == WEEKS + 9
        assert len(found.read) == WEEKS
        pictures = fans(("NOR", "DNK"), found.made, found.weekly, None, found.read)
        assert [s.events for s in pictures[3].past][-11:-8] == [0, 1, None]
        assert "count as 0" in pictures[3].note


def test_the_track_record_is_of_forecasts_that_were_made_the_same_way(path: Path) -> None:
    with Record(path, create=False) as record:
        found = outlook(record, "NOR", "DNK")
        passed = past(found, (1, 4))
        assert passed is not None
        one, four = track_records(found.weekly, passed)
        assert (one.weeks, four.weeks) == (WEEKS - 1 - 29, WEEKS - 1 - 29)
        # models are made anew every 13 weeks: those of the first week are the forecast that was made then
        then = outlook(record, "NOR", "DNK", 1, passed.weeks[0])
        assert passed.at_horizon(1).quantiles[0, 0].tolist() == then.made.quantiles[0, 0].tolist()
        assert past(outlook(record, "NOR", "DNK", 1, week(26)), (1,)) is None


def test_a_record_with_enough_events_has_trees(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    names = [f"A{i}" for i in range(20)]
    rows = [EventRow((week(n) + timedelta(days=int(day))).isoformat(), a, "NOR", kind, f"{a}{n}{kind}{i}")
            for n in range(WEEKS - 1) for a in ("DNK", *names) for kind in ("CONSULT", "AID", "ACCUSE", "ASSAULT")
            for i, day in enumerate(rng.integers(7, size=rng.negative_binomial(1.0, 0.6)))]  # fmt: skip
    with Record(path, create=False) as record:
        monkeypatch.setattr(record, "event_rows", lambda: iter(rows))
        found = outlook(record, "DNK", "NOR", 2)
        assert found.method is Method.BOOSTED
        assert found.made.names == (("DNK", "NOR"),)
        assert found.made.quantiles.shape == (2, 2, 1, 4, 10)
        passed = past(found, (1,))
        assert passed is not None
        assert len(passed.weeks) == 26
        assert track_records(found.weekly, passed)[0].forecasts == 104


def test_an_event_that_only_undated_reports_tell_was_not_known_then(own: Path) -> None:
    with Record(own) as record:
        text = f"Norway attacked Denmark on {week(30)}.\n" + prose("undated")
        record.add_reports([told(text, "undated", None)])
        now, then = outlook(record, "NOR", "DNK", 1), outlook(record, "NOR", "DNK", 1, week(50))
        assert now.events >= 29
        assert then.events == 25


@pytest.mark.parametrize(("pair", "start", "said"), [
    (("NOR", "NOR"), None, "one actor"),
    (("DNK", "NOR"), None, "nothing on record .* Norway|NOR did something to DNK 29 times"),
    (("NOR", "ISL"), None, "nothing on record"),
    (("NOR", "DNK"), week(20), "20 weeks with reports before .* 26 are needed"),
    (("NOR", "DNK"), week(WEEKS + 3), "too far ahead"),
])  # fmt: skip
def test_where_there_is_nothing_it_says_so(path: Path, pair: tuple[str, str], start: date | None, said: str) -> None:
    with Record(path, create=False) as record, pytest.raises(ForecastError, match=said):
        outlook(record, *pair, 2, start)


def test_nobody_knows_this_actor_and_no_report_has_a_day(path: Path, tmp_path: Path) -> None:
    with Record(path, create=False) as record, pytest.raises(QueryError, match="Atlantis"):
        outlook(record, "NOR", "Atlantis")
    with Record(tmp_path / "empty.db") as empty, pytest.raises(ForecastError, match="no report"):
        outlook(empty, "NOR", "DNK")


# --- frozen ----------------------------------------------------------------------------------------------------


def test_a_frozen_forecast_is_scored_when_its_weeks_have_passed(own: Path) -> None:
    with Record(own, clock=lambda: CLOCK) as record:
        found = outlook(record, "NOR", "DNK", 2)
        frozen = record.freeze(found.frozen)
        assert frozen.sha256 == found.made.digest()
        assert (frozen.made, frozen.horizon, frozen.in_hindsight) == (CLOCK, 2, False)
        [waiting] = kept(record)
        assert waiting.scores == ()
        record.add_reports(reports(WEEKS, WEEKS + 1))  # of the Tuesday after the first week
        [one] = kept(record, "Norway", "Denmark")
        assert [score.week for score in one.scores] == [found.start]
        record.add_reports(reports(WEEKS + 1, WEEKS + 4))
        [both] = kept(record)
        assert both.frozen == frozen
        assert [score.counts for score in both.scores] == [(0, 0, 0, 1), (0, 0, 0, 0)]
        made = np.array([[row[name] for name in NAMES] for row in frozen.rows[:4]])
        assert both.scores[0].crps == pytest.approx(float(crps(made, np.array([0.0, 0, 0, 1])).mean()))
        counts = np.zeros((4, WEEKS - 1))
        counts[3, 1::2] = 1
        rival = np.moveaxis(np.quantile(counts, np.arange(0.05, 1, 0.1), axis=-1), 0, -1)
        assert both.scores[0].rivals["all weeks"] == pytest.approx(float(crps(rival, np.array([0.0, 0, 0, 1])).mean()))
        assert kept(record, "SWE") == []


def test_freezing_twice_is_one_and_a_changed_row_is_told(own: Path) -> None:
    asked = ("forecast", "Norway", "Denmark", "--weeks", "2", "--freeze")
    code, _, said = run(*asked, record=own)
    assert code == 0
    assert "`dateline forecasts NOR DNK` scores it" in said
    assert "is frozen already" in run(*asked, record=own)[2]
    code, shown, _ = run("forecasts", "NOR", record=own)
    assert code == 0
    assert shown.count("sha256") == 1
    assert "2 of 2 weeks have not passed yet" in shown
    with closing(sqlite3.connect(own)) as db:
        db.execute("UPDATE forecasts SET quantiles = replace(quantiles, '\"q05\":0.0', '\"q05\":0.5')")
        db.commit()
    code, shown, said = run("forecasts", record=own)
    assert code == 1
    assert "NOT what was frozen" in shown
    assert "1 of 1" in said
    assert run("status", "--check", record=own)[0] == 1


def test_a_forecast_in_hindsight_is_marked(own: Path) -> None:
    _, _, said = run("forecast", "NOR", "DNK", "--from", str(week(40)), "--freeze", record=own)
    assert "in hindsight" in said
    code, shown, _ = run("forecasts", "NOR", "DNK", record=own)
    assert code == 0
    assert "in hindsight" in shown
    assert "of 16 within 90 %" in shown
    assert max(map(len, shown.splitlines())) <= 80
    [line] = run("forecasts", "--json", record=own)[1].splitlines()
    told_ = json.loads(line)
    assert told_["in_hindsight"]
    assert told_["sound"]
    assert [score["counts"][3] for score in told_["scores"]] == [0, 1, 0, 1]


# --- the command -----------------------------------------------------------------------------------------------


def test_the_command_tells_draws_and_writes(path: Path, tmp_path: Path) -> None:
    drawn, rows = tmp_path / "fan.svg", tmp_path / "F.jsonl"
    asked = ("forecast", "Norway", "Denmark", "--weeks", "2", "--backtest", "--plot", str(drawn))
    code, shown, said = run(*asked, record=path)
    assert code == 0
    assert "over 128 forecasts in 32 weeks" in shown
    assert "too few events for trees" in shown
    assert max(map(len, shown.splitlines())) <= 80
    picture = " ".join(ElementTree.parse(drawn).getroot().itertext())
    assert "Norway → Denmark: material conflict" in picture
    assert "Track record, 32 past weeks" in picture
    assert run("forecast", "NOR", "DNK", "--out", str(rows), record=path)[0] == 0
    assert len(rows.read_text("utf-8").splitlines()) == 16
    found = json.loads(run("forecast", "NOR", "DNK", "--json", "--backtest", record=path)[1])
    assert len(found["forecast"]) == 16
    assert said.startswith("sha256 ")
    assert [record["horizon"] for record in found["track"]] == [1, 4]
    assert (found["method"], found["weeks_with_reports"]) == ("pooled", WEEKS - 1)


@pytest.mark.parametrize(("words", "said"), [
    (["NOR"], "name both together"), ([], "name two actors"), (["NOR", "DNK", "--to", "2023-01-01"], "--table"),
    (["NOR", "Atlantis"], "Atlantis"), (["NOR", "DNK", "--from", "yesterday"], "is no day"),
    (["NOR", "DNK", "--plot", "F.jpg"], ".svg or .png"), (["NOR", "DNK", "--out", "F.xls"], ".parquet, .csv or .jsonl"),
])  # fmt: skip
def test_wrong_input(path: Path, words: list[str], said: str) -> None:
    code, _, told_ = run("forecast", *words, record=path)
    assert code == 2
    assert said in " ".join(told_.replace("│", " ").split())
