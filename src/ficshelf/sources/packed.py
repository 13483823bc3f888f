"""Files packed by gzip, bzip2 or xz, unpacked into a scratch folder; never more than a bound."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from ficshelf.errors import CannotOpenError
from ficshelf.sources import limits

_PACKERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)
_CHUNK = 1 << 20


def head_of(head: bytes) -> bytes:
    """The first bytes of a file, unpacked as far as they go where it is packed."""
    try:
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 4 * len(head))
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 4 * len(head))
        if head.startswith(b"\xfd7zXZ\x00"):
            return lzma.LZMADecompressor(memlimit=limits.UNPACKING).decompress(head, 4 * len(head))
    except _DAMAGED:
        return b""
    return head


def plain_file(disk: str, label: str, folder: Path) -> str:
    """The path of the same file unpacked, or `disk` where it is not packed. Where it is cut off, what comes before is
    there. Raises CannotOpenError where nothing can be unpacked, or it is a bomb."""
    with open(disk, "rb") as file:
        head = file.read(6)
    opener = next((opener for magic, opener in _PACKERS if head.startswith(magic)), None)
    if opener is None:
        return disk
    out = folder / f"{hashlib.sha256(disk.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.unpacked"
    size, done = Path(disk).stat().st_size, 0
    with cast(BinaryIO, opener(disk, "rb")) as packed, out.open("wb") as plain:
        while True:
            try:
                chunk = packed.read(_CHUNK)
            except _DAMAGED as error:
                if not done:
                    raise CannotOpenError(
                        label, f"it cannot be unpacked ({error})", "The other files were added."
                    ) from error
                break
            done += len(chunk)
            if done > limits.EXPANDED or (done > limits.RATIO_FROM and done > limits.RATIO * size):
                raise CannotOpenError(label, "it unpacks to so much as only a bomb does", "The other files were added.")
            if not chunk:
                break
            plain.write(chunk)
    return str(out)
