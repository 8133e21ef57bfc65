"""Briefs: sentences, statements and pictures picked into a page of one's own, in the words as they were picked."""

from __future__ import annotations

import base64
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from secrets import token_hex
from typing import Any

from dateline.errors import QueryError
from dateline.present.desk.state import Desk
from dateline.present.desk.views.drawn import drawn
from dateline.present.desk.views.entries import Piece, address, pieces, plain
from dateline.present.desk.views.sources import where_words
from dateline.present.exports.citations import cite
from dateline.present.hits import actor_words, side_words
from dateline.present.words import day_words
from dateline.record.entries import Entry, Folio, ReportEntry, SentenceEntry, StatementEntry, TellingEntry

KIND = "brief"
#: The name of the first brief, which is made when something is picked.
FIRST = "Brief"
#: Things in one brief, briefs in a record, letters of a heading or remark, of a name.
MOST_ITEMS, MOST_BRIEFS, LONGEST, LONGEST_NAME = 500, 200, 10_000, 200
#: Bytes of one picture.
LARGEST = 1_500_000
_CHANGING = threading.RLock()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a brief: ``kind`` is heading, remark, entry or picture.

    Of an entry the words are kept as they were picked: its sentence, in marked pieces, who and what in ``facts``, its
    report as the record then listed it; ``at`` is the offset by which a sentence is found again. Of a picture the
    drawing is kept (SVG, zlib, base64), and the address of its view; both may be missing for each other.
    """

    id: int
    kind: str
    text: str = ""
    key: str = ""
    at: int | None = None
    find: str = ""
    facts: str = ""
    marked: tuple[tuple[str, str], ...] = ()
    report: dict[str, Any] | None = None
    address: str = ""
    judged: str | None = None
    drawing: str = ""
    about: str = ""

    @property
    def svg(self) -> str | None:
        """The drawing of a picture."""
        return zlib.decompress(base64.b64decode(self.drawing)).decode() if self.drawing else None


@dataclass(frozen=True, slots=True)
class Brief:
    """A page that somebody puts together; ``who`` changed it last, at ``made`` (UTC)."""

    key: str
    title: str
    items: tuple[Item, ...] = ()
    who: str = ""
    made: str = ""

    @property
    def next(self) -> int:
        return max((item.id for item in self.items), default=0) + 1


Change = Callable[[Brief], Brief]


# --- kept in the record


def _read(folio: Folio) -> Brief:
    known = {field.name for field in fields(Item)}
    items = []
    for row in (folio.body or {}).get("items", ()):
        told = {name: value for name, value in row.items() if name in known}
        told["marked"] = tuple((text, css) for text, css in told.get("marked", ()))
        items.append(Item(**told))
    return Brief(folio.key, folio.title, tuple(items), folio.who, folio.made)


def _keep(desk: Desk, brief: Brief, who: str) -> Brief:
    # what is at its default is left out: a brief of pictures and remarks stays small
    rows = [{name: value for name, value in asdict(item).items() if value not in (None, "", ())}
            for item in brief.items]  # fmt: skip
    return _read(desk.record.keep_folio(KIND, brief.title, {"items": rows}, who, brief.key))


def briefs(desk: Desk) -> list[Brief]:
    """All briefs, the one changed last first."""
    return [_read(folio) for folio in desk.record.folios(KIND)]


def brief(desk: Desk, key: str) -> Brief:
    """The brief with this key; raises ``QueryError`` where there is none."""
    folio = desk.record.folio(key)
    if folio.kind != KIND:
        raise QueryError("folio", f"{key!r} is no brief")
    return _read(folio)


def begin(desk: Desk, title: str, who: str) -> Brief:
    """A new brief, or the one that has this name already."""
    name = _named(title)
    with _CHANGING:
        there = briefs(desk)
        same = next((b for b in there if b.title == name), None)
        if same:
            return same
        if len(there) >= MOST_BRIEFS:
            raise QueryError("brief", f"there are {MOST_BRIEFS} already: drop one first")
        return _keep(desk, Brief(f"b{token_hex(5)}", name), who)


def drop(desk: Desk, key: str) -> None:
    """Drop a brief for good; raises ``QueryError`` where there is none."""
    brief(desk, key)
    desk.record.drop_folio(key)


def _named(title: str) -> str:
    name = plain(" ".join(title.split()))
    if not name or len(name) > LONGEST_NAME:
        raise QueryError("name", f"a brief has a name of 1 to {LONGEST_NAME} letters")
    return name


def change(desk: Desk, key: str, who: str, how: Change) -> Brief:
    """The brief, changed and kept; one change at a time."""
    with _CHANGING:
        changed = how(brief(desk, key))
        if len(changed.items) > MOST_ITEMS:
            raise QueryError("brief", f"a brief holds at most {MOST_ITEMS} things")
        return _keep(desk, changed, who)


# --- changes


def rename(title: str) -> Change:
    name = _named(title)
    return lambda brief: replace(brief, title=name)


def write(kind: str, text: str) -> Change:
    """A heading or remark at the end."""
    if kind not in ("heading", "remark"):
        raise QueryError("kind", f"{kind!r} is neither heading nor remark")
    words = _words(kind, text)
    return lambda brief: _with(brief, Item(brief.next, kind, words))


def rewrite(item: int, text: str) -> Change:
    """Other words for a heading or remark; all else stands as it was picked."""

    def how(brief: Brief) -> Brief:
        old = brief.items[_at(brief, item)]
        if old.kind not in ("heading", "remark"):
            raise QueryError("item", "only headings and remarks can be rewritten")
        new = replace(old, text=_words(old.kind, text))
        return replace(brief, items=tuple(new if i.id == item else i for i in brief.items))

    return how


def _words(kind: str, text: str) -> str:
    lines = [plain(" ".join(line.split())) for line in text.splitlines()]
    words = " ".join(lines).strip() if kind == "heading" else "\n".join(lines).strip()
    if not words:
        raise QueryError("text", "nothing was written")
    if len(words) > LONGEST:
        raise QueryError("text", f"more than {LONGEST:,} letters")
    return words


def move(item: int, by: int) -> Change:
    """A thing so many places further down, or up; never beyond the ends."""

    def how(brief: Brief) -> Brief:
        items, at = list(brief.items), _at(brief, item)
        one = items.pop(at)
        items.insert(max(0, at + by), one)
        return replace(brief, items=tuple(items))

    return how


def remove(item: int) -> Change:
    def how(brief: Brief) -> Brief:
        at = _at(brief, item)
        return replace(brief, items=brief.items[:at] + brief.items[at + 1 :])

    return how


def _at(brief: Brief, item: int) -> int:
    found = next((i for i, one in enumerate(brief.items) if one.id == item), None)
    if found is None:
        raise QueryError("item", f"nothing is numbered {item} in this brief: it may have been removed")
    return found


def _with(brief: Brief, item: Item) -> Brief:
    return replace(brief, items=(*brief.items, item))


# --- picking


def pick_entry(desk: Desk, key: str, at: int | None) -> Change:
    """An entry, in the words it has now; what is in the brief already is not put there twice."""
    found = desk.record.entry(key, at)
    if isinstance(found, SentenceEntry):
        at = found.sentence.start

    def how(brief: Brief) -> Brief:
        if any(item.kind == "entry" and (item.key, item.at) == (key, at) for item in brief.items):
            return brief
        return _with(brief, _item(brief.next, key, at, found))

    return how


def pick_picture(desk: Desk, where: str, title: str) -> Change:
    """The picture of a view, as it is drawn now; of a view that draws none, its address."""
    found = drawn(desk, where)
    if found is None:
        raise QueryError("picture", "this address has no picture")
    if len(found.svg) > LARGEST:
        raise QueryError("picture", "the picture is too large: show fewer years")
    drawing = base64.b64encode(zlib.compress(found.svg.encode(), 9)).decode()
    words = plain(" ".join(title.split()))[:500] or found.title
    return lambda brief: _with(brief, Item(brief.next, "picture", words, address=found.address, drawing=drawing,
                                           about=found.about))  # fmt: skip


def _item(id_: int, key: str, at: int | None, entry: Entry) -> Item:
    report = asdict(entry.report)
    report["source"] = where_words(entry.report.source or "")
    find = {SentenceEntry: "sentence", StatementEntry: "statement", TellingEntry: "event"}[type(entry)]
    marked = tuple((p.text, p.classes) for p in pieces(entry))
    judged = None if isinstance(entry, SentenceEntry) else entry.judged
    return Item(id_, "entry", _sentence(entry), key, at, find, facts_words(entry), marked, report, address(entry),
                judged)  # fmt: skip


def _sentence(entry: Entry) -> str:
    """The words of an entry's sentence on one line; of one without an end, its beginning."""
    words = plain(" ".join(entry.text[: 2 * LONGEST].split()))
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def facts_words(entry: Entry) -> str:
    """Who and what an entry tells, in one plain line; empty for a sentence."""
    if isinstance(entry, StatementEntry):
        speaker = actor_words(entry.speaker) if entry.speaker else entry.source_text or "nobody named"
        to = f" to {actor_words(entry.addressee)}" if entry.addressee else ""
        told = [f"{speaker}{to}", entry.stance, entry.sourcing, entry.form, "hedged" if entry.hedged else None]
    elif isinstance(entry, TellingEntry):
        teller = entry.said_by_actor.name if entry.said_by_actor else "a source"
        told = [f"{side_words(entry.source)} → {side_words(entry.target)}", f"{entry.type} {entry.cameo}",
                entry.reality.replace("_", " "), "unsure" if entry.unsure else None,
                f"as told by {teller}" if entry.said_by else None]  # fmt: skip
    else:
        return ""
    days = [day_words(day) for day in dict.fromkeys((entry.day, entry.day_end)) if day]
    return plain(" · ".join(" ".join(part.split()) for part in (*told, " to ".join(days)) if part))


