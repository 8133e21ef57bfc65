"""Which language models are taken, and how much text they get at once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy

from dateline.annotate.parse import AT_ONCE, _parts, load_model
from dateline.errors import DatelineError, LexiconError, MissingInput, ModelError, WorkerLost


def test_models_that_cannot_be_used_are_named_with_the_reason(tmp_path: Path) -> None:
    untrained = spacy.blank("en")
    untrained.add_pipe("parser")
    models = {"german": spacy.blank("de"), "bare": spacy.blank("en"), "untrained": untrained}
    reasons = {"german": "language de", "bare": "no parser", "untrained": "does not run", "missing": "installed: en_"}
    for name, nlp in models.items():
        nlp.to_disk(tmp_path / name)
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "meta.json").write_text("{}", encoding="utf-8")
    reasons["damaged"] = "damaged"
    for name, reason in reasons.items():
        with pytest.raises(ModelError) as caught:
            load_model(str(tmp_path / name))
        assert reason in str(caught.value)
        assert "\n" not in str(caught.value)


def test_the_language_model_gets_a_bounded_number_of_characters_at_once() -> None:
    texts = ["a" * n for n in (10, AT_ONCE, 1, 1, AT_ONCE - 1, 5 * AT_ONCE, 7)]
    parts = list(_parts(texts))
    assert [t for part in parts for t in part] == texts
    assert all(len(part) == 1 or sum(map(len, part)) <= AT_ONCE for part in parts)
    assert len(parts) == 6


@pytest.mark.parametrize(
    "error", [ModelError("m", "broken"), MissingInput("a.txt", "gone"), LexiconError("x.tsv", 3, "odd"), WorkerLost()]
)
def test_errors_come_back_whole_from_another_process(error: DatelineError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
