"""First question: which words are the main word of a cue ("said", "according", "claim", a colon)."""

from __future__ import annotations

from typing import Final

from dateline.extract.rankers.lemmas import RELATIONS, VECTOR, relation
from dateline.extract.rankers.words import FAR, MARKS, Words, subject
from dateline.model import Token

RATE: Final = 0.012  # a word that is no verb is asked about when its lemma was a cue at least this often
_NEXT: Final = {w: i + 1 for i, w in enumerate(
    ("that", "to", "by", "about", "of", "for", "on", "as", "with", "against", "in", "at", ",", ":", "the", "a", "he",
     "she", "it", "they", "his", "her", "what", "how", "whether", "if", "out", "not", ".", "-", "—", "from",
     "'s"))}  # fmt: skip
_MODALS: Final = {"will": 1, "would": 2, "could": 3, "can": 4, "may": 5, "might": 5, "should": 6, "must": 7, "'ll": 1,
                  "’ll": 1, "'d": 2, "’d": 2, "shall": 1, "wo": 1, "ca": 4}  # fmt: skip
_DEPS: Final = ("nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "dative", "prep", "agent", "advcl", "parataxis", "mark",
                "auxpass", "neg", "advmod", "conj", "prt", "acomp", "attr", "oprd", "npadvmod", "acl", "relcl",
                "poss",
                "pobj", "det", "punct", "cc", "aux", "appos", "amod")  # fmt: skip
_THIN: Final = frozenset(
    ("aux", "auxpass", "neg", "punct", "det", "cc", "nsubj", "mark", "advmod", "poss", "amod", "conj", "prt")
)
_DEP_AT: Final = {d: i for i, d in enumerate(_DEPS)}

FEATURES: Final = (
    *(f"{who}_{what}" for who in ("own", "head", "subject") for what in ("cue", "said", "quoted", "source", "seen")),
    *(f"v{i}" for i in range(VECTOR)),
    "pos", "tag", "dep", "ent", "head_pos", "head_dep", "head_tag", "head_side",
    *(f"n_{d}" for d in _DEPS),
    *(f"way_{name}" for name in RELATIONS), "way_fit",
    "that_mark", "ccomp_side", "ccomp_size", "ccomp_quoted", "ccomp_subject", "dobj_pos", "dobj_ent", "dobj_cue",
    "prep", "pobj_pos", "pobj_cue", "xcomp_cue", "xcomp_tag", "subject_pos", "subject_tag", "subject_ent",
    "subject_far", "subject_in_quotation", "subject_own", "modal", "have", "be", "to", "negated", "quoted",
    "run_size", "to_open", "from_close", "sentence_quoted", "paragraph_quoted", "runs_in_paragraph", "next", "next2",
    "prev", "next_pos", "prev_pos", "next_mark", "prev_mark", "next_cue", "prev_cue", "i_in_sentence",
    "left_in_sentence", "sentence_size", "sentence_in_paragraph", "paragraph", "paragraph_size", "depth", "best_left",
    "best_right", "best_above", "best_below", "best_before", "best_after", "subtree", "capital", "verbs_in_sentence",
    "colon_right",
)  # fmt: skip
CATEGORIES: Final = (
    "pos", "tag", "dep", "ent", "head_pos", "head_dep", "head_tag", "dobj_pos", "dobj_ent", "prep", "pobj_pos",
    "xcomp_tag", "subject_pos", "subject_tag", "subject_ent", "modal", "next", "next2", "prev", "next_pos",
    "prev_pos",
)  # fmt: skip


def candidates(words: Words) -> list[int]:
    """The words that may be the main word of a cue: all verbs, and others by their lemma's rate."""
    verb = words.tokens
    return [i for i, rate in enumerate(words.rate) if rate >= RATE or verb[i].pos == "VERB"]


def gather(words: Words, chosen: list[int]) -> list[list[float]]:
    """One row of ``FEATURES`` for each of these words."""
    best = _sentence_bests(words)
    return [_row(words, i, best) for i in chosen]


def _sentence_bests(words: Words) -> list[float]:
    rate = words.rate
    return [max(rate[s.first : s.last], default=0.0) for s in words.annotated.sentences]


