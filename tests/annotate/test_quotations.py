"""Quotation marks: which words stand between them, whatever marks an editor or a broken page used."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.paragraphs import paragraphs
from dateline.annotate.quotations import find_quotations
from dateline.model import Quotation

MARKS = "\"“”„«»‹›‘’'`「」"


def quoted(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in found(text)]


def found(text: str) -> list[Quotation]:
    return find_quotations(text, paragraphs(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," she said. "No."', ["Yes,", "No."]),
        ("“Yes,” she said. “No.”", ["Yes,", "No."]),
        ("‘We’re off,’ he said. ‘The workers’ pay is late.’", ["We’re off,", "The workers’ pay is late."]),
        ("'It's over,' said Jan. 'We lost the boys' game.'", ["It's over,", "We lost the boys' game."]),
        ("«Bien», said Anne. ‹Oui›", ["Bien", "Oui"]),
        ("„Gut“, said Karl.", ["Gut"]),
        ("``Old,'' he wrote. ``Very.''", ["Old,", "Very."]),
        ("''We'll pay,'' he said. ''It's due.''", ["We'll pay,", "It's due."]),
        ('"Straight to curly,” he said. “And back."', ["Straight to curly,", "And back."]),
        ("”Both sides alike,” he said.", ["Both sides alike,"]),
        ("“A ‘small’ word,” he said.", ["A ‘small’ word,"]),
        ("“One “inside” another” and out", ["One “inside” another"]),
        ('" With blanks " he said', [" With blanks "]),
        ("Prices rose “sharply” in May.", ["sharply"]),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rock 'n' roll in the '90s, 'til dawn.",
        "The workers' and teachers' unions don't agree.",
        "He is 6'2\" tall.",
        "It’s the ministers’ turn.",
        "",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text: str) -> None:
    assert quoted(text) == []


def test_a_quotation_without_its_closing_mark_ends_where_its_speaker_is_named() -> None:
    assert quoted("“We will not pay, he said. The talks failed on Monday.") == ["We will not pay,"]


def test_a_quotation_without_any_end_takes_its_own_paragraph_and_no_more() -> None:
    text = "“We will not pay\n\nThe talks failed on “Monday” in Oslo."
    assert quoted(text) == ["We will not pay", "Monday"]
    assert [q.closed for q in found(text)] == [False, True]


def test_a_lost_opening_mark_does_not_turn_the_rest_inside_out() -> None:
    assert quoted('We will not pay," he said. "We go home."') == ["We go home."]


def test_a_missing_closing_mark_does_not_swallow_the_next_quotation() -> None:
    assert quoted('"We will not pay. "We go home," he said.')[-1] == "We go home,"


def test_paragraphs_of_one_quotation_share_a_group() -> None:
    text = "“We came at night.\n\n“We left at dawn,” she said. “Nobody saw us.”"
    assert [q.group for q in found(text)] == [0, 0, 1]


def test_single_marks_over_two_paragraphs() -> None:
    text = "‘We came at night.\n\n‘We left at dawn,’ she said."
    assert quoted(text) == ["We came at night.", "We left at dawn,"]
    assert [q.group for q in found(text)] == [0, 0]


def test_paragraphs_closed_each_on_their_own_are_two_quotations() -> None:
    assert [q.group for q in found("“One.”\n\n“Two.”")] == [0, 1]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=MARKS + "aZs .,\n1", max_size=200))
def test_any_marks_give_ordered_spans_inside_the_text(text: str) -> None:
    quotations = found(text)
    for q in quotations:
        assert 0 <= q.outer.start <= q.span.start < q.span.end <= q.outer.end <= len(text)
    for one, two in pairwise(quotations):
        assert one.outer.end <= two.outer.start
    assert [q.group for q in quotations] == sorted(q.group for q in quotations)


@pytest.mark.parametrize("mark", ["“", "‘", '"', "''", "«", "“a ", "'a ", "‘a\n", '"a\n\n'])
def test_ten_thousand_nested_marks_take_no_time(mark: str) -> None:
    text = mark * 10_000 + "end"
    start = time.perf_counter()
    found(text)
    assert time.perf_counter() - start < 3
