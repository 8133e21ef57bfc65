"""News items of ninjs 1, 2 and 3, alone, in lists and in lines."""

from __future__ import annotations

import json

from tests.load.sources import DATA, run


def test_an_item_of_version_1() -> None:
    (report,), _, failures, _ = run(DATA / "item1.ninjs.json")
    assert report.id == "urn:newsml:agency.example:20241108:1"
    assert report.text == "OSLO, Nov 8 (NTB) - Norway expelled two Danish diplomats on Friday.\nDenmark protested."
    assert (report.title, report.credits.byline) == ("Norway expels two diplomats", "Kari Nordmann")
    assert report.published is not None
    assert (report.published.value, report.published.origin.value) == ("2024-11-08", "metadata")
    assert report.credits.agency == "NTB"
    assert failures == []


def test_a_list_of_version_3() -> None:
    (report, summary), _, failures, told = run(DATA / "items3.ninjs.json")
    assert (report.text, report.title, report.url) == (
        "Ministers met on Wednesday.", "Ministers meet", "https://agency.example/items/7",
    )  # fmt: skip
    assert (report.credits.agency, report.credits.byline, report.language) == ("AP", "Per Hansen", "en")
    assert summary.text == "A summary of what ministers said."
    assert [f.reason for f in failures] == [
        "a news item without text (picture): nothing to read", "canceled by its sender: not read",
    ]  # fmt: skip
    assert [t.rsplit(": ", 1)[1] for t in told] == ["only a description, no body"]


def test_lines_of_items() -> None:
    items = json.loads((DATA / "items3.ninjs.json").read_text("utf-8"))
    reports, _, failures, _ = run("-", stdin="\n".join(json.dumps(i) for i in items).encode())
    assert [r.id for r in reports] == ["https://agency.example/items/7", "urn:agency.example:10"]
    assert [f.where for f in failures] == ["standard input, line 2", "standard input, line 3"]


def test_odd_items() -> None:
    odd = [
        {"uri": "", "body_text": "Rain."},
        {"uri": "x", "body_text": ["Rain."], "bodies": "x", "descriptions": [1, {"value": 5}]},
        {"uri": "x", "body_xhtml": "<p></p>", "headlines": {"value": "x"}, "infosource": {"name": 7}},
        {"uri": "x", "body_text": "Rain.", "versioncreated": {}, "firstcreated": "2024-11-08", "byline": 5},
    ]
    reports, _, failures, _ = run("-", stdin=json.dumps(odd).encode())
    assert [r.text for r in reports] == ["Rain.", "Rain."]
    assert reports[1].published is not None
    assert len(failures) == 2
