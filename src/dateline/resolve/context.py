"""Gives an actor that is told without a state the state of its context, and never that of a counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lexicons.leaders import leader_of
from dateline.lexicons.roles import word_set
from dateline.model import ActorKind, MentionForm, RoleStatus, Token
from dateline.resolve.coreference import Figure
from dateline.resolve.scene import Scene

#: Titles of no state.
_STATELESS = frozenset(("pope", "pontiff", "dalai lama", "patriarch"))
_FOR = frozenset(("for", "to", "of"))
#: How many mentions it is worth to be the first country that a report names.
_FIRST = 2
_MOST = 40
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "dative"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
#: Sectors of leaders, and for how many years a former one is still told of.
_LEADING = ("", "UNK", "GOV", "ELI", "JRN")
_REMEMBERED = 30
#: People who meet far from home, of whom the place of the meeting tells nothing.
_GUESTS = frozenset(("delegation", "delegate", "negotiator", "delegations", "delegates", "negotiators"))
_LEADS = frozenset(("lead", "head", "chair"))
_TITLED = (ActorKind.PERSON, ActorKind.OFFICE)
_OFFICIALS = frozenset(("GOV", "ELI", "LEG"))
#: Bodies of which every state has its own.
_OWN = word_set(
    "government army ministry cabinet parliament police military administration troops forces navy treasury"
)
#: Sectors of persons who stand for no state.
#: Agencies that quote their own state's officials, of whom no other country is told.
_STATE_AGENCIES = frozenset((
    "Korean Central News Agency", "KCNA", "Xinhua", "TASS", "Tass", "Itar-Tass", "IRNA", "SANA", "Xinhua News Agency",
))  # fmt: skip
_PRIVATE = word_set("LAB CVL REF")
#: Titles of those who serve states together, unless the report says otherwise.
_WORLD_TITLES = (
    "secretary general", "under secretary general", "deputy secretary general", "assistant secretary general",
    "high representative", "high commissioner", "special rapporteur", "special representative",
)  # fmt: skip
_MADE_UP_BY_CONTEXT = word_set("GOV MIL LEG JUD COP OPP REB SPY PTY PRM UAF CVL LAB ELI REL REF")


@dataclass(slots=True)
class _Told:
    """A country told in a sentence, by an actor or, with ``None``, by a place."""

    token: Token
    country: str
    figure: Figure | None


class Context:
    """The states that a report's sentences speak of."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.peers: dict[str, list[Figure]] = {}

    def fill_countries(self) -> None:
        """Give a role without a country of its own that of its context: see ``_context_country``."""
        self._place_leaders()
        told: dict[int, list[_Told]] = {}
        counts: Counter[str] = Counter()
        for figure in self.scene.registry.figures:
            if not figure.country_told or not figure.country:
                continue
            if figure.sector == "JRN" and figure.name not in _STATE_AGENCIES:
                continue
            for mention in figure.mentions:
                described = figure.kind is ActorKind.STATE and mention.form is MentionForm.NOMINAL
                if mention.form is not MentionForm.PRONOUN and not described:
                    token = self.scene.tokens[mention.head]
                    _note(told, _Told(token, figure.country, figure))
                    counts[figure.country] += figure.sector != "JRN"
        for start, place in self.scene.places.items():
            at = self.scene.token_at(start)
            if at is not None and at.i + 1 < len(self.scene.tokens) and self.scene.tokens[at.i + 1].text == "$":
                continue
            if place.country and at is not None and at.i not in self.scene.heads and at.i not in self.scene.loose:
                country = self.scene.of_its_time(place.country)
                _note(told, _Told(at, country, None))
                counts[country] += 1
        for found in told.values():
            found.sort(key=lambda t: t.token.i)
        for figure in self.scene.registry.figures:
            for held in figure.held:
                if held.office and held.status is RoleStatus.CURRENT and figure.kind is ActorKind.PERSON:
                    self.peers.setdefault(held.title.lower(), []).append(figure)
        dateline = self.scene.annotated.report.dateline
        home = self.scene.of_its_time(dateline.country) if dateline and dateline.country else None
        if (first := _first_told(told)) is not None:
            counts[first] += _FIRST
        common = _leader(counts)
        for figure in self.scene.registry.figures:
            if figure.country is None and self._wants_country(figure):
                if self._serves_the_world(figure):
                    continue
                figure.country = self._led(figure) or self._context_country(figure, told, home, common)
                if figure.country and figure.lemma in _GUESTS and not self._has_people(figure.country):
                    figure.country = None
                if figure.country and figure.kind is ActorKind.PERSON:
                    self._pass_on(figure, figure.country, told)
                    counts[figure.country] += sum(m.form is not MentionForm.PRONOUN for m in figure.mentions)
                    common = _leader(counts)

    def _place_leaders(self) -> None:
        """Give leaders whom everybody knows their state, whatever state the words around them speak of."""
        day = self.scene.annotated.report.anchor
        year = int(day[:4]) if day else None
        for figure in self.scene.registry.figures:
            if figure.kind is not ActorKind.PERSON or figure.sector not in _LEADING or figure.organisation is not None:
                continue
            leader = leader_of(figure.proper, year)
            if leader is None or (figure.country_told and (len(figure.proper) < 2 or year is None)):
                continue
            past = any(held.status is RoleStatus.FORMER for held in figure.held)
            until = leader.until + (_REMEMBERED if past or len(figure.proper) > 1 else 0)
            in_office = year is None or leader.since <= year <= until
            current = any(held.office and held.status is RoleStatus.CURRENT for held in figure.held)
            if not in_office or not (current or past or (len(figure.proper) > 1 and year is not None)):
                continue
            figure.country, figure.country_told = self.scene.of_its_time(leader.country), True
            figure.sector = figure.sector or "GOV"

    def part_bodies(self) -> None:
        """Give "the government" in what a state's official says to that state, whichever was met last."""
        own: dict[tuple[str, str], Figure] = {}
        for k, reading in enumerate(self.scene.readings):
            main, phrase = reading.main, self.scene.phrases[k]
            if main is None or main.lemma not in _OWN or main.form is not MentionForm.NOMINAL:
                continue
            if phrase.determiner != "the" or len(phrase.words) != 2 or self.scene.country_around(k):
                continue
            figures = self.scene.heads.get(phrase.head.i, ())
            speakers = self.scene.speakers(phrase.head)
            if len(figures) != 1 or len(speakers) != 1 or speakers[0].sector[:3] not in _OFFICIALS:
                continue
            country = speakers[0].country
            if country and figures[0].country != country and speakers[0] is not figures[0]:
                self._part(k, figures[0], country, own)

    def _part(self, k: int, old: Figure, country: str, own: dict[tuple[str, str], Figure]) -> None:
        """Move one mention to the body of another state."""
        main = self.scene.readings[k].main
        assert main is not None
        key = country, main.lemma
        if key not in own:
            same = (f for f in self.scene.registry.figures if (f.country, f.lemma) == key and f.mentions)
            own[key] = next(same, None) or self.scene.registry.new(old.kind, main.name)
            own[key].country, own[key].lemma = country, main.lemma
            own[key].sector = own[key].sector or main.sector
        head = self.scene.phrases[k].head.i
        for mention in [m for m in old.mentions if m.head == head]:
            old.mentions.remove(mention)
            own[key].mentions.append(mention)
        for words in (self.scene.heads, self.scene.loose):
            if head in words:
                words[head] = (own[key],)

    def _pass_on(self, figure: Figure, country: str, told: dict[int, list[_Told]]) -> None:
        """Let a person's country count where the person is named, for those named beside later."""
        for mention in figure.mentions:
            token = self.scene.tokens[mention.head]
            _note(told, _Told(token, country, figure))

    def _serves_the_world(self, figure: Figure) -> bool:
        """Give a secretary-general of no state to the world body named beside him or her, or before."""
        if not any(held.title.lower().replace("-", " ") in _WORLD_TITLES for held in figure.held):
            return False
        first = figure.mentions[0].head if figure.mentions else 0
        sentence = self.scene.tokens[first].sentence
        bodies = [f for f in self.scene.registry.figures if f.organisation is not None and f.sector.startswith("IGO")]
        near = [f for f in bodies if self.scene.tokens[f.first_head].sentence <= sentence]
        if near:
            figure.sector = near[-1].sector
        return bool(near)

    def _wants_country(self, figure: Figure) -> bool:
        if figure.organisation is not None or figure.kind is ActorKind.STATE or figure.abroad:
            return False
        if any(held.title.lower() in _STATELESS for held in figure.held):
            return False
        if figure.kind is ActorKind.PERSON and figure.sector in _PRIVATE:
            return False
        return figure.sector in _MADE_UP_BY_CONTEXT

    def _context_country(
        self, figure: Figure, told: dict[int, list[_Told]], home: str | None, common: str | None
    ) -> str | None:
        """The country of the sentence if it speaks of one alone, else the report's own, else the nearest before."""
        if not figure.mentions:
            return None
        token = self._first_beside(figure, told)
        if (owner := self._owner(figure)) is not None:
            return owner
        if (principal := self._principal(figure)) is not None:
            return principal
        rivals = self._countries_of_peers(figure)
        if (shared := self._shared_country(figure, token)) is not None:
            return shared
        here = [t for t in told.get(token.sentence, ()) if t.country not in rivals]
        here = [t for t in here if not _is_counterpart(figure, token, t)]
        countries = {t.country for t in here}
        likely = [c for c in (home, common) if c]
        if len(countries) == 1 and (not likely or here[0].country in likely or any(map(self._is_clear, here))):
            return here[0].country
        if figure.kind in _TITLED and (teller := self._telling_state(here)) is not None:
            return teller
        if (own := next((t.country for t in here if _in_one_clause(token, t)), None)) is not None:
            return own
        if (found := next((c for c in likely if c in countries), None)) is not None:
            return found
        if home and home not in rivals and not here:
            return home
        before = [t for t in here if t.token.i < token.i]
        if here:
            subject = next((t for t in here if t.token.dep in _SUBJECTS and figure.kind in _TITLED), None)
            return (subject or (before[-1] if before else here[0])).country
        refused = rivals | {t.country for t in told.get(token.sentence, ())}
        if common and common not in refused:
            return common
        for back in range(1, 4):
            earlier = [t for t in told.get(token.sentence - back, ()) if t.figure is not None]
            earlier = [t for t in earlier if t.country not in refused]
            if earlier:
                return earlier[0].country
        return None

    def _is_clear(self, told: _Told) -> bool:
        """Whether a sentence is about the country it names: its subject's, or where it happens."""
        token = told.token
        return told.figure is None or token.dep in _SUBJECTS or token.dep in ("poss", "amod", "nmod", "compound")

    def _countries_of_peers(self, figure: Figure) -> set[str]:
        """The states whose president another is, where this one is a president of who knows where."""
        found: set[str] = set()
        for held in figure.held:
            if held.office and held.status is not RoleStatus.FORMER and figure.kind is ActorKind.PERSON:
                peers = self.peers.get(held.title.lower(), ())
                found.update(p.country for p in peers if p is not figure and p.country_told and p.country)
        return found

    def _telling_state(self, here: Sequence[_Told]) -> str | None:
        """The state that tells of its own official ("..., the White House said")."""
        for told in here:
            if told.figure is not None and told.figure.kind is ActorKind.STATE and self.scene.tells(told.token):
                return told.country
        return None

    def _first_beside(self, figure: Figure, told: dict[int, list[_Told]]) -> Token:
        """The first of the actor's first few mentions that has a country beside it, else the first."""
        for mention in figure.mentions[:4]:
            token = self.scene.tokens[mention.head]
            if mention.form is not MentionForm.PRONOUN and token.sentence in told:
                return token
        return self.scene.tokens[figure.mentions[0].head]

    def _principal(self, figure: Figure) -> str | None:
        """The country of the one for whom somebody speaks or works ("a spokesman for Silva")."""
        if figure.kind not in (*_TITLED, ActorKind.UNNAMED) or figure.plural:
            return None
        for mention in figure.mentions[:3]:
            k = self.scene.at.get(mention.head)
            if k is not None and mention.form is not MentionForm.PRONOUN and self.scene.complement(k, _FOR):
                for other in self.scene.figures_at(self.scene.phrases[k + 1].head.i):
                    if other.country:
                        return other.country
        return None

    def _led(self, figure: Figure) -> str | None:
        """The country of the delegation that a person leads."""
        if figure.kind is not ActorKind.PERSON:
            return None
        for mention in figure.mentions[:4]:
            token = self.scene.tokens[mention.head]
            if token.dep == "nsubj" and token.head.lemma in _LEADS:
                led = token.head.all("dobj")
            elif token.dep == "pobj" and token.head.lower == "by" and token.head.head.lemma in _LEADS:
                led = [token.head.head.head] if token.head.head.dep == "acl" else token.head.head.all("nsubjpass")
            else:
                continue
            for figures in (self.scene.figures_at(noun.i) for noun in led):
                if len(figures) == 1 and figures[0].country and figures[0].country_told:
                    return figures[0].country
        return None

    def _has_people(self, country: str) -> bool:
        """Whether anybody of a country is told of, and not just a place in it."""
        return any(f.country == country and f.country_told for f in self.scene.registry.figures)

    def _owner(self, figure: Figure) -> str | None:
        """The country of the one whose body or people this is, told since ("President X's cabinet")."""
        for mention in figure.mentions[:3]:
            k = self.scene.at.get(mention.head)
            owner = self.scene.phrases[k].owner if k is not None else None
            if owner is not None and mention.form is not MentionForm.PRONOUN:
                return next((f.country for f in self.scene.figures_at(owner.head.i) if f.country), None)
        return None

    def _shared_country(self, figure: Figure, token: Token) -> str | None:
        """The country of a colleague named in one breath: "President X and Prime Minister Y"."""
        others = [token.head] if token.dep == "conj" else []
        others += [c for c in token.children if c.dep == "conj"]
        for colleague in (c for other in others for c in self.scene.figures_at(other.i)):
            told = colleague.country_told and colleague.kind is figure.kind
            if told and figure.held and colleague.held and not _same_rank(figure, colleague):
                return colleague.country
        return None


