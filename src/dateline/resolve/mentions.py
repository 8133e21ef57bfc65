"""Says of one noun phrase which actor it names or describes, before anyone is matched with anyone else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.lexicons.countries import name_of
from dateline.lexicons.gazetteer import towns
from dateline.lexicons.roles import Organisation, fold, gender_of, organisation_of, singular, word_set
from dateline.model import ActorKind, MentionForm, RoleStatus, Span, Token
from dateline.resolve.codes import sector_of, was
from dateline.resolve.phrases import Phrase, Piece, segment

_PERSONAL = frozenset(("office", "person", "honorific"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "junior", "senior"))
_INDEFINITE = word_set("a an another some any several many most few one other two three no each every")
_DEFINITE = word_set("the this that these those its his her their our my your both all")
_ACTING = word_set("GOV MIL REB COP SPY LEG JUD OPP PRM UAF LAB PTY")
_BODY_WORDS = word_set(
    """agency network group party movement militia organization organisation company corporation newspaper daily
    weekly magazine television radio channel alliance union bank faction front bloc firm broadcaster website tv"""
)
#: Things that are an actor where they tell something: the newspaper, not "the papers on the desk".
_ONLY_TELLING = word_set("paper publication website radio television")
#: Titles that say little without the body before them.
_CHIEFS = word_set("chief leader head commander boss")
_FORCES = word_set("front army movement force forces brigade brigades militia guard guards group cartel legion corps")
#: Last words of lands that are no people.
_LANDS = word_set("bank strip heights kashmir jerusalem timor ireland cyprus karabakh ossetia kosovo scotland wales")
_ABROAD = word_set("foreign international western multinational regional global arab african asian european overseas")
#: Endings and words of nouns that name a person by what he or she does or is.
_AGENTS = ("er", "or", "ist", "ian", "ant", "dent", "man", "woman", "person", "ess", "ete", "mate")
_AGENT_WORDS = word_set(
    "champion laureate star ace hero icon native poet chef nurse pioneer idol veteran guru critic mechanic"
)
#: Collective nouns that need no article.
_ALONE = word_set("police parliament congress opposition government military staff personnel mafia management")
#: Nouns that name the state met last and nobody new.
STATE_WORDS = word_set("country nation kingdom republic state emirate neighbour neighbor superpower")
#: Nouns that take up the two states met last ("the two countries", "both sides").
PAIR_WORDS = word_set("countries nations sides neighbours neighbors states parties governments delegations")
#: Plurals that take up two persons met before ("the two leaders").
PAIR_PEOPLE = word_set("leader president minister statesman politician man woman official premier foreigner")
_THINGS = frozenset(("PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "DATE", "TIME", "MONEY", "PERCENT"))
#: Last words of names of things and days.
_OCCASIONS = word_set(
    """summit conference week meeting cup award awards prize games day days championship championships open index
    street avenue road square bridge airport stadium hotel treaty act accord accords agreement pact bill plan war
    river island islands sea ocean gulf strait valley mountains province district city county island festival
    olympics round tour trophy league show times-book era revolution resolution protocol convention charter"""
)


@dataclass(slots=True)
class Held:
    """A title as a phrase gives it."""

    title: str
    status: RoleStatus
    span: Span
    sector: str
    office: bool
    of: str | None = None
    #: whether the title alone does not tell the sector ("director", "spokesman")
    weak: bool = False


@dataclass(slots=True)
class Found:
    """What one phrase, or a part of it, says of an actor. ``kind`` is ``None`` for a name of unknown sort."""

    phrase: Phrase
    form: MentionForm
    kind: ActorKind | None
    name: str
    first: int
    last: int
    head: int
    countries: tuple[str, ...] = ()
    sector: str = ""
    organisation: Organisation | None = None
    held: Held | None = None
    plural: bool = False
    gender: str | None = None
    definite: bool = False
    key: str = ""
    fresh: bool = False
    #: whether it is said to come from elsewhere ("foreign troops")
    abroad: bool = False
    lemma: str = ""
    proper: tuple[str, ...] = ()
    label: str = ""
    flavour: str = ""

    @property
    def country(self) -> str | None:
        return self.countries[0] if len(self.countries) == 1 else None


@dataclass(slots=True)
class Reading:
    """The actors of a phrase: the one it stands for, and those named inside it."""

    main: Found | None = None
    inner: list[Found] = field(default_factory=list)


def interpret(phrase: Phrase, text: str) -> Reading:
    """The actor that a phrase stands for and the actors inside it."""
    pieces = [p for p in phrase.pieces if p.kind not in ("det", "num")]
    reading = Reading()
    if not pieces:
        return reading
    reading.main = _main(phrase, pieces, text)
    used = reading.main
    body = pieces
    if used is None and len(pieces) > 1:
        body = _without_tail(pieces)
        part = _main(phrase, body, text, part=True) if body else None
        if part is not None and part.kind is not ActorKind.STATE and _may_be_part(part):
            reading.inner.append(part)
            used = part
    reading.inner.extend(_inner(phrase, body if used is not None else pieces, used, text))
    return reading


def _without_tail(pieces: list[Piece]) -> list[Piece]:
    """The pieces before the words that make the phrase a thing ("rebel | attacks")."""
    k = len(pieces)
    while k and (pieces[k - 1].kind in ("word", "modifier", "portfolio", "status")):
        k -= 1
    return pieces[:k]


def _may_be_part(found: Found) -> bool:
    """Whether the actor of "government | offensive" is one: bodies that act, not the press of a press briefing."""
    if found.form is not MentionForm.NOMINAL:
        return found.kind is not ActorKind.UNNAMED
    return found.kind in (ActorKind.ORGANISATION, ActorKind.GROUP) and found.sector[-3:] in _ACTING


def _main(phrase: Phrase, pieces: list[Piece], text: str, part: bool = False) -> Found | None:
    end = len(pieces)
    while end and pieces[end - 1].kind == "status":
        end -= 1
    if not end:
        return None
    last = pieces[end - 1]
    if last.kind == "name":
        return _named(phrase, pieces, end, text, part)
    if last.kind == "org":
        return _known(phrase, pieces, end, text, part)
    if last.kind == "country":
        return _state(phrase, last, text, part)
    if last.kind == "role" and last.role is not None:
        return _described(phrase, pieces, end, text, part)
    return None


# --- names -------------------------------------------------------------------------------------------------------


def _label(words: Sequence[Token]) -> str:
    for word in reversed(words):
        if word.ent:
            return word.ent
    return ""


def _named(phrase: Phrase, pieces: list[Piece], end: int, text: str, part: bool) -> Found | None:
    last = pieces[end - 1]
    words = phrase.words[last.first : last.last]
    label = _label(words)
    if label in ("ORG", "") and len(words) in (2, 3) and gender_of(words[0].text) and not phrase.determiner:
        # a first name that the language model did not know for one
        label = "PERSON"
    before = pieces[end - 2] if end > 1 else None
    k = end - 2
    while k >= 0 and pieces[k].kind == "status":
        k -= 1
    title = pieces[k] if k >= 0 and pieces[k].kind == "role" else None
    titled = title is not None and title.role is not None and _is_title(title, label, words)
    if label == "ORG" and not titled:
        words = _whole_name(phrase, pieces, end)
    found = _found(phrase, MentionForm.NAME, None, words, text, part)
    found.label = label
    found.proper = _proper(words)
    if len(words) > 1 and words[0].text in ("D", "R", "I") and words[1].i - words[0].i == 2:
        # "D-Ohio": where a senator is from
        return None
    if label == "PERSON" and any(c.isdigit() for w in found.proper for c in w):
        return None
    if not found.proper or (label != "PERSON" and found.proper[-1] in _OCCASIONS):
        return None
    if titled and title is not None:
        found.kind = ActorKind.PERSON
        found.held = _held(phrase, pieces, k, text)
        found.sector = found.held.sector if found.held else ""
        found.countries = _countries(pieces[: end - 1])
        role = title.role
        found.gender = (role.gender if role else None) or gender_of(words[0].text)
        return found
    if title is not None and title is before and title.role is not None and title.role.kind == "organisation":
        return _proper_organisation(phrase, pieces, end, text, part)
    found.countries = _countries(pieces[: end - 1])
    if label == "PERSON" and not _is_acronym(words):
        found.kind = ActorKind.PERSON
        found.gender = gender_of(words[0].text)
        found.held = _trade(phrase, before, text)
    elif label == "ORG":
        found.kind = None if len(words) == 1 else ActorKind.ORGANISATION
    elif label == "NORP":
        if part or words[-1].tag not in ("NNS", "NNPS"):
            return found if not part and len(phrase.words) == 1 and words[-1].tag == "NNP" else None
        found.kind, found.plural, found.sector = ActorKind.POPULATION, True, "CVL"
    if _is_acronym(words):
        found.form = MentionForm.ACRONYM
    return found


def _whole_name(phrase: Phrase, pieces: list[Piece], end: int) -> list[Token]:
    """The words of an organisation's name with the country or role words that the language model saw in it."""
    first = pieces[end - 1].first
    while first and phrase.words[first - 1].ent == "ORG" and phrase.words[first - 1].tag in ("NNP", "NNPS", "JJ"):
        first -= 1
    return phrase.words[first : pieces[end - 1].last]


