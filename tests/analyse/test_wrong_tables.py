"""A table that cannot be used is told in one line that says what to do next."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from dateline.analyse.tables import load
from dateline.errors import TableError

HEAD = "date,source,target,cameo\n"
ROW = "2020-01-01,A,B,036\n"


@pytest.mark.parametrize(("name", "content", "said"), [
    ("a.csv", b"", "the file is empty"),
    ("a.csv", b"\n\n", "the first line names the columns"),
    ("a.jsonl", b"\n\n", "the table has no rows"),
    ("a.csv", b"day,source,target,cameo\n2020-01-01,A,B,036\n", "no column date; it has day, source, target, cameo"),
    ("a.jsonl", b'{"day": "2020-01-01", "source": "A", "target": "B", "cameo": "036"}\n', "no column date"),
    ("a.csv", (HEAD + ROW).replace(",", ";").encode(), "its cells are parted by semicolons: write commas"),
    ("a.csv", (HEAD + ROW).replace(",", "\t").encode(), "its cells are parted by tabs"),
    ("a.csv", f"date,{HEAD}2020-01-01,{ROW}".encode(), "two columns are called date"),
    ("a.csv", (HEAD + "2020-01-01,Çelik,B,036\n").encode("latin-1"), "is no UTF-8 but another encoding: save it"),
    ("a.csv", (HEAD + ROW).encode("utf-16"), "is no UTF-8 but UTF-16: save it"),
    ("a.csv", (HEAD + '2020-01-01,"A,B,036\n' + ROW * 9_000).encode(), "is a quotation mark not closed?"),
    ("a.csv", (HEAD + "2020-01-01," + "A" * 200_000 + ",B,036\n").encode(), "line 2: a cell of more than 131,072"),
    ("a.csv", (HEAD + '2020-01-01,"A"x,B,036\n').encode(), "line 2: no proper row"),
    ("a.csv", (HEAD + ROW + "31.01.2020,A,B,036\n").encode(), "row 2: '31.01.2020' is no date; write all as"),
    ("a.csv", (HEAD + "x" * 500 + ",A,B,036\n").encode(), f"'{'x' * 40}' is no date"),
    ("a.jsonl", b"[" * 100_000, "line 1: no JSON object"),
    ("a.jsonl", b'{"date": ["2020-01-01"], "source": "A", "target": "B", "cameo": "036"}', "date holds several values"),
    ("a.xlsx", b"PK", "save it as one of these"),
])  # fmt: skip
def test_one_line_says_what_is_wrong(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        load(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_limit_that_another_library_has_set_is_not_ours(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "2020-01-01," + "A" * 200_000 + ",B,036\n", "utf-8")
    try:
        with pytest.raises(TableError, match="more than 131,072"):
            load(path)
    finally:
        csv.field_size_limit(before)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(TableError, match="is a folder: name a file in it"):
        load(tmp_path / "a.csv")


def test_blank_lines_are_passed_over_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n" + HEAD + "\n" + ROW + "2020-01-02,A,B\n", "utf-8")
    with pytest.raises(TableError, match="line 5: 3 cells where the head names 4"):
        load(path)


def test_without_pyarrow_a_parquet_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TableError, match=r"pyarrow is not installed: pip install 'dateline\[parquet\]', or save it as"):
        load(path)


def test_parquet_columns_of_other_types_are_told(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    days = pa.array([[1, 2]], pa.list_(pa.int64()))
    parquet.write_table(pa.table({"date": days, "source": ["A"], "target": ["B"], "cameo": ["036"]}), path)
    with pytest.raises(TableError, match="column date is of type list"):
        load(path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TableError, match="no Parquet, or damaged") as caught:
        load(path)
    assert "\n" not in str(caught.value)
