"""The sheet that a picture is drawn on: shapes and words in, SVG text out.

All coordinates are absolute (no transforms), in pixels of the drawing. Every string is escaped; links may only lead to
places of the page, relative addresses, http and https.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Literal

from dateline.present.pictures.colours import COLOURS
from dateline.present.pictures.data import Key
from dateline.present.pictures.lettering import FAMILIES, clean, width

Anchor = Literal["start", "middle", "end"]
#: Sizes of words, in pixels of the drawing.
TITLE, TEXT, SMALL = 17.0, 13.0, 12.0
MARGIN = 12.0
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")


class Theme(StrEnum):
    """On which background: as the reader's screen has it (paper where it has no wish, and in print), or always one."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Style:
    """How a picture is drawn, whatever it shows.

    ``width`` is that of the drawing in pixels: it sets how much fits, since words keep their size; 360 suits a phone,
    960 a page. ``href`` gives each mark its link, or ``None``. ``prefix`` keeps the ids of several
    pictures on one page apart. Without ``css`` the drawing carries no rules and no style attribute, for pages whose
    policy forbids both: they load the rules that ``stylesheet`` gives; such a drawing is also shorter.
    """

    width: int = 960
    theme: Theme = Theme.AUTO
    href: Callable[[Key], str | None] | None = None
    prefix: str = "picture"
    css: bool = True

    def __post_init__(self) -> None:
        if self.width < 320:
            raise ValueError(f"a picture is at least 320 wide, not {self.width}")
        if not re.fullmatch(r"[A-Za-z][\w-]*", self.prefix):
            raise ValueError(f"{self.prefix!r} cannot begin an id")


class _Link:
    """An open link: a page has hundreds, for which a generator would take its time."""

    __slots__ = ("_parts",)

    def __init__(self, parts: list[str] | None) -> None:
        self._parts = parts

    def __enter__(self) -> None:
        return

    def __exit__(self, *problem: object) -> None:
        if self._parts is not None:
            self._parts.append("</a>")