def apposed(phrase: Phrase, text: str) -> Found | None:
    """The description of a person by a noun that no list of roles has ("a leading Egyptologist")."""
    pieces = [p for p in phrase.pieces if p.kind not in ("det", "num")]
    word = phrase.words[-1]
    if not pieces or pieces[-1].kind != "word" or word.tag != "NN" or not _names_a_person(word):
        return None
    if phrase.determiner not in ("a", "an", "the"):
        return None
    found = _found(phrase, MentionForm.NOMINAL, ActorKind.UNNAMED, phrase.words, text, False)
    first = phrase.words[pieces[0].last if pieces[0].kind == "status" else 1]
    span = Span(first.start, word.end)
    title = " ".join(text[span.start : span.end].split())
    found.held = Held(title, _status(pieces, len(pieces) - 1), span, "", False)
    found.countries = _countries(pieces)
    return found


def _names_a_person(word: Token) -> bool:
    return word.lower.endswith(_AGENTS) or word.lower in _AGENT_WORDS


def _trade(phrase: Phrase, before: Piece | None, text: str) -> Held | None:
    """What a noun that no list of roles has says right before a name ("French chemist X")."""
    if before is None or before.kind != "word":
        return None
    word = phrase.words[before.last - 1]
    if word.tag != "NN" or not _names_a_person(word) or word.end == phrase.words[before.last].start:
        return None
    return Held(word.text, _status(phrase.pieces, len(phrase.pieces) - 1), word.span, "", False)


