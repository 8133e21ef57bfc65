"""Tables of events in every form, and what is said of tables that are none."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from dateline.analyse.tables import Form, from_rows, load, quad_class
from dateline.errors import TableError

ROWS = [
    ("2020-03-02", "AAA", "BBB", "036"),
    ("2020-03-02", "BBB", "AAA", "190"),
    ("2020-03-05", "AAA", "CCC", "0871"),
    ("2020-03-09", "CCC", "BBB", "112"),
]
HEAD = ("date", "source", "target", "cameo")


def as_csv(path: Path, rows: list[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> Path:
    path.write_text("\n".join(",".join(map(str, row)) for row in [head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "csv.gz", "parquet"])
def test_the_same_table_in_every_form(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"small.{kind}"
    if kind == "parquet":
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        columns = {name: [row[i] for row in ROWS] for i, name in enumerate(HEAD)}
        parquet.write_table(pa.table({**columns, "date": [date.fromisoformat(d) for d in columns["date"]]}), path)
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(dict(zip(HEAD, row, strict=True))) + "\n" for row in ROWS))
    else:
        text = "\n".join(("\t" if kind == "tsv" else ",").join(row) for row in [HEAD, *ROWS])
        path.write_bytes(gzip.compress(text.encode()) if kind.endswith("gz") else text.encode())
    table = load(path)
    assert (table.name, table.form, table.start, table.days) == ("small", Form.EVENTS, date(2020, 3, 2), 8)
    assert table.day.tolist() == [0, 0, 3, 7]
    assert table.value.tolist() == [0, 3, 1, 2]
    assert [table.actors[i] for i in table.source] == ["AAA", "BBB", "AAA", "CCC"]


def test_a_parquet_table_keeps_the_days_of_its_own_zone(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    late = pa.array([1583191800], pa.timestamp("s", "America/New_York"))  # 2020-03-02 18:30 there, 23:30 in UTC
    path = tmp_path / "zone.parquet"
    parquet.write_table(pa.table({"date": late, "source": ["AAA"], "target": ["BBB"], "cameo": ["036"]}), path)
    assert load(path).start == date(2020, 3, 2)


def test_net_numbers_belong_to_a_pair_in_either_order() -> None:
    table = from_rows("net", [("2020-01-01", "B", "A", "-3.5"), ("2020-01-02", "A", "B", "2")], Form.NET)
    assert set(table.pair_keys()) == {table.key_of("A", "B")}
    assert table.key_of("B", "A") == table.key_of("A", "B")
    assert table.pair_of(int(table.pair_keys()[0])) == ("A", "B")
    assert table.key_of("A", "Z") is None


def test_what_is_left_out_is_told() -> None:
    rows = [*ROWS, ROWS[0], ("2020-03-03", "AAA", "BBB", "010"), ("2020-03-03", "AAA", "AAA", "036")]
    rows += [("2020-03-03", "AAA", "BBB", "---"), ("2020-03-03", "", "BBB", "036")]
    table = from_rows("told", rows)
    assert len(table.day) == len(ROWS)
    assert table.notes == (
        "2 rows without two actors, or with one actor twice",
        "1 row with a code that CAMEO does not have",
        "1 row of CAMEO's roots 01 and 02, statements and appeals",
        "1 row with the day, actors and code of another, told again",
    )


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        (("date", "source", "cameo"), [("2020-01-01", "A", "036")], "no column target"),
        (("date", "source", "target"), [("2020-01-01", "A", "B")], "no column cameo (for events) or net"),
        (HEAD, [("2020-01-01", "A", "B", "036"), ("2020-13-01", "A", "B", "036")], "row 2: '2020-13-01' is no date"),
        (HEAD, [("", "A", "B", "036")], "row 1: no date"),
        (HEAD, [(f"2020-01-01T10:00:00{zone}", "A", "B", "036") for zone in ("+01:00", "+00:00")], "mixed time zones"),
        (HEAD, [("2020-01-01T10:00:00Z", "A", "B", "036"), ("2020-01-02", "A", "B", "040")], "mixed time zones"),
        (HEAD, [], "the table has no rows"),
        (HEAD, [("2020-01-01", "A", "B", "010")], "no row of use"),
        (HEAD, [("0202-01-01", "A", "B", "036"), ("2020-01-01", "A", "B", "036")], "a year is mistyped"),
        ((*HEAD[:3], "net"), [("2020-01-01", "A", "B", "much")], "row 1: net is 'much', no finite number"),
        ((*HEAD[:3], "net"), [("2020-01-01", "A", "B", 1), ("2020-01-01", "B", "A", 2)], "duplicate rows: A and B"),
        (HEAD, [("2020-01-01", "A", "B", "036", "more")], "5 cells where the head names 4"),
    ],
)
def test_wrong_tables_are_told_in_one_line(
    tmp_path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]], said: str
) -> None:
    with pytest.raises(TableError) as caught:
        load(as_csv(tmp_path / "wrong.csv", rows, head))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "said"), [("none.csv", "no such file"), ("odd.xlsx", "not a table")])
def test_files_that_are_no_tables(tmp_path: Path, name: str, said: str) -> None:
    if name.startswith("odd"):
        (tmp_path / name).write_text("x")
    with pytest.raises(TableError, match=said):
        load(tmp_path / name)


def test_damaged_files_are_told(tmp_path: Path) -> None:
    damaged = {"a.parquet": b"PAR1", "b.csv.gz": b"no gzip", "c.jsonl": b"{]\n", "d.csv": b"\xff\xfe,"}
    for name, content in damaged.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(TableError):
            load(path)


FIRST_AND_LAST = [("03", 0), ("05", 0), ("06", 1), ("08", 1), ("09", 2), ("13", 2), ("14", 3)]


@pytest.mark.parametrize(("code", "quad"), FIRST_AND_LAST)
def test_quad_classes_begin_where_the_codebook_says(code: str, quad: int) -> None:
    assert quad_class(code) == quad


def test_codes_taken_for_numbers_keep_their_class() -> None:
    assert [quad_class(code) for code in (36, 190, 42, 173)] == [0, 3, 0, 3]
