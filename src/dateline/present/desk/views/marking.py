"""A report's text cut into marked pieces: who, said or did, whom, when, and brackets around what was put on record."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from dateline.model import Span
from dateline.present.desk.views.entries import plain
from dateline.present.marks import Mark, Segment, segments
from dateline.record.entries import StatementEntry, TellingEntry

#: A page shows about so many characters of a text; longer ones are shown in parts.
PART = 60_000
#: Kinds of marks, wider before narrower where they begin together.
_ORDER = {name: n for n, name in enumerate(("sentence", "content", "source", "cue", "who", "whom", "event", "place",
                                            "when", "actor"))}  # fmt: skip
_BRACKETED = ("content", "event")


class Bracket(NamedTuple):
    """One side of a bracket: ``name`` is s1 or e3, ``key`` the entry's, ``kind`` content or event."""

    name: str
    key: str
    kind: str


class Bit(NamedTuple):
    """Words under the same marks. ``keys`` are those of the entries they belong to, ``time`` numbers a date."""

    text: str
    classes: str
    keys: str
    opens: tuple[Bracket, ...]
    closes: tuple[Bracket, ...]
    time: str = ""


class Line(NamedTuple):
    """A sentence, or (without ``id``) what stands between two."""

    id: str
    lit: bool
    bits: tuple[Bit, ...]


def parts_of(length: int, sentences: Sequence[Span], size: int = PART) -> list[Span]:
    """A text cut at sentences into parts of about ``size`` characters, and within a sentence that is far too long.

    >>> parts_of(100, [Span(0, 40), Span(40, 70), Span(70, 100)], 50)
    [Span(start=0, end=70), Span(start=70, end=100)]
    """
    cuts, last = [0], 0
    for sentence in sentences:
        if sentence.start // size > last // size:
            cuts.append(sentence.start)
            last = sentence.start
    found = []
    for first, end in zip(cuts, [*cuts[1:], length], strict=True):
        while end - first > 2 * size:
            found.append(Span(first, first + size))
            first += size
        found.append(Span(first, end))
    return found


def numbered_in(sentences: Sequence[Span], part: Span) -> tuple[int, int]:
    """The numbers of the first and last sentence that stand in a part; the last is before the first where none do."""
    first = bisect_right([s.end for s in sentences], part.start)
    last = bisect_left([s.start for s in sentences], part.end) - 1
    if not part.end - part.start:  # a row of a table of events: one sentence without words
        return 0, len(sentences) - 1
    return first, last


def lines_of(
    text: str, part: Span, sentences: Sequence[Span], marks: Iterable[Mark], keys: dict[str, str], lit: str
) -> list[Line]:
    """The lines of a part. ``keys`` gives the key of each statement and event by its name (s1); ``lit`` is a key."""
    inside = [cut for mark in [*_sentences(sentences), *marks] if (cut := _cut(mark, part))]
    inside.sort(key=lambda m: (m.span.start, -m.span.end, _ORDER[m.kind], m.id))
    lines: list[Line] = []
    at, bits, marked = "", list[Bit](), False

    def end() -> None:
        if bits:
            lines.append(Line(at, bool(at) and (marked or at == lit), tuple(bits)))

    for segment in segments(text[part.start : part.end], inside):
        own = [m for m in segment.marks if m.kind != "sentence"]
        sentence = "" if len(own) == len(segment.marks) else _sentence_of(segment.marks)
        if sentence != at:
            end()
            at, bits, marked = sentence, [], False
        span = segment.span
        bits.append(_bit(text[part.start + span.start : part.start + span.end], own, segment, keys, lit))
        marked = marked or (bool(lit) and "on" in bits[-1].classes.split())
    end()
    return lines


def _sentence_of(marks: Iterable[Mark]) -> str:
    return next(m.id for m in marks if m.kind == "sentence")


def _sentences(sentences: Sequence[Span]) -> Iterator[Mark]:
    return (Mark(span, "sentence", f"s-{span.start}") for span in sentences)


def _cut(mark: Mark, part: Span) -> Mark | None:
    if not part.start and mark.span.start < mark.span.end <= part.end:  # as nearly all, of the first part
        return mark
    start, end = max(mark.span.start, part.start), min(mark.span.end, part.end)
    return Mark(Span(start - part.start, end - part.start), mark.kind, mark.id) if start < end else None


