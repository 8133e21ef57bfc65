"""The words for states: names, demonyms, capitals and seats of government."""

from __future__ import annotations

import string

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicons import countries, rows

PHRASES = string.ascii_letters + " .'’-()éüÉ"


def test_file_has_every_state_once() -> None:
    codes = [cells[0] for _, cells in rows("countries.tsv", 6)]
    assert len(codes) == len(set(codes))
    assert {c.alpha_3 for c in pycountry.countries} <= set(codes)
    assert {"SUN", "YUG", "CSK", "DDR", "SCG", "XKX"} <= set(codes)


def test_every_phrase_is_found_under_its_state() -> None:
    lost = []
    for _, (code, name, names, demonyms, capitals, seats) in rows("countries.tsv", 6):
        for cell, look_up in (
            (name, countries.country_of),
            (names, countries.country_of),
            (demonyms, countries.demonym_of),
            (capitals, countries.capital_of),
            (seats, countries.seat_of),
        ):
            lost += [p for p in cell.split("|") if p and look_up(p.rstrip("+?")) != code]
    assert lost == []


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Great Britain", "GBR"), ("UK", "GBR"), ("U.K.", "GBR"), ("the U.S.", "USA"), ("US", "USA"), ("us", None),
        ("America's", "USA"), ("Burma", "MMR"), ("Ivory Coast", "CIV"), ("Côte d’Ivoire", "CIV"), ("Turkey", "TUR"),
        ("turkey", None), ("Republic of China", "TWN"), ("People's Republic of China", "CHN"), ("Georgia", "GEO"),
        ("the Soviet Union", "SUN"), ("EAST GERMANY", "DDR"), ("Philippines'", "PHL"), ("St. Lucia", "LCA"),
        ("Timor Leste", "TLS"), ("European Union", None), ("Kosovo", "XKX"), ("", None), ("the", None), ("Paris", None),
    ],
)  # fmt: skip
def test_names(phrase: str, code: str | None) -> None:
    assert countries.country_of(phrase) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Afghan", "AFG"), ("Afghans", "AFG"), ("Britons", "GBR"), ("Saudi", "SAU"), ("Saudis'", "SAU"),
        ("Kiwi", "NZL"), ("polish", None), ("Poles", "POL"), ("Swede", "SWE"), ("Nigerien", "NER"), ("Niger", None),
        ("Nigerian", "NGA"), ("North Korean", "PRK"), ("Bosnian Serbs", "BIH"), ("Scottish", "GBR"),
        ("Soviet", "SUN"), ("Arab", None),
    ],
)  # fmt: skip
def test_demonyms(word: str, code: str | None) -> None:
    assert countries.demonym_of(word) == code


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Islamabad", "PAK"), ("Tehran", "IRN"), ("Washington, D.C.", "USA"), ("The Hague", "NLD"),
        ("the Kremlin", "RUS"),
        ("Downing Street", "GBR"), ("the Élysée", "FRA"), ("Capitol Hill", "USA"), ("Turkish", "TUR"), ("China", "CHN"),
        ("Victoria", None), ("San Jose", None), ("Hamilton", None), ("Lahore", None),
    ],
)  # fmt: skip
def test_any_country(phrase: str, code: str | None) -> None:
    assert countries.any_country(phrase) == code


def test_names_and_capitals_of_codes() -> None:
    assert countries.name_of("GEO") == "Georgia"
    assert countries.name_of("QQQ") == "QQQ"
    assert countries.capital_name("AUS") == "Canberra"
    assert countries.capital_name("QQQ") is None
    assert countries.is_code("XKX")
    assert not countries.is_code("EUR")
    assert countries.is_doubtful("Jordan")
    assert not countries.is_doubtful("Jordanian")


@given(st.text(alphabet=PHRASES, max_size=30) | st.text(max_size=20))
def test_any_text_is_answered(phrase: str) -> None:
    code = countries.any_country(phrase)
    assert code is None or countries.is_code(code)


@given(st.sampled_from(countries.codes()))
def test_short_name_leads_back(code: str) -> None:
    assert countries.country_of(countries.name_of(code)) == code
