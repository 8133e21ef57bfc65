"""A search as an Atom feed (RFC 4287): one entry a hit, for any feed reader.

The same record gives the same feed: ids are made from the keys of the entries, and days come from the reports, not
from a clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dateline.present.hits import actor_words, report_words, side_words
from dateline.record.entries import Entry, Hit, SentenceEntry, StatementEntry
from dateline.record.query import Query

_ATOM = "http://www.w3.org/2005/Atom"
#: RFC 4151 asks for a domain and a day; ``.invalid`` belongs to nobody for ever (RFC 2606).
_TAG = "tag:dateline.invalid,2024:"
_LONG_AGO = "0001-01-01"
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Served:
    """Where a feed is served: its own address, that of the search as a page, and where each entry opens."""

    itself: str
    page: str
    opens: Callable[[Entry], str]


def feed(name: str, query: Query, hits: Iterable[Hit], served: Served | None = None) -> bytes:
    """The feed of a search under its name, as UTF-8."""
    hits = list(hits)
    root = Element("feed", xmlns=_ATOM)
    _add(root, "title", f"Dateline: {name}")
    _add(root, "id", _TAG + "search:" + _of(query))
    _add(root, "updated", _instant(max((_published(hit.entry) for hit in hits), default=_LONG_AGO)))
    _add(root, "generator", "Dateline")
    _add(SubElement(root, "author"), "name", "Dateline")
    if served:
        SubElement(root, "link", rel="self", href=_writable(served.itself))
        SubElement(root, "link", rel="alternate", type="text/html", href=_writable(served.page))
    for hit in hits:
        _entry(root, hit, served)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _of(query: Query) -> str:
    from hashlib import sha256

    return sha256(json.dumps(query.as_json(), sort_keys=True).encode()).hexdigest()[:16]


def _entry(root: Element, hit: Hit, served: Served | None) -> None:
    entry = hit.entry
    node = SubElement(root, "entry")
    _add(node, "title", _title(entry))
    _add(node, "id", _TAG + _key(entry))
    _add(node, "updated", _instant(_published(entry)))
    _add(SubElement(node, "author"), "name", report_words(entry.report)[0])
    if entry.report.url:
        SubElement(node, "link", rel="alternate", href=_writable(entry.report.url))
    if served:
        kind = "related" if entry.report.url else "alternate"
        SubElement(node, "link", rel=kind, type="text/html", href=_writable(served.opens(entry)))
    _add(node, "summary", " ".join(" ".join(filter(None, [hit.before, entry.text, hit.after])).split()))
    if not isinstance(entry, SentenceEntry):
        SubElement(node, "category", term=entry.stance if isinstance(entry, StatementEntry) else entry.type)


def _title(entry: Entry) -> str:
    if isinstance(entry, SentenceEntry):
        return " ".join(entry.text.split())[:120]
    if isinstance(entry, StatementEntry):
        speaker = actor_words(entry.speaker) if entry.speaker else entry.source_text or "nobody named"
        return " ".join(f"{speaker} {entry.cue or entry.stance}: {entry.content_text}".split())[:200]
    return f"{side_words(entry.source)} → {side_words(entry.target)}: {entry.type}, {entry.reality}"


def _key(entry: Entry) -> str:
    if isinstance(entry, SentenceEntry):
        return f"{entry.report.key}:{entry.sentence.start}-{entry.sentence.end}"
    return entry.key


def _published(entry: Entry) -> str:
    return entry.report.published or entry.report.day or _LONG_AGO


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _writable(text)


def _writable(text: str) -> str:
    """The text without what XML 1.0 cannot hold (section 2.2)."""
    return _FORBIDDEN.sub("", text)
