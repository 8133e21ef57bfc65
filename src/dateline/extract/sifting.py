"""Sifts the learned reader's finds: its training data calls more a statement than what somebody put on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dateline.lexicons.cues import CueWord, cues_at
from dateline.model import Annotated, Attribution, Span, Token

_TIMES: Final = frozenset(("DATE", "TIME"))
_OF_TIME: Final = frozenset(("on", "in", "at", "for", "during", "since", "until", "by"))
_CIRCUMSTANCES: Final = frozenset(("npadvmod", "advmod", "tmod", "punct", "cc"))
_PLACING: Final = frozenset((*_OF_TIME, "after", "before", "amid", "following", "late", "early", "upon"))
_WHEN: Final = frozenset(("after", "before", "as", "when", "while", "since", "until", "amid", "following"))
_FROM: Final = frozenset(("cite", "quote", "speak", "refer"))
_EMPTY_POS: Final = frozenset(("PRON", "DET", "PUNCT", "SPACE", "PART"))


def sift(annotated: Annotated, finds: Iterable[Attribution]) -> list[Attribution]:
    """The finds whose cue and words tell a statement, without the cue's own times at the head of the content.

    Finds in quotation marks and at a colon stay as they are. Of the others those go whose cue is no word of speech or
    stance ("voted to monitor it"), and those whose content is but a pronoun or but the circumstances of the cue.
    """
    kept = []
    for find in finds:
        cue = annotated.tokens[find.head] if find.head is not None else None
        if cue is None or not cue.text[:1].isalpha() or _is_quoted(annotated, find.content):
            kept.append(find)
            continue
        uses = cues_at(annotated.tokens, cue.i)
        if not uses or _is_empty(annotated, find.content) or _is_own_thought(annotated, uses, find):
            continue
        if all(use.takes == {"quote"} for use in uses):
            continue  # "interrupted a visit"
        if _is_circumstance(annotated, cue, find.content) or _is_unsaid(cue):
            continue
        kept.append(_without_times(annotated, cue, _without_circumstances(annotated, cue, find)))
    return kept


def _is_own_thought(annotated: Annotated, uses: Sequence[CueWord], find: Attribution) -> bool:
    """Whether a speaker's turn of phrase is told ("I believe that", "I do not know")."""
    return uses[0].act == "believe" and any(annotated.words(s) == "I" for s in find.source)


def _is_unsaid(cue: Token) -> bool:
    """Whether a cue tells what ought to be said and not what was ("should verify whether", "must explain why")."""
    return any(c.lower in ("should", "must", "shall") for c in cue.children if c.dep == "aux")


def _is_quoted(annotated: Annotated, content: tuple[Span, ...]) -> bool:
    return any(token.quoted for span in content for token in annotated.tokens_in(span))


def _is_empty(annotated: Annotated, content: tuple[Span, ...]) -> bool:
    """Whether a content is but a pronoun or a determiner ("welcomed them", "which he denied")."""
    return all(token.pos in _EMPTY_POS for span in content for token in annotated.tokens_in(span))


def _is_circumstance(annotated: Annotated, cue: Token, content: tuple[Span, ...]) -> bool:
    """Whether a content after the cue tells only when, where and after what: "on Monday in an address, after …"."""
    takes = frozenset[str]().union(*(use.takes for use in cues_at(annotated.tokens, cue.i)))
    roots = [t for span in content for t in annotated.tokens_in(span) if _is_root(annotated, t, content)]
    return bool(roots) and all(t.i > cue.i and _tells_when(annotated, t, takes) for t in roots)


def _is_root(annotated: Annotated, token: Token, content: tuple[Span, ...]) -> bool:
    return token.head is token or not any(span.start <= token.head.start < span.end for span in content)


def _tells_when(annotated: Annotated, token: Token, takes: frozenset[str]) -> bool:
    if token.dep in _CIRCUMSTANCES:
        return token.lower not in ("so", "yes", "no")
    if token.dep == "prep":
        if any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in annotated.tokens[token.left : token.right + 1]):
            return False  # "warned at the time that there would be …"
        return any(c.ent in _TIMES for c in token.children) or (token.lower in _PLACING and token.lower not in takes)
    if token.dep == "advcl":
        mark = token.child("mark", "advmod")
        if mark is None and token.tag == "VBG" and token.lemma in _FROM:
            return True
        return mark is not None and mark.lower in _WHEN
    return False


def _without_circumstances(annotated: Annotated, cue: Token, find: Attribution) -> Attribution:
    """The find without pieces that tell only when and from whom: "…, the agency reported | on Friday, citing …"."""
    if len(find.content) < 2:
        return find
    content = tuple(s for s in find.content if not _is_circumstance(annotated, cue, (s,)))
    return replace(find, content=content)


def _without_times(annotated: Annotated, cue: Token, find: Attribution) -> Attribution:
    """The find without a time of the cue's at the head of its content ("agreed on Sunday | on a framework")."""
    first = find.content[0] if find.content else None
    tokens = annotated.tokens_in(first) if first is not None else []
    if first is None or not tokens or tokens[0].i <= cue.i:
        return find
    that = next((t for t in tokens[1:6] if t.lower == "that"), None)
    if that is not None and tokens[0].lower in _OF_TIME and annotated.tokens[that.i - 1].lemma in ("time", "moment"):
        return replace(find, content=(Span(that.start, first.end), *find.content[1:]))
    at = 1 if tokens[0].lower in _OF_TIME and len(tokens) > 1 else 0
    hanging = tokens[0] if at else tokens[0].head if tokens[0].dep == "pobj" else tokens[0]
    if tokens[at].ent not in _TIMES or not (hanging.head is cue or tokens[0].i == cue.i + 1):
        return find
    while at < len(tokens) and tokens[at].ent in _TIMES:
        at += 1
    if at >= len(tokens) - 1 or tokens[at].dep in ("punct", "case") or tokens[at - 1].dep not in ("pobj", "npadvmod"):
        return find
    return replace(find, content=(Span(tokens[at].start, first.end), *find.content[1:]))
