"""The words of a report that count when two reports are compared: its prose, without dateline and credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

from dateline.model import Span

#: scripts that put no spaces between words: there each character counts as a word
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_NUMBER = r"\d+(?:[.,:/]\d+)*"
_WORD = re.compile(rf"{_NUMBER}|[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+(?:['’][^\W\d_{_UNSPACED}]+)*")
#: the same for text in ASCII and lower case, twice as fast
_PLAIN_WORD = re.compile(rf"[a-z]+(?:'[a-z]+)*|{_NUMBER}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
#: "by a writer OSLO, Nov. 7 (NTB) -- ", "OSLO, Nov 7 (Reuters) - ": what stands before the first sentence
_HEAD = re.compile(r"\s*[^.!?\n]{0,40}(?:\.[^.!?\n]{0,60}){0,3}?\((?:[A-Z][\w&./ -]{1,24})\)\s*(?:--|[-–—―_:])\s*")
#: a capital letter within a sentence
_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z]\w*(?:['’]\w+)?")
_MOST_HEAD = 200


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a report's prose in lower case; which of them are names (they have a capital within a sentence)."""

    words: tuple[str, ...]
    names: frozenset[str]
    is_list: bool


def prose_of(text: str, furniture: Sequence[Span] = ()) -> Prose:
    """The words that count, and which of them are names.

    >>> prose = prose_of("OSLO, Nov 7 (NTB) - Fog closed the port of Narvik, 1,200 people wait.")
    >>> prose.words
    ('fog', 'closed', 'the', 'port', 'of', 'narvik', '1200', 'people', 'wait')
    >>> sorted(prose.names)
    ['narvik']
    """
    body = body_of(text, furniture)
    names = frozenset([_lower(name) for name in _NAME.findall(body)])
    return Prose(tuple(_words(body)), names, _is_list(body))


def words_of(text: str, furniture: Sequence[Span] = ()) -> list[str]:
    """The words of the prose alone: quicker than :func:`prose_of`."""
    return _words(body_of(text, furniture))


def _words(body: str) -> list[str]:
    """All words in lower case, numbers without the commas in them."""
    lower = _THOUSANDS.sub("", _lower(body))
    return (_PLAIN_WORD if lower.isascii() else _WORD).findall(lower)


def _lower(words: str) -> str:
    return words.lower().replace("’", "'")


def body_of(text: str, furniture: Sequence[Span] = ()) -> str:
    """The text without its furniture, and without a wire's dateline where that is not marked as furniture."""
    if furniture:
        text = _without(text, furniture)
    if not text.isascii():
        text = normalize("NFKC", text).replace("\u00ad", "")
    head = _HEAD.match(text, 0, min(len(text), _MOST_HEAD))
    return text[head.end() :] if head else text


def _without(text: str, spans: Sequence[Span]) -> str:
    kept = []
    done = 0
    for start, end in sorted(spans):
        if start > done:
            kept.append(text[done:start])
        done = max(done, end)
    kept.append(text[done:])
    return "\n".join(kept)


_LIST_HEAD = re.compile(r"\W*(?:the\s+)?following\s+(?:is|are|were)\b|\W*here\s+(?:is|are)\s+the\s", re.IGNORECASE)
_MARK = re.compile(r"(?:(?<!-)---?|[-–—•*·■]|(?<!\d)\d{1,2}[.)])\s")
_BEFORE_ITEM = ("", "\n", ".", ":", ";", "?", "!")
_LEAST_ITEMS = 3


def _is_list(body: str) -> bool:
    """Whether the text says that it is a list, or has the marks of one: a summary of several stories."""
    if _LIST_HEAD.match(body):
        return True
    items = (m for m in _MARK.finditer(body) if _before(body, m.start()) in _BEFORE_ITEM)
    return sum(1 for _ in islice(items, _LEAST_ITEMS)) == _LEAST_ITEMS


def _before(body: str, at: int) -> str:
    """The character before an item's mark, up to two blanks aside."""
    return body[max(0, at - 3) : at].rstrip(" \t")[-1:] if at > 2 else ""
