"""The commands that keep a record and ask it, each as typed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from typer.testing import CliRunner, Result

from dateline.keep import Record
from dateline.present.cli import app

SAMPLES = Path(__file__).parents[2] / "samples"
Typed = Callable[..., Result]


def typed(*args: str | Path, env: dict[str, str] | None = None) -> Result:
    """What a command gives, run in this process."""
    return CliRunner().invoke(app, [str(a) for a in args], env={"COLUMNS": "80", "DATELINE_USER": "ana", **(env or {})})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the samples, not to be written to."""
    path = tmp_path_factory.mktemp("kept") / "samples.db"
    done = typed("add", SAMPLES, "--record", path, "--fast")
    assert done.exit_code == 0, done.stderr
    assert "read 15, used 13, skipped 2" in done.stderr
    assert "1 × language fr: not read" in done.stderr
    assert "new 14, new versions 0, known already 0" in done.stderr
    assert "now holds 14 reports in " in done.stderr
    return path


@pytest.fixture
def own(kept: Path, tmp_path: Path) -> Path:
    """A copy of the record, to write to."""
    return Path(shutil.copy(kept, tmp_path / "own.db"))


def found(record: Path, *args: str) -> dict[str, Any]:
    done = typed("search", *args, "--json", "--record", record)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


# --- add


def test_adding_again_changes_nothing_and_is_no_failure(own: Path) -> None:
    before = found(own, "--find", "events")
    done = typed("add", SAMPLES, "--record", own, "--fast")
    assert done.exit_code == 0
    assert "new 0, new versions 0, known already 14" in done.stderr
    assert found(own, "--find", "events") == before


def test_a_longer_report_is_the_next_version(tmp_path: Path) -> None:
    path, record = tmp_path / "a.txt", tmp_path / "r.db"
    text = "OSLO, May 3, 2024 (NTB) - Norway warned Denmark on Friday over a ferry. The ferry had left Bergen."
    path.write_text(text, encoding="utf-8")
    assert typed("add", path, "--record", record, "--fast").exit_code == 0
    path.write_text(text + " Denmark denied it on Saturday.", encoding="utf-8")
    done = typed("add", path, "--record", record, "--fast")
    assert "new 0, new versions 1, known already 0" in done.stderr
    assert "1 report in 1 story" in done.stderr
    key = found(record, "ferry")["hits"][0]["report"]["key"]
    first = json.loads(typed("report", key, "--version", "1", "--json", "--record", record).stdout)
    assert first["reading"]["text"] == text
    assert [v["version"] for v in first["versions"]] == [1, 2]
    assert typed("report", key, "--version", "7", "--record", record).exit_code == 2


def test_the_record_itself_is_not_read_in_an_added_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway warned Denmark on Friday.", encoding="utf-8")
    record = tmp_path / "record"  # no ending: content decides
    for _ in range(2):
        done = typed("add", tmp_path, "--record", record, "--fast")
        assert done.exit_code == 0, done.stderr
        assert "read 1, used 1, skipped 0" in done.stderr


def test_what_is_not_there_makes_no_record(tmp_path: Path) -> None:
    done = typed("add", tmp_path / "none.txt", "--record", tmp_path / "r.db")
    assert done.exit_code == 2
    assert "none.txt" in done.stderr
    assert not (tmp_path / "r.db").exists()


def test_nothing_kept_is_exit_status_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = typed("add", tmp_path / "empty.txt", "--record", tmp_path / "r.db")
    assert done.exit_code == 1
    assert "read 1, used 0, skipped 1" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="signals as on Linux")
def test_ctrl_c_finishes_a_batch_and_the_same_command_goes_on(tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for i in range(200):
            file.write(json.dumps({"id": f"n{i}", "text": f"Norway warned Denmark over pier {i} on Friday."}) + "\n")
    record = tmp_path / "r.db"
    command = [sys.executable, "-m", "dateline", "add", "--fast", "--record", str(record), str(lines)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))  # fmt: skip
    while run.poll() is None and not (record.exists() and _reports(record)):
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGINT)
    told = run.communicate(timeout=120)[1].decode()
    assert run.returncode == 130, told
    assert f"dateline add --fast --record {record} {lines}" in told
    assert "Traceback" not in told
    assert 0 < _reports(record) < 200
    done = typed(*command[3:])
    assert done.exit_code == 0, done.stderr
    assert _reports(record) == 200
    assert typed("status", "--check", "--record", record).exit_code == 0


