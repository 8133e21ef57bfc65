"""What a file holds, by its name and by its first bytes."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from enum import StrEnum

from dateline.load.decoding import wide_encoding

_HEAD = 4_000
#: The marks of the programs that passed a message on may fill pages before its sender comes.
_LONGEST_FIELDS = 32_000
WARC_MAGIC = b"WARC/"
ZIP_MAGIC = b"PK\x03\x04"


class Kind(StrEnum):
    """What a file holds."""

    TEXT = "plain text"
    HTML = "a web page"
    JSONL = "JSON Lines"
    FEED = "a news feed"
    JSON_FEED = "a JSON feed"
    OPML = "a list of feeds"
    WARC = "a web archive"
    MAIL = "an e-mail"
    GDELT = "GDELT events"
    ICEWS = "ICEWS events"
    ZIP = "a ZIP archive"


_BY_NAME = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".jl": Kind.JSONL,
    ".json": Kind.JSONL,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".opml": Kind.OPML,
    ".warc": Kind.WARC,
    ".eml": Kind.MAIL,
    ".export.csv": Kind.GDELT,
    ".csv.zip": Kind.ZIP,
    ".tsv.zip": Kind.ZIP,
    ".tab.zip": Kind.ZIP,
}
_BY_TYPE = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/json": Kind.JSONL,
    "application/x-ndjson": Kind.JSONL,
    "application/feed+json": Kind.JSON_FEED,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
    "text/x-opml": Kind.OPML,
    "application/warc": Kind.WARC,
    "message/rfc822": Kind.MAIL,
}
_PAGE_TAGS = ("!doctype html", "html", "head", "body", "article", "main", "div", "meta", "title", "p>", "p ")
_PAGE_STARTS = tuple("<" + tag for tag in _PAGE_TAGS)
_FEED_ROOT = re.compile(r"<(?:[\w.\-]{1,20}:)?(rss|feed|rdf|opml)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
#: The first cells of a row of GDELT Events 2.0: id, day, month, year.
_GDELT_START = re.compile(rb"\d{1,12}\t\d{8}\t\d{6}\t\d{4}\t")
GDELT_COLUMNS = 61
_ICEWS_START = re.compile(rb"(?:\xef\xbb\xbf)?\"?Event ID\"?\t\"?Event Date\"?\t\"?Source Name\"?\t")
_MAIL_FIELD = re.compile(r"([\w\-]{2,40}):|[ \t]")
#: Fields that every message has, and those that only programs that send mail write.
_MAIL_WRITTEN = frozenset(("from", "date", "subject", "to"))
_MAIL_SENT = frozenset(("message-id", "received", "mime-version", "return-path", "delivered-to", "dkim-signature"))


@dataclass(frozen=True, slots=True)
class Opened:
    """An input and what it was taken for; ``guessed`` where the content told it and not the name."""

    path: str
    kind: Kind
    guessed: bool

    def __str__(self) -> str:
        return f"{self.path}: taken for {self.kind}"


def kind_by_name(path: str) -> Kind | None:
    """The kind that a file's name tells, ``.gz`` aside.

    >>> kind_by_name("a/B.JSONL.gz"), kind_by_name("notes"), kind_by_name("20241108120000.export.CSV.zip").value
    (<Kind.JSONL: 'JSON Lines'>, None, 'a ZIP archive')
    """
    name = os.path.basename(path).lower()
    name = name[:-3] if name.endswith(".gz") else name
    stem, ending = os.path.splitext(name)
    return _BY_NAME.get(os.path.splitext(stem)[1] + ending) or _BY_NAME.get(ending)


def kind_by_type(content_type: str) -> Kind | None:
    """The kind that a content type tells, where it can be believed; ``text/plain`` and ``text/xml`` tell nothing."""
    return _BY_TYPE.get(content_type)


def kind_by_content(head: bytes) -> Kind:
    """The kind that the first bytes tell; plain text where they are nothing else.

    >>> kind_by_content(b"<!DOCTYPE html>"), kind_by_content(b'{"text": "Rain."}')
    (<Kind.HTML: 'a web page'>, <Kind.JSONL: 'JSON Lines'>)
    >>> kind_by_content(b"<?xml version='1.0'?><rss version='2.0'>"), kind_by_content(b"WARC/1.0\\r\\n").value
    (<Kind.FEED: 'a news feed'>, 'a web archive')
    """
    if head.startswith(WARC_MAGIC):
        return Kind.WARC
    if head.startswith(ZIP_MAGIC):
        return Kind.ZIP
    if kind := _table_kind(head):
        return kind
    start = head[:_HEAD].decode(wide_encoding(head) or "utf-8", "replace").lstrip("\ufeff\0 \t\r\n").lower()
    return _markup_kind(start) or _json_kind(start) or (Kind.MAIL if _is_mail(head) else Kind.TEXT)


def _table_kind(head: bytes) -> Kind | None:
    if _ICEWS_START.match(head):
        return Kind.ICEWS
    if _GDELT_START.match(head) and head.partition(b"\n")[0].count(b"\t") == GDELT_COLUMNS - 1:
        return Kind.GDELT
    return None


def _markup_kind(start: str) -> Kind | None:
    while start.startswith(("<?xml", "<!--")):
        mark = "-->" if start.startswith("<!--") else "?>"
        _, found, start = start.partition(mark)
        start = start.lstrip()
        if not found:
            return Kind.TEXT
    if start.startswith(_PAGE_STARTS):
        return Kind.HTML
    if not start.startswith("<"):
        return None
    # a document type or a style sheet may stand before the root
    root = _FEED_ROOT.search(start) if start.startswith(("<!doctype", "<?")) else _FEED_ROOT.match(start)
    if root is None:
        return None
    return Kind.OPML if root[1] == "opml" else Kind.FEED


def _json_kind(start: str) -> Kind | None:
    if start.startswith("{") and start[1:].lstrip()[:1] in ('"', ""):
        return Kind.JSON_FEED if _JSON_FEED.search(start) else Kind.JSONL
    return Kind.JSONL if start.startswith("[") and start[1:].lstrip()[:1] == "{" else None


def _is_mail(head: bytes) -> bool:
    """Whether a text opens with the fields of a message that was really sent; a report's own "From:" is not enough."""
    names = set()
    for line in head[:_LONGEST_FIELDS].decode("ascii", "replace").lower().split("\n")[:400]:
        if not line.strip():
            break
        match = _MAIL_FIELD.match(line)
        if match is None:
            return False
        names.add(match[1])
    return bool(names & _MAIL_SENT) and len(names & _MAIL_WRITTEN) >= 2


def opened(name: str, named: Kind | None, head: bytes) -> Opened:
    """What an input is taken for: its name decides, unless the content is plainly something else."""
    seen = kind_by_content(head)
    if named is None:
        return Opened(name, seen, True)
    if named is not seen and _is_plainly(seen, head):
        return Opened(name, seen, True)
    return Opened(name, named, False)


def _is_plainly(kind: Kind, head: bytes) -> bool:
    """Whether the first bytes leave no doubt: a page's own tag, or a whole line of JSON with a text."""
    start = head[:_HEAD].lower()
    if kind is Kind.HTML:
        return b"<html" in start or b"<!doctype html" in start
    if kind is not Kind.JSONL:
        return kind is not Kind.TEXT
    try:
        record = json.loads(head.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record
