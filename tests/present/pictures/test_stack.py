"""Several pictures on one sheet: each at its place, none over another, each with ids of its own."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dateline.present.pictures import PictureError, Style
from dateline.present.pictures.stack import draw_stack, save_stack
from tests.present.pictures import made

SVG = "{http://www.w3.org/2000/svg}svg"


def boxes(svg: str) -> list[tuple[float, ...]]:
    """x, y, width and height of each picture."""
    inner = ElementTree.fromstring(svg).findall(SVG)
    return [tuple(float(one.attrib[name]) for name in ("x", "y", "width", "height")) for one in inner]


@pytest.mark.parametrize(("width", "columns"), [(960, 2), (360, 1)])
def test_pictures_lie_beside_and_under_each_other(width: int, columns: int) -> None:
    pictures = [made.fan(), made.lanes(), made.fan()]
    svg = draw_stack(pictures, "Three & more", Style(width=width))
    found = boxes(svg)
    assert [x for x, *_ in found] == [(i % columns) * (width // columns) for i in range(3)]
    rows: dict[float, set[float]] = {}
    for _, y, _, high in found:
        rows.setdefault(y, set()).add(high)
    assert all(len(heights) == 1 for heights in rows.values())  # paper as high as the neighbour's
    ends = sorted((y, y + high) for y, (high,) in rows.items())
    assert all(end == pytest.approx(start) for (_, end), (start, _) in pairwise(ends))
    assert float(ElementTree.fromstring(svg).attrib["height"]) == pytest.approx(ends[-1][1])
    assert "Three &amp; more" in svg


def test_no_id_comes_twice() -> None:
    svg = draw_stack([made.fan()] * 4, "Fans")
    assert max(Counter(re.findall(r' id="([^"]+)"', svg)).values()) == 1


def test_files(tmp_path: Path) -> None:
    save_stack([made.fan()] * 2, "Fans", tmp_path / "f.svg")
    assert (tmp_path / "f.svg").read_text("utf-8") == draw_stack([made.fan()] * 2, "Fans")
    with pytest.raises(PictureError, match=r"\.svg or \.png"):
        save_stack([made.fan()], "Fans", tmp_path / "f.jpg")
    with pytest.raises(PictureError):
        save_stack([made.fan()], "Fans", tmp_path / "no" / "f.svg")
