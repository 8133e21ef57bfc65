"""The data files behind actors load and hold what their columns promise."""

from __future__ import annotations

import re

import pytest

from dateline.lexicons import rows
from dateline.lexicons.countries import is_code
from dateline.lexicons.roles import (
    ROLE_KINDS,
    fold,
    gender_of,
    is_portfolio,
    modifier_of,
    organisation_of,
    organisations_of,
    people_of,
    role_of,
    singular,
    word_set,
)

SECTORS = word_set(
    "GOV MIL REB OPP PTY JUD SPY UAF PRM BUS CRM CVL COP EDU ELI MED LAB LEG JRN NGO REL REF AGR IGO UNK"
)


def test_roles_file() -> None:
    seen = set()
    for number, (phrase, code, kind, flags) in rows("roles.tsv", 4):
        assert phrase == phrase.lower(), number
        assert kind in ROLE_KINDS, number
        assert code in SECTORS or code == "", number
        assert set(flags) <= set("twmfc"), number
        assert (phrase, kind == "modifier", kind == "portfolio") not in seen, number
        seen.add((phrase, kind == "modifier", kind == "portfolio"))
    assert len(seen) > 1500


def test_organisations_file() -> None:
    names = set()
    for number, (name, acronym, country, code, kind, others) in rows("organisations.tsv", 6):
        assert name, number
        assert name not in names, number
        names.add(name)
        assert not country or is_code(country), number
        assert kind.rstrip("?") in ("organisation", "group"), number
        if country:
            assert code.startswith(country), number
            assert code[3:] in SECTORS or code[3:] == "", number
        else:
            assert re.fullmatch(r"IGO([A-Z]{3})?|NGO|IMGREB", code), number
        assert all(part.strip() == part and part for part in others.split("|") if others), number
        assert not acronym or " " not in acronym, number


def test_first_names_and_peoples() -> None:
    first = dict(row for _, row in rows("names.tsv", 2))  # type: ignore[misc]
    assert set(first.values()) == {"m", "f"}
    assert len(first) > 400
    assert all(is_code(code) for _, (_, code) in rows("names_peoples.tsv", 2))


@pytest.mark.parametrize(
    ("phrase", "code", "kind"),
    [
        ("prime minister", "GOV", "office"),
        ("foreign ministers", "GOV", "office"),
        ("foreign ministry", "GOV", "organisation"),
        ("lt gen", "MIL", "person"),
        ("rebels", "REB", "group"),
        ("policemen", "COP", "person"),
        ("lawmakers", "LEG", "person"),
        ("refugees", "REF", "population"),
        ("mr", "", "honorific"),
    ],
)
def test_role_of(phrase: str, code: str, kind: str) -> None:
    role = role_of(phrase)
    assert role is not None
    assert (role.code, role.kind) == (code, kind)


def test_no_role() -> None:
    assert role_of("table") is None
    assert modifier_of("green") is None
    assert not is_portfolio("cheese")
    assert is_portfolio("foreign affairs")


def test_organisations() -> None:
    united = organisation_of("UN")
    assert united is not None
    assert (united.name, united.code, united.country) == ("United Nations", "IGOUNO", None)
    assert {o.country for o in organisations_of("PTI")} == {"PAK", "IND"}
    assert organisation_of("Bakers of Utopia") is None


def test_small_words() -> None:
    assert fold("U.S.-led") == "US led"
    assert [singular(w) for w in ("women", "allies", "boxes", "congress", "police")] == [
        "woman", "ally", "box", "congress", "police",
    ]  # fmt: skip
    assert (gender_of("Maria"), gender_of("Peter"), gender_of("Xyzzy")) == ("f", "m", None)
    assert people_of("Tibetan") == "CHN"
