"""The pictures in the documentation, from invented data; ``python -m tests.present.pictures.examples`` draws them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from dateline.present.pictures import BeforeAfter, Picture, Quad, Shift, Side, draw
from tests.present.pictures import made

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"


def shift(side: Side, quad: Quad, before: tuple[int, int], after: tuple[int, int], verdict: str) -> Shift:
    """Each side is a count of events and the weeks that it was counted over."""
    rates = (made.rate(events / weeks, weeks) for events, weeks in (before, after))
    return Shift(side, quad, *rates, verdict)


def dumbbells() -> BeforeAfter:
    rows = (
        shift(Side.OUT, Quad.VERBAL_COOPERATION, (61, 26), (102, 26), "changed: better"),
        shift(Side.OUT, Quad.MATERIAL_COOPERATION, (12, 26), (15, 26), "no change seen"),
        shift(Side.OUT, Quad.VERBAL_CONFLICT, (70, 26), (41, 26), "changed: better"),
        shift(Side.OUT, Quad.MATERIAL_CONFLICT, (7, 26), (6, 26), "too little evidence"),
        shift(Side.BACK, Quad.VERBAL_COOPERATION, (48, 26), (55, 26), "no change seen"),
        shift(Side.BACK, Quad.MATERIAL_COOPERATION, (10, 26), (9, 26), "no change seen"),
        shift(Side.BACK, Quad.VERBAL_CONFLICT, (31, 26), (58, 26), "changed: worse"),
        shift(Side.BACK, Quad.MATERIAL_CONFLICT, (6, 26), (5, 26), "too little evidence"),
    )
    verdict = "Northland changed for the better, Southland's words for the worse."
    return BeforeAfter("Northland", "Southland", date(1985, 3, 11), rows, verdict, note="Invented.")


EXAMPLES: dict[str, Picture] = {
    "river": made.river(moments=made.THAW, gaps=(30, 31, 32), turn=date(1986, 2, 1)),
    "river-outlier": made.river(first=date(1983, 1, 1), last=date(1985, 12, 1), outlier=20, show_said=False),
    "dumbbells": dumbbells(),
    "fan": made.fan(),
    "lanes": made.lanes(),
    "heat": made.heat(date(2022, 3, 1), 850, range(300, 340)),
    "partners": replace(made.partners(), partners=made.partners().partners[:4]),
    "words": made.words_and_deeds(moments=made.THAW, gaps=(30, 31, 32)),
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, picture in EXAMPLES.items():
        (FOLDER / f"{name}.svg").write_text(draw(picture), "utf-8")


if __name__ == "__main__":
    main()
