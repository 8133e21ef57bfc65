"""How the finds of the learned reader and of the rules are joined."""

from __future__ import annotations

from dateline.extract.attributions import join
from dateline.model import Attribution, Span


def find(cue: tuple[int, int], source: tuple[int, int], *content: tuple[int, int], score: float = 1.0) -> Attribution:
    return Attribution((Span(*cue),), (Span(*source),), tuple(Span(*c) for c in content), score=score)


def test_the_rules_give_the_edges_where_both_agree() -> None:
    learned = find((40, 44), (50, 60), (2, 38), score=0.7)
    rules = find((40, 44), (45, 60), (1, 39))
    assert join([learned], [rules]) == (find((40, 44), (45, 60), (1, 39), score=0.7),)


def test_the_learned_content_stays_where_they_differ() -> None:
    learned = find((40, 44), (45, 60), (2, 38))
    assert join([learned], [find((40, 44), (45, 60), (2, 20))]) == (learned,)


def test_what_the_learned_reader_lacks_is_added_in_text_order() -> None:
    learned, rules = find((140, 144), (145, 160), (102, 138)), find((40, 44), (45, 60), (2, 38))
    assert join([learned], [rules]) == (rules, learned)


def test_a_plain_statement_inside_a_statement_is_kept() -> None:
    outer, inner = find((8, 12), (0, 7), (13, 50)), find((20, 26), (13, 19), (27, 45))
    assert join([outer], [inner]) == (outer, inner)


def test_a_weak_one_is_not() -> None:
    outer, inner = find((8, 12), (0, 7), (13, 50)), find((20, 26), (13, 19), (27, 45), score=0.5)
    assert join([outer], [inner]) == (outer,)


def test_a_stranded_second_cue_names_the_better_source() -> None:
    learned, rules = find((44, 48), (41, 43), (1, 38)), find((50, 54), (55, 64), (1, 39))
    assert join([learned], [rules]) == (rules,)


def test_the_paragraphs_of_one_quotation_stay_together() -> None:
    learned, rules = find((126, 133), (122, 125), (106, 119)), find((126, 130), (122, 125), (1, 103), (106, 120))
    [one] = join([learned], [rules])
    assert one.content == rules.content


def test_a_content_that_ran_into_the_next_cue_is_cut() -> None:
    learned = find((4, 8), (0, 3), (9, 60), score=0.7)
    first, second = find((4, 8), (0, 3), (9, 24)), find((29, 35), (0, 3), (36, 60), score=0.5)
    assert [f.content for f in join([learned], [first, second])] == [(Span(9, 24),), (Span(36, 60),)]


def test_who_passes_on_a_whole_statement_is_kept() -> None:
    learned, rules = find((6, 12), (0, 5), (13, 50)), find((64, 72), (52, 63), (0, 50))
    assert join([learned], [rules], {}) == (rules, learned)
