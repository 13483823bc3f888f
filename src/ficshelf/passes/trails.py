"""A row that says where a page stands, `Home » Harry Potter » The Ford » 7. The Weir`: what its pieces name.

The archive made it of what it knows: of which fandom the story is, what it is called, and which chapter is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes.note_words import SPEAKS

_PARTED = re.compile(r"\s+[>»❯›→]\s+")
_FEWEST = 3  # pieces of a row
_LOOKED_AT = 40  # lines from the top
_LONGEST = 300
_NEAR = 12  # lines below within which a piece stands again
_LONGEST_LINE = 120  # characters of a site's line above


def pieces(text: str) -> list[str]:
    """The pieces of such a row; none of any other line."""
    if len(text) > _LONGEST or not any(sign in text for sign in ">»❯›→"):
        return []
    found = [piece.strip() for piece in _PARTED.split(text.strip(" >»❯›→"))]
    return found if len(found) >= _FEWEST and all(found) else []


def above(nodes: Sequence[Node], index: int) -> list[str]:
    """The pieces of the row that stands above a line, near the top of the text; none where there is none."""
    near = (pieces(node.text) for node in nodes[: min(index, _LOOKED_AT)])
    return next(filter(None, near), [])


def row(nodes: Sequence[Node]) -> int:
    """Where such a row stands of which one piece stands alone in a line below it; -1 for nowhere."""
    top = enumerate(nodes[:_LOOKED_AT])
    place = next((index for index, node in top if node.kind in ("", "chrome") and pieces(node.text)), -1)
    said = pieces(nodes[place].text)[1:] if place >= 0 else []
    return place if any(node.text in said for node in nodes[place + 1 : place + _NEAR]) else -1


def sites_above(nodes: Sequence[Node]) -> list[int]:
    """The open lines above such a row, which are the site's own as the row is, where none of them speaks."""
    open_ones = [index for index in range(max(0, row(nodes))) if not nodes[index].kind]
    spoken = any(len(nodes[index].text) > _LONGEST_LINE or SPEAKS.search(nodes[index].text) for index in open_ones)
    return [] if spoken else open_ones
