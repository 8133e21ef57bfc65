"""Turns acts found into events: whose, when, where, told by whom, and whether they happened."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from itertools import pairwise

from dateline.lexicons.eventbook import cue, event_book, goldstein_of, quad_of
from dateline.model import (
    Act,
    Actor,
    ActorKind,
    Annotated,
    Cast,
    Event,
    Interval,
    Place,
    Reality,
    Report,
    Span,
    Stance,
    Statement,
    Time,
    Token,
)
from dateline.resolve.answers import Answers
from dateline.resolve.dates import time_of
from dateline.resolve.telling import Telling

#: Realities of acts that lie in the past or present, so that the report's own day dates them where no word does.
_DATED = {Reality.HAPPENED, Reality.ONGOING}
_PLACE_PREPOSITIONS = {
    "in",
    "at",
    "near",
    "outside",
    "around",
    "inside",
    "across",
    "throughout",
    "off",
    "along",
    "from",
    "on",
}
#: News of so many days ago names its year.
_LONG_AGO = 300
#: Mutual acts of more sides than this are told once, from all to all.
_MOST_SIDES = 6
#: Sectors of those who protest in notes to others, and of those who protest in the street.
_OFFICIAL = ("GOV", "LEG", "MIL", "SPY", "JUD", "UNO")
_PEOPLE = ("CVL", "EDU", "LAB", "REL", "REF", "AGR")
#: How many words after an act's own "each other" is looked for.
_NEAR = 16
#: How "French and Egyptian warships", "the presidents of France and Egypt" hang their states on one head word.
_SHARED = ("amod", "compound", "nmod", "poss", "pobj")
_PAIRS = ("country", "nation", "state", "side", "government", "power", "two")
_NP_EDGE = ("det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "case")

#: actor ids of source and target, and the words that name them
_Sides = tuple[tuple[str, ...], tuple[str, ...], Span | None, Span | None]


def resolve_events(
    annotated: Annotated,
    acts: tuple[Act, ...],
    cast: Cast,
    statements: tuple[Statement, ...],
    times: tuple[Time, ...],
    places: tuple[Place, ...],
) -> tuple[Event, ...]:
    """The events of a report in text order.

    An act that no actor of the report takes part in is left out. A mutual act ("A and B met") is one event a direction.
    """
    return _Resolver(annotated, cast, statements, times, places).events(acts)


class _Resolver:
    def __init__(self, annotated: Annotated, cast: Cast, statements: tuple[Statement, ...], times: tuple[Time, ...],
                 places: tuple[Place, ...]) -> None:  # fmt: skip
        self.annotated, self.cast, self.times = annotated, cast, times
        self.known_times = _known_by(annotated.report, times)
        self.actors = {a.id: a for a in cast.actors}
        self.voices = _Voices(annotated, statements)
        self.telling = Telling(annotated, cast)
        self.answers = Answers(annotated, cast)
        self.places = places
        self.place_starts = [p.span.start for p in places]

    def events(self, acts: tuple[Act, ...]) -> tuple[Event, ...]:
        found: list[Event] = []
        met: set[tuple[int, tuple[str, ...]]] = set()
        ratified: set[int] = set()
        last: dict[tuple[object, ...], Span] = {}  # the same act told by words that overlap is one event
        for act in acts:
            for source, target, source_span, target_span in self._sides(act):
                act = self._whose_protest(act, source, target)
                if self.voices.around(act.span, outer=act.performed) is None:  # in others' words they know whom
                    source = source or self.answers.author(act)
                    target = self.answers.whom(act, source, target)
                key = (act.type, source, target, act.performed)
                before = last.get(key)
                if (before is not None and before.overlaps(act.span)) or not self.telling.tells(act, source, target):
                    continue
                if self._of_same_meeting(act, source, met) or self._only_ratified(act, ratified):
                    continue
                last[key] = act.span
                if act.type == "CONSULT":
                    met.add((act.head, source))
                elif act.type == "SUPPORT":
                    ratified.add(act.head)
                self.answers.remember(act, source, target)
                found.append(self._event(f"e{len(found) + 1}", act, source, target, source_span, target_span))
        return tuple(found)

    def _of_same_meeting(self, act: Act, source: tuple[str, ...], met: set[tuple[int, tuple[str, ...]]]) -> bool:
        """Whether an act only says what a meeting is for: "will meet to discuss trade"."""
        head = self.annotated.tokens[act.head]
        purpose = head.dep in ("advcl", "xcomp") and any(c.dep == "aux" and c.lower == "to" for c in head.children)
        return purpose and act.type == "CONSULT" and (head.head.i, source) in met

    def _only_ratified(self, act: Act, ratified: set[int]) -> bool:
        """Whether a noun only names the agreement that is ratified or endorsed: nobody agrees anew."""
        head = self.annotated.tokens[act.head]
        return act.type == "AGREE" and head.pos == "NOUN" and head.dep == "dobj" and head.head.i in ratified

    # --- whose ---

    def _whose_protest(self, act: Act, source: tuple[str, ...], target: tuple[str, ...]) -> Act:
        """A protest of those who govern is a complaint of diplomats (CAMEO 114), one of people takes to the street."""
        head = self.annotated.tokens[act.head]
        if head.lemma != "protest" or not source or act.cameo not in ("114", "141"):
            return act
        actors = [self.actors[i] for i in source]
        if head.pos == "NOUN":
            theirs = {self.actors[i].country for i in target} - {a.country for a in actors}
            if head.tag != "NN" or not theirs - {None}:  # "the protests in X" are its people's
                return act
        if all(a.kind is ActorKind.STATE or _sector(a) in _OFFICIAL for a in actors):
            return replace(act, type="ACCUSE", cameo="114", mode=None)
        if head.pos == "VERB" and all(_sector(a) in _PEOPLE for a in actors):
            return replace(act, type="PROTEST", cameo="141")
        return act

    def _sides(self, act: Act) -> list[_Sides]:
        sources, targets = self._ids(act.sources), self._ids(act.targets)
        spans = self._np(act.sources), self._np(act.targets)
        if act.sources == act.targets or (sources == targets and len(sources) > 1):
            return self._mutual(act, sources)
        if self._joint(act, sources, targets):
            return self._mutual(act, sources)
        if not sources and act.cameo.startswith("057") and len(self._countries(targets)) > 1:  # "their names"
            return self._mutual(replace(act, sources=act.targets), targets)
        targets = tuple(t for t in targets if t not in sources)
        if targets and self._each_its_own(act, sources, targets):
            targets = ()
        elif not targets and act.targets and sources:
            targets = tuple(t for t in self._inside(act.targets) if t not in sources)
        return [(sources, self.telling.others(act, sources, targets), spans[0], spans[1])]

    def _mutual(self, act: Act, ids: tuple[str, ...]) -> list[_Sides]:
        if len(ids) < 2 or len(ids) > _MOST_SIDES:
            span = self._np(act.sources)
            return [(ids, (), span, None)]
        spans = {i: self.annotated.tokens[t] for t in act.sources for i in self._ids((t,))}
        found: list[_Sides] = []
        for one in ids:
            others = tuple(i for i in ids if i != one)
            found.append(((one,), others, self._np((spans[one].i,)), self._np((spans[others[0]].i,))))
        return found

    def _joint(self, act: Act, sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
        """Whether several do together what takes a partner, and name none but each other ("A and B agreed to …")."""
        if not 1 < len(sources) <= _MOST_SIDES:
            return False
        head = self.annotated.tokens[act.head]
        if self._each_other(head):
            return True
        if head.lemma in cue("at_odds"):
            return len(self._countries(sources)) > 1 and not self._with_others(head, sources)
        if act.type != "COOPERATE" and not act.cameo.startswith(("057", "040", "046")):
            if act.type != "AGREE" or head.lemma not in cue("jointly"):
                return False
            if len(self._countries(sources)) > 1 and not self._with_others(head, sources):
                beside = {self.actors[t].country for t in self._acted_upon(act) if t not in sources} - {None}
                return beside <= self._countries(sources)
        theirs = {self.actors[t].country for t in targets if t not in sources}
        mine = {self.actors[s].country for s in sources} - {None}
        return not theirs or (len(mine) > 1 and theirs <= mine)  # "… that their ministers would meet"

    def _countries(self, ids: tuple[str, ...]) -> set[str | None]:
        return {self.actors[i].country for i in ids} - {None}

    def _each_its_own(self, act: Act, sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
        """Whether several act each upon its own people: "they instructed their negotiators"."""
        mine = self._countries(sources)
        if len(mine) < 2 or not self._countries(targets) <= mine:
            return False
        heads = [self.annotated.tokens[i] for i in act.targets]
        return act.type == "REQUEST" or any(w.tag == "PRP$" for t in heads for w in (t, *t.all("poss")))

    def _acted_upon(self, act: Act) -> tuple[str, ...]:
        """The states acted upon that are no places: who agree to open an office in X agree nothing with X."""
        found: list[str] = []
        for token in (self.annotated.tokens[i] for i in act.targets):
            first = token
            while first.dep == "conj" and first.head is not first:
                first = first.head
            if first.dep != "pobj" or first.head.lower not in _PLACE_PREPOSITIONS - {"from", "on"}:
                found.extend(i for i in self._ids((token.i,)) if self.actors[i].kind is ActorKind.STATE)
        return tuple(found)

    def _with_others(self, head: Token, sources: tuple[str, ...]) -> bool:
        """Whether somebody else is named with whom they do it ("agreed with X", "quarrelled with X")."""
        objects = [t for p in head.children if p.dep == "prep" and p.lower == "with" for t in p.children]
        return any(i not in sources for t in objects for i in self.cast.of(t.i))

    def _each_other(self, head: Token) -> bool:
        """Whether "each other" stands under the act's word, and under no other verb."""
        near = self.annotated.tokens[head.i + 1 : min(head.right, head.i + _NEAR)]
        for one, other in pairwise(near):
            if one.lower in ("each", "one") and other.lower in ("other", "another"):
                verb = other.head
                while verb.pos not in ("VERB", "AUX") and verb.head is not verb and verb is not head:
                    verb = verb.head
                return verb is head or (verb.dep == "xcomp" and verb.head is head)
        return False

    def _ids(self, tokens: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for t in tokens for i in (*self.cast.of(t), *self._partners(t))))

    def _partners(self, token: int) -> list[str]:
        """The other states of "French and Egyptian warships", whose head word stands for one of them only."""
        head = self.annotated.tokens[token]
        of = [p for c in head.children if c.dep == "prep" and c.lower == "of" for p in c.children if p.dep == "pobj"]
        if head.tag not in ("NNS", "NNPS"):
            of = []
        for child in (*head.children, *of):
            taken_up = child.tag == "PRP$" or child.lemma in _PAIRS  # "their ministers", "experts of both countries"
            if child.dep in _SHARED and (taken_up or any(c.dep == "conj" for c in child.children)):
                both = [child, *(c for c in child.children if c.dep == "conj")]
                ids = [i for t in both for i in self.cast.of(t.i)]
                mine = {self.actors[i].country for i in self.cast.of(token)}
                return [i for i in ids if len(ids) > 1 and self.actors[i].country not in mine]
        return []

    def _inside(self, tokens: tuple[int, ...]) -> tuple[str, ...]:
        """Actors named anywhere inside these noun phrases."""
        found: list[str] = []
        for index in tokens:
            for token in _near(self.annotated.tokens[index]):
                found.extend(self.cast.of(token.i))
        return tuple(dict.fromkeys(found))

    def _np(self, tokens: tuple[int, ...]) -> Span | None:
        """The words of the first of these noun phrases, without clauses that hang on it."""
        if not tokens:
            return None
        head = self.annotated.tokens[tokens[0]]
        first, last = head.i, head.i
        for child in head.children:
            if child.dep in _NP_EDGE and child.i < head.i:
                first = min(first, child.left)
            elif child.dep == "prep" and child.lower == "of" and child.right - head.i <= 8:
                last = max(last, child.right)
        return self.annotated.span_of(first, last + 1)

    # --- the rest ---

    def _event(self, id_: str, act: Act, source: tuple[str, ...], target: tuple[str, ...], source_span: Span | None,
               target_span: Span | None) -> Event:  # fmt: skip
        statement = self.voices.around(act.span, outer=act.performed)
        reality = _told(act.reality, statement) if not act.performed else act.reality
        return Event(
            id=id_, type=act.type, mode=act.mode, cameo=act.cameo, quad=quad_of(act.type),
            goldstein=goldstein_of(act.cameo, act.type), source=source, target=target, span=act.span,
            source_span=source_span, target_span=target_span, time=self._time(act, reality), place=self._place(act),
            reality=reality, said_by=statement.id if statement else None, unsure=act.unsure,
        )  # fmt: skip

    def _time(self, act: Act, reality: Reality) -> Interval | None:
        spoken = self.voices.around(act.span, outer=False) if act.performed else None
        if spoken is not None:  # done by saying so: the words' own time is that of the act spoken of
            if spoken.time is not None:
                return Interval(spoken.time.start, spoken.time.end, "text")
        else:
            head = self.annotated.tokens[act.head]
            times = self.known_times if reality in _DATED else self.times
            time = time_of(self.annotated, times, head) or self._time_of_when(times, head)
            before = _answered_by_news(head)
            if time is not None and before and not self._inside_phrase(time, head):
                return None  # "expelled him on Friday in answer to the arrest": the day of the answer
            if time is not None and (time.start or time.end) and not self._too_long_ago(time):
                return Interval(time.start, time.end, "text")
            if before or _told_of_before(head):
                return None
        if reality not in _DATED and act.type != "REQUEST":
            return None
        report = self.annotated.report
        if report.dateline is not None and report.dateline.date:
            return Interval(report.dateline.date, report.dateline.date, "dateline")
        if report.published is not None:
            return Interval(report.published.value, report.published.value, "published")
        return None

    def _inside_phrase(self, time: Time, head: Token) -> bool:
        word = self.annotated.head_of(time.span)
        return word is not None and head.left <= word.i < head.right

    def _too_long_ago(self, time: Time) -> bool:
        """Whether a bare month dates something else: "invited Y to come in October", told in September."""
        published, text = self.annotated.report.published, self.annotated.report.text[time.span.start : time.span.end]
        if published is None or not time.start or len(time.value) != len("2024-05") or not text.isalpha():
            return False
        return (date.fromisoformat(published.value) - date.fromisoformat(time.start)).days > _LONG_AGO

    def _time_of_when(self, times: tuple[Time, ...], head: Token) -> Time | None:
        """The time that a clause with "when" tells more of: "in July 1975, when two ships met"."""
        verb = head if head.pos in ("VERB", "AUX") else head.head
        if verb.dep not in ("advcl", "relcl") or not any(c.lower == "when" for c in verb.children):
            return None
        return time_of(self.annotated, times, verb.head)

    def _place(self, act: Act) -> Place | None:
        """The place named under "in", "at" or "near" in the act's own clause."""
        if not self.places:
            return None
        head = self.annotated.tokens[act.head]
        for token in _with_light(head):
            for child in token.children:
                if child.dep == "prep" and child.lower in _PLACE_PREPOSITIONS - {"from", "on"}:
                    place = self._place_at(child)
                    if place is not None:
                        return place
        return None

    def _place_at(self, prep: Token) -> Place | None:
        for child in prep.children:
            if child.dep == "pobj":
                i = bisect_right(self.place_starts, child.start) - 1
                if i >= 0 and self.places[i].span.start <= child.start < self.places[i].span.end:
                    return self.places[i]
        return None


