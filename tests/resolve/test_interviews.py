"""Whose turn it is in an interview."""

from __future__ import annotations

from collections.abc import Callable

from dateline.model import Annotated
from tests.resolve.test_statements import understand

Annotate = Callable[..., Annotated]
TEXT = """Anna Lund, a judge, has led the port inspectorate since May. She spoke with Per Haugland in Vard.

Q: Did you count the boats?

A: We counted them twice. I said that they were empty.

Haugland: Who paid?

Lund: The ministry says nobody did."""


def test_turns(annotate: Annotate) -> None:
    cast, statements = understand(annotate(TEXT))
    names = {a.id: a.name for a in cast.actors}
    turns = [s for s in statements if s.cue and s.cue.lemma == ":"]
    assert [(names[s.source.actor or ""], s.stance, s.form) for s in turns if s.source] == [
        ("Per Haugland", "asks", "direct"),
        ("Anna Lund", "asserts", "direct"),
        ("Per Haugland", "asks", "direct"),
        ("Anna Lund", "asserts", "direct"),
    ]
    assert all(s.source and s.source.sourcing == "named" for s in turns)


def test_what_others_said_stays_theirs(annotate: Annotate) -> None:
    annotated = annotate(TEXT)
    said = {
        annotated.words(s.source.spans[0]): annotated.words(s.content[0]).rstrip(".")
        for s in understand(annotated)[1]
        if s.source and s.cue and s.cue.lemma == "say"
    }
    assert said["The ministry"] == "nobody did"
