#!/usr/bin/env python3
"""How fast the record is with a million events: a made-up record, and each kind of question put to it many times.

    million.py [--record FILE] [--reports 20000] [--tellings 50] [--each 40] [--beside] [--lists] [--save]

Makes a record of made-up reports (fixed seed: the same in every run) in FILE, through the same ``keep`` as
``dateline add``, unless it is there already; then asks it. Names, days, words and types are spread as in news: a few
are in most reports, most in a few; days come in bursts; some reports are copies of others. For each class of question
it tells how long it took (p50, p95, the slowest), and p95 as a ratio to a thousand look-ups of an entry by its id in
the same run, since machines differ. ``--beside`` asks all once more while another process adds reports to a copy;
``--lists`` reads all entries as an export does, and tells the peak memory by their number. ``--save`` keeps the figures
in ``baseline.json``.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate, islice
from multiprocessing import get_context
from operator import attrgetter
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

_ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pl", "r", "s", "st", "t",
           "tr", "v", "w", "z")  # fmt: skip
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
_CODAS = ("", "", "", "l", "m", "n", "r", "s", "t", "k")
ROLES = ("president", "prime minister", "foreign minister", "defence minister", "army chief", "opposition leader",
         "ambassador", "spokesman")  # fmt: skip
ACTS = ("say", "deny", "warn", "demand", "announce", "criticise", "promise", "ask")
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
        word = ""
        for _ in range(dice.choice(lengths)):
            word += dice.choice(_ONSETS) + dice.choice(_NUCLEI) + dice.choice(_CODAS)
        found[word] = None
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
        publisher = self.world.publishers.one()
        return replace(of, report=_report(self.n, report.text, report.title or "", day, publisher, True))

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
        made_by = MadeBy("0", "made up")
        return Reading(report, actors, statements=statements, events=events, sentences=tuple(spans), made_by=made_by)

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
        form = dice.choice(list(Form))
        source = Source((speaker.mentions[0].span,), speaker.id, dice.choice(list(Sourcing)))
        cue = Cue((Span(span.start, span.start + 3),), dice.choice(ACTS), dice.choice(ACTS))
        content, when = (Span(span.start + 4, span.end),), Interval(day, day, "report")
        stance, hedged = dice.choice(list(Stance)), dice.random() < 0.1
        return Statement(f"s{n + 1}", form, source, cue, content, None, None, when, stance, hedged)

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
                lat, geonames = round(dice.uniform(-60, 70), 4), dice.randrange(10**7)
                place = Place(span, here[0].name, here[0].country, lat, 10.0, geonames)
            target = (here[-1].id,) if len(here) > 1 and dice.random() < 0.9 else ()
            sides = here[0].mentions[0].span, here[-1].mentions[0].span if len(here) > 1 else None
            goldstein = round(codebook.cameo()[kind.cameo][1], 1)
            reality, unsure = Reality(dice.choice(_REALITIES)), dice.random() < 0.05
            span, day_told = Span(start, start + 6), Interval(when, when, "report")
            yield Event(f"e{n + 1}", kind.name, None, kind.cameo, kind.quad, goldstein, (here[0].id,), target, span,
                        *sides, day_told, place, reality, said, unsure)  # fmt: skip


def _report(n: int, text: str, title: str, day: str, publisher: str, reliable: bool) -> Report:
    url = f"https://example.org/{day.replace('-', '/')}/{n}"
    agency = "Wire " + publisher[0] if n % 3 == 0 else None
    raw = json.dumps({"id": str(n), "text": text, "title": title, "published": day, "publisher": publisher}).encode()
    published = Published(day, DateFrom.METADATA if reliable else DateFrom.GUESSED, reliable)
    origin = Origin(f"made-up.jsonl, line {n}", url, "jsonl", raw)
    return Report(str(n), text, title, "en", published, credits=Credits(publisher, agency), url=url, origin=origin)


def bundle(reading: Reading) -> Bundle:
    return bundle_of(reading, as_json, stories.signature)


def make(path: Path, reports: int, tellings: int) -> list[tuple[int, float]]:
    """Makes the record; (reports kept, milliseconds of processor time of ``keep`` for each of the last thousand)."""
    store = SqliteStore(path, kit(), lambda: "2026-01-01T00:00:00Z")
    readings = islice(Maker(SEED, tellings).readings(), reports)
    done, spent, rates = 0, 0.0, []
    with get_context("fork").Pool(1) as pool:
        bundles = pool.imap(bundle, readings, chunksize=8)
        while batch := list(islice(bundles, BATCH)):
            start = time.process_time()
            store.keep(batch)
            spent += time.process_time() - start
            done += len(batch)
            if done % 1024 == 0:
                rates.append((done, 1000 * spent / 1024))
                spent = 0.0
                print(f"{done:7,} reports kept, {rates[-1][1]:.1f} ms each", file=sys.stderr)
    store.close()
    return rates


_FINDS = ("sentences", "statements", "events")


# --- questions ---------------------------------------------------------------------------------------------------


class Questions:
    """Draws queries of each class, from what is in the record."""

    def __init__(self, path: Path, seed: int = SEED + 1) -> None:
        self.dice = dice = random.Random(seed)
        db = sqlite3.connect(path)

        def column(sql: str) -> list[str]:
            return [row[0] for row in db.execute(sql)]

        self.publishers = column("SELECT publisher FROM reports GROUP BY 1 ORDER BY count(*) DESC")
        self.agencies = column("SELECT agency FROM reports WHERE agency NOTNULL GROUP BY 1")
        self.people = column(
            "SELECT a.name FROM cast_members c JOIN profiles p ON p.id = c.profile JOIN actors a ON a.id = p.actor"
            " WHERE a.kind = 'person' GROUP BY a.id ORDER BY count(*) DESC LIMIT 400")  # fmt: skip
        self.many = column("SELECT a.key FROM actors a JOIN profiles p ON p.actor = a.id GROUP BY a.id"
                           " ORDER BY count(*) DESC LIMIT 20")  # fmt: skip
        self.reports = column("SELECT key FROM reports ORDER BY id LIMIT 2000")
        self.stories = column("SELECT s.key FROM stories s JOIN reports r ON r.story = s.id"
                              " GROUP BY s.id HAVING count(*) > 1 ORDER BY s.id LIMIT 200")  # fmt: skip
        sentences = db.execute('SELECT substr(v.text, s."start" + 1, s."end" - s."start") FROM sentences s'
                               " JOIN versions v ON v.report = s.report AND v.number = 1 LIMIT 4000")  # fmt: skip
        self.sentences = [row[0].rstrip(".").split() for row in sentences]
        counted = Counter(word for words in self.sentences for word in words if word.islower())
        self.words = [word for word, _ in counted.most_common()]
        self.states = column("SELECT p.country FROM profiles p JOIN cast_members c ON c.profile = p.id"
                             " WHERE p.country NOTNULL GROUP BY 1 ORDER BY count(*) DESC")  # fmt: skip
        self.types = [t.name for t in codebook.types()]
        self.quads = sorted({t.quad for t in codebook.types()})
        self.classes: dict[str, Callable[[], dict[str, Any]]] = {
            "a rare word": lambda: {"words": self._word(20_000, 30_000)},
            "a word": lambda: {"words": self._word(300, 3_000)},
            "a common word": lambda: {"words": self._word(0, 12)},
            "two words": lambda: {"words": f"{self._word(0, 100)} {self._word(50, 1_000)}"},
            "two common words": lambda: {"words": f"{self._word(0, 12)} {self._word(0, 12)}"},
            "a phrase": lambda: {"words": self._phrase()},
            "a phrase of common words": lambda: {"words": self._never_told(0, 8)},
            "a beginning of one letter": lambda: {"words": self._word(0, 30_000)[:1] + "*"},
            "a beginning of two": lambda: {"words": self._word(0, 30_000)[:2] + "*"},
            "a beginning of three": lambda: {"words": self._word(0, 30_000)[:3] + "*"},
            "a beginning of four": lambda: {"words": self._word(0, 30_000)[:4] + "*"},
            "either of three": lambda: {"words": " OR ".join(self._word(0, 3_000) for _ in range(3))},
            "with words left out": lambda: {"words": f"{self._word(0, 200)} -{self._word(0, 20)} -{self._word(0, 20)}"},
            "one filter": lambda: self._filters(1),
            "two filters": lambda: self._filters(2),
            "three filters": lambda: self._filters(3),
            "a word and a filter": lambda: {"words": self._word(0, 3_000), **self._filters(1)},
            "a common word and a filter": lambda: {"words": self._word(0, 12), **self._filters(1)},
            "a common word and two filters": lambda: {"words": self._word(0, 12), **self._filters(2)},
            "a common word and a rare filter": lambda: {"words": self._word(0, 12), "find": "events",
                                                        "actor": self.dice.choice(self.people[100:])},
            "common words, events": lambda: {"words": f"{self._word(0, 12)} {self._word(0, 12)}", "find": "events"},
            "a phrase hardly told, events": lambda: {"find": "events", "words": self._never_told(5, 20)},
            "a beginning and two filters": lambda: {"words": self._word(0, 3_000)[:2] + "*", **self._filters(2)},
            "filters that never meet": lambda: {"type": "CONSULT", "quad": "material_conflict", "reality": "happened"},
            "filters that hardly meet": lambda: {
                "publisher": self.publishers[0], "source": self._state(0, 3), "target": self._state(0, 3),
                "type": dice.choice(self.types), "reality": "called_off"},
            "a common word, filters that hardly meet": lambda: {
                "words": self._word(0, 12), "publisher": self.publishers[0], "country": self._state(0, 6),
                "type": dice.choice(self.types), "reality": "called_off"},
            "a person": lambda: {"actor": dice.choice(self.people), "find": dice.choice(_FINDS[::2])},
            "actors with most profiles": lambda: {"actor": dice.choice(self.many), "find": dice.choice(_FINDS[::2])},
            "a week": lambda: self._days(7),
            "years": lambda: self._days(3_000),
            "years and two filters": lambda: {**self._days(3_000), **self._filters(2)},
            "a week, a common word, a filter": lambda: {
                **self._days(7), "words": self._word(0, 12), **self._filters(1)},
            "everything": lambda: {"find": dice.choice(_FINDS)},
        }  # fmt: skip

    def _word(self, first: int, last: int) -> str:
        """A word by its rank; beyond those in the sample, one of its rarest thousand."""
        last = min(last, len(self.words))
        if first >= last:
            first = last - 1_000
        return self.words[self.dice.randrange(first, last)]

    def _never_told(self, first: int, last: int) -> str:
        """A phrase of frequent words that hardly ever stand side by side."""
        return '"' + " ".join(self._word(first, last) for _ in range(3)) + '"'

    def _state(self, first: int, last: int) -> str:
        return self.states[self.dice.randrange(first, last)]

    def _phrase(self) -> str:
        words = self.dice.choice(self.sentences)
        start = self.dice.randrange(len(words) - 3)
        return '"' + " ".join(words[start : start + 3]) + '"'

    def _days(self, length: int) -> dict[str, Any]:
        start = FIRST_DAY + timedelta(days=self.dice.randrange(max(1, DAYS - length)))
        return {"since": start.isoformat(), "until": (start + timedelta(days=length - 1)).isoformat()}

    def _filters(self, count: int) -> dict[str, Any]:
        """Some filters of one kind of entries, common ones more often than not."""
        dice = self.dice
        shared = {
            "actor": lambda: self._state(0, 40), "country": lambda: self._state(0, 40),
            "role": lambda: dice.choice(ROLES),
            "kind": lambda: dice.choice(("state", "person", "group", "organisation")),
            "publisher": lambda: dice.choice(self.publishers[:10]), "agency": lambda: dice.choice(self.agencies),
            "report": lambda: dice.choice(self.reports), "story": lambda: dice.choice(self.stories),
            "reliable": lambda: True,
        }  # fmt: skip
        of_events = {
            "source": lambda: self._state(0, 40), "target": lambda: self._state(0, 40),
            "type": lambda: dice.choice(self.types), "quad": lambda: dice.choice(self.quads),
            "reality": lambda: dice.choice(_REALITIES), "voice": lambda: dice.choice(("own", "said")),
        }  # fmt: skip
        of_statements = {
            "source": lambda: self._state(0, 40), "act": lambda: dice.choice(ACTS),
            "stance": lambda: dice.choice(list(Stance)),
            "sourcing": lambda: dice.choice(list(Sourcing)), "form": lambda: dice.choice(list(Form)),
        }  # fmt: skip
        kinds = (("sentences", {}), ("statements", of_statements), ("events", of_events), ("events", of_events))
        find, own = dice.choice(kinds)
        draws = {**shared, **own}
        return {"find": find, **{name: draws[name]() for name in dice.sample(sorted(draws), count)}}

    def of(self, name: str) -> Query:
        return Query.of({**self.classes[name](), "copies": self.dice.random() < 0.3})

    def pairs(self) -> tuple[str, str]:
        a, b = self.dice.sample(self.states[:30], 2)
        return a, b


# --- measuring ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds that questions of one class took, by the clock and of the processor's time, both sorted."""

    each: tuple[float, ...]
    work: tuple[float, ...]

    def at(self, share: float) -> float:
        return _at(self.each, share)

    def work_at(self, share: float) -> float:
        return _at(self.work, share)


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def timed(asks: Iterable[Callable[[], object]]) -> Took:
    took, work = [], []
    for ask in asks:
        start, start_work = time.perf_counter(), time.thread_time()
        ask()
        took.append(1000 * (time.perf_counter() - start))
        work.append(1000 * (time.thread_time() - start_work))
    return Took(tuple(sorted(took)), tuple(sorted(work)))


