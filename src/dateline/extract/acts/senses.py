"""What each word of a report tells as an act, alone or together with the acts under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.extract.acts.clauses import spread
from dateline.extract.acts.compose import OF_ANOTHER, PASSING, hostile, not_doing, outer_code
from dateline.extract.acts.match import KIND_OF_POS, Match, Matcher, lemma_of
from dateline.extract.acts.reality import Realities, ends, suits
from dateline.lexicons.eventbook import Operator, cue, type_of
from dateline.model import Reality, Token

#: How many operators deep an act is looked for ("agreed to try to begin talks" is three).
DEEPEST = 6


_TOWARDS = ("with", "to", "on", "upon", "from", "against")
_QUESTIONS = {"whether", "if", "why", "how", "when", "where"}


@dataclass(slots=True)
class Sense:
    """An act that a word tells. ``own`` is false where the word only passes on the act under it."""

    head: Token
    code: str
    type: str
    words: list[Token]
    sources: list[Token]
    targets: list[Token]
    own: bool = True
    mode: str | None = None
    unsure: bool = False
    operator: str = ""
    taken: list[Token] = field(default_factory=list)
    mutual: bool = False


class Senses:
    """Works out the senses of one report's words, each once."""

    def __init__(self, matcher: Matcher, realities: Realities) -> None:
        self.matcher, self.realities = matcher, realities
        self._known: dict[int, Sense | None] = {}

    def of(self, token: Token, depth: int = 0) -> Sense | None:
        """The sense of a word, or ``None`` where it tells no act."""
        if token.i in self._known:
            return self._known[token.i]
        if depth > DEEPEST:
            return None
        self._known[token.i] = None  # a loop in an odd parse ends here
        found = self._compute(token, depth)
        self._known[token.i] = found
        return found

    def _compute(self, token: Token, depth: int) -> Sense | None:
        if token.dep in ("amod", "aux", "auxpass") or self._only_tells(token) or _needed(token):
            return None
        matched = self.matcher.match(token)
        operators = self.matcher.operators(token)
        if not operators:
            return self._plain(matched)
        operator, inner = self._under(token, operators, depth)
        if operator is None or inner is None:
            return None if self._means_trying(token, matched, operators) else self._plain(matched)
        specific = matched is not None and matched.pattern.weight > 0
        if operator.name == "stop" and ends(token, inner.code):
            return self._passed(token, inner)
        if operator.name in PASSING and not self._wants_of_another(token, operator, inner):
            return self._passing(token, matched, specific, operator, inner)
        undone = inner.head.pos in ("VERB", "AUX") and self.realities.mood(inner.head).negated
        if specific and matched and not undone:
            code = matched.pattern.cameo
        else:
            code = (not_doing if undone else outer_code)(operator.name, inner.code, operator.code)
        if self._rallies(token, operator, inner):
            return self._rallied(token, matched, inner)
        if not code:
            return self._plain(matched) or self._passed(token, inner)
        return self._composed(token, matched, operator, inner, code)

    @staticmethod
    def _plain(matched: Match | None) -> Sense | None:
        if matched is None:
            return None
        p = matched.pattern
        return Sense(matched.head, p.cameo, p.type, matched.words, matched.sources, matched.targets, mode=p.mode,
                     unsure=p.unsure, taken=matched.taken, mutual=p.mutual)  # fmt: skip

    @staticmethod
    def _passed(token: Token, inner: Sense) -> Sense:
        return Sense(token, inner.code, inner.type, inner.words, inner.sources, inner.targets, own=False)

    def _passing(
        self, token: Token, matched: Match | None, specific: bool, operator: Operator, inner: Sense
    ) -> Sense | None:
        if operator.name == "light" and matched is not None and self._finer(matched, inner):
            return self._passed(token, inner)
        if matched is None or (
            operator.name in ("light", "aspect", "occur", "receive", "attempt", "must", "fail", "order")
            and not specific
        ):
            return self._passed(token, inner)
        if operator.name == "want":
            return self._passed(token, inner)  # "wants to attack" asks nothing of anybody
        sense = self._plain(matched)
        if sense is not None:
            sense.operator = operator.name
            self._inherit(sense, matched, operator, inner)
        return sense

    def _only_tells(self, token: Token) -> bool:
        """Whether "ask" asks a question and "warn" tells of what others may do, which are acts upon nobody."""
        if token.lower == "let" and any(c.lower in ("us", "’s", "'s") for c in self.matcher.frame(token).objects):
            return True
        if token.pos != "VERB" or token.lemma not in cue("asking") | cue("warning"):
            return False
        for clause in token.children:
            if clause.dep not in ("ccomp", "advcl") or clause.pos not in ("VERB", "AUX"):
                continue
            marks = {c.lower for c in clause.children if c.dep in ("mark", "advmod")}
            if token.lemma in cue("asking") and marks & _QUESTIONS and (clause.dep == "ccomp" or "if" in marks):
                return True
            if token.lemma in cue("warning") and clause.dep == "ccomp" and not self.matcher.frame(token).objects:
                doers = self.matcher.clauses.surface_subjects(clause)
                return self.matcher.known(doers) and not self._own(doers, token)
        return False

    def _own(self, doers: list[Token], verb: Token) -> bool:
        cast = self.matcher.cast
        mine = {i for t in self.matcher.frame(verb).subjects for i in cast.of(t.i)}
        return any(set(cast.of(t.i)) & mine or t.lower in ("it", "they", "he", "she", "we", "i") for t in doers)

    @staticmethod
    def _means_trying(token: Token, matched: Match | None, operators: tuple[Operator, ...]) -> bool:
        """Whether a word with an infinitive is no more than its operator ("tried to win" tries nobody in court)."""
        if (
            matched is None
            or matched.pattern.weight
            or not any(o.name in ("attempt", "aspect", "force") for o in operators)
        ):
            return False
        return any(c.dep == "xcomp" for c in token.children)

    def _wants_of_another(self, token: Token, operator: Operator, inner: Sense) -> bool:
        """Whether somebody else is wanted to act: "X wants Y to leave" asks it of Y."""
        if operator.name != "want" or token.pos != "VERB" or not inner.sources or _needed(inner.head):
            return False
        return not {t.i for t in inner.sources} & {t.i for t in self.matcher.frame(token).subjects}

    def _finer(self, matched: Match, inner: Sense) -> bool:
        """Whether the noun under a light verb says more than the verb's own pattern ("held joint exercises")."""
        noun = self.matcher.match(inner.head)
        return noun is not None and noun.pattern.kind == "n" and noun.pattern.weight >= matched.pattern.weight

    # --- the act under an operator ---

    def _under(self, token: Token, operators: tuple[Operator, ...], depth: int) -> tuple[Operator | None, Sense | None]:
        for operator in operators:
            for complement in self._complements(token, operator):
                inner = self.of(complement, depth + 1)
                if inner is not None and inner.head is not token:
                    return operator, inner
        return None, None

    def _complements(self, token: Token, operator: Operator) -> list[Token]:
        kind, routes = KIND_OF_POS[token.pos], operator.routes
        found: list[Token] = []
        for child in token.children:
            dep = child.dep
            if dep in ("xcomp", "ccomp", "acl", "advcl"):
                if any(c.dep in ("mark", "advmod") and c.lower in cue("beside") for c in child.children):
                    continue  # "agreed to …, years after X had attacked", read as what was agreed
                route = "acl" if kind == "n" else dep
                infinitive = any(c.dep == "aux" and c.lower == "to" for c in child.children)
                if route == "advcl":
                    bound = infinitive or (child.tag == "VBG" and 0 < child.left - token.i <= 2)
                    if "xcomp" not in routes or not bound or any(c.dep == "mark" for c in child.children):
                        continue
                elif route not in routes or not suits(operator, self.realities.mood(child)):
                    continue
                found.append(child)
            elif dep == "compound" and "compound" in routes and kind == "n":
                found.append(child)
            elif dep in ("prep", "agent") and (child.lower in routes or child.lower in operator.particle.split("|")):
                found.extend(c for c in child.children if c.dep in ("pobj", "pcomp"))
        if "obj" in routes and kind == "v":
            found.extend(o for o in self.matcher.frame(token).objects if o.pos in ("NOUN", "VERB", "PROPN"))
        if "subj" in routes and kind == "v":
            found.extend(o for o in self.matcher.frame(token).subjects if o.pos == "NOUN")
        return [t for f in found for t in ([f] if f.pos in ("VERB", "AUX") else spread(f))]

    # --- composition ---

    def _composed(self, token: Token, matched: Match | None, operator: Operator, inner: Sense, code: str) -> Sense:
        frame = self.matcher.frame(token)
        words = list(matched.words) if matched is not None else [token]
        words.extend(c for c in token.children if operator.particle and c.lower in operator.particle.split("|"))
        if matched is not None:
            sources = matched.sources
        elif token.pos == "NOUN":
            sources = self._noun_sources(token)
        else:
            sources = frame.subjects
        if token.pos == "NOUN" and not sources:
            sources = inner.sources
        known = self.matcher.known
        if not known(sources) and operator.name in ("stop", "cancel") and (matched is None or known(inner.sources)):
            return self._passed(token, inner)
        sense = Sense(token, code, type_of(code), words, sources, [], operator=operator.name)
        if matched is not None:
            sense.mode, sense.unsure, sense.taken = matched.pattern.mode, matched.pattern.unsure, matched.taken
            sense.mutual = matched.pattern.mutual
            sense.unsure = sense.unsure and matched.pattern.weight > 0  # what stands under it settles its sense
        sense.unsure = sense.unsure or operator.name == "plan"
        self._inherit(sense, matched, operator, inner)
        return sense

    def _rallies(self, token: Token, operator: Operator, inner: Sense) -> bool:
        """Whether hostile acts against somebody are called for, of nobody in particular (CAMEO 113)."""
        if operator.name not in ("demand", "urge") or not hostile(inner.code) or inner.head.pos != "NOUN":
            return False
        if inner.code.startswith("14") or self.realities.local(inner.head) is Reality.NEGATED:
            return False
        objects = [t for t in self.matcher.frame(token).objects if t is not inner.head]
        return not self.matcher.known(objects)

    def _rallied(self, token: Token, matched: Match | None, inner: Sense) -> Sense:
        words = [token, *(c for c in token.children if c.lower in ("for", "on"))]
        if matched is not None:
            sources = matched.sources
        else:
            sources = self.matcher.frame(token).subjects if token.pos == "VERB" else self._noun_sources(token)
        return Sense(token, "113", "ACCUSE", words, sources, inner.targets)

    def _noun_sources(self, noun: Token) -> list[Token]:
        owners = self.matcher.clauses.owners(noun)
        if owners:
            return owners
        light = self.matcher.light(noun)
        return self.matcher.clauses.verb(light[0]).subjects if light is not None else []

    def _inherit(self, sense: Sense, matched: Match | None, operator: Operator, inner: Sense) -> None:
        """Find the target: the operator's own object or phrase, else a side of the act under it."""
        if operator.name == "deny" or (operator.name == "refuse" and self._reported(sense.head)):
            sense.targets = [t for t in sense.targets if t not in inner.targets]
            return
        known = self.matcher.known
        frame = self.matcher.frame(sense.head)
        heads = {inner.head.i, *(t.i for t in inner.words)}
        own = [t for t in (matched.targets if matched is not None else []) if t.i not in heads and not self._is_act(t)]
        objects = [t for t in (*frame.objects, *frame.datives) if t.i not in heads and not self._is_act(t)]
        phrases = [t for name, t in frame.pps if name in _TOWARDS and t.i not in heads]
        phrases = [t for t in phrases if t.pos not in ("VERB", "AUX") and not self._is_act(t)]
        doers = [t for t in inner.sources if t not in sense.sources]
        receivers = [t for t in inner.targets if t not in sense.sources]
        another = operator.name in OF_ANOTHER
        if (
            operator.name in ("accuse", "suspect") or sense.type == "ACCUSE"
        ):  # whom an attack hit is not whom its critics blame
            receivers = []
        order = [own, objects, doers, receivers, phrases] if another else [own, objects, receivers, doers, phrases]
        if another and phrases and sense.head.pos == "VERB" and operator.name in ("urge", "demand"):
            order = [own, objects, phrases, doers, receivers]
        both = inner.sources == inner.targets and len(inner.sources) > 1
        if both and {t.i for t in inner.sources} == {t.i for t in sense.sources}:
            order.insert(2, inner.sources)
        for tokens in order:
            if tokens and known(tokens):
                sense.targets = tokens
                return
        sense.targets = next((tokens for tokens in order[:4] if tokens), [])

    def _is_act(self, token: Token) -> bool:
        return token.pos == "NOUN" and lemma_of(token) in self.matcher.book.patterns["n"]

    def _reported(self, verb: Token) -> bool:
        """Whether what is rejected is a report or a charge."""
        return any(
            o.name in ("report", "accuse") for t in self.matcher.frame(verb).objects for o in self.matcher.operators(t)
        )


def _needed(token: Token) -> bool:
    """Whether a noun is only what is needed: "the plan needs their consent"."""
    return token.pos == "NOUN" and token.dep == "dobj" and token.head.lemma in ("need", "require", "lack")
