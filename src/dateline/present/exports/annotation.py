"""W3C Web Annotation (Recommendation of 2017): one annotation an entry, on one page of JSON-LD.

Each target has a quotation of the words with what stands before and behind, and their position in code points.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.model import Span
from dateline.present.exports.job import Job
from dateline.present.exports.plain import whole
from dateline.record.entries import ActorRef, Entry, SentenceEntry, StatementEntry

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: Signs of the text that stand before and behind a quotation, so that it is found again in a changed text.
BESIDE = 32


def annotation_lines(job: Job) -> Iterator[str]:
    """An annotation page with all entries as its items."""
    page = {"@context": CONTEXT, "id": f"urn:dateline:page:{job.made}", "type": "AnnotationPage", "startIndex": 0}
    yield json.dumps(page, ensure_ascii=False)[:-1] + ', "items": ['
    for entry in job.each():
        line = json.dumps(_annotation(entry, job), ensure_ascii=False, separators=(",", ":"))
        yield (",\n" if job.rows else "\n") + whole(line)
        job.rows += 1
    yield "\n]}\n"


def _annotation(entry: Entry, job: Job) -> dict[str, Any]:
    return {
        "id": f"urn:dateline:{key_of(entry)}",
        "type": "Annotation",
        "created": job.made,
        "generator": {"id": "urn:dateline", "type": "Software", "name": "Dateline"},
        "motivation": "highlighting" if isinstance(entry, SentenceEntry) else "classifying",
        "body": _bodies(entry),
        "target": [_target(entry, span, job) for span in _spans(entry)],
    }


def key_of(entry: Entry) -> str:
    """The key of an entry; that of a sentence is made of its report and place."""
    if isinstance(entry, SentenceEntry):
        return f"{entry.report.key}:{entry.sentence.start}-{entry.sentence.end}"
    return entry.key


def _spans(entry: Entry) -> tuple[Span, ...]:
    if isinstance(entry, SentenceEntry):
        return (entry.sentence,)
    return entry.content if isinstance(entry, StatementEntry) else (entry.span,)


def _target(entry: Entry, span: Span, job: Job) -> dict[str, Any]:
    text = job.text(entry.report.key)
    source = entry.report.url or f"urn:dateline:{entry.report.key}"
    if span.start >= span.end:  # a row of a table of events, which has no words
        return {"type": "SpecificResource", "source": source}
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - BESIDE) : span.start],
                "suffix": text[span.end : span.end + BESIDE],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _bodies(entry: Entry) -> list[dict[str, Any]]:
    """What is said of the words: tags of the form ``name:value``, and the actors."""
    if isinstance(entry, SentenceEntry):
        return []
    if isinstance(entry, StatementEntry):
        tags = ["find:statement", f"stance:{entry.stance}", f"form:{entry.form}", f"sourcing:{entry.sourcing}",
                f"act:{entry.act}", f"day:{entry.day}", f"hedged:{str(entry.hedged).lower()}"]  # fmt: skip
        actors = [_actor("speaker", a) for a in (entry.speaker,) if a]
        actors += [_actor("addressee", a) for a in (entry.addressee,) if a]
    else:
        tags = ["find:event", f"type:{entry.type}", f"cameo:{entry.cameo}", f"quad:{entry.quad}",
                f"reality:{entry.reality}", f"day:{entry.day}", f"event:{entry.event}"]  # fmt: skip
        actors = [_actor("source", a) for a in entry.source] + [_actor("target", a) for a in entry.target]
        actors += [_actor("said by", a) for a in (entry.said_by_actor,) if a]
    return [
        *({"type": "TextualBody", "purpose": "tagging", "value": t} for t in tags if not t.endswith(":None")),
        *actors,
    ]


def _actor(role: str, actor: ActorRef) -> dict[str, Any]:
    code = f" ({actor.code})" if actor.code else ""
    return {
        "type": "TextualBody",
        "id": f"urn:dateline:{actor.key}:{role.replace(' ', '-')}",
        "purpose": "identifying",
        "value": f"{role}: {actor.name}{code}",
    }
