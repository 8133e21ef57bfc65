"""How a page is made: one template language for all screens, links that hold the state, numbers in the reader's way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

from dateline.present.desk.people import Person
from dateline.present.desk.state import Desk
from dateline.present.desk.views.actions import citation_of, exports_of

if TYPE_CHECKING:
    from jinja2 import Template

#: The screens, in the order of the bar: address, name, and what is asked there.
SCREENS = (
    ("/relation", "Relation", "What two actors do to each other, and whether it changed"),
    ("/partners", "Partners", "All relations of one actor"),
    ("/search", "Search", "Sentences, statements and events by words and filters"),
    ("/claims", "Claims", "Who asserts, denies or doubts what"),
    ("/actors", "Actors", "People, offices, states and groups"),
    ("/sources", "Sources", "What was read, what was not, and where there are gaps"),
    ("/codebook", "Codebook", "What the codes mean, with examples of this record"),
    ("/corrections", "Corrections", "What people decided, with undo"),
    ("/brief", "Brief", "Sentences and pictures picked for a page of your own"),
)


def desk_of(request: Request) -> Desk:
    """The desk that answers this request."""
    found: Desk = request.app.state.desk
    return found


def person_of(request: Request) -> Person:
    """Who asks: whoever stands before every answer has let them in."""
    found: Person = request.state.person
    return found


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("dateline.present.desk", "templates"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals.update(screens=SCREENS, static=static, exports_of=exports_of, citation_of=citation_of)
    made.filters.update(link=link)
    from dateline.present.desk.views import entries  # which itself needs links

    made.filters.update(shown=entries.shown, plain=entries.plain, days=entries.days, day_html=entries.day_html,
                        actor_html=entries.actor_html, marked_html=entries.marked_html,
                        published_html=entries.published_html)  # fmt: skip
    return made


@cache
def static(name: str) -> str:
    """The address of a file of the page, with a mark of what is in it, so that browsers may keep it for ever."""
    from hashlib import sha256

    content = files("dateline.present.desk").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:10]}"


def link(path: str, **asked: Any) -> str:
    """An address with the parameters that are set.

    >>> link("/search", words="grain deal", since=None, copies=True)
    '/search?words=grain+deal&copies=1'
    """
    told = {name: "1" if value is True else value for name, value in asked.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(told, doseq=True)}" if told else path


def came_from(request: Request, otherwise: str) -> str:
    """The page of this desk on which a form stood, as far as the browser tells it."""
    came = urlsplit(request.headers.get("referer", ""))
    path = came.path + (f"?{came.query}" if came.query else "")
    here = came.netloc == request.headers.get("host") and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if here and path.isprintable() and "\\" not in path else otherwise


def locale_of(request: Request) -> Locale:
    """The first of the reader's languages whose numbers can be written; English where none can."""
    for part in request.headers.get("accept-language", "").split(",")[:5]:
        try:
            return _locale(part.split(";")[0].strip())
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return _locale("en")


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name, sep="-")


def page(request: Request, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A screen, with what every screen shows; a part of one where htmx asks for a part."""
    return HTMLResponse(rendered(request, template, **shown), status, headers={"vary": "HX-Request, Accept-Language"})


def rendered(request: Request, template: str, **shown: Any) -> str:
    """The words of a page."""
    return _template(template).render(**_base(request), **shown)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@lru_cache(4_096, typed=True)
def _decimal(number: float, locale: Locale) -> str:
    """A number as people of a language write it: most of a page's are small, and stand on the next page as well."""
    return format_decimal(number, locale=locale)


def _base(request: Request) -> Mapping[str, Any]:
    desk = desk_of(request)
    person: Person | None = getattr(request.state, "person", None)
    locale = locale_of(request)
    return {
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "asked": dict(request.query_params),
        "person": person,
        "csrf": desk.people.csrf(person) if person else "",
        "signed": not desk.settings.open,
        "part": request.headers.get("hx-request") == "true",
        "n": lambda number: _decimal(number, locale),
        "record_name": desk.settings.record.stem,
        "read_only": desk.settings.read_only,
        "guided": "guided" in request.cookies,
        "origin": str(request.base_url).rstrip("/"),
        "today": datetime.now(UTC).date().isoformat(),
    }
