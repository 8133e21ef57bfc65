"""The API against the record and the commands: the same rows, page by page, tagged, and never more than was asked."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.keep import Record
from dateline.present.cli import app as commands
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.rows import as_row, entry_row
from dateline.record.query import Find
from tests.present.desk.conftest import BASE, Visitor

V1 = "/api/v1"


class Program:
    """It keeps no cookies."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def ask(self, method: str, address: str, **more: Any) -> Any:
        self.client.cookies.clear()
        return self.client.request(method, V1 + address, **more)

    def get(self, address: str, **more: Any) -> Any:
        return self.ask("GET", address, **more)

    def all(self, address: str) -> list[Any]:
        """All rows of a list, page after page."""
        rows: list[Any] = []
        while True:
            answer = self.get(address)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            rows += page["items"]
            if page["next"] is None:
                return rows
            address = page["next"].removeprefix(V1)


@pytest.fixture(scope="module")
def kept(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the record that no test changes."""
    return Path(shutil.copy(made_once, tmp_path_factory.mktemp("api") / "north.db"))


@pytest.fixture(scope="module")
def api(kept: Path) -> Iterator[Program]:
    """A program that only asks."""
    with TestClient(create_app(Settings(kept, fast=True)), base_url=BASE) as client:
        yield Program(client)


@pytest.fixture
def writer(path: Path) -> Iterator[Program]:
    """A program that changes the record of ``path``."""
    with TestClient(create_app(Settings(path, fast=True)), base_url=BASE) as client:
        yield Program(client)


def printed(path: Path, *words: str) -> str:
    told = CliRunner().invoke(commands, [*words, "--record", str(path)], catch_exceptions=False)
    assert told.exit_code == 0, told.stderr
    return told.stdout


# --- lists


FILTERS: list[dict[str, str]] = [
    {}, {"actor": "Sweden"}, {"words": "met"}, {"since": "2022-06-01", "until": "2022-09-30"},
]  # fmt: skip


@pytest.mark.parametrize("asked", FILTERS, ids=str)
@pytest.mark.parametrize("limit", [3, 200])
@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/sentences", lambda r, q: map(entry_row, r.sentences(**q))),
        ("/statements", lambda r, q: map(entry_row, r.statements(**q))),
        ("/tellings", lambda r, q: map(entry_row, r.tellings(**q))),
        ("/events", lambda r, q: map(as_row, r.events(**q))),
        ("/reports", lambda r, q: map(as_row, r.reports(**q))),
    ],
)
def test_pages_together_are_the_list(
    api: Program, kept: Path, address: str, rows: Callable[..., Any], limit: int, asked: dict[str, str]
) -> None:
    if limit == 3 and not asked:
        asked = {"since": "2022-06-01", "until": "2022-07-30"}
    filters = "".join(f"&{name}={value}" for name, value in asked.items())
    if address == "/sentences" and "actor" in asked:
        filters = ""
        asked = {}
    with Record(kept) as record:
        assert api.all(f"{address}?limit={limit}{filters}") == json.loads(json.dumps(list(rows(record, asked))))


def test_copies_are_asked_for_and_counted(api: Program, kept: Path) -> None:
    with Record(kept) as record:
        told = [t.key for t in record.tellings(copies=True)]
    once = [t["key"] for t in api.all("/tellings?limit=200")]
    assert [t["key"] for t in api.all("/tellings?limit=200&copies=true")] == told
    assert len(once) < len(told)


def test_a_list_as_lines_is_the_same_list(api: Program) -> None:
    for address in ("/sentences", "/statements", "/tellings", "/events", "/reports", "/corrections", "/actors"):
        answer = api.get(address, headers={"accept": "application/x-ndjson"})
        assert answer.headers["content-type"] == "application/x-ndjson"
        assert [json.loads(line) for line in answer.text.splitlines()] == api.all(f"{address}?limit=7"), address


def test_actors_come_by_their_reports(api: Program, kept: Path) -> None:
    rows = api.all("/actors?limit=2")
    with Record(kept) as record:
        want = [(a.key, a.name, a.reports) for a in record.actors()]
    assert [(a["key"], a["name"], a["reports"]) for a in rows] == want
    assert [a["name"] for a in api.all("/actors?name=lund")] == ["Per Lund"]
    assert {"Sweden", "Denmark"} <= {a["name"] for a in api.all("/actors?words=Sweden+met")}


def test_a_page_moves_nothing_when_something_is_added(writer: Program, path: Path) -> None:
    from tests.factories import prose, told

    first = writer.get("/reports?limit=50").json()
    with Record(path) as record:
        record.add_reports([told("Norway met Denmark.\n" + prose("early"), "early", "2001-01-01")])
    rest = writer.all(first["next"].removeprefix(V1))
    keys = [r["key"] for r in first["items"] + rest]
    assert len(keys) == len(set(keys)) == 103


@pytest.mark.parametrize("cursor", ["x", "AAAA", "MTo", "%F0%9F%98%80", "LTE6LTE6LTE"])
@pytest.mark.parametrize("address", ["/sentences", "/tellings", "/reports", "/corrections", "/search", "/events"])
def test_a_cursor_that_no_list_gave(api: Program, address: str, cursor: str) -> None:
    assert api.get(f"{address}?cursor={cursor}").status_code == 422


# --- the commands' numbers


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search?words=met&limit=20&counts=true", ["search", "met", "--json"]),
        ("/search?type=ASSAULT&copies=true&limit=5&counts=true",
         ["search", "--type", "ASSAULT", "--copies", "--limit", "5", "--json"]),
        ("/relations/Norway/DNK", ["relation", "Norway", "DNK", "--both", "--json"]),
        ("/relations/NOR/DNK?by=week&voice=both&both=false&from=2022-06-01&to=2022-08-01",
         ["relation", "NOR", "DNK", "--by", "week", "--voice", "both", "--from", "2022-06-01", "--to", "2022-08-01",
          "--json"]),
        ("/relations/NOR/DNK/words?wait=30", ["relation", "NOR", "DNK", "--words", "--json"]),
        ("/relations/NOR/DNK/around?date=2023-02-27&wait=30",
         ["relation", "NOR", "DNK", "--around", "2023-02-27", "--json"]),
        ("/relations/NOR/DNK/changes?wait=30", ["changes", "NOR", "DNK", "--json"]),
        ("/relations/NOR/DNK/forecast?wait=30&track=true&weeks=2",
         ["forecast", "NOR", "DNK", "--weeks", "2", "--backtest", "--json"]),
        ("/partners/DNK", ["partners", "DNK", "--json"]),
        ("/actors/Per Lund", ["actor", "Per Lund", "--json"]),
        ("/status?wait=30", ["status", "--json"]),
        ("/schema", ["schema"]),
    ],
)  # fmt: skip
def test_the_numbers_are_those_of_the_commands(api: Program, kept: Path, address: str, words: list[str]) -> None:
    answer = api.get(address)
    assert answer.status_code == 200, answer.text
    got = answer.json()
    if words[0] == "schema":
        want = json.loads(CliRunner().invoke(commands, words).stdout)
    else:
        want = json.loads(printed(kept, *words))
    if words[0] == "search":
        assert got.pop("next") is None or want["more"]
    if words[0] == "status":
        assert got["record"].pop("path") == "north.db"
        del want["record"]["path"]
    assert got == want


def test_claims_are_those_of_the_command(api: Program, kept: Path) -> None:
    want = [json.loads(line) for line in printed(kept, "claims", "--json").splitlines()]
    got = api.all("/claims?wait=30&limit=1")
    assert got == want
    assert want
    assert api.get(f"/claims/{want[0]['key']}?wait=30").json() == want[0]
    assert api.get("/claims/cffffffffffff?wait=30").status_code == 404


def test_one_report_is_that_of_the_command(api: Program, kept: Path) -> None:
    key = api.get("/reports?limit=1").json()["items"][0]["key"]
    told = json.loads(printed(kept, "report", key, "--json"))
    assert api.get(f"/reports/{key}").json() == told["report"]
    assert api.get(f"/reports/{key}/versions").json() == told["versions"]
    assert api.get(f"/reports/{key}/copies").json() == told["story"]
    reading = api.get(f"/reports/{key}/reading")
    assert reading.json() == told["reading"]
    assert "last-modified" in reading.headers
    text = api.get(f"/reports/{key}/text").json()
    assert (text["text"], text["version"]) == (told["reading"]["text"], 1)
    assert api.get(f"/reports/{key}/text?version=2").status_code == 404
    assert api.get("/reports/r000000000000/text").status_code == 404


def _undated(export: bytes) -> bytes:
    """Without the second in which it was made, which GDELT's rows carry."""
    return re.sub(rb"\t20\d{12}\t", b"\t\t", export)


def test_the_export_is_that_of_the_command(api: Program, kept: Path, tmp_path: Path) -> None:
    for format in ("csv", "jsonl", "gdelt", "bibtex"):
        words = ["export", "--find", "events", "--type", "CONSULT", "--actor", "Norway", "--format", format]
        printed(kept, *words, "--out", str(tmp_path / format))
        answer = api.get(f"/export?format={format}&find=events&type=CONSULT&actor=Norway")
        assert _undated(answer.content) == _undated((tmp_path / format).read_bytes()), format
        assert "attachment" in answer.headers["content-disposition"]
    assert api.get("/export?format=gdelt&find=statements").status_code == 422


def test_exposure_and_codebook(api: Program, kept: Path) -> None:
    with Record(kept) as record:
        want = [(e.period, e.events, e.reports) for e in record.exposure("week")]
    assert [(e["period"], e["events"], e["reports"]) for e in api.get("/exposure?by=week").json()] == want
    codes = {c["code"]: c for c in api.get("/codebook").json()["codes"]}
    assert codes["ASSAULT"]["quad"] == "material_conflict"


# --- tags, HEAD, what takes long


def test_a_tag_saves_the_answer_until_the_record_changes(writer: Program, path: Path) -> None:
    first = writer.get("/statements?limit=1")
    tag = first.headers["etag"]
    again = writer.get("/statements?limit=1", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert writer.get("/statements?limit=2", headers={"if-none-match": tag}).status_code == 200
    lines = {"accept": "application/x-ndjson", "if-none-match": tag}
    assert writer.get("/statements?limit=1", headers=lines).status_code == 200
    with Record(path) as record:
        record.correct("accept", first.json()["items"][0]["key"], who="anna")
    fresh = writer.get("/statements?limit=1", headers={"if-none-match": tag})
    assert fresh.status_code == 200
    assert fresh.json()["items"][0]["judged"] == "accepted"


@pytest.mark.parametrize(
    "address", ["/reports", "/status?wait=30", "/export?format=csv", "/relations/NOR/DNK", "/schema"]
)
def test_head_is_get_without_the_body(api: Program, address: str) -> None:
    got, head = api.get(address), api.ask("HEAD", address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-type"] == got.headers["content-type"]


def test_no_tag_on_what_failed(api: Program) -> None:
    assert "etag" not in api.get("/reports/none").headers
    assert "etag" not in api.get("/reports?limit=0").headers


def test_what_takes_long_is_asked_for_again(writer: Program) -> None:
    import threading

    gate = threading.Event()
    desk = writer.client.app.state.desk  # type: ignore[attr-defined]
    desk.worked_out("something else", gate.wait)
    try:
        answer = writer.get("/relations/NOR/DNK/changes?wait=0")
        assert answer.status_code == 202
        assert answer.headers["retry-after"]
        assert "etag" not in answer.headers
    finally:
        gate.set()
    assert writer.get("/relations/NOR/DNK/changes?wait=30").status_code == 200


# --- questions that make no sense


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reports?wrods=met", 422), ("/reports?limit=0", 422), ("/reports?limit=201", 422),
        ("/reports?limit=3&limit=4", 422),
        ("/tellings?type=NOTHING", 422), ("/tellings?stance=denies", 422), ("/statements?find=events", 422),
        ("/statements?since=2024-13-01", 422), ("/statements?actor=Nobody+At+All", 404),
        ("/statements?words=-met", 422),
        ("/actors/Nobody", 404), ("/relations/NOR/NOR", 422), ("/relations/NOR/Nobody", 404), ("/partners/Nobody", 404),
        ("/relations/NOR/DNK/around?date=1999-01-01&wait=9", 422), ("/relations/NOR/DNK/around", 422),
        ("/relations/NOR/DNK?from=2023-01-01&to=2022-01-01", 422), ("/export", 422), ("/export?format=doc", 422),
        ("/nothing", 404), ("/reports/%00", 404), ("/search?words=%ED%A0%80", 422),
        ("/actors?name=lund&words=met", 422),
        ("/search?words=met&country=XYZ", 422), ("/search?words=met&country=NOR", 200),
    ],
)  # fmt: skip
def test_one_form_of_errors(api: Program, address: str, status: int) -> None:
    answer = api.get(address)
    assert answer.status_code == status, answer.text
    if status >= 400:
        told = answer.json()
        assert list(told) == ["detail"]
        assert told["detail"]


def test_other_methods_are_told_which_there_are(api: Program) -> None:
    answer = api.ask("POST", "/statements")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.json()["detail"]


# --- corrections and saved searches


def test_a_correction_is_made_and_taken_back(writer: Program, path: Path) -> None:
    key = writer.get("/statements?limit=1").json()["items"][0]["key"]
    asked = {"action": "edit", "target": key, "field": "stance", "value": "doubts", "why": "he was not sure"}
    made = writer.ask("POST", "/corrections", json=asked)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["who"], told["before"], told["after"]) == ("desk", "asserts", "doubts")
    assert writer.get("/statements?stance=doubts").json()["items"][0]["key"] == key
    undone = writer.ask("POST", f"/corrections/{told['id']}/undo", json={"why": "he was"})
    assert undone.status_code == 201
    assert undone.json()["undoes"] == told["id"]
    assert writer.get("/statements?stance=doubts").json()["items"] == []
    assert writer.ask("POST", f"/corrections/{told['id']}/undo").status_code == 409
    assert writer.ask("POST", "/corrections/999/undo").status_code == 404
    lines = printed(path, "correct", "list", "--json").splitlines()
    assert writer.all("/corrections?limit=1") == [json.loads(line) for line in lines]
    assert [c["id"] for c in writer.all(f"/corrections?target={key}")] == [1, 2]


