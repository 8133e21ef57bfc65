"""What each picture shows is what its data say."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from dateline.present.pictures import (
    Acts,
    Beside,
    Coverage,
    DayCount,
    HeatStrip,
    Key,
    Moment,
    Partner,
    Partners,
    Quad,
    Rate,
    River,
    Shift,
    Side,
    Style,
    Unit,
    WordsAndDeeds,
    draw,
    figure,
    table,
    track_table,
)
from dateline.present.pictures import river as rivers
from tests.present.pictures import made
from tests.present.pictures.layout import SVG, boxes, marks, parsed

WEEK = timedelta(weeks=1)
START = date(2024, 1, 1)


def rects(svg: str, kind: str) -> list[dict[str, str]]:
    return [e.attrib for e in parsed(svg).iter(f"{SVG}rect") if e.attrib.get("data-kind") == kind]


def words(svg: str) -> str:
    return "\n".join(b.words for b in boxes(svg))


def weekly(events: dict[int, int], reports: dict[int, int], weeks: int = 6) -> River:
    return River(
        "A",
        "B",
        Unit.WEEK,
        START,
        START + WEEK * (weeks - 1),
        tuple(Acts(START + WEEK * i, Side.OUT, Quad.VERBAL_CONFLICT, n) for i, n in events.items()),
        tuple(Coverage(START + WEEK * i, n, 2 * n) for i, n in reports.items()),
    )


class TestRiver:
    def test_each_count_is_one_bar_of_its_height(self) -> None:
        data = made.river(gaps=(30, 31))
        bars = rects(draw(data), "events")
        assert len(bars) == sum(act.events > 0 for act in data.acts)
        heights = {(b["data-period"], b["data-side"], b["data-quad"]): float(b["height"]) for b in bars}
        drawn = [a for a in data.acts if a.events]
        scales = [heights[a.period.isoformat(), a.side.value, a.quad.value] / a.events for a in drawn]
        assert max(scales) - min(scales) <= 0.02

    def test_the_two_directions_grow_away_from_one_line(self) -> None:
        bars = rects(draw(made.river()), "events")
        coop = [b for b in bars if b["data-quad"] == "material_cooperation"]
        bottoms = {float(b["y"]) + float(b["height"]) for b in coop if b["data-side"] == "out"}
        tops = {float(b["y"]) for b in coop if b["data-side"] == "back"}
        assert bottoms
        assert tops
        assert max(bottoms | tops) - min(bottoms | tops) < 0.02

    def test_unknown_is_a_gap_and_zero_a_line(self) -> None:
        known = draw(weekly({0: 3}, dict.fromkeys(range(6), 5)))
        gap = draw(weekly({0: 3}, {i: 5 for i in range(6) if i != 3}))
        assert "hatch" not in known.split("</style>")[1]
        assert "hatch" in gap.split("</style>")[1]
        assert table(weekly({0: 3}, {0: 5, 1: 5})).rows[1][2] == 0
        assert table(weekly({0: 3}, {0: 5, 1: 5})).rows[2][2] is None

    def test_a_week_with_acts_is_known_without_coverage_of_it(self) -> None:
        assert table(weekly({2: 3}, {0: 5})).rows[2][4] == 3

    def test_no_coverage_at_all_is_said(self) -> None:
        assert "not known" in words(draw(weekly({2: 3}, {})))

    def test_an_outlier_is_cut_and_its_number_said(self) -> None:
        svg = draw(made.river(outlier=20))
        assert "cut off" in words(svg)
        number = max(sum(a.events for a in made.river(outlier=20).acts if a.period == date(1984, 9, 1) and
                         a.side is Side.OUT and a.quad.conflict), 0)  # fmt: skip
        assert str(number) in words(svg).split("\n")

    def test_without_outlier_nothing_is_cut(self) -> None:
        assert "cut off" not in words(draw(made.river()))

    def test_many_weeks_share_bars_and_lose_nothing(self) -> None:
        data = made.river(Unit.WEEK, date(2010, 1, 4), date(2024, 12, 30))
        narrow = rects(draw(data, Style(360)), "events")
        assert all(int(b["data-periods"]) > 1 for b in narrow[:20])
        heights: dict[str, float] = defaultdict(float)
        for b in narrow:
            heights[b["data-quad"]] += float(b["height"])
        sums: dict[str, int] = defaultdict(int)
        for act in data.acts:
            sums[act.quad.value] += act.events
        shares = [heights[q] / sums[q] for q in sums]
        assert max(shares) / min(shares) < 1.02

    def test_what_was_said_can_be_switched_off(self) -> None:
        assert any(m["kind"] == "said" for m in marks(draw(made.river())))
        assert all(m["kind"] != "said" for m in marks(draw(made.river(show_said=False))))

    def test_marked_days_are_lines_with_labels(self) -> None:
        svg = draw(made.river(moments=made.THAW))
        assert [m["period"] for m in marks(svg) if m["kind"] == "moment"] == [m.day.isoformat() for m in made.THAW]
        assert all(m.label in words(svg) for m in made.THAW)

    @pytest.mark.parametrize("width", (360, 960))
    def test_crowded_days_are_all_listed(self, width: int) -> None:
        svg = draw(made.river(Unit.WEEK, date(1984, 12, 31), date(1986, 1, 27), moments=made.CROWD), Style(width))
        assert all(m.label in words(svg).replace("\n", " ") for m in made.CROWD)

    def test_a_day_outside_is_told(self) -> None:
        assert "Not in the time shown: Later" in words(draw(made.river(moments=(Moment(date(1999, 1, 1), "Later"),))))

    def test_weeks_count_to_their_iso_year(self) -> None:
        svg = draw(made.river(Unit.WEEK, date(2024, 12, 23), date(2025, 1, 6)))
        assert {"2024", "2025", "W52", "W1", "W2"} <= set(words(svg).split("\n"))

    def test_every_year_has_its_name_where_there_is_room(self) -> None:
        svg = draw(made.river(Unit.WEEK, date(2010, 1, 4), date(2024, 12, 23)))
        assert {str(year) for year in range(2010, 2025)} <= set(words(svg).split("\n"))

    def test_its_table_has_every_period(self) -> None:
        data = made.river(gaps=(3,))
        found = table(data)
        assert len(found.rows) == 60
        assert len({len(row) for row in (*found.rows, found.header)}) == 1
        assert sum(row[2] or 0 for row in found.rows) == sum(
            a.events for a in data.acts if a.side is Side.OUT and a.quad is Quad.VERBAL_COOPERATION
        )

    def test_what_rivers_share_is_drawn_as_if_each_were_alone(self) -> None:
        """Strips of what was read are kept for other relations of the same time, which may lead elsewhere."""
        few = replace(made.river(), acts=made.river().acts[:40])
        styles = [Style(href=lambda key, where=where: f"/{where}/{key.kind}", css=False) for where in ("one", "other")]
        asked = [(data, style) for data in (made.river(), few) for style in styles]
        alone = []
        for data, style in asked:
            rivers._linked_cells.cache_clear()
            alone.append(draw(data, style))
        together = [draw(data, style) for data, style in asked]
        assert together == alone
        assert len(set(together)) == 4
        assert rivers._linked_cells.cache_info().hits >= 4

    def test_without_reports_its_strips_hold_no_place(self) -> None:
        silent = weekly({1: 2}, {1: 0, 2: 0})
        assert "\n\n" not in draw(silent, Style(href=lambda _: "/x", css=False))


class TestDumbbells:
    def test_dots_lie_by_their_rates(self) -> None:
        svg = draw(made.before_after())
        found = {
            (e.attrib["data-side"], e.attrib["data-quad"], e.attrib["data-id"]): float(e.attrib["cx"])
            for e in parsed(svg).iter(f"{SVG}circle")
            if e.attrib.get("data-kind") == "rate"
        }
        before = sorted(
            (s.before.rate, found[s.side.value, s.quad.value, "before"]) for s in made.before_after().shifts if s.before
        )
        assert all(a[1] <= b[1] for a, b in pairwise(before))
        assert len(found) == 15

    def test_a_missing_side_is_said(self) -> None:
        assert "after: not known" in words(draw(made.before_after()))

    def test_rates_far_apart_lie_on_a_scale_of_ratios(self) -> None:
        assert "a scale of ratios" in words(draw(made.before_after(times=200)))
        assert "a scale of ratios" not in words(draw(made.before_after()))

    def test_an_interval_beyond_the_scale_is_marked(self) -> None:
        wide = Shift(Side.OUT, Quad.VERBAL_CONFLICT, Rate(1, 0, 900, 1, 1), made.rate(1), "too little evidence")
        data = replace(made.before_after(), shifts=(*made.before_after().shifts, wide))
        assert "goes on beyond" in words(draw(data))

    def test_a_difference_is_no_effect(self) -> None:
        assert "not yet an effect" in words(draw(made.before_after())).replace("\n", " ")

    def test_verdicts_are_shown_whole(self) -> None:
        for width in (360, 960):
            shown = words(draw(made.before_after(), Style(width))).replace("\n", " ")
            assert "changed: worse, 2.3 times as many" in shown


class TestFan:
    def test_bands_hold_their_quantiles(self) -> None:
        svg = draw(made.fan())
        assert [m["kind"] for m in marks(svg)].count("forecast") == 8
        for outer, inner in zip(rects(svg, "forecast")[::2], rects(svg, "forecast")[1::2], strict=True):
            assert float(outer["y"]) <= float(inner["y"])
            assert float(outer["height"]) >= float(inner["height"])

    def test_what_happened_is_a_ring_inside_and_a_diamond_outside(self) -> None:
        svg = parsed(draw(made.fan()))
        shapes = [e.tag.removeprefix(SVG) for e in svg.iter() if e.attrib.get("data-kind") == "happened"]
        assert shapes == ["circle", "circle", "path"]

    def test_unknown_weeks_break_the_line(self) -> None:
        whole, broken = draw(made.fan()), draw(made.fan(unknown=(8,)))
        assert [m["kind"] for m in marks(whole)].count("counted") == 26
        assert [m["kind"] for m in marks(broken)].count("counted") == 25
        assert "hatch" in broken.split("</style>")[1]

    def test_the_track_record_stands_beside_its_rivals(self) -> None:
        shown = words(draw(made.fan())).replace("\n", " ").replace("\u00a0", " ")
        assert "5.8 % below “last 26 weeks” and 12.0 % below “all weeks”" in shown
        assert len(track_table(made.fan()).rows) == 3

    def test_its_table_has_past_and_forecast(self) -> None:
        found = table(made.fan())
        assert len(found.rows) == 30
        assert found.header[3:] == ("5 % quantile", "25 % quantile", "50 % quantile", "75 % quantile", "95 % quantile")
        assert found.rows[26][2:] == (7, 1, 5, 10, 15, 19)

    def test_a_flood_that_nobody_expected_is_cut_and_its_number_said(self) -> None:
        assert "900" in words(draw(made.fan(happened=(7, 900)))).split("\n")
        assert "27" not in words(draw(made.fan())).split("\n")


class TestLanes:
    def test_each_statement_and_copy_is_a_mark(self) -> None:
        kinds = [m["kind"] for m in marks(draw(made.lanes()))]
        assert (kinds.count("first"), kinds.count("statement"), kinds.count("copy")) == (1, 6, 4)

    def test_the_first_is_the_earliest(self) -> None:
        first = next(m for m in marks(draw(made.lanes())) if m["kind"] == "first")
        assert (first["id"], first["period"]) == ("s1", "2024-03-04")

    def test_speakers_stand_in_the_order_of_their_first_words(self) -> None:
        shown = words(draw(made.lanes()))
        places = [shown.index(s) for s in ("The Defence Ministry", "The foreign minister", "Analysts")]
        assert places == sorted(places)

    def test_marks_never_lie_on_each_other(self) -> None:
        places = []
        for e in parsed(draw(made.crowded_lanes())).iter(f"{SVG}circle"):
            if e.attrib.get("data-kind") in ("statement", "first"):
                places.append((float(e.attrib["cx"]), float(e.attrib["cy"])))
        for i, (x, y) in enumerate(places):
            assert all(abs(x - a) >= 9 or abs(y - b) >= 9 for a, b in places[:i])

    def test_what_has_no_room_is_counted(self) -> None:
        svg = draw(made.crowded_lanes())
        drawn = [m["kind"] for m in marks(svg)]
        over = sum(int(b.words[1:]) for b in boxes(svg) if b.words.startswith("+"))
        assert drawn.count("statement") + drawn.count("first") + over == 92
        assert over > 0

    def test_its_table_names_whose_claim_is_denied(self) -> None:
        assert ("2024-03-05", "The foreign minister", "denies", "The Defence Ministry", 1, "2024-03-05", "s3") in table(
            made.lanes()
        ).rows

    def test_no_verdict_on_truth(self) -> None:
        assert "No verdict" in words(draw(made.lanes()))


class TestHeat:
    @pytest.mark.parametrize(("year", "days"), ((2023, 365), (2024, 366), (1900, 365), (2000, 366)))
    @pytest.mark.parametrize("width", (360, 960))
    def test_a_year_has_all_its_days(self, year: int, days: int, width: int) -> None:
        data = made.heat(date(year, 1, 1), days, range(0))
        cells = rects(draw(data, Style(width)), "day")
        assert [c["data-period"] for c in cells] == [d.day.isoformat() for d in data.days]

    def test_months_lie_under_each_other(self) -> None:
        cells = rects(draw(made.heat(date(2023, 1, 1), 731, range(0))), "day")
        places = {c["data-period"]: c["x"] for c in cells}
        for day in ("01-01", "02-28", "03-01", "12-31"):
            assert places[f"2023-{day}"] == places[f"2024-{day}"]
        assert "2023-02-29" not in places

    def test_cells_never_lie_on_each_other(self) -> None:
        for width in (360, 960):
            cells = rects(draw(made.heat(), Style(width)), "day")
            for a, b in pairwise(cells):
                if a["y"] == b["y"]:
                    assert float(a["x"]) + float(a["width"]) <= float(b["x"]) + 0.02

    def test_zero_is_a_cell_and_unknown_is_none(self) -> None:
        data = HeatStrip((DayCount(START, 0), DayCount(START + 2 * timedelta(days=1), 4)))
        svg = draw(data)
        assert [c["class"] for c in rects(svg, "day")] == ["zero", "heat3"]
        assert "not known" in words(svg)

    def test_a_spike_has_a_class_of_its_own(self) -> None:
        days = [DayCount(START + timedelta(days=i), 500 if i == 50 else 1 + i % 3) for i in range(100)]
        svg = draw(HeatStrip(tuple(days)))
        assert [c["data-period"] for c in rects(svg, "day") if c["class"] == "heat5"] == ["2024-02-20"]


class TestPartners:
    def test_the_largest_change_comes_first_and_unknown_last(self) -> None:
        names = [row[0] for row in table(made.partners()).rows]
        assert names == ["Eastland", "Southland", made.HOSTILE, "Westland", made.ARABIC, "Island"]
        shown = words(draw(made.partners()))
        assert shown.index("Eastland") < shown.index("Southland") < shown.index("Westland") < shown.index("Island")

    def test_each_bar_names_its_partner(self) -> None:
        ids = {m["id"] for m in marks(draw(made.partners())) if m["kind"] == "conflict"}
        assert {"Eastland", "Southland", "Westland", "Island"} <= ids


    def test_without_a_change_they_keep_their_order(self) -> None:
        named = [Partner(name, ()) for name in ("Southland", "Eastland", "Westland")]
        shown = words(draw(Partners("N", Unit.MONTH, START, START, tuple(named))))
        assert "those with most events first" in shown
        assert shown.index("Southland") < shown.index("Eastland") < shown.index("Westland")


class TestWordsAndDeeds:
    ROWS = (
        Beside(START, 4, (2, 1), (0,)),
        Beside(date(2024, 2, 1), 1, (0, 0), (1,)),
        Beside(date(2024, 4, 1), 2, (0, 3), (0,)),
    )
    DATA = WordsAndDeeds("A", "B", Unit.MONTH, ("promised", "denied"), ("agreed",), ROWS)

    def test_each_bar_names_its_kind_and_number(self) -> None:
        found = [(m["kind"], m["id"], m["period"]) for m in marks(draw(self.DATA)) if m["kind"] in ("words", "deeds")]
        assert found == [
            ("words", "promised", "2024-01-01"), ("words", "denied", "2024-01-01"), ("words", "denied", "2024-04-01"),
            ("deeds", "agreed", "2024-02-01"),
        ]  # fmt: skip

    def test_what_was_not_read_is_no_zero(self) -> None:
        assert "Slanted lines: no report was read." in words(draw(self.DATA))
        assert "Slanted" not in words(draw(replace(self.DATA, rows=self.ROWS[:2])))
        assert [row[1] for row in table(self.DATA).rows] == ["2024-01-01", "2024-02-01", "2024-04-01"]

    def test_the_table_has_every_number(self) -> None:
        kinds = ("said: promised", "said: denied", "done: agreed")
        assert table(self.DATA).header == ("month", "first day", *kinds, "reports")
        assert table(self.DATA).rows[0] == ("Jan 2024", "2024-01-01", 2, 1, 0, 4)

    def test_nothing_read_is_said(self) -> None:
        assert "Nothing was read of this time." in words(draw(replace(self.DATA, rows=())))


class TestLinks:
    def test_each_mark_can_lead_somewhere(self) -> None:
        def href(key: Key) -> str | None:
            return f"/week/{key.period}?side={key.side}&quad={key.quad}" if key.kind == "events" else None

        root = parsed(draw(made.river(), Style(href=href)))
        links = [e.attrib["href"] for e in root.iter(f"{SVG}a")]
        assert "/week/1983-01-01?side=out&quad=verbal_cooperation" in links
        assert len(links) == len(rects(draw(made.river()), "events"))

    def test_links_are_named_and_not_hidden_from_a_screen_reader(self) -> None:
        root = parsed(draw(made.river(), Style(href=lambda key: f"#{key.period}")))
        assert root.attrib["role"] == "group"
        assert root.find(f".//{SVG}a[@href='#1983-01-01']").attrib["aria-label"].startswith("Jan 1983: ")  # type: ignore[union-attr]

    @pytest.mark.parametrize("target", ("javascript:alert(1)", " JaVaScript:x", "java\tscript:x", "data:text/html,x"))
    def test_no_link_leads_to_a_script(self, target: str) -> None:
        assert "<a " not in draw(made.river(), Style(href=lambda _: target))

    def test_a_link_cannot_break_out(self) -> None:
        svg = draw(made.before_after(), Style(href=lambda _: '/"><script>alert(1)</script>'))
        assert "<script" not in svg
        parsed(svg)


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th"):
            self.rows[-1] += 1


EACH = (made.river(gaps=(3,)), made.before_after(), made.fan(), made.lanes(), made.partners(), made.words_and_deeds())


@pytest.mark.parametrize("picture", EACH)
def test_tables_are_the_same_as_csv_and_html(picture: object) -> None:
    found = table(picture)  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(found.csv())))
    assert len(rows) == len(found.rows) + 1
    assert {len(row) for row in rows} == {len(found.header)}
    cells = _Cells()
    cells.feed(found.html())
    assert cells.rows == [len(found.header)] * len(rows)


def test_a_spreadsheet_runs_no_name_as_a_formula() -> None:
    found = table(made.before_after(('=HYPERLINK("x")', "B"))).csv()
    assert "\"'=HYPERLINK" in found


def test_a_figure_has_both_widths_and_the_numbers_and_no_id_twice() -> None:
    page = figure(made.before_after(), Style(prefix="f"))
    root = parsed(f"<div>{page}</div>")
    ids = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids)) == 6
    assert "<table>" in page
    assert 'width="360"' in page
    assert 'width="960"' in page
    assert "<script" not in page


def test_two_pictures_of_other_grounds_share_no_rule() -> None:
    style = parsed(draw(made.before_after(), Style(prefix="p1"))).find(f"{SVG}style")
    assert style is not None
    rules = (style.text or "").replace("@media screen and (prefers-color-scheme:dark){", "").split("}")
    selectors = [part.strip() for rule in rules if rule.strip() for part in rule.split("{")[0].split(",")]
    assert all(selector.startswith("#p1 ") for selector in selectors)
    assert len(selectors) > 50
