"""Claims across reports, measured on the hand-made sentences of ``claims/*.tsv``.

    python evaluation/claims.py dev            whole path: sentence -> reading -> record -> claims
    python evaluation/claims.py dev --show     with each pair joined wrongly or missed, each position read wrongly
    python evaluation/claims.py held           the part that is kept back: numbers only
    python evaluation/claims.py held --perfect content, speaker and cue cut by hand, to tell reading from grouping

Pairs are of statements in one claim; a row of which the reading finds no statement joins nothing and takes no position.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.analyse.claims import Speaker, Told, group, told_of

if TYPE_CHECKING:
    from dateline.record.entries import TellingEntry

HERE = Path(__file__).parent / "claims"


@dataclass(frozen=True)
class Row:
    """A line of the set: a small report with one statement, and what a person says of it."""

    number: int
    claim: str
    position: str
    day: str
    speaker: str
    text: str


@dataclass(frozen=True)
class Score:
    pairs_right: int
    pairs_found: int
    pairs_gold: int
    positions_right: int
    rows: int
    found: int

    def __str__(self) -> str:
        precision = self.pairs_right / max(self.pairs_found, 1)
        recall = self.pairs_right / max(self.pairs_gold, 1)
        return (
            f"pairs: precision {precision:.3f} ({self.pairs_right}/{self.pairs_found}),"
            f" recall {recall:.3f} ({self.pairs_right}/{self.pairs_gold});"
            f" position {self.positions_right / self.rows:.3f} ({self.positions_right}/{self.rows});"
            f" statements found {self.found}/{self.rows}"
        )


def rows_of(name: str) -> list[Row]:
    """The lines of a part of the set."""
    lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Row(n, *cell) for n, cell in enumerate(cells)]


def told_by_reading(rows: Sequence[Row], fast: bool) -> dict[str, tuple[int, Told]]:
    """Statements of a record made from the rows, by key, each with its row's number."""
    from dateline import Record
    from dateline.load import report_from_text

    reports = [report_from_text(r.text, id=f"row{r.number}", published=date.fromisoformat(r.day)) for r in rows]
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "claims.db") as record:
        record.add_reports(reports, fast=fast)
        tellings: dict[str, list[TellingEntry]] = {}
        for telling in record.tellings(copies=True):
            tellings.setdefault(telling.report.key, []).append(telling)
        found = {}
        for s in record.statements(copies=True):
            number = int((s.report.locator or "row0")[3:])
            found[s.key] = (number, told_of(s, tellings.get(s.report.key, [])))
        return found


def told_by_hand(rows: Sequence[Row]) -> dict[str, tuple[int, Told]]:
    """Statements cut from the rows by the gold speaker, the words about it taken for the cue."""
    return {f"s{r.number}": (r.number, _by_hand(r)) for r in rows}


_CUES = {
    "denies": r"denied|rejected",
    "doubts": r"doubted|questioned|cast doubt on|said it was unclear",
    "demands": r"called on|called for|demanded|urged",
    "predicts": r"predicted|forecast|expected",
}  # fmt: skip


def _by_hand(row: Row) -> Told:
    speaker, text = re.escape(row.speaker), row.text.rstrip(".")
    day = r"(?: on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?"
    cue = r"\w+(?: to)?|called on|called for|cast doubt on"
    words = re.match(rf"(.*),(?: according to)? {speaker}(?: ({cue}))?{day}$", text, re.I)
    said, content = (words[2] or "said", words[1]) if words else ("said", text)
    if not words:
        words = re.match(rf".*?{speaker}(?:'s \w+)? (called on|called for|cast doubt on|\w+){day} (.*)$", text, re.I)
        said, content = (words[1], words[2]) if words else ("said", re.sub(r"^.*? said ", "", text))
    stances = {s for s, cues in _CUES.items() if re.fullmatch(cues, said, re.I)}
    stance = next(iter(stances), "asserts")
    acts = {"denies": "deny", "doubts": "doubt", "demands": "demand", "predicts": "predict"}
    act = acts.get(stance, "accuse" if said == "accused" else "say")
    name = Speaker(row.speaker.lower(), row.speaker, row.speaker, named=row.speaker[:1].isupper())
    return Told(f"s{row.number}", f"r{row.number}", None, row.day, row.day, name, act, stance, False, content, row.text)


def score(rows: Sequence[Row], told: dict[str, tuple[int, Told]], show: bool) -> Score:
    claims = group((t for _, t in told.values()), least=1)
    homes: dict[int, set[str]] = {r.number: set() for r in rows}
    positions: dict[int, dict[str, str]] = {r.number: {} for r in rows}
    for claim in claims:
        for p in claim.positions:
            number = told[p.told][0]
            homes[number].add(claim.key)
            positions[number][p.told] = str(p.position)
    main = {r.number: _main(r, told) for r in rows}
    right = [r for r in rows if (m := main[r.number]) and positions[r.number].get(m) == r.position]
    pairs = list(combinations(rows, 2))
    joined = {(a.number, b.number) for a, b in pairs if homes[a.number] & homes[b.number]}
    gold = {(a.number, b.number) for a, b in pairs if a.claim == b.claim}
    if show:
        _show(rows, joined, gold, {r.number: positions[r.number].get(main[r.number] or "") for r in rows})
    found = sum(1 for r in rows if main[r.number])
    return Score(len(joined & gold), len(joined), len(gold), len(right), len(rows), found)


def _main(row: Row, told: dict[str, tuple[int, Told]]) -> str | None:
    """The statement of a row with the longest content: the one that the row was written for."""
    mine = [(len(t.words), key) for key, (number, t) in told.items() if number == row.number]
    return max(mine)[1] if mine else None


def _show(
    rows: Sequence[Row], joined: set[tuple[int, int]], gold: set[tuple[int, int]], taken: dict[int, str | None]
) -> None:
    for line in _lines(rows, joined, gold, taken):
        print(line)


def _lines(
    rows: Sequence[Row], joined: set[tuple[int, int]], gold: set[tuple[int, int]], taken: dict[int, str | None]
) -> Iterator[str]:
    for mark, pairs in (("joined wrongly", joined - gold), ("missed", gold - joined)):
        for a, b in sorted(pairs):
            yield f"{mark}: {rows[a].claim} {rows[a].text}  |  {rows[b].claim} {rows[b].text}"
    for r in rows:
        if taken[r.number] != r.position:
            yield f"position {taken[r.number]}, not {r.position}: {r.text}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("dev", "dev2", "dev3", "held"))
    parser.add_argument("--show", action="store_true", help="print what is wrong (development parts only)")
    parser.add_argument("--perfect", action="store_true", help="statements cut by hand instead of read")
    parser.add_argument("--full", action="store_true", help="read with the learned readers too")
    asked = parser.parse_args()
    if asked.show and asked.part == "held":
        parser.error("the part kept back is scored as a number only")
    rows = rows_of(asked.part)
    told = told_by_hand(rows) if asked.perfect else told_by_reading(rows, fast=not asked.full)
    print(f"{asked.part}: {len(rows)} statements, {len({r.claim for r in rows})} claims")
    print(score(rows, told, asked.show))


if __name__ == "__main__":
    main()
