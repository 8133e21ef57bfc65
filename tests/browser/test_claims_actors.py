"""Claims and actors in a browser: a mark opens its sentence, merge and undo, keyboard, no scripts, small screens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dateline.keep import Record
from dateline.relate.claims import claims
from tests.factories import prose, told

WHAT = "that Sweden attacked Denmark near Bergen."
LINES = [
    (f"Per Lund, premier of Norway, said on 2023-03-01 {WHAT}", "2023-03-01"),
    (f"Inger Dahl, premier of Sweden, denied on 2023-03-02 {WHAT}", "2023-03-02"),
    (f"Åse Bø, premier of Denmark, said on 2023-05-03 {WHAT}", "2023-05-03"),
    ("Per Lund met Sweden on 2023-06-01.", "2023-06-01"),
    ("Per Lund, former premier of Norway, said that Norway aided Denmark.", "2023-07-01"),
    ("Per Lund, premier of Norway, said that Norway met Sweden.", "2024-07-01"),
]


@pytest.fixture(scope="module")
def north(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that no test changes."""
    made = tmp_path_factory.mktemp("claims") / "north.db"
    with Record(made) as record:
        record.add_reports([told(f"{line}\n{prose(f'topic{n}', 30)}", f"q{n}", day, publisher="Post")
                            for n, (line, day) in enumerate(LINES)])  # fmt: skip
    return made


@pytest.fixture(scope="module")
def shared(north: Path, serve: Callable[[Path], str]) -> str:
    """One desk for all tests that change nothing."""
    return serve(north)


@pytest.fixture
def path(north: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copy(north, tmp_path / "north.db"))


@pytest.fixture
def desk(path: Path, serve: Callable[[Path], str]) -> str:
    return serve(path)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def key_of(path: Path, name: str) -> str:
    with Record(path) as record:
        return record.actor(name).key


def test_a_mark_of_the_lanes_opens_its_sentence(shared: str, page: Page, north: Path) -> None:
    page.goto(f"{shared}/claims")
    page.locator(".claims h2 a").first.click()
    expect(page.locator("h1")).to_contain_text("Sweden attacked Denmark")
    marks = page.locator(".on-wide svg a")
    expect(marks).to_have_count(3)
    marks.filter(has_text="Inger Dahl denied").click()
    expect(page).to_have_url(re.compile(r"/reports/r\w+\?lit=s\w+#s-0$"))
    expect(page.locator("body")).to_contain_text("Inger Dahl, premier of Sweden, denied")
    with Record(north) as record:
        key = next(iter(record.statements(stance="denies"))).key
    assert f"lit={key}" in page.url


def test_marks_are_reached_by_keyboard(shared: str, page: Page) -> None:
    page.goto(f"{shared}/claims?words=attacked")
    page.locator(".claims h2 a").first.focus()
    page.keyboard.press("Enter")
    page.locator(".on-wide svg a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reports/.*lit=s"))


def test_an_answer_that_takes_long_comes_by_itself(shared: str, page: Page) -> None:
    page.goto(f"{shared}/claims")
    expect(page.locator(".claims li")).to_have_count(1, timeout=15_000)
    expect(page.locator("[hx-trigger]")).to_have_count(0)


def test_the_numbers_behind_the_lanes(shared: str, page: Page, north: Path) -> None:
    page.goto(f"{shared}/claims?words=attacked")
    page.locator(".claims h2 a").first.click()
    rows = page.locator("figure.lanes tbody tr")
    expect(rows.first).to_be_hidden()
    page.locator("figure.lanes summary").click()
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Per Lund")
    with Record(north) as record:
        assert page.url.endswith(claims(record, "attacked")[0].key)


