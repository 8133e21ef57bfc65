"""Whether an act happened, goes on, is planned, possible, asked for, denied, did not happen or was called off.

A word's own auxiliaries, negations and adjectives say one thing (``Realities.local``), each word above it in the
sentence may change that (``Realities.context``); the rules are those of a reading (``reading.md``).
"""

from __future__ import annotations

from typing import NamedTuple

from dateline.extract.acts.compose import combine, under
from dateline.extract.acts.match import Matcher
from dateline.lexicons.eventbook import Operator, cue
from dateline.model import Annotated, Reality, Token

R = Reality

#: How far up the tree a word is followed; a bound for odd parses.
DEEPEST = 14
_NOT = {"not", "n't", "never", "nt", "neither", "nor", "hardly", "scarcely", "nowhere", "n’t"}
_NO = {"no", "neither", "zero"}
_WITHOUT = {"without", "sans"}
_WILL = {"will", "'ll", "wo", "shall", "’ll", "wilt"}
_WOULD = {"would", "'d", "’d"}
_MAY = {"may", "might", "could", "can", "ca"}
_MUST = {"must", "should", "ought", "need", "needs"}
#: Classes of nouns that are acts of speech: refusing what they hold does not undo that they were said.
_SPOKEN = {"promise", "urge", "demand", "threaten", "report", "accuse", "intend", "attempt"}


class Mood(NamedTuple):
    """What the auxiliaries of a verb say: ``modal`` is "will", "would", "may", "must" or ""; ``to`` an infinitive."""

    modal: str
    negated: bool
    perfect: bool
    progressive: bool
    to: bool
    finite: bool
    past: bool