def ask_all(path: Path, each: int) -> dict[str, Took]:
    store = SqliteStore(path, kit(), lambda: "2026-01-01T00:00:00Z", create=False)
    questions = Questions(path)
    found: dict[str, Took] = {}
    for name in questions.classes:
        queries = [questions.of(name) for _ in range(each)]
        found[name] = timed([lambda q=q: store.search(q, 20) for q in queries])  # type: ignore[misc]
    found["later pages"] = timed(_pages(store, questions, each))
    saved = {**questions.classes["a word"](), "find": "events", "quad": "material_conflict"}
    store.save_search("million", Query.of(saved))
    found["a saved search"] = timed([lambda: store.search(store.saved_searches()["million"], 20)] * each)
    pairs = [questions.pairs() for _ in range(5 * each)]
    found["a relation by month"] = timed([lambda p=p: list(store.relation(*p)) for p in pairs])  # type: ignore[misc]
    ids = [row[0] for row in store.db.execute("SELECT id FROM entries WHERE id % 997 = 0 LIMIT 1000")]
    rows = [lambda: [store.db.execute("SELECT * FROM entries WHERE id = ?", (id_,)).fetchone() for id_ in ids]] * 20
    found["(a thousand rows by id)"] = timed(rows)
    return found


def _pages(store: SqliteStore, questions: Questions, each: int) -> Iterator[Callable[[], object]]:
    """Questions for the pages from the first to the thirtieth."""
    for name in ("a word", "one filter", "two filters", "a common word and a filter"):
        query, cursor = questions.of(name), None
        for _ in range(max(10, each)):
            hits = store.search(query, 20, cursor)
            yield lambda q=query, c=cursor: store.search(q, 20, c)  # type: ignore[misc]
            cursor = hits.cursor
            if cursor is None:
                break


