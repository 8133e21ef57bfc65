"""The four questions in their order, for reading and for training alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.extract.rankers import contents, cues, sources
from dateline.extract.rankers.accept import TOP, Proposal
from dateline.extract.rankers.contents import Runs
from dateline.extract.rankers.words import Words

LIKELY: Final = 0.06  # cues below this are dropped after the first question
SOURCE_MIN: Final = 0.27  # below this a statement is read as having no source

Rows = list[list[float]]


@dataclass(slots=True)
class CueStep:
    """Words that were asked about, with the row and the probability of each."""

    at: list[int]
    rows: Rows
    p: Sequence[float]

    def by_word(self, size: int) -> list[float]:
        """The probability of each word of the report, 0 where it was not asked about."""
        table = [0.0] * size
        for i, p in zip(self.at, self.p, strict=True):
            table[i] = float(p)
        return table

    def likely(self) -> list[int]:
        return [i for i, p in zip(self.at, self.p, strict=True) if p > LIKELY]


@dataclass(slots=True)
class SourceStep:
    """The candidates of each likely cue and, once scored, the best of them with its score and lead."""

    heads: dict[int, list[int]]
    rows: Rows

    def best(self, scores: Sequence[float]) -> dict[int, tuple[int | None, float, float]]:
        chosen: dict[int, tuple[int | None, float, float]] = {}
        at = 0
        for cue, heads in self.heads.items():
            own = [float(s) for s in scores[at : at + len(heads)]]
            at += len(heads)
            if not own:
                chosen[cue] = (None, 0.0, 0.0)
                continue
            order = sorted(range(len(own)), key=lambda n, own=own: -own[n])  # type: ignore[misc]
            top = own[order[0]]
            lead = top - own[order[1]] if len(own) > 1 else top
            chosen[cue] = (heads[order[0]] if top >= SOURCE_MIN else None, top, lead)
        return chosen


@dataclass(slots=True)
class ContentStep:
    """The candidate contents of each likely cue."""

    runs: dict[int, list[Runs]]
    rows: Rows

    def best(self, scores: Sequence[float]) -> dict[int, list[tuple[Runs, float, Sequence[float]]]]:
        """The likeliest contents of each cue, best first, with score and row."""
        chosen: dict[int, list[tuple[Runs, float, Sequence[float]]]] = {}
        at = 0
        for cue, runs in self.runs.items():
            own = [float(s) for s in scores[at : at + len(runs)]]
            order = sorted(range(len(own)), key=lambda n, own=own: -own[n])[:TOP]  # type: ignore[misc]
            chosen[cue] = [(runs[n], own[n], self.rows[at + n]) for n in order]
            at += len(runs)
        return chosen


def ask_sources(words: Words, likely: list[int], p: list[float]) -> SourceStep:
    heads = {cue: sources.candidates(words, cue) for cue in likely}
    rows = [row for cue in likely for row in sources.gather(words, cue, p[cue], heads[cue])]
    return SourceStep(heads, rows)


def ask_contents(words: Words, p: list[float], chosen: dict[int, tuple[int | None, float, float]]) -> ContentStep:
    runs: dict[int, list[Runs]] = {}
    rows: Rows = []
    for cue, (source, score, _) in chosen.items():
        found = contents.candidates(words, cue, source)
        runs[cue] = list(found)
        rows += contents.gather(words, cue, p, source, score, found)
    return ContentStep(runs, rows)


def propose(
    step: CueStep,
    who: dict[int, tuple[int | None, float, float]],
    what: dict[int, list[tuple[Runs, float, Sequence[float]]]],
) -> list[Proposal]:
    """All likely cues that have a content, in text order."""
    rows = dict(zip(step.at, zip(step.rows, step.p, strict=True), strict=True))
    return [Proposal(cue, float(rows[cue][1]), rows[cue][0], *who[cue], found) for cue, found in what.items() if found]


__all__ = ["ContentStep", "CueStep", "SourceStep", "ask_contents", "ask_sources", "cues", "propose"]
