"""Time expressions: values, days, what they count from, and that odd text never breaks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.times import find_times, is_narrative
from dateline.extract.timex.calendar import days_of, easter
from dateline.extract.timex.grammar import RULES, holiday
from dateline.extract.timex.tense import direction
from dateline.extract.timex.words import CODES, holidays, names_around, read_words
from dateline.lexicons import rows
from dateline.model import Annotated, Paragraph, Report, Sentence, Span, Time, TimeType, Token

Annotate = Callable[..., Annotated]

#: a Thursday
ANCHOR = date(2024, 11, 7)


def only(annotated: Annotated, anchor: date | None = ANCHOR) -> Time:
    times = find_times(annotated, anchor)
    assert len(times) == 1, times
    return times[0]


# (sentence with the expression in brackets, type, value, days: one, the first..the last, or none)
_EXPRESSIONS = [
    # days
    ("The treaty was signed on [14 March 1999].", "DATE", "1999-03-14", "1999-03-14"),
    ("The treaty was signed on [March 14, 1999].", "DATE", "1999-03-14", "1999-03-14"),
    ("It ended on [the 3rd of May, 2001].", "DATE", "2001-05-03", "2001-05-03"),
    ("It opened on [Tuesday, Nov. 5].", "DATE", "2024-11-05", "2024-11-05"),
    ("They obeyed the [Feb. 23] accord.", "DATE", "2024-02-23", "2024-02-23"),
    ("The note is dated [2004-05-06].", "DATE", "2004-05-06", "2004-05-06"),
    ("The note is dated [5/26/2004].", "DATE", "2004-05-26", "2004-05-26"),
    ("The note is dated [26.5.2004].", "DATE", "2004-05-26", "2004-05-26"),
    ("The attack on [January 6] shocked the town.", "DATE", "2024-01-06", "2024-01-06"),
    ("The talks will start on [December 3].", "DATE", "2024-12-03", "2024-12-03"),
    # weekdays
    ("The ministers met on [Wednesday].", "DATE", "2024-11-06", "2024-11-06"),
    ("The envoy arrived on [Thursday].", "DATE", "2024-11-07", "2024-11-07"),
    ("The ministers met [last Thursday].", "DATE", "2024-10-31", "2024-10-31"),
    ("Parliament will vote on [Friday].", "DATE", "2024-11-08", "2024-11-08"),
    ("The summit is due to open on [Monday].", "DATE", "2024-11-11", "2024-11-11"),
    ("Talks are to be held [next Tuesday].", "DATE", "2024-11-12", "2024-11-12"),
    ("The court meets on [Saturday].", "DATE", "2024-11-09", "2024-11-09"),
    ("[Saturday]'s raid left two dead.", "DATE", "2024-11-02", "2024-11-02"),
    ("The envoy said that [Monday]'s vote was fair.", "DATE", "2024-11-04", "2024-11-04"),
    # relative days and units
    ("[Yesterday] the bridge fell.", "DATE", "2024-11-06", "2024-11-06"),
    ("They meet [tomorrow].", "DATE", "2024-11-08", "2024-11-08"),
    ("[The day before yesterday] the bridge fell.", "DATE", "2024-11-05", "2024-11-05"),
    ("[Last month] the army withdrew.", "DATE", "2024-10", "2024-10-01..2024-10-31"),
    ("The court will rule [next week].", "DATE", "2024-W46", "2024-11-11..2024-11-17"),
    ("Exports grew [this year].", "DATE", "2024", "2024-01-01..2024-12-31"),
    ("She was elected [two years ago].", "DATE", "2022", "2022-01-01..2022-12-31"),
    ("The mayor fled [five months ago].", "DATE", "2024-06", "2024-06-01..2024-06-30"),
    ("The mayor fled [ten days ago].", "DATE", "2024-10-28", "2024-10-28"),
    ("He will step down at [the end of next month].", "DATE", "2024-12", "2024-12-01..2024-12-31"),
    ("[The weekend] was calm.", "DATE", "2024-W44-WE", "2024-11-02..2024-11-03"),
    # months, years, decades, centuries
    ("The minister resigned in [March].", "DATE", "2024-03", "2024-03-01..2024-03-31"),
    ("Elections will be held in [March].", "DATE", "2025-03", "2025-03-01..2025-03-31"),
    ("The minister resigned in [December].", "DATE", "2023-12", "2023-12-01..2023-12-31"),
    ("The minister resigned in [October of last year].", "DATE", "2023-10", "2023-10-01..2023-10-31"),
    ("The fort fell in [February 1916].", "DATE", "1916-02", "1916-02-01..1916-02-29"),
    ("The fort fell in [early 1916].", "DATE", "1916", "1916-01-01..1916-12-31"),
    ("The base will close by [mid-2025].", "DATE", "2025", "2025-01-01..2025-12-31"),
    ("The law dates from [nineteen ninety-six].", "DATE", "1996", "1996-01-01..1996-12-31"),
    ("Trade fell in [the early 1990s].", "DATE", "199", "1990-01-01..1999-12-31"),
    ("Trade fell in [the '80s].", "DATE", "198", "1980-01-01..1989-12-31"),
    ("Borders moved in [the 20th century].", "DATE", "19", "1900-01-01..1999-12-31"),
    ("The city burned in [480 BC].", "DATE", "BC0480", ""),
    # seasons, quarters, halves, fiscal years
    ("In [summer 2022] the river dried up.", "DATE", "2022-SU", "2022-06-01..2022-08-31"),
    ("[Last winter] was mild.", "DATE", "2023-WI", "2023-12-01..2024-02-29"),
    ("Growth slowed in [the third quarter].", "DATE", "2024-Q3", "2024-07-01..2024-09-30"),
    ("The bank lost money in [Q3 2023].", "DATE", "2023-Q3", "2023-07-01..2023-09-30"),
    ("Exports grew in [the first half of 2023].", "DATE", "2023-H1", "2023-01-01..2023-06-30"),
    ("It cut costs in [fiscal 2021].", "DATE", "2021", "2021-01-01..2021-12-31"),
    # times of day
    ("Police arrested him on [Tuesday night].", "TIME", "2024-11-05TNI", "2024-11-05"),
    ("[This morning] the minister resigned.", "TIME", "2024-11-07TMO", "2024-11-07"),
    ("[Last night] a bomb went off.", "TIME", "2024-11-06TNI", "2024-11-06"),
    ("It happened at [10:30 p.m. on Monday].", "TIME", "2024-11-04T22:30", "2024-11-04"),
    ("It starts [Monday at 9 a.m. GMT].", "TIME", "2024-11-11T09:00", "2024-11-11"),
    ("He died in [the early hours of Sunday].", "TIME", "2024-11-03TMO", "2024-11-03"),
    ("They struck on [the night of June 20].", "TIME", "2024-06-20TNI", "2024-06-20"),
    # durations
    ("The truce lasted [three days].", "DURATION", "P3D", ""),
    ("A [12-hour] curfew was imposed.", "DURATION", "PT12H", ""),
    ("The [50-year-old] man was unhurt.", "DURATION", "P50Y", ""),
    ("The siege took [two and a half years].", "DURATION", "P2.5Y", ""),
    ("The siege took [seven-and-a-half years].", "DURATION", "P7.5Y", ""),
    ("They talked for [more than twenty-four hours].", "DURATION", "PT24H", ""),
    ("The border was closed for [decades].", "DURATION", "PXDE", ""),
    ("They died over [the past two weeks].", "DURATION", "P2W", "2024-10-24..2024-11-07"),
    ("Troops will leave over [the next few months].", "DURATION", "PXM", ""),
    ("It was a [month-long] siege.", "DURATION", "P1M", ""),
    # sets
    ("The group meets [every Tuesday].", "SET", "XXXX-WXX-2", ""),
    ("The group meets twice [a week].", "SET", "P1W", ""),
    ("Prices rose 5 percent [annually].", "SET", "XXXX", ""),
    ("They march on [Sundays].", "SET", "XXXX-WXX-7", ""),
    # no place in the calendar
    ("He is [now] in exile.", "DATE", "PRESENT_REF", ""),
    ("Prices rose [recently].", "DATE", "PAST_REF", ""),
    ("Nothing will change in [the near future].", "DATE", "FUTURE_REF", ""),
    ("[Twenty years ago today] the wall fell.", "DATE", "2004-11-07", "2004-11-07"),
    ("The envoy comes in [the week of Nov. 18].", "DATE", "2024-W47", "2024-11-18..2024-11-24"),
    ("Everything changed on [9/11].", "DATE", "2001-09-11", "2001-09-11"),
    ("The firm was founded [half a century ago].", "DATE", "1974", "1974-01-01..1974-12-31"),
    ("It took [a quarter of a century].", "DURATION", "P25Y", ""),
    ("They agreed on a plan to return by [February].", "DATE", "2025-02", "2025-02-01..2025-02-28"),
    ("Those who sought to return on [Tuesday] were stopped.", "DATE", "2024-11-05", "2024-11-05"),
    ("In [the past week] three died.", "DATE", "2024-W44", "2024-10-31..2024-11-07"),
    # holidays
    ("The guns fell silent at [Christmas].", "DATE", "2023-12-25", "2023-12-25"),
    ("[Easter 2023] was calm.", "DATE", "2023-04-09", "2023-04-09"),
]


@pytest.mark.parametrize(("marked", "kind", "value", "days"), _EXPRESSIONS, ids=[e[0] for e in _EXPRESSIONS])
def test_expression(annotate: Annotate, marked: str, kind: str, value: str, days: str) -> None:
    words = marked[marked.index("[") + 1 : marked.index("]")]
    annotated = annotate(marked.replace("[", "").replace("]", ""))
    time = only(annotated)
    assert (annotated.words(time.span), time.type, time.value) == (words, kind, value)
    first, _, last = days.partition("..")
    assert (time.start or "", time.end or "") == (first, last or first)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("The war of 1914-18 killed millions.", ["1914", "1918"]),
        ("Both sides armed from 1947 to 1991.", ["1947", "1991"]),
        ("Rockets fell on 6 and 7 October 2023.", ["2023-10-06", "2023-10-07"]),
        ("Rockets fell on Oct. 6-7, 2023.", ["2023-10-06", "2023-10-07"]),
        ("It rained in September and October 2023.", ["2023-09", "2023-10"]),
        ("The wars of 499-493 BC ruined the coast.", ["BC0499", "BC0493"]),
        ("He came on Monday, spoke on Tuesday and left the next day.", ["2024-11-04", "2024-11-05", "2024-11-06"]),
        ("He was jailed in May 2019. He was freed two years later.", ["2019-05", "2021"]),
        ("He was jailed on May 3, 2019. The same day his brother fled.", ["2019-05-03", "2019-05-03"]),
        ("Profit fell in the third quarter. It was higher a year earlier.", ["2024-Q3", "2023-Q3"]),
        ("The report covers this year's second quarter.", ["2024-Q2"]),
        ("He was jailed in March 2019 and freed in July.", ["2019-03", "2019-07"]),
        ("The show ran from 26 June to 4 August 1952.", ["1952-06-26", "1952-08-04"]),
        ("He spoke on Monday. Later in the day he left.", ["2024-11-04", "2024-11-04"]),
        ("Towns vote on Nov. 22. The mayor, who had called in the night, said so.", ["2024-11-22", "XXXX-XX-XXTNI"]),
        ("The crews, which had threatened to block the port in October, agreed.", ["2024-10"]),
        ("Over the first nine months profit fell; a year earlier it rose.", ["P9M", "2023"]),
    ],
)
def test_expressions_that_lean_on_others(annotate: Annotate, sentence: str, values: list[str]) -> None:
    assert [t.value for t in find_times(annotate(sentence), ANCHOR)] == values


@pytest.mark.parametrize(
    "sentence",
    [
        "May I ask you something?",
        "The army may march on the capital.",
        "The code is 31/31/31.",
        "Call 5551234567 for help.",
        "Resolution 1973 was adopted.",
        "The rebels lost 1945 votes.",
        "It cost $1999 or 1999 euros.",
        "The fall of the city shocked the world.",
        "Springs and falls are dangerous.",
        "Second, the minister denied it.",
        "The Sunday Times reported it.",
        "She won Black Friday bargains.",
        "It was the third attack in as many days.",
        "She won the race with 2:27.13.",
        "",
        "...",
    ],
)
def test_no_time(annotate: Annotate, sentence: str) -> None:
    assert find_times(annotate(sentence), ANCHOR) == ()


def test_a_day_that_no_calendar_has_is_no_day(annotate: Annotate) -> None:
    assert [t.value for t in find_times(annotate("He was born on February 30, 1990."), ANCHOR)] == ["1990"]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("He came on Wednesday.", "XXXX-WXX-3"),
        ("He came last month.", "XXXX-XX"),
        ("He came on May 5.", "XXXX-05-05"),
        ("He came yesterday.", "XXXX-XX-XX"),
        ("He came in March.", "XXXX-03"),
        ("He came two weeks ago.", "PAST_REF"),
    ],
)
def test_without_an_anchor_the_days_stay_unknown(annotate: Annotate, sentence: str, value: str) -> None:
    time = only(annotate(sentence), None)
    assert (time.value, time.start, time.end) == (value, None, None)


def test_a_paper_named_after_a_part_of_the_day_is_no_time(annotate: Annotate) -> None:
    assert only(annotate("The envoy wrote so in Dawn on Thursday.")).value == "2024-11-07"


def test_without_an_anchor_a_full_date_keeps_its_day(annotate: Annotate) -> None:
    assert only(annotate("He came on 5 May 2010."), None).start == "2010-05-05"


_HISTORY = (
    "In 1211 the duke of Arn crossed the river. In March 1212 he took the first fort. In April another fell. "
    "The bishop, who had been named in 1196, fled in December. In January the town burned. Two days later it was "
    "over. On 14 May 1213 a truce was signed. On 3 June it was broken, and in the winter the duke died. "
    "By 1216 nothing was left, and in 1220 the last fort was sold."
)  # fmt: skip


def test_history_goes_on_from_what_was_told(annotate: Annotate) -> None:
    annotated = annotate(_HISTORY)
    told = {annotated.words(t.span): t.value for t in find_times(annotated, ANCHOR)}
    expected = {"April": "1212-04", "December": "1212-12", "January": "1213-01", "3 June": "1213-06-03"}
    assert {words: told[words] for words in expected} == expected


def test_an_essay_full_of_years_is_no_history(annotate: Annotate) -> None:
    text = (
        "Trade grows fast. In 1961 tariffs fell, in 1974 they fell again, and in 1983, 1990, 1994 and 2001 the same "
        "happens. The ministry thinks that this is good. In March it says so, and economists agree."
    )
    assert "2024-03" in [t.value for t in find_times(annotate(text), ANCHOR)]


def test_history_knows_years_of_three_digits(annotate: Annotate) -> None:
    text = (
        "The king of Arn died in 632. In 634 the host crossed the river. On 20 August 636, it met the emperor. "
        "The town fell in 638, and in September the bishop gave up the keys. Some 732 ships were lost. "
        "In 651 the last king was killed. The next year a peace was made. In 661 the war ended."
    )
    values = [t.value for t in find_times(annotate(text), ANCHOR)]
    assert values == ["0632", "0634", "0636-08-20", "0638", "0638-09", "0651", "0652", "0661"]


def test_history_and_news_are_told_apart(annotate: Annotate) -> None:
    annotated = annotate(_HISTORY)
    assert is_narrative(read_words(annotated.text, [p.span for p in annotated.paragraphs]), ANCHOR)
    news = "The duke, born in 1950, wed in 1975, 1980, 1985, 1990 and 1995, and died on Monday."
    assert not is_narrative(read_words(news, [Span(0, len(news))]), ANCHOR)


@pytest.mark.parametrize("anchor", [date(1, 1, 1), date(1, 3, 31), date(9999, 12, 31), date(9999, 1, 1)])
def test_the_ends_of_the_calendar_do_not_break(annotate: Annotate, anchor: date) -> None:
    text = (
        "He came last century, last year, last week, yesterday and on Monday; next month, next year, tomorrow, "
        "next decade and next winter he will go. Two thousand years ago and 9,000 years from now, in the year 2999."
    )
    for time in find_times(annotate(text), anchor):
        assert (time.start is None) == (time.end is None)


@pytest.mark.parametrize(
    "text", ["7" * 50_000, "the " * 12_000, "May " * 12_000, "twenty-" * 8_000, "1/" * 20_000, "a week ago " * 4_000]
)
def test_long_runs_take_linear_time(text: str) -> None:
    assert isinstance(find_times(_flat(text), ANCHOR), tuple)  # a pattern that backtracks would not come back


def _flat(text: str) -> Annotated:
    """A text without a parse: every word is its own root."""
    tokens: list[Token] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        tokens.append(Token(len(tokens), word, word.lower(), "NOUN", "NN", "ROOT", "", at))
        at += len(word)
    sentences = [Sentence(0, 0, len(tokens), 0)]
    paragraphs = [Paragraph(0, Span(0, len(text)), 0, len(tokens))]
    starts = [t.start for t in tokens]
    return Annotated(Report("flat", text), tokens, sentences, paragraphs, [], [], starts, "none")


_VOCABULARY = sorted({
    *(word for _, (_, _, words) in rows("times.tsv", 3) for word in words.split()),
    *("January", "May", "Monday", "Christmas", "1990", "2999", "0", "31", "1990s", "'89", "31/31/31", "2004-02-30"),
    "9999999999",
    *("10:30", "25:99", "p.m.", "20th", "B.C.", "AD", "Q3", "'s", "-", ",", ".", "(", ")", "$", "\n", "men"),
})  # fmt: skip
_DAYS = st.none() | st.dates()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_VOCABULARY), max_size=14).map(" ".join) | st.text(max_size=40), _DAYS)
def test_times_lie_in_the_text_in_order(text: str, anchor: date | None) -> None:
    times = find_times(_flat(text), anchor)
    last = 0
    for time in times:
        assert last <= time.span.start < time.span.end <= len(text)
        last = time.span.end
        assert time.value
        assert "None" not in time.value
        assert (time.start is None) == (time.end is None)
        if time.start and time.end:
            assert date.fromisoformat(time.start) <= date.fromisoformat(time.end)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_VOCABULARY), max_size=14).map(" ".join), _DAYS)
def test_reading_twice_finds_the_same(text: str, anchor: date | None) -> None:
    assert find_times(_flat(text), anchor) == find_times(_flat(text), anchor)


@given(st.dates())
def test_days_of_a_day_is_the_day(day: date) -> None:
    assert days_of(day.isoformat()) == (day.isoformat(), day.isoformat())


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("202", ("2020-01-01", "2029-12-31")),
        ("20", ("2000-01-01", "2099-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2020-W53", ("2020-12-28", "2021-01-03")),
        ("2021-W53", None),
        ("2024-W01-WE", ("2024-01-06", "2024-01-07")),
        ("2024-H2", ("2024-07-01", "2024-12-31")),
        ("2024-WI", ("2024-12-01", "2025-02-28")),
        ("2024-13", None),
        ("0000", None),
        ("P2W", None),
        ("PRESENT_REF", None),
    ],
)
def test_days_of_a_value(value: str, days: tuple[str, str] | None) -> None:
    assert days_of(value) == days


def test_easter_falls_on_known_sundays() -> None:
    assert [easter(y) for y in (1961, 2000, 2024)] == [date(1961, 4, 2), date(2000, 4, 23), date(2024, 3, 31)]


def test_every_holiday_has_a_day_in_every_year() -> None:
    for name, rule in holidays().items():
        assert all(holiday(rule, year) for year in range(1900, 2100)), name


def test_the_lexicon_names_known_classes_and_no_word_twice() -> None:
    seen: dict[str, str] = {}
    for number, (kind, _, words) in rows("times.tsv", 3):
        assert kind in CODES, f"line {number}: {kind}"
        for word in words.split():
            assert word not in seen, f"line {number}: {word} is in {seen.get(word)} already"
            seen[word] = kind


def test_the_other_lexicons_load() -> None:
    assert {kind for _, (kind, _) in rows("times_ahead.tsv", 2)} == {"modal", "ahead", "aim", "until", "since"}
    assert set(names_around()) == {"numbered", "named_day", "paper"}


def test_every_class_has_its_own_letter() -> None:
    assert len(set(CODES.values())) == len(CODES)


def test_every_rule_says_in_its_docstring_what_it_reads() -> None:
    assert [r.name for r in RULES if not r.build.__doc__] == []


@pytest.mark.parametrize(
    ("sentence", "word", "ahead"),
    [
        ("Parliament will vote on Friday.", "Friday", True),
        ("LIMA, Jan 6 - The army and its allies proposed on Friday that it would leave.", "Friday", False),
        ("The vote is scheduled for Friday.", "Friday", True),
        ("They plan to meet on Friday.", "Friday", True),
        ("They met on Friday.", "Friday", False),
        ("They have met since Friday.", "Friday", False),
        ("The record set on Friday stands.", "Friday", False),
    ],
)
def test_tense_points_ahead(annotate: Annotate, sentence: str, word: str, ahead: bool) -> None:
    at = sentence.index(word)
    assert (direction(annotate(sentence), Span(at, at + len(word))) > 0) == ahead


def test_types_are_the_four_of_timex3(annotate: Annotate) -> None:
    text = "On Monday at noon he spoke for two hours, as he does every week; on Tuesday he left."
    assert {t.type for t in find_times(annotate(text), ANCHOR)} == set(TimeType)