def _sector(actor: Actor) -> str:
    return (actor.code or "")[3:6]


def _with_light(head: Token) -> list[Token]:
    """The act's word with the verb right above a noun, or the object right below a verb."""
    if head.pos == "NOUN" and head.dep in ("dobj", "nsubjpass", "nsubj") and head.head.pos == "VERB":
        return [head, head.head]
    return [head, *(c for c in head.children if c.dep in ("dobj", "nsubjpass"))]


def _known_by(report: Report, times: tuple[Time, ...]) -> tuple[Time, ...]:
    """The times that had come when the report was published: nothing happened later ("agreed to meet on Friday")."""
    days = [report.published.value if report.published else None, report.dateline.date if report.dateline else None]
    latest = max(filter(None, days), default=None)
    return tuple(t for t in times if latest is None or t.start is None or t.start <= latest)


def _told_of_before(head: Token) -> bool:
    """Whether an act lies before the news, no one says how long ("… which had attacked X").

    Not so in a clause that somebody tells: "said that they had agreed" is news, moved back by the tense of "said".
    """
    verb = head
    while verb.pos not in ("VERB", "AUX") and verb.dep in ("dobj", "nsubjpass", "compound", "conj"):
        verb = verb.head
    first = verb
    while first.dep == "conj" and first.head.pos in ("VERB", "AUX"):
        if any(c.dep in ("aux", "nsubj", "nsubjpass") for c in verb.children):
            break
        first = first.head
    if not any(c.dep == "aux" and c.lower == "had" for c in first.children):
        return False
    while first.dep == "conj" and first.head.pos in ("VERB", "AUX"):
        first = first.head
    return first.dep != "ccomp" or any(c.dep == "mark" and c.lower in cue("beside") for c in first.children)


