"""Reads a text as words with one code letter each, so that a grammar can be written over the letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.lexicons import rows
from dateline.model import Span

#: Code letters of the classes of ``lexicons/times.tsv``. Other letters: ``d`` one or two digits, ``Y`` four digits
#: that may be a year, ``n`` any other number, ``k`` 1930s, ``y`` '89, ``C`` 10:30, ``I`` 2004-05-06, ``K`` 5/6/2004,
#: ``q`` Q3, ``s`` the possessive 's, ``N`` holiday, ``w`` another word, ``_`` end of paragraph; punctuation is itself.
CODES = {
    "month": "M", "weekday": "W", "weekdays": "V", "unit": "u", "units": "U", "number": "n", "few": "f", "ordinal": "o",
    "season": "S", "seasons": "Z", "part": "p", "parts": "P", "moment": "m", "deictic": "D", "last": "l", "next": "x",
    "this": "t", "that": "T", "same": "=", "a": "a", "the": "h", "each": "e", "ago": "g", "earlier": "E", "later": "L",
    "approximately": "A", "more": "Q", "than": "R", "early": "v", "boundary": "b", "of": "O", "in": "i", "from": "r",
    "to": "2", "and": "&", "ampm": "c", "zone": "z", "before_christ": "B", "anno_domini": "X", "fiscal": "F",
    "decade": "j", "present": "1", "past": "0", "future": "3", "adverb": "4", "filler": "G", "hereafter": "6",
    "former": "+", "so": "~", "overnight": "7", "latest": "8", "period": "9", "per": "5",
}  # fmt: skip
#: classes whose words count only with a capital
_CAPITALS = {"month", "weekday"}
_PUNCTUATION = dict.fromkeys("-–—‐‑−", "-") | dict.fromkeys("$£€¥#", "$") | {mark: mark for mark in ",.()/%':"}

_WORD = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{4,12}Z?)?(?![0-9-]))"
    r"|(?P<slash>[0-9]{1,2}([/.])[0-9]{1,2}\3(?:[0-9]{4}|[0-9]{2})(?![0-9/]))"
    r"|(?P<clock>[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]|\.[0-9]))"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?P<tail>st|nd|rd|th|s)?(?![0-9]|[^\W\d_])"
    r"|(?P<digits>[0-9]+)"
    r"|(?P<short>['’‘`](?:s\b|[0-9]{2}s?\b))"
    r"|(?P<dotted>(?:[ap]\. ?m\b\.?)|B\. ?C\b\.?(?: ?E\.)?|A\. ?D\b\.?)"
    r"|(?P<quarter>[QH][1-4]\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<other>\S)"
)


class Word(NamedTuple):
    """One word of the text: its characters, its lower case, and what its class makes of it (a number, a name)."""

    start: int
    end: int
    lower: str
    value: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text and the string of their codes; ``codes[i]`` belongs to ``words[i]``."""

    text: str
    words: list[Word]
    codes: str

    def span(self, first: int, last: int) -> Span:
        """The characters of the half-open range of words."""
        return Span(self.words[first].start, self.words[last - 1].end)


@cache
def _lexicon() -> dict[str, tuple[str, str, int | None]]:
    """Word -> (code, value, number). Words of a class that needs a capital stand here with it."""
    known: dict[str, tuple[str, str, int | None]] = {}
    for _, (kind, value, words) in rows("times.tsv", 3):
        number = int(value) if re.fullmatch(r"-?[0-9]+", value) else None
        for word in words.split():
            entry = (CODES[kind], value, number)
            forms = [word.capitalize(), word.upper()] if kind in _CAPITALS else [word, word.capitalize(), word.upper()]
            if word != word.lower():
                forms = [word]
            for form in forms:
                known.setdefault(form, entry)
    return known


