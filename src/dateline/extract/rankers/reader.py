"""The learned statement reader: four rankers, one after the other, over the words of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extract.rankers import accept, cues
from dateline.extract.rankers.decode import attribution, select
from dateline.extract.rankers.model import RankerSet, load
from dateline.extract.rankers.steps import CueStep, ask_contents, ask_sources, propose
from dateline.extract.rankers.words import Words
from dateline.model import Annotated, Attribution


@dataclass(frozen=True)
class Weighed:
    """The statements found, and for each word that was asked about how likely it is a statement's cue, 0 to 1."""

    finds: tuple[Attribution, ...]
    cues: dict[int, float]


class StatementRanker:
    """Finds who put what on record, keyed on the cue; the models are loaded once.

    The result for a report depends on nothing but the report.
    """

    def __init__(self, rankers: RankerSet | None = None) -> None:
        self.rankers = rankers or load()

    def read(self, annotated: Annotated, rules: Sequence[Attribution] = ()) -> tuple[Attribution, ...]:
        """The statements of a report as words, in the order of their contents.

        ``rules`` are the pattern reader's finds in the same report, heard as a second opinion.
        """
        return self.weigh(annotated, rules).finds

    def weigh(self, annotated: Annotated, rules: Sequence[Attribution] = ()) -> Weighed:
        """What ``read`` finds, with what the rankers think of every word they were asked about."""
        if not annotated.tokens:
            return Weighed((), {})
        words = Words(annotated, self.rankers.lemmas)
        at = cues.candidates(words)
        rows = cues.gather(words, at)
        step = CueStep(at, rows, self.rankers.cue.scores(rows))
        likely = step.likely()
        doubts = dict.fromkeys(at, 0.0)
        if not likely:
            return Weighed((), doubts)
        p = step.by_word(words.size)
        who = ask_sources(words, likely, p)
        chosen = who.best(self.rankers.source.scores(who.rows))
        what = ask_contents(words, p, chosen)
        proposals = propose(step, chosen, what.best(self.rankers.content.scores(what.rows)))
        scores = self.rankers.accept.scores(accept.gather(words, proposals, rules))
        finds = [attribution(words, *one) for one in select(words, proposals, scores)]
        place = 0
        for proposal in proposals:
            doubts[proposal.cue] = max(scores[place : place + len(proposal.contents)])
            place += len(proposal.contents)
        return Weighed(tuple(sorted(finds, key=lambda a: (a.content[0], a.cue))), doubts)
