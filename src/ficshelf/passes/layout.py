"""How a text is laid out: blank lines between paragraphs or none, hard-wrapped or not, indented or not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf.model import Draft, Node

_LONG = 75  # characters: longer lines are prose


class Layout(NamedTuple):
    """Measures of a draft's unsettled lines. `width` is where hard-wrapped lines end, in characters; 0 for none."""

    follows_on: float  # share of lines that stand right under another line, where there are some: of long lines
    wrapped: bool
    width: int
    indent: int  # the usual indent
    base: int  # the least indent that is common: where the lines begin that are not indented
    indent_share: float  # share of lines with more than the usual indent
    blank_lines: int  # the usual number of blank lines between paragraphs


def layout(draft: Draft) -> Layout:
    """Measure a draft. Lines that a pass has settled do not count."""
    nodes = [node for node in draft.nodes if not node.kind]
    if not nodes:
        return Layout(0.0, False, 0, 0, 0, 0.0, 1)
    width = wrap_width(draft.nodes)
    prose = [] if width else [node for node in nodes if len(node.text) > _LONG]
    measured = prose if len(prose) >= 3 else nodes  # a song of many lines says nothing about the prose around it
    following = [node for node in measured if node.gap == 0]
    indents = sorted(node.indent for node in nodes)
    usual = indents[len(indents) // 2]
    gaps = sorted(node.gap for node in nodes if node.gap)
    return Layout(
        len(following) / len(measured),
        width > 0,
        width,
        usual,
        indents[len(indents) // 10],
        sum(1 for indent in indents if indent > usual + 1) / len(nodes),
        gaps[len(gaps) // 2] if gaps else 0,
    )


def wrap_width(nodes: Sequence[Node]) -> int:
    """The width at which lines were cut, or 0.

    Cut lines are followed by another line that would not have fitted: the line and the next one's first word are wider
    than the width. Verse and speech a line break that rule at once.
    """
    pairs = [
        (len(here.text) + here.indent, len(after.text.split(None, 1)[0]))
        for here, after in itertools.pairwise(nodes)
        if after.gap == 0 and not after.page and not here.kind and not after.kind
    ]
    if len(pairs) < 4:
        return 0
    lengths = sorted(length for length, _ in pairs)
    width = lengths[int(len(lengths) * 0.98)]
    if not 30 <= width <= 100:
        return 0
    full = sum(1 for length, word in pairs if length + 1 + word > width - 2)
    if width < 40:  # so narrow, verse looks nearly alike
        return width if len(pairs) >= 8 and full >= 0.75 * len(pairs) else 0
    return width if full >= 0.6 * len(pairs) else 0


def groups(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Nodes in groups of lines that stand together: same kind, no blank line, no new page, the same markup."""
    group: list[Node] = []
    for node in nodes:
        if group and (node.gap or node.page or node.kind or group[-1].kind or node.hint != group[-1].hint):
            yield group
            group = []
        group.append(node)
    if group:
        yield group
