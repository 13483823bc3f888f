"""One writer a library: what adds, repairs or restores holds the lock; reading needs none."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from ficshelf.errors import LibraryError

LOCK = "lock"
_held: set[Path] = set()


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the library's lock. It falls with the process, however that ends. Raises LibraryError where another process
    has it; within one process it may be taken again."""
    if folder in _held:
        yield
        return
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
            raise LibraryError(
                f"{folder}: another ficshelf is writing to this library (process {holder}). "
                "Wait until it is done, or stop it, and try again."
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        _held.add(folder)
        try:
            yield
        finally:
            _held.discard(folder)
    finally:
        os.close(handle)
