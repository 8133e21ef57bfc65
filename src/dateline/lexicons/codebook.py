"""The codebook as others need it beside their data: types with quad class, CAMEO codes with names and weights."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dateline.lexicons import rows


class TypeEntry(NamedTuple):
    """A PLOVER type with its quad class, the CAMEO code that stands for it and its definition."""

    name: str
    quad: str
    cameo: str
    about: str


@cache
def types() -> tuple[TypeEntry, ...]:
    """The sixteen types of PLOVER-2021."""
    return tuple(TypeEntry(*cells) for _, cells in rows("events/types.tsv", 4))


@cache
def cameo() -> dict[str, tuple[str, float]]:
    """Name and Goldstein weight of each CAMEO code."""
    return {code: (name, float(weight)) for _, (code, name, weight) in rows("events/cameo.tsv", 3)}


@cache
def cameo_name(code: str) -> str | None:
    """The name of a CAMEO code, or of the code above it where it is not listed.

    >>> cameo_name("042"), cameo_name("0429"), cameo_name("")
    ('Make a visit', 'Make a visit', None)
    """
    listed = listed_code(code)
    return cameo()[listed][0] if listed else None


def listed_code(code: str) -> str | None:
    """The code itself where it is listed, else the nearest one above it that is.

    >>> listed_code("0429"), listed_code("x")
    ('042', None)
    """
    while code and code not in cameo():
        code = code[:-1]
    return code or None
