#!/usr/bin/env python3
"""How well reprints are found: planted ones, hand-labelled pairs, real links, speed and the cost of a search.

    reprints.py [--shared ../shared] [--each 300] [--short] [--undated] [--index 100000] [--links FILE]

Copies of random wire reports are changed in twelve ways (fixed seed), each is looked for among all unchanged reports
as the record does it (signatures, then the texts). A link to the report that the copy was made from is right, and one
to a report that `reprint_labels.tsv` calls the same story as that one; every other link is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.load import report_from_text
from dateline.resolve.stories import (
    Member,
    Overlap,
    Prose,
    Why,
    components,
    judge,
    needed,
    order_of_copying,
    overlap,
    prose_of,
    signature,
)

HERE = Path(__file__).resolve().parent
SEED = 20261123
LEAST_RECALL, LEAST_PRECISION, LEAST_RATE, LEAST_AGREED = 0.95, 0.98, 1_000, 32
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z\"])|(?<=[.!?][\"”])\s+(?=[A-Z])")


@dataclass(frozen=True)
class Wire:
    id: str
    published: str
    text: str


# --- planting --------------------------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def changed(text: str, share: float, pick: random.Random, words: Sequence[str]) -> str:
    return " ".join(pick.choice(words) if pick.random() < share else w for w in text.split())


def cut(text: str, keep: float) -> str:
    whole = sentences(text)
    return " ".join(whole[: max(1, round(len(whole) * keep))])


def reordered(text: str, pick: random.Random) -> str:
    whole = sentences(text)
    pick.shuffle(whole)
    return " ".join(whole)


LEADS = (
    "It was a turn that few had seen coming, and those who follow such matters spoke about little else all day.",
    "Another page was written this week in an affair that has kept desks busy, according to people close to it.",
    "What had been whispered for some time is now out in the open, and more of it may follow before long.",
)
TITLES = ("What we know so far about today's main news", "New turn: what happened, and what comes next", "World briefs")
CREDITS = (
    "GRANVIK, March 3 (NordPress) -- {}",
    "{}\n\n(Writing by A. Holm in Granvik; editing by B. Lind)",
    "{}\nCopyright Nord Press Agency. All rights reserved. This material may not be published or rewritten.",
)


def new_lead(text: str, pick: random.Random) -> str:
    return " ".join([pick.choice(LEADS), *sentences(text)[1:]])


def titled(text: str, pick: random.Random) -> str:
    return f"{pick.choice(TITLES)}\n\n{text}"


def credited(text: str, pick: random.Random) -> str:
    return pick.choice(CREDITS).format(text)


Change = Callable[[str, random.Random, Sequence[str]], str]
KINDS: dict[str, Change] = {
    "cut tail": lambda t, r, w: cut(t, r.uniform(0.3, 0.9)),
    "new headline": lambda t, r, w: titled(t, r),
    "credit line": lambda t, r, w: credited(t, r),
    "5 % changed": lambda t, r, w: changed(t, 0.05, r, w),
    "reordered": lambda t, r, w: reordered(t, r),
    "new lead": lambda t, r, w: new_lead(t, r),
}
HARDER: dict[str, Change] = {
    "10 % changed": lambda t, r, w: changed(t, 0.10, r, w),
    "half cut, 5 % changed": lambda t, r, w: changed(cut(t, 0.5), 0.05, r, w),
    "half cut, 10 % changed": lambda t, r, w: changed(cut(t, 0.5), 0.10, r, w),
    "new lead, cut, headline, credit": lambda t, r, w: credited(titled(new_lead(cut(t, 0.6), r), r), r),
    "reordered, 5 % changed": lambda t, r, w: changed(reordered(t, r), 0.05, r, w),
    "15 % changed": lambda t, r, w: changed(t, 0.15, r, w),
}
#: to be cut, led or ordered anew a report needs sentences: with ``--short`` two are enough, and no report is too short
LEAST_SENTENCES, LEAST_WORDS = 4, 60


# --- finding ---------------------------------------------------------------------------------------------------


class Index:
    """Signatures and texts in memory: what the record keeps in tables."""

    def __init__(self, reports: Iterable[Wire], dated: bool = True) -> None:
        self.reports = list(reports)
        self.dated = dated
        furniture = [report_from_text(r.text, language="en").furniture for r in self.reports]
        self.prose = [prose_of(r.text, spans) for r, spans in zip(self.reports, furniture, strict=True)]
        self.signatures = [signature(r.text, spans) for r, spans in zip(self.reports, furniture, strict=True)]
        self.holders: dict[int, list[int]] = defaultdict(list)
        for i, own in enumerate(self.signatures):
            for number in own:
                self.holders[number].append(i)

    def candidates(self, own: Sequence[int], published: str) -> list[int]:
        shared = Counter(i for number in own for i in self.holders.get(number, ()))
        return sorted(i for i, n in shared.items() if n >= self.needed(own, published, i))

    def needed(self, own: Sequence[int], published: str, i: int) -> int:
        return needed(len(own), len(self.signatures[i]), self.days(published, i))

    def days(self, published: str, i: int) -> int | None:
        if not self.dated:
            return None
        return abs((date.fromisoformat(published) - date.fromisoformat(self.reports[i].published)).days)


    def verdict(self, prose: Prose, published: str, j: int) -> tuple[Overlap, Why]:
        found = overlap(prose, self.prose[j])
        return found, judge(found, self.days(published, j))


def real_links(index: Index) -> tuple[list[tuple[str, str, Why, float, float]], int]:
    """All pairs of the unchanged reports that are tied, and how many pairs were looked at."""
    links, looked = [], 0
    for i, report in enumerate(index.reports):
        for j in index.candidates(index.signatures[i], report.published):
            if j <= i:
                continue
            looked += 1
            found, why = index.verdict(index.prose[i], report.published, j)
            if why.same:
                links.append((report.id, index.reports[j].id, why, found.contained, found.of_longer))
    return links, looked


# --- what only looks alike ----------------------------------------------------------------------------------


def refilled(text: str, pick: random.Random) -> str:
    """The same form a day later: every number another one, and every weekday."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    text = re.sub(r"\d", lambda _: str(pick.randint(0, 9)), text)
    return re.sub("|".join(days), lambda m: days[(days.index(m.group()) + 1) % 5], text)


