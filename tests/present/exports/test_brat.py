"""brat standoff, read again by bioc."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bioc import brat
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicons.eventbook import TYPES
from dateline.model import Span
from dateline.present.exports import Format, export
from dateline.present.exports.brat import configuration, fit
from dateline.record.entries import Entry
from dateline.record.query import Query
from tests.present.exports.records import TEXT, FakeStore, report, some, statement, telling
from tests.present.exports.words import texts

MADE = "2024-06-01T12:00:00Z"


def read(entries: list[Entry], text: str = TEXT, reading: dict[str, Any] | None = None) -> dict[str, brat.BratDocument]:
    out = io.BytesIO()
    export(FakeStore(entries, dict.fromkeys({e.report.key for e in entries}, text), reading), Query(), Format.BRAT, out,
           made=MADE)  # fmt: skip
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    keys = [name.removesuffix(".txt") for name in files if name.endswith(".txt")]
    return {key: brat.load(io.StringIO(files[key + ".txt"], newline=""), io.StringIO(files[key + ".ann"]), key)
            for key in keys}  # fmt: skip


def check(document: brat.BratDocument) -> None:
    """Each annotation's words are those at its place; all that is named is there."""
    names = {a.id for a in (*document.entities, *document.events)}
    for entity in document.entities:
        spans = sorted((span.begin, span.end) for span in entity.locations)
        assert " ".join(document.text[start:end] for start, end in spans) == entity.text
        assert "\n" not in entity.text
    for event in document.events:
        assert {event.trigger_id, *event.arguments.values()} <= names
    for attribute in document.attributes:
        assert attribute.refid in names


def test_bioc_reads_all() -> None:
    documents = read(some().entries)
    assert sorted(documents) == ["r1", "r2"]
    for document in documents.values():
        check(document)
        assert document.text == TEXT
    assert sum(len(document.events) for document in documents.values()) == len(some().entries)


def test_a_statement() -> None:
    document = read([statement(hedged=True)])["r1"]
    [event] = document.events
    words = {role: _words(document, name) for role, name in event.arguments.items()}
    assert words == {"Speaker": "Maria Lund", "Content": "We will not sign and we will 🙂 go home"}
    assert _words(document, event.trigger_id) == "said"
    told = {attribute.type: list(attribute.attributes) for attribute in document.attributes}
    assert told == {"Stance": ["asserts"], "Form": ["direct"], "Sourcing": ["named"], "Hedged": []}
    [note] = document.notes
    assert note.text == "s1; speaker a4 Maria Lund; day 2024-05-13"


def _words(document: brat.BratDocument, name: str) -> str:
    return next(entity.text for entity in document.entities if entity.id == name)


def test_an_event_with_its_sides() -> None:
    document = read([telling(unsure=True, said_by="s1")])["r1"]
    [event] = document.events
    assert event.type == "ACCUSE"
    assert {role: _words(document, name) for role, name in event.arguments.items()} == {
        "Source": "Islamabad", "Target": "New Delhi"}  # fmt: skip
    told = {attribute.type: list(attribute.attributes) for attribute in document.attributes}
    assert told == {"Reality": ["happened"], "Said": [], "Unsure": []}


def test_a_row_of_an_event_table_is_left_out() -> None:
    out = io.BytesIO()
    done = export(FakeStore([telling(span=Span(0, 0))]), Query(), Format.BRAT, out, made=MADE)
    assert (done.rows, sum(count for count, _ in done.left_out)) == (0, 1)


def test_a_folder_is_what_the_archive_is(tmp_path: Path) -> None:
    export(some(), Query(), Format.BRAT, tmp_path / "out", made=MADE, package=False)
    export(some(), Query(), Format.BRAT, tmp_path / "out.zip", made=MADE, package=False)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == packed
    assert sorted(packed) == ["annotation.conf", "r1.ann", "r1.txt", "r2.ann", "r2.txt"]
    assert len(brat.listdir(str(tmp_path / "out"))) == 2


def test_the_configuration_names_all_that_is_written() -> None:
    parts = re.findall(r"^\[(\w+)\]", configuration(), re.M)
    assert parts == ["entities", "relations", "events", "attributes"]
    for name in ("Statement", *TYPES, "Stance", "Form", "Sourcing", "Hedged", "Reality", "Said", "Unsure"):
        assert re.search(rf"^{name}\t", configuration(), re.M), name


@given(texts, texts, st.data())
def test_offsets_hold_in_any_text(first: str, second: str, data: st.DataObject) -> None:
    text = f"{first}said{second}\n{first}"
    cut = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    spans = (Span(cut[0], cut[1]), Span(cut[2], cut[3]))
    entry = statement(text=text, content=spans, cue_spans=(Span(len(first), len(first) + 4),), source_spans=())
    document = read([entry], text)["r1"]
    check(document)
    assert document.text == fit(text)
    assert len(document.text) == len(text)
    assert _words(document, document.events[0].trigger_id) == "said"


@pytest.mark.parametrize("sign", ["\r", "\t", "\x0b", "\x85", "\u2028", "\x00"])
def test_odd_signs_are_replaced_one_by_one(sign: str) -> None:
    text = f"a{sign}b said so"
    document = read([statement(text=text, cue_spans=(Span(4, 8),))], text)["r1"]
    assert document.text == fit(text) != text
    check(document)


def test_reports_come_each_once_however_the_entries_are_mixed() -> None:
    entries: list[Entry] = [statement(n, report=report(f"r{n % 3}"), local=f"s{n}") for n in range(9)]
    assert {key: len(d.events) for key, d in read(entries).items()} == {"r0": 3, "r1": 3, "r2": 3}
