"""Breaks at the edge of a page or a chapter part nothing: they are ornaments, kept as chrome. So is the rule above its
footnotes."""

from __future__ import annotations

import re

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes.breaks import WORDS
from ficshelf.passes.nodes import heading_level, join

_STORY = frozenset({"", "paragraph", "verse", "quote", "list", "table", "preformatted", "image"})
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z*†‡]|[ivx]{1,6})\]|[*†‡]{1,3} ?[^\W_]")
_GONE = "gone"  # joined to the row above
_LEADS_BACK = ("↩", "↩\ufe0e", "↩\ufe0f")  # the sign with which programs end footnotes


def apply(draft: Draft) -> Draft:
    """Set apart the breaks that have no story on both sides within their chapter, and all but the first of a row."""
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)
    _set_apart(nodes, chrome, _above_footnotes(nodes))
    pending: list[int] = []  # breaks since the last piece of story
    has_story = False
    for index, node in enumerate(nodes):
        if node.page or node.kind == "heading":
            _set_apart(nodes, chrome, pending)
            pending, has_story = [], False
        if node.kind == "break":
            pending.append(index)
        elif node.kind in _STORY:
            if pending:
                if has_story:
                    _join_words_below(draft.text, nodes, pending)
                _set_apart(nodes, chrome, pending[1:] if has_story else pending)
                pending = []
            has_story = True
        elif node.kind == "note" and pending and has_story and _story_follows(nodes, index):
            _set_apart(nodes, chrome, pending[1:])
            pending, has_story = [], False
    _set_apart(nodes, chrome, pending)
    for index, node in enumerate(nodes):
        if node.kind == "break" and node.detail:
            nodes[index] = node._replace(detail="")
    return draft._replace(nodes=tuple(node for node in nodes if node.kind != _GONE), chrome=tuple(chrome))


def _join_words_below(layer: str, nodes: list[Node], pending: list[int]) -> None:
    """A line right under a row of ornaments that says who tells is one break with it."""
    if len(pending) < 2 or pending[1] != pending[0] + 1:
        return
    row, words = nodes[pending[0]], nodes[pending[1]]
    if words.detail == WORDS and (words.gap == 0 or heading_level(words)) and not row.detail:
        nodes[pending[0]] = join(layer, [row, words]) if row.text else words._replace(spans=row.spans + words.spans)
        nodes[pending.pop(1)] = words._replace(kind=_GONE, detail="")


def _above_footnotes(nodes: list[Node]) -> list[int]:
    """The breaks below which a chapter has nothing but footnotes."""
    found: list[int] = []
    count, is_tail = 0, True  # the footnotes below; whether there is nothing else below
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        if node.kind == "heading":
            count, is_tail = 0, True
            continue
        if is_tail and node.kind == "break":
            found += [index] if count else []
            is_tail = False
        elif is_tail and node.kind in _STORY:
            is_note = _FOOTNOTE.match(node.text) is not None or node.text.endswith(_LEADS_BACK)
            count += is_note
            is_tail = is_note or node.kind == "list" or node.hint == "li"
        if node.page:
            count, is_tail = 0, True
    return found


def _story_follows(nodes: list[Node], index: int) -> bool:
    for node in nodes[index + 1 :]:
        if node.page or node.kind in ("heading", "end"):
            return False
        if node.kind in _STORY:
            return True
    return False


def _set_apart(nodes: list[Node], chrome: list[Chrome], indexes: list[int]) -> None:
    for index in indexes:
        if nodes[index].detail == WORDS:
            nodes[index] = nodes[index]._replace(kind="", detail="")  # a line of the story: "Three days later"
            continue
        chrome += [Chrome(span, "ornament") for span in nodes[index].spans if span.end > span.start]
        nodes[index] = nodes[index]._replace(kind="chrome")
