"""Exports of a real record: the rows are those of a search with the same filters."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline import Record
from dateline.model import Credits, DateFrom, Published
from dateline.present.exports import Format, export
from dateline.record.entries import Hit
from dateline.record.query import Find, Query
from tests import factories

MADE = "2024-06-01T12:00:00Z"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record(tmp_path_factory.mktemp("record") / "r.db", clock=lambda: MADE) as kept:
        readings = []
        for n, day in enumerate(("2024-05-15", "2024-05-16", "2024-05-17")):
            made = factories.reading(factories.TEXT + "\n\n" + f"Report {n} of the harbour master. " * n)
            report = replace(made.report, id=f"id{n}", published=Published(day, DateFrom.METADATA, True),
                             credits=Credits(publisher=f"Paper {n % 2}"))  # fmt: skip
            readings.append(replace(made, report=report))
        kept.add_reports(readings)
        yield kept


def found(record: Record, query: Query) -> list[Hit]:
    """All that a search finds, page after page."""
    hits: list[Hit] = []
    page = record.store.search(query, 2)
    hits += page.hits
    while page.more:
        page = record.store.search(query, 2, page.cursor)
        hits += page.hits
    return hits


QUERIES: list[dict[str, Any]] = [
    {}, {"words": "ferry"}, {"publisher": "Paper 1"}, {"copies": True}, {"since": "2024-05-16"}, {"country": "NOR"},
    {"words": "nothing"},
]  # fmt: skip


@pytest.mark.parametrize("asked", QUERIES, ids=str)
@pytest.mark.parametrize(("find", "key"), [(Find.STATEMENTS, "statement"), (Find.EVENTS, "telling")])
def test_rows_are_those_of_a_search(record: Record, asked: dict[str, Any], find: Find, key: str) -> None:
    query = replace(Query.of(asked), find=find)
    shown = sorted((hit.entry.key, hit.entry.report.key) for hit in found(record, query))  # type: ignore[union-attr]
    assert shown or asked
    for format in (Format.CSV, Format.JSONL):
        out = io.StringIO(newline="")
        export(record.store, query, format, out, made=MADE)
        lines = out.getvalue().split("\n")[:-1]
        rows = list(csv.DictReader(lines)) if format is Format.CSV else [json.loads(line) for line in lines]
        assert sorted((row[key], row["report"]) for row in rows) == shown


@pytest.mark.parametrize("asked", QUERIES, ids=str)
@pytest.mark.parametrize("find", [Find.STATEMENTS, Find.EVENTS])
def test_citations_are_the_reports_of_the_rows(record: Record, asked: dict[str, Any], find: Find) -> None:
    query = replace(Query.of(asked), find=find)
    rows, cited = io.StringIO(), io.StringIO()
    export(record.store, query, Format.JSONL, rows, made=MADE)
    export(record.store, query, Format.CSL, cited, made=MADE)
    reports = {json.loads(line)["report"] for line in rows.getvalue().splitlines()}
    assert sorted(item["id"] for item in json.loads(cited.getvalue())) == sorted(reports)


@pytest.mark.parametrize("format", Format)
def test_every_format_takes_a_real_record(record: Record, format: Format, tmp_path: Path) -> None:
    done = export(record.store, Query(copies=True), format, tmp_path / "out.zip", made=MADE)
    assert done.entries > 0
    told = json.loads(done.files[-1].read_text("utf-8"))["dateline"]
    assert told["counts"]["reports"] == 3


def test_words_stand_at_their_place(record: Record) -> None:
    out = io.StringIO()
    export(record.store, Query(copies=True), Format.ANNOTATION, out, made=MADE)
    items = json.loads(out.getvalue())["items"]
    exact = {target["selector"][0]["exact"] for item in items for target in item["target"]}
    assert exact == {"Bergen had sunk a ferry", "had sunk"}
