"""Tables of events: rows as readings, what is left out and counted, and archives that mean harm."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from dateline.lexicons import rows
from dateline.lexicons.actorcodes import country_of_cameo, country_of_fips, kind_of_role, sector
from dateline.lexicons.countries import is_code
from dateline.model import Reading
from dateline.present.jsonl import as_json
from tests.load.sources import DATA, run

GDELT = DATA / "20241109121500.export.CSV"
ICEWS = DATA / "events.2014.tab"
SCHEMA = json.loads(files("dateline.present").joinpath("reading.schema.json").read_text("utf-8"))


def told(reading: Reading) -> tuple[str, str, str, str]:
    event = reading.events[0]
    sides = [a.code or a.name for a in reading.actors]
    assert event.time is not None
    return sides[0], sides[1] if len(sides) > 1 else "-", f"{event.type} {event.cameo}", event.time.start or ""


def test_gdelt() -> None:
    reports, readings, failures, _ = run(GDELT)
    assert reports == []
    assert [told(r) for r in readings] == [
        ("NORGOV", "ROU", "COERCE 172", "2024-11-08"),
        ("REB", "IGOUNO", "ASSAULT 190", "2024-11-08"),
        ("CHE", "-", "RETREAT 0841", "2023-11-09"),
        ("WAF", "DNKCVL", "REQUEST 022", "2024-11-08"),
    ]
    first = readings[0]
    assert [(a.name, a.kind.value, a.country) for a in first.actors] == [
        ("Norway (GOV)", "organisation", "NOR"), ("Romania", "state", "ROU"),
    ]  # fmt: skip
    place = first.events[0].place
    assert place is not None
    assert (place.name, place.country, place.lat, place.lon) == ("Oslo, Oslo, Norway", "NOR", 59.9167, 10.75)
    assert readings[1].places[0].country == "CHE"  # FIPS writes SZ
    assert (first.report.text, first.report.url) == ("", "https://www.harbour.example/2024/a")
    assert first.report.credits.publisher == "harbour.example"
    assert [(f.reason, f.count) for f in failures] == [
        ("rows that name nobody who acts (1)", 1),
        ("rows of CAMEO's root 01, public statements, which are no events of PLOVER (2)", 2),
        ("rows with a code that CAMEO does not have (1)", 1),
        ("rows without a day of the calendar (1)", 1),
    ]


def test_the_day_of_crawling_is_never_the_events() -> None:
    late = run(GDELT)[1][2]
    assert late.events[0].time is not None
    assert (late.events[0].time.start, late.events[0].time.origin) == ("2023-11-09", None)
    assert late.report.published is not None
    assert (late.report.published.origin.value, late.report.published.reliable) == ("guessed", False)


def test_icews() -> None:
    _, readings, failures, _ = run(ICEWS)
    assert [told(r) for r in readings] == [
        ("NORCVL", "DNKGOV", "PROTEST 141", "2014-01-01"),
        ("DNK", "NORGOV", "CONSULT 043", "2014-01-02"),
    ]
    assert [a.kind.value for a in readings[0].actors] == ["population", "organisation"]
    assert readings[0].places[0].name == "Oslo"
    assert readings[0].report.credits.publisher == "Harbour Herald"
    assert [f.count for f in failures] == [1]


def test_columns_of_icews_in_another_order() -> None:
    table = [line.split("\t") for line in ICEWS.read_text("utf-8").splitlines()]
    turned = "\n".join("\t".join(reversed(cells[:3] + cells[3:])) for cells in table)
    assert run("-", stdin=turned.encode())[1] == []  # its first columns are what it is known by
    quoted = "\n".join("\t".join(f'"{c}"' for c in [*cells[:12], *reversed(cells[12:])]) for cells in table)
    assert [told(r) for r in run("-", stdin=quoted.encode())[1]] == [told(r) for r in run(ICEWS)[1]]


@pytest.mark.parametrize("path", [GDELT, ICEWS])
def test_readings_fit_the_schema(path: Path) -> None:
    for reading in run(path)[1]:
        jsonschema.validate(as_json(reading), SCHEMA)


def packed(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def test_as_it_ships(tmp_path: Path) -> None:
    path = tmp_path / "20241109121500.export.CSV.zip"
    path.write_bytes(packed((GDELT.name, GDELT.read_bytes())))
    assert [told(r) for r in run(path)[1]] == [told(r) for r in run(GDELT)[1]]
    (tmp_path / "2014.zip").write_bytes(packed(("events.2014.tab", ICEWS.read_bytes())))
    (tmp_path / "x.tsv.gz").write_bytes(gzip.compress(ICEWS.read_bytes()))
    (tmp_path / "letter.docx").write_bytes(packed(("word/document.xml", b"<w/>")))
    _, readings, failures, lines = run(tmp_path)
    assert len(readings) == 4 + 2 + 2
    assert sorted(f.count for f in failures) == [1, 1, 1, 1, 1, 2]
    assert "1 .docx" in " ".join(lines)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (packed(("a.txt", b"Rain fell.")), "a ZIP archive or an office document"),
        (packed(("word/document.xml", b"<w/>")), "a ZIP archive or an office document"),
        (packed(("../../etc/cron.d/x.csv", b"Rain.")), "a ZIP archive or an office document"),
        (packed(*((f"{i}.csv", b"x") for i in range(200))), "more than 100 tables"),
        (packed(*((f"{i}", b"") for i in range(20_000))), "more than 100 tables"),
        (packed((GDELT.name, GDELT.read_bytes()))[:400], "damaged or locked"),
        (b"PK\x03\x04" + b"\0" * 400, "damaged or locked"),
        (packed((GDELT.name, GDELT.read_bytes()))
         .replace(b"\x01\x02\x14\x03\x14\x00\x00", b"\x01\x02\x14\x03\x14\x00\x01"), "damaged or locked"),
    ],
)  # fmt: skip
def test_bad_zip_archives(data: bytes, line: str) -> None:
    reports, readings, failures, _ = run("-", stdin=data)
    assert (reports, readings) == ([], [])
    assert len(failures) == 1
    assert line in str(failures[0])


def test_a_zip_that_explodes_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.load.inputs._MOST_UNPACKED", 100_000)
    bomb = packed((GDELT.name, GDELT.read_bytes() + b"\n" * 1_000_000))
    assert "2 GB" in str(run("-", stdin=bomb)[2][0])
    # a member that says it is smaller than it is gives no more than it says
    lying = bomb.replace((len(GDELT.read_bytes()) + 1_000_000).to_bytes(4, "little"), (50_000).to_bytes(4, "little"))
    assert all("damaged" in str(f) or f.count for f in run("-", stdin=lying)[2])


def test_an_escape_is_no_path(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.csv.zip"
    path.parent.mkdir()
    path.write_bytes(packed(("../../escaped.csv", GDELT.read_bytes())))
    assert len(run(path)[1]) == 4
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.csv.zip", "in"]


def test_broken_rows_cost_one_line_each() -> None:
    lines = GDELT.read_bytes().splitlines()
    data = b"\n".join([lines[0], lines[0][:100], b"", b"\xff\t\0", lines[0].replace(b"1209000001", b"\xff"), lines[1]])
    _, readings, failures, _ = run("-", stdin=data)
    assert len(readings) == 2
    assert [f.where.rsplit(", ", 1)[1] for f in failures] == ["line 2", "line 4", "line 5"]
    _, readings, failures, _ = run("-", stdin=b"\n".join(lines) + b"\n" + b"x" * 100_000)
    assert len(readings) == 4
    assert "too long to be a row" in " ".join(map(str, failures))


def test_tables_of_codes() -> None:
    for _, (fips, iso) in rows("fips.tsv", 2):
        assert len(fips) == 2
        assert is_code(iso), fips
    for _, (code, iso, name) in rows("cameo_countries.tsv", 3):
        assert len(code) == 3
        assert name
        assert iso == "-" or is_code(iso), code
    assert [country_of_fips(c) for c in ("AS", "AU", "RS", "UP", "IZ", "KS", "GZ")] == [
        "AUS", "AUT", "RUS", "UKR", "IRQ", "KOR", "PSE",
    ]  # fmt: skip
    assert country_of_cameo("TMP") == "TLS"
    assert all(kind_of_role(code) for _, (code, _) in rows("cameo_roles.tsv", 2))
    assert all(sector(name) == (code, kind) for _, (name, code, kind) in rows("icews_sectors.tsv", 3))
