"""Titles, role nouns, sector words and known organisations, from ``roles.tsv`` and ``organisations.tsv``.

All look-ups take folded words: without dots, hyphens as blanks, lower case for roles, own case for organisations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.lexicons import rows

ROLE_KINDS = frozenset(
    ("office", "person", "organisation", "group", "population", "honorific", "modifier", "portfolio")
)
_LOOSE = str.maketrans({".": None, "’": "'", "‘": "'", "-": " ", "–": " "})
_IRREGULAR = {
    "men": "man", "women": "woman", "people": "people", "children": "child", "wives": "wife", "thieves": "thief",
    "police": "police", "troops": "troops", "forces": "forces", "chiefs": "chief", "thugs": "thug",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleWord:
    """What a title or role noun says of its holder; ``code`` is the sector, empty for a word that tells none."""

    phrase: str
    code: str
    kind: str
    title: bool = False
    weak: bool = False
    gender: str | None = None
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A known organisation or group; ``code`` is the whole code, country included."""

    name: str
    country: str | None
    code: str
    kind: str
    acronym: str | None = None
    #: whether other states have bodies of the same name
    common: bool = False


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: a short closed list beside the code that uses it."""
    return frozenset(text.split())


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word without dots and with plain apostrophes; its case is kept.

    >>> fold("U.N."), fold("Lt.")
    ('UN', 'Lt')
    """
    return word.translate(_LOOSE).strip()


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """The singular of a lower-case noun, by its ending.

    >>> singular("ministers"), singular("policemen"), singular("deputies"), singular("police")
    ('minister', 'policeman', 'deputy', 'police')
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@cache
def _roles() -> tuple[dict[str, RoleWord], dict[str, RoleWord], dict[str, RoleWord], dict[str, int]]:
    """Roles, modifiers and portfolios by phrase, and the most words of a phrase by its first word."""
    roles: dict[str, RoleWord] = {}
    modifiers: dict[str, RoleWord] = {}
    portfolios: dict[str, RoleWord] = {}
    longest: dict[str, int] = {}
    for _, (phrase, code, kind, flags) in rows("roles.tsv", 4):
        gender = "m" if "m" in flags else "f" if "f" in flags else None
        key = fold(phrase)
        entry = RoleWord(key, code, kind, "t" in flags, "w" in flags, gender, "c" in flags)
        table = modifiers if kind == "modifier" else portfolios if kind == "portfolio" else roles
        table.setdefault(key, entry)
        first, *rest = key.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
        if not rest:
            longest.setdefault(singular(first), 1)
    return roles, modifiers, portfolios, longest


def longest_role(first: str) -> int:
    """The most words that a role phrase with this first word (lower case) has; 0 for none."""
    longest = _roles()[3]
    return longest.get(first) or longest.get(singular(first), 0)


@lru_cache(maxsize=50_000)
def role_of(phrase: str) -> RoleWord | None:
    """The role that a folded lower-case phrase names, in the plural as well.

    >>> role_of("foreign ministers").code, role_of("rebels").kind, role_of("table")
    ('GOV', 'group', None)
    """
    roles = _roles()[0]
    if (found := roles.get(phrase)) is not None:
        return found
    head, _, last = phrase.rpartition(" ")
    return roles.get(f"{head} {singular(last)}" if head else singular(last))


def modifier_of(word: str) -> str | None:
    """The sector that a modifying word tells ("military source").

    >>> modifier_of("military"), modifier_of("angry")
    ('MIL', None)
    """
    found = _roles()[1].get(word)
    return found.code if found else None


def is_portfolio(phrase: str) -> bool:
    """Whether a folded lower-case phrase is what a minister or a secretary can be of."""
    return phrase in _roles()[2]


@cache
def _organisations() -> tuple[dict[str, list[Organisation]], dict[str, int]]:
    table: dict[str, list[Organisation]] = {}
    longest: dict[str, int] = {}
    for _, (name, acronym, country, code, kind, others) in rows("organisations.tsv", 6):
        entry = Organisation(name, country or None, code, kind.rstrip("?"), acronym or None, kind.endswith("?"))
        for phrase in (name, acronym, *others.split("|")):
            if not phrase:
                continue
            key = fold(phrase)
            table.setdefault(key, []).append(entry)
            words = key.split(" ")
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return table, longest


def longest_organisation(first: str) -> int:
    """The most words that the name of a known organisation with this first word has; 0 for none."""
    return _organisations()[1].get(first, 0)


def organisation_of(phrase: str) -> Organisation | None:
    """The known organisation that a folded phrase names.

    >>> organisation_of("UN").code, organisation_of("Arab League").country
    ('IGOUNO', None)
    """
    found = _organisations()[0].get(phrase)
    return found[0] if found else None


def organisations_of(phrase: str) -> tuple[Organisation, ...]:
    """All known organisations that a folded phrase or some letters name.

    >>> sorted(o.country or "" for o in organisations_of("PTI"))
    ['IND', 'PAK']
    """
    return tuple(_organisations()[0].get(phrase, ()))


@cache
def _peoples() -> dict[str, str]:
    return {name: code for _, (name, code) in rows("names_peoples.tsv", 2)}


def people_of(phrase: str) -> str | None:
    """The state to which a people or a region without a state of its own belongs.

    >>> people_of("Chechen"), people_of("Kurdish")
    ('RUS', None)
    """
    return _peoples().get(phrase)


@cache
def _first_names() -> dict[str, str]:
    return {name: gender for _, (name, gender) in rows("names.tsv", 2)}


def gender_of(first_name: str) -> str | None:
    """Is "m" or "f" for a common first name that is nearly always given to one sex, else ``None``."""
    return _first_names().get(first_name)