def test_actors_are_merged_and_split(writer: Program) -> None:
    names = ["Per Lund", "Inger Dahl"]
    keys = [writer.get(f"/actors/{name}").json()["key"] for name in names]
    assert writer.ask("POST", "/corrections", json={"action": "merge", "target": keys}).status_code == 201
    merged = writer.get("/actors/Per Lund").json()
    assert len(merged["profiles"]) == 2
    assert writer.ask("POST", "/corrections/1/undo").status_code == 201
    assert writer.get("/actors/Per Lund").json()["key"] != writer.get("/actors/Inger Dahl").json()["key"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"action": "reject", "target": "s000000000000"}, 409), ({"action": "burn", "target": "x"}, 422),
        ({"action": "edit", "target": "x"}, 422), ({"action": "accept", "target": "x", "field": "stance"}, 422),
        ({"action": "accept"}, 422), ({"action": "accept", "target": []}, 422),
        ({"action": "accept", "target": "\x00"}, 409),
        ({"action": "accept", "target": "x", "who": "somebody else"}, 422), ("no object", 422),
        ({"action": "date", "target": ["x"], "value": "2022-01-01"}, 422),
        ({"action": "edit", "target": "x", "field": "date", "value": "2022-01-01"}, 422),
    ],
)  # fmt: skip
def test_a_correction_that_makes_no_sense(writer: Program, asked: Any, status: int) -> None:
    answer = writer.ask("POST", "/corrections", json=asked)
    assert answer.status_code == status, answer.text
    assert writer.all("/corrections") == []


