"""Reports sent to the desk: read beside it, kept or not, within limits."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

from dateline.keep import Record
from dateline.present.desk import keeper
from dateline.present.desk.api.reports import schema
from dateline.present.desk.app import create_app
from dateline.present.desk.calls import Ended
from dateline.present.desk.keeper import Busy, Keeper, Part, TooMany
from dateline.present.desk.settings import Settings
from tests.present.desk.conftest import BASE

V1 = "/api/v1"
TEXT = "OSLO, Nov. 8, 2024 - Norway expelled two Danish diplomats on Friday, the foreign ministry said."


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keeping") / "sent.db"
    Record(path).close()
    return path


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(path, fast=True, largest=300_000)), base_url=BASE) as client:
        yield client


def send(client: TestClient, address: str, **more: Any) -> Any:
    client.cookies.clear()
    return client.post(V1 + address, **more)


def held(path: Path) -> int:
    with Record(path) as record:
        return record.counts().reports


def test_what_is_read_is_not_kept(client: TestClient, path: Path) -> None:
    before = held(path)
    asked = {"id": "oslo-1", "text": TEXT, "published": "2024-11-08", "title": "Two diplomats"}
    answer = send(client, "/read", json=asked)
    assert answer.status_code == 200, answer.text
    (reading,) = answer.json()["readings"]
    jsonschema.validate(reading, schema())
    assert (reading["id"], reading["text"]) == ("oslo-1", TEXT)
    assert [e["type"] for e in reading["events"]] == ["SANCTION"] or reading["events"]
    lines = send(client, "/read", json=[asked, asked], headers={"accept": "application/x-ndjson"})
    assert [json.loads(line) for line in lines.text.splitlines()] == [reading, reading]
    assert held(path) == before


def test_the_reading_is_that_of_the_command(client: TestClient, tmp_path: Path) -> None:
    import subprocess
    import sys

    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT, "published": "2024-11-08"}) + "\n", "utf-8")
    command = [sys.executable, "-m", "dateline", "read", "--fast", "--format", "jsonl", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    headers = {"content-type": "application/x-ndjson", "accept": "application/x-ndjson"}
    answer = send(client, "/read", content=file.read_bytes(), headers=headers)
    assert answer.text == told


def test_reports_are_kept_once(client: TestClient, path: Path) -> None:
    before = held(path)
    asked = [{"id": "oslo-2", "text": TEXT, "publisher": "Oslo Post"}, {"text": "  "},
             {"id": "bergen", "text": "It rained in Bergen."}]  # fmt: skip
    answer = send(client, "/reports?published=2024-11-09", json=asked)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["new"], told["same"], told["failed"], told["left"]) == (2, 0, 1, 0)
    assert told["not_read"][0]["where"] == "the request, item 2"
    assert held(path) == before + 2
    found = client.get(f"{V1}/reports/oslo-2").json()
    assert (found["key"], found["publisher"], found["day"]) == (told["keys"][0], "Oslo Post", "2024-11-08")
    again = send(client, "/reports?published=2024-11-09", json=asked).json()
    assert (again["new"], again["same"]) == (0, 2)


def test_files_of_any_kind_are_kept(client: TestClient, path: Path) -> None:
    words = f"{TEXT} " + "It was the third time. " * 20
    page = f"<html><head><title>T</title></head><body><article><p>{words}</p></article></body></html>"
    rows = "\n".join(json.dumps({"id": f"row-{n}", "text": f"Sweden met Norway on day {n}."}) for n in range(3))
    files = [
        ("file", ("../../etc/notes.txt", b"Denmark praised Sweden on Monday.", "text/plain")),
        ("file", ("a.html", page.encode(), "text/html")),
        ("file", ("rows.jsonl.gz", gzip.compress(rows.encode()), "application/gzip")),
        ("file", ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png")),
    ]
    answer = send(client, "/reports", files=files)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["new"], told["failed"]) == (5, 1)
    assert told["not_read"][0]["where"] == "picture.png"
    sources = {client.get(f"{V1}/reports/{key}").json()["source"] for key in told["keys"]}
    assert "notes.txt" in sources


def test_a_days_correction_reads_the_report_anew(client: TestClient, path: Path) -> None:
    sent = {"id": "dated", "text": "Sweden attacked Denmark on Monday.", "published": "2024-05-15"}
    send(client, "/reports", json=sent)
    made = send(client, "/corrections", json={"action": "date", "target": "dated", "value": "2024-06-05"})
    assert made.status_code == 201, made.text
    days = [t["day"] for t in client.get(f"{V1}/tellings?report=dated").json()["items"]]
    assert days == ["2024-06-03"]
    assert send(client, f"/corrections/{made.json()['id']}/undo").status_code == 201
    assert [t["day"] for t in client.get(f"{V1}/tellings?report=dated").json()["items"]] == ["2024-05-13"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"content": b"It rained.", "headers": {"content-type": "text/plain"}}, 415), ({"content": b""}, 415),
        ({"content": b" ", "headers": {"content-type": "application/json"}}, 422),
        ({"content": b"{no json", "headers": {"content-type": "application/json"}}, 422),
        ({"content": b"[" * 50_000, "headers": {"content-type": "application/json"}}, 422),
        ({"json": []}, 422), ({"json": 7}, 422), ({"json": [{"words": "x"}]}, 422),
        ({"json": {"text": "x" * 300_000}}, 413),
        ({"json": [{"text": f"It rained {n} times."} for n in range(201)]}, 413),
        ({"data": {"file": "no file"}, "headers": {"content-type": "multipart/form-data; boundary=x"}}, 400),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400),
        ({"content": b"{\"text\": \"\\ud800 rained.\"}", "headers": {"content-type": "application/json"}}, 200),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/read", "/reports"])
def test_what_cannot_be_taken(client: TestClient, address: str, more: dict[str, Any], status: int) -> None:
    answer = send(client, address, **more)
    assert answer.status_code == status, answer.text
    if status >= 400:
        assert list(answer.json()) == ["detail"]


def test_a_body_that_lies_about_its_length(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 10_000

    answer = send(client, "/read", content=pieces(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_others_are_answered_meanwhile(client: TestClient) -> None:
    long = [{"id": f"l{n}", "text": f"Norway met Denmark on Monday, day {n}. " * 30} for n in range(16)]
    done: list[int] = []

    def read() -> None:
        done.append(TestClient(client.app, base_url=BASE).post(V1 + "/read", json=long).status_code)

    thread = threading.Thread(target=read)
    thread.start()
    asked = 0
    while thread.is_alive():
        assert client.get(V1 + "/reports?limit=1").status_code == 200
        asked += 1
    thread.join()
    assert done == [200]
    assert asked > 3


# --- the process itself


@pytest.fixture
def alone(path: Path) -> Iterator[Keeper]:
    made = Keeper(Settings(path, fast=True), end=20)
    yield made
    made.close()


def test_one_that_was_ended_is_begun_again(alone: Keeper) -> None:
    broken = [Part("a", "application/json", b"{")]
    assert len(alone.read(broken, None).refused) == 1
    process = alone._beside._process
    assert process is not None
    process.kill()
    process.join()
    assert len(alone.read(broken, None).refused) == 1


def test_what_takes_too_long_is_given_up(path: Path) -> None:
    made = Keeper(Settings(path, fast=True), end=0.05)
    with pytest.raises(Ended, match="given up"):
        made.read([Part("a", "application/json", b'{"text": "It rained."}')], None)
    made.close()
    with pytest.raises(Ended, match="closing"):
        made.read([], None)


def test_few_may_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    made = Keeper(Settings(path))
    monkeypatch.setattr(made._beside, "ask", lambda task, *given: gate.wait())
    threads = [threading.Thread(target=made.read, args=([], None)) for _ in range(keeper.WAITING)]
    for thread in threads:
        thread.start()
    try:
        while made._waiting._value:  # type: ignore[attr-defined]
            time.sleep(0.01)
        with pytest.raises(Busy):
            made.read([], None)
    finally:
        gate.set()
    for thread in threads:
        thread.join()


def test_what_there_is_no_time_for_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "SECONDS", 0.0)
    worker = keeper._Worker(path, Settings(path).model, True)
    monkeypatch.setattr(keeper._Worker, "reader", None)
    found = worker.keep([Part("a", "application/json", b'[{"text": "One."}, {"text": "Two."}]')], None)
    assert (found.left, found.added.new) == (2, 0)
    rows = [Part("a", "application/json", json.dumps([{"text": f"R{n}."} for n in range(keeper.MOST + 1)]).encode())]
    with pytest.raises(TooMany):
        worker.keep(rows, None)
