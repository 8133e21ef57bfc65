"""Cuts a report's words into base noun phrases and each phrase into pieces: country, organisation, role, name, word.

A phrase runs from its determiner to its last noun ("the then Pakistani Prime Minister Imran Khan"); a possessor is a
phrase of its own. The cut goes by the flat order of words and their tags; the parse only says where two phrases touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from dateline.lexicons.countries import capital_of, country_of, demonym_of, is_doubtful, seat_of
from dateline.lexicons.roles import (
    Organisation,
    RoleWord,
    fold,
    gender_of,
    is_portfolio,
    longest_organisation,
    longest_role,
    modifier_of,
    organisation_of,
    organisations_of,
    people_of,
    role_of,
    word_set,
)
from dateline.model import Annotated, Token

#: Names that stand before nouns as adjectives do.
LIKE_ADJECTIVES = frozenset(("US", "U.S.", "UK", "U.K.", "UN", "U.N.", "EU"))
#: No phrase is read on beyond so many words; a longer run is a table.
_LONGEST = 40
HYPHENS = frozenset(("-", "–", "‐", "‑"))
#: Tags of words that may stand inside a base noun phrase.
_INSIDE = word_set("DT PDT PRP$ CD JJ JJR JJS NN NNS NNP NNPS HYPH AFX FW VBN VBG ADD SYM")
_HALVES = frozenset(("North", "South", "East", "West"))
_BEHIND_HYPHEN = frozenset(("IN", "RP", "XX", "VBD", "VB"))
#: Titles whose field comes after "of" though their holders are many.
_OF_FIELD = frozenset(("Director", "Secretary", "Undersecretary"))
_OF_MANY_FIELDS = frozenset(("minister", "secretary", "undersecretary", "ministry"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_OPENERS = frozenset(("DT", "PDT", "PRP$"))
_NOMINAL = word_set("nsubj nsubjpass dobj pobj dative attr appos poss conj agent ROOT")
#: Small words inside names of persons.
_PARTICLES = word_set("bin ibn al el de da do dos del della di der den van von la le ul ur bint abu ben y e")
#: After these a country's name is what somebody is for or against, before those the doer of somebody else's state.
_AGAINST = word_set("anti pro non trans extra")
_DONE_BY = word_set(
    "backed occupied controlled held supported sponsored armed funded brokered allied installed annexed trained linked"
    " affiliated inspired aligned"
)
_FIGHTERS = frozenset(("fighter", "fighters"))
#: Words beside which fighters are aircraft.
_FLYING = word_set(
    "plane planes airfield aircraft airliner airliners airspace jet jets bomber bombers helicopter helicopters"
    " interceptor mig migs scramble scrambled intercept intercepted radar pilot pilots squadron flew airborne airplane"
)
_MONEY = word_set("dollar dollars cent cents pound pounds franc francs rupee rupees ringgit yuan yen bond bonds")
_TIMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december today yesterday tomorrow tonight mon tue tues wed thu thur thurs fri
    sat sun jan feb aug sept oct nov dec gmt"""
)
_STATUS = {
    "former": "former", "ex": "former", "then": "then", "acting": "acting", "interim": "acting", "caretaker": "acting",
    "elect": "elect", "designate": "elect", "incoming": "elect", "deposed": "former", "ousted": "former",
    "retired": "former", "late": "former", "erstwhile": "former", "onetime": "former", "toppled": "former",
    "outgoing": "current", "current": "current", "incumbent": "current", "overthrown": "former", "exiled": "former",
    "disgraced": "former", "fallen": "former", "jailed": "", "one-time": "former", "newly": "newly",
}  # fmt: skip
@dataclass(slots=True)
class Piece:
    """Some words of a phrase of one sort; ``first`` and ``last`` are half-open indexes into the phrase's words.

    ``kind`` is country, org, role, modifier, portfolio, status, name, num, det or word. ``flavour`` says of a country
    whether a name, a demonym, a capital, a seat or a region told it.
    """

    kind: str
    first: int
    last: int
    code: str = ""
    flavour: str = ""
    role: RoleWord | None = None
    organisation: Organisation | None = None