def _row(words: Words, i: int, bests: list[float]) -> list[float]:
    tokens, rate = words.tokens, words.rate
    token = tokens[i]
    head = token.head
    sentence = words.annotated.sentences[token.sentence]
    who = subject(token)
    row: list[float] = [*words.stats[i]]
    row += words.stats[head.i] if head is not token else (0.0,) * 5
    row += words.stats[who.i] if who is not None else (0.0,) * 5
    row += words.lemmas.vector(token.lemma)
    row += (
        words.pos[i], words.tag[i], words.dep[i], words.ent[i],
        words.pos[head.i], words.dep[head.i], words.tag[head.i], (head.i > i) - (head.i < i),
    )  # fmt: skip
    _add_children(row, words, token)
    if who is None:
        row += (0, 0, 0, FAR, 0, 0)
    else:
        j = who.i
        row += (words.pos[j], words.tag[j], words.ent[j], j - i, who.quoted, who.head is token)
    _add_auxiliaries(row, token)
    _add_quotation(row, words, token, sentence.first, sentence.last)
    _add_neighbours(row, words, i)
    first, last = sentence.first, sentence.last
    paragraph = words.annotated.paragraphs[token.paragraph]
    depth, above = 0, 0.0
    for up in token.ancestors():
        depth += 1
        above = max(above, rate[up.i])
    number = token.sentence
    row += (
        i - first, last - i, last - first, first - paragraph.first, paragraph.i, paragraph.last - paragraph.first,
        depth, max(rate[first:i], default=0.0), max(rate[i + 1 : last], default=0.0), above,
        max([rate[c.i] for c in token.children], default=0.0),
        bests[number - 1] if number else 0.0, bests[number + 1] if number + 1 < len(bests) else 0.0,
        token.right - token.left, token.text[:1].isupper(), words.verbs[last] - words.verbs[first],
        any(t.text == ":" for t in tokens[i + 1 : i + 12] if t.i < last),
    )  # fmt: skip
    return row


def _add_children(row: list[float], words: Words, token: Token) -> None:
    counts = [0.0] * len(_DEPS)
    first: dict[str, Token] = {}
    for child in token.children:
        at = _DEP_AT.get(child.dep)
        if at is not None:
            counts[at] += 1
            first.setdefault(child.dep, child)
    row += counts
    ways = words.lemmas.ways(words.key[token.i])
    row += ways
    row.append(sum(ways[way] for way in {relation(token, child) for child in first.values() if child.dep not in _THIN}))
    clause, thing, prep, other = first.get("ccomp"), first.get("dobj"), first.get("prep"), first.get("xcomp")
    if clause is None:
        row += (0, 0, 0, 0, 0)
    else:
        size = clause.right - clause.left + 1
        row += (
            any(c.lower == "that" and c.dep == "mark" for c in clause.children), 1 if clause.i > token.i else -1, size,
            (words.quoted[clause.right + 1] - words.quoted[clause.left]) / size,
            any(c.dep in ("nsubj", "nsubjpass", "expl") for c in clause.children),
        )  # fmt: skip
    row += (0, 0, 0) if thing is None else (words.pos[thing.i], words.ent[thing.i], words.rate[thing.i])
    if prep is None:
        row += (0, 0, 0)
    else:
        inner = prep.children[0].i if prep.children else -1
        row += (_NEXT.get(prep.lower, 0), words.pos[inner] if inner >= 0 else 0, words.rate[inner] if inner >= 0 else 0)
    row += (0, 0) if other is None else (words.rate[other.i], words.tag[other.i])


def _add_auxiliaries(row: list[float], token: Token) -> None:
    modal = have = be = to = negated = 0
    for child in token.children:
        if child.dep in ("aux", "auxpass"):
            modal = _MODALS.get(child.lower, modal)
            have |= child.lemma == "have"
            be |= child.lemma == "be"
            to |= child.tag == "TO"
        elif child.dep == "neg":
            negated = 1
    row += (modal, have, be, to, negated)


def _add_quotation(row: list[float], words: Words, token: Token, first: int, last: int) -> None:
    i, quoted = token.i, words.quoted
    paragraph = words.annotated.paragraphs[token.paragraph]
    run = words.run_of[i]
    size = words.runs[run][1] - words.runs[run][0] if run >= 0 else 0
    row += (
        token.quoted, size, words.to_open[i], words.from_close[i], (quoted[last] - quoted[first]) / (last - first),
        (quoted[paragraph.last] - quoted[paragraph.first]) / (paragraph.last - paragraph.first),
        len(words.runs_in[token.paragraph]),
    )  # fmt: skip


def _add_neighbours(row: list[float], words: Words, i: int) -> None:
    tokens, last = words.tokens, words.size - 1
    after = tokens[i + 1] if i < last else None
    second = tokens[i + 2] if i + 1 < last else None
    before = tokens[i - 1] if i else None
    row += (
        _NEXT.get(after.lower, 0) if after else 0, _NEXT.get(second.lower, 0) if second else 0,
        _NEXT.get(before.lower, 0) if before else 0,
        words.pos[i + 1] if after else 0, words.pos[i - 1] if before else 0,
        after is not None and (after.text in MARKS or (second is not None and second.text in MARKS)),
        before is not None and before.text in MARKS,
        words.rate[i + 1] if after else 0.0, words.rate[i - 1] if before else 0.0,
    )  # fmt: skip
