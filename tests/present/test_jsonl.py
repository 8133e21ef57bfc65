from __future__ import annotations

import json
from importlib.resources import files

import jsonschema

from dateline.present.jsonl import as_json, from_json, to_line
from tests.factories import reading

SCHEMA = json.loads(files("dateline.present").joinpath("reading.schema.json").read_text("utf-8"))


def test_the_schema_is_a_schema_and_a_reading_fits_it() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(as_json(reading()), SCHEMA)


def test_the_schema_can_refuse() -> None:
    wrong = as_json(reading())
    wrong["events"][0]["reality"] = "perhaps"
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(wrong)


def test_one_reading_is_one_line() -> None:
    line = to_line(reading("Oslo said on Monday that Bergen had sunk a ferry.\u2028\r\nÅ 😀"))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"].endswith("😀")


def test_a_reading_comes_back_from_json() -> None:
    written = json.loads(to_line(reading()))
    assert as_json(from_json(written)) == written
    assert written["events"]
