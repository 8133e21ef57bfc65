"""What is kept of a record while it stays as it is, and for some seconds where it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from dateline.present.desk.recent import Recent


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def numbers() -> Callable[[], int]:
    return iter(range(1, 100)).__next__


def test_an_answer_stands_while_the_record_does() -> None:
    clock, look = Clock(), numbers()
    recent = Recent[int](clock=clock)
    assert recent.of("a", "one state", 20, look) == 1
    clock.now = 1_000
    assert recent.of("a", "one state", 20, look) == 1


def test_when_the_record_has_changed_it_stands_for_some_seconds() -> None:
    clock, look = Clock(), numbers()
    recent = Recent[int](clock=clock)
    recent.of("a", "one state", 20, look)
    clock.now = 19
    assert recent.of("a", "another", 20, look) == 1
    clock.now = 20
    assert recent.of("a", "another", 20, look) == 2
    assert recent.of("a", "another", 0, look) == 2  # of this state


def test_the_oldest_goes_first_and_what_is_asked_for_stays() -> None:
    look = numbers()
    recent = Recent[int](2)
    for key in ("a", "b", "a", "c"):
        recent.of(key, "", 0, look)
    assert [recent.of(key, "", 0, look) for key in ("a", "b")] == [1, 4]


def test_an_error_is_not_kept() -> None:
    def broken() -> int:
        raise ValueError("now")

    recent = Recent[int]()
    with pytest.raises(ValueError, match="now"):
        recent.of("a", "", 0, broken)
    assert recent.of("a", "", 0, lambda: 1) == 1


def test_two_threads_look_one_thing_up_once_and_two_things_side_by_side() -> None:
    recent, look = Recent[int](4), numbers()
    begun, go = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        assert go.wait(10)
        return look()

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(recent.of("a", "", 0, slow))) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    assert recent.of("b", "", 0, lambda: 100) == 100  # nobody waits for another thing
    go.set()
    for thread in threads:
        thread.join(10)
    assert found == [1, 1]
