"""Dateline reads news reports and keeps a source-attributed record of public affairs.

>>> import dateline
>>> reading = dateline.read("Paris denied on Monday that it had sent arms.", published="2024-05-15")
>>> reading.statements[0].stance
<Stance.DENIES: 'denies'>

Public names: ``read`` and ``read_many`` turn text into a ``Reading``; ``Reader`` holds the loaded models for many
calls; ``Record`` keeps what many reports tell; ``Report`` is what goes in; ``Span`` is what every finding holds;
``to_json`` writes the object that the command line prints; ``DatelineError`` is the base of all errors raised on
purpose. Everything loads on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dateline.errors import DatelineError
    from dateline.keep import Record
    from dateline.library import read, read_many, to_json
    from dateline.model import Reading, Report, Span
    from dateline.pipeline import Reader

_HOMES = {
    "DatelineError": "dateline.errors",
    "Reader": "dateline.pipeline",
    "Reading": "dateline.model",
    "Record": "dateline.keep",
    "Report": "dateline.model",
    "Span": "dateline.model",
    "read": "dateline.library",
    "read_many": "dateline.library",
    "to_json": "dateline.library",
}

__all__ = [
    "DatelineError",
    "Reader",
    "Reading",
    "Record",
    "Report",
    "Span",
    "__version__",
    "read",
    "read_many",
    "to_json",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
