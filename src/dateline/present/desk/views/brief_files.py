"""A brief as a file, the same twice: Markdown (CommonMark) and, with the extra ``docx``, a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from dateline.errors import ExportError
from dateline.present.desk.views.brief import Brief, Shown

#: Every sign that CommonMark, or HTML inside it, could take for markup (CommonMark 0.31, section 2.4).
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$^=:\"'])")
#: The day of every part of a Word document: files made twice are the same twice.
_EPOCH = (1980, 1, 1, 0, 0, 0)
NO_DOCX = "Word documents need python-docx: install it with pip install 'dateline[docx]'. Markdown works without it."


def provenance(record: str) -> str:
    """From which record a brief is, and by what it was read; the last line of each."""
    from dateline import __version__
    from dateline.model import CODEBOOK

    return f"From the record “{record}”, read by Dateline {__version__} with the codebook {CODEBOOK}."


# --- Markdown


def markdown(brief: Brief, items: Sequence[Shown], origin: str, told: str) -> str:
    """A brief as Markdown; ``origin`` stands before the addresses of this desk. Words of reports are escaped."""
    return "\n\n".join((*_blocks(brief, items, origin), _escaped(told))) + "\n"


def _blocks(brief: Brief, items: Sequence[Shown], origin: str) -> Iterator[str]:
    yield f"# {_escaped(brief.title)}"
    for shown in items:
        item = shown.item
        if item.kind == "heading":
            yield f"## {_escaped(item.text)}"
        elif item.kind == "remark":
            yield "\\\n".join(_escaped(line) for line in item.text.splitlines() if line) if item.text else ""
        elif item.kind == "picture":
            yield f"**Picture:** [{_escaped(item.text)}](<{_address(origin + item.address)}>)"
            if item.about:
                yield _escaped(item.about)
        else:
            told = [f"> {_escaped(item.text)} [^{shown.note}]"]
            if item.facts:
                told += [">", f"> {_escaped(item.facts)}"]
            for line in shown.changed:
                told += [">", f"> *{_escaped(line)}*"]
            yield "\n".join(told)
    notes = [s for s in items if s.note]
    if notes:
        yield "## Sources"
        yield "\n".join(f"[^{s.note}]: {_escaped(s.citation)} {_key(s)} <{_address(origin + s.item.address)}>"
                        for s in notes)  # fmt: skip


def _key(shown: Shown) -> str:
    """What names the sentence itself: the key of the entry, or the report's with an offset."""
    item = shown.item
    return f"\\[{item.key}{f' at {item.at}' if item.at is not None else ''}\\]"


def _escaped(text: str) -> str:
    """Words that Markdown shows as they are, and that hold no tag for those who take them for HTML.

    >>> print(_escaped("1. <b>*"))
    1\\. &lt;b\\>\\*
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split())).replace("\\<", "&lt;")


def _address(text: str) -> str:
    return re.sub(r"[<>\s\\]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), text)


# --- Word


def docx(brief: Brief, items: Sequence[Shown], origin: str, told: str) -> bytes:
    """A brief as a Word document, A4. Raises ``ExportError`` where python-docx is not installed."""
    try:
        from docx import Document
        from docx.shared import Mm
    except ImportError:
        raise ExportError("docx", NO_DOCX) from None
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
    document.add_heading(_clean(brief.title), 0)
    for shown in items:
        _add(document, shown)
    notes = [s for s in items if s.note]
    if notes:
        document.add_heading("Sources", 1)
    for s in notes:
        at = f" at {s.item.at}" if s.item.at is not None else ""
        address = f"{origin}{s.item.address}"
        document.add_paragraph(_clean(f"{s.note}. {s.citation} [{s.item.key}{at}] {address}"))
    document.add_paragraph(_clean(told))
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = _clean(brief.title)[:255], "Dateline", "Dateline"
    facts.created = facts.modified = datetime(*_EPOCH)
    made = io.BytesIO()
    document.save(made)
    return _same(made.getvalue())


def _add(document: Any, shown: Shown) -> None:
    item = shown.item
    if item.kind == "heading":
        document.add_heading(_clean(item.text), 1)
    elif item.kind == "remark":
        document.add_paragraph(_clean(item.text))
    elif item.kind == "picture":
        _add_picture(document, shown)
    else:
        quoted = document.add_paragraph(style="Quote")
        for piece in shown.pieces:
            run = quoted.add_run(_clean(" ".join(re.split(r"[\r\n\t]+", piece.text))))
            run.bold = "event" in piece.classes.split() or None
        note = quoted.add_run(f" {shown.note}")
        note.font.superscript, note.italic = True, False
        if item.facts:
            document.add_paragraph(_clean(item.facts))
        for line in shown.changed:
            document.add_paragraph().add_run(_clean(line)).bold = True


def _add_picture(document: Any, shown: Shown) -> None:
    """The drawing where PNG can be made (extra ``png``), and always its title and what is to be seen."""
    from docx.shared import Mm

    from dateline.present.pictures import PictureError, png

    item = shown.item
    if item.svg:
        with suppress(PictureError):  # without the extra the words stand for the picture
            document.add_picture(io.BytesIO(png(item.svg)), width=Mm(160))
    document.add_paragraph(_clean(item.text), style="Caption")
    if item.about:
        document.add_paragraph(_clean(item.about))


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    """Words that XML 1.0 can hold (section 2.2)."""
    return _NOT_XML.sub("\ufffd", text)


def _same(made: bytes) -> bytes:
    """The same document without the time at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in sorted(old.infolist(), key=lambda p: (p.filename != "[Content_Types].xml", p.filename)):
            new.writestr(zipfile.ZipInfo(part.filename, _EPOCH), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
