"""Finds the other side of an act where its own pattern names none: deeper in its phrases, or in clauses beside it."""

from __future__ import annotations

from dateline.extract.acts.clauses import spread
from dateline.extract.acts.compose import OF_ANOTHER
from dateline.extract.acts.match import Matcher
from dateline.extract.acts.senses import Sense, Senses
from dateline.lexicons.eventbook import cue
from dateline.model import Reality, Token

#: How many words of a phrase are looked at.
_MOST = 30
_TOWARDS = (
    *("with", "to", "against", "on", "upon", "from", "for", "toward", "towards", "over", "into", "at", "about", "of"),
    *("by", "between", "among", "after", "despite", "following", "under"),
)
_WHERE = ("in", "inside", "across", "throughout", "near", "outside", "around", "off")
_CLAUSES = ("relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "punct", "appos", "parataxis")
#: Types of acts that a condition turns on another ("threatened to strike unless X gave way").
_CONDITIONED = {"THREATEN", "REJECT", "REQUEST", "AGREE", "PROTEST", "SANCTION"}
#: Types of acts that are done in a country to that country or its people.
_ON_GROUND = {"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "AID", "RETREAT", "CONCEDE"}
#: Types of acts of two parties, and how far up the clause the other party is looked for.
_OF_PARTIES = ("CONSULT", "AGREE", "COOPERATE")
_MOST_STEPS = 6
#: Acts that only those who rule a place can do there ("was arrested in X").
_OF_RULERS = ("17",)


#: Types of acts that are done by speaking.
_OF_SPEAKERS = ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT")
_DOERS = ("nsubj", "nsubjpass")


class Completion:
    """Completes the sides of acts from the words around them."""

    def __init__(self, matcher: Matcher, senses: Senses) -> None:
        self.matcher, self.senses = matcher, senses
        self.cast = matcher.cast
        self._countries = {a.id: a.country for a in self.cast.actors}

    def complete(self, sense: Sense) -> None:
        """Give an act without a known target one, and a deed of rulers without a doer the state it was done in."""
        known = self.matcher.known
        if not known(sense.sources):
            self._doer(sense)
        if not known(sense.sources) and sense.head.pos == "VERB" and sense.code.startswith(_OF_RULERS):
            self._ruler(sense)
        if not known(sense.sources) and known(sense.targets) and sense.head.pos == "NOUN":
            self._party(sense)
        self._told_by_noun(sense)
        mine = self._ids(sense.sources)
        if (
            sense.targets
            and known(sense.targets)
            and (sense.targets == sense.sources or self._ids(sense.targets) - mine)
        ):
            return
        if any(t.tag == "PRP" for t in sense.targets):
            return  # somebody is named, but nobody knows who
        denied = self._denies(sense)  # a denial has no other side but its accuser
        for tokens in self._accusers(sense) if denied else self._candidates(sense):
            others = [t for t in tokens if self._other(t, sense, mine)]
            if others:
                sense.targets = others
                return

    def _party(self, sense: Sense) -> None:
        """Give talks "with X" their other side: the doer of their clause ("withdrew after talks with X")."""
        if sense.type not in _OF_PARTIES or not any(name == "with" for name, _ in self.matcher.frame(sense.head).pps):
            return
        token = sense.head
        for _ in range(_MOST_STEPS):
            if token.head is token:
                return
            said, token = token.dep in ("ccomp", "relcl", "acl"), token.head
            if said:
                return
            if token.pos not in ("VERB", "AUX"):
                continue
            doers = [t for t in self.matcher.clauses.verb(token).subjects if t is not sense.head]
            if self.matcher.known(doers) and not self._ids(doers) & self._ids(sense.targets):
                sense.sources = doers
                return

    def _told_by_noun(self, sense: Sense) -> None:
        """Add whom the noun of "killed in a strike on X" names, where the verb's object is nobody's people."""
        if any(self._countries.get(i) for i in self._ids(sense.targets)):
            return
        for noun in sense.taken:
            act = self.senses.of(noun) if noun.pos == "NOUN" else None
            if act is not None and act.type == sense.type:
                sense.targets = sense.targets + [t for t in act.targets if t not in sense.targets]

    def _denies(self, sense: Sense) -> bool:
        names = {o.name for o in self.matcher.operators(sense.head)}
        if "deny" in names:
            return True
        objects = self.matcher.frame(sense.head).objects if "refuse" in names else []
        return any(o.name == "report" for t in objects for o in self.matcher.operators(t))

    def _accusers(self, sense: Sense) -> list[list[Token]]:
        """Whose charge a denial speaks of ("denied the Togolese charge")."""
        acts = [self.senses.of(t) for t in self.matcher.frame(sense.head).objects if t.pos == "NOUN"]
        return [act.sources for act in acts if act is not None and act.type == "ACCUSE"]

    def _other(self, token: Token, sense: Sense, mine: set[str]) -> bool:
        """Whether a word stands for somebody else than the doer; who moves troops moves his own."""
        ids = set(self.cast.of(token.i))
        if not ids or ids & mine or token in sense.sources:
            return False
        if sense.type not in ("RETREAT", "MOBILIZE"):
            return True
        return not {self._countries.get(i) for i in ids} & {self._countries.get(i) for i in mine} - {None}

    def _ids(self, tokens: list[Token]) -> set[str]:
        return {i for t in tokens for i in self.cast.of(t.i)}

    def _doer(self, sense: Sense) -> None:
        """The actor named inside the doer's phrase, or who put out the words that do it ("a letter threatening …")."""
        for token in sense.sources:
            act = self.senses.of(token)
            if act is not None and act is not sense and self.matcher.known(act.sources):
                sense.sources = act.sources  # "Their attack killed three": those who attacked
                return
            inside = [t for t in _inside(token)[:8] if t is not token and self.cast.of(t.i) and t.dep != "pobj"]
            if inside:
                sense.sources = inside[:1]
                return
        head = sense.head
        if sense.type in _OF_SPEAKERS and (speaker := self._speaker(head)):
            sense.sources = speaker  # "said that the talks were bad, and accused X": read as what the talks did
            return
        for blame in head.all("acl"):  # "the attack blamed on X"
            if head.pos == "NOUN" and blame.lemma in ("blame", "attribute"):
                blamed = [t for name, t in self.matcher.clauses.phrases(blame) if name in ("on", "to")]
                if self.matcher.known(blamed):
                    sense.sources, sense.targets = blamed, [t for t in sense.targets if t not in blamed]
                    return
        for name, noun in self.matcher.frame(head).pps:  # "killed in an attack by X"
            act = self.senses.of(noun) if name in ("in", "during", "by", "from") and noun.pos == "NOUN" else None
            if act is not None and act.type == sense.type and self.matcher.known(act.sources):
                sense.sources = act.sources
                return
        in_protest = sense.type == "PROTEST" and head.dep == "pobj" and head.head.lower == "in"
        if in_protest and head.head.head.pos == "VERB":  # "left in protest at …"
            sense.sources = sense.sources or self.matcher.clauses.verb(head.head.head).subjects
            return
        if head.dep == "acl" and head.tag == "VBG" and head.head.dep in ("dobj", "pobj"):
            governor = head.head.head
            if governor.dep == "prep":
                governor = governor.head
            if governor.pos == "VERB" and self.senses.realities.of(governor) is Reality.HAPPENED:
                subjects = self.matcher.clauses.verb(governor).subjects
                if self.matcher.known(subjects):
                    sense.sources = subjects

    def _speaker(self, verb: Token) -> list[Token]:
        """Who speaks, for a verb that goes on from what is said though it tells what the speaker does."""
        said = verb.head
        if verb.dep != "conj" or verb.tag != "VBD" or said.dep != "ccomp":
            return []
        if any(c.dep in _DOERS for c in verb.children):
            return []
        above = said.head
        if above.pos != "VERB" or above.tag != "VBD" or above.i > verb.i:
            return []
        subjects = self.matcher.clauses.verb(above).subjects
        return subjects if self.matcher.known(subjects) else []

    def _ruler(self, sense: Sense) -> None:
        frame = self.matcher.frame(sense.head)
        if not frame.passive:
            return
        for where, token in frame.pps:
            if where in ("in", "at") and self.cast.of(token.i):
                sense.sources, sense.unsure = [token], True
                return

    def _candidates(self, sense: Sense) -> list[list[Token]]:
        """Where another side may stand, the likeliest first."""
        head = sense.head
        frame = self.matcher.frame(head)
        light = self.matcher.light(head) if head.pos == "NOUN" else None
        pps = frame.pps + (self.matcher.clauses.verb(light[0]).pps if light is not None else [])
        found: list[list[Token]] = []
        if sense.operator in OF_ANOTHER or sense.type == "REQUEST":
            found.append(self._asked(head))
        for noun in frame.objects:
            found.extend(self._of_object(sense, noun))
        for name, noun in pps:
            if name in _TOWARDS and noun.pos not in ("VERB", "AUX"):
                of_deed = sense.code == "114" and name in ("against", "over", "at")  # who did what is protested against
                found.extend(self._of_object(sense, noun) if of_deed else [_inside(noun)])
        found.extend(self._beside(sense, head))
        if light is not None:
            found.extend(self._beside(sense, light[0]))
        if head.pos == "NOUN" and sense.type in _ON_GROUND:  # "the Tel Aviv bombing"
            found.append([c for c in head.children if c.dep in ("compound", "nmod")])
        if sense.type in _CONDITIONED:
            found.extend(self._conditions(head))
        if sense.type in _ON_GROUND or sense.code == "042":
            found.extend([t] for name, t in pps if name in _WHERE and t.ent in ("GPE", "LOC", "NORP"))
        return found

    def _of_object(self, sense: Sense, noun: Token) -> list[list[Token]]:
        """The sides of what an act is done to; of an act that is condemned only its doer counts."""
        inner = self.senses.of(noun)
        if inner is None or not inner.own:
            return [_inside(noun), *(self._makers(noun) if sense.type in _OF_SPEAKERS else ())]
        if sense.type == "ACCUSE":
            return [inner.sources]
        return [inner.targets, inner.sources, _inside(noun)]

    def _makers(self, noun: Token) -> list[list[Token]]:
        """Who made what is rejected or welcomed: "the plan for a force that X announced"."""
        nouns = [noun, *(t for c in noun.children if c.dep == "prep" for t in c.all("pobj"))]
        return [self.matcher.clauses.verb(c).subjects for t in nouns for c in t.all("relcl") if c.pos == "VERB"]

    def _asked(self, head: Token) -> list[Token]:
        """Who shall do what is asked for, though it is no act of the lexicon ("demanded that X keep its word")."""
        for child in head.children:
            if child.dep in ("ccomp", "xcomp", "acl", "advcl") and child.pos in ("VERB", "AUX"):
                subject = child.child("nsubj", "nsubjpass")
                if subject is not None:
                    return spread(subject)
            if child.dep in ("dobj", "prep"):  # "repeated its demand that X …"
                for noun in [child] if child.dep == "dobj" else child.all("pobj"):
                    for clause in noun.all("acl", "ccomp"):
                        subject = clause.child("nsubj", "nsubjpass")
                        if subject is not None:
                            return spread(subject)
        return []

    def _beside(self, sense: Sense, head: Token) -> list[list[Token]]:
        """The sides of acts in purposes, participles and complements of the act's own clause."""
        found: list[list[Token]] = []
        for child in head.children:
            if child.dep not in ("advcl", "xcomp", "ccomp", "acl", "prep"):
                continue
            if child.dep == "prep":
                clauses = child.all("pcomp")
            elif any(c.dep == "mark" and (child.dep == "advcl" or c.lower in cue("beside")) for c in child.children):
                continue
            else:
                clauses = [child]
            for clause in clauses:
                inner = self.senses.of(clause)
                if inner is not None and sense.type in ("ACCUSE", "REQUEST"):
                    found.append(inner.sources)
                elif inner is not None:
                    found.extend((inner.targets, inner.sources))
                elif clause.pos == "VERB":
                    found.extend(_inside(o) for o in self.matcher.frame(clause).objects)
        return found

    def _conditions(self, head: Token) -> list[list[Token]]:
        found: list[list[Token]] = []
        for token in (head, *head.all("xcomp", "ccomp")):
            for clause in token.all("advcl"):
                if any(c.dep == "mark" and c.lower in ("unless", "if", "until") for c in clause.children):
                    found.append([t for s in clause.all("nsubj", "nsubjpass") for t in spread(s)])
        return found


def _inside(noun: Token) -> list[Token]:
    """The words of a noun phrase, the head first and then nearest first, without clauses; bounded."""
    found: list[Token] = []
    queue = [noun]
    while queue and len(found) < _MOST:
        token = queue.pop(0)
        found.append(token)
        queue.extend(c for c in token.children if c.dep not in _CLAUSES)
    for clause in noun.all("acl")[:2]:  # "crimes committed by X"
        found.extend(t for c in clause.children if c.dep in ("agent", "prep") for t in c.all("pobj"))
    return found
