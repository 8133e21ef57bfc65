"""Web addresses: what is never fetched, what is cut off, and what comes of what is fetched."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import pytest

from dateline.errors import MissingInput
from dateline.load import Failure, Fetcher, check_paths
from dateline.load.fetching import Fetched, Limits, Target, forbidden
from tests.load.sources import DATA, PAGE, archive, run

PUBLIC = "93.184.215.14"


class Reply:
    """An answer made by hand."""

    def __init__(self, status: int = 200, body: bytes | Sequence[bytes] = b"", **headers: str) -> None:
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.body = [body] if isinstance(body, bytes) else body
        self.closed = False

    def pieces(self) -> Iterator[bytes]:
        yield from self.body

    def close(self) -> None:
        self.closed = True


class Web:
    """A web of replies by address, that keeps what was asked for."""

    def __init__(self, **replies: Reply) -> None:
        self.replies = replies
        self.asked: list[Target] = []

    def __call__(self, target: Target, left: float) -> Reply:
        self.asked.append(target)
        return self.replies[target.path.strip("/").partition("?")[0] or "root"]


def fetcher(web: Web, addresses: Sequence[str] = (PUBLIC,), **more: Any) -> Fetcher:
    return Fetcher(resolve=lambda host, port: addresses, transport=web, **more)


def refused(found: Fetched | Failure) -> str:
    assert isinstance(found, Failure), found
    assert found.where.startswith(("http", "ftp", "file", "HTTP", "x")) or not found.where
    assert "\n" not in str(found)
    return found.reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "64:ff9b:1::1",
        "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "168.63.129.16", "192.0.2.1", "203.0.113.5",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:0:4136:e378:8000:63bf:80ff:fffe", "not an address", "",
    ],
)  # fmt: skip
def test_addresses_of_the_inner_network(address: str) -> None:
    assert forbidden(address)
    web = Web(root=Reply(body=b"secret"))
    assert "not fetched" in refused(fetcher(web, [address]).fetch("http://example.org/"))
    assert "not fetched" in refused(fetcher(web, [PUBLIC, address]).fetch("http://example.org/"))
    assert web.asked == []


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_web(address: str) -> None:
    assert forbidden(address) is None


def test_private_addresses_are_allowed_only_on_demand_and_metadata_never() -> None:
    assert all(forbidden(a, True) is None for a in ("127.0.0.1", "10.0.0.1", "::1", "fd00::1", "192.168.0.9"))
    assert all(forbidden(a, True) for a in ("169.254.169.254", "fd00:ec2::254", "224.0.0.1", "0.0.0.0"))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "http://", "http:///x", "http://exa mple.org/", "http://a@example.org/",
     "http://u:p@example.org/", "http://example.org:99999/", "http://[::1", "http://2130706433/", "http://0x7f.1/",
     "http://0177.0.0.1/", "http://127.1/", "http://1.2.3/", "http://\x00/", "http://a\nb/", "http://" + "a" * 9000,
     "http://" + "a" * 70 + ".org/", "x", "", "HTTP://0/"],
)  # fmt: skip
def test_no_addresses(url: str) -> None:
    web = Web(root=Reply(body=b"secret"))
    assert refused(fetcher(web).fetch(url))
    assert web.asked == []


def test_a_number_for_a_host_is_checked_by_the_machines_own_resolver_too() -> None:
    assert refused(Fetcher(transport=Web()).fetch("http://2130706433/"))
    assert refused(Fetcher(transport=Web()).fetch("http://localhost/"))
    assert refused(Fetcher(transport=Web()).fetch("http://[::ffff:7f00:1]/"))
    assert refused(Fetcher(transport=Web()).fetch("http://127.0.0.1:8000/"))


def test_the_checked_address_is_the_one_connected_to() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    web = Web(a=Reply(body=b"rain"))
    found = Fetcher(resolve=lambda host, port: next(answers), transport=web).fetch("https://example.org/a?b=ü#c")
    assert isinstance(found, Fetched)
    assert web.asked == [Target("https", "example.org", 443, PUBLIC, "/a?b=%C3%BC")]
    assert next(answers) == ["127.0.0.1"]  # asked once only


def test_redirects_are_followed_and_each_is_checked() -> None:
    web = Web(a=Reply(302, location="/b"), b=Reply(301, location="https://other.example/c"), c=Reply(body=b"rain"))
    found = fetcher(web).fetch("http://example.org/a")
    assert isinstance(found, Fetched)
    assert (found.url, found.body) == ("https://other.example/c", b"rain")
    assert [t.host for t in web.asked] == ["example.org", "example.org", "other.example"]
    assert all(r.closed for r in web.replies.values())

    by_host = {"example.org": [PUBLIC], "inner.example": ["10.0.0.1"]}
    web = Web(a=Reply(302, location="http://inner.example/b"), b=Reply(body=b"secret"))
    found = Fetcher(resolve=lambda host, port: by_host[host], transport=web).fetch("http://example.org/a")
    assert "a private address" in refused(found)
    assert len(web.asked) == 1


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://127.1/", "//[", "", "gopher://x", "/a"])
def test_redirects_that_lead_nowhere(location: str) -> None:
    web = Web(a=Reply(302, location=location))
    assert refused(fetcher(web).fetch("http://example.org/a"))
    assert len(web.asked) <= 6


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(404), "HTTP status 404 (not found)"),
        (Reply(799), "HTTP status 799"),
        (Reply(304), "HTTP status 304"),
        (Reply(302), "redirects to nowhere"),
        (Reply(body=b"x" * 2000), "more than 0 MB"),
        (Reply(body=[b"x" * 10] * 200), "more than 0 MB"),
        (Reply(body=b"x", content_length="5000"), "more than 0 MB"),
        (Reply(body=gzip.compress(b"x" * 90_000), content_encoding="gzip"), "when unpacked"),
        (Reply(body=zlib.compress(b"x" * 90_000), content_encoding="deflate"), "when unpacked"),
        (Reply(body=gzip.compress(b"x" * 900)[:-9], content_encoding="gzip"), "cut short"),
        (Reply(body=b"not gzip", content_encoding="gzip"), "damaged"),
        (Reply(body=b"x", content_encoding="br"), "which was not asked for"),
    ],
)
def test_answers_that_are_not_taken(reply: Reply, reason: str) -> None:
    limits = Limits(packed=1_000, unpacked=5_000)
    assert reason in refused(fetcher(Web(root=reply), limits=limits).fetch("http://example.org/"))
    assert reply.closed


def test_a_slow_answer_is_cut_off() -> None:
    ticks = count(step=30)
    slow = fetcher(Web(root=Reply(body=[b"x"] * 10)), clock=lambda: float(next(ticks)))
    assert "took longer than 90 seconds" in refused(slow.fetch("http://example.org/"))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(-2, "Name or service not known"), "no such host"),
        (ConnectionRefusedError(111, "Connection refused"), "connection refused"),
        (TimeoutError(), "no answer in 15 seconds"),
    ],
)
def test_no_network_is_one_failure_and_the_run_goes_on(error: OSError, reason: str) -> None:
    def fails(host: str, port: int) -> Sequence[str]:
        raise error

    offline = Fetcher(resolve=fails)
    reports, _, failures, _ = run("http://example.org/a", DATA / "dispatch.eml", fetcher=offline)
    assert len(reports) == 1
    assert [f.where for f in failures] == ["http://example.org/a"]
    assert reason in failures[0].reason


def test_the_next_address_is_tried() -> None:
    def one_fails(target: Target, left: float) -> Reply:
        if target.address == PUBLIC:
            raise ConnectionRefusedError(111, "Connection refused")
        return Reply(body=b"rain")

    found = Fetcher(resolve=lambda h, p: [PUBLIC, "8.8.8.8"], transport=one_fails).fetch("http://example.org/")
    assert isinstance(found, Fetched)


def test_urls_among_the_paths() -> None:
    with pytest.raises(MissingInput):
        check_paths(["http://example.org/a"])
    check_paths(["http://example.org/a", str(DATA)], fetcher(Web()))
    with pytest.raises(MissingInput):
        check_paths(["ftp://example.org/a"], fetcher(Web()))


def test_what_comes_of_what_is_fetched() -> None:
    page = PAGE.encode("cp1252")
    web = Web(
        page=Reply(body=gzip.compress(page), content_type="text/html; charset=windows-1252", content_encoding="gzip"),
        plain=Reply(body=b"OSLO, Nov 8 (NTB) - Rain fell on the town all day.", content_type="text/plain"),
        rss=Reply(body=(DATA / "harbour.rss").read_bytes(), content_type="text/html"),
        atom=Reply(body=(DATA / "ministry.atom").read_bytes(), content_type="text/xml"),
        json=Reply(body=(DATA / "council.json").read_bytes(), content_type="application/json"),
        warc=Reply(body=gzip.compress(archive()), content_type="application/gzip"),
        opml=Reply(body=OPML.encode(), content_type="text/plain"),
        nested=Reply(body=b"<opml><outline xmlUrl='http://example.org/opml'/></opml>"),
        empty=Reply(),
    )
    fetch = fetcher(web)

    def of(name: str) -> list[tuple[str | None, str]]:
        reports, _, failures, _ = run(f"http://example.org/{name}?utm_source=x", fetcher=fetch)
        assert all(r.origin for r in reports)
        return [(r.url, r.origin.locator) for r in reports if r.origin] + [(None, f.reason) for f in failures]

    assert of("page") == [("http://example.org/page?utm_source=x", "http://example.org/page")]
    assert "in Zürich" in run("http://example.org/page", fetcher=fetch)[0][0].text
    assert of("plain") == [("http://example.org/plain?utm_source=x", "http://example.org/plain")]
    assert [locator for _, locator in of("rss")[:2]] == [
        "https://harbour.example/2024/pact", "https://harbour.example/2024/strike",
    ]  # fmt: skip
    assert len(of("atom")) == 2
    assert [locator for _, locator in of("json")][2] == "http://example.org/json#3"
    assert len(of("warc")) == 3
    assert len(of("opml")) == 3 + 2 + 1
    assert "inside a list of feeds" in of("nested")[0][1]
    assert "empty" in of("empty")[0][1]


OPML = """<opml><body><outline xmlUrl="http://example.org/rss"/><outline xmlUrl="http://example.org/atom"/>
<outline xmlUrl="http://example.org:77777/"/></body></opml>"""


# --- over a real connection --------------------------------------------------------------------------------------


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/again":
            self.send_response(302)
            self.send_header("Location", "/again")
            self.end_headers()
        elif self.path == "/drip":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for _ in range(100):
                self.wfile.write(b"X-A: b\r\n")
                self.wfile.flush()
                time.sleep(0.05)
        else:
            body = PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body) + (50 if self.path == "/short" else 0)))
            self.send_header("X-Host", self.headers["Host"])
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Server) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()


def test_a_real_connection(server: str) -> None:
    local = Fetcher(allow_private=True, limits=Limits(wait=3, total=1))
    found = local.fetch(f"{server}/page")
    assert isinstance(found, Fetched)
    assert (found.content_type, found.charset) == ("text/html", "utf-8")
    assert found.body == PAGE.encode()
    assert "redirects more than 5 times" in refused(local.fetch(f"{server}/again"))
    assert refused(local.fetch(f"{server}/short"))
    assert refused(local.fetch(server.replace("http:", "https:")))
    began = time.monotonic()
    assert refused(local.fetch(f"{server}/drip"))
    assert time.monotonic() - began < 4
    assert "a loopback address" in refused(Fetcher().fetch(f"{server}/page"))
