"""What a word's own auxiliaries, negations, adjectives and adverbs say of whether its act is real."""

from __future__ import annotations

from typing import NamedTuple

from dateline.extract.acts.clauses import conjoined
from dateline.extract.acts.compose import combine, under
from dateline.extract.acts.match import Matcher
from dateline.lexicons.eventbook import Operator, cue
from dateline.model import Annotated, Reality, Token

R = Reality

#: How far up the tree a word is followed; a bound for odd parses.
DEEPEST = 14
_NOT = {"not", "n't", "never", "nt", "neither", "nor", "hardly", "scarcely", "nowhere", "n’t"}
_NO = {"no", "neither", "zero"}
_WILL = {"will", "'ll", "wo", "shall", "’ll", "wilt"}
_WOULD = {"would", "'d", "’d"}
_MAY = {"may", "might", "could", "can", "ca"}
_MUST = {"must", "should", "ought", "need", "needs"}


class Mood(NamedTuple):
    """What the auxiliaries of a verb say: ``modal`` is "will", "would", "may", "must" or ""; ``to`` an infinitive."""

    modal: str
    negated: bool
    perfect: bool
    progressive: bool
    to: bool
    finite: bool
    past: bool


class Moods:
    """Reads what the words of one report say themselves, each once."""

    def __init__(self, annotated: Annotated, matcher: Matcher) -> None:
        self.annotated, self.matcher = annotated, matcher
        self._moods: dict[int, Mood] = {}

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
                or (word == "longer" and has_child(child, "no"))
                or (word in _NOT and dep in ("advmod", "preconj", "cc") and child.i < verb.i)
            ):
                negated = True
        if verb.dep == "conj" and any(c.dep == "cc" and c.lower == "nor" for c in verb.head.children):
            negated = True
        if not has_aux and not to and verb.dep == "conj" and verb.tag in ("VB", "VBN", "VBG") and depth < DEEPEST:
            return self._shared(verb, negated, depth)
        # "is being held" goes on; "after being held" does not say so
        progressive = progressive or (being and sum(c.lemma == "be" for c in verb.children) > 1)
        if self._subjunctive(verb):
            return Mood(modal, negated, False, False, to, False, False)
        past = verb.tag == "VBD" or any(c.tag == "VBD" for c in verb.children if c.dep in ("aux", "auxpass"))
        finite = verb.tag in ("VBD", "VBZ", "VBP") or any(
            c.tag in ("VBD", "VBZ", "VBP", "MD") for c in verb.children if c.dep in ("aux", "auxpass")
        )
        return Mood(modal, negated, perfect, progressive, to, finite, past)

    @staticmethod
    def _subjunctive(verb: Token) -> bool:
        """Whether a clause tells what is asked for though its verb looks like a plural's present tense.

        "demanded that the United States withdraw": English keeps the subjunctive after words of asking.
        """
        first = verb
        while first.dep == "conj" and first.head.pos in ("VERB", "AUX") and first.head is not first:
            first = first.head
        if verb.tag not in ("VBP", "VB") or first.dep not in ("ccomp", "acl") or verb.lower != verb.lemma:
            return False
        if any(c.dep in ("aux", "auxpass") and c.lower not in ("be", "not") for c in verb.children):
            return False
        asking = first.head
        if asking.lemma not in cue("mandative") or any(c.lower == "to" for c in first.all("aux")):
            return False
        # "insist that they stay" may tell that they do; "insisted that they stay" cannot
        return asking.lemma not in cue("insisting") or asking.tag in ("VBD", "VBN")

    def _not_only(self, negation: Token) -> bool:
        """Whether a negation opens "not only …, but also …", which denies nothing."""
        after = self.annotated.tokens[negation.i + 1 : negation.i + 2]
        return any(t.lower in ("only", "just", "merely") for t in (*after, *negation.children))

    def _shared(self, verb: Token, negated: bool, depth: int) -> Mood:
        head = conjoined(verb)
        if head.pos not in ("VERB", "AUX"):
            return Mood("", negated, False, False, verb.tag == "VB", False, False)
        first = self._mood(head, depth + 1)
        if any(c.dep in ("nsubj", "nsubjpass") for c in verb.children):
            return Mood("", negated, False, False, False, False, False)
        contrast = any(c.dep == "cc" and c.lower == "but" for c in head.children)
        return first._replace(negated=negated or (first.negated and not contrast))

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
        if modal == "must" and mood.perfect and not negated and has_child(verb, "must"):
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
        """Whether a verb commands: at the head of a sentence, or of words quoted under "said" or "told"."""
        if (
            verb.tag != "VB"
            or mood.to
            or mood.finite
            or not (verb.dep == "ROOT" or (verb.dep == "ccomp" and verb.quoted))
        ):
            return False
        return not any(c.dep in ("nsubj", "nsubjpass", "aux") for c in verb.children)

    def _of_sides(self, verb: Token, found: Reality) -> Reality:
        """A negation in the subject or object: "no soldier was hurt", "nobody attacked", "killed no one"."""
        for child in verb.children:
            if child.dep in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and self.nobody(child):
                return R.NEGATED
            if child.dep == "agent" and any(self.nobody(c) for c in child.children if c.dep == "pobj"):
                return R.NEGATED
        return found

    @staticmethod
    def nobody(noun: Token) -> bool:
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
            if child.dep == "advcl" and inverted(child):
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


def has_child(token: Token, word: str) -> bool:
    """Whether this word hangs on the token."""
    return any(c.lower == word for c in token.children)


def inverted(verb: Token) -> bool:
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


def _modal(word: str) -> str:
    if word in _WILL:
        return "will"
    if word in _WOULD:
        return "would"
    if word in _MAY:
        return "may"
    return "must" if word in _MUST else ""
