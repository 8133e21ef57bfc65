"""Matches what phrases say of actors with the actors already met in a report. Looks back over a bounded window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.lexicons.countries import name_of
from dateline.lexicons.roles import Organisation, gender_of, singular
from dateline.model import ActorKind, Mention, MentionForm, Role, RoleStatus, Span, Token
from dateline.resolve.codes import compose
from dateline.resolve.mentions import Found, Held

#: How many of the latest mentions a pronoun or a definite description may look back on.
WINDOW = 40
#: How many sentences back a pronoun may reach.
REACH = 4
_PERSONS = frozenset((ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED))
_MANY = frozenset((ActorKind.GROUP, ActorKind.POPULATION, ActorKind.UNNAMED, ActorKind.ORGANISATION))
_BODIES = frozenset((ActorKind.ORGANISATION, ActorKind.STATE, ActorKind.GROUP))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
#: Clauses whose subject is seldom what a sentence is about.
_ASIDES = frozenset(("relcl", "acl", "advcl"))
_CROWDS = frozenset(("population", "family", "minority", "community", "electorate", "crowd", "people", "couple"))
_PAST_AND_PRESENT = frozenset((RoleStatus.FORMER, RoleStatus.CURRENT))
_VAGUE = frozenset(("party", "group", "organisation", "organization", "movement", "body", "alliance", "bloc", "agency"))


@dataclass(slots=True, eq=False)
class Figure:
    """An actor while a report is being read."""

    number: int
    kind: ActorKind
    name: str
    proper: tuple[str, ...] = ()
    country: str | None = None
    sector: str = ""
    organisation: Organisation | None = None
    gender: str | None = None
    plural: bool = False
    lemma: str = ""
    held: list[Held] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    named: bool = False
    country_told: bool = False
    definite: bool = False
    abroad: bool = False
    first_head: int = 0

    def add(self, span: Span, form: MentionForm, head: int) -> None:
        if not self.mentions:
            self.first_head = head
        self.mentions.append(Mention(span, form, head))

    def hold(self, held: Held) -> None:
        """Keep a title; the sector of the first current one is the actor's."""
        past = held.status is RoleStatus.FORMER and self.sector == "ELI"
        if held.sector and self.sector in ("", "UNK", "ELI") and not past:
            self.sector = held.sector
        self.held.append(held)

    def told_country(self, country: str | None) -> None:
        if country and not self.country_told:
            self.country, self.country_told = country, True

    def code(self) -> str | None:
        if self.kind is ActorKind.STATE:
            return self.country
        if self.organisation is not None:
            return self.organisation.code or self.country
        return compose(self.country, self.sector)

    def roles(self) -> tuple[Role, ...]:
        """The titles held, each once a status; "officials" are told by their name alone."""
        if self.plural:
            return ()
        seen: dict[tuple[str, str], Role] = {}
        for held in self.held:
            of = held.of or self.country
            seen.setdefault((held.title.lower(), held.status.value), Role(held.title, of, held.status, held.span))
        return tuple(seen.values())


@dataclass(slots=True)
class Seen:
    """One mention in the order of the text, as pronouns look back on it."""

    figures: tuple[Figure, ...]
    token: Token
    possessor: bool = False


