"""Briefs in a real browser: pick, put in order, print, without JavaScript, on a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from dateline import Record


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def pick_two(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/search?find=statements&words=treaty")
    for at in (0, 1):
        form = page.locator("form.pick").nth(at)
        form.get_by_role("button").click()
        expect(form.locator("output")).to_contain_text("In the brief")


def words_of(page: Page) -> list[str]:
    """The sentences of a brief, without the numbers of their notes."""
    return [text.rstrip("0123456789") for text in page.locator("blockquote.quote").all_inner_texts()]


def no_wider(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_pick_order_and_print(page: Page, desk_url: str) -> None:
    pick_two(page, desk_url)
    page.get_by_role("link", name="Brief", exact=True).first.click()
    first, second = words_of(page)
    page.get_by_role("button", name="Move down").first.click()
    expect(page.locator("blockquote.quote").first).to_contain_text(second)
    assert page.evaluate("document.activeElement.id") == "down-1"  # whoever moves it by keys can go on
    page.get_by_label("Heading or remark").fill("What was said of the treaty")
    page.get_by_role("button", name="Add as heading").click()
    heading = page.get_by_role("heading", name="What was said of the treaty")
    expect(heading).to_be_visible()
    for place in (1, 0):
        page.locator("#up-3").click()
        expect(page.locator("section.item").nth(place)).to_contain_text("What was said of the treaty")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    size = printed.pages[0].mediabox
    assert (round(float(size.width)), round(float(size.height))) == (595, 842)  # A4, in points
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert text.index("What was said of the treaty") < text.index("Sources")
    assert re.search(rf"\bs[0-9a-f]{{12}}\b.*{re.escape(desk_url)}/reports/", text.split("Sources")[1])
    assert "Add to brief" not in text
    assert "Remove" not in text
    for quote in (first, second):
        assert " ".join(quote.split())[:60] in text


def test_a_picture_stands_in_the_brief(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/sources")
    expect(page.get_by_role("heading", name="Days with reports")).to_be_visible()
    page.get_by_role("button", name="Add picture to brief").click()
    expect(page.locator("form.pick output")).to_contain_text("In the brief")
    page.goto(f"{desk_url}/brief")
    picture = page.locator("figure img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    assert "reports by day" in (picture.get_attribute("alt") or "")


def test_without_javascript_on_a_phone(plain_page: Page, desk_url: str) -> None:
    page = plain_page
    page.goto(f"{desk_url}/search?find=statements&words=treaty")
    page.locator("form.pick button").first.click()
    assert page.url.endswith("words=treaty")
    page.goto(f"{desk_url}/brief")
    assert len(words_of(page)) == 1
    page.get_by_label("Heading or remark").fill("Seen without scripts")
    page.get_by_role("button", name="Add as remark").click()
    page.get_by_role("button", name="Move up").nth(1).click()
    expect(page.locator("section.item").first).to_contain_text("Seen without scripts")
    assert no_wider(page)
    page.get_by_role("button", name="Remove from the brief").first.click()
    expect(page.locator("section.item")).to_have_count(1)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Markdown").click()
    assert Path(saved.value.path()).read_text("utf-8").startswith("# Brief\n")


def test_what_was_corrected_since_is_told(page: Page, desk_url: str, record: Path) -> None:
    pick_two(page, desk_url)
    key = page.locator(".key").first.inner_text()
    with Record(record) as kept:
        kept.correct("reject", key, who="anna", why="she quotes another")
    page.goto(f"{desk_url}/brief")
    expect(page.locator(".changed")).to_have_count(1)
    expect(page.locator(".changed")).to_contain_text("Rejected since. By anna")


def test_the_guide_of_a_first_visit_is_put_away(plain_page: Page, desk_url: str) -> None:
    page = plain_page
    page.goto(f"{desk_url}/relation?a=USA&b=SUN")
    expect(page.get_by_role("heading", name="In three steps")).to_be_visible()
    page.get_by_role("button", name="Understood").click()
    assert page.url == f"{desk_url}/relation?a=USA&b=SUN"
    expect(page.get_by_role("heading", name="In three steps")).to_have_count(0)


def test_an_empty_record_takes_a_pasted_report(page: Page, serve: object, tmp_path: Path) -> None:
    Record(tmp_path / "new.db").close()
    desk = serve(tmp_path / "new.db")  # type: ignore[operator]
    page.goto(f"{desk}/sources")
    page.get_by_label("Text of the report").fill("OSLO - Norway warned Denmark on Monday.")
    page.get_by_label("Published on").fill("2024-03-05")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Read, and kept:")).to_be_visible(timeout=60_000)
    page.locator("main ul.list a").first.click()
    expect(page.locator("main")).to_contain_text("Norway warned Denmark")


def test_nothing_is_wider_than_a_phone(page: Page, desk_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("/sources", "/codebook", "/codebook/CONSULT", "/brief", "/sources/reports", "/add"):
        page.goto(f"{desk_url}{address}")
        assert no_wider(page), address
