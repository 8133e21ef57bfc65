"""Codes and word lists as data files, each with its source and licence on top, and the one way to load them.

A lexicon file is UTF-8 text. Lines that start with ``#`` are comments; the first of them name the file's source and
licence, and a file without both does not load. All other lines are columns parted by tabs.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from dateline.errors import LexiconError


def read_text(name: str) -> str:
    """The whole text of a lexicon file, named by its path below ``lexicons``."""
    return files("dateline.lexicons").joinpath(name).read_text(encoding="utf-8")


def rows(name: str, columns: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """The data lines of a lexicon file as (line number, columns), white space around each column cut.

    With ``columns``, shorter lines are filled with empty strings and longer ones are an error.
    """
    lines = read_text(name).split("\n")
    head = " ".join(line for line in lines[:20] if line.startswith("#")).lower()
    for word in ("source:", "licence:"):
        if word not in head:
            raise LexiconError(name, 1, f"the head of the file does not name its {word[:-1]}")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is not None:
            if len(cells) > columns:
                raise LexiconError(name, number, f"{len(cells)} columns where at most {columns} are known")
            cells += [""] * (columns - len(cells))
        yield number, cells
