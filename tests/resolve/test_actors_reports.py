"""Who is who and who speaks in whole reports: invented people in invented news of two regions."""

from __future__ import annotations

import pytest

from dateline.annotate import Annotator
from dateline.model import Annotated, Cast, Dateline, Report, Span, Statement
from tests.resolve.test_statements import understand

SOUTH = """Paraguay's foreign minister, Lucia Benitez Rolon, accused Bolivia on Thursday of moving soldiers into \
the Chaco, hours after the two governments had agreed to resume talks.

"We will not be intimidated," Benitez Rolon told reporters on the sidelines of a meeting of the Southern Common \
Market (Mercosur). She said her government had asked the Organization of American States (OAS) to send observers.

Bolivian Defense Minister Hernan Quispe rejected the charge. The minister said the army was on a routine exercise.

Former Paraguayan president Anibal Duarte Frei, now a senator for the opposition Colorado Front (FC), called on \
acting president Teresa Ayala to recall the ambassador in La Paz.

Marcos Pintos, a spokesman for Ayala, said the president would speak with her Bolivian counterpart, Rene Mamani, by \
telephone on Friday. "They know each other well," he added.

Brazil's president-elect, Joana Prado, offered to mediate. Prado, who takes office on April 1, said both countries \
had much to lose.

OAS Secretary-General Pablo Etchegaray welcomed the talks. His deputy, Canadian diplomat Anne Tremblay, will travel \
to the border next week, the organisation said."""

EAST = """South Korea's military said on Tuesday it had fired warning shots at a North Korean patrol boat, and \
Pyongyang threatened to retaliate.

"Our navy acted by the book," Colonel Baek Jin-ho, a spokesman for the Joint Chiefs of Staff, told a briefing. He \
declined to say whether the boat had been hit.

The Korean Central News Agency (KCNA) quoted an unnamed official of the People's Army as saying the boat was in its \
own waters.

Unification Minister Han Mi-sook urged the North to use the hotline. She said the two sides had last spoken in May. \
Han, a former judge, was appointed by then President Noh Sang-woo.

In Tokyo, Japanese Prime Minister Haruka Endo told parliament that the government was following the matter with \
concern. Her chief cabinet secretary, Daisuke Mori, said Japan would consult with Washington. Endo later spoke with \
US Secretary of State William Hale.

The opposition Democratic Alliance demanded an inquiry. Its leader, Park Dong-hyun, asked why nobody had been told. \
"We want the logs," said Park. Former navy chief Cho Yong-pil disagreed."""


def dated(annotator: Annotator, text: str) -> Annotated:
    """A report with a dateline from a town of its region."""
    place, country = ("Montevideo", "URY") if text is SOUTH else ("Seoul", "KOR")
    return annotator.annotate(Report("test", text, language="en", dateline=Dateline(Span(0, 0), place, country, None)))


def roles_of(cast: Cast, name: str) -> set[tuple[str, str | None, str]]:
    found = [a for a in cast.actors if a.name == name]
    assert len(found) == 1, [a.name for a in cast.actors]
    return {(r.title, r.of, r.status.value) for r in found[0].roles}


def speaker(annotated: Annotated, cast: Cast, statements: tuple[Statement, ...], words: str) -> str | None:
    """The name of the actor who says these words, in the statement that has the fewest others."""
    start = annotated.text.index(words)
    spans = [(s.content[0].end - s.content[0].start, n) for n, s in enumerate(statements)
             if any(c.start <= start and start + len(words) <= c.end for c in s.content)]  # fmt: skip
    source = statements[min(spans)[1]].source
    return cast.get(source.actor).name if source and source.actor else None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (SOUTH, "Lucia Benitez Rolon", ("foreign minister", "PRY", "current")),
        (SOUTH, "Hernan Quispe", ("Defense Minister", "BOL", "current")),
        (SOUTH, "Anibal Duarte Frei", ("president", "PRY", "former")),
        (SOUTH, "Anibal Duarte Frei", ("senator", "PRY", "current")),
        (SOUTH, "Teresa Ayala", ("president", "PRY", "acting")),
        (SOUTH, "Marcos Pintos", ("spokesman", "PRY", "current")),
        (SOUTH, "Rene Mamani", ("counterpart", "BOL", "current")),
        (SOUTH, "Joana Prado", ("president", "BRA", "elect")),
        (SOUTH, "Pablo Etchegaray", ("Secretary-General", None, "current")),
        (SOUTH, "Anne Tremblay", ("deputy", None, "current")),
        (EAST, "Baek Jin-ho", ("spokesman", "KOR", "current")),
        (EAST, "Han Mi-sook", ("Unification Minister", "KOR", "current")),
        (EAST, "Han Mi-sook", ("judge", "KOR", "former")),
        (EAST, "Noh Sang-woo", ("President", "KOR", "then")),
        (EAST, "Haruka Endo", ("Prime Minister", "JPN", "current")),
        (EAST, "Daisuke Mori", ("cabinet secretary", "JPN", "current")),
        (EAST, "William Hale", ("Secretary of State", "USA", "current")),
        (EAST, "Park Dong-hyun", ("leader", "KOR", "current")),
        (EAST, "Cho Yong-pil", ("navy chief", "KOR", "former")),
    ],
)
def test_roles_in_a_report(annotator: Annotator, text: str, name: str, role: tuple[str, str | None, str]) -> None:
    assert role in roles_of(understand(dated(annotator, text))[0], name)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (SOUTH, "We will not be intimidated", "Lucia Benitez Rolon"),
        (SOUTH, "her government had asked", "Lucia Benitez Rolon"),
        (SOUTH, "the army was on", "Hernan Quispe"),
        (SOUTH, "They know each other", "Marcos Pintos"),
        (SOUTH, "both countries had", "Joana Prado"),
        (SOUTH, "will travel to the border", "Organization of American States"),
        (EAST, "Our navy acted", "Baek Jin-ho"),
        (EAST, "the two sides had", "Han Mi-sook"),
        (EAST, "the government was following", "Haruka Endo"),
        (EAST, "Japan would consult", "Daisuke Mori"),
        (EAST, "why nobody had been", "Park Dong-hyun"),
        (EAST, "We want the logs", "Park Dong-hyun"),
    ],
)
def test_speakers_in_a_report(annotator: Annotator, text: str, words: str, name: str) -> None:
    annotated = dated(annotator, text)
    assert speaker(annotated, *understand(annotated), words) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SOUTH, {"Organization of American States": "IGOAMR", "Anne Tremblay": "IGOAMR", "Colorado Front": "PRYPTY"}),
        (EAST, {"Joint Chiefs of Staff": "KORMIL", "People's Army": "PRKMIL", "Democratic Alliance": "KORPTY"}),
    ],
)
def test_codes_in_a_report(annotator: Annotator, text: str, code: dict[str, str]) -> None:
    cast, _ = understand(dated(annotator, text))
    assert {a.name: a.code for a in cast.actors if a.name in code} == code
