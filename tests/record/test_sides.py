"""What stands for an actor in a relation."""

from __future__ import annotations

import pytest

from dateline.record.sqlite.sides import Party, sides_of

USA = Party("state", "USA", "USA", "a1")
OFFICIAL = Party("person", "USA", "USAGOV", "a2")
REPORTER = Party("person", "USA", "USAJRN", "a3")
CROWD = Party("population", "USA", "USACVL", "a4")
REBELS = Party("group", "SUN", "SUNREB", "a5")
SOVIET = Party("organisation", "SUN", "SUNGOV", "a6")
CITIZEN = Party("person", "SUN", "SUNCVL", "a7")
NOBODY = Party("person", None, None, "a8")
AGENTS = Party("unnamed", "SUN", "SUNUNK", "a10")
MARKED = Party("person", "USA", "JRN", "a9")


@pytest.mark.parametrize(
    ("type", "sources", "targets", "expected"),
    [
        # what is done to a private citizen abroad is done to his state
        ("COERCE", [SOVIET], [REPORTER], ({"SUN"}, {"USA"})),
        ("ASSAULT", [SOVIET], [CROWD], ({"SUN"}, {"USA"})),
        # what a state does to its own stays between the two
        ("COERCE", [USA], [REPORTER], ({"USA"}, {"a3"})),
        ("COERCE", [SOVIET], [CITIZEN, REPORTER], ({"SUN"}, {"a7", "USA"})),
        # private people do not act for their state, peoples do, unless they protest
        ("ACCUSE", [REPORTER], [SOVIET], ({"a3"}, {"SUN"})),
        ("REQUEST", [CROWD], [SOVIET], ({"USA"}, {"SUN"})),
        ("PROTEST", [CROWD], [SOVIET], ({"a4"}, {"SUN"})),
        # who arrests or expels, acts for a state
        ("COERCE", [AGENTS], [REPORTER], ({"SUN"}, {"USA"})),
        ("CONSULT", [AGENTS], [REPORTER], ({"a10"}, {"USA"})),
        # rebels and people of no known country stand for themselves
        ("ASSAULT", [USA], [REBELS], ({"USA"}, {"a5"})),
        ("ASSAULT", [USA], [NOBODY], ({"USA"}, {"a8"})),
        ("ASSAULT", [SOVIET], [MARKED], ({"SUN"}, {"a9"})),
        ("CONSULT", [OFFICIAL], [SOVIET], ({"USA"}, {"SUN"})),
        # nobody acts: nothing tells that it was abroad
        ("COERCE", [], [REPORTER], (set(), {"a3"})),
    ],
)
def test_what_stands_on_either_side(
    type: str, sources: list[Party], targets: list[Party], expected: tuple[set[str], set[str]]
) -> None:
    assert sides_of(type, sources, targets) == expected
