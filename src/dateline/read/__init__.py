"""Bytes -> Report: text files, web pages and JSON Lines, with their datelines, dates and credits."""

from dateline.read.inputs import Opened, check_paths, read_paths
from dateline.read.records import Failure
from dateline.read.reports import report_from_text

__all__ = ["Failure", "Opened", "check_paths", "read_paths", "report_from_text"]
