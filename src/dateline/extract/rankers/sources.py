"""Second question: whose words they are. One candidate for each noun phrase in reach of the cue."""

from __future__ import annotations

from typing import Final

from dateline.extract.rankers.words import Words
from dateline.model import Token

BEFORE: Final = 60  # words before the cue's sentence that are still looked at, within the paragraph
MOST: Final = 14  # candidates of one cue, nearest first
#: what ends a source's own words: clauses and appositions that hang on its head
_CUT: Final = frozenset(("relcl", "acl", "appos", "advcl", "ccomp", "parataxis", "punct", "cc", "conj", "prep"))
_NOT: Final = frozenset(("compound", "nummod", "npadvmod", "amod", "nmod", "quantmod", "advmod", "det", "punct"))
_PATH: Final = {p: i + 1 for i, p in enumerate((
    "nsubj", "nsubjpass", "poss", "pobj<prep", "pobj<agent", "dobj", "nsubj^conj", "nsubj^xcomp", "nsubj^advcl",
    "nsubj^acl", "nsubj^relcl", "nsubj^ccomp", "nsubj^prep", "nsubj^pcomp", "head", "head.poss", "pobj", "dative",
    "appos", "attr", "conj", "head.pobj", "nsubj.poss", "dobj.poss", "ROOT"))}  # fmt: skip

FEATURES: Final = (
    "path", "pos", "tag", "dep", "ent", "head_pos", "head_cue", "own_source", "own_cue", "far", "side",
    "same_sentence", "commas_between", "verbs_between", "real_between", "quoted", "same_run", "candidates_between",
    "up", "down", "size", "n", "rank", "is_subject", "sentence_start", "subject_of_cue", "conjuncts", "has_poss",
    "determiner", "cue_p", "cue_pos", "cue_tag", "cue_dep", "cue_cue", "cue_said", "cue_quoted", "cue_has_subject",
    "cue_passive", "cue_to_open", "cue_from_close", "cue_in_quote", "next_to_cue", "before_comma", "head_is_cue",
    "capital", "proper_in_sentence",
)  # fmt: skip
CATEGORIES: Final = ("path", "pos", "tag", "dep", "ent", "head_pos", "cue_pos", "cue_tag", "cue_dep")

Run = tuple[int, int]


def phrase(token: Token) -> Run:
    """The noun phrase of a head word, half-open, without clauses and appositions that hang on it.

    "of" phrases and coordinated names stay: "members of the board", "France and Italy".
    """
    first = last = token.i
    for child in token.children:
        if child.dep in ("relcl", "acl", "appos", "advcl", "ccomp", "parataxis", "punct"):
            continue
        if child.dep == "cc" or (child.dep == "prep" and child.lower not in ("of", "for", "at", "in", "from", "with")):
            continue
        if child.dep == "conj" and (child.pos == "VERB" or child.right - child.left > 8):
            continue
        if child.i < token.i:
            first = min(first, child.left)
        else:
            end = phrase(child)[1] - 1 if child.dep == "conj" else child.right
            last = max(last, end)
    return first, last + 1


def candidates(words: Words, cue: int) -> list[int]:
    """Head words of the noun phrases that may be the source of this cue, in text order."""
    tokens = words.tokens
    token = tokens[cue]
    sentence = words.annotated.sentences[token.sentence]
    paragraph = words.annotated.paragraphs[token.paragraph]
    found = [t.i for t in tokens[sentence.first : min(sentence.last + 10, paragraph.last)] if _may_be(t, cue)]
    found.sort(key=lambda i: (abs(i - cue), i))
    found = found[:MOST]
    earlier = [t.i for t in tokens[max(paragraph.first, sentence.first - BEFORE) : sentence.first]
               if t.dep in ("nsubj", "nsubjpass", "ROOT") and _may_be(t, cue)]  # fmt: skip
    return sorted(found + earlier[-3:])


