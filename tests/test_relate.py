"""A relation in the record: its table, whether it changed, and its pictures."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.errors import QueryError, TableError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.pictures import Quad, Side, draw, table
from dateline.relate.claims import claims, lanes
from dateline.relate.series import river, table_of
from dateline.relate.turns import around, before_after
from tests.factories import prose, told

START = date(2022, 1, 3)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Two years in which Norway and Denmark are at peace, then at war; Sweden and Denmark meet all the while."""
    kept = Record(tmp_path / "r.db")
    readings = []
    for week in range(100):
        day = (START + timedelta(weeks=week)).isoformat()
        lines = ["Norway met Denmark on Monday.", "Sweden met Denmark on Monday."]
        if week >= 60:
            lines[0] = "Norway attacked Denmark on Monday."
        readings.append(told("\n".join(lines) + "\n" + prose(f"w{week}", 20), f"r{week}", day))
    kept.add_reports(readings)
    return kept


def test_the_table_holds_each_real_event_once(record: Record) -> None:
    table = table_of(record)
    assert set(table.actors) == {"DNK", "NOR", "SWE"}
    assert len(table.day) == 200


def test_a_record_of_two_relations_judges_neither(record: Record) -> None:
    found = around(record, "Norway", "Denmark", START + timedelta(weeks=60))
    assert {(r.source, r.target) for r in found.change.rates} <= {("NOR", "DNK"), ("DNK", "NOR")}
    assert {t.type for t in found.before} == {"CONSULT"}
    assert {t.type for t in found.after} == {"ASSAULT"}
    assert found.words.startswith("too little evidence: other relations in the record busy enough to compare with: 1;")


def test_nobody_knows_this_actor(record: Record) -> None:
    with pytest.raises(QueryError, match="Atlantis"):
        around(record, "Norway", "Atlantis", START)


def test_an_empty_record_has_nothing_to_draw_and_nothing_to_compare(tmp_path: Path) -> None:
    with Record(tmp_path / "empty.db") as empty:
        with pytest.raises(TableError, match="nothing to draw"):
            river(empty, "NOR", "DNK")
        with pytest.raises(TableError, match="no rows"):
            around(empty, "NOR", "DNK", START)


def test_the_river_shows_what_the_rollup_counts(record: Record) -> None:
    picture = river(record, "Norway", "Denmark")
    assert sum(a.events for a in picture.acts if a.side is Side.OUT) == 100
    assert sum(a.events for a in picture.acts if a.quad is Quad.MATERIAL_CONFLICT) == 40
    assert picture.first == date(2022, 1, 1)
    assert draw(picture).startswith("<svg")
    assert len(table(picture).rows) > 0


def test_before_and_after_are_drawn_with_the_verdict(record: Record) -> None:
    found = around(record, "Norway", "Denmark", START + timedelta(weeks=60))
    assert found.words in draw(before_after(found, "Norway", "Denmark"))


def test_the_command_tells_and_draws(record: Record, tmp_path: Path) -> None:
    path, day = str(record.path), (START + timedelta(weeks=60)).isoformat()
    record.close()
    told_ = CliRunner().invoke(app, ["relation", "NOR", "DNK", "--record", path, "--around", day])
    assert told_.exit_code == 0
    assert "A difference at a date is not yet an effect" in told_.stdout
    drawn = CliRunner().invoke(app, ["relation", "NOR", "DNK", "--record", path, "--plot", str(tmp_path / "r.svg")])
    assert drawn.exit_code == 0
    assert (tmp_path / "r.svg").read_text("utf-8").startswith("<svg")
    wrong = CliRunner().invoke(app, ["relation", "NOR", "DNK", "--record", path, "--around", "yesterday"])
    assert wrong.exit_code == 2
    badly = CliRunner().invoke(app, ["relation", "NOR", "DNK", "--record", path, "--plot", str(tmp_path / "r.jpg")])
    assert badly.exit_code != 0
    assert ".svg or .png" in badly.stderr


def test_a_claim_and_its_denial_are_one_claim(tmp_path: Path) -> None:
    path, what = str(tmp_path / "c.db"), "Sweden attacked Denmark"
    with Record(path) as kept:
        kept.add_reports([
            told(f"Per Lund, premier of Norway, said on 2024-05-13 that {what}.\n" + prose("a"), "a"),
            told(f"Inger Dahl, premier of Sweden, denied on 2024-05-14 that {what}.\n" + prose("b"), "b"),
            told("Inger Dahl, premier of Sweden, said on 2024-05-14 that Norway aided Denmark.\n" + prose("c"), "c"),
        ])  # fmt: skip
        found = claims(kept)
        assert len(found) == 1
        assert [p.position.value for p in found[0].positions] == ["asserts", "denies"]
        assert found[0].contested
        assert claims(kept, "aided") == []
        assert draw(lanes(found[0])).startswith("<svg")
    shown = CliRunner().invoke(app, ["claims", "attacked", "--contested", "--record", path])
    assert "Per Lund asserts" in shown.stdout
    assert "Inger Dahl denies" in shown.stdout


def test_days_are_not_looked_for_where_there_is_nothing_to_compare_with(record: Record) -> None:
    path = str(record.path)
    record.close()
    shown = CliRunner().invoke(app, ["changes", "NOR", "DNK", "--record", path])
    assert shown.exit_code != 0
    assert "too little evidence" in shown.stderr
    assert CliRunner().invoke(app, ["changes", "NOR", "Atlantis", "--record", path]).exit_code == 2
