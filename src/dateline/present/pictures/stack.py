"""Several pictures side by side and under one another, as one SVG document or PNG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from dateline.present.pictures.data import Picture
from dateline.present.pictures.drawing import draw
from dateline.present.pictures.lettering import FAMILIES, clean
from dateline.present.pictures.saving import ZOOM, PictureError, png
from dateline.present.pictures.sheet import Style, Theme, n

_SIZE = re.compile(r'<svg [^>]*? width="([\d.]+)" height="([\d.]+)"')

_PAPER = re.compile(r'(<rect class="paper" width="[\d.]+") height="[\d.]+"')


def draw_stack(pictures: Sequence[Picture], title: str, style: Style | None = None, columns: int = 2) -> str:
    """The pictures in rows of so many, on a sheet as wide as the style says; narrow sheets have one column."""
    style = style or Style()
    columns = min(columns, max(1, style.width // 400))
    each = replace(style, width=style.width // columns)
    drawn = [draw(picture, replace(each, prefix=f"{style.prefix}-{i}")) for i, picture in enumerate(pictures, 1)]
    parts, y = [], 0.0
    for row in range(0, len(drawn), columns):
        beside = drawn[row : row + columns]
        high = max(map(_height, beside))
        for column, svg in enumerate(beside):
            parts.append(_placed(svg, column * each.width, y, high))
        y += high
    fitting = ' style="max-width:100%;height:auto"' if style.css else ""
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" class="dl" id="{style.prefix}" width="{style.width}"'
            f' height="{n(y)}" viewBox="0 0 {style.width} {n(y)}"{fitting}'
            f' role="group" aria-label="{escape(clean(title))}" font-family="{FAMILIES}">')  # fmt: skip
    return "\n".join([head, f"<title>{escape(clean(title))}</title>", *parts, "</svg>\n"])


def _height(svg: str) -> float:
    found = _SIZE.match(svg)
    assert found
    return float(found[2])


def _placed(svg: str, x: float, y: float, high: float) -> str:
    """A drawing at its place, its paper as high as that of its neighbours."""
    old, new = n(_height(svg)), n(high)
    head, _, rest = svg.partition(">")
    head = head.replace(f'height="{old}"', f'height="{new}"', 1).replace(f' {old}"', f' {new}"', 1)
    rest = _PAPER.sub(rf'\1 height="{new}"', rest, count=1)
    placed = head.replace("<svg ", f'<svg x="{n(x)}" y="{n(y)}" ', 1)
    return f"{placed}>{rest}".rstrip("\n")


def save_stack(pictures: Sequence[Picture], title: str, path: Path, style: Style | None = None) -> None:
    """Writes the pictures as one ``.svg`` or ``.png``, by the end of the file's name; see ``save``."""
    style = style or Style()
    match path.suffix.lower():
        case ".svg":
            data = draw_stack(pictures, title, style).encode("utf-8")
        case ".png":
            data = png(draw_stack(pictures, title, replace(style, theme=Theme.LIGHT, href=None)), ZOOM, str(path))
        case _:
            raise PictureError(str(path), "a picture's name ends in .svg or .png")
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise PictureError(str(path), problem.strerror or str(problem)) from problem
