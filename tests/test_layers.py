"""The layout tells the data's way: a stage imports the records, the errors and the lexicons, never another stage."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dateline"
STAGES = ("load", "annotate", "extract", "resolve", "record", "analyse")
SHARED = ("dateline.model", "dateline.errors", "dateline.lexicons")
#: the readers of words that learn are trained on what the model's pass makes; only the training joins two stages
TRAINING = {"train.py", "gold.py"}


def imports(path: Path) -> list[str]:
    """The modules of the project that a file imports."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return [name for name in found if name.split(".")[0] == "dateline"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage(stage: str) -> None:
    files = [p for p in (SOURCE / stage).rglob("*.py") if p.name not in TRAINING]
    assert files
    for path in files:
        for name in imports(path):
            assert name.startswith((*SHARED, f"dateline.{stage}")), f"{path.relative_to(SOURCE)} imports {name}"


def test_lexicons_import_no_stage() -> None:
    for path in (SOURCE / "lexicons").rglob("*.py"):
        for name in imports(path):
            assert name.startswith(SHARED), f"{path.relative_to(SOURCE)} imports {name}"
