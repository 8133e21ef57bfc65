"""What stands around every picture: its heading, the key to its marks, and the notes beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.present.pictures.lettering import cut, isolated, wrap
from dateline.present.pictures.sheet import SMALL, TEXT, TITLE, Sheet, wide

_LINE = 1.3
_SWATCH = 14.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of the key: words, and what draws the sign at the left end of its line."""

    words: str
    draw: Callable[[Sheet, float, float], None]
    width: float = _SWATCH


def swatch(css: str) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: sheet.rect(x, y - 9, _SWATCH, 10, css)


def heading(sheet: Sheet, title: str, lines: Sequence[str], finding: str = "") -> None:
    """The title in bold, what was found, and lines in grey under it, all wrapped."""
    for line in wrap(title, sheet.room, TITLE, bold=True, lines=4):
        sheet.y += TITLE
        sheet.text(sheet.left, sheet.y, isolated(line), size=TITLE, bold=True)
        sheet.y += TITLE * (_LINE - 1)
    sheet.y += 2
    paragraphs(sheet, [finding] if finding else [], TEXT + 1, "")
    paragraphs(sheet, lines, TEXT)


def paragraphs(sheet: Sheet, lines: Sequence[str], size: float = SMALL, css: str = "dim") -> None:
    for paragraph in lines:
        for line in wrap(paragraph, sheet.room, size):
            sheet.y += size
            sheet.text(sheet.left, sheet.y, isolated(line), size=size, css=css)
            sheet.y += size * (_LINE - 1)


def notes(sheet: Sheet, lines: Sequence[str]) -> None:
    """Small print at the foot."""
    if any(lines):
        sheet.y += 8
        paragraphs(sheet, [line for line in lines if line])


def key(sheet: Sheet, signs: Sequence[Sign], left: float | None = None, lead: str = "") -> None:
    """The signs in rows that wrap; ``lead`` is said before the first."""
    start = sheet.left if left is None else left
    x, sheet.y = start, sheet.y + 16
    if lead:
        sheet.text(x, sheet.y, cut(lead, sheet.right - x, SMALL), css="dim")
        x += wide(lead) + 10
    for sign in signs:
        words = cut(sign.words, sheet.right - start - sign.width - 6, SMALL)
        needs = sign.width + 6 + wide(words)
        if x > start and x + needs > sheet.right:
            x, sheet.y = start, sheet.y + 18
        sign.draw(sheet, x, sheet.y)
        sheet.text(x + sign.width + 6, sheet.y, words)
        x += needs + 16
    sheet.y += 6


def nothing(sheet: Sheet, words: str) -> str:
    """The picture where there is nothing to draw: it says so."""
    sheet.y += 14
    sheet.rect(sheet.left, sheet.y, sheet.room, 64, "zero")
    sheet.y += 36
    for line in wrap(words, sheet.room - 24, TEXT, lines=1):
        sheet.text(sheet.left + sheet.room / 2, sheet.y, line, size=TEXT, anchor="middle", css="dim")
    sheet.y += 28
    return sheet.svg()
