"""Entries of a record in the formats that others read, each with a description of itself beside it.

``export`` streams: entries are read once, written as they come, and a file takes its name only when it is whole.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from dateline.errors import ExportError
from dateline.present.exports.writing import encoded, whole_file, whole_folder
from dateline.record.query import Find, Query

if TYPE_CHECKING:  # the command's help needs the names of the formats alone
    from dateline.present.exports.job import Job
    from dateline.record.store import Store


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    GDELT = "gdelt"
    ICEWS = "icews"
    PLOVER = "plover"
    ANNOTATION = "annotation"
    SCHEMA_ORG = "schema.org"
    BRAT = "brat"
    FTM = "ftm"
    CSL = "csl"
    BIBTEX = "bibtex"
    RIS = "ris"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did: entries read, rows written, the files, and how many were left out for what reason."""

    format: Format
    entries: int
    rows: int
    files: tuple[Path, ...]
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a format is written: which entries it takes, those it takes unasked, and the function that writes it.

    ``home`` is a module and a function of it: one that yields text, or one that fills a binary file.
    """

    media: str
    suffix: str
    home: tuple[str, str]
    finds: tuple[Find, ...]
    unasked: tuple[Find, ...]
    binary: bool = False


_ALL = (Find.SENTENCES, Find.STATEMENTS, Find.EVENTS)
_BOTH = (Find.STATEMENTS, Find.EVENTS)
_SAID = (Find.STATEMENTS,)
_DONE = (Find.EVENTS,)
_KINDS = {
    Format.CSV: _Kind("text/csv", ".csv", ("tables", "csv_lines"), _ALL, _SAID),
    Format.JSONL: _Kind("application/jsonl", ".jsonl", ("tables", "jsonl_lines"), _ALL, _BOTH),
    Format.PARQUET: _Kind(
        "application/vnd.apache.parquet", ".parquet", ("parquet", "write_parquet"), _ALL, _SAID, binary=True
    ),
    Format.GDELT: _Kind("text/tab-separated-values", ".tsv", ("gdelt", "gdelt_lines"), _DONE, _DONE),
    Format.ICEWS: _Kind("text/tab-separated-values", ".tsv", ("icews", "icews_lines"), _DONE, _DONE),
    Format.PLOVER: _Kind("application/jsonl", ".jsonl", ("plover", "plover_lines"), _DONE, _DONE),
    Format.ANNOTATION: _Kind("application/ld+json", ".jsonld", ("annotation", "annotation_lines"), _ALL, _BOTH),
    Format.SCHEMA_ORG: _Kind("application/ld+json", ".jsonld", ("schema_org", "schema_org_lines"), _SAID, _SAID),
    Format.BRAT: _Kind("application/zip", ".zip", ("brat", "brat_zip"), _BOTH, _BOTH, True),
    Format.FTM: _Kind("application/jsonl", ".ftm.json", ("ftm", "ftm_lines"), _BOTH, _BOTH),
    Format.CSL: _Kind("application/vnd.citationstyles.csl+json", ".json", ("citations", "csl_lines"), _ALL, ()),
    Format.BIBTEX: _Kind("application/x-bibtex", ".bib", ("citations", "bibtex_lines"), _ALL, ()),
    Format.RIS: _Kind("application/x-research-info-systems", ".ris", ("citations", "ris_lines"), _ALL, ()),
    Format.CITATION: _Kind("text/plain", ".txt", ("citations", "plain_lines"), _ALL, ()),
}


def suffix(format: Format) -> str:
    """The usual ending of a file of this format."""
    return _KINDS[format].suffix


def media(format: Format) -> str:
    """The media type of a format, as in a ``Content-Type``."""
    return _KINDS[format].media


def formats_of(find: Find | None) -> tuple[Format, ...]:
    """The formats that hold entries of this kind; all of them where no kind is named.

    >>> Format.GDELT in formats_of(Find.EVENTS), Format.GDELT in formats_of(Find.SENTENCES)
    (True, False)
    """
    return tuple(format for format, kind in _KINDS.items() if find is None or find in kind.finds)


def export(
    store: Store, query: Query, format: Format, target: Path | TextIO | BinaryIO, *, made: str, package: bool = True
) -> Written:
    """Write the entries that a query finds. ``made`` is the time to stamp on it, as ISO 8601.

    A path gets a file (brat: a ``.zip``, else a new folder), whole or not at all, and with ``package`` a
    ``.datapackage.json`` beside it; a stream gets the format alone. Raises ``ExportError`` with what to do.
    """
    from dateline.present.exports.job import Job

    format = Format(format)
    kind = _KINDS[format]
    if query.find is not None and query.find not in kind.finds:
        raise ExportError(format, f"holds no {query.find}; ask for {' or '.join(kind.finds)}")
    finds = (query.find,) if query.find else kind.unasked
    with Job(store, query, finds, made) as job:
        if not isinstance(target, Path):
            _to_stream(job, kind, target)
            return _written(format, job, ())
        files = _to_folder(job, target) if _is_folder(format, target) else _to_file(job, kind, target)
        if package:
            files += (_packaged(job, format, kind, target),)
        return _written(format, job, files)


def _written(format: Format, job: Job, files: tuple[Path, ...]) -> Written:
    left_out = sorted(((count, reason) for reason, count in job.left_out.items()), key=lambda c: (-c[0], c[1]))
    return Written(format, job.entries, job.rows, files, tuple(left_out))


def _writer(kind: _Kind) -> Callable[..., Any]:
    module, name = kind.home
    writer: Callable[..., Any] = getattr(import_module(f"dateline.present.exports.{module}"), name)
    return writer


def _is_folder(format: Format, path: Path) -> bool:
    return format is Format.BRAT and path.suffix.lower() != ".zip"


def _to_stream(job: Job, kind: _Kind, stream: TextIO | BinaryIO) -> None:
    if isinstance(stream, io.TextIOBase):
        if kind.binary:
            raise ExportError("output", "this format is no text; name a file")
        chunks: Iterator[str] = _writer(kind)(job)
        for chunk in chunks:
            stream.write(chunk)
    else:
        _to_binary(job, kind, stream)  # type: ignore[arg-type]


def _to_binary(job: Job, kind: _Kind, out: BinaryIO) -> None:
    if kind.binary:
        _writer(kind)(job, out)
    else:
        encoded(_writer(kind)(job), out)


def _to_file(job: Job, kind: _Kind, path: Path) -> tuple[Path, ...]:
    with whole_file(path) as out:
        _to_binary(job, kind, out)
    return (path,)


def _to_folder(job: Job, path: Path) -> tuple[Path, ...]:
    from dateline.present.exports.brat import brat_folder

    with whole_folder(path) as folder:
        brat_folder(job, folder)
    return (path,)


def _packaged(job: Job, format: Format, kind: _Kind, target: Path) -> Path:
    """Write the description beside the export, or in its folder."""
    from dateline.present.exports.package import describe

    folder = _is_folder(format, target)
    path = target / "datapackage.json" if folder else target.with_name(target.name + ".datapackage.json")
    size = target.stat().st_size if target.is_file() else None
    told = describe(job, format, target.name, kind.media, size)
    with whole_file(path) as out:
        out.write((json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    return path
