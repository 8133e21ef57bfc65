"""Told -> propositions: what each sentence of a statement's content holds, and the position taken on it.

The record keeps the words of a content and not their parse, so the main verb, who does it and to whom it is done are
read from the order of the words: helping verbs, "by", prepositions and the endings of verbs. Where that fails a slot
stays empty, and an empty slot neither joins nor parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from dateline.analyse.claims.told import Taken, Told
from dateline.analyse.claims.words import (
    Days,
    Name,
    Names,
    Word,
    days_in,
    name_runs,
    names_in,
    number_at,
    stem,
    words_of,
)
from dateline.lexicons.claims import forms
from dateline.lexicons.cues import word_set
from dateline.lexicons.speech import stance_kind

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’']*\s+(?=[\"“‘']?[A-Z])")
_AHEAD = word_set("will would shall going to should must")
_MODALS = word_set("can could may might")
_BE = word_set("be is are was were been being am")
_HAVE = word_set("had has have having did does do")
_HELPERS = _AHEAD | _MODALS | _BE | _HAVE
_NEGATORS = word_set("not never no none nobody nothing neither nor")
_DETERMINERS = word_set("the a an any some its his her their our my this that")
_PREPOSITIONS = word_set(
    "in on at from to with near into over under off against for about across during after before between through"
    " since until towards toward inside outside along around by"
)
_CLAUSES = word_set("when while because after before if as since although which who whose where")
_SUBJECTS = word_set("it he she they we i")
_POSSESSIVES = word_set("its his her their our my")
_PERSONS = word_set("he she his her him")
_THINGS = word_set("it its")
_OBJECTS = word_set("it him them us me her")
#: Subjects that stand for the speaker where it is named: "Meldia's president said the country would …".
_STANDS_FOR = word_set("country nation company firm")
_FIRST_PERSON = word_set("we i our my us me")
#: Acts whose cue itself denies, so that "not" in the content turns the denial round.
_DENYING = word_set("deny reject believe doubt")
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
#: "Not" before these denies nothing: "not only", "no longer", "no doubt".
_NO_NEGATION = word_set("only longer doubt")
_NOT_PAST = word_set("indeed hundred need")
#: A denial of this many words that names a report noun denies no more than that, if it holds no clause.
_VAGUE = 6
#: How many characters before a vague denial what it denies may begin.
_NEAR_ENOUGH = 900
#: The names of a speaker and the other words it is called by.
_By = tuple[frozenset[Name], frozenset[str]]
#: By how many characters a content is looked for in its sentence.
_LOOK = 40
#: How far into a content the words that only introduce it may run.
_LEAD = 12


@dataclass(frozen=True, slots=True)
class Proposition:
    """One sentence of a content, ready to be compared.

    ``stems`` are its words, ``names`` its names (a set of words each), ``head`` its main verb or predicate,
    ``agent`` and ``patient`` the words and names on either side of it. ``ahead`` is true for what is yet to be.
    ``reverse`` are words without which it would be another proposition. ``whose`` are the names of those whose
    claim it is said to be ("the Varnian claim that …").
    """

    told: Told
    number: int
    text: str
    position: Taken
    against: bool
    ahead: bool
    head: str | None
    stems: frozenset[str]
    names: frozenset[Name]
    agent: frozenset[str]
    patient: frozenset[str]
    reverse: frozenset[str]
    numbers: frozenset[float]
    days: Days | None
    #: names that may stand for the speaker and need not be told
    soft: frozenset[Name]
    whose: frozenset[Name]
    #: True where a pronoun or a subject left out stands for the speaker
    own: bool
    #: True where its words say "not"
    negated: bool
    #: day of the statement
    date: date | None
    #: what the speaker is called by: its names and, one by one, the other words
    by: frozenset[Name]
    #: keys of the distinct events told in it, and each event's type with the keys of its sides, both of them known
    events: frozenset[str] = frozenset()
    deeds: frozenset[tuple[str, tuple[str, ...], tuple[str, ...]]] = frozenset()
    #: True where "his" or "she" stands for somebody whom the words do not name
    open: bool = False
    #: True for "denied the allegations", whose proposition is that of a statement before
    vague: bool = False

    @property
    def order(self) -> tuple[str, str, int, str, int]:
        """What propositions are sorted by: the day, then keys, whatever the order they came in."""
        return (self.told.day or "9999", self.told.report, self.told.at, self.told.key, self.number)


def propositions_of(told: Iterable[Told]) -> Iterator[Proposition]:
    """The propositions of statements, each statement's in the order of its words; questions have none.

    A denial of "the allegations" takes the proposition of the statement just before that speaks of the denier.
    """
    kept = list(_own(t for t in told if t.stance != "asks" and t.words.strip()))
    texts = [[(text, words_of(text, n > 0 or _opens(t))) for n, text in enumerate(_SENTENCE.split(t.words))]
             for t in kept]  # fmt: skip
    speakers = [words_of(t.speaker.words) if t.speaker else [] for t in kept]
    named = [words for t, words in zip(kept, speakers, strict=True) if t.speaker and t.speaker.named]
    names = names_in([*(words for sentences in texts for _, words in sentences), *speakers], named)
    vague: list[tuple[Told, _By]] = []
    before: dict[str, list[Proposition]] = {}
    for t, sentences, speaker in zip(kept, texts, speakers, strict=True):
        by, some = _named(speaker, names), 0
        for number, (text, words) in enumerate(sentences):
            found = _Reader(t, number, text, words, by, names).proposition()
            if found is not None:
                some += 1
                before.setdefault(t.report, []).append(found)
                yield found
        if not some and t.stance in ("denies", "doubts") and _is_vague(t):
            vague.append((t, by))
    for t, by in vague:
        meant = _meant(t, by, before.get(t.report, ()))
        if meant is not None:
            yield replace(
                meant, told=t, number=0, text=" ".join(t.words.split()), position=Taken(t.stance), against=True,
                own=True, vague=True, date=_day(t.day), by=_called(by), whose=_accusers(t, names),
            )  # fmt: skip


def _opens(told: Told) -> bool:
    """Whether a content begins its sentence or a quotation, so that its first capital means nothing."""
    before = told.sentence[: max(0, told.sentence.find(told.words[:_LOOK]))].rstrip()
    return not before or before[-1] in "\"“‘'"


def _is_vague(told: Told) -> bool:
    """Whether no more is denied than "the allegations", "this report", "the charge"."""
    lowers = [w.lower for w in words_of(told.words)]
    return any(w in forms("report") for w in lowers) and len(lowers) <= _VAGUE


def _meant(told: Told, by: _By, propositions: Iterable[Proposition]) -> Proposition | None:
    """The last assertion before, by somebody else, that names who denies; only a few sentences back."""
    me = told.speaker
    fits = [
        p for p in propositions
        if p.position is Taken.ASSERTS and not p.told.at > told.at and told.at - p.told.at <= _NEAR_ENOUGH
        and me is not None and p.told.speaker is not None and p.told.speaker.id != me.id
        and any(n <= o or o <= n for n in by[0] for o in p.names)
    ]  # fmt: skip
    return max(fits, key=lambda p: (p.told.act == "accuse", p.order)) if fits else None


def _foreign(told: Told) -> frozenset[str]:
    """Pronouns that cannot mean the speaker: "it" for a person, "she" for a state.

    Whoever denies that "it" did something speaks of itself, whatever kind of actor it was taken for.
    """
    kind = told.speaker.kind if told.speaker and told.stance != "denies" else None
    return {"person": _THINGS, "state": _PERSONS}.get(kind or "", frozenset())


def _accusers(told: Told, names: Names) -> frozenset[Name]:
    """Whose "allegations" are denied, where the words say so: "Oslo's charges", "the Varnian accusations"."""
    return frozenset(name for _, _, name in name_runs(words_of(told.words, opening=False), names))


def _called(by: _By) -> frozenset[Name]:
    return by[0] | {frozenset((w,)) for w in by[1]}


def _own(told: Iterable[Told]) -> Iterator[Told]:
    """Statements without those that only pass on another of their sentence: the agency said that the minister said."""
    lines: dict[tuple[str, int], list[Told]] = {}
    for t in told:
        lines.setdefault((t.report, t.at), []).append(t)
    for some in lines.values():
        for t in some:
            if not any(_passes_on(t, o) for o in some):
                yield t


def _passes_on(t: Told, other: Told) -> bool:
    """Whether a content ends with the content of another statement and is little more than that."""
    if t.stance in ("denies", "doubts"):
        return False  # "rejected Oslo's claim that …": the claim is told beside its denial
    mine, its = (" ".join(x.words.split()).rstrip(" .,\"”’") for x in (t, other))
    return len(mine) / 2 <= len(its) < len(mine) and mine.endswith(its)


@cache
def titles() -> frozenset[str]:
    """Stems of nouns for somebody whose name is told elsewhere: "the senator", "the city"."""
    return frozenset(stem(w) for w in forms("title"))


def _named(speaker: Sequence[Word], names: Names) -> _By:
    """The names of a speaker and the other words it is called by."""
    runs = name_runs(speaker, names)
    inside = {k for i, j, _ in runs for k in range(i, j)}
    rest = frozenset(
        stem(w.lower)
        for k, w in enumerate(speaker)
        if k not in inside and w.lower[:1].isalpha() and w.lower not in forms("empty")
    )
    return frozenset(name for _, _, name in runs), rest


class _Reader:
    """Reads one sentence of a content."""

    def __init__(
        self, told: Told, number: int, text: str, words: list[Word], speaker: _By, names: Names
    ) -> None:
        self.told = told
        self.number = number
        self.text = text
        self.known = names
        self.speaker_names, self.speaker_words = speaker
        self.words = words
        self.whose: frozenset[Name] = frozenset()
        self.taken: Taken | None = None
        self.own = False
        #: pronouns that cannot stand for the speaker
        self.foreign = _foreign(told)
        #: True where the content was introduced as somebody's claim
        self.relayed = False

    def proposition(self) -> Proposition | None:
        self._cut_lead()
        self._cut_verdict()
        if not self.words:
            return None
        self.runs = name_runs(self.words, self.known)
        self.in_name = {k: name for i, j, name in self.runs for k in range(i, j)}
        head, passive = self._find_head()
        ahead = self._is_ahead(head)
        published = _day(self.told.published or self.told.day)
        days, dated = days_in(self.words, published, ahead)
        days = None if self._dates_the_cue(dated) else days
        days = days or self._event_days()
        negated = self._is_negated(head)
        position, against = self._position(negated, ahead)
        numbers, counted = self._numbers(dated)
        skipped = dated | counted
        names = frozenset(name for i, _, name in self.runs if i not in dated)
        agent, patient = self._sides(head, passive, skipped)
        names |= self._stood_for(head)
        reverse = frozenset(
            forms("reverse")[w.lower] for k, w in enumerate(self.words)
            if k not in self.in_name and w.lower in forms("reverse") and (head is None or k <= head + 1)
        )  # fmt: skip
        stems = frozenset(s for k in range(len(self.words)) if k not in skipped and (s := self._stem(k)) is not None)
        if self.own and not self.speaker_names:
            stems |= self.speaker_words
        word = None if head is None else stem(self.words[head].lower)
        soft = self._may_mean(names, agent)
        if soft and agent and agent <= _STANDS_FOR:
            stems -= agent
            agent = self._speaker()
        if len(stems) + len(names) < 2 or not self._can_be_so(head):
            return None
        return Proposition(
            self.told, self.number, self._wording(), position, against, ahead, word, stems, names, agent, patient,
            reverse, numbers, days, soft, self.whose, self.own, negated,
            _day(self.told.day), _called((self.speaker_names, self.speaker_words)), *self._events(), self._is_open(),
        )  # fmt: skip

    def _can_be_so(self, head: int | None) -> bool:
        """Whether the words can be true or not: a clause, or a noun for a deed that is denied or asked for.

        "Praised the plan" and "rejected the offer" hold no proposition.
        """
        if head is not None or self.relayed:
            return True
        return self.told.stance == "demands" or self.told.act in ("deny", "accuse")

    # --- what only introduces the content

    def _cut_lead(self) -> None:
        """Cut "that", "whether", "he doubted that", "there was no evidence that", "the Varnian claim that"."""
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

    def _wording(self) -> str:
        """The words that are left, on one line, without a mark at either end."""
        return " ".join(self.text[self.words[0].start : self.words[-1].end].split()).strip(" ,;.\"“”‘’")

    # --- the main verb and its sides

    def _find_head(self) -> tuple[int | None, bool]:
        """The index of the main verb or predicate, and whether the verb is passive."""
        lowers = [w.lower for w in self.words]
        for k, lower in enumerate(lowers):
            if k in self.in_name:
                continue
            if self._helps(k):
                return self._behind(k)
            if k > 0 and lower in _CLAUSES:
                return None, False
            if self._is_past(k) and not (k and lowers[k - 1] in _DETERMINERS):
                return self._through(k), False
            if lower.endswith("ing") and len(lower) > 5 and (k == 0 or lowers[k - 1] in ("of", "for", "not")) and k < 8:
                return self._through(k), False
        return None, False

    def _helps(self, k: int) -> bool:
        lower = self.words[k].lower
        if lower != "to":
            return lower in _HELPERS
        if k + 1 >= len(self.words) or k + 1 in self.in_name:
            return False
        follower = self.words[k + 1]
        return follower.lower not in _DETERMINERS and not follower.lower.endswith("ing") and follower.lower.isalpha()

    def _is_past(self, k: int) -> bool:
        lower = self.words[k].lower
        regular = lower.endswith("ed") and len(lower) > 4 and lower not in _NOT_PAST
        return regular or lower in forms("past")

    def _behind(self, k: int) -> tuple[int | None, bool]:
        """The first word with a meaning behind a helping verb, and whether "be" stood right before it."""
        be = False
        for j in range(k, min(len(self.words), k + 10)):
            lower = self.words[j].lower
            if lower in _HELPERS:
                be = lower in _BE or (be and lower == "to")
                continue
            if lower in _NEGATORS or lower in forms("empty") or lower.endswith("ly"):
                if lower in _PREPOSITIONS and j in self.in_name:
                    break
                continue
            if j in self.in_name or lower[:1].isdigit():
                return None, False
            if not lower[:1].isalpha():
                continue
            if lower in forms("reverse"):
                return self._through(j), be and self._is_past(j)
            return j, be and self._is_past(j)
        return None, False

    def _through(self, k: int) -> int | None:
        """The verb that "failed to", "stopped" and the like bring, else the word itself."""
        if self.words[k].lower not in forms("reverse"):
            return k
        for j in range(k + 1, min(len(self.words), k + 4)):
            lower = self.words[j].lower
            if j in self.in_name:
                break
            if lower in ("to", "from", "its", "his", "her", "their", "the"):
                continue
            if lower not in forms("empty") and lower.isalpha():
                return j
            break
        return k

    def _sides(self, head: int | None, passive: bool, skipped: frozenset[int]) -> tuple[frozenset[str], frozenset[str]]:
        """The words of who does it and of whom it is done to, each empty where it is not told."""
        if head is None:
            return frozenset(), frozenset()
        before = self._phrase(0, head, skipped)
        behind = self._phrase(head + 1, len(self.words), skipped, stop=True)
        if self._is_of_speaker(head) or (not before and self._speaks_of_itself(head)):
            before |= self._speaker()
        if not passive:
            return before, behind
        by = next((k for k in range(head + 1, len(self.words)) if self.words[k].lower == "by"), None)
        agent = self._phrase(by + 1, len(self.words), skipped, stop=True) if by is not None else frozenset()
        return agent, before

    def _phrase(self, start: int, end: int, skipped: frozenset[int], stop: bool = False) -> frozenset[str]:
        """The words and names from one index to another without what prepositions other than "of" bring."""
        found: set[str] = set()
        inside = False
        for k in range(start, end):
            lower = self.words[k].lower
            if k in self.in_name:
                if not inside:
                    found.update(self.in_name[k])
                continue
            if lower in _PREPOSITIONS or lower in _CLAUSES or lower in ("that", ",", ";", "and") or lower in _HELPERS:
                if stop and (found or lower in _PREPOSITIONS or lower in _CLAUSES):
                    break
                inside = lower in _PREPOSITIONS or lower in _CLAUSES
                continue
            if k in skipped or inside:
                continue
            word = self._stem(k)
            if word is not None:
                found.add(word)
        return frozenset(found)

    # --- pronouns

    def _speaks_of_itself(self, head: int) -> bool:
        """Whether the subject left out or told by a pronoun is the speaker: "denied attacking", "that it had …"."""
        lowers = [w.lower for w in self.words[:head]]
        if lowers and lowers[0] in _SUBJECTS - self.foreign:
            return True
        return not any(w.isalpha() and w not in _HELPERS for w in lowers)

    def _speaker(self) -> frozenset[str]:
        if self.speaker_names:
            return frozenset(w for name in self.speaker_names for w in name)
        return self.speaker_words

    def _stood_for(self, head: int | None) -> frozenset[Name]:
        """The names of the speaker, where a pronoun or a subject left out stands for it."""
        lowers = [w.lower for w in self.words]
        first_name = min(self.in_name, default=len(lowers))
        for k, lower in enumerate(lowers):
            if lower in _FIRST_PERSON:
                self.own = True
            elif lower in self.foreign:
                continue
            elif lower in _SUBJECTS and k < first_name and k < 2 + (lowers[0] == "of"):
                self.own = self.own or not (lower == "it" and lowers[k + 1 : k + 2] and lowers[k + 1] in _BE)
            elif lower in _OBJECTS and k > 1 and len(self.runs) <= 1 and head is not None and k > head:
                self.own = True
        subject_left_out = head is not None and head <= 1 and self._speaks_of_itself(head)
        if self._is_of_speaker(first_name) or (subject_left_out and self.told.stance != "demands"):
            self.own = True
        return self.speaker_names if self.own else frozenset()

    def _is_of_speaker(self, end: int) -> bool:
        """Whether "its", "her" or "their" before an index can mean nobody but the speaker: nobody stands before it.

        A state and a firm do not own "their" houses, so that "their" behind one name and no plural is the speaker's.
        """
        for k, word in enumerate(self.words):
            if word.lower not in _POSSESSIVES or word.lower in self.foreign:
                continue
            before = [j for j in range(k) if self._stem(j) is not None]
            if k < end and not before:
                return True
            owners = [j for j in range(k) if j in self.in_name]
            if word.lower in _PERSONS and not owners:
                return True
            if word.lower == "their" and owners and not any(self.words[j].lower.endswith("s") for j in before):
                return True
        return False

    def _may_mean(self, names: frozenset[Name], agent: frozenset[str]) -> frozenset[Name]:
        """The speaker's names and state, where the content may speak of it without naming it.

        So it is where it names nobody ("said that the water was clean"), where "the country" or "the senator" does
        something, where "his" may be anyone's, where it denies something, and, for the state, where a pronoun stands
        for the speaker.
        """
        speaker = self.told.speaker
        if speaker is None:
            return frozenset()
        land = frozenset((frozenset((f"@{speaker.country}",)),)) if speaker.country else frozenset()
        titled = bool(agent) and agent <= titles()
        if titled or not names or self._is_open() or self.told.stance == "denies":
            return self.speaker_names | land
        return land if self.own else frozenset()

    def _is_open(self) -> bool:
        """Whether "his" or "she" stands behind a name that it need not mean."""
        first_name = min(self.in_name, default=len(self.words))
        return any(w.lower in _PERSONS for w in self.words[first_name:])

    # --- mood, position, numbers, days

    def _is_ahead(self, head: int | None) -> bool:
        """Whether it is yet to be: demanded, predicted, or told with "will" and no past tense before it."""
        if self.told.stance == "demands" or self.taken is Taken.PREDICTS:
            return True
        lowers = [w.lower for w in self.words[: None if head is None else head]]
        for k, lower in enumerate(lowers):
            if k in self.in_name:
                continue
            if lower in _MODALS:
                return "have" not in lowers[k : k + 3]
            if lower in _AHEAD and (lower != "to" or self._helps(k)):
                return "have" not in lowers[k : k + 3]
            if lower in _BE | _HAVE:
                return "going" in lowers[k : k + 3]
        return self.told.stance == "predicts"

    def _is_negated(self, head: int | None) -> bool:
        end = len(self.words) if head is None else head + 1
        lowers = [w.lower for w in self.words[:end]]
        count = sum(
            1 for k, w in enumerate(lowers)
            if w in _NEGATORS and not (k + 1 < len(lowers) and lowers[k + 1] in _NO_NEGATION)
        )  # fmt: skip
        return count % 2 == 1 if head is not None else count > 0 and lowers[0] in _NEGATORS

    def _position(self, negated: bool, ahead: bool) -> tuple[Taken, bool]:
        stance = Taken(self.told.stance)
        if stance is Taken.PREDICTS and not ahead:
            stance = Taken.ASSERTS  # "it was likely that he had lied" foretells nothing
        if stance is Taken.ASSERTS and self._refuses():
            stance = Taken.DENIES
        denying = self.told.act in _DENYING
        if self.number and not denying and stance in (Taken.DENIES, Taken.DOUBTS):
            stance = Taken.ASSERTS  # a verdict on the first sentence says nothing of the next
        if self.taken is not None:
            stance = self.taken if not (denying and self.taken is Taken.DENIES) else Taken.ASSERTS
        elif stance is Taken.DENIES and not denying:
            negated = False  # the stance was read from this very "not"
        if stance is Taken.ASSERTS:
            return (Taken.DENIES, True) if negated else (Taken.ASSERTS, False)
        if stance is Taken.DENIES:
            return (Taken.ASSERTS, False) if negated else (Taken.DENIES, True)
        if stance is Taken.DOUBTS:
            return stance, not negated
        return stance, negated

    def _refuses(self) -> bool:
        """ "Refused to pay" is to deny that one will."""
        return self.told.act == "reject" and self.text.lstrip().lower().startswith("to ")

    def _numbers(self, dated: frozenset[int]) -> tuple[frozenset[float], frozenset[int]]:
        found: set[float] = set()
        used: set[int] = set()
        k = 0
        while k < len(self.words):
            told = number_at(self.words, k) if k not in dated and k not in self.in_name else None
            if told is None:
                k += 1
                continue
            value, behind = told
            found.add(value)
            used.update(range(k, behind))
            k = behind
        return frozenset(found), frozenset(used)

    def _dates_the_cue(self, dated: frozenset[int]) -> bool:
        """Whether a day tells when it was said: "accused Oslo on Friday of …"."""
        if self.told.act != "accuse" or not dated:
            return False
        return any(w.lower == "of" for w in self.words[min(dated) : min(dated) + 3])

    def _events(self) -> tuple[frozenset[str], frozenset[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
        """The distinct events and deeds of the statement, where it is one sentence: whose they are is sure then."""
        if _SENTENCE.search(self.told.words):
            return frozenset(), frozenset()
        some = [e for e in self.told.events if e.source and e.target]
        return frozenset(e.key for e in some if e.day), frozenset((e.type, e.source, e.target) for e in some)

    def _event_days(self) -> Days | None:
        days = {d for e in self.told.events if e.dated and (d := _day(e.day)) is not None}
        return (min(days), max(days)) if len(days) == 1 else None

    def _stem(self, k: int) -> str | None:
        """The stem of a word that tells something: no name, no function word, no mark."""
        word = self.words[k]
        if k in self.in_name or not word.lower[:1].isalpha() or len(word.lower) < 2:
            return None
        if word.lower in forms("empty") or word.lower in forms("reverse"):
            return None
        return stem(word.lower)


def _day(text: str | None) -> date | None:
    """A day that dates can be counted from; ``None`` for none and for days outside the years 1000 to 9000."""
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return day if day and 1000 <= day.year <= 9000 else None
