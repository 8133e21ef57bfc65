"""E-mail (.eml) -> report: a message's text, else its page, with its sender and day (RFC 5322, MIME)."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from dateline.load.agencies import credited, is_agency_staff
from dateline.load.decoding import NotText, decode
from dateline.load.outcomes import LONGEST, TOO_LONG, Failure, Found, Notice, told
from dateline.load.pages import PageHints, report_of_page, text_of_markup
from dateline.load.published import as_published
from dateline.load.reports import is_blank, report_from_text, tidy
from dateline.model import DateFrom, Published, Report

MAIL = "mail"
#: Attachments are held whole while a message is parsed.
LONGEST_MAIL = 50_000_000
_MOST_PARTS = 500
_DEEPEST = 20
#: What a message parser of the standard library raises on odd bytes, besides what it says it does.
_ODD = (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError, AssertionError)
_MANY_WORDS = re.compile(
    r"\b(?:news|newsletter|alerts?|briefing|digest|today|daily|weekly|editors?|desk|press|office)\b", re.IGNORECASE
)


def report_of_mail(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The report in one message: its plain text where it has one, else its HTML part read as a page."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not isinstance(message, EmailMessage):
            return Failure(where, "no e-mail message: save it again as .eml")
        plain, markup = _parts(message)
    except _ODD:
        return Failure(where, "a message that cannot be taken apart: save its text as .txt")
    facts = _Facts.of(message)
    report = _report(plain, markup, facts, where, given, notice)
    return report if isinstance(report, Failure) else Found(report, facts.id)


class _Facts:
    """What the head of a message says."""

    def __init__(self, id: str | None, title: str | None, sender: str, published: Published | None) -> None:
        self.id, self.title, self.published = id, title, published
        credit = credited(sender) if sender and (is_agency_staff(sender) or _MANY_WORDS.search(sender)) else None
        self.agency = credit.agency if credit else None
        self.publisher = credit.publisher if credit else None
        self.byline = None if credit else sender or None

    @classmethod
    def of(cls, message: EmailMessage) -> _Facts:
        sender = _name_in(_field(message, "from"))
        title = _field(message, "subject")
        day = as_published(_field(message, "date"), DateFrom.METADATA)
        id = _field(message, "message-id").strip("<> ") or None
        return cls(id[:1_000] if id else None, title or None, sender, day)


def _field(message: EmailMessage, name: str) -> str:
    """A field of a message's head as one line of text; empty where there is none or it makes no sense."""
    try:
        value = message.get(name)
        return " ".join(str(value).split()) if value is not None else ""
    except _ODD:
        raw = next((v for k, v in message.raw_items() if k.lower() == name), "")
        return " ".join(str(raw).split())


def _name_in(address: str) -> str:
    """The name before an address; empty where there is only the address.

    >>> _name_in('"Doe, Jane" <jane@example.org>'), _name_in("jane@example.org")
    ('Jane Doe', '')
    """
    try:
        name = parseaddr(address)[0].strip(" \"'")
    except _ODD:
        return ""
    last, comma, first = name.partition(", ")
    if comma and len(name.split()) <= 4 and "," not in first:
        name = f"{first} {last}"
    return "" if "@" in name or len(name) > 200 else name


def _parts(message: EmailMessage) -> tuple[bytes | str | None, bytes | None]:
    """The first plain text and the first HTML of a message that are not attached files."""
    plain: bytes | str | None = None
    markup: bytes | None = None
    stack: list[tuple[EmailMessage, int]] = [(message, 0)]
    seen = 0
    while stack and seen < _MOST_PARTS and (plain is None or markup is None):
        part, depth = stack.pop()
        seen += 1
        if part.is_multipart():
            inner = part.get_payload()
            if isinstance(inner, list) and depth < _DEEPEST:
                stack += [(p, depth + 1) for p in reversed(inner) if isinstance(p, EmailMessage)]
            continue
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and plain is None:
            plain = _text(part)
        elif kind == "text/html" and markup is None:
            markup = _bytes(part)
    return plain, markup


def _bytes(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: EmailMessage) -> bytes | str | None:
    """The words of a text part; flowed lines (RFC 3676) joined to paragraphs. Blank text counts as none."""
    data = _bytes(part)
    charset = part.get_content_charset()
    try:
        text = decode(data, charset=charset).text
    except NotText:
        return None
    if str(part.get_param("format", "")).lower() == "flowed":
        text = re.sub(r"(?<=\S) \n(?=[^\s>])", " ", text)
    return None if is_blank(text) else text


def _report(
    plain: bytes | str | None, markup: bytes | None, facts: _Facts, where: str, given: date | None, notice: Notice
) -> Report | Failure:
    text = plain if isinstance(plain, str) else None
    if text is None and markup:
        try:
            page = report_of_page(markup, where, None, lambda _: None, PageHints())
            text = text_of_markup(decode(markup, html=True).text) if isinstance(page, Failure) else page.text
        except NotText as error:
            return Failure(where, str(error))
    if text is None or is_blank(text):
        return Failure(where, "a message without text: nothing to read")
    if len(text) > LONGEST:
        return Failure(where, TOO_LONG)
    report = report_from_text(
        tidy(text),
        title=facts.title,
        published=facts.published or given,
        publisher=facts.publisher,
        agency=facts.agency,
        byline=facts.byline,
    )
    return told(report, where, notice)
