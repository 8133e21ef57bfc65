"""Places: which words name them, which state they lie in, and which of several namesakes they are."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate import Annotator
from dateline.extract.gazetteer import abbreviation, senses
from dateline.extract.places import find_places
from dateline.lexicons import countries, read_text, rows
from dateline.lexicons.gazetteer import _table, key_of, towns
from dateline.model import Annotated, Dateline, Place, Report, Span

Annotate = Callable[..., Annotated]


def found(annotated: Annotated) -> dict[str, str | None]:
    return {annotated.words(place.span): place.country for place in find_places(annotated)}


def place(annotated: Annotated, words: str) -> Place:
    return next(p for p in find_places(annotated) if annotated.words(p.span) == words)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The ferry from Naples reached Tunisia on Monday.", "Tunisia", "TUN"),
        ("The ferry from Naples reached Tunisia on Monday.", "Naples", "ITA"),
        ("A Norwegian frigate left the port of Bergen.", "Norwegian", "NOR"),
        ("A Norwegian frigate left the port of Bergen.", "Bergen", "NOR"),
        ("Rescuers searched the rubble in Kahramanmaras, in southern Turkey.", "Kahramanmaras", "TUR"),
        ("Shells fell on Kherson overnight, officials in Kyiv said.", "Kherson", "UKR"),
        ("Three men were held in Ludhiana, police in Punjab said.", "Ludhiana", "IND"),
        ("Farmers blocked roads across Saskatchewan on Friday.", "Saskatchewan", "CAN"),
        ("The army moved tanks into the West Bank.", "West Bank", "PSE"),
        ("The Kremlin dismissed the report.", "Kremlin", "RUS"),
        ("U.S.-led forces withdrew from the base in Iraq.", "U.S.", "USA"),
        ("Ships crossed the Black Sea to Odesa.", "Black Sea", None),
    ],
)
def test_where_a_name_lies(annotate: Annotate, text: str, words: str, country: str | None) -> None:
    assert found(annotate(text))[words] == country


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The mayor of Paris, Texas, opened a library.", "Paris", "USA"),
        ("The mayor of Paris opened a library near the Seine in France.", "Paris", "FRA"),
        ("Snow fell on London, Ontario, and on Toronto.", "London", "CAN"),
        ("Snow fell on London and much of England.", "London", "GBR"),
        ("Deputies searched a farm outside Athens, Ga., on Sunday.", "Athens", "USA"),
        ("The coach left Tbilisi for Batumi in western Georgia.", "Georgia", "GEO"),
        ("The bus left Atlanta for Savannah in southern Georgia.", "Georgia", "USA"),
        ("Lebanon, Pa., lies east of Harrisburg.", "Lebanon", "USA"),
        ("Lebanon and Syria reopened the border.", "Lebanon", "LBN"),
        ("Azerbaijan shelled the border of Azerbaijan and Armenia, and a mine blew up near Goris.", "Goris", "ARM"),
        ("He has lived in Alabama, Georgia and Florida.", "Georgia", "USA"),
    ],
)
def test_namesakes(annotate: Annotate, text: str, words: str, country: str) -> None:
    assert found(annotate(text))[words] == country


def test_a_list_of_states_qualifies_nothing(annotate: Annotate) -> None:
    countries_found = found(annotate("Envoys from China, Japan and Chile met envoys from Iraq, Jordan and Egypt."))
    assert [countries_found[w] for w in ("China", "Japan", "Chile", "Iraq", "Egypt")] == [
        "CHN", "JPN", "CHL", "IRQ", "EGY",
    ]  # fmt: skip


def test_one_sense_a_report(annotate: Annotate) -> None:
    annotated = annotate(
        "Council members in Cambridge, Massachusetts, voted for the plan. A day later, Cambridge residents protested."
    )
    told = {p.geonames for p in find_places(annotated) if p.name == "Cambridge"}
    assert len(told) == 1
    assert place(annotated, "Cambridge").country == "USA"


def test_towns_have_coordinates_and_id(annotate: Annotate) -> None:
    rawalpindi = place(annotate("He is held in Rawalpindi, Pakistan."), "Rawalpindi")
    assert rawalpindi.geonames == 1166993
    assert rawalpindi.lat == pytest.approx(33.6, abs=0.1)
    assert rawalpindi.lon == pytest.approx(73.0, abs=0.1)


def test_a_region_has_the_coordinates_of_its_town(annotate: Annotate) -> None:
    kidal = place(annotate("Rebels entered Kidal in northern Mali."), "Kidal")
    assert (kidal.country, kidal.geonames) == ("MLI", towns("Kidal")[0].geonames)


def test_an_unlisted_place_takes_the_country_around_it(annotate: Annotate) -> None:
    annotated = annotate("A bridge near Vrondeku, Ohio, was closed. Ohio police sent drivers through Quillberg County.")
    assert found(annotated)["Vrondeku"] == "USA"
    assert found(annotated)["Quillberg County"] == "USA"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chelsea Milford told Austin Perth that she would resign.", "Chelsea"),
        ("The Of and the Most of it were fine.", "Of"),
        ("Mr Lincoln said that he would pay.", "Lincoln"),
        ("The office is at 12 Pennsylvania Avenue.", "Pennsylvania"),
        ("They will tell us by Monday.", "us"),
        ("Many Police officers said so.", "Police"),
        ("The envoy wrote in Dawn that Pakistan would wait.", "Dawn"),
    ],
)
def test_what_is_no_place(annotate: Annotate, text: str, words: str) -> None:
    assert words not in found(annotate(text))


def test_counties_in_a_list(annotate: Annotate) -> None:
    told = found(annotate("Crews cleared roads in Otter Tail, Becker and Grant counties in Minnesota."))
    assert told["Becker"] == told["Minnesota"] == "USA"


def test_a_dateline_is_read_though_it_is_no_prose(annotator: Annotator) -> None:
    text = "VALLETTA, Nov 7 (XYZ) - The minister resigned."
    head = Span(0, text.index("-") + 1)
    report = Report("r", text, dateline=Dateline(head, "Valletta", "MLT", None), furniture=(head,))
    assert [(p.name, p.country, p.span) for p in find_places(annotator.annotate(report))] == [
        ("Valletta", "MLT", Span(0, 8))
    ]


def test_party_and_state(annotate: Annotate) -> None:
    assert found(annotate("Rep. Jane Roe, D-S.C., voted against the bill."))["S.C."] == "USA"


def test_odd_texts(annotate: Annotate) -> None:
    for text in ("", " ", "…", "???", "\n\n", "A", "The", "THE", "'s", ",", "🙂 🙂", "Paris" * 3000, "U.S.-", "-Iraq"):
        assert isinstance(find_places(annotate(text)), tuple)


WORDS = st.sampled_from(
    ["Paris", "London", ",", ".", "(", ")", "the", "The", "of", "in", "-", "--", "Georgia", "Texas", "County",
     "counties", "Iraq", "'s", "U.S.", "S.C.", "D", "Jordan", "said", "Police", "St.", "Ave.", "7", "é"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=25))
def test_spans_are_in_order_and_apart(annotate: Annotate, words: list[str]) -> None:
    annotated = annotate(" ".join(words))
    places = find_places(annotated)
    ends = 0
    for p in places:
        assert ends <= p.span.start < p.span.end <= len(annotated.text)
        assert p.country is None or countries.is_code(p.country)
        ends = p.span.end
    assert places == find_places(annotated)


# --- the data ----------------------------------------------------------------------------------------------------


def test_regions_file() -> None:
    for number, (names, country, kind, code, _, abbreviations) in rows("regions.tsv", 6):
        assert names, number
        assert country == "-" or countries.is_code(country), number
        assert kind in {"state", "province", "nation", "county", "region"}, number
        assert not abbreviations or code, number


def test_counties_file() -> None:
    table = {name: states.split() for _, (name, states) in rows("us_counties.tsv", 2)}
    assert len(table) > 1800
    assert "NY" in table["Kings County"]


def test_cues_file() -> None:
    for number, (kind, words, told) in rows("place_cues.tsv", 3):
        assert words, number
        assert kind in {"country", "before", "after", "of", "area", "way", "media"}, number
        if kind == "country":
            assert all(countries.is_code(pair.split(":")[0]) for pair in told.split()), number


def test_stops_are_listed_towns() -> None:
    words = [line for line in read_text("place_stops.txt").split("\n") if line and not line.startswith("#")]
    assert words == sorted(set(words))
    assert all(towns(word) for word in words)


def test_gazetteer() -> None:
    assert towns("Rawalpindi")[0].country == "PAK"
    assert towns("Bombay")[0].name == "Mumbai"
    assert towns("st. louis")[0].country == "USA"
    assert [t.country for t in towns("Paris")][:2] == ["FRA", "USA"]
    assert towns("Cologne")[0].country == "DEU"
    assert towns("") == towns("Xqzvw") == towns("a\tb") == ()
    assert key_of("Mt. Vernon") == "mount vernon"


def test_gazetteer_names_its_source_and_licence() -> None:
    packed = files("dateline.lexicons").joinpath("gazetteer.tsv.gz").read_bytes()
    head = gzip.decompress(packed)[:1500].decode(errors="replace")
    assert "Source: GeoNames" in head
    assert "Licence: CC BY 4.0" in head
    assert len(packed) < 6_000_000


def test_every_key_of_the_gazetteer_is_found() -> None:
    table = _table()
    lines = table.data[table.keys :].split(b"\n")[:-1]
    for line in [*lines[:3], *lines[::5000], *lines[-3:]]:
        key, places = line.split(b"\t")
        assert b",".join(table.places(key)) == places
        assert table.town(table.places(key)[0]).name


def test_exonyms_are_main_names_in_the_gazetteer() -> None:
    for number, (english, _, country) in rows("exonyms.tsv", 3):
        assert any(t.country == country and not t.other_name for t in towns(english)), (number, english)


def test_senses_and_abbreviations() -> None:
    assert [s.kind for s in senses("Georgia")][:2] == ["state", "division"]
    assert senses("georgia") == senses("") == ()
    ohio, maine = abbreviation("O."), abbreviation("Me.", alone=True)
    assert ohio is not None
    assert ohio.name == "Ohio"
    assert maine is None
