from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dateline.errors import ModelError
from dateline.model import DEFAULT_MODEL, Reading, Report
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
    settings = Settings(DEFAULT_MODEL, fast=True)
    alone = list(map_reports(reports(50), to_line, settings, workers=1))
    assert list(map_reports(reports(50), to_line, settings, workers=2)) == alone
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


def mixed(n: int) -> Iterator[Report | Reading]:
    for i, report in enumerate(reports(n)):
        yield Reading(replace(report, text="")) if i % 3 == 0 or i < 20 else report


def test_readings_pass_in_their_order() -> None:
    settings = Settings(DEFAULT_MODEL, fast=True)
    alone = list(map_reports(mixed(70), to_line, settings, workers=1))
    assert [json.loads(line)["id"] for line in alone] == [str(i) for i in range(70)]
    assert [json.loads(line)["made_by"] is None for line in alone] == [i % 3 == 0 or i < 20 for i in range(70)]
    assert list(map_reports(mixed(70), to_line, settings, workers=2)) == alone


@pytest.mark.parametrize("workers", [1, 2])
def test_no_model_is_loaded_without_a_report(workers: int) -> None:
    settings = Settings("no such model")
    assert list(map_reports([], identify, settings, workers)) == []
    readings = [Reading(Report(str(i), "")) for i in range(40)]
    assert list(map_reports(readings, identify, settings, workers)) == [str(i) for i in range(40)]
    with pytest.raises(ModelError):
        list(map_reports([*readings, Report("x", "Rain.")], identify, settings, workers))
