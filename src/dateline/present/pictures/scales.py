"""Numbers to places: round steps for an axis, and where a scale ends when one number dwarfs the rest."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.present.pictures.lettering import grouped

#: A number is an outlier where it is this many times as high as all but the highest few.
_DWARFS = 2.5
#: this share of all numbers may be cut off, and one always may
_CUT = 0.02


def steps(top: float, about: int) -> list[float]:
    """Round numbers from 0 up to ``top``, about so many beyond 0; whole ones from 1 on.

    >>> steps(23, 5), steps(1, 4)
    ([0, 5, 10, 15, 20], [0, 1])
    """
    if top < 1e-9:  # steps are rounded to twelve digits
        return [0]
    step = round_up(top / max(1, about))
    if top >= 1:
        step = max(1, step)
    return [step * i for i in range(int(top / step + 1e-9) + 1)]


def round_up(number: float) -> float:
    """The next of 1, 2, 5 times a power of ten.

    >>> round_up(3), round_up(0.07), round_up(20)
    (5, 0.1, 20)
    """
    power = 10.0 ** math.floor(math.log10(number) + 1e-9)
    for factor in (1, 2, 5, 10):
        if factor * power >= number * (1 - 1e-9):
            found = factor * power
            return int(found) if found >= 1 else round(found, 12)
    return int(10 * power)


def cap(numbers: Iterable[float]) -> float:
    """Where a scale ends: at the highest number, or below it if a few numbers dwarf all the rest.

    >>> round(cap([5, 4, 6, 500, 3]), 1), cap([5, 4, 6, 9])
    (7.8, 9)
    """
    falling = sorted((x for x in numbers if x > 0), reverse=True)
    if not falling:
        return 1
    over = max(1, int(len(falling) * _CUT))
    for i in range(min(over, len(falling) - 1), 0, -1):
        if falling[i - 1] > _DWARFS * falling[i] and falling[i - 1] > 5:
            # higher than all that is whole, so that a broken bar looks the tallest
            return max(falling[i] * 1.3, 5)
    return falling[0]


@dataclass(frozen=True, slots=True)
class Classes:
    """Numbers in a few classes, from few to many. ``tops`` are the highest whole number of each but the last."""

    tops: tuple[int, ...]

    @classmethod
    def of(cls, numbers: Sequence[int], count: int) -> Classes:
        """At most ``count`` classes with round, growing bounds, which share out the numbers above 0.

        The highest class holds no more than the top twentieth, so that a spike is seen as one.
        """
        rising = sorted(x for x in numbers if x > 0)
        if not rising:
            return cls(())
        shares = [*(i / (count - 1) for i in range(1, count - 1)), 0.95]
        wanted = (rising[min(len(rising) - 1, int(len(rising) * share))] for share in shares)
        tops = sorted({_round_down(x) for x in wanted if _round_down(x) < rising[-1]})
        return cls(tuple(tops))

    def of_number(self, number: int) -> int:
        """The class of a number above 0, from 0."""
        return bisect_left(self.tops, number)

    def words(self, numbers: Iterable[int]) -> list[str]:
        """What each class holds: "1–4", "5–9", "10–23", from the lowest number above 0 to the highest."""
        above = [x for x in numbers if x > 0]
        if not above:
            return []
        starts = [min(above), *(top + 1 for top in self.tops)]
        ends = [*self.tops, max(above)]
        return [grouped(a) if a == b else f"{grouped(a)}–{grouped(b)}" for a, b in zip(starts, ends, strict=True)]


def _round_down(number: int) -> int:
    """To one digit, or to two where the first is a 1 or 2: bounds that a person can keep in mind."""
    if number < 10:
        return number
    power: int = 10 ** (len(str(number)) - 1)
    unit = power // 10 * 5 if number < 3 * power else power
    return number // unit * unit
