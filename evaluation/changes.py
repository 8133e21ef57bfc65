#!/usr/bin/env python3
"""Has a relation changed? Known changes and random dates on public tables of events, asked of ``dateline change``.

    changes.py [--shared ../shared] [--table NAME] [--answers FILE]

Runs every table that the questions name, then the benchmark's own script, and tells each known change by name.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from dateline.analyse.change import Question, changes_at
from dateline.analyse.tables import load

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--table")
    parser.add_argument("--answers", type=Path, default=Path(tempfile.gettempdir()) / "changes_answers.jsonl")
    options = parser.parse_args()
    gold = options.shared / "gold" / "relations"
    questions = gold / "changes_dev.jsonl"
    asked = [json.loads(line) for line in questions.open(encoding="utf-8")]
    names = [options.table] if options.table else sorted({name for row in asked for name in row["tables"]})
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


if __name__ == "__main__":
    main()