def _is_title(piece: Piece, label: str, words: Sequence[Token]) -> bool:
    role = piece.role
    assert role is not None
    if role.kind in _PERSONAL:
        return label not in _THINGS or role.title
    if role.kind not in ("population", "group") or label in _THINGS:
        return False
    return label == "PERSON" or (len(words) > 1 and label not in ("GPE", "LOC", "FAC"))


def _is_acronym(words: Sequence[Token]) -> bool:
    letters = words[0].text.replace(".", "").replace("-", "")
    return len(words) == 1 and 2 <= len(letters) <= 7 and letters.isupper()


def _proper(words: Sequence[Token]) -> tuple[str, ...]:
    kept = tuple(fold(w.text).lower() for w in words if w.text[0].isalnum())
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept = kept[:-1]
    return kept


def _known(phrase: Phrase, pieces: list[Piece], end: int, text: str, part: bool) -> Found:
    last = pieces[end - 1]
    words = phrase.words[last.first : last.last]
    known = last.organisation
    assert known is not None
    kind = ActorKind.GROUP if known.kind == "group" else ActorKind.ORGANISATION
    found = _found(phrase, MentionForm.NAME, kind, words, text, part)
    found.organisation = known
    found.countries = (known.country,) if known.country else ()
    found.sector = known.code if not known.country else known.code[3:]
    found.proper = _proper(words)
    found.plural = kind is ActorKind.GROUP
    other = next((p.code for p in pieces[: end - 1] if p.kind == "country" and p.code != known.country), None)
    if other is not None:
        disown(found, other)
    if _is_acronym(words):
        found.form = MentionForm.ACRONYM
    title = pieces[end - 2] if end > 1 else None
    if title is not None and title.role is not None and title.role.kind in _PERSONAL and _like_surname(words):
        # "President Ford", "Mr Shell": a person by the name of a known organisation
        found.kind, found.organisation, found.plural = ActorKind.PERSON, None, False
        found.held = _held(phrase, pieces, end - 2, text)
        found.sector = sector_of(pieces[: end - 1], title)
        found.countries = _countries(pieces[: end - 1])
    return found


