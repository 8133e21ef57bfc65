"""Reads pronouns: third person as the text goes on, the first person and quoted ones once all speakers are known."""

from __future__ import annotations

from itertools import islice

from dateline.lexicons.roles import word_set
from dateline.model import ActorKind, MentionForm, Token
from dateline.resolve.coreference import Figure, agrees
from dateline.resolve.scene import Scene

#: How far above a pronoun its relative clause may begin.
_DEPTH = 6
_THIRD = word_set("he she him her his hers they them their theirs it its himself herself themselves itself")
_FIRST = word_set("i me my mine we us our ours myself ourselves")


def is_personal(token: Token) -> bool:
    """Whether a word is a pronoun that can stand for an actor."""
    return token.tag in ("PRP", "PRP$") and (token.lower in _THIRD or token.lower in _FIRST)


class Pronouns:
    """The pronouns of one report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.late: list[tuple[Token, int, Figure | None]] = []

    def read(self, token: Token) -> None:
        if token.lower in _FIRST or (token.quoted and token.lower not in ("it", "its")):
            self.late.append((token, len(self.scene.registry.seen), self.scene.speaker))
            return
        telling = token.i in self.scene.sources or self.scene.tells(token)
        if token.lower == "it" and not _refers(token):
            return
        attribution = self.scene.sources.get(token.i)
        told = (attribution.content if attribution else ()) if telling else None
        figures = self._of_clause(token) or self.scene.registry.antecedents(token, self.scene.speaker, (), told)
        self._pronoun(token, figures, telling)

    def _of_clause(self, token: Token) -> tuple[Figure, ...]:
        """The one of whom a relative clause tells: "Lund, who took his country into the union"."""
        for above in islice(token.ancestors(), _DEPTH):
            if above.dep != "relcl":
                continue
            subject = above.child("nsubj", "nsubjpass")
            if subject is None or subject.lower not in ("who", "that", "which") or subject.i > token.i:
                return ()
            figures = self.scene.figures_at(above.head.i)
            return figures if figures and agrees(token, figures) else ()
        return ()

    def _read_quoted(self, token: Token, upto: int, speaker: Figure | None) -> None:
        """Read a pronoun inside a quotation; one that nobody is said to speak is the last speaker's."""
        speakers = self.scene.speakers(token)
        if not speakers and token.quoted and speaker is not None:
            speakers = (speaker,)
        if token.lower not in _FIRST:
            speakers = self.scene.registry.antecedents(token, None, speakers, None, upto)
        self._pronoun(token, speakers, False, look=False)

    def _pronoun(self, token: Token, figures: tuple[Figure, ...], telling: bool, look: bool = True) -> None:
        if not figures:
            return
        for figure in figures:
            figure.add(token.span, MentionForm.PRONOUN, token.i)
            if figure.kind is ActorKind.PERSON and figure.gender is None and token.lower in ("he", "she"):
                figure.gender = "m" if token.lower == "he" else "f"
        self.scene.heads[token.i] = figures
        if look:
            self.scene.registry.look(figures, token, token.tag == "PRP$")
        if telling:
            self.scene.speaker = figures[0]

    def read_quoted(self) -> None:
        """Read the pronouns that had to wait."""
        for token, upto, speaker in self.late:
            self._read_quoted(token, upto, speaker)


def _refers(token: Token) -> bool:
    """Whether an "it" may stand for an actor, and not for a clause or the weather."""
    if token.quoted or token.dep not in ("nsubj", "dobj", "pobj", "nsubjpass"):
        return False
    return not (token.head.lemma in ("be", "seem", "appear") and token.dep == "nsubj")
