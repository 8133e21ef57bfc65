"""Which words of a sentence a search found: the same words, by the same rules, that the search index matches."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import cache
from threading import local

from dateline.model import Span

_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_OPEN, _CLOSE = "\ue000", "\ue001"


def sought(words: str | None) -> tuple[str, ...]:
    """The words and phrases that a query wants to see, as match expressions; those it does not want are left out.

    >>> sought('grain "Black Sea" export* -oil this OR that')
    ('"grain"', '"Black Sea"', '"export"*', '"this"', '"that"')
    """
    found = []
    for without, phrase, word in _PART.findall(words or ""):
        if without or word in ("OR", "AND"):
            continue
        plain = (phrase or word).strip("()")
        if re.search(r"\w", plain):
            found.append('"' + plain.rstrip("*").replace('"', "") + '"' + ("*" if plain.endswith("*") else ""))
    return tuple(found)


class _Indexes(local):
    """A small index for each thread: SQLite's connections belong to the thread that opened them."""

    def __init__(self) -> None:
        self.one = sqlite3.connect(":memory:", isolation_level=None)
        self.one.execute("CREATE VIRTUAL TABLE one USING fts5 (text, tokenize='porter unicode61 remove_diacritics 2')")


@cache
def _indexes() -> _Indexes:
    return _Indexes()


def found_spans(text: str, words: str | None) -> tuple[Span, ...]:
    """Where in a text the words of a query stand, in text order.

    >>> [("He exported grain."[a:b]) for a, b in found_spans("He exported grain.", "export Grain")]
    ['exported', 'grain']
    """
    return found_each((text,), words)[0]


def found_each(texts: Sequence[str], words: str | None) -> list[tuple[Span, ...]]:
    """The same of each of some texts, which are looked through at once."""
    found: list[tuple[Span, ...]] = [()] * len(texts)
    terms = sought(words)
    asked = [(n, text) for n, text in enumerate(texts) if _OPEN not in text and _CLOSE not in text]
    if not (terms and asked):
        return found
    index = _indexes().one
    index.execute("BEGIN")
    try:
        index.executemany("INSERT INTO one (rowid, text) VALUES (?, ?)", asked)
        shown = index.execute("SELECT rowid, highlight(one, 0, ?, ?) FROM one WHERE one MATCH ?",
                              (_OPEN, _CLOSE, " OR ".join(terms))).fetchall()  # fmt: skip
    except sqlite3.OperationalError:  # words that the index cannot take apart: nothing is lit
        return found
    finally:
        index.execute("ROLLBACK")
    for n, marked in shown:
        found[n] = _spans(marked)
    return found


def _spans(marked: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = start = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            start = at
        elif piece == _CLOSE:
            spans.append(Span(start, at))
        else:
            at += len(piece)
    return tuple(spans)