def disown(found: Found, country: str) -> None:
    """Make of a known organisation its namesake in another state ("Peru's Defense Department")."""
    if found.organisation is None or not found.organisation.country or found.organisation.country == country:
        return
    found.sector = found.organisation.code[3:]
    found.organisation, found.countries = None, (country,)


def _like_surname(words: Sequence[Token]) -> bool:
    return len(words) == 1 and words[0].ent in ("PERSON", "") and not _is_acronym(words)


def _state(phrase: Phrase, piece: Piece, text: str, part: bool) -> Found | None:
    words = phrase.words[piece.first : piece.last]
    found = _found(phrase, MentionForm.NAME, ActorKind.STATE, words, text, part)
    found.name = name_of(piece.code)
    found.countries = (piece.code,) if piece.code else ()
    found.flavour = piece.flavour
    found.proper = _proper(words)
    last = words[-1]
    if piece.flavour in ("demonym", "region") and not part and _is_people(phrase, last):
        found.kind = ActorKind.POPULATION
        found.form = MentionForm.NOMINAL
        found.name = _without_article(phrase, text)
        found.plural = last.tag in ("NNS", "NNPS") or phrase.determiner == "the"
        found.sector = "CVL"
        found.lemma = "people"
        found.fresh = phrase.determiner in _INDEFINITE
    return found if piece.code or found.kind is ActorKind.POPULATION else None


def _is_people(phrase: Phrase, word: Token) -> bool:
    """Whether a demonym stands for people: "Iraqis", "the French", "two Russians", "a Saudi"."""
    if word.lower in _LANDS:
        return False
    if word.tag in ("NNS", "NNPS"):
        return True
    return bool(phrase.determiner) and word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "agent", "dative")


# --- descriptions ------------------------------------------------------------------------------------------------


def _described(phrase: Phrase, pieces: list[Piece], end: int, text: str, part: bool) -> Found | None:
    last = pieces[end - 1]
    role = last.role
    assert role is not None
    if role.kind == "honorific":
        return None
    main_word = phrase.words[last.last - 1]
    if (named := _named_before(pieces, end, main_word)) is not None:
        return _known(phrase, pieces, named, text, part)
    if not any(_is_noun(w, phrase, part) for w in phrase.words[last.first : last.last]):
        return None
    if _is_bare(main_word, phrase, part):
        return None
    if role.code == "UNK" and main_word.dep in ("attr", "acomp", "oprd", "compound", "amod"):
        return None
    bodily = role.kind == "organisation" or (role.kind == "group" and main_word.lower in _FORCES)
    if role.phrase in _ONLY_TELLING and not _tells(main_word):
        return None
    if bodily and _is_proper(phrase, pieces, end):
        return _proper_organisation(phrase, pieces, end, text, part)
    kind = _nominal_kind(role.kind, main_word, phrase)
    words = phrase.words[pieces[0].first : last.last]
    found = _found(phrase, MentionForm.NOMINAL, kind, words, text, part)
    if not part:
        found.first = phrase.first
        found.name = _without_article(phrase, text)
    found.countries = _countries(pieces[:end])
    found.sector = sector_of(pieces[:end], last)
    found.lemma = singular(fold(main_word.text).lower())
    found.key = " ".join(w.lower for p in pieces[:end] if p.kind != "country" for w in phrase.words[p.first : p.last])
    found.plural = main_word.tag in ("NNS", "NNPS") or main_word.lower in ("police", "troops", "people")
    found.gender = role.gender
    found.abroad = any(w.lower in _ABROAD for w in phrase.words)
    found.definite = phrase.determiner in _DEFINITE or phrase.owner is not None
    found.fresh = phrase.determiner in _INDEFINITE or any(p.kind == "num" for p in phrase.pieces)
    if role.kind in _PERSONAL:
        found.held = _held(phrase, pieces, end - 1, text)
        if found.held is not None:
            found.sector = found.held.sector
            if role.kind == "office" and not found.plural:
                found.form = MentionForm.TITLE
    return found


