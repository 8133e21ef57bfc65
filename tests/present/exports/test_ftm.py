"""FollowTheMoney, against its own schema, and by its own library where that is installed."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from dateline.present.exports import Format, export
from dateline.present.exports.plain import printable
from dateline.record.entries import ActorRef, Entry
from dateline.record.query import Query
from tests.present.exports.records import IND, PAK, FakeStore, report, some, statement, telling
from tests.present.exports.words import texts

MADE = "2024-06-01T12:00:00Z"
#: taken from followthemoney 4.11.2 (MIT licence)
SCHEMA = json.loads(Path(__file__).with_name("ftm.schema.json").read_text("utf-8"))
_TYPES = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "country": re.compile(r"[a-z]{2,4}"),
    "language": re.compile(r"[a-z]{3}"),
}


def written(entries: list[Entry]) -> list[dict[str, Any]]:
    out = io.StringIO(newline="")
    export(FakeStore(entries), Query(), Format.FTM, out, made=MADE)
    return [json.loads(line) for line in out.getvalue().split("\n")[:-1]]


def check(entities: list[dict[str, Any]]) -> None:
    """Schemata, properties, required ones, values and links are as the schema wants them."""
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schemata) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        known = SCHEMA[entity["schema"]]
        assert set(known["required"]) <= set(entity["properties"]), entity
        for name, values in entity["properties"].items():
            type_ = known["properties"][name]
            assert values
            for value in values:
                assert isinstance(value, str)
                assert value
                if type_.startswith("entity:"):
                    assert type_.removeprefix("entity:") in SCHEMA[schemata[value]]["is"]
                elif type_ in _TYPES:
                    assert _TYPES[type_].fullmatch(value), (name, value)


def test_entities_are_as_the_schema_wants_them() -> None:
    entities = written(some().entries)
    check(entities)
    kinds = [entity["schema"] for entity in entities]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "Article": 2, "Documentation": 3, "Event": 6, "LegalEntity": 1, "Mention": 8, "Person": 1, "PublicBody": 3,
    }  # fmt: skip


def test_the_library_takes_them_all() -> None:
    followthemoney = pytest.importorskip("followthemoney")
    entities = written(some().entries)
    for entity in entities:
        proxy = followthemoney.model.get_proxy(entity)
        proxy.schema.validate(entity)
        cleaned = followthemoney.model.make_entity(entity["schema"])
        cleaned.id = entity["id"]
        for name, values in entity["properties"].items():
            cleaned.add(name, values)
            assert sorted(cleaned.get(name)) == sorted(values), name
    events = [followthemoney.model.get_proxy(e) for e in entities if e["schema"] == "Event"]
    assert [event.first("summary") for event in events] == [
        e.text for e in some().entries if e.key.startswith("e")]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code", "schema"),
    [
        ("person", "NORGOV", "Person"), ("state", "NOR", "PublicBody"), ("organisation", "NORGOV", "PublicBody"),
        ("organisation", "NORBUS", "Company"), ("organisation", "NGO", "Organization"),
        ("organisation", None, "Organization"), ("group", "REB", "Organization"), ("office", "NORGOV", "LegalEntity"),
        ("unnamed", "NORGOV", "LegalEntity"), ("population", "NORCVL", "LegalEntity"),
        ("organisation", "IGOUNO", "PublicBody"),
    ],
)  # fmt: skip
def test_kinds_of_actors(kind: str, code: str | None, schema: str) -> None:
    actor = ActorRef("a9", "Somebody", kind, "NOR", code)
    entities = written([statement(speaker=actor)])
    check(entities)
    assert [e["schema"] for e in entities if e["id"] == "a9"] == [schema]


def test_a_statement_links_its_speaker_to_the_report() -> None:
    [link] = [e for e in written([statement(stance="denies")]) if e["schema"] == "Documentation"]
    assert link["id"] == "s1"
    assert link["properties"]["entity"] == ["a4"]
    assert link["properties"]["document"] == ["r1"]
    assert link["properties"]["role"] == ["speaker, denies"]


def test_an_event_says_whether_it_happened() -> None:
    [event] = [e for e in written([telling(reality="planned", day_end="2024-05-15")]) if e["schema"] == "Event"]
    assert event["properties"]["keywords"] == ["ACCUSE", "111", "verbal_conflict", "planned"]
    assert event["properties"]["startDate"] == ["2024-05-13"]
    assert event["properties"]["endDate"] == ["2024-05-15"]
    assert event["properties"]["name"] == ["Pakistan – Criticize or denounce – India"]


def test_ids_are_those_of_the_record() -> None:
    first = {e["id"] for e in written([statement(1), telling(1)])}
    second = {e["id"] for e in written([telling(1), statement(1)])}
    assert first == second >= {"r1", "s1", "e1", PAK.key, IND.key}


@given(texts)
def test_any_text_is_kept(text: str) -> None:
    entities = written([statement(text=text + "x", report=report(title=text))])
    check(entities)
    [link] = [e for e in entities if e["schema"] == "Documentation"]
    assert link["properties"]["summary"] == [printable(text + "x").strip()]
