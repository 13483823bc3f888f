"""An author's wish that comes after the archive: the profile goes at once, the works when they are taken down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tales import left
from test_exits import browser
from test_traces import AUTHOR, PHRASE, TITLE, archive, filled, told
from typer import Typer
from typer.testing import CliRunner

from ficshelf.cli import takedown as takedown_command
from ficshelf.cli import wish as wish_command
from ficshelf.library import models

MORE = {"authorfields": [], "reviews": [(993, 7, 0, "Ann", 0, "A series!", 10**9, 5, 0, "SE")]}


def ask(command: Any, library: Path, *arguments: str) -> str:
    app = Typer()
    app.callback()(lambda: None)
    command.register(app)
    done = CliRunner().invoke(app, [*arguments, "--library", str(library)])
    assert done.exit_code == 0, done.output
    return str(done.output)


@pytest.fixture
def rescued(library: Path, tmp_path: Path) -> Path:
    filled(library, tmp_path / "old")
    return library


def test_the_profile_goes_at_once_and_the_works_are_named(
    rescued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert left(rescued, "reed bed", "wren@example.org")
    said = ask(wish_command, rescued, "wish", "add", "--author", AUTHOR.upper())
    work = models.Work.objects.get(title=TITLE)
    assert f"The profile of {AUTHOR} is gone from the library." in said
    assert f"  {TITLE}: ficshelf takedown {work.pk}" in said
    filled(rescued, tmp_path / "old")
    assert left(rescued, "reed bed", "wren@example.org") == []
    page = browser(monkeypatch, rescued, owner=True).get("/people/Marsh%20Wren/").content.decode()
    assert TITLE in page
    assert "reed bed" not in page
    assert told("Tern") == ["Quagmire Nights", "Harbour Tale 1 (boats)"]  # “favourite author: Marsh Wren” is gone
    assert models.Review.objects.filter(reviewer=AUTHOR).count() == 1  # what they said of others' stories stays


def test_all_of_an_author_is_taken_down_by_name(rescued: Path, tmp_path: Path) -> None:
    said = ask(takedown_command, rescued, "takedown", "--author", "marsh wren", "--yes")
    assert f"{TITLE} by {AUTHOR}" in said
    assert "and their profile in the archive" in said
    words = ("reed bed", "wren@example.org", TITLE, PHRASE, "Quagmire")
    assert left(rescued, *words) == []
    assert told("Tern") == ["Harbour Tale 1 (boats)"]
    report = filled(rescued, tmp_path / "old")
    assert report.left_out == 1
    assert left(rescued, *words) == []
    assert not models.Person.objects.filter(name=AUTHOR).exists()
    assert f"author: {AUTHOR}" in ask(wish_command, rescued, "wish", "list")


def test_a_name_that_nobody_has_is_told(rescued: Path) -> None:
    from ficshelf.errors import FicshelfError

    app = Typer()
    takedown_command.register(app)
    done = CliRunner().invoke(app, ["--author", "Nobody", "--yes", "--library", str(rescued)])
    assert isinstance(done.exception, FicshelfError)
    assert "ficshelf people" in str(done.exception)


def test_off_the_list_the_profile_comes_back(rescued: Path, tmp_path: Path) -> None:
    ask(wish_command, rescued, "wish", "add", "--author", AUTHOR)
    ask(wish_command, rescued, "wish", "remove", "1")
    filled(rescued, tmp_path / "old")
    assert models.Record.objects.get(kind="person", name=AUTHOR).person is not None
    assert AUTHOR in told("Tern")


def test_an_archive_whose_author_is_on_the_list_is_whole_without_them(library: Path, tmp_path: Path) -> None:
    ask(wish_command, library, "wish", "add", "--author", AUTHOR)
    filled(library, tmp_path / "old", text=archive(MORE))
    assert left(library, "reed bed", "wren@example.org", TITLE, PHRASE, "Quagmire") == []
    assert told("Tern") == ["Harbour Tale 1 (boats)"]
