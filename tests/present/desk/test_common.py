"""What the processes of a desk share, and how they reach it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.errors import DeskError, QueryError
from dateline.present.desk.app import create_app
from dateline.present.desk.aside import Aside
from dateline.present.desk.beside import Beside
from dateline.present.desk.calls import Ended, Fault
from dateline.present.desk.common import LOGINS, Common, Post, Task, far_common
from dateline.present.desk.jobs import Pasted
from dateline.present.desk.keeper import Outcome
from dateline.present.desk.settings import Settings
from dateline.present.desk.state import Desk
from tests.present.desk.conftest import BASE
from tests.present.desk.test_state import add_one, counted, unknown

KEY = b"of this test"


@pytest.fixture
def common(path: Path) -> Iterator[Common]:
    made = Common(Settings(path, fast=True))
    yield made
    made.close()


@pytest.fixture
def far(common: Common) -> Iterator[Common]:
    post = Post(common, KEY)
    yield far_common(post.address, KEY)
    post.close()


# --- a process beside


class Sums:
    def __init__(self, start: int) -> None:
        self.sum = start

    def add(self, more: int) -> int:
        self.sum += more
        return self.sum


def where(sums: Sums) -> int:
    return os.getpid()


def refuses(sums: Sums) -> None:
    raise QueryError("actor", "nobody of this name")


def breaks(sums: Sums) -> None:
    raise ZeroDivisionError


def cannot_travel(sums: Sums) -> Callable[[], int]:
    return lambda: sums.sum


def dies(sums: Sums) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleeps(sums: Sums, seconds: float) -> None:
    time.sleep(seconds)


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside(Sums, 10, end=20)
    yield made
    made.close()


def test_a_process_keeps_what_it_made(beside: Beside) -> None:
    assert [beside.ask(Sums.add, n) for n in (1, 2)] == [11, 13]
    assert beside.ask(where) != os.getpid()


def test_an_error_of_one_question_is_not_the_next_ones(beside: Beside) -> None:
    with pytest.raises(QueryError, match="nobody of this name") as refused:
        beside.ask(refuses)
    assert refused.value.name == "actor"
    for bad in (breaks, cannot_travel):
        with pytest.raises(Fault, match="please report it"):
            beside.ask(bad)
    assert beside.ask(Sums.add, 0) == 10


def test_a_process_that_is_ended_is_begun_again(beside: Beside) -> None:
    first = beside.ask(where)
    with pytest.raises(Ended, match="from outside"):
        beside.ask(dies)
    assert beside.ask(where) not in (first, os.getpid())


def test_what_takes_too_long_is_given_up() -> None:
    beside = Beside(Sums, 0, end=0.1)
    with pytest.raises(Ended, match="given up"):
        beside.ask(sleeps, 60.0)
    beside.close()
    with pytest.raises(Ended, match="closing"):
        beside.ask(where)


def test_closing_does_not_wait_for_what_is_done() -> None:
    beside = Beside(Sums, 0)
    beside.ask(where)
    ended: list[str] = []

    def ask() -> None:
        try:
            beside.ask(sleeps, 60.0)
        except Ended as error:
            ended.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    begun = time.monotonic()
    beside.close()
    thread.join(20)
    assert len(ended) == 1
    assert time.monotonic() - begun < 20


# --- from another process


def test_a_long_answer_is_worked_out_once_for_all(far: Common, path: Path) -> None:
    desks = [Desk(Settings(path, apart=True), far) for _ in range(2)]
    found = [desk.worked_out(("n", 1), Task(counted, (1,)), wait=60) for desk in desks]
    assert found[0] is not None
    assert found[0] == found[1]
    process, number = found[0].answer
    assert process != os.getpid()
    assert number == desks[0].record.counts().reports + 1
    with pytest.raises(QueryError, match="Atlantis"):
        desks[0].worked_out("nobody", Task(unknown), wait=60)


def test_an_answer_travels_once(common: Common, path: Path) -> None:
    desk = Desk(Settings(path, apart=True), common)
    assert desk.worked_out("n", Task(counted, (0,)), wait=60) is not None
    first = common.answer("n", Task(counted, (0,)), 60, False, None)
    assert first is not None
    assert first.packed is not None
    again = common.answer("n", Task(counted, (0,)), 60, False, first.number)
    assert again is not None
    assert (again.packed, again.number) == (None, first.number)
    add_one(path)
    known = desk.worked_out("n", Task(counted, (0,)))
    assert known is not None
    assert known.stale
    assert known.answer[1] == desk.record.counts().reports - 1


def test_rates_count_for_all_processes(far: Common, common: Common) -> None:
    for n in range(LOGINS):
        assert (far if n % 2 else common).allow("logins", "10.0.0.1")
    assert not far.allow("logins", "10.0.0.1")
    assert not common.allow("logins", "10.0.0.1")
    assert far.allow("logins", "10.0.0.2")
    assert far.allow("changes", "10.0.0.1")


def test_a_pasted_report_can_be_asked_for_elsewhere(far: Common, common: Common) -> None:
    job = far.paste(Pasted("OSLO, Nov. 8, 2024 - Norway expelled two Danish diplomats on Friday."))
    for _ in range(600):
        if (found := common.outcome(job)) is not None:
            break
        time.sleep(0.1)
    assert isinstance(found, Outcome)
    assert found.added.new == 1
    with pytest.raises(QueryError, match="opened again"):
        far.outcome("0123456789abcdef")
    with pytest.raises(QueryError, match="nothing was pasted"):
        far.paste(Pasted("  "))


def test_who_has_no_key_is_not_heard(common: Common) -> None:
    post = Post(common, KEY)
    with pytest.raises(Ended):
        far_common(post.address, b"another").allow("logins", "x")
    assert far_common(post.address, KEY).allow("logins", "x")
    post.close()


def test_pages_of_a_process_that_has_lost_the_others_say_so(path: Path, tmp_path: Path) -> None:
    nobody = far_common(str(tmp_path / "nobody"), KEY)
    with TestClient(create_app(Settings(path, apart=True), nobody), base_url=BASE) as client:
        assert client.get("/saved").status_code == 200
        lost = client.get("/api/v1/relations/NOR/SWE/changes?wait=0")
        assert (lost.status_code, lost.json()["detail"]) == (503, "the desk is closing")


# --- waiting


def test_nobody_waits_for_what_took_long_the_last_time(path: Path) -> None:
    aside = Aside(path)
    go = threading.Event()
    assert aside.worked_out(("slow", 1), lambda: go.wait(60), wait=0.2) is None
    time.sleep(0.1)
    go.set()
    while aside.worked_out(("slow", 1), lambda: None) is None:
        time.sleep(0.01)
    go.clear()
    begun = time.monotonic()
    assert aside.worked_out(("slow", 2), lambda: go.wait(60), wait=0.25) is None
    assert time.monotonic() - begun < 0.2
    go.set()
    aside.close()


def test_faults_are_told_as_faults(common: Common, path: Path) -> None:
    with pytest.raises(DeskError, match="a fault in Dateline"):
        Desk(Settings(path, apart=True), common).worked_out("bad", Task(breaks), wait=60)
