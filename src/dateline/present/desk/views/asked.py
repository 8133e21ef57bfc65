"""What is asked of a relation, as it stands in the address of its screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from dateline.errors import QueryError
from dateline.present.desk.pages import link
from dateline.present.pictures import Key, Quad, Side, Unit
from dateline.present.pictures.periods import begin, last_day, named
from dateline.record.query import Voice
from dateline.relate.series import Span

#: The quad classes of a bar; a class by itself is a kind too.
KINDS = {
    "cooperation": (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION),
    "conflict": (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT),
    **{quad.value: (quad,) for quad in Quad},
}
_CELL = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)\.(out|back)\.(\w+?)(?:\.(\d{1,3}))?")
_LONGEST_NAME = 200
T = TypeVar("T", bound=StrEnum)


class Told(StrEnum):
    """Whose events are shown: what reports tell themselves, what somebody in them says, or both."""

    OWN = "own"
    SAID = "said"
    BOTH = "both"

    @property
    def voices(self) -> tuple[Voice, ...]:
        return tuple(Voice) if self is Told.BOTH else (Voice(self.value),)


@dataclass(frozen=True, slots=True)
class Cell:
    """One bar: its first period, which way, which kind, and how many periods it covers."""

    first: date
    side: Side
    kind: str
    periods: int = 1

    @property
    def quads(self) -> tuple[Quad, ...]:
        return KINDS[self.kind]

    def told(self) -> str:
        """As it stands in an address.

        >>> Cell(date(1986, 10, 1), Side.OUT, "conflict").told()
        '1986-10-01.out.conflict'
        """
        return _told(self.first, self.side, self.kind, self.periods)

    def last(self, unit: Unit) -> date:
        """The first day of its last period."""
        return begin(unit, last_day(unit, self.first, self.periods))

    def words(self, unit: Unit) -> str:
        first, last = named(unit, self.first), named(unit, self.last(unit))
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A relation and how it is looked at. Without ``a`` and ``b`` the record chooses; without ``around`` a day is
    offered."""

    a: str = ""
    b: str = ""
    by: Unit = Unit.MONTH
    around: date | None = None
    span: Span = field(default_factory=Span)
    voice: Told = Told.BOTH
    whole: bool = False
    cell: Cell | None = None

    def link(self, path: str = "/relation", **changed: object) -> str:
        """The address of this view, or of one that differs in some fields; what is usual is left out."""
        return link(path, **replace(self, **changed).told())  # type: ignore[arg-type]

    def told(self) -> dict[str, object]:
        """The parameters of its address."""
        first, last = self.span.ends
        return {"a": self.a, "b": self.b, "by": _unless(self.by.value, "month"), "around": self.around,
                "voice": _unless(self.voice.value, "both"), "whole": self.whole,
                "cell": self.cell and self.cell.told(), "from": first, "to": last}  # fmt: skip

    def switched(self, **changed: object) -> str:
        """The screen with a choice made otherwise; a bar that was open is not, since it may not be there."""
        changed = {"cell": None, **changed}
        if "by" in changed:
            changed["by"] = Unit(str(changed["by"]))
        if "voice" in changed:
            changed["voice"] = Told(str(changed["voice"]))
        return self.link(**changed)  # type: ignore[arg-type]

    @property
    def fields(self) -> dict[str, str]:
        """What stands in the fields of the form."""
        first, last = self.span.ends
        return {"a": self.a, "b": self.b, "by": self.by.value, "voice": self.voice.value, "from": first or "",
                "to": last or "", "around": self.around.isoformat() if self.around else "",
                "whole": "1" if self.whole else ""}  # fmt: skip

    def hrefs(self) -> Callable[[Key], str | None]:
        """Where each mark of the river leads: to the sentences of a bar, and from its coverage to what was read."""
        bars = self.link("/relation/cell", cell=None)

        def href(key: Key) -> str | None:
            if not key.period:
                return None
            if key.kind == "coverage":
                return _sources(self.by, key.period, key.periods) if key.id == "Reports read" else None
            if key.kind not in KINDS or key.side is None:
                return None
            return f"{bars}&cell={_told(key.period, key.side, key.kind, key.periods)}"

        return href


def _told(first: object, side: Side, kind: str, periods: int) -> str:
    return f"{first}.{side}.{kind}" + (f".{periods}" if periods > 1 else "")


@lru_cache(1024)  # the same for all relations
def _sources(unit: Unit, period: str, periods: int) -> str:
    first = date.fromisoformat(period)
    return link("/sources", since=first, until=last_day(unit, first, periods))


def _unless(value: str, usual: str) -> str | None:
    return None if value == usual else value


def asked_of(given: Mapping[str, str]) -> Asked:
    """What an address asks. Raises ``QueryError`` for a value that makes no sense."""
    by = _one(given, "by", Unit, Unit.MONTH)
    span = Span(_day(given, "from"), _day(given, "to"))
    return Asked(_name(given, "a"), _name(given, "b"), by, _day(given, "around"), span,
                 _one(given, "voice", Told, Told.BOTH), given.get("whole") == "1", _cell(given, by))  # fmt: skip


def _one(given: Mapping[str, str], name: str, kind: type[T], usual: T) -> T:
    value = given.get(name)
    if not value:
        return usual
    try:
        return kind(value)
    except ValueError:
        raise QueryError(name, f"{value!r} is none of " + ", ".join(kind)) from None


def _name(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, "").strip()
    if len(value) > _LONGEST_NAME:
        raise QueryError(name, "the name is too long")
    return value


def _day(given: Mapping[str, str], name: str) -> date | None:
    value = given.get(name)
    return day_of(name, value) if value else None


def day_of(name: str, value: str) -> date:
    """The day that a field names. Raises ``QueryError`` for what is none."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if not 1000 <= day.year <= 2999:
        raise QueryError(name, f"{value!r} is no day; write it as 2024-11-08")
    return day


def _cell(given: Mapping[str, str], unit: Unit) -> Cell | None:
    value = given.get("cell")
    if not value:
        return None
    found = _CELL.fullmatch(value)
    try:
        if not found or found[3] not in KINDS:
            raise ValueError
        first = begin(unit, date.fromisoformat(found[1] if len(found[1]) > 7 else f"{found[1]}-01"))
        if not 1000 <= first.year <= 2999:
            raise ValueError
    except ValueError:
        raise QueryError("cell", f"{value!r} is no bar; write it as 1986-10-01.out.conflict") from None
    return Cell(first, Side(found[2]), found[3], max(1, int(found[4] or 1)))
