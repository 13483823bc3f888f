"""Walking files, folders and zips: what is found, in which order, and what traps come to."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import socket
import struct
import zipfile
from pathlib import Path

import pytest

from ficshelf.errors import CannotOpenError
from ficshelf.sources import Place, limits, walk


def zipped(entries: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in entries.items() if isinstance(entries, dict) else entries:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, data, method)
    return made.getvalue()


def found(top: Path) -> list[Place]:
    return list(walk([top]))


def labels(top: Path) -> list[str]:
    return [place.path.removeprefix(f"{top}/") for place in found(top) if not place.container]


def bytes_of(place: Place) -> bytes:
    data = place.content(10**9)
    assert data is not None
    return data


def test_files_come_folder_by_folder_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "a/z/0.txt", "c/1.txt", "B.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert labels(tmp_path) == ["B.txt", "b.txt", "a/1.txt", "a/2.txt", "a/z/0.txt", "c/1.txt"]
    assert [bytes_of(place).decode() for place in found(tmp_path)] == labels(tmp_path)


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/x.txt", "__MACOSX/x.txt", "Thumbs.db", "desktop.ini", ".DS_Store", "story.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "box.zip").write_bytes(zipped({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "a.txt": b"x", "d/": b""}))
    assert labels(tmp_path) == ["box.zip/a.txt", "story.txt"]


def test_a_circle_of_links_ends_and_a_folder_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/story.txt").write_text("x")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    places = found(tmp_path)
    assert [place.path for place in places if not place.problem] == [f"{tmp_path}/a/story.txt"]
    assert [Path(place.path).name for place in places if place.problem] == ["self"]


def test_devices_pipes_and_sockets_are_named_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.txt"))
        places = found(tmp_path)
    assert [Path(place.path).name for place in places] == ["pipe.txt", "socket.txt", "zero.txt"]
    assert all(place.problem for place in places)
    with pytest.raises(CannotOpenError, match=r"pipe\.txt"):
        places[0].open()


def test_a_path_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(CannotOpenError, match=r"nothing\.txt"):
        found(tmp_path / "nothing.txt")


def test_a_file_that_goes_away_fails_by_name_and_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (place,) = found(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(CannotOpenError, match=r"a\.txt"):
        place.open()


def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:
        file.write(b"x")
    (place,) = found(tmp_path)
    assert place.path.endswith("caf\ufffd.txt")
    assert bytes_of(place) == b"x"


def test_a_large_file_is_not_loaded(tmp_path: Path) -> None:
    with open(tmp_path / "large.txt", "wb") as file:
        file.truncate(1 << 30)
    (place,) = found(tmp_path)
    assert (place.size, place.content(1000)) == (1 << 30, None)


def test_a_zip_is_a_place_and_so_is_each_of_its_entries(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": b"deep"})
    (tmp_path / "box.zip").write_bytes(zipped({"b.txt": b"b", "a/x.txt": b"x", "in.zip": inner}))
    box, *rest = found(tmp_path)
    assert (box.path, box.container, box.inside) == (f"{tmp_path}/box.zip", True, "")
    assert bytes_of(box) == (tmp_path / "box.zip").read_bytes()
    assert {place.path.removeprefix(f"{box.path}/"): bytes_of(place) for place in rest} == {
        "b.txt": b"b",
        "a/x.txt": b"x",
        "in.zip": inner,
        "in.zip/deep.txt": b"deep",
    }
    copies = [pickle.loads(pickle.dumps(place)) for place in rest]
    assert [bytes_of(place) for place in copies] == [bytes_of(place) for place in rest]


def test_books_are_zips_that_are_not_walked(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(zipped({"mimetype": b"application/epub+zip", "a.xhtml": b"<p>"}))
    (tmp_path / "a.docx").write_bytes(zipped({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"}))
    assert [(place.container, place.entries) for place in found(tmp_path)] == [(False, ())] * 2


SLIPS = [
    "../out.txt",
    "a/../../out.txt",
    "/etc/out.txt",
    "..\\out.txt",
    "C:\\out.txt",
    "\\\\host\\out.txt",
    "out.txt\0.png",
]


@pytest.mark.parametrize("name", SLIPS)
def test_names_in_a_zip_are_labels_and_never_paths(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/box.zip").write_bytes(zipped({name: b"slipped"}))
    before = sorted(os.walk(tmp_path))
    _, place = found(tmp_path / "in")
    assert bytes_of(place) == b"slipped"
    assert place.path.startswith(f"{tmp_path}/in/box.zip/")
    assert "\0" not in place.path
    assert sorted(os.walk(tmp_path)) == before


def test_names_that_clash_are_places_of_their_own(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        (tmp_path / "box.zip").write_bytes(zipped([("A.txt", b"1"), ("a.txt", b"2"), ("a.txt", b"3")]))
    _, *rest = found(tmp_path)
    assert sorted(bytes_of(place) for place in rest) == [b"1", b"2", b"3"]


def problems(data: bytes, tmp_path: Path) -> tuple[str, list[str]]:
    """Why a zip is kept unread, and why each of its entries is."""
    (tmp_path / "box.zip").write_bytes(data)
    box, *rest = found(tmp_path)
    return box.unread, [place.problem for place in rest]


def test_a_bomb_by_ratio_is_told_and_its_neighbours_are_read(tmp_path: Path) -> None:
    bomb = zipped({"bomb.txt": b"\0" * (limits.RATIO_FROM + 1), "story.txt": b"Once."})
    unread, entries = problems(bomb, tmp_path)
    assert unread == ""
    assert [bool(problem) for problem in entries] == [True, False]
    assert "bomb" in entries[0]


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"a" * 1000, "b.txt": b"b" * 1000}, zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)  # the second entry says that it lies where the first does
    unread, entries = problems(bytes(data), tmp_path)
    assert "share bytes" in unread
    assert entries == []


def test_a_zip_that_lies_about_a_size_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"a" * 50_000}))
    for at, field in ((data.find(b"PK\x03\x04"), 22), (data.find(b"PK\x01\x02"), 24)):
        data[at + field : at + field + 4] = struct.pack("<I", 10)
    (tmp_path / "box.zip").write_bytes(data)
    _, place = found(tmp_path)
    with pytest.raises(CannotOpenError, match=r"a\.txt"):
        place.open()


@pytest.mark.parametrize("claimed", [0xFFFF, 100_001])
def test_a_list_of_entries_that_is_too_long_or_a_lie_is_bounded(tmp_path: Path, claimed: int) -> None:
    data = bytearray(zipped({f"{number}.txt": b"x" for number in range(50)}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<HH", claimed & 0xFFFF, claimed & 0xFFFF)
    unread, entries = problems(bytes(data), tmp_path)
    assert unread or len(entries) == 50


def test_more_entries_than_the_limit_are_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    made.write(zipped({"a.txt": b"x"}, zipfile.ZIP_STORED))
    data = made.getvalue()
    start, end = data.find(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    count = limits.ENTRIES + 1
    listed = data[start:end] * count
    record = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listed), start, 0)
    unread, entries = problems(data[:start] + listed + record, tmp_path)
    assert "entries" in unread
    assert entries == []


def test_zips_within_zips_end_at_the_limit(tmp_path: Path) -> None:
    data = zipped({"story.txt": b"Once."})
    for depth in range(limits.NESTED + 2):
        data = zipped({f"{depth}.zip": data})
    (tmp_path / "box.zip").write_bytes(data)
    places = found(tmp_path)
    assert "deep" in places[-1].problem
    assert len(places) == limits.NESTED + 1


def test_an_encrypted_entry_is_kept_unread(tmp_path: Path) -> None:
    data = bytearray(zipped({"secret.txt": b"x", "story.txt": b"Once."}))
    for at, field in ((data.find(b"PK\x03\x04"), 6), (data.find(b"PK\x01\x02"), 8)):
        data[at + field] |= 1
    unread, entries = problems(bytes(data), tmp_path)
    assert unread == ""
    assert [bool(problem) for problem in entries] == [True, False]
    assert "password" in entries[0]


def test_a_cut_or_flipped_zip_always_has_an_outcome(tmp_path: Path) -> None:
    whole = zipped({"a.txt": b"Once upon a time. " * 20, "b/c.txt": b"There was a fox.", "in.zip": zipped({"d": b"d"})})
    variants = [whole[:end] for end in range(0, len(whole), 23)]
    for place in range(0, len(whole) * 8, 61):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        variants.append(bytes(flipped))
    for data in variants:
        (tmp_path / "box.zip").write_bytes(data)
        for place in found(tmp_path):
            with contextlib.suppress(CannotOpenError):
                place.content(1000)