class Realities:
    """Reads the reality of words of one report, each once."""

    def __init__(self, annotated: Annotated, matcher: Matcher) -> None:
        self.annotated, self.matcher = annotated, matcher
        self._known: dict[tuple[int, str], Reality] = {}
        self._moods: dict[int, Mood] = {}

    # --- moods ---

    def mood(self, verb: Token) -> Mood:
        """The mood of a verb, with what a conjoined verb shares with the one before it ("did not shoot or bomb")."""
        known = self._moods.get(verb.i)
        if known is None:
            known = self._moods[verb.i] = self._mood(verb, 0)
        return known

    def _mood(self, verb: Token, depth: int) -> Mood:
        modal, negated, perfect, progressive, to, has_aux, being = "", False, False, False, False, False, False
        for child in verb.children:
            word, dep = child.lower, child.dep
            if dep in ("aux", "auxpass"):
                has_aux = has_aux or word != "to"
                to = to or word == "to"
                modal = modal or _modal(word)
                perfect = perfect or (child.lemma == "have" and dep == "aux")
                progressive = progressive or (child.lemma == "be" and dep == "aux" and verb.tag == "VBG")
                being = being or (word == "being" and dep == "auxpass")
                has_past = child.tag == "VBD"
                if has_past and not modal and perfect:
                    modal = ""
            elif (
                (dep == "neg" and (child.i <= verb.i + 1 or verb.lemma == "be") and not self._not_only(child))
                or (word == "longer" and _has(child, "no"))
                or (word in _NOT and dep in ("advmod", "preconj", "cc") and child.i < verb.i)
            ):
                negated = True
        if verb.dep == "conj" and any(c.dep == "cc" and c.lower == "nor" for c in verb.head.children):
            negated = True
        if not has_aux and not to and verb.dep == "conj" and verb.tag in ("VB", "VBN", "VBG") and depth < DEEPEST:
            return self._shared(verb, negated, depth)
        # "is being held" goes on; "after being held" does not say so
        progressive = progressive or (being and sum(c.lemma == "be" for c in verb.children) > 1)
        past = verb.tag == "VBD" or any(c.tag == "VBD" for c in verb.children if c.dep in ("aux", "auxpass"))
        finite = verb.tag in ("VBD", "VBZ", "VBP") or any(
            c.tag in ("VBD", "VBZ", "VBP", "MD") for c in verb.children if c.dep in ("aux", "auxpass")
        )
        return Mood(modal, negated, perfect, progressive, to, finite, past)

    def _not_only(self, negation: Token) -> bool:
        """Whether a negation opens "not only …, but also …", which denies nothing."""
        after = self.annotated.tokens[negation.i + 1 : negation.i + 2]
        return any(t.lower in ("only", "just", "merely") for t in (*after, *negation.children))

    def _shared(self, verb: Token, negated: bool, depth: int) -> Mood:
        head = verb.head
        if head.pos not in ("VERB", "AUX"):
            return Mood("", negated, False, False, verb.tag == "VB", False, False)
        first = self._mood(head, depth + 1)
        if any(c.dep in ("nsubj", "nsubjpass") for c in verb.children):
            return Mood("", negated, False, False, False, False, False)
        contrast = any(c.dep == "cc" and c.lower == "but" for c in head.children)
        return first._replace(negated=negated or (first.negated and not contrast))

    # --- what a word says itself ---

    def local(self, token: Token) -> Reality:
        """What a word's own auxiliaries, negations, adjectives and adverbs say."""
        if token.pos in ("VERB", "AUX"):
            return self._local_verb(token)
        if token.pos == "ADJ":
            verb = token.head if token.head.pos in ("VERB", "AUX") else None
            negated = any(c.dep == "neg" or c.lower in _NOT for c in token.children if c.i < token.i)
            above = self._local_verb(verb) if verb is not None else R.HAPPENED
            return R.NEGATED if negated else above
        return self._local_noun(token)

    def _local_verb(self, verb: Token) -> Reality:
        mood = self.mood(verb)
        found = self._of_mood(verb, mood)
        if found in (R.HAPPENED, R.ONGOING):
            found = self._of_sides(verb, found)
        if found in (R.HAPPENED, R.ONGOING, R.PLANNED) and self._conditional(verb):
            return R.POSSIBLE if not mood.past or mood.modal else found
        if found in (R.HAPPENED, R.ONGOING, R.PLANNED) and self._asked(verb):
            return R.POSSIBLE
        return found

    def _of_mood(self, verb: Token, mood: Mood) -> Reality:
        modal, negated = mood.modal, mood.negated
        if any(c.lower in cue("nearly") and c.dep == "advmod" for c in verb.children):
            return R.NEGATED
        if modal == "must" and mood.perfect and not negated and _has(verb, "must"):
            return R.POSSIBLE
        if modal == "must":
            return (
                R.NEGATED
                if negated or (mood.perfect and not any(c.lower == "must" for c in verb.children))
                else R.DEMANDED
            )
        if modal == "may":
            impossible = negated and any(c.lower in ("can", "ca", "could", "cannot") for c in verb.children)
            return R.NEGATED if impossible else R.POSSIBLE
        if modal in ("will", "would"):
            if mood.perfect and modal == "would":  # what would have happened did not, and the other way round
                return R.POSSIBLE if negated else R.NEGATED
            return R.NEGATED if negated else R.PLANNED
        if negated:
            return R.NEGATED
        adverbs = {c.lower for c in verb.children if c.dep == "advmod"}
        if adverbs & cue("maybe"):
            return R.POSSIBLE
        if mood.progressive:
            return R.PLANNED if self._future(verb) and not mood.past else R.ONGOING
        if not mood.past and mood.finite and not mood.perfect:
            if self._future(verb):
                return R.PLANNED
            if verb.lemma in cue("lasting") or self._is_held(verb):
                return R.ONGOING
        if self._imperative(verb, mood):
            return R.DEMANDED
        return R.HAPPENED

    @staticmethod
    def _is_held(verb: Token) -> bool:
        """Whether a passive in the present tells a state: "is detained", "are banned"."""
        return verb.lemma in cue("held") and any(
            c.dep == "auxpass" and c.lower in ("is", "are", "'s", "’s") for c in verb.children
        )

    @staticmethod
    def _imperative(verb: Token, mood: Mood) -> bool:
        if verb.tag != "VB" or mood.to or mood.finite or verb.dep != "ROOT":
            return False
        return not any(c.dep in ("nsubj", "nsubjpass", "aux") for c in verb.children)

    def _of_sides(self, verb: Token, found: Reality) -> Reality:
        """A negation in the subject or object: "no soldier was hurt", "nobody attacked", "killed no one"."""
        for child in verb.children:
            if child.dep in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and self._nobody(child):
                return R.NEGATED
            if child.dep == "agent" and any(self._nobody(c) for c in child.children if c.dep == "pobj"):
                return R.NEGATED
        return found

    @staticmethod
    def _nobody(noun: Token) -> bool:
        if noun.lower in cue("nobody"):
            return True
        return any(
            (c.lower in _NO and c.dep in ("det", "neg", "nummod"))
            or (c.lower == "not" and c.dep == "neg" and c.i < noun.i)
            for c in noun.children
        )

    @staticmethod
    def _conditional(verb: Token) -> bool:
        """Whether the verb is the main clause of a condition: "… if X attacks", "Should X attack, …"."""
        for child in verb.children:
            if child.dep == "advcl" and any(
                c.dep in ("mark", "advmod") and c.lower in cue("if") and c.lower != "whether" for c in child.children
            ):
                return True
            if child.dep == "advcl" and _inverted(child):
                return True
            if child.dep == "prep" and child.lower in ("if", "unless", "without") and child.i < verb.i:
                return True
        return False

    def _asked(self, verb: Token) -> bool:
        """Whether the verb stands in a yes-or-no question."""
        root = verb
        while root.dep == "conj":
            root = root.head
        if root.dep not in ("ROOT", "ccomp"):
            return False
        sentence = self.annotated.sentences[verb.sentence]
        if not any(
            t.text == "?"
            for t in self.annotated.tokens[max(sentence.first, root.right - 2) : min(sentence.last, root.right + 3)]
        ):
            return False
        subject = root.child("nsubj", "nsubjpass", "expl")
        first = next((c for c in root.children if c.dep in ("aux", "auxpass")), None)
        if root.lemma == "be" and subject is not None:
            return root.i < subject.i
        return (
            first is not None
            and subject is not None
            and first.i < subject.i
            and not any(c.tag in ("WRB", "WP", "WDT") and c.i < first.i for c in root.children)
        )

    def _future(self, verb: Token) -> bool:
        """Whether a time word beside the verb points ahead: "tomorrow", "next week"."""
        for child in verb.children:
            if child.dep in ("npadvmod", "advmod", "prep", "nmod", "dobj", "oprd"):
                if child.lower in ("tomorrow", "soon", "shortly", "tonight"):
                    return True
                near = [*child.children, *(g for c in child.children if c.dep == "pobj" for g in c.children)]
                if (child.lower in cue("periods") or child.dep == "prep") and any(
                    c.lower in ("next", "coming", "later", "tomorrow") for c in near
                ):
                    return True
        return False

    def _local_noun(self, noun: Token) -> Reality:
        found = R.HAPPENED
        for child in noun.children:
            if child.dep in ("det", "neg", "nummod", "preconj") and (child.lower in _NO or child.lower in _NOT):
                return R.NEGATED
            if child.dep in ("amod", "compound", "nmod", "advmod") or (child.dep == "acl" and child.i < noun.i):
                operator = self._amod(child)
                if operator is not None:
                    if operator.name == "unsure":
                        found = R.POSSIBLE
                    else:
                        found = (
                            combine(found, under(operator.name, R.HAPPENED, "000"))
                            if operator.name != "fail"
                            else R.NEGATED
                        )
        return found

    def _amod(self, token: Token) -> Operator | None:
        for operator in self.matcher.book.operators["a"].get(token.lower, ()):
            if "amod" in operator.routes:
                return operator
        return None

    def unsure(self, token: Token) -> bool:
        """Whether the words themselves keep their distance: "alleged", "reportedly", "suspected"."""
        if token.pos in ("VERB", "AUX"):
            if token.dep == "xcomp" and token.head.pos == "VERB" and self.mood(token).perfect:  # "is thought to have …"
                return any(o.name in ("think", "say") for o in self.matcher.operators(token.head))
            return any(c.lower in cue("rumoured") and c.dep == "advmod" for c in token.children)
        for child in token.children:
            if child.dep == "amod":
                operator = self._amod(child)
                if operator is not None and operator.name == "unsure":
                    return True
        return False

    # --- what stands above ---

    def of(self, token: Token, code: str = "000", depth: int = 0) -> Reality:
        """The reality of the act that this word tells."""
        known = self._known.get((token.i, code))
        if known is not None:
            return known
        if depth > DEEPEST:
            return R.HAPPENED
        local = self.local(token)
        if token.pos == "NOUN" and local is R.NEGATED:  # "no attack", "a supposed attack": no word above undoes that
            found = local
        else:
            found = combine(local, self.context(token, code, depth))
        self._known[token.i, code] = found
        return found

    def context(self, token: Token, code: str, depth: int) -> Reality | None:
        """What the words above make of this one; ``None`` where it stands for itself."""
        for _ in range(DEEPEST):
            if token.dep != "conj" or token.head is token:
                break
            token = token.head
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
            return R.NEGATED if self._nobody(head) else None
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
            undone = self._refused(head, depth)
            return True, undone or under(operator.name, self.of(head, depth=depth + 1), code)
        return False, None

    def _takes(self, operator: Operator, route: str, noun: Token) -> bool:
        """Whether an operator undoes the noun itself: "failed" an attempt but no attack, "rejected" no offer."""
        names = {o.name for o in self.matcher.operators(noun)}
        if operator.name == "fail" and route == "subj":
            return bool(names & {"attempt", "intend", "promise"}) or _has(noun, "attempted")
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
        noun = head.pos in ("NOUN", "PROPN", "PRON")
        route = (
            "acl"
            if noun
            else {"csubj": "subj", "nsubj": "subj", "csubjpass": "obj", "nsubjpass": "obj", "dobj": "obj"}.get(dep, dep)
        )
        if mood.perfect and mood.to and head.lemma == "be" and route == "xcomp":  # "was to have met"
            return R.CALLED_OFF
        if mood.perfect and mood.to and route == "xcomp":  # "is said to have attacked"
            outer = self.of(head, depth=depth + 1)
            return outer if outer in (R.NEGATED, R.DENIED) else None
        if route == "ccomp" and self._falsely(head):
            return R.NEGATED
        if route == "xcomp" and mood.to and head.lemma in ("be", "have") and _has(head, "yet"):
            return R.NEGATED  # "has yet to meet"
        if route == "xcomp" and head.lemma == "have" and self.mood(head).past and not self.mood(head).negated:
            return None  # "had to withdraw"
        taken, found = self._apply(head, route, code, depth, verb)
        if not taken and route == "ccomp" and head.pos in ("VERB", "AUX"):
            taken, found = self._copula(head, code, depth, verb)
        if taken:
            return found
        if noun:
            return R.PLANNED if mood.to and not mood.perfect else None
        outer = self.of(head, depth=depth + 1)
        if route == "subj":
            return R.POSSIBLE if outer in (R.PLANNED, R.POSSIBLE, R.NEGATED) else None
        if route == "ccomp" and dep == "ccomp" and not mood.to:
            return R.POSSIBLE if outer is R.NEGATED else None
        if mood.to and verb.tag == "VB":
            return R.PLANNED if outer in (R.HAPPENED, R.ONGOING) else outer
        return outer

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
        if marks & cue("if") or _inverted(verb):
            return R.NEGATED if _inverted(verb) and mood.perfect else R.POSSIBLE
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
        taken, found = self._apply(head, "xcomp", code, depth, verb) if mood.to else (False, None)
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
        if word in _WITHOUT:
            return R.NEGATED
        if word == "of" and (
            governor.lower in ("instead", "short") or any(c.lower == "instead" for c in prep.children)
        ):
            return R.NEGATED
        if (word, governor.lower) in (("to", "close"), ("from", "far")):
            return R.NEGATED
        if word == "of" and governor.lower in ("case", "event"):
            return R.POSSIBLE
        if word == "than" and governor.lower in ("rather", "other"):
            return R.NEGATED if governor.lower == "rather" else None
        if word == "than" and any(c.lower == "rather" for c in (*prep.children, *governor.children)):
            return R.NEGATED
        if word in cue("ahead") or (word in ("of", "to") and governor.lower in ("ahead", "prior")):
            return R.PLANNED if token.pos == "NOUN" and word != "until" else None if word == "before" else R.PLANNED
        if token.pos == "VERB" and self.mood(token).to:  # "works with them to win", hung on "with"
            return R.PLANNED
        if governor.pos not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON"):
            return None
        noun = token if token.pos == "NOUN" else None
        taken, found = self._apply(governor, word, code, depth, noun=noun)
        if taken:
            return found
        if governor.dep == "dobj" and governor.head.pos == "VERB":  # "suspects X of attacking", hung on X
            taken, found = self._apply(governor.head, word, code, depth)
            if taken:
                return found
        if governor.pos in ("VERB", "AUX"):
            outer = self.of(governor, depth=depth + 1)
            unreal = outer not in (R.HAPPENED, R.ONGOING)
            if unreal and (
                (word in ("by", "in") and token.pos == "VERB")
                or (word in ("for", "in", "to") and governor.lemma in cue("motion"))
            ):
                return outer
            return None
        if token.pos == "VERB" and governor.pos == "NOUN" and word in ("of", "for"):
            return None if self.local(governor) is not R.NEGATED else R.NEGATED
        return None

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
        if self._nobody(noun):
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


