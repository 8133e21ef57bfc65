"""Learns titles from what stands beside a name: appositions, "X is the president", "sworn in as president"."""

from __future__ import annotations

from dataclasses import replace

from dateline.lexicons.roles import singular, word_set
from dateline.model import ActorKind, MentionForm, RoleStatus
from dateline.resolve.coreference import Figure
from dateline.resolve.mentions import Found, apposed
from dateline.resolve.phrases import Phrase
from dateline.resolve.scene import Scene

_TIES = frozenset(("of", "in", "to", "for", "at", "from"))
#: Verbs that make somebody something, and what they are then.
_APPOINTING = {
    "swear": RoleStatus.CURRENT, "appoint": RoleStatus.CURRENT, "elect": RoleStatus.CURRENT,
    "inaugurate": RoleStatus.CURRENT, "install": RoleStatus.CURRENT, "name": RoleStatus.CURRENT,
    "re-elect": RoleStatus.CURRENT, "reelect": RoleStatus.CURRENT, "confirm": RoleStatus.CURRENT,
    "serve": RoleStatus.CURRENT, "resign": RoleStatus.FORMER, "quit": RoleStatus.FORMER, "retire": RoleStatus.FORMER,
    "oust": RoleStatus.FORMER, "sack": RoleStatus.FORMER, "dismiss": RoleStatus.FORMER, "remove": RoleStatus.FORMER,
}  # fmt: skip
#: Over how many phrases a description reaches to its name ("the head of the union of the workers of the port, X").
_CHAIN = 5
_CLOSING = frozenset((",", ".", ";", ":", ")", "-", "–", "—", "(", '"', "”"))
_FIRMS_TOO = word_set("owner sponsor rival partner maker ally member supplier operator publisher sister parent leader")
_BODIES = word_set(
    """bank group company party union club team league agency institute university college council committee front
    ministry department office court church bureau corp inc ltd plc co holdings motors airlines air fund foundation
    association federation movement army brigade press news times post daily journal television radio centre center"""
)
_COLLECTIVE = (ActorKind.GROUP, ActorKind.ORGANISATION)


