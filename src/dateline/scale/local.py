"""The pipeline on the processes of one machine.

Reports are handed out in batches of a fixed size and come back in their order, so that the output is the same,
byte for byte, on any number of workers. Only a few batches are under way at a time: memory does not grow with
the number of reports.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from multiprocessing import resource_tracker
from typing import Generic, TypeVar

from dateline.errors import ModelError, WorkerLost
from dateline.model import Reading, Report
from dateline.pipeline import Reader

T = TypeVar("T")
#: Reports that travel to a worker at once.
BATCH = 16
#: Batches under way for each worker: one is worked on, one waits.
AHEAD = 2

#: What this process reads with, where it is a worker; the error where the model could not be loaded.
_reader: Reader | ModelError | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Which language model reads, and whether the learned readers are left out."""

    model: str
    fast: bool = False


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    settings: Settings
    finish: Callable[[Reading], T]
    items: tuple[Report | Reading, ...]


def _start(settings: Settings) -> None:
    global _reader
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _reader = Reader(settings.model, settings.fast)
    except ModelError as error:  # an error in here would end the pool without its reason
        _reader = error


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: _Task[T]) -> list[T]:
    return [task.finish(reading) for reading in _readings(task.items, _loaded)]


def _loaded() -> Reader:
    if isinstance(_reader, ModelError):
        raise _reader
    assert _reader is not None, "the pool's initializer loads the reader"
    return _reader


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started in here never get Ctrl-C: the parent alone hears it, and ends them."""
    resource_tracker.ensure_running()  # else started with the first worker, and it takes the mask away
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _readings(items: Sequence[Report | Reading], reader: Callable[[], Reader]) -> Iterator[Reading]:
    """The readings of a batch in its order: reports are read, readings pass; no reader is made for readings alone."""
    reports = [item for item in items if isinstance(item, Report)]
    fresh = reader().read_many(reports) if reports else iter(())
    for item in items:
        yield next(fresh) if isinstance(item, Report) else item


def _batches(items: Iterable[Report | Reading]) -> Iterator[tuple[Report | Reading, ...]]:
    items = iter(items)
    while batch := tuple(islice(items, BATCH)):
        yield batch


def map_reports(
    items: Iterable[Report | Reading], finish: Callable[[Reading], T], settings: Settings, workers: int = 1
) -> Iterator[T]:
    """``finish(reading)`` for each report, in the order of the reports; what comes as a reading is only finished.

    ``finish`` must be a function of a module (it travels to other processes) and runs beside the reading. The
    language model is loaded with the first report: no items, or readings alone, cost nothing.
    """
    batches = _batches(items)
    if workers <= 1:
        reader = cache(lambda: Reader(settings.model, settings.fast))
        for batch in batches:
            yield from map(finish, _readings(batch, reader))
        return
    for batch in batches:
        if any(isinstance(item, Report) for item in batch):
            yield from _map_beside(chain([batch], batches), finish, settings, workers)
            return
        yield from map(finish, _known(batch))


def _known(batch: Sequence[Report | Reading]) -> list[Reading]:
    return [item for item in batch if isinstance(item, Reading)]


def _map_beside(
    batches: Iterable[tuple[Report | Reading, ...]], finish: Callable[[Reading], T], settings: Settings, workers: int
) -> Iterator[T]:
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (settings,)) as pool:
        under_way: deque[Future[list[T]]] = deque()
        try:
            for batch in batches:
                with _deaf_to_interrupts():
                    under_way.append(pool.submit(_work, _Task(settings, finish, batch)))
                if len(under_way) >= workers * AHEAD:
                    yield from under_way[0].result()
                    under_way.popleft()
            while under_way:
                yield from under_way[0].result()
                under_way.popleft()
        except BrokenProcessPool:
            raise WorkerLost from None
        finally:
            if under_way:  # stopped half-way: nobody wants what the workers are reading
                pool.shutdown(wait=False, cancel_futures=True)
                for child in set(multiprocessing.active_children()) - before:
                    child.terminate()
