"""News feeds (RSS, Atom, JSON Feed) -> their entries, one report each; lists of feeds (OPML) -> addresses.

XML is parsed without its document type: no entity but the five of XML and those of HTML has a meaning here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

from dateline.load.agencies import credited
from dateline.load.decoding import NotText, decode
from dateline.load.outcomes import LONGEST, TOO_LONG, Failure, Found, Notice, Raw, told
from dateline.load.pages import text_of_markup
from dateline.load.published import as_published
from dateline.load.reports import is_blank, report_from_text, tidy, writable
from dateline.load.urls import page_name, web_address
from dateline.model import DateFrom

ENTRY = "entry"
#: A longer feed is none; feeds of the press hold some dozens of entries.
LONGEST_FEED = 30_000_000
_LONGEST_DOCTYPE = 100_000
_MOST_FEEDS = 2_000
#: A description as long as this is the report itself and no summary.
_LONG_SUMMARY = 1_500
_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_RSS = ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2")
_DC = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XHTML = "http://www.w3.org/1999/xhtml"
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_IN_DOCTYPE = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|[\[\]>]", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(\w{2,31});)|&")
_OF_XML = ("amp", "lt", "gt", "quot", "apos")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINK_BACK = re.compile(r"\n?The post .{1,300} (?:appeared first on|first appeared on) .{1,100}\.?\s*$")


def raws_of_feed(data: bytes, name: str, place: str, url: str | None, notice: Notice) -> Iterator[Raw | Failure]:
    """The entries of an RSS or Atom feed."""
    root = _root_of(data, name, notice)
    if isinstance(root, Failure):
        yield root
        return
    yield from _raws(list(_xml_entries(root, url)), name, place, notice)


def raws_of_json_feed(data: bytes, name: str, place: str, url: str | None, notice: Notice) -> Iterator[Raw | Failure]:
    """The entries of a JSON Feed, version 1 or 1.1."""
    try:
        feed = json.loads(decode(data).text)
    except (ValueError, RecursionError, NotText):
        yield Failure(name, "broken JSON feed: get it again")
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    entries = [_json_entry(i, feed, url) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
    yield from _raws(entries, name, place, notice)


def _raws(entries: list[dict[str, Any]], name: str, place: str, notice: Notice) -> Iterator[Raw | Failure]:
    if not entries:
        yield Failure(name, "a feed without entries: nothing to read")
        return
    short = sum(1 for e in entries if not e["full"] and 0 < len(e["body"] or "") < _LONG_SUMMARY)
    if short:
        notice(f"{name}: {short} of {len(entries)} entries hold only a summary; the pages they link to are not fetched")
    for number, entry in enumerate(entries, 1):
        data = json.dumps({k: writable(v) if isinstance(v, str) else v for k, v in entry.items()},
                          ensure_ascii=False, separators=(",", ":")).encode()  # fmt: skip
        # entries move down a feed as others come in: their number names none of them
        yield Raw(ENTRY, data, f"{name}, entry {number}", f"{place}#{entry['id']}" if place and entry["id"] else "")


def report_of_entry(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The report in one entry of a feed: its full content if it has one, else its summary."""
    try:
        entry = json.loads(data)
        body, url, own = entry["body"] or "", web_address(entry["url"]), entry["id"]
        text = _without_link_back(text_of_markup(body)) if entry["markup"] else tidy(body)
        credit = credited(entry["publisher"] or "")
        if is_blank(text):
            return Failure(where, "an entry without text: nothing to read")
        if len(text) > LONGEST:
            return Failure(where, TOO_LONG)
        report = report_from_text(
            text,
            title=unescape(entry["title"] or ""),
            published=as_published(entry["date"], DateFrom.METADATA) or given,
            publisher=credit.publisher,
            agency=credit.agency,
            language=entry["language"],
            byline=_person(entry["author"]),
            url=url,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return Failure(where, "what was kept of this entry is damaged: read the feed again")
    # a bare number is an entry's own only within its feed
    return Found(told(report, where, notice), page_name(url) or (own if own and ":" in own else None))


def _without_link_back(text: str) -> str:
    """The text without the line that some programs put under every entry."""
    tail = max(0, len(text) - 500)
    return text[:tail] + _LINK_BACK.sub("", text[tail:])


def _person(author: str | None) -> str | None:
    """The name in an author's field: RSS writes "desk@example.org (Jane Doe)"."""
    if not author:
        return None
    bracket = re.search(r"\(([^()]{3,100})\)", author)
    name = bracket[1] if bracket and "@" in author else author
    return None if "@" in name or "://" in name else re.sub(r"^[Bb]y\s+", "", " ".join(name.split()))[:200]


# --- XML -------------------------------------------------------------------------------------------------------


def _root_of(data: bytes, name: str, notice: Notice) -> Any | Failure:
    """The root element of a feed; damaged XML is mended as far as it goes, and that is told."""
    from lxml import etree

    try:
        decoded = decode(data, html=True)
    except NotText as error:
        return Failure(name, str(error))
    if decoded.note:
        notice(f"{name}: {decoded.note}")
    text = without_doctype(decoded.text)
    if text is None:
        return Failure(name, "XML with a document type that does not end: not read")
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(text.encode(), strict)
    except (etree.XMLSyntaxError, ValueError):
        pass
    mending = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_mended(text).encode(), mending)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return Failure(name, "broken XML: get the feed again")
    notice(f"{name}: broken XML, mended as far as it goes")
    return root


