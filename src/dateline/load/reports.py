"""Text and what is known about it -> Report: joins language, dates, dateline and credits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from dateline.load.agencies import Credited
from dateline.load.credits import Line, find_byline, foot_line, inline_bylines, is_furniture, source_at_end
from dateline.load.datelines import FoundDateline, dateline_at, find_dateline
from dateline.load.edges import foot_lines, head_lines
from dateline.load.language import ENGLISH, language_of
from dateline.load.published import HeaderDate, as_published, choose, find_foot_date, find_header_date
from dateline.model import Credits, DateFrom, Published, Report, Skipped, Span

_SURROGATE = re.compile("[\ud800-\udfff]")
#: what makes no words, at the ends of a text
_NOTHING = "\0\ufeff \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\u200b"
_LINE_END = re.compile(r"\r\n?|\u0085")


def report_from_text(
    text: str,
    *,
    id: str | int | None = None,
    title: str | None = None,
    published: Published | date | str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    byline: str | None = None,
    agency: str | None = None,
    guess: str | None = None,
    url: str | None = None,
    keep_text: bool = True,
) -> Report:
    """The report that a text and its metadata make.

    The text is kept exactly, but for lone surrogates, which no file can hold: each becomes U+FFFD. With ``keep_text``
    off, NULs are left out and all line ends become ``\\n``. ``published`` as a day counts as given by the caller;
    ``guess`` is a day that is used, as unreliable, where nothing else gives one. Nothing here raises on odd values:
    what makes no sense counts as unknown.

    >>> report = report_from_text("OSLO, Nov 7 (NTB) - Snow fell.", published="2024-11-08")
    >>> report.dateline.place, report.dateline.date, report.credits.agency, report.published.origin.value
    ('Oslo', '2024-11-07', 'NTB', 'given')
    """
    text = writable(text) if keep_text else tidy(text)
    edges = _read_edges(text)
    stated = as_published(published, DateFrom.GIVEN)
    full_day = edges.dateline.day.date if edges.dateline and edges.dateline.day else None
    chosen = choose(stated, edges.header, full_day, guess)
    counted_from = date.fromisoformat(chosen.value) if chosen else None
    code = language_of(text, language)
    return Report(
        id=_id(id, text),
        text=text,
        title=_words(title),
        language=code,
        published=chosen,
        dateline=edges.dateline.dated(counted_from) if edges.dateline else None,
        credits=Credits(
            publisher=_words(publisher) or edges.credit.publisher,
            agency=edges.credit.agency or _words(agency),
            byline=_words(byline) or edges.byline,
        ),
        furniture=edges.furniture,
        skipped=() if code == ENGLISH else (Skipped(Span(0, len(text)), f"language {code}: not read"),),
        url=url,
    )


@dataclass(frozen=True, slots=True)
class _Edges:
    """What the head and the foot of a text say."""

    dateline: FoundDateline | None
    header: HeaderDate | None
    byline: str | None
    credit: Credited
    furniture: tuple[Span, ...]


def _read_edges(text: str) -> _Edges:
    head, foot = head_lines(text), foot_lines(text)
    header = find_header_date(text, head) or find_foot_date(text, foot)
    byline = find_byline(text, head)
    found = find_dateline(text, head)
    if byline is None and (inline := _byline_before_dateline(text, head)):
        byline, found = inline
    last = [line for line in (foot_line(text, span) for span in foot) if line]
    if not last and (source := source_at_end(text)):
        last = [source]
    first = [byline] if byline else []
    credit = found.credit if found else Credited()
    for line in (*last, *first):
        credit = credit.or_else(line.credit)
    spans = [line.span for line in (*first, *last)]
    spans += [span for span in head if is_furniture(text[span.start : min(span.end, span.start + 301)])]
    spans += [piece.span for piece in (found, header) if piece]
    return _Edges(found, header, _first_byline([*first, *last]), credit, _merged(spans))


def _byline_before_dateline(text: str, head: list[Span]) -> tuple[Line, FoundDateline] | None:
    """"By Jane Doe. BOSTON (Reuters) - …": a byline on the dateline's own line."""
    for line in head[:4]:
        for byline, start in inline_bylines(text, line):
            if found := dateline_at(text, start, line.end):
                return byline, found
    return None


def _first_byline(lines: list[Line]) -> str | None:
    return next((line.byline for line in lines if line.byline), None)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in text order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(span)
    return tuple(merged)


def content_id(text: str) -> str:
    """A name for a report that has none: 16 hexadecimal digits, the same for the same text everywhere."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _id(given: object, text: str) -> str:
    if isinstance(given, str) and given:
        return writable(given)
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given) if abs(given) < 10**4000 else content_id(text)
    return content_id(text)


def _words(value: object) -> str | None:
    """A metadata value as words on one line; ``None`` for anything that is no text."""
    if not isinstance(value, str):
        return None
    return " ".join(writable(value).split()) or None


def writable(text: str) -> str:
    """The text with each lone surrogate replaced, so that it can be written as UTF-8; its length stays.

    >>> writable("a\\ud800b") == "a\\ufffdb"
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def is_blank(text: str) -> bool:
    """Whether a text holds nothing but white space, NULs and byte order marks.

    >>> is_blank("\\0 \\ufeff\\n"), is_blank("Rain.")
    (True, False)
    """
    return not text.strip(_NOTHING)


def tidy(text: str) -> str:
    """A file's text without byte order mark and NULs, its line ends made ``\\n``."""
    text = writable(text.removeprefix("\ufeff"))
    if "\0" in text:
        text = text.replace("\0", "")
    return _LINE_END.sub("\n", text) if "\r" in text or "\u0085" in text else text
