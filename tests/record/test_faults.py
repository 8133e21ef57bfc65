"""What can be wrong with a file, a folder or a disk: one clear line each, and what was kept stays readable."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from dateline import Record
from dateline.errors import DatelineError, RecordError
from dateline.record.sqlite import connection
from dateline.record.sqlite.connection import log_of
from tests.record.adding import LONG, add, begin, beside, dump_of, opened, servers, some
from tests.record.dump import differences


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound record of twelve reports."""
    path = tmp_path_factory.mktemp("twelve") / "r.db"
    with Record(path) as record:
        record.add_reports(some(0, 12))
    return path


@pytest.fixture
def path(twelve: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    return Path(shutil.copy(twelve, tmp_path / "r.db"))


def refused(path: Path, create: bool) -> str:
    """What a file is refused with; it must be one line that names the file, and change nothing."""
    before = path.read_bytes() if path.is_file() else None
    files = sorted(os.listdir(path.parent)) if path.parent.is_dir() else None
    with pytest.raises(RecordError) as told:
        Record(path, create=create)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert (sorted(os.listdir(path.parent)) if path.parent.is_dir() else None) == files
    said = str(told.value)
    assert "\n" not in said
    assert said.startswith(f"{path}: ")
    return said


# --- files that are no record ----------------------------------------------------------------------------------------


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE reports (id INTEGER, key TEXT)")
    db.close()


def foreign_with_a_log(path: Path) -> None:
    """What another program leaves when it is killed: SQLite would tidy it up if it only looked at it."""
    with servers.Pool(1) as pool:
        pool.apply(_leave_a_log, (path,))


def _leave_a_log(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE things (id INTEGER)")
    for name in ("", "-wal", "-shm"):
        shutil.copy(f"{path}{name}", f"{path}.kept{name}")
    db.close()
    for name in ("", "-wal", "-shm"):
        os.replace(f"{path}.kept{name}", f"{path}{name}")


def newer(path: Path) -> None:
    Record(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}")
    db.close()


OTHERS: list[tuple[str, Callable[[Path], Any], str]] = [
    ("text", lambda p: p.write_text("Oslo denied it.\n" * 99), "no record of Dateline, but a file of another kind"),
    ("zeros", lambda p: p.write_bytes(bytes(8192)), "no record of Dateline, but a file of another kind"),
    ("foreign", foreign, "a database of another program"),
    ("foreign with a log", foreign_with_a_log, "a database of another program"),
    ("an empty database", lambda p: sqlite3.connect(p).execute("VACUUM"), "a database of another program"),
    ("a newer one", newer, "made by a newer Dateline"),
    ("a stump", lambda p: p.write_bytes(b"SQLite format 3\0" + bytes(20)), "cut off after 36 bytes"),
    ("a folder", lambda p: p.mkdir(), "is a folder"),
    ("a pipe", os.mkfifo, "no ordinary file"),
]


@pytest.mark.parametrize("create", [True, False], ids=["to add", "to ask"])
@pytest.mark.parametrize(("make", "reason"), [o[1:] for o in OTHERS], ids=[o[0] for o in OTHERS])
def test_what_is_no_record_is_refused(
    tmp_path: Path, make: Callable[[Path], Any], reason: str, create: bool
) -> None:
    path = tmp_path / "a file.db"
    made = make(path)
    if isinstance(made, sqlite3.Cursor):
        made.connection.close()
    assert reason in refused(path, create)


def test_nothing_there(tmp_path: Path) -> None:
    assert "no such record: make one" in refused(tmp_path / "r.db", create=False)
    assert f"there is no folder {tmp_path / 'x'}" in refused(tmp_path / "x" / "r.db", create=True)
    assert "no such record" in refused(tmp_path / "x" / "r.db", create=False)


def test_an_empty_file_can_become_a_record(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.touch()
    assert "is an empty file" in refused(path, create=False)
    with Record(path) as record:
        assert record.add_reports(some(0, 1)).new == 1


def test_one_whose_making_was_cut_short_can_become_a_record(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA application_id = {connection.APPLICATION}")
    db.close()
    assert "is an empty record" in refused(path, create=False)
    with Record(path) as record:
        assert record.add_reports(some(0, 1)).new == 1


def test_a_new_record_copied_without_its_log_is_a_record(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db"):
        shutil.copy(tmp_path / "r.db", tmp_path / "copy.db")
    assert dump_of(tmp_path / "copy.db")["reports"] == []


# --- rights ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shared(twelve: Path) -> Iterator[Path]:
    """The record in a folder into which anybody may look."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        found = Path(shutil.copy(twelve, folder)) if twelve.exists() else Path(folder)
        os.chmod(found, 0o644)
        yield found
        os.chmod(folder, 0o755)


def as_nobody(task: Callable[..., None], path: Path, warm: Path) -> None:
    """Runs a task without the rights of a superuser, to whom nothing is forbidden."""
    process = servers.Process(target=_as_nobody, args=(task, path, warm))
    process.start()
    process.join(60)
    assert process.exitcode == 0


def _as_nobody(task: Callable[..., None], path: Path, warm: Path) -> None:
    with Record(warm, create=False) as record:  # what is imported late may lie where nobody may look
        record.search("Norway")
        record.status()
        with suppress(DatelineError):
            record.add_reports([])
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    task(path)


def _asks(path: Path) -> None:
    with Record(path) as record:
        assert record.search("Norway").hits
        assert record.counts().reports == 12
        assert len(list(record.statements())) > 5
        assert record.check() == []


def _asks_and_cannot_add(path: Path) -> None:
    _asks(path)
    with Record(path) as record:
        with pytest.raises(RecordError, match="cannot be written to"):
            record.add_reports(_never_read())
        with pytest.raises(RecordError, match="cannot be written to"):
            record.correct("reject", next(record.statements()).key, who="me")
        assert record.counts().reports == 12


def _never_read() -> Iterator[Any]:
    raise AssertionError("read before it was known that nothing can be kept")
    yield


def _cannot_look(path: Path) -> None:
    with pytest.raises(RecordError, match=r"cannot be opened \(permission denied\): check the file and its rights"):
        Record(path, create=False)


def _cannot_make(path: Path) -> None:
    assert "no right to write into" in refused(path.parent / "new.db", create=True)


def test_a_file_that_may_only_be_read(shared: Path, twelve: Path) -> None:
    before = shared.read_bytes()
    os.chmod(shared.parent, 0o777)
    os.chmod(shared, 0o444)
    as_nobody(_asks_and_cannot_add, shared, twelve)
    assert shared.read_bytes() == before


def test_a_folder_that_may_only_be_read(shared: Path, twelve: Path) -> None:
    before = shared.read_bytes()
    os.chmod(shared.parent, 0o555)
    as_nobody(_asks_and_cannot_add, shared, twelve)
    as_nobody(_cannot_make, shared, twelve)
    assert shared.read_bytes() == before
    assert beside(shared) == []


def test_a_file_for_all_in_a_folder_that_may_only_be_read(shared: Path, twelve: Path) -> None:
    os.chmod(shared, 0o666)
    os.chmod(shared.parent, 0o555)
    as_nobody(_asks_and_cannot_add, shared, twelve)


def test_a_guest_sees_what_the_owner_adds_meanwhile(shared: Path, twelve: Path) -> None:
    os.chmod(shared.parent, 0o755)
    with Record(shared) as record:
        with record.store.pool.writing() as db:
            db.execute("INSERT INTO skips VALUES ('a', 'b', 'c')")
        as_nobody(_sees_the_skip, shared, twelve)


def _sees_the_skip(path: Path) -> None:
    with Record(path, create=False) as record:
        assert record.status()["skipped"]["count"] == 1


def test_a_guest_who_stays_sees_what_comes_later(shared: Path, twelve: Path) -> None:
    process = begin(_look_until_there_are_more, shared)
    with Record(shared) as record:
        record.add_reports(some(12, 1))
        process.join(20)
    assert process.exitcode == 0


def _look_until_there_are_more(begun: Event, path: Path) -> None:
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    with Record(path, create=False) as record:
        assert record.counts().reports == 12
        begun.set()
        while record.counts().reports != 13:
            pass


def test_a_file_that_may_not_be_read(shared: Path, twelve: Path) -> None:
    os.chmod(shared, 0o600)
    as_nobody(_cannot_look, shared, twelve)


def test_left_over_changes_in_a_folder_that_may_only_be_read(shared: Path, twelve: Path) -> None:
    """What was not yet merged when the writer was killed is read, or its lack is told; it is never passed over."""
    process = begin(add, shared, 12, 200, 2)
    for _ in range(200):
        if log_of(shared).exists() and log_of(shared).stat().st_size > 100_000:
            break
        process.join(0.05)
    process.kill()
    process.join()
    other = twelve.with_name("other.db")
    for ending in ("", "-wal"):
        shutil.copy(f"{shared}{ending}", f"{other}{ending}")
        os.chmod(f"{shared}{ending}", 0o644)
    (shared.parent / "expected").write_text(str(len(dump_of(other)["reports"])))
    os.chmod(shared.parent, 0o555)
    as_nobody(_sees_all_or_says_so, shared, twelve)
    log_of(shared, "-shm").unlink()  # as on a medium to which it was copied
    as_nobody(_sees_all_or_says_so, shared, twelve)


def _sees_all_or_says_so(path: Path) -> None:
    told = ""
    try:
        with Record(path, create=False) as record:
            assert record.counts().reports == int((path.parent / "expected").read_text())
    except RecordError as error:
        told = str(error)
    assert not told or "-wal" in told


# --- damage ----------------------------------------------------------------------------------------------------------


def size_of_page(path: Path) -> int:
    return int(struct.unpack(">H", path.read_bytes()[16:18])[0])


def overwrite(path: Path, page: int, width: int = 400) -> None:
    """Nonsense in the middle of a page, or all over it."""
    size = size_of_page(path)
    with path.open("r+b") as file:
        file.seek((page - 1) * size + (size - width) // 2)
        file.write(random.Random(page).randbytes(width))


def use(path: Path) -> list[str]:
    """All that can be asked; what is told of damage. Anything but ``RecordError`` is a failure."""
    told: list[str] = []
    try:
        with Record(path, create=False) as record:
            questions: list[Callable[[], object]] = [
                lambda: record.search("Norway attacked"), lambda: record.search("harbour", find="sentences"),
                record.counts, record.status, record.check, lambda: list(record.statements()),
                lambda: list(record.events()), lambda: list(record.actors()), lambda: list(record.reports()),
                lambda: list(record.relation("NOR", "DNK")), lambda: list(record.store.origins(None)),
                lambda: [record.reading(r.key) for r in record.reports()],
                lambda: [record.copies(r.key) for r in record.reports()],
                lambda: record.add_reports(some(12, 2)),
            ]  # fmt: skip
            for ask in questions:
                try:
                    ask()
                except RecordError as error:
                    told.append(str(error))
    except RecordError as error:
        told.append(str(error))
    assert [line for line in told if "\n" in line or not line.startswith(f"{path}: ")] == []
    return told


def test_damaged_pages_are_told_and_never_break_anything_else(twelve: Path, tmp_path: Path) -> None:
    pages = twelve.stat().st_size // size_of_page(twelve)
    damaged = 0
    every = range(2, pages + 1)
    for page in every if LONG else random.Random(5).sample(every, 12):
        path = Path(shutil.copy(twelve, tmp_path / f"{page}.db"))
        overwrite(path, page)
        damaged += bool(use(path))
        path.unlink()
    assert damaged


def root(path: Path, name: str) -> int:
    db = sqlite3.connect(path)
    try:
        return int(db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
    finally:
        db.close()


def test_the_page_of_a_table(path: Path) -> None:
    overwrite(path, root(path, "statements"), 4096)
    with Record(path) as record:
        with pytest.raises(RecordError, match=r"the file is damaged: keep a copy of it, run `dateline status --check`"):
            list(record.statements())
        assert len(list(record.reports())) == 12
        assert len(list(record.events())) > 3
        assert record.text(next(record.reports()).key).startswith("Norway")


def test_the_page_of_an_index(path: Path) -> None:
    overwrite(path, root(path, "reports_locator"), 4096)
    with Record(path) as record:
        assert record.check()
        assert record.search("Norway attacked").hits
        with pytest.raises(RecordError, match="the file is damaged"):
            record.add_reports(some(12, 1))
        assert record.counts().reports == 12


def test_what_is_wrong_is_listed(path: Path) -> None:
    for name in ("statements", "tellings", "events"):
        overwrite(path, root(path, name), 4096)
    with Record(path) as record:
        wrong = record.check()
    assert wrong
    assert all("\n" not in line for line in wrong)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.999])
def test_a_file_that_lost_its_tail(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))
    before = path.read_bytes()
    told = use(path)
    assert told
    assert all("is cut off" in line for line in told), told
    assert path.read_bytes() == before


def test_a_log_that_is_lost_costs_only_what_was_in_it(path: Path) -> None:
    process = begin(add, path, 12, 200, 2)
    process.join(0.5)
    process.kill()
    process.join()
    for name in ("r.db-wal", "r.db-shm"):
        with suppress(FileNotFoundError):
            (path.parent / name).unlink()
    with Record(path) as record:
        record.add_reports(some(0, 20))
        assert record.counts().reports >= 20


def test_a_log_with_nonsense_in_it(path: Path) -> None:
    (path.parent / "r.db-wal").write_bytes(random.Random(1).randbytes(50_000))
    assert use(path) == []
    assert beside(path) == []


# --- while it is in use ----------------------------------------------------------------------------------------------


def test_deleted_while_in_use(path: Path) -> None:
    with Record(path) as record:
        path.unlink()
        for ask in (record.counts, lambda: record.add_reports(some(12, 1)), lambda: next(record.reports())):
            with pytest.raises(RecordError, match="moved, deleted or replaced while it was in use"):
                ask()


def test_replaced_while_in_use(path: Path, tmp_path: Path) -> None:
    with Record(path) as record:
        record.backup(tmp_path / "other.db")
        os.replace(tmp_path / "other.db", path)
        with pytest.raises(RecordError, match="moved, deleted or replaced while it was in use"):
            record.add_reports(some(12, 1))


def test_its_log_deleted_while_in_use(path: Path) -> None:
    with Record(path) as record:
        record.add_reports(some(12, 1))
        (path.parent / "r.db-wal").unlink()
        with pytest.raises(RecordError, match="-wal file was deleted"):
            record.add_reports(some(13, 1))
    with Record(path) as record:
        assert record.add_reports(some(12, 2)) is not None
        assert record.counts().reports == 14
        assert record.check() == []


# --- full disks ------------------------------------------------------------------------------------------------------


@contextmanager
def no_larger(size: int) -> Iterator[None]:
    """Files of this process cannot grow beyond this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(record: Record, first: int = 12) -> str:
    """Adds until there is no room for more; what was told."""
    kept, told = record.counts().reports, ""
    for n in range(first, 3_000, 5):
        try:
            record.add_reports(some(n, 5))
        except RecordError as error:
            told = str(error)
            break
        kept += 5
    assert record.counts().reports == kept
    assert record.search("Norway attacked").hits
    return told


def test_a_disk_without_space(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = path.stat().st_size // size_of_page(path)
    prepare = connection._prepare

    def small(db: sqlite3.Connection, file: Path, create: bool) -> None:
        prepare(db, file, create)
        db.execute(f"PRAGMA max_page_count = {pages + 60}")

    monkeypatch.setattr(connection, "_prepare", small)
    with Record(path) as record:
        assert "the disk is full: free some space and run the same command again; what was kept" in fill(record)
    monkeypatch.setattr(connection, "_prepare", prepare)
    goes_on(path)


def goes_on(path: Path) -> None:
    with Record(path) as record:
        assert record.check() == []
        n = record.counts().reports
        assert record.add_reports(some(0, n + 5)).new == 5


def test_a_limit_on_the_size_of_files(path: Path) -> None:
    process = begin(_fill_up_to_a_limit, path)
    process.join(60)
    assert process.exitcode == 0
    goes_on(path)


def _fill_up_to_a_limit(begun: Event, path: Path) -> None:
    begun.set()
    with no_larger(path.stat().st_size + 300_000), Record(path) as record:
        said = fill(record)
    assert "the disk gave an error" in said or "the disk is full" in said


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no right to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("mount"), reason="only a superuser can mount a small disk")
def test_a_small_disk(small_disk: Path, twelve: Path) -> None:
    path = Path(shutil.copy(twelve, small_disk))
    with Record(path) as record:
        assert "the disk is full" in fill(record)
    with opened(path) as store:
        assert store.check() == []
    filler = small_disk / "filler"
    with suppress(OSError):
        filler.write_bytes(bytes(3_000_000))
    with Record(path, create=False) as record:  # not one byte is free
        assert record.search("Norway attacked").hits
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)
    goes_on(path)


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("mount"), reason="only a superuser can mount a small disk")
def test_a_new_record_on_a_full_disk(small_disk: Path) -> None:
    with suppress(OSError):
        (small_disk / "filler").write_bytes(bytes(4_000_000))
    with pytest.raises(RecordError, match=r"the disk is full|the disk gave an error"):
        Record(small_disk / "r.db")
    (small_disk / "filler").unlink()
    with Record(small_disk / "r.db") as record:
        assert record.add_reports(some(0, 1)).new == 1


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("mount"), reason="only a superuser can mount")
def test_read_only_media(small_disk: Path, twelve: Path) -> None:
    path = Path(shutil.copy(twelve, small_disk))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    _asks_and_cannot_add(path)
    assert beside(path) == []


def test_nothing_here_harms_the_original(twelve: Path, path: Path) -> None:
    assert differences(dump_of(twelve), dump_of(path)) == {}
