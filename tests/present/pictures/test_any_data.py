"""Whatever the data: a picture is drawn, its words stand free, and its table is complete."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.present.pictures import (
    Acts,
    BeforeAfter,
    Moment,
    Quad,
    Rate,
    River,
    Shift,
    Side,
    Style,
    Unit,
    draw,
    table,
)
from tests.present.pictures import made
from tests.present.pictures.layout import faults

START = date(2019, 12, 16)
names = st.one_of(st.sampled_from(("A", made.LONG, made.HOSTILE, made.ARABIC, "日本国政府" * 9)), st.text(max_size=70))
widths = st.sampled_from((320, 360, 500, 960, 1600))
days = st.integers(0, 900).map(lambda n: START + timedelta(days=n))
moments = st.lists(st.builds(Moment, days, names), max_size=12).map(tuple)
acts = st.builds(
    Acts,
    st.integers(0, 120).map(lambda n: START + timedelta(weeks=n)),
    st.sampled_from((Side.OUT, Side.BACK)),
    st.sampled_from(Quad),
    st.one_of(st.integers(0, 12), st.integers(0, 100_000)),
    st.integers(0, 9),
)
rates = st.builds(
    lambda low, more, most: Rate(low + more, low, low + more + most, 9, 26),
    *(st.floats(0, 3000, allow_subnormal=False) for _ in range(3)),
)
shifts = st.builds(Shift, st.sampled_from(Side), st.sampled_from(Quad), rates | st.none(), rates | st.none(), names)


@settings(max_examples=25, deadline=None)
@given(names, names, days, st.lists(acts, max_size=30).map(tuple), moments, widths)
def test_rivers(one: str, other: str, last: date, found: tuple[Acts, ...], marked: tuple[Moment, ...], w: int) -> None:
    river = River(one, other, Unit.WEEK, START, last, tuple(a for a in found if a.period <= last), (), marked)
    assert faults(draw(river, Style(w))) == []
    assert sum(number or 0 for row in table(river).rows for number in row[2:10]) == sum(a.events for a in river.acts)  # type: ignore[misc]


@settings(max_examples=25, deadline=None)
@given(names, names, st.lists(shifts, max_size=6).map(tuple), names, widths)
def test_dumbbells(one: str, other: str, found: tuple[Shift, ...], verdict: str, w: int) -> None:
    change = BeforeAfter(one, other, START, found, verdict)
    assert faults(draw(change, Style(w))) == []
    assert len(table(change).rows) == len(found)
