"""The writers: one file a format, Work → bytes. The table below is all there are.

A writer is a module with `write(work, identifier=…) -> bytes`, the `EXTENSION` of its files and their `MEDIA_TYPE`.
`identifier` is any text that stays the same for the work. The same work gives the same bytes, and content never raises.
"""

from __future__ import annotations

from typing import Protocol

from ficshelf.model import Work
from ficshelf.writers import epub


class Writer(Protocol):
    """What a module of this package offers."""

    EXTENSION: str
    MEDIA_TYPE: str

    def write(self, work: Work, *, identifier: str) -> bytes: ...


WRITERS: dict[str, Writer] = {"epub": epub}
