"""Messages: the text that counts, who sent it and when, and messages that are odd."""

from __future__ import annotations

import pytest

from tests.load.sources import DATA, run

HEAD = b"From: a@b.example\nMessage-ID: <1@b>\nDate: Fri, 08 Nov 2024 21:10:59 +0100\nSubject: Rain\n"


def test_a_message() -> None:
    (report,), _, failures, told = run(DATA / "dispatch.eml")
    assert report.text.startswith("OSLO, Nov 8 (NTB) - Owners of cafés protested on Friday against a new tax.\n")
    assert "“We cannot pay,” said" in report.text
    assert "other part" not in report.text
    assert "Not the report" not in report.text
    assert (report.title, report.credits.byline, report.credits.agency) == (
        "Café owners protest in Oslo", "Kari Nordmann", "NTB",
    )  # fmt: skip
    assert report.published is not None
    assert (report.published.value, report.published.origin.value) == ("2024-11-08", "metadata")
    assert report.origin is not None
    assert report.origin.locator == "20241108.1@wire.example"
    assert (failures, told) == ([], [])


@pytest.mark.parametrize(
    ("sender", "publisher", "agency", "byline"),
    [
        (b"Reuters Staff <x@y.example>", None, "Reuters", None),
        (b"Harbour Daily Briefing <x@y.example>", "Harbour Daily Briefing", None, None),
        (b"=?utf-8?q?J=C3=B8rgen_Berg?= <x@y.example>", None, None, "Jørgen Berg"),
        (b"x@y.example", None, None, None),
    ],
)
def test_senders(sender: bytes, publisher: str | None, agency: str | None, byline: str | None) -> None:
    data = HEAD.replace(b"a@b.example", sender) + b"\nRain fell on the town all day.\n"
    credits = run("-", stdin=data)[0][0].credits
    assert (credits.publisher, credits.agency, credits.byline) == (publisher, agency, byline)


def test_a_message_of_html_alone() -> None:
    body = b"<html><body><p>The ministers of two countries met on Monday in Oslo.</p><p>Short.</p></body></html>"
    (report,), _, _, _ = run("-", stdin=HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + body)
    assert report.text.startswith("The ministers of two countries met")
    (short,), _, _, _ = run("-", stdin=HEAD + b"Content-Type: text/html\n\n<p>Rain.</p>")
    assert short.text == "Rain."


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"\n",
        HEAD + b"\n\n \n",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        HEAD + b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n",
        HEAD + b"Content-Type: text/plain; charset=base64\nContent-Transfer-Encoding: base64\n\n=====\n",
    ],
)
def test_messages_without_text(data: bytes) -> None:
    reports, _, failures, _ = run("-", stdin=data)
    assert reports == []
    assert "a message without text" in str(failures[0])


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Type: text/plain; charset=no-such-thing\n", b"Content-Type: ;;;\n", b"Date: yesterday\n",
        b"From: \xff\xfe <\n", b"Subject: =?utf-8?b?////?=\n", b"Content-Transfer-Encoding: x-what\n",
        b"Message-ID: <<<@\n", b"Content-Type: text/plain; charset*0*=x''%ff\n", b"To: " + b"(" * 5000 + b"\n",
    ],
)  # fmt: skip
def test_odd_fields_cost_only_themselves(fields: bytes) -> None:
    (report,), _, failures, _ = run("-", stdin=fields + HEAD + b"\nRain fell on the town all day.\n")
    assert report.text.strip() == "Rain fell on the town all day."
    assert failures == []


def test_parts_inside_parts() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(300))
    reports, _, failures, _ = run("-", stdin=HEAD + deep + b"Content-Type: text/plain\n\nRain.\n")
    assert len(reports) + len(failures) == 1


def test_a_report_with_a_head_of_its_own_is_no_message() -> None:
    (report,), _, _, told = run("-", stdin=b"From: the foreign desk\nDate: 8 November 2024\n\nRain fell on the town.\n")
    assert report.text.startswith("From: the foreign desk")
    assert told == ["standard input: taken for plain text"]
