"""The reports of "The thaw" keep the form that their README promises.

Whether the facts are right is for a reader with the references to say. What a machine can check is here.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "demo" / "thaw"
YEARS = range(1983, 1988)
KEYS = {"id", "published", "title", "publisher", "text"}
VERDICTS = {"better", "worse", "no change", "too little"}
AMERICANS = re.compile(r"\b(United States|America|American|Americans|Washington|White House|Reagan|Shultz|U\.S\.)")
SOVIETS = re.compile(r"\b(Soviet|Soviets|Moscow|Kremlin|Andropov|Chernenko|Gorbachev)\b")
QUOTATION_MARKS = re.compile(r"[\"“”„«»]")


@cache
def reports() -> tuple[dict[str, str], ...]:
    return tuple(json.loads(line) for year in YEARS for line in _lines(f"{year}.jsonl"))


def _lines(name: str) -> Iterator[str]:
    yield from (FOLDER / name).read_text(encoding="utf-8").splitlines()


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_lines(name), delimiter="\t", quoting=csv.QUOTE_NONE))


def _days() -> list[date]:
    return sorted(date.fromisoformat(report["published"]) for report in reports())


def _shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_enough_reports_with_the_promised_keys() -> None:
    assert len({report["id"] for report in reports()}) == 533
    assert all(set(report) == KEYS and all(report.values()) for report in reports())


def test_each_file_holds_its_year_in_order() -> None:
    for year in YEARS:
        days = [json.loads(line)["published"] for line in _lines(f"{year}.jsonl")]
        assert days == sorted(days)
        assert {day[:4] for day in days} == {str(year)}


def test_each_month_has_seven_reports_that_name_both_powers() -> None:
    both = {r["id"]: r["published"][:7] for r in reports() if _names_both(r["title"] + " " + r["text"])}
    months = Counter(both.values())
    assert [f"{y}-{m:02}" for y in YEARS for m in range(1, 13) if months[f"{y}-{m:02}"] < 7] == []


def _names_both(text: str) -> bool:
    return bool(AMERICANS.search(text) and SOVIETS.search(text))


def test_an_id_comes_again_only_for_a_longer_second_version() -> None:
    texts: dict[str, str] = {}
    again = []
    for report in reports():
        if report["id"] in texts:
            again.append(report["id"])
            assert len(report["text"]) > len(texts[report["id"]])
        texts[report["id"]] = report["text"]
    planted = {row["id"] for row in _table("copies.tsv") if row["id"] == row["of"]}
    assert set(again) == planted
    assert len(again) == len(planted) >= 2


def test_each_report_follows_a_fact_by_three_days_at_most() -> None:
    facts = {date.fromisoformat(row["date"]) for row in _table("facts.tsv")}
    late = [
        report["id"]
        for report in reports()
        if not any(date.fromisoformat(report["published"]) - timedelta(days=back) in facts for back in range(4))
    ]
    assert late == []


def test_facts_are_dated_told_and_referenced() -> None:
    rows = _table("facts.tsv")
    days = [row["date"] for row in rows]
    assert days == sorted(set(days))
    assert all(row["event"] and row["reference"] for row in rows)


def test_nobody_is_quoted() -> None:
    quoted = [r["id"] for r in reports() if QUOTATION_MARKS.search(r["title"] + r["text"])]
    assert quoted == []


def test_reports_are_short_enough_to_read() -> None:
    lengths = [len(report["text"].split()) for report in reports()]
    assert min(lengths) >= 40
    assert max(lengths) <= 220


def test_copies_share_their_original_words() -> None:
    """A reprint keeps most of its words; another agency's report of the same event keeps few."""
    texts = {report["id"]: report["text"] for report in reports()}
    rows = [row for row in _table("copies.tsv") if row["id"] != row["of"]]
    assert all({row["id"], row["of"]} <= texts.keys() for row in rows)
    reprints = [row for row in rows if row["how"].startswith("reprint")]
    others = [row for row in rows if not row["how"].startswith("reprint")]
    assert len(reprints) >= 8
    assert others
    assert min(_shared(texts, row) for row in reprints) > 0.8
    assert max(_shared(texts, row) for row in others) < 0.3


def _shared(texts: dict[str, str], row: dict[str, str]) -> float:
    """The part of a copy's five-word runs that its original has too, 0 to 1."""
    copy, original = _shingles(texts[row["id"]]), _shingles(texts[row["of"]])
    return len(copy & original) / len(copy)


def test_there_are_quiet_weeks_and_busy_ones() -> None:
    days = _days()
    weeks = {(day - timedelta(days=day.weekday())) for day in days}
    span = (max(weeks) - min(weeks)).days // 7 + 1
    assert span - len(weeks) > 30
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert max(gaps) >= 21


def test_several_agencies_and_papers() -> None:
    assert len({report["publisher"] for report in reports()}) >= 5


def test_verdicts_are_answers_about_pairs_and_dates() -> None:
    rows = _table("verdicts.tsv")
    for row in rows:
        assert set(row["expected"].split("|")) <= VERDICTS
        assert re.fullmatch(r"[A-Z]{3} [A-Z]{3}", row["pair"])
        assert date(1983, 1, 1) < date.fromisoformat(row["date"]) < date(1987, 12, 31)
        assert row["question"].endswith("?")
        assert row["why"]
        assert row["reference"]
    assert {"better", "worse", "no change", "too little"} <= {row["expected"] for row in rows}
