"""Stanzas that the end of a page has cut in two: one where they have together as many lines as the next."""

from __future__ import annotations

from collections.abc import Iterable

from ficshelf.model import Node

_LONGEST = 75  # characters a line of verse may have
_MOST = 40  # lines of a stanza
_SET_APART = frozenset(("blockquote", "center"))  # how verse is set


def join(nodes: list[Node], tops: Iterable[int]) -> None:
    """Take the gap out of stanzas among `nodes` that go on at one of `tops`, the first nodes of pages."""
    for top in tops:
        above, below = _stanza_above(nodes, top), _stanza_below(nodes, top)
        lines = len(above) + len(below)
        if not above or not below or lines > _MOST:
            continue
        if lines in (len(_stanza_above(nodes, above[0])), len(_stanza_below(nodes, below[-1] + 1))):
            nodes[top] = nodes[top]._replace(gap=0)


def _stanza_above(nodes: list[Node], end: int) -> range:
    """The lines of verse that end right above a node, back to a gap."""
    start = end
    while end - start < _MOST and start and _may_be_verse(nodes, start - 1, end):
        start -= 1
        if nodes[start].gap:
            return range(start, end)
    return range(end, end)


def _stanza_below(nodes: list[Node], start: int) -> range:
    """The lines of verse from a node on, down to a gap."""
    end = start
    while end < len(nodes) and end - start < _MOST and _may_be_verse(nodes, end, start - 1):
        if end > start and nodes[end].gap:
            break
        end += 1
    return range(start, end)


def _may_be_verse(nodes: list[Node], index: int, beside: int) -> bool:
    """Whether a line may be of a stanza, and is set as the line `beside` it, where there is one."""
    node = nodes[index]
    alike = not 0 <= beside < len(nodes) or nodes[beside].hint == node.hint
    return alike and not node.kind and node.hint in _SET_APART and len(node.text) <= _LONGEST
