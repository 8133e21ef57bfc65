"""Search in a browser: facets, pages, saving, freezing, exports that equal the screen; without scripts, at 360 px."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.keep import Record

QUERY = "/search?words=Gorbachev&find=events"


def keys(page: Page) -> list[str]:
    return page.locator("#hits .key").all_inner_texts()


def number(words: str) -> int:
    found = re.search(r"[\d,]+", words)
    assert found
    return int(found[0].replace(",", ""))


def downloaded(page: Page, name: str) -> str:
    """What a link of "Export what you see" gives."""
    menu = page.locator(".actions details", has_text="Export what you see")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_role("link", name=name, exact=True).click()
    return Path(download.value.path()).read_text("utf-8")


def serious(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found
            if v["impact"] in ("serious", "critical")]  # fmt: skip


def test_ask_and_narrow_down(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/search")
    page.get_by_label("Words", exact=True).fill("missiles")
    page.get_by_label("Find").select_option("events")
    page.keyboard.press("Tab")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect(page.locator("h1")).to_have_text("Search: missiles")
    expect(page.locator("#hits mark").first).to_have_text(re.compile("missile", re.IGNORECASE))
    offer = page.locator(".facet", has_text="Reality").locator("li").first
    count = number(offer.locator(".n").inner_text())
    offer.get_by_role("link").click()
    expect(page.locator("#found")).to_have_text(re.compile(rf"^{count} events? found"))
    assert "reality=" in page.url
    chip = page.locator(".chips li", has_text="Reality")
    chip.get_by_role("link").click()
    assert page.url.endswith("/search?words=missiles&find=events")


def test_more_comes_below_and_nothing_twice(page: Page, desk_url: str) -> None:
    page.goto(desk_url + QUERY)
    first = keys(page)
    assert len(first) == 20
    while page.locator("#more").count():
        before = len(keys(page))
        page.locator("#more a").click()
        page.wait_for_function("n => document.querySelectorAll('#hits .key').length > n", arg=before)
    assert page.url == desk_url + QUERY
    every = keys(page)
    assert every[:20] == first
    assert len(set(every)) == len(every) == number(page.locator("#found").inner_text())


def test_what_is_exported_is_what_is_seen(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}{QUERY}&reality=planned&limit=200")
    seen = keys(page)
    assert seen
    rows = [json.loads(line) for line in downloaded(page, "JSON Lines").splitlines()]
    assert sorted(row["telling"] for row in rows) == sorted(seen)
    table = downloaded(page, "CSV")
    assert all(key in table for key in seen)
    cited = downloaded(page, "BibTeX")
    assert cited.count("@article{") == len({row["report"] for row in rows})


def test_cite_this(page: Page, desk_url: str) -> None:
    page.goto(desk_url + QUERY)
    page.get_by_text("Cite this").click()
    expect(page.locator(".citation")).to_contain_text(f"{desk_url}{QUERY}")
    expect(page.locator("pre", has_text="@misc{")).to_be_visible()


def test_save_run_and_delete(page: Page, desk_url: str) -> None:
    page.goto(desk_url + QUERY)
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Missiles & <talks>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Saved searches")
    assert serious(page) == []
    feed = page.get_by_role("link", name="Atom").get_attribute("href")
    answer = page.request.get(f"{desk_url}{feed}")
    assert "<title>Dateline: Missiles &amp; &lt;talks&gt;</title>" in answer.text()
    page.get_by_role("link", name="Missiles & <talks>", exact=True).click()
    expect(page.locator("h1")).to_have_text("Search: Gorbachev")
    page.goto(f"{desk_url}/saved")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".empty")).to_contain_text("No search is saved yet")
    assert page.request.get(f"{desk_url}{feed}").status == 404


def test_freeze_and_correct(page: Page, desk_url: str, record: Path) -> None:
    page.goto(f"{desk_url}{QUERY}&reality=planned&limit=200")
    seen = keys(page)
    page.get_by_role("button", name="Freeze this result").click()
    expect(page.locator("h1")).to_have_text("Search: Gorbachev, reality planned")
    assert re.search(r"/frozen/f[0-9a-f]{20}$", page.url)
    assert keys(page) == seen
    assert serious(page) == []
    with Record(record) as kept:
        kept.correct("reject", seen[0], who="mia")
    page.reload()
    assert keys(page) == seen
    expect(page.locator(".since")).to_have_text("rejected since")
    page.get_by_role("link", name="Ask the record of today").click()
    assert seen[0] not in keys(page)
    page.goto(f"{desk_url}/frozen")
    expect(page.get_by_role("row")).to_have_count(2)
    assert serious(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts(browser: Browser, desk_url: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 740})
    bare = context.new_page()
    bare.goto(desk_url + QUERY)
    first = keys(bare)
    bare.locator("#more a").click()
    second = keys(bare)
    assert second
    assert not set(first) & set(second)
    bare.goto(f"{desk_url}{QUERY}&reality=planned")
    bare.get_by_role("button", name="Freeze this result").click()
    assert "/frozen/f" in bare.url
    bare.goto(desk_url + QUERY)
    bare.get_by_text("Save this search").click()
    bare.get_by_label("Name").fill("bare")
    bare.get_by_role("button", name="Save", exact=True).click()
    assert bare.get_by_role("link", name="bare", exact=True).is_visible()
    context.close()


def test_a_phone(page: Page, desk_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (f"{QUERY}&reality=planned", "/search?words=xylophone&reality=planned", "/saved", "/frozen"):
        page.goto(desk_url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.goto(desk_url + QUERY)
    for name in ("Export what you see", "Cite this", "Save this search"):
        page.get_by_text(name).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert serious(page) == []
    page.get_by_role("link", name="Narrow it down").click()
    expect(page.locator("#facets")).to_be_in_viewport()
    small = page.locator("#facets a, .chips a, .actions a, .actions button, .actions summary, #more a")
    for one in small.all():
        size = one.bounding_box()
        if size and one.is_visible():
            assert size["height"] >= 23.5, one.inner_text()


def test_from_the_keyboard(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/search")
    page.get_by_label("Words", exact=True).focus()
    page.keyboard.type("treaty -missiles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?words=treaty*")
    expect(page.locator("#hits mark").first).to_have_text(re.compile("treaty", re.IGNORECASE))
    assert "missile" not in " ".join(page.locator("#hits mark").all_inner_texts()).lower()
