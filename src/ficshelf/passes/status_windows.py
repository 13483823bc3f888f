"""The windows of a game within a story: lines that stand together, each a name and what it counts.

`Name – Wren`, `Health – 61/88`, `Grip – 6`: who plays is shown what he is worth, in the form of the game.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import labels
from ficshelf.passes.nodes import join

_LINE = re.compile(r"[\[*•\s-]{0,3}[^\W\d_][\w'’/() .]{1,30}?(?:\s?:|\s[–—=-])\s(?P<value>[^\n]{1,40})")
_FEWEST = 5  # lines of a window
_LONGEST = 60  # characters of a line
_TITLE = 30  # characters of what stands above them: `Status`
_ENDS = frozenset('.!?,;…"”')


def join_windows(layer: str, nodes: Sequence[Node]) -> list[Node]:
    """The nodes with such lines as quotes, below the first paragraph of a text."""
    if sum(map(_is_line, nodes)) < _FEWEST:
        return list(nodes)
    made: list[Node] = []
    at, told = 0, False
    while at < len(nodes):
        stop = at
        while stop < len(nodes) and _is_line(nodes[stop]) and (stop == at or nodes[stop].gap == nodes[at + 1].gap):
            stop += 1
        if stop - at >= _FEWEST and told and _counts(nodes[at:stop]):
            window = list(nodes[at:stop])
            if _is_title(made[-1]) and nodes[at].gap == nodes[at + 1].gap:
                window.insert(0, made.pop())
            made.append(join(layer, window, "quote"))
        else:
            stop = max(stop, at + 1)
            made.extend(nodes[at:stop])
        told = told or any(not node.kind for node in nodes[at:stop])
        at = stop
    return made


def _is_line(node: Node) -> bool:
    return (
        not node.kind and len(node.text) <= _LONGEST and node.text[-1] not in _ENDS and bool(_LINE.fullmatch(node.text))
    )


def _counts(lines: Sequence[Node]) -> bool:
    """Whether most lines hold a figure, and few begin with what headers begin with."""
    values = [found["value"] for node in lines if (found := _LINE.fullmatch(node.text))]
    counted = sum(1 for value in values if any(map(str.isdigit, value)))
    known = sum(1 for node in lines if (said := re.split(r"[:–—=-]", node.text)[0]) and labels.find(said.strip()))
    return 3 * counted >= 2 * len(lines) and 3 * known <= len(lines)


def _is_title(node: Node) -> bool:
    text = node.text
    return not node.kind and len(text) <= _TITLE and text[0].isupper() and text[-1] not in _ENDS and text.count(" ") < 4
