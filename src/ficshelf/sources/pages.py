"""Pages taken out of a crawl or a saved file: each packed into one file of the scratch folder, a place of its own.

What a crawl holds lies in one long stream, packed as a whole or piece by piece, coded for the wire; its pages are taken
out once, and read from here.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO

from ficshelf.errors import CannotOpenError
from ficshelf.sources import limits
from ficshelf.sources.containers import Scratch
from ficshelf.sources.places import Place


class Pages:
    """The file into which the pages of one container are packed; `kind` is the container's."""

    def __init__(self, scratch: Scratch, container: Place, kind: str) -> None:
        name = hashlib.sha256(container.path.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.path = scratch.folder / f"{name}.pages"
        self.kind = kind
        self._out: BinaryIO = self.path.open("wb")
        self._at = 0

    def add(self, label: str, data: bytes) -> Place:
        """Pack a page."""
        packed = zlib.compress(data, 1)
        self._out.write(packed)
        place = Place(label, str(self.path), len(data), (self._at, len(packed)), kind=self.kind)
        self._at += len(packed)
        return place

    def close(self) -> None:
        """All are added."""
        self._out.close()


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """The bytes of a page. Raises CannotOpenError."""
    try:
        start, length = entries
        with open(disk, "rb") as stream:
            stream.seek(start)
            return zlib.decompressobj().decompress(stream.read(length), limits.UNPACKED)
    except (OSError, ValueError, zlib.error) as error:
        raise CannotOpenError(label, f"it cannot be unpacked ({error})", "Add the crawl again.") from error
