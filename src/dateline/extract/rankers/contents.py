"""Third question: what was said. Some twenty candidates a cue, cut out of the parse and the quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from dateline.extract.rankers.lemmas import relation
from dateline.extract.rankers.sources import phrase
from dateline.extract.rankers.words import MARKS, Words
from dateline.model import Token

Run = tuple[int, int]
Runs = tuple[Run, ...]

_CHILD: Final = {d: i for i, d in enumerate((
    "ccomp", "xcomp", "dobj", "prep", "pobj", "pcomp", "advcl", "parataxis", "acl", "relcl", "attr", "acomp", "oprd",
    "nsubj", "nsubjpass", "dep", "conj", "dative", "npadvmod", "agent", "appos", "csubj", "advmod"))}  # fmt: skip
_OTHER: Final = len(_CHILD)
_BASE: Final = _OTHER + 1
#: kinds of candidates: a child's subtree, then a grandchild's, then these
KINDS: Final = (
    "rest", "rest_cut", "rest_last", "clause", "clause_conj", "before", "before_cut", "parent1", "parent2", "parent3",
    "parent1_left", "parent1_right", "both", "both_quotes", "quote", "quotes", "quote_after", "quote_before", "tail",
    "lead", "paragraph", "head", "object", "sentence_before", "sentence_after", "child_on", "child_cut", "pair",
    "deep", "subject_and", "after_next",
)  # fmt: skip
_KIND: Final = {k: 2 * _BASE + i for i, k in enumerate(KINDS)}
_SKIP: Final = frozenset(("aux", "auxpass", "neg", "punct", "prt", "cc", "det", "mark", "expl", "compound", "predet",
                          "preconj", "case", "amod", "nummod", "poss", "intj"))  # fmt: skip
_MOST: Final = 16  # children of a word that are looked at
_STOPS: Final = frozenset((",", ";", "—", "–", "--", ":", "-"))

FEATURES: Final = (
    "kind", "kind2", "sources", "runs", "size", "letters", "share", "gap", "before", "after", "far_end",
    "at_sentence_start", "at_sentence_end", "at_paragraph_start", "at_paragraph_end", "sentences", "prev", "next",
    "first_pos", "last_pos", "first_tag", "first", "quote_share", "opens", "closes", "cuts_open", "cuts_close",
    "marks_inside", "run_exact", "source_share", "has_source_head", "has_cue_head", "cue_inside", "cue_between",
    "cue_inside_p", "cue_between_p", "root_dep", "root_pos", "root_tag", "root_is_child", "root_rate", "root_subject",
    "verbs", "commas", "first_comma", "subordinate", "larger", "smaller", "rank_size", "n", "longest_share",
    "left_free", "right_free", "way_rate", "way_share", "way", "cue_p", "cue_rate", "cue_said", "cue_quoted",
    "cue_pos", "cue_tag", "cue_dep", "cue_left", "cue_right", "cue_to_open", "cue_from_close", "cue_in_quote",
    "cue_next", "has_ccomp", "has_xcomp", "has_dobj", "has_prep", "source_p", "source_side", "source_far",
    "sentence_quoted", "v0", "v1", "v2", "v3", "v4", "v5",
)  # fmt: skip
CATEGORIES: Final = (
    "kind", "way", "prev", "next", "first_pos", "last_pos", "first_tag", "first", "root_dep", "root_pos", "root_tag",
    "cue_pos", "cue_tag", "cue_dep", "cue_next",
)  # fmt: skip
_WORD: Final = {w: i + 1 for i, w in enumerate(
    ("that", "to", "by", "about", "of", "for", "on", "as", "with", "against", "in", "at", ",", ":", "the", "a", "he",
     "she", "it", "they", "what", "how", "whether", "if", ".", "-", "—", "from", "and", "but", "or", "because",
     "while",
     "when", "after", "before", "who", "which", '"', "“", "”", "''", "``", ";", "(", ")", "?", "!", "i", "we", "than",
     "since", "during", "until", "although", "though", "so"))}  # fmt: skip


def cue_run(words: Words, cue: int) -> Run:
    """The words of a cue: its main word with the auxiliaries, negation and particle right beside it."""
    tokens = words.tokens
    token = tokens[cue]
    own = {
        c.i for c in token.children if c.dep in ("aux", "auxpass", "neg", "prt") or (c.dep == "advmod" and c.i < cue)
    }
    first = last = cue
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    if token.lower == "according" and last + 1 < words.size and tokens[last + 1].lower == "to":
        last += 1
    while first < cue and tokens[first].dep == "advmod":
        first += 1
    return first, last + 1


class _Collector:
    """Candidates as they come: trimmed, without doubles, the first kind kept."""

    def __init__(self, words: Words, barred: Run) -> None:
        self.words = words
        self.barred = barred  # the cue's own words belong to no content
        self.found: dict[Runs, list[int]] = {}

    def add(self, kind: int, *runs: Run) -> None:
        trim = self.words.trim
        a, b = self.barred
        pieces: list[Run] = []
        for first, last in runs:
            if first < b and a < last:  # cut the cue out
                for piece in ((first, a), (b, last)):
                    cut = trim(*piece) if piece[0] < piece[1] else piece
                    if cut[0] < cut[1]:
                        pieces.append(cut)
                continue
            cut = trim(first, last)
            if cut[0] < cut[1]:
                pieces.append(cut)
        if not pieces:
            return
        if len(pieces) > 1:
            pieces = _joined(sorted(pieces))
        self.found.setdefault(tuple(pieces), []).append(kind)


def _joined(pieces: list[Run]) -> list[Run]:
    done = [pieces[0]]
    for first, last in pieces[1:]:
        if first <= done[-1][1]:
            done[-1] = (done[-1][0], max(last, done[-1][1]))
        else:
            done.append((first, last))
    return done


def candidates(words: Words, cue: int, source: int | None) -> dict[Runs, list[int]]:
    """Runs of words that may be the content, each with the kinds of ways it was found."""
    tokens = words.tokens
    token = tokens[cue]
    sentence = words.annotated.sentences[token.sentence]
    paragraph = words.annotated.paragraphs[token.paragraph]
    first, last = sentence.first, sentence.last
    barred = cue_run(words, cue)
    found = _Collector(words, barred)
    who = phrase(tokens[source]) if source is not None else None
    left_end, right_start = barred
    if who is not None and first <= who[0] < last:
        if who[1] <= barred[0]:
            left_end = min(left_end, who[0])
        elif who[0] - barred[1] <= 1:
            right_start = max(right_start, who[1])
    _add_children(found, words, token)
    _add_right(found, words, token, right_start, last, paragraph.last)
    _add_left(found, words, token, left_end, first, paragraph.first)
    _add_parents(found, words, token, who)
    _add_quotes(found, words, token, (left_end, right_start), (first, last), (paragraph.first, paragraph.last))
    left, right = (first, left_end), (right_start, last)
    found.add(_KIND["both"], left, right)
    return found.found


def _add_children(found: _Collector, words: Words, token: Token) -> None:
    near = token.children[:_MOST]  # lists of a thousand words have a thousand children
    rights = []
    for child in near:
        if child.dep in _SKIP:
            continue
        kind = _CHILD.get(child.dep, _OTHER)
        found.add(kind, (child.left, child.right + 1))
        if child.i > token.i:
            rights.append(child)
        for inner in child.children[:_MOST]:
            if inner.dep in (
                "punct",
                "det",
                "case",
                "aux",
                "auxpass",
                "neg",
                "compound",
                "nummod",
                "amod",
                "cc",
                "mark",
            ):
                continue
            found.add(_BASE + _CHILD.get(inner.dep, _OTHER), (inner.left, inner.right + 1))
            if inner.dep in ("prep", "agent"):
                for deep in inner.children:
                    if deep.dep in ("pobj", "pcomp"):
                        found.add(_KIND["deep"], (deep.left, deep.right + 1))
            if inner.dep in ("relcl", "advcl", "acl", "prep", "appos", "conj", "parataxis") and inner.i > child.i:
                found.add(_KIND["child_on"], (child.left, inner.left))  # without what hangs on at its end
    for child in rights:
        _add_cuts(found, words, child)
    for who in near:  # "[The decision] is expected [to be late]"
        if who.dep in ("nsubj", "nsubjpass") and rights:
            found.add(_KIND["subject_and"], (who.left, who.right + 1), (rights[0].left, rights[-1].right + 1))
            if len(rights) > 1:
                found.add(_KIND["subject_and"], (who.left, who.right + 1), (rights[0].left, rights[0].right + 1))
    for child in rights[:-1]:  # from one child to the end of the last: "told him [that …] [on Monday]"
        found.add(_KIND["pair"], (child.left, rights[-1].right + 1))
    for one, two in pairwise(rights):
        if len(rights) > 2:
            found.add(_KIND["pair"], (one.left, two.right + 1))


def _add_cuts(found: _Collector, words: Words, child: Token) -> None:
    """A long child up to its first and its last comma, and up to the clause that ends it."""
    if child.right - child.left < 6:
        return
    commas = words.commas
    stops = [i for i in range(child.left + 2, child.right) if commas[i + 1] > commas[i]]
    if stops:
        found.add(_KIND["child_cut"], (child.left, stops[0]))
        if len(stops) > 1:
            found.add(_KIND["child_cut"], (child.left, stops[-1]))


def _add_right(found: _Collector, words: Words, token: Token, start: int, end: int, far: int) -> None:
    tokens = words.tokens
    found.add(_KIND["rest"], (start, end))
    nearest = next((i for i in range(start, min(end, start + 6)) if tokens[i].pos in ("NOUN", "PROPN", "PRON")), None)
    if nearest is not None and nearest + 1 < end:  # "told reporters [he would go]" where the parse went astray
        found.add(_KIND["after_next"], (phrase(tokens[nearest])[1], end))
    clause = token.right + 1
    if clause > start:
        found.add(_KIND["clause"], (start, clause))
    for child in token.children:
        if child.dep in ("conj", "cc", "advcl", "parataxis") and child.left > start:
            found.add(_KIND["clause_conj"], (start, child.left))
    stops = [
        i
        for i in range(start + 1, end)
        if tokens[i].text in _STOPS or (tokens[i].dep == "cc" and tokens[i].head.pos in ("VERB", "AUX"))
    ]
    for i in stops[:3]:
        found.add(_KIND["rest_cut"], (start, i))
        if i == stops[0] and i + 1 < end:
            found.add(_KIND["rest_cut"], (i + 1, end))
    if len(stops) > 3:
        found.add(_KIND["rest_last"], (start, stops[-1]))
    if far > end and start < end and far - end < 400:
        found.add(_KIND["tail"], (start, far))
        following = words.annotated.sentences[token.sentence + 1]
        found.add(_KIND["sentence_after"], (start, following.last))


def _add_left(found: _Collector, words: Words, token: Token, end: int, start: int, far: int) -> None:
    tokens = words.tokens
    if end > start:
        found.add(_KIND["before"], (start, end))
        stops = [i for i in range(start, end - 1) if tokens[i].text in _STOPS]
        for i in stops[-2:]:
            found.add(_KIND["before_cut"], (start, i))
        for i in stops[:2]:
            found.add(_KIND["before_cut"], (i + 1, end))
        if far < start and end - far < 400:
            found.add(_KIND["lead"], (far, end))
    if far < start and start - far < 400:
        previous = words.annotated.sentences[token.sentence - 1]
        found.add(_KIND["sentence_before"], (previous.first, previous.last))


def _add_parents(found: _Collector, words: Words, token: Token, who: Run | None) -> None:
    at = token
    low, high = token.left, token.right + 1
    if who is not None and who[0] < high and low < who[1]:
        low, high = min(low, who[0]), max(high, who[1])
    for level in ("parent1", "parent2", "parent3"):
        if at.head is at:
            return
        at = at.head
        found.add(_KIND[level], (at.left, low), (high, at.right + 1))
        if level == "parent1":
            if at.left < low:
                found.add(_KIND["parent1_left"], (at.left, low))
            if high < at.right + 1:
                found.add(_KIND["parent1_right"], (high, at.right + 1))
            if at.pos in ("NOUN", "PROPN", "PRON"):
                found.add(_KIND["head"], phrase(at))
            for child in at.children[:_MOST]:
                if child is not token and child.dep in (
                    "dobj",
                    "ccomp",
                    "xcomp",
                    "nsubj",
                    "nsubjpass",
                    "attr",
                    "acl",
                    "relcl",
                    "pobj",
                ):
                    found.add(_KIND["object"], (child.left, child.right + 1))


def _add_quotes(found: _Collector, words: Words, token: Token, hole: Run, sentence: Run, paragraph: Run) -> None:
    runs = [words.runs[n] for n in words.runs_in[token.paragraph]]
    if not runs:
        return
    cue = token.i
    before = [r for r in runs if r[1] <= cue]
    after = [r for r in runs if r[0] > cue]
    for run in runs:
        if run[0] <= cue < run[1]:  # the cue itself is quoted: what is said stays inside
            found.add(_KIND["quote"], (hole[1], run[1]))
            found.add(_KIND["quote"], (run[0], hole[0]))
    for run in (*before[-2:], *after[:2]):
        found.add(_KIND["quote"], run)
    if before and after:
        found.add(_KIND["both_quotes"], before[-1], after[0])
        found.add(_KIND["both_quotes"], before[-1], (hole[1], max(hole[1], after[0][1])))
        found.add(_KIND["both_quotes"], (sentence[0], hole[0]), after[0])
    if before:
        found.add(_KIND["quote_before"], (before[-1][0], hole[0]))
        found.add(_KIND["quote_before"], (sentence[0], before[-1][1]))
        found.add(_KIND["both_quotes"], before[-1], (hole[1], sentence[1]))
        if len(before) > 1:
            found.add(_KIND["quotes"], *before)
            found.add(_KIND["quotes"], (before[0][0], before[-1][1]))
    if after:
        found.add(_KIND["quote_after"], (hole[1], max(hole[1], after[0][1])))
        found.add(_KIND["quote_after"], (hole[1], max(hole[1], after[-1][1])))
        if len(after) > 1:
            found.add(_KIND["quotes"], *after)
            found.add(_KIND["quotes"], (after[0][0], after[-1][1]))
    if before and after:
        found.add(_KIND["quotes"], *runs)
    found.add(_KIND["paragraph"], (paragraph[0], hole[0]), (hole[1], paragraph[1]))


def gather(words: Words, cue: int, p: list[float], source: int | None, source_p: float,
           found: dict[Runs, list[int]]) -> list[list[float]]:  # fmt: skip
    """One row of ``FEATURES`` for each candidate; ``p`` is the first ranker's probability by word (0 for the rest)."""
    token = words.tokens[cue]
    about = _about_cue(words, token, p[cue], source, source_p)
    who = phrase(words.tokens[source]) if source is not None else None
    sizes = sorted({words.count(runs) for runs in found}, reverse=True)
    order = {size: n for n, size in enumerate(sizes)}
    barred = cue_run(words, cue)
    return [_row(words, token, barred, runs, kinds, p, who, source, order, len(found), sizes[0]) + about
            for runs, kinds in found.items()]  # fmt: skip


