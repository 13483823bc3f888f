"""Zips: their entries as places. A zip's own words are not trusted.

The list of entries is bounded before it is made; entries that share bytes, grow two hundredfold or are encrypted are
left alone; names are labels and never paths; what is read is counted as it comes, also over zips within zips.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import IO, BinaryIO, NamedTuple, cast

from ficshelf.errors import CannotOpenError
from ficshelf.sources import containers, files, limits

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
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # LZMA takes as much memory as a zip asks for
NEXT_STEP = "Unpack it yourself and add the folder."


class RefusedError(Exception):
    """A zip, or an entry of one, that is not unpacked; the message says why."""


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
    """The entries of a zip of stories; None for any other file, and for a zip that is one book (EPUB, docx) or a page
    saved as one (MAFF)."""
    if label.lower().endswith(".maff"):
        return None
    try:
        with open(disk, "rb") as stream:
            if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return None
            return _listing(stream, label, (), _Budget())
    except OSError:
        return None


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """The bytes of an entry, at most `limits.UNPACKED` of them. Raises CannotOpenError."""
    try:
        archive = _archive(disk, os.stat(disk).st_mtime_ns, entries[:-1])
        return unpack(archive, archive.infolist()[entries[-1]], limits.UNPACKED)
    except (OSError, IndexError, RefusedError) as error:
        raise CannotOpenError(label, f"it cannot be unpacked ({error})", NEXT_STEP) from error


def head_of_entry(disk: str, entries: tuple[int, ...], label: str, size: int) -> bytes:
    """The first bytes of an entry, without unpacking the rest. Raises CannotOpenError."""
    with _streamed(disk, entries, label) as part:
        return _read(part, label, size)


def copy_entry(disk: str, entries: tuple[int, ...], label: str, out: BinaryIO) -> None:
    """Write an entry to a file, never holding all of it: a dump may be larger than what is unpacked in memory. Raises
    CannotOpenError, OSError where `out` cannot be written."""
    with _streamed(disk, entries, label) as part:
        while data := _read(part, label):
            out.write(data)


@contextlib.contextmanager
def _streamed(disk: str, entries: tuple[int, ...], label: str) -> Iterator[IO[bytes]]:
    try:
        archive = _archive(disk, os.stat(disk).st_mtime_ns, entries[:-1])
        info = archive.infolist()[entries[-1]]
        if problem := _problem(info, limits.EXPANDED):
            raise RefusedError(problem)
        part = archive.open(info)
    except (*_DAMAGED, IndexError, RefusedError) as error:
        raise CannotOpenError(label, f"it cannot be unpacked ({error})", NEXT_STEP) from error
    with part:
        yield part


def _read(part: IO[bytes], label: str, size: int = 1 << 20) -> bytes:
    try:
        return part.read(size)
    except _DAMAGED as error:
        raise CannotOpenError(label, f"it cannot be unpacked (it is damaged: {error})", NEXT_STEP) from error


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip whose list of entries is within the limits, and whose entries share no bytes. Raises RefusedError."""
    guard = _Guard(stream)
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], guard))
    except _DAMAGED as error:
        raise RefusedError(f"its list of entries is damaged ({error})") from error
    guard.is_listed = True
    for here, after in pairwise([*sorted(archive.infolist(), key=lambda info: info.header_offset), None]):
        end = after.header_offset if after is not None else archive.start_dir
        if here is not None and here.header_offset + 30 + here.compress_size > end:
            raise RefusedError("its entries share bytes, as only a bomb's do")
    return archive


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of one entry. Raises RefusedError where it is damaged, encrypted, a bomb or larger than `most`."""
    if problem := _problem(info, most):
        raise RefusedError(problem)
    try:
        with archive.open(info) as part:
            data = part.read(most + 1)  # never more than the size that the list tells
    except _DAMAGED as error:
        raise RefusedError(f"it is damaged ({error})") from error
    if len(data) != info.file_size:
        raise RefusedError("it is damaged (it unpacks to another size than it says)")
    return data


class _Guard:
    """A stream that hands out no list of entries beyond the limits, however the zip spells where it lies: `zipfile`
    reads the list at once and makes an object for each entry, ten million if it must."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.is_listed = False
        self.seek, self.tell, self.seekable, self.close = stream.seek, stream.tell, stream.seekable, stream.close

    def read(self, size: int = -1) -> bytes:
        if not self.is_listed and size > limits.LISTING:
            raise RefusedError(f"its list of entries takes {size >> 20:,} MiB; the limit is {limits.LISTING >> 20} MiB")
        data = self._stream.read(size)
        if not self.is_listed and (count := data.count(b"PK\x01\x02")) > limits.ENTRIES:
            raise RefusedError(f"it lists {count:,} entries; the limit is {limits.ENTRIES:,}")
        return data


