"""Paragraphs: hard-wrapped lines joined again, lines that are paragraphs of their own left apart, glued ones parted."""

from __future__ import annotations

import re

from ficshelf.model import Draft, Layout, Node, Remark, Span
from ficshelf.passes.layout import groups, is_cut_by_hand
from ficshelf.passes.nodes import TERMINAL, cut, join

_GLUED = re.compile(r"[.!?…](?=[\"“”][A-ZÀ-Ý])")  # where speech may be glued to narration, or narration to speech
_BETWEEN = {mark: re.compile(rf"{mark}(?<=[.!?…]{mark})(?=[A-ZÀ-Ý])") for mark in '"“”'}
_NARRATION = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ'’]+ ")
_ITEM = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+\S|[-•*–]\s+\S", re.I)  # an item of a typed list
_SPEECH = ('"', "“", "‘", "'", "«", "–", "—")
_MOST = 20  # times that one line is parted
_BROKEN = 45  # characters that a paragraph has at the least that a blank line broke
_KEPT = ("pre", "li", "table", "img")


def apply(draft: Draft) -> Draft:
    """Settle which lines make a paragraph together."""
    how = draft.layout
    nodes: list[Node] = []
    remarks: list[Remark] = []
    joined = how.joined
    may_be_glued = _has_glued(draft.text)
    for group in groups(draft.nodes):
        first = group[0]
        if first.kind == "note" or (not first.kind and len(group) > 1 and first.hint not in _KEPT):
            made = _note_lines(draft.text, group, nodes, how) if first.kind else _paragraphs(draft.text, group, how)
            joined += len(group) - len(made)
        else:
            made = group
        for node in made:
            parted = _part(draft.text, node) if may_be_glued and not node.kind else None
            if parted:
                nodes.extend(parted)
                remarks.append(
                    Remark("paragraph-parted", "Speech was glued to the sentence before it.", 0, parted[1].spans[0])
                )
            else:
                nodes.append(node)
    mended = _mend(draft.text, nodes)
    if mended:
        what = f"{mended} sentences that a blank line had broken were joined."
        remarks.append(Remark("lines-joined", what, 0, Span(0, 0)))
    if joined and how.wrapped:
        what = f"{joined} line ends that a mail program or editor had put in were taken out."
        remarks.append(Remark("lines-joined", what, 0, nodes[0].spans[0] if nodes[0].spans else Span(0, 0)))
    return draft._replace(nodes=tuple(nodes), remarks=draft.remarks + tuple(remarks))


def _mend(layer: str, nodes: list[Node]) -> int:
    """Join what a blank line broke in mid-sentence: how often. Sure only where that is rare: a long paragraph that ends
    in a word or a comma, and one below it that begins with a small letter."""
    broken = [index for index in range(1, len(nodes)) if nodes[index].text[:1].islower() and _goes_on(nodes, index)]
    if not broken or len(broken) * 20 > len(nodes) + 40:
        return 0
    small = sum(1 for node in nodes if not node.kind and node.text[:1].islower())
    if small > 2 * len(broken) + 2 and small * 20 > len(nodes):
        return 0  # an author who writes all in small letters
    joined: list[Node] = []
    places = set(broken)
    for index, node in enumerate(nodes):
        if index in places:
            joined[-1] = join(layer, [joined[-1], node], between=" ")
        else:
            joined.append(node)
    nodes[:] = joined
    return len(broken)


def _goes_on(nodes: list[Node], index: int) -> bool:
    before, node = nodes[index - 1], nodes[index]
    if node.kind or before.kind or node.page or not node.gap or node.hint != before.hint or node.hint in _KEPT:
        return False
    last = before.text[-1:]
    return (
        len(before.text) > _BROKEN
        and (last.isalpha() or last == ",")
        and "\n" not in before.text
        and node.text[1:2] != ")"
    )


