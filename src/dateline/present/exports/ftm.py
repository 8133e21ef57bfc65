"""Entities of FollowTheMoney (schema of version 4), a JSON object a line, each entity once.

An actor is a Person, PublicBody, Company, Organization or LegalEntity; a report an Article; an event an Event with
the report as its proof; a statement a Documentation: the link from its speaker to the report, with the words. Names
of actors as reports write them are Mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from dateline.lexicons.codebook import cameo_name
from dateline.lexicons.country_codes import alpha2_of
from dateline.model import ActorKind
from dateline.present.exports.eventrows import coded
from dateline.present.exports.job import Job
from dateline.present.exports.plain import as_line, printable
from dateline.record.entries import ActorRef, ReportEntry, StatementEntry, TellingEntry

_PUBLIC = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO"))
_KNOWN_COUNTRY = {"SUN": "suhh", "YUG": "yucs", "CSK": "cshh", "DDR": "dd", "SCG": "cs", "XKX": "xk"}


def ftm_lines(job: Job) -> Iterator[str]:
    """The entities of all entries; of those that several share, the first alone is written."""
    for entry in job.each():
        if isinstance(entry, StatementEntry):
            entities = _statement(entry, job)
        elif isinstance(entry, TellingEntry):
            entities = _event(entry)
        else:
            continue
        for entity in entities:
            if job.is_new("entity", entity["id"]):
                job.rows += 1
                yield as_line(entity)


def _statement(s: StatementEntry, job: Job) -> Iterator[dict[str, Any]]:
    yield _article(s.report)
    if s.speaker is None:
        job.leave_out("statements with no known speaker: FollowTheMoney links entities")
        return
    yield from _actor(s.speaker, s.report)
    if s.addressee:
        yield from _actor(s.addressee, s.report)
    yield _entity(s.key, "Documentation", {
        "entity": s.speaker.key, "document": s.report.key, "role": f"speaker, {s.stance}", "date": s.day,
        "endDate": s.day_end if s.day_end != s.day else None, "summary": s.content_text, "description": s.text,
        "sourceUrl": s.report.url, "publisher": s.report.publisher,
    })  # fmt: skip


def _event(e: TellingEntry) -> Iterator[dict[str, Any]]:
    yield _article(e.report)
    for actor in (*e.source, *e.target):
        yield from _actor(actor, e.report)
    sides = [" and ".join(a.name for a in side) for side in (e.source, e.target)]
    name = " – ".join(filter(None, [sides[0], cameo_name(e.cameo) or e.type, sides[1]]))
    place = e.place
    yield _entity(e.key, "Event", {
        "name": name, "date": e.day if e.day_end in (None, e.day) else None,
        "startDate": e.day if e.day_end not in (None, e.day) else None,
        "endDate": e.day_end if e.day_end not in (None, e.day) else None,
        "organizer": [a.key for a in e.source], "involved": [a.key for a in e.target],
        "location": place and place.name, "country": _country(place.country) if place else None,
        "keywords": [e.type, e.cameo, e.quad, e.reality, *(["told inside a statement"] if e.said_by else [])],
        "recordId": e.event, "summary": e.text, "proof": e.report.key, "sourceUrl": e.report.url,
        "publisher": e.report.publisher,
    })  # fmt: skip


def _article(r: ReportEntry) -> dict[str, Any]:
    file = (r.locator or "").rstrip("/").rpartition("/")[2]  # the folders above are nobody's business
    return _entity(r.key, "Article", {
        "title": r.title, "fileName": file or r.key, "publishedAt": r.published, "author": r.byline,
        "language": _language(r.language), "publisher": r.publisher, "sourceUrl": r.url, "keywords": r.agency,
    })  # fmt: skip


def _actor(actor: ActorRef, report: ReportEntry) -> Iterator[dict[str, Any]]:
    schema = _schema(actor)
    country = "nationality" if schema == "Person" else "country"
    yield _entity(actor.key, schema, {"name": actor.name, country: _country(actor.country), "keywords": actor.code})
    if actor.here:
        code = sha1(f"{report.key}\t{actor.key}\t{actor.here}".encode("utf-8", "replace")).hexdigest()
        yield _entity(f"m{code}", "Mention", {
            "document": report.key, "resolved": actor.key, "name": actor.here, "detectedSchema": schema,
        })  # fmt: skip


def _schema(actor: ActorRef) -> str:
    if actor.kind == ActorKind.PERSON:
        return "Person"
    if actor.kind == ActorKind.STATE:
        return "PublicBody"
    if actor.kind == ActorKind.ORGANISATION:
        roles = coded(actor).roles
        if _PUBLIC.intersection(roles):
            return "PublicBody"
        return "Company" if "BUS" in roles else "Organization"
    return "Organization" if actor.kind == ActorKind.GROUP else "LegalEntity"


def _country(code: str | None) -> str | None:
    if code is None:
        return None
    return _KNOWN_COUNTRY.get(code) or (alpha2_of(code) or "").lower() or None


def _language(code: str | None) -> str | None:
    return {"en": "eng"}.get(code, code if len(code) == 3 else None) if code else None


def _entity(key: str, schema: str, told: dict[str, Any]) -> dict[str, Any]:
    """An entity as the format wants it: each property a list of texts, those without values left away."""
    properties: dict[str, list[str]] = {}
    for name, value in told.items():
        texts = [printable(v).strip() for v in (value if isinstance(value, list) else [value]) if v]
        values = [text for text in texts if text]
        if values:
            properties[name] = list(dict.fromkeys(values))
    return {"id": key, "schema": schema, "properties": properties}
