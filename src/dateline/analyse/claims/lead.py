"""What only introduces a proposition: "he doubted that", "there was no evidence that", "the Varnian claim that"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.analyse.claims.told import Taken
from dateline.analyse.claims.words import Name, Names, Word, name_runs, stem
from dateline.lexicons.claims import forms
from dateline.lexicons.cues import word_set
from dateline.lexicons.speech import stance_kind

_SUBJECTS = word_set("it he she they we i")
_BE = word_set("be is are was were been being am")
_HELPERS = _BE | word_set("had has have did does do will would can could may might shall should must")
_NEGATORS = word_set("not never no none nobody nothing neither nor")
_DETERMINERS = word_set("the a an any some its his her their our my this that")
_ATTITUDES = {
    "doubt": Taken.DOUBTS, "doubts": Taken.DOUBTS, "doubted": Taken.DOUBTS, "questioned": Taken.DOUBTS,
    "denied": Taken.DENIES, "denies": Taken.DENIES, "deny": Taken.DENIES, "rejected": Taken.DENIES,
    "believes": None, "believed": None, "believe": None, "thinks": None, "thought": None, "knew": None,
    "expects": Taken.PREDICTS, "expected": Taken.PREDICTS, "expect": Taken.PREDICTS,
}  # fmt: skip
_UNCLEAR = word_set("unclear doubtful uncertain unlikely questionable")
_LIKELY = word_set("true clear certain likely possible probable plausible evident obvious")
_UNTRUE = word_set("untrue false wrong incorrect nonsense")
_GROUNDS = word_set("evidence proof sign signs indication truth basis")
#: How far into a content the words that only introduce it may run.
_LEAD = 12


class Lead:
    """Words without their lead and without a verdict at their end, and what the words that were cut said.

    ``taken`` is the position that they take ("was baseless"), ``whose`` the names of whose claim it is said to be,
    ``relayed`` true where it was called somebody's claim at all.
    """

    def __init__(self, words: Sequence[Word], names: Names) -> None:
        self.words = list(words)
        self.known = names
        self.whose: frozenset[Name] = frozenset()
        self.taken: Taken | None = None
        self.relayed = False
        self._cut_lead()
        self._cut_verdict()

    def _cut_lead(self) -> None:
        for _ in range(4):
            before = len(self.words)
            self._cut_mark()
            self._cut_attitude()
            self._cut_impersonal()
            self._cut_report()
            if len(self.words) == before:
                return

    def _cut_mark(self) -> None:
        while self.words and (not self.words[0].lower[:1].isalnum() or self.words[0].lower in ("that", "whether")):
            if len(self.words) > 1 and self.words[0].lower == "that" and self.words[1].lower in _BE:
                return
            self.words = self.words[1:]

    def _cut_attitude(self) -> None:
        """ "He doubted that …" inside a content is the speaker's own attitude."""
        words = self.words
        if len(words) < 4 or words[0].lower not in _SUBJECTS or words[1].lower not in _ATTITUDES:
            return
        if words[2].lower not in ("that", "whether", "if"):
            return
        self.taken = _ATTITUDES[words[1].lower] or self.taken
        self.words = words[3:]

    def _cut_impersonal(self) -> None:
        """ "It was unclear whether …", "there was no evidence that …", "it is not true that …"."""
        lowers = [w.lower for w in self.words[:_LEAD]]
        if len(lowers) < 4 or lowers[0] not in ("it", "there") or lowers[1] not in _BE:
            return
        end = next((k for k, w in enumerate(lowers) if w in ("that", "whether", "if", "of") and k > 1), None)
        if end is None or end > 6:
            return
        inside = set(lowers[2:end])
        negated = bool(inside & _NEGATORS)
        if inside & _UNCLEAR or (negated and inside & {"clear", "certain", "sure"}):
            self.taken = Taken.DOUBTS
        elif inside & _UNTRUE or (negated and inside & (_GROUNDS | {"true", "case", "correct"})):
            self.taken = Taken.DENIES
        elif not inside & (_GROUNDS | _LIKELY):
            return
        self.words = self.words[end + 1 :]

    def _cut_report(self) -> None:
        """ "Reports that …", "the union's claim that …": whose claim it is, is kept."""
        lowers = [w.lower for w in self.words[:_LEAD]]
        at = next((k for k, w in enumerate(lowers) if w in forms("report")), None)
        if at is None or at + 1 >= len(lowers):
            return
        behind = lowers[at + 1]
        if behind not in ("that", "of") and not (behind == "by" and "that" in lowers[at:]):
            return
        if any(w in _HELPERS for w in lowers[:at]):
            return
        end = lowers.index("that", at) if "that" in lowers[at:] else at + 1
        self.relayed = True
        owner = [w for k, w in enumerate(self.words[:end]) if k != at]
        self.whose = frozenset(name for _, _, name in name_runs(owner, self.known)) | frozenset(
            frozenset((stem(w.lower),)) for w in owner if w.possessive or behind == "by"
        )
        self.words = self.words[end + 1 :]

    def _cut_verdict(self) -> None:
        """ "… was baseless" at the end of a content denies what stands before it."""
        for k in range(len(self.words) - 1, max(0, len(self.words) - 5), -1):
            if stance_kind(self.words[k].lower) in ("denies", "doubts") and k >= 3:
                back = k - 1
                while back > 0 and (self.words[back].lower.endswith("ly") or self.words[back].lower in _DETERMINERS):
                    back -= 1
                if self.words[back].lower in _BE and back >= 2:
                    self.taken = Taken(str(stance_kind(self.words[k].lower)))
                    self.words = self.words[:back]
                return
