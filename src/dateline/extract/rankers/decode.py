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
OVERLAP: Final = 0.4  # a content of which more than this share is taken already is dropped

EDGES: Final = 2.0  # weight of the third ranker in the choice among a cue's contents


def select(words: Words, proposals: Sequence[Proposal], scores: Sequence[float],
           least: float = ACCEPT) -> list[tuple[Proposal, Runs, float]]:  # fmt: skip
    """Best first; one content a cue; contents of accepted statements do not overlap by much.

    Whether a cue is accepted is the last ranker's word; which of its contents, mostly the third one's, whose edges
    are the more exact.
    """
    pool: list[tuple[float, int, int, Runs]] = []
    at = 0
    for number, proposal in enumerate(proposals):
        own = [float(s) for s in scores[at : at + len(proposal.contents)]]
        at += len(own)
        liking = [-(own[n] + EDGES * score) for n, (_, score, _) in enumerate(proposal.contents)]
        for rank, n in enumerate(sorted(range(len(own)), key=liking.__getitem__)):
            score = own[n] if rank else max(own)
            if score >= least:
                pool.append((-score, number, rank, proposal.contents[n][0]))
    pool.sort()
    taken = bytearray(words.size)
    used: set[int] = set()
    chosen = []
    for score, number, _, runs in pool:
        if number in used:
            continue
        inside = [i for a, b in runs for i in range(a, b) if words.real[i + 1] > words.real[i]]
        if sum(taken[i] for i in inside) > OVERLAP * len(inside):
            continue
        used.add(number)
        for i in inside:
            taken[i] = 1
        chosen.append((proposals[number], runs, -score))
    return chosen


def attribution(words: Words, proposal: Proposal, runs: Runs, score: float) -> Attribution:
    """The characters of a chosen statement."""
    annotated = words.annotated
    source: tuple[Span, ...] = ()
    if proposal.source is not None:
        source = (annotated.span_of(*phrase(words.tokens[proposal.source])),)
    content = [annotated.span_of(first, _without_and(words, first, last)) for first, last in runs]
    return Attribution((annotated.span_of(*cue_run(words, proposal.cue)),), source,
                       (*content, *following(words, runs[-1])), proposal.cue, round(score, 4))  # fmt: skip


def _without_and(words: Words, first: int, last: int) -> int:
    """The end of a run without a conjunction that was left standing at its end."""
    while last - 1 > first and words.tokens[last - 1].dep in ("cc", "punct"):
        last -= 1
    return last


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
