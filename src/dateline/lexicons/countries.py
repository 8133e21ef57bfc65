"""States and territories by the words that news uses for them, from ``countries.tsv``.

Codes are ISO 3166-1 alpha-3; states that are no more keep their former code (``SUN``, ``YUG``, ``CSK``, ``DDR``,
``SCG``). Look-ups mind the case of letters ("US" is a state, "us" is not), but forgive a leading "the", a possessive,
dots, accents, hyphens and headlines in capitals.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache

from dateline.lexicons import rows

_FILE = "countries.tsv"
_COLUMNS = 6
_LOOSE = str.maketrans({".": "", "’": "'", "‘": "'", "ʻ": "'", "-": " ", "–": " ", "\n": " "})


@dataclass(frozen=True)
class _Table:
    """All phrases of one file, folded, each with the code of its state."""

    names: dict[str, str] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    main_capital: dict[str, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)


def _plain(phrase: str) -> str:
    """A phrase without accents, dots, hyphens and surplus space; the case of its letters is kept."""
    text = phrase.translate(_LOOSE)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.split())


@lru_cache(maxsize=20_000)
def _forms(phrase: str) -> tuple[str, ...]:
    """The folded forms under which a phrase may be listed, the likeliest first."""
    plain = _plain(phrase)
    if plain[:4] in ("the ", "The ", "THE "):
        plain = plain[4:]
    forms = [plain]
    for ending in ("'s", "'S", "'"):
        if plain.endswith(ending):
            forms.append(plain[: -len(ending)])
            break
    # a headline or a dateline in capitals
    forms += [_capitalised(form) for form in forms if form.isupper() and len(form) > 4]
    return tuple(form for form in forms if form)


def _capitalised(phrase: str) -> str:
    small = {"Of": "of", "And": "and", "The": "the", "Es": "es", "Au": "au"}
    words = [word.capitalize() for word in phrase.split(" ")]
    return " ".join([words[0], *(small.get(word, word) for word in words[1:])])


def _split(cell: str) -> list[tuple[str, bool, bool]]:
    """The phrases of a cell with their marks: (phrase, has a plural, is doubtful)."""
    parts = [part for part in cell.split("|") if part]
    return [(part.rstrip("+?"), "+" in part[-2:], part.endswith("?")) for part in parts]


def _add(table: _Table, entries: dict[str, str], cell: str, code: str) -> None:
    for phrase, plural, doubtful in _split(cell):
        for form in (phrase, phrase + "s") if plural else (phrase,):
            key = _forms(form)[0]
            entries.setdefault(key, code)
            if doubtful:
                table.doubtful.add(key)


@cache
def _table() -> _Table:
    table = _Table()
    for _, (code, name, names, demonyms, capitals, seats) in rows(_FILE, _COLUMNS):
        table.short[code] = name.rstrip("?")
        if capitals:
            table.main_capital[code] = _split(capitals)[0][0]
        _add(table, table.names, name, code)
        _add(table, table.names, names, code)
        _add(table, table.demonyms, demonyms, code)
        _add(table, table.capitals, capitals, code)
        _add(table, table.seats, seats, code)
    return table


def _find(entries: dict[str, str], phrase: str) -> str | None:
    for form in _forms(phrase):
        if (code := entries.get(form)) is not None:
            return code
    return None


def country_of(phrase: str) -> str | None:
    """The state that a phrase names.

    >>> country_of("the U.S."), country_of("us"), country_of("Côte d’Ivoire"), country_of("BURMA's")
    ('USA', None, 'CIV', 'MMR')
    """
    return _find(_table().names, phrase)


def demonym_of(word: str) -> str | None:
    """The state whose adjective or people a word is.

    >>> demonym_of("Afghan"), demonym_of("Britons"), demonym_of("South Korean"), demonym_of("polish")
    ('AFG', 'GBR', 'KOR', None)
    """
    return _find(_table().demonyms, word)


def capital_of(phrase: str) -> str | None:
    """The state whose capital, or former capital of its own time, a phrase names.

    >>> capital_of("Islamabad"), capital_of("Washington, D.C."), capital_of("Lahore")
    ('PAK', 'USA', None)
    """
    return _find(_table().capitals, phrase.replace(",", ""))


def seat_of(phrase: str) -> str | None:
    """The state for which a seat of government stands.

    >>> seat_of("the Kremlin"), seat_of("10 Downing Street"), seat_of("the Élysée"), seat_of("the garden")
    ('RUS', 'GBR', 'FRA', None)
    """
    return _find(_table().seats, phrase)


def state_then(code: str, day: str | None, town: str | None = None) -> str:
    """The state that had a state's land on a day; the state itself where no other did or the day is unknown.

    >>> state_then("RUS", "1985-03-11"), state_then("RUS", "1992-03-11"), state_then("DEU", "1985-03-11", "Leipzig")
    ('SUN', 'RUS', 'DDR')
    """
    for former, first, last, towns in _formerly().get(code, ()):
        if day is not None and first <= day <= last and (not towns or (town or "").casefold() in towns):
            return former
    return code


@cache
def _formerly() -> dict[str, list[tuple[str, str, str, frozenset[str]]]]:
    """Heir -> (state before it, its first and last day, the towns of the heir that were its; none for all)."""
    found: dict[str, list[tuple[str, str, str, frozenset[str]]]] = {}
    for _, (former, heirs, first, last, towns) in rows("former_states.tsv", 5):
        names = frozenset() if towns == "-" else frozenset(t.casefold() for t in towns.split("|"))
        for heir in heirs.split("|"):
            found.setdefault(heir, []).append((former, first, last, names))
    return found


def any_country(phrase: str) -> str | None:
    """The state that a phrase stands for as a name, a demonym, a capital or a seat of government, in this order.

    Capitals, seats and demonyms that often mean something else ("Victoria", "San Jose") are left out.

    >>> any_country("Turkish"), any_country("Tehran"), any_country("the White House"), any_country("Victoria")
    ('TUR', 'IRN', 'USA', None)
    """
    if (code := country_of(phrase)) is not None:
        return code
    code = demonym_of(phrase) or capital_of(phrase) or seat_of(phrase)
    return None if code is None or is_doubtful(phrase) else code


def is_doubtful(phrase: str) -> bool:
    """Whether a listed phrase often means something else: "Georgia", "Jordan", "Victoria", "English".

    >>> is_doubtful("Georgia"), is_doubtful("France")
    (True, False)
    """
    return any(form in _table().doubtful for form in _forms(phrase.replace(",", "")))


def is_code(code: str) -> bool:
    """Whether a code is one of a state or territory in the table."""
    return code in _table().short


def codes() -> tuple[str, ...]:
    """All codes, sorted."""
    return tuple(sorted(_table().short))


def name_of(code: str) -> str:
    """The short English name for a code; the code itself where it is not known.

    >>> name_of("GBR"), name_of("SUN"), name_of("XXX")
    ('United Kingdom', 'Soviet Union', 'XXX')
    """
    return _table().short.get(code, code)


def capital_name(code: str) -> str | None:
    """The main capital of a state.

    >>> capital_name("FRA"), capital_name("ATA")
    ('Paris', None)
    """
    return _table().main_capital.get(code)
