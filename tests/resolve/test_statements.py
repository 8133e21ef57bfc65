"""What is told of a statement beside its words: form, act, stance, hedge, sourcing, addressee, medium, time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dateline.extract.patterns import read_patterns
from dateline.extract.places import find_places
from dateline.extract.times import find_times
from dateline.model import Annotated, Attribution, Cast, Span, Statement
from dateline.resolve.actors import resolve_actors
from dateline.resolve.statements import resolve_statements

Annotate = Callable[..., Annotated]


def understand(annotated: Annotated) -> tuple[Cast, tuple[Statement, ...]]:
    attributions = read_patterns(annotated)
    cast = resolve_actors(annotated, find_places(annotated), attributions)
    times = find_times(annotated, date(2024, 5, 15))
    return cast, resolve_statements(annotated, attributions, cast, times)


def first(annotated: Annotated) -> Statement:
    return understand(annotated)[1][0]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“We will not pay,” said Maria Lund.", "direct"),
        ("Maria Lund said the state would not pay.", "indirect"),
        ("Maria Lund said the plan was “bad for the poor and the old”.", "mixed"),
        ("Maria Lund said the “green” plan was too dear for the towns of the north.", "indirect"),
    ],
)
def test_form(annotate: Annotate, text: str, form: str) -> None:
    assert first(annotate(text)).form == form


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry said the road was open.", "asserts"),
        ("Mali denied that it had bombed the camp.", "denies"),
        ("Mali did not deny that it had bombed the camp.", "asserts"),
        ("Turkey rejected reports that it had bombed Iraq.", "denies"),
        ("The ministry termed all reports on the issue as inaccurate.", "denies"),
        ("An official said the report was mere speculation.", "denies"),
        ("An official said there was no evidence of fraud.", "denies"),
        ("An official said the story was not true.", "denies"),
        ("“The reports are baseless,” said Maria Lund.", "denies"),
        ("The critics questioned whether the vote was fair.", "doubts"),
        ("The army could not confirm the report.", "doubts"),
        ("Maria Lund said it was unclear whether the vote was fair.", "doubts"),
        ("They urged Mali to release the men.", "demands"),
        ("Maria Lund asked parliament to support the treaty.", "demands"),
        ("Oslo had nothing to do with the leak, Maria Lund said.", "denies"),
        ("Maria Lund said her men were not responsible.", "denies"),
        ("Maria Lund said the stories were invented.", "denies"),
        ("“I do not know why it rains,” said Maria Lund.", "asserts"),
        ("Maria Lund said the men must be released.", "demands"),
        ("France called for an inquiry.", "demands"),
        ("France called the report a gift.", "asserts"),
        ("Analysts said prices would fall.", "predicts"),
        ("Economists predicted that prices would fall.", "predicts"),
        ("Maria Lund asked whether the road was safe.", "asks"),
        ("“Will you resign?” a reporter said.", "asks"),
        ("Nobody believes that the war will end.", "denies"),
    ],
)
def test_stance(annotate: Annotate, text: str, stance: str) -> None:
    assert first(annotate(text)).stance == stance


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Maria Lund said the bridge fell.", False),
        ("Maria Lund said the bridge may have fallen.", True),
        ("Maria Lund suggested that the bridge fell.", True),
        ("Analysts believe the bridge fell.", True),
        ("Maria Lund said the bridge reportedly fell.", True),
        ("Maria Lund said the bridge appeared to be weak.", True),
    ],
)
def test_hedge(annotate: Annotate, text: str, hedged: bool) -> None:
    assert first(annotate(text)).hedged is hedged


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Maria Lund said the bridge fell.", "say"),
        ("Maria Lund wrote in Dawn that the bridge fell.", "write"),
        ("France called for an inquiry.", "demand"),
        ("France called the report a gift.", "describe"),
        ("Mali denied attacking the camp.", "deny"),
        ("Chad accused Mali of attacking the camp.", "accuse"),
        ("Mali threatened to expel the envoys.", "threaten"),
        ("Mali vowed to expel the envoys.", "promise"),
        ("France condemned the attack.", "criticise"),
        ("France hailed the treaty.", "praise"),
        ("According to France, the bridge fell.", "report"),
        ("Maria Lund ruled out a second vote.", "reject"),
    ],
)
def test_act(annotate: Annotate, text: str, act: str) -> None:
    cue = first(annotate(text)).cue
    assert cue is not None
    assert cue.act == act


@pytest.mark.parametrize(
    ("text", "sourcing"),
    [
        ("Maria Lund said the bridge fell.", "named"),
        ("Reuters said the bridge fell.", "named"),
        ("The ministry said the bridge fell.", "named"),
        ("Police said the bridge fell.", "named"),
        ("The minister, Maria Lund, said the bridge fell.", "named"),
        ("A government source said the bridge fell.", "unnamed"),
        ("Another official said the bridge fell.", "unnamed"),
        ("Two officials said the bridge fell.", "unnamed"),
        ("A US official said the bridge fell.", "unnamed"),
        ("One of them said the bridge fell.", "unnamed"),
        ("Analysts said the bridge fell.", "collective"),
        ("Residents of the town said the bridge fell.", "collective"),
        ("Opposition leaders said the bridge fell.", "collective"),
        ("Some said the bridge fell.", "collective"),
        ("Republicans said the bridge fell.", "collective"),
        ("A government source came. He said the bridge fell.", "unnamed"),
        ("Farmers came to the town. They said the bridge fell.", "collective"),
        ("Maria Lund came to the town. She said the bridge fell.", "named"),
    ],
)
def test_sourcing(annotate: Annotate, text: str, sourcing: str) -> None:
    source = first(annotate(text)).source
    assert source is not None
    assert source.sourcing == sourcing


def test_no_source_where_none_is_named(annotate: Annotate) -> None:
    assert first(annotate("It was reported that five people had died.")).source is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maria Lund wrote in Dawn that the bridge fell.", "Dawn"),
        ("Maria Lund told Reuters that the bridge fell.", "Reuters"),
        ("Maria Lund told state television that the bridge fell.", "state television"),
        ("Maria Lund said on Twitter that the bridge fell.", "Twitter"),
        ("Maria Lund said in a statement that the bridge fell.", "statement"),
        ("“The bridge fell,” Maria Lund said in an interview with CNN.", "CNN"),
        ("“The bridge fell,” Maria Lund told a news conference.", "news conference"),
        ("The bridge fell, the agency reported, quoting prosecutors.", "the agency"),
        ("The agency quoted a guard as saying the bridge fell.", "The agency"),
        ("Maria Lund said in Oslo that the bridge fell.", None),
        ("Maria Lund told parliament that the bridge fell.", "parliament"),
    ],
)
def test_medium(annotate: Annotate, text: str, name: str | None) -> None:
    medium = first(annotate(text)).medium
    assert (medium.name if medium else None) == name
    if medium is not None:
        assert text[slice(*medium.span)] == name


def test_the_source_of_a_passed_on_report_is_whom_it_quotes(annotate: Annotate) -> None:
    annotated = annotate("The bridge fell, the agency reported, quoting prosecutors.")
    source = first(annotated).source
    assert source is not None
    assert [annotated.words(s) for s in source.spans] == ["prosecutors"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chad warned Mali that the border would be closed.", "Mali"),
        ("The United Nations urged Israel to stop the work.", "Israel"),
        ("France called on Chad to release the men.", "Chad"),
        ("Chad was told that the border would be closed.", "Chad"),
        ("Chad said that Mali would close the border.", None),
        ("Maria Lund told Reuters that the bridge fell.", None),
    ],
)
def test_addressee(annotate: Annotate, text: str, name: str | None) -> None:
    cast, statements = understand(annotate(text))
    addressee = statements[0].addressee
    assert (cast.get(addressee).name if addressee else None) == name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Maria Lund wrote in Dawn on Monday that the bridge fell.", "2024-05-13"),
        ("Maria Lund on Monday called the plan a mistake.", "2024-05-13"),
        ("Maria Lund said on Monday it had rained.", "2024-05-13"),
        ("Maria Lund said the bridge fell on Monday.", None),
        ("Maria Lund said the bridge fell.", None),
    ],
)
def test_time(annotate: Annotate, text: str, day: str | None) -> None:
    time = first(annotate(text)).time
    assert (time.start if time else None) == day


def test_ids_follow_the_text(annotate: Annotate) -> None:
    annotated = annotate("Maria Lund said the bridge fell. Ola Berg said it stood. “It fell,” said a witness.")
    _, statements = understand(annotated)
    assert [s.id for s in statements] == ["s1", "s2", "s3"]
    assert [s.content[0] for s in statements] == sorted(s.content[0] for s in statements)


def test_odd_attributions_are_read(annotate: Annotate) -> None:
    """A learned reader may give a cue without a head, spans on marks only, or no content."""
    annotated = annotate("“Snow,” — fell.")
    odd = (
        Attribution((), (), (Span(0, 1),)),
        Attribution((Span(8, 9),), (Span(6, 7),), (Span(1, 5),), head=99),
        Attribution((Span(8, 9),), (), ()),
    )
    assert len(resolve_statements(annotated, odd, Cast((), {}, {}), ())) == 2


def test_an_empty_report_has_no_statements(annotate: Annotate) -> None:
    assert resolve_statements(annotate(""), (), Cast((), {}, {}), ()) == ()


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Mali accused Chad of cutting the cable. “We did not cut the cable,” said Maria Lund.", ["accuse", "denies"]),
        ("Police said shots had been fired. Maria Lund said there were no shots.", ["asserts", "denies"]),
        ("Police said it was late. Maria Lund said there were no shots.", ["asserts", "asserts"]),
        ("Maria Lund denied that she had paid. “We did not offer jobs,” she said.", ["denies", "denies"]),
        ("Maria Lund said that she had paid. “We did not offer jobs,” she said.", ["asserts", "asserts"]),
    ],
)
def test_what_was_told_before_is_denied(annotate: Annotate, text: str, stances: list[str]) -> None:
    found = [s.stance.value for s in understand(annotate(text))[1]]
    assert found[-1] == stances[-1]
    assert len(found) == len(stances)


@pytest.mark.parametrize(
    ("text", "sourcing"),
    [
        ("A member of the board, Anna Lund, said the port was open.", "named"),
        ("Its chairman, Anna Lund, said the port was open.", "named"),
        ("A member of the board said the port was open.", "unnamed"),
        ("A newspaper said the port was open.", "unnamed"),
        ("The newspaper said the port was open.", "named"),
    ],
)
def test_sourcing_beside_a_name(annotate: Annotate, text: str, sourcing: str) -> None:
    source = first(annotate(text)).source
    assert source is not None
    assert source.sourcing == sourcing


@pytest.mark.parametrize(
    "text",
    [
        "A guard, who asked not to be named, said the gate was open.",
        "The gate was open, the agency reported, citing a guard.",
        "The gate was open, a guard said. The ministry did not respond to a request for comment.",
    ],
)
def test_asides_are_no_statements(annotate: Annotate, text: str) -> None:
    assert len(understand(annotate(text))[1]) == 1


def test_the_day_of_a_statement_counts_back(annotate: Annotate) -> None:
    time = first(annotate("Maria Lund said on Monday it would rain.")).time
    assert time is not None
    assert (time.start, time.end) == ("2024-05-13", "2024-05-13")


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Maria Lund told Radio Norvik that the port was open.", "Radio Norvik"),
        ("Maria Lund told the Interfax news agency that the port was open.", "Interfax news agency"),
    ],
)
def test_media_by_kind(annotate: Annotate, text: str, medium: str) -> None:
    where = first(annotate(text)).medium
    assert where is not None
    assert where.name == medium
