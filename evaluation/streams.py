#!/usr/bin/env python3
"""Streams of made-up events with changes that are known, because they were planted, and with everything that is none.

    streams.py [--seeds 3] [--from 0] [--write DIR]

A table holds pairs of made-up countries over three years. Each pair has its own volume, mix of quad classes and
restlessness (weeks scatter as a negative binomial, and good and bad months follow each other); all have weekends. On
some dates the relation of a pair changes. On others only the news do:

quiet    nothing happens
swing    all news doubles or trebles from that day on, for months
flood    one story of that day is told forty to two hundred times: by one code on one day, by one code over three days,
         by five codes on one day, or by all ten codes of conflict or of cooperation over two days
surge    the pair gets thrice the attention, its cooperation and conflict alike
lull     the pair gets a third of the attention, its cooperation and conflict alike

The second table of each seed is the first as a signed number a pair and day, Goldstein's weights summed.
``dateline change`` is asked about each; the table of answers says how often it calls a change. Of planted changes that
should be often, of all others no more often than by chance.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

START = date(2030, 1, 1)
DAYS = 3 * 364
PAIRS = 240
#: Codes by quad class with their weights on Goldstein's scale (CAMEO codebook, appendix).
CODES = (
    (("036", 4.0), ("040", 1.0), ("042", 1.9), ("043", 2.8), ("051", 3.4), ("057", 8.0)),
    (("061", 6.4), ("064", 7.0), ("071", 7.4), ("073", 7.4), ("080", 5.0)),
    (("111", -2.0), ("112", -2.0), ("120", -4.0), ("130", -4.4), ("138", -7.0)),
    (("160", -4.0), ("163", -8.0), ("173", -5.0), ("190", -10.0), ("194", -10.0)),
)
MIX = np.array([0.66, 0.06, 0.18, 0.10])
WEEKDAY = np.array([1.1, 1.2, 1.2, 1.2, 1.1, 0.65, 0.55])
#: What a planted change multiplies the four classes by.
PLANTED = {"break": (0.5, 0.3, 4.0, 6.0), "war": (0.7, 1.0, 3.0, 15.0), "thaw": (3.5, 6.0, 0.7, 0.3)}
SIGNS = {"break": "-", "war": "-", "thaw": "+"}
FLOODS = ("one code, one day", "one code, three days", "five codes, one day", "ten codes, two days")
#: What the pair's attention is multiplied by.
ATTENTION = {"surge": 3.0, "lull": 1 / 3}
#: What happens to one pair after the other.
KINDS = ("quiet", "quiet", "flood", "flood", "swing", *ATTENTION, *PLANTED)
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Asked:
    """A question and what is true: ``kind`` is quiet, swing, flood, surge, lull, or the name of a planted change."""

    id: str
    a: str
    b: str
    date: str
    kind: str


def country(number: int) -> str:
    """A code of three letters that no country has."""
    return "Q" + chr(65 + number // 26) + chr(65 + number % 26)


def stream(seed: int, swings: bool = True) -> tuple[list[Row], list[Asked]]:
    """One table's rows (date, source, target, code), and what to ask of it. The same seed gives the same stream."""
    rng = np.random.default_rng(seed)
    news, swing = news_of(rng, swings)
    names = [(country(i), country(int(rng.integers(i + 1, 60)))) for i in rng.integers(0, 50, PAIRS * 3)]
    pairs = list(dict.fromkeys(names))[:PAIRS]
    rows: list[Row] = []
    asked: list[Asked] = []
    for number, pair in enumerate(pairs):
        rates = pair_rates(rng) * news[:, None]
        at = int(rng.integers(200, DAYS - 90))
        kind = KINDS[number % len(KINDS)]
        if kind == "swing":
            at = swing
        elif kind in ATTENTION:
            rates[at:] *= ATTENTION[kind]
        elif kind in PLANTED:
            lasts = int(rng.integers(42, 200))
            rates[at : at + lasts] *= np.array(PLANTED[kind])
        rows.extend(events(rng, rates, pair))
        if kind == "flood":
            form = int(rng.integers(len(FLOODS)))
            kind = f"flood: {FLOODS[form]}"
            rows.extend(flood(rng, at, pair, form))
        day = (START + timedelta(days=at)).isoformat()
        asked.append(Asked(f"s{seed}-{number}", *pair, day, kind))
    rows.sort()
    return rows, asked


def news_of(rng: np.random.Generator, swings: bool) -> tuple[NDArray[np.float64], int]:
    """How much news there is each day, and a day from which on there is much more or less."""
    day = np.arange(DAYS)
    slow = np.exp(0.15 * np.sin(2 * np.pi * (day / 364 + rng.random())))
    swing = int(rng.integers(300, DAYS - 200))
    step = np.where((day >= swing) & (day < swing + 150), rng.choice([2.0, 3.0, 0.4]) if swings else 1.0, 1.0)
    return slow * step * WEEKDAY[(day + START.weekday()) % 7], swing


