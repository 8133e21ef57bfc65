"""A reading as the JSON object that ``reading.md`` describes, one line a report, and back."""

from __future__ import annotations

import json
from typing import Any

from dateline.model import (
    READING_SCHEMA,
    Actor,
    ActorKind,
    Claim,
    Credits,
    Cue,
    DateFrom,
    Dateline,
    Event,
    Form,
    Interval,
    MadeBy,
    Medium,
    Mention,
    MentionForm,
    Place,
    Position,
    Published,
    Reading,
    Reality,
    Report,
    Role,
    RoleStatus,
    Skipped,
    Source,
    Sourcing,
    Span,
    Stance,
    Statement,
    Time,
    TimeType,
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


# --- and back --------------------------------------------------------------------------------------------------


def _span(value: list[int] | None) -> Span | None:
    return Span(*value) if value else None


def _span_list(value: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in value)


def _interval_of(value: Json | None) -> Interval | None:
    return Interval(value["start"], value["end"], value.get("from")) if value else None


def _place_of(value: Json | None) -> Place | None:
    if not value:
        return None
    return Place(Span(*value["span"]), value["name"], value["country"], value["lat"], value["lon"], value["geonames"])


def _report_of(j: Json) -> Report:
    published, line, credits = j["published"], j["dateline"], j["credits"]
    return Report(
        id=j["id"], text=j["text"], title=j["title"], language=j["language"],
        published=published and Published(published["value"], DateFrom(published["from"]), published["reliable"]),
        dateline=line and Dateline(Span(*line["span"]), line["place"], line["country"], line["date"]),
        credits=Credits(credits["publisher"], credits["agency"], credits["byline"]),
        furniture=(Span(*line["span"]),) if line else (),
        skipped=tuple(Skipped(Span(*s["span"]), s["reason"]) for s in j["skipped"]),
    )  # fmt: skip


def _actor_of(j: Json) -> Actor:
    roles = tuple(Role(r["title"], r["of"], RoleStatus(r["status"]), Span(*r["span"])) for r in j["roles"])
    mentions = tuple(Mention(Span(*m["span"]), MentionForm(m["form"]), -1) for m in j["mentions"])
    return Actor(j["id"], j["name"], ActorKind(j["kind"]), j["country"], j["code"], roles, mentions)


def _statement_of(j: Json) -> Statement:
    source, cue, medium = j["source"], j["cue"], j["medium"]
    return Statement(
        id=j["id"], form=Form(j["form"]),
        source=source and Source(_span_list(source["spans"]), source["actor"], Sourcing(source["sourcing"])),
        cue=cue and Cue(_span_list(cue["spans"]), cue["lemma"], cue["act"]),
        content=_span_list(j["content"]["spans"]), addressee=j["addressee"],
        medium=medium and Medium(medium["name"], Span(*medium["span"])),
        time=_interval_of(j["time"]), stance=Stance(j["stance"]), hedged=j["hedged"],
    )  # fmt: skip


def _event_of(j: Json) -> Event:
    return Event(
        id=j["id"], type=j["type"], mode=j["mode"], cameo=j["cameo"], quad=j["quad"], goldstein=j["goldstein"],
        source=tuple(j["source"]), target=tuple(j["target"]), span=Span(*j["span"]),
        source_span=_span(j["source_span"]), target_span=_span(j["target_span"]), time=_interval_of(j["time"]),
        place=_place_of(j["place"]), reality=Reality(j["reality"]), said_by=j["said_by"], unsure=j["unsure"],
    )  # fmt: skip


def _claim_of(j: Json) -> Claim:
    positions = (Position(p["statement"], p["actor"], Stance(p["position"])) for p in j["positions"])
    return Claim(j["id"], j["text"], tuple(positions))


def from_json(j: Json) -> Reading:
    """The reading that ``as_json`` wrote, without what JSON leaves out: token numbers, furniture but the dateline."""
    made = j["made_by"]
    return Reading(
        report=_report_of(j),
        actors=tuple(map(_actor_of, j["actors"])),
        times=tuple(Time(Span(*t["span"]), TimeType(t["type"]), t["value"], t["start"], t["end"]) for t in j["times"]),
        places=tuple(place for p in j["places"] if (place := _place_of(p))),
        statements=tuple(map(_statement_of, j["statements"])),
        events=tuple(map(_event_of, j["events"])),
        claims=tuple(map(_claim_of, j["claims"])),
        skipped=tuple(Skipped(Span(*s["span"]), s["reason"]) for s in j["skipped"]),
        made_by=made and MadeBy(made["dateline"], made["model"], made["codebook"]),
        sentences=_span_list(j.get("sentences", [])),
    )
