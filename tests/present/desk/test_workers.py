"""A desk that several processes serve: they answer in turn, one that ends is begun again, and none is left behind."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.present.desk.workers import LASTED, fitting

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for the processes")


@pytest.fixture
def desk(path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "dateline", "serve", "--fast", "--workers", "2", "--port", "0", "--record"]
    process = subprocess.Popen([*command, str(path)], stderr=subprocess.PIPE, text=True, start_new_session=True,
                               env={**os.environ, "DATELINE_SECRET": "of this test"},
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))  # fmt: skip
    assert process.stderr is not None
    found = re.search(r":(\d+)/", process.stderr.readline())
    assert found
    yield process, int(found[1])
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    process.stderr.close()


def get(port: int, address: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def below(process: int) -> set[int]:
    """The processes that a process has begun."""
    told = Path(f"/proc/{process}/task/{process}/children")
    return {int(one) for one in told.read_text("utf-8").split()} if told.exists() else set()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds * 20)):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def gone(processes: set[int]) -> bool:
    return not any(Path(f"/proc/{one}/cmdline").exists() and Path(f"/proc/{one}/cmdline").read_bytes()
                   for one in processes)  # fmt: skip


def test_all_answer_the_same(desk: tuple[subprocess.Popen[str], int]) -> None:
    _, port = desk
    assert {get(port, "/health") for _ in range(4)} == {(200, '{"status":"ok"}')}
    rows = {get(port, "/api/v1/relations/NOR/SWE") for _ in range(4)}
    assert len(rows) == 1
    assert rows.pop()[0] == 200
    address = "/api/v1/relations/NOR/SWE/changes?wait=20"
    assert {get(port, address)[0] for _ in range(4)} == {200}


def test_a_session_and_its_forms_hold_in_all(desk: tuple[subprocess.Popen[str], int]) -> None:
    _, port = desk
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/saved")
    answer = connection.getresponse()
    cookie = (answer.getheader("set-cookie") or "").split(";")[0]
    token = re.search(r'<meta name="csrf" content="(\w+)"', answer.read().decode())
    connection.close()
    assert token
    told = []
    for given in (token[1], token[1], token[1], "00" * 64):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"cookie": cookie, "content-type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/guided", f"csrf={given}", headers)
        told.append(connection.getresponse().status)
        connection.close()
    assert told == [303, 303, 303, 403]


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_none_is_left_behind(desk: tuple[subprocess.Popen[str], int], sent: signal.Signals, status: int) -> None:
    process, port = desk
    assert get(port, "/relation")[0] == 200
    children = below(process.pid)
    assert len(children) >= 3
    open_ = socket.create_connection(("127.0.0.1", port))  # somebody whose browser keeps its connection
    process.send_signal(sent)
    assert process.wait(30) == status
    until(lambda: gone(children))
    open_.close()


def test_one_that_is_killed_is_begun_again(desk: tuple[subprocess.Popen[str], int]) -> None:
    process, port = desk
    assert get(port, "/health")[0] == 200
    time.sleep(LASTED + 1)
    names = {one: Path(f"/proc/{one}/stat").read_text("utf-8").split()[18] for one in below(process.pid)}
    answering = [one for one, nice in names.items() if nice == "0" and one not in _helpers(names)]
    os.kill(answering[0], signal.SIGKILL)
    until(lambda: bool(below(process.pid) - set(names)))
    until(lambda: answering[0] not in below(process.pid))
    assert [get(port, "/health")[0] for _ in range(4)] == [200] * 4
    assert process.poll() is None


def _helpers(names: dict[int, str]) -> set[int]:
    """The process that Python keeps beside spawned ones."""
    return {one for one in names if b"resource_tracker" in Path(f"/proc/{one}/cmdline").read_bytes()}


def test_one_process_for_each_processor_up_to_four(monkeypatch: pytest.MonkeyPatch) -> None:
    for processors, expected in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, n=processors: set(range(n)))
        assert fitting() == expected
    monkeypatch.delattr(socket, "send_fds")
    assert fitting() == 1
