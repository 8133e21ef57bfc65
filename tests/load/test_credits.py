"""Bylines, agencies, publishers, source lines, and the lines that are no prose."""

from __future__ import annotations

import pytest

from dateline.load import report_from_text
from dateline.load.agencies import credited
from dateline.load.credits import is_furniture

BODY = "The cabinet met on Monday and settled the budget of the coming year."


@pytest.mark.parametrize(
    ("line", "byline", "agency"),
    [
        ("By Jane Doe", "Jane Doe", None),
        ("BY JANE DOE", "Jane Doe", None),
        ("By JANE DOE and JOHN ROE, Associated Press Writer", "Jane Doe and John Roe", "AP"),
        ("By Jane Doe, John Roe and Ana de la Cruz", "Jane Doe, John Roe and Ana de la Cruz", None),
        ("By Jane Doe | Reuters", "Jane Doe", "Reuters"),
        ("By Staff Writer Jane Doe", "Jane Doe", None),
        ("BYLINE: Jane Doe.", "Jane Doe", None),
        ("By AFP", None, "AFP"),
        ("By Reuters Staff", None, "Reuters"),
        ("By Our Correspondent", None, None),
    ],
)
def test_byline(line: str, byline: str | None, agency: str | None) -> None:
    report = report_from_text(f"{line}\n\n{BODY}")
    assert (report.credits.byline, report.credits.agency) == (byline, agency)
    assert report.text[slice(*report.furniture[0])] == line


@pytest.mark.parametrize("line", ["By Tuesday the troops had left.", "By Monday Night", "By then it was late", "Bye"])
def test_no_byline(line: str) -> None:
    report = report_from_text(f"{line}\n\n{BODY}")
    assert report.credits.byline is None
    assert report.furniture == ()


@pytest.mark.parametrize(
    ("foot", "agency", "publisher"),
    [
        ("Source: IANS", "IANS", None),
        ("SOURCE - Xinhua", "Xinhua", None),
        ("Source: www.example-times.com", None, "www.example-times.com"),
        ("Source: Valley Herald", None, "Valley Herald"),
        ("Via Reuters", "Reuters", None),
        ("(With inputs from ANI)", "ANI", None),
        ("--IANS\npgh/khz", "IANS", None),
        ("(AFP)", "AFP", None),
        ("Copyright 2024 The Associated Press. All rights reserved.", "AP", None),
        ("Via Appia was closed.", None, None),
        ("With reports from Northlight", "Northlight", None),
        ("With reports from the front the paper sold well.", None, None),
    ],
)
def test_foot(foot: str, agency: str | None, publisher: str | None) -> None:
    report = report_from_text(f"{BODY}\n\n{foot}")
    assert (report.credits.agency, report.credits.publisher) == (agency, publisher)
    assert bool(report.furniture) == bool(agency or publisher)


def test_source_behind_the_last_sentence() -> None:
    report = report_from_text(f"{BODY} Source: IANS")
    assert report.credits.agency == "IANS"
    assert report.text[slice(*report.furniture[-1])] == "Source: IANS"


def test_reporters_of_the_foot() -> None:
    report = report_from_text(f"{BODY}\n(Reporting by Jane Doe and John Roe in Oslo; Editing by Ana Cruz)")
    assert report.credits.byline == "Jane Doe and John Roe"


@pytest.mark.parametrize(
    ("words", "agency", "publisher"),
    [
        ("AP/Reuters", "AP/Reuters", None),
        ("IANS/SocialNews.XYZ", "IANS", "SocialNews.XYZ"),
        ("Thomson Reuters Foundation", "Thomson Reuters Foundation", None),
        ("itar-tass", "TASS", None),
        ("BBC News", None, "BBC"),
        ("Upland News Agency", "Upland News Agency", None),
        ("", None, None),
    ],
)
def test_credited(words: str, agency: str | None, publisher: str | None) -> None:
    found = credited(words)
    assert (found.agency, found.publisher) == (agency, publisher)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ENDS", True), ("(more)", True), ("###", True), ("-30-", True), ("* * *", True),
        ("Click here for more pictures.", True), ("© 2024 Valley Herald", True), ("FOR IMMEDIATE RELEASE", True),
        ("From our correspondent", True), ("From our correspondent we know more.", False),
        ("More people came.", False), ("Shared hopes ended.", False), ("Ends of the earth.", False),
        ("Read more " + "and more of this long sentence about the budget " * 5, False),
    ],
)  # fmt: skip
def test_furniture(line: str, expected: bool) -> None:
    assert bool(is_furniture(line)) is expected
