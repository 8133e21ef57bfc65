"""What is seen, as a file: the bytes of ``dateline export``, streamed, with a name that is safe."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from dateline.errors import RecordError
from dateline.keep import Record
from dateline.present.desk import exporting
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.views.actions import ABOUT, CITATIONS, citation_of, exports_of
from dateline.present.exports import Format, export, formats_of, media
from dateline.record.query import Find, Query
from dateline.record.sqlite import searching
from tests.factories import prose, told
from tests.present.desk.conftest import BASE, Visitor

NOW = "2024-06-01T00:00:00Z"


@pytest.fixture(autouse=True)
def one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "utc_now", lambda: NOW)


_TAKES = [(format, find) for format in Format for find in Find if format in formats_of(find)]


@pytest.mark.parametrize(("format", "find"), _TAKES)
def test_the_bytes_of_the_command(visitor: Visitor, path: Path, format: Format, find: Find) -> None:
    found = visitor.get("/export", params={"format": format.value, "find": find.value, "until": "2023-03-05"})
    assert found.status_code == 200
    assert found.headers["content-type"].split(";")[0] == media(format)
    with Record(path) as record:
        out = _Pipe()
        export(record.store, Query.of({"find": find, "until": "2023-03-05"}), format, out, made=NOW)  # type: ignore[arg-type]
    assert found.content == bytes(out.written)
    assert found.content


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Stories printed several times: on one day, months apart, and by those who tell no day."""
    path = tmp_path_factory.mktemp("copied") / "r.db"
    raid = "Norway attacked Denmark on 2024-05-13.\nPer Lund said that Sweden aided Norway.\n" + prose("raid", 12)
    talks = "Sweden met Denmark on 2024-05-20.\nPer Lund denied that Norway met Sweden.\n" + prose("talks", 12)
    with Record(path) as record:
        record.add_reports([
            told(raid, "raid-undated", None, publisher="Dagen"), told(raid, "raid-late", "2024-09-01", agency="NTB"),
            told(raid.upper(), "raid", "2024-05-15", publisher="Bladet"), told(talks, "talks", "2024-05-22"),
            told(talks, "talks-copy", "2024-05-22", publisher="Dagen"), told(talks + "\nNorway met Denmark.", "more"),
            told("Denmark met Norway.\n" + prose("none"), "alone", None),
            told("Denmark met Norway.\n" + prose("none"), "alone-copy", None),
        ])  # fmt: skip
    with TestClient(create_app(Settings(path)), base_url=BASE) as client:
        yield client


