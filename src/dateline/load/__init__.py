"""Bytes -> Report: text files, pages, JSON Lines, feeds, web archives, mail, and tables of events as readings.

The stage is called "load" because ``dateline.read`` is the function that a programmer calls: a package of that name
would take its place on import. ``read_paths`` gives what files, folders and web addresses hold; ``again`` makes a
report anew of the bytes that its origin keeps.
"""

from dateline.load.fetching import Fetcher
from dateline.load.inputs import check_paths, read_paths, read_upload
from dateline.load.kinds import Opened
from dateline.load.origins import again
from dateline.load.outcomes import Failure
from dateline.load.reports import report_from_text

__all__ = ["Failure", "Fetcher", "Opened", "again", "check_paths", "read_paths", "read_upload", "report_from_text"]
