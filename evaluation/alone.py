#!/usr/bin/env python3
"""Has a relation changed? The answer from a pair's own events alone, on the same dates as ``changes.py``.

    alone.py [--shared ../shared] [--seeds 3]

Random dates of public tables and made-up streams say how often a date without a change is called one; planted changes
of the streams say how often one is found.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import streams

from dateline.analyse.alone import judge
from dateline.analyse.change import LEVEL
from dateline.analyse.tables import Table, from_rows, load

TABLES = ("icews_2012_2015", "icews18")
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    gold = options.shared / "gold" / "relations"
    rows = [json.loads(line) for line in (gold / "changes_dev.jsonl").open(encoding="utf-8")]
    for name in TABLES:
        table = load(gold / f"{name}.parquet")
        kinds = {True: "known", False: "random"}
        asked = [(kinds[r["changed"]], r["a"], r["b"], r["date"])
                 for r in rows if name in r["tables"] and r["changed"] in kinds]  # fmt: skip
        show(name, answers(table, asked))
    found: list[tuple[str, float | None]] = []
    for seed in range(1, options.seeds + 1):
        events, questions = streams.stream(seed)
        table = from_rows("streams", events)
        found += answers(table, [(q.kind.split(":")[0], q.a, q.b, q.date) for q in questions])
    show("streams", found)


def answers(table: Table, asked: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, float | None]]:
    """The kind of each question with its p; none where there is too little."""
    keys = table.pair_keys()
    for kind, a, b, day in asked:
        known = a in table.actors and b in table.actors
        rows = np.flatnonzero(keys == table.key_of(a, b)) if known else np.zeros(0, dtype=np.int64)
        counts = np.zeros((table.days, 4))
        np.add.at(counts, (table.day[rows], table.value[rows].astype(np.int64)), 1)
        yield kind, judge(counts, table.index_of(date.fromisoformat(day))).p


def show(name: str, found: Iterator[tuple[str, float | None]] | list[tuple[str, float | None]]) -> None:
    """How many of each kind were answered, and what share of these was called changed."""
    told: dict[str, list[float | None]] = defaultdict(list)
    for kind, p in found:
        told[kind].append(p)
    for kind, values in sorted(told.items()):
        known = [p for p in values if p is not None]
        share = sum(p <= LEVEL for p in known) / max(len(known), 1)
        print(f"{name:16} {kind:7} asked {len(values):4} answered {len(known):4} called changed {share:.3f}")


if __name__ == "__main__":
    main()
