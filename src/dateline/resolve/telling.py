"""Which acts found tell an event worth showing: an ordinary report is full of words that could tell one and do not.

A verb that names one side tells something even where the other is left out ("X resigned"); a bare noun with one side
("the talks in Y", "X's commitment") mostly only mentions an act that is told elsewhere or nowhere.
"""

from __future__ import annotations

from dateline.model import Act, Actor, ActorKind, Annotated, Cast

#: Codes of actors of whom neither country nor role is known.
_NOBODY = {None, "", "UNK"}
#: Types whose deed is told by a noun with nobody but the one acted upon ("the killing of Y", "sanctions on Y").
_DONE_TO = {"ASSAULT", "COERCE", "SANCTION", "RETREAT"}
#: Types whose deed is told by a noun with nobody but its doer ("X's refusal", "the retreat of X").
_DONE_BY = {"REJECT", "THREATEN", "REQUEST", "ACCUSE", "PROTEST", "ASSAULT", "SANCTION", "RETREAT", "MOBILIZE"}
#: Types of hard deeds, told even by words that may mean something else, where somebody is acted upon.
_HARD = {"COERCE", "SANCTION", "THREATEN", "ASSAULT"}
#: Types that a verb tells of the one acted upon alone only in the passive ("Y was invited").
_NEEDS_DOER = {"REJECT", "AGREE", "CONSULT", "MOBILIZE", "THREATEN"}
#: Types that take two: with one side they tell nothing, but for groups that meet or agree among themselves.
_TAKES_TWO = {"CONSULT"}
#: Codes of meetings that need no other side named: visits and mediation.
_ALONE = ("042", "045")
#: Nouns of fights, which need two.
_FIGHTS = {"war", "battle", "fighting", "standoff", "stand-off", "clash", "combat", "conflict", "violence"}
#: Types that a state does to its own people, and people to their own state.
_AT_HOME = {"COERCE", "PROTEST", "ASSAULT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
_OWNED = ("amod", "compound", "nmod", "poss")
#: Roles of those who give aid even where nobody is named who gets it.
_GIVING = ("", "GOV", "UNO", "NGO", "EUR", "MIL")
_RULING = ("", "GOV", "MIL", "SPY", "COP", "LEG", "JUD")
_FORCES = ("MIL", "SPY", "COP")


class Telling:
    """Judges the acts of one report."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated, self.cast = annotated, cast
        self.actors = {a.id: a for a in cast.actors}

    def tells(self, act: Act, source: tuple[str, ...], target: tuple[str, ...]) -> bool:
        """Whether an act with these sides is an event."""
        head = self.annotated.tokens[act.head]
        noun = head.pos in ("NOUN", "PROPN")
        if not (self._somebody(source) or self._somebody(target)):  # names that nobody knows may be of any walk of life
            if noun or act.unsure:
                return bool(source and target)
            hurt = bool(target) and act.type in _DONE_TO and self._passive(act) and self._named(act.targets)
            return hurt or (bool(source) and (bool(target) or self._named(act.sources)))
        doer = bool(source) or self._named(act.sources)
        if doer and (target or self._named(act.targets)):
            return True
        if act.unsure and act.type != "RETREAT" and (noun or source or not self._passive(act) or act.type not in _HARD):
            return False
        if noun:
            return self._noun(act, doer)
        if not doer:
            return act.type not in _NEEDS_DOER or self._passive(act)
        if act.type == "AID":
            return any((self.actors[i].code or "")[3:6] in _GIVING or self.actors[i].country is None for i in source)
        if head.pos == "ADJ":
            return act.type != "ACCUSE"
        return act.type not in _TAKES_TWO or act.cameo.startswith(_ALONE) or self._many(act)

    def _noun(self, act: Act, doer: bool) -> bool:
        head = self.annotated.tokens[act.head]
        if act.type == "PROTEST" and head.dep == "pobj":  # "resigned in protest"
            return False
        if act.type == "ASSAULT" and head.lemma in _FIGHTS and act.sources:
            return False
        if any(t.pos == "VERB" for t in self.annotated.tokens_in(act.span)):  # under a light verb
            return (doer and act.type not in _TAKES_TWO) or act.type in _DONE_TO
        if doer and act.type != "CONSULT" and any(self._agent(i) for i in act.sources):
            return True
        return act.type in (_DONE_BY if doer else _DONE_TO)

    def _agent(self, source: int) -> bool:
        """Whether a noun names its doer as such ("Togo's offer", "an offer by Togo", "the Togolese offer")."""
        token = self.annotated.tokens[source]
        return token.dep in ("poss", "amod") or (token.dep == "pobj" and token.head.lower == "by")

    def _named(self, tokens: tuple[int, ...]) -> bool:
        return any(self.annotated.tokens[i].pos == "PROPN" for i in tokens)

    def _passive(self, act: Act) -> bool:
        head = self.annotated.tokens[act.head]
        return head.tag == "VBN" and any(c.dep in ("auxpass", "nsubjpass") for c in head.children)

    def _many(self, act: Act) -> bool:
        """Whether the one side is several that may meet each other, or the meeting is all there is to tell."""
        tokens = [self.annotated.tokens[i] for i in act.sources]
        return len(tokens) > 1 or any(t.tag in ("NNS", "NNPS", "PRP") for t in tokens)

    def _somebody(self, ids: tuple[str, ...]) -> bool:
        return any(self.actors[i].code not in _NOBODY or self.actors[i].country for i in ids)

    # --- one's own ---

    def others(self, act: Act, source: tuple[str, ...], target: tuple[str, ...]) -> tuple[str, ...]:
        """The targets without the country of those who rule it, where only an owner names it, and without its forces.

        "Ghana's president promised Ghanaian help": he promises nothing to Ghana.
        """
        mine = {self.actors[i].country for i in source if self._rules(self.actors[i])} - {None}
        if not mine:
            return target
        owner = all(self.annotated.tokens[i].dep in _OWNED for i in act.targets)
        return tuple(i for i in target if not self._own(act, self.actors[i], mine, owner))

    @staticmethod
    def _rules(actor: Actor) -> bool:
        return actor.kind is ActorKind.STATE or (actor.code or "")[3:6] in _RULING

    @staticmethod
    def _own(act: Act, actor: Actor, mine: set[str | None], owner: bool) -> bool:
        if actor.country not in mine:
            return False
        if actor.kind is ActorKind.STATE:
            return owner
        return (actor.code or "")[3:6] in _FORCES and act.type not in _AT_HOME
