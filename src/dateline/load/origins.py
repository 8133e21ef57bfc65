"""Bytes of one report -> the report with its origin, now or at any later time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.load.captures import CAPTURE, report_of_capture
from dateline.load.decoding import NotText, decode
from dateline.load.entries import ENTRY, report_of_entry
from dateline.load.mails import MAIL, report_of_mail
from dateline.load.outcomes import LONGEST, TOO_LONG, Failure, Found, Notice, Raw, RawReader, silent, told
from dateline.load.pages import report_of_page
from dateline.load.records import JSON, report_of_line
from dateline.load.reports import is_blank, report_from_text
from dateline.load.tables import GDELT, ICEWS, reading_of_gdelt, reading_of_icews
from dateline.load.urls import page_name
from dateline.model import Origin, Reading, Report

TEXT, PAGE = "text", "page"


def made_of(raw: Raw, given: date | None, notice: Notice) -> Report | Reading | Failure:
    """The report or reading in the bytes of one, with its origin."""
    found = _READERS[raw.kind](raw.data, raw.where, given, notice)
    if isinstance(found, Failure):
        return found
    day = given.isoformat() if given else None
    locator = found.locator or raw.place or f"text:{found.made.id}"
    return _with_origin(found.made, Origin(raw.where, locator, raw.kind, raw.data, day))


def again(origin: Origin) -> Report | Reading | Failure:
    """The report that an origin holds, read anew from its bytes by the readers of this version.

    The locator stays, whatever this version would make of the bytes. What there is to tell was told the first time.
    """
    reader = _READERS.get(origin.kind)
    if reader is None:
        return Failure(origin.where, f"a kind of source that this version does not read: {origin.kind}")
    try:
        given = date.fromisoformat(origin.given) if origin.given else None
    except ValueError:
        given = None
    found = reader(origin.raw, origin.where, given, silent)
    return found if isinstance(found, Failure) else _with_origin(found.made, origin)


def _with_origin(made: Report | Reading, origin: Origin) -> Report | Reading:
    if isinstance(made, Reading):
        return replace(made, report=replace(made.report, origin=origin))
    return replace(made, origin=origin)


def _text(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    try:
        decoded = decode(data)
    except NotText as error:
        return Failure(where, str(error))
    if decoded.note:
        notice(f"{where}: {decoded.note}")
    if is_blank(decoded.text):
        return Failure(where, "no words in this file: nothing to read")
    if len(decoded.text) > LONGEST:
        return Failure(where, TOO_LONG)
    return Found(told(report_from_text(decoded.text, published=given), where, notice))


def _page(data: bytes, where: str, given: date | None, notice: Notice) -> Found | Failure:
    try:
        report = report_of_page(data, where, given, notice)
    except NotText as error:
        return Failure(where, str(error))
    return report if isinstance(report, Failure) else Found(report, page_name(report.url))


_READERS: dict[str, RawReader] = {
    TEXT: _text,
    PAGE: _page,
    JSON: report_of_line,
    ENTRY: report_of_entry,
    CAPTURE: report_of_capture,
    MAIL: report_of_mail,
    GDELT: reading_of_gdelt,
    ICEWS: reading_of_icews,
}
