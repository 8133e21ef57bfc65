"""The ranker files: checked on load against their card, and one prediction call for many rows.

``card.json`` names the training data, the seed and the figures, and holds the SHA-256 of every other file. A file
that differs from its digest, or rankers made for other features than this code's, are refused.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any, Final

from dateline.errors import ModelError
from dateline.extract.rankers import accept, contents, cues, sources
from dateline.extract.rankers.lemmas import LemmaTable

STEPS: Final[dict[str, ModuleType]] = {"cue": cues, "source": sources, "content": contents, "accept": accept}
CARD: Final = "card.json"
LEMMAS: Final = "lemmas.tsv"
VECTORS: Final = "vectors.tsv"


def feature_digest() -> str:
    """Stands for the names and order of all features: a model made for other ones is refused."""
    names = {step: list(module.FEATURES) for step, module in STEPS.items()}
    return hashlib.sha256(json.dumps(names, sort_keys=True).encode()).hexdigest()[:16]


class Ranker:
    """One or more LightGBM models whose scores are averaged."""

    def __init__(self, boosters: Sequence[Any]) -> None:
        self.boosters = boosters

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """A score from 0 to 1 for each row."""
        import numpy as np

        if not rows:
            return []
        matrix = np.array(rows, dtype=np.float32)
        total = np.zeros(len(rows))
        for booster in self.boosters:
            total += booster.predict(matrix, num_threads=1)
        return (total / len(self.boosters)).tolist()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class RankerSet:
    """All that the learned reader reads from its files."""

    lemmas: LemmaTable
    cue: Ranker
    source: Ranker
    content: Ranker
    accept: Ranker


@cache
def load() -> RankerSet:
    """The rankers that come with the package, read once."""
    return load_from(files("dateline.extract.rankers") / "data")


def load_from(folder: Traversable) -> RankerSet:
    """The rankers in a folder; ``ModelError`` names the file that is missing, damaged or of another version."""
    card = _card(folder)
    if card.get("features") != feature_digest():
        raise ModelError(CARD, "made for other features than this version's; train anew")
    held = {name: _checked(folder, name, digest) for name, digest in sorted(card["sha256"].items())}
    rankers = {step: Ranker([_booster(name, held[name], step) for name in sorted(held) if name.startswith(f"{step}-")])
               for step in STEPS}  # fmt: skip
    if LEMMAS not in held or VECTORS not in held or not all(r.boosters for r in rankers.values()):
        raise ModelError(CARD, "does not name all files of the rankers")
    return RankerSet(LemmaTable(parse_counts(held[LEMMAS].decode()), parse_vectors(held[VECTORS].decode())), **rankers)


def _card(folder: Traversable) -> dict[str, Any]:
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(CARD, f"cannot be read ({error})") from error
    if not isinstance(card, dict) or not isinstance(card.get("sha256"), dict):
        raise ModelError(CARD, "names no files")
    return card


def _checked(folder: Traversable, name: str, digest: str) -> bytes:
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(name, f"cannot be read ({error})") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(name, "is damaged: its SHA-256 is not the one on the card")
    return data


def _booster(name: str, data: bytes, step: str) -> Any:
    import lightgbm

    try:
        booster = lightgbm.Booster(model_str=lzma.decompress(data).decode())
    except (lzma.LZMAError, UnicodeDecodeError, lightgbm.basic.LightGBMError) as error:
        raise ModelError(name, f"is no ranker ({error})") from error
    if booster.num_feature() != len(STEPS[step].FEATURES):
        raise ModelError(name, f"asks for {booster.num_feature()} features")
    return booster


def format_counts(counts: Mapping[str, Sequence[float]]) -> str:
    """Lemma, class of word and its counts, one a line; a line without a lemma holds the sums of its class."""
    lines = ["# lemma|class, times seen, as a cue, of a statement proper, of a direct quotation, as a source's head"]
    lines += ["\t".join((key, *(f"{n:g}" for n in row))) for key, row in sorted(counts.items())]
    return "\n".join(lines) + "\n"


def parse_counts(text: str) -> dict[str, list[float]]:
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("# "))
    return {cells[0]: [float(n) for n in cells[1:]] for cells in rows}


def format_vectors(vectors: Mapping[str, Sequence[float]]) -> str:
    """Lemma and its vector as whole numbers, one a line."""
    return "".join("\t".join((lemma, *(str(int(x)) for x in row))) + "\n" for lemma, row in sorted(vectors.items()))


def parse_vectors(text: str) -> dict[str, list[float]]:
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {cells[0]: [float(x) for x in cells[1:]] for cells in rows}
