"""Any picture drawn, and the table behind it."""

from __future__ import annotations

from dateline.present.pictures import dumbbells, river
from dateline.present.pictures.data import BeforeAfter, Picture, River
from dateline.present.pictures.sheet import Style
from dateline.present.pictures.tables import Table


def draw(picture: Picture, style: Style | None = None) -> str:
    """The picture as one SVG document, the same for the same data."""
    style = style or Style()
    match picture:
        case River():
            return river.draw(picture, style)
        case BeforeAfter():
            return dumbbells.draw(picture, style)
    raise TypeError(f"{type(picture).__name__} is no picture")


def table(picture: Picture) -> Table:
    """All the numbers that the picture shows."""
    match picture:
        case River():
            return river.table(picture)
        case BeforeAfter():
            return dumbbells.table(picture)
    raise TypeError(f"{type(picture).__name__} is no picture")
