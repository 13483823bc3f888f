"""How a text is laid out: blank lines between paragraphs or none, hard-wrapped or not, indented or not.

Measured once, when headings and header are settled, for the passes that tell verse, letters and paragraphs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ficshelf.model import Draft, Layout, Node
from ficshelf.passes.nodes import TERMINAL

_LONG = 75  # characters: longer lines are prose
_WINDOW = 64  # lines that are measured together
_FEW = 12  # pairs of lines: of so few, most have to be cut
_MOST = 48  # windows of a long text that are measured


def apply(draft: Draft) -> Draft:
    """Measure a draft's lines, where `filled_lines` did not have to before."""
    return draft if draft.layout.joined else draft._replace(layout=layout(draft))


def layout(draft: Draft) -> Layout:
    """Measure a draft. Lines that a pass has settled do not count."""
    nodes = _sample(draft.nodes)
    open_nodes = [node for node in nodes if not node.kind]
    if not open_nodes:
        return Layout()
    width, cut_twice, ragged = _cut_lines(nodes)
    prose = [] if width else [node for node in open_nodes if len(node.text) > _LONG]
    measured = prose if len(prose) >= 3 else open_nodes  # a song of many lines says nothing about the prose around it
    following = sum(1 for node in measured if node.gap == 0)
    indents = sorted(node.indent for node in open_nodes)
    usual = indents[len(indents) // 2]
    return Layout(
        following / len(measured),
        width,
        usual,
        indents[len(indents) // 10],
        sum(1 for indent in indents if indent > usual + 1) / len(open_nodes),
        cut_twice,
        ragged,
    )


def _sample(nodes: Sequence[Node]) -> Sequence[Node]:
    """All lines of a text, or windows over a long one, evenly spread."""
    if len(nodes) <= _WINDOW * _MOST:
        return nodes
    step = len(nodes) // _MOST
    return [node for start in range(0, len(nodes) - _WINDOW, step) for node in nodes[start : start + _WINDOW]]


def wrap_width(nodes: Sequence[Node]) -> int:
    """The width at which lines were cut, or 0."""
    return _cut_lines(_sample(nodes))[0]


def _cut_lines(nodes: Sequence[Node]) -> tuple[int, bool, bool]:
    """The width at which lines were cut, or 0; whether they were cut a second time, at a smaller one; whether raggedly.

    Cut lines are followed by another line that would not have fitted: the line and the next one's first word are wider
    than the width. Verse and speech a line break that rule at once. Each line counts by its length, so that a song says
    little about the prose around it.
    """
    pairs: list[tuple[int, int, Node, Node]] = []  # length of a line, of the next one's first word; and both lines
    before: Node | None = None
    for node in nodes:
        if before is not None and node.gap == 0 and not node.kind and not before.kind and not node.page:
            word = node.text.find(" ")
            pairs.append((len(before.text) + before.indent, word if word > 0 else len(node.text), before, node))
        before = node
    if len(pairs) < 4:
        return 0, False, False
    lengths = sorted(pair[0] for pair in pairs)
    total = sum(lengths)
    told = [len(node.text) + node.indent for node in nodes if not node.kind]
    for share in (0.98, 0.9, 0.75):
        width = lengths[int(len(lengths) * share)]
        if not 30 <= width <= 100 or sum(length for length in told if length > width + 5) * 4 > sum(told):
            continue
        # Long lines that end within a sentence: nearly all are full, and the next line goes on with a small letter.
        within = [pair for pair in pairs if pair[0] > 0.75 * width and pair[2].text[-1:] not in TERMINAL]
        strong = sum(1 for length, word, _, after in within if length > width - 3 - word and after.text[:1].islower())
        sure = width >= 50 and strong >= 3 and strong * 2 >= len(within)
        full = [length for length, word, _, _ in pairs if width + 2 >= length > width - 3 - word]
        if sure:
            pass
        elif width < 40:  # so narrow, verse looks nearly alike
            if len(pairs) < 8 or len(full) < 0.75 * len(pairs):
                continue
        elif sum(full) < 0.68 * total or (len(pairs) < _FEW and len(full) < 0.6 * len(pairs)):
            continue
        rests = [pair for pair in pairs if pair[0] <= width - 3 - pair[1]]
        cut = sum(1 for *_, here, after in rests if after.text[:1].islower() and here.text[-1:] not in TERMINAL)
        twice = len(rests) >= 4 and len(rests) >= 0.2 * len(pairs) and cut >= 0.5 * len(rests)
        early = sum(
            1 for length, word, here, _ in pairs if length + 1 + word <= width and here.text[-1:] not in TERMINAL
        )
        return width, twice, early * 33 > len(pairs)
    return 0, False, False


def groups(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Nodes in groups of lines that stand together: same kind, no blank line, no new page, the same markup."""
    group: list[Node] = []
    hint = kind = ""  # of the node before
    for node in nodes:
        if (node.gap or node.page or node.kind or kind or node.hint != hint) and group:
            yield group
            group = [node]
        else:
            group.append(node)
        hint, kind = node.hint, node.kind
    if group:
        yield group


def is_cut_by_hand(group: Sequence[Node], width: int, share: float = 0.7) -> bool:
    """Whether most lines, this share of them, end though the next one's first word would have fitted."""
    room = sum(
        1
        for node, after in itertools.pairwise(group)
        if len(node.text) + node.indent + 1 + len(after.text.split(" ", 1)[0]) <= width - 3
    )
    return room >= share * (len(group) - 1)
