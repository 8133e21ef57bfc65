"""What all tests share: the language model is loaded once in a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from dateline.annotate import Annotator, parse
from dateline.model import Annotated, DateFrom, Published, Report

# machines differ and are noisy: no test may fail for being slow
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")

# every reader of a process reads with the same one
parse.load_model = cache(parse.load_model)

Annotate = Callable[..., Annotated]


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    return Annotator()


@pytest.fixture(scope="session")
def annotate(annotator: Annotator) -> Annotate:
    """annotate(text, published=…) -> Annotated, for a report that has nothing but these."""

    def run(text: str, published: str | None = None) -> Annotated:
        day = Published(published, DateFrom.GIVEN, True) if published else None
        return annotator.annotate(Report("test", text, language="en", published=day))

    return run
