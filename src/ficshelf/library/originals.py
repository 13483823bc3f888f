"""The bytes as they were found, kept under their sha256 and never changed: `originals/ab/cd/abcd…`.

Writing is durable before it is acknowledged: a temporary file is written and synced, renamed, and then the folder is
synced, so that after a power cut an original is there whole or not at all. Needs no Django; workers write here.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

FOLDER = "originals"
_TEMPORARY = ".new"  # an original itself has no suffix
_CHUNK = 1 << 20


def path_of(library: Path, sha256: str) -> Path:
    """Where the original with that digest lies."""
    return library / FOLDER / sha256[:2] / sha256[2:4] / sha256


def sha256_of(file: BinaryIO) -> str:
    """The digest of what is left of an open file, read in pieces."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def store(library: Path, sha256: str, data: bytes | BinaryIO) -> None:
    """Keep an original, from memory or from an open file. One that is there already is not written again."""
    path = path_of(library, sha256)
    if path.exists():  # perhaps by an `add` that was stopped before it had synced the folders
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            _sync_folder(folder)
        return
    _make_folder(path.parent, library)
    new = path.parent / f"{sha256}.{os.getpid()}{_TEMPORARY}"
    try:
        with open(new, "wb") as file:
            if isinstance(data, bytes):
                file.write(data)
            else:
                while chunk := data.read(_CHUNK):
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(new, 0o444)
        os.replace(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    _sync_folder(path.parent)


def forget(library: Path, digests: Iterable[str]) -> None:
    """Remove originals for good, also copies of them that a check had set aside."""
    for sha256 in digests:
        path = path_of(library, sha256)
        for one in (path, path.with_name(f"{path.name}.damaged")):
            one.unlink(missing_ok=True)
        for folder in (path.parent, path.parent.parent):
            with contextlib.suppress(OSError):  # others are in there
                folder.rmdir()


def all_of(library: Path) -> Iterator[Path]:
    """Every original there is, in the order of the digests."""
    for path in _files(library):
        if not path.suffix:
            yield path


def leftovers(library: Path) -> Iterator[Path]:
    """Temporary files of an `add` that was killed. Only for who holds the library's lock."""
    for path in _files(library):
        if path.name.endswith(_TEMPORARY):
            yield path


def _files(library: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(library / FOLDER):
        folders.sort()
        for name in sorted(names):
            yield Path(folder, name)


def _make_folder(folder: Path, library: Path) -> None:
    """Make a folder and those above it, down from the library, so that they too outlast a power cut."""
    if folder.is_dir() or folder == library:
        return
    _make_folder(folder.parent, library)
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
