"""Where containers are taken apart while they are added: a folder in the library, removed when all is read."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ficshelf.library.lock import writing
from ficshelf.sources import Scratch

FOLDER = "unpacked"


@contextlib.contextmanager
def scratch(library: Path, hear: Callable[[str, int, int], None] = lambda what, done, of: None) -> Iterator[Scratch]:
    """A folder to take containers apart in, and the library's lock with it. What an `add` left behind that was killed
    is removed first. Raises LibraryError while another ficshelf is writing to the library."""
    folder = library / FOLDER
    with writing(library):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield Scratch(folder, hear)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