def test_half_characters_are_refused(writer: Program) -> None:
    body = b'{"action": "accept", "target": "\\ud800"}'
    answer = writer.ask("POST", "/corrections", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (409, 422)


def test_a_search_is_saved_and_forgotten(writer: Program, path: Path) -> None:
    assert writer.get("/saved").json() == []
    assert writer.ask("PUT", "/saved/war", params={"type": "ASSAULT", "copies": "true"}).status_code == 200
    (saved,) = writer.get("/saved").json()
    assert saved["query"] == {"type": "ASSAULT", "copies": True}
    hits = writer.get(saved["search"].removeprefix(V1)).json()["hits"]
    assert {h["type"] for h in hits} == {"ASSAULT"}
    assert writer.ask("PUT", "/saved/all").status_code == 422
    assert writer.ask("DELETE", "/saved/war").status_code == 204
    assert writer.ask("DELETE", "/saved/war").status_code == 404


def test_a_read_only_desk_changes_nothing(path: Path) -> None:
    with TestClient(create_app(Settings(path, read_only=True)), base_url=BASE) as client:
        api = Program(client)
        for method, address, body in (
            ("POST", "/corrections", {"action": "accept", "target": "x"}), ("POST", "/corrections/1/undo", None),
            ("PUT", "/saved/war?words=met", None), ("DELETE", "/saved/war", None),
            ("POST", "/reports", [{"text": "It rained."}]),
            ("POST", "/read", [{"text": "It rained."}]),
        ):  # fmt: skip
            answer = api.ask(method, address, json=body)
            assert answer.status_code == 403, (address, answer.text)
            assert "read-only" in answer.json()["detail"]


def test_a_browsers_change_needs_its_token(visitor: Visitor) -> None:
    visitor.get("/login")
    body = {"action": "accept", "target": "x"}
    assert visitor.client.post(V1 + "/corrections", json=body).status_code == 403
    with_token = {"x-csrf-token": visitor.token()}
    assert visitor.client.post(V1 + "/corrections", json=body, headers=with_token).status_code == 409


# --- what is told of the desk's own disk


def test_no_answer_tells_a_folder(tmp_path: Path, made_once: Path) -> None:
    from dateline.load import report_from_text
    from dateline.model import Origin

    path = tmp_path / "secret-place" / "north.db"
    path.parent.mkdir()
    shutil.copy(made_once, path)
    with Record(path) as record:
        report = report_from_text("Norway met Denmark on Monday.", id=None)
        where = str(tmp_path / "secret-place" / "in.txt")
        from dataclasses import replace

        origin = Origin(where, where, "text", report.text.encode())
        record.add_reports([replace(report, origin=origin)], fast=True)
    with TestClient(create_app(Settings(path)), base_url=BASE) as client:
        api = Program(client)
        key = next(r["key"] for r in api.all("/reports?limit=200") if r["source"] == "in.txt")
        for address in (
            "/reports?limit=200", f"/reports/{key}", f"/reports/{key}/versions", "/sentences?limit=200",
            "/tellings?limit=200",
            "/search?words=Monday&limit=200", "/status?wait=30", "/export?format=jsonl", "/export?format=citation",
            "/relations/NOR/DNK/around?date=2023-02-27&wait=30", "/relations/NOR/USA/forecast?wait=30",
        ):  # fmt: skip
            answer = api.get(address)
            assert "secret-place" not in answer.text, address
        path.unlink()
        gone = api.get("/sentences?words=met")
        assert gone.status_code == 503
        assert "secret-place" not in gone.text


# --- the description


def test_everything_is_described(api: Program) -> None:
    told = api.get("/openapi.json").json()
    assert told["components"]["schemas"]["Reading"]["properties"]["schema"]["const"] == "dateline.reading/1"
    for address, methods in told["paths"].items():
        for method, about in methods.items():
            assert about["responses"].keys() >= {"422", "503", "429"}, (address, method)
            assert about["description"], address
    assert [v["enum"] for v in _parameter(told, "/api/v1/tellings", "quad")["anyOf"] if "enum" in v]
    assert all(p["description"] for p in told["paths"]["/api/v1/search"]["get"]["parameters"])


def _parameter(told: Any, address: str, name: str) -> Any:
    return next(p["schema"] for p in told["paths"][address]["get"]["parameters"] if p["name"] == name)


def test_all_filters_of_a_query_are_there(api: Program) -> None:
    from dataclasses import fields

    from dateline.record.query import Query

    told = api.get("/openapi.json").json()["paths"]
    for address in ("search", "reports", "actors", "export"):
        names = {p["name"] for p in told[f"/api/v1/{address}"]["get"]["parameters"]}
        assert names >= {f.name for f in fields(Query)}, address


def test_find_is_what_a_list_holds(api: Program) -> None:
    for find in Find:
        hits = api.get(f"/search?words=attacked&find={find}").json()["hits"]
        assert {h["find"] for h in hits} == {find.value.removesuffix("s")}


# --- the documentation


DOCS = Path(__file__).parents[3] / "docs" / "api.md"


def examples() -> list[list[str]]:
    """The words of each curl command of the page."""
    text = DOCS.read_text("utf-8").replace("\\\n", " ")
    return [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("curl ")]


@pytest.mark.parametrize("words", examples(), ids=lambda w: next(x for x in w if x.startswith("http"))[28:])
def test_the_examples_are_understood(path: Path, words: list[str]) -> None:
    address = next(word for word in words if word.startswith("http")).removeprefix(BASE)
    more: dict[str, Any] = {"headers": {}}
    method = "GET"
    for option, value in pairwise(words):
        if option == "-X":
            method = value
        elif option == "-H":
            name, _, told = value.partition(": ")
            more["headers"][name] = told
        elif option == "-d":
            more["content"] = value.encode()
        elif option == "-F":
            more["files"] = [("file", ("a.txt", b"It rained in Oslo.", "text/plain"))]
    for name, other in (("USA", "NOR"), ("SUN", "DNK"), ("1987-01-01", "2022-01-01"), ("1985-11-19", "2023-02-27")):
        address = address.replace(name, other)
    with TestClient(create_app(Settings(path, fast=True)), base_url=BASE) as client:
        answer = client.request(method, address, **more)
    wanted = 404 if "undo" in address else 409 if "corrections" in address else 200
    assert answer.status_code == wanted, answer.text


def test_each_address_is_documented(api: Program) -> None:
    text = DOCS.read_text("utf-8")
    for address in api.get("/openapi.json").json()["paths"]:
        short = address.removeprefix(V1)
        assert short in text or "/" + short.rsplit("/", 1)[1] in text, address


def test_a_forecast_is_frozen_once(visitor: Visitor, path: Path) -> None:
    program = Program(visitor.client)
    made = program.ask("POST", "/relations/Norway/DNK/forecast?weeks=2")
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["source"], told["target"], told["weeks"], told["scores"]) == ("NOR", "DNK", 2, [])
    assert told["sound"]
    assert program.ask("POST", "/relations/NOR/DNK/forecast?weeks=2").json() == told
    assert program.get("/forecasts?source=NOR&wait=30").json() == [told]
    shown = CliRunner().invoke(commands, ["forecasts", "NOR", "DNK", "--json", "--record", str(path)]).stdout
    assert [json.loads(line) for line in shown.splitlines()] == [told]
    assert program.ask("POST", "/relations/NOR/ISL/forecast").status_code in (404, 422)


def test_nobody_freezes_a_forecast_of_a_desk_that_is_read_only(path: Path) -> None:
    with TestClient(create_app(Settings(path, read_only=True)), base_url=BASE) as client:
        assert Program(client).ask("POST", "/relations/NOR/DNK/forecast").status_code == 403
        assert Program(client).get("/forecasts?wait=30").json() == []
