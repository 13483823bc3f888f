"""Labels that stand on lines of their own, without a colon, each above its value: a page of ficbook as text.

`Описание`, below it what the story is about, `Примечания`, below it a note. Three such labels stand near one another,
and two have something to say: a site's menu, where names of pages stand in a row, has not.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import labels

LONGEST = 30  # characters of such a line
_NEAR = 8  # lines up and down within which the others stand
_FEWEST = 3
_TOLD = 20  # characters of a value that says something
_IN_SENTENCES = frozenset(("summary", "disclaimer", "note", "warning", "spoilers", "dedication"))
_PLAIN = labels.HEADER_ONLY | {"character", "note", "tag", "status", "spoilers", "beta", "dedication"}


def stands_in_one(nodes: Sequence[Node], index: int) -> bool:
    """Whether the label at `index` stands alone, and others near it."""
    if not _name(nodes[index]):
        return False
    first = max(0, index - _NEAR)
    near = nodes[first : index + _NEAR + 1]
    places = [place for place, node in enumerate(near) if _name(node)]
    names = {_name(near[place]) for place in places}
    told = [
        place
        for place in places
        if place + 1 < len(near) and not _name(near[place + 1]) and len(near[place + 1].text) >= _TOLD
    ]
    return len(names) >= _FEWEST and len(told) >= _FEWEST - 1 and not names.isdisjoint(labels.HEADER_ONLY)


def alone_above(nodes: Sequence[Node], index: int) -> str:
    """What a label alone on its line names, right above what it says in sentences; "" for any other line."""
    if index + 1 >= len(nodes) or not (name := _name(nodes[index])) or name not in _IN_SENTENCES:
        return ""
    below = nodes[index + 1]
    told = (
        not below.kind
        and len(below.text) >= _TOLD
        and below.gap <= nodes[index].gap
        and labels.find(below.text) is None
    )
    return name if told else ""


def _name(node: Node) -> str:
    """What a line names that is but a label; "" where it is none."""
    text = node.text
    if node.kind or len(text) > LONGEST or not text[:1].isupper() or not text[-1].isalpha():
        return ""
    known = labels.find(text)
    return known.names[0] if known and known.names[0] in _PLAIN else ""
