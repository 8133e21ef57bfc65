"""The language of a report: what the caller says, else what its first lines look like."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from dateline.lexicons import rows

ENGLISH = "en"
#: what py3langid calls signs and figures
_NO_LANGUAGE = "zxx"
_SAMPLE = 2_000
_FEWEST_LETTERS = 40
#: Below this probability the guess is not worth losing a report for.
_SURE = 0.5
#: Of running English a third of the words are among them, of any other language one in twenty at most.
_FUNCTION_SHARE = 0.125
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, given: object = None) -> str:
    """The ISO 639-1 code of a report's language; ``given``, a code or an English name, wins where it means anything.

    >>> language_of("Kurz.", "en-US"), language_of("Kurz."), language_of("Правительство отрицает это.")
    ('en', 'en', 'ru')
    """
    return language_code(given) or guess_language(text)


def language_code(given: object) -> str | None:
    """The ISO 639-1 code for a code, a locale or an English name; an unknown word is given back in lower case.

    >>> language_code("en_GB"), language_code("eng"), language_code("Urdu"), language_code("  ")
    ('en', 'en', 'ur', None)
    """
    if not isinstance(given, str) or not given.strip():
        return None
    word = given.strip().lower()[:40]
    known = _codes()
    return known.get(word) or known.get(re.split(r"[-_.@ ]", word)[0]) or word


def guess_language(text: str) -> str:
    """The language of the first lines; English where there are too few letters to tell or the guess is unsure."""
    sample = text[:_SAMPLE]
    latin, other = _letters(sample)
    if other <= latin and (latin < _FEWEST_LETTERS or _has_english_function_words(sample)):
        return ENGLISH
    code, sure = _identifier().classify(sample)
    if code in (ENGLISH, _NO_LANGUAGE) or (other <= latin and sure < _SURE):
        return ENGLISH
    return str(code)


def _letters(sample: str) -> tuple[int, int]:
    """How many letters are Latin, and how many of another script."""
    letters = [c for c in sample if c.isalpha()]
    latin = sum(c < "\u0250" or unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin, len(letters) - latin


def _has_english_function_words(sample: str) -> bool:
    """Whether the sample, or its beginning where lists of names follow, has the small words of English prose."""
    words, common = _WORD.findall(sample.lower()), _function_words()
    for part in (words, words[:40]):
        found = [word for word in part if word in common]
        if len(found) > _FUNCTION_SHARE * len(part) and ("the" in found or "and" in found):
            return True
    return False


@cache
def _codes() -> dict[str, str]:
    known: dict[str, str] = {}
    for _, (code, three_letters, names) in rows("languages.tsv", 3):
        for name in (code, *three_letters.split(), *names.lower().split("|")):
            known[name.strip()] = code
    return known


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for _, (word,) in rows("function_words.tsv", 1))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a second to load: only when a report must be judged

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
