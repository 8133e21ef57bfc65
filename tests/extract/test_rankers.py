"""The learned statement reader: its files, and a table of invented sentences."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.extract.attributions import find_attributions, join
from dateline.extract.rankers import StatementRanker, model
from dateline.extract.rankers.lemmas import LemmaTable
from dateline.model import Annotated, Attribution, Span

DATA = Path(model.__file__).parent / "data"


@pytest.fixture(scope="module")
def ranker() -> StatementRanker:
    return StatementRanker()


def told(annotated: Annotated, find: Attribution) -> tuple[str | None, str, list[str]]:
    """(source, cue, contents) as words, without marks and points at their edges."""
    words = [annotated.words(span).strip(" ,.'\"“”") for span in find.content]
    source = annotated.words(find.source[0]) if find.source else None
    return source, annotated.words(find.cue[0]), words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister denied that talks had begun.", ("The minister", "denied", ["that talks had begun"])),
        ('"We will not sign," said Maria Lund.', ("Maria Lund", "said", ["We will not sign"])),
        (
            '"We will not sign," said Maria Lund. "It is too late."',
            ("Maria Lund", "said", ["We will not sign", "It is too late"]),
        ),
        (
            "According to two officials, the plan was dropped last week.",
            ("two officials", "According to", ["the plan was dropped last week"]),
        ),
        (
            "The bridge will open in May, the company said.",
            ("the company", "said", ["The bridge will open in May"]),
        ),
        (
            "Opposition leaders urged the government to resign.",
            ("Opposition leaders", "urged", ["the government to resign"]),
        ),
    ],
)
def test_reads(
    annotate: Callable[..., Annotated],
    ranker: StatementRanker,
    text: str,
    expected: tuple[str | None, str, list[str]],
) -> None:
    annotated = annotate(text)
    assert [told(annotated, find) for find in ranker.read(annotated)] == [expected]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "...", '"', "The bridge was opened in May.", 'Prices rose "sharply" in May.']
)
def test_finds_nothing(annotate: Callable[..., Annotated], ranker: StatementRanker, text: str) -> None:
    assert ranker.read(annotate(text)) == ()


def test_open_quotation_runs_on(annotate: Callable[..., Annotated], ranker: StatementRanker) -> None:
    text = '"The harbour is closed," Mayor Ole Brandt said. "Nobody may sail.\n\n"We will say when it opens again."'
    finds = ranker.read(annotate(text))
    assert len(finds) == 1
    assert "opens again" in text[finds[0].content[-1].start : finds[0].content[-1].end]


def test_a_report_is_read_alike_alone_and_after_others(
    annotate: Callable[..., Annotated], ranker: StatementRanker
) -> None:
    one, two = annotate("The minister denied that talks had begun."), annotate('"Go home," Ms Lund told the crowd.')
    first = ranker.read(one)
    ranker.read(two)
    assert ranker.read(one) == first
    assert StatementRanker().read(one) == first


def test_files_fit_their_card_and_this_code() -> None:
    card = json.loads((DATA / model.CARD).read_text(encoding="utf-8"))
    assert card["features"] == model.feature_digest()
    assert {p.name for p in DATA.iterdir()} == {model.CARD, *card["sha256"]}
    assert sum(p.stat().st_size for p in DATA.iterdir()) < 6_500_000
    rankers = model.load()
    for step, module in model.STEPS.items():
        for booster in getattr(rankers, step).boosters:
            assert booster.num_feature() == len(module.FEATURES)
        assert set(module.CATEGORIES) <= set(module.FEATURES)
        assert len(set(module.FEATURES)) == len(module.FEATURES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_a_damaged_file_is_refused(folder: Path) -> None:
    path = folder / model.LEMMAS
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(ModelError, match=r"lemmas.tsv: is damaged"):
        model.load_from(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "cue-0.txt.xz").unlink()
    with pytest.raises(ModelError, match=r"cue-0.txt.xz: cannot be read"):
        model.load_from(folder)


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"features": "0"}, "other features"), ({"sha256": {}}, "does not name all"), ({"sha256": 1}, "names no files")],
)
def test_a_card_that_does_not_fit_is_refused(folder: Path, change: dict[str, object], reason: str) -> None:
    path = folder / model.CARD
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(ModelError, match=reason):
        model.load_from(folder)


def test_lemma_table_falls_back_on_the_class_of_word() -> None:
    counts = {"v": [100.0, 10.0] + [0.0] * 9, "say|v": [50.0, 50.0] + [0.0] * 9}
    table = LemmaTable(counts, {})
    assert table.stats("say|v")[0] > 0.9
    assert table.stats("frob|v")[0] == pytest.approx(0.1, abs=0.01)


def test_lemma_tables_hold_single_lower_case_words_only() -> None:
    keys = model.parse_counts((DATA / model.LEMMAS).read_text(encoding="utf-8"))
    assert all(" " not in key and (key == key.lower() or len(key) == 1) for key in keys)


SAID = Attribution((Span(4, 8),), (Span(0, 3),), (Span(9, 40),), 1, 0.9)


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        (Attribution((Span(4, 8),), (), (Span(50, 60),), 1), False),  # same cue
        (Attribution((Span(41, 45),), (), (Span(9, 40),), 9), False),  # same content
        (Attribution((Span(14, 20),), (), (Span(41, 60),), 4), True),  # another statement
    ],
)
def test_learned_finds_win(pattern: Attribution, kept: bool) -> None:
    assert (pattern in join([SAID], [pattern])) is kept
    assert SAID in join([SAID], [pattern])


def test_fast_mode_leaves_the_rankers_out(
    annotate: Callable[..., Annotated], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise AssertionError("the rankers were loaded")

    monkeypatch.setattr("dateline.extract.attributions._ranker", refuse)
    assert isinstance(find_attributions(annotate("Ms Lund said it rained."), fast=True), tuple)
