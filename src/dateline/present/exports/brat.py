"""brat standoff (brat 1.3): for each report its text and its annotations, with an ``annotation.conf``.

A statement is an event of type Statement whose trigger is its cue, with Speaker and Content; an event is one of its
PLOVER type, with Source and Target. Stance, form, hedging, reality and the like are attributes; keys are notes.
Line ends and tabs of odd kinds are spaces in the text, sign for sign, so that every offset stays right.
"""

from __future__ import annotations

import pickle
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from dateline.lexicons.codebook import types
from dateline.model import Form, Reality, Span, Stance
from dateline.present.exports.job import Job
from dateline.present.exports.plain import REPLACEMENT, one_line
from dateline.present.exports.writing import scratch
from dateline.record.entries import Entry, StatementEntry, TellingEntry

_ODD = re.compile("[\t\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x1f\ufffe\uffff\ud800-\udfff]")
Save = Callable[[str, str], None]


def brat_folder(job: Job, folder: Path) -> None:
    """Fill a folder."""

    def save(name: str, text: str) -> None:
        (folder / name).write_bytes(text.encode("utf-8"))

    _write(job, save)


def brat_zip(job: Job, out: BinaryIO) -> None:
    """Write an archive; the same entries make the same bytes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def save(name: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(name), text.encode("utf-8"), zipfile.ZIP_DEFLATED)

        _write(job, save)


def _write(job: Job, save: Save) -> None:
    save("annotation.conf", configuration())
    for report, entries in _by_report(job.each()):
        text = fit(job.text(report))
        save(f"{report}.txt", text)
        save(f"{report}.ann", annotated(text, entries, job))


def fit(text: str) -> str:
    """The text as it is written: each odd line end a space, each control character a replacement sign."""
    return _UNFIT.sub(REPLACEMENT, _ODD.sub(" ", text))


def _by_report(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each report together, in the order of keys; sorted on disk, since entries come day by day."""
    with scratch("spool (report TEXT, n INTEGER, entry BLOB, PRIMARY KEY (report, n)) WITHOUT ROWID") as spool:
        kept = (entry for entry in entries if isinstance(entry, StatementEntry | TellingEntry))
        for n, entry in enumerate(kept):
            spool.execute("INSERT INTO spool VALUES (?, ?, ?)", (entry.report.key, n, pickle.dumps(entry)))
        rows = spool.execute("SELECT report, entry FROM spool ORDER BY report, n")
        for report, group in groupby(rows, key=lambda row: row[0]):
            yield report, [pickle.loads(blob) for _, blob in group]


class _Lines:
    """The lines of one .ann file; the same span of the same type is one text-bound annotation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._bound: dict[tuple[str, tuple[Span, ...]], str] = {}
        self._counts = dict.fromkeys("TEA#", 0)

    def add(self, kind: str, rest: str) -> str:
        self._counts[kind] += 1
        name = f"{kind}{self._counts[kind]}"
        self.lines.append(f"{name}\t{rest}")
        return name

    def bound(self, type_: str, spans: Iterable[Span]) -> str | None:
        """A text-bound annotation; ``None`` where no sign of it is in the text."""
        pieces = _pieces(self.text, spans)
        if not pieces:
            return None
        key = (type_, pieces)
        if key not in self._bound:
            where = ";".join(f"{s.start} {s.end}" for s in pieces)
            words = " ".join(self.text[s.start : s.end] for s in pieces)
            self._bound[key] = self.add("T", f"{type_} {where}\t{words}")
        return self._bound[key]

    def event(self, type_: str, trigger: str, arguments: Iterable[tuple[str, str | None]]) -> str:
        told = [f"{role}:{bound}" for role, bound in arguments if bound]
        return self.add("E", " ".join([f"{type_}:{trigger}", *told]))

    def attribute(self, name: str, event: str, value: str | bool | None) -> None:
        if value is True:
            self.add("A", f"{name} {event}")
        elif value:
            self.add("A", f"{name} {event} {value}")

    def note(self, event: str, words: str) -> None:
        self.add("#", f"AnnotatorNotes {event}\t{one_line(words)}")


def _pieces(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans cut at line ends, which no annotation of brat may hold, without blanks at their ends."""
    found = []
    for span in spans:
        at = span.start
        for line in text[span.start : span.end].split("\n"):
            start = at + len(line) - len(line.lstrip())
            if line.strip():
                found.append(Span(start, start + len(line.strip())))
            at += len(line) + 1
    return tuple(sorted(set(found)))


def annotated(text: str, entries: list[Entry], job: Job) -> str:
    """The .ann file of a report. Where the sides of an event stand is taken from the reading, which has their spans."""
    events = job.reading(entries[0].report.key).get("events", ())
    sides = {event["id"]: event for event in events}
    lines = _Lines(text)
    for entry in entries:
        if isinstance(entry, StatementEntry):
            written = _statement(entry, lines)
        elif isinstance(entry, TellingEntry):
            written = _event(entry, sides.get(entry.local, {}), lines)
        if written:
            job.rows += 1
        else:
            job.leave_out("entries without words of their own: rows of tables of events")
    return "".join(line + "\n" for line in lines.lines)


def _statement(s: StatementEntry, lines: _Lines) -> bool:
    content = lines.bound("Content", s.content)
    trigger = lines.bound("Statement", s.cue_spans or s.content)
    if trigger is None:
        return False
    event = lines.event("Statement", trigger, [("Speaker", lines.bound("Actor", s.source_spans)), ("Content", content)])
    for name, value in (("Stance", s.stance), ("Form", s.form), ("Sourcing", s.sourcing), ("Hedged", s.hedged)):
        lines.attribute(name, event, value)
    who = f"; speaker {s.speaker.key} {s.speaker.name}" if s.speaker else ""
    lines.note(event, f"{s.key}{who}; day {s.day or 'unknown'}")
    return True


def _event(e: TellingEntry, read: dict[str, Any], lines: _Lines) -> bool:
    trigger = lines.bound(e.type, [e.span])
    if trigger is None:
        return False
    bound = [(role, lines.bound("Actor", [Span(*read[name])]) if read.get(name) else None)
             for role, name in (("Source", "source_span"), ("Target", "target_span"))]  # fmt: skip
    event = lines.event(e.type, trigger, bound)
    for name, value in (("Reality", e.reality), ("Said", e.said_by is not None), ("Unsure", e.unsure)):
        lines.attribute(name, event, value)
    who = [f"{side} {a.key} {a.name}" for side, actors in (("source", e.source), ("target", e.target)) for a in actors]
    lines.note(event, "; ".join([e.key, f"event {e.event}", f"CAMEO {e.cameo}", *who, f"day {e.day or 'unknown'}"]))
    return True


def configuration() -> str:
    """The ``annotation.conf`` with which brat shows and checks the files."""
    events = [f"{t.name}\tSource?:Actor, Target?:Actor" for t in types()]
    acts = "|".join(t.name for t in types())
    return "\n".join([
        "[entities]", "Actor", "Content", "", "[relations]", "",
        "[events]", "Statement\tSpeaker?:Actor, Content?:Content", *events, "",
        "[attributes]",
        f"Stance\tArg:Statement, Value:{'|'.join(Stance)}", f"Form\tArg:Statement, Value:{'|'.join(Form)}",
        "Sourcing\tArg:Statement, Value:named|unnamed|collective", "Hedged\tArg:Statement",
        f"Reality\tArg:{acts}, Value:{'|'.join(Reality)}", f"Said\tArg:{acts}", f"Unsure\tArg:{acts}", "",
    ])  # fmt: skip