class _Budget:
    """What may still be listed and unpacked of a file on disk, over all the zips that lie within one another in it."""

    def __init__(self) -> None:
        self.entries = limits.ENTRIES
        self.bytes = limits.EXPANDED


@lru_cache(maxsize=limits.NESTED + 1)
def _archive(disk: str, _changed: int, entries: tuple[int, ...]) -> zipfile.ZipFile:
    """A zip kept open, since a walk gives its entries one after another and its list may be long."""
    if not entries:
        return open_archive(open(disk, "rb"))
    outer = _archive(disk, _changed, entries[:-1])
    return open_archive(io.BytesIO(unpack(outer, outer.infolist()[entries[-1]], limits.UNPACKED)))


def _listing(stream: BinaryIO, label: str, above: tuple[int, ...], budget: _Budget) -> Listing | None:
    try:
        archive = open_archive(stream)
    except RefusedError as refused:
        return Listing(unread=str(refused))
    infos = archive.infolist()
    if {info.filename.lower() for info in infos} & _BOOKS:
        return None
    expanded = sum(info.file_size for info in infos)
    if expanded > limits.EXPANDED:
        return Listing(unread=f"it would unpack to {expanded >> 20:,} MB; the limit is {limits.EXPANDED >> 20:,} MB")
    budget.entries -= len(infos)
    if budget.entries < 0:
        return Listing(unread=f"with the zips within it, it lists more than {limits.ENTRIES:,} entries")
    return Listing(tuple(_entries(archive, label, above, budget)))


def _entries(archive: zipfile.ZipFile, label: str, above: tuple[int, ...], budget: _Budget) -> Iterator[Entry]:
    listed = sorted(
        enumerate(archive.infolist()), key=lambda one: (name_of(one[1]).rpartition("/")[0], name_of(one[1]))
    )
    for place, info in listed:
        name = name_of(info)
        if name.endswith("/") or any(files.is_left_behind(part) for part in name.split("/") if part not in (".", "..")):
            continue
        path, entries = f"{label}/{name}", (*above, place)
        most = limits.EXPANDED if containers.NAMED.search(name) else limits.UNPACKED  # those are copied, not held
        if problem := _problem(info, most):
            yield Entry(path, info.file_size, entries, problem=problem)
            continue
        inner = _inner(archive, info, path, entries, budget) if name.lower().endswith(".zip") else None
        if inner is None:
            yield Entry(path, info.file_size, entries)
        else:
            yield Entry(path, info.file_size, entries, container=not inner.unread, problem=inner.unread)
            yield from inner.entries


def _inner(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, entries: tuple[int, ...], budget: _Budget
) -> Listing | None:
    """The entries of a zip within a zip."""
    if len(entries) >= limits.NESTED:
        return Listing(unread=f"it lies {len(entries) + 1} zips deep; the limit is {limits.NESTED}")
    budget.bytes -= info.file_size
    if budget.bytes < 0:
        return Listing(unread=f"the zips within this one unpack to more than {limits.EXPANDED >> 20:,} MB")
    try:
        data = unpack(archive, info, limits.UNPACKED)
    except RefusedError as refused:
        return Listing(unread=f"it cannot be unpacked ({refused})")
    return _listing(io.BytesIO(data), path, entries, budget)


def _problem(info: zipfile.ZipInfo, most: int) -> str:
    if info.flag_bits & 1:
        return "it is encrypted with a password"
    if info.compress_type not in _PACKED:
        return f"it is packed in a way that is not unpacked here (method {info.compress_type})"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, and links in a zip are not followed"
    if info.file_size > limits.RATIO_FROM and info.file_size > limits.RATIO * max(1, info.compress_size):
        return f"it unpacks to more than {limits.RATIO} times its size, as only a bomb does"
    if info.file_size > most:
        return f"it unpacks to {info.file_size >> 20:,} MB; the limit in a zip is {most >> 20:,} MB"
    return ""


def name_of(info: zipfile.ZipInfo) -> str:
    """An entry's name as a label. Names without the UTF-8 flag are often UTF-8 all the same."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    name = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return name.lstrip("/") or "unnamed"
