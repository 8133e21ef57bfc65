"""What each code of an entry means, for readers: quad classes, realities, stances, acts, sourcing, forms and roles."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dateline.errors import LexiconError
from dateline.lexicons import rows

FILE = "definitions.tsv"
KINDS = ("quad", "reality", "voice", "stance", "act", "sourcing", "form", "role")


class Definition(NamedTuple):
    kind: str
    code: str
    name: str
    about: str


@cache
def definitions() -> tuple[Definition, ...]:
    """All definitions, in the order of the file.

    >>> next(d.name for d in definitions() if d.code == "called_off")
    'Called off'
    """
    found = []
    for number, cells in rows(FILE, 4):
        if cells[0] not in KINDS or not all(cells):
            raise LexiconError(FILE, number, "not kind, code, name and definition")
        found.append(Definition(*cells))
    return tuple(found)
