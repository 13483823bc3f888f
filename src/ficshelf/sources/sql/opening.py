"""The bytes of a dump: unpacked from gzip, bzip2 or xz, turned to UTF-8 from UTF-16, as a stream."""

from __future__ import annotations

import bz2
import codecs
import contextlib
import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from ficshelf.sources import files, limits, packed

_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)
# What the first lines of a dump say, of any program; prose has no line like it.
_STATEMENT = re.compile(
    rb"^[ \t]*(?:INSERT(?:[ \t]+\w+)?[ \t]+INTO|REPLACE[ \t]+INTO|CREATE[ \t]+TABLE|DROP[ \t]+TABLE|LOCK[ \t]+TABLES)"
    rb"[ \t]+(?:IF[ \t]+(?:NOT[ \t]+)?EXISTS[ \t]+)?[`\"\w$.\[\]-]+[ \t\r\n]*"
    rb"(?:;|\(|VALUES[ \t\r\n]*\(|WRITE|READ)",
    re.I | re.M,
)
_BANNER = re.compile(
    rb"\A\s*(?:(?:--|#|/\*!?).*\n\s*)*?(?:--|#|/\*M?!)[ \t]*(?:MySQL dump|MariaDB dump|phpMyAdmin SQL Dump"
    rb"|phpMyAdmin MySQL-Dump|Adminer [\d.]+ MySQL dump|HeidiSQL|999999)",
    re.I,
)


class _Reader(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class Packed:
    """A dump's bytes in chunks. `damage` says why no more could be unpacked, "" where all was. `size` and `done` count
    bytes on disk."""

    def __init__(self, disk: BinaryIO, size: int) -> None:
        self._disk = disk
        self.size = size
        self.damage = ""
        head = disk.read(6)
        disk.seek(0)
        self._reader = _unpacked(disk, head)
        self._is_packed = head.startswith((_GZIP, _BZIP2, _XZ))
        self._given = 0
        self._decoder: codecs.IncrementalDecoder | None = None

    def done(self) -> int:
        return self._disk.tell()

    def read(self, size: int) -> bytes:
        """The next bytes; b"" at the end."""
        while True:
            data = self._gather(size)
            if not self._given:
                data = self._begin(data)
            self._given += len(data)
            if self._decoder is None:
                return data
            if text := self._decoder.decode(data, not data):
                return text.encode("utf-8", "replace")
            if not data:
                return b""

    def _gather(self, size: int) -> bytes:
        """About `size` bytes, whatever the unpacker gives at once; all of them where it fails."""
        gathered: list[bytes] = []
        count = 0
        while count < size and not self.damage:
            try:
                data = self._reader.read1(size)
            except _DAMAGED as error:
                self.damage = f"it cannot be unpacked any further ({error})"
                break
            if not data:
                break
            gathered.append(data)
            count += len(data)
            given = self._given + count
            if self._is_packed and given > limits.RATIO_FROM and given > limits.RATIO * max(1, self.done()):
                self.damage = f"it unpacks to more than {limits.RATIO} times its size, as only a bomb does"
        return b"".join(gathered)

    def _begin(self, data: bytes) -> bytes:
        """Programs for Windows write UTF-16, or a mark before UTF-8."""
        for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
            if data.startswith(mark):
                self._decoder = codecs.getincrementaldecoder(encoding)("replace")
                return data[2:]
        return data.removeprefix(codecs.BOM_UTF8)


@contextlib.contextmanager
def open_dump(path: Path) -> Iterator[Packed]:
    """A file on disk as an unpacked stream. Raises CannotOpenError."""
    with files.open_file(str(path), files.label(str(path))) as disk:
        yield Packed(disk, path.stat().st_size)


def _unpacked(disk: BinaryIO, head: bytes) -> _Reader:
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=disk)
    if head.startswith(_BZIP2):
        return bz2.BZ2File(disk)
    if head.startswith(_XZ):
        return _Xz(disk)
    return cast(_Reader, disk)


class _Xz:
    """xz with a bound on the memory that the file may ask for, which `lzma.LZMAFile` does not have."""

    def __init__(self, disk: BinaryIO) -> None:
        self._disk = disk
        self._unpacker = lzma.LZMADecompressor(memlimit=limits.UNPACKING)

    def read1(self, size: int, /) -> bytes:
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data or self._disk.read(65_536)
                if not rest.strip(b"\0"):
                    return b""
                self._unpacker = lzma.LZMADecompressor(memlimit=limits.UNPACKING)
            else:
                rest = self._disk.read(65_536) if self._unpacker.needs_input else b""
                if self._unpacker.needs_input and not rest:
                    raise EOFError("it ends in the middle")
            if data := self._unpacker.decompress(rest, size):
                return data


def head_of(head: bytes) -> bytes:
    """The first bytes of a file, unpacked as far as they go where it is packed, and in UTF-8."""
    head = packed.head_of(head)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2 : len(head) // 2 * 2].decode(encoding, "replace").encode("utf-8", "replace")
    return head.removeprefix(codecs.BOM_UTF8)


def is_dump(head: bytes) -> bool:
    """Whether a file's first bytes, packed or not, are those of an SQL dump."""
    head = head_of(head)
    return _BANNER.match(head) is not None or _STATEMENT.search(head) is not None
