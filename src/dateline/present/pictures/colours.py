"""The colours of the pictures on paper and on a dark screen, and their contrast.

Cooperation is blue and conflict orange: two hues that no common colour blindness confuses (ColorBrewer's *Blues* and
*Oranges*, Cynthia Brewer, Apache-2.0, some made darker for contrast). Material is darker than verbal on paper, and
lighter on a dark screen; the two are at least 3 : 1 apart, so that a grey print tells them too. Cooperation and
conflict are never told apart by hue alone: they have panels, signs or words of their own. Stances (Okabe and Ito's
palette, made darker) have a shape each.
"""

from __future__ import annotations

from dateline.present.pictures.data import Quad, Stance

#: The role of a colour, on paper (white, or the page's #fffdf8) and on a dark screen (#16181c).
COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("#fffdf8", "#16181c"),
    "ink": ("#1b1f24", "#e6e3dc"),
    "dim": ("#5c6470", "#a0a7b3"),
    "grid": ("#d9d5ca", "#3a3f47"),
    "vcoop": ("#3182bd", "#3c89c0"),
    "mcoop": ("#08306b", "#e6f0fa"),
    "vconf": ("#e6550d", "#e0600f"),
    "mconf": ("#671f00", "#fff0e0"),
    # where a direction is one bar of both
    "coop": ("#08306b", "#3c89c0"),
    "conf": ("#e6550d", "#ffcc99"),
    "shade1": ("#8f8f8f", "#6f747c"),
    "shade2": ("#666666", "#989da6"),
    "shade3": ("#3f3f3f", "#c3c8cf"),
    "shade4": ("#111111", "#ffffff"),
    "heat1": ("#6c95b8", "#466f9a"),
    "heat2": ("#3f78ad", "#5a93c8"),
    "heat3": ("#1f5a96", "#86b6e0"),
    "heat4": ("#0d3d74", "#b9d6ef"),
    "heat5": ("#041e42", "#f2f8fd"),
    "zero": ("#efeae0", "#24282e"),
    "band90": ("#5b95c3", "#40759f"),
    "band50": ("#2d74ad", "#6fa9dc"),
    "asserts": ("#0b5c8f", "#6fb9ea"),
    "denies": ("#b34700", "#f0883e"),
    "doubts": ("#8d3f72", "#d98fbf"),
    "demands": ("#006e50", "#35c79b"),
    "predicts": ("#6b5900", "#d9c24a"),
}
#: Backgrounds that the pictures are held against.
LIGHT, DARK = ("#ffffff", "#fffdf8"), ("#16181c",)

QUADS = {
    Quad.VERBAL_COOPERATION: "vcoop",
    Quad.MATERIAL_COOPERATION: "mcoop",
    Quad.VERBAL_CONFLICT: "vconf",
    Quad.MATERIAL_CONFLICT: "mconf",
}
STANCES = {stance: stance.value for stance in Stance}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
