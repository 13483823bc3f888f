"""Files and folders on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ficshelf.errors import CannotOpenError

_NOT_STORIES = frozenset(
    {
        "__macosx",
        "thumbs.db",
        "desktop.ini",
        "ehthumbs.db",
        "$recycle.bin",
        "node_modules",
        "readme.md",
        "readme.txt",
        "license",
        "license.txt",
    }
)


class Found(NamedTuple):
    """A file on disk and its size in bytes, or why it cannot be opened."""

    path: str
    size: int = 0
    problem: str = ""


def walk(top: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    """The files at or below `top`, folder by folder, each sorted by name.

    Hidden files and what systems leave behind (`Thumbs.db`, `__MACOSX`) are passed over. `seen` keeps a folder that
    links lead to twice, or in a circle, from being walked twice.
    """
    if not top.is_dir():
        yield _look(str(top.absolute()))
        return
    stack = [str(top.absolute())]
    while stack:
        folder = stack.pop()
        try:
            there = os.stat(folder)
            if (there.st_dev, there.st_ino) in seen:
                continue
            seen.add((there.st_dev, there.st_ino))
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(folder, problem=f"this folder cannot be opened ({reason(error)})")
            continue
        folders: list[str] = []
        for entry in listed:
            if is_left_behind(entry.name):
                continue
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            if is_folder:
                folders.append(entry.path)
            else:
                yield _look(entry.path)
        stack += reversed(folders)


def is_left_behind(name: str) -> bool:
    """Whether a name is hidden, or one that a system leaves in folders."""
    return name.startswith(".") or name.lower() in _NOT_STORIES


def _look(path: str) -> Found:
    try:
        there = os.stat(path)
    except OSError as error:
        return Found(path, problem=f"it cannot be opened ({reason(error)})")
    if not stat.S_ISREG(there.st_mode):
        return Found(path, problem="it is not a file but a device, a pipe or a socket")
    return Found(path, there.st_size)


def open_file(disk: str, label: str) -> BinaryIO:
    """Open a regular file for reading. Raises CannotOpenError, which names the file by its label."""
    found = _look(disk)
    if found.problem:
        raise CannotOpenError(label, found.problem, "Check that it is there and that you may read it.")
    try:
        return open(disk, "rb")
    except OSError as error:
        raise CannotOpenError(label, f"it cannot be opened ({reason(error)})", "Check that you may read it.") from error


def label(path: str) -> str:
    """A path as it is shown and stored: bytes that are no letters become U+FFFD."""
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return path if shown == path else shown  # nearly always: one string for both, of as many files as there are


def reason(error: OSError) -> str:
    """What the system says, in its words."""
    return (error.strerror or str(error)).lower()
