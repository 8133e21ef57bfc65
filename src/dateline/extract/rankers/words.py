"""A report as the rankers see it: codes, rates and quotation marks for each word, worked out once."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Final

from dateline.extract.rankers.lemmas import LemmaTable
from dateline.model import Annotated, Token

#: universal parts of speech, Penn tags and dependency labels in a fixed order: their places are the models' codes
_POS: Final = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB X"
_TAGS: Final = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB "
    "RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
)
_DEPS: Final = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative "
    "dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
    "predet prep prt punct quantmod relcl xcomp"
)
_ENTS: Final = (
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY TIME "
    "WORK_OF_ART"
)

POS_CODE: Final = {name: i + 1 for i, name in enumerate(_POS.split())}
TAG_CODE: Final = {name: i + 1 for i, name in enumerate(_TAGS.split())}
DEP_CODE: Final = {name: i + 1 for i, name in enumerate(_DEPS.split())}
ENT_CODE: Final = {name: i + 1 for i, name in enumerate(_ENTS.split())}

FAR: Final = 40  # distances in words are cut here
MARKS: Final = frozenset("\"“”„«»``''")


class Words:
    """The words of one report with what the rankers ask of them again and again, as plain lists by token index."""

    def __init__(self, annotated: Annotated, lemmas: LemmaTable) -> None:
        tokens = annotated.tokens
        self.annotated = annotated
        self.tokens = tokens
        self.lemmas = lemmas
        self.size = len(tokens)
        self.pos = [POS_CODE.get(t.pos, 0) for t in tokens]
        self.tag = [TAG_CODE.get(t.tag, 0) for t in tokens]
        self.dep = [DEP_CODE.get(t.dep, 0) for t in tokens]
        self.ent = [ENT_CODE.get(t.ent, 0) for t in tokens]
        self.key = [lemmas.key(t) for t in tokens]
        self.stats = [lemmas.stats(key) for key in self.key]
        self.rate = [row[0] for row in self.stats]
        #: letters and digits before each word: two look-ups give the length of any run
        self.letters = [0, *accumulate(_letters(t.text) for t in tokens)]
        #: words that are neither punctuation nor space, counted the same way
        self.real = [0, *accumulate(0 if t.pos in ("PUNCT", "SPACE") else 1 for t in tokens)]
        self.quoted = [0, *accumulate(1 if t.quoted else 0 for t in tokens)]
        self.commas = [0, *accumulate(1 if t.text in (",", ";", "—", "–", "--") else 0 for t in tokens)]
        self.verbs = [0, *accumulate(1 if t.pos == "VERB" else 0 for t in tokens)]
        self._set_quotations()

    def _set_quotations(self) -> None:
        annotated = self.annotated
        self.runs: list[tuple[int, int]] = []  # half-open token indexes of each quotation, without its marks
        self.run_of = [-1] * self.size
        for q in annotated.quotations:
            first = bisect_left(annotated.starts, q.span.start)
            last = bisect_left(annotated.starts, q.span.end)
            if first and self.tokens[first - 1].end > q.span.start:
                first -= 1
            for i in range(first, last):
                self.run_of[i] = len(self.runs)
            self.runs.append((first, last))
        self.to_open = [FAR] * self.size  # words to the next opening mark of the paragraph
        self.from_close = [FAR] * self.size  # words from the last closing mark of the paragraph
        self.runs_in: list[list[int]] = [[] for _ in annotated.paragraphs]
        for number, (first, last) in enumerate(self.runs):
            if first < last:
                self.runs_in[self.tokens[first].paragraph].append(number)
        for paragraph in annotated.paragraphs:
            for number in self.runs_in[paragraph.i]:
                first, last = self.runs[number]
                for i in range(max(paragraph.first, first - FAR), first):
                    if self.to_open[i] == FAR or first - i < self.to_open[i]:
                        self.to_open[i] = first - i
                for i in range(last, min(paragraph.last, last + FAR)):
                    self.from_close[i] = min(self.from_close[i], i - last + 1)

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """The half-open run without punctuation and space at its edges; (first, first) when nothing is left."""
        real = self.real
        while first < last and real[first + 1] == real[first]:
            first += 1
        while last > first and real[last] == real[last - 1]:
            last -= 1
        return first, last

    def count(self, runs: tuple[tuple[int, int], ...]) -> int:
        """Letters and digits in these runs."""
        return sum(self.letters[b] - self.letters[a] for a, b in runs)

    def shared(self, one: tuple[tuple[int, int], ...], two: tuple[tuple[int, int], ...]) -> int:
        """Letters and digits that two lists of runs have in common; the runs of one list do not overlap."""
        total = 0
        for a, b in one:
            for c, d in two:
                first, last = max(a, c), min(b, d)
                if first < last:
                    total += self.letters[last] - self.letters[first]
        return total

    def iou(self, one: tuple[tuple[int, int], ...], two: tuple[tuple[int, int], ...]) -> float:
        """Shared letters over all letters of the two."""
        both = self.shared(one, two)
        return both / (self.count(one) + self.count(two) - both) if both else 0.0


def _letters(text: str) -> int:
    return len(text) if text.isalnum() else sum(c.isalnum() for c in text)


def subject(token: Token) -> Token | None:
    """The word's own subject, or that of the verb it is joined to or depends on as a complement."""
    for _ in range(4):
        for child in token.children:
            if child.dep in ("nsubj", "nsubjpass"):
                return child
        if token.dep not in ("conj", "xcomp", "advcl", "pcomp") or token.head is token:
            return None
        token = token.head
    return None
