"""One entry as every screen shows it: its sentence in marked pieces, and what is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote, quote_plus

from markupsafe import Markup, escape

from dateline.model import Span
from dateline.present.found import found_each, found_spans
from dateline.present.words import day_words
from dateline.record.entries import ActorRef, Entry, Hit, ReportEntry, SentenceEntry, StatementEntry, TellingEntry

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
    return text if text and text.isprintable() else (text or "").translate(_SIGNS)


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


def shown(given: Entry | Hit | ShownEntry, words: str | None = None) -> ShownEntry:
    """What the macro ``entry`` of ``_entry.html`` shows of an entry or a hit; ``words`` of a search are lit."""
    return given if isinstance(given, ShownEntry) else shown_each((given,), words)[0]


def shown_each(given: Sequence[Entry | Hit], words: str | None = None) -> list[ShownEntry]:
    """The same of several, whose words are looked for at once."""
    entries = [one.entry if isinstance(one, Hit) else one for one in given]
    lit = found_each([entry.text[:LOOKED_AT] for entry in entries], words)
    return [_shown(entry, one if isinstance(one, Hit) else None, found)
            for one, entry, found in zip(given, entries, lit, strict=True)]  # fmt: skip


def _shown(entry: Entry, hit: Hit | None, found: Sequence[Span]) -> ShownEntry:
    key = "" if isinstance(entry, SentenceEntry) else entry.key
    before, after, copies = (hit.before, hit.after, hit.copies) if hit else (None, None, 0)
    return ShownEntry(_KINDS[type(entry)], key, entry, entry.report, tuple(_pieces(entry, found)), address(entry),
                      _short(before), _short(after), _copies(entry, copies))  # fmt: skip


def address(entry: Entry) -> str:
    """Where an entry is read in its report: lit with scripts or without, and scrolled to."""
    sentence = sentence_id(entry.sentence)
    lit = sentence if isinstance(entry, SentenceEntry) else entry.key
    return f"/reports/{entry.report.key}?lit={quote_plus(lit)}#{sentence}"


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
    return _pieces(entry, found_spans(entry.text[:LOOKED_AT], words))


def _pieces(entry: Entry, lit: Sequence[Span]) -> list[Piece]:
    marks = _marks(entry)
    first, last = _window(len(entry.text), [*(span for span, _ in marks), *lit])
    marks = [(cut, kind) for span, kind in marks if (cut := _cut(span, first, last))]
    found = [cut for span in lit if (cut := _cut(span, first, last))]
    edges = {at for span, _ in marks for at in span} | {at for span in found for at in span}
    cuts = sorted({first, last, *edges})
    out = [Piece("… ")] if first else []
    for start, end in pairwise(cuts):
        held = Span(start, end)
        is_lit = any(span.covers(held) for span in found)
        out.append(Piece(plain(entry.text[start:end]), _classes(held, marks), is_lit))
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


# --- as HTML: the macros of ``_entry.html`` that stand many times on a page


@lru_cache(1_024)
def day_html(day: str | None, end: str | None = None) -> Markup:
    """A day, or from one to another, for people and for programs.

    >>> print(day_html("2024-11-07"))
    <time datetime="2024-11-07">Thu 7 Nov 2024</time>
    """
    time = Markup('<time datetime="{}">{}</time>').format
    return Markup(" to ").join(time(iso, told) for iso, told in days(day, end))


@lru_cache(1_024)
def actor_html(actor: ActorRef) -> Markup:
    """An actor's name, which leads to its page, and its code."""
    called = plain(actor.name[:160])
    name = Markup('<a class="who" href="/actors/{}"><bdi>{}</bdi></a>').format(quote(actor.key), called)
    code = actor.code or actor.country
    return name + Markup(" <small>{}</small>").format(code) if code else name


def marked_html(pieces: Sequence[Piece]) -> Markup:
    """A sentence in its pieces, each in its dress."""
    return Markup("".join(map(_piece_html, pieces)))


def _piece_html(piece: Piece) -> str:
    if not (piece.found or piece.classes):
        return escape(piece.text)
    tag = "mark" if piece.found else "span"
    dress = f' class="{escape(piece.classes)}"' if piece.classes else ""
    return f"<{tag}{dress}>{escape(piece.text)}</{tag}>"


def published_html(report: ReportEntry) -> Markup:
    """Who published a report, and when."""
    by = plain((report.publisher or report.agency or "publisher unknown")[:120])
    told = f"<bdi>{escape(by)}</bdi>"
    if report.agency and report.publisher and report.agency != report.publisher:
        told += f", credit <bdi>{escape(plain(report.agency[:120]))}</bdi>"
    day = report.published or report.day
    if not day:
        return Markup(told + ", no date")
    unsure = "" if report.reliable else ' <span class="badge">day not reliable</span>'
    return Markup(f"{told}, {day_html(day)}{unsure}")
