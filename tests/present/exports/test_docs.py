"""The page about exports shows the columns that are written and names every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.present.exports import Format
from dateline.present.exports.fields import FIELDS, markdown
from dateline.record.query import Find

PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf-8")


@pytest.mark.parametrize("find", Find)
def test_columns(find: Find) -> None:
    assert markdown(find) in PAGE


@pytest.mark.parametrize("format", Format)
def test_formats(format: Format) -> None:
    assert f"`{format}`" in PAGE


def test_each_column_once() -> None:
    for fields in FIELDS.values():
        names = [field.name for field in fields]
        assert len(names) == len(set(names))
        assert all(name.replace("_", "").isalnum() and name.islower() for name in names)
