"""A reading -> the bundle that a store keeps. Made beside the reading, in a worker; a store only writes it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from dateline.model import Reading, Report, Span
from dateline.record.drafts import Draft, believable, digest, draft_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a store needs of one report: what came in, what was made of it, and what it is compared by.

    ``id`` is the caller's id of the report, else a hash of its text; ``reading`` and ``raw`` are packed with
    zlib; ``signature`` finds reports that share its text.
    """

    fingerprint: str
    key: str
    locator: str
    kind: str
    text: str
    reading: bytes
    draft: Draft
    signature: tuple[int, ...]
    furniture: tuple[Span, ...]
    made_by: str
    title: str | None
    url: str | None
    publisher: str | None
    agency: str | None
    byline: str | None
    language: str | None
    published: str | None
    published_from: str | None
    reliable: bool
    day: str | None
    unread: str | None
    source: str | None
    raw_kind: str | None
    raw: bytes | None
    given: str | None


def fingerprint(report: Report) -> str:
    """What tells one report from another: its text and all that was given with it.

    The same report from another file has the same fingerprint; the same text under another id, title, date or
    publisher has not: it is a reprint, and a report of its own.
    """
    published = report.published and (report.published.value, report.published.origin, report.published.reliable)
    credits = report.credits
    return digest(report.id, report.text, report.title, published, report.url, credits.publisher, credits.byline,
                  size=16)  # fmt: skip


def report_key(report: Report) -> str:
    """The public id of a report that is kept for the first time."""
    return "r" + digest(report.id)


def bundle_of(
    reading: Reading,
    as_json: Callable[[Reading], Json],
    signature: Callable[[str, Sequence[Span]], tuple[int, ...]],
) -> Bundle:
    """The bundle of a reading. The JSON writer and the signature of texts come in as arguments."""
    report = reading.report
    told = as_json(reading)
    if not _is_storable(told, report):
        again = bundle_of(_mended(reading), as_json, signature)
        return replace(again, fingerprint=fingerprint(report))
    key = report_key(report)
    made = reading.made_by
    published, origin = report.published, report.origin
    anchor = report.anchor
    whole = next((s.reason for s in reading.skipped if report.text and s.span == (0, len(report.text))), None)
    return Bundle(
        fingerprint=fingerprint(report),
        key=key,
        locator=origin.locator if origin else report.url or report.id,
        kind="report" if report.text else "events",
        text=report.text,
        reading=packed(told),
        draft=draft_of(told, key),
        signature=signature(report.text, report.furniture) if report.text else (),
        furniture=report.furniture,
        made_by=f"{made.dateline} {made.model} {made.codebook}" if made else "",
        title=report.title, url=report.url, publisher=report.credits.publisher, agency=report.credits.agency,
        byline=report.credits.byline, language=report.language,
        published=published.value if published else None,
        published_from=str(published.origin) if published else None,
        reliable=bool(published and published.reliable),
        day=believable(anchor), unread=whole,
        source=origin.where if origin else None, raw_kind=origin.kind if origin else None,
        raw=zlib.compress(origin.raw) if origin else None, given=origin.given if origin else None,
    )  # fmt: skip


_SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with a mark for each half of a character: no store can keep those. Offsets stay as they are.

    >>> storable("Bod\\udcf8") == "Bod\\ufffd"
    True
    """
    return _SURROGATES.sub("\ufffd", text)


def _is_storable(told: Json, report: Report) -> bool:
    origin = report.origin
    try:
        json.dumps([told, report.id, origin and (origin.where, origin.locator)], ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _mended(value: Any) -> Any:
    """A reading, or a part of it, with all its texts storable."""
    if isinstance(value, str):
        return storable(value) if type(value) is str else value
    if isinstance(value, tuple):
        parts = [_mended(v) for v in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _mended(getattr(value, f.name)) for f in fields(value)})
    return value


def packed(reading: Json) -> bytes:
    """A reading as bytes for the record, without its text, which the record keeps beside it."""
    rest = {name: value for name, value in reading.items() if name != "text"}
    return zlib.compress(json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def unpacked(data: bytes, text: str) -> Json:
    """The reading that ``packed`` made, with its text again."""
    reading: Json = json.loads(zlib.decompress(data))
    return {**reading, "text": text}
