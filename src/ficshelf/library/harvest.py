"""What a process of `add` is told to read, and what it hands back. Whoever stores or sifts that needs no reader."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ficshelf import __version__, model
from ficshelf.library.readings import ReadRecord, ReadWork
from ficshelf.sources import Place

VERSION = __version__  # files read by another version are read again when they are added again


class Task(NamedTuple):
    """Places whose names suggest that they belong together. With `unread` (why), their bytes are kept and not read."""

    library: Path
    places: tuple[Place, ...]
    unread: str = ""


class ReadFile(NamedTuple):
    """What became of one file. `problem` says why it could not be opened; then there is no more to say about it.

    `is_known`: the library has its bytes, read by this version of ficshelf; `is_placed`: and knows that they lie there.
    """

    path: str
    sha256: str = ""
    size: int = 0
    is_zip: bool = False  # whose entries are places of their own
    is_known: bool = False
    is_placed: bool = False
    problem: str = ""
    keep: bool = True


class ReadSource(NamedTuple):
    """A source ready to be stored; `file` is its index among the files of the task."""

    file: int
    reader: str = ""
    encoding: str = ""
    text_length: int = 0
    text_sha256: str = ""
    chrome: tuple[tuple[int, int, str], ...] = ()


class DiskFull(NamedTuple):
    """Instead of a Harvest: the library's disk takes no more."""

    reason: str


class Harvest(NamedTuple):
    """What came of a task. Where all files are known, nothing was read and there are no sources."""

    files: tuple[ReadFile, ...]
    sources: tuple[ReadSource, ...] = ()
    works: tuple[ReadWork, ...] = ()
    remarks: tuple[model.Remark, ...] = ()  # on sources that gave no work
    questions: tuple[model.Question, ...] = ()
    records: tuple[ReadRecord, ...] = ()
