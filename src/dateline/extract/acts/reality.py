"""Whether an act happened, goes on, is planned, possible, asked for, denied, did not happen or was called off.

A word's own auxiliaries, negations and adjectives say one thing (``Moods.local``), each word above it in the sentence
may change that (``Realities.context``); the rules are those of a reading (``reading.md``).
"""

from __future__ import annotations

from dateline.extract.acts.clauses import conjoined
from dateline.extract.acts.compose import combine, under
from dateline.extract.acts.match import Matcher
from dateline.extract.acts.moods import DEEPEST, Mood, Moods, has_child, inverted
from dateline.lexicons.eventbook import Operator, cue
from dateline.model import Annotated, Reality, Token

R = Reality

_WITHOUT = {"without", "sans"}
#: Classes of nouns that are acts of speech: refusing what they hold does not undo that they were said.
_SPOKEN = {"promise", "urge", "demand", "threaten", "report", "accuse", "intend", "attempt"}


class Realities(Moods):
    """Reads the reality of words of one report, each once."""

    def __init__(self, annotated: Annotated, matcher: Matcher) -> None:
        super().__init__(annotated, matcher)
        self._known: dict[tuple[int, str], Reality] = {}

    def of(self, token: Token, code: str = "000", depth: int = 0) -> Reality:
        """The reality of the act that this word tells."""
        known = self._known.get((token.i, code))
        if known is not None:
            return known
        if depth > DEEPEST:
            return R.HAPPENED
        found = self.local(token)
        if token.pos != "NOUN" or found is not R.NEGATED:  # "no attack", "a supposed attack": no word above undoes that
            found = combine(found, self.context(token, code, depth))
        self._known[token.i, code] = found
        return found

    def context(self, token: Token, code: str, depth: int) -> Reality | None:
        """What the words above make of this one; ``None`` where it stands for itself."""
        for _ in range(DEEPEST):
            if token.dep != "conj" or token.head is token:
                break
            token = conjoined(token)
        head, dep = token.head, token.dep
        if head is token or dep == "ROOT":
            mood = self.mood(token) if token.pos in ("VERB", "AUX") else None
            return R.PLANNED if mood is not None and mood.to and not mood.finite and not mood.perfect else None
        if dep in ("relcl", "ccomp") and _cleft(head if dep == "ccomp" else head.head):
            return self.local(head if dep == "ccomp" else head.head)
        if dep == "relcl" and token.pos in ("VERB", "AUX") and self.mood(token).to:
            dep = "acl"
        if dep == "relcl":
            if any(c.dep == "det" and c.lower in ("any", "whichever", "whatever") for c in head.children):
                return R.POSSIBLE
            return R.NEGATED if self.nobody(head) else None
        if token.pos in ("VERB", "AUX"):
            return self._above_verb(token, head, dep, code, depth)
        if token.pos == "ADJ" and dep in ("acomp", "oprd"):
            return self.context(head, code, depth + 1) if depth < DEEPEST else None
        return self._above_noun(token, head, dep, code, depth)

    def _apply(
        self, head: Token, route: str, code: str, depth: int, clause: Token | None = None, noun: Token | None = None
    ) -> tuple[bool, Reality | None]:
        """Whether an operator takes the act by this route, and what it makes of it."""
        for operator in self.matcher.operators(head):
            if route not in operator.routes or (clause is not None and not suits(operator, self.mood(clause))):
                continue
            if noun is not None and not self._takes(operator, route, noun):
                continue
            if operator.name == "judge" and noun is not None and _indefinite(noun) and self.mood(head).modal == "would":
                return True, R.POSSIBLE  # "would welcome a withdrawal"
            if operator.name in ("accuse", "suspect", "report") and self._falsely(head):
                return True, R.NEGATED
            if operator.name == "stop" and ends(head, code):
                return True, self.of(head, depth=depth + 1)
            undone = self._refused(head, depth)
            inner = code if operator.name == "aspect" and head.pos == "NOUN" else "000"  # "ended two days of talks"
            return True, undone or under(operator.name, self.of(head, inner, depth + 1), code)
        return False, None

    def _takes(self, operator: Operator, route: str, noun: Token) -> bool:
        """Whether an operator undoes the noun itself: "failed" an attempt but no attack, "rejected" no offer."""
        names = {o.name for o in self.matcher.operators(noun)}
        if operator.name == "fail" and route == "subj":
            return bool(names & {"attempt", "intend", "promise"}) or has_child(noun, "attempted")
        if operator.name == "back":
            return _indefinite(noun)
        if operator.name == "refuse":
            return not names & _SPOKEN
        return True

    def _refused(self, head: Token, depth: int) -> Reality | None:
        """What refusing or denying the noun that governs an act makes of it ("rejected calls to meet")."""
        if head.pos != "NOUN" or head.dep not in ("dobj", "nsubjpass") or head.head.pos != "VERB":
            return None
        for operator in self.matcher.operators(head.head):
            if operator.name == "refuse" and "obj" in operator.routes:
                names = {o.name for o in self.matcher.operators(head)}
                name = "deny" if names & {"report", "accuse"} else "refuse"
                return under(name, self.of(head.head, depth=depth + 1), "000")
        return None

    def _above_verb(self, verb: Token, head: Token, dep: str, code: str, depth: int) -> Reality | None:
        marks = {c.lower for c in verb.children if c.dep in ("mark", "advmod", "cc")}
        if dep == "advcl":
            return self._above_adverbial(verb, head, marks, code, depth)
        if dep in ("pcomp", "pobj"):
            return self._above_preposition(verb, head, code, depth)
        if dep in (
            "ccomp",
            "acl",
            "xcomp",
            "csubj",
            "nsubj",
            "csubjpass",
            "nsubjpass",
            "dobj",
            "attr",
            "oprd",
            "parataxis",
            "appos",
        ):
            return self._above_complement(verb, head, dep, marks, code, depth)
        return None

    def _above_complement(
        self, verb: Token, head: Token, dep: str, marks: set[str], code: str, depth: int
    ) -> Reality | None:
        mood = self.mood(verb)
        if marks & {"whether", "if"}:
            return R.POSSIBLE
        if marks & cue("beside"):  # a clause of time, read as a complement
            return None
        noun = head.pos in ("NOUN", "PROPN", "PRON")
        route = (
            "acl"
            if noun
            else {"csubj": "subj", "nsubj": "subj", "csubjpass": "obj", "nsubjpass": "obj", "dobj": "obj"}.get(dep, dep)
        )
        if mood.perfect and mood.to and head.lemma == "be" and route == "xcomp":  # "was to have met"
            return R.CALLED_OFF
        if route in ("ccomp", "xcomp") and self._falsely(head):
            return R.NEGATED
        if mood.perfect and mood.to and route == "xcomp":  # "is said to have attacked"
            outer = self.of(head, depth=depth + 1)
            return outer if outer in (R.NEGATED, R.DENIED) else None
        if route == "xcomp" and mood.to and head.lemma in ("be", "have") and has_child(head, "yet"):
            return R.NEGATED  # "has yet to meet"
        if route == "xcomp" and head.lemma == "have" and self.mood(head).past and not self.mood(head).negated:
            return None  # "had to withdraw"
        taken, found = self._apply(head, route, code, depth, verb)
        if not taken and route == "ccomp" and head.pos in ("VERB", "AUX"):
            taken, found = self._copula(head, code, depth, verb)
        if taken:
            return found
        if noun:
            if dep == "acl" and self._supposed(head):
                return R.POSSIBLE
            return R.PLANNED if mood.to and not mood.perfect else None
        outer = self.of(head, depth=depth + 1)
        if route == "subj":
            return R.POSSIBLE if outer in (R.PLANNED, R.POSSIBLE, R.NEGATED) else None
        if route == "ccomp" and dep == "ccomp" and not mood.to:
            return R.POSSIBLE if outer is R.NEGATED else None
        if mood.to and verb.tag == "VB":
            return R.PLANNED if outer in (R.HAPPENED, R.ONGOING) else outer
        return outer

    def _supposed(self, noun: Token) -> bool:
        """Whether a thing is only supposed, by what would come of it: "a missile fired from X would mean war"."""
        subject = noun.dep in ("nsubj", "nsubjpass") and noun.head.pos in ("VERB", "AUX")
        return subject and _indefinite(noun) and self.mood(noun.head).modal in ("would", "may")

    def _copula(self, verb: Token, code: str, depth: int, clause: Token) -> tuple[bool, Reality | None]:
        """ "It is unclear that …", "It is not true that …": the clause hangs on the copula."""
        for child in verb.children:
            if child.dep in ("acomp", "attr") and child.i < clause.i:
                taken, found = self._apply(child, "ccomp" if child.dep == "acomp" else "acl", code, depth, clause)
                if taken:
                    return taken, found
        return False, None

    @staticmethod
    def _falsely(head: Token) -> bool:
        return any(c.lower in cue("falsely") and c.dep == "advmod" for c in head.children)

    def _above_adverbial(self, verb: Token, head: Token, marks: set[str], code: str, depth: int) -> Reality | None:
        mood = self.mood(verb)
        if marks & cue("if") or inverted(verb):
            return R.NEGATED if inverted(verb) and mood.perfect else R.POSSIBLE
        before = self.annotated.tokens[verb.left - 1 : verb.left] if verb.left else []
        if any(t.lower in ("case", "event") and t.dep == "pobj" for t in before):  # "in case X attacks"
            return R.POSSIBLE
        if "as" in marks and marks & {"if", "though"}:
            return R.POSSIBLE
        if head.lower == "soon" and head.head is not head:  # "as soon as X attacks"
            head = head.head
        outer = self.of(head, depth=depth + 1) if head.pos in ("VERB", "AUX", "NOUN", "ADJ") else R.HAPPENED
        if marks & cue("not_yet"):
            return R.PLANNED if not mood.past else None
        if marks & cue("once") and mood.finite and not mood.past and not mood.perfect:
            return R.PLANNED if outer in (R.PLANNED, R.DEMANDED, R.POSSIBLE) else None
        if marks & {"than", "rather", "instead"}:
            return R.NEGATED
        if mood.finite or (marks and not mood.to):
            return R.PLANNED if "so" in marks and mood.modal else None
        bound = mood.to or (verb.tag == "VBG" and 0 < verb.left - head.i <= 2)  # "ruled out meeting them"
        taken, found = self._apply(head, "xcomp", code, depth, verb) if bound else (False, None)
        if taken:
            return found
        if mood.to:
            return R.PLANNED if outer in (R.HAPPENED, R.ONGOING, R.PLANNED) else outer
        return None if outer in (R.HAPPENED, R.ONGOING) else outer

    def _above_preposition(self, token: Token, prep: Token, code: str, depth: int) -> Reality | None:
        """Of a gerund or a noun under a preposition."""
        word, governor = prep.lower, prep.head
        if word == "of" and governor.dep == "prep" and governor.lower == "out":
            governor = governor.head
        fixed = self._fixed_phrase(token, prep, governor)
        if fixed is not None:
            return None if fixed is R.HAPPENED else fixed
        if governor.pos not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON"):
            return None
        taken, found = self._governed(token, governor, word, code, depth)
        if taken:
            return found
        if word == "as" and governor.pos == "VERB" and self.mood(governor).modal in ("would", "may"):
            return R.POSSIBLE  # "would be seen as an attack"
        if governor.pos not in ("VERB", "AUX"):
            gerund = token.pos == "VERB" and governor.pos == "NOUN" and word in ("of", "for")
            return R.NEGATED if gerund and self.local(governor) is R.NEGATED else None
        outer = self.of(governor, depth=depth + 1)
        by_way_of = word in ("by", "in") and token.pos == "VERB"
        bound = by_way_of or (word in ("for", "in", "to") and governor.lemma in cue("motion"))
        return outer if bound and outer not in (R.HAPPENED, R.ONGOING) else None

    def _fixed_phrase(self, token: Token, prep: Token, governor: Token) -> Reality | None:
        """What a preposition says by itself ("without", "in case of"); ``HAPPENED`` stands for nothing."""
        word, above = prep.lower, governor.lower
        beside = {c.lower for c in prep.children}
        if word in _WITHOUT or (word == "of" and (above in ("instead", "short") or "instead" in beside)):
            return R.NEGATED
        if word == "to" and above == "close":  # "came close to attacking", but "is close to a deal"
            return R.NEGATED if governor.head.lemma == "come" else R.POSSIBLE
        if word == "from" and above == "far":
            return R.NEGATED
        if word == "of" and above in ("case", "event"):
            return R.POSSIBLE
        if word == "than":
            rather = above == "rather" or "rather" in beside or has_child(governor, "rather")
            return R.NEGATED if rather else R.HAPPENED
        if word in cue("ahead") or (word in ("of", "to") and above in ("ahead", "prior")):
            return R.HAPPENED if word == "before" and token.pos != "NOUN" else R.PLANNED
        if token.pos == "VERB" and self.mood(token).to:  # "works with them to win", hung on "with"
            return R.PLANNED
        return None

    def _governed(self, token: Token, governor: Token, word: str, code: str, depth: int) -> tuple[bool, Reality | None]:
        """What the word above the preposition makes of what stands under it."""
        noun = token if token.pos == "NOUN" else None
        taken, found = self._apply(governor, word, code, depth, noun=noun)
        if not taken and any(word in o.particle.split("|") for o in self.matcher.operators(governor)):
            # "ruled out meeting them", with "out" read as a preposition
            taken, found = self._apply(governor, "obj", code, depth, noun=noun)
        if not taken and governor.dep == "dobj" and governor.head.pos == "VERB":
            # "suspects X of attacking", hung on X
            taken, found = self._apply(governor.head, word, code, depth)
        return taken, found

    def _above_noun(self, noun: Token, head: Token, dep: str, code: str, depth: int) -> Reality | None:
        if dep in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
            route = "attr" if dep == "attr" else "obj"
        elif dep == "nsubj":
            route = "subj"
        elif dep == "pobj":
            return self._above_preposition(noun, head, code, depth)
        elif dep in ("compound", "nmod", "amod"):
            route = "compound"
        elif dep == "appos":
            return self.context(head, code, depth + 1) if depth < DEEPEST else None
        else:
            return None
        if self.nobody(noun):
            return None  # "there was no attack": the noun says so itself
        if route == "subj" and head.lemma in cue("copulas"):
            taken, found = self._of_copula(noun, head, code, depth)
        else:
            taken, found = self._apply(head, route, code, depth, noun=noun)
        if taken:
            return found
        if route == "subj" and head.pos in ("VERB", "AUX"):
            open_ = self.mood(head).modal in ("would", "may") and self.local(head) is not R.NEGATED
            return R.POSSIBLE if open_ and _indefinite(noun) else None
        if route == "obj" and _indefinite(noun) and self.mood(head).modal == "would":
            return R.POSSIBLE
        if route == "attr":
            return self.of(head, depth=depth + 1)
        return None

    def _of_copula(self, noun: Token, verb: Token, code: str, depth: int) -> tuple[bool, Reality | None]:
        """ "The talks are possible", "Reports … are false": the predicate speaks of the subject."""
        for child in verb.children:
            if child.dep in ("acomp", "attr", "oprd"):
                taken, found = self._apply(child, "subj", code, depth)
                if taken:
                    return True, found
        outer = self.local(verb)
        indefinite = any(c.dep == "det" and c.lower in ("a", "an", "any") for c in noun.children)
        if outer in (R.PLANNED, R.POSSIBLE) and (indefinite or self.mood(verb).modal == "may"):
            return True, R.POSSIBLE if indefinite else None
        if not any(c.dep in ("acomp", "attr") for c in verb.children) and outer is not R.HAPPENED:
            return True, outer  # "the talks will be in Geneva"
        return True, None