class Registry:
    """The actors of one report so far, with the ways to find one again."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.seen: list[Seen] = []
        self._persons: dict[str, list[Figure]] = {}
        self._states: dict[str, Figure] = {}
        self._bodies: dict[str, list[Figure]] = {}
        self._described: dict[tuple[str, str | None], Figure] = {}
        self._by_lemma: dict[str, list[Figure]] = {}
        self._acronyms: dict[str, Figure] = {}

    def new(self, kind: ActorKind, name: str) -> Figure:
        figure = Figure(len(self.figures), kind, name)
        self.figures.append(figure)
        return figure

    # --- states

    def state(self, code: str) -> Figure:
        figure = self._states.get(code)
        if figure is None:
            figure = self._states[code] = self.new(ActorKind.STATE, name_of(code))
            figure.country, figure.country_told, figure.named = code, True, True
        return figure

    def latest_state(self, sentence: int) -> Figure | None:
        """The state that "the country" stands for: the one met last, in this sentence or shortly before."""
        for seen in reversed(self.seen[-WINDOW:]):
            if sentence - seen.token.sentence > REACH:
                return None
            for figure in seen.figures:
                if figure.country and figure.country_told:
                    return self.state(figure.country)
        return None

    def latest_states(self, sentence: int) -> tuple[Figure, ...]:
        """The two states that "the two countries" are: those of which sentences before spoke most."""
        spoken: dict[str, int] = {}
        for seen in reversed(self.seen[-WINDOW:]):
            if sentence - seen.token.sentence > 3 * REACH:
                break
            for figure in reversed(seen.figures):
                if figure.country and figure.country_told and figure.sector != "JRN":
                    weight = 2 if figure.kind is ActorKind.STATE else 1
                    spoken[figure.country] = spoken.get(figure.country, 0) + weight
        if len(spoken) < 2:
            return ()
        # the dictionary is in order from the latest back, which settles equal counts
        two = sorted(spoken, key=lambda code: -spoken[code])[:2]
        return tuple(sorted((self.state(code) for code in two), key=lambda f: f.number))

    def latest_persons(self, sentence: int) -> tuple[Figure, ...]:
        """The two whom "the two leaders" takes up: the last two officials met shortly before."""
        found: list[Figure] = []
        for seen in reversed(self.seen[-WINDOW:]):
            if sentence - seen.token.sentence > 2 * REACH:
                break
            for figure in reversed(seen.figures):
                if figure.kind is ActorKind.PERSON and figure.held and figure not in found:
                    found.append(figure)
            if len(found) >= 2:
                return tuple(sorted(found[:2], key=lambda f: f.number))
        return ()

    def known_state(self, code: str) -> Figure | None:
        return self._states.get(code)

    # --- persons

    def person(self, found: Found) -> Figure:
        """The person that a name stands for: one met before whose name agrees, else a new one."""
        figure = self.find_person(found.proper, found.gender, found.held)
        if figure is None:
            figure = self.new(ActorKind.PERSON, found.name)
            figure.named = True
        if len(found.proper) > len(figure.proper):
            figure.name, figure.proper = found.name, found.proper
        for word in found.proper:
            known = self._persons.setdefault(word, [])
            if figure not in known[-8:]:
                known.append(figure)
        figure.gender = figure.gender or found.gender
        return figure

    def find_person(self, proper: tuple[str, ...], gender: str | None, held: Held | None) -> Figure | None:
        best: tuple[tuple[int, int], Figure] | None = None
        known = self._persons.get(proper[-1], ())[-8:]
        if len(proper) > 1:
            # "Saddam" before "Saddam Hussein"
            known = [*known, *(f for f in self._persons.get(proper[0], ())[-8:] if len(f.proper) == 1)]
        for figure in known:
            # a bare surname is that of the one whom the report speaks of most
            score = _same_person(proper, gender, held, figure), len(figure.mentions)
            if score[0] and (best is None or score > best[0]):
                best = score, figure
        return best[1] if best else None

    # --- organisations and groups

    def body(self, found: Found) -> Figure:
        """The organisation or group that a name stands for."""
        figure = self.find_body(found)
        if figure is None:
            figure = self.new(found.kind or ActorKind.ORGANISATION, found.name)
            figure.named, figure.proper = True, found.proper
            figure.organisation, figure.lemma = found.organisation, found.lemma
            figure.sector = found.sector
            figure.plural = found.plural
        elif found.form is MentionForm.NAME and len(found.proper) > len(figure.proper) > 0:
            figure.name, figure.proper = found.name, found.proper
        known = self._bodies.setdefault(_body_key(found), [])
        if figure not in known[-8:]:
            known.append(figure)
        if found.lemma:
            self._by_lemma.setdefault(found.lemma, []).append(figure)
        return figure

    def find_body(self, found: Found) -> Figure | None:
        if found.form is MentionForm.ACRONYM and found.proper[0] in self._acronyms:
            return self._acronyms[found.proper[0]]
        for figure in reversed(self._bodies.get(_body_key(found), ())[-8:]):
            if not found.country or not figure.country or found.country == figure.country:
                return figure
        return self._longer_body(found) if found.lemma and found.organisation is None else None

    def _longer_body(self, found: Found) -> Figure | None:
        """The body whose name's end a name is: "the Authority" for "Northern Harbour Authority"."""
        size = len(found.proper)
        for figure in reversed(self._by_lemma.get(found.lemma, ())[-6:]):
            apart = found.country and figure.country and found.country != figure.country
            if figure.named and not apart and size < len(figure.proper) and figure.proper[-size:] == found.proper:
                return figure
        return None

    def acronym(self, letters: str, figure: Figure) -> None:
        """From here on these letters (lower case) stand for this actor."""
        self._acronyms[letters] = figure

    def named(self, found: Found) -> Figure | None:
        """An actor met before that a name of unknown sort stands for."""
        if found.form is MentionForm.ACRONYM and found.proper[0] in self._acronyms:
            return self._acronyms[found.proper[0]]
        return self.find_body(found) or self.find_person(found.proper, found.gender, None)

    # --- descriptions

    def described(self, found: Found) -> Figure:
        """The actor that a title or a common noun stands for."""
        figure = None if found.fresh else self._find_described(found)
        if figure is None:
            figure = self.new(found.kind or ActorKind.UNNAMED, found.name)
            figure.sector, figure.lemma = found.sector, found.lemma
            figure.plural, figure.gender = found.plural, found.gender
            figure.definite = found.definite and not found.fresh
            figure.abroad = found.abroad
        if not found.fresh:
            self._described[_description_key(found)] = figure
        self._by_lemma.setdefault(found.lemma, []).append(figure)
        return figure

    def _find_described(self, found: Found) -> Figure | None:
        figure = self._described.get(_description_key(found))
        if figure is not None:
            return figure
        if not found.definite and found.form is not MentionForm.TITLE:
            return None
        country = found.country
        if not found.plural and found.kind in _PERSONS:
            holder = self._holder(found.lemma, found.name, country)
            if holder is not None:
                return holder
        for figure in reversed(self._by_lemma.get(found.lemma, ())[-6:]):
            if figure.plural != found.plural or (country and figure.country and figure.country != country):
                continue
            if len(found.name.split()) == 1 or figure.named or _same_words(found.name, figure.name):
                return figure
        if found.lemma in _VAGUE and found.kind is ActorKind.ORGANISATION and len(found.name.split()) == 1:
            return self._last_body()
        return None

    def _holder(self, lemma: str, name: str, country: str | None) -> Figure | None:
        """The latest person who holds a title that ends in the same word ("the minister")."""
        wanted = name.lower().split()
        for seen in reversed(self.seen[-WINDOW:]):
            for figure in seen.figures:
                if figure.kind is not ActorKind.PERSON or (country and figure.country not in (None, country)):
                    continue
                for held in figure.held:
                    if held.status is RoleStatus.THEN and held.office:
                        continue
                    past = held.status is RoleStatus.FORMER and held.office and "former" not in wanted
                    if past and not self._is_only(figure, lemma):
                        continue
                    title = held.title.lower().replace("-", " ").split()
                    fits = len(wanted) == 1 or set(wanted[:-1]) <= {*title, "former"}
                    if fits and singular(_main_word(title)) == lemma:
                        return figure
        return None

    def _is_only(self, figure: Figure, lemma: str) -> bool:
        """Whether no other person met so far holds such a title, so that a past one may still be called by it."""
        others = (f for seen in self.seen[-WINDOW:] for f in seen.figures if f is not figure)
        return not any(singular(_main_word(h.title.lower().split())) == lemma for f in others for h in f.held)

    def _last_body(self) -> Figure | None:
        for seen in reversed(self.seen[-12:]):
            for figure in seen.figures:
                if figure.named and figure.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
                    return figure
        return None

    # --- pronouns

    def look(self, figures: Iterable[Figure], token: Token, possessor: bool = False) -> None:
        """Note a mention for later pronouns."""
        self.seen.append(Seen(tuple(figures), token, possessor))

    def antecedents(
        self,
        pronoun: Token,
        speaker: Figure | None,
        barred: Sequence[Figure],
        told: Sequence[Span] | None,
        upto: int | None = None,
    ) -> tuple[Figure, ...]:
        """The actors that "he", "she", "they" or "it" stands for.

        ``told`` is what the pronoun tells where it is the source of a statement, else ``None``.

        ``speaker`` is the source of the statement before, ``barred`` are actors it cannot be (the one who speaks the
        quotation in which the pronoun stands). ``upto`` is how many mentions had been seen before the pronoun.
        """
        end = len(self.seen) if upto is None else upto
        best: tuple[int, tuple[Figure, ...]] | None = None
        for age, seen in enumerate(reversed(self.seen[max(0, end - WINDOW) : end])):
            distance = pronoun.sentence - seen.token.sentence
            if distance > (REACH if told is None else 2 * REACH):
                break
            if told is not None and (seen.token.quoted or any(s.covers(seen.token.span) for s in told)):
                # whoever tells is not one of those spoken of
                continue
            if any(f in barred for f in seen.figures) or not agrees(pronoun, seen.figures):
                continue
            score = self._score(pronoun, seen, distance, age, speaker if told is not None else None)
            if score is not None and (best is None or score > best[0]):
                best = score, seen.figures
        return best[1] if best else ()

    def _score(
        self, pronoun: Token, seen: Seen, distance: int, age: int, speaker: Figure | None
    ) -> int | None:
        token = seen.token
        if distance == 0 and not pronoun.tag.endswith("$") and _same_clause(pronoun, token):
            return None
        score = -12 * distance - min(age, 10)
        if token.dep in _SUBJECTS:
            verb = token.head
            inside = verb.left <= pronoun.i <= verb.right
            score += 5 if verb.dep in _ASIDES and not inside else 10
            if inside and distance == 0 and pronoun.tag.endswith("$"):
                score += 4
        elif token.dep == "conj" and token.head.dep in _SUBJECTS:
            score += 6
        if seen.possessor:
            score -= 4
        if seen.figures[0].sector == "JRN":
            # newspapers and agencies are told and quoted, seldom spoken of
            score -= 6
        if token.quoted != pronoun.quoted:
            score -= 9
        if speaker is not None and speaker in seen.figures:
            score += 9
        if seen.figures[0].kind is ActorKind.PERSON:
            score += 3
        if seen.figures[0].gender is not None and len(seen.figures) == 1:
            score += 10
        return score