def _bit(words: str, own: list[Mark], segment: Segment, keys: dict[str, str], lit: str) -> Bit:
    if not own:
        return Bit(plain(words), "", "", (), ())
    kinds = [m.kind for m in own]
    classes = list(dict.fromkeys(kinds))
    held = dict.fromkeys([keys[m.id] for m in own if m.id in keys])
    if (depth := kinds.count("content")) > 1:
        classes.append(f"deep-{min(depth, 4)}")
    time = own[kinds.index("when")].id if "when" in kinds else ""
    if lit and lit in held:
        classes.append("on")
    return Bit(plain(words), " ".join(classes), " ".join(held), _brackets(segment.opens, keys),
               _brackets(segment.closes, keys), time)  # fmt: skip


def _brackets(marks: tuple[Mark, ...], keys: dict[str, str]) -> tuple[Bracket, ...]:
    if not marks:
        return ()
    return tuple([Bracket(m.id, keys.get(m.id, ""), m.kind) for m in marks if m.kind in _BRACKETED])


# --- as the page has it


def markup_of(lines: Iterable[Line]) -> Markup:
    """The words of a page: a template would take several times as long for a thousand small pieces.

    >>> markup_of([Line("s-0", False, (Bit("a < b", "when", "", (), (), "t1"),))])
    Markup('<span class="sentence" id="s-0"><span class="when" data-t="t1">a &lt; b</span></span>')
    """
    parts: list[str] = []
    for line in lines:
        if line.id:
            parts.append(f'<span class="sentence{" lit" if line.lit else ""}" id="{escape(line.id)}">')
        for bit in line.bits:
            _put(parts, bit)
        if line.id:
            parts.append("</span>")
    return Markup("".join(parts))


def _put(parts: list[str], bit: Bit) -> None:
    if not bit.classes:
        parts.append(escape(bit.text))
        return
    parts += [_sign(bracket, True) for bracket in bit.opens]
    keys = f' data-m="{escape(bit.keys)}"' if bit.keys else ""
    time = f' data-t="{escape(bit.time)}"' if bit.time else ""
    parts.append(f'<span class="{escape(bit.classes)}"{keys}{time}>{escape(bit.text)}</span>')
    parts += [_sign(bracket, False) for bracket in bit.closes]


def _sign(bracket: Bracket, opens: bool) -> str:
    """One side of a bracket, with the name of its entry, which leads to the entry's card where it has one."""
    left, right = "[]" if bracket.kind == "content" else "{}"
    name, key = escape(bracket.name), escape(bracket.key)
    inside = f"{left}<sub>{name}</sub>" if opens else f"<sub>{name}</sub>{right}"
    if not key:
        return f'<span class="br {bracket.kind}-br">{inside}</span>'
    return f'<a class="br {bracket.kind}-br" href="#card-{key}" data-go="{key}">{inside}</a>'


# --- what is marked


def marks_of_entries(
    statements: Iterable[StatementEntry], tellings: Iterable[TellingEntry], reading: dict[str, Any]
) -> list[Mark]:
    """The words of statements and events; those that a person has rejected are not marked."""
    found: list[Mark] = []
    for s in statements:
        if s.judged != "rejected":
            found += [Mark(span, "content", s.local) for span in s.content]
            found += [Mark(span, "cue", s.local) for span in s.cue_spans]
            found += [Mark(span, "source", s.local) for span in s.source_spans]
    told = {e["id"]: e for e in reading["events"]}
    for t in tellings:
        if t.judged != "rejected":
            found.append(Mark(t.span, "event", t.local))
            sides = told.get(t.local, {})
            for name, kind in (("source_span", "who"), ("target_span", "whom")):
                if sides.get(name):
                    found.append(Mark(Span(*sides[name]), kind, t.local))
    return found


def marks_of_machine(reading: dict[str, Any]) -> list[Mark]:
    """The words of the statements and events of a reading, without what people decided."""
    found: list[Mark] = []
    for s in reading["statements"]:
        found += [Mark(Span(*span), "content", s["id"]) for span in s["content"]["spans"]]
        for name in ("cue", "source"):
            found += [Mark(Span(*span), name, s["id"]) for span in (s[name] or {"spans": ()})["spans"]]
    for e in reading["events"]:
        found.append(Mark(Span(*e["span"]), "event", e["id"]))
        for name, kind in (("source_span", "who"), ("target_span", "whom")):
            if e[name]:
                found.append(Mark(Span(*e[name]), kind, e["id"]))
    return found


def marks_of_rest(reading: dict[str, Any]) -> list[Mark]:
    """Dates, places and mentions of actors."""
    found = [Mark(Span(*t["span"]), "when", f"t{i}") for i, t in enumerate(reading["times"], 1)]
    found += [Mark(Span(*p["span"]), "place", f"p{i}") for i, p in enumerate(reading["places"], 1)]
    return found + [Mark(Span(*m["span"]), "actor", a["id"]) for a in reading["actors"] for m in a["mentions"]]
