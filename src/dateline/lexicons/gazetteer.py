"""Towns and cities by name, from ``gazetteer.tsv.gz`` (a cut of GeoNames, CC BY 4.0).

The table stays one piece of bytes that look-ups bisect: some 190,000 places take about 20 MB and 0.1 s at the first
question, nothing before it.
"""

from __future__ import annotations

import gzip
import unicodedata
from array import array
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_FOLD = str.maketrans({".": "", "’": "'", "‘": "'", "ʻ": "'", "`": "'", "-": " ", "–": " ", "\n": " ", ",": ""})
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


class Town(NamedTuple):
    """One populated place. ``other_name`` tells that it was found by a name that is not its main one."""

    geonames: int
    name: str
    country: str
    division: str
    lat: float
    lon: float
    population: int
    other_name: bool = False


def key_of(name: str) -> str:
    """The form under which a name is listed: small letters without accents, dots and hyphens, "St." written out.

    >>> key_of("St. Étienne-du-Rouvray"), key_of("Mt. Vernon"), key_of("Łódź")
    ('saint etienne du rouvray', 'mount vernon', 'lodz')
    """
    text = name.translate(_FOLD).lower()
    if not text.isascii():
        text = text.translate(_LETTERS)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = text.split()
    if words and len(words) > 1:
        words[0] = _SHORT.get(words[0], words[0])
    return " ".join(words)


class _Table:
    """The file as bytes, with where each line starts."""

    def __init__(self, data: bytes) -> None:
        head = 0
        while data[head : head + 1] == b"#":
            head = data.index(b"\n", head) + 1
        cut = data.index(b"\n%\n", head)
        self.data = data
        self.places = _line_starts(data, head, cut + 1)
        self.keys = _line_starts(data, cut + 3, len(data))

    def numbers(self, key: bytes) -> list[bytes]:
        """The numbers of the places listed under a key, as written in the file."""
        low, high, data, starts = 0, len(self.keys) - 1, self.data, self.keys
        wanted = key + b"\t"
        size = len(wanted)
        while low < high:
            middle = (low + high) // 2
            if data[starts[middle] : starts[middle] + size] < wanted:
                low = middle + 1
            else:
                high = middle
        at = starts[low]
        if data[at : at + size] != wanted:
            return []
        return data[at + size : data.index(b"\n", at)].split(b",")

    def town(self, number: bytes) -> Town:
        at = self.places[int(number.lstrip(b"~"))]
        cells = self.data[at : self.data.index(b"\n", at)].decode().split("\t")
        return Town(int(cells[0]), cells[1], cells[2], cells[3], float(cells[4]), float(cells[5]), int(cells[6]),
                    number[:1] == b"~")  # fmt: skip


def _line_starts(data: bytes, start: int, end: int) -> array[int]:
    starts = array("I", [start])
    append, find = starts.append, data.find
    at = find(b"\n", start, end)
    while 0 <= at < end - 1:
        append(at + 1)
        at = find(b"\n", at + 1, end)
    return starts


@cache
def _table() -> _Table:
    packed = files("dateline.lexicons").joinpath("gazetteer.tsv.gz").read_bytes()
    return _Table(gzip.decompress(packed))


@lru_cache(maxsize=20_000)
def towns(name: str) -> tuple[Town, ...]:
    """All towns of a name, the largest first; a town known by the name only beside its own counts a third.

    >>> [(t.country, t.population) for t in towns("Rawalpindi")][0][0]
    'PAK'
    >>> towns("Bombay")[0].name
    'Mumbai'
    """
    key = key_of(name)
    if not key or "\t" in key:
        return ()
    table = _table()
    found = [table.town(number) for number in table.numbers(key.encode())]
    return tuple(sorted(found, key=lambda t: (-t.population / (3 if t.other_name else 1), t.geonames)))
