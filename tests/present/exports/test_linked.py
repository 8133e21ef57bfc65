"""Web Annotation and schema.org, expanded by pyld, offline.

``contexts.json`` has the terms that exports use, written after the W3C Recommendation "Web Annotation Vocabulary"
(2017, appendix A) and after schema.org's own definitions: a term that is not among them is dropped by the expansion.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pyld import jsonld

from dateline.model import Span
from dateline.present.exports import Format, export
from dateline.record.entries import Entry, StatementEntry
from dateline.record.query import Find, Query
from tests.present.exports.records import PAK, SOURCE, TEXT, FakeStore, report, sentence, some, statement, telling
from tests.present.exports.words import texts

MADE = "2024-06-01T12:00:00Z"
CONTEXTS = json.loads(Path(__file__).with_name("contexts.json").read_text("utf-8"))
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "http://schema.org/"


def _load(url: str, options: Any = None) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXTS[url]}


def written(entries: list[Entry], format: Format, find: Find | None = None, text: str = TEXT) -> dict[str, Any]:
    out = io.StringIO(newline="")
    store = FakeStore(entries, dict.fromkeys({e.report.key for e in entries}, text))
    export(store, Query(find=find), format, out, made=MADE)
    read: dict[str, Any] = json.loads(out.getvalue())
    return read


def expanded(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = jsonld.expand(document, {"documentLoader": _load})
    return found


def keys(value: Any) -> Iterator[str]:
    """All names of a document but those of JSON-LD itself."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("@context", "@graph", "@id", "@type", "@value", "@list", "id", "type"):
                yield name
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("format", [Format.ANNOTATION, Format.SCHEMA_ORG])
def test_no_term_is_unknown(format: Format) -> None:
    document = written(some().entries, format)
    assert len(list(keys(document))) == len(list(keys(expanded(document)))) > 20


# --- Web Annotation --------------------------------------------------------------------------------------------


def test_annotations_quote_the_words_at_their_place() -> None:
    [page] = expanded(written([statement(), telling(), sentence()], Format.ANNOTATION))
    assert page["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollectionPage"]
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == 2
    said, done = items
    exact = [_selectors(target)[0] for target in said[OA + "hasTarget"]]
    assert exact == ["We will not sign", "and we will 🙂 go home"]
    for item in items:
        assert item["@type"] == [OA + "Annotation"]
        assert item[OA + "motivatedBy"] == [{"@id": OA + "classifying"}]
        for target in item[OA + "hasTarget"]:
            words, before, behind, start, end = _selectors(target)
            assert TEXT[start:end] == words
            assert TEXT[:start].endswith(before)
            assert TEXT[end:].startswith(behind)
            assert len(before) == min(32, start)
    tags = [body["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"][0]["@value"] for body in done[OA + "hasBody"]]
    assert tags == ["find:event", "type:ACCUSE", "cameo:111", "quad:verbal_conflict", "reality:happened",
                    "day:2024-05-13", "event:v1", "source: Pakistan (PAKGOV)", "target: India (INDGOV)"]  # fmt: skip


def _selectors(target: dict[str, Any]) -> tuple[Any, ...]:
    quote, place = target[OA + "hasSelector"]
    assert (quote["@type"], place["@type"]) == ([OA + "TextQuoteSelector"], [OA + "TextPositionSelector"])
    told = [quote[OA + name][0]["@value"] for name in ("exact", "prefix", "suffix")]
    return (*told, *(place[OA + name][0]["@value"] for name in ("start", "end")))


def test_sentences_are_highlighted() -> None:
    [item] = written([sentence()], Format.ANNOTATION, Find.SENTENCES)["items"]
    assert item["motivation"] == "highlighting"
    assert item["id"] == f"urn:dateline:r1:0-{len(sentence().text)}"


def test_a_row_of_an_event_table_has_no_words() -> None:
    [item] = written([telling(span=Span(0, 0), report=report(kind="events"))], Format.ANNOTATION)["items"]
    assert item["target"] == [{"type": "SpecificResource", "source": report().url}]


@given(texts)
def test_any_words_are_quoted(text: str) -> None:
    whole = text + "x" + text
    [item] = written([statement(text=whole)], Format.ANNOTATION, text=whole)["items"]
    assert item["target"][0]["selector"][0]["exact"] == whole


# --- schema.org ------------------------------------------------------------------------------------------------


def graph(*entries: StatementEntry) -> list[dict[str, Any]]:
    nodes = expanded(written(list(entries), Format.SCHEMA_ORG))
    return [{name.removeprefix(SCHEMA): value for name, value in node.items()} for node in nodes]


def test_a_direct_quotation_is_in_its_own_words() -> None:
    [node] = graph(statement())
    assert node["@type"] == [SCHEMA + "Quotation"]
    assert node["text"] == [{"@value": "We will not sign and we will 🙂 go home"}]
    [speaker] = node["spokenByCharacter"]
    assert (speaker["@type"], speaker[SCHEMA + "name"]) == ([SCHEMA + "Person"], [{"@value": "Maria Lund"}])
    [article] = node["isPartOf"]
    assert article["@type"] == [SCHEMA + "NewsArticle"]
    assert article[SCHEMA + "url"] == [{"@id": report().url}]


@pytest.mark.parametrize(
    ("told", "type", "author", "description"),
    [
        ({"form": "indirect", "stance": "asserts"}, "Claim", "Maria Lund", None),
        ({"form": "mixed", "stance": "predicts"}, "Claim", "Maria Lund", None),
        ({"form": "indirect", "stance": "denies"}, "Claim", None, "Maria Lund denies this"),
        ({"form": "mixed", "stance": "doubts"}, "Claim", None, "Maria Lund doubts this"),
        ({"form": "direct", "stance": "denies"}, "Quotation", None, None),
        ({"form": "direct", "stance": "asks"}, "Quotation", None, None),
    ],
)
def test_who_denies_a_claim_is_not_its_author(
    told: dict[str, Any], type: str, author: str | None, description: str | None
) -> None:
    [node] = graph(statement(**told))
    assert node["@type"] == [SCHEMA + type]
    assert [a[SCHEMA + "name"][0]["@value"] for a in node.get("author", [])] == ([author] if author else [])
    assert [d["@value"] for d in node.get("description", [])] == ([description] if description else [])


@pytest.mark.parametrize(
    "told", [{"speaker": None}, {"form": "indirect", "stance": "demands"}, {"form": "mixed", "stance": "asks"}]
)
def test_what_schema_org_cannot_hold(told: dict[str, Any]) -> None:
    assert graph(statement(**told)) == []


def test_nothing_is_rated() -> None:
    out = io.StringIO()
    export(some(), Query(), Format.SCHEMA_ORG, out, made=MADE)
    assert not {"Rating", "ClaimReview", "reviewRating", "Review"} & set(out.getvalue().replace('"', " ").split())


def test_kinds_of_speakers() -> None:
    rebels = replace(PAK, key="a8", kind="group")
    nodes = graph(statement(1, speaker=PAK), statement(2, speaker=SOURCE), statement(3, speaker=rebels))
    assert [n["spokenByCharacter"][0]["@type"] for n in nodes] == [
        [SCHEMA + "Organization"], [SCHEMA + "Person"], [SCHEMA + "Organization"]]  # fmt: skip
    assert SCHEMA + "description" in nodes[1]["spokenByCharacter"][0]


@given(texts)
def test_any_words_are_kept(text: str) -> None:
    [node] = written([statement(text=text + "x", cue_spans=())], Format.SCHEMA_ORG)["@graph"]
    assert node["text"] == text + "x"
