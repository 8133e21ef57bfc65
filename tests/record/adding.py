"""Adds readings made by hand in a process of its own, which a test can stop, kill or let run beside others."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from dateline import Record, keeping
from dateline.model import Reading
from dateline.record.sqlite import SqliteStore
from tests.factories import prose, told
from tests.record.dump import Dump, dump

#: a process that was stopped by Ctrl-C ends with this
STOPPED = 130
LONG = bool(os.environ.get("DATELINE_LONG_TESTS"))

servers = multiprocessing.get_context("forkserver")
servers.set_forkserver_preload(["tests.record.adding", "dateline.kit", "dateline.resolve.stories",
                                 "dateline.resolve.identities"])  # fmt: skip
_NAMES = ("Norway", "Denmark", "Sweden", "Iron Front", "Red Fist", "Harbour Union")
_ACTS = ("attacked", "aided", "accused", "met")


def some(first: int, count: int) -> list[Reading]:
    """Readings that share actors, events and, every seventh with the one before, a story."""
    return [_one(n) for n in range(first, first + count)]


@cache
def _one(n: int) -> Reading:
    topic = n - 1 if n % 7 == 6 else n
    a, b = _NAMES[topic % 6], _NAMES[(topic + 1 + topic // 6 % 5) % 6]
    day = f"2024-05-{1 + topic % 28:02d}"
    text = (
        f"{a} {_ACTS[topic % 4]} {b} on {day} in Oslo.\n"
        f"Per Lund, prime minister of Norway, said on {day} that {b} {_ACTS[topic // 4 % 4]} {a} on {day}.\n"
        f"Inger Dahl denied that {a} attacked {b}.\n" + prose(f"matter-{topic}")
    )
    return told(text, f"r{n}", day, publisher=f"Paper {n % 3}")


#: how many an undisturbed add has; made where the processes are forked from, so that they begin with the adding
MANY = 90
some(0, MANY)


def begin(target: Any, *args: Any) -> BaseProcess:
    """A started process; its function gets an event that it sets when it begins."""
    begun = servers.Event()
    process = servers.Process(target=target, args=(begun, *args))
    process.start()
    assert begun.wait(60)
    return process


def add(begun: Event, path: Path, first: int, count: int, size: int) -> None:
    """Adds so many readings to a record, ``size`` in each transaction."""
    readings = some(first, count)
    keeping.BATCH = keeping.LOOKED_UP = size
    begun.set()
    try:
        with Record(path) as record:
            record.add_reports(readings)
    except KeyboardInterrupt:
        sys.exit(STOPPED)


@contextmanager
def opened(path: Path) -> Iterator[SqliteStore]:
    with Record(path) as record:
        yield record.store


def dump_of(path: Path) -> Dump:
    """All that a record says; it must be sound."""
    with opened(path) as store:
        assert store.check() == []
        return dump(store)


def beside(path: Path) -> list[str]:
    """The files that lie beside a record and are none when all have let go of it."""
    return sorted(p.name for p in path.parent.glob(path.name + "?*"))
