"""What comes of an input: a report or a reading with its locator, or a failure that says why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateline.model import Reading, Report

#: A longer report is no report: many run together, or a file of another kind. Memory and time grow with its length.
LONGEST = 500_000
LONGEST_WORDS = "500,000 characters"
TOO_LONG = f"a report of more than {LONGEST_WORDS}: cut it into reports"
#: A page or a list of reports must be held whole; lines of JSON need not.
LONGEST_DOCUMENT = 100_000_000

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was found but not read: where, and in one sentence why and what to do next.

    ``count`` is how many there were, where like things are told together (the rows of a table).
    """

    where: str
    reason: str
    count: int = 1

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Found(NamedTuple):
    """A report, or the reading of a source that tells events only; and what names it for good, if anything does."""

    made: Report | Reading
    locator: str | None = None


class Raw(NamedTuple):
    """The bytes of one report with the name of their reader; ``place`` names it where its own words do not."""

    kind: str
    data: bytes
    where: str
    place: str


def numbered(place: str, number: int) -> str:
    """The place of one item among several; an input without a place, such as standard input, gives its items none."""
    return f"{place}#{number}" if place else ""


#: Makes a report of its bytes: (bytes, where they came from, day given for the run, notice).
RawReader = Callable[[bytes, str, date | None, Notice], Found | Failure]


def silent(_: str) -> None:
    """A notice that nobody hears."""
    return None


def told(report: Report, where: str, notice: Notice) -> Report:
    """The report itself, after its whole text's being skipped was told."""
    for skipped in report.skipped:
        notice(f"{where}: {skipped.reason}")
    return report