def look_alikes(index: Index, each: int) -> None:
    """Round-ups, which must not tie the reports that they take up to one another, and forms filled in anew."""
    pick = random.Random(SEED)
    everything = range(len(index.reports))
    for name, items, whole in (("first sentences of 6", 6, 1), ("first paragraphs of 5", 5, 3), ("halves of 2", 2, 0)):
        welded = 0
        for _ in range(each):
            taken = pick.sample(everything, items)
            texts = [index.reports[i].text for i in taken]
            parts = [" ".join(sentences(t)[:whole]) if whole else cut(t, 0.5) for t in texts]
            prose = prose_of(" ".join(parts))
            welded += sum(judge(overlap(prose, index.prose[i])).same for i in taken) > 1
        print(f"  round-up, {name:24} {welded} of {each} tie two of its reports")
    rich = [i for i in everything if len(re.findall(r"\d+", index.reports[i].text)) > len(index.prose[i].words) / 12]
    tied = 0
    for i in (some := pick.sample(rich, min(each, len(rich)))):
        found = overlap(refilled(index.reports[i].text, pick), index.prose[i])
        tied += judge(found, 1).same
    print(f"  the same form with other numbers  {tied} of {len(some)} tied")


def copying(index: Index, each: int) -> None:
    """Whether the report that a copy was made from is named: copies of copies, on five days."""
    pick = random.Random(SEED)
    words = [w for r in index.reports for w in r.text.split()]
    right: Counter[str] = Counter()
    pool = [r.text for r in index.reports if len(sentences(r.text)) >= 6]
    for whole in (some := pick.sample(pool, min(each, len(pool)))):
        short = cut(whole, 0.6)
        made = {
            "whole": (whole, None),
            "cut of the whole": (short, "whole"),
            "cut with a credit": (credited(short, pick), "cut of the whole"),
            "whole, 5 % changed": (changed(whole, 0.05, pick, words), "whole"),
            "cut with a new lead": (new_lead(short, pick), "cut of the whole"),
        }
        members = [
            Member(name, f"2024-01-0{i}", None, None, len(prose_of(text).words), signature(text))
            for i, (name, (text, _)) in enumerate(made.items(), 1)
        ]
        for copy in order_of_copying(members):
            right[copy.key] += copy.source == made[copy.key][1]
    for name, n in right.items():
        print(f"  {name:24} model right {n} of {len(some)}")


# --- measuring -------------------------------------------------------------------------------------------------


