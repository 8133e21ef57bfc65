from __future__ import annotations

from collections.abc import Iterator

from dateline.annotate.parse import DEFAULT_MODEL
from dateline.model import Reading, Report
from dateline.present.jsonl import to_line
from dateline.scale.local import AHEAD, BATCH, Settings, map_reports

SENTENCES = [
    "Norway warned Denmark.",
    "",
    "“We left,” said Ola Nordmann.",
    "No news.",
    "Chad and Mali signed a treaty on Friday.",
]


def reports(n: int) -> Iterator[Report]:
    for i in range(n):
        yield Report(str(i), SENTENCES[i % len(SENTENCES)] * (i % 3 + 1), language="en")


def identify(reading: Reading) -> str:
    return reading.id


def test_any_number_of_workers_writes_the_same_lines_in_order() -> None:
    settings = Settings(DEFAULT_MODEL)
    alone = list(map_reports(reports(50), to_line, settings, workers=1))
    assert list(map_reports(reports(50), to_line, settings, workers=3)) == alone
    assert len(alone) == 50


def test_input_is_taken_only_a_little_ahead() -> None:
    taken = 0

    def counted() -> Iterator[Report]:
        nonlocal taken
        for report in reports(20 * BATCH):
            taken += 1
            yield report

    results = map_reports(counted(), identify, Settings(DEFAULT_MODEL, fast=True), workers=2)
    assert next(results) == "0"
    assert taken <= 2 * AHEAD * BATCH
    results.close()  # type: ignore[attr-defined]
