"""A folder of books: nothing that lies there is lost, nothing is written twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ficshelf.errors import CannotOpenError
from ficshelf.model import Work
from ficshelf.writers import epub
from ficshelf.writers.folder import Folder, Kept

NAMES = ["Lamp.epub", "Lamp (2).epub"]


def ours(path: Path) -> bool:
    return path.read_bytes().startswith(b"ours")


def theirs(path: Path) -> bool:
    return False


def test_a_new_file_is_written_and_the_same_one_is_left_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "books" / "new")
    path, kept = folder.keep(NAMES, b"ours 1", ours)
    assert (path.name, path.read_bytes(), kept) == ("Lamp.epub", b"ours 1", Kept.NEW)
    os.utime(path, (1, 1))
    assert folder.keep(NAMES, b"ours 1", ours) == (path, Kept.SAME)
    assert path.stat().st_mtime == 1


def test_a_work_that_changed_is_brought_up_to_date(tmp_path: Path) -> None:
    Folder(tmp_path).keep(NAMES, b"ours 1", ours)
    path, kept = Folder(tmp_path).keep(NAMES, b"ours 2", ours)
    assert (path.read_bytes(), kept) == (b"ours 2", Kept.CHANGED)
    assert os.listdir(tmp_path) == ["Lamp.epub"]


def test_a_file_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "Lamp.epub").write_bytes(b"a book of somebody else")
    path, kept = Folder(tmp_path).keep(NAMES, b"ours", theirs)
    assert (path.name, kept) == ("Lamp (2).epub", Kept.NEW)
    assert (tmp_path / "Lamp.epub").read_bytes() == b"a book of somebody else"
    with pytest.raises(CannotOpenError, match="another file has this name"):
        Folder(tmp_path).keep(NAMES, b"ours", theirs)


@pytest.mark.parametrize("name", ["LAMP.epub", "lamp.EPUB"])
def test_names_that_differ_in_case_alone_are_the_same_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a book of somebody else")
    path, _ = Folder(tmp_path).keep(NAMES, b"ours", theirs)
    assert path.name == "Lamp (2).epub"


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Lamp.epub").mkdir()
    path, _ = Folder(tmp_path).keep(NAMES, b"ours", ours)
    assert path.name == "Lamp (2).epub"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Folder(tmp_path).keep(NAMES, b"ours 1", ours)

    def full(part: Path, data: bytes) -> int:
        with open(part, "wb") as opened:
            opened.write(data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotOpenError, match=r"No space left on device.*Make room"):
        Folder(tmp_path).keep(NAMES, b"ours 2", ours)
    assert os.listdir(tmp_path) == ["Lamp.epub"]
    assert (tmp_path / "Lamp.epub").read_bytes() == b"ours 1"


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "books").write_text("x")
    with pytest.raises(CannotOpenError, match=r"books: it cannot be written .*--to"):
        Folder(tmp_path / "books")


def test_a_book_knows_its_work(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(epub.write(Work({}, ()), identifier="one"))
    assert epub.is_of(path, "one")
    assert not epub.is_of(path, "two")


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + b"\x00" * 18, b"PK\x03\x04" + b"\xff" * 90])
def test_what_is_no_book_is_of_no_work(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(data)
    assert not epub.is_of(path, "one")
