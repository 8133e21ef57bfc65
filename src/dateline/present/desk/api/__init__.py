"""The API, version 1: everything on screen, with the same filters and the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, FastAPI

from dateline.present.desk.api import actors, corrections, entries, keeping, record, relations, reports, saved
from dateline.present.desk.api.answers import PROBLEMS
from dateline.present.desk.api.asking import only_known
from dateline.present.desk.api.tags import Tags
from dateline.present.desk.state import Desk

PREFIX = "/api/v1"
API = APIRouter(dependencies=[Depends(only_known)], responses=PROBLEMS)
for part in (reports, entries, actors, relations, corrections, saved, keeping, record):
    API.include_router(part.router)


def serve_api(app: FastAPI, desk: Desk) -> None:
    """Put the API into the desk's application."""
    app.include_router(API, prefix=PREFIX)
    app.add_middleware(Tags, stamp=desk.stamp, prefix=PREFIX + "/")
    _describe(app, app.openapi)


def _describe(app: FastAPI, made: Callable[[], dict[str, Any]]) -> None:
    """The OpenAPI has the reading's own schema among its parts."""

    def described() -> dict[str, Any]:
        found = made()
        parts = found.setdefault("components", {}).setdefault("schemas", {})
        if "Reading" not in parts:
            parts.update(_parts(reports.schema()))
        return found

    app.openapi = described  # type: ignore[method-assign]


def _parts(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema as parts of an OpenAPI: its definitions beside it."""

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: inner.replace("#/$defs/", "#/components/schemas/Reading_") if name == "$ref" else moved(inner)
                    for name, inner in value.items()}  # fmt: skip
        return [moved(inner) for inner in value] if isinstance(value, list) else value

    own = {name: value for name, value in schema.items() if name not in ("$defs", "$schema", "$id")}
    return {"Reading": moved(own), **{f"Reading_{name}": moved(part) for name, part in schema.get("$defs", {}).items()}}
