"""Whom an act is directed at that names nobody: it answers what another state did or said shortly before.

"Togo expelled three of Ghana's diplomats. Ghana protested and threatened to answer." A person who codes the second
sentence writes Togo beside it: states protest, refuse and reply to somebody, and a report that has just told who acted
upon them does not say so again. Nobody is filled in where no other state acted shortly before, or where two did at
once.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.lexicons.eventbook import cue
from dateline.model import Act, Actor, ActorKind, Annotated, Cast, Reality, Token

_REAL = (Reality.HAPPENED, Reality.ONGOING)
#: Types of acts that may answer another's.
_ANSWERS = {"ACCUSE", "REJECT", "THREATEN", "SUPPORT", "REQUEST", "AGREE"}
#: Sectors of those who answer for a state; the others may speak to their own state as well.
_FOR_STATE = ("", "GOV", "MIL", "SPY")
_FORCES = ("MIL", "SPY")
#: How many sentences back the deed may lie: the arrest of those whose release is asked for, what a definite object
#: takes up, what an act without any answers.
_FARTHEST, _FAR, _NEAR = 6, 3, 2
_COMPLEMENTS = ("xcomp", "ccomp", "dobj")
#: Asking or demanding that people be set free.
_RELEASE = ("0253", "1053")
_TAKING_UP = {"the", "this", "that", "these", "those", "both"}
_PRONOUNS = {"it", "that", "this", "them"}


@dataclass(frozen=True, slots=True)
class _Deed:
    """What was done before: by whom and upon whom, as states."""

    sentence: int
    doers: tuple[str, ...]
    upon: frozenset[str]


class Answers:
    """Remembers the acts of one report in text order, and finds whom a later one answers."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated, self.cast = annotated, cast
        self.actors = {a.id: a for a in cast.actors}
        self.deeds: list[_Deed] = []
        self.targets: dict[int, tuple[str, ...]] = {}
        self.subjects: dict[int, list[tuple[Token, str]]] = {}
        for token in annotated.tokens:
            if token.dep in ("nsubj", "nsubjpass") or (token.dep == "pobj" and token.head.dep == "agent"):
                self.subjects.setdefault(token.sentence, []).extend((token, i) for i in cast.of(token.i))

    def remember(self, act: Act, source: tuple[str, ...], target: tuple[str, ...]) -> None:
        """Keep an act that later ones may answer."""
        if act.reality not in _REAL or not source:
            return
        head = self.annotated.tokens[act.head]
        self.deeds.append(_Deed(head.sentence, source, self._states(target)))
        if target:
            self.targets.setdefault(head.i, target)

    def whom(self, act: Act, source: tuple[str, ...], target: tuple[str, ...]) -> tuple[str, ...]:
        """Whom an act answers; what is there already where it names somebody abroad, or answers nobody."""
        mine = self._states(source)
        if act.type not in _ANSWERS or act.reality not in _REAL or len(mine) != 1:
            return target
        if not all(self._for_state(self.actors[i]) for i in source):
            return target
        if act.type == "REQUEST" and any((self.actors[i].code or "")[3:6] in _FORCES for i in source):
            return target  # soldiers ask their own government for more
        head = self.annotated.tokens[act.head]
        if head.pos != "VERB":
            return target
        of_holder = act.cameo in _RELEASE or (act.type == "REQUEST" and head.lemma == "demand")
        if of_holder and (found := self._holder(head, target, mine)):
            return found
        if target:
            if self._states(target) != mine or not self._of_another(act):
                return target
            return self._party(head.sentence, mine, _NEAR) or target
        return self._same_target(act, head, mine) or self._answered(act, head, mine)

    def _of_another(self, act: Act) -> bool:
        """Whether an act read as upon one's own is upon another: "refused to count missiles", "accused them"."""
        pronoun = any(self.annotated.tokens[i].tag == "PRP" for i in act.targets)
        return act.type == "REJECT" or (act.type == "ACCUSE" and pronoun)

    def _for_state(self, actor: Actor) -> bool:
        return actor.country is not None and (
            actor.kind is ActorKind.STATE or (actor.code or "")[3:6] in _FOR_STATE
        )

    def _states(self, ids: tuple[str, ...]) -> frozenset[str]:
        return frozenset(c for i in ids if (c := self.actors[i].country) is not None)

    def author(self, act: Act) -> tuple[str, ...]:
        """Who put out the statement or note that does the act: the official who spoke in the sentence before."""
        papers = [self.annotated.tokens[i] for i in act.sources]
        if len(papers) != 1 or papers[0].lemma not in cue("papers") or self.cast.of(papers[0].i):
            return ()
        if not any(c.dep == "det" and c.lower in _TAKING_UP for c in papers[0].children):
            return ()
        for back in range(_NEAR + 1):
            told = self.subjects.get(papers[0].sentence - back, [])
            spoke = self._official(tuple(i for t, i in told if t.head.lemma in cue("speaking")))
            if spoke:
                return spoke[-1:]
        return ()

    # --- the ways to find somebody ---

    def _holder(self, head: Token, target: tuple[str, ...], mine: frozenset[str]) -> tuple[str, ...]:
        """Of whom the release of one's own people is asked: of who acted upon them, not of them."""
        if self._states(target) - mine or any(self._for_state(self.actors[i]) for i in target):
            return ()
        return self._party(head.sentence, mine, _FARTHEST)

    def _same_target(self, act: Act, head: Token, mine: frozenset[str]) -> tuple[str, ...]:
        """The target of the verb that this one goes on from: "accused X of theft and protested", "called X a liar"."""
        if act.type not in ("ACCUSE", "REQUEST", "THREATEN", "REJECT"):
            return ()
        before, steps = head, 0
        while before.dep == "conj" and before.head.pos == "VERB" and steps < 4:
            if any(c.dep in ("nsubj", "nsubjpass") for c in before.children):
                return ()
            before, steps = before.head, steps + 1
            known = self.targets.get(before.i, ())
            if known and not self._states(known) & mine:
                return known
        return ()

    def _answered(self, act: Act, head: Token, mine: frozenset[str]) -> tuple[str, ...]:
        taken_up = self._takes_up(head)
        if act.type == "AGREE" and (not taken_up or act.performed):
            offered = head.lemma in cue("offering") and not act.performed
            return self._party(head.sentence, mine, 1) if offered else ()
        if taken_up is None or (act.type == "SUPPORT" and not taken_up):
            return ()
        reach = _FAR if taken_up else _NEAR
        found = self._party(head.sentence, mine, reach)
        bare = head.lemma in cue("answering") and not any(c.dep in _COMPLEMENTS for c in head.children)
        if not found and (taken_up or bare):
            found = self._last_doer(head.sentence, mine, reach)
        return found

    def _takes_up(self, head: Token) -> bool | None:
        """Whether the object takes up what was told ("the step", "it"); ``None`` where it tells something new."""
        noun = next((c for c in head.children if c.dep == "dobj" and c.pos not in ("VERB", "AUX")), None)
        if noun is None:
            return False
        if noun.lower in _PRONOUNS:
            return None if self.cast.of(noun.i) else True
        definite = any(c.dep == "det" and c.lower in _TAKING_UP for c in noun.children)
        if not definite or noun.lemma not in cue("taken_up"):
            return None
        if any(c.dep in ("poss", "acl", "relcl", "compound") or self._names_actor(c) for c in noun.children):
            return None
        return True

    def _names_actor(self, child: Token) -> bool:
        if self.cast.of(child.i):
            return True
        return child.dep == "prep" and any(self.cast.of(c.i) for c in child.children)

    # --- who acted before ---

    def _party(self, sentence: int, mine: frozenset[str], reach: int) -> tuple[str, ...]:
        """With whom these had to do last: who acted upon them, or whom they acted upon."""
        for deed in reversed(self.deeds):
            if sentence - deed.sentence > reach:
                break
            theirs = self._states(deed.doers)
            if theirs == mine and len(deed.upon) == 1 and not deed.upon & mine:
                return self._state_of(deed.upon)
            if len(theirs) == 1 and not theirs & mine and deed.upon & mine:
                return self._official(deed.doers) or self._state_of(theirs)
        return ()

    def _last_doer(self, sentence: int, mine: frozenset[str], reach: int) -> tuple[str, ...]:
        """Who of another state acted last; nobody where officials of several states did in one sentence."""
        for deed in reversed(self.deeds):
            if sentence - deed.sentence > reach:
                break
            found = self._official(deed.doers)
            if found and not self._states(found) & mine:
                return found if len(self._states(found)) == 1 else ()
        for back in range(reach + 1):
            ids = self._official(tuple(i for _, i in self.subjects.get(sentence - back, ())))
            others = tuple(i for i in ids if self.actors[i].country not in mine)
            if others:
                return others[:1] if len(self._states(others)) == 1 else ()
        return ()

    def _official(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if self._for_state(self.actors[i]))

    def _state_of(self, states: frozenset[str]) -> tuple[str, ...]:
        """The actor that stands for a state."""
        found = [a.id for a in self.cast.actors if a.country in states]
        own = [i for i in found if self.actors[i].kind is ActorKind.STATE] or list(self._official(tuple(found)))
        return tuple((own or found)[:1])
