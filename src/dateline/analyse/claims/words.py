"""Plain words -> what claims are compared by: tokens, stems, names, numbers and days, without a parse."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.lexicons.claims import forms
from dateline.lexicons.countries import any_country

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[-.&][^\W_]+)*(?:['’][^\W\d_]+)?|[^\w\s]")
_DEMONYM = ("lian", "ian", "ese", "ish", "an", "ic", "n", "i", "s")
#: States that a report calls by the name of another of their time.
_SAME_STATE = {"SUN": "RUS"}
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_MONTHS |= {m[:3]: n for m, n in _MONTHS.items() if m != "may"} | {"sept": 9}
_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
#: An ending, the letters that must be left of a word without it, and what stands in its place.
_ENDINGS = (
    ("ies", 3, "y"), ("ations", 5, ""), ("ation", 5, ""), ("ments", 4, ""), ("ment", 4, ""), ("ings", 4, ""),
    ("ing", 4, ""), ("ions", 4, ""), ("ion", 4, ""), ("ied", 3, "y"), ("ed", 3, ""), ("es", 3, ""), ("ly", 4, ""),
    ("s", 3, ""), ("e", 3, ""),
)  # fmt: skip
_SHORT = {"ll": "will", "d": "would", "ve": "have", "re": "are", "m": "am"}
_OPENERS = (".", "!", "?", '"', "“", "‘", "'")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}

Name = frozenset[str]
Days = tuple[date, date]


class Word(NamedTuple):
    """A token as written and in lower case, both without a possessive ending, with its offsets.

    ``first`` is true where a sentence or a quotation begins, so that a ``capital`` means nothing.
    """

    text: str
    lower: str
    possessive: bool
    first: bool
    start: int
    end: int
    capital: bool


def words_of(text: str, opening: bool = True) -> list[Word]:
    """The words and marks of a text; "didn't" gives "did" and "not".

    Without ``opening`` the text stands in the middle of a sentence, where the first capital means something.

    >>> [w.lower for w in words_of("Varnia's army didn't fire 2,000 shells.")]
    ['varnia', 'army', 'did', 'not', 'fire', '2,000', 'shells', '.']
    """
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        first = found[-1].lower in _OPENERS if found else opening
        found += _pieces(match[0].replace("’", "'"), first, match.start(), match.end())
    return found


def _pieces(token: str, first: bool, start: int, end: int) -> list[Word]:
    """A token as one word, or as two where it is written together: "won't", "they'll"."""
    lower, capital = token.lower(), token[:1].isupper()
    if "'" not in token or len(token) == 1:
        return [Word(token, lower, False, first, start, end, capital)]
    if lower.endswith("n't"):
        bare = {"wo": "will", "ca": "can", "sha": "shall"}.get(lower[:-3], lower[:-3])
        helping = Word(token[:-3], bare, False, first, start, end - 3, capital)
        return [helping, Word("not", "not", False, False, end - 3, end, False)]
    head, _, tail = token.partition("'")
    word = Word(head, head.lower(), tail.lower() in ("s", ""), first, start, start + len(head), capital)
    meant = _SHORT.get(tail.lower())
    return [word, Word(meant, meant, False, False, start + len(head), end, False)] if meant else [word]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word in lower case without its common endings, one stem for the members of a family.

    >>> [stem(w) for w in ("attacks", "attacking", "sold", "collapsed", "collapse", "killings", "rates")]
    ['attack', 'attack', 'sell', 'collapse', 'collapse', 'kill', 'rat']
    """
    for kind in ("family", "reverse"):
        known = forms(kind).get(word)
        if known is not None:
            return known
    bare = _bare(word)
    return forms("family").get(bare, bare)


def _bare(word: str) -> str:
    for ending, least, instead in _ENDINGS:
        cut = word[: -len(ending)]
        if word.endswith(ending) and len(cut) >= least and not word.endswith("ss"):
            doubled = ending in ("ing", "ed", "ings") and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz"
            return (cut[:-1] if doubled else cut) + instead
    return word


