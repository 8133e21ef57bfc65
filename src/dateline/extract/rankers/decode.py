"""Chooses among the scored proposals and turns them into attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dateline.extract.rankers.accept import Proposal
from dateline.extract.rankers.contents import Runs, cue_run
from dateline.extract.rankers.sources import phrase
from dateline.extract.rankers.words import Words
from dateline.model import Attribution, Span

ACCEPT: Final = 0.4
OVERLAP: Final = 0.5  # a content of which more than this share is taken already is dropped


def select(words: Words, proposals: Sequence[Proposal], scores: Sequence[float],
           least: float = ACCEPT) -> list[tuple[Proposal, Runs, float]]:  # fmt: skip
    """Best first; one content a cue; contents of accepted statements do not overlap by much."""
    pool = []
    at = 0
    for number, proposal in enumerate(proposals):
        for rank, (runs, _, _) in enumerate(proposal.contents):
            if scores[at] >= least:
                pool.append((-float(scores[at]), number, rank, runs))
            at += 1
    pool.sort()
    taken = bytearray(words.size)
    used: set[int] = set()
    chosen = []
    for score, number, _, runs in pool:
        if number in used:
            continue
        own = [i for a, b in runs for i in range(a, b) if words.real[i + 1] > words.real[i]]
        if sum(taken[i] for i in own) > OVERLAP * len(own):
            continue
        used.add(number)
        for i in own:
            taken[i] = 1
        chosen.append((proposals[number], runs, -score))
    return chosen


def attribution(words: Words, proposal: Proposal, runs: Runs, score: float) -> Attribution:
    """The characters of a chosen statement."""
    annotated = words.annotated
    source: tuple[Span, ...] = ()
    if proposal.source is not None:
        source = (annotated.span_of(*phrase(words.tokens[proposal.source])),)
    content = [annotated.span_of(*run) for run in runs]
    return Attribution((annotated.span_of(*cue_run(words, proposal.cue)),), source,
                       (*content, *following(words, runs[-1])), proposal.cue, round(score, 4))  # fmt: skip


def following(words: Words, last: tuple[int, int]) -> list[Span]:
    """The next paragraphs of a quotation that the content's last words leave open."""
    run = words.run_of[last[1] - 1]
    if run < 0 or words.trim(*words.runs[run])[1] != last[1]:
        return []
    quotations = words.annotated.quotations
    found = []
    for number in range(run + 1, len(quotations)):
        if quotations[number - 1].closed or quotations[number].group != quotations[run].group:
            break
        found.append(quotations[number].span)
    return found
