"""Statements as schema.org Quotation and Claim, one graph of JSON-LD. What is claimed is never rated.

A direct quotation is a Quotation in its own words. What is told indirectly is a Claim: its author is the speaker
where the speaker asserts or predicts it; a claim that the speaker denies or doubts has no author, and its description
says who denies or doubts it. Demands and questions claim nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.model import ActorKind, Form, Stance
from dateline.present.exports.job import Job
from dateline.present.exports.plain import whole
from dateline.record.entries import ActorRef, ReportEntry, StatementEntry

_TYPES = {
    ActorKind.PERSON: "Person",
    ActorKind.OFFICE: "Person",
    ActorKind.UNNAMED: "Person",
}
_MINE = (Stance.ASSERTS, Stance.PREDICTS)
_NOT_MINE = (Stance.DENIES, Stance.DOUBTS)


def schema_org_lines(job: Job) -> Iterator[str]:
    """A graph with a node a statement."""
    yield '{"@context": "https://schema.org", "@graph": ['
    for entry in job.each():
        if not isinstance(entry, StatementEntry):
            continue
        if reason := _misfit(entry):
            job.leave_out(reason)
            continue
        line = json.dumps(_node(entry), ensure_ascii=False, separators=(",", ":"))
        yield (",\n" if job.rows else "\n") + whole(line)
        job.rows += 1
    yield "\n]}\n"


def _misfit(s: StatementEntry) -> str | None:
    """Why a statement cannot go in, if it cannot."""
    if s.speaker is None:
        return "statements with no known speaker"
    if not s.content_text:
        return "statements whose content is not there"
    if s.form != Form.DIRECT and s.stance not in (*_MINE, *_NOT_MINE):
        return "demands and questions told indirectly: schema.org knows quotations and claims only"
    return None


def _node(s: StatementEntry) -> dict[str, Any]:
    assert s.speaker is not None
    speaker = _speaker(s.speaker)
    node: dict[str, Any] = {"@id": f"urn:dateline:{s.key}"}
    if s.form == Form.DIRECT:
        node |= {"@type": "Quotation", "text": s.content_text, "spokenByCharacter": speaker}
    elif s.stance in _MINE:
        node |= {"@type": "Claim", "text": s.content_text, "author": speaker}
    else:
        verb = "denies" if s.stance == Stance.DENIES else "doubts"
        node |= {"@type": "Claim", "text": s.content_text, "description": f"{s.speaker.name} {verb} this"}
    node["keywords"] = ", ".join([s.stance, s.form, *(["hedged"] if s.hedged else [])])
    if s.day:
        node["temporal"] = s.day if s.day_end in (None, s.day) else f"{s.day}/{s.day_end}"
    node["appearance" if node["@type"] == "Claim" else "isPartOf"] = _article(s.report)
    return node


def _speaker(actor: ActorRef) -> dict[str, Any]:
    speaker = {
        "@id": f"urn:dateline:{actor.key}",
        "@type": _TYPES.get(ActorKind(actor.kind), "Organization"),
        "name": actor.name,
    }
    if actor.kind == ActorKind.UNNAMED:
        speaker["description"] = "source that the report does not name"
    return speaker


def _article(report: ReportEntry) -> dict[str, Any]:
    article: dict[str, Any] = {
        "@id": f"urn:dateline:{report.key}", "@type": "NewsArticle", "headline": report.title, "url": report.url,
        "datePublished": report.published, "inLanguage": report.language,
        "publisher": report.publisher and {"@type": "Organization", "name": report.publisher},
        "creditText": report.agency,
    }  # fmt: skip
    return {name: value for name, value in article.items() if value is not None}