class Sheet:
    """A drawing under way. ``y`` is how far down it has come; whoever draws moves it on."""

    def __init__(self, style: Style, title: str, about: str) -> None:
        self.style, self.title, self.about = style, clean(title), clean(about)
        self.left, self.right = MARGIN, style.width - MARGIN
        self.y = MARGIN
        self._parts: list[str] = []
        #: heights between which lines across the picture may run: where marks are, and no words
        self.bodies: list[tuple[float, float]] = []
        #: what a page's script must know of the drawing; told where the drawing is part of a page (``css`` is false)
        self.facts: dict[str, str] = {}

    @property
    def terse(self) -> bool:
        """Whether few letters matter: on a page, where each bar is a link."""
        return self.style.href is not None and not self.style.css

    @property
    def room(self) -> float:
        return self.right - self.left

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = SMALL,
        anchor: Anchor = "start",
        css: str = "",
        bold: bool = False,
    ) -> None:
        """Words on one line; ``y`` is the line that they stand on."""
        classes = " ".join(filter(None, (css, "b" if bold else "")))
        extra = f' class="{classes}"' if classes else ""
        extra += "" if anchor == "start" else f' text-anchor="{anchor}"'
        start = f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}"{extra}>'
        self._parts.append(f"{start}{escape(words, quote=False)}</text>")

    def rect(
        self, x: float, y: float, w: float, h: float, css: str, key: Key | None = None, tip: str | None = None
    ) -> None:
        self._mark(f'<rect class="{css}" x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}"', "rect", key, tip)

    def circle(
        self, x: float, y: float, r: float, css: str, key: Key | None = None, tip: str | None = None
    ) -> None:
        self._mark(f'<circle class="{css}" cx="{n(x)}" cy="{n(y)}" r="{n(r)}"', "circle", key, tip)

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str, key: Key | None = None) -> None:
        self._mark(f'<line class="{css}" x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}"', "line", key, None)

    def path(self, d: str, css: str, key: Key | None = None, tip: str | None = None) -> None:
        """``d`` as SVG has it; numbers come from ``n`` or are short."""
        self._mark(f'<path class="{css}" d="{d}"', "path", key, tip)

    def polygon(
        self, points: Iterable[tuple[float, float]], css: str, key: Key | None = None, tip: str | None = None
    ) -> None:
        self.path("M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + "Z", css, key, tip)

    def drawn(self) -> tuple[str, ...]:
        """All that was drawn so far, for ``put`` on sheets that have the same in the same place."""
        return tuple(self._parts)

    def put(self, drawn: Iterable[str]) -> None:
        self._parts += drawn

    def here(self) -> int:
        """This place in the order of drawing, for ``beneath``."""
        return len(self._parts)

    def beneath(self, place: int, draw: Callable[[], None]) -> None:
        """Draws under all that was drawn since ``place``."""
        over, self._parts = self._parts[place:], self._parts[:place]
        draw()
        self._parts += over

    def group(self, label: str) -> None:
        """Opens a group that a screen reader can name; ``end_group`` closes it."""
        self._parts.append(f'<g aria-label="{escape(clean(label))}">')

    def end_group(self) -> None:
        self._parts.append("</g>")

    def link(self, key: Key, tip: str) -> _Link:
        """All that is drawn inside ``with`` leads to one place."""
        return self.linked(self.target(key), tip)

    def linked(self, target: str | None, tip: str) -> _Link:
        """As ``link``, with the place itself."""
        if target:
            words = escape(clean(tip), quote=False)
            self._parts.append(f'<a href="{escape(target)}"><title>{words}</title>')
        return _Link(self._parts if target else None)

    def box(self, x: float, y: float, w: float, h: float, css: str) -> None:
        """A rectangle in few letters, to a tenth of a pixel."""
        self._parts.append(f'<path class="{css}" d="M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h-{w:.1f}z"/>')

    def twice(self, d: str, under: str, over: str) -> None:
        """One path drawn twice, one over the other, in few letters."""
        name = f"{self.style.prefix}-{len(self._parts)}"
        uses = "".join(f'<use href="#{name}" class="{css}"/>' for css in (under, over))
        self._parts.append(f'<defs><path id="{name}" d="{d}"/></defs>{uses}')

    def _mark(self, start: str, tag: str, key: Key | None, tip: str | None) -> None:
        inner = f"<title>{escape(clean(tip), quote=False)}</title>" if tip else ""
        target = self.target(key)
        if target and not self.style.css:
            # short, since a page has some hundred marks: where the link leads tells what the mark stands for
            self._parts.append(f'<a href="{escape(target)}">{inner}{start}/></a>')
            return
        attributes = _attributes(key) if key else ""
        shape = f"{start}{attributes}>{inner}</{tag}>" if inner else f"{start}{attributes}/>"
        label = f' aria-label="{escape(clean(tip))}"' if tip else ""
        self._parts.append(f'<a href="{escape(target)}"{label}>{shape}</a>' if target else shape)

    def target(self, key: Key | None) -> str | None:
        """Where a mark leads."""
        if not key or not self.style.href:
            return None
        target = self.style.href(key)
        return target if target and safe(target) else None

    def svg(self) -> str:
        """The finished drawing, ``y`` high."""
        width_, height, prefix = self.style.width, n(self.y + MARGIN), self.style.prefix
        ids = f"{prefix}-title", f"{prefix}-about"
        # what stands inside an "img" is hidden from a screen reader: with links the picture is a group
        role = "group" if self.style.href else "img"
        fitting = ' style="max-width:100%;height:auto"' if self.style.css else self._told()
        rules = [f"<style>{_css(self.style)}</style>"] if self.style.css else []
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="dl" id="{prefix}" width="{width_}" height="{height}"'
            f' viewBox="0 0 {width_} {height}"{fitting} role="{role}"'
            f' aria-labelledby="{ids[0]} {ids[1]}" font-family="{FAMILIES}" direction="ltr">'
        )
        words = f'<title id="{ids[0]}">{escape(self.title)}</title><desc id="{ids[1]}">{escape(self.about)}</desc>'
        paper = f'<rect class="paper" width="{width_}" height="{height}"/>'
        return "\n".join([head, words, *rules, paper, *self._parts, "</svg>\n"])

    def _told(self) -> str:
        return "".join(f' data-{name}="{escape(value)}"' for name, value in self.facts.items())


def n(number: float) -> str:
    """A coordinate, short: two digits, no trailing zeros."""
    if -0.005 < number < 0:
        return "0"
    told = f"{number:.2f}"
    if told[-1] != "0":
        return told
    return told[:-3] if told[-2] == "0" else told[:-1]


