"""Readings as one self-contained page: the text with coloured spans, the findings beside it, each linked to its words.

No script, nothing loaded from elsewhere; the report's text is never trusted (every word of it is escaped, and the
page's own policy allows no script).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dateline.model import Event, Reading, Statement, Time
from dateline.present.marks import Mark, Segment, marks_of, segments
from dateline.present.words import Names, head_facts, interval_words, role_words, title_words

if TYPE_CHECKING:
    from jinja2 import Template

#: Only this many reports of a page light all pieces of a finding when its link is followed: each needs a style rule.
LIT_REPORTS = 50
_LABELLED = ("content", "event")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    classes: str
    title: str
    anchors: tuple[str, ...]
    tags: tuple[str, ...]


@cache
def _template() -> Template:
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True)
    return environment.from_string(_file("reading.html"))


def _file(name: str) -> str:
    return files("dateline.present").joinpath("templates", name).read_text("utf-8")


def page(readings: Iterable[Reading]) -> Iterator[str]:
    """The page in pieces, each written as soon as its report is read."""
    from markupsafe import Markup

    views = (_view(reading, number) for number, reading in enumerate(readings, 1))
    yield from _template().generate(reports=views, css=Markup(_file("reading.css")))


def _view(reading: Reading, number: int) -> dict[str, Any]:
    names, key = Names(reading), f"r{number}"
    found = (reading.statements, reading.events, reading.times)
    return {
        "key": key,
        "title": title_words(reading.report),
        "facts": head_facts(reading.report),
        "skipped": [s.reason for s in reading.skipped],
        "rules": _rules(reading, key) if number <= LIT_REPORTS else "",
        "paragraphs": list(_paragraphs(reading, key)),
        "statements": [_statement(s, names) for s in reading.statements],
        "events": [_event(e, names) for e in reading.events],
        "claims": [
            {
                "text": c.text,
                "positions": [
                    {"who": names.actor(p.actor) or "?", "position": p.position, "statement": p.statement}
                    for p in c.positions
                ],
            }
            for c in reading.claims
        ],
        "times": [_time(t, f"t{i}", names) for i, t in enumerate(reading.times, 1)],
        "actors": [
            {
                "id": a.id,
                "name": a.name,
                "facts": " · ".join(filter(None, [a.kind, a.code or a.country, role_words(a)])),
            }
            for a in reading.actors
        ],
        "empty": not any(found) and not reading.skipped,
    }


def _rules(reading: Reading, key: str) -> str:
    """One style rule a finding: when its link is followed, all its pieces light up."""
    ids = [s.id for s in reading.statements] + [e.id for e in reading.events] + [a.id for a in reading.actors]
    return "".join(f"body:has(#{key}-{i}:target) .{key}-{i}{{background:var(--lit)}}" for i in ids)


def _paragraphs(reading: Reading, key: str) -> Iterator[list[_Piece]]:
    """The text's pieces, cut into paragraphs at line ends."""
    anchored: set[str] = set()
    paragraph: list[_Piece] = []
    for segment in segments(reading.text, marks_of(reading)):
        text = reading.text[segment.span.start : segment.span.end]
        lines = text.split("\n")
        for i, line in enumerate(lines):
            last = i == len(lines) - 1
            if line or (last and segment.closes):
                paragraph.append(_piece(line, segment, key, anchored, last))
            if not last and paragraph:
                yield paragraph
                paragraph = []
    if paragraph:
        yield paragraph


def _piece(text: str, segment: Segment, key: str, anchored: set[str], closes: bool) -> _Piece:
    fresh = [m.id for m in segment.marks if m.id not in anchored]
    anchored.update(fresh)
    kinds = dict.fromkeys(m.kind for m in segment.marks)
    lit = dict.fromkeys(f"{key}-{m.id}" for m in segment.marks)
    tags = {m.id for m in segment.closes if m.kind in _LABELLED} if closes else set()
    anchors = tuple(f"{key}-{i}" for i in fresh)
    return _Piece(
        text,
        " ".join([*kinds, *lit]),
        _title(segment.marks),
        anchors,
        tuple(sorted(tags, key=lambda i: (i[0], int(i[1:])))),
    )


def _title(marks: tuple[Mark, ...]) -> str:
    return ", ".join(dict.fromkeys(f"{m.kind} {m.id}" for m in marks))


def _statement(s: Statement, names: Names) -> dict[str, str]:
    facts = [s.source.sourcing if s.source else "", s.form, s.stance, "hedged" if s.hedged else ""]
    facts += [f"to {names.actor(s.addressee)}" if s.addressee else "", f"in {s.medium.name}" if s.medium else ""]
    facts.append(interval_words(s.time))
    return {
        "id": s.id,
        "speaker": names.speaker(s),
        "cue": names.words(s.cue.spans) if s.cue else "",
        "facts": ", ".join(filter(None, facts)),
        "content": names.words(s.content),
    }


def _event(e: Event, names: Names) -> dict[str, Any]:
    teller = names.told_by(e)
    facts = [f"“{names.words((e.span,))}”", interval_words(e.time), e.place.name if e.place else ""]
    facts.append(f"as told by {teller}" if teller else "")
    return {
        "id": e.id,
        "source": names.side(e.source),
        "target": names.side(e.target),
        "type": e.type,
        "cameo": e.cameo,
        "reality": e.reality,
        "unsure": e.unsure,
        "facts": " · ".join(filter(None, facts)),
    }


def _time(t: Time, id: str, names: Names) -> dict[str, str]:
    covers = f", {t.start} to {t.end}" if t.start != t.end else ""
    return {"id": id, "words": names.words((t.span,)), "facts": f"{t.type} {t.value}{covers}"}
