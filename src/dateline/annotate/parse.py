"""Runs a spaCy pipeline over the paragraphs of reports and keeps what later stages need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from dateline.annotate.paragraphs import paragraphs
from dateline.annotate.quotations import find_quotations
from dateline.errors import ModelError
from dateline.model import DEFAULT_MODEL, Annotated, Name, Paragraph, Report, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Reports parsed together. Bounds memory: results of one batch are let go before the next is parsed.
BATCH = 32
#: Characters that the language model works on at once: its memory grows with their words.
AT_ONCE = 25_000
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BLANKS = "\n\r\t\x0b\x0c\u00a0\u2028\u2029\u200b\ufeff\x00" + _DIRECTIONS
_TO_SPACE = dict.fromkeys(map(ord, _BLANKS), " ")


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """An installed spaCy pipeline; ``ModelError`` where none of that name is installed or it cannot parse."""
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        installed = ", ".join(spacy.util.get_installed_models()) or "none"
        reason = f"no spaCy pipeline of that name is installed (installed: {installed})"
        raise ModelError(name or "no name", reason) from error
    except Exception as error:  # a pipeline may run any code of its own
        raise ModelError(name, f"this spaCy pipeline cannot be loaded ({_first_line(error)})") from error
    if nlp.lang != "en":
        raise ModelError(name, f"this spaCy pipeline reads the language {nlp.lang}; Dateline needs one for English")
    if "parser" not in nlp.pipe_names:
        raise ModelError(name, "this spaCy pipeline has no parser; Dateline needs one")
    try:
        nlp("A trial.")
    except Exception as error:  # a part that was never trained
        raise ModelError(name, f"this spaCy pipeline does not run ({_first_line(error)})") from error
    _speed_up_lemmas(nlp)
    return nlp


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:120]


def _speed_up_lemmas(nlp: Language) -> None:
    """Let the rule lemmatizer look up each (word, part of speech, morphology) once.

    spaCy's own cache sits behind property look-ups that cost a third of a whole pass (measured on wire text).
    """
    if "lemmatizer" not in nlp.pipe_names:
        return
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    if getattr(lemmatizer, "mode", "") != "rule":
        return
    known: dict[tuple[int, int, int], int] = {}
    from spacy.attrs import LEMMA, MORPH, ORTH, POS

    def lemmatize_doc(doc: Doc) -> Doc:
        for token, (given, *rest) in zip(doc, doc.to_array([LEMMA, ORTH, POS, MORPH]).tolist(), strict=True):
            if given and not lemmatizer.overwrite:
                continue
            key = (rest[0], rest[1], rest[2])
            lemma = known.get(key)
            if lemma is None:
                token.lemma_ = lemmatizer.rule_lemmatize(token)[0]
                if len(known) < 500_000:
                    known[key] = token.lemma
            else:
                token.lemma = lemma
        return doc

    # a pipe is called as pipe(doc); the instance is replaced by the closure under the same name
    class _Cached:
        name = "lemmatizer"

        def __call__(self, doc: Doc) -> Doc:
            return lemmatize_doc(doc)

    index = [n for n, _ in nlp._components].index("lemmatizer")
    nlp._components[index] = ("lemmatizer", _Cached())


def _add_doc(
    doc: Doc, span: Span, number: int, tokens: list[Token], sentences: list[Sentence], names: list[Name]
) -> None:
    """Append one parsed paragraph to a report's tokens, sentences and names."""
    from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, ORTH, POS, SENT_START, TAG

    base, strings = len(tokens), doc.vocab.strings
    rows = doc.to_array([ORTH, LEMMA, POS, TAG, DEP, ENT_TYPE, IDX, HEAD, SENT_START]).tolist()
    fresh: list[Token] = []
    starts: list[int] = []
    for i, (orth, lemma, pos, tag, dep, ent, idx, _, sent_start) in enumerate(rows):
        fresh.append(Token(base + i, strings[orth], strings[lemma], strings[pos], strings[tag], strings[dep],
                           strings[ent] if ent else "", span.start + idx))  # fmt: skip
        if i == 0 or sent_start == 1:
            starts.append(i)
    for i, row in enumerate(rows):
        head = row[7] if row[7] < 2**63 else row[7] - 2**64
        token = fresh[i]
        token.paragraph = number
        if head:
            token.head = fresh[i + head]
            token.head.children.append(token)
    for first, last in zip(starts, [*starts[1:], len(fresh)], strict=True):
        for token in fresh[first:last]:
            token.sentence = len(sentences)
        sentences.append(Sentence(len(sentences), base + first, base + last, number))
        _set_edges(fresh[first:last])
    names.extend(Name(base + e.start, base + e.end, e.label_) for e in doc.ents)
    tokens.extend(fresh)


def _set_edges(sentence: list[Token]) -> None:
    """Widen each token's ``left`` and ``right`` to its subtree: children are handed up, deepest first."""
    order: list[Token] = []
    stack = [t for t in sentence if t.head is t]
    while stack:
        token = stack.pop()
        order.append(token)
        stack.extend(token.children)
    for token in reversed(order):
        head = token.head
        head.left = min(head.left, token.left)
        head.right = max(head.right, token.right)


def _parts(texts: list[str]) -> Iterator[list[str]]:
    """The texts in runs of at most ``AT_ONCE`` characters, or of one text."""
    part: list[str] = []
    size = 0
    for text in texts:
        if part and size + len(text) > AT_ONCE:
            yield part
            part, size = [], 0
        part.append(text)
        size += len(text)
    yield part


class Annotator:
    """The language model's one pass over reports.

    The result for a report does not depend on which reports stand beside it.
    """

    def __init__(self, model: str = DEFAULT_MODEL, nlp: Language | None = None) -> None:
        self.nlp = nlp or load_model(model)
        meta = self.nlp.meta
        self.model = f"{meta.get('lang', '')}_{meta.get('name', model)}-{meta.get('version', '')}".strip("_-")

    def annotate(self, report: Report) -> Annotated:
        """One report, annotated."""
        return next(iter(self.annotate_many([report])))

    def annotate_many(self, reports: Iterable[Report], batch: int = BATCH) -> Iterator[Annotated]:
        """Reports annotated in their order; at most ``batch`` of them are held at a time."""
        reports = iter(reports)
        while group := list(islice(reports, batch)):
            yield from self._annotate_group(group)

    def _annotate_group(self, group: list[Report]) -> Iterator[Annotated]:
        cut = [[] if report.is_unread else paragraphs(report.text, report.furniture) for report in group]
        # same length, so that offsets hold: line ends and invisible marks would be words of their own
        texts = [r.text[a:b].translate(_TO_SPACE) for r, spans in zip(group, cut, strict=True) for a, b in spans]
        docs = chain.from_iterable(self.nlp.pipe(part) for part in _parts(texts))
        for report, spans in zip(group, cut, strict=True):
            yield self._join(report, spans, [next(docs) for _ in spans])

    def _join(self, report: Report, spans: list[Span], docs: list[Doc]) -> Annotated:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        names: list[Name] = []
        pieces: list[Paragraph] = []
        for number, (span, doc) in enumerate(zip(spans, docs, strict=True)):
            first = len(tokens)
            _add_doc(doc, span, number, tokens, sentences, names)
            pieces.append(Paragraph(number, span, first, len(tokens)))
        annotated = Annotated(report, tokens, sentences, pieces, names, find_quotations(report.text, spans),
                              [t.start for t in tokens], self.model)  # fmt: skip
        for quotation in annotated.quotations:
            for token in annotated.tokens_in(quotation.span):
                token.quoted = True
        return annotated
