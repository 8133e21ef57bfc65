"""A reading (as JSON) -> the rows that its report gives the record, before anything is known of other reports.

Pure functions of one reading: they run beside the reading in a worker process, and again whenever a report is
projected anew. Keys rest on words, not on offsets or on the numbers of a reading, so that they outlive a new
reading and a longer version of the report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from dateline.model import Span

Json = dict[str, Any]
QUAD_NUMBERS = {"verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4}
QUAD_NAMES = {number: name for name, number in QUAD_NUMBERS.items()}
REAL = ("happened", "ongoing")


@dataclass(frozen=True, slots=True)
class RoleDraft:
    title: str
    of: str | None
    status: str
    span: Span


@dataclass(frozen=True, slots=True)
class CastDraft:
    """An actor as one report has it; ``names`` are the words of its mentions that are names.

    ``mentions`` are spans with their form (name, acronym, title, nominal, pronoun).
    """

    local: str
    name: str
    kind: str
    country: str | None
    code: str | None
    names: tuple[str, ...]
    roles: tuple[RoleDraft, ...]
    mentions: tuple[tuple[Span, str], ...]
    #: key of the profile that a person meant, where the report itself does not mention the actor
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class StatementDraft:
    local: str
    key: str
    sentence: int
    form: str
    sourcing: str | None
    speaker: str | None
    addressee: str | None
    act: str | None
    cue: str | None
    stance: str
    hedged: bool
    medium: str | None
    day: str | None
    day_end: str | None
    content: tuple[Span, ...]
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    words: Json
    judged: str | None = None


@dataclass(frozen=True, slots=True)
class TellingDraft:
    local: str
    key: str
    sentence: int
    type: str
    mode: str | None
    cameo: str
    quad: str
    goldstein: float
    source: tuple[str, ...]
    target: tuple[str, ...]
    span: Span
    day: str | None
    day_end: str | None
    day_from: str | None
    reliable: bool
    place: Json | None
    reality: str
    said_by: str | None
    unsure: bool
    words: Json
    judged: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All rows of one report. ``mentioned`` names, for each sentence, the local actors that its words mention."""

    sentences: tuple[Span, ...]
    mentioned: tuple[tuple[str, ...], ...]
    cast: tuple[CastDraft, ...]
    statements: tuple[StatementDraft, ...]
    tellings: tuple[TellingDraft, ...]

    def actor(self, local: str | None) -> CastDraft | None:
        """The actor with this local id, if there is one."""
        return next((c for c in self.cast if c.local == local), None)


def digest(*parts: object, size: int = 6) -> str:
    """A hexadecimal digest of the parts, the same on every machine."""
    joined = "\x1f".join(str(p) for p in parts)
    return blake2b(joined.encode("utf-8", "replace"), digest_size=size).hexdigest()


def squeezed(text: str) -> str:
    """The words of a text in lower case with single spaces: what two printings of one sentence share."""
    return " ".join(text.lower().split())


def draft_of(reading: Json, report_key: str) -> Draft:
    """The rows of a reading; ``report_key`` enters the keys of what it tells."""
    text: str = reading["text"]
    sentences = tuple(Span(*s) for s in reading.get("sentences") or ()) or _whole(text)
    cast = tuple(_cast(a, text) for a in reading["actors"])
    places = _Places(text, sentences, report_key)
    reliable = bool((reading["published"] or {}).get("reliable"))
    table_row = not text
    return Draft(
        sentences,
        _mentioned(cast, places, len(sentences)),
        cast,
        tuple(_statement(s, places) for s in reading["statements"]),
        tuple(_telling(e, places, reliable or table_row) for e in reading["events"]),
    )


def _whole(text: str) -> tuple[Span, ...]:
    return (Span(0, len(text)),)


