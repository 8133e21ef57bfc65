#!/usr/bin/env python3
"""How fast the record is with a million events: a made-up record, and each kind of question put to it many times.

    million.py [--record FILE] [--reports 20000] [--tellings 50] [--each 40] [--save] [--only make|ask]

Makes a record of made-up reports (fixed seed: the same in every run), through the same ``keep`` as ``dateline add``,
unless FILE is there already; then asks it. Names, days, words and types are spread as in news: a few are in most
reports, most in a few; days come in bursts; some reports are copies of others. For each class of question it tells how long it
took, p50, p95 and the slowest, and p95 as a ratio to two thousand look-ups of a row by its id in the same run, since
machines differ. ``--save`` keeps the figures in ``baseline.json``.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from dateline.kit import kit
from dateline.lexicons import codebook, countries
from dateline.model import (
    Actor,
    ActorKind,
    Credits,
    Cue,
    DateFrom,
    Event,
    Form,
    Interval,
    MadeBy,
    Mention,
    MentionForm,
    Origin,
    Place,
    Published,
    Reading,
    Reality,
    Report,
    Role,
    RoleStatus,
    Source,
    Sourcing,
    Span,
    Stance,
    Statement,
)
from dateline.present.jsonl import as_json
from dateline.record.bundles import Bundle, bundle_of
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
from dateline.resolve import stories

HERE = Path(__file__).resolve().parent
BASELINE = HERE / "baseline.json"
SEED = 20261123
FIRST_DAY, DAYS = date(2009, 1, 1), 15 * 365
SENTENCES = 10
BATCH = 32

# --- what the reports are made of --------------------------------------------------------------------------------

_ONSETS = "b br d dr f g gr h j k kl l m n p pl r s st sk t tr v w z".split()
_NUCLEI = "a e i o u ai ei ou".split()
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "k"]
ROLES = ("president", "prime minister", "foreign minister", "defence minister", "army chief", "opposition leader",
         "ambassador", "spokesman")  # fmt: skip
ACTS = ("say", "deny", "warn", "urge", "announce", "condemn", "promise", "ask")
_REALITIES = ("happened", "happened", "happened", "happened", "happened", "happened", "ongoing", "planned", "possible",
              "demanded", "denied", "negated", "called_off")  # fmt: skip


class Zipf:
    """Draws items so that the n-th is drawn about 1/n as often as the first."""

    def __init__(self, dice: random.Random, items: Sequence[Any], power: float = 1.0) -> None:
        self.dice = dice
        self.items = items
        self.weights = list(accumulate((n + 2) ** -power for n in range(len(items))))

    def draw(self, k: int) -> list[Any]:
        return self.dice.choices(self.items, cum_weights=self.weights, k=k)

    def one(self) -> Any:
        return self.draw(1)[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """A made-up actor, as it stands in all reports that name it."""

    name: str
    kind: ActorKind
    country: str | None
    code: str | None
    role: str | None = None


@dataclass
class World:
    """The words, actors, publishers and bursts that all reports are drawn from."""

    dice: random.Random
    words: Zipf = field(init=False)
    states: Zipf = field(init=False)
    people: dict[str, Zipf] = field(init=False)
    bodies: Zipf = field(init=False)
    publishers: Zipf = field(init=False)
    days: list[int] = field(init=False)

    def __post_init__(self) -> None:
        dice = self.dice
        self.words = Zipf(dice, _names(dice, 30_000, (1, 2, 3)), 0.95)
        codes = [c for c in countries.codes() if countries.country_of(countries.name_of(c)) == c][:200]
        dice.shuffle(codes)
        self.states = Zipf(dice, [Figure(countries.name_of(c), ActorKind.STATE, c, c) for c in codes], 0.9)
        self.people = {c: Zipf(dice, self._people(c, max(8, 400 // (n + 4)))) for n, c in enumerate(codes)}
        self.bodies = Zipf(dice, self._bodies(codes, 1_500), 0.8)
        self.publishers = Zipf(dice, [n.title() + " Post" for n in _names(dice, 60, (2, 3))])
        self.days = self._days()

    def _people(self, country: str, count: int) -> list[Figure]:
        given, family = _names(self.dice, count, (2,)), _names(self.dice, count, (2, 3))
        roles = ["GOV", "GOV", "GOV", "MIL", "MIL", "OPP", "GOV", "GOV"]
        found = []
        for n in range(count):
            at = n % len(ROLES)
            name = f"{given[n].title()} {family[n].title()}"
            found.append(Figure(name, ActorKind.PERSON, country, country + roles[at], ROLES[at]))
        return found

    def _bodies(self, codes: list[str], count: int) -> list[Figure]:
        kinds = (("Movement", ActorKind.GROUP, "REB"), ("Council", ActorKind.ORGANISATION, "GOV"),
                 ("Front", ActorKind.GROUP, "REB"), ("Company", ActorKind.ORGANISATION, "BUS"))  # fmt: skip
        found = []
        for n, name in enumerate(_names(self.dice, count, (2, 3))):
            word, kind, code = kinds[n % len(kinds)]
            country = self.dice.choice(codes[:80])
            found.append(Figure(f"{name.title()} {word}", kind, country, country + code))
        return found

    def _days(self) -> list[int]:
        """Days, as often as reports fall on them: an even flow, and a burst every few weeks."""
        weight = [1.0] * DAYS
        for _ in range(DAYS // 25):
            start, strength = self.dice.randrange(DAYS), self.dice.uniform(2, 15)
            for n in range(start, min(DAYS, start + self.dice.randrange(2, 10))):
                weight[n] += strength
        return list(accumulate(weight))

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.dice.choices(range(DAYS), cum_weights=self.days)[0])


def _names(dice: random.Random, count: int, lengths: Sequence[int]) -> list[str]:
    """Made-up words, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (dice.choice(_ONSETS) + dice.choice(_NUCLEI) + dice.choice(_CODAS) for _ in range(dice.choice(lengths)))
        found["".join(syllables)] = None
    return list(found)


