"""A relation as a series: zeros and gaps, both ways and voices, parts of a state, days, partners, wrong questions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.errors import QueryError
from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.pictures import Side, Unit, draw, table
from dateline.record.query import Voice
from dateline.relate.partners import partners, small_rivers
from dateline.relate.series import Period, Span, heat, river, series
from tests.factories import prose, told

#: by day, what a report of that day tells; a number of months has no report at all
TOLD = {
    "2024-01-10": "Norway attacked Denmark on 2024-01-09.\nNorway met Denmark on 2024-01-09.",
    "2024-01-20": "Denmark aided Norway on 2024-01-19.\nSweden met Denmark on 2024-01-19.",
    "2024-02-14": "Sweden aided Norway on 2024-02-13.",
    "2024-05-02": "Per Lund, premier of Sweden, said on 2024-05-02 that Norway attacked Denmark on 2024-05-01.",
    "2024-05-08": "Iron Front attacked Denmark on 2024-05-07.\nInger Dahl met Denmark on 2024-05-07.\n"
    "Inger Dahl, premier of Norway, said on 2024-05-08 that Sweden aided Norway on 2024-05-07.",
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add_reports([told(f"{text}\n{prose(day)}", day, day) for day, text in TOLD.items()])
        record.add_reports([told("Norway attacked Denmark on 2024-01-09.\n" + prose("other"), "other", "2024-01-11")])
    return path


@pytest.fixture
def record(kept: Path) -> Record:
    return Record(kept, create=False)


def typed(path: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--record", str(path)])


# --- the series


def counts(period: Period) -> list[tuple[str, str, int, int, int]]:
    return [(c.quad, c.voice, c.events, c.stories, c.reports) for c in period.out]


def test_each_period_has_its_counts_and_what_was_read(record: Record) -> None:
    found = series(record, "Norway", "DNK")
    assert (found.source, found.target, found.source_name, found.target_name) == ("NOR", "DNK", "Norway", "Denmark")
    january, february, may = found.periods
    assert (january.first, january.last, january.events, january.reports) == (date(2024, 1, 1), date(2024, 1, 31), 4, 3)
    assert counts(january) == [("verbal_cooperation", "own", 1, 1, 1), ("material_conflict", "own", 1, 2, 2)]
    assert [(c.goldstein, c.mean) for c in january.out] == [(1.0, 1.0), (-10.0, -10.0)]
    assert [c.quad for c in january.back] == ["material_cooperation"]
    assert (counts(february), february.reports, february.events) == ([], 1, 1)
    assert [c.voice for c in may.out] == ["own", "said"]


def test_a_time_without_reports_is_a_gap_and_no_zero(record: Record) -> None:
    assert series(record, "NOR", "DNK").gaps == ((date(2024, 3, 1), date(2024, 4, 30)),)
    weeks = series(record, "NOR", "DNK", Unit.WEEK, Span(date(2024, 1, 1), date(2024, 1, 31)))
    assert [p.first.isoformat() for p in weeks.periods] == ["2024-01-08", "2024-01-15"]
    assert weeks.gaps == ((date(2024, 1, 1), date(2024, 1, 7)), (date(2024, 1, 22), date(2024, 2, 4)))


def test_a_span_takes_whole_periods(record: Record) -> None:
    found = series(record, "NOR", "DNK", Unit.MONTH, Span(date(2024, 1, 30), date(2024, 2, 1)))
    assert [p.first.isoformat() for p in found.periods] == ["2024-01-01", "2024-02-01"]
    assert found.total(Voice.OWN) == 2
    assert found.total(Voice.OWN, back=True) == 1


@pytest.mark.parametrize("span", [Span(), Span(date(2024, 5, 1), date(2024, 5, 31))])
def test_the_rollup_and_the_events_one_by_one_agree(record: Record, span: Span) -> None:
    from dateline.record.sqlite import pairs
    from dateline.record.sqlite.sides import Side as OneSide

    db, (a, b) = record.store.db, (OneSide("NOR", ("NOR",)), OneSide("DNK", ("DNK",)))  # type: ignore[attr-defined]
    first, last = ("2024-05-01", "2024-05-01") if span.first else ("0000", "9999-99")
    one_by_one = list(pairs.counted(db, a, b, "month", (first, last)))
    assert one_by_one == list(record.relation("NOR", "DNK", "month", *span.ends))


# --- parts of a state


def test_a_state_includes_its_parts_unless_one_is_asked_for(record: Record) -> None:
    assert sum(c.events for c in record.relation("NOR", "DNK") if c.voice == "own") == 3
    [general] = record.relation("NOR:GOV", "DNK")
    assert (general.source, general.period, general.quad, general.events, general.reports) == (
        "NOR:GOV", "2024-05-01", "verbal_cooperation", 1, 1)  # fmt: skip
    assert [c.events for c in record.relation("NORGOV", "Denmark", "week")] == [1]
    [rebels] = record.relation("Norway:REB", "DNK")
    assert (rebels.source, rebels.quad) == ("NOR:REB", "material_conflict")
    assert list(record.relation("NOR:GOV", "DNK", "month", "2024-01-01", "2024-04-30")) == []


@pytest.mark.parametrize(("source", "target", "said"), [
    ("NOR:XYZ", "DNK", "'XYZ' is no role: write GOV"),
    ("NORXYZ", "DNK", "with a role write GOV"),
    ("NOR:SPY", "DNK", "no actor of Norway with the role SPY in the record; there are GOV, REB"),
    ("NOR:GOV", "NOR", "parts of one state"),
    ("Norway", "NOR", "are the same actor (NOR)"),
    ("Iron Front", "Iron Front", "are the same actor (a"),
    ("", "DNK", "the name is empty"),
    ("Norwy", "DNK", "did you mean Norway"),
    ("Fron", "DNK", "did you mean Iron Front?"),
    ("Inger Dal", "DNK", "did you mean Inger Dahl?"),
    ("DNC", "NOR", "did you mean DNK?"),
    ("Quetzalcoatl", "NOR", "`dateline search` looks for the words"),
])  # fmt: skip
def test_who_cannot_be_asked_for_is_told_in_one_line(record: Record, source: str, target: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        list(record.relation(source, target))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_whole_sides_alone_are_judged_and_listed(record: Record) -> None:
    with pytest.raises(QueryError, match="ask for NOR"):
        record.store.side("NOR:GOV")
    with pytest.raises(QueryError, match="ask for NOR"):
        record.partners("NORGOV")


# --- pictures


def test_the_river_shows_one_voice_or_both(record: Record) -> None:
    both = river(record, "NOR", "DNK")
    assert (sum(a.events for a in both.acts), sum(a.said for a in both.acts), both.show_said) == (4, 1, True)
    own = river(record, "NOR", "DNK", voices=(Voice.OWN,))
    assert (sum(a.events for a in own.acts), sum(a.said for a in own.acts), own.show_said) == (4, 0, False)
    said = river(record, "NOR", "DNK", voices=(Voice.SAID,))
    assert sum(a.events for a in said.acts) == 1
    assert "only said to have happened" in said.title
    assert river(record, "NOR", "DNK", span=Span(date(2024, 2, 1), date(2024, 2, 2))).first == date(2024, 2, 1)


def test_the_heat_strip_counts_days_either_way(record: Record) -> None:
    strip = heat(record, "NOR", "DNK")
    days = {d.day.isoformat(): d.events for d in strip.days}
    assert {day: n for day, n in days.items() if n} == {"2024-01-09": 2, "2024-01-19": 1, "2024-05-07": 1}
    assert days["2024-02-12"] == 0
    assert "2024-03-10" not in days
    assert [d.day.day for d in heat(record, "NOR", "DNK", Span(date(2024, 1, 9), date(2024, 1, 10))).days] == [9, 10]
    assert sum(d.events for d in heat(record, "NOR", "DNK", voices=(Voice.SAID,)).days) == 1


# --- partners


def test_partners_come_with_counts_and_the_last_day(record: Record) -> None:
    found, total = partners(record, "Denmark")
    assert total == 3
    assert [(p.name, p.events, p.stories, p.reports, p.last) for p in found[:1]] == [("Norway", 4, 4, 4, "2024-05-07")]
    norway = found[0]
    assert (norway.out_cooperation, norway.out_conflict, norway.back_cooperation, norway.back_conflict) == (1, 0, 2, 1)
    assert norway.conflict == 0.25
    assert {(p.name, p.conflict) for p in found[1:]} == {("Iron Front", 1.0), ("Sweden", 0.0)}
    spring, _ = partners(record, "DNK", Span(date(2024, 5, 2)))
    assert {(p.name, p.events) for p in spring} == {("Norway", 1), ("Iron Front", 1)}


def test_small_rivers_hold_what_the_list_counts(record: Record) -> None:
    found, _ = partners(record, "DNK")
    picture = small_rivers(record, "DNK", found)
    for counted, drawn in zip(found, picture.partners, strict=True):
        assert sum(a.events for a in drawn.acts) == counted.events
        back = sum(a.events for a in drawn.acts if a.side is Side.BACK)
        assert back == counted.back_cooperation + counted.back_conflict
    svg = draw(picture)
    assert svg.index("Norway") < svg.index("Sweden")
    assert "those with most events first" in svg
    assert [row[0] for row in table(picture).rows] == [p.name for p in found]


# --- the commands


def test_the_table_tells_zeros_gaps_and_what_was_only_said(kept: Path) -> None:
    lines = typed(kept, "relation", "NOR", "DNK").stdout.splitlines()
    assert lines[0] == "Norway (NOR) → Denmark (DNK), by month"
    assert lines[5].split()[:2] == ["2024-02-01", "none"]
    assert lines[5].split()[2:] == ["0", "0", "0", "1", "1"]
    assert lines[6] == "2024-03-01 no reports until 2024-04-30"
    assert lines[-1].startswith("1 more only said to have happened")
    assert all(len(line) <= 80 for line in lines)


def test_both_ways_and_both_voices_stand_in_one_table(kept: Path) -> None:
    shown = typed(kept, "relation", "NOR", "DNK", "--both", "--voice", "both", "--by", "week").stdout
    assert "→ material conflict*" in shown
    assert "← material coop." in shown
    said = typed(kept, "relation", "NOR", "DNK", "--voice", "said").stdout
    assert "2024-01-01 none" in said.replace("  ", " ")
    assert "only said to have happened; --voice own" in said


def test_json_has_the_numbers_of_the_table_and_of_the_picture(kept: Path, tmp_path: Path) -> None:
    row = json.loads(typed(kept, "relation", "NOR", "DNK", "--json").stdout)
    assert row["no_reports"] == [["2024-03-01", "2024-04-30"]]
    january = row["periods"][0]
    assert (january["all_events"], january["reports"], "back" in january) == (4, 3, False)
    assert january["out"][0]["goldstein_mean"] == january["out"][0]["goldstein"]
    plot = str(tmp_path / "r.svg")
    drawn = json.loads(typed(kept, "relation", "NOR", "DNK", "--json", "--plot", plot).stdout)
    assert drawn["voices"] == ["own", "said"]
    assert [c["quad"] for c in drawn["periods"][0]["back"]] == ["material_cooperation"]
    days = json.loads(typed(kept, "relation", "NOR", "DNK", "--picture", "heat", "--json", "--plot", plot).stdout)
    assert {"day": "2024-01-09", "events": 2} in days["days"]
    assert "a day" in Path(plot).read_text("utf-8")
    listed = typed(kept, "partners", "DNK", "--plot", plot, "--json")
    assert json.loads(listed.stdout)["partners"][0]["events"] == 4
    assert "and its partners" in Path(plot).read_text("utf-8")


@pytest.mark.parametrize(("words", "said"), [
    (("DNK", "NOR", "--voice", "said"), "but 1 told by reports themselves: --voice own"),
    (("DNK", "SWE", "--to", "2024-02-01"), "1 the other way: --both"),
    (("ISL", "NOR"), "nothing on record that ISL did towards NOR on a reliable day; `dateline partners ISL`"),
])  # fmt: skip
def test_nothing_on_record_says_where_to_look(kept: Path, words: tuple[str, ...], said: str) -> None:
    done = typed(kept, "relation", *words)
    assert (done.exit_code, done.stdout) == (0, "")
    assert said in done.stderr


@pytest.mark.parametrize(("words", "said"), [
    (("relation", "NOR", "DNK", "--from", "2025-01-01"), "its reports are of 2024-01-10 to 2024-05-08; choose a day"),
    (("relation", "NOR", "DNK", "--to", "2023-01-01"), "--to: 2023-01-01 lies outside the record"),
    (("relation", "NOR", "DNK", "--around", "2023-01-01"), "--around: 2023-01-01 lies outside the record"),
    (("relation", "NOR", "DNK", "--from", "2024-05-01", "--to", "2024-01-01"), "comes after --to"),
    (("relation", "NOR", "DNK", "--from", "2024-03-01", "--to", "2024-04-01"), "nothing was read of 2024-03-01 to"),
    (("relation", "NOR", "DNK", "--picture", "heat", "--from", "2024-03-11", "--to", "2024-03-12"), "nothing was read"),
    (("relation", "NOR", "NOR", "--around", "2024-02-01"), "are the same actor"),
    (("relation", "NOR", "DNK", "--plot", "r.jpg"), "a picture's name ends in .svg or .png"),
    (("relation", "NOR", "DNK", "--plot", "nowhere/r.svg"), "there is no folder nowhere: make it first"),
    (("relation", "NOR", "DNK", "--plot", "."), "is a folder: name a file"),
    (("partners", "DNK", "--plot", "r"), "a picture's name ends in .svg or .png"),
    (("partners", "Denmrk",), "did you mean Denmark"),
    (("partners", "DNK", "--from", "2030-01-01"), "lies outside the record"),
])  # fmt: skip
def test_wrong_questions_are_one_line(kept: Path, words: tuple[str, ...], said: str) -> None:
    done = typed(kept, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [
    ("--from", "yesterday"), ("--around", "2024-02-01", "--both"), ("--around", "2024-02-01", "--picture", "heat"),
    ("--sentences",), ("--picture", "bars"),
])  # fmt: skip
def test_wrong_options_are_usage_errors(kept: Path, words: tuple[str, ...]) -> None:
    assert typed(kept, "relation", "NOR", "DNK", *words).exit_code == 2


def test_an_empty_record_has_no_days(tmp_path: Path) -> None:
    with Record(tmp_path / "e.db") as empty:
        assert series(empty, "NOR", "DNK").periods == ()
    done = typed(tmp_path / "e.db", "relation", "NOR", "DNK", "--from", "2024-01-01")
    assert "no report of the record has a reliable day" in done.stderr
