"""Any picture drawn, and the table behind it."""

from __future__ import annotations

from dateline.present.pictures import dumbbells, fan, heat, lanes, partners, river, words
from dateline.present.pictures.data import (
    BeforeAfter,
    ClaimLanes,
    Fan,
    HeatStrip,
    Partners,
    Picture,
    River,
    WordsAndDeeds,
)
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
        case Fan():
            return fan.draw(picture, style)
        case ClaimLanes():
            return lanes.draw(picture, style)
        case HeatStrip():
            return heat.draw(picture, style)
        case Partners():
            return partners.draw(picture, style)
        case WordsAndDeeds():
            return words.draw(picture, style)
    raise TypeError(f"{type(picture).__name__} is no picture")


def table(picture: Picture) -> Table:
    """All the numbers that the picture shows."""
    match picture:
        case River():
            return river.table(picture)
        case BeforeAfter():
            return dumbbells.table(picture)
        case Fan():
            return fan.table(picture)
        case ClaimLanes():
            return lanes.table(picture)
        case HeatStrip():
            return heat.table(picture)
        case Partners():
            return partners.table(picture)
        case WordsAndDeeds():
            return words.table(picture)
    raise TypeError(f"{type(picture).__name__} is no picture")