def _row(words: Words, token: Token, barred: Run, runs: Runs, kinds: list[int], p: list[float], who: Run | None,
         source: int | None, order: dict[int, int], n: int, longest: int) -> list[float]:  # fmt: skip
    tokens, cue = words.tokens, token.i
    sentence = words.annotated.sentences[token.sentence]
    paragraph = words.annotated.paragraphs[token.paragraph]
    first, last = runs[0][0], runs[-1][1]
    size = sum(b - a for a, b in runs)
    letters = words.count(runs)
    before, after = tokens[first - 1] if first else None, tokens[last] if last < words.size else None
    head, tail = tokens[first], tokens[last - 1]
    quoted = sum(words.quoted[b] - words.quoted[a] for a, b in runs)
    main = max(runs, key=_length)
    root = root_of(tokens, main)
    way = relation(token, root)
    ways = words.lemmas.ways(words.key[cue])
    if last <= cue:
        a, b = last, cue
    elif first > cue:
        a, b = cue + 1, first
    else:
        a, b = barred[1], barred[1]
    inside_p = inside = 0.0
    for i, j in runs:
        inside_p = max(inside_p, max(p[i:j]))
        inside = max(inside, max(words.rate[i:j]))
    share = 0.0
    if who is not None:
        share = words.shared(runs, (who,)) / max(1, words.count((who,)))
    run_first, run_last = words.run_of[first], words.run_of[last - 1]
    head_run = words.runs[run_first] if run_first >= 0 else None
    tail_run = words.runs[run_last] if run_last >= 0 else None
    exact = head_run is not None and len(runs) == 1 and words.trim(*head_run) == (first, last)
    return [
        kinds[0], kinds[1] if len(kinds) > 1 else -1, len(kinds), len(runs), size,
        letters, letters / max(1, longest), b - a,
        sum(j - i for i, j in runs if j <= cue), sum(j - i for i, j in runs if i > cue), last - cue,
        first <= sentence.first, last >= sentence.last - 1, first <= paragraph.first, last >= paragraph.last - 1,
        tail.sentence - head.sentence + 1,
        _WORD.get(before.lower, 0) if before is not None else 0, _WORD.get(after.lower, 0) if after is not None else 0,
        words.pos[first], words.pos[last - 1], words.tag[first], _WORD.get(head.lower, 0),
        quoted / size, before is not None and before.text in MARKS, after is not None and after.text in MARKS,
        head_run is not None and head_run[0] < first, tail_run is not None and tail_run[1] > last,
        sum(t.text in MARKS for i, j in runs for t in tokens[i:j]) if quoted else 0, exact,
        share, source is not None and any(i <= source < j for i, j in runs),
        token.head is not token and any(i <= token.head.i < j for i, j in runs),
        inside, max(words.rate[a:b], default=0.0), inside_p, max(p[a:b], default=0.0),
        words.dep[root.i], words.pos[root.i], words.tag[root.i],
        1 if root.head is token else 2 if root.head.head is token else 3 if token.head is root else 0,
        words.rate[root.i], any(c.dep in ("nsubj", "nsubjpass") for c in root.children),
        sum(words.verbs[j] - words.verbs[i] for i, j in runs), sum(words.commas[j] - words.commas[i] for i, j in runs),
        _first_comma(words, first, last), root.dep in ("advcl", "relcl", "acl"),
        main[1] - 1 - root.right, root.left - main[0], order[letters], n, size / (sentence.last - sentence.first),
        first - sentence.first, sentence.last - last, ways[way], ways[way] / max(max(ways), 1e-9), way,
    ]  # fmt: skip


