"""The filters of ``Query`` as parameters of an address: the same names and values as the commands take."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_type_hints

from fastapi import Query as Parameter

from dateline.lexicons.cues import ACTS
from dateline.lexicons.eventbook import TYPES
from dateline.present.commands.filters import ABOUT, query_of
from dateline.record.query import QUADS, Query

#: the longest value of a filter
LONGEST = 500
_CLOSED: dict[str, Any] = {"quad": Literal[QUADS], "type": Literal[TYPES], "act": Literal[tuple(sorted(ACTS))]}
_DAYS = ("since", "until")


def filters(*without: str) -> Callable[..., Awaitable[Query]]:
    """What reads a ``Query`` from an address; ``without`` names the filters that make no sense there."""
    hints = get_type_hints(Query)
    names = [f.name for f in fields(Query) if f.name not in without]

    async def asked(**given: Any) -> Query:
        days = {name: day.isoformat() for name in _DAYS if isinstance(day := given.get(name), date)}
        return query_of({**given, **days})

    asked.__signature__ = inspect.Signature([_parameter(name, hints[name]) for name in names])  # type: ignore[attr-defined]
    return asked


def _parameter(name: str, hint: Any) -> inspect.Parameter:
    about = ABOUT[name][1]
    if hint is bool:
        declared, default = Annotated[bool, Parameter(description=about)], False
    else:
        kind = _CLOSED.get(name) or next(t for t in get_args(hint) if t is not type(None))
        if name in _DAYS:
            kind = date
        closed = name in _CLOSED or (isinstance(kind, type) and issubclass(kind, StrEnum | date))
        limits: dict[str, Any] = {} if closed else {"min_length": 1, "max_length": LONGEST}
        declared, default = Annotated[kind | None, Parameter(description=about, **limits)], None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=declared)