def test_ctrl_c_is_heard_where_all_is_known(own: Path) -> None:
    from dateline import Record

    told: list[str] = []
    with Record(own) as record, pytest.raises(KeyboardInterrupt):
        record.add([SAMPLES], fast=True, notice=told.append, progress=lambda _: os.kill(os.getpid(), signal.SIGINT))
    assert any("Ctrl-C again stops at once" in line for line in told)


def _reports(record: Path) -> int:
    from dateline import Record
    from dateline.errors import RecordError

    try:
        with Record(record, create=False) as opened:
            return opened.counts().reports
    except RecordError:  # just being made
        return 0


# --- search


def test_a_hit_shows_its_sentence_and_its_neighbours(kept: Path) -> None:
    done = typed("search", "quarantine", "--record", kept)
    assert done.exit_code == 0, done.stderr
    assert "*quarantine*" in done.stdout
    assert "found" in done.stderr
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_filters_find_events_and_say_who_and_whether(kept: Path) -> None:
    hits = found(kept, "--source", "Egypt", "--find", "events")["hits"]
    assert hits
    assert all(any(a["country"] == "EGY" for a in hit["source"]) for hit in hits)
    assert all("id" not in hit for hit in hits)


def test_limit_and_cursor_give_all_hits_once(kept: Path) -> None:
    whole = found(kept, "--find", "events", "--limit", "1000")
    keys, cursor = [], None
    while True:
        page = found(kept, "--find", "events", "--limit", "7", *(["--cursor", cursor] if cursor else []))
        keys += [hit["key"] for hit in page["hits"]]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert keys == [hit["key"] for hit in whole["hits"]]
    assert whole["total"] == len(keys) > 7


def test_nothing_found_says_what_to_try(kept: Path) -> None:
    done = typed("search", "quarantine", "xyzzy", "--record", kept)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "nothing found" in done.stderr
    assert "quarantine alone: " in done.stderr
    done = typed("search", "quarantine", "--publisher", "Meridian Archive", "--record", kept)
    assert "without --publisher: " in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "give words, or at least one filter"),
        (["--actor", "Anwar Saddat"], "did you mean Anwar Sadat?"),
        (["--type", "ASAULT"], "did you mean ASSAULT?"),
        (["--saved", "nothing"], "no search is saved as 'nothing'"),
        (["--stance", "denies", "--type", "ASSAULT"], "ask for one of them"),
        (["--since", "soon"], "is no day"),
        (["x", "--cursor", "zz"], "cursor"),
    ],
)
def test_a_slip_is_one_clear_line(kept: Path, args: list[str], said: str) -> None:
    done = typed("search", *args, "--record", kept)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_searches_are_saved_listed_run_and_forgotten(own: Path, tmp_path: Path) -> None:
    done = typed("search", "quarantine", "--publisher", "Nobody", "--save", "a b", "--record", own)
    assert done.exit_code == 2, "a name that nobody has is told before it is saved"
    assert typed("search", "quarantine", "--reliable", "--save", "a b", "--record", own).exit_code == 0
    assert typed("search", "--list", "--record", own).stdout == "a b: quarantine --reliable\n"
    assert found(own, "--saved", "a b")["query"] == {"words": "quarantine", "reliable": True}
    feed = tmp_path / "feed.xml"
    assert typed("search", "--saved", "a b", "--atom", feed, "--record", own).exit_code == 0
    read = feedparser.parse(feed.read_bytes())
    assert not read.bozo
    assert len(read.entries) == found(own, "--saved", "a b")["total"]
    assert typed("search", "--forget", "a b", "--record", own).exit_code == 0
    assert typed("search", "--forget", "a b", "--record", own).exit_code == 2
    assert typed("search", "--list", "--record", own).stdout == ""


