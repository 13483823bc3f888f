"""`ficshelf export`: works of a library as books in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from odd_works import block
from pytest_django.plugin import DjangoDbBlocker
from typer.testing import CliRunner, Result

from ficshelf.cli import export as command
from ficshelf.errors import FicshelfError

Run = Callable[..., Result]


@pytest.fixture
def library(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A library of four works: two of one title, one without a title."""
    from ficshelf.library import setup

    with django_db_blocker.unblock():
        folder = setup(tmp_path / "library")
        for title, author in (("The Lamp", "Wren"), ("Rain on Baker Street", "Ash"), ("The Lamp", "Wren"), ("", "")):
            _add(title, author)
        yield folder


def _add(title: str, author: str) -> None:
    from ficshelf.library import models
    from ficshelf.library.blocks import pack

    row = models.Work.objects.create(identity=f"work {models.Work.objects.count()}", title=title)
    for name, value in (("title", title), ("author", author)):
        if value:
            models.Fact.objects.create(work=row, name=name, value=value)
    if author:
        person, _ = models.Person.objects.get_or_create(name=author, fold=author.lower())
        models.Credit.objects.create(work=row, person=person)
    models.Chapter.objects.create(work=row, position=1, blocks=pack((block("paragraph", f"Rain, {row.pk}."),)))


@pytest.fixture
def run(library: Path, tmp_path: Path) -> Run:
    app = typer.Typer()
    command.register(app)

    def run(*words: str) -> Result:
        arguments = [*words, "--to", str(tmp_path / "books"), "--library", str(library)]
        return CliRunner().invoke(app, arguments, catch_exceptions=True)

    return run


def books(tmp_path: Path) -> list[str]:
    return sorted(os.listdir(tmp_path / "books"))


def test_every_work_becomes_a_book_of_its_own(run: Run, tmp_path: Path) -> None:
    result = run("--all")
    assert result.exit_code == 0, result.output
    assert books(tmp_path) == [
        "Ash - Rain on Baker Street.epub", "Wren - The Lamp (3).epub", "Wren - The Lamp.epub", "untitled-4.epub",
    ]  # fmt: skip
    assert f"4 books in {tmp_path / 'books'}: 4 written." in result.output


def test_run_again_it_writes_nothing_anew(run: Run, tmp_path: Path) -> None:
    run("--all")
    for name in books(tmp_path):
        os.utime(tmp_path / "books" / name, (1, 1))
    result = run("--all")
    assert "4 already there" in result.output
    assert {(tmp_path / "books" / name).stat().st_mtime for name in books(tmp_path)} == {1.0}


def test_stopped_it_goes_on_where_it_was(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = command._write
    seen: list[object] = []

    def stop_at_the_third(*arguments: object) -> object:
        seen.append(arguments)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "_write", stop_at_the_third)
    result = run("--all")
    assert result.exit_code == 130
    assert "Stopped. 2 books" in result.output
    assert "Run the same line again" in result.output
    monkeypatch.undo()
    assert ": 2 already there, 2 written." in run("--all").output


def test_a_changed_work_is_brought_up_to_date(run: Run, tmp_path: Path) -> None:
    from ficshelf.library import models

    run("2")
    models.Fact.objects.create(work_id=2, name="summary", value="Rain.")
    assert "1 brought up to date" in run("2").output
    assert books(tmp_path) == ["Ash - Rain on Baker Street.epub"]


@pytest.mark.parametrize("asked", ["2", "#2", "baker street", "RAIN on baker STREET"])
def test_a_work_is_named_by_number_or_by_words_of_its_title(run: Run, tmp_path: Path, asked: str) -> None:
    assert run(asked).exit_code == 0
    assert books(tmp_path) == ["Ash - Rain on Baker Street.epub"]


def test_works_of_one_title_are_all_meant_by_it(run: Run, tmp_path: Path) -> None:
    assert run("the lamp").exit_code == 0
    assert books(tmp_path) == ["Wren - The Lamp (3).epub", "Wren - The Lamp.epub"]


@pytest.mark.parametrize("asked", ["moriarty", "99", "", "9" * 40])
def test_a_work_that_is_not_there_is_told_with_the_next_step(run: Run, tmp_path: Path, asked: str) -> None:
    result = run(asked)
    assert isinstance(result.exception, FicshelfError)
    assert "no work of this library has that number or title" in str(result.exception)
    assert not (tmp_path / "books").exists()


def test_what_a_search_finds_is_exported(run: Run, tmp_path: Path) -> None:
    assert run("--find", "title:lamp author:wren").exit_code == 0
    assert books(tmp_path) == ["Wren - The Lamp (3).epub", "Wren - The Lamp.epub"]
    assert run("4", "--find", "baker street").exit_code == 0
    assert len(books(tmp_path)) == 4


def test_a_search_is_exported_to_its_last_page(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_A_PAGE", 1)
    assert run("--find", "rain").exit_code == 0
    assert len(books(tmp_path)) == 4


def test_a_search_that_finds_nothing_is_told(run: Run, tmp_path: Path) -> None:
    assert "nothing in this library is found" in str(run("--find", "moriarty").exception)
    assert not (tmp_path / "books").exists()


def test_asking_for_nothing_or_for_another_format_is_told(run: Run) -> None:
    assert "Which works?" in str(run().exception)
    assert "There is: epub" in str(run("--all", "--format", "mobi").exception)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "CON.epub"),
        ("Who? What: <this>/that", "Who_ What_ _this__that.epub"),
        ("The Lamp...", "The Lamp.epub"),
        ("../../etc/passwd", "etc_passwd.epub"),
        ("Дождь", "Дождь.epub"),
        ("\u202egpj.exe", "gpj.exe.epub"),
        ("", "untitled-7.epub"),
    ],
)
def test_file_names_are_safe_everywhere(title: str, name: str) -> None:
    first, second = command.file_names(title, "", 7, ".epub")
    assert first.lstrip("_") == name
    assert first != "CON.epub"
    assert "(7)" in second


@pytest.mark.parametrize("title", ["word " * 200, "日本" * 200, "é" * 300, "👩‍👩‍👧" * 40])
def test_long_titles_make_file_names_of_a_bearable_length(title: str) -> None:
    for name in command.file_names(title, "Wren", 7, ".epub"):
        assert len(name.encode()) <= 150
        assert name.endswith(".epub")
    assert command.file_names(title, "Wren", 7, ".epub")[1].endswith(" (7).epub")