_EACH, _WORK = attrgetter("each"), attrgetter("work")


def show(found: dict[str, Took]) -> bool:
    """The table; whether all classes are within their limits by the clock."""
    rows = found["(a thousand rows by id)"].at(0.5)
    named = [took for name, took in found.items() if name[0] != "(" and "relation" not in name]
    every = Took(*(tuple(sorted(t for took in named for t in times(took))) for times in (_EACH, _WORK)))
    print(f"{'':42} {'n':>5} {'p50 ms':>8} {'p95 ms':>8} {'slowest':>8} {'cpu p50':>8} {'cpu p95':>8} {'p95/rows':>9}")
    fine = True
    for name, took in (found | {"all searches": every}).items():
        most = 5.0 if name.startswith("a relation") else 50.0
        missed = "" if took.at(0.95) < most or name.startswith("(") else f"  over {most:.0f} ms"
        fine = fine and not missed
        told = took.at(0.5), took.at(0.95), took.each[-1], took.work_at(0.5), took.work_at(0.95)
        print(f"{name:42} {len(took.each):5} " + " ".join(f"{t:8.1f}" for t in told)
              + f" {took.at(0.95) / rows:9.2f}{missed}")  # fmt: skip
    return fine


def beside(path: Path, each: int) -> dict[str, Took]:
    """The same questions while another process keeps reports in a copy of the record."""
    copy = path.with_name(path.name + ".copy")
    shutil.copyfile(path, copy)
    stop = get_context("fork").Event()
    adding = get_context("fork").Process(target=_add, args=(copy, stop))
    adding.start()
    try:
        return ask_all(copy, each)
    finally:
        stop.set()
        adding.join()
        for ending in ("", "-wal", "-shm"):
            Path(str(copy) + ending).unlink(missing_ok=True)


