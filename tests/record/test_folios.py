"""Folios in a file: one whose body was changed is told, and a backup holds them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dateline import Record


@pytest.mark.parametrize("change", ["replace(body, 's1', 's2')", "'{}'", "'nonsense'"])
def test_a_changed_body_is_told(tmp_path: Path, change: str) -> None:
    with Record(tmp_path / "r.db") as record:
        key = record.keep_folio("result", "The raid", {"keys": ["s1"]}, "mia").key
        record.keep_folio("brief", "Mine", {"keys": ["s1"]}, "mia", "b1")
        record.backup(tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "r.db")) as db:
        db.execute(f"UPDATE folios SET body = {change} WHERE key = ?", (key,))
        db.commit()
    with Record(tmp_path / "r.db") as record:
        assert not record.folio(key).sound
        assert record.check() == [f"the frozen result {key} is not what was frozen"]
    with Record(tmp_path / "copy.db") as copy:
        assert copy.folio(key).sound
        assert copy.folio("b1").sound
        assert copy.check() == []
