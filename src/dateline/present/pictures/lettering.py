"""How wide words are, and where they break: estimated, so that a picture can be laid out without a font at hand.

Widths are those of DejaVu Sans, the widest of the usual sans fonts: what fits in it fits in Arial, Helvetica, Roboto,
Segoe UI and Noto Sans. Letters that the table does not hold are taken as wide ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: The families asked for, in this order; nothing is loaded or embedded.
FAMILIES = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
#: Bold letters are up to this much wider.
_BOLD = 1.12
#: thousandths of the size, from the space to the tilde
_ASCII = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
)  # fmt: skip
_OTHERS = {"\u202f": 200, "·": 318, "–": 500, "“": 518, "”": 518, "’": 318, "‘": 318}
_WIDE = 780
#: what must not reach a picture: what XML forbids, ...
_FORBIDDEN = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
#: ... and what turns the reading direction of the words that follow, but for the isolates that we set
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066\u2067]")
_ISOLATES = re.compile("[\u2068\u2069]")
_RIGHT_TO_LEFT = ("R", "AL")


def clean(text: str) -> str:
    """The text on one line, without controls.

    >>> clean("two\\nlines  and \\u202ea turn")
    'two lines and a turn'
    """
    return _tidy(text) if text.isascii() else _ISOLATES.sub("", _tidy(text))


def _tidy(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:  # nearly all words of a picture are
        return text.strip()
    return _TURNS.sub("", _FORBIDDEN.sub(" ", text)).strip()


def name(text: str, room: float, size: float, bold: bool = False) -> str:
    """A name cleaned and cut to the room, held apart from what stands around it if it runs from right to left."""
    return isolated(cut(clean(text), room, size, bold))


def isolated(text: str) -> str:
    """The text between isolates (Unicode annex 9) if it has a letter that runs from right to left."""
    if not text.isascii() and any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return f"\u2068{text}\u2069"
    return text


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide the words are at most, in the units of ``size``.

    >>> width("iii", 10) < width("WWW", 10) < width("WWW", 10, bold=True)
    True
    """
    return _sized(_letters(text), size, bold)


def _sized(letters: int, size: float, bold: bool) -> float:
    return letters * size / 1000 * (_BOLD if bold else 1)


@lru_cache(4096)  # a page asks the same months, numbers and names many times
def _letters(text: str) -> int:
    """The widths of all letters, in thousandths of the size."""
    return sum(map(_letter, text))


@lru_cache(1024)
def _letter(c: str) -> int:
    if " " <= c <= "~":
        return _ASCII[ord(c) - 32]
    if c in _OTHERS:
        return _OTHERS[c]
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(c) in ("W", "F") or c in "—…":
        return 1000
    base = unicodedata.normalize("NFD", c)[0]
    return _ASCII[ord(base) - 32] if " " <= base <= "~" else _WIDE if c.islower() else 900


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room.

    >>> cut("a rather long name", 60, 10)
    'a rather l…'
    """
    if width(text, size, bold) <= room:
        return text
    end = len(text)
    while end and width(text[:end].rstrip() + "…", size, bold) > room:
        end -= 1
    # never between a letter and its accent
    while end and unicodedata.combining(text[end : end + 1] or " "):
        end -= 1
    return text[:end].rstrip() + "…"


def wrap(text: str, room: float, size: float, bold: bool = False, lines: int = 99) -> list[str]:
    """The text in lines that fit; what is over goes into an ellipsis. A word wider than the room is cut.

    >>> wrap("one two three", 45, 10)
    ['one two', 'three']
    """
    found: list[str] = []
    last = 0  # how wide the last line is: a line is as wide as its words
    for word in _tidy(text).replace(" %", "\u00a0%").split(" "):
        longer = last + _letters(" ") + _letters(word)
        if found and _sized(longer, size, bold) <= room:
            found[-1], last = f"{found[-1]} {word}", longer
        elif word:
            found.append(cut(word, room, size, bold))
            last = _letters(found[-1])
    if len(found) > lines:
        found = [*found[: lines - 1], cut(" ".join(found[lines - 1 :]), room, size, bold)]
    return found


def grouped(number: float, digits: int = 0) -> str:
    """A number with narrow no-break spaces between its thousands (ISO 80000-1, 7.3) and a true minus.

    >>> grouped(1234567), grouped(-0.256, 2), grouped(12)
    ('1\\u202f234\\u202f567', '−0.26', '12')
    """
    return f"{number:,.{digits}f}".replace(",", "\u202f").replace("-", "−")


def plural(number: int, one: str) -> str:
    """A number and its noun.

    >>> plural(1, "event"), plural(2, "event")
    ('1 event', '2 events')
    """
    return f"{grouped(number)} {one}" + ("" if number == 1 else "s")
