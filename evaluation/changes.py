#!/usr/bin/env python3
"""Has a relation changed? Known changes and random dates on public tables of events, asked of ``dateline change``.

    changes.py [--shared ../shared] [--table NAME] [--answers FILE] [--more]

Runs every table that the questions name, then the benchmark's own script, and tells each known change by name.
``--more`` asks instead about the turns of ``known_changes.tsv`` and three random dates of up to 240 pairs a table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from dateline.analyse.change import Question, Verdict, changes_at
from dateline.analyse.tables import Table, load

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--table")
    parser.add_argument("--answers", type=Path, default=Path(tempfile.gettempdir()) / "changes_answers.jsonl")
    parser.add_argument("--more", action="store_true")
    options = parser.parse_args()
    gold = options.shared / "gold" / "relations"
    questions = gold / "changes_dev.jsonl"
    asked = [json.loads(line) for line in questions.open(encoding="utf-8")]
    names = [options.table] if options.table else sorted({name for row in asked for name in row["tables"]})
    if options.more:
        for name in names:
            ask_more(load(gold / f"{name}.parquet"))
        return
    with options.answers.open("w", encoding="utf-8") as out:
        for name in names:
            begun = time.perf_counter()
            table = load(gold / f"{name}.parquet")
            rows = [row for row in asked if name in row["tables"]]
            answers = changes_at(table, [Question(r["a"], r["b"], date.fromisoformat(r["date"])) for r in rows])
            print(f"{name}: {len(rows)} questions in {time.perf_counter() - begun:.1f} s")
            for row, answer in zip(rows, answers, strict=True):
                told = {"verdict": str(answer.verdict), "p": answer.p, "effect": answer.effect}
                out.write(json.dumps({"id": row["id"], "table": name, **told}) + "\n")
                if row["changed"] is not False:
                    p = "  -  " if answer.p is None else f"{answer.p:.3f}"
                    effect = "  -  " if answer.effect is None else f"{answer.effect:+.2f}"
                    known = row["sign"] if row["changed"] else "open"
                    said = f"{answer.verdict:10s} p {p} effect {effect} events {answer.events}"
                    print(f"  {row['id']:17s} {known:4s} {said}")
    script = options.shared / "bench" / "changes.py"
    picked = ["--table", options.table] if options.table else []
    subprocess.run([sys.executable, str(script), str(questions), str(options.answers), *picked], check=True)


def ask_more(table: Table) -> None:
    """Known turns, and dates that a generator chose."""
    known = []
    for line in (ROOT / "evaluation" / "known_changes.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            a, b, day, sign = line.split("\t")
            if 28 <= table.index_of(date.fromisoformat(day)) <= table.days - 21:
                known.append((Question(a, b, date.fromisoformat(day)), sign))
    told = [(x, sign) for x, (_, sign) in zip(changes_at(table, [q for q, _ in known]), known, strict=True) if x.p]
    changed = [(x, sign) for x, sign in told if x.verdict is Verdict.CHANGED]
    right = sum((x.effect or 0) * (1 if sign == "+" else -1) > 0 for x, sign in changed)
    print(f"{table.name}: known {len(known)}, answered {len(told)}, changed {len(changed)}, sign right {right}")
    rng = np.random.default_rng(7)
    keys, volume = np.unique(table.pair_keys(), return_counts=True)
    keys = rng.permutation(keys[volume >= 24])[:240]
    days = [table.start + timedelta(days=int(rng.integers(100, table.days - 60))) for _ in range(3 * len(keys))]
    asked = [Question(*table.pair_of(int(key)), day) for key, day in zip(np.repeat(keys, 3), days, strict=True)]
    p = np.array([answer.p for answer in changes_at(table, asked) if answer.p is not None])
    shares = ", ".join(f"p<={level}: {(p <= level).mean():.3f}" for level in (0.2, 0.05, 0.01))
    print(f"{table.name}: random {len(asked)}, answered {len(p)}, {shares}")


if __name__ == "__main__":
    main()
