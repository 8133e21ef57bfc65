"""GDELT, ICEWS and PLOVER, read again by pandas, by Dateline's own readers and against the manual's layout."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from hypothesis import given

from dateline.lexicons.countries import is_code
from dateline.load import read_paths
from dateline.model import Event, Place, Reading, Span
from dateline.present.exports import Format, export, gdelt, icews
from dateline.present.exports.plain import cell
from dateline.record.entries import ActorRef, Entry, TellingEntry
from dateline.record.query import Query, Voice
from tests.present.exports.records import IND, PAK, TEXT, FakeStore, report, some, telling
from tests.present.exports.words import texts

MADE = "2024-06-01T12:30:00Z"
#: PLOVER manual, draft 0.7b1 of 2021, tables of the chapter "JSON Data Fields", written down as a JSON Schema
SCHEMA = json.loads(Path(__file__).with_name("plover.schema.json").read_text("utf-8"))
#: GDELT Event Codebook V2.0, as its readers name the columns
GDELT_NAMES = [
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor1Name", "Actor1CountryCode",
    "Actor1KnownGroupCode", "Actor1EthnicCode", "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code",
    "Actor1Type2Code", "Actor1Type3Code", "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode",
    "Actor2EthnicCode", "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code",
    "Actor2Type3Code", "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone", "Actor1Geo_Type", "Actor1Geo_FullName",
    "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code", "Actor1Geo_Lat", "Actor1Geo_Long",
    "Actor1Geo_FeatureID", "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code", "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID", "ActionGeo_Type",
    "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code", "ActionGeo_Lat",
    "ActionGeo_Long", "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL",
]  # fmt: skip


def written(entries: list[Entry], format: Format, query: Query | None = None) -> str:
    out = io.StringIO(newline="")
    export(FakeStore(entries), query or Query(), format, out, made=MADE)
    return out.getvalue()


def frame_of(data: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(data), sep="\t", header=None, names=GDELT_NAMES, dtype={"EventCode": str,
                       "EventBaseCode": str, "EventRootCode": str})  # fmt: skip


def test_the_columns_of_gdelt() -> None:
    assert list(gdelt.COLUMNS) == GDELT_NAMES
    assert len(gdelt.COLUMNS) == 61


def test_gdelt_read_by_pandas() -> None:
    frame = frame_of(written(some().entries, Format.GDELT))
    assert len(frame) == 4
    first = frame.iloc[0]
    assert (first.SQLDATE, first.MonthYear, first.Year) == (20240513, 202405, 2024)
    assert first.FractionDate == 2024.3644
    assert (first.Actor1Code, first.Actor1Name, first.Actor1CountryCode, first.Actor1Type1Code) == (
        "PAKGOV", "Pakistan", "PAK", "GOV")  # fmt: skip
    assert (first.EventCode, first.EventBaseCode, first.EventRootCode, first.QuadClass) == ("111", "111", "11", 3)
    assert (first.ActionGeo_Type, first.ActionGeo_FullName, first.ActionGeo_CountryCode) == (
        4, "Islamabad, Pakistan", "PK")  # fmt: skip
    assert first.ActionGeo_Lat == pytest.approx(33.72)
    assert first.DATEADDED == 20240601123000
    assert report().url == first.SOURCEURL
    assert frame.GLOBALEVENTID.is_unique


def test_gdelt_code_of_an_international_organisation() -> None:
    second = frame_of(written(some().entries, Format.GDELT)).iloc[1]
    assert (second.Actor1Code, second.Actor1KnownGroupCode, second.Actor1Type1Code) == ("IGOUNO", "UNO", "IGO")


@pytest.mark.parametrize(
    ("actor", "code", "country", "kind"),
    [
        (ActorRef("a", "Press", "organisation", "ROU", "ROUJRN"), "ROMMED", "ROM", "MED"),
        (ActorRef("a", "Army", "organisation", "TLS", "TLSMIL"), "TMPMIL", "TMP", "MIL"),
        (ActorRef("a", "Norway", "state", "NOR", "NOR"), "NOR", "NOR", None),
        (ActorRef("a", "Norway", "state", "NOR", None), "NOR", "NOR", None),
        (ActorRef("a", "rebels", "group", None, "REB"), "REB", None, "REB"),
        (ActorRef("a", "somebody", "person", None, None), None, None, None),
    ],
)
def test_gdelt_actors(actor: ActorRef, code: str | None, country: str | None, kind: str | None) -> None:
    first = frame_of(written([telling(source=(actor,))], Format.GDELT)).iloc[0]
    read = [None if pd.isna(v) else v for v in (first.Actor1Code, first.Actor1CountryCode, first.Actor1Type1Code)]
    assert read == [code, country, kind]


def test_a_pair_of_actors_is_a_row() -> None:
    frame = frame_of(written([telling(source=(PAK, IND), target=(IND, PAK))], Format.GDELT))
    assert list(zip(frame.Actor1Name, frame.Actor2Name, strict=True)) == [
        ("Pakistan", "India"), ("Pakistan", "Pakistan"), ("India", "India"), ("India", "Pakistan")]  # fmt: skip
    assert frame.GLOBALEVENTID.is_unique


def test_a_number_depends_on_event_and_actors_only() -> None:
    one = frame_of(written([telling(1, event="v9")], Format.GDELT)).GLOBALEVENTID[0]
    other = frame_of(written([telling(2, event="v9", report=report("r9"))], Format.GDELT)).GLOBALEVENTID[0]
    third = frame_of(written([telling(2, event="v9", target=())], Format.GDELT)).GLOBALEVENTID[0]
    assert one == other != third
    assert one < 2**53


# --- said is not done ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", [Format.GDELT, Format.ICEWS])
@pytest.mark.parametrize(
    ("told", "query", "in_it"),
    [
        ({}, Query(), True),
        ({"reality": "ongoing"}, Query(), True),
        ({"reality": "denied"}, Query(), False),
        ({"reality": "planned"}, Query(), False),
        ({"reality": "planned"}, Query.of({"reality": "planned"}), True),
        ({"said_by": "s1"}, Query(), False),
        ({"said_by": "s1"}, Query.of({"reality": "happened"}), False),
        ({"said_by": "s1"}, Query(voice=Voice.SAID), True),
        ({"said_by": "s1", "reality": "denied"}, Query(voice=Voice.SAID), False),
        ({"day": None}, Query.of({"reality": "happened"}), False),
    ],
)
def test_what_a_table_of_deeds_takes(format: Format, told: dict[str, str], query: Query, in_it: bool) -> None:
    out = io.StringIO()
    done = export(FakeStore([telling(**told)]), query, format, out, made=MADE)
    assert done.rows == int(in_it)
    assert sum(count for count, _ in done.left_out) == int(not in_it)


def test_an_event_told_twice_is_one_row() -> None:
    done = export(FakeStore([telling(1), telling(2, event="v1")]), Query(), Format.GDELT, io.StringIO(), made=MADE)
    assert (done.rows, done.left_out) == (1, ((1, "further tellings of an event that has its row already"),))


# --- ICEWS -----------------------------------------------------------------------------------------------------


def test_icews_read_by_pandas() -> None:
    frame = pd.read_csv(io.StringIO(written(some().entries, Format.ICEWS)), sep="\t", dtype={"CAMEO Code": str},
                        parse_dates=["Event Date"])  # fmt: skip
    assert tuple(frame.columns) == icews.COLUMNS
    assert len(frame) == 4
    first = frame.iloc[0]
    assert first["Event Date"].date().isoformat() == "2024-05-13"
    assert (first["Source Name"], first["Source Sectors"], first["Source Country"]) == (
        "Pakistan", "Government", "Pakistan")  # fmt: skip
    assert (first["Event Text"], first["CAMEO Code"], first["Intensity"]) == ("Criticize or denounce", "111", -2.0)
    assert (first["City"], first["Country"], first["Publisher"]) == ("Islamabad", "Pakistan", "The Example")
    assert frame["Event ID"].is_unique


# --- our own readers -------------------------------------------------------------------------------------------


def loaded(path: Path) -> Iterator[tuple[Reading, Event]]:
    for found in read_paths([str(path)], io.BytesIO()):
        assert isinstance(found, Reading), found
        yield found, found.events[0]


@pytest.mark.parametrize("format", [Format.GDELT, Format.ICEWS])
def test_dateline_reads_what_it_wrote(format: Format, tmp_path: Path) -> None:
    name = {"gdelt": "20240513.export.csv", "icews": "events.tab"}[format]
    events = [e for e in some().entries if isinstance(e, TellingEntry) and e.source]
    path = tmp_path / name
    done = export(FakeStore(events), Query(), format, path, made=MADE, package=False)
    read = list(loaded(path))
    assert len(read) == done.rows == 3
    told = [(e.cameo, e.type, e.quad, e.time.start) for _, e in read if e.time]
    assert told == [("111", "ACCUSE", "verbal_conflict", "2024-05-13")] + [
        ("040", "CONSULT", "verbal_cooperation", "2024-05-13")] * 2  # fmt: skip
    pairs = [[a.name.removesuffix(" (GOV)") for a in r.actors] for r, _ in read]  # the reader adds the role
    assert pairs == [["Pakistan", "India"], ["United Nations", "India"], ["Pakistan", "India"]]
    assert [[a.country for a in r.actors] for r, _ in read] == [["PAK", "IND"], [None, "IND"], ["PAK", "IND"]]
    place = read[0][1].place
    assert place is not None
    assert (place.country, place.lat, place.lon) == ("PAK", 33.72, 73.04)


@pytest.mark.parametrize("code", ["ROU", "TLS", "PSE", "XKX", "GBR", "COD", "SSD", "TWN", "HKG"])
def test_countries_come_back(code: str, tmp_path: Path) -> None:
    assert is_code(code)
    actor = ActorRef("a", "somebody", "organisation", code, code + "GOV")
    place = Place(Span(0, 0), "Somewhere", code, None, None, None)
    for format, name in ((Format.GDELT, "x.export.csv"), (Format.ICEWS, "x.tab")):
        path = tmp_path / name
        export(FakeStore([telling(source=(actor,), place=place)]), Query(), format, path, made=MADE, package=False)
        [(reading, event)] = loaded(path)
        assert reading.actors[0].country == code
        assert event.place is not None
        assert event.place.country == code


# --- PLOVER ----------------------------------------------------------------------------------------------------


def test_plover_is_laid_out_as_the_manual_says() -> None:
    records = [json.loads(line) for line in written(some().entries, Format.PLOVER).splitlines()]
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for record in records:
        jsonschema.validate(record, SCHEMA)
    assert len(records) == 5
    first = records[0]
    assert (first["id"], first["date"], first["event"], first["link"]) == ("e1", "2024-05-13", ["ACCUSE"], "v1")
    assert first["source"] == [{"code": "PAK", "sector": "GOV", "actor_text": "Islamabad", "identifier_id": "a1",
                                "identifier_text": "Pakistan", "kind": "state"}]  # fmt: skip
    assert first["text"] == TEXT.split("\n")[0]
    assert first["reality"] == "happened"
    assert [r["reality"] for r in records] == ["happened", "happened", "planned", "happened", "happened"]
    assert records[1]["source"][0] == {"code": "IGO", "sector": "UNO", "actor_text": "the UN", "identifier_id": "a3",
                                       "identifier_text": "United Nations", "kind": "organisation"}  # fmt: skip


def test_the_layout_is_strict() -> None:
    record = json.loads(written([telling()], Format.PLOVER))
    for name, value in (("date", "13.5.2024"), ("event", ["SAY"]), ("quad_code", 5), ("source", "PAK")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(record | {name: value}, SCHEMA)


# --- any text --------------------------------------------------------------------------------------------------


@given(texts)
def test_any_name_stays_in_its_cell(text: str) -> None:
    event = telling(source=(replace(PAK, name=text),), report=report(publisher=text, url=text))
    [line] = written([event], Format.GDELT).split("\n")[:-1]
    cells = line.split("\t")
    assert len(cells) == 61
    assert cells[6] == cell(text)
    head, line = written([event], Format.ICEWS).split("\n")[:-1]
    assert len(line.split("\t")) == len(head.split("\t")) == 20
    assert line.split("\t")[2] == line.split("\t")[13] == cell(text)
    assert json.loads(written([event], Format.PLOVER))["source"][0]["identifier_text"] == text


@given(texts)
def test_any_name_is_read_by_pandas(text: str) -> None:
    data = written([telling(source=(replace(PAK, name=text + "x"),))], Format.GDELT)
    frame = pd.read_csv(io.StringIO(data), sep="\t", header=None, names=GDELT_NAMES, dtype=str, keep_default_na=False)
    assert frame.Actor1Name.tolist() == [cell(text + "x")]
