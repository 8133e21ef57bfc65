#!/usr/bin/env python3
"""Speed and memory of Dateline on bulk wire text, as ratios to spaCy alone in the same run.

    bench.py [--shared ../shared] [--texts 300] [--rounds 3] [--all]

Each round times, one after the other in one process: ``spacy.load(model).pipe`` alone, the whole pipeline, and the
pipeline without its learned readers (``--fast``), on the same texts; the median ratio counts, since machines differ
and are noisy. ``--all`` also reads the whole file with one worker and with two, compares their output byte for byte,
and tells the peak memory.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratios(texts: list[str], rounds: int) -> None:
    import spacy

    from dateline.model import DEFAULT_MODEL, Report
    from dateline.pipeline import Reader

    nlp, whole, fast = spacy.load(DEFAULT_MODEL), Reader(), Reader(fast=True)
    reports = [Report(str(i), text, language="en") for i, text in enumerate(texts)]
    words = sum(len(text.split()) for text in texts)
    for reader in (whole, fast):
        list(reader.read_many(reports[:8]))  # tables and learned readers load on first use
    found: dict[str, list[float]] = {"whole": [], "fast": []}
    alone: list[float] = []
    for _ in range(rounds):
        base = timed(lambda: [len(doc) for doc in nlp.pipe(texts)])
        alone.append(base)
        found["whole"].append(timed(lambda: list(whole.read_many(reports))) / base)
        found["fast"].append(timed(lambda: list(fast.read_many(reports))) / base)
    rate = words / statistics.median(alone)
    print(f"{len(texts)} texts, {words} words, {rounds} rounds; spaCy alone {rate:.0f} words/s")
    for name, limit in (("whole", 2.0), ("fast", 1.35)):
        each = ", ".join(f"{r:.2f}" for r in found[name])
        print(f"{name:6} {statistics.median(found[name]):.2f} × spaCy alone (at most {limit}; rounds: {each})")


def bulk(wire: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seconds = {}
        for workers in (1, 2):
            out = Path(folder) / f"{workers}.jsonl"
            command = [
                sys.executable,
                "-m",
                "dateline",
                "read",
                str(wire),
                "--workers",
                str(workers),
                "--out",
                str(out),
            ]
            seconds[workers] = timed(lambda command=command: subprocess.run(command, check=True))
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{workers} worker(s): {seconds[workers]:.0f} s, peak memory of the largest process {peak:.0f} MB")
        same = filecmp.cmp(Path(folder) / "1.jsonl", Path(folder) / "2.jsonl", shallow=False)
        gain = seconds[1] / seconds[2]
        print(f"two workers {gain:.2f} × as fast as one (at least 1.6); output {'the same' if same else 'DIFFERS'}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    wire = args.shared / "gold" / "wire" / "wire_1995_2010.jsonl"
    if not wire.exists():
        print(f"{wire}: the wire text does not lie here; nothing was measured. Name the folder with --shared.")
        return 0
    rows = [json.loads(line) for line in wire.open(encoding="utf-8")]
    step = max(1, len(rows) // args.texts)
    ratios([row["text"] for row in rows[::step]][: args.texts], args.rounds)
    if args.all:
        bulk(wire)
    return 0


if __name__ == "__main__":
    sys.exit(main())
