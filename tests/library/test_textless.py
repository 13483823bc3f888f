"""A story that an archive knew of, and none of whose text is there, is listed, counted, and found by its old link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tales import harbour
from test_exits import browser
from test_later_copies import LOST, TEXT, add

from ficshelf.library import models, wishes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "dump.sql").write_text(harbour(3, LOST))
    return folder


def page(library: Path, monkeypatch: pytest.MonkeyPatch, url: str, *, owner: bool = False) -> Any:
    return browser(monkeypatch, library, owner=owner).get(url, follow=True)


def url_of_archive() -> str:
    return f"/archives/{models.Record.objects.filter(key='balance').values_list('container', flat=True).get()}"


def test_it_is_told_and_counted(library: Path, folder: Path) -> None:
    report = add(library, folder)
    said = "\n".join(report.lines(library))
    assert "Known to the archive, and without any text (1)\n  The Lost Boat by Quill: Chapter 1 of 2 (“Out”)" in said
    assert "1 story of these is there without its text" in said
    (told,) = json.loads(json.dumps(report.as_dict()))["textless"]
    assert (told["title"], told["authors"], len(told["missing"])) == ("The Lost Boat", ["Quill"], 2)
    assert report.balances[0].textless == 1


def test_the_archives_page_lists_it(library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(library, folder)
    listed = page(library, monkeypatch, url_of_archive()).content.decode()
    assert "The Lost Boat" in listed
    shown = page(library, monkeypatch, "/viewstory.php?sid=9")
    assert shown.status_code == 200
    told = shown.content.decode()
    words = ("The Lost Boat", "Quill", "Nobody saw it.", "its text is not there", "Chapter 2 of 2", "Home", "Lovely.")
    for word in words:
        assert word in told, word


def test_it_is_listed_no_more_once_its_text_is_there(
    library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, folder)
    (folder / "stories" / "1").mkdir(parents=True)
    for number in (91, 92):
        (folder / "stories" / "1" / f"{number}.txt").write_text(TEXT.replace("lamp", f"lamp {number}"))
    assert add(library, folder).balances[0].textless == 0
    assert "The Lost Boat" not in page(library, monkeypatch, url_of_archive()).content.decode()
    work = models.Work.objects.get(title="The Lost Boat")
    assert page(library, monkeypatch, "/viewstory.php?sid=9").redirect_chain[-1][0] == f"/works/{work.pk}"


def test_one_that_was_not_public_is_the_owners_alone(
    library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = LOST | {"stories": [(9, "The Lost Boat", "", 1, "1", "1", 1, 0, 10**9, 10**9)]}
    (folder / "dump.sql").write_text(harbour(3, hidden))
    add(library, folder)
    at = models.Record.objects.get(kind="textless").pk
    for url in (url_of_archive(), f"{url_of_archive()}/pages/{at}", "/viewstory.php?sid=9"):
        assert "The Lost Boat" in page(library, monkeypatch, url, owner=True).content.decode(), url
        assert "The Lost Boat" not in page(library, monkeypatch, url).content.decode(), url


@pytest.mark.parametrize("entry", [("author", "Quill"), ("title", "The Lost Boat by Quill")])
def test_one_that_must_not_come_in_does_not(library: Path, folder: Path, entry: tuple[str, str]) -> None:
    wishes.add(wishes.Entry(*entry))
    report = add(library, folder)
    assert not models.Record.objects.filter(kind="textless").exists()
    assert "The Lost Boat" not in "\n".join(report.lines(library))
