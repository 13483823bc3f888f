"""Pages that are no stories, and stories that look like none: which of them are taken for what they are.

`kinds/no-stories` and `kinds/stories` hold the pages as they were saved, in their own encodings.
"""

from __future__ import annotations

from typing import NamedTuple

from bench.pages.labelled import PAGES
from ficshelf import reading


class Kinds(NamedTuple):
    """How many pages there are of each kind, and the names of those that are taken for the other."""

    none: int
    taken_for_stories: tuple[str, ...]
    stories: int
    taken_for_none: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        """The shares that are right."""
        return {
            "no stories recognised": round(1 - len(self.taken_for_stories) / self.none, 4),
            "stories kept": round(1 - len(self.taken_for_none) / self.stories, 4),
        }


def kinds() -> Kinds:
    """Read every page of both folders."""
    none, stories = _works_of("no-stories"), _works_of("stories")
    return Kinds(
        len(none),
        tuple(name for name, works in none.items() if works),
        len(stories),
        tuple(name for name, works in stories.items() if not works),
    )


def _works_of(folder: str) -> dict[str, int]:
    found = sorted((PAGES / "kinds" / folder).iterdir())
    return {path.name: len(reading.read([(path.read_bytes(), path.name)]).works) for path in found}
