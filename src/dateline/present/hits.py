"""What a search found, for a terminal: each hit with its sentence, the words found, the sentences beside it.

Brackets say again what colour says: ``[what was put on record]``, ``{the words that tell an event}``; the words
found are bold, and stand between asterisks where there is no colour.
"""

from __future__ import annotations

from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.model import Span
from dateline.present.found import found_spans
from dateline.present.terminal import REALITY, clean, short
from dateline.present.words import day_words
from dateline.record.entries import (
    ActorRef,
    Entry,
    Hit,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
)

_FOUND = "bold underline"
_INDENT = 5


def render_hit(number: int, hit: Hit, words: str | None, colour: bool) -> RenderableType:
    """One hit: who and what, the words, where they come from."""
    entry = hit.entry
    body = Text()
    if hit.before:
        body.append(_flat(clean(hit.before)) + " ", "dim")
    body.append_text(_sentence(entry, words, colour))
    if hit.after:
        body.append(" " + _flat(clean(hit.after)), "dim")
    rows = Table.grid(padding=0)  # all lines wrap beside the number
    rows.add_column(width=_INDENT, no_wrap=True)
    rows.add_column()
    rows.add_row(Text(f"{number:>3}", "dim"), Group(_head(entry), *([body] if body else []), _foot(entry, hit)))
    return Group(rows, Text())


# --- head and foot ---------------------------------------------------------------------------------------------


def _head(entry: Entry) -> Text:
    if isinstance(entry, StatementEntry):
        return _statement(entry)
    if isinstance(entry, TellingEntry):
        return _telling(entry)
    return Text().append(clean(short(entry.report.title or " · ".join(report_words(entry.report)), 70)), "bold")


def _statement(s: StatementEntry) -> Text:
    speaker = actor_words(s.speaker) if s.speaker else s.source_text or "nobody named"
    line = Text().append(clean(speaker), "bold blue")
    if s.addressee:
        line.append(clean(f" to {s.addressee.name}"))
    if s.cue:
        line.append("  ·  ")
        line.append(clean(_flat(s.cue)), "magenta")
    medium = f"in {s.medium}" if s.medium else ""
    facts = [s.sourcing, s.form, s.stance, "hedged" if s.hedged else "", clean(medium)]
    return line.append("  ·  " + ", ".join(filter(None, facts)), "dim").append(_day(s.day, s.day_end), "dim")


def _telling(e: TellingEntry) -> Text:
    line = Text().append(clean(f"{side_words(e.source)} → {side_words(e.target)}"), "bold")
    line.append(f"  {e.type} {e.cameo}", "yellow")
    line.append(f"  {e.reality}{'?' if e.unsure else ''}", REALITY.get(e.reality, ""))
    line.append(_day(e.day, e.day_end, e.reliable), "dim")
    if e.place:
        line.append(clean(f"  ·  {e.place.name}"), "dim")
    if e.said_by:
        line.append(clean(f"  ·  as told by {e.said_by_actor.name if e.said_by_actor else 'a source'}"), "dim")
    return line


def actor_words(actor: ActorRef) -> str:
    """An actor's name with its code behind it, where the name does not say as much."""
    code = actor.code or actor.country
    return f"{actor.name} ({code})" if code else actor.name


def side_words(side: tuple[ActorRef, ...]) -> str:
    """The names of one side of an event, or a dash where nobody is known."""
    return " and ".join(actor.name for actor in side) or "–"


def _day(day: str | None, end: str | None, reliable: bool = True) -> str:
    if day is None:
        return ""
    words = day_words(day)
    if end and end != day:
        words = f"{words.split(' ', 1)[-1]} to {day_words(end).split(' ', 1)[-1]}"
    return f"  ·  {words}" + ("" if reliable else " (not reliable)")


def _foot(entry: Entry, hit: Hit) -> Text:
    told = [] if isinstance(entry, SentenceEntry) and not entry.report.title else report_words(entry.report)
    facts = [*told, copies_words(entry, hit)]
    facts += [entry.report.key] if isinstance(entry, SentenceEntry) else [entry.judged or "", entry.key]
    return Text().append(clean(" · ".join(filter(None, facts))), "dim cyan")


def report_words(report: ReportEntry) -> list[str]:
    """Who published a report and when, for people."""
    publisher = report.publisher or report.agency or report.source or "publisher unknown"
    agency = report.agency if report.agency and report.agency != publisher else None
    day = report.published or report.day
    when = f"{day_words(day)}{'' if report.reliable else ' (not reliable)'}" if day else "no date"
    return [f"{publisher}, credit {agency}" if agency else publisher, when]


def copies_words(entry: Entry, hit: Hit) -> str:
    """In how many reports the same stands; empty where it is one."""
    if isinstance(entry, TellingEntry) and entry.reports > 1:
        stories = f"{entry.stories} stories" if entry.stories > 1 else "1 story"
        return f"told in {entry.reports} reports, {stories}"
    copies = max(hit.copies + 1, entry.copies if isinstance(entry, StatementEntry) else 1)
    return f"in {copies} reports of its story" if copies > 1 else ""


# --- the sentence ----------------------------------------------------------------------------------------------


def _sentence(entry: Entry, words: str | None, colour: bool) -> Text:
    """The sentence with brackets round what the entry is about and the words found lit."""
    text = clean(entry.text)
    marks = [] if isinstance(entry, SentenceEntry) else _marks(entry, len(text))
    found = found_spans(entry.text, words)
    cuts = sorted({0, len(text), *(at for span, *_ in marks for at in span), *(at for span in found for at in span)})
    out = Text()
    for first, last in pairwise(cuts):
        for span, opening, _, _ in marks:
            if span.start == first:
                out.append(opening, "dim")
        lit = any(span.start <= first and last <= span.end for span in found)
        style = next((style for span, _, _, style in marks if span.start <= first and last <= span.end), "")
        star = "*" if lit and not colour else ""
        starts = star if any(span.start == first for span in found) else ""
        ends = star if any(span.end == last for span in found) else ""
        piece = starts + text[first:last] + ends
        out.append(piece, f"{style} {_FOUND}".strip() if lit else style)
        for span, _, closing, _ in marks:
            if span.end == last:
                out.append(closing, "dim")
    return _one_space(out)


def _marks(entry: StatementEntry | TellingEntry, length: int) -> list[tuple[Span, str, str, str]]:
    """The spans to bracket, counted from the start of the sentence and cut to it."""
    if entry.sentence.end - entry.sentence.start != length:
        return []
    if isinstance(entry, TellingEntry):
        dress = ("{", "}", "bold yellow")
    else:
        dress = ("[", "]", "green")
    spans = (entry.span,) if isinstance(entry, TellingEntry) else entry.content
    at = entry.sentence.start
    cut = [Span(max(0, span.start - at), min(length, span.end - at)) for span in spans]
    return [(span, *dress) for span in cut if span.start < span.end]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _one_space(text: Text) -> Text:
    """The text with line ends shown as spaces: a sentence may run over the lines of its report."""
    text.plain = text.plain.replace("\n", " ")
    return text
