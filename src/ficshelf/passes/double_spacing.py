"""Double spacing: a blank line after every line that a mail program or editor had cut. They part no paragraphs.

Sure where the lines fill a width together as cut lines do; paragraphs of their own never all end at one margin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ficshelf.model import Draft, Node
from ficshelf.passes.layout import wrap_width

_FEWEST = 8  # lines


def apply(draft: Draft) -> Draft:
    """Take the usual number of blank lines from between any two lines of a double-spaced text."""
    nodes = draft.nodes
    if len(nodes) < _FEWEST or nodes[0].hint or not _may_be(nodes[: 4 * _FEWEST]):
        return draft
    gaps = Counter(node.gap for node in nodes[1:])
    usual = gaps.most_common(1)[0][0]
    if not 1 <= usual <= 3 or gaps[0] * 20 > len(nodes) or gaps[usual] * 2 < len(nodes):
        return draft
    closer = tuple(node if node.page or node.hint else node._replace(gap=max(0, node.gap - usual)) for node in nodes)
    return draft._replace(nodes=closer) if wrap_width(closer) else draft


def _may_be(nodes: Sequence[Node]) -> bool:
    """A look at the top: hardly a line stands right under another, and none is longer than a program cuts them."""
    close = sum(1 for node in nodes[1:] if node.gap == 0)
    return close * 4 <= len(nodes) and sum(1 for node in nodes if len(node.text) > 100) * 10 <= len(nodes)
