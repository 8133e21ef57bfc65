"""csv, jsonl and parquet, read again by the csv module, pandas, frictionless and pyarrow."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from pyarrow import parquet as pq

from dateline.errors import ExportError
from dateline.present.exports import Format, export, parquet
from dateline.present.exports.fields import FIELDS, find_of, row
from dateline.present.exports.plain import printable, whole
from dateline.present.exports.tables import unsafe
from dateline.record.entries import Entry
from dateline.record.query import Find, Query
from tests.present.exports.records import FakeStore, report, sentence, some, statement, telling
from tests.present.exports.words import HARD, texts

MADE = "2024-06-01T12:00:00Z"


def written(entries: list[Entry], format: Format, find: Find | None) -> bytes:
    out = io.BytesIO()
    export(FakeStore(entries), Query(find=find), format, out, made=MADE)
    return out.getvalue()


def of(find: Find) -> list[Entry]:
    return [entry for entry in [*some().entries, sentence()] if find_of(entry) is find]


def flat(entry: Entry) -> dict[str, str]:
    """A row as the docs say that csv writes it, apostrophes before formulas aside."""

    def cell(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list):
            return "|".join(f"{v[0]}-{v[1]}" if isinstance(v, list) else v for v in value)
        return str(value)

    return {name: cell(value) for name, value in row(entry).items()}


@pytest.mark.parametrize("find", Find)
def test_csv_read_by_the_csv_module(find: Find) -> None:
    read = list(csv.DictReader(io.StringIO(written(of(find), Format.CSV, find).decode(), newline="")))
    assert [{name: unsafe(cell) for name, cell in line.items()} for line in read] == [flat(e) for e in of(find)]


@pytest.mark.parametrize("find", Find)
def test_csv_read_by_pandas(find: Find) -> None:
    frame = pd.read_csv(io.BytesIO(written(of(find), Format.CSV, find)), dtype=str, keep_default_na=False)
    assert list(frame.columns) == [f.name for f in FIELDS[find]]
    assert [unsafe(text) for text in frame["sentence"]] == [entry.text for entry in of(find)]


def test_csv_types_as_pandas_guesses_them() -> None:
    frame = pd.read_csv(io.BytesIO(written(of(Find.EVENTS), Format.CSV, Find.EVENTS)))
    assert frame["goldstein"].tolist() == [e.goldstein for e in of(Find.EVENTS)]  # type: ignore[union-attr]
    assert frame["day_reliable"].tolist() == [True] * 6
    assert frame["latitude"].notna().sum() == 4


@pytest.mark.parametrize("find", Find)
def test_jsonl(find: Find) -> None:
    lines = written(of(find), Format.JSONL, find).decode().splitlines()
    assert [json.loads(line) for line in lines] == [row(entry) for entry in of(find)]


def test_jsonl_read_by_pandas() -> None:
    frame = pd.read_json(io.BytesIO(written(some().entries, Format.JSONL, None)), lines=True)
    assert frame["kind"].tolist() == ["statement"] * 4 + ["event"] * 6
    assert frame["content"].dropna().tolist() == [e.content_text for e in of(Find.STATEMENTS)]  # type: ignore[union-attr]


@pytest.mark.parametrize("find", Find)
def test_parquet_read_by_pyarrow(find: Find) -> None:
    table = pq.read_table(io.BytesIO(written(of(find), Format.PARQUET, find)))
    read = [{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in line.items()}
            for line in table.to_pylist()]  # fmt: skip
    assert read == [row(entry) for entry in of(find)]
    assert table.schema.field("sentence").metadata[b"description"] == b"the sentence"


def test_parquet_in_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 3)
    file = pq.ParquetFile(io.BytesIO(written([statement(n) for n in range(8)], Format.PARQUET, None)))
    assert [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)] == [3, 3, 2]


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'dateline\[parquet\]'"):
        export(some(), Query(), Format.PARQUET, tmp_path / "x.parquet", made=MADE)
    assert not list(tmp_path.iterdir())


# --- any text --------------------------------------------------------------------------------------------------


def with_words(text: str) -> list[Entry]:
    there = report(title=text, publisher=text)
    return [statement(text=text + "x", report=there), telling(text=text + "x", report=there)]


@given(texts)
def test_any_text_comes_back_from_csv(text: str) -> None:
    read = list(csv.DictReader(io.StringIO(written(with_words(text), Format.CSV, None).decode(), newline="")))
    assert unsafe(read[0]["sentence"]) == printable(text + "x")
    assert unsafe(read[0]["publisher"]) == printable(text)


@pytest.mark.parametrize("text", HARD)
def test_hard_text_comes_back_from_csv_by_pandas(text: str) -> None:
    data = written(with_words(text), Format.CSV, None)
    frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert [unsafe(cell) for cell in frame["sentence"]] == [printable(text + "x")]


@given(texts)
def test_any_text_comes_back_from_jsonl(text: str) -> None:
    lines = written(with_words(text), Format.JSONL, None).decode().splitlines()
    assert [json.loads(line)["sentence"] for line in lines] == [text + "x"] * 2
    assert [json.loads(line)["publisher"] for line in lines] == [text] * 2


@given(texts)
def test_any_text_comes_back_from_parquet(text: str) -> None:
    table = pq.read_table(io.BytesIO(written(with_words(text), Format.PARQUET, Find.EVENTS)))
    assert table["sentence"].to_pylist() == [text + "x"]


def test_half_a_sign_is_replaced() -> None:
    broken = [statement(text="a\ud800b")]
    assert "a�b" in written(broken, Format.CSV, None).decode()
    assert json.loads(written(broken, Format.JSONL, None))["sentence"] == whole("a\ud800b") == "a�b"


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@home", "\t=1", " =1", "＝1", "'=1", "\r=1"])
def test_no_cell_starts_as_a_formula(text: str) -> None:
    first = next(csv.DictReader(io.StringIO(written(with_words(text), Format.CSV, None).decode(), newline="")))
    assert first["sentence"].startswith("'")
    assert first["report_title"].startswith("'")


def test_numbers_keep_their_sign() -> None:
    assert b",-2.0," in written(of(Find.EVENTS), Format.CSV, Find.EVENTS)
