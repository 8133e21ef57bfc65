"""Who stands where in a clause: the subjects, objects and prepositional phrases of verbs and act nouns.

Works on dependency labels of spaCy's English pipelines (ClearNLP style). Subjects are looked for where English leaves
them out: relative clauses, participles, infinitives, conjoined verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.lexicons.eventbook import cue
from dateline.model import Token

#: Conjuncts of one noun phrase that are followed; a bound for lists of hundreds of names.
MOST_CONJUNCTS = 10
#: How far a missing subject is looked for up the tree.
DEEPEST = 8

#: Kinds of names that say when, never who.
TIMES = frozenset(("DATE", "TIME"))
_RELATIVE = {"that", "which", "who", "whom", "whose"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"}
_BE_TAKEN_FROM = {"of", "from", "into", "for", "with", "over", "about", "against"}


@dataclass(slots=True)
class Frame:
    """One predicate with its sides: ``pps`` are (preposition, object) pairs in text order."""

    head: Token
    passive: bool = False
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    pps: list[tuple[str, Token]] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)


def spread(token: Token) -> list[Token]:
    """A noun phrase's head and the heads conjoined with it, but not those after "but" or "not"."""
    found = [token]
    last: Token | None = token
    while last is not None and len(found) < MOST_CONJUNCTS:
        step: Token | None = None
        excluded = any(c.dep == "cc" and c.lower in ("but", "not") for c in last.children)
        for child in last.children:
            if child.dep == "conj" and child.pos in _NOMINAL and not excluded:
                found.append(child)
                step = child
        last = step
    return found


def antecedent(verb: Token) -> Token | None:
    """The noun that the relative clause of this verb, or of the verb it is conjoined to, hangs on."""
    for _ in range(DEEPEST):
        if verb.dep == "relcl":
            return verb.head
        if verb.dep == "ccomp" and verb.head.lemma == "be" and verb.i > verb.head.i:
            return verb.head.child("attr")  # "It was X that attacked"
        if verb.dep != "conj":
            return None
        verb = verb.head
    return None


def conjoined(verb: Token) -> Token:
    """The verb that this one goes on from; a bare infinitive never goes on from a finite verb, but from its complement.

    "demands that X withdraw its troops, reduce its forces": the parse may hang "reduce" on "demands".
    """
    head = verb.head
    if verb.tag != "VB" or head.tag not in ("VBZ", "VBD") or any(c.dep in ("aux", "nsubj") for c in verb.children):
        return head
    inside = [c for c in head.children if c.dep in ("ccomp", "xcomp") and c.tag in ("VB", "VBP") and c.i < verb.i]
    return inside[-1] if inside else head


def _referent(token: Token, verb: Token) -> list[Token]:
    """The noun phrase itself, or what a relative pronoun in its place stands for."""
    if token.tag in ("WDT", "WP", "WP$") or (token.lower in _RELATIVE and token.pos in ("PRON", "DET", "SCONJ")):
        noun = antecedent(verb)
        return [noun] if noun is not None and noun.pos in _NOMINAL else []
    return spread(token)


