"""The numbers behind a picture: a header and rows, as CSV and as an HTML table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from html import escape

from dateline.present.pictures.lettering import clean, grouped

Value = str | int | float | None
#: a spreadsheet would take a cell that begins so for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, in full. ``None`` is what is not known; the caption is the picture's title."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def csv(self) -> str:
        """RFC 4180, with plain numbers; what is not known is empty."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.header)
        writer.writerows([_cell(v) for v in row] for row in self.rows)
        return out.getvalue()

    def html(self) -> str:
        """A ``<table>`` with its caption; a screen reader reads the column with each cell."""
        head = "".join(f'<th scope="col">{escape(h)}</th>' for h in self.header)
        body = "\n".join(f"<tr>{''.join(_data(v) for v in row)}</tr>" for row in self.rows)
        caption = f"<caption>{escape(clean(self.caption))}</caption>"
        return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n"


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        words = clean(value)
        return f"'{words}" if words.startswith(_FORMULA) else words
    return value


def _data(value: Value) -> str:
    if isinstance(value, str):
        return f"<td>{escape(clean(value))}</td>"
    if value is None:
        return '<td aria-label="not known">–</td>'
    digits = 0 if isinstance(value, int) else 3
    return f'<td class="number">{grouped(value, digits)}</td>'
