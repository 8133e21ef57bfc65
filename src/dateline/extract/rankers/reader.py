"""The learned statement reader: four rankers, one after the other, over the words of one report."""

from __future__ import annotations

from dateline.extract.rankers import accept, cues
from dateline.extract.rankers.decode import attribution, select
from dateline.extract.rankers.model import RankerSet, load
from dateline.extract.rankers.steps import CueStep, ask_contents, ask_sources, propose
from dateline.extract.rankers.words import Words
from dateline.model import Annotated, Attribution


class StatementRanker:
    """Finds who put what on record, keyed on the cue; the models are loaded once.

    The result for a report depends on nothing but the report.
    """

    def __init__(self, rankers: RankerSet | None = None) -> None:
        self.rankers = rankers or load()

    def read(self, annotated: Annotated) -> tuple[Attribution, ...]:
        """The statements of a report as words, in the order of their contents."""
        if not annotated.tokens:
            return ()
        words = Words(annotated, self.rankers.lemmas)
        at = cues.candidates(words)
        rows = cues.gather(words, at)
        step = CueStep(at, rows, self.rankers.cue.scores(rows))
        likely = step.likely()
        if not likely:
            return ()
        p = step.by_word(words.size)
        who = ask_sources(words, likely, p)
        chosen = who.best(self.rankers.source.scores(who.rows))
        what = ask_contents(words, p, chosen)
        found = what.best(self.rankers.content.scores(what.rows))
        proposals = propose(step, chosen, found)
        scores = self.rankers.accept.scores(accept.gather(words, proposals))
        finds = [attribution(words, *chosen) for chosen in select(words, proposals, scores)]
        return tuple(sorted(finds, key=lambda a: (a.content[0], a.cue)))
