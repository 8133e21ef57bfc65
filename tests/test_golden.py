"""The sample reports' readings, as claims about the world that a person has looked at.

``python -m tests.test_golden`` writes them anew; a change to one of the files is reviewed line by line: is it true
that this person said so, that this was done, on that day?
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.load import Failure, read_paths
from dateline.model import Reading
from dateline.pipeline import Reader
from dateline.present.words import Names, head_facts

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix != ".md")


def summary(reading: Reading) -> list[str]:
    """One line a finding, in words."""
    names = Names(reading)
    lines = [f"== {' | '.join(head_facts(reading.report))}"]
    for s in reading.statements:
        day = f" [{s.time.start}]" if s.time and s.time.start else ""
        source = s.source.sourcing if s.source else "nobody"
        lines.append(f"{names.speaker(s)} ({source}) {s.stance}, {s.form}{day}: {names.words(s.content)}")
    for e in reading.events:
        day = f" [{e.time.start}..{e.time.end}]" if e.time and e.time.start else ""
        teller = f" (says {names.told_by(e)})" if e.said_by else ""
        words = names.words((e.span,))
        lines.append(
            f"{names.side(e.source)} -> {names.side(e.target)}: {e.type} {e.cameo} {e.reality}{day} “{words}”{teller}"
        )
    for c in reading.claims:
        positions = ", ".join(f"{names.actor(p.actor)} {p.position}" for p in c.positions)
        lines.append(f"disputed: {' '.join(c.text.split())}: {positions}")
    lines += [f"skipped: {s.reason}" for s in reading.skipped]
    return lines


def golden(path: Path, reader: Reader) -> str:
    """The summaries of all reports of one sample file."""
    lines: list[str] = []
    items = list(read_paths([str(path)], None))
    lines += [f"failed: {item.reason}" for item in items if isinstance(item, Failure)]
    for reading in reader.read_many(item for item in items if not isinstance(item, Failure)):
        lines += summary(reading)
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(strict=True)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_golden(path: Path, reader: Reader) -> None:
    expected = GOLDEN / f"{path.name}.txt"
    assert expected.exists(), "write it with: python -m tests.test_golden"
    assert golden(path, reader).split("\n") == expected.read_text("utf-8").split("\n")


if __name__ == "__main__":
    the_reader = Reader(strict=True)
    for sample in SAMPLES:
        (GOLDEN / f"{sample.name}.txt").write_text(golden(sample, the_reader), "utf-8")
