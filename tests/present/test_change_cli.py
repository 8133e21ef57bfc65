"""``dateline change`` as it is typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.present.cli import app
from tests.analyse import streams


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("change") / "stream.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("date", "source", "target", "cameo"))
        writer.writerows(streams.rows(1, {0: (0.3, 0.2, 5.0, 9.0)}))
    return path


def run(table: Path, questions: str, tmp_path: Path, *more: str) -> tuple[int, str, str]:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(questions, encoding="utf-8")
    done = CliRunner().invoke(app, ["change", "--table", str(table), "--pairs", str(pairs), *more])
    return done.exit_code, done.stdout, done.stderr


def question(a: str, b: str, **more: object) -> str:
    return json.dumps({"a": a, "b": b, "date": streams.day(streams.AT).isoformat(), **more}) + "\n"


def test_every_line_is_answered_in_order(table: Path, tmp_path: Path) -> None:
    asked = question("A00", "B0", id="first") + "\n" + question("A01", "ZZZ", id="second") + question("A02", "B2")
    code, out, _ = run(table, asked, tmp_path, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in rows] == ["first", "second", "4"]
    assert {row["table"] for row in rows} == {"stream"}
    assert (rows[0]["verdict"], rows[0]["direction"]) == ("changed", "worse")
    assert (rows[1]["verdict"], rows[1]["p"]) == ("too_little", None)
    assert "ZZZ is not in stream" in rows[1]["reason"]


def test_text_details_and_a_file(table: Path, tmp_path: Path) -> None:
    code, out, _ = run(table, question("A00", "B0", id="x"), tmp_path)
    assert code == 0
    assert out.startswith("x: A00 and B0, 2030-11-03: changed (worse), p ")
    target = tmp_path / "answers.jsonl"
    code, out, _ = run(table, question("A00", "B0"), tmp_path, "--format", "jsonl", "--detail", "--out", str(target))
    row = json.loads(target.read_text("utf-8"))
    assert (code, out) == (0, "")
    assert len(row["rates"]) == 8
    assert len(row["beside"]) == 4


def test_a_share_of_false_discoveries_rules_the_verdict(table: Path, tmp_path: Path) -> None:
    asked = question("A00", "B0") + "".join(question(*streams.names(n)) for n in range(1, 20))
    _, loose, _ = run(table, asked, tmp_path, "--format", "jsonl", "--fdr", "1")
    _, strict, _ = run(table, asked, tmp_path, "--format", "jsonl", "--fdr", "0")
    told = [json.loads(line) for line in loose.splitlines()]
    assert all((row["verdict"] == "changed") == (row["p_mix"] <= 0.05) for row in told)
    assert all(json.loads(line)["verdict"] == "no_change" for line in strict.splitlines())


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ("{]\n", "line 1: no question with a, b and date"),
        ('{"a": "A00", "date": "2030-11-03"}\n', "no 'b'"),
        ('{"a": "A00", "b": "B0", "date": "soon"}\n', "Invalid isoformat"),
        ("[1]\n", "line 1: no question"),
    ],
)
def test_wrong_questions_are_one_line(table: Path, tmp_path: Path, questions: str, said: str) -> None:
    code, out, err = run(table, questions, tmp_path)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_table_is_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("date,source,cameo\n2030-01-01,A,036\n")
    code, _, err = run(wrong, question("A", "B"), tmp_path)
    assert code == 2
    assert err.strip() == f"{wrong}: no column target; it has date, source, cameo: rename its columns"
