"""Country codes are there for every state, once each, and lead back."""

from __future__ import annotations

import pycountry
import pytest

from dateline.lexicons import country_codes, rows
from dateline.lexicons.countries import codes

#: Islands without a FIPS code of their own in the source.
_WITHOUT_FIPS = {"ALA", "BES"}


@pytest.mark.parametrize("file", ["fips.tsv", "alpha2.tsv"])
def test_each_code_is_listed_once(file: str) -> None:
    # CS was given again, to Serbia and Montenegro
    listed = [cells[0] for _, cells in rows(file, 2) if cells[1] != "CSK"]
    assert len(listed) == len(set(listed)) > 240
    assert all(len(code) == 2 and code.isupper() for code in listed)


def test_every_state_has_both() -> None:
    assert {code for code in codes() if country_codes.fips_of(code) is None} == _WITHOUT_FIPS
    assert all(country_codes.alpha2_of(code) for code in codes())


def test_two_letters_are_those_of_iso() -> None:
    for country in pycountry.countries:
        if country.alpha_3 in codes():
            assert country_codes.alpha2_of(country.alpha_3) == country.alpha_2


@pytest.mark.parametrize(
    ("alpha3", "fips"), [("RUS", "RS"), ("SRB", "RI"), ("CHN", "CH"), ("CHE", "SZ"), ("KOR", "KS"), ("PRK", "KN")]
)
def test_fips(alpha3: str, fips: str) -> None:
    assert country_codes.fips_of(alpha3) == fips