def without_doctype(text: str) -> str | None:
    """XML text without its declaration and document type; ``None`` where that has no end.

    >>> without_doctype('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "]>">]><a>&b;</a>')
    '<a>&b;</a>'
    """
    at = 0
    while True:
        if found := _PROLOG.match(text, at):
            at = found.end()
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = _doctype_end(text, at + 9)
            if end is None:
                return None
            at = end
        else:
            return text[at:]


def _doctype_end(text: str, at: int) -> int | None:
    inside = False
    for mark in _IN_DOCTYPE.finditer(text, at, at + _LONGEST_DOCTYPE):
        if mark[0] == "[":
            inside = True
        elif mark[0] == "]":
            inside = False
        elif mark[0] == ">" and not inside:
            return mark.end()
    return None


def _mended(text: str) -> str:
    """XML with HTML's named entities as characters, and lone ampersands and control characters out of the way."""
    return _ENTITY.sub(_character, _CONTROL.sub("", text))


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if match[0] == "&":
        return "&amp;"
    if name is None or name in _OF_XML:
        return match[0]
    found = html5.get(f"{name};")
    return found if found and found not in "&<>" else f"&amp;{name};"


def _xml_entries(root: Any, url: str | None) -> Iterator[dict[str, Any]]:
    channel = next((e for e in root.iter("{*}channel") if _name(e)[1] == "channel"), root)
    of_feed = {
        "publisher": _first(channel, "title"),
        "language": _first(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
    }
    base = _base(root) or url
    for element in root.iter("{*}item", "{*}entry"):
        space = _name(element)[0]
        if space in _ATOM or space in _RSS:
            yield _xml_entry(element, of_feed, base)


def _name(element: Any) -> tuple[str, str]:
    space, brace, name = str(element.tag).rpartition("}")
    return space[1:] if brace else "", name


def _own(space: str, name: str) -> str | None:
    """The plain name of an element that is the feed's own or Dublin Core's, not of some extension."""
    return name if space in _ATOM or space in _RSS or space in _DC else None


def _first(element: Any, wanted: str) -> str | None:
    for child in element.iterchildren("{*}" + wanted):
        if _own(*_name(child)) and (words := _text(child)):
            return words
    return None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext())[:20_000].split())


def _base(root: Any) -> str | None:
    return web_address(root.get("{http://www.w3.org/XML/1998/namespace}base"))


def _xml_entry(element: Any, of_feed: dict[str, Any], base: str | None) -> dict[str, Any]:
    def first(*names: str) -> str | None:
        return next((words for name in names if (words := _first(element, name))), None)

    body, markup, full = _xml_body(element)
    guid = first("guid", "id", "identifier")
    author = next((_text(n) for a in element.iterchildren("{*}author") for n in a.iterchildren("{*}name")), None)
    return {
        "url": _absolute(_link(element), base) or web_address(guid),
        "id": guid,
        "title": first("title"),
        "date": first("pubDate", "published", "issued", "date", "created", "updated", "modified"),
        "author": author or first("author", "creator"),
        "publisher": (first("source") if _name(element)[0] in _RSS else None) or of_feed["publisher"],
        "language": first("language") or of_feed["language"],
        "body": body,
        "markup": markup,
        "full": full,
    }


