"""Joins the stages: bytes -> Report -> Annotated -> findings -> Reading. Only this module knows the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dateline import __version__
from dateline.annotate import Annotator
from dateline.extract.acts import find_acts
from dateline.extract.attributions import find_attributions
from dateline.extract.places import find_places
from dateline.extract.times import find_times
from dateline.model import DEFAULT_MODEL, Annotated, MadeBy, Reading, Report, Skipped, Span
from dateline.resolve.actors import resolve_actors
from dateline.resolve.claims import find_claims
from dateline.resolve.events import resolve_events
from dateline.resolve.statements import resolve_statements


class Reader:
    """Turns reports into readings. Holds the language model and the learned readers, loaded once.

    ``fast`` leaves the learned readers out: statements are found by patterns alone. A report on which a stage
    fails gives a reading without findings that says so in ``skipped``; with ``strict`` the failure is raised.
    """

    def __init__(self, model: str = DEFAULT_MODEL, fast: bool = False, strict: bool = False) -> None:
        self.annotator = Annotator(model)
        self.fast = fast
        self.strict = strict

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in the order of the reports."""
        for annotated in self.annotator.annotate_many(reports):
            yield self._understand_or_skip(annotated)

    def _understand_or_skip(self, annotated: Annotated) -> Reading:
        try:
            return self.understand(annotated)
        except Exception as error:
            if self.strict:
                raise
            report = annotated.report
            reason = f"not read: a fault in Dateline ({type(error).__name__}: {error}); please report it"
            whole = Skipped(Span(0, len(report.text)), reason)
            return Reading(report, skipped=(*report.skipped, whole), made_by=self._made_by(annotated))

    def _made_by(self, annotated: Annotated) -> MadeBy:
        return MadeBy(__version__, annotated.model)

    def understand(self, annotated: Annotated) -> Reading:
        """What an annotated report tells: times, places, who is who, who said what, who did what, who disputes it."""
        report = annotated.report
        anchor = date.fromisoformat(report.anchor) if report.anchor else None
        times = find_times(annotated, anchor)
        places = find_places(annotated)
        attributions = find_attributions(annotated, fast=self.fast)
        cast = resolve_actors(annotated, places, attributions)
        statements = resolve_statements(annotated, attributions, cast, times)
        acts = find_acts(annotated, attributions, cast)
        events = resolve_events(annotated, acts, cast, statements, times, places)
        claims = find_claims(annotated, statements, cast)
        sentences = tuple(annotated.span_of(s.first, s.last) for s in annotated.sentences)
        return Reading(report, cast.actors, times, places, statements, events, claims, report.skipped,
                       self._made_by(annotated), sentences)  # fmt: skip
