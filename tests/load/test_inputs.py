"""Files, folders and standard input, and the one clear line that each bad input gives."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import MissingInput
from dateline.load import Failure, check_paths, read_paths
from dateline.model import Report

TEXT = "LONDON (AFP) — “It is over,” the minister said on Monday. The crowd in Zürich was small and calm."
LINE = json.dumps({"id": 7, "text": "The minister said that it was over."})


Ran = tuple[list[Report], list[Failure], list[str]]


def run(*paths: str | Path, stdin: bytes = b"", given: date | None = None) -> Ran:
    """What the paths gave: reports, failures, notices."""
    told: list[str] = []
    items = list(read_paths([str(p) for p in paths], io.BytesIO(stdin), given, told.append))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Failure)], told


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\n", "no words"),
        ("a.txt", b"\xef\xbb\xbf\xef\xbb\xbf\n", "no words"),
        ("a.txt", random.Random(1).randbytes(5_000), "binary data"),
        ("a.txt", b"%PDF-1.7 ...", "PDF document"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG picture"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 9, mtime=0)[:60], "gzip data is cut short"),
        ("a.gz", b"\x1f\x8b" + b"\1" * 40, "gzip data is damaged"),
        ("a.gz", gzip.compress(gzip.compress(TEXT.encode(), mtime=0), mtime=0), "gzip data inside gzip data"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav><p>Login</p></body></html>", "no article text found"),
        ("a.html", b"<html><body>" + b"<div>" * 200_000 + b"It is over.", "no article text found"),
        ("a.jsonl", b'{"text": broken', "line 1: broken JSON"),
        ("a.jsonl", b"[" * 100_000, "broken JSON"),
        ("a.jsonl", b"{" + b"[" * 100_000, "line 1: broken JSON"),
        ("a.jsonl", b'{"text": ' + b"9" * 5_000 + b"}", "line 1: broken JSON (a number too long)"),
        ("a.jsonl", b'"words"', "line 1: a string and no object"),
        ("a.jsonl", b'{"id": 1}', 'line 1: the object has no "text"'),
        ("a.jsonl", b'{"text": 5}', 'line 1: "text" is no string'),
        ("a.jsonl", b'{"text": " "}', 'line 1: "text" is empty'),
    ],
)
def test_bad_input_gives_one_line(tmp_path: Path, name: str, data: bytes, line: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    reports, failures, _ = run(path)
    assert reports == []
    assert len(failures) == 1
    assert str(failures[0]).startswith(str(path))
    assert line in str(failures[0])
    assert "\n" not in str(failures[0])


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (TEXT.encode("cp1252"), "read as windows-1252"),
        (TEXT.encode("utf-16"), "read as UTF-16"),
        (TEXT.encode("utf-16-le"), "read as UTF-16-LE"),
        (TEXT.encode("utf-16-be"), "read as UTF-16-BE"),
        (TEXT.encode("utf-32"), "read as UTF-32"),
        (TEXT.encode().replace(b" is", b" i\0s"), "1 NUL character left out"),
        (TEXT.encode()[:20] + b"\xff" + TEXT.encode()[20:], "damaged UTF-8"),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode(), None),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, note: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    reports, failures, told = run(path)
    assert failures == []
    assert reports[0].text.replace("\ufffd", "") == TEXT
    assert reports[0].language == "en"
    assert [note in line and str(path) in line for line in told if note] == ([True] if note else [])
    assert bool(told) == bool(note)


def test_offsets_count_code_points(tmp_path: Path) -> None:
    text = "KABUL (AFP) — \u202bThe minister\u202c said \U0001f44d\U0001f3fd it is over in Herat.\nSource: AFP"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    report = run(tmp_path / "a.txt")[0][0]
    assert report.text == text
    assert text[slice(*report.furniture[-1])] == "Source: AFP"


def test_line_ends_of_files_are_made_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.\r\nTwo.\rThree.")
    assert run(tmp_path / "a.txt")[0][0].text == "One.\nTwo.\nThree."


def test_a_line_of_20_mb_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    endless = "The minister said that it was over. " * 580_000
    (tmp_path / "a.txt").write_text(endless, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("\n".join([LINE, json.dumps({"text": endless}), LINE]), encoding="utf-8")
    reports, failures, _ = run(tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert len(reports) == 2
    assert [f.where.rsplit("/", 1)[1] for f in failures] == ["a.txt", "b.jsonl, line 2"]
    assert all("500,000 characters" in f.reason for f in failures)


def test_the_file_that_is_written_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "out.jsonl").write_text(LINE, encoding="utf-8")
    items = list(read_paths([str(tmp_path)], None, written=(tmp_path / "out.jsonl").stat()))
    assert [type(i) for i in items] == [Report, Failure]
    assert "written to this file" in str(items[1])


def test_standard_input_that_is_closed_or_breaks() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

        read1 = read

    assert [str(i) for i in read_paths(["-"], None)] == ["standard input: closed: nothing to read"]
    (failure,) = read_paths(["-"], Broken())
    assert str(failure) == "standard input: cannot be read on (input/output error): check the file"


def test_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.load.origins.LONGEST", 100)
    monkeypatch.setattr("dateline.load.inputs.LONGEST", 100)
    monkeypatch.setattr("dateline.load.records.LONGEST", 100)
    (tmp_path / "a.txt").write_text("Rain fell. " * 20, encoding="utf-8")
    lines = [LINE, json.dumps({"text": "Rain fell. " * 20}), json.dumps({"text": "Rain fell. " * 9000}), LINE]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    reports, failures, _ = run(tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert len(reports) == 2
    where = [f.where.rsplit("/", 1)[1] for f in failures]
    assert where == ["a.txt", "b.jsonl, line 2", "b.jsonl, line 3"]


def test_broken_line_among_good_ones(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{LINE}\n\n{LINE[:-5]}\n{LINE}\n", encoding="utf-8")
    reports, failures, _ = run(tmp_path / "a.jsonl")
    assert [r.id for r in reports] == ["7", "7"]
    assert [f.where.rsplit("/", 1)[1] for f in failures] == ["a.jsonl, line 3"]


def test_cut_jsonl_keeps_its_whole_lines(tmp_path: Path) -> None:
    rng = random.Random(3)
    lines = [json.dumps({"text": f"Report {i}: rain fell {rng.random()}."}) for i in range(5_000)]
    packed = gzip.compress("\n".join(lines).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    reports, failures, _ = run(tmp_path / "a.jsonl.gz")
    assert 1_000 < len(reports) < 4_000
    assert [r.text for r in reports] == [json.loads(line)["text"] for line in lines[: len(reports)]]
    assert [f.where.rsplit(", ", 1)[1] for f in failures] == [f"line {len(reports) + 1}"]
    assert "cut short" in failures[0].reason


def test_text_of_jsonl_is_kept_exactly(tmp_path: Path) -> None:
    text = "\ufeff Rain\r\nfell.\u0085\u2028 A\0b \ud800 \U0001f600 end "
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text, "more": [1]}), encoding="utf-8")
    report = run(tmp_path / "a.jsonl")[0][0]
    assert report.text == text.replace("\ud800", "\ufffd")
    assert len(report.text) == len(text)


def test_keys_of_jsonl(tmp_path: Path) -> None:
    record = {"id": "x", "text": TEXT, "title": "Over", "publisher": "Post", "language": "eng"}
    record["dct"] = "2024-11-08T10:00:00Z"
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    report = run(tmp_path / "a.jsonl", given=date(2020, 1, 1))[0][0]
    assert (report.id, report.title, report.credits.publisher, report.language) == ("x", "Over", "Post", "en")
    assert report.published is not None
    assert (report.published.value, report.published.origin.value) == ("2024-11-08", "metadata")


@pytest.mark.parametrize(
    ("published", "value", "told"),
    [("0000-01-01", None, "no day"), ("1211-08-", None, "no day"), ("2999-01-01", "2999-01-01", "cannot be right"),
     ({"a": 1}, None, "no day"), ("2024-11-08", "2024-11-08", None), (None, None, None)],
)  # fmt: skip
def test_odd_dates_are_told_and_the_report_is_read(
    tmp_path: Path, published: object, value: str | None, told: str | None
) -> None:
    (tmp_path / "a.jsonl").write_text("\n" + json.dumps({"text": TEXT, "published": published}), encoding="utf-8")
    reports, failures, lines = run(tmp_path / "a.jsonl")
    assert failures == []
    found = reports[0].published
    assert (found.value if found else None) == value
    assert len(lines) == (1 if told else 0)
    assert not told or ("a.jsonl, line 2: " in lines[0] and told.replace("no day", "not a day") in lines[0])


def test_other_language_is_told_with_its_line(tmp_path: Path) -> None:
    french = "Le ministre a déclaré lundi que la réunion était terminée et que personne ne reviendrait."
    (tmp_path / "a.jsonl").write_text(f"{LINE}\n" + json.dumps({"text": french}), encoding="utf-8")
    reports, failures, told = run(tmp_path / "a.jsonl")
    assert [len(r.skipped) for r in reports] == [0, 1]
    assert failures == []
    assert told == [f"{tmp_path}/a.jsonl, line 2: language fr: not read"]


def test_json_documents(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([json.loads(LINE), 5], indent=1), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(json.loads(LINE), indent=1), encoding="utf-8")
    reports, failures, _ = run(tmp_path / "a.json", tmp_path / "b.json")
    assert [r.id for r in reports] == ["7", "7"]
    assert [f.where.rsplit("/", 1)[1] for f in failures] == ["a.json, item 2"]


@pytest.mark.parametrize(
    ("stdin", "kind"),
    [
        (TEXT.encode(), "plain text"),
        (gzip.compress(TEXT.encode(), mtime=0), "plain text"),
        (LINE.encode(), "JSON Lines"),
        (LINE.encode("utf-16"), "JSON Lines"),
        (f"<!DOCTYPE html><html><body><p>{TEXT}</p><p>{TEXT}</p></body></html>".encode(), "a web page"),
    ],
)
def test_kind_is_taken_from_content_and_told(stdin: bytes, kind: str) -> None:
    reports, failures, told = run("-", stdin=stdin)
    assert (len(reports), failures) == (1, [])
    assert told[0] == f"standard input: taken for {kind}"


def test_wrong_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE, encoding="utf-8")
    reports, _, told = run(tmp_path / "a.txt")
    assert reports[0].id == "7"
    assert told == [f"{tmp_path}/a.txt: taken for JSON Lines"]


def test_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/d.txt", "c.txt", ".hidden.txt", ".git/x.txt", "pic.png", "notes.md", "plain"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}", encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    reports, failures, told = run(tmp_path)
    assert [r.text.rsplit(" ", 1)[1] for r in reports] == ["a.txt", "b.txt", "c/d.txt", "c.txt", "plain"]
    assert failures == []
    assert f"{tmp_path}: files of other kinds left out: 1 .md, 1 .png" in told


def test_folder_without_reports(tmp_path: Path) -> None:
    assert "no report in this folder" in str(run(tmp_path)[1][0])


def test_missing_paths_are_all_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(MissingInput) as error:
        check_paths([str(tmp_path), "nope.txt", "-", "neither.txt", "a\0b"])
    assert "nope.txt" in str(error.value)
    assert "neither.txt" in str(error.value)
    check_paths([str(tmp_path), "-"])


def test_file_that_goes_away_or_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cannot be opened" in str(run(tmp_path / "nope.txt")[1][0])

    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    items = list(read_paths(["-"], Breaking(b"x"), None))
    assert len(items) == 1
    assert "cannot be read on (input/output error)" in str(items[0])


def test_given_date_counts_for_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    published = run(tmp_path / "a.txt", given=date(2024, 11, 8))[0][0].published
    assert published is not None
    assert (published.value, published.origin.value) == ("2024-11-08", "given")


def test_ids_are_the_same_for_the_same_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    ids = {r.id for r in run(tmp_path / "a.txt", tmp_path / "b.jsonl")[0]}
    assert len(ids) == 1
    assert len(ids.pop()) == 16
