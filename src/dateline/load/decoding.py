"""Bytes -> text: which encoding it is, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from dateline.lexicons import rows
from dateline.load.reports import tidy

_SAMPLE = 20_000
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters that no text holds; tab, line ends, form feed, escape and NUL aside.
_CONTROLS = bytes(c for c in range(1, 32) if c not in (8, 9, 10, 11, 12, 13, 26, 27)) + b"\x7f"
_MOST_CONTROLS = 0.02
_MOST_NULS = 0.2
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:\-]{2,30})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a note on how it was read where that was not plain UTF-8."""

    text: str
    note: str | None = None


class NotText(Exception):
    """The bytes are no text; the message says what they look like and what to do."""


def decode(data: bytes, html: bool = False, charset: str | None = None) -> Decoded:
    """The text that bytes hold: UTF-8, UTF-16 or UTF-32 by their marks or their zero bytes, else a code page.

    NULs are left out and line ends made ``\\n``. With ``html``, the encoding that a page declares is tried first;
    before it a ``charset`` that came with the page.

    >>> decode("Zürich".encode("cp1252"))
    Decoded(text='Zürich', note='read as windows-1252, as it is not UTF-8')
    """
    binary = looks_binary(data)
    if binary:
        raise NotText(binary)
    text, note = _decode(data, html, charset)
    nuls = text.count("\0")
    if nuls:
        left_out = f"{nuls} NUL character{'s' if nuls > 1 else ''} left out"
        note = f"{note}; {left_out}" if note else left_out
    return Decoded(tidy(text), note)


def _decode(data: bytes, html: bool, charset: str | None) -> tuple[str, str | None]:
    wide = wide_encoding(data)
    if wide:
        return data.decode(wide, "replace"), f"read as {wide.upper()}"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    if sent := _known(charset):
        return data.decode(sent, "replace"), f"read as {sent}, as it was sent"
    if html and (declared := _declared(data)):
        return data.decode(declared, "replace"), f"read as {declared}, as the page declares"
    if _is_damaged_utf8(data):
        return data.decode("utf-8", "replace"), "damaged UTF-8: the bytes that make no sense were replaced"
    page = _code_page(data)
    return data.decode(page, "replace"), f"read as {_name(page)}, as it is not UTF-8"


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, which a byte order mark or the place of the zero bytes tells; ``None`` for anything else.

    >>> wide_encoding("News".encode("utf-16-le")), wide_encoding(b"News") is None
    ('utf-16-le', True)
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:2_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(sample) >= 4 and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if len(sample) >= 4 and even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def looks_binary(data: bytes) -> str | None:
    """What bytes look like that are no text, as a sentence; ``None`` for text.

    >>> looks_binary(b"%PDF-1.7 ...")
    'this is a PDF document, not text: save its text as .txt and read that'
    """
    for magic, offset, kind, advice in _magic():
        if data[offset : offset + len(magic)] == magic:
            return f"this is {kind}, not text: {advice}"
    if wide_encoding(data):
        return None
    sample = data[:_SAMPLE]
    if not sample:
        return None
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(sample) or sample.count(0) > _MOST_NULS * len(sample):
        return "this is binary data of an unknown kind, not text: name a .txt, .html or .jsonl file"
    return None


def _declared(data: bytes) -> str | None:
    match = _META_CHARSET.search(data, 0, 4_096)
    return _known(match[1].decode("ascii", "ignore")) if match else None


def _known(charset: str | None) -> str | None:
    """The code page of that name; ``None`` for one that is unknown, or that the bytes themselves would tell."""
    if not charset:
        return None
    try:
        name = codecs.lookup(charset)
        b"a".decode(name.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    if name.name.startswith("utf") or not getattr(name, "_is_text_encoding", True):
        return None  # UTF-8 and UTF-16 were tried before, by what the bytes are
    return "cp1252" if name.name == "iso8859-1" else name.name


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether far more of the bytes above ASCII make sense as UTF-8 than not: a few were lost, or the end is cut."""
    text = data[:2_000_000].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(c > "\x7f" for c in text[:200_000]) - text[:200_000].count("\ufffd")
    return good > 3 * bad or (good >= bad and text.endswith("\ufffd") and bad == 1)


def _code_page(data: bytes) -> str:
    """Windows-1252, unless so many bytes lie above ASCII that it must be another alphabet."""
    sample = data[:_SAMPLE]
    if sum(b > 127 for b in sample) < 0.2 * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best and best.encoding not in ("ascii", "utf_8") else "cp1252"


def _name(page: str) -> str:
    return "windows-1252" if page == "cp1252" else page.replace("_", "-")


@cache
def _magic() -> list[tuple[bytes, int, str, str]]:
    found = []
    for _, (magic, offset, kind, advice) in rows("magic.tsv", 4):
        found.append((bytes.fromhex(magic), int(offset), kind, advice))
    return found
