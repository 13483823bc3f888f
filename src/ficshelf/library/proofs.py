"""What a process of `check` is given to prove, and what it finds. Whoever tells of that needs no reader."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Task(NamedTuple):
    """A source to prove, as the database has it. `path` is the label under which it was read."""

    library: Path
    id: int
    sha256: str
    size: int
    path: str
    text_sha256: str
    version: str
    is_read: bool  # False: kept unread, or read by another ficshelf; then only its bytes are proved


class Proof(NamedTuple):
    """What is wrong with a source; all empty where nothing is."""

    original: str = ""
    is_missing: bool = False
    text: str = ""
    lost: tuple[tuple[int, int, str], ...] = ()  # start, end, and how it begins