def planted(index: Index, each: int, short: bool, labels: dict[frozenset[str], bool]) -> bool:
    pick = random.Random(SEED)
    words = [w for r in index.reports for w in r.text.split()]
    least_sentences, least_words = (2, 0) if short else (LEAST_SENTENCES, LEAST_WORDS)
    everything = range(len(index.reports))
    long = [i for i in everything if len(sentences(index.reports[i].text)) >= least_sentences]
    long = [i for i in long if len(index.reports[i].text.split()) >= least_words]
    totals = {"asked": [0, 0, 0, 0], "harder": [0, 0, 0, 0]}
    for group, kinds in (("asked", KINDS), ("harder", HARDER)):
        for name, change in kinds.items():
            pool = long if any(w in name for w in ("cut", "lead", "reordered")) else everything
            counts = [0, 0, 0, 0]  # planted, found, right links, all links
            reasons: Counter[str] = Counter()
            for i in pick.sample(pool, min(each, len(pool))):
                one = planted_one(index, i, change(index.reports[i].text, pick, words), labels, reasons)
                counts = [a + b for a, b in zip(counts, one, strict=True)]
            totals[group] = [a + b for a, b in zip(totals[group], counts, strict=True)]
            told = ", ".join(f"{why} {n}" for why, n in sorted(reasons.items()))
            print(f"  {name:32} {scores(counts)}{'  missed: ' + told if told else ''}")
        print(f"  {'all ' + group:32} {scores(totals[group])}")
    n, found, right, links = totals["asked"]
    return found / n >= LEAST_RECALL and right / links >= LEAST_PRECISION


def planted_one(
    index: Index, source: int, text: str, labels: dict[frozenset[str], bool], reasons: Counter[str]
) -> list[int]:
    furniture = report_from_text(text, language="en").furniture
    own, prose = signature(text, furniture), prose_of(text, furniture)
    day = index.reports[source].published
    found = right = links = 0
    candidates = index.candidates(own, day)
    if source not in candidates:
        reasons["no candidate"] += 1
    for j in candidates:
        _, why = index.verdict(prose, day, j)
        if j == source and not why.same:
            reasons[why.name.lower()] += 1
        if not why.same:
            continue
        links += 1
        found += j == source
        right += j == source or labels.get(frozenset((index.reports[source].id, index.reports[j].id)), False)
    return [1, found, right, links]


def scores(counts: Sequence[int]) -> str:
    n, found, right, links = counts
    return f"recall {found / n:.3f} ({found}/{n})  precision {right / max(1, links):.3f} ({right}/{links})"


def labelled(index: Index, labels: dict[frozenset[str], bool], candidates: Path) -> bool:
    """Agreement with the hand labels: pairs of the given file with containment of .6 and more, and the others."""
    place = {r.id: i for i, r in enumerate(index.reports)}
    agreed: Counter[str] = Counter()
    n: Counter[str] = Counter()
    for pair in map(json.loads, candidates.read_text(encoding="utf-8").splitlines()):
        label = labels.get(frozenset((pair["a"], pair["b"])))
        if label is None:
            continue
        a, b = place[pair["a"]], place[pair["b"]]
        near = b in index.candidates(index.signatures[a], index.reports[a].published)
        _, why = index.verdict(index.prose[a], index.reports[a].published, b)
        group = "containment of .6 and more" if pair["containment"] >= 0.6 else "containment under .6"
        n[group] += 1
        agreed[group] += (why.same and near) == label
        if (why.same and near) != label:
            said = "same" if label else "other"
            print(f"  differs: {pair['a']} {pair['b']} {pair['containment']:.2f}: labelled {said}; here: {why}")
    for group in sorted(n):
        print(f"  {group}: agree {agreed[group]} of {n[group]}")
    return agreed["containment of .6 and more"] >= LEAST_AGREED


def speed(index: Index) -> bool:
    texts = [r.text for r in index.reports]
    word = re.compile(r"\w+")
    signs, cuts = [], []
    for _ in range(3):
        signs.append(timed(lambda: [signature(t) for t in texts]))
        cuts.append(timed(lambda: [[w.lower() for w in word.findall(t)] for t in texts]))
    rate = len(texts) / statistics.median(signs)
    limit = len(texts) / statistics.median(cuts)
    size = statistics.mean(len(s) for s in index.signatures)
    print(f"  {rate:.0f} signatures/s, {rate / limit:.2f} of only cutting texts into lower-case words ({limit:.0f}/s)")
    pairs = list(zip(index.reports, index.reports[1:], strict=False))
    whole = timed(lambda: [overlap(a.text, b.text) for a, b in pairs]) / len(pairs)
    ready = timed(lambda: [overlap(a, b) for a, b in zip(index.prose, index.prose[1:], strict=False)]) / len(pairs)
    print(f"  overlap {whole * 1e3:.2f} ms from texts, {ready * 1e3:.2f} ms from prose; {size:.0f} numbers a signature")
    return rate >= LEAST_RATE


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


SCHEMA = """
CREATE TABLE signature(report INTEGER PRIMARY KEY, size INTEGER NOT NULL) STRICT;
CREATE TABLE shingle(hash INTEGER, report INTEGER, PRIMARY KEY(hash, report)) STRICT, WITHOUT ROWID;
"""
SEARCH = """
WITH asked AS (SELECT value FROM json_each(?1)),
shared AS (SELECT report, count(*) AS n FROM shingle WHERE hash IN asked GROUP BY report)
SELECT report, n, size FROM shared JOIN signature USING (report) WHERE n > 1 OR size <= 2 OR ?2 <= 2
"""


