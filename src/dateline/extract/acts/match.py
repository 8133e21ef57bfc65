"""Matches the event lexicon on the parse: which pattern a word fits, and who its two sides are."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.extract.acts.clauses import TIMES, Clauses, Frame, spread
from dateline.lexicons.countries import demonym_of
from dateline.lexicons.eventbook import ANY, NO_ACT, PERSON, EventBook, Operator, Pattern, Slot, cue, mended_lemmas
from dateline.model import Cast, Token

KIND_OF_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_NOUN_TO = ("against", "on", "upon", "into", "to", "with", "toward", "towards", "over", "of", "for", "at", "in", "poss")
_NOUN_SOURCE = ("by", "poss", "owner", "between", "subj", "from")
#: Names of these kinds tell no act though one word of them may ("March", "Strike Force").
_NO_ACTS = frozenset(("PERSON", "ORG", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "PRODUCT", "WORK_OF_ART"))
#: Classes of verbs whose subject does the act that their object names ("held talks", "cancelled talks").
_LENDING = frozenset(
    (
        "light",
        "receive",
        "aspect",
        "stop",
        "cancel",
        "order",
        "postpone",
        "consider",
        "plan",
        "promise",
        "fail",
        "attempt",
    )
)
#: Classes whose subject is a side of a meeting that their object names ("ruled out talks", "wants talks").
_LENDING_MEETINGS = frozenset(("refuse", "intend", "want", "threaten"))
_PERSONS = {"him", "her", "them", "whom"}
_SIDES_OF_NOUN = ("poss", "amod", "compound", "nmod", "nummod", "npadvmod")


@dataclass(slots=True)
class Match:
    """A word that tells an act, the words that tell it with it, and its two sides."""

    head: Token
    pattern: Pattern
    words: list[Token]
    sources: list[Token]
    targets: list[Token]
    taken: list[Token] = field(default_factory=list)


def lemma_of(token: Token) -> str:
    """The lemma as the lexicon writes it: names of things ("the Treaty") count as their common noun."""
    lemma = token.lemma.lower()
    if token.pos == "VERB":
        return mended_lemmas().get(lemma, lemma)
    if token.pos == "PROPN" and token.tag == "NNPS" and lemma.endswith("s"):
        return lemma[:-1]
    return lemma


def _open_clause(token: Token) -> bool:
    """Whether a clause is a complement ("asked him to leave"), or an infinitive that is read as an adjunct."""
    return token.dep in ("xcomp", "ccomp") or (token.dep == "advcl" and any(c.lower == "to" for c in token.all("aux")))


def _of_time(prep: Token) -> bool:
    """Whether a preposition opens a time: "called him on Friday" calls on nobody."""
    return prep.dep == "prep" and any(c.dep == "pobj" and c.ent in TIMES for c in prep.children)


def _names_place(token: Token) -> bool:
    """Whether a name before a noun says where, not whose: "the Tel Aviv bombing", but "US sanctions"."""
    return (
        token.dep in ("compound", "nmod")
        and token.ent in ("GPE", "LOC", "FAC")
        and not token.text.replace(".", "").isupper()
        and demonym_of(token.text) is None
    )


def _counted(token: Token) -> list[Token]:
    """The noun itself, and what it counts ("thousands of troops")."""
    of = next((c for c in token.children if c.dep == "prep" and c.lower == "of"), None)
    inner = of.child("pobj") if of is not None else None
    return [token, inner] if inner is not None else [token]


def _stands_alone(particle: Token, head: Token) -> bool:
    """Whether a word is the verb's particle ("took in") and no phrase of its own ("In May … took")."""
    return particle.dep not in ("prep", "agent") or particle.i == head.i + 1 or particle.child("pobj", "pcomp") is None


