"""PLOVER records as JSON lines (PLOVER manual, draft 0.7b1 of 2021, chapter "JSON Data Fields").

Beside the manual's fields stand ours, as it allows: ``reality``, ``said_by``, ``unsure``, ``cameo``, ``words_span``.
The manual asks for a day in each record: events without one are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.lexicons.country_codes import alpha2_of
from dateline.model import CODEBOOK, Place
from dateline.present.exports.eventrows import QUADS, coded, tellings
from dateline.present.exports.job import Job
from dateline.present.exports.plain import as_line
from dateline.record.entries import ActorRef, ReportEntry, TellingEntry


def plover_lines(job: Job) -> Iterator[str]:
    """One record a telling; ``link`` is the same in all tellings of an event."""
    for telling in tellings(job):
        if telling.day is None:
            job.leave_out("tellings whose event has no known day: PLOVER asks for one")
            continue
        job.rows += 1
        yield as_line(_record(telling, job.made))


def _record(e: TellingEntry, made: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": e.key, "has_event": True, "date": e.day, "enddate": e.day_end if e.day_end != e.day else None,
        "source": [_actor(a) for a in e.source], "recipient": [_actor(a) for a in e.target],
        "event": [e.type], "event_text": [e.words], "event_loc": e.place and _place(e.place),
        "quad_code": QUADS[e.quad], "event_scale": e.goldstein, "mode": e.mode, "link": e.event,
        "text": e.text, "text_info": {"start": e.sentence.start, "end": e.sentence.end},
        "cite_info": _citation(e.report), "coder": "Dateline", "coded_date": made[:10],
        "reality": e.reality, "said_by": e.said_by_actor and _actor(e.said_by_actor),
        "said": e.said_by is not None, "unsure": e.unsure, "cameo": e.cameo,
        "words_span": [e.span.start, e.span.end],
    }  # fmt: skip
    return _known(record)


def _known(record: dict[str, Any]) -> dict[str, Any]:
    """The record without fields that nobody told."""
    return {name: value for name, value in record.items() if value is not None}


def _actor(actor: ActorRef) -> dict[str, Any]:
    code = coded(actor)
    top, sector = (code.country, "".join(code.roles)) if code.country else ("".join(code.roles[:1]), code.group)
    return _known({
        "code": top or None, "sector": sector or None, "actor_text": actor.here or actor.name,
        "identifier_id": actor.key, "identifier_text": actor.name, "kind": actor.kind,
    })  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    """The manual's location object, whose names are those of GeoNames."""
    return _known({
        "geonameid": place.geonames, "name": place.name, "latitude": place.lat, "longitude": place.lon,
        "country code": alpha2_of(place.country) if place.country else None, "cc3": place.country,
    })  # fmt: skip


def _citation(report: ReportEntry) -> dict[str, Any]:
    return _known({
        "citation": report.key, "url": report.url, "title": report.title, "language": report.language,
        "publication": report.publisher, "codebook": CODEBOOK, "coder": "Dateline",
    })  # fmt: skip
