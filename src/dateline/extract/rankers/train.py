"""Trains the rankers: ``python -m dateline.extract.rankers.train GOLD.jsonl [--out FOLDER]``.

One seeded run from hand-marked articles to the files of ``data/``. Each ranker is made once for each third of the
articles from the other two, so that the next ranker learns from scores as they are on articles never seen, and once
from all articles for use. The vectors of lemmas are an input: they are made beforehand from openly licensed word
vectors and lie in ``data/vectors.tsv``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dateline.extract.patterns import read_patterns
from dateline.extract.rankers import accept, cues, gold, sources
from dateline.extract.rankers.contents import Run, Runs, root_of
from dateline.extract.rankers.lemmas import COLUMNS, LemmaTable, key_of, relation
from dateline.extract.rankers.model import (
    CARD,
    LEMMAS,
    STEPS,
    VECTORS,
    Ranker,
    feature_digest,
    format_counts,
    parse_vectors,
)
from dateline.extract.rankers.steps import ContentStep, CueStep, SourceStep, ask_contents, ask_sources, propose
from dateline.extract.rankers.words import Words
from dateline.model import Annotated

SEED: Final = 7
FOLDS: Final = 3
DATA: Final = Path(__file__).parent / "data"
_COMMON: Final = {
    "objective": "cross_entropy", "min_data_in_leaf": 15, "feature_fraction": 0.6, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 2.0, "cat_smooth": 20, "num_threads": 2, "verbosity": -1, "deterministic": True,
    "force_row_wise": True, "max_bin": 127,
}  # fmt: skip
#: leaves, learning rate, rounds, models whose scores are averaged
_SETTINGS: Final = {"cue": (31, 0.06, 300, 1), "source": (31, 0.06, 250, 1), "content": (63, 0.08, 260, 1),
                    "accept": (31, 0.04, 300, 2)}  # fmt: skip

Counts = dict[str, list[float]]
Table = tuple[Sequence[Sequence[float]], Sequence[float]]


@dataclass
class Article:
    """One article on its way through the steps."""

    annotated: Annotated
    marked: list[gold.Marked]
    fold: int
    counts: Counts
    words: Words = field(init=False)
    cue: CueStep = field(init=False)
    p: list[float] = field(init=False)
    who: SourceStep = field(init=False)
    chosen: dict[int, tuple[int | None, float, float]] = field(init=False)
    what: ContentStep = field(init=False)
    proposals: list[accept.Proposal] = field(init=False)

    @property
    def answers(self) -> dict[int, gold.Marked]:
        return {m.cue: m for m in self.marked}


# --- lemmas ----------------------------------------------------------------------------------------------------


def count(annotated: Annotated, marked: Sequence[gold.Marked]) -> Counts:
    """How often each lemma was seen and was a cue or a source, with the sums of each class of word."""
    counts: Counts = defaultdict(lambda: [0.0] * COLUMNS)
    keys = [key_of(t) for t in annotated.tokens]

    def bump(i: int, column: int) -> None:
        counts[keys[i]][column] += 1
        if "|" in keys[i]:
            counts[keys[i].rsplit("|", 1)[1]][column] += 1

    for i in range(len(keys)):
        bump(i, 0)
    for m in marked:
        bump(m.cue, 1)
        if m.said:
            bump(m.cue, 2)
        if m.direct:
            bump(m.cue, 3)
        bump(m.cue, 5 + relation(annotated.tokens[m.cue], root_of(annotated.tokens, max(m.content, key=_length))))
        head = annotated.head_of(annotated.span_of(m.source[0][0], m.source[-1][1])) if m.source else None
        if head is not None:
            bump(head.i, 4)
    return dict(counts)


def _length(run: Run) -> int:
    return run[1] - run[0]


def total(counts: Iterable[Counts]) -> Counts:
    """The sums of several tables of counts."""
    sums: Counts = defaultdict(lambda: [0.0] * COLUMNS)
    for table in counts:
        for key, row in table.items():
            sums[key] = [a + b for a, b in zip(sums[key], row, strict=True)]
    return dict(sums)


def worth_keeping(counts: Counts) -> Counts:
    """The shipped table: a lemma seen once or twice and never a cue or a source tells no more than its class."""
    return {key: row for key, row in counts.items() if "|" not in key or row[0] >= 8 or any(row[1:])}


# --- one ranker ------------------------------------------------------------------------------------------------


def fit(step: str, tables: Sequence[Table], seed: int) -> Any:
    """A LightGBM model for a step from the rows and answers of several articles."""
    import lightgbm
    import numpy as np

    names: tuple[str, ...] = STEPS[step].FEATURES
    categories: tuple[str, ...] = STEPS[step].CATEGORIES
    leaves, rate, rounds, _ = _SETTINGS[step]
    rows = np.concatenate([np.array(rows, dtype=np.float32) for rows, _ in tables if len(rows)])
    answers = np.concatenate([np.array(answers) for rows, answers in tables if len(rows)])
    data = lightgbm.Dataset(
        rows, label=answers, categorical_feature=[names.index(c) for c in categories], free_raw_data=True
    )
    settings = {**_COMMON, "num_leaves": leaves, "learning_rate": rate, "seed": seed}
    return lightgbm.train(settings, data, num_boost_round=rounds)


def cross_fit(
    step: str,
    articles: Sequence[Article],
    table: Callable[[Article], Table],
    rows: Callable[[Article], Sequence[Sequence[float]]],
    put: Callable[[Article, list[float]], None],
) -> list[Any]:
    """The models for use; ``put`` gets each article's scores by a model that never saw it."""
    tables = {id(a): table(a) for a in articles}
    for fold in range(FOLDS):
        model = Ranker([fit(step, [tables[id(a)] for a in articles if a.fold != fold], SEED)])
        for article in articles:
            if article.fold == fold:
                put(article, model.scores(rows(article)))
    return [fit(step, [tables[id(a)] for a in articles], SEED + n) for n in range(_SETTINGS[step][3])]


