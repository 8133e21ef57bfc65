"""Requests made from the OpenAPI, right and wrong ones, and what must hold of each answer."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings
from starlette.testclient import TestClient

from dateline.present.desk.app import create_app
from dateline.present.desk.rates import Rates
from dateline.present.desk.settings import Settings
from dateline.record.query import Query
from tests.factories import prose, told
from tests.peace_and_war import kept

BASE = "http://127.0.0.1:8300"
#: What waits would only make slow.
_NO_WAIT = {"wait": 0}


@dataclass
class Tally:
    """The answers by address and status, and a line for each that was wrong."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def make_record(path: Path) -> None:
    """Two years of meetings, a war, and two who disagree about it."""
    with kept(path) as record:
        what = "that Sweden attacked Denmark.\n"
        record.add_reports([
            told(f"Per Lund, premier of Norway, said on 2023-03-01 {what}" + prose("a"), "a", "2023-03-01"),
            told(f"Inger Dahl, premier of Sweden, denied on 2023-03-02 {what}" + prose("b"), "b", "2023-03-02"),
        ])  # fmt: skip
        record.save("a search", Query(words="met"))
        record.correct("reject", next(iter(record.statements())).key, who="anna")


@contextmanager
def desk_of(path: Path, **more: Any) -> Iterator[TestClient]:
    """A desk that is asked in this process, without a limit to how often."""
    app = create_app(Settings(path, fast=True, **more))
    with mock.patch.object(Rates, "allow", return_value=True), TestClient(
        app, base_url=BASE, raise_server_exceptions=False
    ) as client:
        yield client


def ask_all(client: TestClient, examples: int, number: int, secret: str) -> Tally:
    """Ask each address its share of the examples."""
    import schemathesis
    from schemathesis import GenerationMode

    real = real_values(client)
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    operations = [found.ok() for found in schema.get_all_operations()]
    tally = Tally()
    each, more = divmod(examples, len(operations) * 2)
    for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
        for at, operation in enumerate(operations):
            _ask(client, operation, mode, each + (at < more // 2 + more % 2), number, (secret, real), tally)
    return tally


def real_values(client: TestClient) -> dict[str, dict[str, Any]]:
    """By a part of the address, what makes it one that has an answer."""

    def first(address: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = client.get(f"/api/v1/{address}").json()["items"]
        return found[0]

    return {
        "/reports/{key}": {"key": first("reports?limit=1")["key"]},
        "/actors/{key}": {"key": first("actors?limit=1&wait=20")["key"]},
        "/claims/{key}": {"key": "c" + first("statements?limit=1")["key"][1:]},
        "/relations/{a}/{b}": {"a": "NOR", "b": "DNK"}, "/partners/{a}": {"a": "DNK"},
        "/saved/{name}": {"name": "a search"}, "/corrections/{id}": {"id": 1},
    }  # fmt: skip


def _ask(
    client: TestClient, operation: Any, mode: Any, examples: int, number: int,
    known: tuple[str, dict[str, dict[str, Any]]], tally: Tally,
) -> None:  # fmt: skip
    if not examples:
        return
    address = f"{operation.method.upper()} {operation.path}"
    secret, real = known
    values = next((values for part, values in real.items() if part in operation.path), None)
    turn = count()

    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if isinstance(case.query, dict) and "wait" in case.query:
            case.query = {**case.query, **_NO_WAIT}
        if values and next(turn) % 3:  # else nearly every answer would be that there is none
            case.path_parameters = values
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _one(client, case, address, secret, tally)

    try:
        ask()
    except Exception as error:  # nothing that does not fit can be made of an address that takes anything
        if "Unsatisfiable" not in type(error).__name__ and "Unsatisfiable" not in str(error):
            raise


def _one(client: TestClient, case: Any, address: str, secret: str, tally: Tally) -> None:
    asked = case.as_transport_kwargs(base_url=BASE)
    asked.pop("cookies", None)
    known = {name: asked[name] for name in ("method", "url", "params", "headers", "json", "data", "files", "content")
             if asked.get(name) is not None}  # fmt: skip
    known["headers"] = {name: value for name, value in dict(known.get("headers", {})).items()
                        if name.lower() != "user-agent"}  # fmt: skip
    if isinstance(known.get("files"), list):  # a number is no file: the client itself would break
        known["files"] = [(name, (file[0], file[1] if isinstance(file[1], str | bytes) else str(file[1]), *file[2:]))
                          for name, file in known["files"] if isinstance(file, tuple)]  # fmt: skip
    client.cookies.clear()
    answer = client.request(**known)
    tally.answers[address, answer.status_code] += 1
    try:
        case.operation.validate_response(_response(answer, asked))
    except Exception as error:
        tally.wrong.append(f"{answer.status_code} {address} {asked.get('params')}: {str(error)[:400]}")
    if answer.status_code >= 500 and answer.status_code != 503:
        tally.wrong.append(f"{answer.status_code} {address} {known}: {answer.text[:200]}")
    if secret in answer.text or "Traceback" in answer.text:
        tally.wrong.append(f"{address} {asked.get('params')} tells a path of the disk: {answer.text[:200]}")


def _response(answer: Any, asked: dict[str, Any]) -> Any:
    from requests import Request
    from schemathesis.core.transport import Response

    sent = Request(asked["method"], str(answer.request.url)).prepare()
    headers = {name: [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, headers, answer.content, sent, 0.1, verify=True)
