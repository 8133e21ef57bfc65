"""IPTC ninjs -> report: news items in JSON, versions 1, 2 and 3 of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dateline.load.agencies import credited
from dateline.load.outcomes import LONGEST, TOO_LONG, Failure, Found, Notice, told
from dateline.load.pages import text_of_markup
from dateline.load.published import as_published
from dateline.load.reports import is_blank, report_from_text, tidy
from dateline.load.urls import web_address
from dateline.model import DateFrom

#: Properties of a news item that no other JSON has beside a uri (ninjs 1.5, 2.1 and 3.0, IPTC).
_OWN = ("body_text", "body_xhtml", "body_html", "bodies", "headlines", "versioncreated", "firstcreated", "pubstatus")
_DAYS = ("versioncreated", "firstcreated", "contentcreated")


def is_ninjs(record: dict[str, Any]) -> bool:
    """Whether a JSON object is a news item of ninjs.

    >>> is_ninjs({"uri": "urn:1", "versioncreated": "2024-11-08"}), is_ninjs({"uri": "urn:1", "text": "Rain."})
    (True, False)
    """
    return "text" not in record and isinstance(record.get("uri"), str) and any(key in record for key in _OWN)


def report_of_ninjs(record: dict[str, Any], where: str, given: date | None, notice: Notice) -> Found | Failure:
    """The report in a news item: its body, else its description; its version's day is the day of publication."""
    if record.get("pubstatus") in ("canceled", "cancelled", "withheld"):
        return Failure(where, f"{record['pubstatus']} by its sender: not read")
    text = _body(record)
    if text is None:
        text = _description(record)
        if text is not None:
            notice(f"{where}: only a description, no body")
    if text is None:
        kind = record.get("type")
        shown = f" ({kind[:30]})" if isinstance(kind, str) and kind.isprintable() and kind else ""
        return Failure(where, f"a news item without text{shown}: nothing to read")
    if len(text) > LONGEST:
        return Failure(where, TOO_LONG)
    uri = record["uri"]
    credit = credited(next(_providers(record), ""))
    report = report_from_text(
        text,
        id=uri,
        title=_headline(record),
        published=next((p for p in (as_published(record.get(k), DateFrom.METADATA) for k in _DAYS) if p), given),
        publisher=credit.publisher,
        agency=credit.agency,
        language=record.get("language"),
        byline=_byline(record),
        url=web_address(record.get("url")) or web_address(record.get("canonical")) or web_address(uri),
    )
    return Found(told(report, where, notice), report.id if uri else None)


def _body(record: dict[str, Any]) -> str | None:
    plain = _string(record.get("body_text"))
    if plain:
        return tidy(plain)
    for key in ("body_xhtml", "body_html"):
        if markup := _string(record.get(key)):
            return _shown(markup)
    bodies = _objects(record.get("bodies"))
    for body in sorted(bodies, key=lambda b: "html" in str(b.get("contenttype", ""))):
        if value := _string(body.get("value")):
            return _shown(value) if "html" in str(body.get("contenttype", "")) else tidy(value)
    return None


def _description(record: dict[str, Any]) -> str | None:
    if plain := _string(record.get("description_text")):
        return tidy(plain)
    for key in ("description_xhtml", "description_html"):
        if markup := _string(record.get(key)):
            return _shown(markup)
    for found in _objects(record.get("descriptions")):
        if value := _string(found.get("value")):
            return _shown(value) if "html" in str(found.get("contenttype", "")) else tidy(value)
    return None


def _shown(markup: str) -> str | None:
    text = text_of_markup(markup)
    return None if is_blank(text) else text


def _headline(record: dict[str, Any]) -> str | None:
    first = next((v for h in _objects(record.get("headlines")) if (v := _string(h.get("value")))), None)
    return _string(record.get("headline")) or first or _string(record.get("title")) or _string(record.get("name"))


def _byline(record: dict[str, Any]) -> str | None:
    value = _string(record.get("byline")) or _string(record.get("by"))
    return value.strip().removeprefix("By ").removeprefix("by ") if value else None


def _providers(record: dict[str, Any]) -> Iterator[str]:
    """The names of who sends the item, the plainest first."""
    for key in ("provider", "infosources", "infosource", "source", "copyrightholder"):
        value = record.get(key)
        if name := _string(value):
            yield name
        for found in _objects(value if isinstance(value, list) else [value]):
            if name := _string(found.get("name")) or _string(found.get("literal")):
                yield name


def _objects(value: Any) -> list[dict[str, Any]]:
    return [v for v in value[:200] if isinstance(v, dict)] if isinstance(value, list) else []


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and not is_blank(value) else None
