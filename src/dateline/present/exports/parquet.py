"""Parquet with typed columns, written in row groups; needs pyarrow (``pip install 'dateline[parquet]'``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from dateline.errors import ExportError
from dateline.present.exports.fields import FIELDS, Field
from dateline.present.exports.job import Job
from dateline.present.exports.plain import whole
from dateline.record.entries import Entry

#: Rows of a row group: some tens of megabytes at most, whatever the sentences.
GROUP = 10_000


def write_parquet(job: Job, out: BinaryIO) -> None:
    """One row an entry, ``GROUP`` rows a row group."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise ExportError("parquet", "pyarrow is not installed; pip install 'dateline[parquet]'") from None
    fields = FIELDS[job.finds[0]]
    schema = pa.schema([pa.field(f.name, _type(pa, f), metadata={"description": f.about}) for f in fields])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(job.each()):
            columns = [pa.array([_value(f, e) for e in group], type=_type(pa, f)) for f in fields]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            job.rows += len(group)


def _groups(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while group := list(islice(entries, GROUP)):
        yield group


def _type(pa: Any, field: Field) -> Any:
    types = {
        "string": pa.string(),
        "date": pa.date32(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "names": pa.list_(pa.string()),
        "spans": pa.list_(pa.list_(pa.int64())),
    }
    return types[field.type]


def _value(field: Field, entry: Entry) -> Any:
    value = field.get(entry)
    if value is None:
        return None
    if field.type == "string":
        return whole(value)
    if field.type == "names":
        return [whole(name) for name in value]
    return date.fromisoformat(value) if field.type == "date" else value