def _tells(word: Token) -> bool:
    """Whether a word is what the report has its news from: "the paper said", "according to the paper"."""
    if word.lower == "papers":
        return False
    if word.dep in ("nsubj", "nsubjpass", "agent", "conj", "appos"):
        return True
    return word.dep == "pobj" and word.head.lower == "to" and word.head.head.lower == "according"


def _named_before(pieces: list[Piece], end: int, word: Token) -> int | None:
    """How many pieces name a known body that the noun after it only says what it is ("the Hamas | movement")."""
    if singular(word.lower) not in _BODY_WORDS:
        return None
    k = end - 1
    while k and pieces[k - 1].kind == "modifier":
        k -= 1
    return k if k and pieces[k - 1].kind == "org" else None


def _is_bare(word: Token, phrase: Phrase, part: bool) -> bool:
    """Whether a noun without anything beside it names nobody: "by force", "in hospital", "to justice"."""
    if part or len(phrase.words) > 1 or phrase.owner is not None or word.tag != "NN" or word.text[:1].isupper():
        return False
    if word.dep in ("appos", "attr") or (word.dep == "pobj" and word.head.lower == "as"):
        return False
    return word.lower not in _ALONE


def _is_noun(word: Token, phrase: Phrase, part: bool) -> bool:
    if word.tag in ("NN", "NNS", "NNP", "NNPS"):
        return True
    # "the wounded", "the displaced"
    return not part and word is phrase.words[-1] and phrase.determiner == "the" and word is phrase.head


def _nominal_kind(kind: str, word: Token, phrase: Phrase) -> ActorKind:
    if kind == "organisation":
        return ActorKind.UNNAMED if word.lower == "authorities" else ActorKind.ORGANISATION
    if kind == "group":
        return ActorKind.GROUP
    if kind == "population":
        return ActorKind.POPULATION
    if kind == "office" and word.tag not in ("NNS", "NNPS"):
        return ActorKind.OFFICE
    return ActorKind.UNNAMED


def _is_proper(phrase: Phrase, pieces: list[Piece], end: int) -> bool:
    """Whether "Foreign Ministry", "Supreme Court", "Labour Party" is written as a name."""
    last = pieces[end - 1]
    words = phrase.words[last.first : last.last]
    if not all(w.text[:1].isupper() or w.tag in ("IN", "DT", "CC", "POS") for w in words):
        return False
    if len(words) > 1 or (end > 1 and pieces[end - 2].kind in ("name", "modifier", "role", "org", "portfolio")):
        return words[0].tag in ("NNP", "NNPS") or phrase.words[0].tag in ("NNP", "NNPS") or words[0].i > phrase.first
    return words[0].tag in ("NNP", "NNPS") and (end > 1 or words[0].ent == "ORG" or phrase.determiner == "the")


def _proper_organisation(phrase: Phrase, pieces: list[Piece], end: int, text: str, part: bool) -> Found:
    first = next((p.first for p in pieces[:end] if p.kind != "status"), pieces[0].first)
    while first < pieces[end - 1].last - 1 and not phrase.words[first].text[:1].isupper():
        first += 1
    words = phrase.words[first : pieces[end - 1].last]
    last = pieces[end - 1].role
    kind = ActorKind.GROUP if last is not None and last.kind == "group" else ActorKind.ORGANISATION
    found = _found(phrase, MentionForm.NAME, kind, words, text, part)
    main = next((p for p in reversed(pieces[:end]) if p.kind == "role"), None)
    found.sector = sector_of(pieces[:end], main)
    found.countries = _countries(pieces[:end])
    found.proper = _proper([w for w in words if not _inside_country(w, phrase, pieces)]) or _proper(words)
    found.lemma = singular(fold(words[-1].text).lower())
    found.label = "ORG"
    found.definite = True
    found.organisation = organisation_of(" ".join(fold(w.text) for w in words))
    if found.organisation is not None and found.organisation.common:
        # of another state, or the word would have been read as the body itself
        found.organisation = None
    if found.organisation is not None and found.organisation.country:
        found.countries = (found.organisation.country,)
    return found


