"""A search for people: what was asked, what was found, what it is made of, and what to try where nothing was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from markupsafe import Markup

from dateline.errors import QueryError
from dateline.lexicons.cues import ACTS
from dateline.lexicons.eventbook import TYPES
from dateline.model import ActorKind, Form, Reality, Sourcing, Stance
from dateline.present.commands.filters import query_of
from dateline.present.desk.state import Desk
from dateline.present.desk.views.actions import told
from dateline.present.desk.views.entries import ShownEntry, shown_each
from dateline.record.entries import Counts, Facets, Hits
from dateline.record.query import QUADS, Find, Judged, Query, Voice

NAMES = tuple(field.name for field in fields(Query))
_FLAGS = ("reliable", "copies")
_YES, _NO = ("1", "true", "on", "yes"), ("0", "false", "off", "no")
#: A filter has at most so many characters.
LONGEST = 1_000
#: Records of fewer bytes are counted while the page waits.
QUICK = 200 << 20
#: How long the page waits for a count that it was asked for, in seconds.
PATIENCE = 2.0
#: The filters with few values: name, label, values.
CHOICES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("type", "Event type", TYPES), ("quad", "Quad class", QUADS), ("reality", "Reality", tuple(Reality)),
    ("voice", "Told by", tuple(Voice)), ("act", "Act of speech", tuple(sorted(ACTS))),
    ("stance", "Stance", tuple(Stance)), ("sourcing", "Sourcing", tuple(Sourcing)),
    ("form", "Form of speech", tuple(Form)), ("kind", "Kind of actor", tuple(ActorKind)),
    ("judged", "Judged by a person", tuple(Judged)),
)  # fmt: skip
#: The filters to be written: name, label, hint.
WRITTEN = (
    ("actor", "Actor, either side", "a name, or a country's code"), ("source", "Who said or did it", "a name or code"),
    ("target", "To whom", "a name or code"), ("role", "Role", "prime minister"),
    ("country", "Country", "a name or code"), ("publisher", "Source (publisher)", "its name"),
    ("agency", "Agency credit", "its name"), ("report", "Report", "its key"), ("story", "Story", "its key"),
)  # fmt: skip
_VALUES = {name: values for name, _, values in CHOICES}
LABELS = {
    "words": "Words", "since": "From", "until": "To", "reliable": "Date quality", "copies": "Copies",
    **{name: label for name, label, _ in (*CHOICES, *WRITTEN)},
}  # fmt: skip
_SAID = {
    ("voice", "own"): "the report itself", ("voice", "said"): "somebody in it", ("reliable", "true"): "reliable day",
    ("reliable", "1"): "reliable day", ("copies", "1"): "each on its own",
}  # fmt: skip


def value_words(name: str, value: str) -> str:
    """A value of a filter for people.

    >>> value_words("reality", "called_off"), value_words("voice", "own")
    ('called off', 'the report itself')
    """
    if (name, value) in _SAID:
        return _SAID[name, value]
    return value.replace("_", " ") if name in ("quad", "reality", "act") else value


def options(name: str, asked: str | None) -> Markup:
    """The values of a filter to choose from, the one that is asked for chosen."""
    chosen = (asked or "").lower()
    return _options(name, chosen if chosen in map(str.lower, _VALUES[name]) else "")


@cache
def _options(name: str, chosen: str) -> Markup:
    option = Markup('<option value="{}"{}>{}</option>').format
    return Markup().join(option(value, Markup(" selected" if value.lower() == chosen else ""), value_words(name, value))
                         for value in _VALUES[name])  # fmt: skip


def asked_query(params: Mapping[str, str]) -> Query:
    """The query of an address, the same as that of a command line; parameters that are no filters are passed over.

    >>> asked_query({"words": "grain", "reliable": "1", "since": "", "page": "2"}).as_json()
    {'words': 'grain', 'reliable': True}

    Raises ``QueryError`` with the name of the filter that makes no sense.
    """
    asked: dict[str, Any] = {}
    for name in NAMES:
        value = params.get(name, "").strip()
        if len(value) > LONGEST:
            raise QueryError(name, f"longer than {LONGEST:,} characters")
        if value:
            asked[name] = _flag(name, value) if name in _FLAGS else value
    return query_of(asked)


def _flag(name: str, value: str) -> bool:
    if value.lower() not in _YES + _NO:
        raise QueryError(name, f"{value!r} is neither 1 nor 0")
    return value.lower() in _YES


def filters_of(query: Query) -> dict[str, str]:
    """A query as the parameters of an address."""
    return told({name: getattr(query, name) for name in NAMES})


def in_words(query: Query) -> str:
    """What a query asks for, in a line.

    >>> in_words(Query(words="grain deal", actor="PAK", reliable=True))
    'grain deal, actor PAK, reliable day'
    """
    parts = []
    for name, value in filters_of(query).items():
        if name == "find":
            continue
        told_ = value_words(name, value)
        parts.append(told_ if name in ("words", *_FLAGS) else f"{_SHORT.get(name, name)} {told_}")
    return ", ".join(parts) or f"all {query.find or Find.SENTENCES}"


_SHORT = {"since": "from", "until": "to", "source": "by", "target": "towards", "publisher": "source"}


# --- what is shown


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is set, and the filters without it."""

    name: str
    label: str
    value: str
    without: dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that narrows the search: how many have it, and the filters with it."""

    words: str
    count: int
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """What all matches are made of: how many there are in all, and the values that would narrow them."""

    counts: Counts
    facets: Facets
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    stale: bool


@dataclass(frozen=True, slots=True)
class Tip:
    """What would find something: what to leave out, or the words to ask for instead."""

    words: str
    filters: dict[str, str]
    total: int
    exact: bool


#: which of the counts are of what a search shows
_ONCE = {find: find.value for find in Find}
_TOLD = {Find.SENTENCES: "sentences", Find.STATEMENTS: "told_statements", Find.EVENTS: "tellings"}


@dataclass(frozen=True, slots=True)
class SearchView:
    """A page of a search. ``wrong`` has the reason for each filter that makes no sense; then nothing is found.

    ``finds`` are the kinds of entries: name, filters that belong to it, whether it is the one shown. ``made`` is none
    while it is counted.
    """

    asked: dict[str, str]
    title: str
    wrong: dict[str, str]
    query: Query | None = None
    find: Find = Find.SENTENCES
    hits: Hits | None = None
    onward: str | None = None
    first: bool = True
    chips: tuple[Chip, ...] = ()
    finds: tuple[tuple[str, dict[str, str], bool], ...] = ()
    tips: tuple[Tip, ...] = ()
    made: Made | None = None

    @property
    def shown(self) -> list[ShownEntry]:
        """The hits with the words lit that they were found by."""
        return shown_each(self.hits.hits, self.query.words) if self.hits and self.query else []

    @property
    def total(self) -> int | None:
        """How many there are in all; none while that is not known."""
        if self.hits and self.hits.exact:
            return self.hits.total
        if self.made is None or self.made.stale or self.query is None:
            return None
        total: int = getattr(self.made.counts, (_TOLD if self.query.copies else _ONCE)[self.find])
        return total

    @property
    def filters(self) -> dict[str, str]:
        """The filters with the kind that is shown."""
        return {**(filters_of(self.query) if self.query else {}), "find": self.find.value}


def search_view(desk: Desk, params: Mapping[str, str], limit: int, counted: bool) -> SearchView:
    """What a search shows; ``counted`` where its counts are waited for."""
    asked = {name: value for name in NAMES if (value := params.get(name, "").strip())}
    cursor = params.get("cursor") or None
    try:
        query = asked_query(params)
        find = find_of(query)
        hits = desk.record.store.search(query, limit, cursor)
    except QueryError as error:
        return SearchView(asked, "Search", {error.name: error.reason})
    empty = not hits.hits and cursor is None
    return SearchView(
        asked, _title(query), {}, query, find, hits, hits.cursor, cursor is None, tuple(_chips(desk, query)),
        tuple(_finds(query, find)), tuple(tips(desk, query)) if empty else (),
        None if empty else made_of(desk, query, counted),
    )  # fmt: skip


def _title(query: Query) -> str:
    return "Search" if query == Query() else f"Search: {in_words(query)}"[:200]


def find_of(query: Query) -> Find:
    """The kind of entries that a query finds, by its filters where it does not say."""
    from dateline.record.sqlite.selecting import kind_of

    return kind_of(query)


def _chips(desk: Desk, query: Query) -> Iterator[Chip]:
    filters = filters_of(query)
    for name, value in filters.items():
        if name != "find":
            without = {n: v for n, v in filters.items() if n != name}
            yield Chip(name, LABELS[name], _called(desk, name, value), without)


_KEY = re.compile(r"a[0-9a-f]{8,}")


def _called(desk: Desk, name: str, value: str) -> str:
    """A value as people call it: the name of an actor whose key it is."""
    if name in ("actor", "source", "target") and _KEY.fullmatch(value):
        try:
            return desk.record.store.called(value)
        except QueryError:
            return value
    return value_words(name, value)


def _finds(query: Query, chosen: Find) -> Iterator[tuple[str, dict[str, str], bool]]:
    for find in Find:
        other = replace(query, find=find)
        while True:
            try:
                find_of(other)
            except QueryError as error:  # a filter that such entries do not have
                other = replace(other, **{error.name: None})  # type: ignore[arg-type]
                continue
            break
        yield find.value, filters_of(other), find is chosen


# --- what it is made of


def made_of(desk: Desk, query: Query, wait: bool) -> Made | None:
    """The counts of a search; none where they take long and are not waited for."""
    quick = desk.settings.record.stat().st_size < QUICK
    if not (quick or wait):
        return None

    def work() -> tuple[Counts, Facets]:
        store = desk.record.store
        return store.counts(query), store.facets(query)

    known = desk.worked_out(("search", tuple(query.as_json().items())), work, PATIENCE)
    if known is None:
        return None
    counts, facets = known.answer
    return Made(counts, facets, tuple(_choices(query, facets)), known.stale)


def _choices(query: Query, facets: Facets) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    filters = filters_of(query)
    for facet in facets.facets:
        if facet.name in filters:
            continue
        told_ = []
        for value in facet.values:
            narrowed = {**filters, facet.name: "1" if facet.name == "reliable" else value.value}
            told_.append(Choice(value.label or value_words(facet.name, value.value), value.count, narrowed))
        yield LABELS[facet.name], tuple(told_)


# --- where nothing was found

_MOST_TIPS = 8


def tips(desk: Desk, query: Query) -> Iterator[Tip]:
    """What would find something: the search without one filter, with one word alone, with the beginning of a word."""
    tried = 0
    for words, filters in _tries(filters_of(query)):
        tried += 1
        if tried > 3 * _MOST_TIPS:
            return
        try:
            hits = desk.record.store.search(asked_query(filters), 0)  # their number alone
        except QueryError:  # what is left makes no sense on its own
            continue
        if hits.total:
            yield Tip(words, filters, hits.total, hits.exact)


def _tries(filters: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    names = [name for name in filters if name != "find"]
    for name in names if len(names) > 1 else ():
        without = {n: v for n, v in filters.items() if n != name}
        told_ = "the words" if name == "words" else f"{LABELS[name].lower()} {value_words(name, filters[name])}"
        yield f"Leave out {told_}", without
    words = filters.get("words", "").split()
    if not all(word.isalnum() for word in words):
        return
    for word in words[:4] if len(words) > 1 else ():
        yield f"Only the word {word}", {**filters, "words": word}
    for word in words[:4]:
        if len(word) > 4:
            yield f"Words that begin with {word[:4]}", {**filters, "words": word[:4] + "*"}
