"""What the rules note down for one cue before it becomes an ``Attribution``."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.model import Span, Token


@dataclass(slots=True)
class Found:
    """One cue with its source and content as far as they are known yet."""

    head: Token | None
    cue: list[Span] = field(default_factory=list)
    source: tuple[Span, ...] = ()
    source_head: Token | None = None
    content: list[Span] = field(default_factory=list)
    direct: bool = False
    act: str = "say"
    #: kind of complement that is the content ("that", "np", …)
    frame: str = "quote"
