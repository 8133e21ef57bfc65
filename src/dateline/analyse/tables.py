"""Tables of events, whoever made them, as arrays of days.

Two forms are read, from Parquet (with pyarrow: ``pip install 'dateline[parquet]'``), CSV, TSV or JSON Lines, the last
three also as ``.gz``:

- *events*: one row an event, with ``date``, ``source``, ``target`` and ``cameo``. CAMEO's roots 01 and 02 (statements
  and appeals) are no deeds and are left out. Rows alike in all four are one story told again and count once;
  one told many times a day counts once in three days.
- *net*: one row a pair and day, with ``date``, ``source``, ``target`` and ``net``, a signed number (> 0: friendlier).
  The order of the two actors means nothing, so that a pair twice on one day is an error.

Days are those that the table gives. Stamps with a time zone count on the day of that zone, and all rows must have the
same one.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.errors import TableError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pair = tuple[str, str]

#: CAMEO's roots from which a quad class begins: 03 verbal cooperation, 06 material cooperation, 09 verbal conflict,
#: 14 material conflict (Schrodt, CAMEO codebook 1.1b3, chapter 1; GDELT's ``QuadClass``).
QUAD_ROOTS = (3, 6, 9, 14)
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_LAST_ROOT = 20
#: A story is told over so many days on end; and one that a table has so many times on one day floods it.
STORY_DAYS, FLOOD = 3, 8
#: A table that spans more days holds a mistyped year rather than so long a history.
LONGEST = 366 * 300
#: letters of one cell
_LONGEST_CELL = 131_072


class Cells(NamedTuple):
    """A column: its different cells (or, of numbers, all cells), and where each row finds its own."""

    kinds: Sequence[Any] | NDArray[Any]
    at: Ints

    def first(self, kind: int) -> int:
        """The number of the first row with this cell, counted from 1."""
        return int(np.flatnonzero(self.at == kind)[0]) + 1


class Form(StrEnum):
    """What a row of a table is."""

    EVENTS = "events"
    NET = "net"


@dataclass(frozen=True, eq=False)
class Table:
    """A table's rows as columns of equal length, in the order of days.

    ``day`` counts from ``start``; ``source`` and ``target`` point into ``actors``, which are sorted; ``value`` is the
    quad class, 0 to 3, of an event, or the net number of a pair and day. ``notes`` tell what was left out, a line each.
    """

    name: str
    form: Form
    start: date
    days: int
    actors: tuple[str, ...]
    day: Ints
    source: Ints
    target: Ints
    value: Floats
    notes: tuple[str, ...] = ()

    def index_of(self, day: date) -> int:
        """The number of a day, 0 for the table's first; negative or beyond ``days`` for days outside."""
        return (day - self.start).days

    def pair_keys(self) -> Ints:
        """One number for each row that both orders of two actors share."""
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        return low * len(self.actors) + high

    def key_of(self, a: str, b: str) -> int | None:
        """The number of a pair in ``pair_keys``; none where an actor is not in the table."""
        low, high = sorted((self._actor(a), self._actor(b)))
        return None if low < 0 else low * len(self.actors) + high

    def _actor(self, name: str) -> int:
        at = int(np.searchsorted(np.array(self.actors), name))
        return at if at < len(self.actors) and self.actors[at] == name else -1

    def pair_of(self, key: int) -> Pair:
        """The two actors of a number of ``pair_keys``, sorted."""
        return self.actors[key // len(self.actors)], self.actors[key % len(self.actors)]


def load(path: Path | str, every_row: bool = False) -> Table:
    """Read a table of either form. With ``every_row`` events that repeat an earlier row's are counted as well.

    Raises TableError, one line, for a file that is missing or of no known kind, missing columns, days that are none,
    mixed time zones, net numbers that are none, and pairs twice on one day.
    """
    path = Path(path)
    columns = _columns(path)
    where = str(path)
    wanted = _wanted(where, list(columns))
    form = Form.NET if wanted[3] == "net" else Form.EVENTS
    dates, source, target, value = (columns[name] for name in wanted)
    if not len(dates.at):
        raise TableError(where, "the table has no rows")
    return _build(path, form, days_of(where, dates), _names(source), _names(target), value, every_row)


def from_rows(
    name: str, rows: Iterable[Sequence[Any]], form: Form = Form.EVENTS, every_row: bool = False
) -> Table:
    """A table from rows (date, source, target, CAMEO code or net number), as if it had been read from a file.

    >>> table = from_rows("small", [("2020-01-01", "USA", "IRN", "173"), ("2020-01-03", "IRN", "USA", "036")])
    >>> table.days, table.actors, table.value.tolist()
    (3, ('IRN', 'USA'), [3.0, 0.0])
    """
    columns = list(zip(*rows, strict=True))
    if not columns:
        raise TableError(name, "the table has no rows")
    dates, source, target, value = map(cells_of, columns)
    return _build(Path(name), form, days_of(name, dates), _names(source), _names(target), value, every_row)


# --- from a file to columns ------------------------------------------------------------------------------------


def _columns(path: Path) -> dict[str, Cells]:
    if path.is_dir():
        raise TableError(str(path), "is a folder: name a file in it")
    if not path.is_file():
        raise TableError(str(path), "no such file")
    if not path.stat().st_size:
        raise TableError(str(path), "the file is empty: a table has at least its columns' names")
    kind = "".join(s for s in path.suffixes[-2:] if s != ".gz").rsplit(".", 1)[-1].lower()
    readers = {"parquet": _parquet, "csv": _csv, "tsv": _csv, "jsonl": _jsonl, "ndjson": _jsonl}
    if kind not in readers:
        raise TableError(str(path), "not a table: .parquet, .csv, .tsv or .jsonl are read; save it as one of these")
    try:
        return readers[kind](path)
    except UnicodeDecodeError as error:
        kind = "UTF-16" if bytes(error.object[:2]) in (b"\xff\xfe", b"\xfe\xff") else "another encoding"
        raise TableError(str(path), f"is no UTF-8 but {kind}: save it as UTF-8") from error
    except (OSError, EOFError) as error:
        raise TableError(str(path), f"cannot be read: {error}") from error


def _parquet(path: Path) -> dict[str, Cells]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        missing = "pyarrow is not installed: pip install 'dateline[parquet]', or save it as .csv"
        raise TableError(str(path), missing) from None
    try:
        read = parquet.read_table(path)
    except pa.ArrowException as error:
        raise TableError(str(path), f"no Parquet, or damaged: {str(error).splitlines()[0]}") from error
    names = _named(str(path), read.column_names)
    found = {}
    for name, at in names.items():
        try:
            found[name] = _arrow_column(pa, read.column(at))
        except (pa.ArrowException, TypeError) as error:
            kind = read.schema.field(at).type
            raise TableError(str(path), f"column {name} is of type {kind}: write days, words or numbers") from error
    return found


def _arrow_column(pa: Any, column: Any) -> Cells:
    if pa.types.is_timestamp(column.type) and column.type.tz:
        # a stamp's wall clock in its own zone, so that an event late in the evening stays on its day
        column = pa.compute.local_timestamp(column)
    if pa.types.is_floating(column.type):
        return Cells(column.to_numpy(), np.arange(len(column)))
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    coded = column.unify_dictionaries().combine_chunks()
    kinds = coded.dictionary.to_pylist() if len(coded) else []
    at = coded.indices.fill_null(len(kinds)).to_numpy(zero_copy_only=False).astype(np.int64)
    return Cells([*kinds, None], at)


def _open(path: Path) -> Any:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _csv(path: Path) -> dict[str, Cells]:
    tabs = ".tsv" in path.suffixes
    csv.field_size_limit(_LONGEST_CELL)  # of the whole process: other libraries set it to what they like
    with _open(path) as lines:
        rows = csv.reader(lines, delimiter="\t" if tabs else ",", strict=True)
        try:
            names, cells = _csv_rows(path, rows)
        except csv.Error as error:
            raise TableError(f"{path}, line {rows.line_num}", _told(error)) from error
    return {name: cells_of(row[i] for row in cells) for name, i in names.items()}


def _csv_rows(path: Path, rows: Any) -> tuple[dict[str, int], list[list[str]]]:
    """Where the columns are that we know, and all rows."""
    head: list[str] = next((row for row in rows if row), [])
    names = _named(str(path), head)
    cells = []
    for row in rows:
        if len(row) != len(head):
            if not row:
                continue
            where = f"{path}, line {rows.line_num}"
            many = f"{_cells(len(row))} where the head names {len(head)}"
            raise TableError(where, f"{many}: put cells that hold the delimiter into quotation marks")
        cells.append(row)
    return names, cells


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"


def _told(error: csv.Error) -> str:
    """The reader's own words are for programmers."""
    if "field limit" in str(error):
        return f"a cell of more than {_LONGEST_CELL:,} letters: is a quotation mark not closed?"
    return f"no proper row ({error}): are quotation marks within cells doubled?"


def _jsonl(path: Path) -> dict[str, Cells]:
    rows = []
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict):
                raise TableError(f"{path}, line {number}", "no JSON object: write one a line")
            rows.append({name.lower(): value for name, value in row.items() if name.lower() in _KNOWN})
            for name, value in rows[-1].items():
                if isinstance(value, dict | list):
                    raise TableError(f"{path}, line {number}", f"{name} holds several values: write one")
    if not rows:
        raise TableError(str(path), "the table has no rows")
    names = sorted({name for row in rows for name in row})
    _wanted(str(path), names)
    return {name: cells_of(row.get(name) for row in rows) for name in names}


