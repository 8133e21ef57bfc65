"""The one pass gives what spaCy gives, and the same alone as in company."""

from __future__ import annotations

import pytest

from dateline.annotate import Annotator
from dateline.annotate.parse import DEFAULT_MODEL, load_model
from dateline.errors import ModelError
from dateline.model import Annotated, Report, Token

TEXTS = [
    "He was told that they weren't going to better ones; I'd gone. The men's leaves fell, and she left us.",
    "Ministers meeting in Oslo said the U.S. had better ships, fewer men and worse odds than its foes in 1905.",
    "Saw them sawing. Saws were seen. “We'll be there,” she's said, dying. Data are lying; axes lay about.",
]


def facts(token: Token) -> tuple[object, ...]:
    return (token.text, token.lemma, token.tag, token.pos, token.dep, token.head.i, token.left, token.right, token.ent)


def test_tokens_are_those_of_the_unchanged_pipeline(annotator: Annotator) -> None:
    import spacy

    plain = spacy.load(DEFAULT_MODEL)
    for doc, annotated in zip(
        plain.pipe(TEXTS * 2), annotator.annotate_many(Report("x", t) for t in TEXTS * 2), strict=True
    ):
        theirs = [
            (t.text, t.lemma_, t.tag_, t.pos_, t.dep_, t.head.i, t.left_edge.i, t.right_edge.i, t.ent_type_)
            for t in doc
        ]
        assert [facts(t) for t in annotated.tokens] == theirs
        assert [(n.first, n.last, n.label) for n in annotated.names] == [(e.start, e.end, e.label_) for e in doc.ents]


@pytest.mark.parametrize("batch", [1, 2, 64])
def test_company_and_batch_size_change_nothing(annotator: Annotator, batch: int) -> None:
    def all_facts(annotated: Annotated) -> list[tuple[object, ...]]:
        return [facts(t) for t in annotated.tokens]

    reports = [Report(str(i), text) for i, text in enumerate(TEXTS * 12)]
    alone = [all_facts(annotator.annotate(r)) for r in reports[: len(TEXTS)]]
    together = [all_facts(a) for a in annotator.annotate_many(reports, batch)]
    assert together == alone * 12


def test_offsets_are_those_of_the_text_with_odd_characters(annotator: Annotator) -> None:
    text = "\ufeffOslo\u200b said\t“no” \u202eto\u202c Bergen 😀.\r\n\r\nBergen\u00a0left.\x00"
    annotated = annotator.annotate(Report("x", text))
    for token in annotated.tokens:
        if token.text.strip():
            assert text[token.start : token.end] == token.text
    assert [p.span.start for p in annotated.paragraphs] == sorted(p.span.start for p in annotated.paragraphs)


def test_a_model_that_cannot_parse_is_refused() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_model("no_such_pipeline")
