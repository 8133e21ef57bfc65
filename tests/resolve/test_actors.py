"""Who is who: own sentences with invented people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate import Annotator
from dateline.extract.places import find_places
from dateline.model import (
    Actor,
    ActorKind,
    Annotated,
    Attribution,
    Cast,
    DateFrom,
    MentionForm,
    Place,
    Published,
    Report,
    RoleStatus,
    Span,
)
from dateline.resolve.actors import resolve_actors
from dateline.resolve.mentions import code_phrase

Annotate = Callable[..., Annotated]


def cast_of(annotate: Annotate, text: str, *attributions: Attribution) -> tuple[Annotated, Cast]:
    annotated = annotate(text)
    return annotated, resolve_actors(annotated, (), attributions)


def named(cast: Cast, name: str) -> Actor:
    found = [a for a in cast.actors if a.name == name]
    assert len(found) == 1, [a.name for a in cast.actors]
    return found[0]


def at(annotated: Annotated, cast: Cast, words: str, nth: int = 0) -> list[str]:
    """The names of the actors that the nth occurrence of these words stands for."""
    start = -1
    for _ in range(nth + 1):
        start = annotated.text.index(words, start + 1)
    head = annotated.head_of(Span(start, start + len(words)))
    assert head is not None
    return [cast.get(i).name for i in cast.of(head.i)]


@pytest.mark.parametrize(
    ("text", "name", "country", "code"),
    [
        ("Iranian Foreign Minister Reza Karimi arrived on Monday.", "Reza Karimi", "IRN", "IRNGOV"),
        ("U.S. Secretary of State Jane Miller met reporters.", "Jane Miller", "USA", "USAGOV"),
        ("Minister of Foreign Affairs Juan Ortega of Peru resigned.", "Juan Ortega", "PER", "PERGOV"),
        ("The Syrian army shelled the town.", "Syrian army", "SYR", "SYRMIL"),
        ("Pakistan's Foreign Ministry rejected the report.", "Foreign Ministry", "PAK", "PAKGOV"),
        ("Former Kenyan president Peter Mwangi was questioned.", "Peter Mwangi", "KEN", "KENELI"),
        ("Colombian rebels attacked a convoy.", "Colombian rebels", "COL", "COLREB"),
        ("Officials in Norway said the ferry sank.", "Officials", "NOR", "NORGOV"),
        ("UN envoy Lars Holm arrived in Aden.", "Lars Holm", None, "IGOUNO"),
        ("NATO troops opened fire.", "NATO troops", None, "IGONATMIL"),
        ("A former FBI official wrote a book.", "former FBI official", "USA", "USAELI"),
        ("Peru's Defense Department bought ships.", "Defense Department", "PER", "PERGOV"),
        ("The president of the Swedish parliament opened the session.", "president", "SWE", "SWELEG"),
        ("Two big trade unions in Denmark went on strike.", "Two big trade unions", "DNK", "DNKLAB"),
        ("Ethnic Albanians in Serbia marched.", "Ethnic Albanians", "SRB", "SRBCVL"),
        ("The Utopian Liberation Front attacked Chad.", "Utopian Liberation Front", "TCD", "TCDREB"),
        ("Pope Leo prayed for Chad.", "Leo", None, "REL"),
        ("Iraqis queued for bread.", "Iraqis", "IRQ", "IRQCVL"),
        ("A Peruvian fighter shot at a ship.", "Peruvian fighter", "PER", "PERMIL"),
        ("Peruvian fighters shot down an airliner.", "Peruvian fighters", "PER", "PERMIL"),
        ("A rocket was fired from a Peruvian fighter aircraft.", "Peruvian fighter aircraft", "PER", "PERMIL"),
        ("Syrian fighters seized a village.", "Syrian fighters", "SYR", "SYRREB"),
        ("Taliban fighters shot down a plane.", "Taliban fighters", "AFG", "AFGREB"),
    ],
)
def test_country_and_code(annotate: Annotate, text: str, name: str, country: str | None, code: str) -> None:
    _, cast = cast_of(annotate, text)
    actor = named(cast, name)
    assert (actor.country, actor.code) == (country, code)


@pytest.mark.parametrize(
    ("text", "name", "title", "of", "status"),
    [
        ("Pakistani Prime Minister Omar Beg spoke.", "Omar Beg", "Prime Minister", "PAK", RoleStatus.CURRENT),
        ("Aid was sought from then Pakistani Prime Minister Omar Beg.", "Omar Beg", "Prime Minister", "PAK",
         RoleStatus.THEN),
        ("They congratulated newly elected French President Luc Moreau.", "Luc Moreau", "President", "FRA",
         RoleStatus.ELECT),
        ("Acting Danish Prime Minister Nils Lund resigned.", "Nils Lund", "Prime Minister", "DNK", RoleStatus.ACTING),
        ("Nils Lund, a former ambassador, wrote the book.", "Nils Lund", "ambassador", None, RoleStatus.FORMER),
        ("Nils Lund was sworn in as Denmark's prime minister on Monday.", "Nils Lund", "prime minister", "DNK",
         RoleStatus.CURRENT),
        ("Nils Lund is the president of Denmark.", "Nils Lund", "president", "DNK", RoleStatus.CURRENT),
        ("French chemist Ana Silva spoke.", "Ana Silva", "chemist", "FRA", RoleStatus.CURRENT),
        ("US President-elect Ana Silva spoke.", "Ana Silva", "President", "USA", RoleStatus.ELECT),
        ("Ex-president Nils Lund of Chile spoke.", "Nils Lund", "president", "CHL", RoleStatus.FORMER),
        ("Deposed Honduran leader Juan Ortega left.", "Juan Ortega", "leader", "HND", RoleStatus.FORMER),
        ("Germany's then chancellor, Karl Brandt, spoke.", "Karl Brandt", "chancellor", "DEU", RoleStatus.THEN),
        ("Prime Minister-designate Omar Beg of Iraq spoke.", "Omar Beg", "Prime Minister", "IRQ", RoleStatus.ELECT),
        ("Ana Silva, a leading Egyptologist, doubted it.", "Ana Silva", "leading Egyptologist", None,
         RoleStatus.CURRENT),
        ("Army chief of staff Ana Silva left.", "Ana Silva", "Army chief of staff", None, RoleStatus.CURRENT),
    ],
)  # fmt: skip
def test_roles(annotate: Annotate, text: str, name: str, title: str, of: str | None, status: RoleStatus) -> None:
    annotated, cast = cast_of(annotate, text)
    roles = named(cast, name).roles
    assert [(r.title, r.of, r.status) for r in roles] == [(title, of, status)]
    assert annotated.words(roles[0].span) == title


def test_a_title_before_and_one_after_are_two_roles(annotate: Annotate) -> None:
    _, cast = cast_of(annotate, "Former Peruvian President Juan Ortega, the founder of the party, was jailed.")
    actor = named(cast, "Juan Ortega")
    assert {(r.title, r.status) for r in actor.roles} >= {("President", RoleStatus.FORMER)}
    assert len([a for a in cast.actors if a.kind is ActorKind.PERSON]) == 1


def test_full_name_surname_and_title_are_one(annotate: Annotate) -> None:
    text = (
        "German Defence Minister Karl Brandt flew to Warsaw on Monday. Brandt praised the pilots. "
        "The minister said Mr Brandt's plane was late."
    )
    annotated, cast = cast_of(annotate, text)
    persons = [a for a in cast.actors if a.kind is ActorKind.PERSON]
    assert [a.name for a in persons] == ["Karl Brandt"]
    assert [annotated.words(m.span) for m in persons[0].mentions] == ["Karl Brandt", "Brandt", "The minister", "Brandt"]


def test_an_office_named_before_its_holder_is_the_holder(annotate: Annotate) -> None:
    text = "Denmark's prime minister will resign. Danish Prime Minister Nils Lund said so. The prime minister was calm."
    annotated, cast = cast_of(annotate, text)
    assert [at(annotated, cast, "prime minister", n) for n in (0, 1)] == [["Nils Lund"], ["Nils Lund"]]


def test_different_persons_of_one_surname_stay_apart(annotate: Annotate) -> None:
    _, cast = cast_of(annotate, "Peter Novak met Maria Novak in Prague. Mrs Novak left early.")
    assert [a.name for a in cast.actors if a.kind is ActorKind.PERSON] == ["Peter Novak", "Maria Novak"]
    assert len(named(cast, "Maria Novak").mentions) == 2


@pytest.mark.parametrize(
    ("text", "day", "name", "code"),
    [
        ("President Ronald Reagan wrote to Moscow.", "1985-05-02", "Ronald Reagan", "USAGOV"),
        ("Prime Minister Thatcher flew to Moscow.", "1985-05-02", "Thatcher", "GBRGOV"),
        ("Secretary of State George Shultz arrived in Chile.", "1985-05-02", "George Shultz", "USAGOV"),
        ("Margaret Thatcher flew to Moscow.", "1985-05-02", "Margaret Thatcher", "GBRGOV"),
        ("Chilean professor George Shultz flew to Moscow.", "1985-05-02", "George Shultz", "CHLEDU"),
        ("President Reagan spoke in Chile.", "2020-05-02", "Reagan", "CHLGOV"),
        ("Jo Klein, a deputy minister, leads the Danish delegation in Lima.", "1985-05-02", "Jo Klein", "DNKGOV"),
        ("The delegates met in Lima.", "1985-05-02", "delegates", "GOV"),
    ],
)
def test_state_of_those_who_are_abroad(annotator: Annotator, text: str, day: str, name: str, code: str) -> None:
    published = Published(day, DateFrom.GIVEN, True)
    annotated = annotator.annotate(Report("t", text, language="en", published=published))
    assert named(resolve_actors(annotated, find_places(annotated), ()), name).code == code


def test_former_and_present_president_of_one_surname_are_two(annotate: Annotate) -> None:
    text = "Former Utopian President Peter Novak praised President Peter B. Novak."
    _, cast = cast_of(annotate, text)
    assert [a.name for a in cast.actors if a.kind is ActorKind.PERSON] == ["Peter Novak", "Peter B. Novak"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("The Hamas movement called a strike.", "Hamas", "PSEREB"),
        ("The al-Qaeda terror network was blamed.", "al-Qaeda", "IMGREB"),
        ("The Kurdistan Workers' Party laid down arms.", "Kurdistan Workers' Party", "TURREB"),
        ("The Democratic People's Republic of Korea protested.", "North Korea", "PRK"),
        ("Japan's Democratic Party won seats.", "Democratic Party", "JPNPTY"),
    ],
)
def test_known_bodies(annotate: Annotate, text: str, name: str, code: str) -> None:
    _, cast = cast_of(annotate, text)
    assert named(cast, name).code == code


def test_a_title_behind_a_body_in_brackets(annotate: Annotate) -> None:
    _, cast = cast_of(annotate, "Israel Defense Forces (IDF) Chief of Staff Adam Gal on Sunday rejected the findings.")
    actor = named(cast, "Adam Gal")
    assert (actor.country, [r.title for r in actor.roles]) == ("ISR", ["Chief of Staff"])


def test_acronym_in_brackets_is_learned(annotate: Annotate) -> None:
    annotated, cast = cast_of(
        annotate, "The Utopian Fishermen's Union (UFU) called a strike. Leaders of the UFU met ministers."
    )
    assert at(annotated, cast, "UFU", 1) == at(annotated, cast, "UFU", 0)
    forms = [m.form for a in cast.actors for m in a.mentions if annotated.words(m.span) == "UFU"]
    assert set(forms) == {MentionForm.ACRONYM}


def test_shared_letters_are_read_as_the_report_means_them(annotate: Annotate) -> None:
    _, cast = cast_of(annotate, "In Pakistan the PTI held a rally. Pakistani police arrested PTI workers.")
    assert [a.code for a in cast.actors if a.name == "PTI"] == ["PAKPTY"]


def test_capital_acts_for_its_state_but_is_a_place_after_in(annotate: Annotate) -> None:
    text = "Moscow accused Washington of lying. The Kremlin was silent. He lives in Paris."
    annotated, cast = cast_of(annotate, text)
    assert at(annotated, cast, "Moscow") == ["Russia"]
    assert at(annotated, cast, "Washington") == ["United States"]
    assert at(annotated, cast, "Kremlin") == ["Russia"]
    assert "France" not in [a.name for a in cast.actors if a.mentions[0].form is MentionForm.NAME]
    assert len([a for a in cast.actors if a.country == "RUS"]) == 1


@pytest.mark.parametrize(
    ("text", "phrase", "names"),
    [
        ("Turkish villages burned.", "villages", ["Turkey"]),
        ("The Syrian army's shells hit a school.", "shells", ["Syrian army"]),
        ("Rebel attacks killed ten soldiers.", "attacks", ["Rebel"]),
        ("Norway's decision angered fishermen.", "decision", ["Norway"]),
        ("The invasion of Kuwait began at dawn.", "invasion", ["Kuwait"]),
        ("Danish and Swedish officials agreed.", "officials", ["Danish officials", "Swedish officials"]),
        ("US-Iran talks collapsed.", "talks", ["United States", "Iran"]),
        ("The German and French foreign ministers met.", "ministers", ["German foreign ministers",
         "French foreign ministers"]),
        ("North and South Korea met.", "North", ["North Korea"]),
        ("A South Korean and two Americans were freed.", "Americans", ["two Americans"]),
        ("US and British forces left.", "forces", ["US forces", "British forces"]),
    ],
)
def test_whose_a_phrase_is(annotate: Annotate, text: str, phrase: str, names: list[str]) -> None:
    annotated, cast = cast_of(annotate, text)
    assert at(annotated, cast, phrase) == names


def test_two_persons_in_one_breath_share_the_country(annotate: Annotate) -> None:
    text = "Chilean President Juan Ortega and Foreign Minister Ana Silva greeted crowds in Lima."
    _, cast = cast_of(annotate, text)
    assert (named(cast, "Juan Ortega").country, named(cast, "Ana Silva").country) == ("CHL", "CHL")


def test_a_president_is_not_of_the_country_he_threatens(annotate: Annotate) -> None:
    _, cast = cast_of(annotate, "President Moreau threatened action against Russia.")
    assert named(cast, "Moreau").country is None


def test_they_takes_up_both(annotate: Annotate) -> None:
    text = "Nils Lund met Peter Mwangi and Ana Silva on Monday. He gave them a map."
    annotated, cast = cast_of(annotate, text)
    assert at(annotated, cast, "them") == ["Peter Mwangi", "Ana Silva"]


def test_a_bare_surname_is_the_one_spoken_of_most(annotate: Annotate) -> None:
    text = "Peter Novak was arrested. Police said Novak had fled. His wife Maria Novak wept. Novak denied the charge."
    annotated, cast = cast_of(annotate, text)
    assert at(annotated, cast, "Novak", 3) == ["Peter Novak"]


def test_kin_beside_a_name_is_that_person(annotate: Annotate) -> None:
    annotated, cast = cast_of(annotate, "Mrs Silva's husband, Peter Mwangi, left. He said she was ill.")
    assert at(annotated, cast, "husband") == ["Peter Mwangi"]
    assert at(annotated, cast, "she") == ["Silva"]


def test_two_descriptions_of_one_name(annotate: Annotate) -> None:
    _, cast = cast_of(annotate, "The report quoted Ana Silva, chairman of the board and a former finance minister.")
    roles = {(r.title, r.status) for r in named(cast, "Ana Silva").roles}
    assert roles == {("chairman", RoleStatus.CURRENT), ("finance minister", RoleStatus.FORMER)}


def test_country_of_the_whole_report(annotate: Annotate) -> None:
    text = "Chad shut schools. Chad is dry. Chad has no coast. Rain fell. Roads broke. It was cold. Drivers wept."
    _, cast = cast_of(annotate, text)
    assert named(cast, "Drivers").country == "TCD"


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Danish Prime Minister Nils Lund greeted pilots. He said he was pleased.", "He", "Nils Lund"),
        ("Foreign Ministry spokeswoman Ana Silva met Peter Mwangi. She mentioned a treaty.", "She", "Ana Silva"),
        ("Several leaders praised the deal. They insist it will last.", "They", "Several leaders"),
        ("Nils Lund met Ana Silva. Her visit ended on Friday.", "Her", "Ana Silva"),
        ("Norway recalled its envoy.", "its", "Norway"),
        ("Peter Mwangi praised Nils Lund, who took his country into the union.", "his", "Nils Lund"),
        ("Mark Olsen thanked him.", "him", None),
    ],
)
def test_pronouns(annotate: Annotate, text: str, pronoun: str, name: str | None) -> None:
    annotated, cast = cast_of(annotate, text)
    assert at(annotated, cast, pronoun) == ([name] if name else [])


def test_first_person_in_a_quotation_is_its_speaker(annotate: Annotate) -> None:
    text = '"I will not sign, and we will win," said Ana Silva after she met Peter Mwangi.'
    content, source = Span(1, text.index('," said')), Span(text.index("Ana"), text.index(" after"))
    cue = Span(text.index("said"), text.index("said") + 4)
    annotated, cast = cast_of(annotate, text, Attribution((cue,), (source,), (content,)))
    assert at(annotated, cast, "I ") == ["Ana Silva"]
    assert at(annotated, cast, "we ") == ["Ana Silva"]


def test_unnamed_sources(annotate: Annotate) -> None:
    text = "Analysts doubt it. A government source said talks failed. Another government source denied that."
    _, cast = cast_of(annotate, text)
    unnamed = [a.name for a in cast.actors if a.kind is ActorKind.UNNAMED]
    assert unnamed == ["Analysts", "government source", "Another government source"]


def test_a_report_has_one_actor_a_state(annotate: Annotate) -> None:
    text = "The United States warned Iran. The U.S. said Tehran must stop. Iran rejected the American demand."
    _, cast = cast_of(annotate, text)
    assert sorted(a.name for a in cast.actors if a.kind is ActorKind.STATE) == ["Iran", "United States"]


def test_the_country_is_the_state_met_last(annotate: Annotate) -> None:
    annotated, cast = cast_of(annotate, "Chad closed its schools. Rains hit the country hard.")
    assert at(annotated, cast, "country") == ["Chad"]


def test_the_two_countries(annotate: Annotate) -> None:
    annotated, cast = cast_of(annotate, "Chad accused Libya of lying. The two countries broke off talks.")
    assert at(annotated, cast, "countries") == ["Chad", "Libya"]


def test_places_lend_their_country(annotate: Annotate) -> None:
    annotated = annotate("Shells hit the outskirts of Mariupol. Police in Mariupol fled.")
    spans = [Span(28, 36), Span(48, 56)]
    assert [annotated.words(s) for s in spans] == ["Mariupol", "Mariupol"]
    cast = resolve_actors(annotated, tuple(Place(s, "Mariupol", "UKR") for s in spans), ())
    assert at(annotated, cast, "outskirts") == ["Ukraine"]
    assert named(cast, "Police").code == "UKRCOP"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the Syrian army", ("SYR", "MIL")),
        ("Chad's central bank", ("TCD", "GOV")),
        ("Chad’s envoy to Libya", ("TCD", "GOV")),
        ("a former Kremlin aide", ("RUS", "ELI")),
        ("the People's Liberation Army", ("CHN", "MIL")),
        ("masked attackers", (None, "UAF")),
        ("a table", (None, "")),
        ("", (None, "")),
    ],
)
def test_code_phrase(phrase: str, expected: tuple[str | None, str]) -> None:
    assert code_phrase(phrase) == expected


def check(annotated: Annotated, cast: Cast) -> None:
    """What must hold of any cast."""
    assert [a.id for a in cast.actors] == [f"a{n}" for n in range(1, len(cast.actors) + 1)]
    firsts = [a.mentions[0].span for a in cast.actors]
    assert firsts == sorted(firsts)
    ids = {a.id for a in cast.actors}
    for table in (cast.by_head, cast.by_phrase):
        for head, found in table.items():
            assert 0 <= head < len(annotated.tokens)
            assert found
            assert set(found) <= ids
    for actor in cast.actors:
        assert actor.name
        for span in [m.span for m in actor.mentions] + [r.span for r in actor.roles]:
            assert 0 <= span.start < span.end <= len(annotated.text)


WORDS = st.sampled_from(
    """President Prime Minister of the Smith Ana Silva , . " “ ” ( ) - 's Israel Israeli army and UN (UN) he she they it
    who said former then rebels in Paris officials Mr. al bin 7 two people I we its \n country anti""".split(" ")  # noqa: SIM905
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_a_sound_cast(annotate: Annotate, text: str) -> None:
    annotated = annotate(text)
    half = Span(0, len(text) // 2)
    attribution = Attribution((), (half,), (Span(len(text) // 2, len(text)),))
    check(annotated, resolve_actors(annotated, (Place(half, "X", "FRA"),), (attribution,) if text else ()))


def test_an_empty_report_has_no_actors() -> None:
    empty = Annotated(Report("x", ""), [], [], [], [], [], [], "none")
    assert resolve_actors(empty, (), ()) == Cast((), {}, {})


def test_reading_twice_gives_the_same(annotate: Annotate) -> None:
    text = "Iran and Iraq met UN envoy Lars Holm in Geneva. He praised them. The two countries agreed."
    assert cast_of(annotate, text)[1] == cast_of(annotate, text)[1]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("The chairman of the talks, former United States Senator Paul Reed, spoke.", "Paul Reed", "chairman"),
        ("Its chairman, Per Haugland, called the fine unjust.", "Per Haugland", "chairman"),
        ("Minister of Harbours Anneke Lind spoke. The minister was calm.", "Anneke Lind", "Minister of Harbours"),
        ("Unification Minister Ana Silva spoke.", "Ana Silva", "Unification Minister"),
        ("A member of its politburo, Karl Brandt, spoke.", "Karl Brandt", "member"),
        ("The president of Chile's copper union, Juan Ortega, spoke.", "Juan Ortega", "president"),
        ("Chief negotiator for the rebels Abdou Sarr spoke.", "Abdou Sarr", "Chief negotiator"),
        ("A spokeswoman for the port authority, Lena Roux, spoke.", "Lena Roux", "spokeswoman"),
        ("The mayor of Santa Rita, Pedro Lins, spoke.", "Pedro Lins", "mayor"),
        ("Former navy chief Peter Mwangi spoke.", "Peter Mwangi", "navy chief"),
    ],
)
def test_a_description_beside_a_name_is_no_actor_of_its_own(
    annotate: Annotate, text: str, name: str, title: str
) -> None:
    _, cast = cast_of(annotate, text)
    assert [a.name for a in cast.actors if a.roles] == [name]
    assert title in [r.title for r in named(cast, name).roles]


@pytest.mark.parametrize(
    ("text", "published", "words", "name"),
    [
        ("The Soviet Union would sign, Moscow said.", None, "Moscow", "Soviet Union"),
        ("Soviet ships left. The Kremlin was silent.", "1980-05-02", "Kremlin", "Soviet Union"),
        ("Moscow expelled a Dane.", "1980-05-02", "Moscow", "Soviet Union"),
        ("Moscow expelled a Dane.", "1995-05-02", "Moscow", "Russia"),
        ("The Soviet Union is no more, Moscow said.", "2005-05-02", "Moscow", "Russia"),
        ("Russia recalled how the Soviet Union fell. Moscow was calm.", None, "Moscow", "Russia"),
        ("Yugoslavia recalled its envoy. Belgrade was calm.", "1993-01-02", "Belgrade", "Yugoslavia"),
        ("South Korea met North Korea. The North was late.", None, "North", "North Korea"),
    ],
)
def test_states_of_the_time(annotate: Annotate, text: str, published: str | None, words: str, name: str) -> None:
    annotated = annotate(text, published=published)
    cast = resolve_actors(annotated, (), ())
    assert at(annotated, cast, words, 1 if words == "North" else 0) == [name]


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Ghana's finance minister, Nigel Okoro, met Togo's prime minister, Yao Ekue. The two leaders signed a pact.",
         "leaders", ["Nigel Okoro", "Yao Ekue"]),
        (("Ghanaian President Nigel Okoro, who had invited the two leaders, signed it with Chadian President Ali Deby "
         "and Malian President Omar Ba."), "two leaders", ["Ali Deby", "Omar Ba"]),
        ("Chad and Niger fought over wells. Both sides claimed victory.", "sides", ["Chad", "Niger"]),
        ("Chad accused Niger of theft. Niger blamed Chad. Brazil was silent. The two governments met.", "governments",
         ["Chad", "Niger"]),
    ],
)  # fmt: skip
def test_two_met_before(annotate: Annotate, text: str, words: str, names: list[str]) -> None:
    annotated, cast = cast_of(annotate, text)
    assert sorted(at(annotated, cast, words)) == sorted(names)


def test_the_government_in_what_an_official_says_is_his_own(annotate: Annotate) -> None:
    text = "The Egyptian government seized a ship. Danish Prime Minister Nils Lund said the government was consulting."
    annotated = annotate(text)
    start, end = text.index("the government was"), len(text)
    source = Span(text.index("Danish"), text.index(" said"))
    said = Attribution((), (source,), (Span(start, end),))
    cast = resolve_actors(annotated, (), (said,))
    head = annotated.head_of(Span(start, start + len("the government")))
    assert head is not None
    assert [cast.get(i).country for i in cast.of(head.i)] == ["DNK"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("At the United Nations, Secretary-General Ana Silva spoke of Cuba.", "Ana Silva", "IGOUNO"),
        ("Cuba shot at an aircraft. The pilot, Paul Reed, was alive.", "Paul Reed", "LAB"),
        ("Egypt seized a ship, which President Omar Said had announced in Lagos.", "Omar Said", "EGYGOV"),
        ("Former Chilean president Juan Ortega praised acting president Rosa Campos.", "Rosa Campos", "CHLGOV"),
    ],
)
def test_no_country_by_mere_nearness(annotate: Annotate, text: str, name: str, code: str) -> None:
    _, cast = cast_of(annotate, text)
    assert named(cast, name).code == code


@pytest.mark.parametrize("text", ["Tanks and drones were seen.", "The papers burned.", "A customs list was found."])
def test_things_are_no_actors(annotate: Annotate, text: str) -> None:
    assert cast_of(annotate, text)[1].actors == ()


def test_the_end_of_a_name_is_the_name(annotate: Annotate) -> None:
    text = "The Northern Harbour Authority closed a port. The Authority gave no reason."
    annotated, cast = cast_of(annotate, text)
    assert at(annotated, cast, "The Authority") == ["Northern Harbour Authority"]