@dataclass(slots=True)
class Phrase:
    """A base noun phrase. ``words`` are its tokens without hyphens; ``head`` is the word that ties it to the rest."""

    first: int
    last: int
    words: list[Token]
    head: Token
    pieces: list[Piece] = field(default_factory=list)
    possessive: bool = False
    owner: Phrase | None = None
    after: str = ""

    @property
    def determiner(self) -> str:
        return self.words[0].lower if self.words[0].tag in _OPENERS else ""


def find_phrases(annotated: Annotated) -> list[Phrase]:
    """All base noun phrases of a report in text order."""
    tokens, found = annotated.tokens, list[Phrase]()
    ends = [s.last for s in annotated.sentences]
    joined = _joined_names(annotated)
    i, n = 0, len(tokens)
    while i < n:
        if not _opens(tokens[i]) and not _is_first_name(tokens, i):
            i += 1
            continue
        last = _grow(tokens, i, ends[tokens[i].sentence], joined)
        phrase = _phrase(tokens, i, last)
        if phrase is not None:
            _tie(phrase, tokens, found)
            found.append(phrase)
        i = max(last, i + 1)
    _halve_states(found, tokens)
    return found


def _halve_states(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> None:
    """Read the first word of "North and South Korea" as a state."""
    for left, right in pairwise(phrases):
        if len(left.words) != 1 or left.last >= len(tokens) or right.first != left.last + 1:
            continue
        if tokens[left.last].lower != "and" or left.words[0].text not in _HALVES or len(right.words) != 2:
            continue
        found = country_phrase(f"{left.words[0].text} {right.words[1].text}")
        if found is not None and right.words[0].text in _HALVES:
            left.pieces = [Piece("country", 0, 1, code=found[0], flavour="name")]


def _joined_names(annotated: Annotated) -> dict[int, int]:
    """Names of organisations with a small word inside ("Bank of Utopia"), first token to half-open last."""
    joined: dict[int, int] = {}
    for first, last, label in annotated.names:
        if label != "ORG" or last - first < 3 or last - first > 9:
            continue
        inner = annotated.tokens[first + 1 : last - 1]
        if all(t.text.isupper() for t in inner):
            # a headline in capitals
            continue
        if any(t.tag in ("IN", "CC") for t in inner) and not any(t.tag == "POS" or t.text == "," for t in inner):
            start = first + (annotated.tokens[first].tag in _OPENERS)
            if start < last and annotated.tokens[start].text[:1].isupper():
                joined[start] = last
    return joined


def _opens(token: Token) -> bool:
    if token.lower in _TIMES and token.text[:1].isupper():
        return False
    tag = token.tag
    if token.text in HYPHENS:
        return False
    if tag in ("VBN", "VBG"):
        return token.dep == "amod" or token.dep == "compound"
    if tag == "RB":
        return token.lower in ("then", "newly", "ex") and token.head.i > token.i and token.head.i - token.i < 6
    return tag in _INSIDE and tag not in ("HYPH", "SYM") and not (tag == "CD" and token.head.i < token.i)


def _is_first_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a small word is a first name ("Per Haugland")."""
    token = tokens[i]
    if token.tag != "IN" or not token.text[:1].isupper() or i + 1 >= len(tokens) or tokens[i + 1].tag != "NNP":
        return False
    return gender_of(token.text) is not None


def _grow(tokens: Sequence[Token], i: int, end: int, joined: dict[int, int]) -> int:
    """The half-open end of the phrase that starts at token ``i``."""
    k = unit = i
    end = min(end, i + _LONGEST)
    while k < end:
        after = tokens[k + 1] if k + 1 < end else None
        # past "Secretary of State" the parse ties the title, not its last word, to the name
        skipped = unit < k - 1 and tokens[k].text[:1].isupper()
        if skipped and tokens[k].ent == "PERSON" and tokens[k - 1].text[:1].isupper():
            k += 1
            continue
        joined_on = k == i or _joins(tokens[k - 1], tokens[k], after)
        if not joined_on and not (skipped and _joins(tokens[unit], tokens[k], after)):
            break
        unit = k
        jump = joined.get(k) or _known_end(tokens, k, end) or _role_end(tokens, k, end)
        k = jump if jump and jump <= end else k + 1
        k = _portfolio_end(tokens, k, end)
    return k


def _class_owns(left: Token, mark: Token, right: Token | None) -> bool:
    """Whether a possessive is inside a body's name: "Workers' Party", "People's Congress"."""
    if mark.tag != "POS" or right is None or right.tag not in ("NNP", "NNPS") or left.tag not in ("NNP", "NNPS"):
        return False
    owner = role_of(left.lower)
    return owner is not None and owner.kind in ("person", "population", "group") and left.text[:1].isupper()


def _joins(left: Token, right: Token, after: Token | None) -> bool:
    """Whether ``right`` goes on with the phrase that ``left`` stands in."""
    if _class_owns(left, right, after) or (left.tag == "POS" and right.tag in ("NNP", "NNPS")):
        return True
    if left.tag == "POS" or right.tag in _OPENERS or (right.lower in _TIMES and right.text[:1].isupper()):
        return False
    if right.lower in _PARTICLES and after is not None and left.tag in ("NNP", "NNPS", "HYPH", "FW", "XX"):
        return after.text[:1].isupper() or after.text in HYPHENS
    if right.text in HYPHENS or left.text in HYPHENS:
        touching = left.end == right.start
        return touching and (right.text in HYPHENS or right.tag in _INSIDE or right.tag in _BEHIND_HYPHEN)
    if right.tag not in _INSIDE:
        return right.text == "&" and after is not None and after.tag == "NNP"
    if right.tag in ("VBN", "VBG") and right.dep not in ("amod", "compound", "nmod"):
        return False
    if left.tag == "IN":
        return left.text[:1].isupper() and right.tag == "NNP"
    if left.ent in ("GPE", "NORP") and right.tag == "NNP" and left.tag in ("NNP", "JJ") and after is not None:
        # "former United States | Senator X"
        title = role_of(right.lower)
        if title is not None and title.title and after.tag == "NNP":
            return True
    if left.head.i > left.i:
        # a modifier of something on its right; "gave | Israel | weapons" and "says Iran | attacks ..." are not
        return left.dep not in ("nsubj", "nsubjpass", "dative", "dobj", "pobj", "npadvmod")
    if left.lower in _PARTICLES or left.tag in _OPENERS or left.tag == "RB":
        return True
    adjectival = left.tag == "JJ" and (right.tag == "JJ" or right.tag in _NOUNS)
    if left.dep == "conj" and (adjectival or (left.text in LIKE_ADJECTIVES and right.tag in _NOUNS)):
        # "French and German | ministers": the parser hangs the second adjective on the first
        return True
    if right.head is left or right.head is left.head:
        return left.tag in ("NNP", "NNPS") and right.tag in ("NNP", "NNPS")
    return left.ent != "" and left.ent == right.ent and left.tag in ("NNP", "NNPS") and right.tag in ("NNP", "NNPS")


def _known_end(tokens: Sequence[Token], k: int, end: int) -> int:
    """The end of a known organisation that starts here and has a small word inside, else 0."""
    token = tokens[k]
    if not token.text[:1].isupper():
        return 0
    most = longest_organisation(fold(token.text))
    inner = any(t.lower in ("of", "and", "'s", "’s") for t in tokens[k + 1 : min(end, k + 4)])
    if most < 3 and not inner:
        return 0
    words: list[str] = []
    best = 0
    for j in range(k, min(end, k + max(most + 3, 7 if inner else 0))):
        if tokens[j].text not in HYPHENS:
            words.append(fold(tokens[j].text))
        if len(words) > 2 and (organisation_of(_join(words)) or (inner and country_of(_join(words)))):
            best = j + 1
    return best


def _role_end(tokens: Sequence[Token], k: int, end: int) -> int:
    """The end of a title with a small word inside ("chief of staff", "commander in chief"), else 0."""
    if k + 2 >= end or tokens[k + 1].lower not in ("of", "in") or longest_role(tokens[k].lower) < 3:
        return 0
    for width in (5, 4, 3):
        words = [fold(t.lower) for t in tokens[k : min(end, k + width)]]
        if len(words) == width and role_of(" ".join(words)) is not None:
            return k + width
    return 0


def _join(words: Sequence[str]) -> str:
    return " ".join(words).replace(" 's", "'s").replace(" '", "'")


def _portfolio_end(tokens: Sequence[Token], k: int, end: int) -> int:
    """Past "of Foreign Affairs", "for the Interior", "of the Republic" where ``k`` follows a minister or secretary."""
    if k + 1 >= end or tokens[k].lower not in ("of", "for"):
        return k
    role = role_of(fold(tokens[k - 1].lower))
    if role is None:
        return k
    start = k + 1 + (tokens[k + 1].lower == "the")
    if (role.code == "GOV" and role.kind != "person") or tokens[k - 1].text in _OF_FIELD:
        for width in (4, 3, 2, 1):
            words = [fold(t.lower) for t in tokens[start : min(end, start + width)]]
            if len(words) == width and (is_portfolio(" ".join(words)) or words == ["republic"]):
                return start + width
        return start + width if (width := _new_portfolio(tokens[k - 1], tokens[start : min(end, start + 7)])) else k
    if role.kind == "organisation" and tokens[k - 1].text[:1].isupper():
        return _proper_end(tokens, start, end, k)
    return k


def _new_portfolio(title: Token, words: Sequence[Token]) -> int:
    """How many words are a field that no list has: "Minister of Harbours | Anneke Voss"; 0 for none."""
    if title.lower not in _OF_MANY_FIELDS or not title.text[:1].isupper():
        return 0
    run = 0
    while run < len(words) and (_is_capital(words[run]) or _links_capitals(words, run)):
        run += 1
    if not run or country_of(words[0].text) or capital_of(words[0].text) or demonym_of(words[0].text):
        return 0
    if words[0].text in ("State", "Staff"):
        return 1
    linked = next((j + 2 for j in range(run - 1, 0, -1) if words[j].lower in ("and", "&")), 1)
    for j in range(linked, run):
        if gender_of(words[j].text) is not None:
            return j
    rest = run - linked
    return linked if rest > 1 or (rest and words[linked - 1].lower.endswith("s")) else run


def _is_capital(word: Token) -> bool:
    return word.text[:1].isupper() and word.tag in ("NNP", "NNPS", "NN", "NNS", "JJ") and word.lower not in _TIMES


def _links_capitals(words: Sequence[Token], k: int) -> bool:
    return 0 < k < len(words) - 1 and words[k].lower in ("and", "&") and _is_capital(words[k + 1])


def _proper_end(tokens: Sequence[Token], start: int, end: int, otherwise: int) -> int:
    """Past the capitalised words of "University of Utopia", which must not be a state that owns the thing."""
    j = start
    while j < end and tokens[j].text[:1].isupper() and tokens[j].tag in ("NNP", "NNPS"):
        j += 1
    return j if j > start else otherwise


def _phrase(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    while last > first and (tokens[last - 1].tag in ("HYPH", "SYM", "RB") or tokens[last - 1].text in HYPHENS):
        last -= 1
    words = [t for t in tokens[first:last] if t.text not in HYPHENS]
    if not words:
        return None
    head = _head(tokens, first, last)
    nominal = head.tag in _NOUNS or head.dep in _NOMINAL or words[-1].tag in _NOUNS
    if not nominal and not (words[-1].tag.startswith("JJ") and words[-1].text[:1].isupper()):
        return None
    phrase = Phrase(first, last, words, head)
    phrase.pieces = segment(words)
    return phrase


def _head(tokens: Sequence[Token], first: int, last: int) -> Token:
    for k in range(last - 1, first - 1, -1):
        token = tokens[k]
        if not first <= token.head.i < last or token.head is token:
            return token
    return tokens[last - 1]


def _tie(phrase: Phrase, tokens: Sequence[Token], found: list[Phrase]) -> None:
    """Note the possessor before the phrase, and the possessive mark or preposition after it."""
    n = len(tokens)
    if phrase.last < n and tokens[phrase.last].sentence == phrase.head.sentence:
        follower = tokens[phrase.last]
        phrase.possessive = follower.tag == "POS"
        phrase.after = follower.lower
        if follower.text == "$" and phrase.pieces[-1].kind == "country":
            # "US $50 million"
            phrase.pieces[-1].kind = "word"
    before = found[-1] if found else None
    if before is not None and len(found) > 1 and tokens[phrase.first - 1].text == ")":
        # "Utopian Defence Forces (UDF) chief of staff X"
        if before.last == phrase.first - 1 and before.first == found[-2].last + 1 and len(before.words) == 1:
            phrase.owner = found[-2]
        return
    if before is None or not before.possessive or before.last + 1 != phrase.first:
        return
    if before.head.sentence == phrase.head.sentence:
        phrase.owner = before


# --- acronyms -----------------------------------------------------------------------------------------------------


def acronym_after(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """The letters in brackets right behind a phrase ("Utopian Labour Party (ULP)"), without dots, else ""."""
    k = phrase.last
    if k + 2 >= len(tokens) or tokens[k].text != "(" or tokens[k + 2].text != ")":
        return ""
    letters = fold(tokens[k + 1].text)
    if not 2 <= len(letters) <= 8 or not letters[:2].isupper() or len(phrase.words) < 2:
        return ""
    return letters if any(w.text[:1] == letters[0] for w in phrase.words) else ""


def settle_acronyms(phrases: Sequence[Phrase], annotated: Annotated) -> None:
    """Read letters that several organisations share as this report means them.

    Letters that the report itself explains are a name of its own; else the organisation counts whose full name or
    whose state the report has.
    """
    has = _Finder(annotated.text)
    near: dict[int, set[str]] = {}
    spoken: Counter[str] = Counter()
    for phrase in phrases:
        for piece in phrase.pieces:
            if piece.kind == "country" and piece.code:
                near.setdefault(phrase.head.sentence, set()).add(piece.code)
                spoken[piece.code] += 1
    leader = max(sorted(spoken), key=lambda code: spoken[code]) if spoken else ""
    explained = {letters for p in phrases if (letters := acronym_after(p, annotated.tokens))}
    states = {piece.code for p in phrases for piece in p.pieces if piece.kind == "country" and piece.code}
    for phrase in phrases:
        for piece in phrase.pieces:
            if piece.kind == "org":
                letters = _join([fold(w.text) for w in phrase.words[piece.first : piece.last]])
                beside = near.get(phrase.head.sentence, set()) | {leader} if leader else set()
                _settle_acronym(piece, letters, explained, states, beside, has)


def settle_aircraft(phrases: Sequence[Phrase], annotated: Annotated) -> None:
    """Read "fighters" as aircraft of a state, not as rebels, where they fly in their sentence ("Utopian fighters")."""
    for phrase in phrases:
        piece = phrase.pieces[-1]
        if piece.kind != "role" or phrase.words[piece.first].lower not in _FIGHTERS:
            continue
        bodies = {p.kind for p in phrase.pieces[:-1]} & {"org", "name", "modifier", "role"}
        if bodies or phrase.last - phrase.first > _LONGEST:
            continue
        one = phrase.words[-1].tag == "NN" and any(p.kind == "country" for p in phrase.pieces)
        sentence = annotated.sentences[phrase.head.sentence]
        near = annotated.tokens[max(sentence.first, phrase.first - 20) : min(sentence.last, phrase.last + 20)]
        if one or any(t.lower in _FLYING for t in near):
            piece.role = role_of("fighter plane")
            piece.code = piece.role.code if piece.role is not None else piece.code


class _Finder(dict[str, bool]):
    """Whether a text has a name, looked up once a name."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __missing__(self, name: str) -> bool:
        self[name] = name in self.text
        return self[name]


def _settle_acronym(
    piece: Piece, letters: str, explained: set[str], states: set[str], beside: set[str], has: _Finder
) -> None:
    own = piece.organisation
    rivals = beside if own is not None and own.code[3:] in ("MIL", "PTY") else states
    if own is not None and own.common and rivals and own.country not in rivals:
        role = role_of(letters.lower()) or RoleWord(letters.lower(), own.code[3:], own.kind)
        piece.kind, piece.organisation, piece.code, piece.role = "role", None, role.code, role
        return
    namesakes = organisations_of(letters)
    if letters in explained and not any(has[o.name] for o in namesakes):
        piece.kind, piece.organisation, piece.code = "name", None, ""
        return
    if len(namesakes) < 2:
        return
    best = max(namesakes, key=lambda o: 2 * has[o.name] + (o.country in states))
    piece.organisation, piece.code = best, best.code


# --- pieces --------------------------------------------------------------------------------------------------------


def segment(words: Sequence[Token]) -> list[Piece]:
    """The words of a phrase as pieces, left to right, the longest known phrase first."""
    pieces: list[Piece] = []
    folded = [fold(w.text) for w in words]
    lower = [f.lower() for f in folded]
    i, n = 0, len(words)
    while i < n:
        piece = _piece(words, folded, lower, i, n, pieces)
        if pieces and piece.kind in ("name", "word") and pieces[-1].kind == piece.kind:
            pieces[-1].last = piece.last
        else:
            pieces.append(piece)
        i = piece.last
    _mend_names(words, lower, pieces)
    return pieces


def _piece(
    words: Sequence[Token], folded: list[str], lower: list[str], i: int, n: int, before: list[Piece]
) -> Piece:
    word = words[i]
    if word.tag in _OPENERS:
        return Piece("det", i, i + 1)
    if word.tag == "CD":
        return Piece("num", i, i + 1)
    status = _STATUS.get(lower[i])
    if status is not None and (status != "elect" or i > 0):
        return Piece("status", i, i + 1, flavour=status)
    proper = word.text[:1].isupper()
    if (proper or lower[i] in _PARTICLES) and (known := _organisation(folded, i, n)) is not None:
        return known if not _is_tied_to(words, known, n) else Piece("word", i, known.last)
    if proper and (found := _country(words, folded, i, n)) is not None:
        return found
    if (found := _role(words, lower, i, n)) is not None and not _is_adjective(word, found, n):
        return found
    if (code := modifier_of(lower[i])) is not None and i + 1 < n:
        return Piece("modifier", i, i + 1, code=code)
    if proper and (word.tag in ("NNP", "NNPS", "IN") or word.ent or (i > 0 and word.pos == "PROPN")):
        return Piece("name", i, i + 1)
    if before and before[-1].kind == "name" and i + 1 < n and _goes_on(words, lower, i):
        return Piece("name", i, i + 1)
    hyphened = i > 0 and words[i].i - words[i - 1].i == 2
    if before and before[-1].kind == "name" and hyphened and "PERSON" in (word.ent, words[i - 1].ent):
        # "Mi-sook"
        return Piece("name", i, i + 1)
    return Piece("word", i, i + 1)


def _is_adjective(word: Token, piece: Piece, n: int) -> bool:
    """Whether a role word is none here: "a major party", "the house", which only a capital makes a House."""
    if piece.role is not None and piece.role.capital and not word.text[:1].isupper():
        return True
    return word.tag in ("JJ", "VBN", "JJR") and piece.last == piece.first + 1 and piece.last < n


def _goes_on(words: Sequence[Token], lower: list[str], i: int) -> bool:
    """Whether a small word or initial is inside a name ("Hamad bin Khalifa", "al")."""
    return (lower[i] in _PARTICLES or words[i].tag == "NNP") and words[i + 1].text[:1].isupper()


def _is_tied_to(words: Sequence[Token], piece: Piece, n: int) -> bool:
    """Whether a body is only what others are linked to: "al-Qaeda-linked rebels"."""
    k = piece.last
    return k < n and words[k].i - words[k - 1].i == 2 and words[k].lower in _DONE_BY


def _organisation(folded: list[str], i: int, n: int) -> Piece | None:
    most = longest_organisation(folded[i])
    for width in range(min(most + 1, n - i) if most else 0, 0, -1):
        known = organisation_of(_join(folded[i : i + width]))
        if known is not None:
            return Piece("org", i, i + width, code=known.code, organisation=known)
    return None


@lru_cache(maxsize=50_000)
def country_phrase(phrase: str) -> tuple[str, str] | None:
    """The state that a phrase stands for and how: name, demonym, capital, seat or region.

    >>> country_phrase("Pakistani"), country_phrase("Tehran"), country_phrase("Chechen")
    (('PAK', 'demonym'), ('IRN', 'capital'), ('RUS', 'region'))
    """
    if (code := country_of(phrase)) is not None:
        return code, "name"
    if (code := people_of(phrase)) is not None:
        return code, "region"
    for look_up, flavour in ((demonym_of, "demonym"), (capital_of, "capital"), (seat_of, "seat")):
        if (code := look_up(phrase)) is not None and not is_doubtful(phrase):
            return code, flavour
    return None


def _country(words: Sequence[Token], folded: list[str], i: int, n: int) -> Piece | None:
    if i and words[i - 1].lower in _AGAINST and words[i].i - words[i - 1].i == 2:
        return None
    if i + 1 < n and words[i + 1].lower in _DONE_BY and words[i + 1].i - words[i].i == 2:
        return None
    if i + 1 < n and words[i + 1].lower in _MONEY:
        return None
    for width in range(min(6, n - i), 0, -1):
        if width > 1 and not words[i + width - 1].text[:1].isupper():
            continue
        found = country_phrase(_join(folded[i : i + width]))
        if found is not None:
            # "ethnic Albanians" live anywhere but, as a rule, in Albania
            ethnic = i > 0 and words[i - 1].lower == "ethnic"
            return Piece("country", i, i + width, code="" if ethnic else found[0], flavour=found[1])
    return None


def _role(words: Sequence[Token], lower: list[str], i: int, n: int) -> Piece | None:
    most = longest_role(lower[i])
    for width in range(min(most, n - i), 0, -1):
        role = role_of(_join(lower[i : i + width]))
        if role is not None:
            return Piece("role", i, _of_what(words, lower, i + width, n, role), code=role.code, role=role)
    if most == 0 or n - i < 2:
        return None
    # "foreign affairs minister" is portfolio and role
    for width in range(min(3, n - i - 1), 0, -1):
        if is_portfolio(" ".join(lower[i : i + width])):
            role = role_of(lower[i + width])
            if role is not None and role.code in ("GOV", "") and role.kind in ("office", "organisation", "person"):
                return Piece("role", i, i + width + 1, code=role.code, role=role)
    return None


def _of_what(words: Sequence[Token], lower: list[str], k: int, n: int, role: RoleWord) -> int:
    """Past "of Foreign Affairs" or "of Utopia" where the phrase goes on after a role: see ``_portfolio_end``."""
    if k + 1 >= n or lower[k] not in ("of", "for"):
        return k
    start = k + 1 + (lower[k + 1] == "the")
    if role.kind == "organisation" or role_of(" ".join(lower[k - 1 : k + 2])) is not None:
        # "army chief" and "chief of staff" share a word
        return n if role.kind == "organisation" else k + 2
    for width in (4, 3, 2, 1):
        field_ = lower[start : start + width]
        if len(field_) == width and (is_portfolio(" ".join(field_)) or field_ == ["republic"]):
            return start + width
    return start + width if (width := _new_portfolio(words[k - 1], words[start:n])) else k


def _mend_names(words: Sequence[Token], lower: list[str], pieces: list[Piece]) -> None:
    """Give back to a name the words in it that look like something else ("Tom King", "Paris Hilton", "John Major")."""
    k = 1
    while k < len(pieces):
        left, piece = pieces[k - 1], pieces[k]
        if left.kind == "name" and _part_of_name(words, pieces, k):
            left.last = piece.last
            del pieces[k]
            if k < len(pieces) and pieces[k].kind == "name":
                left.last = pieces[k].last
                del pieces[k]
            continue
        k += 1


def _part_of_name(words: Sequence[Token], pieces: list[Piece], k: int) -> bool:
    left, piece = pieces[k - 1], pieces[k]
    if piece.last - piece.first > 1 or not words[piece.first].text[:1].isupper():
        return False
    if words[left.last - 1].ent != "PERSON" or words[piece.first].ent != "PERSON":
        return False
    if piece.kind == "role" and piece.role is not None:
        return piece.role.kind != "organisation" and k == len(pieces) - 1
    return piece.kind in ("country", "org", "portfolio", "modifier", "status")