def _answered_by_news(head: Token) -> bool:
    """Whether the news answers an act or comes after it, so that it is no news itself.

    "Expelled two in answer to the arrest of X"; "weeks before they met"; "a citizen arrested in May".
    """
    verb = head
    while verb.pos not in ("VERB", "AUX") and verb.dep in ("dobj", "nsubjpass", "conj", "pobj", "prep"):
        if verb.dep == "pobj" and verb.head.lower in cue("answered"):
            return True
        if verb.dep == "pobj" and verb.head.lower == "to" and verb.head.head.lower in cue("in_answer"):
            return True
        if verb.dep in ("pobj", "prep") and verb.head.pos in ("VERB", "AUX"):
            return False
        verb = verb.head
    if verb.dep != "advcl" or any(c.dep == "aux" for c in verb.children):
        return False
    return any(c.dep in ("npadvmod", "quantmod", "advmod") and c.lemma in cue("periods") for m in verb.children
               if m.dep in ("mark", "advmod") and m.lower in ("before", "after") for c in (*m.children, *verb.children))


def _near(head: Token) -> list[Token]:
    """The words of a noun phrase, nearest first, without relative and other clauses; bounded."""
    found: list[Token] = []
    queue = [head]
    while queue and len(found) < 24:
        token = queue.pop(0)
        found.append(token)
        queue.extend(c for c in token.children if c.dep not in ("relcl", "acl", "appos", "conj", "punct"))
    return found


