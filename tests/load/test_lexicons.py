"""The data files of the load stage can be read and make sense."""

from __future__ import annotations

import pytest

from dateline.lexicons import rows
from dateline.load.agencies import credited
from dateline.load.decoding import looks_binary


@pytest.mark.parametrize(
    ("name", "columns", "kinds"),
    [
        ("agencies.tsv", 3, None),
        ("bylines.tsv", 2, {"desk", "not"}),
        ("datelines.tsv", 2, {"not", "no_start", "small", "speech"}),
        ("furniture.tsv", 2, {"starts", "whole"}),
        ("page_metadata.tsv", 2, {"type", "date", "title", "publisher", "byline"}),
        ("languages.tsv", 3, None),
        ("magic.tsv", 4, None),
        ("function_words.tsv", 1, None),
    ],
)
def test_rows(name: str, columns: int, kinds: set[str] | None) -> None:
    cells = [tuple(row) for _, row in rows(name, columns)]
    assert cells
    assert len(set(cells)) == len(cells)
    assert all(row[0] for row in cells)
    if kinds is not None:
        assert {row[0] for row in cells} == kinds


def test_every_agency_is_found_by_its_own_name() -> None:
    for _, (name, kind, _others) in rows("agencies.tsv", 3):
        assert kind in ("agency", "wire", "medium"), name
        found = credited(name)
        assert (found.publisher if kind == "medium" else found.agency) == name


def test_every_magic_is_told() -> None:
    for _, (magic, offset, kind, _) in rows("magic.tsv", 4):
        told = looks_binary(b"\0" * int(offset) + bytes.fromhex(magic) + b"\0" * 20)
        assert told is not None, kind