def pair_rates(rng: np.random.Generator) -> NDArray[np.float64]:
    """Events a day by quad class [days, 4] of one pair in usual news."""
    volume = float(np.exp(rng.normal(0.3, 1.1))) / 7
    mix = rng.dirichlet(12 * MIX)
    weeks = DAYS // 7 + 1
    restless = float(rng.uniform(0.15, 0.5))
    # good and bad months follow each other, slowly; weeks scatter about them
    drift = np.zeros((weeks, 4))
    for week in range(1, weeks):
        drift[week] = 0.9 * drift[week - 1] + rng.normal(0, restless * np.sqrt(1 - 0.81), 4)
    burst = rng.gamma(2.5, 1 / 2.5, (weeks, 4))
    weekly = volume * mix * np.exp(drift - drift.mean(0)) * burst
    return np.repeat(weekly, 7, axis=0)[:DAYS]


def events(rng: np.random.Generator, rates: NDArray[np.float64], pair: tuple[str, str]) -> Iterator[Row]:
    """Rows of one pair, either direction."""
    for day, quad in zip(*np.nonzero(counts := rng.poisson(rates)), strict=True):
        for _ in range(counts[day, quad]):
            code = CODES[quad][int(rng.integers(len(CODES[quad])))][0]
            yield row(int(day), pair, code, bool(rng.random() < 0.5))


def row(day: int, pair: tuple[str, str], code: str, turned: bool) -> Row:
    source, target = pair[::-1] if turned else pair
    return (START + timedelta(days=day)).isoformat(), source, target, code


def flood(rng: np.random.Generator, at: int, pair: tuple[str, str], form: int) -> Iterator[Row]:
    """One story told over and over, in one of the forms of ``FLOODS``."""
    size, quad = int(rng.integers(40, 200)), int(rng.choice([0, 2, 3]))
    codes: tuple[tuple[str, float], ...] = (CODES[quad][int(rng.integers(len(CODES[quad])))],)
    if form == 2:
        codes = CODES[quad]
    elif form == 3:
        codes = CODES[0] + CODES[1] if quad == 0 else CODES[2] + CODES[3]
    for number in range(size):
        day = at + number % (1, 3, 1, 2)[form]
        yield row(day, pair, codes[number % len(codes)][0], form >= 2 and number % 2 == 1)


def net_rows(rows: list[Row]) -> list[tuple[str, str, str, float]]:
    """The rows of events as one signed number a pair and day."""
    weight = {code: value for quad in CODES for code, value in quad}
    sums: dict[tuple[str, str, str], float] = {}
    for day, source, target, code in rows:
        key = (day, *sorted((source, target)))
        sums[key] = sums.get(key, 0.0) + weight[code]
    return [(*key, round(value, 3)) for key, value in sorted(sums.items())]


def write(folder: Path, seed: int) -> None:
    """The stream of a seed as tables and questions, for other programs."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, asked = stream(seed)
    head = ("date", "source", "target")
    for name, value, body in (("events", "cameo", rows), ("net", "net", net_rows(rows))):
        with (folder / f"{name}{seed}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow((*head, value))
            writer.writerows(body)
    with (folder / f"questions{seed}.jsonl").open("w", encoding="utf-8") as out:
        for ask in asked:
            out.write(json.dumps(vars(ask)) + "\n")


def main() -> None:
    from dateline.analyse.change import Question, Verdict, changes_at
    from dateline.analyse.tables import Form, from_rows

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    if options.write:
        for seed in range(options.first, options.first + options.seeds):
            write(options.write, seed)
        return
    for form in (Form.EVENTS, Form.NET):
        told: dict[str, list[tuple[Verdict, bool]]] = {}
        for seed in range(options.first, options.first + options.seeds):
            rows, asked = stream(seed)
            table = from_rows(f"{form}{seed}", rows if form is Form.EVENTS else net_rows(rows), form)
            questions = [Question(ask.a, ask.b, date.fromisoformat(ask.date)) for ask in asked]
            for ask, answer in zip(asked, changes_at(table, questions), strict=True):
                right = (answer.effect or 0) > 0 if SIGNS.get(ask.kind) == "+" else (answer.effect or 0) < 0
                told.setdefault(ask.kind, []).append((answer.verdict, right))
        print(f"{form}: {options.seeds} streams")
        for kind, answers in sorted(told.items()):
            count = {verdict: sum(v is verdict for v, _ in answers) for verdict in Verdict}
            line = ", ".join(f"{name} {n}" for name, n in count.items())
            said = [right for verdict, right in answers if verdict is Verdict.CHANGED]
            answered = len(answers) - count[Verdict.TOO_LITTLE]
            share = len(said) / max(answered, 1)
            sign = f", sign right {sum(said)} of {len(said)}" if kind in SIGNS else ""
            print(f"  {kind:26s} {line}: {share:.3f} of those answered{sign}")


if __name__ == "__main__":
    main()
