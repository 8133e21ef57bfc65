"""HTML -> report: the article's text by trafilatura, and what the page's own metadata say about it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dateline.lexicons import rows
from dateline.load.days import day_of
from dateline.load.decoding import decode
from dateline.load.outcomes import LONGEST, TOO_LONG, Failure, Notice, told
from dateline.load.published import as_published
from dateline.load.reports import report_from_text, tidy
from dateline.load.urls import web_address
from dateline.model import DateFrom, Report

#: Above these a page is not given to trafilatura and htmldate, whose time grows faster than the page. Pages of the
#: press stay far below: some thousand elements, some fifteen deep. Not a limit of time: that would not give the same
#: record on every machine.
_MOST_BYTES, _MOST_ELEMENTS, _DEEPEST, _MOST_DEPTHS, _MOST_TIMES = 3_000_000, 12_000, 100, 250_000, 300
_LONGEST_PAGE = 50_000_000
#: No clock: pages are dated up to the same fixed day on every run.
_LAST_DAY = "2100-12-31"
_BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li", "div", "section", "article", "main", "td", "tr", "br"}
)
_NO_TEXT = frozenset(
    {"script", "style", "nav", "header", "footer", "aside", "form", "noscript", "svg", "template", "button"}
)
_SENTENCE = re.compile(r"\w[^.!?。]{25,}[.!?…][\"'”’)\]]*(?:\s|$)")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's metadata say; each is ``None`` where they say nothing."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    byline: str | None = None
    body: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PageHints:
    """What is known of a page besides its bytes: its address, the charset it was sent with, the day it was fetched."""

    url: str | None = None
    charset: str | None = None
    day: str | None = None


_NO_HINTS = PageHints()


def report_of_page(
    data: bytes, where: str, given: date | None, notice: Notice, hints: PageHints = _NO_HINTS
) -> Report | Failure:
    """The report in a web page, or a failure where the page holds no article.

    The day on which a page was fetched is used, as a guess, where nothing in the page tells an earlier one.
    """
    if len(data) > _LONGEST_PAGE:
        return Failure(where, "a page of more than 50 MB: save the article alone")
    decoded = decode(data, html=True, charset=hints.charset)
    if decoded.note:
        notice(f"{where}: {decoded.note}")
    tree = _parse(decoded.text)
    if tree is None:
        return Failure(where, "no article text found: save the page again, or its text as .txt")
    facts = page_facts(tree)
    small = len(data) <= _MOST_BYTES and _is_simple(tree)
    text = (_main_text(decoded.text) if small else None) or _plain_text(tree)
    if not _SENTENCE.search(text) and facts.body:
        text = facts.body
    if not _SENTENCE.search(text):
        return Failure(where, "no article text found: save the page again, or its text as .txt")
    if len(text) > LONGEST:
        return Failure(where, TOO_LONG)
    stated = as_published(given, DateFrom.GIVEN) or as_published(facts.published, DateFrom.METADATA)
    guess = _guessed_date(decoded.text) if stated is None and small else None
    report = report_from_text(
        tidy(text),
        title=facts.title,
        published=stated,
        publisher=facts.publisher,
        byline=facts.byline,
        guess=min(guess, hints.day) if guess and hints.day else guess or hints.day,
        url=hints.url or facts.url,
    )
    return told(report, where, notice)


def _parse(page: str) -> Any | None:
    from lxml import etree, html

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page[:500]) + page[500:]
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _is_simple(tree: Any) -> bool:
    """Whether a page is of the size and depth that pages have; walks it no further than needed."""
    from lxml import etree

    depth = elements = depths = times = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        elements += 1
        depths += depth
        times += element.tag == "time"
        if depth > _DEEPEST or elements > _MOST_ELEMENTS or depths > _MOST_DEPTHS or times > _MOST_TIMES:
            return False
    return True


def _main_text(page: str) -> str | None:
    trafilatura = _trafilatura()
    try:
        found = trafilatura.extract(
            page, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError):
        return None  # a page that trips the extractor is read by the plain walk
    return found or None


def text_of_markup(markup: str) -> str:
    """The words of a piece of HTML, one line a block, without scripts and menus.

    >>> text_of_markup("<p>Rain&nbsp;fell.<script>x</script></p>Snow <b>fell</b>.")
    'Rain fell.\\nSnow fell.'
    """
    tree = _parse(f"<div>{markup}</div>")
    return tidy(_plain_text(tree, sentences=False)) if tree is not None else ""


def _plain_text(tree: Any, sentences: bool = True) -> str:
    """The blocks of a page that hold a sentence, without menus and scripts: one walk, for pages too large for more.

    Without ``sentences``, all blocks that hold a word.
    """
    from lxml import etree

    lines: list[str] = []
    words: list[str] = []
    hidden = 0

    def finish() -> None:
        line = " ".join("".join(words).split())
        words.clear()
        if line and (not sentences or _SENTENCE.search(line[:2_000])):
            lines.append(line)

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        ends = event == "end"
        if element.tag in _BLOCKS:
            finish()
        if element.tag in _NO_TEXT:
            hidden += -1 if ends else 1
        part = element.tail if ends else element.text
        if part and not hidden:
            words.append(part)
    finish()
    return "\n".join(lines)


# --- metadata --------------------------------------------------------------------------------------------------


def page_facts(tree: Any) -> PageFacts:
    """What the page says of itself: in JSON-LD first, then in OpenGraph and other meta tags, then in its headings."""
    linked, metas = _linked_data(tree), _metas(tree)

    def first(what: str, best: str | None) -> str | None:
        return best or next((metas[name] for name in _names(what) if name in metas), None)

    dates = (linked.get("datePublished"), *(metas.get(name) for name in _names("date")), _time_element(tree))
    return PageFacts(
        title=first("title", linked.get("headline")) or _heading(tree),
        published=next((day for date in dates if (day := day_of(date))), None),
        publisher=first("publisher", linked.get("publisher")),
        byline=_person(first("byline", linked.get("author"))),
        body=linked.get("articleBody"),
        url=_own_address(tree, metas),
    )


def _own_address(tree: Any, metas: dict[str, str]) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (url := web_address(link.get("href"))):
            return url
    return web_address(metas.get("og:url"))


@cache
def _names(what: str) -> tuple[str, ...]:
    return tuple(name for _, (kind, name) in rows("page_metadata.tsv", 2) if kind == what)


def _metas(tree: Any) -> dict[str, str]:
    """The first content of each meta tag, by its property, name or itemprop in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if key and content:
            found.setdefault(key, content[:1_000])
    return found


