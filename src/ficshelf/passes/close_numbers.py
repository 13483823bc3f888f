"""Titles with a number that head chapters in a text without a blank line: `1. Night One`, prose, `2. Night Two`.

Where lines stand apart a blank line shows a heading; here it is the count from one up, the form of a title, the end of
a sentence or a break above it, and what is told in between. A list has no such stretches between its items.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes.bare_titles import is_title_case, may_be_title
from ficshelf.passes.headings import Heading, bare
from ficshelf.passes.nodes import TERMINAL

_LONGEST = 60  # characters of such a heading
_LINES, _TOLD = 6, 300  # lines between two of them, and their characters, at the least
_FEWEST = 2


def find(nodes: Sequence[Node]) -> dict[int, Heading]:
    """Where they stand, and what they say; nothing where a blank line stands anywhere among what is told."""
    if any(node.gap for node in nodes[1:] if not node.kind):
        return {}
    row: dict[int, Heading] = {}
    last, told = -1, 0
    for index, node in enumerate(nodes):
        if node.kind:
            continue
        heading = bare(node.text) if len(node.text) <= _LONGEST and node.text[0].isdigit() else None
        if heading is None or heading.number != len(row) + 1 or not _is_title(nodes, index, heading):
            told += len(node.text)
            continue
        if row and (index - last <= _LINES or told < _TOLD):
            return {}
        row[index], last, told = heading, index, 0
    return row if len(row) >= _FEWEST and told >= _TOLD and len(nodes) - last > _LINES else {}


def _is_title(nodes: Sequence[Node], index: int, heading: Heading) -> bool:
    if not heading.title or not is_title_case(heading.title) or not may_be_title(heading.title):
        return False
    above = nodes[index - 1] if index else None
    return above is None or bool(above.kind) or above.text[-1:] in TERMINAL
