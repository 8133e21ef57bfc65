"""Work in a process beside the desk, so that nobody else's page waits for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from dateline.present.desk.calls import Ended, answer_calls, ask


class Beside:
    """A process that does one thing at a time. It is begun with the first, and again after it was ended.

    ``make`` is called once in it, with ``given``; what that makes is handed to all that it does. ``nice`` is how much
    it gives way to others, as in nice(1). What has no answer after ``end`` seconds is given up, and the process too.
    """

    def __init__(self, make: Callable[..., Any], *given: Any, nice: int = 0, end: float | None = None) -> None:
        self._made = make, given, nice
        self._end = end
        self._turn = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    def ask(self, do: Callable[..., Any], *given: Any) -> Any:
        """What ``do``, a function of a module, makes of what was made and ``given``; raises its error, or ``Ended``."""
        with self._turn:
            try:
                return ask(self._begun(), do, *given, end=self._end)
            except TimeoutError:
                self._stop()
                raise Ended(f"not done in {self._end:.0f} seconds, and given up") from None
            except (EOFError, OSError):
                self._stop()
                raise Ended("the process that did this was ended from outside: try again") from None

    def close(self) -> None:
        """End the process, whatever it does."""
        self._closed = True
        self._stop()

    def _begun(self) -> Connection:
        if self._closed:
            raise Ended("the desk is closing")
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._stop()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, *self._made), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _stop(self) -> None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None:
            process.kill()
            process.join(5)
        if pipe is not None:
            pipe.close()


# --- in the process


def _work(pipe: Connection, make: Callable[..., Any], given: tuple[Any, ...], nice: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk alone hears it, and ends this process
    os.nice(nice)
    end_with_parent()
    made: list[Any] = []

    def do(work: Callable[..., Any], *asked: Any) -> Any:
        if not made:
            made.append(make(*given))
        return work(made[0], *asked)

    answer_calls(pipe, do)


def end_with_parent() -> None:
    """A desk that is killed closes nothing: this process then ends by itself, whatever it does."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
