"""Finds statements by rules on the parse and on quotation marks, without any learned reader."""

from dateline.extract.patterns.reader import read_patterns

__all__ = ["read_patterns"]