def _told(reality: Reality, statement: Statement | None) -> Reality:
    """A denial undoes what stands inside it."""
    if statement is None or statement.stance is not Stance.DENIES or _only_refused(statement):
        return reality
    return Reality.DENIED if reality in (Reality.HAPPENED, Reality.ONGOING, Reality.PLANNED) else reality


def _only_refused(statement: Statement) -> bool:
    """Whether the cue refuses what it speaks of and does not deny it: a rejected offer was made."""
    lemma = statement.cue.lemma.split(" ")[0] if statement.cue else ""
    names = {o.name for o in event_book().operators["v"].get(lemma, ())}
    return "refuse" in names and "deny" not in names


class _Voices:
    """Finds the innermost statement around a span, in a time that does not grow with the report."""

    def __init__(self, annotated: Annotated, statements: tuple[Statement, ...]) -> None:
        self.annotated = annotated
        self.at: dict[int, list[Statement]] = {}
        budget = 8 * len(annotated.tokens) + 100
        for statement in sorted(statements, key=lambda s: sum(c.end - c.start for c in s.content)):
            for span in statement.content:
                tokens = annotated.tokens_in(span)
                budget -= len(tokens)
                if budget < 0:
                    return
                for token in tokens:
                    self.at.setdefault(token.i, []).append(statement)

    def around(self, span: Span, outer: bool) -> Statement | None:
        """The innermost statement whose content holds the span; with ``outer``, the one around that."""
        tokens = self.annotated.tokens_in(span)
        if not tokens:
            return None
        holding = self.at.get(tokens[0].i, [])
        last = self.at.get(tokens[-1].i, [])
        inside = [s for s in holding if s in last]
        if outer:
            inside = inside[1:]
        return inside[0] if inside else None
