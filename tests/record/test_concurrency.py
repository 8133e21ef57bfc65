"""Many at once: adds in several processes, searches beside them, and threads that share one record."""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import sys
import threading
import time
from itertools import islice
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from dateline import Record
from dateline.errors import RecordError
from dateline.record.query import Query
from dateline.record.sqlite import connection, pool
from tests.factories import bundle
from tests.record.adding import LONG, add, begin, beside, dump_of, servers, some
from tests.record.conftest import Make
from tests.record.dump import differences

# --- processes ---------------------------------------------------------------------------------------------------


def add_all(path: Path, first: int, count: int) -> None:
    with Record(path) as record:
        record.add_reports(some(first, count))


@pytest.mark.parametrize("firsts", [(0, 0), (0, 30), (0, 15)], ids=["the same", "others", "some the same"])
def test_two_adds_at_once(tmp_path: Path, firsts: tuple[int, int]) -> None:
    path, alone = tmp_path / "r.db", tmp_path / "alone.db"
    processes = [begin(add, path, first, 30, 3) for first in firsts]  # both make the record, too
    for process in processes:
        process.join(60)
    assert [p.exitcode for p in processes] == [0, 0]
    for first in sorted(set(firsts)):
        add_all(alone, first, 30)
    assert differences(dump_of(path), dump_of(alone)) == {}
    assert beside(path) == []


def test_a_record_is_made_by_many_at_once(tmp_path: Path) -> None:
    for n in range(5):
        path = tmp_path / f"{n}.db"
        processes = [begin(add, path, 0, 0, 1) for _ in range(4)]
        for process in processes:
            process.join(60)
        assert [p.exitcode for p in processes] == [0] * 4
        assert dump_of(path)["reports"] == []


def search_on(begun: Event, path: Path, until: Event, worst: float) -> None:
    """Searches until it is told to stop; ends badly where a search fails."""
    with Record(path) as record:
        begun.set()
        took = []
        while not until.is_set():
            began = time.perf_counter()
            list(record.search("Norway attacked", limit=5).hits)
            record.counts()
            took.append(time.perf_counter() - began)
    if statistics.quantiles(took, n=20)[-1] > worst:
        sys.exit(f"95 of 100 searches within {statistics.quantiles(took, n=20)[-1] * 1000:.0f} ms")


