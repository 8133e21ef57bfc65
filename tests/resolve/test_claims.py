"""Claims: which statements of one report assert or deny the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extract.patterns import read_patterns
from dateline.extract.places import find_places
from dateline.model import Annotated, Cast
from dateline.resolve.actors import resolve_actors
from dateline.resolve.claims import find_claims
from dateline.resolve.statements import resolve_statements

Annotate = Callable[..., Annotated]
Found = list[tuple[str, list[tuple[str | None, str]]]]


LINKING = """Chad insisted that Mali would release the general.
A source said linking the release of the general to Mali was mere speculation."""


def claims(annotated: Annotated) -> Found:
    """(text, [(actor's name, position)]) of each claim."""
    attributions = read_patterns(annotated)
    cast = resolve_actors(annotated, find_places(annotated), attributions)
    statements = resolve_statements(annotated, attributions, cast, ())
    return [
        (c.text, [(cast.get(p.actor).name if p.actor else None, p.position.value) for p in c.positions])
        for c in find_claims(annotated, statements, cast)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mali denied attacking the camp. France denied attacking the camp.",
         [("attacking the camp", [("Mali", "denies"), ("France", "denies")])]),
        ("Mali denied attacking the camp.", [("attacking the camp", [("Mali", "denies")])]),
        ("Chad accused Mali of attacking the camp at Tessalit. Mali rejected the accusation.",
         [("Mali of attacking the camp at Tessalit", [("Chad", "asserts"), ("Mali", "denies")])]),
        ("Chad said that Mali had bombed the camp. Mali denied that it had bombed the camp.",
         [("Mali had bombed the camp", [("Chad", "asserts"), ("Mali", "denies")])]),
        ("Mali bombed the camp, Chad said, a charge that Mali rejected.",
         [("Mali bombed the camp", [("Chad", "asserts"), ("Mali", "denies")])]),
        ("Chad accused Mali of breaking a promise. Mali denied that it had made such a promise.",
         [("Mali of breaking a promise", [("Chad", "asserts"), ("Mali", "denies")])]),
        (LINKING,
         [("Mali would release the general", [("Chad", "asserts"), ("source", "denies")])]),
        ("Chad said that Mali had bombed the camp. Mali said that it had not bombed the camp.",
         [("Mali had bombed the camp", [("Chad", "asserts"), ("Mali", "denies")])]),
    ],
)  # fmt: skip
def test_contested(annotate: Annotate, text: str, expected: Found) -> None:
    assert claims(annotate(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chad said that Mali had bombed the camp. France said that Mali had bombed the camp.",
        "Chad said that the rain had ruined the crop. Mali said that no date had been set for the vote.",
        "Poland's minister said that no decision had been made on sending tanks. Germany said it would send tanks.",
        "Mali denied the allegations.",
        "Snow fell in Oslo.",
        "",
    ],
)
def test_nothing_is_contested(annotate: Annotate, text: str) -> None:
    assert claims(annotate(text)) == []


def test_a_vague_denial_joins_what_is_disputed_anyway(annotate: Annotate) -> None:
    text = (
        "Chad insisted that Mali would release the general from prison.\n\n"
        "The ministry termed all speculation on the issue as inaccurate.\n\n"
        "A source said linking the release of the general to Mali was mere speculation."
    )
    [(_, positions)] = claims(annotate(text))
    assert [p for _, p in positions] == ["asserts", "denies", "denies"]


def test_the_empty_report(annotate: Annotate) -> None:
    assert find_claims(annotate(""), (), Cast((), {}, {})) == ()
