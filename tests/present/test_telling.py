from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import typer

from dateline.errors import RecordError, WorkerLost
from dateline.present.commands import telling
from dateline.present.commands.telling import Heartbeat, Tally, duration, ending_well, estimate, one_line
from dateline.present.words import kind_of


def test_a_tally_counts_like_reasons_together() -> None:
    tally = Tally(read=5, used=2)
    tally.skip("broken JSON (column 3): mend it")
    tally.skip("broken JSON (column 9): mend it")
    tally.skip("language fr: not read")
    assert tally.lines() == ["read 5, used 2, skipped 3", "  2 × broken JSON", "  1 × language fr: not read"]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("empty file: nothing to read", "empty file"), ("language fr: not read", "language fr: not read"), ("cut", "cut")],
)
def test_kind_of_a_reason(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind


def test_no_line_holds_what_moves_a_cursor() -> None:
    assert one_line("a\x1b[2J\nb") == "a\\x1b[2J\\nb"


def test_a_heartbeat_is_told_now_and_then_with_what_is_left() -> None:
    times = iter([0.0, 10.0, 61.0, 70.0, 125.0])
    beat = Heartbeat(total=1_220, every=60, clock=lambda: next(times))
    assert beat.line(100) is None
    assert beat.line(610) == "610 reports so far, 10 a second, about 61 seconds left"
    assert beat.line(700) is None
    assert beat.line(1_250) == "1,250 reports so far, 10 a second"


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 seconds"), (89, "89 seconds"), (3_600, "60 minutes")])
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_estimate_counts_files_and_lines_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.jsonl").write_text("{}\n{}\n")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))
    assert estimate([str(tmp_path)]) == 3
    assert estimate([str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl")]) == 3
    assert estimate([str(tmp_path / "c.jsonl.gz")]) is None
    assert estimate(["-"]) is None


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (RecordError("x.db", "is no record"), 2, "dateline: x.db: is no record"),
        (WorkerLost(), 1, "dateline: a worker process was ended"),
        (OSError(28, "No space left on device"), 1, "dateline: stopped: No space left on device"),
        (KeyboardInterrupt(), 130, "stopped"),
        (ZeroDivisionError("odd"), 1, "dateline: stopped: a fault in Dateline (ZeroDivisionError: odd)"),
    ],
)
def test_an_error_is_one_line_and_an_exit_status(
    error: BaseException, code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(telling, "let_go", lambda _: None)  # it would close the test's own output
    with pytest.raises(typer.Exit) as end, ending_well():
        raise error
    assert end.value.exit_code == code
    assert capsys.readouterr().err.startswith(line)
