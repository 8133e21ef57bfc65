"""A desk without a server: the application is called directly."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from tests.factories import prose, told
from tests.peace_and_war import kept

BASE = "http://127.0.0.1:8300"


@dataclass
class Visitor:
    """A browser without scripts: it keeps its cookies, and its forms carry the page's token."""

    client: TestClient

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, **more)

    def token(self, address: str = "/login") -> str:
        found = re.search(r'<meta name="csrf" content="(\w*)"', self.client.get(address).text)
        assert found
        return found[1]

    def post(self, address: str, **fields: str) -> Any:
        return self.client.post(address, data={"csrf": self.token(), **fields}, follow_redirects=False)


def asked(visitor: Visitor, address: str) -> str:
    """The page, once its answer is there."""
    for _ in range(200):
        page = visitor.get(address)
        assert page.status_code == 200
        if "hx-trigger" not in page.text:
            return str(page.text)
        time.sleep(0.05)
    raise AssertionError("no answer within ten seconds")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of meetings and a war, and some statements on it."""
    path = tmp_path_factory.mktemp("desk") / "north.db"
    with kept(path) as record:
        what = "that Sweden attacked Denmark.\n"
        record.add_reports([
            told(f"Per Lund, premier of Norway, said on 2023-03-01 {what}" + prose("a"), "a", "2023-03-01"),
            told(f"Inger Dahl, premier of Sweden, denied on 2023-03-02 {what}" + prose("b"), "b", "2023-03-02"),
            told("Norway attacked Denmark on Monday.\n" + prose("w70", 20), "copy", "2023-05-10"),
        ])  # fmt: skip
    return path


@pytest.fixture
def path(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the record that a test may change."""
    return Path(shutil.copy(made_once, tmp_path / "north.db"))


@pytest.fixture
def visitor(path: Path) -> Iterator[Visitor]:
    with TestClient(create_app(Settings(path)), base_url=BASE) as client:
        yield Visitor(client)
