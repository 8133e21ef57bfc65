"""The list of leaders is one that can be looked up."""

from __future__ import annotations

from dateline.lexicons.countries import is_code
from dateline.lexicons.leaders import leader_of, leaders


def test_every_leader_has_a_state_and_years_in_order() -> None:
    everybody = [one for some in leaders().values() for one in some]
    assert len(everybody) > 150
    assert [one for one in everybody if not is_code(one.country) or not 1940 <= one.since <= one.until] == []


def test_a_last_name_of_two_states_is_nobodys() -> None:
    assert leader_of(["clinton"], 2012) is not None
    assert leader_of(["johnson"], 1968) is not None
    assert leader_of(["nobody"], 1968) is None
