"""The description that goes beside an export: a Frictionless Data Package (v1) with the codebook."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from dateline import __version__
from dateline.lexicons import codebook
from dateline.model import CODEBOOK, Reality, Stance
from dateline.present.exports import gdelt, icews
from dateline.present.exports.fields import FIELDS, union
from dateline.present.exports.job import Job
from dateline.present.exports.tables import csv_type

_REALITIES = {
    Reality.HAPPENED: "told as done",
    Reality.ONGOING: "told as going on",
    Reality.PLANNED: "told as intended or arranged",
    Reality.POSSIBLE: "told as possible, likely or conditional",
    Reality.DEMANDED: "told as asked for",
    Reality.DENIED: "told as denied by somebody",
    Reality.NEGATED: "told as not done",
    Reality.CALLED_OFF: "told as planned and then called off",
}
_STANCES = {
    Stance.ASSERTS: "holds it to be so",
    Stance.DENIES: "holds it not to be so",
    Stance.DOUBTS: "is not sure that it is so",
    Stance.DEMANDS: "wants it to be so",
    Stance.PREDICTS: "holds that it will be so",
    Stance.ASKS: "asks whether it is so",
}
_LICENCE = (
    "Sentences and titles are the publishers': whether they may be passed on is theirs to say. The codes follow "
    "CAMEO (Schrodt 2012) and PLOVER (Open Event Data Alliance, CC BY-SA 4.0); coordinates are from GeoNames "
    "(CC BY 4.0)."
)
_JSON_TYPES = {"names": "array", "spans": "array"}


def describe(job: Job, format: str, path: str, media: str, size: int | None) -> dict[str, Any]:
    """The descriptor of a finished export. ``path`` is relative to the descriptor."""
    name = re.sub(r"[^a-z0-9._-]+", "-", path.lower()).strip("-.") or "export"
    resource: dict[str, Any] = {"name": name, "path": path, "mediatype": media, "encoding": "utf-8"}
    resource |= _form(job, format)
    if size is not None:
        resource["bytes"] = size
    return {
        "profile": "tabular-data-package" if resource.get("profile") else "data-package",
        "name": name,
        "title": f"Dateline export: {format}",
        "created": job.made,
        "resources": [resource],
        "licence_notes": _LICENCE,
        "dateline": {
            "format": format,
            "query": job.query.as_json(),
            "kinds": list(job.finds),
            "counts": counts(job),
            "entries": job.entries,
            "rows": job.rows,
            "left_out": dict(sorted(job.left_out.items())),
            "made_by": {"dateline": __version__, "codebook": CODEBOOK},
        },
        "codebook": book(),
    }


def counts(job: Job) -> dict[str, int]:
    """How much the question finds, three ways: reports, stories, distinct statements and events."""
    asked = replace(job.query, find=job.finds[0]) if len(job.finds) == 1 else job.query
    told = asdict(job.store.counts(asked))
    return {name: told[name] for name in ("reports", "stories", "statements", "events")}


def book() -> dict[str, Any]:
    """The codebook: types with quad class and CAMEO code, CAMEO codes with weights, realities, stances."""
    return {
        "version": CODEBOOK,
        "types": [t._asdict() for t in codebook.types()],
        "cameo": [{"code": code, "name": name, "goldstein": w} for code, (name, w) in codebook.cameo().items()],
        "realities": {str(name): about for name, about in _REALITIES.items()},
        "stances": {str(name): about for name, about in _STANCES.items()},
    }


def _form(job: Job, format: str) -> dict[str, Any]:
    """The schema and the way of writing of formats that are tables."""
    tabular = {"profile": "tabular-data-resource"}
    if format == "csv":
        fields = [{"name": f.name, "type": csv_type(f), "description": f.about} for f in FIELDS[job.finds[0]]]
        return {**tabular, "format": "csv", "schema": {"fields": fields, "missingValues": [""]}}
    if format in ("jsonl", "parquet"):
        columns = union(job.finds)
        fields = [{"name": f.name, "type": _JSON_TYPES.get(f.type, f.type), "description": f.about} for f in columns]
        return {"format": "ndjson" if format == "jsonl" else format, "schema": {"fields": fields}}
    if format == "gdelt":
        return {**tabular, "format": "tsv", **_tsv(gdelt.COLUMNS, gdelt.NUMBERS, header=False)}
    if format == "icews":
        return {**tabular, "format": "tsv", **_tsv(icews.COLUMNS, icews.TYPES, header=True)}
    return {"format": format}


def _tsv(columns: tuple[str, ...], types: dict[str, str], header: bool) -> dict[str, Any]:
    fields = [{"name": name, "type": types.get(name, "string")} for name in columns]
    dialect = {"delimiter": "\t", "header": header, "quoteChar": "\x00", "doubleQuote": False}
    return {"dialect": dialect, "schema": {"fields": fields, "missingValues": [""]}}