# --- shown


@dataclass(frozen=True, slots=True)
class Shown:
    """An item for a page or a file: ``note`` numbers its citation, ``changed`` tells what became of it since."""

    item: Item
    note: int | None
    pieces: tuple[Piece, ...]
    citation: str
    url: str | None
    changed: tuple[str, ...]
    first: bool
    last: bool


def shown(desk: Desk, brief: Brief) -> tuple[Shown, ...]:
    """All items of a brief in their order, the entries numbered."""
    keys = [(item.key, item.at) for item in brief.items if item.kind == "entry"]
    now = desk.record.store.entries(keys) if keys else {}
    out, note = [], 0
    for n, item in enumerate(brief.items):
        cited = item.kind == "entry" and item.report is not None
        note += cited
        report = _report(item.report) if cited and item.report else None
        out.append(Shown(
            item, note if cited else None, tuple(Piece(text, css) for text, css in item.marked),
            plain(cite(report)) if report else "", report.url if report else None,
            changed_since(desk, item, now) if cited else (), n == 0, n == len(brief.items) - 1,
        ))  # fmt: skip
    return tuple(out)


_REPORT = frozenset(field.name for field in fields(ReportEntry))


def _report(row: Mapping[str, Any]) -> ReportEntry:
    return ReportEntry(**{name: value for name, value in row.items() if name in _REPORT})


