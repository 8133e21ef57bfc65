"""What the desk keeps in memory."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import QueryError
from dateline.keep import Record
from dateline.present.desk.calls import Ended
from dateline.present.desk.settings import Settings
from dateline.present.desk.state import Desk, Known, Task
from tests.factories import told


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    made = Desk(Settings(path))
    made.rest = 0.0
    yield made
    made.close()


def add_one(path: Path) -> None:
    with Record(path) as record:
        record.add_reports([told("Sweden aided Norway on Monday.", "new")])


def test_an_answer_is_worked_out_once(desk: Desk) -> None:
    calls: list[int] = []

    def work() -> str:
        calls.append(1)
        return "done"

    assert [desk.worked_out("k", work, wait=5) for _ in range(3)] == [Known("done", False)] * 3
    assert len(calls) == 1
    assert desk.worked_out("other", work, wait=5) == Known("done", False)
    assert len(calls) == 2


def test_nobody_waits_for_a_long_one(desk: Desk) -> None:
    go = threading.Event()
    assert desk.worked_out("k", lambda: go.wait(10)) is None
    go.set()
    assert desk.worked_out("k", lambda: False, wait=5) == Known(True, False)


def test_the_old_answer_stands_until_the_new_one_is_there(desk: Desk, path: Path) -> None:
    assert desk.worked_out("k", lambda: 1, wait=5) == Known(1, False)
    before, go = desk.stamp(), threading.Event()
    add_one(path)
    assert desk.stamp() != before

    def again() -> int:
        go.wait(10)
        return 2

    assert desk.worked_out("k", again) == Known(1, True)
    go.set()
    assert desk.worked_out("k", again, wait=5) == Known(2, False)


def test_a_record_that_changes_all_the_time_is_asked_now_and_then(desk: Desk, path: Path) -> None:
    desk.rest = 1000.0
    assert desk.worked_out("k", lambda: 1, wait=5) == Known(1, False)
    add_one(path)
    assert desk.worked_out("k", lambda: 2, wait=5) == Known(1, True)


def test_an_error_is_told_each_time_and_not_kept_for_ever(desk: Desk, path: Path) -> None:
    def fails() -> None:
        raise TimeoutError("too long")

    for _ in range(2):
        with pytest.raises(TimeoutError, match="too long"):
            desk.worked_out("k", fails, wait=5)
    add_one(path)
    assert desk.worked_out("k", lambda: 3, wait=5) == Known(3, False)


def counted(desk: Desk, more: int) -> tuple[int, int]:
    return os.getpid(), desk.record.counts().reports + more


def ended(desk: Desk) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def unknown(desk: Desk) -> None:
    desk.record.actor("Atlantis")


def test_a_task_is_done_by_a_process_of_its_own_where_the_desk_is_served(path: Path) -> None:
    desk = Desk(Settings(path, apart=True))
    try:
        found = desk.worked_out("n", Task(counted, (1,)), wait=60)
        assert found is not None
        process, number = found.answer
        assert process != os.getpid()
        assert number == desk.record.counts().reports + 1
        with pytest.raises(QueryError, match="Atlantis"):
            desk.worked_out("nobody", Task(unknown), wait=60)
        with pytest.raises(Ended):
            desk.worked_out("ended", Task(ended), wait=60)
        again = desk.worked_out("again", Task(counted, (1,)), wait=60)
        assert again is not None
        assert again.answer[0] not in (process, os.getpid())
    finally:
        desk.close()


def test_a_task_is_done_here_where_it_is_not(desk: Desk) -> None:
    found = desk.worked_out("n", Task(counted, (0,)), wait=5)
    assert found is not None
    assert found.answer[0] == os.getpid()
