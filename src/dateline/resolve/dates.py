"""Says which time expression dates an act or a statement, from the parse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.model import Annotated, Time, TimeType, Token

#: labels of a word that heads a clause of its own: no time is handed over this edge
_CLAUSES = frozenset(("ccomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "pcomp", "parataxis"))
#: labels of a word that says which one a noun means ("the 1995 treaty", "Friday's talks"): it dates that noun alone
_MODIFIERS = frozenset(("nummod", "compound", "poss", "amod", "appos"))
#: verbs that share their time with the verb they govern ("began shelling on Friday")
_PHASES = frozenset(("begin", "start", "continue", "keep", "stop", "resume", "manage", "help", "go", "come"))
#: a step from a noun up to its verb counts more: the noun may itself tell an act that the time belongs to
_OVER_NOUN = 3
#: verbs of speech, after which a day stands before the words said ("said Thursday the talks had failed")
_SPEECH = frozenset(("say", "tell", "announce", "report", "state", "claim", "add", "warn", "declare"))


def time_of(annotated: Annotated, times: Sequence[Time], token: Token) -> Time | None:
    """The time expression that dates the act told by this word, or ``None``; ``times`` are in text order.

    Only dates and times of day with known days count, and only those of the word's own sentence, its own clause and
    its own side of the quotation marks. Of several the one nearest in the parse is taken, then the nearest in the text.
    """
    best: tuple[int, int, int] | None = None
    chosen: Time | None = None
    above = _steps_above(token)
    for order, time in enumerate(_of_sentence(annotated, times, token)):
        head = annotated.head_of(time.span)
        if head is None or not _on_one_side(annotated, head, token):
            continue
        steps = _distance(head, above, is_day=time.start == time.end)
        if steps is not None and (best is None or (steps, abs(head.i - token.i), order) < best):
            best, chosen = (steps, abs(head.i - token.i), order), time
    return chosen


def _of_sentence(annotated: Annotated, times: Sequence[Time], token: Token) -> list[Time]:
    """The times in the token's sentence that have days and date things."""
    sentence = annotated.sentences[token.sentence]
    span = annotated.span_of(sentence.first, sentence.last)
    found: list[Time] = []
    for i in range(bisect_left(times, span.start, key=lambda t: t.span.start), len(times)):
        if times[i].span.start >= span.end:
            break
        if times[i].type in (TimeType.DATE, TimeType.TIME) and times[i].start and times[i].end:
            found.append(times[i])
    return found


def _on_one_side(annotated: Annotated, one: Token, two: Token) -> bool:
    """Whether both words stand in one quotation, or both outside any."""
    if one.quoted != two.quoted:
        return False
    if not one.quoted:
        return True
    low, high = sorted((one.start, two.start))
    at = bisect_left(annotated.quotations, low, key=lambda q: q.outer.start)
    return at == len(annotated.quotations) or annotated.quotations[at].outer.start >= high


def _steps_above(token: Token) -> dict[int, int]:
    """Token index -> steps up from the act's word, within its clause. A second verb shares the time of the first."""
    steps = {token.i: 0}
    node = token
    while node.head is not node and (node.dep not in _CLAUSES or _goes_along(node)):
        if node.dep == "xcomp" and node.head.lemma not in _PHASES:
            break
        if node.dep == "conj" and node.child("mark") is not None:  # "agreed on Friday, years after X had attacked"
            break
        node = node.head
        steps[node.i] = len(steps)
    return steps


def _goes_along(verb: Token) -> bool:
    """A participle without a subject of its own shares the main clause's time ("struck the port, killing two")."""
    return verb.dep == "advcl" and verb.tag == "VBG" and verb.child("nsubj", "mark", "aux", "prep") is None


def _distance(head: Token, above: dict[int, int], is_day: bool) -> int | None:
    """Steps from the time up to the act's word or to the clause they share; ``None`` where there is none."""
    node, steps = _spoken_day(head), 0
    while node.i not in above:
        if node.head is node or not _hands_on(node, above, is_day):
            return None
        steps += _OVER_NOUN if node.pos in ("NOUN", "PROPN", "VERB") and node is not head else 1
        node = node.head
    return steps + 2 * above[node.i]


def _hands_on(node: Token, above: dict[int, int], is_day: bool) -> bool:
    """Whether the time below this word may date what stands above it."""
    act = above.get(node.head.i) == 0
    if node.dep in _CLAUSES:
        return node.dep == "acl" and node.tag == "VBN" and act  # "the talks, held on Monday,"
    if node.dep == "conj" and node.pos in ("VERB", "AUX"):
        return is_day and act  # "killed two and wounded five on Sunday"
    if node.dep in _MODIFIERS:
        return act or (is_day and node.dep == "poss" and node.head.dep == "nsubj")  # "Friday's raid killed two"
    return True


def _spoken_day(head: Token) -> Token:
    """The word from which to look upwards: the verb of speech for a day that the parse hung on the words said."""
    verb = head.head
    if head.dep != "npadvmod" or verb.dep != "ccomp" or verb.head.lemma not in _SPEECH:
        return head
    after_speech = verb.head.i < head.i < verb.i and head.i - verb.head.i <= 2
    return verb.head if after_speech else head
