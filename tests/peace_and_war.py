"""A record of two years: Norway and Denmark at peace, then at war; Sweden and Denmark meet all the while."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from dateline.keep import Record
from tests.factories import prose, told

START = date(2022, 1, 3)
WAR = START + timedelta(weeks=60)


def kept(path: Path) -> Record:
    """The record, in a new file."""
    record = Record(path)
    readings = []
    for week in range(100):
        day = (START + timedelta(weeks=week)).isoformat()
        lines = ["Norway met Denmark on Monday.", "Sweden met Denmark on Monday."]
        if week >= 60:
            lines[0] = "Norway attacked Denmark on Monday."
        readings.append(told("\n".join(lines) + "\n" + prose(f"w{week}", 20), f"r{week}", day))
    record.add_reports(readings)
    return record
