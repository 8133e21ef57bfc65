"""An add that is killed, interrupted or ended leaves a sound record, and the same add goes on from there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from dateline import Record
from tests.factories import table_of_events
from tests.record.adding import LONG, MANY, STOPPED, add, begin, beside, dump_of, some
from tests.record.dump import differences


def intact(path: Path) -> str:
    """SQLite's own word on the file, from a connection that knows nothing of Dateline."""
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A record that was made in peace, and how long that took."""
    path = tmp_path_factory.mktemp("undisturbed") / "r.db"
    began = time.monotonic()
    process = begin(add, path, 0, MANY, 2)
    process.join()
    return path, time.monotonic() - began


def test_killed_at_twenty_moments(tmp_path: Path, undisturbed: tuple[Path, float]) -> None:
    path = tmp_path / "r.db"
    moments = random.Random(3)
    kept, killed, wait = [0], 0, undisturbed[1] / 8
    while killed < 20:
        process = begin(add, path, 0, MANY, 2)
        process.join(moments.uniform(0, wait))
        if process.exitcode is None:
            process.kill()
            killed += 1
        process.join()
        if path.exists():
            assert intact(path) == "ok"
            connection = sqlite3.connect(path)
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                kept.append(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
            connection.close()
        if process.exitcode == 0:  # it came to its end before its turn
            path.unlink()
        # a busier machine than the one a moment ago takes longer to come to its first batch
        wait = wait / 2 if process.exitcode == 0 else wait * (1 if max(kept) else 1.4)
    assert max(kept) > 0, "it was always killed before the first batch"
    with Record(path) as record:
        record.add_reports(some(0, MANY))
    assert differences(dump_of(path), dump_of(undisturbed[0])) == {}
    assert beside(path) == []


def test_killed_in_the_middle_of_a_transaction(tmp_path: Path) -> None:
    """What a batch has written before its end is in the log, and must never be seen."""
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add_reports(some(0, 3))
    before = dump_of(path)
    process = begin(_write_and_wait, path)
    process.kill()
    process.join()
    assert beside(path) == ["r.db-shm", "r.db-wal"]
    assert differences(dump_of(path), before) == {}


def _write_and_wait(begun: object, path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 2")  # so that unfinished pages go to the log
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE versions SET text = text || hex(zeroblob(200000))")
    connection.execute("DELETE FROM entries")
    begun.set()  # type: ignore[attr-defined]
    time.sleep(60)


def test_interrupted_once_it_keeps_the_batch_and_goes_on_later(tmp_path: Path, undisturbed: tuple[Path, float]) -> None:
    path = tmp_path / "r.db"
    process = begin(add, path, 0, MANY, 5)
    _wait_for_reports(path)
    os.kill(process.pid or 0, signal.SIGINT)
    process.join(30)
    assert process.exitcode == STOPPED
    assert beside(path) == []
    with Record(path) as record:
        kept = record.counts().reports
        assert 0 < kept < MANY
        assert kept % 5 == 0
        added = record.add_reports(some(0, MANY))
        assert (added.same, added.new) == (kept, MANY - kept)
    assert differences(dump_of(path), dump_of(undisturbed[0])) == {}


def test_interrupted_twice_it_stops_at_once(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    process = begin(add, path, 0, 2_000, 1_000)
    time.sleep(0.3)
    _interrupt(process)
    _interrupt(process)
    process.join(10)
    assert process.exitcode == STOPPED
    with Record(path) as record:
        assert record.check() == []
        assert record.counts().reports == 0
        record.add_reports(some(0, 5))


def test_a_second_interrupt_while_another_writes(tmp_path: Path) -> None:
    """Waiting for another writer is no time in which Ctrl-C goes unheard."""
    path = tmp_path / "r.db"
    Record(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    process = begin(add, path, 0, 10, 5)
    time.sleep(0.3)
    _interrupt(process)
    _interrupt(process)
    process.join(5)
    assert process.exitcode == STOPPED
    other.execute("ROLLBACK")
    other.close()


def _interrupt(process: BaseProcess) -> None:
    """Two that come at one moment are one to Python."""
    if process.is_alive():
        os.kill(process.pid or 0, signal.SIGINT)
        process.join(0.5)


def _count(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0
    finally:
        connection.close()


def _wait_for_reports(path: Path) -> None:
    for _ in range(6_000):
        if path.exists() and _count(path):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was kept")


# --- the command -------------------------------------------------------------------------------------------------


def command(*args: object, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "dateline", *map(str, args)], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, cwd=cwd)  # fmt: skip


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_command_stops_and_says_how_to_go_on(tmp_path: Path, number: signal.Signals, status: int) -> None:
    table, path = table_of_events(tmp_path / "events.icews.tsv", 20_000), tmp_path / "r.db"
    process = command("add", table, "--record", path, cwd=tmp_path)
    _wait_for_reports(path)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == status, said
    if number == signal.SIGINT:
        assert "Go on with" in said
    assert "Traceback" not in said
    with Record(path) as record:
        assert record.check() == []
        assert 0 < record.counts().reports < 20_000
    assert beside(path) == []


# --- the real thing: with the language model, parent and workers killed -----------------------------------------------

WIRE = os.environ.get("DATELINE_WIRE")


#: the command, keeping four reports at a time, so that a few reports are many batches
SMALL_BATCHES = "from dateline import keeping; keeping.BATCH = 4; from dateline.present.cli import main; main()"


def add_wire(path: Path) -> subprocess.Popen[str]:
    assert WIRE
    return subprocess.Popen([sys.executable, "-c", SMALL_BATCHES, "add", WIRE, "--workers", "2", "--record", path],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # fmt: skip


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(n) for n in found.stdout.split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not (LONG and WIRE), reason="set DATELINE_LONG_TESTS=1 and DATELINE_WIRE to some reports (JSONL)")
def test_the_command_killed_at_twenty_moments(tmp_path: Path) -> None:
    """Ten times the parent alone, ten times it and its workers."""
    started = time.monotonic()
    whole = tmp_path / "whole.db"
    said = add_wire(whole).communicate()[1]
    lasted = time.monotonic() - started
    moments, path = random.Random(7), tmp_path / "r.db"
    kept: list[int] = []
    for n in range(20):
        process = add_wire(path)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(lasted / 3, lasted))
        workers = children_of(process.pid)
        process.kill()
        for worker in workers if n % 2 else ():
            os.kill(worker, signal.SIGKILL)
        process.communicate()
        for _ in range(100):
            if not any(map(is_alive, workers)):
                break
            time.sleep(0.1)
        assert not any(map(is_alive, workers)), "a worker outlived its parent"
        if path.exists():
            assert intact(path) == "ok"
            kept.append(_count(path))
        if process.returncode == 0:  # it had come to its end
            assert differences(dump_of(path), dump_of(whole)) == {}
            path.unlink()
    print(f"{lasted:.0f} s undisturbed; kept after each kill: {kept}")
    add_wire(path).communicate()
    assert differences(dump_of(path), dump_of(whole)) == {}, said


@pytest.mark.skipif(not (LONG and WIRE), reason="set DATELINE_LONG_TESTS=1 and DATELINE_WIRE to some reports (JSONL)")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_no_worker_is_left(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "r.db"
    process = add_wire(path)
    while process.poll() is None and len(workers := children_of(process.pid)) < 3:  # two, and what tracks them
        time.sleep(0.1)
    time.sleep(10)
    process.send_signal(number)
    process.communicate(timeout=120)
    assert process.returncode == 128 + number
    for _ in range(50):
        if not any(map(is_alive, workers)):
            break
        time.sleep(0.1)
    assert not any(map(is_alive, workers))
    assert beside(path) == []
