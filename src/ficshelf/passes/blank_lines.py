"""Scene breaks of blank lines alone: they count only where they are rare, in a text whose paragraphs stand closer."""

from __future__ import annotations

import itertools
from collections import Counter

from ficshelf.model import Draft, Node, Span

_STORY = frozenset({"", "verse", "quote"})
_SHORTEST_SCENE = 150  # characters


def apply(draft: Draft) -> Draft:
    """Put a break where the author left more blank lines than between any two paragraphs elsewhere."""
    gaps = [
        (index, node.gap)
        for index, (before, node) in enumerate(itertools.pairwise(draft.nodes), 1)
        if not node.page and node.kind in _STORY and before.kind in _STORY
    ]
    if len(gaps) < 5:
        return draft
    counts = Counter(gap for _, gap in gaps)
    usual = counts.most_common(1)[0][0]
    wide = [index for index, gap in gaps if gap > (usual if draft.nodes[index].hint else 2 * usual)]
    # verse and letters stand apart by more blank lines: they part no scenes there
    wide = [index for index in wide if not (draft.nodes[index].kind or draft.nodes[index - 1].kind)]
    wide = _without_short_asides(draft.nodes, wide)
    if not wide or len(wide) * 5 > len(gaps) or (usual and counts[usual] < 0.75 * len(gaps)):
        return draft
    nodes: list[Node] = []
    places = set(wide)
    for index, node in enumerate(draft.nodes):
        if index in places:
            at = node.spans[0].start if node.spans else 0
            nodes.append(Node("", (Span(at, at),), kind="break", hint=node.hint))
        nodes.append(node)
    return draft._replace(nodes=tuple(nodes))


def _without_short_asides(nodes: tuple[Node, ...], wide: list[int]) -> list[int]:
    """Without the gaps on both sides of a few words: a name under a letter, a sign. No scene is that short."""
    apart = set(wide)
    for here, there in itertools.pairwise(wide):
        if there - here <= 3 and sum(len(node.text) for node in nodes[here:there]) < _SHORTEST_SCENE:
            apart -= {here, there}
    return [index for index in wide if index in apart]
