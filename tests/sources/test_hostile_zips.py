"""Zips that lie, swell or point elsewhere: each has one named outcome, soon, and nothing outside is touched.

All of them are made here; none is kept on disk. A name in a zip is a label and never a path.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ficshelf.errors import CannotOpenError
from ficshelf.sources import Place, limits, walk

STORY = b"The lamp went out, and the door stood open.\n"


def box(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def record(name: bytes, packed: bytes, size: int, offset: int, method: int = 8, /, **other: int) -> tuple[bytes, bytes]:
    """The local and the central header of an entry, as the zip would have them; `other` replaces what is true."""
    crc, flags = other.get("crc", 0), other.get("flags", 0)
    told, length = other.get("size", size), other.get("packed", len(packed))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, flags, method, 0, 33, crc, length, told, len(name), 0) + name
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, flags, method, 0, 33, crc, length, told, len(name), 0, 0, 0, 0,
        other.get("attributes", 0), offset,
    )  # fmt: skip
    return local, central + name


def end(count: int, size: int, offset: int, comment: bytes = b"") -> bytes:
    return struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, offset, len(comment)) + comment


def put(folder: Path, data: bytes, name: str = "box.zip") -> list[Place]:
    """The places of a zip in a folder."""
    (folder / name).write_bytes(data)
    return list(walk([folder / name]))


def outcome(place: Place) -> str:
    """Why a place is kept unread."""
    if place.unread:
        return place.unread
    try:
        content = place.content(limits.FILE)
    except CannotOpenError as error:
        return str(error)
    return "" if content is not None else "too large"


def unread(places: list[Place]) -> str:
    """Why the one zip that was walked is kept unread; it has no entries then."""
    (place,) = places
    assert not place.container
    return place.unread


@pytest.mark.parametrize(
    "name",
    ["../../canary.txt", "/tmp/canary.txt", "//server/canary.txt", "C:\\canary.txt", "..\\..\\canary.txt",
     "a/../../../canary.txt", "./.././../canary.txt", "\\\\server\\share\\canary.txt",
     "~/canary.txt", "/../canary.txt"],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_labels(name: str, tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    opened: list[str] = []
    watching = True
    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if watching and event == "open" else None)
    _, entry = put(inside, box({name: STORY}))
    assert entry.content(1000) == STORY
    watching = False
    assert entry.path.startswith(str(inside / "box.zip") + "/")
    assert {path for path in opened if "canary" in path} == set()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["box.zip"]


@pytest.mark.parametrize("name", ["a\0b.txt", "\x1b[31m.txt", "a\nb.txt", "", "\u202etxt.exe", "CON", "x" * 5000, " "])
def test_odd_names_are_labels_that_can_be_printed(name: str, tmp_path: Path) -> None:
    local, central = record(name.encode(), STORY, len(STORY), 0, 0, crc=zlib.crc32(STORY), flags=0x800)
    data = local + STORY + central + end(1, len(central), len(local) + len(STORY))
    label = [place.path for place in put(tmp_path, data)][-1]
    assert label.removeprefix(str(tmp_path)).isprintable()


def test_names_that_differ_in_case_or_not_at_all_are_all_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the name that comes twice
        for number, name in enumerate(["Story.txt", "STORY.TXT", "story.txt", "story.txt"]):
            archive.writestr(name, f"Story {number}.")
    contents = sorted(place.content(100) or b"" for place in put(tmp_path, stream.getvalue())[1:])
    assert contents == [b"Story 0.", b"Story 1.", b"Story 2.", b"Story 3."]


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "canary.txt").write_bytes(b"CANARY")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, str(tmp_path / "canary.txt"))
        archive.writestr("story.txt", STORY)
    _, link, story = put(tmp_path, stream.getvalue())
    assert "it is a link" in outcome(link)
    assert outcome(story) == ""


def test_a_bomb_by_ratio_is_left_alone_and_its_neighbour_read(tmp_path: Path) -> None:
    _, bomb, story = put(tmp_path, box({"bomb.txt": bytes(40_000_000), "story.txt": STORY}))
    assert "more than 200 times its size" in outcome(bomb)
    assert outcome(story) == ""


def test_a_bomb_that_hides_its_size_is_cut_where_it_says_it_ends(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(300_000_000)) + packer.flush()
    local, central = record(b"bomb.txt", packed, 100, 0)
    (_, bomb) = put(tmp_path, local + packed + central + end(1, len(central), len(local) + len(packed)))
    assert "damaged" in outcome(bomb)


def test_an_entry_that_says_it_is_larger_than_the_limit_is_left_alone(tmp_path: Path) -> None:
    local, central = record(b"large.txt", STORY * 9_000, limits.UNPACKED + 1, 0, 0)
    (_, entry) = put(tmp_path, local + STORY * 9_000 + central + end(1, len(central), len(local) + 9_000 * len(STORY)))
    assert "the limit in a zip is 64 MB" in outcome(entry)


def test_a_bomb_of_entries_that_overlap_is_refused(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(9_000_000)) + packer.flush()
    local, _ = record(b"0", packed, 9_000_000, 0)
    list_ = b"".join(record(b"%d" % number, packed, 9_000_000, 0)[1] for number in range(400))
    data = local + packed + list_ + end(400, len(list_), len(local) + len(packed))
    assert unread(put(tmp_path, data)) == "its entries share bytes, as only a bomb's do"


def test_an_entry_that_reaches_into_the_list_is_refused(tmp_path: Path) -> None:
    local, central = record(b"a.txt", STORY, len(STORY), 0, 0, packed=len(STORY) + 40, size=len(STORY) + 40)
    assert "share bytes" in unread(put(tmp_path, local + STORY + central + end(1, len(central), len(local + STORY))))


def test_a_list_of_ten_million_entries_is_refused_unread(
    tmp_path: Path, peak: Callable[..., tuple[int, float]]
) -> None:
    """The file is sparse: 460 MB of list of which nothing is read."""
    path = tmp_path / "box.zip"
    with open(path, "wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(10_000_000 * 47)
        file.seek(0, os.SEEK_END)
        size = file.tell()
        wide = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10_000_000, 10_000_000, size, 0)
        file.write(wide + struct.pack("<4sIQI", b"PK\x06\x07", 0, size, 1) + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF))
    megabytes, seconds = peak(path)
    assert megabytes < 20
    assert seconds < 1
    assert unread(list(walk([path]))) == "its list of entries takes 448 MiB; the limit is 32 MiB"


def test_more_entries_than_the_limit_are_refused_whatever_the_end_record_says(tmp_path: Path) -> None:
    central = b"".join(record(b"a", b"", 0, 0)[1] for _ in range(limits.ENTRIES + 1))
    for said in (1, 0, 0xFFFF):
        found = unread(put(tmp_path, b"PK\x03\x04" + central + end(said, len(central), 4)))
        assert found == "it lists 100,001 entries; the limit is 100,000"


def test_an_end_record_that_promises_entries_that_are_not_there_is_damaged(tmp_path: Path) -> None:
    data = box({"a.txt": STORY})
    lying = data[:-22] + end(60_000, 2_000_000, 0)
    assert "damaged" in unread(put(tmp_path, lying))


def test_what_unpacks_to_more_than_the_limit_in_all_is_refused(tmp_path: Path) -> None:
    pieces, list_, at = [], [], 0
    packed = b"\0" * 400_000
    for number in range(70):
        local, central = record(b"%d.txt" % number, packed, 2**26, at)
        pieces.append(local + packed)
        list_.append(central)
        at += len(local) + len(packed)
    central = b"".join(list_)
    found = unread(put(tmp_path, b"".join(pieces) + central + end(70, len(central), at)))
    assert found == "it would unpack to 4,480 MB; the limit is 4,096 MB"


def test_zips_within_zips_share_one_budget_of_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENTRIES", 50)
    inner = box({f"{number}.txt": STORY for number in range(20)})
    found = put(tmp_path, box({f"{number}.zip": inner for number in range(10)}))
    assert sum(not place.container and not place.problem for place in found) == 40
    assert {place.problem for place in found if place.problem} == {
        "with the zips within it, it lists more than 50 entries"
    }


def test_zips_within_zips_share_one_budget_of_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = box({"a.txt": STORY})
    middle = box({"a.zip": inner, "b.zip": inner})
    monkeypatch.setattr(limits, "EXPANDED", len(middle) + len(inner) + 1)
    found = put(tmp_path, box({"c.zip": middle}))
    (unread,) = [place for place in found if place.problem]
    assert unread.path.endswith("box.zip/c.zip/b.zip")
    assert "the zips within this one unpack to more than" in unread.problem


def test_a_zip_of_itself_ends_at_the_third_level(tmp_path: Path) -> None:
    inner = box({"again.zip": b"PK\x03\x04"})
    for _ in range(12):
        inner = box({"again.zip": inner, "story.txt": STORY})
    found = put(tmp_path, inner)
    assert [place.problem for place in found if place.problem] == ["it lies 4 zips deep; the limit is 3"]
    assert sum(outcome(place) == "" for place in found if not place.container) == 3


def test_encrypted_entries_are_told(tmp_path: Path) -> None:
    local, central = record(b"a.txt", STORY, len(STORY), 0, 0, flags=1, crc=zlib.crc32(STORY))
    _, entry = put(tmp_path, local + STORY + central + end(1, len(central), len(local + STORY)))
    assert "encrypted with a password" in outcome(entry)


@pytest.mark.parametrize("method", [1, 9, 14, 93, 99])
def test_an_unknown_way_of_packing_is_told(method: int, tmp_path: Path) -> None:
    local, central = record(b"a.txt", STORY, len(STORY), 0, method)
    _, entry = put(tmp_path, local + STORY + central + end(1, len(central), len(local + STORY)))
    assert f"not unpacked here (method {method}). Unpack it yourself and add the folder." in outcome(entry)


def test_headers_that_name_an_entry_differently_are_told(tmp_path: Path) -> None:
    data = box({"a.txt": STORY, "b.txt": STORY})
    _, one, two = put(tmp_path, data.replace(b"a.txt", b"c.txt", 1))
    assert "differ" in outcome(one)
    assert outcome(two) == ""


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    data = box({"a.txt": STORY}, zipfile.ZIP_STORED)
    _, entry = put(tmp_path, data.replace(b"lamp", b"lamb"))
    assert "Bad CRC" in outcome(entry)


def test_a_truncated_zip_is_damaged(tmp_path: Path) -> None:
    data = box({f"{number}.txt": os.urandom(200) for number in range(20)})
    for size in range(30, len(data) - 1, 211):
        assert "damaged" in unread(put(tmp_path, data[:size]))


def test_a_zip_behind_other_bytes_is_one_file_and_never_two_things(tmp_path: Path) -> None:
    (place,) = put(tmp_path, b"MZ" + bytes(5000) + box({"a.txt": STORY}))
    assert not place.container
    assert outcome(place) == ""


def test_a_zip_with_a_long_comment_is_read(tmp_path: Path) -> None:
    data = box({"a.txt": STORY})
    _, entry = put(tmp_path, data[:-2] + struct.pack("<H", 60_000) + b"c" * 60_000)
    assert outcome(entry) == ""


def test_a_zip_in_which_one_bit_is_flipped_is_read_or_told(tmp_path: Path) -> None:
    data = box({"a.txt": STORY * 20, "folder/b.txt": STORY, "inner.zip": box({"c.txt": STORY})})
    for bit in range(0, 8 * len(data), 37):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        for place in put(tmp_path, bytes(flipped), f"{bit}.zip"):
            if not place.container:
                outcome(place)


@pytest.fixture
def peak() -> Callable[..., tuple[int, float]]:
    """The memory in MB and the processor seconds that walking a path takes, in a process of its own."""
    import subprocess

    program = (
        "import resource, sys; from pathlib import Path; from ficshelf.sources import walk\n"
        "def used():\n"
        "    found = resource.getrusage(resource.RUSAGE_SELF)\n"
        "    return found.ru_maxrss // 1024, found.ru_utime + found.ru_stime\n"
        "list(walk([Path(sys.argv[2])]))\n"
        "before = used()\n"
        "list(walk([Path(sys.argv[1])]))\n"
        "print(*(after - before for after, before in zip(used(), before)))"
    )

    def measure(path: Path) -> tuple[int, float]:
        command = [sys.executable, "-c", program, str(path), __file__]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        return int(said[0]), float(said[1])

    return measure
