"""Pictures of a record: typed data in, SVG text out, with the table behind each: no browser, no plotting library.

>>> from datetime import date
>>> strip = HeatStrip((DayCount(date(2024, 3, 1), 2),))
>>> draw(strip)[:4]
'<svg'
>>> print(table(strip).csv().replace("\\r", ""), end="")
day,events
2024-03-01,2
"""

from __future__ import annotations

from dateline.present.pictures.data import (
    Acts,
    BeforeAfter,
    Beside,
    ClaimLanes,
    Coverage,
    DayCount,
    Fan,
    HeatStrip,
    Key,
    Lane,
    Moment,
    Partner,
    Partners,
    Picture,
    Quad,
    Rate,
    River,
    Seen,
    Shift,
    Side,
    Stance,
    Stand,
    Step,
    Track,
    Unit,
    WordsAndDeeds,
)
from dateline.present.pictures.drawing import draw, table
from dateline.present.pictures.fan import track_table
from dateline.present.pictures.saving import PictureError, check_name, figure, png, save
from dateline.present.pictures.sheet import Style, Theme, stylesheet
from dateline.present.pictures.tables import Table

__all__ = [
    "Acts",
    "BeforeAfter",
    "Beside",
    "ClaimLanes",
    "Coverage",
    "DayCount",
    "Fan",
    "HeatStrip",
    "Key",
    "Lane",
    "Moment",
    "Partner",
    "Partners",
    "Picture",
    "PictureError",
    "Quad",
    "Rate",
    "River",
    "Seen",
    "Shift",
    "Side",
    "Stance",
    "Stand",
    "Step",
    "Style",
    "Table",
    "Theme",
    "Track",
    "Unit",
    "WordsAndDeeds",
    "check_name",
    "draw",
    "figure",
    "png",
    "save",
    "stylesheet",
    "table",
    "track_table",
]
