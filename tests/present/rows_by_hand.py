"""Rows of a record made by hand, as a store would give them."""

from __future__ import annotations

from dataclasses import replace

from dateline.model import Span
from dateline.record.entries import ActorRef, Hit, ReportEntry, SentenceEntry, StatementEntry, TellingEntry

SENTENCE = "Oslo said on Monday that Bergen had sunk a ferry."
REPORT = ReportEntry(
    key="r1", title="A ferry", url="https://example.org/a?x=1&y=2", publisher="Fjordposten", agency="NTB", byline=None,
    language="en", published="2024-05-14", published_from="metadata", reliable=True, day="2024-05-14", unread=None,
    story="t1", version=1,
)  # fmt: skip
OSLO = ActorRef("a1", "Oslo", "state", "NOR", "NOR")
BERGEN = ActorRef("a2", "Bergen", "state", "NOR", "NORGOV")


def _span(words: str, at: int = 100) -> Span:
    start = SENTENCE.index(words) + at
    return Span(start, start + len(words))


STATEMENT = StatementEntry(
    id=1, key="s1", report=REPORT, sentence=Span(100, 100 + len(SENTENCE)), text=SENTENCE, form="indirect",
    sourcing="named", speaker=OSLO, addressee=None, act="say", cue="said", stance="asserts", hedged=False, medium=None,
    day="2024-05-13", day_end="2024-05-13", content=(_span("that Bergen had sunk a ferry"),),
    content_text="that Bergen had sunk a ferry", source_spans=(_span("Oslo"),), cue_spans=(_span("said"),),
    source_text="Oslo", local="s1", copies=3,
)  # fmt: skip
TELLING = TellingEntry(
    id=2, key="e1", event="v1", report=replace(REPORT, reliable=False), sentence=Span(100, 100 + len(SENTENCE)),
    text=SENTENCE, span=_span("had sunk"), words="had sunk", type="ASSAULT", mode=None, cameo="190",
    quad="material_conflict", goldstein=-9.0, source=(BERGEN,), target=(), day="2024-05-12", day_end="2024-05-12",
    day_from="text", reliable=True, place=None, reality="happened", said_by="s1", unsure=False, local="e1",
    said_by_actor=OSLO, reports=4, stories=2,
)  # fmt: skip
HITS = (
    Hit(STATEMENT, "The day was calm.", "Nobody drowned.", 2.0, 2),
    Hit(TELLING, None, None, 1.0, 3),
    Hit(SentenceEntry(3, REPORT, Span(100, 100 + len(SENTENCE)), SENTENCE), None, "Nobody drowned.", 0.5),
)
