"""One readable line makes one record."""

from __future__ import annotations

import re
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dateline.lexicons.eventbook import goldstein_of, quad_of
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
    Time,
    TimeType,
)
from dateline.present.jsonl import as_json
from dateline.record.bundles import Bundle, bundle_of
from dateline.resolve.stories import signature

TEXT = "Oslo said on Monday that Bergen had sunk a ferry.\n\nBergen denied it."


def find(text: str, words: str) -> Span:
    """The first place of the words in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def reading(text: str = TEXT) -> Reading:
    """A small reading made by hand: two actors, one statement, one event, one time."""
    oslo = Actor("a1", "Oslo", ActorKind.STATE, "NOR", "NOR", (), (Mention(find(text, "Oslo"), MentionForm.NAME, 0),))
    bergen = Actor(
        "a2", "Bergen", ActorKind.STATE, "NOR", "NOR", (), (Mention(find(text, "Bergen"), MentionForm.NAME, 5),)
    )
    source = Source((find(text, "Oslo"),), "a1", Sourcing.NAMED)
    said = Statement("s1", Form.INDIRECT, source, Cue((find(text, "said"),), "say", "say"),
                     (find(text, "Bergen had sunk a ferry"),), None, None, Interval("2024-05-13", "2024-05-13"),
                     Stance.ASSERTS, False)  # fmt: skip
    sunk = Event("e1", "ASSAULT", None, "190", "material_conflict", -9.0, ("a2",), (), find(text, "had sunk"),
                 find(text, "Bergen"), None, None, None, Reality.HAPPENED, "s1", False)  # fmt: skip
    monday = Time(find(text, "Monday"), TimeType.DATE, "2024-05-13", "2024-05-13", "2024-05-13")
    report = Report("r", text, title="A ferry", language="en", published=Published("2024-05-15", DateFrom.GIVEN, True))
    return Reading(report, (oslo, bergen), (monday,), (), (said,), (sunk,), made_by=MadeBy("0", "none"))


# --- reports in a few plain words, read by a reader of ten lines -----------------------------------------------------

#: name -> kind, country, code
CAST = {
    "Norway": (ActorKind.STATE, "NOR", "NOR"),
    "Denmark": (ActorKind.STATE, "DNK", "DNK"),
    "Sweden": (ActorKind.STATE, "SWE", "SWE"),
    "Iron Front": (ActorKind.GROUP, "NOR", "NORREB"),
    "Red Fist": (ActorKind.GROUP, None, "REB"),
    "Harbour Union": (ActorKind.ORGANISATION, None, "CVL"),
    "Per Lund": (ActorKind.PERSON, None, None),
    "Per A. Lund": (ActorKind.PERSON, None, None),
    "Inger Dahl": (ActorKind.PERSON, None, None),
    "Åse Bø": (ActorKind.PERSON, None, None),
    "Lund": (ActorKind.PERSON, None, None),
}
_NAMES = "|".join(sorted(CAST, key=lambda n: (-len(n), n)))
_ACTS = {
    "attacked": ("ASSAULT", "190"),
    "aided": ("AID", "070"),
    "accused": ("ACCUSE", "112"),
    "met": ("CONSULT", "040"),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = rf"(?: on (?P<day>\d{{4}}-\d\d-\d\d|{'|'.join(_WEEKDAYS)}))?"
_ACT = re.compile(
    rf"(?P<source>{_NAMES}) (?P<mood>did not have |planned to have )?(?P<verb>{'|'.join(_ACTS)})"
    rf"(?: (?P<target>{_NAMES}))?{_DAY}(?: in (?P<place>[A-Z]\w+))?"
)
_SAID = re.compile(
    rf"(?P<who>{_NAMES})(?:, (?P<status>former )?(?P<title>[a-z ]+) of (?P<of>{_NAMES}),)?"
    rf" (?P<cue>said|denied|demanded){_DAY} that (?P<content>.+?)\.?$"
)
_STANCES = {"said": ("say", Stance.ASSERTS), "denied": ("deny", Stance.DENIES), "demanded": ("demand", Stance.DEMANDS)}


def report(
    text: str, id: str = "r", published: str | None = "2024-05-15", *, reliable: bool = True,
    publisher: str | None = None, agency: str | None = None, title: str | None = None,
) -> Report:  # fmt: skip
    """A report of plain words, one sentence a line."""
    day = Published(published, DateFrom.METADATA, reliable) if published else None
    origin = Origin(f"{id}.txt", id, "text", text.encode())
    credits = Credits(publisher, agency)
    return Report(id, text, title=title, language="en", published=day, credits=credits, origin=origin)


class _Reader:
    """Reads "Norway attacked Denmark on Monday in Oslo" and "Per Lund, premier of Norway, said that …"."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.actors: dict[str, tuple[list[Role], list[Mention]]] = {}
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.ids: dict[str, str] = {}

    def read(self) -> Reading:
        at, sentences = 0, []
        for line in self.report.text.split("\n"):
            if line:
                sentences.append(Span(at, at + len(line)))
                self._line(line, at)
            at += len(line) + 1
        return Reading(self.report, tuple(self._actor(n) for n in self.actors), (), (), tuple(self.statements),
                       tuple(self.events), made_by=MadeBy("0", "toy"), sentences=tuple(sentences))  # fmt: skip

    def _actor(self, name: str) -> Actor:
        kind, country, code = CAST[name]
        roles, mentions = self.actors[name]
        if kind is ActorKind.PERSON and roles:
            country = roles[0].of
            code = f"{country}GOV"
        return Actor(self.ids[name], name, kind, country, code, tuple(roles), tuple(mentions))

    def _name(self, name: str, start: int) -> str:
        """The local id of whoever stands there."""
        self.ids.setdefault(name, f"a{len(self.ids) + 1}")
        mentions = self.actors.setdefault(name, ([], []))[1]
        mentions.append(Mention(Span(start, start + len(name)), MentionForm.NAME, 0))
        return self.ids[name]

    def _interval(self, told: str | None) -> Interval | None:
        if told is None:
            return None
        if told in _WEEKDAYS:
            if self.report.anchor is None:
                return None
            day = date.fromisoformat(self.report.anchor)
            told = (day - timedelta(days=(day.weekday() - _WEEKDAYS.index(told)) % 7)).isoformat()
        return Interval(told, told, "text")

    def _line(self, line: str, at: int) -> None:
        said = _SAID.match(line)
        if said is None:
            self._acts(line, at, None)
            return
        who = self._name(said["who"], at)
        if said["title"]:
            country = CAST[said["of"]][1]
            self._name(said["of"], at + said.start("of"))
            status = RoleStatus.FORMER if said["status"] else RoleStatus.CURRENT
            role = Role(said["title"], country, status, Span(at + said.start("title"), at + said.end("of")))
            self.actors[said["who"]][0].append(role)
        act, stance = _STANCES[said["cue"]]
        source = Source((Span(at, at + len(said["who"])),), who, Sourcing.NAMED)
        cue = Cue((Span(at + said.start("cue"), at + said.end("cue")),), said["cue"], act)
        content = Span(at + said.start("content"), at + said.end("content"))
        local = f"s{len(self.statements) + 1}"
        self.statements.append(Statement(local, Form.INDIRECT, source, cue, (content,), None, None,
                                         self._interval(said["day"]), stance, False))  # fmt: skip
        self._acts(said["content"], content.start, local, said["cue"])

    def _acts(self, words: str, at: int, said_by: str | None, cue: str | None = None) -> None:
        for act in _ACT.finditer(words):
            source = self._name(act["source"], at + act.start("source"))
            target = (self._name(act["target"], at + act.start("target")),) if act["target"] else ()
            type_, cameo = _ACTS[act["verb"]]
            mood = act["mood"] or ""
            reality = Reality.NEGATED if "not" in mood else Reality.PLANNED if mood else Reality.HAPPENED
            if cue == "denied":
                reality = Reality.DENIED
            elif cue == "demanded":
                reality = Reality.DEMANDED
            where = act["place"] and Place(Span(at + act.start("place"), at + act.end("place")), act["place"], None)
            target_span = Span(at + act.start("target"), at + act.end("target")) if act["target"] else None
            self.events.append(Event(
                f"e{len(self.events) + 1}", type_, None, cameo, quad_of(type_), goldstein_of(cameo, type_), (source,),
                target, Span(at + act.start("verb"), at + act.end("verb")),
                Span(at + act.start("source"), at + act.end("source")), target_span, self._interval(act["day"]),
                where or None, reality, said_by, False))  # fmt: skip