# --- the four steps --------------------------------------------------------------------------------------------


def train_cues(articles: Sequence[Article], vectors: Mapping[str, Sequence[float]]) -> list[Any]:
    sums = total(a.counts for a in articles)
    parts = [total(a.counts for a in articles if a.fold != fold) for fold in range(FOLDS)]
    for part in parts:  # classes are never missing
        for key in sums:
            if "|" not in key:
                part.setdefault(key, sums[key])
    lemmas = [LemmaTable(part, vectors) for part in parts]
    for article in articles:
        article.words = Words(article.annotated, lemmas[article.fold])
        at = cues.candidates(article.words)
        article.cue = CueStep(at, cues.gather(article.words, at), [])

    def table(article: Article) -> Table:
        answers = article.answers
        return article.cue.rows, [float(i in answers) for i in article.cue.at]

    def put(article: Article, scores: list[float]) -> None:
        article.cue.p = scores
        article.p = article.cue.by_word(article.words.size)

    return cross_fit("cue", articles, table, lambda a: a.cue.rows, put)


def train_sources(articles: Sequence[Article]) -> list[Any]:
    for article in articles:
        asked = set(article.cue.at)
        likely = {*article.cue.likely(), *(m.cue for m in article.marked if m.cue in asked)}
        article.who = ask_sources(article.words, sorted(likely), article.p)

    def table(article: Article) -> Table:
        words, answers = article.words, article.answers
        rows: list[Sequence[float]] = []
        labels: list[float] = []
        at = 0
        for cue, heads in article.who.heads.items():
            if cue in answers:
                rows += article.who.rows[at : at + len(heads)]
                labels += source_worth(words, heads, answers[cue].source)
            at += len(heads)
        return rows, labels

    def put(article: Article, scores: list[float]) -> None:
        article.chosen = article.who.best(scores)

    return cross_fit("source", articles, table, lambda a: a.who.rows, put)


def source_worth(words: Words, heads: Sequence[int], source: Runs) -> list[float]:
    """Half for the right main word, half for the right extent: long sources carry whole relative clauses."""
    if not source:
        return [0.0] * len(heads)
    annotated = words.annotated
    right = annotated.head_of(annotated.span_of(source[0][0], source[-1][1]))
    found = []
    for i in heads:
        first, last = sources.phrase(words.tokens[i])
        main = right is not None and (i == right.i or first <= right.i < last)
        found.append(0.5 * main + 0.5 * words.iou(((first, last),), source))
    return found


