"""The codes of entries: what each means, how often this record tells it, and sentences that have it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.errors import QueryError
from dateline.lexicons import codebook, rows
from dateline.lexicons.definitions import definitions
from dateline.lexicons.eventbook import TYPES, quad_of, type_of
from dateline.present.desk.pages import link
from dateline.present.desk.recent import Recent
from dateline.present.desk.state import Desk, Known, Task
from dateline.record.coverage import CodeCounts
from dateline.record.entries import ActorRef, Entry, Hit
from dateline.record.query import Find, Query

#: Kinds of codes, in the order of the page, with what stands above them.
KINDS: dict[str, tuple[str, str]] = {
    "type": ("Types of events", "PLOVER's sixteen of 2021, each with the CAMEO codes that belong to it."),
    "quad": ("Quad classes", "What the pictures colour: friendly or unfriendly, words or deeds."),
    "reality": ("Realities", "Whether an event took place. Only what happened or is ongoing enters a count."),
    "voice": ("Voices", "Who tells an event."),
    "stance": ("Stances", "What a source makes of what it says."),
    "act": ("Acts of speech", "What a source does with its words."),
    "sourcing": ("Sourcing", "Whether a source is named."),
    "form": ("Forms", "Whether the words are the source's own."),
    "role": ("Roles of actors", "What stands behind the country in an actor's code, as in USAGOV."),
}
_FINDS = {"type": "events", "quad": "events", "reality": "events", "voice": "events"}
#: Sentences of a code, of how many matches they are chosen, entries or actors of a long list, patterns.
_EXAMPLES, _CHOICE, MOST, _PATTERNS = 3, 12, 100, 60
#: Seconds that a first visitor waits for numbers before they are worked out aside.
PATIENCE = 0.05


@dataclass(frozen=True, slots=True)
class Code:
    """One code. ``goldstein`` is its weight, -10 conflict to +10 cooperation; ``type`` the type it belongs to."""

    kind: str
    code: str
    name: str
    about: str
    quad: str = ""
    goldstein: float | None = None
    type: str = ""
    above: str = ""

    @property
    def address(self) -> str:
        return f"/codebook/{self.code}"

    @property
    def counted(self) -> str:
        """Where its number opens to what it counts."""
        return link(self.address, whole=True) if self.kind in ("cameo", "role") else self.search or self.address

    @property
    def search(self) -> str | None:
        """The search for its entries; none for codes that are no filter."""
        if self.kind == "cameo":
            return link("/search", find="events", type=self.type) if self.type else None
        if self.kind == "role":
            return None
        return link("/search", **{"find": _FINDS.get(self.kind, "statements"), self.kind: self.code})


@cache
def codes() -> dict[str, Code]:
    """All codes by their names, in the order of the page."""
    found = {t.name: Code("type", t.name, t.name.capitalize(), t.about, t.quad, codebook.cameo()[t.cameo][1])
             for t in codebook.types()}  # fmt: skip
    for d in definitions():
        found[d.code] = Code(d.kind, d.code, d.name, d.about)
    for code, (name, weight) in codebook.cameo().items():
        found[code] = _cameo(code, name, weight)
    return found


def _cameo(code: str, name: str, weight: float) -> Code:
    above = codebook.listed_code(code[:-1]) or ""
    if code.startswith("01"):  # PLOVER knows no events that are only words
        return Code("cameo", code, name, "Not used: statements are records of their own.", "", weight, "", above)
    type_ = type_of(code)
    return Code("cameo", code, name, "", quad_of(type_), weight, type_, above)


def code_of(asked: str) -> Code:
    """The code of an address, whatever its case; raises ``QueryError`` for none."""
    for tried in (asked, asked.upper(), asked.lower()):
        if tried in codes():
            return codes()[tried]
    raise QueryError("report", f"no code {asked[:40]!r} in the codebook")


@cache
def of_type(type_: str) -> tuple[Code, ...]:
    """The CAMEO codes of a PLOVER type."""
    return tuple(code for code in codes().values() if code.kind == "cameo" and code.type == type_)


@cache
def below(code: str) -> tuple[Code, ...]:
    """The finer CAMEO codes right below one."""
    return tuple(c for c in codes().values() if c.kind == "cameo" and c.above == code)


def version() -> str:
    """Which codebook this is, as it is stamped on every reading."""
    from dateline import __version__
    from dateline.model import CODEBOOK

    return f"{CODEBOOK}, CAMEO 1.1b3, Dateline {__version__}"


# --- how often


def counts(desk: Desk) -> Known | None:
    """How often each code that is a filter is told in the record."""
    asked = tuple((c.kind, c.code) for c in codes().values() if c.kind not in ("cameo", "role"))
    return desk.worked_out("codes", Task(_code_counts, (asked,)), PATIENCE)


def _code_counts(desk: Desk, asked: tuple[tuple[str, str], ...]) -> Any:
    return desk.record.store.code_counts(asked)


def fine_counts(desk: Desk) -> Known | None:
    """How often each CAMEO code and each role is told: all entries are looked at, aside."""
    return desk.worked_out("fine codes", Task(_fine_counts), PATIENCE)


def _fine_counts(desk: Desk) -> Any:
    return desk.record.store.fine_counts()


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts as far as they are known."""

    coarse: CodeCounts | None
    fine: CodeCounts | None
    stale: bool

    def of(self, code: Code) -> int | None:
        found = self.fine if code.kind in ("cameo", "role") else self.coarse
        return None if found is None else found.of(code.kind, code.code)


