"""Web pages: the article's text, and what the page's metadata say."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dateline.load import Failure
from dateline.load.pages import report_of_page
from dateline.model import Report

STORY = (
    "<p>The ministers of two countries met on Monday and agreed on a common plan for the border, officials said.</p>"
    "<p>They will meet again in June, when the plan is to be signed by both of the parliaments, a spokesman said.</p>"
    "<p>Nobody in the border towns was asked about it, and many shops stayed closed, a resident of the place said.</p>"
)


def page(head: str = "", body: str = STORY, given: date | None = None) -> Report:
    found = report_of_page(
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article>{body}</article>"
        "<footer>All rights</footer></body></html>".encode(),
        "page.html",
        given,
        lambda _: None,
    )
    assert isinstance(found, Report)
    return found


def linked(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **facts})}</script>'


def test_text_without_menus() -> None:
    text = page().text
    assert "ministers of two countries" in text
    assert "stayed closed" in text
    assert "Home" not in text


def test_json_ld() -> None:
    head = linked(
        **{"@type": "NewsArticle", "headline": "Ministers agree &amp; part",
           "datePublished": "2024-03-05T10:00:00+02:00",
           "publisher": {"@type": "Organization", "name": "Valley Post"},
           "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}]}
    ) + '<meta property="og:title" content="Other | Valley Post">'  # fmt: skip
    report = page(head)
    assert report.title == "Ministers agree & part"
    assert (report.credits.publisher, report.credits.byline) == ("Valley Post", "Jane Doe and John Roe")
    assert report.published is not None
    assert (report.published.value, report.published.origin.value, report.published.reliable) == (
        "2024-03-05", "metadata", True)  # fmt: skip


def test_json_ld_graph() -> None:
    head = linked(**{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Agreed"}]})
    assert page(head).title == "Agreed"


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 9_000, "null", '{"@type": 5, "headline": []}', '"x"', '{"@type": "Article", "author": [[[[]]]]}'],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    report = page(f'<script type="application/ld+json">{script}</script><meta property="og:title" content="Agreed">')
    assert report.title == "Agreed"


def test_open_graph() -> None:
    head = (
        '<title>Ministers agree - Valley Post</title><meta property="og:title" content="Ministers agree">'
        '<meta property="og:site_name" content="Valley Post"><meta name="author" content="By Jane Doe">'
        '<meta property="article:published_time" content="nonsense"><meta name="pubdate" content="20240305">'
    )
    report = page(head)
    assert report.title == "Ministers agree"
    assert (report.credits.publisher, report.credits.byline) == ("Valley Post", "Jane Doe")
    assert report.published is not None
    assert report.published.value == "2024-03-05"


def test_heading_where_nothing_else_names_it() -> None:
    assert page(body=f"<h1>Ministers agree</h1>{STORY}").title == "Ministers agree"


def test_guessed_date_is_not_reliable() -> None:
    published = page('<link rel="canonical" href="https://post.example/2024/03/05/ministers-agree">').published
    assert published is not None
    assert (published.value, published.origin.value, published.reliable) == ("2024-03-05", "guessed", False)


def test_given_date_comes_first() -> None:
    head = '<meta property="article:published_time" content="2024-03-05">'
    published = page(head, given=date(2024, 3, 9)).published
    assert published is not None
    assert (published.value, published.origin.value) == ("2024-03-09", "given")


def test_dateline_inside_the_article() -> None:
    report = page(body=STORY.replace("<p>The", "<p>OSLO (NTB) - The", 1))
    assert report.dateline is not None
    assert (report.dateline.place, report.credits.agency) == ("Oslo", "NTB")


def test_article_only_in_json_ld() -> None:
    words = "The ministers of two countries met on Monday and agreed on a plan. They will meet again in June."
    found = report_of_page(
        f"<html><head>{linked(**{'@type': 'Article', 'articleBody': words})}</head><body></body></html>".encode(),
        "page.html", None, lambda _: None,
    )  # fmt: skip
    assert isinstance(found, Report)
    assert found.text == words


def test_declared_encoding() -> None:
    told: list[str] = []
    data = f'<html><head><meta charset="iso-8859-2"></head><body>{STORY.replace("Nobody", "Łukasz")}</body></html>'
    found = report_of_page(data.encode("iso-8859-2"), "page.html", None, told.append)
    assert isinstance(found, Report)
    assert "Łukasz" in found.text
    assert told == ["page.html: read as iso8859-2, as the page declares"]


PARAGRAPH = "<p>The minister said on Monday that it was over and that <a href='x'>nobody</a> would come.</p>"


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH * 20_000,
        ("<div>" * 240 + PARAGRAPH + "</div>" * 240) * 60,
        "<p><b><i>" * 100_000 + PARAGRAPH,
        "<a href='/2024/01/02/x'>2024-01-02 link text</a> " * 20_000 + PARAGRAPH,
        "<time datetime='2024-99-99'>9 Foo</time>" * 20_000 + PARAGRAPH,
        "<" * 2_000_000,
        "<table><tr><td>" * 100_000,
        "<!--" * 100_000,
        "&#0;&#xD800;" + PARAGRAPH,
        "<p " + "a='x' " * 200_000 + ">" + PARAGRAPH,
    ],
    ids=["flat", "deep", "unclosed", "links", "times", "brackets", "tables", "comments", "entities", "attributes"],
)
def test_hostile_pages_end(body: str) -> None:
    found = report_of_page(f"<html><body>{body}".encode(), "page.html", None, lambda _: None)
    assert isinstance(found, Report | Failure)