def _inside_country(word: Token, phrase: Phrase, pieces: list[Piece]) -> bool:
    return any(p.kind == "country" and word in phrase.words[p.first : p.last] for p in pieces)


# --- titles ------------------------------------------------------------------------------------------------------


def _held(phrase: Phrase, pieces: list[Piece], k: int, text: str) -> Held | None:
    """The title whose main word is piece ``k``, with the words before it that belong to it."""
    role = pieces[k].role
    if role is None or role.kind not in _PERSONAL or role.kind == "honorific":
        return None
    first = k
    while first and pieces[first - 1].kind in ("modifier", "portfolio", "word"):
        if pieces[first - 1].kind == "word" and not phrase.words[pieces[first - 1].first].text[:1].isupper():
            break
        first -= 1
    if first and pieces[first - 1].kind == "name" and role.phrase in ("minister", "secretary", "deputy minister"):
        # "Unification Minister"
        before = pieces[first - 1]
        first -= before.last == before.first + 1 and phrase.words[before.first].ent not in ("PERSON", "GPE")
    body = pieces[first - 1].role if first else None
    if body is not None and body.kind in ("organisation", "group") and role.phrase in _CHIEFS:
        # "navy chief"
        first -= 1
    words = phrase.words[pieces[first].first : pieces[k].last]
    span = Span(words[0].start, words[-1].end)
    title = " ".join(text[span.start : span.end].split())
    status = _status(pieces, k)
    sector = was(sector_of(pieces[: k + 1], pieces[k]), status)
    return Held(title, status, span, sector, role.kind == "office", weak=role.weak or role.code == "UNK")


def _status(pieces: list[Piece], k: int) -> RoleStatus:
    """The status that the words around a title give it."""
    flavours = [p.flavour for p in pieces if p.kind == "status"]
    after = pieces[k + 1] if k + 1 < len(pieces) else None
    if "elect" in flavours or (after is not None and after.flavour == "elect"):
        return RoleStatus.ELECT
    if "newly" in flavours:
        return RoleStatus.ELECT
    for flavour in flavours:
        if flavour in ("former", "then", "acting"):
            return RoleStatus(flavour)
    return RoleStatus.CURRENT


# --- pieces into records -------------------------------------------------------------------------------------------


def _found(
    phrase: Phrase, form: MentionForm, kind: ActorKind | None, words: Sequence[Token], text: str, part: bool
) -> Found:
    first, last = words[0], words[-1]
    inside = first.i <= phrase.head.i <= last.i
    head = phrase.head.i if inside or not part else last.i
    name = " ".join(text[first.start : last.end].split())
    return Found(phrase, form, kind, name, first.i, last.i + 1, last.i if part and not inside else head)


