from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

from dateline.model import Reading
from dateline.present.html import page
from tests.factories import TEXT, reading


class Page(HTMLParser):
    """Collects what a browser would see: text of the report, ids, links, and anything that could run or load."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.risky: list[str] = []
        self.tags: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value:
                self.links.append(value)
            if name.startswith("on") or name == "src":
                self.risky.append(f"{tag} {name}")
        if tag in ("script", "img", "iframe", "link", "svg"):
            self.risky.append(tag)


def made(*readings: Reading) -> str:
    return "".join(page(readings))


def test_every_link_leads_to_an_id_of_the_page_and_ids_are_single() -> None:
    seen = Page(made(reading(), reading()))
    assert seen.links
    assert all(link.startswith("#") and link[1:] in seen.ids for link in seen.links)
    assert len(seen.ids) == len(set(seen.ids))


def test_nothing_of_a_hostile_report_runs_or_loads() -> None:
    hostile = TEXT + '\n<script>alert(1)</script><img src=x onerror="alert(2)"> <svg onload=alert(3)> </style>'
    evil = dataclasses.replace(
        reading(hostile), report=dataclasses.replace(reading(hostile).report, title='"><script>x</script>')
    )
    source = made(evil)
    assert Page(source).risky == []
    assert "&lt;script&gt;alert(1)" in source


def test_every_finding_has_its_words_and_its_card() -> None:
    source = made(reading())
    seen = Page(source)
    for name in ("r1-s1", "r1-e1", "r1-t1", "r1-a1", "r1-a2", "r1-s1-card", "r1-e1-card"):
        assert name in seen.ids
    assert "http://" not in source
    assert "https://" not in source
