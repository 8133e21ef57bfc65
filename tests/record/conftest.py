"""A store that lives as long as a test, and stores made on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from dateline.kit import kit
from dateline.record.sqlite import SqliteStore

Make = Callable[[], SqliteStore]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """make() -> a new, empty store; its clock moves on with each look at it."""
    made: list[SqliteStore] = []

    def one() -> SqliteStore:
        ticks = count()
        store = SqliteStore(tmp_path / f"{len(made)}.db", kit(), lambda: f"2024-06-01T00:00:{next(ticks):02d}Z")
        made.append(store)
        return store

    yield one
    for store in made:
        assert store.check() == []
        store.close()


@pytest.fixture
def store(make: Make) -> SqliteStore:
    return make()
