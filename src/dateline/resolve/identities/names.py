"""Takes names of persons and bodies to a form in which the same name is always written the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dateline.lexicons.countries import any_country
from dateline.lexicons.identities import family_first, name_parts
from dateline.lexicons.roles import gender_of

#: Longer names are cut and told apart by a digest: they are misread text, and no key should hold a page of it.
_LONGEST = 120
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a",
     "Ø": "O", "Ł": "L", "Đ": "D", "Æ": "AE", "Œ": "OE", "Þ": "Th",
     "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}
)  # fmt: skip
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"|“[^”]*”")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?|[^\W\d_]\.")
_ARTICLE = re.compile(r"\b(El|Al)(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[^\w'.-]+|_")
_SYLLABLES = re.compile(
    r"(?:(?:ch|sh|zh|ts|tz|kw|ky|gy|my|by|py|hy|ry|ny|ly|hw|hs|gw|[bpmfdtnlgkhjqxrzcsyw])?[aeiouy][aeiouw]{0,2}"
    r"(?:ng|n|m|p|t|k|l|b|h)?){1,3}"
)
#: States whose news names put the family name first.
_FAMILY_FIRST = frozenset(("CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "SGP", "MYS"))
#: States where both orders are met in English news.
_EITHER_ORDER = frozenset(("HUN", "JPN"))
#: Particles that stand first in a name as a given name or a kunya.
_NOT_LEADING = frozenset(("ben", "abu", "abou", "umm", "um", "y", "e"))
#: The first half of Arabic names that are one ("servant of the Merciful").
_SERVANT = frozenset(("abd", "abdul", "abdel", "abdal", "abdol"))
_VOWELS = str.maketrans("", "", "aeiouyhjw'")
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "k"), ("dh", "d"),
    ("ph", "f"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("g", "k"), ("z", "s"), ("w", "v"), ("ff", "v"), ("ts", "s"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, all folded to lower case; ``given`` is empty for a name of one word.

    ``family`` is the part by which news calls the person after the first mention.
    """

    given: tuple[str, ...]
    family: str
    suffix: str = ""

    @property
    def is_full(self) -> bool:
        return bool(self.given)

    def __str__(self) -> str:
        return " ".join(part for part in (*self.given, self.family, self.suffix) if part)


def normal_name(name: str, country: str | None = None) -> str:
    """A person's name without titles, accents, dots, hyphens and particles, given name first, in lower case.

    >>> normal_name("Sheikh Osama bin Laden"), normal_name("John F. Kennedy, Jr."), normal_name("José María Aznar")
    ('osama laden', 'john f kennedy jr', 'jose maria aznar')
    >>> normal_name("Kim Dae-jung"), normal_name("Orban Viktor", "HUN"), normal_name("Gen. Abdel-Fattah el-Sisi")
    ('daejung kim', 'viktor orban', 'abdelfattah sisi')
    """
    return str(person_name(name, country))


@lru_cache(maxsize=100_000)
def person_name(name: str, country: str | None = None) -> PersonName:
    """The parts of a person's name; the country helps to tell which part is the family's."""
    words = _words(name)
    if not words:
        return PersonName((), "")
    words, suffix = _without_suffix(words)
    words = _without_titles(words)
    lone = len(words) > 1 and _is_particle(words[0]) and len(words) == 2
    if lone:
        words = words[1:]
    if len(words) == 1:
        return PersonName((), " ".join(_double(words[0])), suffix)
    words = _without_particles(words)
    if words[0].lower() in ("abu", "abou", "umm", "um") and len(words) == 2:
        # a name taken in war or by a first child is borne by many
        return PersonName((), f"{words[0].lower()} {_flat(words[1])}", suffix)
    return _ordered(words, country, suffix)


