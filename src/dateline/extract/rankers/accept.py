"""Last question: is this cue with this source and this content a statement, seen beside its rivals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.extract.rankers import contents, cues
from dateline.extract.rankers.contents import Runs
from dateline.extract.rankers.sources import phrase
from dateline.extract.rankers.words import Words
from dateline.model import Attribution, Span

TOP: Final = 3  # contents of a cue that are put to the last ranker

_CUE_COLUMNS: Final = tuple(cues.FEATURES.index(name) for name in (
    "own_source", "own_seen", "head_cue", "subject_source", "subject_cue", "head_pos", "head_dep", "subject_pos",
    "subject_ent", "subject_far", "subject_in_quotation", "modal", "have", "be", "to", "negated", "next", "prev",
    "prep", "pobj_pos", "dobj_pos", "dobj_ent", "depth", "best_left", "best_right", "best_above", "best_below",
    "best_before", "best_after", "ccomp_size", "that_mark", "n_nsubj", "n_nsubjpass", "n_conj", "n_auxpass",
    "n_acomp", "n_oprd", "n_attr", "capital", "paragraph", "sentence_in_paragraph", "paragraph_quoted", "colon_right",
    "v6", "v7", "v8", "v9", "v10",
    "v11"))  # fmt: skip
OWN: Final = (
    "score", "rank", "below_best", "above_next", "best", "n_good", "source_gap", "p_rank", "p_best_other", "p_left",
    "p_right", "inside_other", "inside_other_p", "other_inside", "other_inside_p", "overlap", "overlap_p",
    "cue_in_other", "cue_in_other_p", "same_content_p", "run_share", "cues_in_paragraph", "p_sum",
    "rule_same", "rule_iou", "rule_source", "rule_other", "rule_inside",
)  # fmt: skip
FEATURES: Final = (*contents.FEATURES, *(f"cue:{cues.FEATURES[c]}" for c in _CUE_COLUMNS), *OWN)
CATEGORIES: Final = (*contents.CATEGORIES, *(f"cue:{n}" for n in cues.CATEGORIES if f"cue:{n}" in FEATURES))


@dataclass(slots=True)
class Proposal:
    """A likely cue with its likeliest source and contents, best content first."""

    cue: int
    p: float
    row: Sequence[float]
    source: int | None
    source_p: float
    source_gap: float
    contents: list[tuple[Runs, float, Sequence[float]]]


def gather(words: Words, proposals: list[Proposal], rules: Sequence[Attribution] = ()) -> list[list[float]]:
    """One row of ``FEATURES`` for each proposal and each of its contents, in that order.

    ``rules`` are the pattern reader's finds in the same report: where both agree, both are likely right.
    """
    beside = _Rules(words, rules)
    near: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        near.setdefault(words.tokens[proposal.cue].paragraph, []).append(proposal)
    rows: list[list[float]] = []
    for proposal in proposals:
        rivals = near[words.tokens[proposal.cue].paragraph]
        start = rivals.index(proposal)
        rivals = rivals[max(0, start - 6) : start + 7]  # keeps paragraphs of thousands of cues linear
        ranking = sorted((r.p for r in rivals), reverse=True)
        general = [proposal.row[c] for c in _CUE_COLUMNS]
        for rank, (runs, score, row) in enumerate(proposal.contents):
            rows.append(
                [
                    *row,
                    *general,
                    *_rivalry(words, proposal, rank, runs, score, rivals, ranking),
                    *beside.agreement(proposal, runs),
                ]
            )
    return rows


def _rivalry(words: Words, proposal: Proposal, rank: int, runs: Runs, score: float, rivals: list[Proposal],
             ranking: list[float]) -> list[float]:  # fmt: skip
    scores = [s for _, s, _ in proposal.contents]
    best = scores[0]
    following = scores[rank + 1] if rank + 1 < len(scores) else 0.0
    cue, size = proposal.cue, words.count(runs)
    inside = inside_p = holds = holds_p = over = over_p = within = within_p = same_p = 0.0
    other = left = right = 0.0
    for rival in rivals:
        if rival is proposal or not rival.contents:
            continue
        other = max(other, rival.p)
        if rival.cue < cue:
            left = max(left, rival.p)
        else:
            right = max(right, rival.p)
        theirs = rival.contents[0][0]
        if any(a <= cue < b for a, b in theirs):
            within, within_p = max(within, rival.contents[0][1] * rival.p), max(within_p, rival.p)
        if any(a <= rival.cue < b for a, b in runs):
            holds, holds_p = max(holds, rival.contents[0][1] * rival.p), max(holds_p, rival.p)
        both = words.shared(runs, theirs)
        if not both:
            continue
        weight = rival.contents[0][1] * rival.p
        if both / size > over:
            over, over_p = both / size, weight
        inside = max(inside, weight * both / size)
        inside_p = max(inside_p, weight * both / words.count(theirs))
        if both / (size + words.count(theirs) - both) > 0.7:
            same_p = max(same_p, weight)
    quoted = sum(words.quoted[b] - words.quoted[a] for a, b in runs)
    longest = max((words.runs[n][1] - words.runs[n][0] for n in words.runs_in[words.tokens[cue].paragraph]), default=0)
    return [
        score, rank, best - score, score - following, best, sum(s > 0.3 for s in scores), proposal.source_gap,
        ranking.index(proposal.p), other, left, right, inside, inside_p, holds, holds_p, over, over_p, within, within_p,
        same_p, quoted / longest if longest else -1.0, len(rivals), sum(ranking),
    ]  # fmt: skip


_CELL: Final = 64  # words: a content is compared only with the rules' contents in the same cells of the report


class _Rules:
    """The pattern reader's finds as runs of words, to be asked how far they agree with a proposal."""

    def __init__(self, words: Words, rules: Sequence[Attribution]) -> None:
        self.words = words
        self.by_head: dict[int, tuple[Runs, Runs]] = {}
        self.near: dict[int, list[tuple[int | None, Runs]]] = {}
        for find in rules:
            content = _runs(words, find.content)
            if find.head is not None:
                self.by_head[find.head] = (content, _runs(words, find.source))
            for first, last in content:
                for cell in range(first // _CELL, last // _CELL + 1):
                    self.near.setdefault(cell, []).append((find.head, content))

    def agreement(self, proposal: Proposal, runs: Runs) -> list[float]:
        """Whether the rules have this cue, and how well content and source fit; then the same for other cues' finds."""
        words = self.words
        twin = self.by_head.get(proposal.cue)
        overlap = same_source = -1.0
        if twin is not None:
            source = () if proposal.source is None else (phrase(words.tokens[proposal.source]),)
            overlap = words.iou(runs, twin[0])
            same_source = float(words.shared(source, twin[1]) > 0 if twin[1] else not source)
        best = inside = 0.0
        for cell in range(runs[0][0] // _CELL, runs[-1][1] // _CELL + 1):
            for head, content in self.near.get(cell, ()):
                if head == proposal.cue:
                    continue
                best = max(best, words.iou(runs, content))
                if head is not None and any(a <= head < b for a, b in runs):
                    inside = 1.0
        return [float(twin is not None), overlap, same_source, best, inside]


def _runs(words: Words, spans: Sequence[Span]) -> Runs:
    starts = words.annotated.starts
    runs = ((bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans)
    return tuple(run for run in runs if run[0] < run[1])
