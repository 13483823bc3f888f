"""The bytes of a dump as a stream, unpacked and turned to UTF-8 from UTF-16; and what a dump is known by."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ficshelf.sources import files, packed

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
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


class Dumped:
    """A dump's bytes in chunks, in UTF-8 where a mark says how it is written; `size` counts those on disk."""

    def __init__(self, disk: BinaryIO, size: int) -> None:
        self._packed = packed.Packed(disk)
        self.size = size
        self._is_begun = False
        self._decoder: codecs.IncrementalDecoder | None = None

    @property
    def damage(self) -> str:
        """Why no more could be unpacked, "" where all was."""
        return self._packed.damage

    def done(self) -> int:
        """How many bytes on disk are read."""
        return self._packed.done()

    def read(self, size: int) -> bytes:
        """The next bytes; b"" at the end."""
        while True:
            data = self._packed.read(size)
            if not self._is_begun:
                data = self._begin(data)
            if self._decoder is None:
                return data
            if text := self._decoder.decode(data, not data):
                return text.encode("utf-8", "replace")
            if not data:
                return b""

    def _begin(self, data: bytes) -> bytes:
        """Programs for Windows write UTF-16, or a mark before UTF-8."""
        self._is_begun = True
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                self._decoder = codecs.getincrementaldecoder(encoding)("replace")
                return data[2:]
        return data.removeprefix(codecs.BOM_UTF8)


@contextlib.contextmanager
def open_dump(path: Path) -> Iterator[Dumped]:
    """A file on disk as an unpacked stream. Raises CannotOpenError."""
    with files.open_file(str(path), files.label(str(path))) as disk:
        yield Dumped(disk, path.stat().st_size)


def head_of(head: bytes) -> bytes:
    """The first bytes of a file, unpacked as far as they go where it is packed, and in UTF-8."""
    head = packed.head_of(head)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[2 : len(head) // 2 * 2].decode(encoding, "replace").encode("utf-8", "replace")
    return head.removeprefix(codecs.BOM_UTF8)


def is_dump(head: bytes) -> bool:
    """Whether a file's first bytes, packed or not, are those of an SQL dump."""
    head = head_of(head)
    return _BANNER.match(head) is not None or _STATEMENT.search(head) is not None
