"""What of the learned reader's finds is no statement, or not all of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extract.sifting import sift
from dateline.model import Annotated, Attribution, Span

Annotate = Callable[..., Annotated]


def sifted(annotated: Annotated, cue: str, *content: str) -> list[list[str]]:
    """The contents that are left of one find with this cue and these pieces of content."""
    text = annotated.text
    spans = tuple(Span(text.index(c), text.index(c) + len(c)) for c in content)
    head = next(t.i for t in annotated.tokens if t.text == cue)
    find = Attribution((annotated.tokens[head].span,), (), spans, head, 0.9)
    return [[annotated.words(s) for s in f.content] for f in sift(annotated, [find])]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The council voted to close the port.", "voted", "to close the port"),
        ("The guests arrived and Lund welcomed them.", "welcomed", "them"),
        ("Lund interrupted a visit to Vard.", "interrupted", "a visit to Vard"),
        ("The port will close, Lund said on Monday in Vard.", "said", "on Monday in Vard"),
        ("The port will close, Lund said after the talks.", "said", "after the talks"),
    ],
)
def test_no_statement(annotate: Annotate, text: str, cue: str, content: str) -> None:
    assert sifted(annotate(text), cue, content) == []


@pytest.mark.parametrize(
    ("text", "cue", "content", "left"),
    [
        ("Lund said the port would close.", "said", "the port would close", "the port would close"),
        ("“Never,” she said.", "said", "Never", "Never"),
        ("Lund said on Monday it would rain.", "said", "on Monday it would rain", "it would rain"),
        ("Lund said Monday was too late.", "said", "Monday was too late", "Monday was too late"),
        ("Lund called for a vote.", "called", "for a vote", "for a vote"),
    ],
)
def test_a_statement(annotate: Annotate, text: str, cue: str, content: str, left: str) -> None:
    assert sifted(annotate(text), cue, content) == [[left]]


def test_a_piece_that_tells_only_whom_it_is_from(annotate: Annotate) -> None:
    text = "The port will close, the agency reported on Friday, citing Anna Lund."
    found = sifted(annotate(text), "reported", "The port will close", "on Friday, citing Anna Lund")
    assert found == [["The port will close"]]
