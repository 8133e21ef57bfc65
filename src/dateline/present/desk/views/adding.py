"""What came of a report that somebody pasted into the desk."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.errors import DatelineError
from dateline.present.desk.state import Desk
from dateline.present.desk.views.entries import plain
from dateline.record.entries import ReportEntry

#: Letters of a pasted report.
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Added:
    """What the page of a job shows: reports, or why there are none. ``known`` was in the record already."""

    done: bool
    reports: tuple[ReportEntry, ...] = ()
    known: bool = False
    reasons: tuple[str, ...] = ()


def added(desk: Desk, job: str) -> Added:
    """How far a job has come."""
    found = desk.common.outcome(job)
    if found is None:
        return Added(False)
    if isinstance(found, DatelineError):
        return Added(True, reasons=(plain(str(found)),))
    reports = tuple(desk.record.report(key) for key in found.added.keys)
    reasons = [plain(one.reason) for one in found.refused] + [plain(r.unread) for r in reports if r.unread]
    if found.left:
        reasons.append("there was no time to read it: try again")
    return Added(True, reports, bool(found.added.same), tuple(reasons))