def _add(path: Path, stop: Any) -> None:
    store = SqliteStore(path, kit(), lambda: "2026-01-01T00:00:00Z")
    maker = Maker(SEED + 2, 50)
    maker.n = 10_000_000
    readings = maker.readings()
    while not stop.is_set():
        store.keep([bundle(reading) for reading in islice(readings, BATCH)])
    store.close()


_LIST = """
import sys, time
from pathlib import Path
from itertools import islice
from dateline.kit import kit
from dateline.record.query import Query
from dateline.record.sqlite import SqliteStore
def anonymous():  # without the pages of the record's file, which the system takes back when it likes
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("RssAnon"))
store = SqliteStore(Path(sys.argv[1]), kit(), lambda: "", create=False)
start, n, peak = time.perf_counter(), 0, 0
for n, _ in enumerate(islice(getattr(store, sys.argv[2])(Query.of(eval(sys.argv[4]))), int(sys.argv[3])), 1):
    if n % 1000 == 1:
        peak = max(peak, anonymous())
print(n, round(time.perf_counter() - start, 1), peak // 1024)
"""


def lists(path: Path) -> None:
    """How long lists of all entries take, and how much memory, by the number of rows read."""
    for what, filters in (("tellings", {"copies": True}), ("tellings", {}), ("tellings", {"voice": "own"}),
                          ("sentences", {}), ("statements", {}), ("events", {})):  # fmt: skip
        for rows in (1_000, 100_000, 10_000_000):
            command = [sys.executable, "-c", _LIST, str(path), what, str(rows), repr(filters)]
            n, seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            print(f"{what} {filters}: {int(n):,} rows in {seconds} s, peak memory {peak} MB")


