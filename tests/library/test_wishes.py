"""What must not be imported is not, by whatever it is known."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import tale

from ficshelf.errors import LibraryError
from ficshelf.library import models, originals, wishes
from ficshelf.library.wishes import Entry

Add = Callable[..., Any]
Stories = Callable[[dict[str, str]], Path]

URL = "http://marsh.example/viewstory.php?sid=12"
STORM = tale("Storm", "Ada Fenn", extra=f"Archive: Marsh\nURL: {URL}")
CALM = tale("Calm", "Quill")


def titles() -> list[str]:
    return sorted(models.Work.objects.values_list("title", flat=True))


@pytest.mark.parametrize(
    "entry",
    [
        Entry("author", "ada  FENN"),
        Entry("url", URL),
        Entry("url", "https://www.marsh.example"),
        Entry("url", "marsh.example/viewstory.php"),
        Entry("file", hashlib.sha256(STORM.encode()).hexdigest().upper()),
        Entry("title", "“Storm” by Ada Fenn"),
    ],
)
def test_it_is_left_out_by_whatever_it_is_known(add: Add, stories: Stories, library: Path, entry: Entry) -> None:
    wishes.add(entry)
    report = add(stories({"storm.txt": STORM, "calm.txt": CALM}))
    assert titles() == ["Calm"]
    assert report.left_out == 1
    said = "\n".join(report.lines(library))
    assert "must not be imported asks: 1 work" in said
    assert "Storm" not in said
    assert "storm" not in said
    assert not originals.path_of(library, hashlib.sha256(STORM.encode()).hexdigest()).exists()
    assert not models.Source.objects.filter(sha256=hashlib.sha256(STORM.encode()).hexdigest()).exists()
    assert add(stories({})).left_out == 1  # at every add


@pytest.mark.parametrize(
    "entry",
    [
        Entry("author", "Ada"),
        Entry("url", "http://marsh.example/viewstory.php?sid=1"),
        Entry("url", "http://marsh.example/view"),
        Entry("title", "Storm by Quill"),
        Entry("file", "0" * 64),
    ],
)
def test_nothing_else_is_left_out(add: Add, stories: Stories, entry: Entry) -> None:
    wishes.add(entry)
    assert add(stories({"storm.txt": STORM, "calm.txt": CALM})).left_out == 0
    assert titles() == ["Calm", "Storm"]


def test_an_authors_other_names_count(add: Add, stories: Stories) -> None:
    names = [models.Person.objects.create(name=name, fold=name.lower()) for name in ("Ada Fenn", "Marsh Wren", "Wren2")]
    models.Alias.objects.create(person=names[0], other=names[1])
    models.Alias.objects.create(person=names[2], other=names[1])
    wishes.add(Entry("author", "Wren2"))
    add(stories({"storm.txt": STORM, "calm.txt": CALM}))
    assert titles() == ["Calm"]


def test_of_a_file_with_several_stories_only_the_one_is_left_out(add: Add, stories: Stories) -> None:
    both = f"{CALM}\n\nTHE END\n\n\n{STORM}\n\nTHE END\n"
    add(stories({"both.txt": both}))
    if titles() != ["Calm", "Storm"]:
        pytest.fail(f"the file should be read as two stories, not {titles()}")
    for table in (models.Work, models.Question, models.Source):
        table.objects.all().delete()
    wishes.add(Entry("author", "Ada Fenn"))
    add(stories({"both.txt": both}))  # and the library agrees with itself
    assert titles() == ["Calm"]


def test_a_zip_is_kept_whole_and_that_is_told(add: Add, tmp_path: Path, library: Path) -> None:
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("storm.txt", STORM)
        box.writestr("calm.txt", CALM)
    wishes.add(Entry("author", "Ada Fenn"))
    report = add(tmp_path / "box.zip")
    assert titles() == ["Calm"]
    assert "ficshelf takedown --container box.zip" in "\n".join(report.lines(library))


def test_of_a_zip_that_must_not_come_in_nothing_does(add: Add, tmp_path: Path, library: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as box:
        box.writestr("storm.txt", STORM)
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.write(tmp_path / "inner.zip", "inner.zip")
        box.writestr("calm.txt", CALM)
    wishes.add(Entry("file", hashlib.sha256((tmp_path / "box.zip").read_bytes()).hexdigest()))
    report = add(tmp_path / "box.zip")
    assert report.left_out == 2
    assert titles() == []
    assert not models.Source.objects.exists()
    assert not list(originals.all_of(library))
    (tmp_path / "calm.txt").write_text(CALM)
    add(tmp_path / "calm.txt")
    assert titles() == ["Calm"]


def test_pages_below_an_address_are_left_out_stories_or_not(add: Add, stories: Stories) -> None:
    wishes.add(Entry("url", "marsh.example/~wren"))
    links = "".join(f'<li><a href="{n}.html">Storm, part {n}</a></li>' for n in range(9))
    about = f"<html><title>My stories</title><body><h1>My stories</h1><ul>{links}</ul></body></html>"
    add(stories({"www.marsh.example/~wren/index.html": about, "www.marsh.example/~tern/index.html": about + "\n"}))
    paths = models.Place.objects.values_list("path", flat=True)
    assert [path.rpartition("example")[2] for path in paths] == ["/~tern/index.html"]


def test_what_comes_off_the_list_comes_in(add: Add, stories: Stories) -> None:
    wishes.add(Entry("author", "Ada Fenn", "asked by mail"))
    folder = stories({"storm.txt": STORM})
    add(folder)
    [(number, said, row)] = wishes.listed()
    assert (said, row.why) == ("author: Ada Fenn", "asked by mail")
    assert wishes.remove(number)
    assert not wishes.remove(number)
    add(folder)
    assert titles() == ["Storm"]


def test_the_list_is_taken_from_a_text(library: Path) -> None:
    text = (
        "# the list\n\nauthor: Ada Fenn # by mail\nhttp://a.example/\nStory: A Storm by B by Quill\nURL: b.example/x\n"
    )
    text += "0" * 64
    assert [tuple(one) for one in wishes.parsed(text.splitlines())] == [
        ("author", "Ada Fenn", "by mail"),
        ("url", "http://a.example/", ""),
        ("title", "A Storm by B by Quill", ""),
        ("url", "b.example/x", ""),
        ("file", "0" * 64, ""),
    ]
    assert wishes.import_lines(text.splitlines()) == 5
    assert wishes.import_lines(text.splitlines()) == 0


@pytest.mark.parametrize(
    "line", ["nonsense", "author:", "title: Storm", "url: nowhere", "sha256: 12", "author: \0", "a" * 9999]
)
def test_a_line_that_names_nothing_is_told_and_nothing_taken(library: Path, line: str) -> None:
    with pytest.raises(LibraryError, match="Line 2"):
        wishes.import_lines(["author: Ada Fenn", line])
    assert not models.Wish.objects.exists()
