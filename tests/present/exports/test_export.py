"""What holds for every format: streaming, whole files, streams, which entries go in, the description beside it."""

from __future__ import annotations

import errno
import io
import json
import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

from dateline.errors import ExportError
from dateline.present.exports import Format, export, job, parquet, suffix, writing
from dateline.record.entries import Counts, StatementEntry, TellingEntry
from dateline.record.query import Find, Query
from tests.present.exports.records import TEXT, FakeStore, sentence, some, statement, telling

MADE = "2024-06-01T12:00:00Z"
TEXTS = [f for f in Format if f not in (Format.PARQUET, Format.BRAT)]


def path_of(folder: Path, format: Format) -> Path:
    return folder / ("out" + suffix(format))


@pytest.mark.parametrize("format", Format)
def test_same_entries_make_the_same_bytes(format: Format, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        path = path_of(tmp_path / name, format)
        export(some(), Query(), format, path, made=MADE)
        made.append({p.name: p.read_bytes() for p in sorted((tmp_path / name).iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 2


@pytest.mark.parametrize("format", TEXTS)
def test_streams_get_what_files_get(format: Format, tmp_path: Path) -> None:
    path = path_of(tmp_path, format)
    export(some(), Query(), format, path, made=MADE, package=False)
    text, binary = io.StringIO(newline=""), io.BytesIO()
    assert export(some(), Query(), format, text, made=MADE).files == ()
    export(some(), Query(), format, binary, made=MADE)
    assert text.getvalue().encode() == binary.getvalue() == path.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("format", [Format.PARQUET, Format.BRAT])
def test_binary_formats_go_to_no_text_stream(format: Format) -> None:
    with pytest.raises(ExportError, match="name a file"):
        export(some(), Query(), format, io.StringIO(), made=MADE)


@pytest.mark.parametrize("format", Format)
def test_rows_and_what_is_left_out_are_all_entries(format: Format, tmp_path: Path) -> None:
    store = some()
    # one actor a side, so that an entry is a row
    store.entries = [replace(e, source=e.source[:1], target=e.target[:1]) if isinstance(e, TellingEntry) else e
                     for e in store.entries]  # fmt: skip
    done = export(store, Query(), format, path_of(tmp_path, format), made=MADE)
    if format is not Format.FTM:  # which writes entities and no entries
        assert done.rows + sum(count for count, _ in done.left_out) == done.entries > 0


@pytest.mark.parametrize("format", Format)
def test_no_entries_make_an_empty_file_that_is_whole(format: Format, tmp_path: Path) -> None:
    done = export(FakeStore(), Query(), format, path_of(tmp_path, format), made=MADE)
    assert (done.rows, done.entries) == (0, 0)
    assert all(path.exists() for path in done.files)


# --- which entries ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format", "find", "ok"),
    [
        (Format.GDELT, Find.STATEMENTS, False),
        (Format.ICEWS, Find.SENTENCES, False),
        (Format.PLOVER, Find.STATEMENTS, False),
        (Format.SCHEMA_ORG, Find.EVENTS, False),
        (Format.BRAT, Find.SENTENCES, False),
        (Format.FTM, Find.SENTENCES, False),
        (Format.CSV, Find.SENTENCES, True),
        (Format.CSL, Find.EVENTS, True),
    ],
)
def test_kinds_that_a_format_holds(format: Format, find: Find, ok: bool, tmp_path: Path) -> None:
    path = path_of(tmp_path, format)
    if ok:
        export(some(), Query(find=find), format, path, made=MADE)
    else:
        with pytest.raises(ExportError, match=f"holds no {find}; ask for "):
            export(some(), Query(find=find), format, path, made=MADE)
        assert not list(tmp_path.iterdir())


def test_the_filters_reach_the_store_as_they_are() -> None:
    store = some()
    asked = Query(words="ferry", actor="PAK", since="2024-01-01", reliable=True, copies=True)
    export(store, asked, Format.JSONL, io.StringIO(), made=MADE)
    assert store.asked == [replace(asked, find=Find.STATEMENTS), replace(asked, find=Find.EVENTS)]


# --- files -----------------------------------------------------------------------------------------------------


class _Breaks(FakeStore):
    """A store that fails, or is stopped, in the middle."""

    def __init__(self, error: BaseException) -> None:
        super().__init__([statement(n) for n in range(500)])
        self.error = error

    def _of(self, kind: type[Any], query: Query) -> Iterator[Any]:
        for n, entry in enumerate(super()._of(kind, query)):
            if n == 300:
                raise self.error
            yield entry


@pytest.mark.parametrize("format", [Format.CSV, Format.PARQUET, Format.BRAT, Format.SCHEMA_ORG])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("x")], ids=["stopped", "failed"])
def test_a_broken_export_leaves_what_was(format: Format, error: BaseException, tmp_path: Path) -> None:
    path = path_of(tmp_path, format)
    path.write_bytes(b"before")
    with pytest.raises(type(error)):
        export(_Breaks(error), Query(), format, path, made=MADE)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [(path.name, b"before")]


def test_a_broken_folder_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        export(_Breaks(RuntimeError("x")), Query(), Format.BRAT, tmp_path / "out", made=MADE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format", [Format.CSV, Format.PARQUET, Format.BRAT, Format.FTM])
def test_a_full_disk_is_told_with_what_to_do(format: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    real = Path.open

    def open_full(path: Path, mode: str = "r", *args: Any, **named: Any) -> Any:
        return io.BufferedRandom(Full(path, "w+")) if mode == "wb" else real(path, mode, *args, **named)

    monkeypatch.setattr(writing.Path, "open", open_full)
    path = path_of(tmp_path, format)
    with pytest.raises(ExportError, match=r"out.*no space is left on the disk; free some"):
        export(some(), Query(), format, path, made=MADE)
    monkeypatch.undo()
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such folder; make it first"):
        export(some(), Query(), Format.CSV, tmp_path / "none" / "out.csv", made=MADE)
    with pytest.raises(ExportError, match="it is a folder; name a file"):
        export(some(), Query(), Format.CSV, tmp_path, made=MADE)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").touch()
    with pytest.raises(ExportError, match="name a new or an empty folder"):
        export(some(), Query(), Format.BRAT, tmp_path / "there", made=MADE)


def test_a_record_is_never_written_over(tmp_path: Path) -> None:
    record = tmp_path / "desk.db"
    with closing(sqlite3.connect(record)) as made:
        made.execute("CREATE TABLE t (x)")
        made.commit()
    before = record.read_bytes()
    with pytest.raises(ExportError, match="is a database, perhaps a record; name another one"):
        export(some(), Query(), Format.CSV, record, made=MADE)
    assert record.read_bytes() == before


def test_a_full_temporary_folder_is_told() -> None:
    def fill() -> None:
        with writing.scratch("t (x)") as made:
            made.execute("PRAGMA max_page_count = 3")
            for _ in range(100):
                made.execute("INSERT INTO t VALUES (?)", ("x" * 4000,))

    with pytest.raises(ExportError, match="name another folder in TMPDIR"):
        fill()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "real" / "file.csv")
    export(some(), Query(), Format.CSV, link, made=MADE)
    assert link.is_symlink()
    assert (tmp_path / "real" / "file.csv").stat().st_size > 100


# --- memory ----------------------------------------------------------------------------------------------------


class _Many:
    """A store with very many entries that are made when they are asked for."""

    def __init__(self, count: int) -> None:
        self.count = count

    def statements(self, query: Query) -> Iterator[StatementEntry]:
        made = statement(0)
        return (replace(made, id=n, key=f"s{n}", report=replace(made.report, key=f"r{n}"))
                for n in range(self.count))  # fmt: skip

    def tellings(self, query: Query) -> Iterator[TellingEntry]:
        made = telling(0)
        return (replace(made, id=n, key=f"e{n}", event=f"v{n}", report=replace(made.report, key=f"r{n}"))
                for n in range(self.count))  # fmt: skip

    def reports(self, query: Query) -> Iterator[Any]:
        made = statement(0).report
        return (replace(made, key=f"r{n}") for n in range(self.count))

    def text(self, report: str, version: int | None = None) -> str:
        return TEXT

    def reading(self, report: str, version: int | None = None) -> dict[str, Any]:
        return {"events": []}

    def counts(self, query: Query | None = None) -> Counts:
        return Counts()


def _peak(format: Format, count: int, path: Path) -> int:
    tracemalloc.start()
    try:
        assert export(_Many(count), Query(), format, path, made=MADE).entries >= count  # type: ignore[arg-type]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("format", Format)
def test_memory_does_not_grow_with_the_rows(format: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "_KEYS", 100)
    monkeypatch.setattr(parquet, "GROUP", 100)
    monkeypatch.setattr(writing, "CHUNK", 1_000)
    # a folder for brat: an archive keeps the names of its files until its end
    paths = [tmp_path / f"{n}" if format is Format.BRAT else path_of(tmp_path, format) for n in range(3)]
    _peak(format, 100, paths[0])
    # an entry takes two kilobytes and more: a list of them would be larger by more than 800,000
    assert _peak(format, 600, paths[1]) < _peak(format, 200, paths[2]) + 500_000


# --- the description -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", Format)
def test_the_description_is_a_data_package(format: Format, tmp_path: Path) -> None:
    path = path_of(tmp_path, format)
    done = export(some(), Query(words="talks"), format, path, made=MADE)
    told = json.loads(done.files[-1].read_text("utf-8"))
    assert done.files[-1].name == path.name + ".datapackage.json"
    assert [resource["path"] for resource in told["resources"]] == [path.name]
    assert told["created"] == MADE
    ours = told["dateline"]
    assert ours["query"] == {"words": "talks"}
    assert ours["counts"] == {"reports": 2, "stories": 2, "statements": 4, "events": 5}
    assert (ours["rows"], ours["entries"]) == (done.rows, done.entries)
    assert ours["left_out"] == {reason: count for count, reason in done.left_out}
    assert ours["made_by"]["codebook"] == told["codebook"]["version"] == "PLOVER-2021"
    assert len(told["codebook"]["types"]) == 16
    assert len(told["codebook"]["cameo"]) > 300
    assert len(told["codebook"]["realities"]) == 8
    assert len(told["codebook"]["stances"]) == 6
    assert "licence_notes" in told
    assert Package.validate_descriptor(told).valid


@pytest.mark.parametrize(
    ("format", "find"),
    [
        (Format.CSV, Find.STATEMENTS), (Format.CSV, Find.EVENTS), (Format.CSV, Find.SENTENCES),
        (Format.JSONL, Find.STATEMENTS), (Format.JSONL, Find.EVENTS), (Format.GDELT, None), (Format.ICEWS, None),
    ],
)  # fmt: skip
def test_tables_are_what_their_description_says(format: Format, find: Find | None, tmp_path: Path) -> None:
    store = some()
    store.entries.append(sentence())
    done = export(store, Query(find=find), format, path_of(tmp_path, format), made=MADE)
    checked = validate(str(done.files[-1]))
    assert checked.valid, checked.flatten(["type", "message"])
    assert checked.tasks[0].stats["rows"] == done.rows > 0


def test_a_folder_holds_its_description(tmp_path: Path) -> None:
    done = export(some(), Query(), Format.BRAT, tmp_path / "out", made=MADE)
    assert done.files == (tmp_path / "out", tmp_path / "out" / "datapackage.json")