def sizes(path: Path) -> dict[str, float]:
    db = sqlite3.connect(path)
    counted = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
               for name in ("reports", "sentences", "statements", "tellings", "events", "actors")}  # fmt: skip
    size = path.stat().st_size
    print(", ".join(f"{n:,} {name}" for name, n in counted.items()))
    print(f"{size / 1e6:,.0f} MB, {size / counted['tellings']:,.0f} bytes an event as told (at most 1,200)")
    rows = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 24").fetchall()
    print("; ".join(f"{name} {n / counted['tellings']:.0f}" for name, n in rows))
    return {"bytes an event": round(size / counted["tellings"])}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, default=Path("million.db"))
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--tellings", type=int, default=50, help="events in a report")
    parser.add_argument("--each", type=int, default=40, help="questions of each class")
    parser.add_argument("--beside", action="store_true", help="ask once more while another process adds reports")
    parser.add_argument("--lists", action="store_true", help="read all entries, and tell time and memory")
    parser.add_argument("--save", action="store_true", help="keep the figures as the baseline")
    args = parser.parse_args()
    if not args.record.exists():
        make(args.record, args.reports, args.tellings)
    figures = sizes(args.record)
    store = SqliteStore(args.record, kit(), lambda: "", create=False)
    for name, ask in (("status", store.status), ("counts", store.counts)):
        figures[f"{name} ms"] = round(timed([ask] * 3).at(0.5))
        print(f"{name}: {figures[f'{name} ms']:.0f} ms")
    store.close()
    runs = {"": ask_all(args.record, args.each)}
    if args.beside:
        runs[" beside an add"] = beside(args.record, args.each)
    fine = True
    for which, found in runs.items():
        print(f"\n{which.strip() or 'alone'}")
        fine = show(found) and fine
        figures |= {f"{name}{which} p95 ms": round(took.at(0.95), 2) for name, took in found.items()}
        figures |= {f"{name}{which} cpu p95 ms": round(took.work_at(0.95), 2) for name, took in found.items()}
    if args.lists:
        lists(args.record)
    if args.save:
        kept = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
        kept["record"] = {"n": args.reports, "figures": figures, "items": {}}
        BASELINE.write_text(json.dumps(kept, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
