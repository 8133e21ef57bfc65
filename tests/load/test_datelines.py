"""Datelines in their many printed forms, and words that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.load import report_from_text

LONG = "The cabinet met on Monday and settled the budget of the coming year after two days of talks."


@pytest.mark.parametrize(
    ("head", "place", "country", "day", "credit"),
    [
        ("ISLAMABAD, Nov 7 (IANS) —", "Islamabad", "PAK", "2024-11-07", "IANS"),
        ("BAKU/YEREVAN (Interfax) --", "Baku/Yerevan", "AZE", None, "Interfax"),
        ("(Reuters) -", None, None, None, "Reuters"),
        ("(AP)", None, None, None, "AP"),
        ("WASHINGTON —", "Washington", "USA", None, None),
        ("PARIS (AP) _", "Paris", "FRA", None, "AP"),
        ("Islamabad, November 7 (SocialNews.XYZ)", "Islamabad", "PAK", "2024-11-07", "SocialNews.XYZ"),
        ("LONDON, March 3, 1995 (AFP) -", "London", "GBR", "1995-03-03", "AFP"),
        ("Beijing, April 1 (Xinhua) --", "Beijing", "CHN", "2024-04-01", "Xinhua"),
        ("LUSAKA, Nov.3 (Xinhua) --", "Lusaka", "ZMB", "2024-11-03", "Xinhua"),
        ("GENEVA, 7 November 2024 –", "Geneva", "CHE", "2024-11-07", None),
        ("KABUL, Monday (AFP) -", "Kabul", "AFG", "2024-11-04", "AFP"),
        ("Dec 29 (Reuters) -", None, None, "2023-12-29", "Reuters"),
        ("New Delhi, Nov 7 (PTI):", "New Delhi", "IND", "2024-11-07", "PTI"),
        ("NEW DELHI:", "New Delhi", "IND", None, None),
        ("MOSCOW. Nov 7 (Interfax) -", "Moscow", "RUS", "2024-11-07", "Interfax"),
        ("MOSCOW, November 7. /TASS/.", "Moscow", "RUS", "2024-11-07", "TASS"),
        ("Tehran, Nov 7, IRNA –", "Tehran", "IRN", "2024-11-07", "IRNA"),
        ("RIO DE JANEIRO, 7 Nov. (EFE).-", "Rio de Janeiro", "BRA", "2024-11-07", "EFE"),
        ("SAN FRANCISCO, Nov. 7, 2024 /PRNewswire/ --", "San Francisco", "USA", "2024-11-07", "PR Newswire"),
        ("NEW YORK--(BUSINESS WIRE)--", "New York", "USA", None, "Business Wire"),
        ("PORT-AU-PRINCE, Haiti (AP) --", "Port-au-Prince", "HTI", None, "AP"),
        ("N'DJAMENA, Chad (AP) —", "N'Djamena", "TCD", None, "AP"),
        ("McALLEN, Texas (AP) —", "McAllen", "USA", None, "AP"),
        ("PARIS, Mo. —", "Paris", "USA", None, None),
        ("TBILISI, Georgia —", "Tbilisi", "GEO", None, None),
        ("ST. PETERSBURG, Fla. —", "St. Petersburg", "USA", None, None),
        ("(NEW YORK) —", "New York", "USA", None, None),
        ("ABOARD AIR FORCE ONE (AP) —", "Air Force One", None, None, "AP"),
        ("BEIRUT (AP) \x97", "Beirut", "LBN", None, "AP"),
        ("HARLAN, Ky. (WKYT) -", "Harlan", "USA", None, "WKYT"),
    ],
)
def test_forms(head: str, place: str | None, country: str | None, day: str | None, credit: str | None) -> None:
    report = report_from_text(f"{head} {LONG}", published="2024-11-08")
    assert report.dateline is not None
    found = report.dateline
    assert report.text[found.span.start : found.span.end] == head
    assert (found.place, found.country, found.date) == (place, country, day)
    assert (report.credits.agency or report.credits.publisher) == credit
    assert found.span in report.furniture


@pytest.mark.parametrize(
    "text",
    [
        f"BREAKING — {LONG}",
        f"OPINION: {LONG}",
        f"EXCLUSIVE - {LONG}",
        "HALE: We will never agree to such a thing. It is the worst bargain ever made, and people know it.",
        "Obama: Families of the town do not want to wait any longer for what they were promised years ago.",
        "Jordan — His Highness said it. And the rest of the story is known to everyone who has lived there.",
        "Central News Agency (CNA) - Taiwan reported a rise.",
        "The Pakistan Tehreek-e-Insaf (PTI) said so.",
        "On Nov. 7 (Thursday) the court met.",
        "Sen. Ada Hale (R-Texas) met the cabinet.",
        "March 7 - a day to remember for the whole of the town, and for the men who were there. So it is.",
        "Paris - a city of light and of shadow, as every one of its writers has said at some time. It is old.",
        "London: Police Hold Three Men Over Fire At Harbour Store And Search For A Fourth.",
        "Rain fell.",
        "",
        "(",
        "—",
    ],
)
def test_no_dateline(text: str) -> None:
    assert report_from_text(text, published="2024-11-08").dateline is None


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (f"Budget settled.\n\nOSLO (NTB) - {LONG}", "OSLO (NTB) -"),
        (f"Zambia's harvest up LUSAKA, Nov. 1 (Xinhua) -- {LONG}", "LUSAKA, Nov. 1 (Xinhua) --"),
        (f"Budget settled. CONCORD, N.H. -- {LONG}", "CONCORD, N.H. --"),
        (f"By Ada Hale. BOSTON (Reuters) - {LONG}", "BOSTON (Reuters) -"),
        (f"by Ada Hale MAR DEL PLATA, Argentina (Xinhua) -- {LONG}", "MAR DEL PLATA, Argentina (Xinhua) --"),
    ],
)
def test_dateline_behind_other_words(text: str, head: str) -> None:
    found = report_from_text(text, published="2024-11-08").dateline
    assert found is not None
    assert text[found.span.start : found.span.end] == head


@pytest.mark.parametrize(
    ("printed", "published", "day"),
    [
        ("Dec 30", "2024-01-02", "2023-12-30"),
        ("Jan 2", "2024-01-01", "2024-01-02"),  # a clock further east
        ("Nov 20", "2024-11-08", "2023-11-20"),
        ("Feb 29", "2023-03-01", "2020-02-29"),
        ("Feb 30", "2023-03-01", None),
    ],
)
def test_year_of_the_dateline(printed: str, published: str, day: str | None) -> None:
    found = report_from_text(f"OSLO, {printed} (NTB) - Snow fell.", published=published).dateline
    assert (found.date if found else None) == day


@pytest.mark.parametrize(
    ("place", "published", "country"),
    [
        ("MOSCOW", "1985-03-11", "SUN"),
        ("MOSCOW", "1993-03-11", "RUS"),
        ("KIEV", "1986-05-02", "SUN"),
        ("PRAGUE", "1989-11-20", "CSK"),
        ("LEIPZIG", "1989-10-10", "DDR"),
        ("BONN", "1989-10-10", "DEU"),
        ("LEIPZIG", "1995-10-10", "DEU"),
    ],
)
def test_country_of_the_time(place: str, published: str, country: str) -> None:
    month = {"03": "March", "05": "May", "10": "Oct", "11": "Nov"}[published[5:7]]
    found = report_from_text(f"{place}, {month} {int(published[8:])} (NTB) - Snow fell.", published=published).dateline
    assert found is not None
    assert found.country == country


def test_day_without_publication_date_stays_unknown() -> None:
    found = report_from_text("OSLO, Nov 7 (NTB) - Snow fell.").dateline
    assert found is not None
    assert found.date is None


@given(st.text(alphabet="AÉbc,.(/)-—:7 \nNov", max_size=80))
def test_never_raises_and_spans_lie_inside(text: str) -> None:
    report = report_from_text(text, published="2024-11-08", language="en")
    ends = [0]
    for span in report.furniture:
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)
    if report.dateline:
        assert any(span.covers(report.dateline.span) for span in report.furniture)
