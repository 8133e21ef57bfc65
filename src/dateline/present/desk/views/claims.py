"""The claims of the record: a list, and one claim with who takes which position on it, since when, in which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.analyse.claims import ClaimGroup, Independent, Position
from dateline.present.desk.pages import link
from dateline.present.desk.state import Desk, Known, Task
from dateline.present.desk.views.entries import plain
from dateline.present.pictures import ClaimLanes, Key, Style, Table, draw
from dateline.record.entries import StatementEntry
from dateline.relate.claims import (
    SMALL,
    FoundClaims,
    about,
    all_claims,
    called,
    claim_with,
    claims_about,
    how_many,
    lanes,
    only,
    sources,
    who,
)

if TYPE_CHECKING:
    from dateline.keep import Record

#: Claims on one page, and seconds that a first answer is waited for.
SHOWN, PATIENCE = 50, 0.1
#: Statements and wordings that one page shows in full.
MOST_ROWS = 500
_NARROW = 360
#: The shapes of the positions in the picture, for lists.
SHAPES = {"asserts": "●", "denies": "◼", "doubts": "◇", "demands": "▲", "predicts": "○"}
_SEVERAL = {"denies": "deny"}


@dataclass(frozen=True, slots=True)
class Side:
    """How many different sources take one position."""

    position: str
    against: bool
    sources: int
    shape: str

    @property
    def words(self) -> str:
        """The position as its sources take it: "1 denies", "2 deny"."""
        return self.position if self.sources == 1 else _SEVERAL.get(self.position, self.position.removesuffix("s"))


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list. ``sources`` are different ones, ``statements`` and ``reports`` count copies as well.

    ``lead`` is the act whose words the text completes: "accuse" of "the army of …", "promise" of "to buy …".
    """

    key: str
    text: str
    contested: bool
    sources: int
    statements: int
    reports: int
    first: str | None
    last: str | None
    sides: tuple[Side, ...]
    first_by: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """A page of the list; ``cursor`` is the claim after which the next begins. ``stale``: the record has changed."""

    claims: tuple[ClaimRow, ...]
    total: int
    contested: int
    compared: int
    statements: int
    cursor: str | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Taking:
    """One statement on a claim: who, when, which position, in which words, and where that stands."""

    key: str
    day: str | None
    source: str
    actor: str | None
    country: str | None
    position: str
    shape: str
    against: bool
    hedged: bool
    words: str
    report: str
    address: str
    #: the source whose claim a denial or doubt names
    answers: str | None
    #: told before in the same story by the same source
    copy: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in which the claim is told, how often, by how many sources; ``address`` opens the first."""

    words: str
    statements: int
    sources: int
    address: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim. ``compared`` of ``statements`` of the record were held against each other to find it."""

    row: ClaimRow
    first: StatementEntry | None
    takings: tuple[Taking, ...]
    more: int
    independent: tuple[Independent, ...]
    wordings: tuple[Wording, ...]
    lanes: ClaimLanes
    undated: int
    compared: int
    statements: int
    stale: bool


# --- working out


def found(desk: Desk, words: str | None) -> Known | None:
    """The claims of the record, or those about some words, worked out aside; none while that is done."""
    words = " ".join((words or "").casefold().split())
    if not words:
        return _every(desk)
    small = _is_small(desk)
    if small is None:
        return None
    if not small:
        return desk.worked_out(("claims", words), Task(_about, (words,)), PATIENCE)
    known = _every(desk)
    return replace(known, answer=about(known.answer, words)) if known else None


def found_one(desk: Desk, key: str) -> Known | None:
    """The claim with a key, worked out aside; raises ``QueryError`` where there is none."""
    small = _is_small(desk)
    if small is None:
        return None
    if not small:
        return desk.worked_out(("claim", key), Task(_with, (key,)), PATIENCE)
    known = _every(desk)
    return replace(known, answer=only(known.answer, key)) if known else None


def _about(desk: Desk, words: str) -> FoundClaims:
    return claims_about(desk.record, words)


def _with(desk: Desk, key: str) -> FoundClaims:
    return claim_with(desk.record, key)


def _is_small(desk: Desk) -> bool | None:
    """Whether all statements are held against each other whatever is asked."""
    known = desk.worked_out("statements", lambda: how_many(desk.record), PATIENCE)
    return known.answer <= SMALL if known else None


def _every(desk: Desk) -> Known | None:
    small = _is_small(desk)
    if small is None:
        return None
    return desk.worked_out("claims", Task(_all), PATIENCE, minutes=not small)


def _all(desk: Desk) -> FoundClaims:
    return all_claims(desk.record)


# --- the list


def claims_view(known: Known, contested: bool = False, after: str | None = None, limit: int = SHOWN) -> ClaimsView:
    """A page of the claims found."""
    answer: FoundClaims = known.answer
    kept = [c for c in answer.claims if c.contested or not contested]
    start = next((n for n, claim in enumerate(kept, 1) if claim.key == after), 0) if after else 0
    page = kept[start : start + limit]
    cursor = page[-1].key if start + limit < len(kept) else None
    return ClaimsView(tuple(map(row_of, page)), len(kept), sum(c.contested for c in kept), answer.compared,
                      answer.statements, cursor, known.stale)  # fmt: skip


