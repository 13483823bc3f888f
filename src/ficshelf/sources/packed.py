"""Files packed by gzip, bzip2 or xz: their bytes as a stream, or unpacked into a scratch folder; within bounds."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from ficshelf.errors import CannotOpenError
from ficshelf.sources import files, limits

_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)
_CHUNK = 1 << 20


class _Reader(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class Packed:
    """A file's bytes in chunks, unpacked where it is packed. `damage` says why no more could be unpacked, "" where all
    was; `is_bomb` where it unpacks to so much as only a bomb does."""

    def __init__(self, disk: BinaryIO) -> None:
        self._disk = disk
        self.damage = ""
        self.is_bomb = False
        head = disk.read(6)
        disk.seek(0)
        self._reader = _unpacker(disk, head)
        self.is_packed = head.startswith((_GZIP, _BZIP2, _XZ))
        self._given = 0

    def done(self) -> int:
        """How many bytes on disk are read."""
        return self._disk.tell()

    def read(self, size: int) -> bytes:
        """About `size` bytes, whatever the unpacker gives at once; all that are left where it fails; b"" at the end."""
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
            self._given += len(data)
            if self.is_packed and self._given > max(limits.RATIO_FROM, limits.RATIO * self.done()):
                self.damage = f"it unpacks to more than {limits.RATIO} times its size, as only a bomb does"
                self.is_bomb = True
        return b"".join(gathered)


def _unpacker(disk: BinaryIO, head: bytes) -> _Reader:
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
    """The first bytes of a file, unpacked as far as they go where it is packed."""
    try:
        if head.startswith(_GZIP):
            return zlib.decompressobj(31).decompress(head, 4 * len(head))
        if head.startswith(_BZIP2):
            return bz2.BZ2Decompressor().decompress(head, 4 * len(head))
        if head.startswith(_XZ):
            return lzma.LZMADecompressor(memlimit=limits.UNPACKING).decompress(head, 4 * len(head))
    except _DAMAGED:
        return b""
    return head


def plain_file(disk: str, label: str, folder: Path) -> str:
    """The path of the same file unpacked, or `disk` where it is not packed. Where it is cut off, what comes before is
    there. Raises CannotOpenError where nothing can be unpacked, or it is a bomb."""
    with files.open_file(disk, label) as file:
        packed = Packed(file)
        if not packed.is_packed:
            return disk
        out = folder / f"{hashlib.sha256(disk.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.unpacked"
        size = 0
        with out.open("wb") as plain:
            while data := packed.read(_CHUNK):
                size += plain.write(data)
                if size > limits.EXPANDED:
                    too_large = f"it unpacks to more than {limits.EXPANDED >> 20:,} MB"
                    raise CannotOpenError(label, too_large, "The other files were added.")
    if packed.damage and (packed.is_bomb or not size):
        raise CannotOpenError(label, packed.damage, "The other files were added.")
    return str(out)