def _short(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST]} {hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _words(name: str) -> list[str]:
    text = _short(name)
    text = _ASIDE.sub(" ", text.translate(_LETTERS)) or text
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _ARTICLE.sub(r"\1 ", text)
    words: list[str] = []
    for piece in _NOT_WORD.sub(" ", text).split():
        if _INITIALS.fullmatch(piece):
            words += [c for c in piece if c != "."]
            continue
        piece = piece.replace(".", "").strip("'-")
        if piece.endswith("'s"):
            piece = piece[:-2]
        if piece.strip("-'"):
            words.append(piece)
    if len(words) > 1 and len(words[0]) == 2 and words[0].isupper() and not words[-1].isupper():
        # "JR Smith"
        words[:1] = list(words[0])
    return _joined_articles(words)


def _joined_articles(words: list[str]) -> list[str]:
    """The words with Arabic articles cut and "Abd al-Rahman" made one word."""
    articles = name_parts("article")
    found: list[str] = []
    for k, word in enumerate(words):
        head, dash, tail = word.partition("-")
        if dash and head.lower() in articles and len(tail) > 2:
            word = tail
        elif k and word.lower() in ("al", "el", "ul", "ur") and k + 1 < len(words):
            if found and found[-1].lower() == "abd":
                found[-1] = "abdul"
            continue
        if found and found[-1].lower() in _SERVANT:
            found[-1] += "-" + word
            continue
        found.append(word)
    if len(found) > 1 and found[0].lower() in ("al", "el") and len(found) == 2 and words[0] != "Al":
        found = found[1:]
    return found


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    suffix = name_parts("suffix").get(words[-1].lower()) if len(words) > 1 else None
    return (words[:-1], suffix) if suffix else (words, "")


def _without_titles(words: list[str]) -> list[str]:
    titles = name_parts("title")
    first = 0
    while first < len(words) - 1 and words[first].lower() in titles:
        first += 1
    return words[first:]


def _is_particle(word: str) -> bool:
    return word.lower() in name_parts("particle") and word.lower() not in _NOT_LEADING


def _without_particles(words: list[str]) -> list[str]:
    particles = name_parts("particle")
    inner = [w for w in words[1:-1] if w.lower() not in particles or (len(w) == 1 and w.isupper())]
    return [words[0], *inner, words[-1]]


def _flat(word: str) -> str:
    return word.lower().replace("-", "").replace("'", "")


def _ordered(words: list[str], country: str | None, suffix: str) -> PersonName:
    flat = [_flat(w) for w in words]
    if _starts_with_family(words, flat, country):
        return PersonName(("".join(flat[1:]),), flat[0], suffix)
    last = _double(words[-1])
    return PersonName((*flat[:-1], *last[:-1]), last[-1], suffix)


def _double(word: str) -> list[str]:
    """The parts of a double family name: "Johnson-Sirleaf"."""
    parts = word.split("-")
    double = len(parts) == 2 and all(len(p) > 1 and p[0].isupper() for p in parts) and parts[0].lower() not in _SERVANT
    return [_flat(p) for p in parts] if double else [_flat(word)]


def _starts_with_family(words: list[str], flat: list[str], country: str | None) -> bool:
    if country in _EITHER_ORDER and len(flat) == 2:
        return gender_of(words[1].capitalize()) is not None and gender_of(words[0].capitalize()) is None
    shared = family_first().get(flat[0])
    if shared is None or len(flat) > 3 or not all(_SYLLABLES.fullmatch(w) for w in flat[1:]):
        return False
    if country in _FAMILY_FIRST:
        return True
    hyphened = len(words) == 2 and re.fullmatch(r"\w+-[a-z]\w*", words[1]) is not None
    if hyphened:
        return True
    return not shared and (len(flat) == 3 or gender_of(words[1].capitalize()) is None)


@lru_cache(maxsize=100_000)
def canonical(word: str) -> str:
    """A name's word in the one spelling by which all its spellings are compared.

    >>> canonical("muhammad"), canonical("gadhafi"), canonical("lund")
    ('mohammed', 'qaddafi', 'lund')
    """
    return name_parts("spelling").get(word, word)


def given_in_full(word: str) -> str:
    """The full form of a first name's short form, in the spelling by which it is compared.

    >>> given_in_full("bill"), given_in_full("mehmood"), given_in_full("inga")
    ('william', 'mahmoud', 'inga')
    """
    word = canonical(word)
    return canonical(name_parts("nickname").get(word, word))


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a family name, alike for its spellings; a short or foreign word stands for itself.

    >>> skeleton("gorbachev") == skeleton("gorbatschow"), skeleton("li"), skeleton("kuchma") == skeleton("koutchma")
    (True, 'li', True)
    """
    word = canonical(word)
    if not word.isascii():
        return word
    sounds = word
    for letters, sound in _SOUNDS:
        sounds = sounds.replace(letters, sound)
    bare = re.sub(r"(.)\1+", r"\1", sounds.translate(_VOWELS)).replace("v", "f")
    return bare if len(bare) >= 3 else word


def distance(left: str, right: str, most: int) -> int:
    """How many letters must change to make one word the other; ``most + 1`` where it is more than ``most``.

    >>> distance("qaddafi", "qadhafi", 2), distance("lund", "berg", 2)
    (1, 3)
    """
    if left == right:
        return 0
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


# --- bodies ------------------------------------------------------------------------------------------------------

#: Words of a body's name that its letters leave out.
SMALL = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "del", "to", "a", "&", "at"))


@lru_cache(maxsize=100_000)
def body_name(name: str) -> tuple[str, ...]:
    """The words of a body's name without articles, dots, accents and a firm's legal form, in one spelling.

    >>> body_name("the Harbour Workers' Organisation"), body_name("Nordlund Corp.")
    (('harbor', 'workers', 'organization'), ('nordlund',))
    """
    spelling, legal = name_parts("body"), name_parts("legal")
    text = _short(name).translate(_LETTERS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = []
    for piece in _NOT_WORD.sub(" ", text.lower()).replace("-", " ").split():
        piece = spelling.get(piece, piece)
        piece = piece.removesuffix("'s").replace("'", "").replace(".", "")
        if piece:
            words.append(spelling.get(piece, piece))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in legal:
        words = words[:-1]
    return tuple(words)


def initials(words: tuple[str, ...]) -> str:
    """The first letters of a body's words, without the small ones; a single word stands for itself.

    >>> initials(("movement", "for", "harbor", "reform")), initials(("nordlund",))
    ('mhr', 'nordlund')
    """
    big = [w for w in words if w not in SMALL]
    return "".join(w[0] for w in big) if len(big) > 1 else "".join(words)


@lru_cache(maxsize=20_000)
def state_word(phrase: str) -> str | None:
    """The state that the first words of a name tell, as name or adjective."""
    return any_country(phrase)
