"""A real browser before a real desk, which serves a year of the demo's reports."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

#: what is worked out aside waits for a process to begin, on a machine that may be busy
expect.set_options(timeout=30_000)
ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def record_of_1986(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's reports of 1986, read with the patterns."""
    from dateline.keep import Record

    path = tmp_path_factory.mktemp("browser") / "thaw.db"
    with Record(path) as record:
        record.add([ROOT / "demo" / "thaw" / "1986.jsonl"], fast=True)
    return path


@pytest.fixture
def record(record_of_1986: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copy(record_of_1986, tmp_path / "thaw.db"))


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Opens a desk of a record in a process of its own, and gives its address; closed at the end of the tests."""
    opened: list[subprocess.Popen[bytes]] = []

    def opens(record: Path) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        asked = ["serve", "--fast", "--workers", "1", "--record", str(record), "--port", str(port)]
        with (tmp_path_factory.mktemp("log") / "desk.log").open("wb") as log:
            command = [sys.executable, "-m", "dateline", *asked]
            opened.append(subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "NO_PROXY": "*"}))
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/health", opened[-1])
        return address

    yield opens
    for process in opened:
        process.terminate()
    for process in opened:
        process.wait(10)


@pytest.fixture
def desk_url(record: Path, serve: Callable[[Path], str]) -> str:
    """The address of a desk whose record a test may change."""
    return serve(record)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the desk ended"
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the desk did not open within 30 seconds")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; whatever its console calls an error fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    # a missing page is told to the console as well, and is no fault of the page
    made.on("console", lambda message: errors.append(message.text)
            if message.type == "error" and "404" not in message.text else None)  # fmt: skip
    yield made
    context.close()
    assert errors == []