def _in_one_clause(token: Token, told: _Told) -> bool:
    """Whether a verb has this actor as its subject and the place where it happens beside it."""
    place = told.token
    if told.figure is not None or token.dep not in _SUBJECTS or place.dep != "pobj":
        return False
    return place.head.lower in ("in", "at") and place.head.head is token.head


def _note(told: dict[int, list[_Told]], found: _Told) -> None:
    """Keep what a sentence tells; a sentence of more than so many countries is a list and tells nothing more."""
    here = told.setdefault(found.token.sentence, [])
    if len(here) < _MOST:
        here.append(found)


def _first_told(told: dict[int, list[_Told]]) -> str | None:
    """The first country of a report that has several sentences."""
    return told[min(told)][0].country if len(told) > 2 else None


def _leader(counts: Counter[str]) -> str | None:
    """The country that is spoken of more than all others together, or twice as much as any other."""
    if not counts:
        return None
    (country, count), *others = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    second = others[0][1] if others else 0
    return country if 2 * count > sum(counts.values()) or count >= 2 * second > 0 else None


def _same_rank(left: Figure, right: Figure) -> bool:
    """Whether two persons hold the same title, as heads of two states do."""
    return any(a.title.lower() == b.title.lower() for a in left.held for b in right.held)


def _is_counterpart(figure: Figure, token: Token, told: _Told) -> bool:
    """Whether a country in the sentence is that of whom an official deals with, and so not the official's own."""
    other = told.figure
    if other is None or figure.kind not in _TITLED:
        return False
    if token.dep == "pobj" and token.head.lower == "with" and told.token.i < token.i:
        return True
    past = any(held.status is RoleStatus.FORMER for held in other.held) or other.sector in ("ELI", "LEG", "OPP")
    if other.kind in _TITLED and other.sector in _OFFICIALS and figure.sector in _OFFICIALS and not past:
        return True
    if other.kind is not ActorKind.STATE and other.sector != "GOV":
        return False
    side = token.head if token.dep == "poss" else token
    if side.dep in _ARGUMENTS and told.token.dep in _ARGUMENTS and side.head is told.token.head:
        return True
    head = told.token.head
    return told.token.dep == "pobj" and head.lower in ("against", "with", "on") and token.dep in _SUBJECTS
