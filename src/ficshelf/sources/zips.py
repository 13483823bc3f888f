"""Zips: their entries as places. A zip's own words are not trusted.

Entries are counted before lists are built; entries that share bytes, grow two hundredfold or are encrypted are left
alone; names are labels and never paths; what is read is counted as it comes. The limits are in `limits`.
"""

from __future__ import annotations

import contextlib
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from ficshelf.errors import CannotOpenError
from ficshelf.sources import files, limits

_BOOKS = frozenset(
    {
        "mimetype",
        "word/document.xml",
        "[content_types].xml",
        "meta-inf/container.xml",
        "content.xml",
        "meta-inf/manifest.mf",
    }
)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
_NEXT = "Unpack it yourself and add the folder."


class Entry(NamedTuple):
    """A file in a zip: its label, its size as the zip has it, and its place in each zip it lies in."""

    path: str
    size: int = 0
    entries: tuple[int, ...] = ()
    container: bool = False
    problem: str = ""


class Listing(NamedTuple):
    """A zip's entries, or why none of them is read."""

    entries: tuple[Entry, ...] = ()
    unread: str = ""


def listing(disk: str, label: str) -> Listing | None:
    """The entries of a zip of stories; None for any other file, and for a zip that is one book (EPUB, docx)."""
    try:
        with open(disk, "rb") as stream:
            if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return None
            return _listing(stream, label, (), 1)
    except OSError:
        return None


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """The bytes of an entry, at most `limits.READ` of them more than once unpacked. Raises CannotOpenError."""
    try:
        archive = _archive(disk, os.stat(disk).st_mtime_ns, entries[:-1])
        return _unpack(archive, archive.infolist()[entries[-1]])
    except (*_DAMAGED, IndexError, _BombError) as error:
        raise CannotOpenError(label, f"it cannot be unpacked ({error})", _NEXT) from error


@lru_cache(maxsize=2)
def _archive(disk: str, _changed: int, entries: tuple[int, ...]) -> zipfile.ZipFile:
    """A zip kept open, since a walk gives its entries one after another and its list may be long."""
    if not entries:
        return zipfile.ZipFile(disk)
    outer = _archive(disk, _changed, entries[:-1])
    return zipfile.ZipFile(io.BytesIO(_unpack(outer, outer.infolist()[entries[-1]])))


class _BombError(Exception):
    pass


def _listing(stream: BinaryIO, label: str, above: tuple[int, ...], depth: int) -> Listing | None:
    count = count_entries(stream)
    if count > limits.ENTRIES:
        return Listing(unread=f"it lists {count:,} entries; the limit is {limits.ENTRIES:,}")
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            names = {info.filename.lower() for info in infos}
            if names & _BOOKS:
                return None
            if bomb := _bomb(infos):
                return Listing(unread=bomb)
            return Listing(tuple(_entries(archive, label, above, depth)))
    except _DAMAGED as error:
        return Listing(unread=f"its list of entries is damaged ({error})")


def _bomb(infos: list[zipfile.ZipInfo]) -> str:
    """Why a zip is not unpacked at all; "" for an honest one."""
    expanded = sum(info.file_size for info in infos)
    if expanded > limits.EXPANDED:
        return f"it would unpack to {expanded >> 20:,} MB; the limit is {limits.EXPANDED >> 20:,} MB"
    for here, after in pairwise(sorted(infos, key=lambda info: info.header_offset)):
        if here.header_offset + 30 + here.compress_size > after.header_offset:
            return "its entries share bytes, as only a bomb's do"
    return ""


def _entries(archive: zipfile.ZipFile, label: str, above: tuple[int, ...], depth: int) -> Iterator[Entry]:
    listed = sorted(
        enumerate(archive.infolist()), key=lambda one: (name_of(one[1]).rpartition("/")[0], name_of(one[1]))
    )
    for place, info in listed:
        name = name_of(info)
        if name.endswith("/") or any(files.is_left_behind(part) for part in name.split("/") if part not in (".", "..")):
            continue
        path, entries = f"{label}/{name}", (*above, place)
        if problem := _problem(info):
            yield Entry(path, info.file_size, entries, problem=problem)
            continue
        inner = _inner(archive, info, path, entries, depth) if name.lower().endswith(".zip") else None
        if inner is None:
            yield Entry(path, info.file_size, entries)
        else:
            yield Entry(path, info.file_size, entries, container=not inner.unread, problem=inner.unread)
            yield from inner.entries


def _inner(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, entries: tuple[int, ...], depth: int
) -> Listing | None:
    """The entries of a zip within a zip."""
    if depth >= limits.NESTED:
        return Listing(unread=f"it lies {depth + 1} zips deep; the limit is {limits.NESTED}")
    try:
        data = _unpack(archive, info)
    except (*_DAMAGED, _BombError) as error:
        return Listing(unread=f"it cannot be unpacked ({error})")
    return _listing(io.BytesIO(data), path, entries, depth + 1)


def _problem(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 1:
        return "it is encrypted with a password"
    if info.file_size > limits.RATIO_FROM and info.file_size > limits.RATIO * max(1, info.compress_size):
        return f"it unpacks to more than {limits.RATIO} times its size, as only a bomb does"
    if info.file_size > limits.UNPACKED:
        return f"it unpacks to {info.file_size >> 20:,} MB; the limit in a zip is {limits.UNPACKED >> 20:,} MB"
    return ""


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if problem := _problem(info):
        raise _BombError(problem)
    with archive.open(info) as part:
        data = part.read(limits.UNPACKED + 1)
    if len(data) > limits.UNPACKED:
        raise _BombError("it unpacks to more than it says")
    return data


def name_of(info: zipfile.ZipInfo) -> str:
    """An entry's name as a label. Names without the UTF-8 flag are often UTF-8 all the same."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    name = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return name.lstrip("/") or "unnamed"


def count_entries(stream: BinaryIO) -> int:
    """How many entries a zip's end record names; 0 where it has none (PKWARE APPNOTE 4.3.14 to 4.3.16)."""
    end = stream.seek(0, os.SEEK_END)
    start = max(0, end - 66_000)
    stream.seek(start)
    tail = stream.read()
    stream.seek(0)
    record = tail.rfind(b"PK\x05\x06")
    if record < 0 or len(tail) < record + 22:
        return 0
    count = int(struct.unpack_from("<H", tail, record + 10)[0])
    if count == 0xFFFF and record >= 20 and tail[record - 20 : record - 16] == b"PK\x06\x07":
        stream.seek(min(end, int(struct.unpack_from("<Q", tail, record - 12)[0])))
        wide = stream.read(56)
        stream.seek(0)
        if wide[:4] == b"PK\x06\x06" and len(wide) >= 40:
            return int(struct.unpack_from("<Q", wide, 32)[0])
    return count
