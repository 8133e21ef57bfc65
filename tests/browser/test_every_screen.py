"""What holds for each screen: for people with a keyboard, a screen reader, a phone, a slow line, or no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

#: every screen, with its state in the address; {} is filled from the record
SCREENS = {
    "home": "/",
    "relation": "/relation?a=USA&b=SUN&around=1986-08-23",
    "partners": "/partners?a=SUN",
    "report": "/reports/{report}",
    "search": "/search?words=missiles",
    "nothing found": "/search?words=xylophone",
    "claims": "/claims?words=spy",
    "actors": "/actors?words=Gorbachev",
    "actor": "/actors/{actor}",
    "sources": "/sources",
    "codebook": "/codebook",
    "code": "/codebook/SANCTION",
    "corrections": "/corrections",
    "brief": "/brief",
    "saved": "/saved",
    "frozen": "/frozen",
    "missing": "/reports/rnothing",
}
FIRST_LOAD = 150_000


@pytest.fixture(scope="module")
def shared_desk(record_of_1986: Path, serve: Callable[[Path], str]) -> str:
    """One desk for all screens of this file, which change nothing."""
    return serve(record_of_1986)


@pytest.fixture(scope="module")
def address(shared_desk: str, record_of_1986: Path) -> Callable[[str], str]:
    from dateline.keep import Record

    with Record(record_of_1986) as record:
        report = next(iter(record.reports())).key
        actor = record.actor("Mikhail Gorbachev").key
    return lambda name: shared_desk + SCREENS[name].format(report=report, actor=actor)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_whole(page: Page, address: Callable[[str], str], shared_desk: str, name: str) -> None:
    """It opens, weighs little, comes from here alone, is usable by all on either ground, and fits a phone and 4K."""
    weights: dict[str, int] = {}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: weights.update({request.url: request.sizes()["responseBodySize"]}))
    answer = page.goto(address(name))
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert answer.status == (404 if name == "missing" else 200)
    assert page.locator("h1").count() == 1
    assert page.title().endswith("· Dateline")
    assert page.locator("main").inner_text().strip()
    assert [url for url in asked if not url.startswith((shared_desk, "data:"))] == []
    assert sum(weights.values()) < FIRST_LOAD, weights
    _reached_by_keys(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert _serious(page) == [], scheme
    for width in (360, 3840):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert page.locator("header.bar").is_hidden()
    assert page.locator("h1").is_visible()


def _reached_by_keys(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def _serious(page: Page) -> list[tuple[str, str, list[str]]]:
    return [
        (v["id"], v["help"], [node["html"][:200] for node in v["nodes"][:3]])
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", SCREENS)
def test_reading_needs_no_script(browser: Browser, address: Callable[[str], str], name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    answer = bare.goto(address(name))
    assert answer is not None
    words = bare.locator("main").inner_text()
    context.close()
    assert len(words.split()) >= 5
    assert not re.search(r"\b(undefined|NaN)\b", words)