def _main_word(title: Sequence[str]) -> str:
    """The word of a title that says what its holder is: "minister" of "minister of harbours"."""
    for link in ("of", "for"):
        if link in title[1:] and title[0] != "chief":
            return title[title.index(link) - 1]
    return title[-1]


def _same_clause(pronoun: Token, token: Token) -> bool:
    """Whether the two are arguments of one verb, so that they cannot be the same ("Lund thanked her")."""
    verb = pronoun.head if pronoun.dep != "pobj" else pronoun.head.head
    return token.head is verb and token is not pronoun


def agrees(pronoun: Token, figures: tuple[Figure, ...]) -> bool:
    word = pronoun.lower
    if word in ("they", "them", "their", "theirs", "themselves"):
        first = figures[0]
        return len(figures) > 1 or first.plural or first.kind is ActorKind.GROUP or first.lemma in _CROWDS
    if len(figures) != 1 or figures[0].plural:
        return False
    figure = figures[0]
    if word in ("it", "its", "itself"):
        return figure.kind in _BODIES
    if figure.kind not in _PERSONS and not (figure.kind is ActorKind.POPULATION and not figure.plural):
        return False
    wanted = "f" if word in ("she", "her", "hers", "herself") else "m"
    return figure.gender in (None, wanted)


def _body_key(found: Found) -> str:
    if found.organisation is not None:
        return found.organisation.name.lower()
    return " ".join(found.proper)