def test_merge_by_name_and_undo(desk: str, page: Page, path: Path) -> None:
    lund = key_of(path, "Per Lund")
    page.goto(f"{desk}/actors?words=lund")
    page.get_by_role("link", name="Per Lund").click()
    page.get_by_label("The same as (a name)").fill("åse")
    page.get_by_role("button", name="Find it…").click()
    page.get_by_role("link", name=re.compile("Merge with Åse Bø")).click()
    expect(page.get_by_role("heading", name="What will change")).to_be_visible()
    expect(page.locator("main")).to_contain_text("They are of two states")
    page.get_by_label("Why").fill("two names of one")
    page.get_by_role("button", name="Merge the two").click()
    expect(page.locator(".done")).to_contain_text("Done.")
    expect(page.locator("#names + p")).to_contain_text("Åse Bø")
    page.locator(".done").get_by_role("button", name="Undo").click()
    expect(page.locator(".done")).to_have_count(0)
    expect(page.locator("#names + p")).not_to_contain_text("Åse Bø")
    expect(page.locator("main")).to_contain_text("two names of one")
    assert key_of(path, "Per Lund") == lund


def test_split_what_is_ticked(desk: str, page: Page, path: Path) -> None:
    page.goto(f"{desk}/actors/{key_of(path, 'Per Lund')}")
    page.locator("fieldset label").filter(has_not_text="NOR").locator("input").check()
    page.get_by_role("button", name="Set apart what is ticked…").click()
    expect(page.locator("main")).to_contain_text("will be an actor of its own")
    page.get_by_role("button", name="Set it apart").click()
    expect(page.locator(".done")).to_contain_text("Done.")
    expect(page.locator("fieldset")).to_have_count(0)


def test_all_of_it_without_scripts(desk: str, without_scripts: BrowserContext, path: Path) -> None:
    page = without_scripts.new_page()
    page.goto(f"{desk}/claims")
    for _ in range(40):
        if not page.locator(".wait").count():
            break
        page.wait_for_timeout(250)
        page.locator(".wait a").click()
    page.locator(".claims h2 a").first.click()
    page.locator(".on-wide svg a").first.click()
    expect(page).to_have_url(re.compile(r"/reports/.*lit=s"))
    lund, dahl = key_of(path, "Per Lund"), key_of(path, "Inger Dahl")
    page.goto(f"{desk}/actors/{lund}/merge?other={dahl}")
    page.get_by_role("button", name="Merge the two").click()
    expect(page.locator(".done")).to_contain_text("Done.")
    page.locator(".done").get_by_role("button", name="Undo").click()
    assert key_of(path, "Inger Dahl") == dahl


@pytest.mark.parametrize("where", ["/claims", "/claims/{claim}", "/actors", "/actors/{lund}",
                                   "/actors/{lund}/merge?other={dahl}", "/actors/{lund}/split?profile=x"])  # fmt: skip
def test_nothing_is_wider_than_a_phone(shared: str, phone: Page, north: Path, where: str) -> None:
    with Record(north) as record:
        claim = claims(record, "attacked")[0].key
    address = shared + where.format(claim=claim, lund=key_of(north, "Per Lund"), dahl=key_of(north, "Inger Dahl"))
    phone.goto(address)
    expect(phone.locator("[hx-trigger]")).to_have_count(0, timeout=15_000)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    if "{claim}" in where:
        expect(phone.locator(".on-narrow svg a").first).to_be_visible()
        expect(phone.locator(".on-wide")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["/claims/{claim}", "/actors/{lund}", "/actors/{lund}/merge?name=a",
                                   "/actors/{lund}/merge?other={dahl}", "/actors/{lund}/split"])  # fmt: skip
def test_axe_finds_nothing_serious(shared: str, page: Page, north: Path, where: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    with Record(north) as record:
        claim = claims(record, "attacked")[0].key
    page.goto(shared + where.format(claim=claim, lund=key_of(north, "Per Lund"), dahl=key_of(north, "Inger Dahl")))
    expect(page.locator("[hx-trigger]")).to_have_count(0, timeout=15_000)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["help"]) for v in found if v["impact"] in ("serious", "critical")] == []
