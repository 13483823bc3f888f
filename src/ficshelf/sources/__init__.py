"""Where bytes come from: files, folders and zips. A walk yields places, each a source to be, in a stable order.

The files of one folder come together, sorted by name. What cannot be opened is a place that says so: one bad file never
stops a walk. Nothing here reads a whole file but `Place.content`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ficshelf.errors import CannotOpenError
from ficshelf.sources import files, limits, zips


class Place(NamedTuple):
    """Where a source lies. Small and picklable: a worker process opens it.

    `path` is a label for people, never opened ("box.zip/story.txt"); `disk` is the file on disk, `entries` the places
    of the entry in each zip that it lies in, outermost first. `size` is in bytes, as the file system or the zip has it.
    `container` is true for a zip whose entries follow as places of their own. `problem` says why it cannot be opened,
    `unread` why it is to be kept without being read.
    """

    path: str
    disk: str
    size: int = 0
    entries: tuple[int, ...] = ()
    container: bool = False
    problem: str = ""
    unread: str = ""

    @property
    def inside(self) -> str:
        """The label of the zip that this place lies in; "" for a file on disk."""
        return self.path.rpartition("/")[0] if self.entries else ""

    def open(self) -> BinaryIO:
        """Its bytes as a stream that can be read again from the start. Raises CannotOpenError."""
        if self.problem:
            next_step = zips.NEXT_STEP if self.entries else "The other files were added."
            raise CannotOpenError(self.path, self.problem, next_step)
        if not self.entries:
            return files.open_file(self.disk, self.path)
        return io.BytesIO(zips.read_entry(self.disk, self.entries, self.path))

    def content(self, most: int) -> bytes | None:
        """Its bytes, or None where they are more than `most`. Raises CannotOpenError."""
        with self.open() as stream:
            data = stream.read(most + 1)
        return data if len(data) <= most else None


def walk(paths: Iterable[Path], besides: Path | None = None) -> Iterator[Place]:
    """All places below some paths. What lies in the folder `besides` is not even opened: a library that is in use must
    not be. Raises CannotOpenError for a path that is not there: that is a misuse."""
    seen: set[tuple[int, int]] = set()
    if besides is not None:
        there = os.stat(besides)
        seen.add((there.st_dev, there.st_ino))
    for path in paths:
        if not os.path.lexists(path):
            raise CannotOpenError(str(path), "there is no such file or folder", "Check the spelling and try again.")
        for found in files.walk(path, seen):
            label = files.label(found.path)
            if found.problem:
                yield Place(label, found.path, problem=found.problem)
                continue
            listing = zips.listing(found.path, label)
            if listing is None:
                yield Place(label, found.path, found.size)
                continue
            yield Place(label, found.path, found.size, container=not listing.unread, unread=listing.unread)
            for entry in listing.entries:
                yield Place(entry.path, found.path, entry.size, entry.entries, entry.container, entry.problem)


def read_bytes(path: Path) -> bytes:
    """The bytes of one file, for reading it without a library. Raises CannotOpenError, also for a file that is larger
    than any that is read."""
    data = Place(files.label(str(path)), str(path)).content(limits.FILE)
    if data is None:
        too_large = f"it is larger than the {limits.FILE >> 20} MiB that are read of one file"
        raise CannotOpenError(str(path), too_large, "If it holds many stories, part it.")
    return data