def _description_key(found: Found) -> tuple[str, str | None]:
    return found.key or found.name.lower(), found.country


def _same_words(left: str, right: str) -> bool:
    a, b = set(left.lower().split()), set(right.lower().split())
    return a <= b


def _same_person(proper: tuple[str, ...], gender: str | None, held: Held | None, figure: Figure) -> int:
    """How well a name fits a person met before; 0 where it cannot be the same."""
    known = figure.proper
    if gender and figure.gender and gender != figure.gender:
        return 0
    if proper == known:
        return 10
    if len(proper) == 1:
        if known[-1] != proper[0] and len(known) == 1:
            return 0
        score = 6 if known[-1] == proper[0] else 3
        return score + (2 if held and _same_title(held, figure) else 0)
    if len(known) == 1:
        if known[0] not in (proper[-1], proper[0]) or not _titles_agree(held, figure):
            return 0
        return 5
    if held is not None and _status_differs(held, figure):
        # the former president and the president of one surname are father and son
        return 0
    if proper == known[-len(proper) :] or known == proper[-len(known) :]:
        return 8
    if proper == known[: len(proper)] or known == proper[: len(known)]:
        return 7
    if proper[-1] == known[-1] and _firstagrees(proper[0], known[0]):
        return 7
    return 0


def _firstagrees(left: str, right: str) -> bool:
    """Whether two first names can be one: the same, or one the initial of the other."""
    return left == right or ((len(left) == 1 or len(right) == 1) and left[0] == right[0])


def _status_differs(held: Held, figure: Figure) -> bool:
    statuses = {h.status for h in figure.held if h.title.lower() == held.title.lower()}
    return bool(statuses) and held.status not in statuses and {held.status, *statuses} >= _PAST_AND_PRESENT


def _same_title(held: Held, figure: Figure) -> bool:
    return any(h.title.lower() == held.title.lower() for h in figure.held)


def _titles_agree(held: Held | None, figure: Figure) -> bool:
    """Whether a full name with this title can be the person known by surname and other titles alone."""
    if held is None or not figure.held:
        return True
    return _same_title(held, figure) or not (held.office and any(h.office for h in figure.held))


def first_gender(proper: tuple[str, ...]) -> str | None:
    """The gender that a full name's first word tells."""
    return gender_of(proper[0].capitalize()) if len(proper) > 1 else None
