"""What hears how an `add` gets on."""

from __future__ import annotations

from typing import NamedTuple


class Saved(NamedTuple):
    """A work that is safe now: committed and on the disk."""

    work: int
    identity: str
    title: str
    kind: str  # of decide.Intent
    chapters: int
    words: int
    sources: tuple[str, ...]  # digests


class Progress:
    """Hears how an `add` gets on; this one says nothing."""

    def unpacking(self, what: str, done: int, of: int) -> None:
        """A container is being taken apart: what is done, and how many bytes of how many."""

    def begin(self, files: int, size: int) -> None:
        """So many files, so many bytes lie ahead."""

    def files(self, count: int, size: int) -> None:
        """That many more are done."""

    def saved(self, work: Saved) -> None:
        """A work is safe now."""

    def settling(self, what: str, done: int, of: int) -> None:
        """All files are done; what an archive says of them all is being settled: what, and how many of how many."""

    def indexing(self) -> None:
        """The search index is being caught up."""
