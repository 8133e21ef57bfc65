"""Text made fit for a format, sign for sign, so that offsets stay right."""

from __future__ import annotations

import json
import re
from typing import Any

#: What stands for a sign that a format cannot hold.
REPLACEMENT = "�"
_SURROGATES = re.compile("[\ud800-\udfff]")
#: Line ends and tabs of all kinds that some programs cut at.
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029]")
#: Signs that XML 1.0 and most tables cannot hold (XML 1.0, section 2.2).
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = {c: f"\\u{c:04x}" for c in (0x7F, 0x85, 0x2028, 0x2029)}


def whole(text: str) -> str:
    """The text without halves of signs (lone surrogates), which UTF-8 cannot hold.

    >>> whole("a\\ud800b")
    'a�b'
    """
    return _SURROGATES.sub(REPLACEMENT, text)


def printable(text: str) -> str:
    """The text without control characters; tabs and line ends stay.

    >>> printable("a\\x00b\\tc")
    'a�b\\tc'
    """
    return text if text.isprintable() else _CONTROLS.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """The text in one line and one column, each sign in its place.

    >>> one_line("a\\tb\\nc\\x00")
    'a b c�'
    """
    return text if text.isprintable() else _CONTROLS.sub(REPLACEMENT, _BREAKS.sub(" ", text))


def cell(text: str) -> str:
    """The text for a table parted by tabs, whose readers differ in what a double quotation mark means: none is left.

    >>> cell('the "Front"\\t!')
    "the 'Front' !"
    """
    return one_line(text).replace('"', "'")


def as_line(value: Any) -> str:
    """A JSON object as one line, with its line end; one line for every program."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return whole(line).translate(_LINE_ENDS) + "\n"
