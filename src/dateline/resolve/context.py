"""Gives an actor that is told without a state the state of its context, and never that of a counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lexicons.roles import word_set
from dateline.model import ActorKind, MentionForm, RoleStatus, Token
from dateline.resolve.coreference import Figure
from dateline.resolve.scene import Scene

#: Titles of no state.
_STATELESS = frozenset(("pope", "pontiff", "dalai lama", "patriarch"))
_MOST = 40
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "dative"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_TITLED = (ActorKind.PERSON, ActorKind.OFFICE)
_OFFICIALS = frozenset(("GOV", "ELI", "LEG"))
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
        told: dict[int, list[_Told]] = {}
        counts: Counter[str] = Counter()
        for figure in self.scene.registry.figures:
            if not figure.country_told or not figure.country or figure.sector == "JRN":
                continue
            for mention in figure.mentions:
                described = figure.kind is ActorKind.STATE and mention.form is MentionForm.NOMINAL
                if mention.form is not MentionForm.PRONOUN and not described:
                    token = self.scene.tokens[mention.head]
                    _note(told, _Told(token, figure.country, figure))
                    counts[figure.country] += 1
        for start, place in self.scene.places.items():
            at = self.scene.token_at(start)
            if place.country and at is not None and at.i not in self.scene.heads and at.i not in self.scene.loose:
                _note(told, _Told(at, place.country, None))
        for found in told.values():
            found.sort(key=lambda t: t.token.i)
        for figure in self.scene.registry.figures:
            for held in figure.held:
                if held.office and held.status is RoleStatus.CURRENT and figure.kind is ActorKind.PERSON:
                    self.peers.setdefault(held.title.lower(), []).append(figure)
        dateline = self.scene.annotated.report.dateline
        home = dateline.country if dateline else None
        common = _leader(counts)
        for figure in self.scene.registry.figures:
            if figure.country is None and self._wants_country(figure):
                figure.country = self._context_country(figure, told, home, common)
                if figure.country and figure.kind is ActorKind.PERSON:
                    self._pass_on(figure, figure.country, told)

    def _pass_on(self, figure: Figure, country: str, told: dict[int, list[_Told]]) -> None:
        """Let a person's country count where the person is named, for those named beside later."""
        for mention in figure.mentions:
            token = self.scene.tokens[mention.head]
            _note(told, _Told(token, country, figure))

    def _wants_country(self, figure: Figure) -> bool:
        if figure.organisation is not None or figure.kind is ActorKind.STATE or figure.abroad:
            return False
        if any(held.title.lower() in _STATELESS for held in figure.held):
            return False
        return figure.sector in _MADE_UP_BY_CONTEXT

    def _context_country(
        self, figure: Figure, told: dict[int, list[_Told]], home: str | None, common: str | None
    ) -> str | None:
        """The country of the sentence if it speaks of one alone, else the report's own, else the nearest before."""
        if not figure.mentions:
            return None
        token = self.scene.tokens[figure.mentions[0].head]
        rivals = self._countries_of_peers(figure)
        if (shared := self._shared_country(figure, token)) is not None:
            return shared
        here = [t for t in told.get(token.sentence, ()) if t.country not in rivals]
        here = [t for t in here if not _is_counterpart(figure, token, t)]
        countries = {t.country for t in here}
        if len(countries) == 1:
            return here[0].country
        if figure.kind in _TITLED and (teller := self._telling_state(here)) is not None:
            return teller
        for likely in (home, common):
            if likely and likely in countries:
                return likely
        if home and not here and home not in rivals:
            return home
        before = [t for t in here if t.token.i < token.i]
        if here:
            return (before[-1] if before else here[0]).country
        for back in range(1, 4):
            earlier = [t for t in told.get(token.sentence - back, ()) if t.figure is not None]
            earlier = [t for t in earlier if t.country not in rivals]
            if earlier:
                return earlier[0].country
        # what the sentence does tell is a counterpart's
        refused = rivals | {t.country for t in told.get(token.sentence, ())}
        return common if common not in refused else None

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

    def _shared_country(self, figure: Figure, token: Token) -> str | None:
        """The country of a colleague named in one breath: "President X and Prime Minister Y"."""
        others = [token.head] if token.dep == "conj" else []
        others += [c for c in token.children if c.dep == "conj"]
        for colleague in (c for other in others for c in self.scene.figures_at(other.i)):
            told = colleague.country_told and colleague.kind is figure.kind
            if told and figure.held and colleague.held and not _same_rank(figure, colleague):
                return colleague.country
        return None


def _note(told: dict[int, list[_Told]], found: _Told) -> None:
    """Keep what a sentence tells; a sentence of more than so many countries is a list and tells nothing more."""
    here = told.setdefault(found.token.sentence, [])
    if len(here) < _MOST:
        here.append(found)


def _leader(counts: Counter[str]) -> str | None:
    """The country that is spoken of more than all others together."""
    if not counts:
        return None
    country, count = min(counts.items(), key=lambda c: (-c[1], c[0]))
    return country if 2 * count > sum(counts.values()) else None


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
    if other.kind in _TITLED and other.sector in _OFFICIALS and figure.sector in _OFFICIALS:
        return True
    if other.kind is not ActorKind.STATE and other.sector != "GOV":
        return False
    side = token.head if token.dep == "poss" else token
    if side.dep in _ARGUMENTS and told.token.dep in _ARGUMENTS and side.head is told.token.head:
        return True
    head = told.token.head
    return told.token.dep == "pobj" and head.lower in ("against", "with", "on") and token.dep in _SUBJECTS