class Matcher:
    """Finds the heaviest pattern of each word, with its sides."""

    def __init__(self, book: EventBook, clauses: Clauses, cast: Cast) -> None:
        self.book, self.clauses, self.cast = book, clauses, cast
        self._frames: dict[int, Frame] = {}
        self._matches: dict[int, Match | None] = {}

    def known(self, tokens: list[Token]) -> bool:
        """Whether any of these noun phrases stands for an actor."""
        return any(self.cast.of(t.i) for t in tokens)

    # --- frames of any head ---

    def frame(self, head: Token) -> Frame:
        """The frame of a verb, an act noun or a predicative adjective."""
        known = self._frames.get(head.i)
        if known is None:
            kind = KIND_OF_POS.get(head.pos)
            if kind == "v":
                known = self._verb_frame(head)
            elif kind == "a":
                known = self._adjective_frame(head)
            else:
                known = self._noun_frame(head)
            self._frames[head.i] = known
        return known

    def _verb_frame(self, head: Token) -> Frame:
        frame = self.clauses.verb(head)
        if head.tag == "VBG" and not frame.objects:  # "the bombing of Lebanon", read as a verb
            frame.objects = [t for name, t in frame.pps if name == "of"]
            owners = self.clauses.owners(head)
            if owners:
                frame.subjects = owners
        return frame

    def _adjective_frame(self, head: Token) -> Frame:
        frame = Frame(head, pps=self.clauses.phrases(head))
        frame.particles = {name for name, _ in frame.pps}
        if head.head.pos in ("VERB", "AUX"):
            frame.subjects = self.clauses.surface_subjects(head.head)
            frame.pps = frame.pps + self.clauses.phrases(head.head)
        return frame

    def _noun_frame(self, head: Token) -> Frame:
        frame = Frame(head, pps=self.clauses.phrases(head))
        frame.objects = [t for name, t in frame.pps if name == "of"]
        frame.subjects = self.clauses.owners(head)
        if head.dep == "compound" and head.head.pos == "NOUN":  # its sides stand at the noun that it belongs to
            frame.pps = frame.pps + self.clauses.phrases(head.head)
            frame.subjects = frame.subjects or self.clauses.owners(head.head)
        frame.particles = {name for name, _ in frame.pps}
        return frame

    def operators(self, token: Token) -> tuple[Operator, ...]:
        """The operators that this word can be, those with their particle first."""
        kind = KIND_OF_POS.get(token.pos)
        if kind is None:
            return ()
        found = self.book.operators[kind].get(lemma_of(token))
        if kind == "v" and token.tag == "VBN" and token.lower in cue("ready") and not self.clauses.passive(token):
            found = self.book.operators["a"].get(token.lower)  # "is prepared to": a state, no preparation
        if not found:
            return ()
        fit = tuple(o for o in found if not o.particle or self._has_particle(token, o.particle))
        marked = [o for o in fit if o.particle]
        return tuple(marked) if marked else fit

    def _has_particle(self, token: Token, particle: str) -> bool:
        if particle.startswith("+"):  # a noun object ("take place")
            return any(c.dep in ("dobj", "attr", "acomp") and c.lower == particle[1:] for c in token.children)
        wanted = particle.split("|")
        deps = ("prt", "prep", "advmod", "acomp", "oprd")
        given = [c for c in token.children if c.lower in wanted and c.dep in deps and not _of_time(c)]
        if not given or given[0].dep != "prep":
            return bool(given)
        return not any(c.dep == "dobj" and c.i < given[0].i for c in token.children)  # "called him on it"

    def governor(self, noun: Token) -> tuple[Token, str] | None:
        """The verb that a noun phrase is object of, with its way of governing ("obj", or the preposition)."""
        token = noun
        while token.dep in ("conj", "appos") and token.head.pos in ("NOUN", "PROPN"):
            token = token.head
        if token.dep == "pobj" and token.head.lower == "of" and token.head.head.lemma in cue("ending"):
            token = token.head.head  # "ended two days of talks"
        head = token.head
        if token.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.pos in ("VERB", "AUX"):
            return head, "obj"
        if token.dep == "nsubj" and head.pos in ("VERB", "AUX"):
            return head, "subj"
        if token.dep == "pobj":
            above = head.head.head if head.head.dep == "prep" else head.head  # "pulled out of the talks"
            if above.pos in ("VERB", "AUX"):
                return above, head.lower
        for child in token.children:  # "the attack launched by rebels"
            if child.dep == "acl" and child.tag == "VBN":
                return child, "obj"
            if child.dep == "relcl" and any(o is token for o in self.clauses.verb(child).objects):
                return child, "obj"
        return None

    def light(self, noun: Token) -> tuple[Token, str] | None:
        """The light verb ("hold", "launch") that a noun is object of, with the operator's class."""
        governed = self.governor(noun.head if noun.dep == "compound" and noun.head.pos == "NOUN" else noun)
        if governed is None or governed[1] == "subj":
            return None
        verb, way = governed
        meeting = any(p.mutual for p in self.book.patterns["n"].get(lemma_of(noun), ()))
        meeting = meeting and not any(c.lower == "between" for c in noun.children)
        for operator in self.operators(verb):
            lends = operator.name in _LENDING or (meeting and operator.name in _LENDING_MEETINGS)
            if lends and way in operator.routes:
                return verb, operator.name
        return None

    # --- patterns ---

    def match(self, head: Token) -> Match | None:
        """The act that this word tells, by the heaviest pattern that fits."""
        if head.i in self._matches:
            return self._matches[head.i]
        found = self._match(head)
        self._matches[head.i] = found
        return found

    def _match(self, head: Token) -> Match | None:
        kind = KIND_OF_POS.get(head.pos)
        if kind is None:
            return None
        patterns = self.book.patterns[kind].get(lemma_of(head))
        if not patterns or not self._may_tell(head, kind):
            return None
        frame = self.frame(head)
        for pattern in patterns:
            words = self._fits(pattern, head, frame)
            if words is not None:
                return None if pattern.cameo == NO_ACT else self._sides(pattern, head, frame, words)
        return None

    def _may_tell(self, head: Token, kind: str) -> bool:
        if kind == "v":
            return head.dep not in ("aux", "auxpass", "amod", "compound", "prep")
        if head.dep == "compound" and kind == "n" and head.head.pos == "NOUN":  # "a mediation effort"
            return any("compound" in o.routes for o in self.operators(head.head))
        if kind == "n":
            return head.dep not in ("compound", "nmod", "poss", "npadvmod", "amod") and head.ent not in _NO_ACTS
        return head.dep in ("acomp", "conj", "oprd", "advcl", "ROOT", "ccomp", "xcomp")

    def _fits(self, pattern: Pattern, head: Token, frame: Frame) -> list[Token] | None:
        """The words beside the head that fill the pattern's slots; ``None`` where one is not filled."""
        words: list[Token] = []
        for slot in pattern.slots:
            word = self._fill(slot, head, frame)
            if word is None:
                return None
            words.append(word)
        return words

    def _fill(self, slot: Slot, head: Token, frame: Frame) -> Token | None:
        kind, lemmas = slot.kind, slot.lemmas
        if kind == "obj" and ANY in lemmas:
            return next((o for o in frame.objects if o.pos in ("NOUN", "PROPN", "PRON", "NUM")), None)
        if kind == "obj":
            if "*" in lemmas:
                return next(iter(frame.objects), None)
            somebody = (o for o in frame.objects if PERSON in lemmas and (o.ent == "PERSON" or o.lower in _PERSONS))
            return next((t for o in frame.objects for t in _counted(o) if lemma_of(t) in lemmas), next(somebody, None))
        if kind == "pp":
            pairs = frame.pps + [p for o in frame.objects for p in self.clauses.phrases(o)]
            return next(
                (t for name, o in pairs if name in slot.preps for t in _counted(o) if lemma_of(t) in lemmas), None
            )
        if kind == "prep":
            return next((t for name, t in frame.pps if name in slot.preps), None) or self._object_phrase(slot, frame)
        if kind == "particle":
            return next((c for c in head.children if c.lower in lemmas and _stands_alone(c, head)), None)
        if kind == "with":
            near = [*head.children, *(c for o in frame.objects for t in _counted(o) for c in t.children)]
            return next((c for c in near if lemma_of(c) in lemmas or c.lower in lemmas), None)
        if kind == "xcomp":
            return next((c for c in head.children if _open_clause(c) and lemma_of(c) in lemmas), None)
        return next((t for t in frame.subjects if lemma_of(t) in lemmas), None)

    def _object_phrase(self, slot: Slot, frame: Frame) -> Token | None:
        if frame.passive or len(frame.objects) != 1 or frame.head.pos not in ("VERB", "AUX"):
            return None
        return next((t for name, t in self.clauses.phrases(frame.objects[0]) if name in slot.preps), None)

    # --- sides ---

    def _sides(self, pattern: Pattern, head: Token, frame: Frame, words: list[Token]) -> Match:
        light = self.light(head) if pattern.kind == "n" else None
        told = [head, *(w for w, s in zip(words, pattern.slots, strict=True)
                        if s.kind not in ("prep", "xcomp", "subj") and w.pos not in ("VERB", "AUX"))]  # fmt: skip
        taken = [w for w, s in zip(words, pattern.slots, strict=True) if s.kind in ("obj", "pp", "xcomp")]
        to = pattern.to
        if pattern.kind == "n" and to == ("obj", "poss"):
            to = _NOUN_TO
        if pattern.kind == "n":
            sources, targets = self._noun_sides(pattern, to, frame, light)
        else:
            sources = self._look(pattern.source or ("subj",), frame, light)
            targets = self._look(to, frame, light, avoid=sources)
        if light is not None and light[1] == "receive" and not (self.known(sources) and self.known(targets)):
            sources, targets = self._received(frame, light[0])
        if light is not None and light[1] in ("light", "receive"):
            told.append(light[0])
        found = Match(head, pattern, told, sources, targets, taken)
        if pattern.mutual:
            self._mutual(found, frame)
        return found

    def _noun_sides(
        self, pattern: Pattern, to: tuple[str, ...], frame: Frame, light: tuple[Token, str] | None
    ) -> tuple[list[Token], list[Token]]:
        """The sides of an act noun: "of" names the doer only where something else names the one acted upon."""
        if pattern.source == ("none",):
            return [], self._look(to, frame, light)
        given = pattern.source or _NOUN_SOURCE
        both = "of" in to and "of" in given
        first = ["by", "subj"]
        if "poss" in given:  # "his arrest" is not of his doing: such nouns name no possessor as their doer
            first[1:1] = ["poss", "owner"]
        late = [w for w in given if w not in ("by", "poss", "owner", "subj") and not (both and w == "of")]
        sources = self._look((*first, *late), frame, light)
        targets = self._look(to, frame, light, avoid=sources)
        if both and not self.known(sources):
            others = self._look(tuple(w for w in to if w != "of"), frame, light, avoid=sources)
            doers = self._look(("of",), frame, light)
            if self.known(others) and doers:
                return doers, others
        return sources, targets

    def _received(self, frame: Frame, verb: Token) -> tuple[list[Token], list[Token]]:
        """The sides of "X received praise from Y", where the light verb's subject is acted upon."""
        outer = self.clauses.verb(verb)
        giver = [t for name, t in (*frame.pps, *outer.pps) if name in ("from", "by", "of")]
        return giver or frame.subjects, outer.subjects

    def _mutual(self, found: Match, frame: Frame) -> None:
        """Both sides of "A and B met" are its subject; of "talks between A and B" the pair."""
        between = [t for name, t in frame.pps if name in ("between", "among")]
        if not between and frame.head.pos == "NOUN" and not self.known(found.targets):
            between = [t for name, t in frame.pps if name == "of" and self.cast.of(t.i)]  # "a meeting of X and Y"
        if not between and frame.head.pos in ("VERB", "AUX"):
            between = [t for o in frame.objects for name, t in self.clauses.phrases(o) if name in ("between", "among")]
            if len(between) < 2:
                between = []
        if len(between) > 1 and not self.known([t for t in found.sources if t not in between]):
            found.sources = found.targets = between
        elif (not self.known(found.targets) and len(found.sources) > 1) or (
            not found.targets and len(found.sources) == 1 and found.sources[0].tag in ("NNS", "NNPS", "PRP")
        ):
            found.targets = found.sources

    def _look(self, wheres: tuple[str, ...], frame: Frame, light: tuple[Token, str] | None, avoid: list[Token] | None = None) -> list[Token]:  # fmt: skip  # noqa: E501
        """The noun phrases at the first of these places that holds an actor, else at the first that is filled."""
        first: list[Token] = []
        for where in wheres:
            tokens = [t for t in self._at(where, frame, light) if not avoid or t not in avoid]
            if tokens and self.known(tokens):
                return tokens
            first = first or tokens
        return first

    def _at(self, where: str, frame: Frame, light: tuple[Token, str] | None) -> list[Token]:
        if where == "none":
            return []
        if where == "subj":
            if light is not None and light[1] != "receive":
                outer = self.clauses.verb(light[0])
                return outer.subjects
            return frame.subjects if frame.head.pos != "NOUN" else []
        if where == "obj":
            return frame.objects
        if where == "dative":
            return frame.datives
        if where == "poss":
            return self._owner_inside(frame)
        if where == "owner":
            return self._named_inside(frame.head)
        found = [t for name, t in frame.pps if name == where]
        if not found and where in ("to", "for"):
            found = frame.datives
        if not found and frame.head.pos in ("VERB", "AUX"):
            found = [
                t for o in frame.objects if not frame.passive for name, t in self.clauses.phrases(o) if name == where
            ]
        if not found and light is not None and where != "by":
            found = [t for name, t in self.clauses.verb(light[0]).pps if name == where and t is not frame.head]
        if not found and where == "by" and light is not None:
            found = self.clauses.verb(light[0]).subjects if self.clauses.passive(light[0]) else []
        return [t for t in found if t.pos not in ("VERB", "AUX")]

    def _owner_inside(self, frame: Frame) -> list[Token]:
        if frame.head.pos not in ("VERB", "AUX", "ADJ"):
            return [t for c in frame.head.children if c.dep == "poss" for t in spread(c)]
        phrases = [*frame.objects, *(t for _, t in frame.pps)]
        for noun in phrases:
            inside = self._named_inside(noun)
            if inside:
                return inside
        return []

    def _named_inside(self, noun: Token) -> list[Token]:
        """Possessors and country adjectives of a noun phrase that are actors ("Pakistan's offer", "Iranian tests")."""
        if noun.dep == "compound" and noun.head.pos == "NOUN":
            noun = noun.head
        found: list[Token] = []
        for child in noun.children:
            if child.dep in _SIDES_OF_NOUN and self.cast.of(child.i) and not _names_place(child):
                found.extend(t for t in spread(child) if self.cast.of(t.i))
        return found