_KNOWN = {"date", "source", "target", "cameo", "net"}


def _named(where: str, head: Sequence[str]) -> dict[str, int]:
    """Which column is where; raises TableError where one is missing or there twice."""
    names = [name.strip().lower() for name in head]
    twice = sorted({name for name in names if name in _KNOWN and names.count(name) > 1})
    if twice:
        raise TableError(where, f"two columns are called {twice[0]}: rename one")
    _wanted(where, names)
    return {name: i for i, name in enumerate(names) if name in _KNOWN}


def _wanted(where: str, columns: Sequence[str]) -> tuple[str, str, str, str]:
    have = set(columns)
    value = "cameo" if "cameo" in have else "net"
    missing = [name for name in ("date", "source", "target") if name not in have]
    if value not in have:
        missing.append("cameo (for events) or net (for a number a pair and day)")
    if missing:
        raise TableError(where, f"no column {', '.join(missing)}{_there(columns)}")
    return "date", "source", "target", value


def _there(columns: Sequence[str]) -> str:
    """What the table has instead, and what to do."""
    if len(columns) == 1 and (other := next((d for d in ";\t|" if d in columns[0]), None)):
        told = {";": "semicolons", "\t": "tabs", "|": "bars"}[other]
        return f"; its cells are parted by {told}: write commas, or tabs in a .tsv"
    shown = ", ".join(name[:40] or "(none)" for name in columns[:6]) + (" …" if len(columns) > 6 else "")
    return f"; it has {shown}: rename its columns" if any(columns) else "; the first line names the columns"