@cache
def names_around() -> dict[str, frozenset[str]]:
    """Words that make the number or weekday beside them part of a name, by kind."""
    return {kind: frozenset(words.split()) for _, (kind, words) in rows("times_names.tsv", 2)}


@cache
def holidays() -> dict[str, str]:
    """Holiday name -> rule of its day."""
    return {name: rule for _, (name, rule) in rows("times_holidays.tsv", 2)}


@cache
def _holiday_pattern() -> re.Pattern[str]:
    names = sorted(holidays(), key=lambda n: (-len(n), n))
    spelled = "|".join(re.escape(n.title().replace("'S", "'s").replace("St.", "St.")) for n in names)
    return re.compile(rf"\b(?:{spelled.replace(chr(39), '[' + chr(39) + '’]')})\b")


def _number(text: str, tail: str) -> tuple[str, str, int | None]:
    """Code, value and number of digits."""
    plain = text.replace(",", "")
    if len(plain) > 9 or "." in plain:
        return ("n" if "." in plain and not tail else "w"), plain, None
    number = int(plain)
    if tail == "s":
        return ("k" if len(text) in (3, 4) and number % 10 == 0 and number <= 2100 else "w"), plain, number
    if tail:
        return "o", plain, number
    if len(text) == 4 and 1000 <= number <= 2999:
        return "Y", plain, number
    return ("d" if len(text) <= 2 else "n"), plain, number


def _classified(m: re.Match[str], known: dict[str, tuple[str, str, int | None]]) -> tuple[str, str, int | None]:
    kind, text = m.lastgroup, m.group()
    if kind in ("number", "tail"):
        return _number(m["number"], m["tail"] or "")
    if kind == "digits":
        return _number(text, "")
    if kind == "short":
        if text[1] == "s":
            return "s", text, None
        return ("k" if text[-1] == "s" else "y"), text[1:3], int(text[1:3])
    if kind == "dotted":
        if text[0] in "ap":
            return "c", "", 12 if text[0] == "p" else 0
        return ("B" if text[0] == "B" else "X"), text, None
    return {"iso": "I", "slash": "K", "clock": "C", "quarter": "q"}[kind or ""], text, None


def _piece(text: str, span: Span, words: list[Word], codes: list[str]) -> None:
    """Append the words of one paragraph."""
    known = _lexicon()
    for m in _WORD.finditer(text, span.start, span.end):
        kind, raw = m.lastgroup, m.group()
        if kind == "word":
            code, value, number = known.get(raw, ("w", "", None))
        elif kind == "other":
            code, value, number = _PUNCTUATION.get(raw, "?"), "", None
        else:
            code, value, number = _classified(m, known)
        codes.append(code)
        words.append(Word(m.start(), m.end(), raw.lower(), value, number))


def read_words(text: str, paragraphs: Iterable[Span]) -> Words:
    """The words of the paragraphs, with an end mark after each.

    >>> read_words("On May 5, 2004", [Span(0, 14)]).codes
    'iMd,Y_'
    """
    words: list[Word] = []
    codes: list[str] = []
    for span in paragraphs:
        _piece(text, span, words, codes)
        codes.append("_")
        words.append(Word(span.end, span.end, "", ""))
    _join_holidays(text, words, codes)
    return Words(text, words, "".join(codes))


def _join_holidays(text: str, words: list[Word], codes: list[str]) -> None:
    """Make each holiday's name one word."""
    names = {m.start(): m for m in _holiday_pattern().finditer(text)}
    if not names:
        return
    kept: list[Word] = []
    letters: list[str] = []
    until = -1
    for word, code in zip(words, codes, strict=True):
        if word.start < until:
            continue
        m = names.get(word.start) if code != "_" else None
        if m is None:
            kept.append(word)
            letters.append(code)
            continue
        name = m.group().lower().replace("’", "'")
        kept.append(Word(m.start(), m.end(), name, holidays()[name]))
        letters.append("N")
        until = m.end()
    words[:], codes[:] = kept, letters
