"""A story as somebody is about to write it down: its pieces in order, its habits, and what the page states."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.forge.pieces import Piece
from bench.forge.stories import Story


@dataclass(slots=True)
class Style:
    """How somebody types. Damages change it before anything is written."""

    label: str = "{label}: {value}"  # a header line
    value_below: bool = False  # the value stands on the line under its label
    label_gap: int = 0  # blank lines between header lines
    heading: str = "{word} {n}"  # a chapter's heading without a title …
    heading_titled: str = "{word} {n}: {title}"  # … and with one
    ornament: str = "* * *"  # a scene break
    emphasis: tuple[str, str] = ("*", "*")  # the signs of stress, where it is typed
    verse: str = ""  # the sign on both sides of each line of verse; a star stresses it
    verse_indent: str = ""
    indent: str = ""  # of a paragraph's first line
    gap: int = 1  # blank lines between paragraphs


@dataclass(slots=True)
class Sheet:
    """What stands in a file, before it is written as text or markup."""

    story: Story
    pieces: list[Piece]
    facts: list[tuple[str, str | bool]] = field(default_factory=list)  # stated by the page around the story
    so: dict[str, list[str]] = field(default_factory=dict)  # what is so: inferred facts are held against it
    free: set[str] = field(default_factory=set)  # facts about which careful readers differ
    same: dict[tuple[str, str], str] = field(default_factory=dict)  # (fact, other form) → the form in `facts`
    style: Style = field(default_factory=Style)
    stressed: bool = True  # whether stress can be known from the file
    part: int | None = None  # the part of the story that this file is, where its title says so
    name: str = "story.txt"

    def places(self, *kinds: str) -> list[int]:
        """Where pieces of these kinds stand."""
        return [place for place, one in enumerate(self.pieces) if one.kind in kinds]