def _may_be(token: Token, cue: int) -> bool:
    if token.i == cue or token.dep in _NOT:
        return False
    if token.pos in ("NOUN", "PROPN", "PRON"):
        return token.dep != "conj" or token.head.pos == "VERB"
    return token.dep in ("nsubj", "nsubjpass") and token.pos in ("DET", "NUM", "ADJ")


def gather(words: Words, cue: int, p: float, heads: list[int]) -> list[list[float]]:
    """One row of ``FEATURES`` for each candidate of a cue that the first ranker gave probability ``p``."""
    tokens = words.tokens
    token = tokens[cue]
    stats = words.stats[cue]
    about = _about_cue(words, token, p)
    depths = {token.i: 0}
    for up in token.ancestors():
        depths[up.i] = len(depths)
    proper = sum(tokens[i].pos == "PROPN" for i in heads)
    near = {i: n for n, i in enumerate(sorted(heads, key=lambda i: (abs(i - cue), i)))}
    rows: list[list[float]] = []
    for i in heads:
        who = tokens[i]
        head = who.head
        a, b = (i, cue) if i < cue else (cue, i)
        rise, fall = _steps(who, depths)
        real = words.real[b] - words.real[a + 1] if b > a + 1 else 0
        rows.append([
            _path(who, token), words.pos[i], words.tag[i], words.dep[i], words.ent[i], words.pos[head.i],
            words.rate[head.i], words.stats[i][3], stats[0], min(60, b - a), i < cue, who.sentence == token.sentence,
            words.commas[b] - words.commas[a], words.verbs[b] - words.verbs[a + 1] if b > a else 0, real,
            who.quoted, words.run_of[i] == words.run_of[cue], near[i], rise, fall, who.right - who.left, len(heads),
            near[i], who.dep in ("nsubj", "nsubjpass"), i == 0 or tokens[i - 1].sentence != who.sentence,
            head is token and who.dep in ("nsubj", "nsubjpass"),
            sum(c.dep == "conj" for c in who.children), any(c.dep == "poss" for c in who.children),
            any(c.dep == "det" and c.lower == "the" for c in who.children),
            *about, real == 0, i + 1 < words.size and tokens[i + 1].text == ",", head is token, who.text[:1].isupper(),
            proper,
        ])  # fmt: skip
    return rows


def _about_cue(words: Words, token: Token, p: float) -> list[float]:
    i = token.i
    deps = [c.dep for c in token.children]
    stats = words.stats[i]
    return [p, words.pos[i], words.tag[i], words.dep[i], stats[0], stats[1], stats[2], "nsubj" in deps,
            "nsubjpass" in deps or "auxpass" in deps, words.to_open[i], words.from_close[i], token.quoted]  # fmt: skip


def _steps(who: Token, depths: dict[int, int]) -> tuple[int, int]:
    """Steps up from the candidate to the first word above both, and down from there to the cue; 12 for none."""
    up = 0
    at = who
    while at.i not in depths:
        if at.head is at or up > 10:
            return 12, 12
        at = at.head
        up += 1
    return up, depths[at.i]


def _path(who: Token, cue: Token) -> int:
    """The way from the candidate to the cue through the parse, as a code; 0 for a long one."""
    head = who.head
    if head is cue:
        return _PATH.get(who.dep, 0)
    if who is cue.head:
        return _PATH["head"]
    if head.head is cue and who.dep in ("pobj", "poss"):
        return _PATH.get(f"{who.dep}<{head.dep}" if who.dep == "pobj" else f"{head.dep}.poss", 0)
    if head is cue.head and who.dep in ("nsubj", "nsubjpass"):
        return _PATH.get(f"nsubj^{cue.dep}", 0)
    if head is cue.head:
        return _PATH["head.poss"] if who.dep == "poss" else 0
    if head.head is cue.head and who.dep == "pobj":
        return _PATH["head.pobj"]
    if who.head is who:
        return _PATH["ROOT"]
    return 0
