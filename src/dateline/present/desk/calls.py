"""Calls between the processes of a desk, over a pipe: a question, and its answer or its error."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from dateline.errors import DatelineError, DeskError


class Fault(DeskError):
    """Another process of the desk met a fault of Dateline's own."""

    status = 500


class Ended(DeskError):
    """The process that worked on an answer has ended before its time."""

    status = 503


def answer_calls(pipe: Connection, do: Callable[..., Any]) -> None:
    """Answer what comes over a pipe with ``do``, one after the other, until nobody is at its other end."""
    while True:
        try:
            pipe.send(_answered(do, pipe.recv()))
        except (EOFError, OSError):
            return
        except Exception as error:  # an answer that cannot travel
            pipe.send((False, _told(error)))


def ask(pipe: Connection, *asked: Any, end: float | None = None) -> Any:
    """What the other end answers; raises its error, ``TimeoutError`` after ``end`` seconds, and ``OSError`` or
    ``EOFError`` where nobody is there."""
    pipe.send(asked)
    if end is not None and not pipe.poll(end):
        raise TimeoutError
    well, answer = pipe.recv()
    if not well:
        raise answer
    return answer


def _answered(do: Callable[..., Any], asked: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, do(*asked)
    except Exception as error:  # one question's fault is not the next one's
        return False, _told(error)


def _told(error: Exception) -> Exception:
    if isinstance(error, DatelineError):
        return error
    traceback.print_exception(error)
    return Fault(f"a fault in Dateline ({type(error).__name__}); please report it")