def safe(target: str) -> bool:
    """Whether a link may lead there: never to a script.

    >>> safe("#s12"), safe("/days/2024-03-11"), safe("https://example.org"), safe(" JavaScript:alert(1)")
    (True, True, True, False)
    """
    if target.startswith("/"):
        return True
    bare = re.sub(r"[\x00-\x20]", "", target)
    scheme = _SCHEME.match(bare)
    return scheme is None or scheme[1].lower() in ("http", "https")


def _attributes(key: Key) -> str:
    fields = [("kind", key.kind), ("period", key.period), ("side", key.side), ("quad", key.quad), ("id", key.id)]
    if key.periods != 1:
        fields.append(("periods", str(key.periods)))
    return "".join(f' data-{name}="{escape(clean(value))}"' for name, value in fields if value)


#: What is filled, what is only a line; the rest of the look, which no background changes.
_LINES = (
    ".dl .b{font-weight:700}"
    ".dl .grid{stroke-width:1;fill:none}.dl .axis{stroke-width:1;fill:none}.dl .rule{stroke-width:1;fill:none}"
    ".dl .moment{stroke-width:1.25;stroke-dasharray:4 3;fill:none}"
    ".dl .said{fill:none;stroke-width:1.25}.dl .halo{fill:none;stroke-width:3;stroke-opacity:.7}"
    ".dl .thick{stroke-width:3;fill:none}.dl .thin{stroke-width:1.5;fill:none}"
    ".dl .haloed{paint-order:stroke;stroke-width:3;stroke-linejoin:round}"
    ".dl .hatch{stroke-width:1;fill:none}.dl .ring{stroke-width:2}.dl .median{stroke-width:2.5;fill:none}"
    ".dl .under{stroke-width:6;fill:none}"
    ".dl a:focus-visible{outline:none}.dl a:hover>*,.dl a:focus-visible>*{stroke-width:2;stroke-opacity:1}"
)


def _css(style: Style) -> str:
    """The rules of this picture alone: another on the same page may have another ground."""
    return _rules(style.theme).replace(".dl ", f"#{style.prefix} ")


def stylesheet() -> str:
    """The rules of all pictures that are drawn without their own, for a page to load once."""
    own = "svg.dl{max-width:100%;height:auto}\n.dl .hit{fill:none;stroke:none;pointer-events:all}\n"
    own += ".dl .halo{pointer-events:none}\n"  # it lies over the mark that is a link
    return _rules(Theme.AUTO).replace("}", "}\n") + own


def _rules(theme: Theme) -> str:
    rules = _LINES + _colours(1 if theme is Theme.DARK else 0)
    if theme is Theme.AUTO:
        # not in print: a dark screen prints on white
        rules += f"@media screen and (prefers-color-scheme:dark){{{_colours(1)}}}"
    return rules


def _colours(at: int) -> str:
    """The rules of one background; plain selectors and values only, which every renderer of SVG knows."""
    of = {role: pair[at] for role, pair in COLOURS.items()}
    fills = "".join(f".dl .{role}{{fill:{colour}}}" for role, colour in of.items())
    strokes = "".join(f".dl .s-{role}{{stroke:{colour}}}" for role, colour in of.items())
    return (
        f".dl text{{fill:{of['ink']}}}{fills}{strokes}.dl text.dim{{fill:{of['dim']}}}"
        f".dl .grid{{stroke:{of['grid']};fill:none}}.dl .axis{{stroke:{of['ink']}}}.dl .rule{{stroke:{of['dim']}}}"
        f".dl .moment{{stroke:{of['ink']}}}.dl .said{{stroke:{of['ink']}}}.dl .halo{{stroke:{of['paper']}}}"
        f".dl .hatch{{stroke:{of['dim']}}}.dl .under{{stroke:{of['paper']}}}"
        f".dl .haloed{{stroke:{of['paper']}}}"
        f".dl .ring{{fill:{of['paper']}}}.dl .median{{stroke:{of['ink']}}}.dl a:hover>*,.dl a:focus-visible>*"
        f"{{stroke:{of['ink']}}}"
    )


def wide(words: str, size: float = SMALL, bold: bool = False) -> float:
    """How wide the words are on a sheet, at most."""
    return width(words, size, bold)