def _has(token: Token, word: str) -> bool:
    return any(c.lower == word for c in token.children)


def _cleft(verb: Token) -> bool:
    """Whether a copula opens "It was (not) X that …"."""
    return (
        verb.lemma == "be"
        and any(c.lower == "it" and c.dep == "nsubj" for c in verb.children)
        and any(c.dep == "attr" and c.pos in ("NOUN", "PROPN") for c in verb.children)
    )


def suits(operator: Operator, mood: Mood) -> bool:
    """Whether a clause can be what an operator asks for: "insisted that he attacked" is no demand."""
    if operator.name not in ("demand", "urge", "want", "allow", "ban"):
        return True
    return mood.to or not mood.finite or mood.modal == "must"


def _modal(word: str) -> str:
    if word in _WILL:
        return "will"
    if word in _WOULD:
        return "would"
    if word in _MAY:
        return "may"
    return "must" if word in _MUST else ""


def _inverted(verb: Token) -> bool:
    """Whether a clause is a condition by word order: "Should Russia attack", "Had he known"."""
    if any(c.dep == "mark" for c in verb.children):
        return False
    aux = next((c for c in verb.children if c.dep in ("aux", "auxpass")), None)
    subject = next((c for c in verb.children if c.dep in ("nsubj", "nsubjpass")), None)
    return (
        aux is not None
        and subject is not None
        and aux.i < subject.i
        and aux.lower in ("should", "had", "were")
        and verb.dep == "advcl"
    )
