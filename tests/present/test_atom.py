from __future__ import annotations

from dataclasses import replace

import feedparser

from dateline.present.atom import feed
from dateline.record.entries import Hit
from dateline.record.query import Query
from tests.present.rows_by_hand import HITS, STATEMENT


def test_a_feed_reader_reads_it() -> None:
    read = feedparser.parse(feed("ferries", Query(words="ferry"), HITS))
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.title == "Dateline: ferries"
    assert read.feed.updated == "2024-05-14T00:00:00Z"
    assert len(read.entries) == len(HITS)
    first = read.entries[0]
    assert first.title == "Oslo (NOR) said: that Bergen had sunk a ferry"
    assert first.link == "https://example.org/a?x=1&y=2"
    assert first.author == "Fjordposten, credit NTB"
    assert "Nobody drowned." in first.summary
    assert len({entry.id for entry in read.entries}) == len(HITS)


def test_the_same_search_gives_the_same_bytes_and_another_another_id() -> None:
    assert feed("x", Query(words="ferry"), HITS) == feed("x", Query(words="ferry"), HITS)
    ids = {feedparser.parse(feed("x", Query(words=w), HITS)).feed.id for w in ("ferry", "ship")}
    assert len(ids) == 2


def test_what_xml_cannot_hold_is_left_out() -> None:
    bad = Hit(replace(STATEMENT, text="A \x00 bell \x07 & <tag> \ud800 rang."), None, None, 1.0)
    read = feedparser.parse(feed("a \x0b", Query(words="bell"), [bad]))
    assert not read.bozo
    assert "bell" in read.entries[0].summary


def test_an_empty_search_is_a_feed() -> None:
    assert not feedparser.parse(feed("none", Query(words="x"), [])).bozo
