"""No words over other words, nothing beyond the edge, at any width and with any data."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.present.pictures import (
    BeforeAfter,
    ClaimLanes,
    DayCount,
    HeatStrip,
    Lane,
    Partners,
    Picture,
    River,
    Stance,
    Stand,
    Style,
    Theme,
    Unit,
    WordsAndDeeds,
    draw,
    table,
)
from tests.present.pictures import made
from tests.present.pictures.layout import SVG, boxes, faults, parsed, size

PICTURES: dict[str, Picture] = {
    "river": made.river(moments=made.THAW, gaps=(30, 31, 32)),
    "river, crowded": made.river(
        Unit.WEEK, date(1984, 12, 31), date(1986, 1, 27), moments=made.CROWD + made.THAW
    ),
    "river, 15 years by week": made.river(Unit.WEEK, date(2010, 1, 4), date(2024, 12, 30), gaps=tuple(range(9, 40))),
    "river, outlier": made.river(outlier=20),
    "river, outlier at the edge": made.river(outlier=59),
    "river, names": made.river(Unit.WEEK, date(2024, 11, 4), date(2025, 3, 3), names=(made.LONG, made.HOSTILE)),
    "river, right to left": made.river(names=(made.ARABIC, made.HEBREW)),
    "river, one week": made.river(Unit.WEEK, date(2024, 1, 1), date(2024, 1, 1)),
    "river, turn of year": made.river(Unit.WEEK, date(2024, 12, 23), date(2025, 1, 6), covered=False),
    "river, empty": River("A", "B", Unit.WEEK, date(2024, 1, 1), date(2024, 3, 4), ()),
    "dumbbells": made.before_after(),
    "dumbbells, far apart": made.before_after(times=80),
    "dumbbells, names": made.before_after((made.LONG, made.HOSTILE)),
    "dumbbells, empty": BeforeAfter("A", "B", date(2024, 1, 1), ()),
    "fan": made.fan(),
    "fan, outlier and gap": made.fan(1, outlier=5, unknown=(8, 9)),
    "fan, long": made.fan(26, 260, levels=(0.1, 0.5, 0.9), names=(made.LONG, made.HOSTILE)),
    "fan, no past": made.fan(2, 0, happened=()),
    "fan, flood": made.fan(happened=(7, 9000), outlier=25),
    "fan, empty": made.fan(0, names=(made.ARABIC, made.HEBREW)),
    "lanes": made.lanes(),
    "lanes, crowded": made.crowded_lanes(),
    "lanes, one": ClaimLanes("The moon is near", (Lane("A", (Stand(date(2024, 1, 1), Stance.ASSERTS),)),)),
    "lanes, empty": ClaimLanes("Nothing", ()),
    "heat": made.heat(),
    "heat, 40 years": made.heat(date(1985, 1, 1), 365 * 40),
    "heat, one": HeatStrip((DayCount(date(2024, 2, 29), 123_456),)),
    "heat, empty": HeatStrip(()),
    "partners": made.partners(),
    "words": made.words_and_deeds(moments=made.THAW, gaps=(30, 31, 32)),
    "words, weeks": made.words_and_deeds(Unit.WEEK, date(2010, 1, 4), date(2024, 12, 30), moments=made.CROWD),
    "words, names": made.words_and_deeds(names=(made.LONG * 3, made.HOSTILE), gaps=(0, 59)),
    "words, one week": made.words_and_deeds(Unit.WEEK, date(2024, 1, 1), date(2024, 1, 1), names=(made.ARABIC, "B")),
    "words, empty": WordsAndDeeds("A", "B", Unit.WEEK, ("said",), ("done",), ()),
    "partners, empty": Partners(made.ARABIC, Unit.WEEK, date(2024, 1, 1), date(2024, 2, 1), ()),
}


#: these have thousands of marks; the rest is looked at in more widths
LARGE = ("river, 15 years by week", "heat, 40 years")
WIDTHS = [(name, width) for name in PICTURES for width in ((360, 960) if name in LARGE else (320, 360, 640, 960, 3840))]


@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_words_stand_free(name: str, width: int) -> None:
    assert faults(draw(PICTURES[name], Style(width))) == []


def test_the_check_sees_faults() -> None:
    svg = draw(made.before_after(), Style(320))
    w, _ = size(svg)
    assert faults(svg.replace("</svg>", '<text x="14" y="22" font-size="12">over</text></svg>'))
    assert faults(svg.replace("</svg>", f'<text x="{w - 5}" y="400" font-size="12">out of it</text></svg>'))


@pytest.mark.parametrize("name", PICTURES)
def test_words_are_large_enough(name: str) -> None:
    assert min(float(e.attrib["font-size"]) for e in parsed(draw(PICTURES[name])).iter(f"{SVG}text")) >= 12


@pytest.mark.parametrize("name", PICTURES)
def test_a_screen_reader_is_told(name: str) -> None:
    root = parsed(draw(PICTURES[name], Style(prefix="p7")))
    assert root.attrib["role"] == "img"
    ids = root.attrib["aria-labelledby"].split()
    named = {e.attrib["id"]: e.text for e in root.iter() if "id" in e.attrib and e is not root}
    assert ids == ["p7-title", "p7-about"]
    assert all(named[i] for i in ids)
    assert named["p7-title"]


@pytest.mark.parametrize("name", sorted(set(PICTURES) - set(LARGE)))
def test_the_same_data_give_the_same_picture(name: str) -> None:
    assert draw(PICTURES[name]) == draw(PICTURES[name])


@pytest.mark.parametrize("name", PICTURES)
def test_hostile_names_stay_words(name: str) -> None:
    svg = draw(PICTURES[name])
    assert "<script" not in svg
    assert "\u202e" not in svg
    assert "<script" not in table(PICTURES[name]).html()


def test_one_background_can_be_asked_for() -> None:
    picture = made.before_after()
    assert "prefers-color-scheme" in draw(picture)
    for theme in (Theme.LIGHT, Theme.DARK):
        assert "prefers-color-scheme" not in draw(picture, Style(theme=theme))
    assert draw(picture, Style(theme=Theme.LIGHT)) != draw(picture, Style(theme=Theme.DARK))


def test_right_to_left_names_are_held_apart() -> None:
    words = [b.words for b in boxes(draw(PICTURES["river, right to left"]))]
    assert f"▲ \u2068{made.ARABIC}\u2069 → \u2068{made.HEBREW}\u2069" in words


@pytest.mark.parametrize("width", (0, 319))
def test_a_sheet_too_narrow_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="at least 320"):
        Style(width)


@pytest.mark.parametrize("prefix", ("", "1a", 'a"b', "a b"))
def test_an_id_that_could_not_be_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Style(prefix=prefix)
