"""Citations, read again by citeproc, bibtexparser and rispy."""

from __future__ import annotations

import io
import json
import warnings
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given

from dateline.present.exports import Format, export
from dateline.present.exports.citations import cite
from dateline.present.exports.plain import one_line
from dateline.record.entries import Entry, ReportEntry
from dateline.record.query import Query
from tests.present.exports.records import FakeStore, report, some, statement
from tests.present.exports.words import HARD, texts

MADE = "2024-06-01T12:00:00Z"


def written(entries: list[Entry], format: Format) -> str:
    out = io.StringIO(newline="")
    export(FakeStore(entries), Query(), format, out, made=MADE)
    return out.getvalue()


def of(*reports: ReportEntry) -> list[Entry]:
    return [statement(n, report=r) for n, r in enumerate(reports)]


@pytest.mark.parametrize("format", [Format.CSL, Format.BIBTEX, Format.RIS, Format.CITATION])
def test_each_report_once(format: Format) -> None:
    assert export(some(), Query(), format, io.StringIO(), made=MADE).rows == 2


# --- CSL -------------------------------------------------------------------------------------------------------


def test_csl_items() -> None:
    first, second = json.loads(written(some().entries, Format.CSL))
    assert first == {
        "id": "r1", "type": "article-newspaper", "title": report().title, "container-title": "The Example",
        "URL": report().url, "language": "en", "note": "credit Agency", "author": [{"literal": "Ann Smith"}],
        "issued": {"date-parts": [[2024, 5, 13]]},
    }  # fmt: skip
    assert second["note"] == "date guessed, not reliable"
    assert "author" not in second


def test_citeproc_makes_a_bibliography() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        items = json.loads(written(some().entries, Format.CSL))
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        shown = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            shown.register(Citation([CitationItem(item["id"])]))
        lines = [str(line) for line in shown.bibliography()]
    assert len(lines) == 2
    assert any("Talks & “treaties” r1" in line and "2024" in line and "The Example" in line for line in lines), lines


@given(texts)
def test_any_title_is_kept_in_csl(text: str) -> None:
    [item] = json.loads(written(of(report(title=text + "x")), Format.CSL))
    assert item["title"] == text + "x"


# --- BibTeX ----------------------------------------------------------------------------------------------------


def bibtex(data: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(data, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return [{"key": e.key, "type": e.entry_type, **{f.key: f.value for f in e.fields}} for e in library.entries]


def test_bibtex_items() -> None:
    first, second = bibtex(written(some().entries, Format.BIBTEX))
    assert first["key"] == "r1"
    assert first["type"] == "article"
    assert first["title"] == report().title
    assert (first["journal"], first["year"], first["month"], first["day"]) == ("The Example", "2024", "5", "13")
    assert first["author"] == "Ann Smith"
    raw = bibtexparser.parse_string(written(some().entries, Format.BIBTEX)).entries[0]
    assert raw.fields_dict["url"].value == report().url  # which is no LaTeX
    assert "author" not in second


@pytest.mark.parametrize("text", HARD)
def test_any_title_is_kept_in_bibtex(text: str) -> None:
    items = bibtex(written(of(report(title=f"a {text} b"), report("r2", title="next")), Format.BIBTEX))
    assert [item["key"] for item in items] == ["r1", "r2"]
    assert items[1]["title"] == "next"


@given(texts)
def test_braces_balance_whatever_the_text(text: str) -> None:
    data = written(of(report(title=text, byline=text, publisher=text, url=text)), Format.BIBTEX)
    unescaped = data.replace("\\{", "").replace("\\}", "")
    assert unescaped.count("{") == unescaped.count("}")
    assert bibtexparser.parse_string(data).entries[0].key == "r1"


# --- RIS -------------------------------------------------------------------------------------------------------


def test_ris_items() -> None:
    first, second = rispy.loads(written(some().entries, Format.RIS))
    assert first["type_of_reference"] == "NEWS"
    assert first["id"] == "r1"
    assert first["title"] == report().title
    assert first["secondary_title"] == "The Example"
    assert first["authors"] == ["Ann Smith"]
    assert (first["year"], first["date"]) == ("2024", "2024/05/13")
    assert first["urls"] == [report().url]
    assert second["notes"] == ["date guessed, not reliable"]


@given(texts)
def test_any_title_is_kept_in_ris(text: str) -> None:
    items = rispy.loads(written(of(report(title=f"a{text}b"), report("r2")), Format.RIS))
    assert [item["id"] for item in items] == ["r1", "r2"]
    assert items[0]["title"] == one_line(f"a{text}b")


# --- plain -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({}, "Ann Smith, “Talks & “treaties” r1”, The Example, credit Agency, 13 May 2024. https://news.example/r1?a=1&b=2"),
        ({"byline": None, "agency": None, "url": None, "title": "A ferry"}, "“A ferry”, The Example, 13 May 2024."),
        (
            {"byline": None, "agency": None, "url": None, "title": None, "publisher": None, "published": None},
            "[no title], r1.txt, no date.",
        ),
        (
            {"byline": None, "agency": None, "url": None, "title": "A\nferry", "reliable": False},
            "“A ferry”, The Example, 13 May 2024 (date not reliable).",
        ),
    ],
)
def test_plain_lines(told: dict[str, Any], line: str) -> None:
    assert cite(report(**told)) == line
