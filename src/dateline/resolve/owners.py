"""Says of every noun phrase whose act or thing it is."""

from __future__ import annotations

from dateline.model import ActorKind, MentionForm, Token
from dateline.resolve.coreference import Figure
from dateline.resolve.phrases import Phrase
from dateline.resolve.scene import Scene, in_place

_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_STRICT_OF = frozenset(("of", "from", "in"))


class Owners:
    """The actors of noun phrases that are no mention of one."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def fill_phrases(self) -> None:
        """Say of each noun phrase without an actor whose it is: possessor, word or name inside, of-phrase, place."""
        for k in range(len(self.scene.phrases) - 1, -1, -1):
            phrase = self.scene.phrases[k]
            head = phrase.head.i
            if head in self.scene.heads:
                continue
            if self.scene.is_taken_up(k):
                self.scene.loose[head] = self.scene.figures_at(phrase.words[-1].head.i)
                continue
            figures = self._whose(k, phrase)
            if figures:
                self.scene.loose[head] = figures
        for token in self.scene.tokens:
            if token.lower in _RELATIVE and token.tag in ("WP", "WDT", "WP$") and token.i not in self.scene.heads:
                figures = self._antecedent(token)
                if figures:
                    self.scene.loose[token.i] = figures

    def _antecedent(self, token: Token) -> tuple[Figure, ...]:
        for above in token.ancestors():
            if above.dep == "relcl":
                return self.scene.figures_at(above.head.i)
        return ()

    def _whose(self, k: int, phrase: Phrase) -> tuple[Figure, ...]:
        if phrase.owner is not None and (owner := self.scene.figures_at(phrase.owner.head.i)):
            return owner
        if phrase.words[0].tag == "PRP$" and phrase.words[0].i in self.scene.heads:
            return self.scene.heads[phrase.words[0].i]
        if inner := self.scene.loose.get(phrase.head.i):
            states = (self.scene.registry.known_state(code) for code, _ in self.scene.coordinated(k))
            return (*(s for s in states if s is not None), *inner)
        for found in self.scene.readings[k].inner:
            if found.head in self.scene.heads:
                return self.scene.heads[found.head]
        if self.scene.complement(k, _STRICT_OF):
            figures = self.scene.figures_at(self.scene.phrases[k + 1].head.i)
            if figures:
                return figures
        for child in phrase.head.children:
            if child.dep in ("nmod", "compound", "amod", "poss") and (figures := self.scene.figures_at(child.i)):
                return figures
        country = self.scene.place_of(phrase)
        if country is None and (main := self.scene.readings[k].main) is not None and main.kind is ActorKind.STATE:
            country = main.country
        if country is None:
            return ()
        known = self.scene.registry.known_state(country)
        if known is not None:
            return (known,)
        if in_place(phrase):
            return ()
        known = self.scene.registry.state(country)
        known.add(self.scene.annotated.span_of(phrase.first, phrase.last), MentionForm.NOMINAL, phrase.head.i)
        return (known,)