class _Places:
    """Where things are in a text, and how often the same words came before: what keys are made of."""

    def __init__(self, text: str, sentences: Sequence[Span], report_key: str) -> None:
        self.text = text
        self.sentences = sentences
        self.starts = [s.start for s in sentences]
        self.report_key = report_key
        self.seen: Counter[tuple[str, ...]] = Counter()

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def words(self, *spans: Span) -> str:
        return " ".join(self.text[s.start : s.end] for s in spans)

    def anchor(self, prefix: str, sentence: int, *words: str) -> tuple[str, Json]:
        """A key for a finding in a sentence, and the words it rests on; like findings are told apart by their order."""
        span = self.sentences[sentence]
        line = squeezed(self.text[span.start : span.end])
        told = (prefix, line, *(squeezed(w) for w in words))
        number = self.seen[told]
        self.seen[told] += 1
        found = {"sentence": line, "words": list(told[2:]), "number": number}
        return prefix + digest(self.report_key, *told, number), found


def _cast(actor: Json, text: str) -> CastDraft:
    mentions = tuple((Span(*m["span"]), m["form"]) for m in actor["mentions"])
    names = [text[m["span"][0] : m["span"][1]] for m in actor["mentions"] if m["form"] in ("name", "acronym")]
    roles = tuple(RoleDraft(r["title"], r["of"], r["status"], Span(*r["span"])) for r in actor["roles"])
    return CastDraft(actor["id"], actor["name"], actor["kind"], actor["country"], actor["code"],
                     tuple(dict.fromkeys(names)), roles, mentions)  # fmt: skip


def _mentioned(cast: Sequence[CastDraft], places: _Places, count: int) -> tuple[tuple[str, ...], ...]:
    found: list[dict[str, None]] = [{} for _ in range(count)]
    for actor in cast:
        for span, _ in actor.mentions:
            found[places.sentence(span.start)][actor.local] = None
    return tuple(tuple(f) for f in found)


def _statement(s: Json, places: _Places) -> StatementDraft:
    content = tuple(Span(*c) for c in s["content"]["spans"])
    source, cue = s["source"], s["cue"]
    source_spans = tuple(Span(*x) for x in source["spans"]) if source else ()
    cue_spans = tuple(Span(*x) for x in cue["spans"]) if cue else ()
    first = content[0] if content else (cue_spans or source_spans or (Span(0, 0),))[0]
    sentence = places.sentence(first.start)
    into = places.words(Span(places.sentences[sentence].start, first.start)) if content else ""
    key, words = places.anchor("s", sentence, places.words(*cue_spans), into)
    time = s["time"] or {}
    return StatementDraft(
        local=s["id"], key=key, sentence=sentence, form=s["form"],
        sourcing=source["sourcing"] if source else None, speaker=source["actor"] if source else None,
        addressee=s["addressee"], act=cue["act"] if cue else None, cue=cue["lemma"] if cue else None,
        stance=s["stance"], hedged=s["hedged"], medium=(s["medium"] or {}).get("name"),
        day=believable(time.get("start")), day_end=believable(time.get("end")),
        content=content, source_spans=source_spans, cue_spans=cue_spans, words=words,
    )  # fmt: skip


def _telling(e: Json, places: _Places, reliable: bool) -> TellingDraft:
    span = Span(*e["span"])
    sentence = places.sentence(span.start)
    sides = [places.words(Span(*e[side])) if e[side] else "" for side in ("source_span", "target_span")]
    key, words = places.anchor("e", sentence, places.words(span), *sides, *(() if places.text else (e["type"],)))
    time = e["time"] or {}
    day = believable(time.get("start"))
    return TellingDraft(
        local=e["id"], key=key, sentence=sentence, type=e["type"], mode=e["mode"], cameo=e["cameo"], quad=e["quad"],
        goldstein=e["goldstein"], source=tuple(e["source"]), target=tuple(e["target"]), span=span,
        day=day, day_end=believable(time.get("end")), day_from=time.get("from"), reliable=reliable and day is not None,
        place=e["place"] and {k: v for k, v in e["place"].items() if k != "span"},
        reality=e["reality"], said_by=e["said_by"], unsure=e["unsure"], words=words,
    )  # fmt: skip


def believable(day: str | None) -> str | None:
    """The day if the calendar has it, else ``None``: nothing else may be counted or ordered by."""
    try:
        return date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        return None