# --- the record's file


def test_the_environment_names_the_record(kept: Path) -> None:
    done = typed("status", "--json", env={"DATELINE_RECORD": str(kept)})
    assert json.loads(done.stdout)["record"]["path"] == str(kept)


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["report", "r1"], ["correct", "list"], ["reread"]])
def test_no_record_is_one_clear_line(command: list[str], tmp_path: Path) -> None:
    done = typed(*command, "--record", tmp_path / "none.db")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "dateline add" in done.stderr
    (tmp_path / "note.db").write_text("no database")
    done = typed(*command, "--record", tmp_path / "note.db")
    assert done.exit_code == 2
    assert "is no record" in done.stderr


# --- status, export, reports, actors


def test_status_tells_what_is_there_and_what_is_not(kept: Path) -> None:
    told = json.loads(typed("status", "--json", "--record", kept).stdout)
    assert next(iter(told)) == "counts"
    assert list(told["counts"])[:5] == ["reports", "stories", "statements", "events", "actors"]
    shown = typed("status", "--check", "--record", kept)
    assert shown.exit_code == 0
    assert "14 reports in " in shown.stdout
    assert "1 × language fr: not read" in shown.stdout
    assert "broken JSON" in shown.stdout
    assert "sound" in shown.stderr


def test_status_of_a_damaged_file_is_exit_status_1_or_2(own: Path) -> None:
    data = bytearray(own.read_bytes())
    for page in range(20, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    own.write_bytes(data)
    done = typed("status", "--check", "--record", own)
    assert done.exit_code in (1, 2)
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_an_export_has_the_rows_of_the_search(kept: Path, tmp_path: Path) -> None:
    args = ["--find", "events", "--reality", "happened", "--record", kept]
    out = tmp_path / "events.jsonl"
    done = typed("export", "--format", "jsonl", "--out", out, *args)
    assert done.exit_code == 0, done.stderr
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    hits = json.loads(typed("search", *args, "--json", "--limit", "1000").stdout)["hits"]
    assert {row["telling"] for row in rows} == {hit["key"] for hit in hits}
    assert len(rows) == len(hits) > 0
    piped = typed("export", "--format", "jsonl", "--out", "-", *args)
    assert len(piped.stdout.splitlines()) == len(rows)


def test_a_report_is_shown_as_it_was_read_with_its_story(own: Path, tmp_path: Path) -> None:
    text = (SAMPLES / "02_missiles_in_cuba.txt").read_text("utf-8")
    cut = text[: text.index("At the United Nations")] + "\n\nFrom our wires.\n"
    (tmp_path / "copy.txt").write_text(cut, encoding="utf-8")
    assert typed("add", tmp_path / "copy.txt", "--record", own, "--fast").exit_code == 0
    key = found(own, "quarantine", "--copies")["hits"][0]["report"]["key"]
    shown = typed("report", key, "--record", own)
    assert shown.exit_code == 0, shown.stderr
    assert "Who said what" in shown.stdout
    assert "Kept as" in shown.stdout
    assert "the earliest known" in shown.stdout
    assert "Who said what" not in typed("report", key, "--json", "--record", own).stdout
    assert len(typed("report", "--record", own).stdout.splitlines()) == 15


def test_an_actor_has_names_and_roles_with_their_days(kept: Path) -> None:
    done = typed("actor", "Anwar Sadat", "--record", kept)
    assert "President (EGY): first seen 1978-09-18, last 1978-09-18, in 1 report" in done.stdout
    assert json.loads(typed("actor", "USA", "--json", "--record", kept).stdout)["name"] == "United States"
    assert "did you mean Anwar Sadat?" in typed("actor", "Anwar Saddat", "--record", kept).stderr


def test_a_relation_is_a_table(kept: Path) -> None:
    done = typed("relation", "ISR", "EGY", "--record", kept)
    assert "1978-09-01" in done.stdout
    assert json.loads(typed("relation", "ISR", "EGY", "--by", "week", "--json", "--record", kept).stdout)
    assert "nothing on record" in typed("relation", "NOR", "EGY", "--record", kept).stderr


# --- corrections


def test_what_is_rejected_is_found_no_more_until_it_is_undone(own: Path) -> None:
    before = found(own, "--find", "events", "--limit", "1000")["hits"]
    key = before[0]["key"]
    done = typed("correct", "reject", key, "--why", "a slip", "--record", own)
    assert done.exit_code == 0, done.stderr
    assert f"reject {key}" in done.stdout
    assert "by ana" in done.stdout
    assert "a slip" in done.stdout
    after = [hit["key"] for hit in found(own, "--find", "events", "--limit", "1000")["hits"]]
    assert key not in after
    assert [hit["key"] for hit in found(own, "--find", "events", "--judged", "rejected")["hits"]] == [key]
    number = json.loads(typed("correct", "list", key, "--json", "--record", own).stdout)["id"]
    assert typed("correct", "undo", str(number), "--record", own).exit_code == 0
    assert key in [hit["key"] for hit in found(own, "--find", "events", "--limit", "1000")["hits"]]
    assert "undone" in typed("correct", "list", "--record", own).stdout


def test_fields_are_edited_and_hold_after_reading_anew(own: Path) -> None:
    key = found(own, "--find", "events", "--reality", "happened")["hits"][0]["key"]
    done = typed("correct", "edit", key, "reality=planned", "day=1999-01-02", "--who", "bo", "--record", own)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    changed = typed("correct", "edit", key, "target=Egypt; Israel", "source=nobody", "--record", own)
    assert changed.exit_code == 0, changed.stderr
    assert typed("reread", "--all", "--fast", "--record", own).exit_code == 0
    hit = next(h for h in found(own, "--judged", "edited", "--find", "events")["hits"] if h["key"] == key)
    assert (hit["reality"], hit["day"]) == ("planned", "1999-01-02")
    assert (hit["source"], {actor["name"] for actor in hit["target"]}) == ([], {"Egypt", "Israel"})
    assert typed("correct", "edit", key, "day=none", "--record", own).exit_code == 0


def test_actors_are_merged_and_a_report_gets_its_day(own: Path) -> None:
    assert typed("correct", "merge", "Anwar Sadat", "Menachem Begin", "--record", own).exit_code == 0
    merged = json.loads(typed("actor", "Anwar Sadat", "--json", "--record", own).stdout)
    assert "Menachem Begin" in {name for name, _ in merged["names"]}
    key = merged_key = found(own, "quarantine")["hits"][0]["report"]["key"]
    assert typed("correct", "date", key, "1962-10-30", "--record", own).exit_code == 0
    report = json.loads(typed("report", merged_key, "--json", "--record", own).stdout)["report"]
    assert (report["published"], report["reliable"]) == ("1962-10-30", True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["accept"], "write it as: dateline correct accept KEY..."),
        (["accept", "e000"], "e000"),
        (["edit", "e000", "reality"], "write it as: dateline correct edit KEY FIELD=VALUE..."),
        (["merge", "one"], "write it as"),
        (["merge", "Nobody Whatsoever", "Anwar Sadat"], "Nobody Whatsoever"),
        (["undo", "x"], "write it as"),
        (["undo", "99"], "no correction with this number"),
        (["date", "r000", "2024-01-01"], "r000"),
        (["burn", "x"], "burn"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(own: Path, args: list[str], said: str) -> None:
    done = typed("correct", *args, "--record", own)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert typed("correct", "list", "--record", own).stdout == ""


def test_a_backup_is_a_record_of_its_own(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.store.note_skip("a file", "a reason")
    kept, copy = str(tmp_path / "r.db"), str(tmp_path / "b.db")
    assert CliRunner().invoke(app, ["backup", copy, "--record", kept]).exit_code == 0
    assert CliRunner().invoke(app, ["status", "--check", "--record", copy]).exit_code == 0
    again = CliRunner().invoke(app, ["backup", copy, "--record", kept])
    assert again.exit_code != 0
    assert "b.db" in again.stderr
