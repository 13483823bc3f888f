"""A file in the making, and a file made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bench.forge.layouts.chunk import Chunk, Layout
from bench.forge.sheet import Sheet
from bench.forge.stories import Story
from bench.forge.truth import Truth


@dataclass(slots=True)
class Job:
    """A file in the making. Each stage fills one more of the fields, and damages change what is there."""

    story: Story
    layout: Layout
    sheet: Sheet
    chunks: list[Chunk] = field(default_factory=list)
    text: str = ""
    data: bytes = b""
    encoding: str = "utf-8"  # what the bytes are in; damages choose another
    declared: str = ""  # what the file says they are in, where it says so
    ascii_only: bool = False  # whether the independent count of letters can trust ASCII alone
    undo: list[Callable[[str], str]] = field(default_factory=list)  # what a second parser must undo in the text
    name: str = ""


@dataclass(slots=True)
class Made:
    """A file, and all that is known about it."""

    seed: str
    layout: str
    damages: tuple[str, ...]
    name: str
    data: bytes
    truth: Truth
    job: Job