def told(text: str, id: str = "r", published: str | None = "2024-05-15", **more: Any) -> Reading:
    """The reading of a report of plain words, one sentence a line.

    "Norway attacked Denmark on Monday in Oslo" is an event, "Per Lund, premier of Norway, said that …" a statement.
    """
    return _Reader(report(text, id, published, **more)).read()


def read_again(report: Report) -> Reading:
    """The reading of any report by the same reader of a few lines."""
    return _Reader(report).read()


def prose(topic: str, lines: int = 6) -> str:
    """Lines of words that say nothing: the same for a topic, others for each."""
    found = []
    for n in range(lines):
        words = [_WORDS[b % len(_WORDS)] for b in blake2b(f"{topic} {n}".encode(), digest_size=12).digest()]
        found.append(f"The {topic} " + " ".join(words) + ".")
    return "\n".join(found)


_NOUNS = (
    "harbour winter ledger copper lantern village teacher garden signal market bridge valley kitchen window timber "
    "orchard station painter railway meadow candle weather glacier kettle blanket pasture cottage anchor lighthouse "
    "saddle compass whistle barrel needle basket pebble feather thunder ribbon hammer marble saffron velvet walnut"
)
_WORDS = _NOUNS.split()


def bundle(reading: Reading) -> Bundle:
    """What a store keeps of a reading."""
    return bundle_of(reading, as_json, signature)


def table_of_events(path: Path, rows: int) -> Path:
    """Events as ICEWS writes them: kept without any reading, so without a language model."""
    head = ("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
            "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
            "City", "District", "Province", "Country", "Latitude", "Longitude")  # fmt: skip
    lines = ["\t".join(head)]
    for n in range(rows):
        lines.append("\t".join((
            str(n), f"2014-{1 + n % 12:02d}-{1 + n % 28:02d}", "Citizen (Norway)", "General Population / Civilian",
            "Norway", "Make a visit", "042", "1.9", "Government (Denmark)", "Government", "Denmark", str(n // 2), "1",
            "A paper", "Oslo", "", "Oslo", "Norway", "59.9", "10.7")))  # fmt: skip
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
