"""What may stand in an address: a parameter that nobody knows would else be a filter that silently does nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute


async def only_known(request: Request) -> None:
    """Refuses parameters that an address does not have, and those that are given twice."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = _known(route)
    given = Counter(name for name, _ in request.query_params.multi_items())
    wrong = [_wrong(name, "no such parameter; there are " + ", ".join(known)) for name in given if name not in known]
    wrong += [_wrong(name, "given more than once") for name, n in given.items() if n > 1 and name in known]
    if wrong:
        raise RequestValidationError(wrong)


def _wrong(name: str, reason: str) -> dict[str, Any]:
    return {"loc": ("query", name[:100]), "msg": reason, "type": "value_error", "input": None}


#: the parameters of each function that answers
_KNOWN: dict[Callable[..., Any], tuple[str, ...]] = {}


def _known(route: APIRoute) -> tuple[str, ...]:
    if route.endpoint not in _KNOWN:
        _KNOWN[route.endpoint] = tuple(sorted(_parameters(route.dependant)))
    return _KNOWN[route.endpoint]


def _parameters(needed: Dependant) -> set[str]:
    own = {field.alias for field in needed.query_params}
    return own.union(*(_parameters(inner) for inner in needed.dependencies))
