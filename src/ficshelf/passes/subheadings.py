"""Headings of a page's own below those of its chapters: `Day Two:` as an h4, where the chapters are h3.

They part the scenes of a chapter where they say when something happens, or stand below a rule; a newspaper's headline
that the story shows does neither. Labels of a chapter's summary and notes with nothing below them say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes.bare_titles import SLUG
from ficshelf.passes.breaks import WORDS
from ficshelf.passes.headings import Heading, parse
from ficshelf.passes.nodes import heading_level

_LONGEST = 60
_FEWEST = 2  # of them in a text
_EMPTY = frozenset(("chapter summary", "chapter notes", "summary", "notes", "end notes", "chapter end notes"))


def set_apart_empty(draft: Draft, nodes: list[Node]) -> Draft:
    """Labels in heading elements with nothing but another heading below them are chrome, marked in `nodes`."""
    chrome = list(draft.chrome)
    for index, node in enumerate(nodes[:-1]):
        if node.kind or not heading_level(node) or node.text.rstrip(":").casefold() not in _EMPTY:
            continue
        if heading_level(nodes[index + 1]):
            nodes[index] = node._replace(kind="chrome")
            chrome += [Chrome(span, "header line") for span in node.spans]
    return draft._replace(chrome=tuple(chrome))


def part_scenes(nodes: list[Node], found: dict[int, Heading]) -> None:
    """Make breaks of those that part scenes; `found` are the chapters' headings."""
    places: list[int] = []
    level = 0  # of the chapter's heading
    for index, node in enumerate(nodes):
        if index in found:
            level = heading_level(node)
        elif not level or node.kind or heading_level(node) <= level or len(node.text) > _LONGEST:
            continue
        elif _says_when(node.text) or (nodes[index - 1].kind == "break" and not _holds_list(nodes, index)):
            places.append(index)
    if len(places) >= _FEWEST:
        for index in places:
            nodes[index] = nodes[index]._replace(kind="break", detail=WORDS)


def _says_when(text: str) -> bool:
    heading = parse(text)
    return (heading is not None and heading.counted) or SLUG.search(text) is not None


def _holds_list(nodes: Sequence[Node], index: int) -> bool:
    return index + 1 < len(nodes) and nodes[index + 1].hint in ("li", "table", "pre")