def row_of(claim: ClaimGroup) -> ClaimRow:
    """A claim as a list shows it."""
    days = sorted(p.day for p in claim.positions if p.day)
    return ClaimRow(claim.key, plain(" ".join(claim.text.split())), claim.contested, sources(claim),
                    len(claim.positions), len({p.report for p in claim.positions}), days[0] if days else None,
                    days[-1] if days else None, _sides(claim.positions),
                    plain(called(claim.positions[0])), _lead(claim))  # fmt: skip


def _lead(claim: ClaimGroup) -> str | None:
    act = next((p.act for p in claim.positions if p.words == claim.text), None)
    return act if act == "accuse" or claim.text.startswith("to ") else None


def _sides(positions: Sequence[Position]) -> tuple[Side, ...]:
    by: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for p in positions:
        by[p.position.value, p.against].add(who(p))
    order = list(SHAPES)
    return tuple(Side(position, against, len(by[position, against]), SHAPES[position])
                 for position, against in sorted(by, key=lambda s: (order.index(s[0]), s[1])))  # fmt: skip


def claims_table(claims: Sequence[ClaimGroup]) -> Table:
    """The list as rows for a spreadsheet."""
    header = ("key", "claim", "contested", "sources", "statements", "reports", "first", "last", *SHAPES)
    rows = []
    for row in map(row_of, claims):
        taken = Counter[str]()
        for side in row.sides:
            taken[side.position] += side.sources
        rows.append((row.key, row.text, "yes" if row.contested else "no", row.sources, row.statements, row.reports,
                     row.first, row.last, *(taken[position] for position in SHAPES)))  # fmt: skip
    return Table("Claims", header, tuple(rows))


# --- one claim


def claim_view(record: Record, known: Known) -> ClaimView:
    """One claim as its page and the API show it."""
    answer: FoundClaims = known.answer
    claim = answer.claims[0]
    first = record.store.statements_with([claim.first.key])
    takings = takings_of(claim)
    undated = sum(p.day is None for p in claim.positions)
    return ClaimView(row_of(claim), first[0] if first else None, takings[:MOST_ROWS], max(0, len(takings) - MOST_ROWS),
                     claim.independent, _wordings(claim), lanes(claim), undated, answer.compared, answer.statements,
                     known.stale)  # fmt: skip


def takings_of(claim: ClaimGroup) -> tuple[Taking, ...]:
    """All statements on a claim, in the order of days."""
    names = {who(p): called(p) for p in claim.positions}
    before: set[tuple[str, str, str]] = set()
    rows = []
    for p in claim.positions:
        mark = (who(p), p.position.value, p.story or p.report)
        rows.append(_taking(p, names, mark in before))
        before.add(mark)
    return tuple(rows)


def _taking(p: Position, names: dict[str, str], copy: bool) -> Taking:
    answers = names.get(p.names_whose) if p.names_whose else None
    speaker = p.speaker
    return Taking(
        p.told, p.day, plain(called(p)), speaker.key if speaker else None, speaker.country if speaker else None,
        p.position.value, SHAPES[p.position.value], p.against, p.hedged, plain(" ".join(p.words.split())), p.report,
        address(p), plain(answers) if answers else None, copy,
    )  # fmt: skip


def address(p: Position) -> str:
    """Where the sentence of a position is read: lit in its report."""
    return link(f"/reports/{p.report}", lit=p.told) + f"#s-{p.at}"


def _wordings(claim: ClaimGroup) -> tuple[Wording, ...]:
    told: dict[str, list[Position]] = defaultdict(list)
    for p in claim.positions:
        told[" ".join(p.words.casefold().split()).strip(" .,;:\"'“”‘’")].append(p)
    rows = [Wording(plain(" ".join(some[0].words.split())), len(some), len({who(p) for p in some}), address(some[0]))
            for some in told.values()]  # fmt: skip
    return tuple(sorted(rows, key=lambda w: -w.statements))[:MOST_ROWS]


def claim_table(claim: ClaimGroup) -> Table:
    """The statements on a claim as rows for a spreadsheet."""
    header = ("day", "source", "actor", "country", "position", "against", "hedged", "answers", "copy", "words",
              "statement", "report")  # fmt: skip
    rows = tuple((t.day, t.source, t.actor, t.country, t.position, "yes" if t.against else "no",
                  "yes" if t.hedged else "no", t.answers, "yes" if t.copy else "no", t.words, t.key, t.report)
                 for t in takings_of(claim))  # fmt: skip
    return Table(row_of(claim).text, header, rows)


def pictures(view: ClaimView) -> tuple[str, str]:
    """The lanes for wide and for narrow screens; each mark leads to its sentence."""
    addresses = {t.key: t.address for t in view.takings}

    def href(key: Key) -> str | None:
        return addresses.get(key.id or "")

    wide = draw(view.lanes, Style(href=href, prefix="lanes", css=False))
    return wide, draw(view.lanes, Style(_NARROW, href=href, prefix="lanes-narrow", css=False))
