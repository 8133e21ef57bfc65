"""No row that the desk's store gives tells a folder of its disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.keep import Record
from dateline.model import Origin
from dateline.present.desk.discreet import discreetly, without_folders
from dateline.record.query import Find, Query
from tests.factories import told

SECRET = "secret-place"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as record:
        lines = ("Per Lund said on Monday that Norway attacked Denmark.", "Norway met Denmark on Monday.")
        for n, line in enumerate(lines):
            where = f"/home/{SECRET}/in-{n}.txt"
            made = told(line, f"id-{n}", "2024-05-15")
            origin = Origin(where, where, "text", line.encode())
            record.add_reports([replace(made, report=replace(made.report, origin=origin))])
        record.store.note_skip(f"/home/{SECRET}/bad.txt", "no words")
        yield record


def test_no_row_tells_a_folder(record: Record) -> None:
    plain, store, query = record.store, discreetly(record.store), Query()
    key = next(iter(plain.reports(query))).key
    said = next(iter(plain.statements(query)))
    telling = next(iter(plain.tellings(query)))
    asks: list[tuple[str, tuple[Any, ...]]] = [
        ("reports", (query,)), ("report", (key,)), ("sentences", (query,)), ("statements", (query,)),
        ("tellings", (query,)),
        ("page", (Find.EVENTS, query, 9)), ("reports_page", (query, 9)), ("search", (Query(words="Norway"),)),
        ("versions", (key,)), ("status", ()), ("skips", ()), ("evidence", ("NOR", "DNK", "2024-01-01", "2025-01-01")),
        ("deeds", ("NOR", "DNK")), ("statements_with", ([said.key],)), ("told_inside", ([said],)), ("inside", (key,)),
        ("entry", (telling.key,)), ("entries", ([(telling.key, None)],)),
    ]  # fmt: skip
    told_plainly = 0
    for name, given in asks:
        before, after = _all(getattr(plain, name)(*given)), _all(getattr(store, name)(*given))
        told_plainly += SECRET in before
        assert SECRET not in after, name
        assert "in-0.txt" in after or "in-1.txt" in after or SECRET not in before or "bad.txt" in after, name
    assert told_plainly >= 15


def _all(answer: Any) -> str:
    return repr(list(answer)) if isinstance(answer, Iterator) else repr(answer)


def test_what_is_read_anew_keeps_its_place(record: Record) -> None:
    assert all(SECRET in str(kept.source) for kept in discreetly(record.store).origins())


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/anna/in/may.jsonl, line 3", "may.jsonl, line 3"), ("C:\\Users\\anna\\may.txt", "may.txt"),
        ("../up/may.txt", "may.txt"), ("https://example.org/a/b", "https://example.org/a/b"),
        ("file:///home/anna/may.txt", "may.txt"), ("standard input, line 1", "standard input, line 1"),
    ],
)  # fmt: skip
def test_names_without_folders(source: str, shown: str) -> None:
    assert without_folders(source) == shown