def search_cost(index: Index, size: int) -> None:
    """Time of a search among ``size`` reports: the real ones, and copies of them with one word in three changed."""
    pick = random.Random(SEED)
    words = [w for r in index.reports for w in r.text.split()]
    every = list(index.signatures)
    while len(every) < size:
        every.append(signature(changed(index.reports[len(every) % len(index.reports)].text, 1 / 3, pick, words)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shingles.db"
        base = sqlite3.connect(path)
        base.executescript("PRAGMA journal_mode = WAL;" + SCHEMA)
        spent = timed(lambda: filled(base, every))
        base.execute("VACUUM")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        weight = path.stat().st_size / len(every)
        print(f"  {len(every)} reports, {sum(map(len, every))} rows, {weight:.0f} bytes a report, "
              f"{spent / len(every) * 1e3:.2f} ms a report to add, a thousand at once")  # fmt: skip
        times, found = [], []
        for i in pick.sample(range(len(index.signatures)), 1_000):
            start = time.perf_counter()
            found.append(len(searched(base, every[i])))
            times.append((time.perf_counter() - start) * 1e3)
        cuts = statistics.quantiles(times, n=20)
        print(f"  search: median {cuts[9]:.2f} ms, p95 {cuts[18]:.2f} ms, longest {max(times):.1f} ms; "
              f"{statistics.mean(found):.0f} candidates on average, most {max(found)}")  # fmt: skip
        hot = base.execute("SELECT count(*) AS n FROM shingle GROUP BY hash ORDER BY n DESC LIMIT 10").fetchall()
        print(f"  reports of the ten commonest numbers: {[n for (n,) in hot]}")
        base.close()


def filled(base: sqlite3.Connection, signatures: Sequence[Sequence[int]]) -> None:
    for first in range(0, len(signatures), 1_000):
        batch = list(enumerate(signatures[first : first + 1_000], first))
        base.executemany("INSERT INTO signature VALUES (?, ?)", ((i, len(own)) for i, own in batch))
        base.executemany("INSERT INTO shingle VALUES (?, ?)", sorted((n, i) for i, own in batch for n in own))
        base.commit()


def searched(base: sqlite3.Connection, own: Sequence[int]) -> list[int]:
    shared = base.execute(SEARCH, (json.dumps(own), len(own)))
    return [report for report, n, size in shared if n >= needed(len(own), size)]


def read_labels(path: Path) -> dict[frozenset[str], bool]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {frozenset((a, b)): label == "same" for a, b, label, _ in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--each", type=int, default=300, help="copies of each kind")
    parser.add_argument("--short", action="store_true", help="plant copies of short reports too")
    parser.add_argument("--undated", action="store_true", help="judge as if no day of publication were known")
    parser.add_argument("--index", type=int, default=0, help="also measure a search among so many reports")
    parser.add_argument("--links", type=Path, help="write all tied pairs of the unchanged reports here")
    asked = parser.parse_args()
    wire = asked.shared / "gold" / "wire"
    lines = (wire / "wire_1995_2010.jsonl").read_text(encoding="utf-8").splitlines()
    index = Index((Wire(r["id"], r["published"], r["text"]) for r in map(json.loads, lines)), not asked.undated)
    labels = read_labels(HERE / "reprint_labels.tsv")
    print("labelled pairs")
    good = [labelled(index, labels, wire / "reprint_candidates.jsonl")]
    links, looked = real_links(index)
    stories = Counter(components((r.id for r in index.reports), [(a, b) for a, b, *_ in links]).values())
    wrong = [a + " " + b for a, b, *_ in links if labels.get(frozenset((a, b))) is False]
    unseen = sum(frozenset((a, b)) not in labels for a, b, *_ in links)
    print(f"unchanged reports: {looked} pairs looked at, {len(links)} tied, {len(wrong)} of them labelled other, "
          f"{unseen} not labelled; {len(stories)} stories, largest {sorted(stories.values())[-5:]}")  # fmt: skip
    if asked.links:
        asked.links.write_text(
            "".join(f"{a}\t{b}\t{w.name}\t{c:.3f}\t{o:.3f}\n" for a, b, w, c, o in links), encoding="utf-8"
        )
    print("speed")
    good.append(speed(index))
    print("planted")
    good.append(planted(index, asked.each, asked.short, labels))
    print("what only looks alike")
    look_alikes(index, asked.each)
    print("order of copying")
    copying(index, asked.each)
    if asked.index:
        print("search")
        search_cost(index, asked.index)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
