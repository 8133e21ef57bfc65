"""Writes a reading as the JSON object that ``reading.md`` describes, one line a report."""

from __future__ import annotations

import json
from typing import Any

from dateline.model import (
    READING_SCHEMA,
    Actor,
    Claim,
    Dateline,
    Event,
    Interval,
    Place,
    Published,
    Reading,
    Skipped,
    Span,
    Statement,
    Time,
)

Json = dict[str, Any]


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(s) for s in spans]


def _published(p: Published | None) -> Json | None:
    return {"value": p.value, "from": p.origin, "reliable": p.reliable} if p else None


def _dateline(d: Dateline | None) -> Json | None:
    return {"span": list(d.span), "place": d.place, "country": d.country, "date": d.date} if d else None


def _actor(a: Actor) -> Json:
    return {
        "id": a.id, "name": a.name, "kind": a.kind, "country": a.country, "code": a.code,
        "roles": [{"title": r.title, "of": r.of, "status": r.status, "span": list(r.span)} for r in a.roles],
        "mentions": [{"span": list(m.span), "form": m.form} for m in a.mentions],
    }  # fmt: skip


def _time(t: Time) -> Json:
    return {"span": list(t.span), "type": t.type, "value": t.value, "start": t.start, "end": t.end}


def _place(p: Place) -> Json:
    where = {"country": p.country, "lat": p.lat, "lon": p.lon, "geonames": p.geonames}
    return {"span": list(p.span), "name": p.name} | where


def _interval(i: Interval | None, origin: bool) -> Json | None:
    if i is None:
        return None
    return {"start": i.start, "end": i.end} | ({"from": i.origin} if origin else {})


def _statement(s: Statement) -> Json:
    source = s.source and {"spans": _spans(s.source.spans), "actor": s.source.actor, "sourcing": s.source.sourcing}
    return {
        "id": s.id, "form": s.form, "source": source,
        "cue": s.cue and {"spans": _spans(s.cue.spans), "lemma": s.cue.lemma, "act": s.cue.act},
        "content": {"spans": _spans(s.content)}, "addressee": s.addressee,
        "medium": s.medium and {"name": s.medium.name, "span": list(s.medium.span)},
        "time": _interval(s.time, origin=False), "stance": s.stance, "hedged": s.hedged,
    }  # fmt: skip


def _event(e: Event) -> Json:
    return {
        "id": e.id, "type": e.type, "mode": e.mode, "cameo": e.cameo, "quad": e.quad, "goldstein": e.goldstein,
        "source": list(e.source), "target": list(e.target), "span": list(e.span),
        "source_span": e.source_span and list(e.source_span), "target_span": e.target_span and list(e.target_span),
        "time": _interval(e.time, origin=True), "place": e.place and _place(e.place),
        "reality": e.reality, "said_by": e.said_by, "unsure": e.unsure,
    }  # fmt: skip


def _claim(c: Claim) -> Json:
    positions = [{"statement": p.statement, "actor": p.actor, "position": p.position} for p in c.positions]
    return {"id": c.id, "text": c.text, "positions": positions}


def _skipped(s: Skipped) -> Json:
    return {"span": list(s.span), "reason": s.reason}


def as_json(reading: Reading) -> Json:
    """The reading as the JSON object of schema ``dateline.reading/1``."""
    report, made = reading.report, reading.made_by
    return {
        "schema": READING_SCHEMA,
        "id": report.id,
        "text": report.text,
        "title": report.title,
        "language": report.language,
        "published": _published(report.published),
        "dateline": _dateline(report.dateline),
        "credits": {
            "publisher": report.credits.publisher,
            "agency": report.credits.agency,
            "byline": report.credits.byline,
        },
        "actors": [_actor(a) for a in reading.actors],
        "times": [_time(t) for t in reading.times],
        "places": [_place(p) for p in reading.places],
        "statements": [_statement(s) for s in reading.statements],
        "events": [_event(e) for e in reading.events],
        "claims": [_claim(c) for c in reading.claims],
        "skipped": [_skipped(s) for s in reading.skipped],
        "made_by": made and {"dateline": made.dateline, "model": made.model, "codebook": made.codebook},
        "sentences": _spans(reading.sentences),
    }


#: Line ends of Unicode that some programs cut at: written as escapes, so that one reading stays one line for all.
_LINE_ENDS = {c: f"\\u{c:04x}" for c in (0x85, 0x2028, 0x2029)}


def to_line(reading: Reading) -> str:
    """The reading as one line of JSON, without a line end."""
    return json.dumps(as_json(reading), ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
