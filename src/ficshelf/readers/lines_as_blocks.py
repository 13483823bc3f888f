"""The lines of a page as blocks, where no pass has looked at them: what a profile or a review says."""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Block, Node, Run

_HINT_KINDS = {"li": "list", "pre": "preformatted", "table": "table", "img": "image", "blockquote": "quote"}


def blocks(nodes: Sequence[Node], kind: str = "paragraph") -> tuple[Block, ...]:
    """Lines as blocks: notes whatever they hold, else what the markup says. Lines that follow on make one."""
    found: list[Block] = []
    for node in nodes:
        here = kind if kind == "note" else _HINT_KINDS.get(node.hint, "break" if node.hint == "hr" else kind)
        if found and not node.gap and found[-1].kind == here:
            runs = (*found[-1].runs, Run("\n"), *node.as_runs())
            found[-1] = found[-1]._replace(runs=runs, spans=(*found[-1].spans, *node.spans))
        else:
            found.append(Block(here, node.as_runs(), node.spans))
    return tuple(found)