def _note_lines(layer: str, group: list[Node], nodes: list[Node], how: Layout) -> list[Node]:
    """A note's further lines go on with the paragraph before them, as the story's do."""
    node = group[0]
    if (
        node.gap == 0
        and nodes
        and nodes[-1].kind == "note"
        and node.text
        and nodes[-1].text  # no rule among notes
        and not node.page
        and not _begins_paragraph(nodes[-1], node, how)
    ):
        nodes[-1] = join(layer, [nodes[-1], node], between=" ")
        return []
    return group


def _paragraphs(layer: str, group: list[Node], how: Layout) -> list[Node]:
    if how.wrapped and _are_own_lines(group, how.width):
        return group
    pieces: list[list[Node]] = [[group[0]]]
    for before, node, after in zip(group, group[1:], [*group[2:], None], strict=False):
        if _begins_paragraph(before, node, how, after):
            pieces.append([node])
        else:
            pieces[-1].append(node)
    between = "\n" if group[0].hint and not how.wrapped else " "
    return [join(layer, piece, between=between) if len(piece) > 1 else piece[0] for piece in pieces]


def _are_own_lines(group: list[Node], width: int) -> bool:
    """Lines of a wrapped text that somebody ended: all are short, and each would have had room for the next words."""
    return (
        len(group) > 1
        and max(len(node.text) for node in group) <= 0.6 * width
        and is_cut_by_hand(group, width)
        and not any(node.text[0].islower() for node in group[1:])
    )


def _begins_paragraph(before: Node, node: Node, how: Layout, after: Node | None = None) -> bool:
    """Whether a line right under another one begins a paragraph; `after` is the one right under it."""
    ended = (before.text.rstrip("_*") or before.text)[-1] in TERMINAL
    if ended and _ITEM.match(node.text):
        return True
    if how.wrapped:
        if node.indent > how.base + 1 and (node.indent > before.indent + 1 or ended):
            return True
        room = how.width - len(before.text) - before.indent - 1
        if not ended and room <= how.width // 4:
            return False  # as most lines do, it fills the width
        room -= len(node.text.split(None, 1)[0])
        if how.cut_twice and room < how.width // 2:
            return False
        if not ended:  # "Nobody moved" stands alone as well
            first = after is not None and after.indent < node.indent == before.indent  # both lines are, of paragraphs
            unsure = (how.ragged or how.cut_twice) and not first
            return room > how.width // (2 if unsure else 4) and not node.text[0].islower()
        return room > (max(6, how.width // 8) if how.ragged or node.text[0].islower() else 0)
    if node.indent > before.indent + 1:
        return True
    if ended or node.text.startswith(_SPEECH):
        return True
    if node.hint:
        return False
    return not node.text[:1].islower()


def _has_glued(text: str) -> bool:
    """A quick look over the whole text: whether a quotation mark stands anywhere between a stop and a capital."""
    return any(mark in text and between.search(text) for mark, between in _BETWEEN.items())


def _part(layer: str, node: Node) -> list[Node] | None:
    """Part what is glued together: `walking."Wait!"`, `"Wait!"She left`. Only where the quotes leave no doubt."""
    text = node.text
    parts: list[Node] = []
    rest = node
    marks = counted = 0
    for found in _GLUED.finditer(text):
        marks += text.count('"', counted, found.end())
        counted = found.end()
        at = _place(text, found.end(), marks)
        offset = len(rest.text) - (len(text) - at)
        if at and offset > 0:
            before, rest = cut(layer, rest, offset)
            parts.append(before)
            if len(parts) == _MOST:
                break
    return [*parts, rest] if parts else None


def _place(text: str, quote: int, marks: int) -> int:
    """Where a new paragraph begins at the quotation mark: before it when it opens, after it when it closes; else 0.

    Straight marks open and close in turn, so an even number of them (`marks`) before this one says that it opens.
    """
    if quote < 2 or not text[quote - 2].islower():
        return 0
    opens = text[quote] == "“" or (text[quote] == '"' and marks % 2 == 0)
    if opens:
        return quote
    return quote + 1 if _NARRATION.match(text, quote + 1) else 0
