"""Groups statements of one report that take a position on the same proposition.

A claim is published where two sources differ on a proposition, or where one source denies a proposition that its
words state. Precision goes before recall: two sentences on the same subject are not yet one claim.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from dateline.model import Annotated, Cast, Claim, Position, Span, Stance, Statement
from dateline.resolve.propositions import Proposition, Propositions

_AGAINST = frozenset((Stance.DENIES, Stance.DOUBTS))
#: Share of the smaller side's weight that two propositions must have in common to be held the same.
_SAME = 0.6
#: The same for a denial in so many words.
_SAME_OF_DENIAL = 0.15
#: The same where one says "not" and no more: share of all words of both.
_SAME_OF_NOT = 0.5
#: A denial of "reports" or "speculation" that goes on with no more than these words names little else.
_FEW = 4
_SAME_OF_LONG_REPORT = 0.4
#: The same where one denies what "reports" or "speculation" say: the denier seldom repeats all the words.
_SAME_OF_REPORT = 0.3
#: What a contentious cue ("insist", "accuse") adds to likeness.
_CONTENTIOUS = 0.1
#: How many propositions back a vague denial ("these claims") looks for what it denies.
_BACK = 4
#: A word that stands in more propositions than this says nothing and is not looked up.
_COMMON = 40


@dataclass(slots=True)
class _Group:
    """Propositions held to be one, those for it and those against it."""

    pro: list[Proposition] = field(default_factory=list)
    contra: list[Proposition] = field(default_factory=list)
    #: indexes of those for it
    asserted: list[int] = field(default_factory=list)


def find_claims(annotated: Annotated, statements: tuple[Statement, ...], cast: Cast) -> tuple[Claim, ...]:
    """The claims of a report in the order of their first statement, numbered c1, c2, …"""
    return _Finder(annotated, statements, cast).claims()


class _Finder:
    def __init__(self, annotated: Annotated, statements: tuple[Statement, ...], cast: Cast) -> None:
        self.annotated = annotated
        self.cast = cast
        self.order = {s.id: n for n, s in enumerate(statements)}
        cutter = Propositions(annotated, cast)
        told = [p for s in statements if s.stance is not Stance.ASKS for p in cutter.of(s)]
        self.told = told
        self.counts = Counter(f for p in told for f in p.features)
        self.index: dict[str, list[int]] = defaultdict(list)
        for n, p in enumerate(told):
            for feature in sorted(p.features):
                if self.counts[feature] <= _COMMON:
                    self.index[feature].append(n)
        self.groups: list[_Group] = []
        self.group_of: dict[int, _Group] = {}
        #: groups of nothing but denials, by what is denied: the same denial twice is one claim
        self.alone: dict[frozenset[str], _Group] = {}

    def claims(self) -> tuple[Claim, ...]:
        against = [n for n, p in enumerate(self.told) if p.position in _AGAINST or p.negated]
        for n in against:
            if not self.told[n].of_report:
                self._dispute(n)
        for n in against:
            if self.told[n].of_report:
                self._dispute(n)
        for n in against:
            if n not in self.group_of and self.told[n].position is Stance.DENIES:
                self._dispute_accusation(n)
        for n in against:
            if n not in self.group_of:
                self._deny_alone(n)
        for n in against:
            if n not in self.group_of and self.told[n].position in _AGAINST:
                self._dispute_vaguely(n)
        self._second()
        return self._published()

    # --- who disputes what -------------------------------------------------------------------------------------

    def _dispute(self, n: int) -> None:
        """Tie a denial to the assertion by another that speaks most clearly of the same."""
        mine = self.told[n]
        fits = []
        for m in self._near(n):
            if not self._opposes(n, m):
                continue
            score = self._likeness(mine, self.told[m])
            disputed = m in self.group_of
            if self._is_same(mine, self.told[m], score, disputed):
                fits.append((disputed and mine.of_report, score, -m))
        if not fits:
            return
        other = -max(fits)[2]
        group = self.group_of.get(other) or self.group_of.get(n) or self._new_group()
        self._join(group, n, against=True)
        self._join(group, other, against=False)

    def _is_same(self, mine: Proposition, other: Proposition, score: float, disputed: bool) -> bool:
        """Whether a denial and an assertion share enough to be about one proposition.

        A mere "not" must speak of the same subject and repeat most of the words. A denial in so many words ("was
        mere speculation") needs an actor and a word, or three words, in common; one of "reports" or "speculation"
        that names an actor of a proposition disputed by others joins it.
        """
        shared = mine.features & other.features
        words = sum(not f.startswith("@") for f in shared)
        if mine.position not in _AGAINST:
            both = self._weight(shared) / self._weight(mine.features | other.features)
            return bool(mine.subject & other.subject) and both >= _SAME_OF_NOT and words >= 2
        if mine.of_report and len(mine.features) <= _FEW:
            names = any(f.startswith("@") for f in shared)
            return (disputed and names) or (score >= _SAME_OF_REPORT and len(shared) >= 2)
        if mine.of_report:
            return score >= _SAME_OF_LONG_REPORT and words >= 2
        if words >= 2 and score >= _SAME:
            return True
        return score >= _SAME_OF_DENIAL and (words >= 3 or (words >= 1 and words < len(shared)))

    def _opposes(self, n: int, m: int) -> bool:
        """Whether one denies what the other, by another source, asserts."""
        mine, other = self.told[n], self.told[m]
        if not other.is_clause or other.position in _AGAINST or mine.statement is other.statement:
            return False
        if self._same_source(mine, other) or mine.span.overlaps(other.span):
            return False
        if mine.position in _AGAINST:
            return True
        return mine.negated and not other.negated

    def _same_source(self, one: Proposition, two: Proposition) -> bool:
        a, b = one.statement.source, two.statement.source
        if a is None or b is None:
            return False
        if a.actor is not None or b.actor is not None:
            return a.actor == b.actor
        return _words(self.annotated, a.spans) == _words(self.annotated, b.spans)

    def _near(self, n: int) -> list[int]:
        """Propositions that share at least two words, or any word with a denial of reports."""
        shared = Counter(m for f in self.told[n].features for m in self.index.get(f, ()) if m != n)
        least = 1 if self.told[n].of_report else 2
        return sorted(m for m, count in shared.items() if count >= least)

    def _likeness(self, one: Proposition, two: Proposition) -> float:
        """Shared weight over the smaller side's weight; rare words weigh more, actors alone are not enough.

        What somebody insists on or accuses another of is likelier to be what is denied than what an analyst expects.
        """
        shared = one.features & two.features
        if not one.of_report and not any(not f.startswith("@") for f in shared):
            return 0.0
        smaller = min(self._weight(one.features), self._weight(two.features))
        cue = two.statement.cue
        bonus = _CONTENTIOUS if cue is not None and cue.act in ("claim", "accuse") else 0.0
        return self._weight(shared) / smaller + bonus if smaller and shared else 0.0

    def _weight(self, features: frozenset[str]) -> float:
        return float(sum(sorted(self.counts[f] ** -0.25 for f in features)))

    def _dispute_vaguely(self, n: int) -> None:
        """Tie a denial that repeats no words to what it denies.

        "Denied the allegations" goes to the last assertion that names the denier, "these claims" to a claim just
        before, "all speculation on the issue" to the one proposition that is disputed anyway.
        """
        mine = self.told[n]
        if not mine.of_report:
            return
        if self._dispute_report(n):
            return
        actor = mine.statement.source.actor if mine.statement.source else None
        mark = f"@{actor}"
        for m in range(n - 1, -1, -1):
            if actor is None or not self._opposes(n, m) or self.told[m].statement.cue is None:
                continue
            if mark in self.told[m].features and self._accuses(self.told[m].statement):
                group = self.group_of.get(m) or self._new_group()
                self._join(group, n, against=True)
                self._join(group, m, against=False)
                return
        for m in range(n - 1, max(-1, n - 1 - _BACK), -1):
            if m in self.group_of:
                self._join(self.group_of[m], n, against=True)
                return
        disputed = [g for g in self.groups if g.pro and g.contra]
        if len(disputed) == 1:
            self._join(disputed[0], n, against=True)

    def _dispute_accusation(self, n: int) -> None:
        """Tie a denial to an accusation just before that names the denier or shares a word with it."""
        mine = self.told[n]
        actor = mine.statement.source.actor if mine.statement.source else None
        for m in range(n - 1, max(-1, n - 1 - _BACK), -1):
            cue = self.told[m].statement.cue
            if cue is None or cue.act != "accuse" or not self._opposes(n, m):
                continue
            shared = {f for f in mine.features & self.told[m].features if not f.startswith("@")}
            if shared or (actor is not None and f"@{actor}" in self.told[m].features):
                group = self.group_of.get(m) or self._new_group()
                self._join(group, n, against=True)
                self._join(group, m, against=False)
                return

    def _dispute_report(self, n: int) -> bool:
        """Tie "dismissed the report as nonsense" to what a report just before is said to tell."""
        mine = self.told[n]
        told = "report" in self.annotated.words(mine.span).lower()
        for m in range(n - 1, max(-1, n - 1 - _BACK), -1):
            cue = self.told[m].statement.cue
            close = mine.vague and self._in_one_sentence(n, m)
            if cue is not None and (close or (told and cue.act == "report")) and self._opposes(n, m):
                group = self.group_of.get(m) or self._new_group()
                self._join(group, n, against=True)
                self._join(group, m, against=False)
                return True
        return False

    def _in_one_sentence(self, n: int, m: int) -> bool:
        """Whether a denial stands in the sentence of what it denies ("…, a charge that Oslo rejected")."""
        one, two = (self.annotated.head_of(self.told[k].span) for k in (n, m))
        return one is not None and two is not None and one.sentence == two.sentence

    @staticmethod
    def _accuses(statement: Statement) -> bool:
        return statement.cue is not None and statement.cue.act in ("accuse", "claim", "criticise", "report", "say")

    def _deny_alone(self, n: int) -> None:
        """A denial in so many words ("denied that it attacked Ukraine") is a claim even if no other source is named."""
        mine = self.told[n]
        cue = mine.statement.cue
        if mine.vague or cue is None or cue.act not in ("deny", "reject") or mine.position is not Stance.DENIES:
            return
        if len(mine.features) >= 2 and not mine.of_report:
            group = self.alone.get(mine.features) or self._new_group()
            self.alone[mine.features] = group
            self._join(group, n, against=True)

    def _second(self) -> None:
        """Add those who assert with nearly the same words what others assert in a disputed group."""
        for group in self.groups:
            for n in list(group.asserted):
                first = self.told[n]
                for m in self._near(n):
                    other = self.told[m]
                    if m in self.group_of or other.position in _AGAINST or other.negated != first.negated:
                        continue
                    if len(first.features & other.features) >= 3 and self._likeness(first, other) >= 0.6:
                        self._join(group, m, against=False)

    # --- groups ------------------------------------------------------------------------------------------------

    def _new_group(self) -> _Group:
        group = _Group()
        self.groups.append(group)
        return group

    def _join(self, group: _Group, n: int, against: bool) -> None:
        if n in self.group_of:
            return
        self.group_of[n] = group
        (group.contra if against else group.pro).append(self.told[n])
        if not against:
            group.asserted.append(n)

    def _published(self) -> tuple[Claim, ...]:
        found = []
        for group in self.groups:
            positions = self._positions(group)
            if group.contra and positions:
                found.append((min(self.order[p.statement] for p in positions), self._text(group), positions))
        found.sort(key=lambda f: (f[0], f[1]))
        return tuple(Claim(f"c{n}", text, positions) for n, (_, text, positions) in enumerate(found, 1))

    def _positions(self, group: _Group) -> tuple[Position, ...]:
        taken: dict[str, Position] = {}
        for against, side in ((True, group.contra), (False, group.pro)):
            for p in side:
                stance = p.position
                if against and stance not in _AGAINST:
                    stance = Stance.DENIES
                actor = p.statement.source.actor if p.statement.source else None
                taken.setdefault(p.statement.id, Position(p.statement.id, actor, stance))
        return tuple(sorted(taken.values(), key=lambda p: self.order[p.statement]))

    def _text(self, group: _Group) -> str:
        """The words of the shortest assertion; of the shortest denial where nobody asserts it."""
        plain = [p.span for p in group.contra if not p.vague]
        spans = [p.span for p in group.pro] or plain or [p.span for p in group.contra]
        shortest = min(spans, key=lambda s: (s.end - s.start, s.start))
        words = " ".join(self.annotated.words(shortest).split())
        return words[5:] if words.lower().startswith("that ") else words


def _words(annotated: Annotated, spans: tuple[Span, ...]) -> str:
    return " ".join(annotated.words(s).lower() for s in spans)
