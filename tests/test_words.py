"""What was said against what was done: whose words, about whom, of what kind, and the deeds of the same time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.errors import QueryError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.pictures import Unit, draw, table
from dateline.relate.series import Span
from dateline.relate.words import Done, Said, SaidAndDone, picture, said_and_done
from tests.factories import prose, told

LUND = "Per Lund, premier of Norway,"
TOLD = (
    ("a", "2024-01-10", f"{LUND} denied on 2024-01-10 that Norway attacked Denmark."),
    ("copy", "2024-01-11", f"{LUND} denied on 2024-01-10 that Norway attacked Denmark."),
    ("b", "2024-01-12", f"{LUND} demanded on 2024-01-12 that Denmark aided Sweden."),
    ("c", "2024-01-15", f"{LUND} said on 2024-01-15 that Denmark attacked Norway on 2024-01-14."),
    ("d", "2024-01-16", f"{LUND} said on 2024-01-16 that Norway planned to have aided Denmark."),
    ("e", "2024-01-17", f"{LUND} said on 2024-01-17 that Norway planned to have attacked Denmark."),
    ("f", "2024-01-18", f"{LUND} said on 2024-01-18 that Norway met Denmark on 2024-01-18."),
    ("g", "2024-01-19", f"{LUND} said on 2024-01-19 that Norway met Sweden on 2024-01-19.\nDenmark met Sweden."),
    ("h", "2024-01-22", "Inger Dahl, premier of Denmark, said on 2024-01-22 that Norway attacked Denmark."),
    ("i", "2024-02-05", "Norway attacked Denmark on 2024-02-04.\nNorway met Denmark on 2024-02-04."),
    ("j", "2024-02-06", "Norway aided Denmark on 2024-02-06.\nNorway did not have attacked Denmark on 2024-02-06."),
    ("k", "2024-03-06", "Sweden met Denmark on 2024-03-06."),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "r.db"
    with Record(path) as record:
        for key, day, text in TOLD:
            body = prose("a" if key == "copy" else key, 20)
            record.add_reports([told(f"{text}\n{body}", key, day)])
    return path


@pytest.fixture
def rows(path: Path) -> list[SaidAndDone]:
    with Record(path, create=False) as record:
        return said_and_done(record, "Norway", "DNK")


def test_each_statement_is_of_one_kind_and_each_story_speaks_once(rows: list[SaidAndDone]) -> None:
    january = rows[0]
    assert [(w.day[-2:], w.said.value) for w in january.words] == [
        ("10", "denied"), ("12", "demanded"), ("15", "accused"), ("16", "promised"), ("17", "accused"), ("18", "other"),
    ]  # fmt: skip
    assert january.words[0].reports == 2
    assert january.said == {Said.PROMISED: 1, Said.DEMANDED: 1, Said.DENIED: 1, Said.ACCUSED: 2, Said.OTHER: 1}
    assert all(w.key.startswith("s") and w.speaker == "Per Lund" for w in january.words)


def test_the_events_inside_keep_their_reality_and_who_does_them(rows: list[SaidAndDone]) -> None:
    assert rows[0].told(own=True) == {"denied": 1, "happened": 1, "planned": 2}
    assert rows[0].told(own=False) == {"demanded": 1, "happened": 1}


def test_deeds_are_what_reports_tell_and_is_material(rows: list[SaidAndDone]) -> None:
    assert rows[0].deeds == ()
    assert [(d.day, d.done, d.type) for d in rows[1].deeds] == [
        ("2024-02-04", Done.FOUGHT, "ASSAULT"), ("2024-02-06", Done.COOPERATED, "AID")]  # fmt: skip
    assert rows[1].done == {Done.AGREED: 0, Done.COOPERATED: 1, Done.FOUGHT: 1}
    assert [(r.period.month, r.reports, len(r.words)) for r in rows[1:]] == [(2, 2, 0), (3, 1, 0)]


def test_the_other_side_is_asked_the_other_way_round_and_by_week(path: Path) -> None:
    with Record(path, create=False) as record:
        weeks = said_and_done(record, "DNK", "NOR", Unit.WEEK, Span(date(2024, 1, 22), date(2024, 2, 10)))
        assert [(w.period.isoformat(), [x.said for x in w.words]) for w in weeks] == [
            ("2024-01-22", [Said.ACCUSED]), ("2024-02-05", [])]  # fmt: skip
        assert said_and_done(record, "NOR:GOV", "DNK")[0].said == said_and_done(record, "NOR", "DNK")[0].said
        with pytest.raises(QueryError, match="the same actor"):
            said_and_done(record, "NOR", "Norway")
        with pytest.raises(QueryError, match="outside the record"):
            said_and_done(record, "NOR", "DNK", Unit.MONTH, Span(date(2025, 1, 1)))


def test_what_a_person_rejected_counts_nowhere(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_reports([told(f"{text}\n{prose(key, 20)}", key, day) for key, day, text in TOLD[2:10]])
        first = said_and_done(record, "NOR", "DNK")
        record.correct("reject", first[0].words[0].key, who="ana")
        record.correct("reject", first[1].deeds[0].key, who="ana")
        second = said_and_done(record, "NOR", "DNK")
    assert [len(row.words) for row in second] == [len(first[0].words) - 1, 0]
    assert second[1].deeds == ()


def test_the_picture_has_the_numbers(rows: list[SaidAndDone]) -> None:
    drawn = picture(rows, "Norway", "Denmark", Unit.MONTH)
    assert table(drawn).rows[0] == ("Jan 2024", "2024-01-01", 1, 1, 1, 2, 1, 0, 0, 0, 10 - 1)
    assert "Words: what Norway said of Denmark" in draw(drawn)


def test_the_command_prints_draws_and_opens_to_the_sentences(path: Path, tmp_path: Path) -> None:
    def typed(*words: str) -> str:
        done = CliRunner().invoke(app, ["relation", "NOR", "DNK", "--words", *words, "--record", str(path)])
        assert done.exit_code == 0, done.stderr
        return done.stdout

    shown = typed()
    assert shown.splitlines()[3].split() == ["2024-01-01", "1", "1", "1", "2", "1", "·", "·", "·", "9"]
    assert max(map(len, shown.splitlines())) <= 80
    assert "said (denied): Per Lund, premier of Norway, denied" in typed("--sentences")
    row = json.loads(typed("--json", "--plot", str(tmp_path / "w.svg")))[1]
    assert (row["done"]["fought"], row["deeds"][0]["type"], row["deeds"][0]["key"][0]) == (1, "ASSAULT", "e")
    assert (tmp_path / "w.svg").read_text("utf-8").startswith("<svg")
    nothing = CliRunner().invoke(app, ["relation", "DNK", "ISL", "--words", "--record", str(path)])
    assert "nothing on record that DNK said of ISL" in nothing.stderr
