"""RSS, Atom, JSON Feed and OPML: entries, their dates and texts, and XML that means harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dateline.load.entries import without_doctype
from dateline.model import DateFrom, Published
from tests.load.sources import DATA, run


def test_rss() -> None:
    (pact, strike), _, failures, told = run(DATA / "harbour.rss")
    assert pact.text.startswith("OSLO, Nov 8 (NTB) – Norway and Denmark signed")
    assert pact.text.endswith("“It took years,” said the Danish minister.")
    assert (pact.title, pact.language) == ("Norway & Denmark sign fishing pact", "en")
    credits = pact.credits
    assert (credits.publisher, credits.agency, credits.byline) == ("Harbour Herald", "NTB", "Kari Nordmann")
    assert pact.published == Published("2024-11-08", DateFrom.METADATA, True)
    assert pact.origin is not None
    assert pact.origin.locator == "https://harbour.example/2024/pact"
    assert strike.text == "Ferry crews in Bergen went on strike for a third day."
    assert strike.credits.byline == "Per Hansen"
    assert [f.where.rsplit("/", 1)[1] for f in failures] == ["harbour.rss, entry 3"]
    assert "an entry without text" in failures[0].reason
    assert len(told) == 1
    assert "1 of 3 entries hold only a summary" in told[0]


def test_atom() -> None:
    (bridge, road), _, failures, told = run(DATA / "ministry.atom")
    assert bridge.text == "The minister opened a bridge on Thursday.\nA tunnel follows."
    assert (bridge.title, bridge.url) == ("Bridge & tunnel open", "https://ministry.example/news/bridge")
    assert bridge.published is not None
    assert bridge.published.value == "2024-11-07"
    assert road.origin is not None
    assert road.origin.locator == "tag:ministry.example,2024:2"
    assert failures == []
    assert len(told) == 1


def test_json_feed() -> None:
    reports, _, failures, told = run(DATA / "council.json")
    assert [r.text[:12] for r in reports] == ["The council ", "The mayor re", "The council "]
    assert [r.origin.locator for r in reports if r.origin] == [
        "https://council.example/a/1", "https://elsewhere.example/x", f"{DATA}/council.json#3",
    ]  # fmt: skip
    assert failures == []
    assert told[0].endswith("council.json: taken for a JSON feed")


def test_a_list_of_feeds_needs_a_fetcher() -> None:
    _, _, failures, _ = run(DATA / "feeds.opml")
    assert "a list of feeds, and nothing to fetch them with (2)" in str(failures[0])


@pytest.mark.parametrize("name", ["harbour.rss", "ministry.atom", "council.json", "feeds.opml"])
def test_the_content_tells_what_a_name_does_not(tmp_path: Path, name: str) -> None:
    (tmp_path / "other.txt").write_bytes((DATA / name).read_bytes())
    assert [r.text for r in run(tmp_path / "other.txt")[0]] == [r.text for r in run(DATA / name)[0]]


RSS = "<rss version='2.0'><channel><title>T</title><item><description>{}</description></item></channel></rss>"
BOMB = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    ("xml", "absent"),
    [
        (f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{BOMB}]>" + RSS.format("Rain fell. &l11;"), "lollol"),
        ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + RSS.format("Rain fell. &x;"), "root"),
        ("<!DOCTYPE rss SYSTEM 'http://127.0.0.1/x.dtd'>" + RSS.format("Rain fell. &x;"), "root"),
        ("<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>" + RSS.format("Rain fell."), "root"),
    ],
)
def test_entities_mean_nothing(xml: str, absent: str) -> None:
    reports, _, failures, _ = run("-", stdin=xml.encode())
    assert failures == []
    assert reports[0].text.startswith("Rain fell.")
    assert absent not in reports[0].text
    assert len(reports[0].text) < 100


def test_a_document_type_without_end_is_not_read() -> None:
    xml = "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 100 + RSS.format("Rain fell.")
    assert "document type that does not end" in str(run("-", stdin=xml.encode())[2][0])
    assert without_doctype("<!DOCTYPE a [<!-- don't ]> -->]><a/>") == "<a/>"


@pytest.mark.parametrize(
    "xml",
    [
        RSS.format("Rain &nbsp;fell in AT&T's town &amp; beyond."),
        RSS.format("Rain fell.")[:-20],
        RSS.format("Rain\x0b fell."),
        "\n\n" + RSS.format("Rain fell.</b>"),
        "<?xml version='1.0' encoding='ascii'?>" + RSS.format("Rain fell in Zürich."),
        "<?xml version='1.0' encoding='iso-8859-1'?>" + RSS.format("Rain fell."),
    ],
)
def test_broken_feeds_survive(xml: str) -> None:
    reports, _, failures, _ = run("-", stdin=xml.encode())
    assert failures == []
    assert reports[0].text.startswith("Rain")
    assert "fell" in reports[0].text


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1251"])
def test_encodings_of_feeds(encoding: str) -> None:
    words = "Дождь шел весь день." if encoding == "windows-1251" else "Rain fell in Zürich."
    xml = f"<?xml version='1.0' encoding='{encoding}'?>" + RSS.format(words)
    assert [r.text for r in run("-", stdin=xml.encode(encoding))[0]] == [words]


@pytest.mark.parametrize(
    "xml",
    [
        "<rss>" + "<a>" * 100_000, "<rss>" + "&" * 1_000_000, "<rss>" + "<" * 1_000_000, "<rss>" + "<!--" * 200_000,
        "<rss><!DOCTYPE" + "<!--" * 200_000, "<!DOCTYPE x [" + "<!--" * 200_000, "<rss>" + "<![CDATA[" * 200_000,
        "<rss>" + "<item/>" * 30_000 + "</rss>", "<rss " + "a='b' " * 100_000,
    ],
)  # fmt: skip
def test_hostile_feeds_end_soon(xml: str) -> None:
    began = time.monotonic()
    reports, _, failures, _ = run("-", stdin=xml.encode())
    assert reports == []
    assert failures
    assert time.monotonic() - began < 20  # seconds on this machine are tenths; quadratic time would be minutes
