"""Which block quotes of a page are quotations, and which only set its text in.

Home pages hold all of a story in a `<blockquote>` for the sake of its margins, and programs that make books for old
Kindles write every margin as one. What most of a page stands in is its layout; what stands deeper is quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ficshelf.model import Node

_MOST = 0.75  # of the letters of a page
_FEWEST_LINES, _FEWEST_LETTERS = 4, 250  # a page may be a motto or a short letter and nothing else
_HINT = "blockquote"
_PLACE = Node._fields.index("hint")
_new = tuple.__new__  # a node made at once: a page has one for every line


def hint(depth: int) -> str:
    """The hint of a line that lies in so many block quotes, until all lines are known."""
    return f"{_HINT}{depth}"


def told(nodes: Sequence[Node]) -> list[Node]:
    """Lines with the hints that they keep: `blockquote` for what is quoted, `p` for what is only set in."""
    letters: Counter[int] = Counter()
    lines: Counter[int] = Counter()
    depths = [_depth(node) for node in nodes]
    for node, depth in zip(nodes, depths, strict=True):
        letters[depth] += len(node.text)
        lines[depth] += 1
    base = within = count = 0
    for depth in sorted(letters, reverse=True):
        within += letters[depth]
        count += lines[depth]
        if within > _MOST * letters.total() and count >= _FEWEST_LINES and within >= _FEWEST_LETTERS:
            base = depth
            break
    return [
        _new(Node, (*node[:_PLACE], _HINT if depth > base else "p", *node[_PLACE + 1 :])) if depth else node
        for node, depth in zip(nodes, depths, strict=True)
    ]


def _depth(node: Node) -> int:
    return int(node.hint[len(_HINT) :]) if node.hint.startswith(_HINT) else 0
