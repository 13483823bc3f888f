"""Paragraphs: hard-wrapped lines joined again, lines that are paragraphs of their own left apart, glued ones parted."""

from __future__ import annotations

import re

from ficshelf.model import Draft, Node, Remark
from ficshelf.passes.layout import Layout, groups, layout
from ficshelf.passes.nodes import TERMINAL, cut, join

_GLUED = re.compile(r"(?<=[a-zà-ÿ][.!?…])(?=[\"“][A-ZÀ-Ý])|(?<=[a-zà-ÿ][.!?…][\"”])(?=[A-ZÀ-Ý][a-zà-ÿ'’]+ )")
_ITEM = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+\S|[-•*–]\s+\S", re.I)  # an item of a typed list
_SPEECH = ('"', "“", "‘", "'", "«", "–", "—")
_KEPT = ("pre", "li", "table", "img")


def apply(draft: Draft) -> Draft:
    """Settle which lines make a paragraph together."""
    how = layout(draft)
    nodes: list[Node] = []
    remarks: list[Remark] = []
    joined = 0
    for group in groups(draft.nodes):
        first = group[0]
        if first.kind == "note" or (not first.kind and len(group) > 1 and first.hint not in _KEPT):
            made = _note_lines(draft.text, group, nodes, how) if first.kind else _paragraphs(draft.text, group, how)
            joined += len(group) - len(made)
        else:
            made = group
        for node in made:
            parted = _part(draft.text, node) if not node.kind else None
            if parted:
                nodes.extend(parted)
                remarks.append(
                    Remark("paragraph-parted", "Speech was glued to the sentence before it.", 0, parted[1].spans[0])
                )
            else:
                nodes.append(node)
    if joined and how.wrapped:
        what = f"{joined} line ends that a mail program or editor had put in were taken out."
        remarks.append(Remark("lines-joined", what, 0, nodes[0].spans[0] if nodes[0].spans else Remark("", "").span))
    return draft._replace(nodes=tuple(nodes), remarks=draft.remarks + tuple(remarks))


def _note_lines(layer: str, group: list[Node], nodes: list[Node], how: Layout) -> list[Node]:
    """A note's further lines go on with the paragraph before them, as the story's do."""
    node = group[0]
    if (
        node.gap == 0
        and nodes
        and nodes[-1].kind == "note"
        and not node.page
        and not _begins_paragraph(nodes[-1], node, how)
    ):
        nodes[-1] = join(layer, [nodes[-1], node], between=" ")
        return []
    return group


def _paragraphs(layer: str, group: list[Node], how: Layout) -> list[Node]:
    pieces: list[list[Node]] = [[group[0]]]
    for before, node in zip(group, group[1:], strict=False):
        if _begins_paragraph(before, node, how):
            pieces.append([node])
        else:
            pieces[-1].append(node)
    between = "\n" if group[0].hint and not how.wrapped else " "
    return [join(layer, piece, between=between) if len(piece) > 1 else piece[0] for piece in pieces]


def _begins_paragraph(before: Node, node: Node, how: Layout) -> bool:
    """Whether a line right under another one begins a paragraph."""
    if _ITEM.match(node.text) and before.text[-1] in TERMINAL:
        return True
    if how.wrapped:
        if node.indent > how.base + 1 and (node.indent > before.indent + 1 or before.text[-1] in TERMINAL):
            return True
        room = how.width - len(before.text) - before.indent - len(node.text.split(None, 1)[0]) - 1
        return room > max(6, how.width // 8) and before.text[-1] in TERMINAL
    if node.indent > before.indent + 1:
        return True
    if before.text[-1] in TERMINAL or node.text.startswith(_SPEECH):
        return True
    if node.hint:
        return False
    return not node.text[:1].islower()


def _part(layer: str, node: Node) -> list[Node] | None:
    """Part speech from the sentence it is glued to: `walking."Wait!"`. Straight quotes must open there to be sure."""
    text = node.text
    parts: list[Node] = []
    rest = node
    for found in list(_GLUED.finditer(text))[:20]:
        at = found.start()
        if not _is_sure(text, at):
            continue
        offset = len(rest.text) - (len(text) - at)
        if offset <= 0:
            continue
        before, rest = cut(layer, rest, offset)
        parts.append(before)
    return [*parts, rest] if parts else None


def _is_sure(text: str, at: int) -> bool:
    """Straight quotes before the place must be even: then the one after it opens, or the one before it has closed."""
    return text[at] == "“" or text[at - 1] == "”" or text.count('"', 0, at) % 2 == 0