class Titles:
    """The titles that a report gives outside the phrases that hold the names."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def note_appositions(self) -> None:
        """Pair descriptions with the names that they stand beside ("X, a former envoy," and "the envoy, X,")."""
        for k, phrase in enumerate(self.scene.phrases):
            other = self._apposed_to(k, phrase)
            if other is None:
                continue
            left, right = self.scene.readings[other].main, self.scene.readings[k].main
            if right is None and left is not None and left.kind is ActorKind.PERSON:
                right = self.scene.readings[k].main = apposed(phrase, self.scene.annotated.text)
            if left is None or right is None:
                continue
            for name, description in ((left, right), (right, left)):
                if description.held is None or not _describes_a_person(description):
                    continue
                surname = name.kind is None and len(name.proper) == 1 and name.proper[0] in self.scene.surnames
                if surname or _is_mistaken(name):
                    name.kind = ActorKind.PERSON
            if _one_person(left, right) or one_body(left, right):
                self.scene.apposed.setdefault(other, []).append(k)
                self.scene.apposed.setdefault(k, []).append(other)

    def _apposed_to(self, k: int, phrase: Phrase) -> int | None:
        head = phrase.head
        if (office := self._office_before(k)) is not None:
            return office
        if head.dep == "appos" and (other := self.scene.at.get(head.head.i)) is not None and other < k:
            return other
        if head.dep == "conj" and (named := self._same_holder(head.head.i, k)) is not None:
            return named
        before = self.scene.phrases[k - 1] if k else None
        if before is not None and before.last == phrase.first and head.sentence == before.head.sentence:
            # "the rebel group | Utopian Front", which nothing parts
            return k - 1
        # "Lund, a former envoy," where the parser saw something else
        if before is not None and self.scene.tokens[phrase.first - 1].text == ",":
            closes = phrase.last < len(self.scene.tokens) and self.scene.tokens[phrase.last].text in (",", ".", "who")
            if before.last == phrase.first - 1 and closes and phrase.determiner in ("a", "an", "the"):
                return k - 1 if head.dep not in ("nsubj", "nsubjpass", "dobj", "conj") else None
        return None

    def _same_holder(self, head: int, k: int) -> int | None:
        """The name that a second description is of: "X, chairman of the board and a former minister,"."""
        first = self.scene.at.get(head)
        main = self.scene.readings[k].main
        if first is None or first >= k or main is None or main.held is None or main.plural:
            return None
        if main.kind is ActorKind.PERSON:
            return None
        for other in self.scene.apposed.get(first, ()):
            found = self.scene.readings[other].main
            if other < first and found is not None and found.kind is ActorKind.PERSON:
                return other
        return None

    def _office_before(self, k: int) -> int | None:
        """The description in "the agency's envoy to Utopia, Lund," whatever the parser tied Lund to.

        The nearest description counts: in "the widow of the president, Lund," that is the president.
        """
        main = self.scene.readings[k].main
        if main is None or not k or not (main.kind is ActorKind.PERSON or _is_mistaken(main)):
            return None
        gap = self.scene.phrases[k].first - self.scene.phrases[k - 1].last
        if gap > 1 or (gap == 1 and not self._is_aside(k)) or (gap == 0 and len(main.proper) < 2):
            return None
        j = k - 1
        for _ in range(_CHAIN):
            found = self.scene.readings[j].main
            if found is not None and ((found.held is not None and not found.plural) or found.kind is ActorKind.PERSON):
                return j if found.kind is not ActorKind.PERSON else None
            owned = j > 0 and self.scene.phrases[j].owner is self.scene.phrases[j - 1]
            if not j or not (owned or self.scene.complement(j - 1, _TIES)):
                return None
            j -= 1
        return None

    def _is_aside(self, k: int) -> bool:
        """Whether a name stands between commas, or between a comma and its verb, and is no item of a list."""
        phrase, tokens = self.scene.phrases[k], self.scene.tokens
        if tokens[phrase.first - 1].text != "," or tokens[phrase.first - 1].sentence != phrase.head.sentence:
            return False
        if phrase.last >= len(tokens):
            return True
        after = tokens[phrase.last]
        if after.lower in ("and", "or", "&") or phrase.possessive:
            return False
        return after.text in _CLOSING or after.tag in ("VBD", "VBZ", "MD", "WP", "VBP")

    def read_copulas(self) -> None:
        """Learn titles from "X is the president" and "when X was president"."""
        for phrase, reading in zip(self.scene.phrases, self.scene.readings, strict=True):
            main, head = reading.main, phrase.head
            if main is None or main.held is None or head.dep != "attr" or head.head.lemma != "be" or main.plural:
                continue
            subject = head.head.child("nsubj")
            figures = self.scene.subject(subject) if subject is not None else ()
            if len(figures) != 1 or figures[0].kind is not ActorKind.PERSON:
                continue
            if figures[0] in self.scene.heads.get(head.i, ()):
                continue
            status = main.held.status
            if status is RoleStatus.CURRENT and head.head.lower in ("was", "were"):
                status = RoleStatus.FORMER
            if any(c.dep in ("neg", "aux") for c in head.head.children):
                continue
            figures[0].hold(replace(main.held, status=status, of=main.country))
            self._move(head.i, figures)

    def read_appointments(self) -> None:
        """Learn titles from "X was sworn in as president" and "X resigned as minister"."""
        for phrase, reading in zip(self.scene.phrases, self.scene.readings, strict=True):
            main, head = reading.main, phrase.head
            if main is None or main.held is None or head.dep != "pobj" or head.head.lower != "as":
                continue
            verb = head.head.head
            status = _APPOINTING.get(verb.lemma)
            if status is None or any(c.dep == "neg" for c in verb.children):
                continue
            holder = verb.child("nsubjpass") or verb.child("dobj") or verb.child("nsubj")
            figures = self.scene.subject(holder) if holder is not None else ()
            if len(figures) == 1 and figures[0].kind is ActorKind.PERSON:
                held = main.held
                status = RoleStatus.FORMER if verb.lemma == "serve" and verb.tag == "VBD" else status
                of = main.country or self.scene.country_around(self.scene.at[head.i])
                figures[0].told_country(of)
                figures[0].hold(replace(held, status=status, of=of))
                self._move(head.i, figures)

    def join_offices(self) -> None:
        """Give "the prime minister" to the one person who holds that office of that state in the report."""
        holders: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.scene.registry.figures:
            for held in figure.held if figure.kind is ActorKind.PERSON else ():
                state = held.of or figure.country
                if held.office and state and held.status in (RoleStatus.CURRENT, RoleStatus.ACTING):
                    holders.setdefault((state, held.title.lower().replace("-", " ")), []).append(figure)
        for figure in self.scene.registry.figures:
            if figure.kind is not ActorKind.OFFICE or not figure.definite or not figure.country or not figure.held:
                continue
            found = holders.get((figure.country, figure.held[0].title.lower().replace("-", " ")), [])
            if figure.mentions and len({f.number for f in found}) == 1:
                self._become(figure, found[0])

    def _become(self, old: Figure, figure: Figure) -> None:
        self.scene.same[old.number] = figure
        figure.mentions.extend(old.mentions)
        old.mentions.clear()

    def _move(self, head: int, figures: tuple[Figure, ...]) -> None:
        """Give a description, so far an actor of its own, to the person whom the sentence says it is."""
        for old in self.scene.heads.get(head, ()):
            if old is figures[0] or old.kind is ActorKind.PERSON or old.number in self.scene.same:
                continue
            if old.mentions and old.mentions[0].head == head:
                self._become(old, figures[0])
        self.scene.heads[head] = figures


def _one_person(left: Found, right: Found) -> bool:
    """Whether two phrases side by side are a name and a description of one person."""
    if left.kind is ActorKind.PERSON:
        return _describes(right) and right.kind is not ActorKind.PERSON
    return right.kind is ActorKind.PERSON and _describes(left)


def _is_mistaken(found: Found) -> bool:
    """Whether a name can be a person's whom the language model took for a place or a body."""
    if found.organisation is not None or not 2 <= len(found.proper) <= 4 or found.form is not MentionForm.NAME:
        return False
    if found.kind is None:
        return True
    plain = found.kind is ActorKind.ORGANISATION and not found.lemma and not found.sector
    return plain and not any(singular(w) in _BODIES for w in found.proper)


def _describes_a_person(found: Found) -> bool:
    """Whether only a person can hold this title: an owner, a rival or a sponsor can be a firm."""
    return found.kind is not ActorKind.PERSON and not found.plural and found.lemma not in _FIRMS_TOO


def _describes(found: Found) -> bool:
    """Whether a phrase can be a person's description: "the envoy", "his wife"."""
    return not found.plural and (found.held is not None or found.kind is ActorKind.POPULATION)


def one_body(left: Found, right: Found) -> bool:
    """Whether a description and a name side by side are one body ("the rebel group Utopian Front")."""
    if left.form is not MentionForm.NOMINAL or left.plural or left.kind not in _COLLECTIVE:
        return False
    if left.lemma == "government":
        return False
    return right.form in (MentionForm.NAME, MentionForm.ACRONYM) and right.kind in (*_COLLECTIVE, None)