def _length(run: Run) -> int:
    return run[1] - run[0]


def _first_comma(words: Words, first: int, last: int) -> int:
    """Words from the start to the first comma or dash inside, 60 for none."""
    commas = words.commas
    if commas[last] == commas[first]:
        return 60
    return next((i - first for i in range(first, min(last, first + 60)) if commas[i + 1] > commas[i]), 60)


def root_of(tokens: Sequence[Token], run: Run) -> Token:
    """The first word of a run whose head lies outside it."""
    first, last = run
    for i in range(first, last):
        token = tokens[i]
        if (token.head is token or not first <= token.head.i < last) and token.dep != "punct":
            return token
    return tokens[first]


def _about_cue(words: Words, token: Token, p: float, source: int | None, source_p: float) -> list[float]:
    i = token.i
    sentence = words.annotated.sentences[token.sentence]
    stats = words.stats[i]
    deps = [c.dep for c in token.children]
    after = words.tokens[i + 1].lower if i + 1 < words.size else ""
    return [
        p, stats[0], stats[1], stats[2], words.pos[i], words.tag[i], words.dep[i], i - sentence.first,
        sentence.last - i, words.to_open[i], words.from_close[i], token.quoted, _WORD.get(after, 0),
        "ccomp" in deps, "xcomp" in deps, "dobj" in deps, "prep" in deps, source_p,
        0 if source is None else (1 if source < i else -1), 0 if source is None else abs(source - i),
        (words.quoted[sentence.last] - words.quoted[sentence.first]) / (sentence.last - sentence.first),
        *words.lemmas.vector(token.lemma)[:6],
    ]  # fmt: skip
