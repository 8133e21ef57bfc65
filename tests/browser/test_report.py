"""A report in a browser: keys, edits, undo, links that light a sentence, no scripts, small screens, hostile text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from dateline.keep import Record
from tests.factories import told

LIT = ".item.lit"


@pytest.fixture(scope="session")
def rich(record_of_1986: Path) -> str:
    """The key of a report with several statements and events."""
    with Record(record_of_1986, create=False) as record:

        def entries(key: str) -> int:
            statements, tellings = record.store.inside_between(key, 0, 99)
            return len(statements) + len(tellings)

        return max((r.key for r in list(record.reports())[:80]), key=lambda key: (entries(key), key))


def in_view(page: Page, selector: str) -> bool:
    """Whether the first such element comes to stand within the window."""
    size = page.viewport_size
    assert size is not None
    for _ in range(30):  # pages scroll smoothly
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        if box["y"] >= 0 and box["y"] + min(box["height"], 40) <= size["height"]:
            return True
        page.wait_for_timeout(100)
    return False


def settled(page: Page) -> None:
    page.wait_for_function("""new Promise(done => {
      const at = () => scrollY + 1e6 * (document.querySelector(".found")?.scrollTop ?? 0);
      let before = -1;
      const look = () => { if (at() === before) done(true); else { before = at(); setTimeout(look, 150); } };
      look();
    })""")


def test_each_key(desk_url: str, page: Page, rich: str) -> None:
    page.goto(f"{desk_url}/reports/{rich}")
    items = page.locator(".item")
    assert items.count() > 4
    page.keyboard.press("y")  # nothing is lit yet
    expect(page.locator("#told")).to_contain_text("j or k")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = items.nth(1)
    expect(second).to_have_class(re.compile(r"\blit\b"))
    expect(second).to_be_focused()
    expect(page.locator(".item.lit")).to_have_count(1)
    key = second.get_attribute("data-key")
    assert f"lit={key}" in page.url
    assert page.locator(f'.words .on[data-m~="{key}"]').count() > 0
    settled(page)
    assert in_view(page, ".sentence.lit")
    assert in_view(page, LIT)

    page.keyboard.press("y")
    expect(page.locator(f"{LIT} .decision")).to_contain_text("Accepted by desk")
    expect(page.locator(f"{LIT} .badge.accepted")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator(f"{LIT} .decision")).to_contain_text("Rejected by desk")
    expect(page.locator("#told")).to_contain_text("Rejected")
    assert page.locator(f'.words [data-m~="{key}"]').count() == 0  # what is rejected is not marked in the text
    page.keyboard.press("u")
    expect(page.locator(f"{LIT} .decision")).to_contain_text("Accepted by desk")
    page.keyboard.press("u")
    expect(page.locator(f"{LIT} .decision")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("#told")).to_contain_text("nothing of yours to undo")
    expect(page.locator(LIT)).to_have_attribute("data-key", key or "")

    page.keyboard.press("?")
    expect(page.locator("#keys table")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys table")).to_be_hidden()


def test_edit_by_key_and_keys_rest_while_typing(desk_url: str, page: Page, rich: str, record: Path) -> None:
    page.goto(f"{desk_url}/reports/{rich}")
    page.keyboard.press("j")
    statement = page.locator(".item.is-statement").first
    while "lit" not in (statement.get_attribute("class") or ""):
        page.keyboard.press("j")
    key = statement.get_attribute("data-key") or ""
    page.keyboard.press("e")
    first = page.locator(f"#card-{key} .edit #f-speaker")
    expect(first).to_be_focused()
    first.press("Control+a")
    page.keyboard.type("junkyard")  # has j, u, n, y, k: no key may act
    expect(first).to_have_value("junkyard")
    expect(page.locator(".decision")).to_have_count(0)
    first.fill("nobody")
    page.select_option("#f-stance", "doubts")
    page.fill("#f-why", "it is not said who")
    page.keyboard.press("Enter")
    decision = page.locator(f"#card-{key} .decision")
    expect(decision).to_contain_text("Edited")
    expect(decision).to_contain_text("it is not said who")
    expect(page.locator(f"#card-{key} .badge.doubts")).to_be_visible()
    with Record(record, create=False) as kept:
        made = list(kept.corrections(key))
        assert [(c.field, c.who) for c in made] == [("speaker", "desk"), ("stance", "desk")]
        assert {c.why for c in made} == {"it is not said who"}
        assert next(kept.statements(report=made[0].report, judged="edited")).stance == "doubts"

    page.keyboard.press("e")  # what makes no sense is told, and nothing changes
    page.fill(f"#card-{key} #f-speaker", "Nobody Of This Name")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("is no actor in the record")



def test_a_link_lights_one_sentence_and_it_is_in_view(
    desk_url: str, page: Page, browser: Browser, rich: str, record: Path
) -> None:
    with Record(record, create=False) as kept:
        *_, entry = kept.store.inside_between(rich, 0, 999)[0]
    address = f"{desk_url}/reports/{rich}?lit={entry.key}#s-{entry.sentence.start}"
    page.goto(address)
    settled(page)
    expect(page.locator(".sentence.lit")).to_have_count(1)
    expect(page.locator(LIT)).to_have_attribute("data-key", entry.key)
    assert in_view(page, ".sentence.lit")
    assert in_view(page, LIT)
    bare = browser.new_context(java_script_enabled=False, viewport={"width": 700, "height": 300})
    still = bare.new_page()
    still.goto(address)
    assert still.locator(".sentence.lit").count() == 1
    assert in_view(still, ".sentence.lit")
    still.goto(f"{desk_url}/reports/{rich}#s-{entry.sentence.start}")
    colour = "e => getComputedStyle(e).outlineStyle"
    assert still.locator(f"#s-{entry.sentence.start}").evaluate(colour) == "solid"
    assert still.locator(".sentence").first.evaluate(colour) == "none"
    bare.close()


def test_text_and_findings_lead_to_each_other(desk_url: str, page: Page, rich: str) -> None:
    page.goto(f"{desk_url}/reports/{rich}")
    bracket = page.locator(".words a.content-br").last
    key = bracket.get_attribute("data-go")
    bracket.click()
    expect(page.locator(LIT)).to_have_attribute("data-key", key or "")
    settled(page)
    assert in_view(page, LIT)
    page.locator(".item .name").first.click()
    expect(page.locator(".item").first).to_have_class(re.compile(r"\blit\b"))
    assert in_view(page, ".sentence.lit")


def test_decisions_without_scripts(desk_url: str, browser: Browser, rich: str) -> None:
    bare = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = bare.new_page()
    page.goto(f"{desk_url}/reports/{rich}")
    item = page.locator(".item").nth(1)
    key = item.get_attribute("data-key")
    item.get_by_role("button", name="Accept").click()
    card = page.locator(f"#card-{key}")
    assert "Accepted by desk" in card.locator(".decision").inner_text()
    assert in_view(page, f"#card-{key}")
    card.get_by_role("link", name="Edit").click()
    card.locator("#f-day").fill("1986-02-03")
    card.get_by_role("button", name="Keep the changes").click()
    assert "Edited (day)" in card.locator(".decision").inner_text()
    assert "Mon 3 Feb 1986" in card.inner_text()
    card.get_by_role("link", name="Edit").click()
    card.locator("#f-day").fill("1986-02-03")
    card.get_by_role("button", name="Keep the changes").click()
    assert "nothing was changed" in page.get_by_role("alert").inner_text()
    page.goto(f"{desk_url}/corrections")
    assert page.locator(".log tbody tr").count() == 2
    page.get_by_role("button", name="Undo correction 2").click()
    assert page.url == f"{desk_url}/corrections"
    assert [row.locator("td").nth(3).inner_text() for row in page.locator(".log tbody tr").all()] == [
        "undo of 2", "edit day", "accept"]  # fmt: skip
    page.goto(f"{desk_url}/reports/{rich}")
    page.locator("#undo-last").click()
    assert page.locator(".decision").count() == 0
    bare.close()


def test_a_small_screen_and_large_letters(desk_url: str, page: Page, rich: str) -> None:
    for width, height in ((360, 740), (320, 600)):
        page.set_viewport_size({"width": width, "height": height})
        for address in (f"/reports/{rich}", f"/reports/{rich}?version=1", "/corrections"):
            page.goto(desk_url + address)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (address, width)
    page.goto(f"{desk_url}/reports/{rich}")
    small = page.evaluate("[...document.querySelectorAll('.item button, .item a.button, .item a.name')].filter("
                          "e => e.getBoundingClientRect().height < 24).length")  # fmt: skip
    assert small == 0
    page.keyboard.press("j")
    settled(page)
    assert in_view(page, LIT)


HOSTILE = "\n".join((
    "OSLO, May 15 (Agency) - <script>alert(1)</script> Norway attacked Denmark on Monday in Oslo.",
    "<svg onload=alert(2)><img src=x onerror=\"fetch('http://elsewhere.example/')\"> Sweden attacked Norway.",
    "</span></div></main><iframe src='javascript:alert(4)'></iframe> {{ 7*7 }} {% raw %} <b onmouseover=alert(3)>b</b>",
    "Per Lund, premier of Norway, said that Sweden attacked Denmark.",
    "The minister \u202edeined\u202c it \u2066and\u2069 \x07\x1b[31m went.",
    '"><a href="data:text/html,<script>alert(5)</script>">home</a>.',
))


def test_a_hostile_report_shows_as_text_and_runs_nothing(desk_url: str, page: Page, record: Path) -> None:
    title = "<script>alert(6)</script><img src=x onerror=alert(7)>\u202e</title>" + "<div><p>" * 1_250_000
    with Record(record) as kept:
        reading = told(HOSTILE, "<svg onload=alert(8)>", "2024-05-15", title=title)
        kept.add_reports([replace(reading, report=replace(reading.report, url="javascript:alert(9)"))])
        key = next(r.key for r in kept.reports() if r.day == "2024-05-15")
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.goto(f"{desk_url}/reports/{key}", timeout=10_000)
    words = page.locator(".words").inner_text()
    for told_ in ("<script>alert(1)</script>", "<svg onload=alert(2)>", "</main><iframe", "{{ 7*7 }}", "⟦RLO⟧"):
        assert told_ in words
    assert "\u202e" not in page.content()
    assert page.locator("h1").inner_text().startswith("<script>alert(6)</script><img src=x onerror=alert(7)>⟦RLO⟧</ti")
    assert len(page.content()) < 200_000
    assert page.locator("main iframe, main script, main svg, main img").count() == 0
    hrefs = page.evaluate("[...document.links].map(a => a.protocol)")
    assert set(hrefs) <= {"http:"}
    page.locator(".words").hover()
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.locator(".decision")).to_have_count(1)
    page.goto(f"{desk_url}/corrections")
    assert dialogs == []
    assert [url for url in asked if not url.startswith(desk_url + "/")] == []
