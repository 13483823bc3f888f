"""What a layout makes of a piece: its lines, and how it stands among others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


@dataclass(slots=True)
class Chunk:
    """A piece as it is written. In a text `lines` are its lines and `gap` the blank lines above it; in markup they are
    its lines within one element, which opens with `before` and closes with `after`."""

    piece: Piece
    lines: list[str]
    gap: int = 1
    before: str = ""
    after: str = ""


class Layout(Protocol):
    """A way in which stories lie in files. `family` is "text", "markup", "document", "package" or "markdown"."""

    family: str
    suffix: str

    def lay(self, story: Story, rng: object) -> Sheet:
        """The sheet of a story: what this layout shows of it, and in which order."""
        ...

    def write(self, sheet: Sheet, rng: object) -> list[Chunk]:
        """Each piece as it is written."""
        ...

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: object) -> str | bytes:
        """The whole file: a text to be encoded, or bytes."""
        ...
