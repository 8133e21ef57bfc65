"""A reading's findings as plain words, the same on the terminal and on the page."""

from __future__ import annotations

from datetime import date

from dateline.model import Actor, Event, Interval, Reading, Report, Span, Statement

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_words(day: str | None) -> str:
    """A day for people.

    >>> day_words("2024-11-07"), day_words(None)
    ('Thu 7 Nov 2024', 'unknown')
    """
    if day is None:
        return "unknown"
    try:
        d = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][d.weekday()]} {d.day} {_MONTHS[d.month - 1]} {d.year}"


def count_words(n: int, what: str) -> str:
    """A number of things.

    >>> count_words(1, "report"), count_words(2_500, "report")
    ('1 report', '2,500 reports')
    """
    return f"{n:,} {what}" + ("" if n == 1 else "s")


def kind_of(reason: str) -> str:
    """A reason without the particulars behind its first colon or bracket, so that like reasons are counted together.

    >>> kind_of("broken JSON (expecting value at column 3): mend or delete this line")
    'broken JSON'
    """
    return reason.split(" (")[0].split("; ")[0].split(": ")[0] if not reason.startswith("language") else reason


def interval_words(interval: Interval | None) -> str:
    """An interval for people: one day, or first to last; empty where nothing is known.

    >>> interval_words(Interval("2024-10-01", "2024-10-31"))
    '1 Oct 2024 to 31 Oct 2024'
    """
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    if interval.start == interval.end:
        return day_words(interval.start)
    first, last = day_words(interval.start), day_words(interval.end)
    return f"{first.split(' ', 1)[-1]} to {last.split(' ', 1)[-1]}"


def head_facts(report: Report) -> list[str]:
    """Where and when a report was written and published, and who wrote it, as words to stand under its title."""
    facts: list[str] = []
    if report.dateline and (report.dateline.place or report.dateline.date):
        facts.append(", ".join(filter(None, [report.dateline.place, report.dateline.country, report.dateline.date])))
    if report.published:
        unsure = "" if report.published.reliable else ", not reliable"
        facts.append(f"published {report.published.value} (from {report.published.origin}{unsure})")
    credits = report.credits
    return facts + [c for c in (credits.agency, credits.publisher, credits.byline) if c]


def title_words(report: Report, limit: int = 70) -> str:
    """A report's title, else its first words behind the dateline, else its id.

    >>> title_words(Report("x", "OSLO - Norway warned Denmark.", furniture=(Span(0, 7),)))
    'Norway warned Denmark.'
    """
    if report.title:
        return report.title
    start = 0
    for span in sorted(report.furniture):
        if not report.text[start : span.start].strip():
            start = max(start, span.end)
    words = " ".join(report.text[start : start + 4 * limit].split())
    if not words:
        return report.id
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"


class Names:
    """Looks up what a reading's ids stand for."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.actors = {a.id: a for a in reading.actors}
        self.statements = {s.id: s for s in reading.statements}

    def actor(self, actor_id: str | None) -> str | None:
        """An actor's name, ``None`` for an unknown id."""
        actor = self.actors.get(actor_id or "")
        return actor.name if actor else None

    def side(self, ids: tuple[str, ...]) -> str:
        """The names of one side of an event, or a dash where nobody is known."""
        return " and ".join(filter(None, map(self.actor, ids))) or "–"

    def words(self, spans: tuple[Span, ...]) -> str:
        """The words of spans with one space for each run of white space, pieces parted by dots."""
        return " … ".join(" ".join(self.text[a:b].split()) for a, b in spans)

    def speaker(self, statement: Statement) -> str:
        """Who a statement belongs to: the actor, else the words that name the source, else "nobody named"."""
        if statement.source is None:
            return "nobody named"
        return self.actor(statement.source.actor) or self.words(statement.source.spans) or "nobody named"

    def told_by(self, event: Event) -> str | None:
        """Who tells an event: the speaker of the statement that holds it, ``None`` for the report itself."""
        statement = self.statements.get(event.said_by or "")
        return self.speaker(statement) if statement else None


def role_words(actor: Actor) -> str:
    """An actor's roles for people.

    >>> from dateline.model import ActorKind, Role, RoleStatus
    >>> role_words(Actor("a1", "X", ActorKind.PERSON, "PAK", "PAKGOV",
    ...                  (Role("ambassador", "PAK", RoleStatus.FORMER, Span(0, 1)),), ()))
    'former ambassador (PAK)'
    """
    words: list[str] = []
    for role in actor.roles:
        status = "" if role.status == "current" else f"{role.status} "
        line = f"{status}{role.title}" + (f" ({role.of})" if role.of else "")
        if line not in words:
            words.append(line)
    return ", ".join(words)
