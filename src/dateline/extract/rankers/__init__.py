"""The learned statement reader: LightGBM rankers over candidates cut out of the parse, keyed on the cue."""

from dateline.extract.rankers.reader import StatementRanker

__all__ = ["StatementRanker"]