def changed_since(desk: Desk, item: Item, now: Mapping[tuple[str, int | None], Entry]) -> tuple[str, ...]:
    """What became of an entry since it was picked, in words; nothing where it stands as it was."""
    entry = now.get((item.key, item.at))
    report = item.report or {}
    if entry is None:
        return ("Its words are not in the record any more: the report was read anew or published again.",)
    told: list[str] = []
    judged = None if isinstance(entry, SentenceEntry) else entry.judged
    if judged == "rejected" and item.judged != "rejected":
        told.append("Rejected since." + _decided(desk, item.key))
    elif (facts := facts_words(entry)) != item.facts:
        told.append(f"Corrected since; it now reads: {facts}." + _decided(desk, item.key))
    if _sentence(entry) != item.text:
        told.append("The sentence reads otherwise in the report's newest version.")
    if entry.report.published != report.get("published"):
        told.append(f"The report's day is now {day_words(entry.report.published)}." + _decided(desk, entry.report.key))
    return tuple(told)


def _decided(desk: Desk, key: str) -> str:
    """Who decided last on a key, when and why."""
    made: Sequence[Any] = [c for c in desk.record.corrections(key) if c.action != "undo" and not c.undone]
    if not made:
        return ""
    last = made[-1]
    return plain(f" By {last.who}, {last.made[:10]}" + (f": {last.why}" if last.why else "") + ".")