@pytest.mark.parametrize("window", [2, 7, 200])
@pytest.mark.parametrize("find", list(Find))
@pytest.mark.parametrize("asked", [
    {}, {"words": "Norway"}, {"actor": "NOR"}, {"words": "denmark", "actor": "NOR"}, {"since": "2024-05-20"},
    {"publisher": "Dagen"}, {"words": "harbour OR winter OR candle", "reliable": "1"}, {"copies": "1"},
    {"copies": "1", "words": "Norway"},
])  # fmt: skip
def test_an_export_holds_the_rows_of_the_screen(
    copied: TestClient, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], find: Find, window: int
) -> None:
    monkeypatch.setattr(searching, "WINDOW", window)
    address: str | None = "/search?" + urlencode({**asked, "find": find.value})
    shown: list[str] = []
    while address:
        page = copied.get(address).text
        shown += re.findall(r'<p class="of"><a href="(/reports/[^"#]+)', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward and unescape(onward[1])
    lines = copied.get("/export?" + urlencode({**asked, "find": find.value, "format": "jsonl"})).text.splitlines()
    rows = [json.loads(line) for line in lines]
    own = {Find.SENTENCES: "sentence_start", Find.STATEMENTS: "statement", Find.EVENTS: "telling"}[find]
    exported = [f"/reports/{r['report']}?lit={'s-' * (find is Find.SENTENCES)}{r[own]}" for r in rows]
    assert sorted(shown) == sorted(exported)
    assert shown or find is not Find.SENTENCES


class _Pipe:
    """A pipe: it can only be written to."""

    closed = False

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        self.written += data
        return len(data)

    def flush(self) -> None: ...


def test_the_rows_of_the_command_line(visitor: Visitor, path: Path) -> None:
    asked = ["export", "--record", str(path), "--out", "-", "--format", "csv", "--find", "events", "--type", "ASSAULT"]
    written = subprocess.run([sys.executable, "-m", "dateline", *asked], capture_output=True, check=True).stdout
    assert visitor.get("/export?format=csv&find=events&type=ASSAULT").content == written
    assert written.count(b"\n") > 40


def test_every_format_has_a_link(visitor: Visitor) -> None:
    assert set(ABOUT) == set(Format)
    for find in ("sentences", "statements", "events"):
        page = visitor.get(f"/search?find={find}&actor=NOR").text
        linked = [unescape(a) for a in re.findall(r'href="(/export[^"]*)"', page)]
        assert {a.split("format=")[1].split("&")[0] for a in linked} == {f.value for f in formats_of(Find(find))}
        for address in linked:
            assert visitor.client.head(address).status_code == 200


def test_reports_are_cited_alone() -> None:
    told = exports_of("reports", {"report": "r1"})
    assert [one.name for one in told] == [ABOUT[f][0] for f in CITATIONS]
    assert told[0].address == "/export?format=citation&report=r1"


@pytest.mark.parametrize(("address", "status", "reason"), [
    ("/export?format=gdelt&find=sentences", 422, "holds no sentences"),
    ("/export?format=xlsx", 422, "there is no 'xlsx'; there are csv"),
    ("/export?format=csv&since=never", 422, "is no day"),
    ("/export?format=csv&find=events&actor=Nobody+Whatever", 404, "no actor called"),
])  # fmt: skip
def test_what_cannot_be_exported_is_refused_with_a_reason(
    visitor: Visitor, address: str, status: int, reason: str
) -> None:
    for found in (visitor.get(address), visitor.client.head(address)):
        assert found.status_code == status
        assert "content-disposition" not in found.headers
    assert reason in unescape(visitor.get(address).text)


def test_a_name_of_plain_letters(visitor: Visitor) -> None:
    found = visitor.get("/export", params={"format": "ris", "words": 'Denmark "../..\\\r\nSet-Cookie: é" ' + "x" * 90})
    assert re.fullmatch(r'attachment; filename="north-denmark-set-cookie-x{20,40}\.ris"',
                        found.headers["content-disposition"])  # fmt: skip
    assert found.headers["x-content-type-options"] == "nosniff"


def test_head_tells_what_get_would_be(visitor: Visitor) -> None:
    head, get = visitor.client.head("/export?format=csv&find=events"), visitor.get("/export?format=csv&find=events")
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-disposition"):
        assert head.headers[name] == get.headers[name]
    assert "content-length" not in head.headers


def test_an_archive_can_be_opened(visitor: Visitor) -> None:
    found = visitor.get("/export?format=brat&find=events&until=2022-01-10").content
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        assert archive.testzip() is None
        assert "annotation.conf" in archive.namelist()


# --- streaming


class Slow:
    """A store whose list of events goes on for ever, or breaks; it tells how far it was read."""

    def __init__(self, store: Any, ends: int | None = None) -> None:
        self._store, self._ends = store, ends
        self.read = 0
        self.closed = threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def tellings(self, query: Query) -> Iterator[Any]:
        [one, *_] = self._store.tellings(query)
        try:
            while self._ends is None or self.read < self._ends:
                self.read += 1
                yield one
            raise RecordError("r.db", "the disk gave an error")
        finally:
            self.closed.set()


def test_no_more_is_read_than_the_reader_takes(path: Path) -> None:
    with Record(path) as record:
        slow = Slow(record.store)
        pieces = exporting.Pieces(slow, Query(find=Find.EVENTS), Format.CSV, NOW)
        first = next(pieces)
        assert first.startswith(b"kind,telling,")
        assert not slow.closed.wait(1.0)
        rows = slow.read
        assert rows * 200 < (exporting.AHEAD + 4) * 3 * (1 << 16)
        pieces.close()
        assert slow.closed.wait(5.0)
        assert slow.read - rows < 1_000


def test_an_error_after_the_first_bytes_cuts_the_answer_off(path: Path) -> None:
    app = create_app(Settings(path))
    with TestClient(app, base_url=BASE) as client:
        app.state.desk.record.store = Slow(app.state.desk.record.store, ends=2_000)
        with pytest.raises(RuntimeError, match="response already started"):
            client.get("/export?format=csv&find=events")


def test_an_error_before_the_first_bytes_is_told(path: Path) -> None:
    app = create_app(Settings(path))
    with TestClient(app, base_url=BASE) as client:
        app.state.desk.record.store = Slow(app.state.desk.record.store, ends=3)
        found = client.get("/export?format=csv&find=events")
        assert found.status_code == 503
        assert "r.db" not in found.text


def test_so_many_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_RUNNING", threading.BoundedSemaphore(1))
    with TestClient(create_app(Settings(path)), base_url=BASE) as client:
        assert exporting._RUNNING.acquire(blocking=False)
        found = client.get("/export?format=csv&find=events")
        assert (found.status_code, found.headers["retry-after"]) == (503, "60")
        exporting._RUNNING.release()
        for _ in range(3):
            assert client.get("/export?format=csv&find=events").status_code == 200


# --- citing


def test_a_view_is_cited_with_its_address_and_day() -> None:
    address = "http://127.0.0.1:8300/search?words=a&find=events"
    cited = citation_of("Search: 50% & {more}", "thaw", address, "2026-11-03")
    assert cited.text == ("Dateline (2026). Search: 50% & {more}: the record “thaw”. Seen on 3 November 2026."
                          f" {address}")  # fmt: skip
    assert r"title = {Search: 50\% \& \{more\}: the record “thaw”}" in cited.bibtex
    assert "urldate = {2026-11-03}" in cited.bibtex
    assert cited.ris.splitlines()[0] == "TY  - ELEC"
    assert cited.ris.splitlines()[-1] == "ER  - "
    assert json.loads(cited.csl)["accessed"] == {"date-parts": [[2026, 11, 3]]}


def test_the_page_cites_its_own_address(visitor: Visitor) -> None:
    page = unescape(visitor.get("/search?find=events&actor=NOR").text)
    assert f"{BASE}/search?find=events&actor=NOR" in page
    assert "@misc{dateline" in page
    assert "TY  - ELEC" in page
