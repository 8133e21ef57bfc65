"""Training documents: hand-marked statements put on the words of the parse."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.extract.rankers.contents import Run, Runs
from dateline.model import Annotated, Span, Token


@dataclass(frozen=True)
class Marked:
    """One statement as marked by hand: the token index of its cue's main word, its content and source as runs."""

    cue: int
    content: Runs
    source: Runs
    said: bool
    direct: bool


def load(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a JSONL file with ``id``, ``text`` and ``quotes``."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def marked(annotated: Annotated, quotes: list[dict[str, Any]]) -> list[Marked]:
    """The statements of an article that have a cue and a content, in the order of their cues."""
    found = []
    for quote in quotes:
        cue = [t for span in quote["cue_spans"] or () for t in annotated.tokens_in(Span(*span))]
        content = _runs(annotated, quote["content_spans"])
        head = main_word(cue)
        if head is None or not content:
            continue
        direct = annotated.tokens[content[0][0]].quoted
        found.append(Marked(head.i, content, _runs(annotated, quote["source_spans"] or []),
                            bool(quote.get("statement", True)), direct))  # fmt: skip
    return sorted(found, key=lambda m: m.cue)


def main_word(cue: list[Token]) -> Token | None:
    """The word of a cue that carries its sense: its verb, else its noun, its adjective, any other, a colon."""
    inside = {t.i for t in cue}
    outer = [t for t in cue if t.head is t or t.head.i not in inside]
    for pool in (outer, cue):
        for kinds in (("VERB",), ("NOUN",), ("ADJ", "ADV"), ("ADP", "SCONJ", "AUX"), ("PROPN", "PRON", "NUM", "INTJ")):
            word = next((t for t in pool if t.pos in kinds), None)
            if word is not None:
                return word
    return cue[0] if cue else None


def _runs(annotated: Annotated, spans: list[list[int]]) -> Runs:
    """Half-open token runs of these character spans; a word that is cut belongs to the side with its first letter."""
    starts = annotated.starts
    runs: list[Run] = []
    for start, end in sorted(tuple(s) for s in spans):
        first = bisect_right(starts, start) - 1
        if first < 0 or annotated.tokens[first].end <= start:
            first += 1
        last = bisect_right(starts, end - 1)
        if first < last:
            if runs and first < runs[-1][1]:
                first = runs[-1][1]
            if first < last:
                runs.append((first, last))
    return tuple(runs)
