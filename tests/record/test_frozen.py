"""Frozen forecasts in a file: changed ones are told, and a backup holds them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dateline import Record
from dateline.record.frozen import Frozen

ROW = {"source": "NOR", "target": "DNK", "quad": 4, "week": "2024-05-27", "horizon": 1, "q05": 0.0, "q95": 2.0}
FORECAST = Frozen("NOR", "DNK", "2024-05-27", "2024-05-26", "pooled", "f00d", (ROW,), {"all weeks": [[0.0, 1.5]]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record(tmp_path / "r.db", clock=lambda: "2024-05-26T12:00:00Z") as record:
        record.freeze(FORECAST)
    return tmp_path / "r.db"


@pytest.mark.parametrize("change", [
    "quantiles = replace(quantiles, '\"q95\":2.0', '\"q95\":9.0')", "made = '2020-01-01T00:00:00Z'", "data = 'beef'",
    "target = 'SWE'", "rivals = '{}'", "quantiles = 'nonsense'", "rivals = 'null' || 'x'", "quantiles = '7'",
    "sha256 = 'f00'", "seal = 'f00'", "reported = '2024-01-01'",
])  # fmt: skip
def test_a_changed_row_is_told(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"UPDATE forecasts SET {change}")
        db.commit()
    with Record(path, create=False) as record:
        [found] = record.frozen()
        assert not found.sound
        assert len(record.check()) == 1
        assert "is not what was frozen" in record.check()[0]


def test_a_backup_holds_frozen_forecasts(path: Path, tmp_path: Path) -> None:
    with Record(path, create=False) as record:
        record.backup(tmp_path / "copy.db")
        kept = list(record.frozen())
    with Record(tmp_path / "copy.db", create=False) as copy:
        assert list(copy.frozen()) == kept
        assert copy.check() == []
        assert kept[0].sound


@pytest.mark.parametrize(
    ("reported", "hindsight"), [("2024-05-26", False), ("2024-06-02", False), ("2024-06-03", True)]
)
def test_a_forecast_of_weeks_that_were_over_is_none(reported: str, hindsight: bool) -> None:
    made = Frozen("NOR", "DNK", "2024-05-27", reported, "pooled", "f00d", (ROW,), {})
    assert made.in_hindsight is hindsight
