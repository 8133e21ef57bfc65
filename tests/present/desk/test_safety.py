"""What stands before every answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.errors import DeskError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.desk.app import create_app
from dateline.present.desk.people import People, Person, hash_of, read_users
from dateline.present.desk.rates import Rates
from dateline.present.desk.safety import POLICY
from dateline.present.desk.settings import Settings
from tests.present.desk.conftest import BASE, Visitor

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users"
    path.write_text(f"# who may sign in\nanna:{hash_of(PASSWORD)}\nbo:{hash_of('another long password')}\n", "utf-8")
    return path


def desk(path: Path, **more: object) -> TestClient:
    return TestClient(create_app(Settings(path, **more)), base_url=BASE, follow_redirects=False)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/login", "/static/desk.css", "/nothing", "/api/v1/openapi.json"])
def test_every_answer_carries_the_headers(visitor: Visitor, address: str) -> None:
    headers = visitor.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_another_name_for_this_machine_is_refused(visitor: Visitor) -> None:
    for host in ("elsewhere.example", "127.0.0.1.elsewhere.example", ""):
        assert visitor.get("/login", headers={"host": host}).status_code == 421
    for host in ("localhost:8300", "127.0.0.1", "[::1]:8300"):
        assert visitor.get("/login", headers={"host": host}).status_code == 200


def test_files_of_the_page_may_be_kept_and_pages_not(visitor: Visitor) -> None:
    assert "immutable" in visitor.get("/static/desk.css?v=1").headers["cache-control"]
    assert "immutable" not in visitor.get("/static/desk.css").headers["cache-control"]
    assert visitor.get("/login").headers["cache-control"] == "private, no-cache"
    assert visitor.get("/static/../pages.py").status_code == 404


@pytest.mark.parametrize("address", ["/static/htmx.min.js", "/search?words=attacked", "/api/v1/openapi.json"])
def test_all_travels_small(visitor: Visitor, address: str) -> None:
    assert visitor.get(address).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in visitor.get(address, headers={"accept-encoding": "identity"}).headers


def test_the_pages_token_is_another_each_time(path: Path) -> None:
    people, one, other = People(Settings(path)), Person("desk", "one"), Person("desk", "other")
    tokens = {people.csrf(one) for _ in range(20)}
    assert len(tokens) == 20
    assert all(people.csrf_fits(one, token) and not people.csrf_fits(other, token) for token in tokens)


def test_a_change_needs_the_pages_token(visitor: Visitor) -> None:
    assert visitor.client.post("/logout").status_code == 403
    for wrong in ("0" * 128, "0" * 64, "", "zz", visitor.token()[:-2] + "00"):
        assert visitor.client.post("/logout", data={"csrf": wrong}).status_code == 403
    assert visitor.post("/logout").status_code == 303
    token = visitor.token()
    assert visitor.client.post("/logout", headers={"x-csrf-token": token}, follow_redirects=False).status_code == 303


def test_the_token_of_one_session_is_no_good_in_another(path: Path) -> None:
    one, other = Visitor(desk(path)), Visitor(desk(path))
    assert other.client.post("/logout", data={"csrf": one.token()}).status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_change_that_another_site_asks_for_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    token = visitor.token()
    answer = visitor.client.post("/logout", data={"csrf": token}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_nobody_comes_in_unasked(path: Path, users: Path) -> None:
    client = desk(path, users=users)
    answer = client.get("/search?words=grain+deal")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?then=%2Fsearch%3Fwords%3Dgrain%2Bdeal"
    assert client.get("/api/v1/openapi.json").status_code == 401
    assert client.get("/static/desk.css").status_code == 200
    assert client.get("/login").status_code == 200


def test_a_user_signs_in_and_out(path: Path, users: Path) -> None:
    client = desk(path, users=users)
    for name, password in (("anna", "wrong"), ("nobody", PASSWORD), ("bo", PASSWORD), ("", "")):
        assert client.post("/login", data={"name": name, "password": password}).status_code in (401, 422)
        assert client.get("/corrections").headers.get("location", "").startswith("/login")
    entered = client.post("/login", data={"name": "anna", "password": PASSWORD, "then": "/search?words=x"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/search?words=x")
    for word in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in entered.headers["set-cookie"]
    assert client.get("/nothing").status_code == 404
    visitor = Visitor(client)
    assert visitor.post("/logout").status_code == 303
    assert client.get("/nothing").status_code == 303


@pytest.mark.parametrize(
    "then", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:1"]
)
def test_signing_in_leads_to_no_other_site(path: Path, users: Path, then: str) -> None:
    entered = desk(path, users=users).post("/login", data={"name": "anna", "password": PASSWORD, "then": then})
    assert entered.headers["location"] == "/"


def test_a_forged_or_foreign_session_is_none(path: Path, users: Path) -> None:
    settings = Settings(path, users=users)
    people = People(settings)
    session = people.session("anna", "n")
    assert people.person_of(session) is not None
    for forged in (session[:-2] + "xx", session + "x", "", "a.b", "x" * 5000, None):
        assert people.person_of(forged) is None
    assert People(Settings(path, users=users)).person_of(session) is None
    same = Settings(path, users=users, secret=settings.secret)
    assert People(same).person_of(session) is not None
    assert People(Settings(path, users=users, secret=settings.secret, token="t")).person_of(session) is None


def test_a_session_ends_by_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.present.desk import people

    made = People(Settings(path))
    session = made.session("desk", "n")
    begun = people.now()
    monkeypatch.setattr(people, "now", lambda: begun + people.LASTS + 1)
    assert made.person_of(session) is None


def test_a_program_gives_the_token(path: Path) -> None:
    client = desk(path, token="secret words")
    assert client.get("/api/v1/openapi.json").status_code == 401
    assert client.get("/api/v1/openapi.json", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/v1/openapi.json", headers={"authorization": "Bearer secret words"}).status_code == 200
    assert client.post("/login", data={"password": "secret words"}).status_code == 303


def test_large_bodies_are_refused_whatever_their_header_says(path: Path) -> None:
    client = desk(path, largest=1000)
    assert client.post("/login", data={"password": "x" * 2000}).status_code == 413

    def pieces() -> object:
        for _ in range(20):
            yield b"x" * 100

    answer = client.post("/logout", content=pieces(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert client.post("/login", headers={"content-length": "many"}).status_code == 400


def test_guessing_passwords_is_slowed_down(path: Path, users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.present.desk import rates as module

    monkeypatch.setattr(module, "monotonic", lambda: 0.0)  # all within a moment, however slow the machine
    client = desk(path, users=users)
    answers = [client.post("/login", data={"name": "anna", "password": "x"}).status_code for _ in range(12)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_rates_fill_up_again_and_forget_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.present.desk import rates as module

    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    rates = Rates(2)
    assert [rates.allow("a") for _ in range(3)] == [True, True, False]
    assert rates.allow("b")
    now[0] = 30.0
    assert [rates.allow("a") for _ in range(2)] == [True, False]
    monkeypatch.setattr(module, "_CLIENTS", 1)
    assert rates.allow("c")
    assert list(rates._seen) == ["c"]


@pytest.mark.parametrize("line", ["anna", "anna:plain", ":$argon2id$x", "anna:"])
def test_a_users_file_that_is_none_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "users"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(DeskError, match="line 1"):
        read_users(path)
    path.write_text("# nobody\n", "utf-8")
    with pytest.raises(DeskError, match="no users"):
        People(Settings(tmp_path / "r.db", users=path))
    with pytest.raises(DeskError, match="dateline user NAME"):
        read_users(tmp_path / "missing")


def test_no_answer_tells_a_path_of_the_disk(path: Path, visitor: Visitor) -> None:
    path.write_bytes(b"damaged" * 1000)
    for address in ("/nothing", "/login", "/reports/r0", "/%00", "/../../etc/passwd", "/static/%2e%2e/app.py"):
        assert str(path.parent) not in visitor.get(address).text


def test_the_command_adds_and_removes_users(tmp_path: Path) -> None:
    file = tmp_path / "users"
    runner = CliRunner()
    added = runner.invoke(app, ["user", "anna", "--file", str(file)], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.exit_code == 0, added.output
    assert PASSWORD not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert People(Settings(tmp_path / "r.db", users=file)).signed_in("anna", PASSWORD)
    for name, password in (("bo", "short"), ("b:o", PASSWORD), ("#b", PASSWORD)):
        refused = runner.invoke(app, ["user", name, "--file", str(file)], input=f"{password}\n{password}\n")
        assert refused.exit_code != 0
    assert list(read_users(file)) == ["anna"]
    assert runner.invoke(app, ["user", "bo", "--file", str(file), "--remove"]).exit_code != 0
    assert runner.invoke(app, ["user", "anna", "--file", str(file), "--remove"]).exit_code == 0
    assert read_users(file) == {}


def test_the_desk_lets_not_everybody_in_from_elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_TOKEN", raising=False)
    for host in ("0.0.0.0", "::", "192.0.2.1"):
        refused = CliRunner().invoke(app, ["serve", "--host", host, "--record", str(path)])
        assert refused.exit_code != 0
        assert "would let everybody in" in refused.stderr
    missing = CliRunner().invoke(app, ["serve", "--users", str(path.parent / "nobody"), "--record", str(path)])
    assert missing.exit_code != 0
    assert "dateline user NAME" in missing.stderr


def test_each_change_is_written_down_with_who_asked(path: Path, users: Path, tmp_path: Path) -> None:
    audit = tmp_path / "audit.jsonl"
    client = desk(path, users=users, audit=audit)
    client.post("/login", data={"name": "anna", "password": "wrong"})
    client.post("/login", data={"name": "anna", "password": PASSWORD})
    client.get("/search")
    Visitor(client).post("/logout")
    lines = [json.loads(line) for line in audit.read_text("utf-8").splitlines()]
    assert [(e["who"], e["method"], e["path"], e["status"]) for e in lines] == [
        (None, "POST", "/login", 401), (None, "POST", "/login", 303), ("anna", "POST", "/logout", 303),
    ]  # fmt: skip
    assert PASSWORD not in audit.read_text("utf-8")


def test_one_user_cannot_act_as_another(path: Path, users: Path) -> None:
    anna, bo = desk(path, users=users), desk(path, users=users)
    anna.post("/login", data={"name": "anna", "password": PASSWORD})
    bo.post("/login", data={"name": "bo", "password": "another long password"})
    with Record(path) as record:
        key = next(iter(record.statements())).key
    fields = {"reject": key, "why": "not so", "who": "bo"}
    made = anna.post("/corrections", data={"csrf": Visitor(anna).token(), **fields})
    assert made.status_code < 400, made.text
    with Record(path) as record:
        assert [c.who for c in record.corrections()] == ["anna"]
    foreign = bo.post("/corrections", data={"csrf": Visitor(anna).token(), **fields})
    assert foreign.status_code == 403
