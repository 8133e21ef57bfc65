"""Bytes -> Report: text files, web pages and JSON Lines, with their datelines, dates and credits.

The stage is called "load" because ``dateline.read`` is the function that a programmer calls: a package of that name
would take its place on import.
"""

from dateline.load.fetching import Fetcher
from dateline.load.inputs import Opened, check_paths, read_paths
from dateline.load.records import Failure
from dateline.load.reports import report_from_text

__all__ = ["Failure", "Fetcher", "Opened", "check_paths", "read_paths", "report_from_text"]
