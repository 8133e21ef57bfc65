"""What the documentation shows is what happens."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.present.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_CONSOLE = re.compile(r"```console\n(.*?)```", re.S)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def examples(page: Path) -> list[tuple[str, str]]:
    """(command, output as printed in the page) for each console example, in the order of the page."""
    found = []
    for block in _CONSOLE.findall(page.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_examples(page: Path) -> None:
    failed, _ = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )
    assert failed == 0


#: These set up a machine; the continuous build runs them.
_SETS_UP = ("make", "git", "pip", "cd ")


#: A command with none of these is run in this process, which has loaded the language model already. What reads
#: listens to signals and writes to the standard output of a process of its own.
_FOR_A_SHELL = re.compile(r"[|<>&;$*?~`]|^dateline read ")


def printed(command: str, environment: dict[str, str | None]) -> str:
    if command.startswith("dateline ") and not _FOR_A_SHELL.search(command):
        told = CliRunner().invoke(app, shlex.split(command)[1:], env=environment, catch_exceptions=False)
        return told.stdout + told.stderr
    known = {name: value for name, value in (os.environ | environment).items() if value is not None}
    done = subprocess.run(["bash", "-c", command], env=known, capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_console_examples(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of a page run one after the other in one folder, as a reader would type them."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {"PATH": path, "COLUMNS": "80", "DATELINE_RECORD": None}
    for command, output in examples(page):
        if command.startswith(_SETS_UP):
            continue
        shown = printed(command, environment)
        pattern = ".*".join(re.escape(part.strip("\n")) for part in output.rstrip("\n").split("..."))
        assert re.search(pattern, shown, re.S), f"{page.name}: $ {command}\nprinted\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_command_and_option_is_documented() -> None:
    import typer.main

    text = " ".join(page.read_text("utf-8") for page in PAGES)
    commands = typer.main.get_command(app)
    for name, command in commands.commands.items():  # type: ignore[attr-defined]
        assert f"dateline {name}" in text
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in text, f"{name} {option}"