def _countries(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The states named in these pieces; an organisation's own state counts only where no other is named."""
    named = [p.code for p in pieces if p.kind == "country" and p.code]
    if not named:
        named = [o.country for p in pieces if (o := p.organisation) is not None and o.country]
    return tuple(dict.fromkeys(named))


def _inner(phrase: Phrase, pieces: list[Piece], used: Found | None, text: str) -> list[Found]:
    """Actors named inside a phrase that is about another: "PTI founder X", "Turkish villages"."""
    found: list[Found] = []
    for piece in pieces:
        words = phrase.words[piece.first : piece.last]
        if used is not None and used.first <= words[0].i < used.last and used.form != MentionForm.NOMINAL:
            continue
        if piece.kind == "org":
            found.append(_known(phrase, [piece], 1, text, True))
        elif piece.kind == "country" and used is None:
            state = _state(phrase, piece, text, True)
            if state is not None:
                found.append(state)
    return found


def _skipped(phrase: Phrase) -> int:
    """How many words at the start of a phrase are no part of a name: an article, the "least" of "at least"."""
    words = phrase.words
    if len(words) == 1:
        return 0
    vague = words[0].lower == "more" or (words[0].lower in ("least", "most") and words[1].tag == "CD")
    return int(vague or phrase.determiner in _DEFINITE | {"a", "an"})


def _without_article(phrase: Phrase, text: str) -> str:
    words = phrase.words
    first = words[_skipped(phrase)]
    return " ".join(text[first.start : words[-1].end].split())


# --- bare phrases --------------------------------------------------------------------------------------------------

_WORD = re.compile(
    r"[^\W_]+(?:\.[^\W_]+)+\.?|(?:Lt|Gen|Col|Maj|Brig|Capt|Sgt|Adm|Dr|Mr|Mrs|Ms|St)\.|['’]s?\b|[^\W_]+|[-–]"
)
_BIG_TOWN = 100_000
_LINKS = frozenset(("of", "in", "from", "at", "across", "throughout", "within", "by"))


def code_phrase(phrase: str) -> tuple[str | None, str]:
    """Country and sector that a bare noun phrase tells, without a parse: ("", "") parts where it tells none.

    >>> code_phrase("the Syrian army"), code_phrase("Utopia"), code_phrase("police in Kabul")
    (('SYR', 'MIL'), (None, ''), ('AFG', 'COP'))
    """
    known = organisation_of(fold(re.sub(r"^[Tt]he ", "", phrase)))
    if known is not None:
        return known.country, known.code if not known.country else known.code[3:]
    parts = _parts(phrase)
    readings = [(link, interpret(p, phrase)) for link, p in parts]
    main = next((r for link, r in readings if link in ("", "'s") and r.main is not None), None)
    country, sector = None, ""
    if main is not None and main.main is not None:
        country, sector = main.main.country, main.main.sector
    owners = [f.country for link, r in readings if link == "owner" for f in (r.main, *r.inner) if f and f.country]
    country = owners[0] if owners else country
    for _, reading in readings:
        for found in (reading.main, *reading.inner):
            country = country or (found.country if found else None)
            if found is not None and sector in ("", "UNK"):
                sector = found.sector or sector
    return country or _country_of_town(phrase, parts), sector


def _country_of_town(phrase: str, parts: list[tuple[str, Phrase]]) -> str | None:
    """The state of a big town named in a bare phrase that is no person's ("Lahore police")."""
    for _, part in parts:
        titled = any(p.kind == "role" and p.role is not None and p.role.kind in _PERSONAL for p in part.pieces)
        for piece in part.pieces if not titled else ():
            words = part.words[piece.first : piece.last]
            known = towns(phrase[words[0].start : words[-1].end]) if piece.kind == "name" else ()
            if known and known[0].population >= _BIG_TOWN:
                return known[0].country
    return None


def _parts(phrase: str) -> list[tuple[str, Phrase]]:
    """The base noun phrases of a bare phrase, each with the word that ties it to the one before."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    for match in _WORD.finditer(phrase):
        token = _bare_token(len(parts) + sum(len(p) for _, p in parts), match.group(), match.start())
        if token.tag == "POS":
            parts[-1] = ("owner", parts[-1][1])
            parts.append(("", []))
        elif token.lower in _LINKS or token.lower in ("to", "for", "with", "on", "against"):
            parts.append((token.lower, []))
        elif token.text not in ("-", "–"):
            parts[-1][1].append(token)
    return [(link, _bare_phrase(words)) for link, words in parts if words and link not in ("to", "with", "on")]


def _bare_token(i: int, text: str, start: int) -> Token:
    lower = text.lower()
    if lower in ("'", "’", "'s", "’s"):
        tag = "POS"
    elif lower in _DEFINITE | {"a", "an"}:
        tag = "DT"
    elif text.isdigit():
        tag = "CD"
    elif text[0].isupper():
        tag = "NNPS" if lower.endswith("s") and singular(lower) != lower else "NNP"
    else:
        tag = "NNS" if singular(lower) != lower or lower == "people" else "NN"
    return Token(i, text, lower, "NOUN", tag, "appos", "", start)


def _bare_phrase(words: list[Token]) -> Phrase:
    return Phrase(words[0].i, words[-1].i + 1, words, words[-1], segment(words))
