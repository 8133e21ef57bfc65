"""A small store made by hand, and entries made in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dateline.model import Place, Span
from dateline.record.entries import (
    ActorRef,
    Counts,
    Entry,
    ReportEntry,
    SentenceEntry,
    StatementEntry,
    TellingEntry,
)
from dateline.record.query import Query

PAK = ActorRef("a1", "Pakistan", "state", "PAK", "PAKGOV", "Islamabad")
IND = ActorRef("a2", "India", "state", "IND", "INDGOV", "New Delhi")
UN = ActorRef("a3", "United Nations", "organisation", None, "IGOUNO", "the UN")
LUND = ActorRef("a4", "Maria Lund", "person", "NOR", "NORGOV", "Lund")
SOURCE = ActorRef("a5", "a government source", "unnamed", "NOR", "NORGOV", "a government source")

TEXT = (
    "ISLAMABAD, May 13 (Agency) – Islamabad criticised New Delhi on Monday.\n\n"
    "“We will not sign,” Maria Lund said,\n“and we will 🙂 go home.” The UN had met India in Geneva.\n"
)


def report(key: str = "r1", **told: Any) -> ReportEntry:
    values: dict[str, Any] = {
        "key": key, "title": f"Talks & “treaties” {key}", "url": f"https://news.example/{key}?a=1&b=2",
        "publisher": "The Example", "agency": "Agency", "byline": "Ann Smith", "language": "en",
        "published": "2024-05-13", "published_from": "metadata", "reliable": True, "day": "2024-05-13", "unread": None,
        "story": "t1", "version": 1, "source": f"{key}.txt", "locator": f"{key}.txt",
    }  # fmt: skip
    return ReportEntry(**{**values, **told})


def where(text: str, *words: str) -> tuple[Span, ...]:
    """The first place of each of the words."""
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def statement(n: int = 1, *, text: str = TEXT, **told: Any) -> StatementEntry:
    content = where(text, "We will not sign", "and we will 🙂 go home") if text is TEXT else (Span(0, len(text)),)
    sentence = Span(text.index("“"), text.index("home.”") + 6) if text is TEXT else Span(0, len(text))
    values: dict[str, Any] = {
        "id": n, "key": f"s{n}", "report": report(), "sentence": sentence, "text": text[sentence.start : sentence.end],
        "form": "direct", "sourcing": "named", "speaker": LUND, "addressee": None, "act": "say", "cue": "say",
        "stance": "asserts", "hedged": False, "medium": None, "day": "2024-05-13", "day_end": "2024-05-13",
        "content": content, "content_text": " ".join(text[s.start : s.end] for s in content),
        "source_spans": where(text, "Maria Lund") if text is TEXT else (),
        "cue_spans": where(text, "said") if text is TEXT else (), "source_text": "Maria Lund", "local": f"s{n}",
    }  # fmt: skip
    return StatementEntry(**{**values, **told})


def telling(n: int = 1, *, text: str = TEXT, **told: Any) -> TellingEntry:
    sentence = Span(0, text.index("\n")) if text is TEXT else Span(0, len(text))
    span = where(text, "criticised")[0] if text is TEXT else Span(0, 1)
    values: dict[str, Any] = {
        "id": 100 + n, "key": f"e{n}", "event": f"v{n}", "report": report(), "sentence": sentence,
        "text": text[sentence.start : sentence.end], "span": span, "words": text[span.start : span.end],
        "type": "ACCUSE", "mode": None, "cameo": "111", "quad": "verbal_conflict", "goldstein": -2.0,
        "source": (PAK,), "target": (IND,), "day": "2024-05-13", "day_end": "2024-05-13", "day_from": "dateline",
        "reliable": True, "place": Place(Span(0, 9), "Islamabad", "PAK", 33.72, 73.04, 1176615), "reality": "happened",
        "said_by": None, "unsure": False, "local": f"e{n}",
    }  # fmt: skip
    return TellingEntry(**{**values, **told})


def sentence(n: int = 1) -> SentenceEntry:
    span = Span(0, TEXT.index("\n"))
    return SentenceEntry(n, report(), span, TEXT[span.start : span.end])


READING = {
    "events": [
        {"id": "e1", "source_span": list(where(TEXT, "Islamabad")[0]), "target_span": list(where(TEXT, "New Delhi")[0])}
    ]
}


class FakeStore:
    """Gives back what it was made of, whatever is asked."""

    def __init__(
        self, entries: Iterable[Entry] = (), texts: dict[str, str] | None = None, reading: dict[str, Any] | None = None
    ) -> None:
        self.entries = list(entries)
        self.texts = texts or {}
        self._reading = READING if reading is None else reading
        self.asked: list[Query] = []

    def _of(self, kind: type[Any], query: Query) -> Iterator[Any]:
        self.asked.append(query)
        return (entry for entry in self.entries if isinstance(entry, kind))

    def sentences(self, query: Query) -> Iterator[SentenceEntry]:
        return self._of(SentenceEntry, query)

    def statements(self, query: Query) -> Iterator[StatementEntry]:
        return self._of(StatementEntry, query)

    def tellings(self, query: Query) -> Iterator[TellingEntry]:
        return self._of(TellingEntry, query)

    def reports(self, query: Query) -> Iterator[ReportEntry]:
        return iter({entry.report.key: entry.report for entry in self.entries}.values())

    def text(self, report: str, version: int | None = None) -> str:
        return self.texts.get(report, TEXT)

    def reading(self, report: str, version: int | None = None) -> dict[str, Any]:
        return self._reading

    def counts(self, query: Query | None = None) -> Counts:
        reports = {entry.report.key for entry in self.entries}
        said = sum(1 for entry in self.entries if isinstance(entry, StatementEntry))
        done = {entry.event for entry in self.entries if isinstance(entry, TellingEntry)}
        return Counts(len(reports), len({e.report.story for e in self.entries}), said, len(done))


def some() -> FakeStore:
    """A store with statements and events of several kinds in two reports."""
    other = report("r2", url=None, byline=None, story="t2", reliable=False, published_from="guessed", agency=None)
    return FakeStore([
        statement(1),
        statement(2, form="indirect", stance="denies", speaker=SOURCE, sourcing="unnamed", hedged=True),
        statement(3, speaker=None, sourcing=None, report=other, stance="asserts", form="indirect"),
        statement(4, form="indirect", stance="demands", addressee=IND, report=other),
        telling(1),
        telling(2, source=(UN, PAK), target=(IND,), type="CONSULT", cameo="040", quad="verbal_cooperation",
                goldstein=1.0, span=where(TEXT, "had met")[0], words="had met", local="e2", report=other, place=None),
        telling(3, reality="planned", said_by="s1", said_by_actor=LUND),
        telling(4, event="v1", report=other),
        telling(5, day=None, day_end=None),
        replace(telling(6), source=(), target=(), place=Place(Span(0, 1), "Norway", "NOR", None, None, None)),
    ])  # fmt: skip
