"""One sentence of a content -> a proposition, read from the order of its words.

The record keeps the words of a content and not their parse. The main verb, who does it and to whom it is done are
read from helping verbs, "by", prepositions and the endings of verbs. Where that fails a slot stays empty, and an
empty slot neither joins nor parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from dateline.analyse.claims.lead import Lead
from dateline.analyse.claims.proposition import Deed, Proposition
from dateline.analyse.claims.told import Taken, Told
from dateline.analyse.claims.words import Days, Name, Names, Word, days_in, name_runs, number_at, stem
from dateline.lexicons.claims import forms
from dateline.lexicons.cues import word_set

SENTENCE = re.compile(r"(?<=[.!?])[\"”’']*\s+(?=[\"“‘']?[A-Z])")
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
#: "Not" before these denies nothing: "not only", "no longer", "no doubt".
_NO_NEGATION = word_set("only longer doubt")
_NOT_PAST = word_set("indeed hundred need")
#: The names of a speaker and the other words it is called by.
By = tuple[frozenset[Name], frozenset[str]]
#: Words of a sentence behind this many are not read.
_LONGEST = 120


class Clause:
    """One sentence of a content, as its words are read."""

    def __init__(
        self, told: Told, number: int, text: str, words: Sequence[Word], speaker: By, names: Names
    ) -> None:
        lead = Lead(words[:_LONGEST], names)
        self.told = told
        self.number = number
        self.text = text
        self.lead = lead
        self.words = lead.words
        self.speaker_names, self.speaker_words = speaker
        self.runs = name_runs(self.words, names)
        self.in_name = {k: name for i, j, name in self.runs for k in range(i, j)}
        #: pronouns that cannot stand for the speaker
        self.foreign = _foreign(told)
        self.head, self.passive = self._find_head()
        self.own = self._means_speaker()

    def proposition(self) -> Proposition | None:
        """The proposition; ``None`` where the words hold none that can be true or not."""
        if not self.words or not self._can_be_so(self.head):
            return None
        ahead = self._is_ahead(self.head)
        published = day_of(self.told.published or self.told.day)
        days, dated = days_in(self.words, published, ahead)
        numbers, counted = self._numbers(dated)
        names = frozenset(name for i, _, name in self.runs if i not in dated)
        names |= self.speaker_names if self.own else frozenset()
        stems = self._stems(dated | counted)
        if len(stems) + len(names) < 2:
            return None
        agent, patient = self._sides(self.head, self.passive, dated | counted)
        soft = self._may_mean(names, agent)
        if soft and agent and agent <= _STANDS_FOR:
            stems, agent = stems - agent, self._speaker()
        negated = self._is_negated(self.head)
        position, against = self._position(negated, ahead)
        events, deeds = self._events()
        return Proposition(
            told=self.told, number=self.number, text=self._wording(), position=position, against=against, ahead=ahead,
            head=None if self.head is None else stem(self.words[self.head].lower), stems=stems, names=names,
            agent=agent, patient=patient, reverse=self._reverse(), numbers=numbers,
            days=self._event_days() if days is None or self._dates_the_cue(dated) else days,
            soft=soft, whose=self.lead.whose, own=self.own, negated=negated, date=day_of(self.told.day),
            by=called((self.speaker_names, self.speaker_words)), events=events, deeds=deeds, open=self._is_open(),
        )  # fmt: skip

    def _stems(self, skipped: frozenset[int]) -> frozenset[str]:
        """The words that tell something; those of a speaker without a name, where it speaks of itself."""
        found = frozenset(s for k in range(len(self.words)) if k not in skipped and (s := self._stem(k)) is not None)
        return found | self.speaker_words if self.own and not self.speaker_names else found

    def _reverse(self) -> frozenset[str]:
        """ "Stop", "failed to" and the like before the main verb."""
        end = len(self.words) if self.head is None else self.head + 2
        known = forms("reverse")
        return frozenset(
            known[w.lower] for k, w in enumerate(self.words[:end]) if k not in self.in_name and w.lower in known
        )

    def _can_be_so(self, head: int | None) -> bool:
        """Whether the words can be true or not: a clause, or a noun for a deed that is denied or asked for.

        "Praised the plan" and "rejected the offer" hold no proposition.
        """
        if head is not None or self.lead.relayed:
            return True
        return self.told.stance == "demands" or self.told.act in ("deny", "accuse")

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

    def _means_speaker(self) -> bool:
        """Whether a pronoun or a subject left out stands for the speaker."""
        lowers = [w.lower for w in self.words]
        first_name = min(self.in_name, default=len(lowers))
        if any(self._is_speaker(k, lowers, first_name) for k in range(len(lowers))) or self._is_of_speaker(first_name):
            return True
        left_out = self.head is not None and self.head <= 1 and self._speaks_of_itself(self.head)
        return left_out and self.told.stance != "demands"

    def _is_speaker(self, k: int, lowers: Sequence[str], first_name: int) -> bool:
        """Whether the word at an index is a pronoun that means the speaker."""
        lower = lowers[k]
        if lower in _FIRST_PERSON:
            return True
        if lower in self.foreign:
            return False
        if lower in _SUBJECTS and k < first_name and k < 2 + (lowers[0] == "of"):
            return not (lower == "it" and k + 1 < len(lowers) and lowers[k + 1] in _BE)
        behind_verb = self.head is not None and k > max(self.head, 1)
        return lower in _OBJECTS and behind_verb and len(self.runs) <= 1

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
        if self.told.stance == "demands" or self.lead.taken is Taken.PREDICTS:
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
        if self.lead.taken is not None:
            stance = self.lead.taken if not (denying and self.lead.taken is Taken.DENIES) else Taken.ASSERTS
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

    def _events(self) -> tuple[frozenset[str], frozenset[Deed]]:
        """The distinct events and deeds of the statement, where it is one sentence: whose they are is sure then."""
        if SENTENCE.search(self.told.words):
            return frozenset(), frozenset()
        some = [e for e in self.told.events if e.source and e.target]
        return frozenset(e.key for e in some if e.day), frozenset((e.type, e.source, e.target) for e in some)

    def _event_days(self) -> Days | None:
        days = {d for e in self.told.events if e.dated and (d := day_of(e.day)) is not None}
        return (min(days), max(days)) if len(days) == 1 else None

    def _stem(self, k: int) -> str | None:
        """The stem of a word that tells something: no name, no function word, no mark."""
        word = self.words[k]
        if k in self.in_name or not word.lower[:1].isalpha() or len(word.lower) < 2:
            return None
        if word.lower in forms("empty") or word.lower in forms("reverse"):
            return None
        return stem(word.lower)


@cache
def titles() -> frozenset[str]:
    """Stems of nouns for somebody whose name is told elsewhere: "the senator", "the city"."""
    return frozenset(stem(w) for w in forms("title"))


def _foreign(told: Told) -> frozenset[str]:
    """Pronouns that cannot mean the speaker: "it" for a person, "she" for a state.

    Whoever denies that "it" did something speaks of itself, whatever kind of actor it was taken for.
    """
    kind = told.speaker.kind if told.speaker and told.stance != "denies" else None
    return {"person": _THINGS, "state": _PERSONS}.get(kind or "", frozenset())


def called(by: By) -> frozenset[Name]:
    return by[0] | {frozenset((w,)) for w in by[1]}


def day_of(text: str | None) -> date | None:
    """A day that dates can be counted from; ``None`` for none and for days outside the years 1000 to 9000."""
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return day if day and 1000 <= day.year <= 9000 else None
