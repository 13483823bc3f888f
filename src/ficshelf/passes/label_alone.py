"""A label alone on its line, with its value below it, as an archive's files write the summary and the notes."""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import label_rows, labels
from ficshelf.passes.label_lines import Line, label_line
from ficshelf.passes.nodes import heading_level

_LONGEST_VALUE = 40  # characters


def at(nodes: Sequence[Node], index: int, begun: bool) -> Line | None:
    """A label alone on its line, a quoted block under it: how AO3's files write summary and notes. In a text made
    of such a file the quoted block is a paragraph, and the label is known by the header before it."""
    node = nodes[index]
    if len(node.text) > label_rows.LONGEST or index + 1 >= len(nodes):
        return None
    if _is_row(nodes, index) and (known := labels.find(node.text.strip(" :"))):
        return Line(known, "", True)
    if not node.hint and label_rows.stands_in_one(nodes, index) and (known := labels.find(node.text)):
        return Line(known, "", True)
    if nodes[index + 1].hint != "blockquote":
        parted = begun and node.gap and nodes[index + 1].gap and not node.hint
        if not parted or node.text not in ("Summary", "Notes"):
            return None
    label = labels.find(node.text.strip(" :"))
    return Line(label, "", True) if label and node.hint != "blockquote" else None


def is_value(nodes: Sequence[Node], index: int) -> bool:
    """Whether a short line stands right below a label that is alone on its line, with its colon."""
    if not index or nodes[index].gap or len(nodes[index].text) > _LONGEST_VALUE:
        return False
    above = label_line(nodes[index - 1].text) if not nodes[index - 1].kind else None
    return above is not None and above.strong and not above.value


def _is_row(nodes: Sequence[Node], index: int) -> bool:
    """Whether labels in markup and values take turns here: `<b>Title</b>`, the title in the next paragraph …"""
    if labels.find(nodes[index].text.strip(" :")) is None:
        return False
    row = [nodes[place] for place in (index - 2, index, index + 2) if 0 <= place < len(nodes)]
    marked = [
        heading_level(node) > 0
        or (bool(node.runs) and all(run.marks for run in node.runs if run.text.strip()))
        or (not node.hint and node.text.isupper())
        for node in row
        if len(node.text) <= 20 and labels.find(node.text.strip(" :")) is not None
    ]
    return len(marked) >= 2 and all(marked)