# --- cells -----------------------------------------------------------------------------------------------------


def cells_of(column: Iterable[Any]) -> Cells:
    """A column of any cells; ``1`` and ``True`` are told apart, unlike in a plain dict."""
    seen: dict[tuple[str, Any], int] = {}
    at = [seen.setdefault((type(cell).__name__, cell), len(seen)) for cell in column]
    return Cells([cell for _, cell in seen], np.array(at, dtype=np.int64))


def days_of(where: str, column: Cells) -> Ints:
    """The proleptic ordinal of each cell's day; cells are dates, stamps, ISO 8601 words or numbers such as 20140131.

    >>> [date.fromordinal(n).isoformat() for n in days_of("t", cells_of(["2014-01-31", 20140201]))]
    ['2014-01-31', '2014-02-01']
    """
    used = np.unique(column.at)
    read = {kind: _day(where, column, kind) for kind in used.tolist()}
    zones = {zone for _, zone in read.values()}
    if len(zones) > 1:
        shown = " and ".join(sorted("none" if zone is None else f"UTC{zone}" for zone in zones)[:3])
        raise TableError(where, f"mixed time zones: {shown}; give all rows one, or days alone")
    days = np.zeros(len(column.kinds), dtype=np.int64)
    days[used] = [day for day, _ in read.values()]
    return days[column.at]