def test_an_add_beside_searches(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    add_all(path, 0, 5)
    until = servers.Event()
    searching = [begin(search_on, path, until, 2.0) for _ in range(2)]
    adding = begin(add, path, 5, 40, 4)
    adding.join(60)
    until.set()
    for process in searching:
        process.join(60)
    assert [adding.exitcode, *(p.exitcode for p in searching)] == [0, 0, 0]
    assert len(dump_of(path)["reports"]) == 45
    assert beside(path) == []


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    add_all(path, 0, 2)
    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Record(path) as record:
        with pytest.raises(RecordError, match="another program has been writing to it") as told:
            record.add_reports(some(2, 1))
        assert "database is locked" not in str(told.value)
        assert "\n" not in str(told.value)
        assert record.counts().reports == 2
        other.execute("ROLLBACK")
        other.close()
        assert record.add_reports(some(2, 1)).new == 1


def test_a_short_gap_between_the_batches_of_another_is_enough(tmp_path: Path) -> None:
    """One that writes without a pause must not keep others out."""
    path = tmp_path / "r.db"
    add_all(path, 0, 1)
    stop = threading.Event()

    def write_on() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        while not stop.is_set():
            other.execute("BEGIN IMMEDIATE")
            time.sleep(0.1)
            other.execute("COMMIT")
            time.sleep(0.002)
        other.close()

    thread = threading.Thread(target=write_on)
    thread.start()
    try:
        began = time.monotonic()
        add_all(path, 1, 1)
        assert time.monotonic() - began < 20
    finally:
        stop.set()
        thread.join()


# --- threads -----------------------------------------------------------------------------------------------------


def test_threads_share_a_record(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_reports(some(0, 10))
        errors: list[BaseException] = []
        done = threading.Event()

        def read() -> None:
            try:
                while not done.is_set():
                    assert record.search("Norway").hits
                    assert len(list(record.reports())) >= 10
                    assert record.status()["counts"]["reports"] >= 10
            except BaseException as error:
                errors.append(error)

        def write(first: int) -> None:
            try:
                record.add_reports(some(first, 10))
            except BaseException as error:
                errors.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        writers = [threading.Thread(target=write, args=(first,)) for first in (10, 20)]
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        for thread in readers:
            thread.join()
        assert errors == []
        assert record.counts().reports == 30
        assert record.check() == []


def test_readers_never_wait_for_a_writer_in_the_same_process(make: Make) -> None:
    store = make()
    store.keep([bundle(r) for r in some(0, 3)])
    with store.pool.writing() as db:
        db.execute("DELETE FROM skips")
        found: list[int] = []
        thread = threading.Thread(target=lambda: found.append(store.counts().reports))
        thread.start()
        thread.join(10)
        assert found == [3]


def test_a_search_sees_one_state(make: Make) -> None:
    store = make()
    store.keep([bundle(r) for r in some(0, 3)])
    with store.pool.reading() as db:
        before = db.execute("SELECT count(*) FROM entries").fetchone()
        store.keep([bundle(r) for r in some(3, 3)])
        assert db.execute("SELECT count(*) FROM entries").fetchone() == before
    assert store.counts().reports == 6


# --- lists read half-way -----------------------------------------------------------------------------------------


def everything(record: Record) -> list[pool.Stream[object]]:
    lists = [record.sentences(), record.statements(), record.tellings(), record.events(), record.reports(),
             record.actors(), record.exposure(), record.relation("NOR", "DNK")]  # fmt: skip
    assert all(isinstance(x, pool.Stream) for x in lists)
    return lists  # type: ignore[return-value]


def test_lists_read_half_way_hold_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add_reports(some(0, 20))
        lists = everything(record)
        for rows in lists:
            next(rows)
        added: list[int] = []
        thread = threading.Thread(target=lambda: added.append(record.add_reports(some(20, 2)).new))
        thread.start()
        thread.join(30)
        assert added == [2]
        assert len(list(lists[4])) == 19, "a list sees the record as it was when it began"
        assert len(list(record.reports())) == 22
        for rows in lists:
            rows.close()
            assert list(rows) == []
    assert beside(path) == []


def test_a_list_cut_off_by_the_end_of_its_record_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add_reports(some(0, 5))
        half, whole, not_begun = record.reports(), record.reports(), record.reports()
        next(half)
        assert len(list(whole)) == 5
    assert list(whole) == []
    for rows in (half, not_begun):
        with pytest.raises(RecordError, match="closed before the list was read"):
            next(rows)
    assert beside(path) == []


def test_dropped_lists_give_their_connections_back(make: Make) -> None:
    store = make()
    store.keep([bundle(r) for r in some(0, 5)])
    for _ in range(50):
        next(store.reports(Query()))
    gc.collect()
    assert len(open_files(store.file)) <= 2 * pool.IDLE + 2


def open_files(path: Path) -> list[str]:
    """The descriptors of this process on a record and its log."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue
        if target.startswith(str(path)):
            found.append(target)
    return found


def test_a_closed_record_says_so(tmp_path: Path) -> None:
    record = Record(tmp_path / "r.db")
    record.close()
    record.close()
    for use in (record.counts, record.status, lambda: record.add_reports(some(0, 1)), lambda: next(record.reports())):
        with pytest.raises(RecordError, match="the record was closed: open it again"):
            use()


def test_closing_waits_for_a_write_under_way(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    record = Record(path)
    inside, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with record.store.pool.writing() as db:
            db.execute("INSERT INTO skips VALUES ('a', 'b', 'c')")
            inside.set()
            go_on.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    inside.wait(10)
    closer = threading.Thread(target=record.close)
    closer.start()
    go_on.set()
    writer.join(10)
    closer.join(10)
    assert dump_of(path)["skips"] == [("a", "b")]
    assert beside(path) == []


# --- the log -----------------------------------------------------------------------------------------------------


def test_the_log_is_gone_after_closing_and_short_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    log = tmp_path / "r.db-wal"
    monkeypatch.setattr(pool, "LONG_LOG", 300_000)
    with Record(path) as record:
        rows = record.reports()
        record.add_reports(some(0, 1))
        next(rows)
        for first in range(1, 60, 20):  # a reader that stays holds all that is written after it in the log
            record.add_reports(some(first, 20))
        held = log.stat().st_size
        assert held > 300_000
        rows.close()
        record.add_reports(some(61, 1))
        record.add_reports(some(62, 1))
        assert log.stat().st_size < held
    assert beside(path) == []


# --- paths -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "a b.db", "a#b.db", "a?b=c&mode=ro.db", "100%.db", "%41.db", "Æøå 记录.db", "-r.db", "file:x.db", ":memory:",
    "a'b\"c;.db", "a\nb.db",
])  # fmt: skip
def test_names_that_mean_something_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    add_all(Path(name), 0, 2)
    assert os.listdir(tmp_path) == [name]
    with Record(name) as record:
        assert record.counts().reports == 2
        record.backup("copy of " + name)
    assert sorted(os.listdir(tmp_path)) == sorted([name, "copy of " + name])


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xff.db"))
    add_all(path, 0, 2)
    assert len(dump_of(path)["reports"]) == 2


def test_a_relative_path_stays_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with Record("r.db") as record:
        record.add_reports(some(0, 2))
        rows = record.reports()
        monkeypatch.chdir(tmp_path / "elsewhere")
        assert len(list(rows)) == 2
        assert len(list(record.reports())) == 2
        record.add_reports(some(2, 2))
        assert record.status()["record"]["bytes"] > 0
        record.add([])
    assert os.listdir(tmp_path / "elsewhere") == []
    assert len(dump_of(tmp_path / "r.db")["reports"]) == 4


def test_a_link_and_its_file_are_one_record(tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    real, link = tmp_path / "real.db", tmp_path / "links" / "link.db"
    link.symlink_to(real)
    with Record(link) as one, Record(real) as other:
        one.add_reports(some(0, 2))
        other.add_reports(some(1, 2))
        assert one.counts().reports == other.counts().reports == 3
        assert os.listdir(tmp_path / "links") == ["link.db"]
    assert sorted(os.listdir(tmp_path)) == ["links", "real.db"]


def test_two_records_on_one_file(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as one:
        with Record(path) as other:
            one.add_reports(some(0, 2))
            assert other.counts().reports == 2
            other.add_reports(some(2, 2))
        assert one.counts().reports == 4
        one.add_reports(some(4, 1))
    assert len(dump_of(path)["reports"]) == 5
    assert beside(path) == []


# --- backups -----------------------------------------------------------------------------------------------------


def test_a_backup_of_a_record_in_use(tmp_path: Path) -> None:
    path, copy = tmp_path / "r.db", tmp_path / "copy.db"
    with Record(path) as record:
        record.add_reports(some(0, 10))
        before = dump_of(path)
        with record.store.pool.writing() as db:
            db.execute("INSERT INTO skips VALUES ('a', 'b', 'c')")
            record.backup(copy)
        record.add_reports(some(10, 5))
    assert differences(dump_of(copy), before) == {}
    add_all(copy, 10, 5)  # it is a record like any other
    assert beside(copy) == []
    with Record(path) as record, pytest.raises(RecordError, match="is there already"):
        record.backup(copy)


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        with pytest.raises(RecordError, match="cannot be opened"):
            record.backup(tmp_path / "missing" / "copy.db")
        record.add_reports(some(0, 1))
    assert os.listdir(tmp_path) == ["r.db"]


# --- a record of a real size -----------------------------------------------------------------------------------------

BIG = os.environ.get("DATELINE_BIG_RECORD")


@pytest.mark.skipif(not (LONG and BIG), reason="set DATELINE_LONG_TESTS=1 and DATELINE_BIG_RECORD to a large record")
def test_searches_beside_an_add_are_quick(tmp_path: Path) -> None:
    """Adds to a copy; 95 of 100 searches within 50 ms meanwhile."""
    assert BIG
    path = tmp_path / "r.db"
    with Record(BIG, create=False) as record:
        record.backup(path)
    adding = begin(add, path, 100_000, 150, 5)
    took = []
    with Record(path) as record:
        words = sorted({word for told in islice(record.statements(), 5) for word in told.text.split() if len(word) > 3})
        while adding.is_alive():
            for word in words[:12]:
                began = time.perf_counter()
                record.search(word.strip('.,'))
                took.append(time.perf_counter() - began)
    assert adding.exitcode == 0
    cuts = statistics.quantiles(took, n=100)
    p50, p95 = cuts[49] * 1000, cuts[94] * 1000
    print(f"{path.stat().st_size / 1e6:.0f} MB, n={len(took)} p50={p50:.1f} ms p95={p95:.1f} ms")
    assert p95 < 50


