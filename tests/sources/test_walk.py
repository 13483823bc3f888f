"""Files, folders and zips as places: in a stable order, with what cannot be opened told and nothing else touched."""

from __future__ import annotations

import io
import os
import socket
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ficshelf.errors import CannotOpenError
from ficshelf.sources import Place, read_bytes, walk


def files(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The story of {name}.", encoding="utf-8")
    return folder


def box(entries: dict[str, bytes | str]) -> bytes:
    """A zip of these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def below(folder: Path) -> list[str]:
    return [os.path.relpath(place.path, folder) for place in walk([folder])]


def problems(folder: Path) -> dict[str, str]:
    return {os.path.relpath(place.path, folder): place.problem for place in walk([folder]) if place.problem}


def test_files_come_by_folder_and_name(tmp_path: Path) -> None:
    files(tmp_path, "b.txt", "a.txt", "z/b.txt", "z/a.txt", "c/deep/x.txt", "c/a.txt", "m.txt")
    assert below(tmp_path) == ["a.txt", "b.txt", "m.txt", "c/a.txt", "c/deep/x.txt", "z/a.txt", "z/b.txt"]


def test_the_order_does_not_hang_on_how_the_disk_lists_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, *(f"{number}/{letter}.txt" for number in range(3) for letter in "cab"))
    usual = below(tmp_path)
    scandir = os.scandir

    class Backwards:
        def __init__(self, path: str) -> None:
            self.entries = scandir(path)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return sorted(self.entries, key=lambda entry: entry.name, reverse=True)

        def __exit__(self, *_: object) -> None:
            self.entries.close()

    monkeypatch.setattr(os, "scandir", Backwards)
    assert below(tmp_path) == usual


def test_hidden_files_and_what_systems_leave_are_passed_over(tmp_path: Path) -> None:
    files(tmp_path, "a.txt", ".hidden", ".git/x.txt", "__MACOSX/._a.txt", "Thumbs.db", "desktop.ini", "b/.DS_Store")
    (tmp_path / "box.zip").write_bytes(
        box({"__MACOSX/._c.txt": "x", ".hidden/c.txt": "x", "c.txt": "x", "d/Thumbs.db": "x"})
    )
    assert below(tmp_path) == ["a.txt", "box.zip", "box.zip/c.txt"]


def test_a_folder_that_links_lead_to_in_a_circle_is_walked_once(tmp_path: Path) -> None:
    files(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "b" / "over").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert [path for path in below(tmp_path) if path.endswith(".txt")] == ["a/x.txt", "b/y.txt"]
    assert set(problems(tmp_path)) == {"loop"}


def test_one_folder_given_twice_is_walked_once(tmp_path: Path) -> None:
    files(tmp_path, "a/x.txt")
    assert len(list(walk([tmp_path, tmp_path / "a", tmp_path]))) == 1


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    files(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert below(tmp_path) == ["a.txt", "gone.txt"]
    assert "no such file" in problems(tmp_path)["gone.txt"]


def test_pipes_sockets_and_devices_are_told_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        opened: list[str] = []
        sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
        found = list(walk([tmp_path]))
        odd = [place for place in found if not place.path.endswith("a.txt")]
        for place in odd:
            with pytest.raises(CannotOpenError, match="not a file but a device"):
                place.open()
    assert len(odd) == 3
    assert not [path for path in opened if path.endswith(("pipe.txt", "zero.txt", "socket.txt"))]


def test_a_name_that_is_no_utf8_is_shown_with_signs_for_its_bytes(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(odd, "wb") as file:
            file.write(b"Story.")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    (place,) = walk([tmp_path])
    assert place.path == str(tmp_path / "caf\ufffd.txt")
    assert place.content(100) == b"Story."


def test_odd_names_are_walked(tmp_path: Path) -> None:
    names = ["a b.txt", "-rf", "$(x).txt", "new\nline.txt", "\u202egpj.txt", "\u00e9.txt", "e\u0301.txt", "x" * 255]
    files(tmp_path, *names)
    assert sorted(below(tmp_path)) == sorted(names)
    assert all(place.content(1000) for place in walk([tmp_path]))


def test_a_path_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(CannotOpenError, match=r"no such file or folder\. Check the spelling"):
        list(walk([tmp_path / "nowhere"]))


def test_a_file_that_vanishes_says_so_when_it_is_opened(tmp_path: Path) -> None:
    (place,) = walk([files(tmp_path, "a.txt")])
    (tmp_path / "a.txt").unlink()
    with pytest.raises(CannotOpenError, match="no such file"):
        place.open()


def test_more_than_asked_for_is_not_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    (place,) = walk([tmp_path])
    assert place.content(5) == b"12345"
    assert place.content(4) is None


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as file:
        file.truncate(2**30)
    with pytest.raises(CannotOpenError, match="larger than the 256 MiB"):
        read_bytes(tmp_path / "a.txt")


def test_a_zip_comes_before_its_entries_which_are_sorted_by_folder(tmp_path: Path) -> None:
    (tmp_path / "box.zip").write_bytes(box({"b.txt": "B", "z/a.txt": "ZA", "a.txt": "A", "c/": "", "c/d.txt": "CD"}))
    found = list(walk([tmp_path]))
    assert [os.path.relpath(place.path, tmp_path) for place in found] == [
        "box.zip", "box.zip/a.txt", "box.zip/b.txt", "box.zip/c/d.txt", "box.zip/z/a.txt",
    ]  # fmt: skip
    assert found[0].container
    assert [place.content(100) for place in found[1:]] == [b"A", b"B", b"CD", b"ZA"]


def test_zips_in_zips_are_walked_three_deep(tmp_path: Path) -> None:
    inner = box({"deep.txt": "down here"})
    for depth in range(4, 1, -1):
        inner = box({f"{depth}.zip": inner, f"level{depth - 1}.txt": f"level {depth - 1}"})
    (tmp_path / "1.zip").write_bytes(inner)
    found = list(walk([tmp_path]))
    read = {place.path.removeprefix(f"{tmp_path}/"): place.content(100) for place in found[1:] if not place.problem}
    assert read["1.zip/level1.txt"] == b"level 1"
    assert read["1.zip/2.zip/3.zip/level3.txt"] == b"level 3"
    (unread,) = [place for place in found if place.problem]
    assert unread.path.endswith("1.zip/2.zip/3.zip/4.zip")
    assert unread.problem == "it lies 4 zips deep; the limit is 3"


@pytest.mark.parametrize(
    "entries",
    [
        {"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>", "a.xhtml": "<p>x</p>"},
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"},
        {"content.xml": "<office/>", "META-INF/manifest.xml": "<m/>", "mimetype": "application/vnd.oasis"},
        {"META-INF/MANIFEST.MF": "", "a.class": "x"},
    ],
    ids=["epub", "docx", "odt", "jar"],
)  # fmt: skip
def test_a_book_is_one_place_whatever_it_is_called(tmp_path: Path, entries: dict[str, bytes | str]) -> None:
    (tmp_path / "book.zip").write_bytes(box(entries))
    (tmp_path / "outer.zip").write_bytes(box({"book.zip": box(entries)}))
    assert below(tmp_path) == ["book.zip", "outer.zip", "outer.zip/book.zip"]
    assert not next(iter(walk([tmp_path]))).container


def test_a_zip_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "box.dat").write_bytes(box({"a.txt": "A"}))
    (tmp_path / "text.zip").write_bytes(b"This is a text.")
    assert below(tmp_path) == ["box.dat", "box.dat/a.txt", "text.zip"]


def test_thousands_of_entries_are_listed_once_and_each_is_read(tmp_path: Path, calls: Callable[..., int]) -> None:
    """Counted and not timed: twice the entries take twice the calls."""

    def work(count: int) -> Callable[[], None]:
        path = tmp_path / f"{count}.zip"
        path.write_bytes(box({f"{number % 20}/story {number}.txt": f"Story {number}." for number in range(count)}))

        def read() -> None:
            places = [place for place in walk([path]) if not place.container]
            assert len(places) == count
            assert len({place.content(100) for place in places}) == count

        return read

    few, many = calls(work(1250)), calls(work(5000))
    assert many < 4.4 * few


@pytest.fixture
def calls() -> Callable[..., int]:
    """How many function calls, also of built-in ones, some work takes."""

    def count(work: Callable[[], None]) -> int:
        made = 0

        def called(_frame: object, event: str, _argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(called)
        try:
            work()
        finally:
            sys.setprofile(None)
        return made

    return count


def test_names_in_zips_without_the_flag_are_utf8_where_they_can_be(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("cafe.txt")
        archive.writestr(info, "x")
    data = stream.getvalue().replace(b"cafe.txt", "caf\u00e9.tx".encode())
    (tmp_path / "box.zip").write_bytes(data)
    assert below(tmp_path)[1] == "box.zip/caf\u00e9.tx"


def test_a_place_is_small_and_crosses_to_another_process(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "box.zip").write_bytes(box({"a.txt": "A"}))
    place: Place = pickle.loads(pickle.dumps(list(walk([tmp_path]))[1]))
    assert place.content(10) == b"A"
