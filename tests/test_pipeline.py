"""The whole way of a report, with the language model."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline
from dateline.model import Annotated, Reading, Report, Skipped, Span
from dateline.pipeline import Reader
from dateline.present.jsonl import to_line

PIECES = st.sampled_from([
    "Norway accused Denmark of cutting a cable.", "“We did not do it,” said Karin Holm, the Danish foreign minister.",
    "She added: ", "“", "”", '"', "'", "«", "»", "\n", "\n\n", "\u200f", "\u202e", "😀", "é", "\u0301", "Mr.", "U.S.",
    "on Feb. 30", "in the year 0", "by 2999", "Prime Minister", "(PTI)", "said", "denied", "that", " — ",
    "…", "\u00a0", "\t", "،", "中国", "Q:", "A:",
])  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(strict=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_text_is_read_and_every_offset_holds(reader: Reader, text: str) -> None:
    reading = next(iter(reader.read_many([Report("x", text, language="en")])))
    assert reading.text == text
    for span in spans(reading):
        assert 0 <= span.start < span.end <= len(text)
    assert [s.content[0] for s in reading.statements] == sorted(s.content[0] for s in reading.statements)
    assert list(reading.times) == sorted(reading.times, key=lambda t: t.span)
    assert list(reading.sentences) == sorted(reading.sentences)
    assert list(reading.places) == sorted(reading.places, key=lambda p: p.span)
    again = next(iter(reader.read_many([Report("x", text, language="en")])))
    assert to_line(again) == to_line(reading)


def spans(reading: Reading) -> list[Span]:
    found = list(reading.sentences)
    found += [t.span for t in reading.times] + [p.span for p in reading.places] + [e.span for e in reading.events]
    found += [m.span for a in reading.actors for m in a.mentions] + [r.span for a in reading.actors for r in a.roles]
    for s in reading.statements:
        found += [*s.content, *(s.source.spans if s.source else ()), *(s.cue.spans if s.cue else ())]
    return found


def test_sentences_are_kept_in_text_order(reader: Reader) -> None:
    text = "OSLO, Nov 7 (NTB) - Norway warned Denmark. “We left,” said Ola.\n\nNobody answered."
    found = next(iter(reader.read_many([Report("x", text, language="en")]))).sentences
    assert [text[slice(*s)] for s in found][1:] == ["“We left,” said Ola.", "Nobody answered."]
    assert list(found) == sorted(found)


def test_company_changes_nothing(reader: Reader) -> None:
    texts = [
        "Norway warned Denmark on Friday.",
        "“No,” said Ola. “Never.”",
        "",
        "Mali left.",
        "Chad denied that it had left.",
    ]
    reports = [Report(str(i), t, language="en") for i, t in enumerate(texts)]
    together = [to_line(r) for r in reader.read_many(reports)]
    alone = [to_line(next(iter(reader.read_many([r])))) for r in reports]
    backwards = [to_line(r) for r in reader.read_many(reports[::-1])][::-1]
    assert together == alone == backwards


@pytest.mark.parametrize(
    "text", ["“" * 3_000, '"' * 2_999, "«“" * 1_500, "' " * 3_000, "(" * 3_000, "a" * 100_000, "\n" * 10_000]
)
def test_endless_marks_are_read(reader: Reader, text: str) -> None:
    assert next(iter(reader.read_many([Report("x", text, language="en")]))).text == text


def test_a_fault_in_one_report_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    lenient = Reader(fast=True)
    understand = lenient.understand

    def faulty(annotated: Annotated) -> Reading:
        if annotated.report.id == "bad":
            raise ZeroDivisionError("planted")
        return understand(annotated)

    monkeypatch.setattr(lenient, "understand", faulty)
    first, second = lenient.read_many([Report("bad", "Norway left."), Report("good", "Norway warned Denmark.")])
    assert "planted" in first.skipped[0].reason
    assert first.report.id == "bad"
    assert second.events


def test_a_report_skipped_whole_gives_no_findings(reader: Reader) -> None:
    text = "Norway warned Denmark."
    report = Report("x", text, skipped=(Skipped(Span(0, len(text)), "language no: not read"),))
    reading = next(iter(reader.read_many([report])))
    assert (reading.events, reading.actors) == ((), ())
    assert reading.skipped[0].reason == "language no: not read"


def test_the_front_door() -> None:
    reading = dateline.read("Norway accused Denmark on Monday of cutting a cable.", published="2024-05-15")
    assert [t.start for t in reading.times] == ["2024-05-13"]
    assert dateline.to_json(reading)["schema"] == "dateline.reading/1"
    assert [r.text for r in dateline.read_many(["One.", "Two."])] == ["One.", "Two."]
    with pytest.raises(ValueError, match="Monday"):
        dateline.read("Text.", published="Monday")
    with pytest.raises(AttributeError, match="nonsense"):
        dateline.nonsense  # noqa: B018


def test_marks_that_nobody_sees_change_no_finding(reader: Reader) -> None:
    for left, right in ("\u202e\u202c", "\u2067\u2069", "\u200f\u200f", "\u061c\ufeff"):
        text = f"Norway warned {left}Denmark{right} on Friday."
        (event,) = next(iter(reader.read_many([Report("x", text, language="en")]))).events
        assert (len(event.source), len(event.target)) == (1, 1), repr(left)