# --- reports -----------------------------------------------------------------------------------------------------


class Maker:
    """Draws one report after the other."""

    def __init__(self, seed: int, tellings: int) -> None:
        self.dice = random.Random(seed)
        self.world = World(self.dice)
        self.tellings = tellings
        self.types = Zipf(self.dice, sorted(codebook.types(), key=lambda t: t.name), 0.7)
        self.recent: list[Reading] = []
        self.n = 0

    def readings(self) -> Iterator[Reading]:
        while True:
            self.n += 1
            if self.recent and self.dice.random() < 0.05:
                yield self._copy(self.dice.choice(self.recent))
                continue
            reading = self._reading()
            self.recent = [*self.recent[-20:], reading]
            yield reading

    def _copy(self, of: Reading) -> Reading:
        """The same text and findings under another name, a day later."""
        report = of.report
        assert report.published
        day = (date.fromisoformat(report.published.value) + timedelta(days=self.dice.randrange(3))).isoformat()
        return replace(of, report=_report(self.n, report.text, report.title or "", day, self.world.publishers.one(), True))

    def _reading(self) -> Reading:
        world, dice = self.world, self.dice
        cast = self._cast()
        text, spans, mentions = self._text(cast)
        day = world.day().isoformat()
        title = " ".join(world.words.draw(6))
        report = _report(self.n, text, title, day, world.publishers.one(), dice.random() < 0.9)
        actors = tuple(self._actor(f"a{n + 1}", figure, mentions[n]) for n, figure in enumerate(cast) if mentions[n])
        statements = tuple(self._statement(n, span, actors, day) for n, span in enumerate(spans[::3]))
        events = tuple(self._events(text, spans, actors, day, statements))
        return Reading(report, actors, statements=statements, events=events, sentences=tuple(spans), made_by=MadeBy("0", "made up"))

    def _cast(self) -> list[Figure]:
        states = list(dict.fromkeys(self.world.states.draw(3)))
        people = [self.world.people[s.country or ""].one() for s in states for _ in range(2)]
        return list(dict.fromkeys([*states, *people, *self.world.bodies.draw(2)]))

    def _text(self, cast: list[Figure]) -> tuple[str, list[Span], list[list[Span]]]:
        """A text of some sentences, their spans, and where each of the cast is named."""
        parts: list[str] = []
        at = 0
        spans, mentions = [], [list[Span]() for _ in cast]
        for _ in range(SENTENCES):
            words = self.world.words.draw(self.dice.randrange(12, 22))
            start = at
            here = self.dice.sample(range(len(cast)), min(3, len(cast)))
            places = sorted(self.dice.sample(range(len(words)), len(here)))
            for n, word in enumerate(words):
                if places and n == places[0]:
                    places.pop(0)
                    who = here.pop()
                    mentions[who].append(Span(at, at + len(cast[who].name)))
                    parts.append(cast[who].name + " ")
                    at += len(parts[-1])
                parts.append(word + (". " if n == len(words) - 1 else " "))
                at += len(parts[-1])
            spans.append(Span(start, at - 1))
        return "".join(parts).rstrip(), spans, mentions

    def _actor(self, local: str, figure: Figure, mentions: list[Span]) -> Actor:
        role = (Role(figure.role, figure.country, RoleStatus.CURRENT, mentions[0]),) if figure.role else ()
        found = tuple(Mention(span, MentionForm.NAME, 0) for span in mentions)
        return Actor(local, figure.name, figure.kind, figure.country, figure.code, role, found)

    def _statement(self, n: int, span: Span, actors: Sequence[Actor], day: str) -> Statement:
        dice = self.dice
        speaker = dice.choice(actors)
        cue = Span(span.start, span.start + 3)
        return Statement(
            f"s{n + 1}", dice.choice(list(Form)), Source((speaker.mentions[0].span,), speaker.id, dice.choice(list(Sourcing))),
            Cue((cue,), dice.choice(ACTS), dice.choice(ACTS)), (Span(span.start + 4, span.end),), None, None,
            Interval(day, day, "report"), dice.choice(list(Stance)), dice.random() < 0.1)  # fmt: skip

    def _events(
        self, text: str, spans: Sequence[Span], actors: Sequence[Actor], day: str, statements: Sequence[Statement]
    ) -> Iterator[Event]:
        dice = self.dice
        for n in range(self.tellings):
            span = spans[n % len(spans)]
            here = [a for a in actors if any(span.covers(m.span) for m in a.mentions)] or list(actors)
            dice.shuffle(here)
            kind = self.types.one()
            start = min(span.start + 4 + 7 * (n // len(spans)), span.end - 4)
            when = (date.fromisoformat(day) - timedelta(days=min(int(dice.expovariate(0.7)), 300))).isoformat()
            said = statements[n % len(spans) // 3].id if n % len(spans) % 3 == 0 and dice.random() < 0.7 else None
            place = None
            if dice.random() < 0.3:
                place = Place(span, here[0].name, here[0].country, round(dice.uniform(-60, 70), 4), 10.0, dice.randrange(10**7))
            yield Event(
                f"e{n + 1}", kind.name, None, kind.cameo, kind.quad, round(codebook.cameo()[kind.cameo][1], 1),
                (here[0].id,), (here[-1].id,) if len(here) > 1 and dice.random() < 0.9 else (), Span(start, start + 6), here[0].mentions[0].span,
                here[-1].mentions[0].span if len(here) > 1 else None, Interval(when, when, "report"), place,
                Reality(dice.choice(_REALITIES)), said, dice.random() < 0.05)  # fmt: skip


def _report(n: int, text: str, title: str, day: str, publisher: str, reliable: bool) -> Report:
    url = f"https://example.org/{day.replace('-', '/')}/{n}"
    agency = "Wire " + publisher[0] if n % 3 == 0 else None
    raw = json.dumps({"id": str(n), "text": text, "title": title, "published": day, "publisher": publisher}).encode()
    return Report(str(n), text, title, "en", Published(day, DateFrom.METADATA if reliable else DateFrom.GUESSED, reliable),
                  credits=Credits(publisher, agency), url=url, origin=Origin(f"made-up.jsonl, line {n}", url, "jsonl", raw))  # fmt: skip


def bundle(reading: Reading) -> Bundle:
    return bundle_of(reading, as_json, stories.signature)
