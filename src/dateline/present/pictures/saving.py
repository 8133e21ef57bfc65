"""Pictures as files and on pages: SVG by itself, PNG with the extra ``png``, a figure with its numbers for a page."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from dateline.errors import DatelineError
from dateline.present.pictures.data import Picture
from dateline.present.pictures.drawing import draw, table
from dateline.present.pictures.sheet import Style, Theme

#: how many pixels a PNG has for each of the drawing: sharp in print at half a page's width
ZOOM = 3.0
_PHONE = 360
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'


class PictureError(DatelineError):
    """A picture cannot be written. ``path`` is the file asked for."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def save(picture: Picture, path: Path, style: Style | None = None, zoom: float = ZOOM) -> None:
    """Writes the picture as ``.svg`` or ``.png``, by the end of the file's name; a PNG always has the light ground.

    Raises ``PictureError`` for another ending, for a PNG that cannot be made, and for a file that cannot be written.
    """
    check_name(path)
    data = content(picture, path, style or Style(), zoom)
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise PictureError(str(path), problem.strerror or str(problem)) from problem


def check_name(path: Path) -> None:
    """Raises ``PictureError`` for a file that no picture can be written to: before anything is counted for it."""
    if path.is_dir():
        raise PictureError(str(path), "is a folder: name a file in it that ends in .svg or .png")
    if path.suffix.lower() not in (".svg", ".png"):
        raise PictureError(str(path), "a picture's name ends in .svg or .png")
    if not path.parent.is_dir():
        raise PictureError(str(path), f"there is no folder {path.parent}: make it first")


def content(picture: Picture, path: Path, style: Style, zoom: float = ZOOM) -> bytes:
    """What ``save`` writes."""
    match path.suffix.lower():
        case ".svg":
            return draw(picture, style).encode("utf-8")
        case ".png":
            light = style if style.theme is Theme.DARK else replace(style, theme=Theme.LIGHT)
            return png(draw(picture, replace(light, href=None)), zoom, str(path))
    raise PictureError(str(path), "a picture's name ends in .svg or .png")


def png(svg: str, zoom: float = ZOOM, path: str = "PNG") -> bytes:
    """The SVG as PNG, with the fonts of this machine; ``zoom`` pixels for each of the drawing."""
    if not _has_fonts(path):
        raise PictureError(path, "this machine has no fonts, so a PNG would have no words; ask for an .svg")
    return _render(svg, zoom, path)


@cache
def _has_fonts(path: str) -> bool:
    word = '<text x="2" y="15" font-size="14" font-family="sans-serif">M</text>'
    return _render(_PROBE.format(word), 1, path) != _render(_PROBE.format(""), 1, path)


def _render(svg: str, zoom: float, path: str) -> bytes:
    try:
        import resvg_py  # type: ignore[import-not-found, unused-ignore]
    except ImportError as missing:
        reason = "a PNG needs the extra png: pip install 'dateline[png]'; or ask for an .svg"
        raise PictureError(path, reason) from missing
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom))


def figure(picture: Picture, style: Style | None = None) -> str:
    """An HTML ``<figure>``: the picture for wide and for narrow screens, and its numbers to be folded out.

    No script: a style rule shows the one or the other. Ids begin with the style's prefix.
    """
    wide = style or Style()
    narrow = replace(wide, width=_PHONE, prefix=f"{wide.prefix}-narrow")
    rules = (
        "<style>.dl-narrow{display:none}@media screen and (max-width:600px)"
        "{.dl-wide{display:none}.dl-narrow{display:block}}</style>"
    )
    return (
        f'<figure class="dl-figure">{rules}<div class="dl-wide">{draw(picture, wide)}</div>'
        f'<div class="dl-narrow">{draw(picture, narrow)}</div>'
        f"<details><summary>The numbers</summary>{table(picture).html()}</details></figure>\n"
    )