@lru_cache(maxsize=50_000)
def state(phrase: str) -> str | None:
    """The state that a phrase stands for, as ``@XXX``."""
    code = any_country(phrase)
    return None if code is None else "@" + _SAME_STATE.get(code, code)


# --- names


@dataclass(frozen=True, slots=True)
class Names:
    """Which words are names all over the texts, so that the first word of a sentence can be told.

    ``base`` gives for an adjective of a name ("Varnian") the name it is made from, where the texts have it.
    """

    known: frozenset[str]
    base: dict[str, str]


def names_in(texts: Iterable[Sequence[Word]], named: Iterable[Sequence[Word]] = ()) -> Names:
    """The words that are oftener written with a capital than without, where a capital means something.

    ``named`` are the words of named speakers, where each capital means something.
    """
    upper, lower, opening = Counter[str](), Counter[str](), set[str]()
    for words in texts:
        upper.update(w.lower for w in words if w.capital and not w.first)
        lower.update(w.lower for w in words if not w.capital)
        opening.update(w.lower for w in words if w.capital and w.first)
    for words in named:
        upper.update(w.lower for w in words if w.capital)
    known = {w for w, n in upper.items() if n > lower[w] and w not in forms("empty")}
    likely = known | {w for w in opening if not lower[w]}
    base = {w: made for w in sorted(known) if (made := _made_from(w, likely)) is not None}
    return Names(frozenset(known | set(base.values())), base)


def _made_from(word: str, known: Set[str]) -> str | None:
    """The known name that a word is an adjective of: "belmora" for "belmoran"."""
    cuts = (word[: -len(ending)] for ending in _DEMONYM if word.endswith(ending))
    return next((cut for cut in cuts if len(cut) >= 4 and cut in known), None)


def is_name(word: Word, names: Names) -> bool:
    """Whether a word is part of a name: a capital in the middle of a sentence, or known as a name elsewhere."""
    if not word.capital or word.lower in forms("empty"):
        return False
    return not word.first or word.lower in names.known or state(word.text) is not None


def name_runs(words: Sequence[Word], names: Names) -> list[tuple[int, int, Name]]:
    """The names among words as (first, last + 1, the set of its words); a state is its code alone."""
    found: list[tuple[int, int, Name]] = []
    i = 0
    while i < len(words):
        if not is_name(words[i], names):
            i += 1
            continue
        j = i + 1
        while j < len(words) and is_name(words[j], names) and not words[j - 1].possessive and not words[j].first:
            j += 1
        found += _cut(words, i, j, names)
        i = j
    return found


def _cut(words: Sequence[Word], i: int, j: int, names: Names) -> list[tuple[int, int, Name]]:
    """A run of capitals cut where a state's name begins or ends: "Russian Defence Ministry"."""
    for length in (3, 2, 1):
        for k in range(i, j - length + 1):
            code = state(" ".join(w.text for w in words[k : k + length]))
            if code is not None:
                left = _cut(words, i, k, names) if k > i else []
                right = _cut(words, k + length, j, names) if k + length < j else []
                return [*left, (k, k + length, frozenset((code,))), *right]
    return [(i, j, frozenset(names.base.get(w.lower, w.lower) for w in words[i:j]))]


# --- numbers


def number_at(words: Sequence[Word], i: int) -> tuple[float, int] | None:
    """The number that begins at a word and the index behind it: "3 million", "fifty", "2,000".

    >>> number_at(words_of("3 million people"), 0), number_at(words_of("twenty-five men"), 0)
    ((3000000.0, 2), (25.0, 1))
    """
    value = _number(words[i].lower)
    if value is None:
        return None
    j = i + 1
    while j < len(words) and words[j].lower.rstrip("s") in _scales():
        value *= _scales()[words[j].lower.rstrip("s")]
        j += 1
    return value, j


def _number(word: str) -> float | None:
    if word[:1].isdigit():
        plain = word.replace(",", "")
        return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
    known = forms("number")
    if word in known:
        return float(known[word])
    tens, dash, ones = word.partition("-")
    if not dash or tens not in known or (ones != "one" and ones not in known):
        return None
    return float(known[tens]) + float(known.get(ones, "1"))


