"""Small made-up streams: one readable line makes a table with a planted change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from dateline.analyse.tables import Form, Table, from_rows

START = date(2030, 1, 7)
DAYS, PAIRS = 560, 40
AT = 300
CODES = ("036", "0871", "112", "190")
USUAL = np.array([0.8, 0.1, 0.25, 0.12])
Row = tuple[str, str, str, str]
Shape = Callable[[np.ndarray, int], np.ndarray]


def names(pair: int) -> tuple[str, str]:
    return f"A{pair:02d}", f"B{pair % 7}"


def day(number: int) -> date:
    return START + timedelta(days=number)


def rows(seed: int = 0, changed: dict[int, tuple[float, ...]] | None = None, news: float = 1.0) -> list[Row]:
    """Events of forty pairs; ``changed`` multiplies a pair's classes from day 300 on, ``news`` everybody's."""
    rng = np.random.default_rng(seed)
    made: list[Row] = []
    for pair in range(PAIRS):
        rates = np.tile(USUAL * rng.gamma(4, 1 / 4), (DAYS, 1))
        rates *= np.repeat(rng.gamma(3, 1 / 3, (DAYS // 7, 4)), 7, axis=0)
        rates[AT:] *= news * np.array((changed or {}).get(pair, (1, 1, 1, 1)))
        counts = rng.poisson(rates)
        for number, quad in zip(*np.nonzero(counts), strict=True):
            ends = names(pair) if rng.random() < 0.5 else names(pair)[::-1]
            # codes of four digits, so that events of one day and class are not taken for one story
            when = day(int(number)).isoformat()
            made += [(when, *ends, f"{CODES[quad][:3]}{i}") for i in range(counts[number, quad])]
    return made


def table(seed: int = 0, changed: dict[int, tuple[float, ...]] | None = None, news: float = 1.0) -> Table:
    return from_rows("stream", rows(seed, changed, news))


def net(made: list[Row]) -> Table:
    """The same as one signed number a pair and day."""
    weight = {"03": 4.0, "08": 7.0, "11": -2.0, "19": -10.0}
    sums: dict[tuple[str, str, str], float] = {}
    for when, source, target, code in made:
        key = (when, *sorted((source, target)))
        sums[key] = sums.get(key, 0.0) + weight[code[:2]]
    return from_rows("net", [(*key, value) for key, value in sums.items()], Form.NET)
