"""A place: where a source lies, on disk or within a container. Small, so that a process can be told to open it."""

from __future__ import annotations

import io
from typing import BinaryIO, NamedTuple

from ficshelf.errors import CannotOpenError
from ficshelf.sources import containers, files, zips


class Place(NamedTuple):
    """Where a source lies. Small and picklable: a worker process opens it.

    `path` is a label for people, never opened ("box.zip/story.txt"); `disk` is the file on disk, `entries` the places
    of the entry in each zip that it lies in, outermost first, or in the container that it lies in. `size` is in bytes,
    as the file system or the zip has it. `container` is true for a zip (or another container) whose entries follow as
    places of their own. `problem` says why it cannot be opened, `unread` why it is to be kept without being read.

    `kind` is the container's, of containers.KINDS, for a place in one that is no zip. Places with one `group` hold one
    story and are read together, whatever their names. Where `keep` is false the bytes do not go among the originals:
    they hold what is nobody's business.
    """

    path: str
    disk: str
    size: int = 0
    entries: tuple[int, ...] = ()
    container: bool = False
    problem: str = ""
    unread: str = ""
    kind: str = ""
    group: str = ""
    keep: bool = True

    def open(self) -> BinaryIO:
        """Its bytes as a stream that can be read again from the start. Raises CannotOpenError."""
        if self.problem:
            next_step = zips.NEXT_STEP if self.entries else "The other files were added."
            raise CannotOpenError(self.path, self.problem, next_step)
        if self.kind:
            return io.BytesIO(containers.module(self.kind).read_entry(self.disk, self.entries, self.path))
        if not self.entries:
            return files.open_file(self.disk, self.path)
        return io.BytesIO(zips.read_entry(self.disk, self.entries, self.path))

    def content(self, most: int) -> bytes | None:
        """Its bytes, or None where they are more than `most`. Raises CannotOpenError."""
        with self.open() as stream:
            data = stream.read(most + 1)
        return data if len(data) <= most else None