def _day(where: str, column: Cells, kind: int) -> tuple[int, str | None]:
    """The day, and the time zone's offset where the cell has one."""
    cell = column.kinds[kind]
    try:
        if isinstance(cell, datetime):
            return cell.date().toordinal(), _offset(cell)
        if isinstance(cell, date):
            return cell.toordinal(), None
        text = str(cell).strip()
        if len(text) in (8, 10):
            return date.fromisoformat(text).toordinal(), None
        stamp = datetime.fromisoformat(text)
        return stamp.date().toordinal(), _offset(stamp)
    except ValueError:
        shown = "no date" if cell in (None, "") else f"{str(cell)[:40]!r} is no date; write all as 2014-01-31"
        raise TableError(where, f"row {column.first(kind)}: {shown}") from None


def _offset(stamp: datetime) -> str | None:
    return None if stamp.utcoffset() is None else f"{stamp:%z}"


def _names(column: Cells) -> Cells:
    """Names without white space around them, empty for none."""
    none = {"nan", "None", "NaN"}
    clean = ["" if name is None or str(name).strip() in none else str(name).strip() for name in column.kinds]
    return Cells(clean, column.at)


# --- columns to a table ----------------------------------------------------------------------------------------


def quad_class(code: object) -> int | None:
    """The quad class of a CAMEO code, 0 to 3, -1 for roots 01 and 02; none for what is no code.

    >>> [quad_class(code) for code in ("010", "036", "0871", "112", "190", 43, "---")]
    [-1, 0, 1, 2, 3, 0, None]
    """
    text = str(code).strip()
    if isinstance(code, int | np.integer) and len(text) < 4 and int(text[0]) > 2:
        text = f"0{text}"  # a table that took codes for numbers lost their zero
    if not text[:2].isdigit() or len(text) < 2:
        return None
    root = int(text[:2])
    if not 1 <= root <= _LAST_ROOT:
        return None
    return int(np.searchsorted(QUAD_ROOTS, root, side="right")) - 1


def _build(
    path: Path, form: Form, ordinal: Ints, source: Cells, target: Cells, value: Cells, every_row: bool = False
) -> Table:
    where = str(path)
    actors, (left, right) = _coded(source, target)
    notes: list[str] = []
    keep = (left >= 0) & (right >= 0) & (left != right)
    _note(notes, int((~keep).sum()), "without two actors, or with one actor twice")
    if form is Form.NET:
        numbers = _numbers(where, value)
        codes: Ints | None = None
    else:
        numbers, codes = _quads(value)
        _note(notes, int(np.isnan(numbers[keep]).sum()), "with a code that CAMEO does not have")
        keep &= ~np.isnan(numbers)
        _note(notes, int((numbers[keep] < 0).sum()), "of CAMEO's roots 01 and 02, statements and appeals")
        keep &= ~(numbers < 0)
    if not keep.any():
        raise TableError(where, "no row of use: " + "; ".join(notes))
    start, stop = int(ordinal[keep].min()), int(ordinal[keep].max()) + 1
    if stop - start > LONGEST:
        raise TableError(where, f"from {date.fromordinal(start)} to {date.fromordinal(stop - 1)}: a year is mistyped")
    order = np.flatnonzero(keep)
    order = order[np.argsort(ordinal[order], kind="stable")]
    ordinal, left, right, numbers = ordinal[order], left[order], right[order], numbers[order]
    if codes is None:
        _no_pair_twice(where, ordinal, left, right, actors)
    elif not every_row:
        once = told_once(ordinal, left, right, codes[order])
        _note(notes, len(order) - len(once), "with the day, actors and code of another, told again")
        ordinal, left, right, numbers = ordinal[once], left[once], right[once], numbers[once]
    day = ordinal - start
    name = path.name.split(".")[0] if path.name.endswith(".gz") else path.stem
    return Table(name, form, date.fromordinal(start), stop - start, actors, day, left, right, numbers, tuple(notes))