def _indefinite(noun: Token) -> bool:
    """Whether a noun phrase speaks of an act not known yet: "a withdrawal", "talks", not "the attack"."""
    return not any(c.dep in ("det", "poss") and c.lower not in ("a", "an", "any", "no") for c in noun.children)


def _cleft(verb: Token) -> bool:
    """Whether a copula opens "It was (not) X that …"."""
    return (
        verb.lemma == "be"
        and any(c.lower == "it" and c.dep == "nsubj" for c in verb.children)
        and any(c.dep == "attr" and c.pos in ("NOUN", "PROPN") for c in verb.children)
    )


def ends(verb: Token, code: str) -> bool:
    """Whether a verb tells no more than that a meeting came to its end: "ended talks", but "broke off talks"."""
    if not code.startswith("04"):
        return False
    if verb.pos == "NOUN":  # "at the end of two days of talks"
        return verb.lemma in ("end", "conclusion", "close")
    if verb.lemma in ("conclude", "finish") or (verb.lemma == "end" and verb.tag == "VBG"):
        return True
    return verb.lemma == "end" and any(_runs_out(noun) for noun in verb.all("dobj", "nsubjpass"))


def _runs_out(noun: Token) -> bool:
    """Whether a meeting has an end of its own: a visit, "two days of talks", "a two-day meeting"."""
    if noun.lemma in cue("ending"):
        return True
    before = {part for c in noun.children if c.i < noun.i for part in c.lower.split("-")}
    return bool(before & {"day", "hour", "week", "month"})


def suits(operator: Operator, mood: Mood) -> bool:
    """Whether a clause can be what an operator asks for: "insisted that he attacked" is no demand."""
    if operator.name not in ("demand", "urge", "want", "allow", "ban"):
        return True
    return mood.to or not mood.finite or mood.modal == "must"