@cache
def _scales() -> dict[str, float]:
    return {word: float(value) for word, value in forms("scale").items()}


# --- days


def days_in(words: Sequence[Word], published: date | None, ahead: bool) -> tuple[Days | None, frozenset[int]]:
    """The days that words name, from the first to the last, and the indexes of the words that tell them.

    A weekday or month without a year is the last one before ``published``, for what lies ahead the next one; only
    the first expression counts. ``None`` where no day is told or ``published`` is needed and not known.
    """
    found: Days | None = None
    used: set[int] = set()
    i = 0
    while i < len(words):
        told = _day_at(words, i, published, ahead)
        if told is None:
            i += 1
            continue
        days, behind = told
        used.update(range(i, behind))
        found = found or days
        i = behind
    return found, frozenset(used)


def _day_at(words: Sequence[Word], i: int, published: date | None, ahead: bool) -> tuple[Days | None, int] | None:
    word = words[i]
    if _YEAR.match(word.text):
        year = int(word.text)
        return (date(year, 1, 1), date(year, 12, 31)), i + 1
    if word.lower in _NEAR:
        day = published + timedelta(_NEAR[word.lower]) if published else None
        return (day, day) if day else None, i + 1
    if word.lower in ("last", "next", "this") and i + 1 < len(words):
        unit = words[i + 1].lower
        if unit in ("week", "month", "year"):
            return _unit(unit, {"last": -1, "this": 0, "next": 1}[word.lower], published), i + 2
    if word.capital and word.lower in _WEEKDAYS:
        return _weekday(_WEEKDAYS[word.lower], published, ahead), i + 1
    return _month_at(words, i, published, ahead)


def _unit(unit: str, step: int, published: date | None) -> Days | None:
    if published is None:
        return None
    if unit == "week":
        monday = published + timedelta(7 * step - published.weekday())
        return monday, monday + timedelta(6)
    if unit == "year":
        return date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    months = published.year * 12 + published.month - 1 + step
    return _month(months // 12, months % 12 + 1)


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _weekday(number: int, published: date | None, ahead: bool) -> Days | None:
    if published is None:
        return None
    step = (number - published.weekday()) % 7 if ahead else -((published.weekday() - number) % 7)
    day = published + timedelta(step)
    return day, day


def _month_at(words: Sequence[Word], i: int, published: date | None, ahead: bool) -> tuple[Days | None, int] | None:
    """A month's name with the day before or behind it and the year behind that, as far as they are told."""
    day, at = None, i
    if _is_day(words, i):
        day, at = int(words[i].text), i + 1
    if at >= len(words) or not words[at].capital or words[at].lower not in _MONTHS:
        return None
    if words[at].lower == "may" and words[at].first and day is None:
        return None
    month, behind = _MONTHS[words[at].lower], at + 1
    if day is None and _is_day(words, behind):
        day, behind = int(words[behind].text), behind + 1
    if behind < len(words) and words[behind].lower == "," and behind + 1 < len(words):
        behind += bool(_YEAR.match(words[behind + 1].text))
    year = None
    if behind < len(words) and _YEAR.match(words[behind].text):
        year, behind = int(words[behind].text), behind + 1
    return _placed(year, month, day, published, ahead), behind


def _is_day(words: Sequence[Word], i: int) -> bool:
    return i < len(words) and words[i].text.isdecimal() and len(words[i].text) <= 2 and 1 <= int(words[i].text) <= 31


def _placed(year: int | None, month: int, day: int | None, published: date | None, ahead: bool) -> Days | None:
    if year is None:
        if published is None:
            return None
        year = published.year
        if ahead and month < published.month:
            year += 1
        elif not ahead and (month, day or 1) > (published.month, published.day):
            year -= 1
    first, last = _month(year, month)
    if day is None or day > last.day:
        return first, last
    return date(year, month, day), date(year, month, day)
