#!/usr/bin/env python3
"""How well Dateline reads: every benchmark beside the checkout, one table, with the last figures and what changed.

    evaluate.py [--shared ../shared] [--only NAME ...] [--save] [--workers N]

Runs ``dateline read`` on each gold file, then the benchmark's own script on the readings. ``evaluation/baseline.json``
holds the figures of the last ``--save`` and, for each item (an article, a sentence, a check), how much of it was right,
by id alone: no text of the benchmarks is kept. Items that got better or worse since are listed by id.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
BASELINE = HERE / "baseline.json"
Rows = dict[str, dict[str, Any]]
Items = dict[str, float]


@dataclass(frozen=True)
class Benchmark:
    """One gold file with its script; ``figures`` are (name, pattern for the script's output, least that must hold)."""

    name: str
    gold: str
    script: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    figures: tuple[tuple[str, str, float | None], ...]
    items: Callable[[ModuleType, Rows, Rows], Items]
    half: int | None = None
    cases: str | None = None


def load(path: Path) -> Rows:
    return {row["id"]: row for row in map(json.loads, filter(str.strip, path.open(encoding="utf-8")))}


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_" + path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


# --- how much of each item is right ------------------------------------------------------------------------------


def statement_items(bench: ModuleType, gold: Rows, readings: Rows) -> Items:
    bench.STATEMENTS = True
    scores = {}
    for key, row in gold.items():
        counts = bench.doc_counts(row, bench.from_reading(readings[key]), 0.5)
        scores[key] = bench.prf(counts["pair"], counts["np"], counts["ng"])["F"]
    return scores


def event_items(bench: ModuleType, gold: Rows, readings: Rows) -> Items:
    def text(side: str | list[Any]) -> str:
        return (
            side if isinstance(side, str) else " ".join(a.get("actorText") or "" for a in side if isinstance(a, dict))
        )

    def sides(g: dict[str, Any]) -> tuple[set[str], set[str]]:
        return bench.words(text(g["source"])), bench.words(text(g["target"]))

    def merge(label: str) -> str:
        return "YIELD" if label in ("CONCEDE", "RETREAT") else label

    scores = {}
    for key, g in gold.items():
        event = bench.best_event(list(bench.events(readings[key])), *sides(g))
        wanted = bench.GSR_2021.get(g["event"], g["event"])
        scores[key] = float(bool(event) and merge(event["type"]) == merge(wanted))
    return scores


def triple_items(bench: ModuleType, gold: Rows, readings: Rows) -> Items:
    scores = {}
    for key, g in gold.items():
        want = {str(e["event"])[:2] for e in g["events"] if e["event"] and e["event"] != "---"}
        have = {str(e.get("cameo"))[:2] for e in bench.events(readings[key])}
        scores[key] = float(want == have)
    return scores


def time_items(bench: ModuleType, gold: Rows, readings: Rows) -> Items:
    pred = {k: bench.from_reading(r) for k, r in readings.items()}
    return {k: bench.score({k: g}, {k: pred[k]})["value"]["F1"] for k, g in gold.items()}


def place_items(_: ModuleType | None, gold: Rows, readings: Rows) -> Items:
    scores = {}
    for key, doc in gold.items():
        want = [t for t in doc["toponyms"] if t.get("country")]
        have = [(p["span"], p["country"]) for p in readings[key]["places"]]
        right = sum(any(s[0] < t["end"] and t["start"] < s[1] and c == t["country"] for s, c in have) for t in want)
        scores[key] = right / len(want) if want else 1.0
    return scores


_TIMES = (("value F1", r"valueF ([\d.]+)"), ("strict F1", r"strictF ([\d.]+)"))
_PLACES = (("found+right", r"found\+right ([\d.]+)"), ("country set F1", r"country set .* F1 ([\d.]+)"))
_GSR = (("macro-F1", r"gsr: macro-F1 ([\d.]+)", 0.66), ("source recall", r"source country recall ([\d.]+)", 0.80),
        ("target recall", r"target country recall ([\d.]+)", 0.75))  # fmt: skip
_PLV = (("root macro-F1", r"plv root: macro-F1 ([\d.]+)", 0.66),
        ("quad macro-F1", r"plv quad: macro-F1 ([\d.]+)", 0.82))  # fmt: skip
_STATEMENTS = (("pair F", r"pair \(content\+source\).* F ([\d.]+)"), ("content F", r"content iou>=0.5.* F ([\d.]+)"))


def _with(figures: tuple[tuple[str, str], ...], *least: float | None) -> tuple[tuple[str, str, float | None], ...]:
    return tuple((name, pattern, bar) for (name, pattern), bar in zip(figures, least, strict=True))


BENCHMARKS = (
    Benchmark("islamabad", "reports/islamabad.txt", "case", (), (), (("points", r"POINTS (\d+)/", 138),), place_items,
              cases="reports/islamabad.case.json"),
    Benchmark("probes_dev", "reports/probes_dev.jsonl", "case", (), (), (("share", r"= ([\d.]+)", 0.95),), place_items,
              cases="reports/probes_dev.cases.json"),
    Benchmark("statements", "gold/statements/politics_dev.jsonl", "statements", (), ("--statements",),
              _with(_STATEMENTS, 76, 79), statement_items),
    Benchmark("statements (all)", "gold/statements/politics_dev.jsonl", "statements", (), (),
              _with(_STATEMENTS, 66, None), statement_items),
    Benchmark("gsr", "gold/events/plover_gsr.jsonl", "events", ("gsr",), (), _GSR, event_items),
    Benchmark("plv (unread half)", "gold/events/relations_train.jsonl", "events", ("plv",), (), _PLV, event_items,
              half=1),
    Benchmark("plv (read half)", "gold/events/relations_train.jsonl", "events", ("plv",), (), _PLV, event_items,
              half=0),
    Benchmark("petr2", "gold/events/petr2.jsonl", "events", ("petr2",), (),
              (("country+root F1", r"country\+root: .* F1 ([\d.]+)", None),), triple_items),
    Benchmark("timebank", "gold/times/timebank.jsonl", "times", (), (), _with(_TIMES, 76, None), time_items),
    Benchmark("wikiwars", "gold/times/wikiwars_dev.jsonl", "times", (), (), _with(_TIMES, 78, None), time_items),
    Benchmark("lgl", "gold/places/lgl.jsonl", "places", (), (), _with(_PLACES, 0.55, None), place_items),
    Benchmark("geoweb", "gold/places/geoweb.jsonl", "places", (), (), _with(_PLACES, 0.60, None), place_items),
    Benchmark("tr_news_a", "gold/places/tr_news_a.jsonl", "places", (), (), _with(_PLACES, 0.70, None), place_items),
)  # fmt: skip


# --- one run -----------------------------------------------------------------------------------------------------


def read(gold: Path, out: Path, workers: int) -> None:
    command = [sys.executable, "-m", "dateline", "read", "--format", "jsonl", "--workers", str(workers)]
    done = subprocess.run([*command, "--out", str(out), str(gold)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} {gold}: exit {done.returncode}\n{done.stderr}")


def half_of(gold: Path, which: int, folder: Path) -> Path:
    rows = gold.read_text("utf-8").rstrip("\n").split("\n")[which::2]
    path = folder / f"half{which}_{gold.name}"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def case_items(bench: ModuleType, cases: Path, readings: Rows) -> Items:
    docs = json.loads(cases.read_text("utf-8"))
    scores = {}
    for case in docs if isinstance(docs, list) else [docs]:
        reading = readings.get(case["id"]) or next(iter(readings.values()))
        for number, check in enumerate(case["expect"]):
            points = bench.Case(reading, {**case, "expect": [check]}).points
            scores[f"{case['id']}#{number}"] = sum(points) / max(1, len(points))
    return scores


def country_precision(bench: ModuleType, gold: Rows, readings: Rows) -> dict[str, float]:
    """Share of the countries on either side of our events that the gold names on that side of its one event."""
    precision = {}
    for side in ("source", "target"):
        right = given = 0
        for key, g in gold.items():
            want = {a["code"][:3] for a in g[side] if isinstance(a, dict) and len(a.get("code") or "") == 3}
            if not want:
                continue
            have = {c[:3] for e in bench.events(readings[key]) for c in e[side + "_codes"]}
            right, given = right + len(have & want), given + len(have)
        precision[f"{side} precision"] = round(right / given, 3) if given else 0.0
    return precision


def run(benchmark: Benchmark, shared: Path, folder: Path, workers: int) -> tuple[dict[str, float], Items, int]:
    gold = shared / benchmark.gold
    if benchmark.half is not None:
        gold = half_of(gold, benchmark.half, folder)
    out = folder / f"{gold.stem}.readings.jsonl"
    if not out.exists():
        read(gold, out, workers)
    script = shared / "bench" / f"{benchmark.script}.py"
    bench = module(script) if benchmark.script != "places" else None
    readings = load(out)
    inputs = [str(out), str(shared / benchmark.cases)] if benchmark.cases else [str(gold), str(out)]
    command = [sys.executable, str(script), *benchmark.before, *inputs, *benchmark.after]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{script}: exit {done.returncode}\n{done.stderr}")
    figures = {}
    for name, pattern, _ in benchmark.figures:
        found = re.search(pattern, done.stdout)
        figures[name] = float(found.group(1)) if found else float("nan")
    if benchmark.cases:
        assert bench
        return figures, case_items(bench, shared / benchmark.cases, readings), len(readings)
    rows = load(gold)
    for key in sorted(rows.keys() - readings.keys()):
        print(f"{benchmark.name}: no reading of {key}: it counts as empty", file=sys.stderr)
        nothing = dict.fromkeys(("events", "statements", "actors", "times", "places"), ())
        readings[key] = {"id": key, "text": "", **nothing}
    if benchmark.name == "gsr":
        assert bench
        figures |= country_precision(bench, rows, readings)
    return figures, benchmark.items(bench, rows, readings), len(rows)  # type: ignore[arg-type]


def show(results: dict[str, Any], last: dict[str, Any]) -> None:
    bars = {(b.name, name): bar for b in BENCHMARKS for name, _, bar in b.figures}
    print(f"{'benchmark':20} {'items':>6}  {'figure':18} {'now':>8} {'last':>8} {'change':>8} {'at least':>9}")
    for name, result in results.items():
        for figure, value in result["figures"].items():
            before = last.get(name, {}).get("figures", {}).get(figure)
            bar = bars.get((name, figure))
            change = f"{value - before:+8.3f}" if before is not None else " " * 8
            held = "" if bar is None else f"{bar:9.2f}" + ("" if value >= bar else "  MISSED")
            was = "" if before is None else f"{before:.3f}"
            print(f"{name:20} {result['n']:6}  {figure:18} {value:8.3f} {was:>8} {change} {held}")
    for name, result in results.items():
        before = last.get(name, {}).get("items", {})
        gained = sorted(k for k, v in result["items"].items() if k in before and v > before[k] + 1e-9)
        lost = sorted(k for k, v in result["items"].items() if k in before and v < before[k] - 1e-9)
        for word, ids in (("gained", gained), ("lost", lost)):
            if ids:
                print(f"{name}: {word} {len(ids)}: {', '.join(ids[:12])}{' …' if len(ids) > 12 else ''}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--only", nargs="+", help="names of benchmarks")
    parser.add_argument("--save", action="store_true", help="keep these figures as the baseline")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if not (args.shared / "bench").is_dir():
        print(f"{args.shared / 'bench'}: no benchmarks here; nothing was evaluated. Name their folder with --shared.")
        return 0
    last = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for benchmark in BENCHMARKS:
            if args.only and benchmark.name not in args.only:
                continue
            print(f"… {benchmark.name}", file=sys.stderr)
            figures, items, n = run(benchmark, args.shared, Path(folder), args.workers)
            results[benchmark.name] = {"n": n, "figures": figures, "items": {k: round(v, 4) for k, v in items.items()}}
    show(results, last)
    if args.save:
        BASELINE.write_text(json.dumps(last | results, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
