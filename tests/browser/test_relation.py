"""A relation in a browser: a bar to its sentence, the day dragged and keyed, folds, no scripts, small screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

RELATION = "/relation?a=USA&b=SUN&around=1986-08-23"
VERDICT = re.compile(r"(Changed for the (better|worse)|No change seen|Too little evidence) around")
SLOW = 30_000


@pytest.fixture(scope="module")
def desk(record_of_1986: Path, serve: Callable[[Path], str]) -> str:
    """One desk for all tests of this file, which change nothing."""
    return serve(record_of_1986)


@pytest.fixture
def relation(page: Page, desk: str) -> Iterator[Page]:
    """The screen, once its answer stands."""
    page.goto(desk + RELATION)
    expect(page.locator("#answer .verdict")).to_have_text(VERDICT, timeout=SLOW)
    expect(page.locator("#handle")).to_be_visible()
    yield page
    page.wait_for_load_state("networkidle")


def asked(page: Page, name: str) -> str | None:
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def test_it_opens_with_its_answer_and_the_sentences(relation: Page) -> None:
    verdict = relation.locator("#answer .verdict")
    box = verdict.bounding_box()
    assert box is not None
    assert box["y"] < 400, "the answer is seen without scrolling"
    expect(relation.locator("#answer article.entry").first).to_be_visible()
    assert relation.locator("#answer svg:visible").count() == 1


def test_a_bar_opens_to_its_sentence_and_that_to_its_report(relation: Page) -> None:
    bar = relation.locator('#stage svg a[href*="cell="]').filter(has_text=re.compile(r"Oct 1986: .*conflict")).first
    bar.locator("path").last.click()
    panel = relation.locator("#cell")
    expect(panel.locator("h2")).to_contain_text("conflict, Oct 1986")
    expect(panel.locator("h2")).to_be_focused()
    assert asked(relation, "around") == "1986-08-23"
    where = relation.url
    assert "/relation/cell?" in where
    sentence = panel.locator("article.entry .quote").first.inner_text()
    panel.locator('article.entry a[href^="/reports/"]').first.click()
    relation.wait_for_url("**/reports/**")
    assert "lit=" in relation.url
    expect(relation.locator("main .lit").first).to_be_visible()
    relation.goto(where)
    expect(panel.locator("article.entry .quote").first).to_have_text(sentence)


def test_the_day_is_dragged(relation: Page) -> None:
    handle = relation.locator("#handle")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    before = handle.get_attribute("aria-valuenow")
    relation.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    relation.mouse.down()
    relation.mouse.move(box["x"] - 100, box["y"] + 10, steps=5)
    assert handle.get_attribute("aria-valuenow") != before
    assert asked(relation, "around") == "1986-08-23", "nothing is asked before the day is let go"
    relation.mouse.up()
    expect(relation.locator("#answer")).not_to_have_attribute("data-around", "1986-08-23", timeout=SLOW)
    day = relation.locator("#handle").get_attribute("data-day")
    assert day is not None
    assert day < "1986-08-23"
    expect(relation.locator("#answer")).to_have_attribute("data-around", day)
    assert asked(relation, "around") == day
    assert relation.locator("#q-around").input_value() == day
    expect(relation.locator("#answer .verdict time")).to_have_attribute("datetime", day)
    weekly = relation.locator("a[data-keeps]", has_text="week").get_attribute("href")
    assert f"around={day}" in str(weekly)


def test_a_day_lies_where_it_is_dropped(relation: Page) -> None:
    """The middle of a month's bar is a day of the middle of that month."""
    relation.locator("#handle").scroll_into_view_if_needed()
    link = relation.locator('#stage svg a[href*="out.conflict"]').nth(2)
    found = re.search(r"cell=(\d{4}-\d\d)", link.get_attribute("href") or "")
    bar, handle = link.bounding_box(), relation.locator("#handle").bounding_box()
    assert found is not None
    assert bar is not None
    assert handle is not None
    relation.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + 5)
    relation.mouse.down()
    relation.mouse.move(bar["x"] + bar["width"] / 2, handle["y"] + 5)
    relation.mouse.up()
    day = relation.locator("#handle").get_attribute("data-day")
    assert f"{found[1]}-14" <= str(day) <= f"{found[1]}-18"
    expect(relation.locator("#answer")).to_have_attribute("data-around", str(day), timeout=SLOW)


def test_the_day_is_moved_with_keys(relation: Page) -> None:
    handle = relation.locator("#handle")
    assert handle.get_attribute("role") == "slider"
    handle.focus()
    relation.keyboard.press("ArrowRight")
    relation.keyboard.press("ArrowRight")
    relation.keyboard.press("ArrowLeft")
    relation.keyboard.press("Shift+ArrowRight")
    assert handle.get_attribute("aria-valuetext") == "August 31, 1986"
    expect(relation.locator("#answer")).to_have_attribute("data-around", "1986-08-31", timeout=SLOW)
    assert asked(relation, "around") == "1986-08-31"
    expect(handle).to_be_focused()
    relation.keyboard.press("Home")
    first = date(1970, 1, 1) + timedelta(days=int(handle.get_attribute("aria-valuemin") or 0))
    assert handle.get_attribute("data-day") == first.isoformat()
    relation.keyboard.press("End")
    assert handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    expect(relation.locator("#answer")).to_have_attribute("data-around", str(handle.get_attribute("data-day")),
                                                          timeout=SLOW)  # fmt: skip