def train_contents(articles: Sequence[Article]) -> list[Any]:
    for article in articles:
        article.what = ask_contents(article.words, article.p, article.chosen)

    def table(article: Article) -> Table:
        words, answers = article.words, article.answers
        rows: list[Sequence[float]] = []
        labels: list[float] = []
        at = 0
        for cue, runs in article.what.runs.items():
            if cue in answers:
                rows += article.what.rows[at : at + len(runs)]
                labels += [words.iou(r, answers[cue].content) for r in runs]
            at += len(runs)
        return rows, labels

    def put(article: Article, scores: list[float]) -> None:
        likely = set(article.cue.likely())
        found = {cue: top for cue, top in article.what.best(scores).items() if cue in likely}
        article.proposals = propose(article.cue, article.chosen, found)

    return cross_fit("content", articles, table, lambda a: a.what.rows, put)


def train_accept(articles: Sequence[Article]) -> list[Any]:
    tables = []
    for article in articles:
        rows = accept.gather(article.words, article.proposals, read_patterns(article.annotated))
        tables.append((rows, [_worth(article, p, runs) for p in article.proposals for runs, _, _ in p.contents]))
    return [fit("accept", tables, SEED + n) for n in range(_SETTINGS["accept"][3])]


def _worth(article: Article, proposal: accept.Proposal, runs: Runs) -> float:
    """How right a proposal is: its content's overlap with a marked one, much less where the source is another's."""
    words = article.words
    source = () if proposal.source is None else (sources.phrase(words.tokens[proposal.source]),)
    worth = 0.0
    for marked in article.marked:
        overlap = words.iou(runs, marked.content)
        if overlap >= 0.5:
            right = words.shared(source, marked.source) > 0 if marked.source else not source
            worth = max(worth, (1.0 if right else 0.25) * (0.7 + 0.3 * overlap))
    return worth


# --- files -----------------------------------------------------------------------------------------------------


def articles_of(path: Path) -> list[Article]:
    """The marked articles, annotated, dealt to the folds in turn."""
    from dateline.annotate import Annotator
    from dateline.model import Report

    rows = list(gold.load(path))
    reports = (Report(row["id"], row["text"], language="en") for row in rows)
    found = []
    for number, (row, annotated) in enumerate(zip(rows, Annotator().annotate_many(reports), strict=True)):
        marked = gold.marked(annotated, row["quotes"])
        found.append(Article(annotated, marked, number % FOLDS, count(annotated, marked)))
    return found


def train(articles: Sequence[Article], out: Path, figures: Mapping[str, Any], made: str) -> None:
    """All four rankers, written with their card."""
    vectors = parse_vectors((DATA / VECTORS).read_text(encoding="utf-8"))
    started = time.monotonic()
    models: dict[str, list[Any]] = {"cue": train_cues(articles, vectors)}
    for step, run in (("source", train_sources), ("content", train_contents), ("accept", train_accept)):
        print(f"{time.monotonic() - started:.0f} s: {step}", file=sys.stderr)
        models[step] = run(articles)
    write(models, worth_keeping(total(a.counts for a in articles)), out, len(articles), figures, made)


def write(models: Mapping[str, Sequence[Any]], counts: Counts, out: Path, articles: int, figures: Mapping[str, Any],
          made: str) -> None:  # fmt: skip
    """The files of the rankers and the card that names them."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.txt.xz"):
        old.unlink()
    files: dict[str, bytes] = {LEMMAS: format_counts(counts).encode(), VECTORS: (DATA / VECTORS).read_bytes()}
    for step, boosters in models.items():
        for n, booster in enumerate(boosters):
            files[f"{step}-{n}.txt.xz"] = lzma.compress(booster.model_to_string().encode(), preset=9)
    card = {
        "about": "Rankers that find statements in news reports: cue, source, content, and the choice among them.",
        "data": "PolNeAR 1.0, politics_train (Newell et al., LREC 2018); all quotes marked in it; none of its text is "
        "kept, single lemmas with counts are",
        "articles": articles,
        "vectors": "static word vectors of all-MiniLM-L6-v2 (Apache-2.0), whole numbers of their first principal axes",
        "licence": "Apache-2.0",
        "made": made,
        "seed": SEED,
        "features": feature_digest(),
        "figures": figures,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    for name, data in files.items():
        (out / name).write_bytes(data)
    (out / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--made", default="", help="the day to write on the card, YYYY-MM-DD; the old one if left out")
    options = parser.parse_args(arguments)
    path = DATA / CARD
    card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = options.made or card.get("made", "")
    train(articles_of(options.gold), options.out, card.get("figures", {}), made)


if __name__ == "__main__":
    main()