def _coded(source: Cells, target: Cells) -> tuple[tuple[str, ...], tuple[Ints, Ints]]:
    """All actors, sorted, and each row's two by number, -1 for none."""
    actors = tuple(sorted({*source.kinds, *target.kinds} - {""}))
    number = {name: i for i, name in enumerate(actors)} | {"": -1}
    first, second = (np.array([number[k] for k in side.kinds], dtype=np.int64)[side.at] for side in (source, target))
    return actors, (first, second)


def _note(notes: list[str], count: int, what: str) -> None:
    if count:
        notes.append(f"{count:,} {'row' if count == 1 else 'rows'} {what}")


def _numbers(where: str, column: Cells) -> Floats:
    numbers = np.array([_number(cell) for cell in column.kinds] if isinstance(column.kinds, list) else column.kinds)
    found = numbers.astype(np.float64)[column.at]
    if bad := np.flatnonzero(~np.isfinite(found))[:1].tolist():
        cell = column.kinds[int(column.at[bad[0]])]
        raise TableError(where, f"row {bad[0] + 1}: net is {cell!r}, no finite number")
    return found


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return float("nan")


def _quads(column: Cells) -> tuple[Floats, Ints]:
    """The quad class of each row (NaN where the code is none), and a number for each different code."""
    classes = [quad_class(kind) for kind in column.kinds]
    return np.array([np.nan if c is None else c for c in classes], dtype=np.float64)[column.at], column.at


def told_once(ordinal: Ints, *columns: Ints) -> Ints:
    """The rows that count: the first of each day alike in all ``columns``, and of a story that is told ``FLOOD`` times
    a day or more only the first of three days on end. Rows must be in the order of days.

    >>> day = np.array([1, 1, 2, 3] + [5] * 9 + [6] * 9)
    >>> told_once(day, np.zeros(22, dtype=np.int64)).tolist()
    [0, 2, 3, 4]
    """
    key = np.zeros(len(ordinal), dtype=np.int64)
    for column in columns:
        key = key * (int(column.max()) + 1) + column
    span = int(ordinal.max() - ordinal.min()) + 1
    _, first, times = np.unique(key * span + ordinal - ordinal.min(), return_index=True, return_counts=True)
    heavy = first[times >= FLOOD]  # sorted by what they tell, then by day
    again = _later_days(key[heavy], ordinal[heavy])
    return np.setdiff1d(first, heavy[again])


def _later_days(key: Ints, day: Ints) -> NDArray[np.bool_]:
    """Which rows, sorted by key and day, go on with a story of up to two days before."""
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = (np.diff(key) != 0) | (np.diff(day) >= STORY_DAYS)
    start = day[np.maximum.accumulate(np.where(fresh, np.arange(len(day)), 0))] if len(day) else day
    fresh[1:] |= np.diff((day - start) // STORY_DAYS) != 0
    return ~fresh


def _first_of_each(ordinal: Ints, *columns: Ints) -> Ints:
    """Where each different row stands first. Days, actors and codes fit into one number of 63 bits together."""
    key = ordinal - ordinal.min()
    for column in columns:
        key = key * (int(column.max()) + 1) + column
    return np.sort(np.unique(key, return_index=True)[1])


def _no_pair_twice(where: str, ordinal: Ints, left: Ints, right: Ints, actors: tuple[str, ...]) -> None:
    low, high = np.minimum(left, right), np.maximum(left, right)
    once = _first_of_each(ordinal, low, high)
    if len(once) == len(ordinal):
        return
    again = int(np.setdiff1d(np.arange(len(ordinal)), once)[0])
    names = f"{actors[low[again]]} and {actors[high[again]]}"
    day = date.fromordinal(int(ordinal[again]))
    count = len(ordinal) - len(once)
    raise TableError(where, f"duplicate rows: {names} are there twice on {day} ({count:,} such rows in all)")