class Clauses:
    """Builds and keeps the frames of one report's predicates."""

    def __init__(self) -> None:
        self._verbs: dict[int, Frame] = {}
        self._surface: dict[int, list[Token]] = {}
        self._passive: dict[int, bool] = {}

    # --- voice ---

    def passive(self, verb: Token) -> bool:
        """Whether the verb's surface subject is the one acted upon."""
        known = self._passive.get(verb.i)
        if known is None:
            known = self._passive[verb.i] = self._is_passive(verb, 0)
        return known

    def _is_passive(self, verb: Token, depth: int) -> bool:
        if verb.lemma in cue("states") and verb.tag == "VBN" and not any(c.dep == "agent" for c in verb.children):
            return False
        for child in verb.children:
            if child.dep in ("nsubjpass", "auxpass", "agent"):
                return True
            if child.dep == "nsubj":
                return False
        if verb.tag not in ("VBN", "VBD"):
            return False
        if verb.dep == "acl":
            return verb.tag == "VBN" or not any(c.dep == "dobj" for c in verb.children)
        if (
            verb.tag == "VBN"
            and verb.dep in ("advcl", "amod")
            and not any(c.dep in ("aux", "dobj") for c in verb.children)
        ):
            return True
        if verb.dep == "conj" and verb.tag == "VBN" and depth < DEEPEST and verb.head.pos in ("VERB", "AUX"):
            return not any(c.dep == "aux" for c in verb.children) and self._is_passive(verb.head, depth + 1)
        return False

    # --- subjects ---

    def surface_subjects(self, verb: Token, depth: int = 0) -> list[Token]:
        """The heads of the grammatical subject, followed to where it is said."""
        known = self._surface.get(verb.i)
        if known is not None:
            return known
        if depth == 0:
            self._surface[verb.i] = []
        found = self._find_subjects(verb, depth) if depth < DEEPEST else []
        if depth == 0:
            self._surface[verb.i] = found
        return found

    def _find_subjects(self, verb: Token, depth: int) -> list[Token]:
        for child in verb.children:
            if child.dep in _SUBJECTS and child.pos not in ("VERB", "AUX"):
                return _referent(child, verb)
        for child in verb.children:  # "Brazil, officials said, attacked": both subjects hang on "said"
            if child.dep == "parataxis" and child.i < verb.i:
                both = child.all("nsubj")
                if len(both) > 1:
                    return spread(both[0])
        head, dep = verb.head, verb.dep
        if any(c.dep == "csubj" for c in verb.children):
            return []
        if dep in ("acl", "relcl") or (dep in ("xcomp", "advcl", "ccomp") and head.pos in ("NOUN", "PROPN")):
            return self._subjects_at_noun(verb, head, depth)
        if dep == "conj":
            return self._of_predicate(conjoined(verb), depth)
        if dep in ("xcomp", "ccomp", "advcl", "oprd"):
            return self._controller(verb, head, depth)
        if dep in ("pcomp", "pobj") and head.dep in ("prep", "agent", "mark", "advmod", "dative"):
            return self._subjects_under_preposition(head, depth)
        if dep in ("dobj", "attr", "acomp") and verb.tag == "VBG":
            return self._of_predicate(head, depth)
        return []

    def _of_predicate(self, head: Token, depth: int) -> list[Token]:
        if head.pos in ("VERB", "AUX"):
            return self.surface_subjects(head, depth + 1)
        if head.pos in ("ADJ", "ADV") and head.dep in ("acomp", "conj", "oprd", "advcl", "advmod", "xcomp"):
            return self._of_predicate(head.head, depth + 1) if depth < DEEPEST else []
        if head.pos == "NOUN" and head.dep == "attr":
            return self._of_predicate(head.head, depth + 1) if depth < DEEPEST else []
        return []

    def _controller(self, verb: Token, head: Token, depth: int) -> list[Token]:
        """The doer of an infinitive or participle under another predicate."""
        if verb.dep == "ccomp" and verb.tag == "VB" and not any(c.dep == "aux" for c in verb.children):
            told = head.child("dobj", "dative")  # "Release them," she told the army
            return spread(told) if told is not None and told.pos in _NOMINAL else []
        if head.lemma in cue("calls"):
            for child in head.children:
                if (
                    child.dep in ("prep", "dative")
                    and child.i < verb.i
                    and child.lower in ("on", "upon", "to", "with", "for")
                ):
                    called = child.child("pobj")
                    if called is not None:
                        return spread(called)
        if head.pos in ("VERB", "AUX") and verb.dep != "advcl" and head.lemma not in cue("subject_control"):
            objects = [c for c in head.children if c.dep in ("dobj", "dative") and c.i < verb.i and c.pos in _NOMINAL]
            if objects and objects[0].dep == "dobj":
                return spread(objects[0])
            if objects:
                return spread(objects[0])
        return self._of_predicate(head, depth)

    def _subjects_at_noun(self, verb: Token, noun: Token, depth: int) -> list[Token]:
        infinitive = any(c.dep == "aux" and c.lower == "to" for c in verb.children)
        clause = any(c.dep == "mark" for c in verb.children)
        if not infinitive and not clause:
            return [noun] if noun.pos in _NOMINAL else []
        owners = self.owners(noun)
        if owners:
            return owners
        if noun.dep in ("dobj", "attr", "oprd") and depth < DEEPEST and not clause:
            return self._of_predicate(noun.head, depth + 1)
        return [noun]

    def _subjects_under_preposition(self, prep: Token, depth: int) -> list[Token]:
        governor = prep.head
        if governor.pos in ("VERB", "AUX"):
            if prep.lower in _BE_TAKEN_FROM and governor.lemma in cue("blame"):
                frame = self.verb(governor)
                if frame.objects:
                    return frame.objects
            return self.surface_subjects(governor, depth + 1) if depth < DEEPEST else []
        if governor.pos in ("NOUN", "PROPN"):
            if governor.dep == "dobj" and prep.lower in ("of", "from", "for") and governor.head.lemma in cue("blame"):
                return spread(governor)
            owners = self.owners(governor)
            if owners:
                return owners
            if governor.dep in ("dobj", "attr") and depth < DEEPEST:
                return self._of_predicate(governor.head, depth + 1)
            return []
        return self._of_predicate(governor, depth)

    @staticmethod
    def owners(noun: Token) -> list[Token]:
        """Whose act a noun tells: its possessive, else its "by" phrase."""
        for child in noun.children:
            if child.dep == "poss":
                return spread(child)
        for child in noun.children:
            if child.dep in ("prep", "agent") and child.lower == "by":
                for grandchild in child.children:
                    if grandchild.dep == "pobj":
                        return spread(grandchild)
        return []

    # --- objects and phrases ---

    def phrases(self, head: Token) -> list[tuple[str, Token]]:
        """(preposition, object) pairs that hang on a head, in text order; "out of X" gives both "out" and "of"."""
        found: list[tuple[str, Token]] = []
        for child in head.children:
            if child.lower in cue("aside"):
                continue
            if child.dep in ("prep", "agent", "dative", "prt", "advmod") and child.pos in (
                "ADP",
                "SCONJ",
                "ADV",
                "VERB",
            ):
                self._phrase(child, child.lower, found, 0)
        return found

    def _phrase(self, prep: Token, name: str, found: list[tuple[str, Token]], depth: int) -> None:
        for child in prep.children:
            if child.ent in TIMES:
                continue  # "on Friday" is no side of an act
            if child.dep in ("pobj", "pcomp"):
                objects = spread(child) if child.pos in _NOMINAL else [child]
                found.extend((name, o) for o in objects)
                if prep.lower != name:
                    found.extend((prep.lower, o) for o in objects)
            elif child.dep == "prep" and depth < 2:
                self._phrase(child, name if depth == 0 else child.lower, found, depth + 1)

    def verb(self, verb: Token) -> Frame:
        """The frame of a verb."""
        known = self._verbs.get(verb.i)
        if known is not None:
            return known
        passive = self.passive(verb)
        frame = self._verbs[verb.i] = Frame(verb, passive)
        surface = self.surface_subjects(verb)
        frame.pps = self.phrases(verb)
        for child in verb.children:
            if child.dep == "prt" or (child.dep in ("advmod", "prep") and not child.children) or child.dep == "prep":
                frame.particles.add(child.lower)
            elif child.dep == "dative" and child.pos in _NOMINAL:
                frame.datives.extend(spread(child))
        if passive:
            frame.objects = self._passive_objects(verb, surface)
            frame.subjects = [t for name, t in self._agents(verb)]
            frame.datives.extend(t for c in verb.children if c.dep == "dobj" for t in spread(c))
        else:
            frame.subjects = surface
            frame.objects = self._active_objects(verb)
        return frame

    def _agents(self, verb: Token) -> list[tuple[str, Token]]:
        found: list[tuple[str, Token]] = []
        for child in verb.children:
            if child.dep in ("agent", "prep") and child.lower == "by":
                self._phrase(child, "by", found, 2)
        return [(n, t) for n, t in found if t.pos in _NOMINAL]

    def _passive_objects(self, verb: Token, surface: list[Token]) -> list[Token]:
        if surface or verb.dep not in ("acl", "amod"):
            return surface
        return [verb.head]

    def _active_objects(self, verb: Token) -> list[Token]:
        for child in verb.children:
            if child.dep == "dobj" and child.pos not in ("VERB", "AUX"):
                return _referent(child, verb)
        for child in verb.children:  # "urged Israel to stop" read as a clause with a subject
            if child.dep in ("ccomp", "xcomp") and any(c.dep == "aux" and c.lower == "to" for c in child.children):
                for grandchild in child.children:
                    if grandchild.dep in ("nsubj", "nsubjpass") and grandchild.i < child.i:
                        return spread(grandchild)
        for child in verb.children:
            if child.dep == "dobj":
                return [child]
        if verb.dep == "relcl" and self._has_gap(verb):
            return [verb.head]
        for child in verb.children:  # "attacked and seized the town"
            if child.dep == "conj" and child.pos == "VERB" and not any(c.dep in _SUBJECTS for c in child.children):
                shared = next((c for c in child.children if c.dep == "dobj"), None)
                has_phrase = any(c.dep in ("prep", "ccomp", "xcomp") for c in verb.children)
                if shared is not None and not has_phrase and child.i - verb.i <= 3:
                    return spread(shared)
        return []

    @staticmethod
    def _has_gap(verb: Token) -> bool:
        """Whether a relative clause without object relates one ("the town that rebels attacked")."""
        own_subject = False
        for child in verb.children:
            if child.dep in ("nsubj", "nsubjpass"):
                if child.tag in ("WDT", "WP"):
                    return False
                own_subject = True
            elif child.dep in ("ccomp", "xcomp") or child.tag == "WRB" or (child.dep == "prep" and not child.children):
                return False
        return own_subject
