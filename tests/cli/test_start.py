"""Only what reads stories loads what reading takes: a thousand patterns are made when the passes are imported."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("ficshelf.passes", "ficshelf.readers")
TELL = f"""
import atexit, sys
atexit.register(lambda: print("loaded:", *[name for name in {HEAVY} if name in sys.modules], file=sys.stderr))
"""
COMMAND = f"""{TELL}
from ficshelf.cli import main
main()
"""
PAGES = f"""{TELL}
from pathlib import Path
from ficshelf import library
library.setup(Path(sys.argv[1]))
from django.test import Client
assert [Client().get(page).status_code for page in ("/", "/works/1")] == [200, 200]
"""


def loaded(script: str, *arguments: str) -> list[str]:
    """Which of the heavy packages a process has loaded when it ends."""
    run = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    assert done.returncode == 0, done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("loaded:"), done.stderr
    return last.split()[1:]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "lamp.txt"
    path.write_text("Title: The Lamp\nAuthor: Quill\n\nThe lamp was lit at dusk.\n\nNobody came up the stairs.\n")
    return path


@pytest.fixture(scope="module")
def library(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one story. Its files are read by other processes than the one that adds."""
    folder = tmp_path_factory.mktemp("library") / "library"
    assert loaded(COMMAND, "add", str(story), "--library", str(folder)) == []
    return folder


@pytest.mark.parametrize("command", ["find lamp", "people", "review --list", "wish list", "check", "reindex"])
def test_what_reads_no_story_loads_no_passes(library: Path, command: str) -> None:
    assert loaded(COMMAND, *command.split(), "--library", str(library)) == []


def test_what_carries_works_away_loads_no_passes(library: Path, tmp_path: Path) -> None:
    books, copy = tmp_path / "books", tmp_path / "library"
    assert loaded(COMMAND, "export", "1", "--to", str(books), "--library", str(library)) == []
    shutil.copytree(library, copy)
    assert loaded(COMMAND, "takedown", "1", "--yes", "--library", str(copy)) == []


def test_pages_load_no_passes(library: Path) -> None:
    assert loaded(PAGES, str(library)) == []


@pytest.mark.parametrize("words", ["--version", "--help", "find --help"])
def test_help_loads_no_passes(words: str) -> None:
    assert loaded(COMMAND, *words.split()) == []


def test_what_reads_a_story_loads_them(story: Path) -> None:
    assert loaded(COMMAND, "read", str(story)) == list(HEAVY)