def _heading(tree: Any) -> str | None:
    for tag in ("h1", "title"):
        for element in tree.iter(tag):
            words = " ".join(_text_of(element).split())
            if 3 < len(words) < 400:
                return words
    return None


def _text_of(element: Any) -> str:
    return "".join(element.itertext())[:2_000]


def _time_element(tree: Any) -> str | None:
    for element in tree.iter("time"):
        value = element.get("datetime") or ""
        if value and (element.get("itemprop") == "datePublished" or element.get("pubdate") is not None):
            return str(value)
    return None


def _person(value: str | None) -> str | None:
    """A writer's name; an address or a link to a profile is none."""
    if value is None:
        return None
    value = re.sub(r"^(?:[Bb]y|BY)\s+", "", " ".join(value.split()))
    return None if not value or "://" in value or "@" in value or len(value) > 200 else value


def _linked_data(tree: Any) -> dict[str, str]:
    """What the page's JSON-LD says of its article (schema.org NewsArticle and its kin), as plain strings."""
    best: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_loaded(script.text or "")):
            if not _is_article(thing):
                continue
            for key, value in _article_facts(thing):
                if value:
                    best.setdefault(key, value)
    return best


def _loaded(source: str) -> Any:
    if len(source) > 2_000_000:
        return None
    source = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", source).strip().rstrip(";")
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


_INNER = ("@graph", "mainEntity", "mainEntityOfPage")


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD value: itself, a list's, a graph's."""
    stack = [value]
    seen = 0
    while stack and seen < 500:
        seen += 1
        item = stack.pop(0)
        if isinstance(item, list):
            stack[:0] = item[:100]
        elif isinstance(item, dict):
            yield item
            stack += [item[k] for k in _INNER if isinstance(item.get(k), list | dict)]


def _is_article(thing: dict[str, Any]) -> bool:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.rsplit("/", 1)[-1].lower() in _names("type") for k in kinds)


def _article_facts(thing: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    yield "headline", _string(thing.get("headline"))
    yield "datePublished", _string(thing.get("datePublished")) or _string(thing.get("dateCreated"))
    yield "publisher", _name_in(thing.get("publisher"))
    yield "author", _name_in(thing.get("author")) or _name_in(thing.get("creator"))
    yield "articleBody", _string(thing.get("articleBody"), 1_000_000)


def _string(value: Any, longest: int = 1_000) -> str | None:
    if not isinstance(value, str):
        return None
    from html import unescape

    return unescape(value[:longest]).strip() or None


def _name_in(value: Any, depth: int = 0) -> str | None:
    """A name out of a string, an object with a name, or a list of either."""
    if isinstance(value, list) and depth < 3:
        names = [n for n in (_name_in(v, depth + 1) for v in value[:10]) if n]
        if not names:
            return None
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    if isinstance(value, dict):
        value = value.get("name")
    return _string(value)


def _guessed_date(page: str) -> str | None:
    """The day that htmldate finds in a page's markup, links and words: a guess, and marked so."""
    from htmldate import find_date

    _trafilatura()  # sets the loggers first
    try:  # the extensive search would take words such as "yesterday" from today's clock
        found = find_date(page, extensive_search=False, original_date=True, max_date=_LAST_DAY)
        return str(found) if found else None
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError):
        return None


@cache
def _trafilatura() -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate", "justext", "charset_normalizer", "courlan", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # they tell of bad pages on standard error; so do we
    return trafilatura
