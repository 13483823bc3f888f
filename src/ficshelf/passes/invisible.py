"""Signs that nobody sees and that are no blanks: what editors and telephones leave at the edges of lines.

A line of nothing else is a blank line; at the beginning and the end of a line they keep it from being known.
"""

from __future__ import annotations

from ficshelf.model import Chrome, Draft, Node, Run

_SIGNS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u180e"
_BLANKS = _SIGNS + " \t\xa0\u2003\u3000"


def apply(draft: Draft) -> Draft:
    """Take lines of nothing else for blank ones, and the signs off the edges of the others."""
    if not any(sign in draft.text for sign in _SIGNS):
        return draft
    nodes: list[Node] = []
    chrome = list(draft.chrome)
    gap, page = 0, False  # of the blank lines just passed
    for node in draft.nodes:
        if node.kind or not node.text:
            nodes.append(node)
            continue
        if not node.text.strip(_BLANKS):
            chrome += [Chrome(span, "invisible signs") for span in node.spans]
            gap, page = gap + node.gap + 1, page or node.page
            continue
        if gap:
            node = node._replace(gap=node.gap + gap, page=node.page or page)
            gap, page = 0, False
        nodes.append(_bare(node) if node.text[0] in _SIGNS or node.text[-1] in _SIGNS else node)
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _bare(node: Node) -> Node:
    """A line without such signs at its edges."""
    text = node.text.lstrip(_BLANKS)
    left, said = len(node.text) - len(text), text.rstrip(_BLANKS)
    if not node.runs:
        return node._replace(text=said)
    runs: list[Run] = []
    at, end = 0, left + len(said)
    for run in node.runs:
        kept = run.text[max(0, left - at) : max(0, end - at)]
        at += len(run.text)
        if kept:
            runs.append(run._replace(text=kept))
    return node._replace(text=said, runs=tuple(runs))
