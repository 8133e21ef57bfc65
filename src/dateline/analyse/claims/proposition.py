"""The record of what one sentence of a statement holds, ready to be compared with others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.analyse.claims.told import Taken, Told
from dateline.analyse.claims.words import Days, Name

#: An event's type and the keys of its two sides.
Deed = tuple[str, tuple[str, ...], tuple[str, ...]]


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
    deeds: frozenset[Deed] = frozenset()
    #: True where "his" or "she" stands for somebody whom the words do not name
    open: bool = False
    #: True for "denied the allegations", whose proposition is that of a statement before
    vague: bool = False

    @property
    def order(self) -> tuple[str, str, int, str, int]:
        """What propositions are sorted by: the day, then keys, whatever the order they came in."""
        return (self.told.day or "9999", self.told.report, self.told.at, self.told.key, self.number)
