"""``dateline forecast`` as it is typed."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dateline.present.cli import app

RUN = CliRunner()
START = date(2030, 1, 7)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Thirty weeks of events of three states, and a Tuesday."""
    rng = np.random.default_rng(0)
    rows = ["date,source,target,cameo"]
    for day in range(30 * 7 + 2):
        for source, target in (("USA", "IRN"), ("IRN", "USA"), ("FRA", "USA")):
            for code in ("036", "061", "112", "190"):
                rows += [f"{START + timedelta(days=day)},{source},{target},{code}"] * int(rng.poisson(0.2))
    path = tmp_path_factory.mktemp("table") / "T.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def run(*words: str) -> tuple[int, str, str]:
    done = RUN.invoke(app, ["forecast", *words])
    return done.exit_code, done.stdout, done.stderr


def test_many_weeks_to_a_file(table: str, tmp_path: Path) -> None:
    weeks = ("--table", table, "--from", "2030-07-15", "--to", "2030-07-24", "--top", "2", "--horizons", "1,4")
    rows: dict[str, list[dict[str, object]]] = {}
    for ending in ("parquet", "csv", "jsonl"):
        out = tmp_path / f"F.{ending}"
        assert run(*weeks, "--out", str(out))[0] == 0
        if ending == "parquet":
            rows[ending] = pq.read_table(out).to_pylist()
        elif ending == "csv":
            rows[ending] = list(csv.DictReader(out.read_text("utf-8").splitlines()))
        else:
            rows[ending] = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows["parquet"]) == 2 * 4 * 2 * 2  # pairs, classes, weeks, horizons
    assert {row["week"] for row in rows["parquet"]} == {date(2030, 7, 15), date(2030, 7, 22)}
    as_text = [{k: str(v) for k, v in row.items()} for row in rows["parquet"]]
    assert as_text == rows["csv"] == [{k: str(v) for k, v in row.items()} for row in rows["jsonl"]]


def test_a_pairs_next_weeks(table: str) -> None:
    code, shown, _ = run("--table", table, "--source", "USA", "--target", "IRN", "--weeks", "2", "--json")
    rows = [json.loads(line) for line in shown.splitlines()]
    assert code == 0
    # thirty weeks are over: the Tuesday's is the first to come
    assert [(row["week"], row["horizon"]) for row in rows[::4]] == [("2030-08-05", 1), ("2030-08-12", 2)]
    assert all(0.5 < row["q85"] < 9 for row in rows)
    code, shown, _ = run("--table", table, "--source", "USA", "--target", "IRN", "--weeks", "1")
    assert shown.splitlines()[2].split() == ["cooperation", "cooperation", "conflict", "conflict"]
    assert max(map(len, shown.splitlines())) <= 80
    assert "2030-08-05" in shown


def test_a_track_record(table: str) -> None:
    weeks = ("--table", table, "--from", "2030-07-15", "--to", "2030-08-05", "--horizons", "1", "--backtest")
    code, shown, _ = run(*weeks)
    assert code == 0
    assert "over 36 forecasts in 3 weeks" in shown  # the fourth is not over
    assert "last 26 weeks" in shown
    assert json.loads(run(*weeks, "--json")[1])["forecasts"] == 36


def test_a_pair_may_be_named_first_and_is_drawn(table: str, tmp_path: Path) -> None:
    named = run("USA", "IRN", "--table", table, "--weeks", "2", "--plot", str(tmp_path / "fan.svg"))
    assert named[:2] == run("--table", table, "--source", "USA", "--target", "IRN", "--weeks", "2")[:2]
    drawn = ElementTree.parse(tmp_path / "fan.svg").getroot()
    assert len(drawn.findall("{http://www.w3.org/2000/svg}svg")) == 4
    assert "Track record, 21 past weeks" in " ".join(drawn.itertext())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--source", "USA", "--target", "IRN", "--freeze"], "is no record"),
        (["--source", "USA", "--target", "IRN", "--plot", "F.jpg"], ".svg or .png"),
        (["--from", "2030-07-15", "--to", "2030-07-15", "--plot", "F.svg"], "--plot draws one pair"),
        (["--source", "USA", "--target", "IRN", "--from", "2030-07-15"], "leave --from and --to away"),
        (["--source", "USA", "--target", "IRM"], "did you mean IRN"),
        (["--source", "USA", "--target", "USA"], "one actor"),
        (["--source", "USA"], "together"),
        (["--from", "2030-07-15"], "--from and --to"),
        (["--from", "15.7.2030", "--to", "2030-08-05"], "is no day"),
        (["--from", "2030-07-15", "--to", "2030-07-01"], "lies before"),
        (["--from", "2030-01-01", "--to", "2030-07-01"], "no events before"),
        (["--from", "2031-01-06", "--to", "2031-01-06"], "too far ahead"),
        (["--from", "2030-02-04", "--to", "2030-02-04"], "too few"),
        (["--from", "2030-07-15", "--to", "2030-07-15", "--horizons", "0"], "no horizons"),
        (["--from", "2030-07-15", "--to", "2030-07-15", "--out", "F.xls"], ".parquet, .csv or .jsonl"),
    ],
)
def test_wrong_input(table: str, words: list[str], said: str) -> None:
    code, _, told = run("--table", table, *words)
    assert code == 2
    assert said in " ".join(told.replace("│", " ").split())
