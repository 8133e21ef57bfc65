"""Every report carries the bytes it was made from, and comes out of them again."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.load import Failure, again, read_paths
from dateline.load.origins import _READERS
from dateline.model import Origin, Reading, Report
from dateline.present.jsonl import to_line
from tests.load.sources import DATA, PAGE, archive

KINDS = {
    "text": b"OSLO, Nov 8 (NTB) - Rain fell in Z\xfcrich.",
    "page": PAGE.replace("<head>", "<head><link rel='canonical' href='https://a.example/b'>").encode("cp1252"),
    "json": b'{"id": 7, "text": "Rain fell.", "url": "https://a.example/c"}',
    "entry": (DATA / "harbour.rss").read_bytes(),
    "capture": archive(),
    "mail": (DATA / "dispatch.eml").read_bytes(),
    "gdelt": (DATA / "20241109121500.export.CSV").read_bytes(),
    "icews": (DATA / "events.2014.tab").read_bytes(),
}


def origin_of(item: Report | Reading) -> Origin:
    report = item.report if isinstance(item, Reading) else item
    assert report.origin is not None
    return report.origin


def test_every_reader_is_tried_here() -> None:
    assert set(KINDS) == set(_READERS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", [None, date(2024, 11, 9)])
def test_again(kind: str, day: date | None) -> None:
    items = [i for i in read_paths(["-"], io.BytesIO(KINDS[kind]), day) if not isinstance(i, Failure)]
    assert items
    for item in items:
        origin = origin_of(item)
        assert (origin.kind, origin.given) == (kind, day.isoformat() if day else None)
        assert again(origin) == item


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 2_000), st.binary(max_size=6), st.none() | st.dates())
def test_again_of_damaged_input(kind: str, at: int, bytes_: bytes, day: date | None) -> None:
    data = KINDS[kind]
    for item in read_paths(["-"], io.BytesIO(data[:at] + bytes_ + data[at + 2 :]), day):
        if not isinstance(item, Failure):
            assert again(origin_of(item)) == item


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=80), st.text(max_size=12))
def test_any_origin_gives_a_report_or_a_failure(kind: str, raw: bytes, day: str) -> None:
    found = again(Origin("x", "y", kind, raw, day))
    assert isinstance(found, Failure) or origin_of(found).locator == "y"
    assert isinstance(again(Origin("x", "y", kind + "?", raw)), Failure)


def test_an_origin_changes_no_reading() -> None:
    (report,) = read_paths(["-"], io.BytesIO(KINDS["text"]))
    assert isinstance(report, Report)
    assert to_line(Reading(report)) == to_line(Reading(Report(**{
        name: getattr(report, name) for name in report.__dataclass_fields__ if name != "origin"
    })))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "locators"),
    [
        ("a.txt", b"Rain fell on the town.", ["{}"]),
        ("a.html", PAGE.encode(), ["{}"]),
        ("b.html", KINDS["page"], ["https://a.example/b"]),
        ("a.jsonl", b'\n{"id": 1, "text": "Rain."}\n{"text": "Snow.", "url": "HTTP://A.b/x#y"}\n{"text": "Hail."}',
         ["1", "http://a.b/x", "{}#4"]),
        ("a.json", json.dumps([{"text": "Rain."}, {"id": "", "text": "Snow."}]).encode(), ["{}#1", "{}#2"]),
        ("c.html", KINDS["page"].replace(b"a.example/b", b"a.example/"), ["{}"]),
        ("a.eml", b"Subject: x\n\nRain fell.", ["{}"]),
    ],
)
def test_locators(tmp_path: Path, name: str, data: bytes, locators: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    found = [origin_of(i).locator for i in read_paths([name], None) if not isinstance(i, Failure)]
    assert found == [where.format(tmp_path / name) for where in locators]


def test_standard_input_is_named_by_its_words() -> None:
    (report,) = read_paths(["-"], io.BytesIO(b"Rain fell."))
    assert isinstance(report, Report)
    assert origin_of(report).locator == f"text:{report.id}"


@pytest.mark.parametrize("raw", [b"\n", b"Event ID\tStory\n1\t2", b"\n\n"])
def test_a_table_without_the_columns_it_needs_is_told(raw: bytes) -> None:
    found = again(Origin("x", "y", "icews", raw, ""))
    assert isinstance(found, Failure)
    assert "Event Date" in found.reason
