"""The top of a page of an archive or a forum: menus, the story's title, its by-line, buttons and counts, no labels.

It is known by its form: short lines one below the other with no sentence among them, a by-line below a title, and at
least one row of names, of pages or of figures. The heads of a forum's further posts are found by `furniture`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import ratings
from ficshelf.model import Node
from ficshelf.passes import headings
from ficshelf.passes.credits import COPYRIGHT
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.title_lines import is_by_line, is_menu, is_title

_LOOKED_AT = 30  # lines from the top
_LINES = 5  # lines that such a top has
_LONGEST = 120  # characters of one
_TRAIL = re.compile(r"(?:home|index|start|main|startseite|accueil|inicio|início|главная)\s+[/>»:]\s+\S", re.I)
_ROW = re.compile(
    r"[^\W\d_][^\s.!?,;]*(?: [^\s.!?,;]{1,15}){0,2}(?:\s{2,}[^\s.!?,;]{1,20}(?: [^\s.!?,;]{1,15}){0,2}){2,}"
)
_PAGES = re.compile(r"\d+(?: (?:\d+|…|\.\.\.)){2,}(?: \w+)?")
_POST = re.compile(r"#\d{1,4}")


def places(nodes: Sequence[Node]) -> list[int]:
    """The site's lines in such a top; none where the text has no such top."""
    end = _end(nodes)
    if end < _LINES or not any(_is_row(node.text) for node in nodes[:end]):
        return []
    if any(COPYRIGHT.match(node.text) for node in nodes[:end]):
        return []  # whose the story is stands in a header
    by_line = next((index for index in range(1, end) if not nodes[index].kind and is_by_line(nodes[index].text)), 0)
    if not by_line or nodes[by_line - 1].kind or not is_title(nodes[by_line - 1].text):
        return []
    if _is_row(nodes[by_line - 1].text):
        return []
    return [index for index in range(end) if index not in (by_line - 1, by_line) and _is_open(nodes, index)]


def _end(nodes: Sequence[Node]) -> int:
    """Where the short lines on top end: at a blank line, or at one that tells something."""
    for index, node in enumerate(nodes[:_LOOKED_AT]):
        text = node.text
        if index and (node.gap or node.page):
            return index
        if node.kind not in ("", "chrome"):
            return index
        if not node.kind and (len(text) > _LONGEST or text[-1] in '.!?…,;”"' or SAID.search(text) or TOLD.search(text)):
            return index
    return min(len(nodes), _LOOKED_AT)


def _is_open(nodes: Sequence[Node], index: int) -> bool:
    node = nodes[index]
    if node.kind or ((line := label_line(node.text)) is not None and line.strong and line.label.names[0] != "aside"):
        return False
    if ratings.scale(node.text.strip("[]() ").partition(":")[0]) != ratings.UNRATED:
        return False
    heading = headings.at(nodes, index)
    return heading is None or bool(heading.of) or heading.number is None


def _is_row(text: str) -> bool:
    """Whether a line is a row of names of pages or shelves, of pages' numbers, or a post's number."""
    return (
        is_menu(text)
        or _TRAIL.match(text) is not None
        or _ROW.fullmatch(text) is not None
        or _PAGES.fullmatch(text) is not None
        or _POST.fullmatch(text) is not None
    )
