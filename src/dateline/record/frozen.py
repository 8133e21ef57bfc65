"""A forecast that is kept as it was made, to be held against what came."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

#: one row a week and quad class: ``source``, ``target``, ``quad`` (1 to 4), ``week``, ``horizon`` and ``q05`` … ``q95``
Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A forecast of what one side will do towards another, week by week; it is never changed.

    Days are ISO 8601. ``made`` is when it was frozen, in UTC; ``start`` the Monday of its first week; ``reported`` the
    last day with a report in the record at that time. ``data`` is the fingerprint of the events it was made from;
    ``rivals`` are quantiles by quad class, as they stood then.
    """

    source: str
    target: str
    start: str
    reported: str
    method: str
    data: str
    rows: Rows
    rivals: dict[str, list[list[float]]]
    made: str = ""
    #: whether it is, as it was read from the record, what was frozen
    sound: bool = True

    @property
    def sha256(self) -> str:
        """The fingerprint of what is forecast: of the rows as canonical JSON."""
        return _sha256(canonical(self.rows))

    @property
    def seal(self) -> str:
        """The fingerprint of the forecast with all that is kept beside it."""
        return _sha256(canonical({name: value for name, value in asdict(self).items() if name != "sound"}))

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its weeks."""
        return tuple(sorted({date.fromisoformat(row["week"]) for row in self.rows}))

    @property
    def horizon(self) -> int:
        """How many weeks ahead it reaches."""
        return max((int(row["horizon"]) for row in self.rows), default=0)

    @property
    def in_hindsight(self) -> bool:
        """Whether a week was over, by the reports that the record held, when it was made: that is no forecast."""
        return self.reported > (date.fromisoformat(self.start) + timedelta(days=6)).isoformat()


def canonical(value: Any) -> str:
    """JSON of which equal values have equal bytes.

    >>> canonical({"b": 1, "a": [0.5]})
    '{"a":[0.5],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
