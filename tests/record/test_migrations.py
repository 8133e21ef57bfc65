"""A record of an older schema is brought up to date: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from dateline import Record
from dateline.errors import RecordError
from dateline.record.frozen import Frozen
from dateline.record.sqlite import connection
from tests.record.adding import begin, beside, dump_of, some
from tests.record.dump import differences

NOW = connection.SCHEMA_VERSION
FORECAST = Frozen("NOR", "DNK", "2024-05-27", "2024-05-26", "pooled", "f00d", ({"quad": 1, "q05": 0.0},), {})


def note(db: sqlite3.Connection) -> None:
    """A step such as a later version may have: a new table, filled from an old one."""
    db.execute("CREATE TABLE notes (report INTEGER PRIMARY KEY REFERENCES reports (id), words TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO notes SELECT id, key FROM reports")
    time.sleep(0.05)  # as long as it may take: another process comes meanwhile


def rebuild(db: sqlite3.Connection) -> None:
    """A table made anew, as SQLite asks for where a column changes; its rows are gone for a moment."""
    db.execute("CREATE TABLE new_notes (report INTEGER PRIMARY KEY REFERENCES reports (id), words TEXT) STRICT")
    db.execute("INSERT INTO new_notes SELECT * FROM notes")
    db.execute("DROP TABLE notes")
    db.execute("ALTER TABLE new_notes RENAME TO notes")


def fail(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM reports")
    db.execute("DROP TABLE searches")
    db.execute("SELECT no_such_column FROM reports")


def orphan(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM reports")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A record of today, which tomorrow is an old one."""
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add_reports(some(0, 6))
    return path


def tomorrow(monkeypatch: pytest.MonkeyPatch, *steps: object) -> None:
    """A later Dateline with these steps."""
    monkeypatch.setattr(connection, "MIGRATIONS", dict(enumerate(steps, NOW)))
    monkeypatch.setattr(connection, "SCHEMA_VERSION", NOW + len(steps))


def as_version_1(path: Path) -> None:
    """The record as the first Dateline made it: without a place for frozen forecasts and folios."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE forecasts")
        db.execute("DROP TABLE folios")
        db.execute("PRAGMA user_version = 1")
        db.commit()


def version(path: Path) -> int:
    db = sqlite3.connect(path)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    finally:
        db.close()


def test_steps_are_taken_one_by_one(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump_of(old)
    tomorrow(monkeypatch, note, rebuild)
    with Record(old, create=False) as record:
        assert record.status()["record"]["schema"] == NOW + 2
        assert record.store.db.execute("SELECT count(*) FROM notes").fetchone() == (6,)
        assert record.store.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        record.add_reports(some(6, 1))
    with Record(old, create=False) as record:
        assert record.counts().reports == 7
    monkeypatch.undo()
    with pytest.raises(RecordError, match=f"newer Dateline \\(schema {NOW + 2}, this one knows {NOW}\\)"):
        Record(old)
    assert len(before["reports"]) == 6


def test_a_record_of_version_1_can_freeze_forecasts(old: Path) -> None:
    before = dump_of(old)
    with closing(sqlite3.connect(old)) as db:
        columns = db.execute("PRAGMA table_info(forecasts)").fetchall()
    as_version_1(old)
    with Record(old, create=False) as record:
        assert record.status()["record"]["schema"] == NOW
        assert record.store.db.execute("PRAGMA table_info(forecasts)").fetchall() == columns
        kept = record.freeze(FORECAST)
        assert list(record.frozen()) == [kept]
        assert record.check() == []
    assert differences(dump_of(old), before) == {}
    assert version(old) == NOW


def test_a_record_of_version_1_can_keep_folios(old: Path) -> None:
    def made(path: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as db:
            return [*db.execute("PRAGMA table_info(folios)"), *db.execute("PRAGMA index_info(folios_kind)")]

    before = made(old)
    as_version_1(old)
    with Record(old, create=False) as record:
        kept = record.keep_folio("brief", "The raid", {"entries": ["s1"]}, "mia")
        assert list(record.folios("brief")) == [kept]
    assert made(old) == before


def test_status_tells_the_schema_of_the_file(old: Path) -> None:
    with Record(old) as record:
        assert record.status()["record"]["schema"] == NOW == version(old)


@pytest.mark.parametrize("steps", [(fail,), (note, fail), (note, orphan)], ids=["one", "the second", "orphans"])
def test_a_step_that_fails_leaves_all_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[object, ...]
) -> None:
    before, content = dump_of(old), old.read_bytes()
    tomorrow(monkeypatch, *steps)
    with pytest.raises(RecordError) as told:
        Record(old)
    assert str(told.value).startswith(f"{old}: ")
    monkeypatch.undo()
    assert version(old) == NOW
    assert differences(dump_of(old), before) == {}
    assert beside(old) == []
    assert old.read_bytes() == content


def test_a_step_that_is_missing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SCHEMA_VERSION", NOW + 1)
    monkeypatch.setattr(connection, "MIGRATIONS", {})
    with pytest.raises(RecordError, match="too old to be brought up to date"):
        Record(old)
    assert version(old) == NOW


def test_an_old_record_that_cannot_be_written_to(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow(monkeypatch, note)
    before = old.read_bytes()
    access = os.access
    monkeypatch.setattr(connection.os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    with pytest.raises(RecordError, match="older Dateline and must be brought up to date, but cannot be written to"):
        Record(old, create=False)
    assert old.read_bytes() == before
    assert beside(old) == []


def test_an_old_record_in_a_backup_is_brought_up_to_date(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record(old) as record:
        record.backup(tmp_path / "copy.db")
    tomorrow(monkeypatch, note)
    with Record(tmp_path / "copy.db") as record:
        assert record.status()["record"]["schema"] == NOW + 1
    assert version(old) == NOW


def open_tomorrow(begun: Event, path: Path) -> None:
    connection.MIGRATIONS = {NOW: note, NOW + 1: rebuild}
    connection.SCHEMA_VERSION = NOW + 2
    begun.set()
    with Record(path) as record:
        assert record.status()["record"]["schema"] == NOW + 2
        assert record.store.db.execute("SELECT count(*) FROM notes").fetchone() == (6,)


def test_several_come_at_once(old: Path, tmp_path: Path) -> None:
    for n in range(3):
        path = Path(shutil.copy(old, tmp_path / f"{n}.db"))
        processes = [begin(open_tomorrow, path) for _ in range(3)]
        for process in processes:
            process.join(60)
        assert [p.exitcode for p in processes] == [0, 0, 0]
        assert version(path) == NOW + 2


def killed_half_way(begun: Event, path: Path) -> None:
    def wait(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM searches")
        db.execute("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT")
        begun.set()
        time.sleep(60)

    connection.MIGRATIONS = {NOW: note, NOW + 1: wait}
    connection.SCHEMA_VERSION = NOW + 2
    Record(path)


def test_killed_half_way(old: Path) -> None:
    before = dump_of(old)
    process = begin(killed_half_way, old)
    process.kill()
    process.join()
    assert version(old) == NOW
    assert differences(dump_of(old), before) == {}
