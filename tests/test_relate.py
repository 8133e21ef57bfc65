"""A relation in the record: its table, whether it changed, and its pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.errors import TableError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.pictures import Quad, Side, draw, table
from dateline.relate.claims import claims, lanes
from dateline.relate.series import river, table_of
from tests.factories import prose, told
from tests.peace_and_war import kept


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return kept(tmp_path / "r.db")


def test_the_table_holds_each_real_event_once(record: Record) -> None:
    table = table_of(record)
    assert set(table.actors) == {"DNK", "NOR", "SWE"}
    assert len(table.day) == 200


def test_an_empty_record_has_nothing_to_draw(tmp_path: Path) -> None:
    with Record(tmp_path / "empty.db") as empty, pytest.raises(TableError, match="nothing to draw"):
        river(empty, "NOR", "DNK")


def test_the_river_shows_what_the_rollup_counts(record: Record) -> None:
    picture = river(record, "Norway", "Denmark")
    assert sum(a.events for a in picture.acts if a.side is Side.OUT) == 100
    assert sum(a.events for a in picture.acts if a.quad is Quad.MATERIAL_CONFLICT) == 40
    assert picture.first == date(2022, 1, 1)
    assert draw(picture).startswith("<svg")
    assert len(table(picture).rows) > 0


def test_the_command_draws(record: Record, tmp_path: Path) -> None:
    path = str(record.path)
    record.close()
    drawn = CliRunner().invoke(app, ["relation", "NOR", "DNK", "--record", path, "--plot", str(tmp_path / "r.svg")])
    assert drawn.exit_code == 0
    assert (tmp_path / "r.svg").read_text("utf-8").startswith("<svg")
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
