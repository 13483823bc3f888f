"""The writers: one file a format, Work → bytes. The table below is all there are.

A writer is a module with

- `write(work, identifier=…, leads=…) -> bytes`: `identifier` is any text that stays the same for the work, `leads` the
  links from chapter to chapter, each with the position that it leads to. The same work gives the same bytes. Content
  never raises.
- `is_of(path, identifier) -> bool`: whether the file is an earlier copy of that work.
- `EXTENSION` and `MEDIA_TYPE` of its files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ficshelf.model import Work
from ficshelf.writers import epub


class Writer(Protocol):
    """What a module of this package offers."""

    EXTENSION: str
    MEDIA_TYPE: str

    def write(self, work: Work, *, identifier: str, leads: Mapping[str, int] = ...) -> bytes: ...

    def is_of(self, path: Path, identifier: str) -> bool: ...


WRITERS: dict[str, Writer] = {"epub": epub}
