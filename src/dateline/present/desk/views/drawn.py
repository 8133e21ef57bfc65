"""The picture of a view by the view's address, so that a brief can keep it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from dateline.present.desk.pages import link
from dateline.present.desk.state import Desk
from dateline.present.pictures import Picture, Style, draw

Asked = Mapping[str, str]
#: Small rivers in a picture of partners.
_PARTNERS = 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture by itself, with its rules in it; ``about`` says in words what is to be seen."""

    address: str
    title: str
    about: str
    svg: str


_TOLD = re.compile(r"<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>", re.DOTALL)


def drawn(desk: Desk, address: str) -> Drawn | None:
    """The picture of an address of this desk, ``None`` for one that draws none. What views refuse is raised."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or len(address) > 4_000:
        return None
    asked = dict(parse_qsl(parts.query, max_num_fields=50))
    for prefix, picture_of in VIEWS.items():
        if parts.path == prefix or (prefix.endswith("/") and parts.path.startswith(prefix)):
            picture = picture_of(desk, {**asked, "": parts.path.removeprefix(prefix)})
            return None if picture is None else _drawn(picture, link(parts.path, **asked))
    return None


def _drawn(picture: Picture, address: str) -> Drawn:
    svg = draw(picture, Style())
    told = _TOLD.search(svg)  # what the drawing says of itself to those who do not see it
    title, about = (unescape(words) for words in told.groups()) if told else ("", "")
    return Drawn(address, title, about, svg)


def _sources(desk: Desk, asked: Asked) -> Picture | None:
    from dateline.present.desk.views import sources

    found = sources.known(desk)
    if found is None:
        return None
    year = asked.get("year", "")
    return sources.sources_view(found.answer, False, asked.get("source"), int(year) if year.isdecimal() else None).strip


def _relation(desk: Desk, asked: Asked) -> Picture | None:
    from dateline.present.desk.views import relation
    from dateline.present.desk.views.asked import asked_of

    return relation.screen(desk, asked_of({name: value for name, value in asked.items() if name})).picture


def _words(desk: Desk, asked: Asked) -> Picture | None:
    from dateline.present.desk.views.asked import asked_of
    from dateline.relate.words import picture, said_and_done

    pair = asked_of({name: value for name, value in asked.items() if name})
    store = desk.record.store
    a, b = store.sides(pair.a, pair.b)
    rows = said_and_done(desk.record, a, b, pair.by, pair.span)
    return picture(rows, store.called(a), store.called(b), pair.by) if rows else None


def _partners(desk: Desk, asked: Asked) -> Picture | None:
    from dateline.present.desk.views.asked import asked_of
    from dateline.relate.partners import partners, small_rivers

    whose = asked_of({name: value for name, value in asked.items() if name in ("a", "by", "from", "to")})
    key = desk.record.store.side(whose.a)
    found, _ = partners(desk.record, key, whose.span, _PARTNERS)
    drawn = small_rivers(desk.record, key, found, whose.by, whose.span)
    return replace(drawn, actor=desk.record.store.called(key))


def _claim(desk: Desk, asked: Asked) -> Picture | None:
    from dateline.present.desk.views import claims

    known = claims.found_one(desk, asked[""])
    return claims.claim_view(desk.record, known).lanes if known else None


#: What draws the picture of each screen; a prefix that ends in "/" takes what follows under the name "".
VIEWS: dict[str, Callable[[Desk, Asked], Picture | None]] = {
    "/relation": _relation,
    "/relation/words": _words,
    "/partners": _partners,
    "/claims/": _claim,
    "/sources": _sources,
}
