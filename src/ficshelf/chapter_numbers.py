"""How the chapters of a work are counted: in one row, or anew under each part."""

from __future__ import annotations

import re

from ficshelf.model import Chapter
from ficshelf.passes import headings


def rows(chapters: list[Chapter]) -> list[list[int]]:
    """The numbers of the chapters in rows. `Part Two` above a chapter 1 begins a row; so do chapters after letters."""
    made: list[list[int]] = []
    word = ""
    for chapter in chapters:
        if not chapter.number:
            continue
        names = [block.text for block in chapter.blocks if block.kind == "heading"]
        parsed = [found for name in names if (found := headings.parse(name)) and found.number is not None]
        in_part = len({found.level for found in parsed}) > 1 and chapter.number == 1
        before, word = word, _kind_of(names)
        halved = any(found.suffix for found in parsed) and made and made[-1][-1] == chapter.number
        if halved:
            continue  # `2b` repeats no chapter
        if not made or in_part or (chapter.number == 1 and before != word):
            made.append([])
        made[-1].append(chapter.number)
    return made


def _kind_of(names: list[str]) -> str:
    """What a chapter is called, whatever its number: "chapter", "letter"; "" for a number alone."""
    found = re.search(r"[^\W\d_]{3,}", names[-1]) if names else None
    return found[0].lower() if found else ""