def tally(desk: Desk) -> Tally:
    coarse, fine = counts(desk), fine_counts(desk)
    stale = any(known.stale for known in (coarse, fine) if known)
    return Tally(coarse.answer if coarse else None, fine.answer if fine else None, stale)


# --- one code


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code with sentences of this record, and the patterns of the lexicon by which it is found."""

    code: Code
    count: int | None
    stale: bool
    above: Code | None
    finer: tuple[tuple[Code, int | None], ...]
    examples: tuple[Hit | Entry, ...]
    actors: tuple[ActorRef, ...]
    patterns: tuple[str, ...]
    more_patterns: int


def code_view(desk: Desk, asked: str, whole: bool = False) -> CodeView:
    """What the page of a code shows; raises ``QueryError`` for a code that there is not.

    With ``whole`` more than examples: up to ``MOST`` entries of a CAMEO code, actors of a role.
    """
    code, told = code_of(asked), tally(desk)
    finer = of_type(code.code) if code.kind == "type" else below(code.code) if code.kind == "cameo" else ()
    above = codes().get(code.above or code.type) if code.kind == "cameo" else None
    found = patterns(code)
    return CodeView(
        code, told.of(code), told.stale, above, tuple((c, told.of(c)) for c in finer),
        _kept(desk, code, MOST if whole else _EXAMPLES), _actors(desk, code) if whole else (),
        found[:_PATTERNS], max(0, len(found) - _PATTERNS),
    )  # fmt: skip


def _actors(desk: Desk, code: Code) -> tuple[ActorRef, ...]:
    return tuple(desk.record.store.of_role(code.code, MOST)) if code.kind == "role" else ()


#: Sentences that were looked up; for so many seconds they may be older than the record.
_SEEN: Recent[tuple[Hit | Entry, ...]] = Recent(512)
_REST = 20.0


def _kept(desk: Desk, code: Code, limit: int) -> tuple[Hit | Entry, ...]:
    """The examples, looked up once while the record stays as it is, and now and then while it changes."""
    key = str(desk.settings.record), code.code, limit
    return _SEEN.of(key, desk.stamp(), min(_REST, desk.rest), lambda: tuple(examples(desk, code, limit)))


def examples(desk: Desk, code: Code, limit: int = _EXAMPLES) -> list[Hit | Entry]:
    """Some entries of the record that have a code; of events, those first that reports tell as done."""
    if code.kind == "cameo":
        return _coded(desk, code, limit) if code.type else []
    if code.kind == "role":
        return _of_role(desk, code.code)
    asked = {"find": _FINDS.get(code.kind, "statements"), code.kind: code.code}
    found: dict[tuple[str, int], Hit] = {}  # one for each sentence
    for more in ({"reality": "happened", "voice": "own"}, {}) if code.kind == "type" else ({},):
        if len(found) < _EXAMPLES:
            for hit in desk.record.store.search(Query.of({**asked, **more}), _CHOICE).hits:
                found.setdefault((hit.entry.report.key, hit.entry.sentence.start), hit)
    return list[Hit | Entry](found.values())[:_EXAMPLES]


def _coded(desk: Desk, code: Code, limit: int) -> list[Hit | Entry]:
    found = desk.record.store.coded(code.type, code.code, max(limit, _CHOICE))
    if limit > _EXAMPLES:
        return [*found]
    return list[Hit | Entry]({(e.report.key, e.sentence.start): e for e in reversed(found)}.values())[-limit:][::-1]


def _of_role(desk: Desk, role: str) -> list[Hit | Entry]:
    """A statement or event of each of some actors with the role."""
    store, found = desk.record.store, list[Hit | Entry]()
    for actor in store.of_role(role, _EXAMPLES):
        for find in (Find.STATEMENTS, Find.EVENTS):
            hits = store.search(Query(find=find, actor=actor.key), 1).hits
            if hits:
                found.append(hits[0])
                break
    return found


@cache
def patterns(code: Code) -> tuple[str, ...]:
    """The patterns of the lexicon that tell a code: words, with what must stand beside them."""
    if code.kind not in ("type", "cameo") or (code.kind == "cameo" and not code.type):
        return ()
    found = []
    for type_ in TYPES if code.kind == "cameo" else (code.code,):
        for _, (_, pattern, cameo, _) in rows(f"events/{type_}.tsv", 4):
            if cameo.isdigit() and cameo != "0" and (code.kind == "type" or cameo == code.code):
                found.append(pattern)
    return tuple(dict.fromkeys(found))
