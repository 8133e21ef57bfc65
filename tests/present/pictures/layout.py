"""What a picture looks like to a reader, read back from its SVG: where its words and marks are."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from itertools import combinations

from dateline.present.pictures.lettering import width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Box:
    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes share more than half a pixel either way."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(svg: str) -> list[Box]:
    """The words of a picture with the room that they take in a wide sans font."""
    return [box(e) for e in parsed(svg).iter(f"{SVG}text")]


def box(e: ElementTree.Element) -> Box:
    words, size = "".join(e.itertext()), float(e.attrib["font-size"])
    wide = width(words, size, bold="b" in e.attrib.get("class", "").split())
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[e.attrib.get("text-anchor", "start")]
    left, base = float(e.attrib["x"]) - shift * wide, float(e.attrib["y"])
    return Box(words, left, base - 0.75 * size, left + wide, base + 0.22 * size)


def size(svg: str) -> tuple[float, float]:
    _, _, w, h = (float(x) for x in parsed(svg).attrib["viewBox"].split())
    return w, h


def faults(svg: str) -> list[str]:
    """Words over words or bars, words or marks beyond the edge, lines of marked days through words."""
    w, h = size(svg)
    found = boxes(svg)
    # words with a halo keep what lies under them off
    bare = [box(e) for e in parsed(svg).iter(f"{SVG}text") if "haloed" not in e.attrib.get("class", "")]
    wrong = [f"{a.words!r} over {b.words!r}" for a, b in combinations(found, 2) if a.meets(b)]
    wrong += [f"{b.words!r} leaves" for b in found if b.left < 0 or b.right > w or b.top < 0 or b.bottom > h]
    wrong += [f"a mark leaves: {e.attrib}" for e in parsed(svg).iter(f"{SVG}rect") if not _inside(e, w, h)]
    bars = [_bar(e) for e in parsed(svg).iter(f"{SVG}rect") if "data-kind" in e.attrib]
    for b in bare:  # a look at heights first: there may be thousands of bars
        level = [bar for bar in bars if bar.top < b.bottom and b.top < bar.bottom]
        wrong += [f"{b.words!r} over a bar" for bar in level if bar.meets(b)]
    for line in parsed(svg).iter(f"{SVG}path"):
        if "moment" in line.attrib.get("class", "").split():
            wrong += [f"a line through {b.words!r}" for piece in _pieces(line) for b in bare if piece.meets(b)]
    return wrong


def _inside(e: ElementTree.Element, w: float, h: float) -> bool:
    x, y = float(e.attrib.get("x", 0)), float(e.attrib.get("y", 0))
    wide, high = float(e.attrib["width"]), float(e.attrib["height"])
    return x >= -0.01 and y >= -0.01 and x + wide <= w + 0.01 and y + high <= h + 0.01 and wide >= 0 and high >= 0


def _bar(e: ElementTree.Element) -> Box:
    """A bar less two pixels above and below, which the strokes of letters leave free."""
    x, y, wide, high = (float(e.attrib[name]) for name in ("x", "y", "width", "height"))
    return Box("", x, y + 2, x + wide, y + high - 2)


def _pieces(line: ElementTree.Element) -> list[Box]:
    """The upright pieces "Mx yVy" of a line, as boxes a pixel wide."""
    pieces = []
    for piece in line.attrib["d"].split("M")[1:]:
        start, _, end = piece.partition("V")
        x, top = (float(number) for number in start.split())
        pieces.append(Box("", x - 0.5, top, x + 0.5, float(end)))
    return pieces


def marks(svg: str) -> list[dict[str, str]]:
    """The ``data-`` attributes of each mark that has any, without the prefix."""
    return [
        {name.removeprefix("data-"): value for name, value in e.attrib.items() if name.startswith("data-")}
        for e in parsed(svg).iter()
        if "data-kind" in e.attrib
    ]