def test_the_day_is_typed(relation: Page) -> None:
    relation.locator("#q-around").fill("1986-10-11")
    relation.get_by_role("button", name="Ask").click()
    relation.wait_for_url("**around=1986-10-11**")
    expect(relation.locator("#answer")).to_have_attribute("data-around", "1986-10-11", timeout=SLOW)
    expect(relation.locator("#handle")).to_have_attribute("data-day", "1986-10-11")


def test_back_leads_to_the_day_before(relation: Page) -> None:
    relation.locator("#handle").focus()
    relation.keyboard.press("PageUp")
    expect(relation.locator("#answer")).to_have_attribute("data-around", "1986-09-22", timeout=SLOW)
    relation.go_back()
    expect(relation.locator("#answer")).to_have_attribute("data-around", "1986-08-23", timeout=SLOW)
    expect(relation.locator("#handle")).to_have_attribute("data-day", "1986-08-23")
    assert asked(relation, "around") == "1986-08-23"


def test_bars_are_one_stop_and_arrows_go_on(relation: Page) -> None:
    bars = relation.locator("#stage svg a")
    assert bars.count() > 20
    assert relation.locator('#stage svg a[tabindex="0"]').count() == 1
    bars.first.focus()
    relation.keyboard.press("ArrowRight")
    expect(bars.nth(1)).to_be_focused()
    relation.keyboard.press("Enter")
    expect(relation.locator("#cell h2")).to_be_focused()


def test_every_bar_has_words(relation: Page) -> None:
    bars = relation.locator("#stage svg a")
    assert all(bars.evaluate_all("all => all.map(bar => bar.querySelector('title')?.textContent)"))


def test_folds_open(relation: Page) -> None:
    relation.locator("#fold-numbers > summary").click()
    number = relation.locator('#fold-numbers a[href*="/relation/cell"]').first
    expect(number).to_be_visible(timeout=SLOW)
    number.click()
    expect(relation.locator("#cell article.entry").first).to_be_visible()
    relation.locator("#fold-words > summary").click()
    expect(relation.locator("#fold-words svg:visible").first).to_be_visible(timeout=SLOW)
    relation.locator("#fold-forecast > summary").click()
    expect(relation.locator("#fold-forecast .inside")).to_contain_text(
        re.compile("No forecast|made from"), timeout=SLOW)  # fmt: skip


def test_without_scripts(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    bare = context.new_page()
    bare.goto(desk + RELATION)
    for _ in range(60):
        if VERDICT.search(bare.locator("#answer").inner_text()):
            break
        bare.wait_for_timeout(300)
        bare.get_by_role("link", name="Look again").click()
    assert VERDICT.search(bare.locator("#answer").inner_text())
    assert bare.locator("#handle").is_hidden()
    bare.locator('#stage svg a[href*="out.conflict"] path').first.click()
    assert "/relation/cell?" in bare.url
    assert bare.locator("#cell article.entry").count() > 0
    assert asked(bare, "around") == "1986-08-23"
    bare.locator("#q-around").fill("1986-10-11")
    bare.get_by_role("button", name="Ask").click()
    assert asked(bare, "around") == "1986-10-11"
    bare.locator("#fold-numbers > summary").click()
    bare.locator("#fold-numbers").get_by_role("link", name="Open it on a page of its own").click()
    assert bare.locator("table.numbers tbody tr").count() >= 12
    context.close()


def test_on_a_phone(browser: Browser, desk: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    phone = context.new_page()
    errors: list[str] = []
    phone.on("pageerror", lambda error: errors.append(str(error)))
    phone.goto(desk + RELATION)
    expect(phone.locator("#stage > svg#river-360")).to_be_visible(timeout=SLOW)
    expect(phone.locator("#answer .verdict")).to_have_text(VERDICT, timeout=SLOW)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    wide = phone.locator("#stage > svg").bounding_box()
    assert wide is not None
    assert wide["width"] <= 360
    handle = phone.locator("#handle")
    grip = handle.bounding_box()
    assert grip is not None
    assert grip["width"] >= 24
    handle.focus()
    phone.keyboard.press("PageUp")
    expect(phone.locator("#answer")).to_have_attribute("data-around", "1986-09-22", timeout=SLOW)
    phone.locator('#stage svg a[href*="out.conflict"]').first.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#cell article.entry").first).to_be_visible()
    phone.set_viewport_size({"width": 1280, "height": 900})
    expect(phone.locator("#stage > svg#river")).to_be_visible(timeout=SLOW)
    assert errors == []
    context.close()


def test_print_shows_the_day_that_was_asked(relation: Page) -> None:
    relation.emulate_media(media="print")
    assert relation.locator("#handle").is_hidden()
    assert relation.locator("#stage svg .moment-told").is_visible()
    assert relation.locator("#answer .verdict").is_visible()


def test_a_tile_of_the_partners_leads_to_its_relation(page: Page, desk: str) -> None:
    page.goto(desk + "/partners?a=SUN&around=1986-08-23")
    first = page.locator("#tiles .tile").first
    expect(first.locator(".verdict")).to_contain_text(re.compile("changed for|no change seen|too little"), timeout=SLOW)
    name = first.locator("h2").inner_text()
    first.locator("h2 a").click()
    expect(page.locator("h1")).to_contain_text(name)
    assert asked(page, "around") == "1986-08-23"
    page.wait_for_load_state("networkidle")
