#!/usr/bin/env python3
"""The thaw: what a historian answers, and what the record answers.

    thaw.py [--record demo.db]

Without a record the demo's reports are kept in a new one first (half a minute).
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from datetime import date
from pathlib import Path

from dateline.analyse.change import Verdict
from dateline.keep import Record
from dateline.relate.turns import Around, around

THAW = Path(__file__).resolve().parents[1] / "demo" / "thaw"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or Path(folder) / "thaw.db"
        with Record(path) as record:
            if options.record is None:
                record.add(sorted(THAW.glob("*.jsonl")), workers=2, fast=True)
            answers(record)


def answers(record: Record) -> None:
    """A line a question, and how many answers a historian would give."""
    fit = asked = 0
    with (THAW / "verdicts.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found = around(record, *row["pair"].split(), date.fromisoformat(row["date"]))
            fits = _word(found) in row["expected"].split("|")
            asked, fit = asked + 1, fit + fits
            p = "  -  " if found.change.p is None else f"{found.change.p:.3f}"
            effect = "  -  " if found.change.effect is None else f"{found.change.effect:+.2f}"
            print(f"{'' if fits else 'NOT':4}{row['date']} {row['pair']}  {_word(found):10}  p {p} effect {effect} "
                  f"events {found.change.events:3} sentences {len(found.before)}+{len(found.after)}"
                  f"   a historian: {row['expected']}")  # fmt: skip
    print(f"{fit} of {asked} answers are a historian's")


def _word(found: Around) -> str:
    if found.change.verdict is Verdict.TOO_LITTLE:
        return "too little"
    return found.change.direction or "no change"


if __name__ == "__main__":
    main()
