"""The pipeline on the processes of one machine.

Reports are handed out in batches of a fixed size and come back in their order, so that the output is the same,
byte for byte, on any number of workers. Only a few batches are under way at a time: memory does not grow with
the number of reports.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from dateline.model import Reading, Report
from dateline.pipeline import Reader

T = TypeVar("T")
#: Reports that travel to a worker at once.
BATCH = 16
#: Batches under way for each worker: one is worked on, one waits.
AHEAD = 2

_reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Which language model reads, and whether the learned readers are left out."""

    model: str
    fast: bool = False


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    settings: Settings
    finish: Callable[[Reading], T]
    reports: tuple[Report, ...]


def _start(settings: Settings) -> None:
    global _reader
    _reader = Reader(settings.model, settings.fast)


def _work(task: _Task[T]) -> list[T]:
    assert _reader is not None, "the pool's initializer loads the reader"
    return [task.finish(reading) for reading in _reader.read_many(task.reports)]


def _batches(reports: Iterable[Report]) -> Iterator[tuple[Report, ...]]:
    reports = iter(reports)
    while batch := tuple(islice(reports, BATCH)):
        yield batch


def map_reports(
    reports: Iterable[Report], finish: Callable[[Reading], T], settings: Settings, workers: int = 1
) -> Iterator[T]:
    """``finish(reading)`` for each report, in the order of the reports.

    ``finish`` must be a function of a module (it travels to other processes) and runs beside the reading.
    """
    if workers <= 1:
        reader = Reader(settings.model, settings.fast)
        for batch in _batches(reports):
            yield from map(finish, reader.read_many(batch))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (settings,)) as pool:
        under_way: deque[Future[list[T]]] = deque()
        try:
            for batch in _batches(reports):
                under_way.append(pool.submit(_work, _Task(settings, finish, batch)))
                if len(under_way) >= workers * AHEAD:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
