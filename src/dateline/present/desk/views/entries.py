"""One entry as every screen shows it: its sentence in marked pieces, and what is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dateline.model import Span
from dateline.present.desk.pages import link
from dateline.present.found import found_spans
from dateline.present.words import day_words
from dateline.record.entries import Entry, Hit, ReportEntry, SentenceEntry, StatementEntry, TellingEntry

#: A sentence is shown around its words where it has more characters than this.
LONGEST, BEFORE = 1_200, 300
#: Words of a search are looked for in so many characters of a sentence: what no full stop ends may have millions.
LOOKED_AT = 20_000

#: Characters that are not seen, or turn the direction of what stands behind them: shown as signs.
_SIGNS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(32) if code not in (9, 10, 13)},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "�"),
    **dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "�"),
    0x200B: "⟦zero width⟧", 0x202A: "⟦LRE⟧", 0x202B: "⟦RLE⟧", 0x202C: "⟦PDF⟧", 0x202D: "⟦LRO⟧", 0x202E: "⟦RLO⟧",
    0x2066: "⟦LRI⟧", 0x2067: "⟦RLI⟧", 0x2068: "⟦FSI⟧", 0x2069: "⟦PDI⟧", 0xFEFF: "⟦zero width⟧",
}  # fmt: skip


def plain(text: str | None) -> str:
    """Words of a report without what cannot be seen: control characters and turned directions show as signs.

    >>> plain("the minister \\u202edeined\\u202c it\\x00")
    'the minister ⟦RLO⟧deined⟦PDF⟧ it␀'
    """
    return (text or "").translate(_SIGNS)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under one dress: ``classes`` for colour and brackets, ``found`` where a search lights them."""

    text: str
    classes: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry for a template. ``kind`` is sentence, statement or event; ``address`` opens its report, lit at it."""

    kind: str
    key: str
    entry: Entry
    report: ReportEntry
    pieces: tuple[Piece, ...]
    address: str
    before: str
    after: str
    copies: str


_KINDS: dict[type, str] = {SentenceEntry: "sentence", StatementEntry: "statement", TellingEntry: "event"}


def shown(given: Entry | Hit, words: str | None = None) -> ShownEntry:
    """What the macro ``entry`` of ``_entry.html`` shows of an entry or a hit; ``words`` of a search are lit."""
    hit = given if isinstance(given, Hit) else None
    entry: Entry = given.entry if isinstance(given, Hit) else given
    key = "" if isinstance(entry, SentenceEntry) else entry.key
    before, after, copies = (hit.before, hit.after, hit.copies) if hit else (None, None, 0)
    return ShownEntry(_KINDS[type(entry)], key, entry, entry.report, tuple(pieces(entry, words)), address(entry),
                      _short(before), _short(after), _copies(entry, copies))  # fmt: skip


def address(entry: Entry) -> str:
    """Where an entry is read in its report: lit with scripts or without, and scrolled to."""
    sentence = sentence_id(entry.sentence)
    lit = sentence if isinstance(entry, SentenceEntry) else entry.key
    return link(f"/reports/{entry.report.key}", lit=lit) + f"#{sentence}"


def sentence_id(sentence: Span) -> str:
    """The name of a sentence in its report: the offset of its first character.

    >>> sentence_id(Span(120, 180))
    's-120'
    """
    return f"s-{sentence.start}"


def _short(text: str | None) -> str:
    return plain(text) if not text or len(text) <= BEFORE else plain(text[:BEFORE].rsplit(" ", 1)[0]) + " …"


def _copies(entry: Entry, copies: int) -> str:
    if isinstance(entry, TellingEntry) and entry.reports > 1:
        return f"told in {entry.reports:,} reports, {entry.stories:,} stor{'ies' if entry.stories > 1 else 'y'}"
    same = max(copies + 1, entry.copies if isinstance(entry, StatementEntry) else 1)
    return f"in {same:,} reports of its story" if same > 1 else ""


# --- the sentence


def pieces(entry: Entry, words: str | None = None) -> list[Piece]:
    """The sentence cut wherever a mark begins or ends; a very long one is cut around what it is about."""
    marks = _marks(entry)
    found = list(found_spans(entry.text[:LOOKED_AT], words)) if words else []
    first, last = _window(len(entry.text), [span for span, _ in marks] + found)
    marks = [(cut, kind) for span, kind in marks if (cut := _cut(span, first, last))]
    found = [cut for span in found if (cut := _cut(span, first, last))]
    edges = {at for span, _ in marks for at in span} | {at for span in found for at in span}
    cuts = sorted({first, last, *edges})
    out = [Piece("… ")] if first else []
    for start, end in pairwise(cuts):
        held = Span(start, end)
        lit = any(span.covers(held) for span in found)
        out.append(Piece(plain(entry.text[start:end]), _classes(held, marks), lit))
    return [*out, Piece(" …")] if last < len(entry.text) else out


def _classes(held: Span, marks: list[tuple[Span, str]]) -> str:
    names: dict[str, None] = {}
    for span, kind in marks:
        if span.covers(held):
            names[kind] = None
            if kind in ("said", "event"):
                names |= {name: None for name, is_ in ((f"opens-{kind}", span.start == held.start),
                                                       (f"closes-{kind}", span.end == held.end)) if is_}  # fmt: skip
    return " ".join(names)


def _marks(entry: Entry) -> list[tuple[Span, str]]:
    """The spans that the entry is about, counted from the start of its sentence and cut to it."""
    found: list[tuple[Span, str]] = []
    if isinstance(entry, StatementEntry):
        found += [(span, "said") for span in entry.content]
        found += [(span, "source") for span in entry.source_spans]
        found += [(span, "cue") for span in entry.cue_spans]
    elif isinstance(entry, TellingEntry):
        found.append((entry.span, "event"))
    at = entry.sentence.start
    inside = [(_cut(Span(span.start - at, span.end - at), 0, len(entry.text)), kind) for span, kind in found]
    return [(span, kind) for span, kind in inside if span]


def _cut(span: Span, first: int, last: int) -> Span | None:
    start, end = max(span.start, first), min(span.end, last)
    return Span(start, end) if start < end else None


def _window(length: int, spans: list[Span]) -> tuple[int, int]:
    if length <= LONGEST:
        return 0, length
    first = max(0, min((span.start for span in spans), default=0) - BEFORE)
    return first, min(length, first + LONGEST)


# --- days


def days(day: str | None, end: str | None) -> list[tuple[str, str]]:
    """A day, or the first and last of several, each as ISO 8601 and in words.

    >>> days("2024-11-07", "2024-11-07"), days(None, None)
    ([('2024-11-07', 'Thu 7 Nov 2024')], [])
    """
    told = [value for value in dict.fromkeys((day, end)) if value]
    words = [day_words(value) for value in told]
    return list(zip(told, words if len(told) == 1 else [w.split(" ", 1)[-1] for w in words], strict=True))