def _absolute(link: str | None, base: str | None) -> str | None:
    if not link:
        return None
    try:
        return web_address(urljoin(base, link)) if base else web_address(link)
    except ValueError:
        return None


def _link(element: Any) -> str | None:
    """An entry's link to its page: RSS writes it as text, Atom as an attribute with a relation."""
    for child in element.iterchildren("{*}link"):
        space, _ = _name(child)
        if space in _ATOM and child.get("rel", "alternate") != "alternate":
            continue
        if href := (child.get("href") if space in _ATOM else "".join(child.itertext())):
            return str(href).strip()[:2_000]
    return None


def _xml_body(element: Any) -> tuple[str | None, bool, bool]:
    """The text of an entry, whether it is HTML, and whether it is the full content and no summary."""
    for child in element.iterchildren(f"{{{_CONTENT}}}encoded"):
        if words := "".join(child.itertext()).strip():
            return words, True, True
    for space in _ATOM:
        for child in element.iterchildren(f"{{{space}}}content"):
            if words := _atom_words(child):
                return words, child.get("type", "text") != "text", True
    for name in ("description", "summary"):
        for child in element.iterchildren("{*}" + name):
            space, _ = _name(child)
            if space in _ATOM and (words := _atom_words(child)):
                return words, child.get("type", "text") != "text", False
            if _own(space, name) and (words := _markup_of(child)):
                return words, True, False
    return None, False, False


def _atom_words(element: Any) -> str:
    if element.get("src") is not None and not len(element):
        return ""
    return _markup_of(element) if element.get("type") in ("xhtml", "html", "text/html") else _plain_of(element)


def _plain_of(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _markup_of(element: Any) -> str:
    """HTML inside an element: as escaped text, or as elements of its own."""
    if not len(element):
        return (element.text or "").strip()
    from lxml import etree

    inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return ((element.text or "") + re.sub(rf"\sxmlns(?::\w+)?=\"{re.escape(_XHTML)}\"", "", inner)).strip()


# --- JSON Feed (version 1.1, jsonfeed.org) -----------------------------------------------------------------------


def _json_entry(item: dict[str, Any], feed: dict[str, Any], url: str | None) -> dict[str, Any]:
    def string(key: str, of: dict[str, Any] = item) -> str | None:
        value = of.get(key)
        return value if isinstance(value, str) and value.strip() else None

    markup, plain, summary = string("content_html"), string("content_text"), string("summary")
    own = item.get("id")
    base = string("home_page_url", feed) or string("feed_url", feed) or url
    return {
        "url": _absolute(string("url") or string("external_url"), base) or web_address(own),
        "id": str(own) if isinstance(own, str | int) and not isinstance(own, bool) else None,
        "title": string("title"),
        "date": string("date_published") or string("date_modified"),
        "author": _json_author(item) or _json_author(feed),
        "publisher": string("title", feed),
        "language": string("language") or string("language", feed),
        "body": markup or plain or summary,
        "markup": markup is not None,
        "full": (markup or plain) is not None,
    }


def _json_author(of: dict[str, Any]) -> str | None:
    listed = of.get("authors")
    candidates = [*(listed[:10] if isinstance(listed, list) else []), of.get("author")]
    names = [a["name"] for a in candidates if isinstance(a, dict) and isinstance(a.get("name"), str) and a["name"]]
    return " and ".join(names[:3]) or None


# --- OPML (version 2.0, opml.org) --------------------------------------------------------------------------------


def feeds_of_list(data: bytes, name: str, notice: Notice) -> list[str] | Failure:
    """The addresses of the feeds that an OPML list names, each once, in its order."""
    root = _root_of(data, name, notice)
    if isinstance(root, Failure):
        return root
    found = [a for o in root.iter("{*}outline") for k, v in o.attrib.items() if k.lower() == "xmlurl"
             if (a := web_address(v))]  # fmt: skip
    feeds = list(dict.fromkeys(found))
    if not feeds:
        return Failure(name, "a list of feeds without an address: nothing to read")
    if len(feeds) > _MOST_FEEDS:
        notice(f"{name}: only the first {_MOST_FEEDS:,} of {len(feeds):,} feeds are read")
    return feeds[:_MOST_FEEDS]
