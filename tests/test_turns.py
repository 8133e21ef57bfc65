"""Whether and when a relation of the record changed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.analyse.change import Verdict
from dateline.errors import QueryError, TableError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.pictures import draw, table
from dateline.relate.turns import Method, around, before_after, changes, partners_around
from tests.factories import prose, told
from tests.peace_and_war import START, WAR, kept

MEETINGS = ("Sweden met Denmark", "Sweden met Iron Front", "Sweden met Red Fist", "Sweden met Harbour Union",
            "Norway met Sweden", "Denmark met Red Fist")  # fmt: skip


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return kept(tmp_path_factory.mktemp("turns") / "r.db")


def test_a_record_of_two_relations_is_held_against_its_own_months(record: Record) -> None:
    found = around(record, "Norway", "Denmark", WAR)
    assert (found.method, found.others) == (Method.ALONE, 1)
    assert found.words == "changed for the worse"
    assert found.change.p is not None
    assert found.change.p < 0.01
    assert {t.type for t in found.before} == {"CONSULT"}
    assert {t.type for t in found.after} == {"ASSAULT"}
    assert {(r.source, r.target) for r in found.change.rates} == {("NOR", "DNK"), ("DNK", "NOR")}
    attacks = next(r for r in found.change.rates if r.source == "NOR" and r.quad == "material conflict")
    assert (attacks.events, attacks.weeks) == ((0, 24), (24, 24))
    assert attacks.before_interval[1] < attacks.after_interval[0]


def test_the_answer_does_not_depend_on_the_order_of_the_two(record: Record) -> None:
    one, other = around(record, "Norway", "Denmark", WAR), around(record, "DNK", "NOR", WAR)
    assert one.change.p == other.change.p
    assert one.after == other.after


def test_other_days_and_other_pairs_have_not_changed(record: Record) -> None:
    assert around(record, "Norway", "Denmark", START + timedelta(weeks=30)).words == "no change seen"
    assert around(record, "Sweden", "Denmark", WAR).words == "no change seen"


def test_both_partners_are_held_beside_their_others(record: Record) -> None:
    beside = {(b.actor, b.aspect): b for b in around(record, "Norway", "Denmark", WAR).change.beside}
    assert set(beside) == {(a, x) for a in ("NOR", "DNK") for x in ("cooperation", "conflict")}
    assert beside["DNK", "conflict"].gap > 2
    assert all(b.interval[0] < b.gap < b.interval[1] for b in beside.values())


@pytest.mark.parametrize(
    ("pair", "day", "reason"),
    [
        (("Norway", "Sweden"), WAR, "0 events around the date, at least 12 are needed"),
        (("Norway", "Iceland"), WAR, "0 events around the date"),
        (("Norway", "Norway"), WAR, "NOR has no relation with itself"),
        (("Norway", "Denmark"), date(1999, 1, 1), "1999-01-01 lies outside the record, whose events are from 2022"),
        (("Norway", "Denmark"), START + timedelta(weeks=3), "0 whole weeks before the date"),
    ],
)
def test_too_little_says_why(record: Record, pair: tuple[str, str], day: date, reason: str) -> None:
    found = around(record, *pair, day)
    assert found.change.verdict is Verdict.TOO_LITTLE
    assert found.words.startswith(f"too little evidence: {reason}")


def test_all_partners_of_an_actor_are_asked_together(record: Record) -> None:
    found = partners_around(record, "Denmark", WAR)
    assert [(c.question.b, c.direction) for c in found] == [("NOR", "worse"), ("SWE", None)]
    assert found[0].p is not None
    assert found[0].q == pytest.approx(2 * found[0].p)
    assert partners_around(record, "Iceland", WAR) == []


def test_nobody_knows_this_actor(record: Record) -> None:
    with pytest.raises(QueryError, match="Atlantis"):
        around(record, "Norway", "Atlantis", START)


def test_an_empty_record_has_nothing_to_compare(tmp_path: Path) -> None:
    with Record(tmp_path / "empty.db") as empty, pytest.raises(TableError, match="no rows"):
        around(empty, "NOR", "DNK", START)


def test_the_day_is_found_by_itself(record: Record) -> None:
    found = changes(record, "Norway", "Denmark")
    assert len(found) == 1
    assert abs((found[0].at - WAR).days) <= 14
    assert found[0].direction == "worse"
    assert changes(record, "Sweden", "Denmark") == []
    assert changes(record, "Norway", "Iceland") == []


def test_before_and_after_are_drawn_with_the_verdict_and_its_events(record: Record) -> None:
    found = around(record, "Norway", "Denmark", WAR)
    picture = before_after(found, "Norway", "Denmark")
    assert found.words in draw(picture)
    events = sum(side.events for s in picture.shifts for side in (s.before, s.after) if side)
    assert events == found.change.events == 48
    assert len(table(picture).rows) > 0


def test_a_record_with_many_relations_is_held_against_them(tmp_path: Path) -> None:
    readings = []
    for week in range(80):
        day = (START + timedelta(weeks=week)).isoformat()
        act = "met" if week < 50 else "attacked"
        lines = [f"Norway {act} Denmark on Monday.", *(f"{met} on Monday." for met in MEETINGS)]
        readings.append(told("\n".join(lines) + "\n" + prose(f"n{week}", 20), f"n{week}", day))
    with Record(tmp_path / "many.db") as record:
        record.add_reports(readings)
        found = around(record, "Norway", "Denmark", START + timedelta(weeks=50))
        assert (found.method, found.others) == (Method.OTHERS, 6)
        assert found.words == "changed for the worse"


def test_the_command_tells_and_draws(record: Record, tmp_path: Path) -> None:
    path, asked = str(record.path), ["relation", "NOR", "DNK", "--around", WAR.isoformat(), "--record"]
    shown = CliRunner().invoke(app, [*asked, path, "--plot", str(tmp_path / "ba.svg")])
    assert shown.exit_code == 0
    assert "NOR and DNK around 2023-02-27: changed for the worse" in shown.stdout
    assert "A difference at a date is not yet an effect" in shown.stdout
    assert "shuffled" in shown.stdout
    assert (tmp_path / "ba.svg").read_text("utf-8").startswith("<svg")
    told_ = json.loads(CliRunner().invoke(app, [*asked, path, "--json"]).stdout)
    assert (told_["verdict"], told_["direction"], told_["method"]) == ("changed", "worse", "alone")
    assert all(t["key"] for t in told_["before"] + told_["after"])
    wrong = CliRunner().invoke(app, [*asked[:3], "--record", path, "--around", "yesterday"])
    assert wrong.exit_code == 2


def test_the_command_shows_days_with_what_happened_then(record: Record) -> None:
    path = str(record.path)
    shown = CliRunner().invoke(app, ["changes", "NOR", "DNK", "--record", path])
    assert shown.exit_code == 0
    assert "worse" in shown.stdout
    assert "ASSAULT" in shown.stdout
    quiet = CliRunner().invoke(app, ["changes", "SWE", "DNK", "--record", path])
    assert "no day stands out" in quiet.stderr
    assert CliRunner().invoke(app, ["changes", "NOR", "Atlantis", "--record", path]).exit_code == 2


def test_the_command_asks_all_partners_at_once(record: Record) -> None:
    asked = ["partners", "DNK", "--around", WAR.isoformat(), "--record", str(record.path)]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0
    first, second = shown.stdout.splitlines()[:2]
    assert "Norway (NOR)" in first
    assert "changed for the worse" in first
    assert "Sweden (SWE)" in second
    assert "no change seen" in second
    told_ = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert [(p["name"], p["verdict"]) for p in told_["partners"]] == [("Norway", "changed"), ("Sweden", "no_change")]
    nobody = CliRunner().invoke(app, ["partners", "ISL", "--around", WAR.isoformat(), "--record", str(record.path)])
    assert "too little evidence in any of 0 relations" in nobody.stdout
    both = CliRunner().invoke(app, [*asked, "--from", "2022-01-01"])
    assert both.exit_code == 2
