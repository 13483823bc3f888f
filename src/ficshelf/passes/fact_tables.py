"""A table of facts as a page's text has it: the labels in one row, without colons, and what they say in the next:
`Author Rating Chapters Words Complete` above `tansy_r FR13 1 1,140 Yes`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import ratings
from ficshelf.passes import labels
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.label_lines import completeness

_LOOKED_AT = 20  # lines from the top
_LONGEST = 240  # characters of a row
_FEWEST = 3  # columns
_CELLS = re.compile(r"\t+|\s{2,}|\s*\|\s*")
_COUNTS = frozenset(("recs", "hits", "reviews", "chapters", "views", "kudos", "votes", "words", "comments", "reads"))


def apply(gathered: Gathered) -> None:
    """State what such a table on top of a text says."""
    for index in range(min(_LOOKED_AT, len(gathered.nodes) - 1)):
        head, row = gathered.nodes[index], gathered.nodes[index + 1]
        if head.kind or row.kind or row.gap or max(len(head.text), len(row.text)) > _LONGEST:
            continue
        columns = _columns(head.text)
        if len(columns) < _FEWEST or not labels.HEADER_ONLY.intersection(columns):
            continue
        stated = _told(columns, row.text)
        if not stated:
            continue
        for name, value in stated:
            gathered.take((name,), value, row.spans)
        gathered.nodes[index + 1] = row._replace(kind="fact")
        gathered.set_apart(index, "labels of a table")
        gathered.silent += head.spans
        return


def _columns(text: str) -> list[str]:
    """What each word of a row of labels names; nothing where one is no label."""
    if ":" in text or text[-1] in ".!?,":
        return []
    cells = [cell for cell in _CELLS.split(text.strip()) if cell]
    names = [_named(cell) for cell in (cells if len(cells) >= _FEWEST else text.split())]
    return names if all(names) else []


def _named(word: str) -> str:
    if word.lower() in _COUNTS:
        return "count"
    found = labels.find(word)
    return found.names[0] if found and word[0].isupper() else ""


def _told(columns: Sequence[str], text: str) -> list[tuple[str, str]]:
    """The facts of a row of values: each in its own column, or around the rating, whose form is known."""
    cells = [cell for cell in _CELLS.split(text.strip()) if cell]
    if len(cells) == len(columns):
        return [(name, cell) for name, cell in zip(columns, cells, strict=True) if name != "count"]
    words = text.split()
    if "rating" not in columns or len(words) < len(columns):
        return []
    place = next((at for at, word in enumerate(words) if _is_code(word)), -1)
    column = columns.index("rating")
    if place < 0 or (column and not place):
        return []
    stated = [("rating", words[place])]
    if column and columns[column - 1] == "author":
        stated.insert(0, ("author", words[place - 1] if column > 1 else " ".join(words[:place])))
    if columns[-1] == "status" and completeness(words[-1]) is not None:
        stated.append(("status", words[-1]))
    return stated


def _is_code(word: str) -> bool:
    return (word[0].isupper() and len(word) <= 5 and ratings.scale(word) != ratings.UNRATED) or word.startswith("FR1")
