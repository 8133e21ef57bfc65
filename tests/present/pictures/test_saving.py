"""Pictures as files: by the ending of the name, and a clear line where that cannot be."""

from __future__ import annotations

import builtins
import struct
from pathlib import Path
from typing import Any

import pytest

from dateline.present.pictures import PictureError, Style, draw, png, save
from dateline.present.pictures import saving as saving_module
from tests.present.pictures import made


def test_svg_is_what_is_drawn(tmp_path: Path) -> None:
    save(made.before_after(), tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text("utf-8") == draw(made.before_after())


def test_png_has_the_size_asked_for(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    save(made.before_after((made.HEBREW, made.LONG)), tmp_path / "a.PNG", Style(400), zoom=2)
    data = (tmp_path / "a.PNG").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20]) == (800,)


@pytest.mark.parametrize("name", ("a.pdf", "a", "svg"))
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PictureError, match=r"\.svg or \.png"):
        save(made.before_after(), tmp_path / name)


def test_without_the_extra_its_name_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return whole(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    saving_module._has_fonts.cache_clear()
    with pytest.raises(PictureError, match=r"dateline\[png\]"):
        save(made.before_after(), tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_without_fonts_no_png_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving_module, "_render", lambda svg, zoom, path: b"blank")
    saving_module._has_fonts.cache_clear()
    with pytest.raises(PictureError, match="no fonts"):
        png("<svg/>")
    saving_module._has_fonts.cache_clear()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"there is no folder .*none: make it first"):
        save(made.before_after(), tmp_path / "none" / "a.svg")
