"""Several processes that serve one desk: one accepts connections and hands them out in turn to those that answer."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any

import uvicorn

from dateline.errors import DeskError
from dateline.present.desk.app import create_app
from dateline.present.desk.common import Common, Post, far_common
from dateline.present.desk.settings import Settings

#: Seconds that are given to open answers when the desk closes, and beyond which a process that ended may begin again.
GRACE, LASTED = 3, 5.0
#: More processes than these answer nobody faster on a laptop, and each takes some 100 MB.
MOST = 4


def fitting() -> int:
    """How many processes should answer on this machine: one for each processor, up to ``MOST``."""
    if not hasattr(socket, "send_fds"):  # connections cannot be handed out (Windows)
        return 1
    told = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST, told))


def config_of(settings: Settings, common: Common | None = None) -> uvicorn.Config:
    """How one process answers."""
    return uvicorn.Config(create_app(settings, common), settings.host, settings.port, log_level="warning",
                          access_log=False, server_header=False, timeout_graceful_shutdown=GRACE)  # fmt: skip


def hasten() -> None:
    """Call this once the application is made: nobody's page waits longer than it must for what else is done.

    SQLite lets go of the interpreter at each row: with the usual 5 ms between turns, a page would wait that long again
    and again. The collector of garbage need not look at what lasts as long as the process: that took 65 ms a time.
    """
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()


# --- the process that hands out


def serve_with(settings: Settings, listening: socket.socket, number: int) -> None:
    """Serve a desk with so many processes until a signal raises something; those that end meanwhile are begun again.

    Raises ``DeskError`` where they end as soon as they are begun.
    """
    common, key = Common(settings), secrets.token_bytes(32)
    post = Post(common, key)
    begin = partial(_begun, settings, post.address, key)
    workers: list[_Worker] = []
    try:
        workers += [begin() for _ in range(number)]
        common.warm()
        _hand_out(listening, workers, begin)
    finally:
        for worker in workers:
            worker.pipe.close()  # whereupon it finishes what it answers
        until = time.monotonic() + GRACE + 1
        for worker in workers:
            worker.process.join(max(0.0, until - time.monotonic()))
            worker.process.kill()
        post.close()
        common.close()


@dataclass(frozen=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    begun: float


def _begun(settings: Settings, address: Any, key: bytes) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(settings, address, key, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, time.monotonic())


def _hand_out(listening: socket.socket, workers: list[_Worker], begin: Callable[[], _Worker]) -> None:
    listening.setblocking(False)
    turn = 0
    while True:
        ready = wait([listening, *(worker.process.sentinel for worker in workers)])
        for at, worker in enumerate(workers):
            if worker.process.sentinel in ready:
                workers[at] = _again(worker, begin)
        if listening in ready:
            turn = (turn + 1) % len(workers)
            _hand(listening, workers[turn])


def _again(worker: _Worker, begin: Callable[[], _Worker]) -> _Worker:
    worker.pipe.close()
    worker.process.join()
    if time.monotonic() - worker.begun < LASTED:
        raise DeskError("a process of the desk ended as soon as it was begun: try --workers 1")
    return begin()


def _hand(listening: socket.socket, worker: _Worker) -> None:
    try:
        connection, _ = listening.accept()
    except BlockingIOError:
        return
    except OSError:  # too many are open: later
        time.sleep(0.1)
        return
    with connection, suppress(OSError):  # where the process has just ended, whoever asked asks again
        assert worker.process.pid is not None
        send_handle(worker.pipe, connection.fileno(), worker.process.pid)


# --- a process that answers


def _work(settings: Settings, address: Any, key: bytes, pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that hands out hears it, and closes the pipe
    config = config_of(settings, far_common(address, key))
    hasten()
    _Server(config, pipe).run()


class _Server(uvicorn.Server):
    """Answers on connections that come over a pipe, until that is closed."""

    def __init__(self, config: uvicorn.Config, pipe: Connection) -> None:
        super().__init__(config)
        self._pipe = pipe

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=[])
        threading.Thread(target=self._take, args=(asyncio.get_running_loop(),), daemon=True).start()

    def _take(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            try:
                taken = socket.socket(fileno=recv_handle(self._pipe))
            except (EOFError, OSError):
                self.should_exit = True
                return
            taken.setblocking(False)
            asyncio.run_coroutine_threadsafe(loop.connect_accepted_socket(self._protocol, taken), loop)

    def _protocol(self) -> asyncio.Protocol:
        made: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return made(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
