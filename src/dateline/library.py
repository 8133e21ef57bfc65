"""What a programmer calls: text in, readings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.model import Reading, Report

if TYPE_CHECKING:
    from dateline.pipeline import Reader


@cache
def _reader() -> Reader:
    from dateline.pipeline import Reader

    return Reader()


def read(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    id: str | None = None,
) -> Reading:
    """One report read: who said and did what to whom, when and where.

    ``published`` is the day of publication, from which "Wednesday" and "last month" are counted where the report
    has no dateline; a text that is not a date raises ``ValueError``. Offsets of the result count code points of
    ``text``. A text that is not English gives a reading without findings whose ``skipped`` says so. The first
    call loads the models (a few seconds); use ``Reader`` to name another model.
    """
    from dateline.load import report_from_text

    day = date.fromisoformat(published) if isinstance(published, str) else published
    report = report_from_text(text, id=id, title=title, published=day, publisher=publisher, language=language)
    return next(iter(_reader().read_many([report])))


def read_many(reports: Iterable[Report | str]) -> Iterator[Reading]:
    """A reading for each report or text, in their order; at most a few dozen are held in memory at a time."""
    from dateline.load import report_from_text

    return _reader().read_many(report_from_text(r) if isinstance(r, str) else r for r in reports)


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as the JSON object that ``dateline read --format jsonl`` prints (schema ``dateline.reading/1``)."""
    from dateline.present.jsonl import as_json

    return as_json(reading)
